"""How well minutes are read: the drafts of test texts against those that a careful person expects."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from netstats import wording
from netstats.errors import NetstatsError
from netstats.intake.snapshot import Snapshot
from netstats.minutes.documents import pasted
from netstats.minutes.drafts import FACTS, Action, Count, Draft, TerritoryMention, When, is_doubtful
from netstats.minutes.reader import Reader
from netstats.minutes.saving import Kept, without_doubt
from netstats.minutes.scores import Report
from netstats.reference.names import core_of


def evaluate(known: Snapshot, *directories: Path) -> Report:
    """Return how well the texts of directories are read: NAME.txt and, beside it, NAME.json with the drafts expected.

    NetstatsError when one holds no text, or when the drafts expected are missing or cannot be read.
    """
    report, reader = Report(), Reader(known)
    for path in [path for directory in directories for path in _texts(directory)]:
        expected = _expected(path.with_suffix(".json"))
        today = date.fromisoformat(expected["today"]) if "today" in expected else None
        report.texts += 1
        drafts: tuple[Draft, ...] = ()
        text = ""
        try:
            reading = reader.read(pasted(path.read_text(encoding="utf-8")), today=today)
            drafts, text = reading.drafts, reading.text
        except NetstatsError as error:
            report.mismatches.append(f"{path.stem}: {error.what}")
        let_in = without_doubt([draft for draft in drafts if draft.is_whole], known, today=today).kept
        _compare(_Text(report, path.stem, text, known, let_in), expected["drafts"], drafts)
    return report


def _texts(directory: Path) -> list[Path]:
    if not directory.is_dir():
        raise NetstatsError(f"{directory} n’est pas un dossier.", "Nommez le dossier des textes d’essai.")
    texts = sorted(directory.glob("*.txt"))
    if not texts:
        raise NetstatsError(
            f"Aucun texte à évaluer dans {directory}.", "Donnez un dossier de textes .txt, chacun avec son .json."
        )
    return texts


def _expected(path: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        optional = [{**draft, "optional": True} for draft in told.get("may_drafts", ())]
        return {**told, "drafts": [*told["drafts"], *optional]}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise NetstatsError(
            f"Ce qui est attendu ne se lit pas dans {path}.",
            "Il faut un fichier JSON avec une liste « drafts » (voir docs/minutes.md).",
        ) from error


@dataclass(frozen=True)
class _Text:
    """A text under evaluation, those of its drafts that would come in without a person, and what its faults go to."""

    report: Report
    name: str
    text: str
    known: Snapshot
    let_in: Sequence[Kept]

    def differs(self, what: str, wanted: object, got: object) -> None:
        """Note a fault, if there is one."""
        if wanted != got:
            self.report.mismatches.append(f"{self.name}: {what}: {wanted} / {got}")


def _compare(under: _Text, expected: Sequence[Mapping[str, Any]], found: Sequence[Draft]) -> None:
    for is_mention in (False, True):
        here = [one for one in expected if bool(one.get("mention")) is is_mention]
        there = [one for one in found if one.is_mention is is_mention]
        pairs = list(_pairs(here, there))
        if is_mention:
            for one, other in pairs:
                if one is None or (not one.get("optional") and "themes" in one):
                    _compare_themes(under, one or {}, other)
            continue
        asked = [number for number, one in enumerate(here) if not one.get("optional")]
        told = [-1 - rank if one is None else here.index(one) for rank, (one, other) in enumerate(pairs) if other]
        under.report.meetings += len(asked)
        under.report.meetings_found.add(asked, [number for number in told if number < 0 or number in asked])
        for one, other in pairs:
            if one is not None and one.get("optional"):
                continue  # neither asked nor wrong
            before = _invented(under.report)
            _compare_one(under, one or {}, other or Draft(()), is_expected=one is not None)
            kept = next((kept for kept in under.let_in if kept.draft is other), None)
            if kept is not None and kept.is_new:
                under.report.let_in[0] += 1
                under.report.let_in[1] += one is None or _invented(under.report) > before


def _invented(report: Report) -> int:
    return sum(score.invented + score.flagged for score in report.scores.values())


def _pairs(
    expected: Sequence[Mapping[str, Any]], found: Sequence[Draft]
) -> Iterator[tuple[Mapping[str, Any] | None, Draft | None]]:
    """Yield each expected draft with the one found that is it, the most alike first; then those left over."""
    alike = [
        (likeness, -number, -rank)
        for number, one in enumerate(expected)
        for rank, other in enumerate(found)
        if (likeness := _likeness(one, other)) or len(expected) == len(found) == 1
    ]
    pairs: dict[int, int] = {}
    for _, number, rank in sorted(alike, reverse=True):
        if -number not in pairs and -rank not in pairs.values():
            pairs[-number] = -rank
    for number, one in enumerate(expected):
        yield one, found[pairs[number]] if number in pairs else None
    for rank, other in enumerate(found):
        if rank not in pairs.values():
            yield None, other


def _likeness(one: Mapping[str, Any], other: Draft) -> int:
    facts, wanted = _facts(other), _wanted(one)
    same = [key for key in ("date", "network", "place") if wanted[key] == facts[key] != _NOTHING.get(key)]
    themes = len(set(one.get("themes", ())) & {theme.value for theme in other.themes})
    places = len(set(one.get("territories", ())) & {territory.code for territory in other.territories})
    return 4 * len(same) + themes + places


def _facts(draft: Draft) -> dict[str, object]:
    """Return the facts of a draft, each as `_wanted` has it."""
    facts: dict[str, object] = dict.fromkeys(fact.key for fact in FACTS) | _NOTHING
    for fact, read in draft.facts():
        facts[fact.key] = _plain(read.value)
    return facts


_NOTHING: dict[str, object] = {"date": (None, None, 1), "headcount": (None, None, None), "status": "held"}


_MAY = {"headcount": "participants"}


def _plain(value: object) -> object:
    if isinstance(value, When):
        until = value.until.isoformat() if value.until else None
        return wording.known_date(value.first, value.precision), until, value.sessions
    return tuple(value) if isinstance(value, Count) else value


def _wanted(one: Mapping[str, Any]) -> dict[str, object]:
    """Return the facts that are expected; of a date its last day and sessions, of a headcount precision and unit."""
    return {
        **{fact.key: one.get(fact.key) for fact in FACTS},
        "date": (one.get("date"), one.get("until"), one.get("sessions", 1)),
        "headcount": tuple(one.get(f"participants{part}") for part in ("", "_precision", "_unit")),
    }


def _compare_one(under: _Text, one: Mapping[str, Any], draft: Draft, *, is_expected: bool) -> None:
    report, wanted, facts = under.report, _wanted(one), _facts(draft)
    reads = {fact.key: read for fact, read in draft.facts()}
    unsure = {key for key, read in reads.items() if is_doubtful(read)}
    for key in wanted:
        value, read = (None if one[key] == _NOTHING.get(key) else one[key] for one in (wanted, facts))
        free = one.get("may", {}).get(_MAY.get(key, key), ())
        first = read[0] if isinstance(read, tuple) else read
        if value != read and first in (free if isinstance(free, list) else [free]):
            read = value  # as right as what is expected
        report.as_expected[key] += is_expected and value == read
        if key in reads:
            report.count(key, reads[key], is_right=value == read)
        must_be_flagged = key in one.get("doubtful", ()) and key not in unsure
        report.scores[key].add(
            [] if must_be_flagged else _present(value), _present(read), _present(read) if key in unsure else ()
        )
        under.differs(key, wanted[key], facts[key] if read is not value else wanted[key])
    if is_expected and draft.when is not None:
        report.dates_read += 1
        report.dates_right_or_flagged += wanted["date"] == facts["date"] or "date" in unsure
    _compare_themes(under, one, draft)
    _compare_territories(under, one, draft.territories)
    _compare_actions(under, one, draft.actions)


def _present(value: object) -> list[object]:
    return [] if value is None else [value]


def _compare_themes(under: _Text, one: Mapping[str, Any], draft: Draft | None) -> None:
    """Compare themes; those that may be read as well (`may`) count for nothing."""
    read = {theme.value: theme for theme in draft.themes} if draft else {}
    wanted, free = one.get("themes", ()), set(one.get("may", {}).get("themes", ()))
    found = [code for code in read if code in wanted or code not in free]
    under.report.scores["themes"].add(wanted, found, [code for code in found if is_doubtful(read[code])])
    for code in found:
        under.report.count("themes", read[code], is_right=code in wanted)
    under.differs("themes", sorted(wanted), sorted(found))


def _compare_territories(under: _Text, one: Mapping[str, Any], mentions: Sequence[TerritoryMention]) -> None:
    known = under.known
    wanted = {_item(code, known) for code in one.get("territories", ())}
    wanted |= {f"?{core_of(written)}" for written in one.get("choices", ())}
    free = {_item(code, known) for code in one.get("may", {}).get("territories", ())}
    read = {_found(mention, known): mention for mention in mentions}
    found = [item for item in read if item in wanted or item not in free]
    # What nobody settled is a question by itself.
    unsure = [item for item in found if is_doubtful(read[item]) or item.startswith("?")]
    for item in found:
        under.report.count("territories", read[item], is_right=item in wanted)
    under.report.scores["territories"].add(wanted, found, unsure)
    under.differs("territories", sorted(wanted - set(found)), sorted(set(found) - wanted))


def _item(code: str, known: Snapshot) -> str:
    """Return an expected territory: a council by its communes, anything else by its code."""
    if not code.startswith("CISPD:"):
        return code
    communes = {commune for part in code[6:].split("+") for commune in known.gazetteer.communes(part)}
    return f"CISPD:{'+'.join(sorted(communes))}"


def _found(territory: TerritoryMention, known: Snapshot) -> str:
    if territory.code:
        is_own = not territory.code.isalnum()
        communes = known.gazetteer.communes(territory.code)
        return f"CISPD:{'+'.join(sorted(communes))}" if is_own else territory.code
    if territory.communes:
        return f"CISPD:{'+'.join(sorted(territory.communes))}"
    return f"?{core_of(territory.written)}"  # settled by nobody: right where the text is expected to leave a question


def _compare_actions(under: _Text, one: Mapping[str, Any], found: Sequence[Action]) -> None:
    report, left = under.report, list(found)
    score = report.scores["actions"]
    for wanted in one.get("actions", ()):
        best = max(
            (action for action in left if _shared(under, action, wanted["words"])),
            key=lambda action: (
                action.type == wanted["type"],
                action.territory == (wanted["territory"] or ""),
                _shared(under, action, wanted["words"]),
            ),
            default=None,
        )
        if best is None:
            score.missed += 1
            report.mismatches.append(f"{under.name}: action missed: {wanted['type']}: {wanted['words']}")
            continue
        left.remove(best)
        score.right += 1
        report.count("actions", best, is_right=True)
        report.action_types[0] += 1
        report.action_types[1] += best.type in {wanted["type"], *wanted.get("also_type", ())}
        told = wanted["type"], wanted["audience"], wanted["territory"]
        under.differs(f"action « {wanted['words'][:60]} »", told, (best.type, best.audience, best.territory or None))
    for action in left:
        if any(_shared(under, action, words) for words in one.get("may", {}).get("actions", ())):
            continue
        score.flagged += 1  # a person ticks each
        report.count("actions", action, is_right=False)
        report.mismatches.append(f"{under.name}: action added: {action.type}: {action.description[:90]}")


def _shared(under: _Text, action: Action, words: str) -> int:
    """Return how many characters an action has in common with words of the text."""
    return max((_overlap(action, *place) for place in places_of(under.text, words)), default=0)


def places_of(text: str, words: str) -> list[tuple[int, int]]:
    """Return where words stand in a text, whatever its spaces and the hyphens of its line ends."""
    start = text.find(words)
    if start >= 0:
        return [(start, start + len(words))]
    kept = [place for place, letter in enumerate(text) if letter.isalnum()]
    squeezed = "".join(text[place] for place in kept)
    sought = "".join(filter(str.isalnum, words))
    start = squeezed.find(sought)
    return [(kept[start], kept[start + len(sought) - 1] + 1)] if start >= 0 and sought else []


def _overlap(action: Action, start: int, end: int) -> int:
    span = action.evidence[0]
    return max(0, min(end, span.end) - max(start, span.start))
