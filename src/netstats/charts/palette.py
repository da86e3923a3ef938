"""Colours of the charts, one set for the light page and one for the dark page.

The seven family colours were found by a search over CAM02-UCS: each has a contrast of at least 3:1 with its
page and its surface, every pair stays at least 18 apart for normal vision and for simulated deuteranopia,
protanopia and tritanopia (Machado 2009, severity 100), and a family keeps its hue in both modes.
tests/charts/test_palette.py computes all of it again: change a colour here and run it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from netstats import brand
from netstats.wording import is_missing

Mode = Literal["light", "dark"]


@dataclass(frozen=True)
class Palette:
    """The colours of one mode, all `#RRGGBB`."""

    mode: Mode
    page: str  # background of the page
    surface: str  # background of a card
    text: str
    muted: str  # text of second rank; both texts are at least 4.5:1 on page and surface
    grid: str  # hairlines
    accent: str  # the part that matters
    quiet: str  # bars that do not matter
    rest: str  # grey of what has no family colour
    mark: str  # points drawn over the map
    outside: str  # departments out of the selection
    families: tuple[str, ...]  # of the theme families of rank 1 to 7
    sequential: tuple[str, ...]  # classes of the map: nil, then five steps up to the accent

    def family_colour(self, rank: object) -> str:
        """Return the colour of the theme family of that rank; grey for rank 8 and more, or unknown."""
        place = family_place(rank)
        return self.rest if place is None else self.families[place]

    def readable_on(self, colour: str) -> str:
        """Return, of the text and the page colour, the one that is easier to read on `colour`."""
        return max((self.text, self.page), key=lambda ink: contrast(ink, colour))


FAMILIES = 7  # that have a colour


def family_place(rank: object) -> int | None:
    """Return the place of a theme family among those that have a colour; None for rank 8 and more, or unknown."""
    if isinstance(rank, bool) or is_missing(rank):
        return None
    place = int(str(rank).removesuffix(".0")) - 1  # a column with unknown ranks may come as floats
    return place if 0 <= place < FAMILIES else None


LIGHT = Palette(
    mode="light",
    page="#FBFAF7",
    surface=brand.WHITE,
    text=brand.INK,
    muted=brand.MUTED,
    grid=brand.RULE,
    accent=brand.ACCENT,
    quiet="#BBC4CA",
    rest="#868D96",
    mark="#C8501E",
    outside="#F3F2ED",
    families=("#6493A7", "#4F3765", "#6C2A0A", "#85660F", "#C97670", "#235B4C", "#6F5CB1"),
    sequential=("#E9ECEA", "#CFDFE2", "#A5C3CC", "#74A2B1", "#3C778C", brand.ACCENT),
)

DARK = Palette(
    mode="dark",
    page="#11181F",
    surface="#18212A",
    text="#E6EBEF",
    muted="#9EABB6",
    grid="#2B3742",
    accent="#79C4D6",
    quiet="#46545F",
    rest="#7C8792",
    mark="#F0A25B",
    outside="#1D2730",
    families=("#BCE6F5", "#B999DA", "#E3824E", "#F2D680", "#A15D5C", "#6EB6A3", "#7768B7"),
    sequential=("#2A3641", "#244C5C", "#2B6276", "#458CA1", "#5EA7BA", "#79C4D6"),
)


def palette(mode: str) -> Palette:
    """Return DARK for `dark`, LIGHT for anything else (an unknown mode must not break a page)."""
    return DARK if mode == "dark" else LIGHT


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio (1 to 21) of two `#RRGGBB` colours, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
