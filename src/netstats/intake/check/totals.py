"""Lines that sum up others, which are no records: only a person can tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from netstats.intake.check.lines import Lines
from netstats.intake.check.run import Run
from netstats.intake.dates import Day, read_date
from netstats.intake.forms import MEETINGS
from netstats.intake.questions import Option, Question
from netstats.intake.read.grids import quoted
from netstats.intake.read.matching import Matching
from netstats.intake.values import Headcount, is_empty, read_headcount, shown
from netstats.wording import NO_BREAK, counted

_TOTAL = re.compile(
    r"\W*(?:(?:(?:sous|grand)[\s-]*)?(?:total|totaux|moyenne|cumul)\b|(?:moy|max|min)(?:i|imum)?\W*$)", re.IGNORECASE
)
# What may as well be the title of a meeting, where that has a day.
_SUMMARY = re.compile(
    r"\W*(?:bilans?|moy|max|min|m(?:ax|in)imum|objectifs?|r[ée]cap\w*|ensemble|(?:nombre|nb)\.? (?:total|de)"
    r"|(?:(?:les|soit) )?\d+ (?:r[ée]unions|rencontres|s[ée]ances))\b",
    re.IGNORECASE,
)
_LONG_TEXT = 1_000  # a description may begin so


def set_totals_aside(run: Run, matching: Matching, lines: Lines) -> None:
    """Let the lines wait that read as a total, or leave them out as was answered."""
    days = _days(lines) if lines.form is MEETINGS else []
    found = {**_named_totals(matching, lines, days), **(_sums(lines, days) if days else {})}
    if not found:
        return
    rank = min(found)
    which, these, read = f"{quoted(found[rank])} (ligne {lines.numbers[rank]})", "cette ligne", "se lit"
    if len(found) > 1:
        which, these, read = f"{which} et {counted(len(found) - 1, 'autre ligne')}", "ces lignes", "se lisent"
    question = Question(
        lines.topic("lignes", "totaux"),
        f"{which} {read} comme un total. Faut-il prendre {these} comme les autres{NO_BREAK}?",
        (
            Option("totaux", f"Non{NO_BREAK}: un total ne compte pas"),
            Option("lignes", "Oui, comme les autres"),
        ),
    )
    answer = run.answers.to(question)
    if answer != "lignes":
        lines.set_aside(found, run.answers, answer if isinstance(answer, Question) else None)


def _named_totals(matching: Matching, lines: Lines, days: Sequence[Day | None]) -> dict[int, str]:
    """Return the lines that call themselves a total, in any column but those of long texts, and how.

    A word that may be a title tells only of a meeting with neither a code nor a day; `days` are empty without dates.
    """
    fields = matching.form.fields if matching.form else ()
    long = {matching.columns.get(field.name) for field in fields if (field.maximum or 0) >= _LONG_TEXT}
    rows = matching.grid.rows[matching.header + 1 :]
    codes = lines.column("code") or [None] * len(days)
    has_no_day = [day is None or day.precision == "year" for day in days]
    whole = {rank for rank, (cell, so) in enumerate(zip(codes, has_no_day, strict=False)) if so and is_empty(cell)}
    found: dict[int, str] = {}
    for column in range(len(rows[0]) if rows else 0):
        if column in long:
            continue
        cells = {cell for cell in {row[column] for row in rows} if isinstance(cell, str)}
        totals = set(filter(_TOTAL.match, cells))
        summaries = set(filter(_SUMMARY.match, cells))
        for rank, row in enumerate(rows) if totals or summaries else ():
            if row[column] in totals or (rank in whole and row[column] in summaries):
                found[rank] = str(row[column])
    return found


def _days(lines: Lines) -> list[Day | None]:
    """Return the dates of the lines as far as they can be read; none without a column of them."""
    cells = lines.column("date")
    read = {cell: read_date(cell, "day") for cell in set(cells) if not is_empty(cell)}
    dates = (read.get(cell) for cell in cells)
    return [date if isinstance(date, Day) else None for date in dates]


def _sums(lines: Lines, days: Sequence[Day | None]) -> dict[int, str]:
    """Return the meetings whose headcount is a sum of two or more, and that headcount.

    Without a date, of those above; with a year or month alone, of those that are dated in it, all or of one network.
    """
    cells = lines.column("participants")
    counts = [None if is_empty(cell) else read_headcount(cell) for cell in cells]
    numbers = [count.number if isinstance(count, Headcount) else 0 for count in counts]
    networks = [shown(cell) for cell in lines.column("network")] or [""] * len(cells)
    within: dict[tuple[str, str], list[int]] = {}
    for day, number, network in zip(days, numbers, networks, strict=True) if cells else ():
        if day and number:
            for period in _periods(day)[1:]:
                for key in {"", network}:
                    within.setdefault((period, key), []).append(number)
    found: dict[int, str] = {}
    above: list[int] = []
    before: list[int] = []  # those that are no sums, of the whole sheet
    for rank, number in enumerate(numbers):
        day = days[rank]
        if not number:
            continue
        if day is None:
            parts = [above, before] if is_empty(lines.column("date")[rank]) else []
        else:
            parts = [within.get((_periods(day)[0], key), []) for key in ("", networks[rank])]
        if any(len(part) > 1 and number == sum(part) for part in parts):
            found[rank] = str(number)
            above.clear()
        else:
            above.append(number)
            before.append(number)
    return found


def _periods(day: Day) -> list[str]:
    """Return the day, the month and the year of a date, as far as it is known."""
    length = {"day": 10, "month": 7, "year": 4}[day.precision]
    return [day.first.isoformat()[:end] for end in (10, 7, 4) if end <= length]
