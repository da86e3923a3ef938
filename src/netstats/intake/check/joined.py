"""Several lines of one meeting: what each adds to it, and where they contradict each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from netstats.intake.check.lines import Line, Lines
from netstats.intake.issues import issue
from netstats.reference.fold import normalize
from netstats.wording import NO_BREAK, counted, listing

_ADDED_UP = ("present", "themes")
"""Fields of which each line of a meeting may say a part: one territory a line, one theme a line."""

_MOST_NAMED = 4


def join(line: Line, first: Line) -> None:
    """Let a line add what it says to the first one of its meeting.

    Lines that contradict each other are refused together, since nobody can tell which is right; so is one that adds
    nothing.
    """
    line.is_double, line.code = True, first.code
    if contradicted := [name for name in line.cells if _differs(line, first, name)]:
        for one, other in ((line, first), (first, line)):
            _contradict(one, other, contradicted)
    elif not (line.cells["present"] or line.cells["themes"] not in {None, first.cells["themes"]}):
        line.refuse(None, issue("same-meeting", line=first.name(line.sheet)))
    else:
        line.adds_to = first
        for name, value in line.cells.items() if not line.issues else ():
            if name not in _ADDED_UP and first.is_empty(name):
                first.cells[name] = value


def _differs(line: Line, first: Line, name: str) -> bool:
    values = line.cells[name], first.cells.get(name)
    if name in (*_ADDED_UP, "code") or None in values:
        return False
    one, other = (normalize(value) if isinstance(value, str) else value for value in values)
    return bool(one != other)


def _contradict(line: Line, other: Line, names: Sequence[str]) -> None:
    if any(known.code == "meeting-contradicts" for known in line.issues):
        return  # one of the lines that it contradicts is enough
    said = listing(
        f"{line.sheet.header(name)}{NO_BREAK}: {_quoted(line, name)} ici, {_quoted(other, name)} là" for name in names
    )
    line.refuse(None, issue("meeting-contradicts", line=other.name(line.sheet), said=said))


def _quoted(line: Line, name: str) -> str:
    return f"«{NO_BREAK}{line.sheet.quoted(line, name)}{NO_BREAK}»"


def hold_together(first: Line, others: Sequence[Line]) -> None:
    """Let the lines of a meeting wait for the first one; those that each say a part of its themes, for each other.

    Its themes are all of those of its lines: one that comes later, alone, would take the others away.
    """
    lines = [first, *others]
    share_themes = any(line.cells["themes"] not in {None, first.cells["themes"]} for line in others)
    wrong = next((line for line in (lines if share_themes else [first]) if not line.is_good), None)
    for line in lines if wrong else ():
        if wrong and line.is_good:
            (line.refuse if wrong.issues else line.hold)(None, wrong.depended_on())


def themes_gone_said(
    lines: Lines, gone: Sequence[tuple[int, Sequence[str]]], names: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """Return the sentence that says which themes of the database a sheet takes from its meetings; none without."""
    if not gone:
        return ()
    shown = [
        f"ligne {number}{NO_BREAK}: {listing([names[code][0] for code in codes])}"
        for number, codes in gone[:_MOST_NAMED]
    ]
    others = len(gone) - len(shown)
    more = f"{NO_BREAK}; et {counted(others, 'autre ligne')}" if others > 0 else ""
    return (
        f"{lines.sheet or lines.file}{NO_BREAK}: des thèmes que la base connaît à ces réunions ne sont pas répétés,"
        f" ils en partiront ({f'{NO_BREAK}; '.join(shown)}{more}). Pour les garder, ajoutez-les à ceux du fichier.",
    )
