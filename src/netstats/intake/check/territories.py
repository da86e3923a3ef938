"""Territories as cells name them: by name, by code or both; persons, who are no territories, are refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from netstats.intake.check.lines import Lines
from netstats.intake.check.names import LONGEST_NAME, Names
from netstats.intake.check.notes import NOT_COUNTED, counted_question, doubtful_note, with_notes
from netstats.intake.check.which import number_said, options, territory_topic, which_said
from netstats.intake.issues import Issue, issue
from netstats.intake.near import Places, place_label
from netstats.intake.persons import persons_in
from netstats.intake.questions import NONE, Answers, Question, Unsettled
from netstats.intake.snapshot import Snapshot, keys_of, own_territories
from netstats.intake.values import as_text, read_text
from netstats.reference.fold import normalize
from netstats.reference.gazetteer import Candidate, Gazetteer, Match

_MOST_SUGGESTIONS = 500  # distinct values: a file of the wrong kind is not worth a search for each of its cells
_CODE = re.compile(r"(?=.*\d)[0-9AB ]{1,11}|c[il]spd-[a-z0-9-]+")
_OVERSEAS = re.compile(r"97[578](?:\d\d)?|98[4-9](?:\d\d)?")
_NUMBER = re.compile(r"\d{1,4}")
_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_NOTED_DEPARTMENT = re.compile(r"\(\s*\d[\dAB]\d?\s*\)")
_BESIDE = re.compile(r"([^,/()]+?)(?:\s*[,/]\s*|\s+[-–—]\s+)([^,/()]+)")
_COUNCIL = re.compile(r"\bc[il]spd\b|\bconseil (?:inter)?(?:communal|local)\b")


class Territories:
    """The territories that names and codes mean, those of the file included.

    `network_regions`: network → the regions in which its names are meant first.
    """

    def __init__(self, snapshot: Snapshot, networks: Names, answers: Answers) -> None:
        self.gazetteer: Gazetteer = snapshot.gazetteer
        self.network_regions: dict[str, set[str]] = {}
        regions = snapshot.rows["network_region"]
        for network, region in zip(regions["network_code"], regions["region_code"], strict=True):
            self.network_regions.setdefault(network, set()).add(region)
        self._networks = networks
        self._answers = answers
        self._snapshot = snapshot
        self._aliases = snapshot.rows["territory_alias"]
        self._persons: dict[tuple[str, bool], bool] = {}
        self._bodies_not_taken: dict[str, Issue] = {}
        self._found: dict[tuple[object, ...], str | Unsettled] = {}
        self._proposed: dict[str, str] = {}  # label → code of what was proposed for a name
        self._places: Places | None = None
        self._also: dict[str, set[str]] | None = None
        self._searches = 0

    def near_places(self, text: str, regions: Iterable[str]) -> tuple[str, ...]:
        """Return the labels of territories that resemble a text; none once very many texts were looked up."""
        return self._labels(self._all_places().near(text, set(regions)) if self.may_search() else ())

    def _labels(self, proposed: Iterable[Candidate]) -> tuple[str, ...]:
        """Return the labels of territories that are proposed for a name, by which they are found from then on."""
        labels = {place_label(one): one.code for one in proposed}
        self._proposed |= labels
        return tuple(labels)

    def _all_places(self) -> Places:
        if self._places is None:
            own = self.gazetteer is not self._snapshot.gazetteer
            self._places = Places(self.gazetteer) if own else self._snapshot.places
        return self._places

    def may_search(self) -> bool:
        """Count a search for what resembles a value; return whether it is still worth its time."""
        self._searches += 1
        return self._searches <= _MOST_SUGGESTIONS

    def extend(self, new: Mapping[str, pd.DataFrame]) -> None:
        """Let the bodies and other names of the file, as rows of the three tables that hold them, be found as well."""
        held = self._snapshot.rows
        if not any(_keys(rows, table) - _keys(held[table], table) for table, rows in new.items()):
            return
        mine = {table: pd.concat([held[table], rows]).drop_duplicates() for table, rows in new.items()}
        mine["territory"] = mine["territory"].drop_duplicates("code", keep="last")
        self.gazetteer = Gazetteer.load(own=own_territories(mine))
        self._aliases = mine["territory_alias"]
        self._found.clear()
        self._places = self._also = None

    def not_taken(self, names: Iterable[object], why: Issue) -> None:
        """Remember the code and name of a body whose line is not taken."""
        self._bodies_not_taken.update((normalize(str(name)), why) for name in names if name)

    def find(self, name: object, code: object, network: str, *, kind: str | None = None) -> str | Unsettled:
        """Return the code of the territory that a name, a code or both mean: cells as written, None when empty.

        The regions of `network` are meant first, all of France when it is empty; only a territory of `kind` if given.
        """
        key = (type(name), name, type(code), code, network, kind)
        if key not in self._found:
            found = self._find(with_notes(name) if isinstance(name, str) else name, code, network, kind)
            self._found[key] = self._asked_of_note(name, network, found) if isinstance(name, str) else found
        value = self._found[key]
        if not isinstance(value, Question):
            return value
        answer = self._answers.to(value)
        if answer == NOT_COUNTED:
            return issue("not-counted")
        return issue("none-of-them") if answer == NONE else answer

    def _asked_of_note(self, text: str, network: str, found: str | Unsettled) -> str | Unsettled:
        """Return what was found for a name, or the question whether « Lille (excusé) » counts."""
        noted = with_notes(text)
        if "(" not in noted or isinstance(found, Issue):
            return found
        codes = [found] if isinstance(found, str) else [one.code for one in found.options]
        meant = [one for one in map(self.gazetteer.candidate, codes) if one]
        note = doubtful_note(noted, meant, self.gazetteer, self._snapshot.regions)
        if not note:
            return found
        if isinstance(found, Question):
            return counted_question(found.topic, text, note, found.options)
        return counted_question(territory_topic(noted, network), text, note, options(meant, lasts=True))

    def noted(self, label: str, text: str) -> str:
        """Return the label that was chosen for a name, with the notes of the name: « Lile (excusé) » is still asked."""
        whole = " ".join([label, *(f"({note})" for note in _PARENTHESIS.findall(with_notes(text)))])
        self._proposed[whole] = self._proposed[label]
        return whole

    def name_of(self, name: object) -> str | Issue:
        """Return the text of a cell that names a territory; refused when it holds personal data."""
        text = read_text(name, LONGEST_NAME)
        return issue("person") if isinstance(text, str) and self.names_a_person(text) else text

    def _find(self, name: object, code: object, network: str, kind: str | None) -> str | Unsettled:
        text = None if name is None else self.name_of(name)
        if isinstance(text, Issue):
            return text
        if code is not None:
            return self._coded(code, text, kind)
        return issue("required") if text is None else self._named(text, network, kind)

    def _named(self, text: str, network: str, kind: str | None) -> str | Unsettled:
        if text in self._proposed:
            return self._proposed[text]
        if why := self._bodies_not_taken.get(normalize(text)):
            return why
        # No territory is called by digits: where a name is expected, they are its code, or a number of people.
        if _CODE.fullmatch(text):
            found = self._coded(text, None, kind)
            if isinstance(found, str) and kind is None and _NUMBER.fullmatch(text):
                candidate = self.gazetteer.candidate(found)
                # The next number may count people.
                choices = options([candidate] if candidate else [], lasts=False)
                return Question(territory_topic(text, network), number_said(text), choices)
            return found
        regions = self.network_regions.get(network, set())
        match = self._match(text, regions, kind)
        meant = self._meant(text, match, regions, kind)
        if match.territory is not None and len(meant) == 1:
            return match.territory.code
        if meant:
            return self._which(text, network, kind, meant)
        return self._unknown(text, match, regions)

    def _match(self, text: str, regions: Iterable[str] = (), kind: str | None = None) -> Match:
        """Return what a name can mean; « Lille, Nord » is « Lille (Nord) » when Lille is there."""
        if beside := _BESIDE.fullmatch(text):
            noted = self.gazetteer.match(f"{beside[1]} ({beside[2]})", kind=kind)
            department = self.gazetteer.match(beside[2], kind="department").territory
            if noted.territory and department and department.code in noted.territory.department_codes:
                return noted
        return self.gazetteer.match(text, regions=set(regions), kind=kind)

    def is_one(self, text: str) -> bool:
        """Return whether a text is to be looked up whole: a name, a code, a council, a person that is refused."""
        name, match = normalize(text), self._match(with_notes(text))
        if match.candidates:  # « Bron et Villeurbanne » may be called so as a council
            return not (match.communes and re.search("[;,]", text))
        is_other = name in self._bodies_not_taken or is_code(text) or _COUNCIL.search(name) is not None
        return is_other or isinstance(self.name_of(text), Issue)

    def _meant(self, text: str, match: Match, regions: set[str], kind: str | None) -> tuple[Candidate, ...]:
        """Return what a name may mean: what it is the name of, and what the database or people call so as well."""
        meant = match.candidates
        if match.territory is not None and not kind:
            meant += self._also_called(text, match.territory, regions)
        if meant and (match.settled or not regions) and not _NOTED_DEPARTMENT.search(text):
            rivals = self.gazetteer.rivals(text, meant[0], regions)
            meant += tuple(
                one for one in rivals if one.code not in {other.code for other in meant} and kind in {None, one.kind}
            )
        return meant

    def _unknown(self, text: str, match: Match, regions: set[str]) -> Issue:
        if _COUNCIL.search(normalize(text)) or (
            len(match.communes) > 1 and all(commune.settled for commune in match.communes)
        ):
            return issue("unknown-council", self.near_places(text, regions))
        return issue("unknown-territory", self.near_places(text, regions))

    def _which(self, text: str, network: str, kind: str | None, meant: tuple[Candidate, ...]) -> Question:
        """Return the question which of some territories is meant, or of those like them that the network may mean."""
        regions = self.network_regions.get(network, set())
        outside = bool(regions) and not any(regions.intersection(one.region_codes) for one in meant)
        inside = self._all_places().inside(text, regions) if outside and self.may_search() else ()
        inside = tuple(one for one in inside if kind in {None, one.kind})
        return Question(
            territory_topic(text, network, about="commune" if kind == "commune" else "territoire"),
            which_said(text, self._networks.name(network), regions, meant, or_alike=bool(inside)),
            options((*meant, *inside), lasts=True),
            written=text,
        )

    def _also_called(self, text: str, found: Candidate, regions: set[str]) -> tuple[Candidate, ...]:
        """Return the other territories that the database calls by a name of its own which is that of a territory."""
        if self._also is None:
            self._also = {}
            for code, name in zip(self._aliases["territory_code"], self._aliases["name"], strict=True):
                self._also.setdefault(normalize(name), set()).add(code)
        codes = self._also.get(normalize(_NOTED_DEPARTMENT.sub(" ", text)), set()) - {found.code}
        others = (self.gazetteer.candidate(code) for code in sorted(codes))
        return tuple(one for one in others if one and (not regions or not regions.isdisjoint(one.region_codes)))

    def _coded(self, code: object, text: str | None, kind: str | None) -> str | Unsettled:
        written = as_text(code)
        if isinstance(written, Issue):
            return written
        plain = re.sub(r"\s+|[.,]0+$", "", written)  # « 62193.0 » is how some tools write a number
        if why := self._bodies_not_taken.get(normalize(written)):
            return why
        # A spreadsheet that takes a code for a number loses its first zero: no official code has four digits or one.
        readings = (plain, plain.upper(), plain.lower(), *((f"0{plain}",) if re.fullmatch(r"\d|\d{4}", plain) else ()))
        candidate = next((found for reading in readings if (found := self.gazetteer.candidate(reading))), None)
        if candidate is None and _OVERSEAS.fullmatch(plain):
            return issue("out-of-reach")
        if candidate is None or (kind and candidate.kind != kind):
            what = "d’aucune commune" if kind == "commune" else "d’aucun territoire"
            near_by = () if text is None else self.near_places(text, ())
            return replace(issue("unknown-territory-code", near_by, what=what), found=written)
        if text is not None and not self._agrees(candidate, text):
            meant = self._labels((candidate, *self.gazetteer.match(text).candidates[:3]))
            wrong = issue("code-of-another", meant, code=candidate.code, territory=place_label(candidate))
            return replace(wrong, found=text)
        return candidate.code

    def _agrees(self, candidate: Candidate, text: str) -> bool:
        """Return whether a name can be that of a coded territory; an unknown one must share a telling word with it."""
        name = normalize(text)
        if name in {normalize(candidate.name), normalize(candidate.code)}:
            return True
        match = self.gazetteer.match(text)
        words = set(name.split())
        if not words - set(normalize(candidate.name).split()):  # « Évry » for Évry-Courcouronnes
            return True
        if match.candidates:
            alike = (*match.candidates, *self.gazetteer.match(text, kind=candidate.kind).candidates)
            return candidate.code in {one.code for one in alike}
        return any(len(word) > 3 for word in words & set(normalize(candidate.name).split()))

    def printed_name(self, written: object, code: str) -> str | None:
        """Return the name under which a source has a territory: as it is written, the official one for a code."""
        text = "" if written is None else as_text(written)
        if isinstance(text, str) and text and not is_code(text):
            return text
        candidate = self.gazetteer.candidate(code)
        return candidate.name if candidate else None

    # --- persons

    def names_a_person(self, text: str, *, is_title: bool = False) -> bool:
        """Return whether a short text, or a part of it, reads as a person and is the name of no territory."""
        found = self._persons.get((text, is_title))
        if found is None:
            parts = persons_in(text, is_title=is_title)
            if parts and self.gazetteer.match(_PARENTHESIS.sub(" ", text)).candidates:
                # « CA de Béthune-Bruay, Artois-Lys Romane » is one name; what stands beside it may be another.
                parts = [part for beside in _PARENTHESIS.findall(text) for part in persons_in(beside)]
            found = self._persons[text, is_title] = any(not self.gazetteer.match(part).candidates for part in parts)
        return found

    def refuse_persons(self, lines: Lines, name: str) -> None:
        """Refuse the lines whose text of a field, as it was read, names a person."""
        for line in lines:
            value = line.cells[name]
            if isinstance(value, str) and self.names_a_person(value, is_title=name == "title"):
                line.refuse(name, issue("person"))


def _keys(frame: pd.DataFrame, table: str) -> set[tuple[object, ...]]:
    columns = ["code"] if table == "territory" else list(frame.columns)
    return set(keys_of(frame, columns))


def is_code(text: str) -> bool:
    """Return whether a name of a territory is read as its code."""
    return _CODE.fullmatch(text) is not None
