"""What charts say in French: hovers, alternative texts, readings and keys, apart from the drawing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from html import escape

from netstats.charts.chart import KeyEntry, Row
from netstats.charts.families import family_sign
from netstats.charts.palette import Palette
from netstats.wording import NO_BREAK, is_missing, unturned

LONGEST_NAME = 40  # characters beside a count


def plain(text: object) -> str:
    """Return `text` safe for plotly, which reads a few HTML tags in every text."""
    return escape(unturned(str(text)), quote=False)


def wrapped(text: object, width: int = 40) -> str:
    """Return `text` safe for plotly and cut into lines, so that a hover label fits a phone."""
    return "<br>".join(plain(line) for line in textwrap.wrap(str(text), width, break_on_hyphens=False))


def cut(text: str, longest: int) -> str:
    """Return `text`, with an ellipsis where it is longer than `longest` characters."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def tinted(text: str, palette: Palette) -> str:
    """Return already safe `text` in the muted colour."""
    return f'<span style="color:{palette.muted}">{text}</span>'


def named(name: object, count: str, palette: Palette, *, sign: str = "") -> str:
    """Return the line that names a row, after the `sign` of its family and with a count beside it, safe for plotly."""
    return f"{sign}{plain(cut(str(name), LONGEST_NAME))}  {tinted(count, palette)}"


def signed(row: Row, palette: Palette, *, prefix: str = "") -> str:
    """Return the sign of a row's family, to stand before its name; empty when the row names no family."""
    rank = row.get(f"{prefix}family_rank")
    if is_missing(row.get(f"{prefix}family")) or is_missing(rank):
        return ""
    return f'<span style="color:{palette.family_colour(rank)}">{family_sign(rank).glyph}</span> '


def quoted(text: object) -> str:
    """Return `text` between French quotation marks."""
    return f"«{NO_BREAK}{text}{NO_BREAK}»"


def reading(sentence: str) -> str:
    """Return « Lecture : » and the sentence."""
    return f"Lecture{NO_BREAK}: {sentence}"


def first_few(items: list[str], most: int = 12) -> str:
    """Return the items joined by semicolons, the ones beyond `most` being counted."""
    left_out = len(items) - most
    shown = f"{NO_BREAK}; ".join(items[:most])
    return f"{shown}, et {left_out} de plus" if left_out > 0 else shown


def alternative(what: str, items: list[str]) -> str:
    """Return an alternative text: what is drawn, then its elements."""
    return f"{what}{NO_BREAK}: {first_few(items)}."


def family_key(rows: Iterable[Row], palette: Palette, *, prefix: str = "") -> tuple[KeyEntry, ...]:
    """Return the key of the families of `rows` (`family`, `family_rank`), by rank; empty when rows have no family."""
    pairs = ((row.get(f"{prefix}family_rank"), row.get(f"{prefix}family")) for row in rows)
    families = {(rank, name) for rank, name in pairs if not (is_missing(rank) or is_missing(name))}
    return tuple(
        KeyEntry(str(name), palette.family_colour(rank), family_sign(rank).shape) for rank, name in sorted(families)
    )
