"""Which meeting each line is: one of the database, one of its own, or what only a person can tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from netstats.intake.check.lines import Lines, Unsettled
from netstats.intake.check.meeting_index import Held, Meetings, Moment
from netstats.intake.check.run import Row, Run
from netstats.intake.issues import Issue, issue
from netstats.intake.questions import NEW, Option, Question, Topic
from netstats.intake.values import Day
from netstats.reference.fold import normalize
from netstats.wording import NO_BREAK, known_date
from netstats.wording import date as spoken


@dataclass
class Draft:
    """A line on its way to a meeting."""

    lines: Lines
    index: int
    cells: dict[str, object]  # field -> what it says, None when empty or refused
    code: str = ""  # empty until it is known which meeting it is
    old: Row | None = None
    is_double: bool = False

    @property
    def moment(self) -> Moment:
        """The date and how precise it is."""
        day = self.cells["date"]
        return (day.first, day.precision) if isinstance(day, Day) else (None, "unknown")

    def refuse(self, field: str | None, wrong: Issue, found: str | None = None) -> None:
        """Add an issue to the line."""
        self.lines.refuse(self.index, field, wrong, found)

    @property
    def is_good(self) -> bool:
        """Whether the line has no issue and waits for nothing."""
        return self.lines.is_good(self.index)


def identify(run: Run, meetings: Meetings, drafts: list[Draft]) -> None:
    """Give each draft the code of its meeting; refuse doubles, ask where only a person can tell."""
    written = {str(draft.cells["code"]) for draft in drafts if draft.cells["code"]}
    composed: set[str] = set()
    first: dict[object, Draft] = {}

    def taken(code: str) -> bool:
        return code in written or code in composed or meetings.get(code) is not None

    before = _moved(run, meetings, drafts)
    claimed = set(written)

    def likely(draft: Draft) -> tuple[bool, bool, bool]:
        here = meetings.at(str(draft.cells["network"]), draft.moment)
        return not draft.cells["code"], not here, not draft.cells["title"]

    # A line with a code surely is that meeting, one with its date or title likely; the others are told from what is
    # left.
    for draft in sorted(drafts, key=likely):
        code = _found_code(run, meetings, draft, claimed, is_new=before.get(str(draft.cells["code"]), "") is None)
        new = code == NEW
        key = ("new", draft.cells["network"], draft.moment, normalize(title_of(run, draft))) if new else code
        if not code:
            continue
        if double := first.get(key):
            draft.is_double, draft.code = True, double.code
            draft.refuse(None, issue("same-meeting", line=double.lines.name(double.index, draft.lines)))
            continue
        first[key] = draft
        draft.code = _compose(run, draft, taken) if new else code
        composed.add(draft.code)
        claimed.add(draft.code)
    for code, was in before.items():
        meetings.discard(code)
        if was:
            meetings.add(code, *was)


def _moved(run: Run, meetings: Meetings, drafts: list[Draft]) -> dict[str, tuple[Held, str] | None]:
    """Put the meetings that lines name by code where and when these say; return them as they were, None if new."""
    before: dict[str, tuple[Held, str] | None] = {}
    for draft in drafts:
        code = str(draft.cells["code"] or "")
        old = meetings.get(code)
        network = str(draft.cells["network"] or (old.network if old else ""))
        if not code or not network or code in before:
            continue
        before[code] = (old, meetings.title(code)) if old else None
        cleared = run.clears(draft.lines, draft.index, "date")
        moment = draft.moment if draft.cells["date"] or cleared or not old else old.moment
        title = str(draft.cells["title"] or meetings.title(code)) if old else title_of(run, draft)
        meetings.add(code, Held(network, moment, ""), title)
    return before


def _found_code(run: Run, meetings: Meetings, draft: Draft, claimed: set[str], *, is_new: bool) -> str:
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


def _known_code(run: Run, meetings: Meetings, draft: Draft, claimed: set[str]) -> str | Unsettled:
    """Return the meeting of the database that a line is, or NEW; those that other lines claim are others."""
    network, moment = str(draft.cells["network"]), draft.moment
    here = meetings.at(network, moment)
    title = normalize(title_of(run, draft))
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
    asked = f"La réunion «{NO_BREAK}{title_of(run, draft)}{NO_BREAK}» ({when}) est-elle déjà dans la base{NO_BREAK}?"
    return _ask(run, meetings, draft, asked, here)


def _around(run: Run, meetings: Meetings, draft: Draft, claimed: set[str], title: str) -> str | Unsettled:
    """Return the meeting of the database that a line dates more or less precisely, or NEW: only a person can tell."""
    network, moment = str(draft.cells["network"]), draft.moment
    here = [code for code in meetings.around(network, moment) if code not in claimed]
    if draft.cells["code"]:  # says that it is another meeting, unless all else is the same
        here = [code for code in here if normalize(meetings.title(code)) == title]
    if not here:
        return NEW
    asked = (
        f"La réunion «{NO_BREAK}{title_of(run, draft)}{NO_BREAK}» ({spoken(*moment)}) est peut-être déjà dans la base,"
        f" à une date {'moins' if moment[1] == 'day' else 'plus ou moins' if moment[1] == 'month' else 'plus'} précise"
        f"{NO_BREAK}: est-ce la même réunion{NO_BREAK}?"
    )
    return _ask(run, meetings, draft, asked, here)


def _ask(run: Run, meetings: Meetings, draft: Draft, sentence: str, here: list[str]) -> str | Question:
    """Return which of some meetings a line is, or NEW, when that was answered; else the question."""
    topic = Topic(
        "même réunion",
        str(draft.cells["network"]),
        subject=normalize(title_of(run, draft)),
        date=known_date(*draft.moment),
        # Once « nouvelle » was written, the same answer would make it a second time.
        among=tuple(sorted(here)),
    )
    options = (*(Option(code, meetings.label(code)) for code in here), Option(NEW, "Non, c’est une nouvelle réunion"))
    return run.answers.to(Question(topic, sentence, options))


def title_of(run: Run, draft: Draft) -> str:
    """Return the title of a line, or the one that netstats writes: « Réunion du réseau Hauts-de-France »."""
    if draft.cells["title"]:
        return str(draft.cells["title"])
    network = str(draft.cells["network"] or (draft.old or {}).get("network_code") or "")
    kind = str(draft.cells["kind"] or (draft.old or {}).get("kind") or "réunion").removesuffix(" de réseau")
    name = run.networks.name(network)
    name = name.lower() if run.scopes.get(network) == "national" else name
    return f"{kind[:1].upper()}{kind[1:]} du réseau {name}"


def _compose(run: Run, draft: Draft, taken: Callable[[str], bool]) -> str:
    network, moment = str(draft.cells["network"]), draft.moment
    if moment[0] is None:
        return run.compose_code(f"{network}-sans-date", taken, first=1)
    return run.compose_code(f"{network}-{known_date(*moment)}", taken)
