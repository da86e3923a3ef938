"""Which meeting each line is: one of the database, one of its own, or what only a person can tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from netstats.intake.check.joined import join
from netstats.intake.check.lines import Line
from netstats.intake.check.listed import Listed, moment_of
from netstats.intake.check.meeting_index import Held, Meetings
from netstats.intake.check.run import Run
from netstats.intake.issues import Issue
from netstats.intake.questions import NEW, Option, Question, Topic, Unsettled
from netstats.reference.fold import normalize
from netstats.reference.words import word_set
from netstats.wording import NO_BREAK, known_date
from netstats.wording import date as spoken

_COMMON = word_set(
    "a administration annuel annuelle assemblee assises atelier au aux bureau club comite comites commission conseil"
    " conference copil cotech de des du en et exceptionnelle extraordinaire forum general generale groupe journee l la"
    " le les ligne mensuel mensuelle national nationale ordinaire pilotage pleniere point regional regionale rencontre"
    " rencontres reseau reunion reunions seance seminaire session suivi technique travail trimestriel trimestrielle"
    " visio visioconference webinaire"
)
"""Words of titles that many meetings bear: « Comité de pilotage n° 2 » tells none from another."""


def title_of(run: Run, line: Line) -> str:
    """Return the title of a line, or the one that netstats writes: « Réunion du réseau Hauts-de-France »."""
    if line.cells["title"]:
        return str(line.cells["title"])
    before = line.before or {}
    network = str(line.cells["network"] or before.get("network_code") or "")
    kind = str(line.cells["kind"] or before.get("kind") or "réunion").removesuffix(" de réseau")
    name = run.networks.name(network)
    name = name.lower() if run.scopes.get(network) == "national" else name
    return f"{kind[:1].upper()}{kind[1:]} du réseau {name}"


def identify(run: Run, meetings: Meetings, lines: list[Line]) -> None:
    """Give each line the code of its meeting; refuse doubles, ask where only a person can tell."""
    written = {line.cells["code"] for line in lines if line.cells["code"]}
    composed: set[str] = set()
    firsts = _Firsts()

    def taken(code: str) -> bool:
        return code in written or code in composed or meetings.get(code) is not None

    before = _moved(run, meetings, lines)
    claimed = set(written)
    moved: dict[object, str] = {}  # what lines say → the meeting of another date that a person told to be the same
    listed = Listed(run, lines)

    def likely(line: Line) -> tuple[bool, bool, bool]:
        here = meetings.at(str(line.cells["network"]), moment_of(line))
        return not line.cells["code"], not here, not line.cells["title"]

    # A line with a code surely is that meeting, one with its date or title likely; the others are told from what is
    # left.
    for line in sorted(lines, key=likely):
        said = ("new", line.cells["network"], moment_of(line), normalize(title_of(run, line)))
        code = "" if line.cells["code"] else moved.get(said, "")
        code = code or _found_code(
            run, meetings, line, claimed, listed, is_new=before.get(line.cells["code"], "") is None
        )
        if not code:
            continue
        is_new = code == NEW
        if not is_new and not meetings.at(str(line.cells["network"]), moment_of(line)):
            moved[said] = code
        key = said if is_new else code
        if first := firsts.of(line, key, said[1:3] if is_new else None):
            join(line, first)
            continue
        line.code = _compose(run, line, taken) if is_new else code
        composed.add(line.code)
        claimed.add(line.code)
    for code, was in before.items():
        meetings.discard(code)
        if was:
            meetings.add(code, was)


class _Firsts:
    """The first line of each meeting."""

    def __init__(self) -> None:
        self._lines: dict[object, Line] = {}
        self._new: dict[object, list[object]] = defaultdict(list)  # network and date → the new meetings there

    def of(self, line: Line, meeting: object, new_at: object) -> Line | None:
        """Return the first line of the meeting of a line; None when that is itself, which is kept.

        `new_at` is the network and the date of a new meeting; None for one that the database has.
        """
        if new_at and _names_no_meeting(line) and len(there := self._new[new_at]) == 1:
            meeting = there[0]
        first = self._lines.setdefault(meeting, line)
        if first is line and new_at:
            self._new[new_at].append(meeting)
        return None if first is line else first


def _names_no_meeting(line: Line) -> bool:
    """Return whether a line says nothing of which meeting it is but network and date: a sheet of themes alone."""
    return not (line.cells["code"] or line.cells["title"] or line.cells["kind"] or line.issues or line.waits)


def _moved(run: Run, meetings: Meetings, lines: list[Line]) -> dict[str, Held | None]:
    """Put the meetings that lines name by code where and when these say; return them as they were, None if new."""
    before: dict[str, Held | None] = {}
    for line in lines:
        code = line.cells["code"] or ""
        old = meetings.get(code)
        network = str(line.cells["network"] or (old.network if old else ""))
        if not code or not network or code in before:
            continue
        before[code] = old
        is_told = line.cells["date"] or run.clears(line, "date")
        moment = moment_of(line) if is_told or not old else old.moment
        title = str(line.cells["title"] or old.title) if old else title_of(run, line)
        meetings.add(code, Held(network, moment, "", title))
    return before


def _found_code(run: Run, meetings: Meetings, line: Line, claimed: set[str], listed: Listed, *, is_new: bool) -> str:
    """Return the meeting of a line: its code, one of the database, NEW, or empty when it cannot be told."""
    code = line.cells["code"]
    is_unknown = is_new or meetings.get(str(code)) is None
    if code and is_unknown and not all(map(line.sheet.has, ("network", "kind", "date"))):
        # It can be no new meeting: the code of another, but for a slip?
        meant = meetings.meant(meetings.unknown(code), code) if line.sheet.file else code
        return str(code) if isinstance(meant, Issue) else run.settle(line, "code", meant) or ""
    if code:
        if not is_new or not line.cells["network"] or line.is_refused("date"):
            return str(code)
        # The same meeting by another code?
        found = _known_code(run, meetings, line, claimed, listed) if moment_of(line)[0] else NEW
        settled = run.settle(line, "code", found) or ""
        return str(code) if settled == NEW else settled
    if line.is_refused("code"):
        return ""
    line.require("network")
    if not line.cells["network"] or line.is_refused("date"):
        return ""
    return run.settle(line, None, _known_code(run, meetings, line, claimed, listed)) or ""


def _known_code(run: Run, meetings: Meetings, line: Line, claimed: set[str], listed: Listed) -> str | Unsettled:
    """Return the meeting of the database that a line is, or NEW; those that other lines claim are others."""
    network, moment = str(line.cells["network"]), moment_of(line)
    title = title_of(run, line)
    compared = normalize(title)

    def titled(codes: list[str]) -> list[str]:
        return [code for code in codes if normalize(meetings.title(code)) == compared]

    here = meetings.at(network, moment)
    if not here and moment[0]:
        return _around(run, meetings, line, claimed, titled) or _moved_to(run, meetings, line, claimed, listed) or NEW
    if not here and not line.cells["title"]:
        return NEW
    same = titled(here)
    if line.cells["code"]:
        here = same  # a code of its own says that it is another meeting, unless all else is the same
    elif len(same) == 1 or (same and claimed.issuperset(same)):
        return same[0]
    elif moment[0] is None:
        if not line.cells["title"]:
            return NEW
        # Another meeting may bear the same title: only a person can tell whether a dated one is meant.
        here = same or titled(meetings.of_network(network))
    here = [code for code in here if code not in claimed]
    if moment[0] and len(here) == 1 and line.is_empty("title") and not line.cells["code"]:
        return here[0]
    if not here:
        return NEW
    when = f"du {spoken(*moment)}" if moment[1] == "day" else spoken(*moment)
    asked = f"La réunion «{NO_BREAK}{title}{NO_BREAK}» ({when}) est-elle déjà dans la base{NO_BREAK}?"
    return _ask(run, meetings, line, asked, here)


def _around(
    run: Run, meetings: Meetings, line: Line, claimed: set[str], titled: Callable[[list[str]], list[str]]
) -> str | Unsettled:
    """Return the meeting that a line dates more or less precisely, or NEW: only a person can tell; empty for none."""
    moment = moment_of(line)
    here = [code for code in meetings.around(str(line.cells["network"]), moment) if code not in claimed]
    if line.cells["code"]:  # says that it is another meeting, unless all else is the same
        here = titled(here)
    if not here:
        return ""
    asked = (
        f"La réunion «{NO_BREAK}{title_of(run, line)}{NO_BREAK}» ({spoken(*moment)}) est peut-être déjà dans la base,"
        f" à une date {'moins' if moment[1] == 'day' else 'plus ou moins' if moment[1] == 'month' else 'plus'} précise"
        f"{NO_BREAK}: est-ce la même réunion{NO_BREAK}?"
    )
    return _ask(run, meetings, line, asked, here)


def _moved_to(run: Run, meetings: Meetings, line: Line, claimed: set[str], listed: Listed) -> str | Unsettled:
    """Return the meeting to which a line gives another day, or NEW: only a person can tell; empty for none.

    Some weeks before or after, it bears the same title, which says what it is about, or mostly the same territories
    came to it; or some days before or after, it is of the same sort. No line tells it.
    """
    network, (day, precision), title = str(line.cells["network"]), moment_of(line), title_of(run, line)
    if not line.sheet.file or line.cells["code"] or day is None or precision != "day":
        return ""
    if _says_what(run, line):
        here, same = meetings.titled_near(network, title, day, listed.moments), "le titre"
    else:
        here, same = listed.alike(meetings, line), "les territoires, ou presque,"
        if not here:
            here, same = listed.close(meetings, line), "le réseau et la nature"
    here = [code for code in here if code not in claimed]
    if not here:
        return ""
    asked = (
        f"La réunion «{NO_BREAK}{title}{NO_BREAK}» ({spoken(day, precision)}) a {same} d’une réunion de la base à une"
        f" autre date, que ce fichier ne dit pas{NO_BREAK}: est-ce la même réunion, dont la date a changé{NO_BREAK}?"
    )
    return _ask(run, meetings, line, asked, here)


def _says_what(run: Run, line: Line) -> bool:
    """Return whether the title of a line says more than of what sort its meeting is, and of which network."""
    network = normalize(run.networks.name(str(line.cells["network"]))).split()
    words = set(normalize(str(line.cells["title"] or "")).split()).difference(_COMMON, network)
    return any(len(word) > 1 and not word.isdecimal() for word in words)


def _ask(run: Run, meetings: Meetings, line: Line, sentence: str, here: list[str]) -> str | Question:
    """Return which of some meetings a line is, or NEW, when that was answered; else the question."""
    topic = Topic(
        "même réunion",
        str(line.cells["network"]),
        subject=normalize(title_of(run, line)),
        date=known_date(*moment_of(line)),
        # Once « nouvelle » was written, the same answer would make it a second time.
        among=tuple(sorted(here)),
    )
    options = (*(Option(code, meetings.label(code)) for code in here), Option(NEW, "Non, c’est une nouvelle réunion"))
    return run.answers.to(Question(topic, sentence, options))


def _compose(run: Run, line: Line, taken: Callable[[str], bool]) -> str:
    network, moment = line.cells["network"], moment_of(line)
    if moment[0] is None:
        return run.compose_code(f"{network}-sans-date", taken, first=1)
    return run.compose_code(f"{network}-{known_date(*moment)}", taken)
