"""Text on a slide: where, how large so that it fits, and the runs that say it is French.

A file cannot ask the program that will open it how wide a text is: it is measured here, with the widths of Arial, which
every program has or replaces by a font of the same widths (Liberation Sans).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml.ns import qn
from pptx.text.text import TextFrame
from pptx.util import Pt

LINE = 1.2  # of its size: the height of a line
_SMALLER = 0.96  # one step when a text does not fit
_BOLD = 1.1
_TAIL = 0.55  # of a text that is cut in its middle

# In thousandths of the size; a letter with an accent is as wide as without.
_LETTERS = {
    222: "ijl’‘",
    278: " \u00a0\u202f!,./:;I[\\]ft·|'",
    333: "()-`r“”{}",
    389: '"*•°',
    500: "Jcksvxyz^",
    556: "#$0123456789?L_abdeghnopqu«»–€",
    611: "+<=>~−FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%æ",
    944: "Wœ",
}
_WIDTHS = {letter: width for width, letters in _LETTERS.items() for letter in letters}
_WIDEST = 1015
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")


class Ink(NamedTuple):
    """A colour of the theme, so that another theme may change it; `brightness` above nil is nearer to white."""

    theme: MSO_THEME_COLOR
    brightness: float = 0.0


TEXT, PAPER = Ink(MSO_THEME_COLOR.TEXT_1), Ink(MSO_THEME_COLOR.BACKGROUND_1)
ACCENT, MUTED, RULE = Ink(MSO_THEME_COLOR.ACCENT_1), Ink(MSO_THEME_COLOR.TEXT_1, 0.25), Ink(MSO_THEME_COLOR.TEXT_1, 0.8)


@dataclass(frozen=True)
class Area:
    """A rectangle of a slide, in points from its top left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends on the right."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.top + self.height

    @property
    def emu(self) -> tuple[Any, Any, Any, Any]:
        """Left, top, width and height as python-pptx takes them."""
        return Pt(self.left), Pt(self.top), Pt(self.width), Pt(self.height)

    def split_below(self, height: float, gap: float = 0) -> tuple[Area, Area]:
        """Return what is over a strip at the foot, and the strip."""
        upper = replace(self, height=self.height - height - gap)
        return upper, replace(self, top=self.bottom - height, height=height)

    def split_right(self, width: float, gap: float = 0) -> tuple[Area, Area]:
        """Return what is beside a column on the right, and the column."""
        beside = replace(self, width=self.width - width - gap)
        return beside, replace(self, left=self.right - width, width=width)

    def holds(self, other: Area) -> bool:
        """Return whether another area lies in this one."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def inside(self, left: float, top: float, right: float, bottom: float) -> Area:
        """Return the area without these margins."""
        return Area(self.left + left, self.top + top, self.width - left - right, self.height - top - bottom)


@dataclass(frozen=True)
class Piece:
    """A paragraph, of a size in points or, where there is less room, smaller down to `least`.

    `ink` is a colour of the theme or `#RRGGBB`; None: that of its placeholder. `before` is the air over it, in points.
    """

    text: str
    size: float
    least: float
    bold: bool = False
    ink: Ink | str | None = TEXT
    before: float = 0.0


Fits = Callable[[Sequence[Piece]], bool]
"""Whether paragraphs have room."""


@dataclass(frozen=True)
class Typesetter:
    """Makes text fit.

    `scale` is how large the slide is beside one of 13.33 × 7.5 inches, `stretch` how much wider than Arial its font
    may be. `cut` has the texts that no size makes fit, in full, for the notes; it grows as texts are set.
    """

    scale: float
    stretch: float
    cut: list[str] = field(default_factory=list)

    def pt(self, size: float) -> float:
        """Return a size that is meant for 13.33 × 7.5 inches as it is on this slide."""
        return size * self.scale

    def piece(self, text: str, size: float, least: float, **options: Any) -> Piece:
        """Return a paragraph, its sizes meant for 13.33 × 7.5 inches."""
        return Piece(clean(text), self.pt(size), min(self.pt(least), self.pt(size)), **options)

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Return how wide a text is, in points."""
        return _thousandths(text) / 1000 * size * self.stretch * (_BOLD if bold else 1)

    def lines(self, piece: Piece, width: float) -> int:
        """Return on how many lines a paragraph stands."""
        return _lines(piece.text, width / self.width("m", piece.size, bold=piece.bold) * _WIDTHS["m"])

    def height(self, pieces: Iterable[Piece], width: float) -> float:
        """Return how high paragraphs are in a column of that width, in points."""
        return sum(self.lines(piece, width) * piece.size * LINE + piece.before for piece in pieces)

    def fitted(self, pieces: Sequence[Piece], fits: Fits, *, in_the_middle: bool = False) -> tuple[Piece, ...]:
        """Return paragraphs at the first size, going down, at which they fit, all shrunk alike.

        As a last resort the longest lose words: at their end, or `in_the_middle` where the end matters as much.
        """
        shrunk = self.shrunk(pieces, fits)
        if fits(shrunk):
            return shrunk

        def capped(letters: int) -> tuple[Piece, ...]:
            return tuple(replace(piece, text=_shortened(piece.text, letters, in_the_middle)) for piece in shrunk)

        counts = range(1, max(len(piece.text) for piece in shrunk))
        kept = capped(bisect(counts, False, key=lambda letters: not fits(capped(letters))))
        self.cut.extend(whole.text for whole, left in zip(shrunk, kept, strict=True) if left != whole)
        return kept

    @staticmethod
    def shrunk(pieces: Sequence[Piece], fits: Fits) -> tuple[Piece, ...]:
        """Return paragraphs at the first size, going down, at which they fit, or at their smallest."""
        current, factor = tuple(pieces), 1.0
        while not fits(current) and any(piece.size > piece.least for piece in current):
            factor *= _SMALLER
            current = tuple(
                replace(piece, size=max(piece.size * factor, piece.least), before=piece.before * factor)
                for piece in pieces
            )
        return current

    def within(self, area: Area) -> Fits:
        """Return what tells whether paragraphs fit an area."""
        return lambda pieces: self.height(pieces, area.width) <= area.height

    def box(self, shapes: Any, area: Area, pieces: Sequence[Piece], name: str) -> Any:
        """Add a text box without margins, its paragraphs as large as they fit; return it."""
        shape = shapes.add_textbox(*area.emu)
        describe(shape, name)
        bare(shape.text_frame)
        write(shape.text_frame, self.fitted(pieces, self.within(area)))
        return shape


def bare(frame: TextFrame, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP) -> None:
    """Take the margins from a frame, and leave its size as it is."""
    frame.margin_left = frame.margin_top = frame.margin_right = frame.margin_bottom = 0
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, anchor


def paint(colour: Any, ink: Ink | str) -> None:
    """Give a colour of python-pptx (of a font, a fill, a line) the value of an ink."""
    if isinstance(ink, str):
        colour.rgb = RGBColor.from_string(ink.removeprefix("#"))
    else:
        colour.theme_color, colour.brightness = ink


def write(frame: TextFrame, pieces: Iterable[Piece], *, sized: bool = True) -> None:
    """Write paragraphs into a frame, in French; unless `sized`, their size and weight are those of the placeholder."""
    for rank, piece in enumerate(pieces):
        paragraph = frame.paragraphs[0] if rank == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = piece.text
        run.font.language_id = MSO_LANGUAGE_ID.FRENCH
        if sized:
            run.font.size = Pt(round(piece.size, 1))
            run.font.bold = piece.bold or None
            paragraph.space_before = Pt(piece.before)
            paragraph.line_spacing = 1.0
        if piece.ink:
            paint(run.font.color, piece.ink)


def describe(shape: Any, name: str, description: str = "") -> None:
    """Name a shape, and say in words what it shows when it is no text."""
    shape.name = clean(name)
    if description:  # python-pptx has no call for it
        shape.element.find(f"./*/{qn('p:cNvPr')}").set("descr", clean(description))


def clean(text: str) -> str:
    """Return a text without what a file of this kind cannot hold: line ends and other controls become spaces."""
    return _UNWRITABLE.sub(" ", text)


def _shortened(text: str, letters: int, in_the_middle: bool) -> str:
    """Return a text of at most that many letters, and the sign that some are left out."""
    if len(text) <= letters:
        return text
    if not in_the_middle:
        return f"{text[:letters].rstrip(' ,;.')}…"
    tail = int(letters * _TAIL)
    return f"{text[: letters - tail].rstrip()} … {text[len(text) - tail :].lstrip()}"


@lru_cache(maxsize=8192)
def _thousandths(text: str) -> int:
    plain = unicodedata.normalize("NFD", text)
    return sum(_WIDTHS.get(letter, _WIDEST) for letter in plain if not unicodedata.combining(letter))


@lru_cache(maxsize=8192)
def _lines(text: str, width: float) -> int:
    """Return on how many lines a text stands, of a width in thousandths of its size."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        wide = _thousandths(word)
        if used and used + _WIDTHS[" "] + wide > width:
            lines, used = lines + 1, 0.0
        used += wide + (_WIDTHS[" "] if used else 0)
        if used > width:  # a word that is longer than a line is broken
            lines, used = lines + int(used // width), used % width
    return lines
