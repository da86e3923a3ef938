"""A column of numbers that nothing reads, and that may count the participants of meetings: a person tells."""

from __future__ import annotations

import re

from netstats.intake.check.lines import Lines, lines_of_sheet
from netstats.intake.check.run import Run
from netstats.intake.forms import MEETINGS, Form
from netstats.intake.questions import Option, Question
from netstats.intake.read.grids import quoted
from netstats.intake.read.matching import Matching, rematch
from netstats.intake.values import Headcount, is_empty, read_headcount, shown
from netstats.reference.fold import normalize
from netstats.wording import NO_BREAK, listing

_PEOPLE = re.compile(r"\b(?:participant|present|personne|pers\b|elu|agent|professionnel|acteur)")
_OTHERS = re.compile(r"\b(?:absen|excus|invit|inscri|prevu|attendu|non|taux|visio)")
_NO_COLUMN = "aucune"


def lines_counted(run: Run, matching: Matching, form: Form) -> tuple[Matching, Lines]:
    """Return a sheet with the column that counts its participants, and its lines: they wait until that is told."""
    headers = _may_count(matching) if form is MEETINGS and "participants" not in matching.columns else {}
    lines = lines_of_sheet(matching, form)
    if not headers:
        return matching, lines
    options = tuple(Option(normalize(header), f"Oui{NO_BREAK}: {quoted(header)}") for header in headers)
    one = len(headers) == 1
    question = Question(
        lines.topic("lignes", "participants", *headers),
        f"{'La colonne' if one else 'Une des colonnes'} {listing(map(quoted, headers), 'ou')} dit-elle le nombre de"
        f" participants de chaque réunion{NO_BREAK}? Sans réponse, rien ne la lit.",
        (*options, Option(_NO_COLUMN, f"Non{NO_BREAK}: ce nombre reste inconnu")),
    )
    answer = run.answers.to(question)
    if isinstance(answer, Question):
        lines.set_aside(range(len(lines.numbers)), run.answers, answer)
    for header, column in headers.items():
        if normalize(header) == answer:
            matching = rematch(matching, form, {**matching.columns, "participants": column})
            lines = lines_of_sheet(matching, form)
    return matching, lines


def _may_count(matching: Matching) -> dict[str, int]:
    """Return the columns that nothing reads whose header speaks of people, and whose cells are numbers of them."""
    found = {}
    for rank, header in enumerate(matching.headers):
        said = normalize(header)
        if header not in matching.ignored or not _PEOPLE.search(said) or _OTHERS.search(said):
            continue
        cells = {row[rank] for row in matching.grid.rows[matching.header + 1 :] if not is_empty(row[rank])}
        counts = {cell for cell in cells if isinstance(read_headcount(cell), Headcount)}
        if counts and all(shown(cell) == "0" for cell in cells - counts):
            found[header] = rank
    return found
