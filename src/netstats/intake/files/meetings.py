"""The sheet of meetings: which meeting each line is, what it says of it, whether that can be true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from netstats.intake.files.labels import LABELS, SYNONYMS
from netstats.intake.files.lines import Asked, Awaited, Lines, Unsettled
from netstats.intake.files.run import Row, Run, held, is_code, plain
from netstats.intake.files.values import (
    Day,
    Headcount,
    Wrong,
    choice_reader,
    code_reader,
    number_reader,
    read_date,
    read_headcount,
    read_yes_no,
    split,
    text_reader,
)
from netstats.reference.names import normalize
from netstats.wording import NO_BREAK, counted, known_date
from netstats.wording import date as spoken

_UNKNOWN: Row = dict.fromkeys(
    (
        *("code", "network_code", "kind", "held_on", "date_precision", "held_until", "sessions", "format", "place"),
        *("participants", "participants_precision", "participants_unit", "open_to_non_members", "status", "title"),
        *("note", "source_url"),
    )
)
"""A meeting of which nothing is known: the columns that a line writes."""

NEW = "nouvelle"
"""The answer that a line is a meeting of its own."""

_NO_DATES = "la colonne Date manque ; ajoutez-la ou faites-la correspondre, vide où la date est inconnue"
"""Why a sheet brings no new meeting: nobody has said that its date is unknown."""

_FARTHEST = 45
"""Days beyond which a meeting is not the one that was meant."""

_UNKNOWABLE = (
    "place",
    "participants_precision",
    "participants_unit",
    "open_to_non_members",
    "note",
    "source_url",
)
"""Columns that are NULL when unknown, and the fields of the same names; a date and a headcount have their own ways."""

_LASTING = {
    "network": "network_code",
    "kind": "kind",
    "sessions": "sessions",
    "format": "format",
    "status": "status",
}
"""Field → column that always holds something: an empty cell leaves it."""

Moment = tuple[date | None, str]  # first day and precision, as a meeting has them
_Span = tuple[str, str, int, int]  # network, precision, year, month (0 for a year)


@dataclass
class _Draft:
    """A line on its way to a meeting."""

    lines: Lines
    index: int
    cells: dict[str, object]  # field -> what it says, None when empty or refused
    code: str = ""  # empty until it is known which meeting it is
    old: Row | None = None
    is_double: bool = False

    @property
    def moment(self) -> Moment:
        day = self.cells["date"]
        return (day.first, day.precision) if isinstance(day, Day) else (None, "unknown")

    def clears(self, run: Run, field: str) -> bool:
        """Return whether an empty cell takes away what the database has."""
        lines, index = self.lines, self.index
        return run.empty_clears and self.old is not None and lines.has(field) and lines.is_empty(index, field)

    def refuse(self, field: str | None, reason: str, found: str | None = None) -> None:
        self.lines.refuse(self.index, field, Wrong(reason), found)

    @property
    def is_good(self) -> bool:
        return self.lines.is_good(self.index)


@dataclass(frozen=True)
class Held:
    """A meeting as attendance and actions need it."""

    network: str
    moment: Moment
    status: str


class Meetings:
    """The meetings of the database and of the file, found by code or by network and date."""

    def __init__(self, run: Run) -> None:
        self._run = run
        frame = run.known.rows["meeting"]
        columns = (
            plain(frame[name]) for name in ("code", "network_code", "held_on", "date_precision", "status", "title")
        )
        self._known: dict[str, Held] = {}
        self._titles: dict[str, str] = {}
        self._at: dict[tuple[str, Moment], list[str]] = defaultdict(list)
        self._spans: dict[_Span, dict[str, None]] = defaultdict(dict)
        self._awaited: dict[object, Awaited] = {}
        self._astray: dict[tuple[object, Moment | None], dict[tuple[str, bool], None]] = defaultdict(dict)
        self._found: dict[tuple[object, ...], str | Unsettled] = {}
        for code, network, held_on, precision, status, title in zip(*columns, strict=True):
            self.add(str(code), Held(str(network), (held_on, str(precision)), str(status)), str(title))

    def add(self, code: str, meeting: Held, title: str) -> None:
        """Let a meeting be found; it takes the place of the one of that code."""
        self.discard(code)
        self._known[code] = meeting
        self._titles[code] = title
        self._at[meeting.network, meeting.moment].append(code)
        if meeting.moment[0]:
            self._spans[_span(meeting.network, meeting.moment)][code] = None

    def discard(self, code: str) -> None:
        """Let a meeting be found no more."""
        meeting = self._known.pop(code, None)
        if meeting:
            self._at[meeting.network, meeting.moment].remove(code)
            if meeting.moment[0]:
                del self._spans[_span(meeting.network, meeting.moment)][code]
            del self._titles[code]

    def get(self, code: str) -> Held | None:
        """Return the meeting of a code."""
        return self._known.get(code)

    def title(self, code: str) -> str:
        """Return the title of a meeting."""
        return self._titles[code]

    def label(self, code: str) -> str:
        """Return a meeting as a choice shows it: its title, its date, its code."""
        return f"{self._titles[code]} ({spoken(*self._known[code].moment)}), {code}"

    def at(self, network: str, moment: Moment) -> list[str]:
        """Return the codes of the meetings of a network at a date known just so."""
        return list(self._at.get((network, moment), ()))

    def around(self, network: str, moment: Moment) -> list[str]:
        """Return the codes of the meetings of a network inside a month or a year, or inside whose one a date is."""
        first, precision = moment
        if first is None:
            return []
        year, month = first.year, first.month
        spans: list[_Span] = {
            "day": [(network, "month", year, month), (network, "year", year, 0)],
            "month": [(network, "day", year, month), (network, "year", year, 0)],
            "year": [(network, known, year, of_year) for of_year in range(1, 13) for known in ("day", "month")],
        }[precision]
        return [code for span in spans for code in self._spans.get(span, ())]

    def of_network(self, network: str) -> list[str]:
        """Return the codes of the meetings of a network."""
        return [code for code, meeting in self._known.items() if meeting.network == network]

    def await_line(self, code: str, network: object, moment: Moment, line: Awaited) -> None:
        """Remember the meeting of a line that is not taken."""
        if code and code not in self._known:
            self._awaited[code] = line
        if network and moment[0] and not (code and code in self._known):
            self._awaited[network, moment] = line

    def lose(self, file: str, network: object, moment: Moment | None, *, held_back: bool) -> None:
        """Remember that a meeting of a file is not taken, and not known whole: None for its network or its date."""
        self._astray[network, moment][file, held_back] = None

    def find(self, code: str | None, network: str | None, day: Day | None, file: str) -> str | Unsettled:
        """Return the code of the meeting that a code, or a network and a date, mean in a file.

        What is given beside a code must be true of its meeting.
        """
        key = (code, network, day, file)
        if key not in self._found:
            self._found[key] = self._find(code, network, day, file)
        value = self._found[key]
        return self._run.answered(value) if isinstance(value, Asked) else value

    def _find(self, code: str | None, network: str | None, day: Day | None, file: str) -> str | Unsettled:
        if code:
            meeting = self._known.get(code)
            if meeting is None:
                return self._awaited.get(code) or Wrong(
                    "n’est le code d’aucune réunion, ni du fichier ni de la base",
                    self._run.near_texts(code, self._known),
                )
            if network and network != meeting.network:
                name = self._run.networks.name(meeting.network)
                return Wrong(f"est une réunion du réseau {name}, ce que la colonne Réseau contredit")
            if day and (day.first, day.precision) != meeting.moment:
                return Wrong(f"a pour date {spoken(*meeting.moment)}, ce que la colonne Date contredit")
            return code
        if not network or not day:
            return Wrong("valeur obligatoire : le code de la réunion, ou son réseau et sa date")
        moment = (day.first, day.precision)
        if line := self._awaited.get((network, moment)):
            return line
        found = self.at(network, moment)
        if len(found) == 1:
            return found[0]
        name = self._run.networks.name(network)
        if found:
            several = f"{counted(len(found), 'réunion')} à cette date ({spoken(*moment)})"
            asked = f"Le réseau {name} a {several}. Laquelle{NO_BREAK}?"
            return Asked(
                f"réunion|{network}|{known_date(*moment)}", asked, tuple((one, self.label(one)) for one in found)
            )
        reason = f"n’est la date d’aucune réunion du réseau {name}, ni du fichier ni de la base"
        return Wrong(f"{reason}{self._perhaps(network, moment, file)}", self._nearest(network, day.first))

    def _perhaps(self, network: str, moment: Moment, file: str) -> str:
        """Return the words that say that a meeting may be one of those that were not taken; empty when it cannot."""
        astray = sorted(
            (where != file, held_back, where)
            for told in ((None, None), (network, None), (None, moment))
            for where, held_back in self._astray.get(told, ())
        )
        if not astray:
            return ""
        is_other, held_back, where = astray[0]
        state = "attendent une réponse" if held_back else "sont refusées"
        return f" ; des réunions de {where if is_other else 'ce fichier'} {state}, c’est peut-être l’une d’elles"

    def _nearest(self, network: str, day: date) -> tuple[str, ...]:
        """Return the meetings of a network a few weeks from a day at most; none once very many were looked up."""
        if not self._run.may_search():
            return ()
        dated = [
            (abs((first - day).days), code)
            for code in self.of_network(network)
            if (first := self._known[code].moment[0])
        ]
        return tuple(self.label(code) for days, code in sorted(dated)[:3] if days <= _FARTHEST)


def _span(network: str, moment: Moment) -> _Span:
    first, precision = moment
    return (network, precision, first.year, 0 if precision == "year" else first.month) if first else (network, "", 0, 0)


def judge_meetings(run: Run, sheets: Sequence[Lines]) -> Meetings:
    """Judge the sheets of meetings, keep their good rows with their themes and those present; return all meetings."""
    meetings = Meetings(run)
    drafts = [draft for lines in sheets for draft in _read(run, lines)]
    if not drafts:
        return meetings
    _identify(run, meetings, drafts)
    old = held(run.known.rows["meeting"], ("code",), {draft.code for draft in drafts if draft.code})
    attended = _attended(run)
    rows = []
    for draft in drafts:
        draft.old = old.get((draft.code,))
        row = _merged(run, draft)
        _check(run, draft, row, attended)
        rows.append(row)
    themes = [_themes(run, draft) for draft in drafts]
    present = [_present(run, draft, row) for draft, row in zip(drafts, rows, strict=True)]
    themes_before = _themes_before(run, {draft.code for draft in drafts if draft.old})
    for draft, row, about, territories in zip(drafts, rows, themes, present, strict=True):
        if draft.is_good:
            run.put("meeting", row, draft.code)
            _put_themes(run, draft, about, themes_before.get(draft.code, set()))
            _put_present(run, draft, territories)
            taken: Moment = (row["held_on"], str(row["date_precision"]))  # type: ignore[assignment]
            meetings.add(draft.code, Held(str(row["network_code"]), taken, str(row["status"])), str(row["title"]))
    _keep_known(run, drafts)
    for draft in drafts:
        if not draft.is_good and not draft.is_double:
            awaited = draft.lines.awaited(draft.index)
            meetings.await_line(draft.code, draft.cells["network"], draft.moment, awaited)
            no_date = draft.cells["date"] is None and not (
                draft.lines.has("date") and draft.lines.is_empty(draft.index, "date")
            )
            if no_date or not draft.cells["network"]:
                moment = None if no_date else draft.moment
                meetings.lose(draft.lines.file, draft.cells["network"], moment, held_back=awaited.held_back)
    return meetings


# --- reading


def _read(run: Run, lines: Lines) -> list[_Draft]:
    known = run.known

    def most(name: str) -> int | None:
        return lines.form.field(name).maximum

    readers: dict[str, Callable[[object], object]] = {
        "code": code_reader(most("code")),
        "network": run.networks.read,
        "kind": choice_reader({kind: kind for kind in known.kinds}),
        "date": read_date,
        "until": read_date,
        "sessions": number_reader(most("sessions")),
        "format": choice_reader({label: value for value, label in LABELS["format"].items()}, SYNONYMS["format"]),
        "place": text_reader(most("place")),
        "participants": read_headcount,
        "participants_precision": choice_reader(
            {label: value for value, label in LABELS["participants_precision"].items()}
        ),
        "participants_unit": choice_reader({unit: unit for unit in known.units}),
        "open_to_non_members": read_yes_no,
        "status": choice_reader({label: value for value, label in LABELS["status"].items()}),
        "title": text_reader(most("title")),
        "themes": split,
        "present": split,
        "note": text_reader(most("note")),
        "source_url": text_reader(most("source_url"), "url"),
    }
    columns = {name: lines.read(name, reader) for name, reader in readers.items()}
    for name in ("place", "title"):
        run.refuse_persons(lines, name, columns[name])
    return [
        _Draft(lines, index, dict(zip(columns, values, strict=True)))
        for index, values in enumerate(zip(*columns.values(), strict=True))
    ]


# --- which meeting it is


def _identify(run: Run, meetings: Meetings, drafts: list[_Draft]) -> None:
    """Give each draft the code of its meeting; refuse doubles, ask where only a person can tell."""
    written = {str(draft.cells["code"]) for draft in drafts if draft.cells["code"]}
    composed: set[str] = set()
    first: dict[object, _Draft] = {}

    def taken(code: str) -> bool:
        return code in written or code in composed or meetings.get(code) is not None

    before = _moved(run, meetings, drafts)
    claimed = set(written)

    def likely(draft: _Draft) -> tuple[bool, bool, bool]:
        here = meetings.at(str(draft.cells["network"]), draft.moment)
        return not draft.cells["code"], not here, not draft.cells["title"]

    # A line with a code surely is that meeting, one with its date or title likely; the others are told from what is
    # left.
    for draft in sorted(drafts, key=likely):
        code = _found_code(run, meetings, draft, claimed, is_new=before.get(str(draft.cells["code"]), "") is None)
        new = code == NEW
        key = ("new", draft.cells["network"], draft.moment, normalize(_title(run, draft))) if new else code
        if not code:
            continue
        if double := first.get(key):
            draft.is_double, draft.code = True, double.code
            draft.refuse(None, f"est la même réunion que la {double.lines.name(double.index, draft.lines)}")
            continue
        first[key] = draft
        draft.code = _compose(run, draft, taken) if new else code
        composed.add(draft.code)
        claimed.add(draft.code)
    for code, was in before.items():
        meetings.discard(code)
        if was:
            meetings.add(code, *was)


def _moved(run: Run, meetings: Meetings, drafts: list[_Draft]) -> dict[str, tuple[Held, str] | None]:
    """Put the meetings that lines name by code where and when these say; return them as they were, None if new."""
    before: dict[str, tuple[Held, str] | None] = {}
    for draft in drafts:
        code = str(draft.cells["code"] or "")
        old = meetings.get(code)
        network = str(draft.cells["network"] or (old.network if old else ""))
        if not code or not network or code in before:
            continue
        before[code] = (old, meetings.title(code)) if old else None
        cleared = run.empty_clears and draft.lines.has("date") and draft.lines.is_empty(draft.index, "date")
        moment = draft.moment if draft.cells["date"] or cleared or not old else old.moment
        title = str(draft.cells["title"] or meetings.title(code)) if old else _title(run, draft)
        meetings.add(code, Held(network, moment, ""), title)
    return before


def _found_code(run: Run, meetings: Meetings, draft: _Draft, claimed: set[str], *, is_new: bool) -> str:
    """Return the meeting of a line: its code, one of the database, NEW, or empty when it cannot be told."""
    lines, index, code = draft.lines, draft.index, draft.cells["code"]
    date_is_refused = draft.cells["date"] is None and not lines.is_empty(index, "date")
    if code:
        if not is_new or not draft.cells["network"] or date_is_refused:
            return str(code)
        found = (
            _known_code(run, meetings, draft, claimed) if draft.moment[0] else NEW
        )  # the same meeting by another code?
        settled = run.settle(lines, index, "code", found) or ""
        return str(code) if settled == NEW else settled
    if not lines.is_empty(index, "code"):  # it is refused
        return ""
    lines.require(index, "network")
    if not draft.cells["network"] or date_is_refused:
        return ""
    return run.settle(lines, index, None, _known_code(run, meetings, draft, claimed)) or ""


def _known_code(run: Run, meetings: Meetings, draft: _Draft, claimed: set[str]) -> str | Unsettled:
    """Return the meeting of the database that a line is, or NEW; those that other lines claim are others."""
    network, moment = str(draft.cells["network"]), draft.moment
    here = meetings.at(network, moment)
    title = normalize(_title(run, draft))
    if not here and moment[0]:
        return _around(run, meetings, draft, claimed, title)
    if not here and not draft.cells["title"]:
        return NEW
    same = [code for code in here if normalize(meetings.title(code)) == title]
    if draft.cells["code"]:
        here = same  # a code of its own says that it is another meeting, unless all else is the same
    elif len(same) == 1 or (same and claimed.issuperset(same)):
        return same[0]
    elif moment[0] is None:
        if not draft.cells["title"]:
            return NEW
        # Another meeting may bear the same title: only a person can tell whether a dated one is meant.
        here = same or [code for code in meetings.of_network(network) if normalize(meetings.title(code)) == title]
    here = [code for code in here if code not in claimed]
    if moment[0] and len(here) == 1 and draft.lines.is_empty(draft.index, "title") and not draft.cells["code"]:
        return here[0]
    if not here:
        return NEW
    when = f"du {spoken(*moment)}" if moment[1] == "day" else spoken(*moment)
    asked = f"La réunion «{NO_BREAK}{_title(run, draft)}{NO_BREAK}» ({when}) est-elle déjà dans la base{NO_BREAK}?"
    options = (*((code, meetings.label(code)) for code in here), (NEW, "Non, c’est une nouvelle réunion"))
    # The key names the choice too: once « nouvelle » was written, the same answer would make it a second time.
    key = "|".join(("même réunion", network, known_date(*moment), title, *sorted(here)))
    return run.answered(Asked(key, asked, options))


def _around(run: Run, meetings: Meetings, draft: _Draft, claimed: set[str], title: str) -> str | Unsettled:
    """Return the meeting of the database that a line dates more or less precisely, or NEW: only a person can tell."""
    network, moment = str(draft.cells["network"]), draft.moment
    here = [code for code in meetings.around(network, moment) if code not in claimed]
    if draft.cells["code"]:  # says that it is another meeting, unless all else is the same
        here = [code for code in here if normalize(meetings.title(code)) == title]
    if not here:
        return NEW
    asked = (
        f"La réunion «{NO_BREAK}{_title(run, draft)}{NO_BREAK}» ({spoken(*moment)}) est peut-être déjà dans la base, à"
        f" une date {'moins' if moment[1] == 'day' else 'plus ou moins' if moment[1] == 'month' else 'plus'} précise"
        f"{NO_BREAK}: est-ce la même réunion{NO_BREAK}?"
    )
    options = (*((code, meetings.label(code)) for code in here), (NEW, "Non, c’est une nouvelle réunion"))
    key = "|".join(("même réunion", network, known_date(*moment), title, *sorted(here)))
    return run.answered(Asked(key, asked, options))


def _title(run: Run, draft: _Draft) -> str:
    """Return the title of a line, or the one that netstats writes: « Réunion du réseau Hauts-de-France »."""
    if draft.cells["title"]:
        return str(draft.cells["title"])
    network = str(draft.cells["network"] or (draft.old or {}).get("network_code") or "")
    kind = str(draft.cells["kind"] or (draft.old or {}).get("kind") or "réunion").removesuffix(" de réseau")
    name = run.networks.name(network)
    name = name.lower() if run.scopes.get(network) == "national" else name
    return f"{kind[:1].upper()}{kind[1:]} du réseau {name}"


def _compose(run: Run, draft: _Draft, taken: Callable[[str], bool]) -> str:
    network, moment = str(draft.cells["network"]), draft.moment
    if moment[0] is None:
        return run.compose_code(f"{network}-sans-date", taken, first=1)
    return run.compose_code(f"{network}-{known_date(*moment)}", taken)


# --- what it says of it


def _merged(run: Run, draft: _Draft) -> Row:
    """Return the whole row: what the line says on what the database holds, or on what is meant by an empty cell."""
    cells, lines, index = draft.cells, draft.lines, draft.index
    row: Row = dict(draft.old or _UNKNOWN)
    if draft.old is None:
        row.update(date_precision="unknown", sessions=1, format="unknown", status="held")
        if not lines.is_waiting(index):  # the answer may be a meeting that has a kind already
            # Without a code, the network was asked for before.
            needed = ("kind",) if lines.is_empty(index, "code") else ("network", "kind")
            lines.require_all(index, needed, "n’est le code d’aucune réunion de la base", {"date": _NO_DATES})
        elif not lines.is_empty(index, "code"):
            lines.require(index, "network")
    row["code"] = draft.code

    for field, column in _LASTING.items():
        if cells[field] is not None:
            row[column] = cells[field]
    for field in _UNKNOWABLE:
        if cells[field] is not None or draft.clears(run, field):
            row[field] = cells[field]
    if draft.clears(run, "format"):
        row["format"] = "unknown"
    _date(run, draft, row)
    _count(draft, row, cleared=draft.clears(run, "participants"))
    if cells["title"] or not row["title"]:
        row["title"] = _title(run, draft)
    return row


def _date(run: Run, draft: _Draft, row: Row) -> None:
    # A line without a code whose date is empty, or less precise, was told to be this meeting by a person: the date that
    # is known is not in doubt.
    is_told = draft.cells["date"] is not None or draft.clears(run, "date")
    if is_told and (draft.cells["code"] or not _within(row, draft.moment)):
        row["held_on"], row["date_precision"] = draft.moment
    until = draft.cells["until"]
    if isinstance(until, Day) and until.precision != "day":
        draft.refuse("until", "n’est pas un jour ; le dernier jour est attendu en entier (jour/mois/année)")
    elif until is not None or draft.clears(run, "until"):
        row["held_until"] = until.first if isinstance(until, Day) else None


def _within(row: Row, moment: Moment) -> bool:
    """Return whether the date of a row is known, and inside the month or year of another; or no other is given."""
    known, (first, precision) = row["held_on"], moment
    if not isinstance(known, date) or first is None:
        return isinstance(known, date)
    if precision == "year":
        return known.year == first.year
    is_coarser = row["date_precision"] == "year"
    return precision == "month" and not is_coarser and (known.year, known.month) == (first.year, first.month)


def _count(draft: _Draft, row: Row, *, cleared: bool) -> None:
    """Write the headcount: a bare number is exact, unless it is the one that was known already to be approximate."""
    count, precision = draft.cells["participants"], draft.cells["participants_precision"]
    if isinstance(count, Headcount):
        if count.precision and precision and count.precision != precision:
            draft.refuse("participants", "ne dit pas la même chose que la colonne Précision du nombre")
        if count.precision:
            row["participants_precision"] = count.precision
        elif precision is None and (count.number != row["participants"] or not row["participants_precision"]):
            row["participants_precision"] = "exact"
        row["participants"] = count.number
    elif cleared:
        row.update(participants=None, participants_precision=None, participants_unit=None)
    for field in ("participants_precision", "participants_unit"):
        counted_nobody = row["participants"] is None and draft.lines.is_empty(draft.index, "participants")
        if counted_nobody and draft.cells[field] is not None:
            draft.refuse(field, "n’a pas de sens sans nombre de participants (cellule vide attendue)")


def _check(run: Run, draft: _Draft, row: Row, attended: set[object]) -> None:
    """Refuse what cannot be true of a meeting (the rules of netstats.intake.rules, on what the line changes)."""
    held_on, held_until = row["held_on"], row["held_until"]
    if isinstance(held_until, date) and not isinstance(held_on, date):
        if draft.lines.is_empty(draft.index, "date"):  # else the date is refused already
            draft.refuse(draft.lines.there("until", "date"), "est une date de fin sans date de début")
    elif isinstance(held_until, date) and isinstance(held_on, date) and held_until < held_on:
        draft.refuse(
            draft.lines.there("until", "date"),
            f"est avant la date de la réunion ({spoken(held_on, str(row['date_precision']))})",
        )
    if row["status"] == "held" and isinstance(held_on, date) and held_on > run.today:
        draft.refuse(
            draft.lines.there("date", "status"), "est à venir ; une réunion à venir est « annoncée » (colonne Statut)"
        )
    if row["status"] != "held":
        if draft.code in attended and draft.old and draft.old["status"] != row["status"]:
            draft.refuse("status", "ne va pas avec les présences ou les actions que la base a pour cette réunion")
        if draft.cells["present"]:
            draft.refuse("present", "n’a pas de sens pour une réunion qui n’a pas été tenue (cellule vide attendue)")


def _attended(run: Run) -> set[object]:
    return {*run.known.rows["attendance"]["meeting_code"], *run.known.rows["action"]["meeting_code"]}


# --- the lists of a line


def _present(run: Run, draft: _Draft, row: Row) -> dict[str, str]:
    """Return the territories of « Territoires présents », and how each is written."""
    present: dict[str, str] = {}
    names = draft.cells["present"]
    if not row["network_code"] or not isinstance(names, tuple):
        return present
    for name in names:
        found = run.territory(name, None, str(row["network_code"]))
        code = run.settle(draft.lines, draft.index, "present", found, name)
        if code and code in present:
            draft.refuse(
                "present", f"est le même territoire que «{NO_BREAK}{present[code]}{NO_BREAK}», dit deux fois", name
            )
        elif code:
            present[code] = name
    return present


def _put_present(run: Run, draft: _Draft, present: dict[str, str]) -> None:
    for code, written in present.items():
        # What was found by its code is written nowhere by its name.
        candidate = run.gazetteer.candidate(code) if is_code(written) else None
        written = candidate.name if candidate else written  # noqa: PLW2901
        row: Row = {"meeting_code": draft.code, "territory_code": code, "printed_name": written, "member": None}
        run.put("attendance", row, draft.code, code)


def _themes(run: Run, draft: _Draft) -> list[str] | None:
    """Return the codes of the themes of a line, which are all of its meeting; None leaves what the database has."""
    names = draft.cells["themes"]
    if not isinstance(names, tuple):
        cleared = run.empty_clears and draft.lines.has("themes") and draft.lines.is_empty(draft.index, "themes")
        return [] if cleared else None
    codes: list[str] = []
    for name in names:
        code = run.settle(draft.lines, draft.index, "themes", run.themes.find(name), name)
        if code and code in codes:
            draft.refuse("themes", "est dit deux fois", name)
        elif code:
            codes.append(code)
    return codes


def _themes_before(run: Run, meetings: set[str]) -> dict[str, set[str]]:
    themes: dict[str, set[str]] = defaultdict(set)
    for meeting, theme in held(run.known.rows["meeting_theme"], ("meeting_code", "theme_code"), meetings):
        themes[str(meeting)].add(str(theme))
    return themes


def _put_themes(run: Run, draft: _Draft, codes: list[str] | None, before: set[str]) -> None:
    if codes is None:
        return
    for code in codes:
        run.put("meeting_theme", {"meeting_code": draft.code, "theme_code": code}, draft.code, code)
    for code in sorted(before.difference(codes)):
        run.remove("meeting_theme", {"meeting_code": draft.code, "theme_code": code})


def _keep_known(run: Run, drafts: list[_Draft]) -> None:
    """Let an attendance that the database has be as it is: a list of names says nothing more of it."""
    put = run.rows["attendance"]
    known = held(run.known.rows["attendance"], ("meeting_code", "territory_code"), {draft.code for draft in drafts})
    put.update((key, known[key]) for key in put.keys() & known.keys())
