"""Lines that may be no records, which only a person can tell: totals, and those that a column nobody reads decides."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from netstats.intake.check.lines import Lines
from netstats.intake.check.run import Run
from netstats.intake.forms import ACTIONS, ATTENDANCE, MEETINGS, Form
from netstats.intake.questions import Option, Question
from netstats.intake.read.grids import quoted
from netstats.intake.read.headers import MENDED, meaning_of
from netstats.intake.read.matching import Matching
from netstats.intake.values import Headcount, is_empty, read_headcount, shown
from netstats.reference.fold import normalize
from netstats.wording import NO_BREAK, counted, listing

_TOTAL = re.compile(r"\W*(?:(?:sous|grand)[\s-]*)?(?:total|totaux|moyenne|cumul)\b", re.IGNORECASE)
_LONG_TEXT = 1_000  # a description may begin so

# What cells of a column that decides say: that a line counts, or that it does not.
_YES = re.compile(
    r"(?:o|oui|x|v|vrai|true|yes|ok|1|presente?s?|(?:a )?participe|venue?s?|confirmee?s?|acceptee?s?|maintenue?s?"
    r"|tenue?s?|inscrite?s?)(?: .*)?"
)
_NO = re.compile(
    r"(?:n|non|faux|false|no|0|absente?s?|excusee?s?|annulee?s?|reportee?s?|declinee?s?|refusee?s?|invitee?s?|pas)"
    r"(?: .*)?"
)
_PLAIN = re.compile(r"o|oui|x|v|vrai|true|yes|ok|1|n|non|faux|false|no|0")
_DECIDES = re.compile(
    r"\b(?:presen(?!tation)|absen|excus|particip|venu|annul|report|maint|eu lieu|tenu|statut|etat|reponse|confirm"
    r"|inscri|emarg|signature|invit|valid|doublon|supprim|ignor|archiv|a importer)"
)
_DENIES = re.compile(r"\b(?:absen|excus|annul|report|doublon|supprim|ignor|archiv)")
_COUNTS_PEOPLE = re.compile(r"\b(?:inscri|invit)")  # 0 of them there says nothing of those who came
_SAYS_WHAT = re.compile(r"\b(?:statut|etat)")  # of what, its answers tell: « titulaire », or « excusé »
_NEGATED = re.compile(r"^(?:non|pas) ")
_MOST_ANSWERS = 12

# Codes of the options that take the lines where a column answers yes, or else no or nothing.
_COUNTS, _DOES_NOT = "oui", "autres"


def set_aside(run: Run, matching: Matching, lines: Lines) -> None:
    """Let the lines of a sheet wait that may be no records, or leave them out as was answered."""
    if lines.form not in (MEETINGS, ATTENDANCE, ACTIONS):
        return
    _set_totals_aside(run, matching, lines)
    for header, column in _unread(matching, lines.form):
        if len(set(column)) <= 2 * _MOST_ANSWERS:
            _ask_of_column(run, lines, header, [shown(cell) for cell in column])


def _unread(matching: Matching, form: Form) -> Iterator[tuple[str, list[object]]]:
    read = set(matching.columns.values())
    for rank, header in enumerate(matching.headers):
        meaning = meaning_of(header, form)
        if meaning and meaning[1] != "near":
            continue  # what it holds is known: it is a person who does not want it read
        if rank not in read and header not in matching.refused and normalize(header) != MENDED:
            yield header, [row[rank] for row in matching.grid.rows[matching.header + 1 :]]


def _ask_of_column(run: Run, lines: Lines, header: str, column: Sequence[str]) -> None:
    """Ask which lines count when a column answers yes or no: « Présent : oui, non, excusé ».

    Where its header says that it decides, whatever it answers: « Présence : P, A, E ».
    """
    groups: dict[str, list[int]] = {_COUNTS: [], _DOES_NOT: []}
    for rank, cell in enumerate(column):
        groups.setdefault(_group(cell), []).append(rank)
    if not _decides(normalize(header), {normalize(cell) for cell in column if cell}, groups):
        return
    # Who answered yes, and who in other words, can be taken together.
    if len(groups) > 2 and groups[_COUNTS] and groups[_DOES_NOT]:
        groups["sauf"] = sorted({*range(len(column))}.difference(groups[_DOES_NOT]))
    question = Question(
        lines.topic("lignes", header),
        f"La colonne {quoted(header)} dit {listing(map(quoted, dict.fromkeys(filter(None, column))))}, et rien ne la"
        f" lit. Quelles lignes faut-il prendre{NO_BREAK}?",
        (
            Option("toutes", f"Toutes{NO_BREAK}: elle ne change rien"),
            *(
                Option(code, f"{counted(len(ranks), 'ligne')}, celles où elle dit {_said(column, ranks)}")
                for code, ranks in groups.items()
                if ranks
            ),
        ),
    )
    answer, every = run.answers.to(question), range(len(column))
    if isinstance(answer, Question):
        lines.set_aside(every, run.answers, answer)
    else:
        lines.set_aside(set(every).difference(groups.get(answer, every)), run.answers)


def _group(cell: str) -> str:
    """Return the code of the option that takes a cell: it counts, it does not (or is empty), or what else it says."""
    answer = normalize(cell)
    if _YES.fullmatch(answer):
        return _COUNTS
    return _DOES_NOT if not cell or _NO.fullmatch(answer) else f"dit {answer}".strip()


def _decides(header: str, answers: Collection[str], groups: Mapping[str, Sequence[int]]) -> bool:
    """Return whether a column is asked about; what it answers beside yes and no is known by its header alone."""
    unlisted = len(groups) - 2
    denies, may_decide = bool(_DENIES.search(header)), bool(_DECIDES.search(header))
    if not unlisted:
        says_more = may_decide or not all(map(_PLAIN.fullmatch, answers))
        return bool(answers) and says_more and bool(groups[_DOES_NOT] or denies)
    # Numbers count people, and days are no answers, unless it is that of a meeting which was called off.
    is_number = re.compile(r"\d+" if denies else r"[\d ]+").fullmatch
    may_be_coded = {"0", "1"}.intersection(answers) and not _COUNTS_PEOPLE.search(header)
    is_measure = all(map(is_number, answers)) and not may_be_coded
    is_property = bool(_SAYS_WHAT.search(header)) and _name_what_it_is(answers, groups)
    return may_decide and unlisted <= _MOST_ANSWERS and not is_measure and not is_property


def _name_what_it_is(answers: Collection[str], groups: Iterable[str]) -> bool:
    """Return whether answers are words of a column's own, and what denies these: « adhérent », « non adhérent »."""
    words = {code.removeprefix("dit ") for code in groups if code.startswith("dit ")}
    return any(len(word) > 2 for word in words) and all(_NEGATED.sub("", answer) in words for answer in answers)


def _said(column: Sequence[str], ranks: Sequence[int]) -> str:
    said = dict.fromkeys(column[rank] for rank in ranks)
    return listing([quoted(cell) if cell else "rien" for cell in said], "ou")


def _set_totals_aside(run: Run, matching: Matching, lines: Lines) -> None:
    found = {**_named_totals(matching), **_sums(lines)}
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


def _named_totals(matching: Matching) -> dict[int, str]:
    """Return the lines that call themselves a total, in any column but those of long texts, and how."""
    fields = matching.form.fields if matching.form else ()
    long = {matching.columns.get(field.name) for field in fields if (field.maximum or 0) >= _LONG_TEXT}
    found: dict[int, str] = {}
    rows = matching.grid.rows[matching.header + 1 :]
    for column in range(len(rows[0]) if rows else 0):
        if column in long:
            continue
        totals = {cell for cell in {row[column] for row in rows} if isinstance(cell, str) and _TOTAL.match(cell)}
        if totals:
            found |= {rank: str(row[column]) for rank, row in enumerate(rows) if row[column] in totals}
    return found


def _sums(lines: Lines) -> dict[int, str]:
    """Return the meetings without a date whose headcount is the sum of two or more above, and that headcount."""
    days, counts = lines.column("date"), lines.column("participants")
    if not (days and counts):
        return {}
    if not any(is_empty(day) and not is_empty(count) for day, count in zip(days, counts, strict=True)):
        return {}
    found: dict[int, str] = {}
    above: list[int] = []
    for rank, (day, cell) in enumerate(zip(days, counts, strict=True)):
        count = None if is_empty(cell) else read_headcount(cell)
        if not isinstance(count, Headcount):
            continue
        if is_empty(day) and len(above) > 1 and count.number == sum(above):
            found[rank] = str(count.number)
            above.clear()
        else:
            above.append(count.number)
    return found
