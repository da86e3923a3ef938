"""The « texte à copier »: a selection in words, ready for an e-mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from netstats import wording
from netstats.queries import catalogue
from netstats.share.selection import Selection
from netstats.share.slides import KINDS, Cover, Numbers, Rows, Slide

_LISTED = {"derniere", "relancer"}
"""Kinds of slides whose rows are told, not their title alone."""


def to_text(selection: Selection, slides: Iterable[Slide]) -> str:
    """Return what slides say as plain French text: subject, warning, figures, findings, lists, scope, definitions.

    Parameters
    ----------
    selection
        What they are about.
    slides
        What is said; what a slide that is not among them says is left out.
    """
    made = list(slides)
    mark = "[données fictives] " if selection.warning else ""
    paragraphs = [
        [f"Objet : {mark}Réseaux prévention-sécurité du FFSU – {selection.sentence}"],
        [selection.warning],
        list(_opening(selection, made)),
        *(_paragraph("Chiffres clés", _figures(slide.body)) for slide in made if isinstance(slide.body, Numbers)),
        _paragraph("À retenir", (slide.title for slide in made if slide.kind not in _LISTED)),
        *(_paragraph(slide.title, _told(slide.body)) for slide in made if slide.kind in _LISTED),
        [
            f"Champ : {selection.sentence}. Source : {selection.source(catalogue.INDICATORS)}. "
            f"Données au {selection.updated}. Texte établi le {wording.date(selection.today)}."
        ],
        _paragraph("Définitions", (f"{what} : {text}" for what, text in definitions(made))),
    ]
    return wording.typeset("\n\n".join("\n".join(lines) for lines in paragraphs if any(lines))) + "\n"


def _paragraph(head: str, items: Iterable[str]) -> list[str]:
    """Return a title over its items; nothing without any."""
    lines = [f"– {item}" for item in items]
    return [head, *lines] if lines else []


def _opening(selection: Selection, slides: Iterable[Slide]) -> Iterator[str]:
    yield selection.sentence
    for slide in slides:
        if isinstance(slide.body, Cover):
            yield from slide.body.lines[1:-1]  # between the sentence and the day it was made


def _figures(body: Numbers) -> Iterator[str]:
    for item in body.items:
        yield f"{item.label} : {item.value}" + (f" ({item.note})" if item.note else "")


def _told(body: object) -> Iterator[str]:
    """Return the rows of a table of two columns as they are, those of a longer one by their first two."""
    if not isinstance(body, Rows):
        return
    for first, second, *_ in body.rows:
        yield f"{first} ({body.header[1].lower()} : {second})" if body.header else f"{first} : {second}"
    if body.rest:
        yield body.rest


def definitions(slides: Iterable[Slide]) -> Iterator[tuple[str, str]]:
    """Return how what the slides show is defined: the key figures by their name, the rest by what the slide is about.

    Yields
    ------
    tuple of str
        What is defined, its definition.
    """
    for slide in slides:
        if slide.kind != "sources":  # all the key figures in one text
            for label, definition in slide.definitions:
                yield (label if isinstance(slide.body, Numbers) else KINDS[slide.kind]), definition
