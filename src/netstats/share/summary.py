"""The « texte à copier »: a selection in words, ready for an e-mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from netstats import wording
from netstats.catalogue import overview
from netstats.share.bodies import Cover, Numbers, Rows, Slide
from netstats.share.selection import Selection
from netstats.share.slides import KINDS

_LISTED = {"derniere", "relancer"}
"""Kinds of slides whose rows are told, not their title alone."""


def to_text(selection: Selection, slides: Iterable[Slide]) -> str:
    """Return what slides say as plain French text: subject, warning, figures, findings, lists, scope.

    What somebody has added to a slide stands under its finding. Definitions are heavy for an e-mail: the text says
    where they are.
    """
    made = list(slides)
    mark = "[données fictives] " if selection.warning else ""
    paragraphs = [
        [f"Objet : {mark}Réseaux prévention-sécurité du FFSU – {selection.sentence}"],
        [selection.warning],
        list(_opening(selection, made)),
        *(_paragraph("Chiffres clés", _figures(slide.body)) for slide in made if isinstance(slide.body, Numbers)),
        _paragraph("À retenir", (_finding(slide, "\n  ") for slide in made if _tells(slide))),
        *(_paragraph(_finding(slide, "\n"), _listed(slide.body)) for slide in made if slide.kind in _LISTED),
        [
            f"Champ : {selection.sentence}. Source : {selection.source(overview.INDICATORS)}. "
            f"Données au {selection.updated}. Texte établi le {wording.date(selection.today)}.",
            "Les définitions de ces chiffres accompagnent le diaporama, le classeur et la feuille imprimée.",
        ],
    ]
    return wording.typeset("\n\n".join("\n".join(lines) for lines in paragraphs if any(lines))) + "\n"


def _paragraph(head: str, items: Iterable[str]) -> list[str]:
    """Return a title over its items; nothing without any."""
    lines = [f"– {item}" for item in items]
    return [head, *lines] if lines else []


def _tells(slide: Slide) -> bool:
    """Return whether a slide has something to remember: what a plain title is over says nothing by itself."""
    return slide.kind not in _LISTED and (slide.title != KINDS[slide.kind] or bool(slide.commentary))


def _finding(slide: Slide, margin: str) -> str:
    """Return what a slide shows, and under it what somebody has added, each line of it after `margin`."""
    shown = slide.body.finding if isinstance(slide.body, Cover) else slide.title
    return margin.join((shown, *slide.commentary.splitlines()))


def _opening(selection: Selection, slides: Iterable[Slide]) -> Iterator[str]:
    yield selection.sentence
    for slide in slides:
        if isinstance(slide.body, Cover):
            if slide.title != wording.typeset(selection.scope):  # somebody's own
                yield slide.title
            yield from slide.body.lines[:-1]  # without the day it was made


def _figures(body: Numbers) -> Iterator[str]:
    for item in body.items:
        beside = " ; ".join(filter(None, (item.evolution, item.note)))
        yield f"{item.label} : {item.value}" + (f" ({beside})" if beside else "")


def _listed(body: object) -> Iterator[str]:
    """Return the rows of a table of two columns as they are, those of a longer one by their first two."""
    if not isinstance(body, Rows):
        return
    for first, second, *_ in body.rows:
        if body.header:
            yield f"{first} ({body.header[1].lower()} : {second})"
        else:
            yield second if first == "Réunion" else f"{first} : {second}"  # its title says so itself
    if body.rest:
        yield body.rest
