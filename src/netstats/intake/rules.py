"""What must hold beyond the shape of a file: cells as their column says, rows that agree with each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from netstats.intake.cells import as_date, flaw
from netstats.intake.layout import TERRITORIES, Column, Table
from netstats.intake.sheet import Problem, Sheet, Sheets
from netstats.reference.words import words
from netstats.wording import listing


def judge(sheets: Sheets, tables: Iterable[Table]) -> Iterator[Problem]:
    """Yield what is wrong with the rows of some tables; `sheets` also holds the tables they refer to."""
    for table in tables:
        sheet = sheets[table.name]
        yield from _cells_alone(sheet)
        yield from _repeated(sheet, table.key)
        for column in table.columns:
            if column.unique:
                yield from _repeated(sheet, (column.name,))
            if column.refers_to:
                yield from _dangling(sheet, column, sheets)
        for rule in _RULES.get(table.name, ()):
            yield from rule(sheets)


def _cells_alone(sheet: Sheet) -> Iterator[Problem]:
    by_hand = sheet.table.folder == "network"
    for column in sheet.table.columns:
        values = sheet.cells.get(column.name, ())
        # Each distinct value is judged once: 35,000 communes share 101 departments.
        judged = ((value, flaw(column, value, by_hand=by_hand)) for value in set(values))
        flaws = {value: reason for value, reason in judged if reason}
        if flaws:
            for line, value in zip(sheet.lines, values, strict=True):
                if value in flaws:
                    yield sheet.problem(line, column.name, value, flaws[value])


def _repeated(sheet: Sheet, key: tuple[str, ...]) -> Iterator[Problem]:
    if not key or not all(name in sheet.cells for name in key):
        return
    first: dict[tuple[str, ...], int] = {}
    for line, *values in zip(sheet.lines, *(sheet.cells[name] for name in key), strict=True):
        named = tuple(values)
        if all(named) and first.setdefault(named, line) != line:
            reason = f"figure déjà à la ligne {first[named]}"
            yield sheet.problem(line, ", ".join(key), " + ".join(named), reason)


def _codes(sheets: Sheets, tables: Iterable[str]) -> set[str]:
    return {code for name in tables for code in sheets[name].cells.get("code", ())}


def _dangling(sheet: Sheet, column: Column, sheets: Sheets) -> Iterator[Problem]:
    values = sheet.cells.get(column.name, ())
    missing = set(values) - _codes(sheets, column.refers_to) - {""}
    if missing and all(sheets[name].whole for name in column.refers_to):
        files = listing((sheets[name].table.file for name in column.refers_to), "ni de")
        for line, value in zip(sheet.lines, values, strict=True):
            if value in missing:
                yield sheet.problem(line, column.name, value, f"n’est pas un code de {files}")


def _network_regions(sheets: Sheets) -> Iterator[Problem]:
    if not sheets["network_regions"].whole:
        return
    with_region = set(sheets["network_regions"].cells["network_code"])
    for line, network in sheets["networks"].rows():
        code = network["code"]
        if network["scope"] == "regional" and code not in with_region:
            reason = "est un réseau régional sans région dans network/network_regions.csv"
            yield sheets["networks"].problem(line, "code", code, reason)
        if network["scope"] == "national" and code in with_region:
            reason = "est un réseau national et a une région dans network/network_regions.csv"
            yield sheets["networks"].problem(line, "code", code, reason)


def _own_territories(sheets: Sheets) -> Iterator[Problem]:
    own = sheets["territories"]
    official = _codes(sheets, (name for name in TERRITORIES if name != "territories"))
    members = sheets["territory_communes"]
    for line, territory in own.rows():
        code = territory["code"]
        if code in official:
            yield own.problem(line, "code", code, "est déjà le code d’un territoire de data/reference")
        if members.whole and code not in members.cells["territory_code"]:
            yield own.problem(line, "code", code, "n’a aucune commune dans network/territory_communes.csv")


def _without_commune(name: str) -> Callable[[Sheets], Iterator[Problem]]:
    """Return the rule that a territory named in a table covers a commune; our own bodies have their rule."""

    def rule(sheets: Sheets) -> Iterator[Problem]:
        if not (sheets["communes"].whole and sheets["intercommunality_communes"].whole):
            return
        covering = set(sheets["intercommunality_communes"].cells["intercommunality_code"])
        covering.update(sheets["communes"].cells["department_code"])
        official = _codes(sheets, ("intercommunalities", "departments"))
        for line, row in sheets[name].rows():
            code = row["territory_code"]
            if code in official and code not in covering:
                reason = "n’a aucune commune dans data/reference ; on ne saurait où le placer"
                yield sheets[name].problem(line, "territory_code", code, reason)

    return rule


def _meeting_dates(sheets: Sheets) -> Iterator[Problem]:
    meetings = sheets["meetings"]
    for line, row in meetings.rows():
        held_on, precision, held_until = row["held_on"], row["date_precision"], row["held_until"]
        day, last = as_date(held_on), as_date(held_until)
        if precision == "unknown" and held_on:
            reason = "est une date alors que date_precision vaut « unknown » (cellule vide attendue)"
            yield meetings.problem(line, "held_on", held_on, reason)
        if precision in {"day", "month", "year"} and not held_on:
            reason = f"date obligatoire quand date_precision vaut « {precision} » (« unknown » sinon)"
            yield meetings.problem(line, "held_on", held_on, reason)
        if day and precision == "month" and day.day != 1:
            reason = "doit être le premier du mois quand date_precision vaut « month »"
            yield meetings.problem(line, "held_on", held_on, reason)
        if day and precision == "year" and (day.month, day.day) != (1, 1):
            reason = "doit être le 1er janvier quand date_precision vaut « year »"
            yield meetings.problem(line, "held_on", held_on, reason)
        if held_until and not held_on:
            reason = "est une date de fin sans date de début (held_on est vide)"
            yield meetings.problem(line, "held_until", held_until, reason)
        if day and last and last < day:
            yield meetings.problem(line, "held_until", held_until, f"est avant held_on ({held_on})")


def _meeting_headcounts(sheets: Sheets) -> Iterator[Problem]:
    meetings = sheets["meetings"]
    for line, row in meetings.rows():
        if row["participants"] and not row["participants_precision"]:
            reason = "valeur obligatoire quand participants est connu (exact, about ou at_least attendu)"
            yield meetings.problem(line, "participants_precision", "", reason)
        for column in ("participants_precision", "participants_unit"):
            if row[column] and not row["participants"]:
                reason = "n’a pas de sens sans participants (cellule vide attendue)"
                yield meetings.problem(line, column, row[column], reason)


def _of_held_meetings(name: str) -> Callable[[Sheets], Iterator[Problem]]:
    """Return the rule that a meeting only announced or cancelled has no attendance and no action."""

    def rule(sheets: Sheets) -> Iterator[Problem]:
        status = {row["code"]: row["status"] for _, row in sheets["meetings"].rows()}
        for line, row in sheets[name].rows():
            code = row["meeting_code"]
            if status.get(code) in {"announced", "cancelled"}:
                reason = f"est une réunion qui n’a pas été tenue (son status vaut « {status[code]} »)"
                yield sheets[name].problem(line, "meeting_code", code, reason)

    return rule


def _outline_rings(sheets: Sheets) -> Iterator[Problem]:
    outlines = sheets["department_outlines"]
    for line, row in outlines.rows():
        points = row["xs"].count(" ") + 1
        if points < 4 or points != row["ys"].count(" ") + 1:
            reason = "contour impossible ; xs et ys doivent avoir autant de nombres, quatre au moins"
            yield Problem(outlines.table.file, line, "xs, ys", None, reason)


def _single_words(sheets: Sheets) -> Iterator[Problem]:
    """Each synonym is one word that the search reads, and says something."""
    synonyms = sheets["synonyms"]
    for line, row in synonyms.rows():
        if [found.text for found in words(row["word"])] != [row["word"].casefold()]:
            reason = "doit être un seul mot, que la recherche lise (ni expression, ni mot vide)"
            yield synonyms.problem(line, "word", row["word"], reason)


def _one_founding(sheets: Sheets) -> Iterator[Problem]:
    """Every row of these files belongs to the same batch: the founding one."""
    sheet = sheets["batches"]
    if sheet.whole and len(sheet.lines) != 1:
        line = sheet.lines[1] if sheet.lines else 1
        yield sheet.problem(line, "id", str(len(sheet.lines)), "une ligne et une seule attendue : l’entrée fondatrice")


_RULES: Mapping[str, tuple[Callable[[Sheets], Iterator[Problem]], ...]] = {
    "batches": (_one_founding,),
    "networks": (_network_regions,),
    "territories": (_own_territories,),
    "meetings": (_meeting_dates, _meeting_headcounts),
    "attendance": (_of_held_meetings("attendance"), _without_commune("attendance")),
    "actions": (_of_held_meetings("actions"), _without_commune("actions")),
    "department_outlines": (_outline_rings,),
    "synonyms": (_single_words,),
}
