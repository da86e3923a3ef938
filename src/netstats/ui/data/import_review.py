"""The last steps of « Importer » as they are drawn: questions, rejects, the difference, saving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from netstats import wording
from netstats.catalogue.measure import KeyFigure
from netstats.intake.check.sheets import CheckResult
from netstats.intake.issues import Issue
from netstats.intake.questions import Question, recalled_words
from netstats.intake.read.grids import quoted
from netstats.intake.read.matching import Matching
from netstats.intake.rejects import file_name
from netstats.ui.base import cards, html
from netstats.ui.base.paging import page_of
from netstats.ui.base.text import plain
from netstats.ui.data import import_work
from netstats.ui.data.import_work import Work
from netstats.ui.data.importing import WORKBOOK, named
from netstats.ui.review import diff, panel
from netstats.ui.review.review import Preview

_PAGE_LENGTH = 20
_QUESTIONS_AT_ONCE = 10
_RECALLED_SAID = 12


def questions(work: Work) -> None:
    """Ask what only a person can settle; nothing is chosen beforehand, and an answer can be changed."""
    asked = list(work.questions.values())
    if not asked:
        st.caption("Aucune question : tout ce qui est lu n’a qu’un sens.")
        return
    left = sum(question.key not in work.review.answers and not question.recalled for question in asked)
    done = wording.counted(len(asked) - left, "réponse donnée", "réponses données")
    wait = "Leurs lignes attendent ; les autres peuvent être enregistrées sans elles."
    st.caption(plain(f"{done} sur {wording.number(len(asked))}. {wait if left else ''}"))
    _recalled([question for question in asked if question.key not in work.review.answers])
    with page_of(len(asked), _QUESTIONS_AT_ONCE, key=work.key("questions"), persist_state="session") as shown:
        for rank in range(shown.start, shown.stop):
            _question(work, asked[rank], rank)


def _recalled(asked: Sequence[Question]) -> None:
    """Say which answers of earlier imports are taken again: one may be wrong, or of another file."""
    if words := recalled_words(asked):
        others = len(words) - _RECALLED_SAID
        listed = wording.listing([*words[:_RECALLED_SAID], *([wording.counted(others, "autre")] if others > 0 else [])])
        st.info(plain(f"Réponses reprises d’imports précédents : {listed}."), icon=":material/history:")


def _question(work: Work, question: Question, rank: int) -> None:
    answers, key = work.review.answers, work.key("question", rank, question.key)

    def answer() -> None:
        chosen = st.session_state.get(key)
        if chosen is not None:
            answers[question.key] = chosen

    count = len(question.lines)
    lines = f"ligne {question.lines[0]}" if count == 1 else f"{wording.number(count)} lignes"
    where = "réponse d’un import précédent, à changer ici" if question.recalled else f"{question.place}, {lines}"
    # The name of a widget is read aloud as it is written, with the signs that keep Markdown from reading it.
    html.show("import-question", number=rank + 1, sentence=question.sentence, where=where)
    label = f"Réponse à la question {rank + 1}"
    panel.question(question, key=key, given=answers.get(question.key, question.recalled), label=label, on_change=answer)


def rejects(work: Work, result: CheckResult, matchings: Sequence[Matching]) -> None:
    """List what is refused, twenty a page, and offer all of it as a file to mend."""
    refused, held_back = _count(result, "refused"), _count(result, "held_back")
    if not refused and not held_back:
        st.caption("Rien n’est refusé.")
        return
    said = [wording.counted(refused, "ligne refusée", "lignes refusées")] if refused else []
    if held_back:
        said.append(f"{wording.counted(held_back, 'ligne')} en attente d’une réponse")
    st.markdown(
        plain(
            f"{diff.capitalised(wording.listing(said))} : rien n’en est enregistré. Tout est dans le fichier "
            "ci-dessous, à corriger puis à importer ; les autres lignes n’attendent pas."
        )
    )
    issues = (*result.issues, *result.held_back)
    name = file_name((one.where.file, one.where.sheet) for one in issues)
    st.download_button(
        plain(f"Lignes à corriger ({name})"),
        lambda: import_work.rejects(matchings, result),
        name,
        WORKBOOK if name.endswith(".xlsx") else "text/csv",
        key=work.key("a-corriger"),
        icon=":material/download:",
        on_click="ignore",
    )
    several = len({matching.grid.file for matching in matchings}) > 1
    said_under = "Motifs {} ; tous sont dans le fichier."
    with page_of(len(issues), _PAGE_LENGTH, key=work.key("refus", len(issues)), said=said_under) as shown:
        html.show("import-issues", issues=[_issue(one, with_file=several) for one in issues[shown]])


def _issue(issue: Issue, *, with_file: bool) -> dict[str, str]:
    where = issue.where
    return {
        "place": f"{named(where.file, where.sheet, with_file=with_file)}, ligne {wording.number(where.line)}",
        "column": f"colonne {quoted(where.column)}" if where.column else "toute la ligne",
        "fault": issue.said,
        "meant": issue.meant,
    }


def _count(result: CheckResult, what: str) -> int:
    """Return how many lines of all sheets are good, refused or held back."""
    return sum(getattr(counts, what) for counts in result.lines.values())


def changes(work: Work, preview: Preview[CheckResult]) -> None:
    """Count what would change, then show it field by field; offer to let empty cells make values unknown."""
    panel.outdated(work.review)
    st.toggle(
        "Les cellules vides effacent ce que la base contient",
        value=work.empty_clears,
        key=work.key("vides"),
        on_change=lambda: setattr(work, "empty_clears", not work.empty_clears),
        help="Sans cela, une cellule vide laisse la valeur comme elle est. Une colonne absente n’efface jamais rien.",
    )
    _recalled(preview.result.recalled)
    for notice in preview.result.notices:
        st.info(plain(notice), icon=":material/help:")
    if preview.diff is not None:
        _counts(preview.result)
    panel.difference(preview, key=work.key("difference"))


def _counts(result: CheckResult) -> None:
    """Show what becomes of the lines of the files, and of which sheet they are where there are several."""
    held_back = _count(result, "held_back")
    waiting = f", et {wording.number(held_back)} en attente" if held_back else ""
    figures = [
        KeyFigure(label, wording.number(_count(result, what)), definition, f"{_by_sheet(result, what)}{more}")
        for label, what, definition, more in (
            ("Nouvelles", "new", "Lignes des fichiers que la base n’a pas encore.", ""),
            ("Modifiées", "changed", "Lignes des fichiers qui changent quelque chose de ce que la base a.", ""),
            ("Inchangées", "unchanged", "Lignes des fichiers que la base a déjà, à l’identique.", ""),
            ("Refusées", "refused", "Lignes des fichiers où quelque chose est à corriger.", waiting),
        )
    ]
    cards.key_figures(figures)


def _by_sheet(result: CheckResult, what: str) -> str:
    if len(result.lines) == 1:
        return "lignes du fichier"
    counts = ((sheet or file, int(getattr(lines, what))) for (file, sheet), lines in result.lines.items())
    return (
        wording.listing([f"{name} {wording.number(count)}" for name, count in counts if count]) or "lignes des fichiers"
    )


def saving(work: Work, preview: Preview[CheckResult], matchings: Sequence[Matching]) -> None:
    """Ask who, save what was seen, or say that there is nothing to save."""
    if preview.diff is None:
        st.info("La différence ne peut pas être montrée : rien n’est à enregistrer.")
    elif not preview.diff.is_empty:
        result = preview.result
        left = (result, matchings) if result.issues or result.held_back else None
        panel.confirm(
            work.review,
            preview,
            replace(work.batch(), answers=import_work.answers(matchings, result)),
            key=work.key("enregistrer"),
            after=lambda: import_work.begin_again(left),
            links=(panel.Link("pages/analysis/overview.py", "Vue d’ensemble", ":material/arrow_forward:"),),
            note="Une copie de la base est faite d’abord ; l’import s’annule d’un clic dans le journal.",
        )
    elif good := _count(preview.result, "good"):
        lines = wording.counted(good, "ligne lue est déjà", "lignes lues sont déjà")
        st.info(plain(f"Rien à changer : {lines} dans la base."), icon=":material/check:")
    else:
        st.info("Aucune ligne ne peut être enregistrée pour l’instant.")
