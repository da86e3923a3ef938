"""Lines that may be no records, which only a person can tell: totals, and those that an answer or remark decides."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from netstats.intake.check.lines import Lines
from netstats.intake.check.notes import CALLED_OFF, NOT_THERE
from netstats.intake.check.run import Run
from netstats.intake.check.totals import set_totals_aside
from netstats.intake.forms import ACTIONS, ATTENDANCE, MEETINGS, Form
from netstats.intake.questions import Option, Question
from netstats.intake.read.grids import quoted
from netstats.intake.read.headers import MENDED, meaning_of
from netstats.intake.read.matching import Matching
from netstats.intake.values import shown
from netstats.reference.fold import normalize
from netstats.wording import NO_BREAK, counted, listing

# What cells of a column that decides say: that a line counts, or that it does not.
_YES = re.compile(
    r"(?:o|oui|x|v|vrai|true|yes|ok|1|pres|presente?s?|validee?s?|(?:a )?participe|venue?s?|confirmee?s?|acceptee?s?"
    r"|maintenue?s?|tenue?s?|inscrite?s?)(?: .*)?"
)
_NO = re.compile(
    r"(?:n|non|faux|false|no|0|abs|exc|en attente|absente?s?|excusee?s?|annulee?s?|reportee?s?|declinee?s?|desistee?s?"
    r"|refusee?s?|invitee?s?|pas)(?: .*)?"
)
_PLAIN = re.compile(r"o|oui|x|v|vrai|true|yes|ok|1|n|non|faux|false|no|0")
_LEAVES_OUT = rf"{NOT_THERE}|{CALLED_OFF}|doublon|supprim|ignor|archiv"
_DECIDES = re.compile(
    rf"\b(?:{_LEAVES_OUT}|presen(?!tation)|particip|venu|maint|eu lieu|tenu|statut|etat|reponse|confirm|inscri|emarg"
    r"|signature|invit|valid|realis|effectu|a importer)"
)
_DENIES = re.compile(rf"\b(?:{_LEAVES_OUT})")
_COUNTS_PEOPLE = re.compile(r"\b(?:inscri|invit)")  # 0 of them there says nothing of those who came
_SAYS_WHAT = re.compile(r"\b(?:statut|etat)")  # of what, its answers tell: « titulaire », or « excusé »
_NEGATED = re.compile(r"^(?:non|pas) ")
_MOST_ANSWERS = 12

# Codes of the options that take the lines where a column answers yes, no or nothing.
_COUNTS, _DOES_NOT, _EMPTY = "oui", "autres", "rien"
_EACH = "chacune"
_BY_VALUE = Option(_EACH, f"Cela dépend{NO_BREAK}: demander pour chaque valeur")

# What a remark says, anywhere in it, of a line that may not count: a meeting called off, a territory that did not come.
_CALLED_OFF = r"annul(?:ee?s?|ations?)|report(?:ee?s?|er)?|ajournee?s?|decalee?s?|decommandee?s?|pas eu lieu|doublons?"
_NOT_HELD = r"(?:pas|non) (?:ete )?(?:pu )?(?:se )?(?:tenue?|tenir|realisee?)"
_NOT_THERE = (
    r"excus(?:ee?s?|er)|absen(?:te?s?|ces?)|desist\w*"
    r"|(?:pas|non) (?:ete )?(?:pu|venue?s?|presente?s?|representee?s?|la)|pas (?:assiste|participe)"
    r"|empechee?s?|indisponibles?|decline"
)
_REMARKS: Mapping[str, re.Pattern[str]] = {
    MEETINGS.name: re.compile(rf"\b(?:{_CALLED_OFF}|{_NOT_HELD})\b"),
    ATTENDANCE.name: re.compile(rf"\b(?:{_CALLED_OFF}|{_NOT_THERE})\b|^invitee?s?$"),
    ACTIONS.name: re.compile(rf"\b(?:{_CALLED_OFF}|{_NOT_HELD}|abandonnee?s?)\b"),
}
_FREE_TEXTS = ("title", "place", "note")  # of a meeting: read, and no one takes its status from them


def set_aside(run: Run, matching: Matching, lines: Lines) -> None:
    """Let the lines of a sheet wait that may be no records, or leave them out as was answered."""
    if lines.form not in (MEETINGS, ATTENDANCE, ACTIONS):
        return
    set_totals_aside(run, matching, lines)
    for header, column in _unread(matching, lines.form):
        answers = [shown(cell) for cell in column]
        if not _ask_of_column(run, lines, header, answers):
            _ask_of_remarks(run, lines, header, answers)
    for header, column in _never_read(matching):
        _ask_of_remarks(run, lines, header, [_denial(lines.form, shown(cell)) for cell in column])
    if lines.form is MEETINGS:
        named = _of_no_matter(run, lines)
        for name in filter(lines.has, _FREE_TEXTS):
            texts = [shown(cell) for cell in lines.column(name)]
            _ask_of_remarks(run, lines, lines.header(name), texts, without=named)


def _unread(matching: Matching, form: Form) -> Iterator[tuple[str, list[object]]]:
    read = set(matching.columns.values())
    for rank, header in enumerate(matching.headers):
        meaning = meaning_of(header, form)
        if meaning and meaning[1] != "near":
            continue  # what it holds is known: it is a person who does not want it read
        if rank not in read and header not in matching.refused and normalize(header) != MENDED:
            yield header, [row[rank] for row in matching.grid.rows[matching.header + 1 :]]


def _never_read(matching: Matching) -> Iterator[tuple[str, list[object]]]:
    for rank, header in enumerate(matching.headers):
        if header in matching.refused:
            yield header, [row[rank] for row in matching.grid.rows[matching.header + 1 :]]


def _denial(form: Form, text: str) -> str:
    """Return the word by which a remark denies, empty without one: what else it says may name a person."""
    denies = _REMARKS[form.name]
    found = denies.search(normalize(text))
    words = (word.strip(".,;:!()[]") for word in text.split())
    return next((word for word in words if denies.search(normalize(word))), found[0]) if found else ""


def _ask_of_column(run: Run, lines: Lines, header: str, column: Sequence[str]) -> bool:
    """Ask which lines count when a column answers yes or no: « Présent : oui, non, excusé »; return whether it does.

    Where its header says that it decides, whatever it answers: « Présence : P, A, E ».
    """
    if len(set(column)) > 2 * _MOST_ANSWERS:
        return False
    groups: dict[str, list[int]] = {_COUNTS: [], _EMPTY: [], _DOES_NOT: []}
    for rank, cell in enumerate(column):
        groups.setdefault(_group(cell), []).append(rank)
    if not _decides(normalize(header), {normalize(cell) for cell in column if cell}, groups):
        return False
    values: dict[str, list[int]] = {}
    for rank, cell in enumerate(column):
        values.setdefault(cell, []).append(rank)
    # Who answered yes, and who nothing or in other words, can be taken together.
    every = range(len(column))
    for code, without in (("sauf", groups[_DOES_NOT]), ("dits", groups[_DOES_NOT] + groups[_EMPTY])):
        ranks = sorted({*every}.difference(without))
        if without and ranks not in groups.values():
            groups[code] = ranks
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
            *((_BY_VALUE,) if len(values) > 2 else ()),
        ),
    )
    answer = run.answers.to(question)
    if isinstance(answer, Question):
        lines.set_aside(every, run.answers, answer)
    elif answer == _EACH:
        _ask_of_each(run, lines, header, values)
    else:
        lines.set_aside(set(every).difference(groups.get(answer, every)), run.answers)
    return True


def _ask_of_remarks(
    run: Run, lines: Lines, header: str, column: Sequence[str], *, without: Collection[int] = ()
) -> None:
    """Ask whether the lines count of which a text says the contrary: « Observations : reportée au 12 mai »."""
    denies = _REMARKS[lines.form.name]
    remarks = {cell for cell in set(column) if cell and denies.search(normalize(cell))}
    found: dict[str, list[int]] = {}
    for rank, cell in enumerate(column) if remarks else ():
        if cell in remarks and rank not in without:
            found.setdefault(cell, []).append(rank)
    if not found:
        return
    said = [quoted(cell) for cell in list(found)[:_MOST_ANSWERS]]
    if len(found) > len(said):
        said.append(counted(len(found) - len(said), "autre remarque", "autres remarques"))
    ranks = sorted(rank for those in found.values() for rank in those)
    # Some of the remarks may say nothing of the line: « l’intervenant était absent ».
    if _ask_of_lines(run, lines, (header,), said, ranks, by_value=len(found) > 1) == _EACH:
        _ask_of_each(run, lines, header, found)


def _ask_of_each(run: Run, lines: Lines, header: str, found: Mapping[str, Sequence[int]]) -> None:
    """Ask of each value of a column whether its lines count."""
    for number, (cell, ranks) in enumerate(found.items()):  # « ? » and « - » are compared alike
        _ask_of_lines(run, lines, (header, f"{number} {cell}"), [quoted(cell) if cell else "rien"], ranks)


def _ask_of_lines(
    run: Run, lines: Lines, about: tuple[str, ...], said: Sequence[str], ranks: Sequence[int], *, by_value: bool = False
) -> str:
    """Let lines wait for which a column says something, or leave them out as was answered; return the answer."""
    these = "cette ligne" if len(ranks) == 1 else "ces lignes"
    question = Question(
        lines.topic("lignes", *about),
        f"La colonne {quoted(about[0])} dit {listing(said)}. Faut-il prendre {these} comme les autres{NO_BREAK}?",
        (
            Option("aucune", f"Non{NO_BREAK}: {counted(len(ranks), 'ligne ne compte pas', 'lignes ne comptent pas')}"),
            *((_BY_VALUE,) if by_value else ()),
            Option("toutes", "Oui, comme les autres"),
        ),
    )
    answer = run.answers.to(question)
    if answer not in {_EACH, "toutes"}:
        lines.set_aside(ranks, run.answers, answer if isinstance(answer, Question) else None)
    return "" if isinstance(answer, Question) else answer


def _of_no_matter(run: Run, lines: Lines) -> set[int]:
    """Return the meetings of which a remark changes nothing: known ones, and those that say that they were not held."""
    known = set(run.snapshot.rows["meeting"]["code"])
    codes = {rank for rank, cell in enumerate(lines.column("code")) if cell in known}
    said = (normalize(shown(cell)) for cell in lines.column("status"))
    return codes | {rank for rank, status in enumerate(said) if status and not status.startswith("tenu")}


def _group(cell: str) -> str:
    """Return the code of the option that takes a cell: it counts, it does not, it is empty, or what else it says."""
    answer = normalize(cell)
    if _YES.fullmatch(answer):
        return _COUNTS
    if not cell:
        return _EMPTY
    return _DOES_NOT if _NO.fullmatch(answer) else f"dit {answer}".strip()


def _decides(header: str, answers: Collection[str], groups: Mapping[str, Sequence[int]]) -> bool:
    """Return whether a column is asked about; what it answers beside yes and no is known by its header alone."""
    unlisted = len(groups) - 3
    denies, may_decide = bool(_DENIES.search(header)), bool(_DECIDES.search(header))
    if not unlisted:
        says_more = may_decide or not all(map(_PLAIN.fullmatch, answers))
        return bool(answers) and says_more and bool(groups[_DOES_NOT] or groups[_EMPTY] or denies)
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
