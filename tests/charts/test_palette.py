"""The colours are computed, not believed: contrast by WCAG, distance in CAM02-UCS for four kinds of vision."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from colorspacious import cspace_convert

from netstats.charts.palette import DARK, LIGHT, Palette, palette

MODES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
VISIONS = {
    "normal": None,
    **{
        name: {"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100}
        for name, kind in {
            "deuteranopia": "deuteranomaly",
            "protanopia": "protanomaly",
            "tritanopia": "tritanomaly",
        }.items()
    },
}


def rgb(colour: str) -> Any:
    return np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)])


def wcag(first: str, second: str) -> float:
    def luminance(colour: str) -> float:
        channels = rgb(colour)
        linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    low, high = sorted([luminance(first), luminance(second)])
    return (high + 0.05) / (low + 0.05)


def distance(first: str, second: str, vision: dict[str, Any] | None) -> float:
    seen = [
        rgb(colour) if vision is None else np.clip(cspace_convert(rgb(colour), vision, "sRGB1"), 0, 1)
        for colour in (first, second)
    ]
    one, other = (cspace_convert(colour, "sRGB1", "CAM02-UCS") for colour in seen)
    return float(np.linalg.norm(one - other))


def test_the_yardsticks_themselves_are_right() -> None:
    assert wcag("#000000", "#FFFFFF") == pytest.approx(21)
    assert wcag("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    red_and_green = "#B04A3A", "#6B7A2A"
    assert distance(*red_and_green, VISIONS["deuteranopia"]) < distance(*red_and_green, None) / 2


@MODES
@pytest.mark.parametrize("background", ["page", "surface"])
def test_families_and_marks_stand_out_from_their_page(colours: Palette, background: str) -> None:
    behind = getattr(colours, background)
    for colour in (*colours.families, colours.rest, colours.mark, colours.accent):
        assert wcag(colour, behind) >= 3, colour


@MODES
@pytest.mark.parametrize("background", ["page", "surface"])
def test_text_can_be_read(colours: Palette, background: str) -> None:
    for colour in (colours.text, colours.muted):
        assert wcag(colour, getattr(colours, background)) >= 4.5, colour


@MODES
def test_text_can_be_read_on_every_class_of_the_map(colours: Palette) -> None:
    for colour in (*colours.sequential, colours.outside):
        assert wcag(colours.readable_on(colour), colour) >= 4.5, colour


@MODES
@pytest.mark.parametrize("vision", VISIONS)
def test_seven_families_are_told_apart_by_everyone(colours: Palette, vision: str) -> None:
    assert len(colours.families) == 7
    gaps = {pair: distance(*pair, VISIONS[vision]) for pair in combinations(colours.families, 2)}
    closest = min(gaps, key=lambda pair: gaps[pair])
    assert gaps[closest] >= 18, (closest, gaps[closest])  # the rule is 14; this set has 18 and should keep it


def test_a_family_keeps_its_hue_in_both_modes() -> None:
    for light, dark in zip(LIGHT.families, DARK.families, strict=True):
        hues = [float(cspace_convert(rgb(colour), "sRGB1", "JCh")[2]) for colour in (light, dark)]
        apart = abs((hues[0] - hues[1] + 180) % 360 - 180)
        assert apart <= 10, (light, dark, hues)


@MODES
def test_classes_of_the_map_go_steadily_from_the_page_to_the_accent(colours: Palette) -> None:
    steps = [wcag(colour, colours.surface) for colour in colours.sequential]
    assert steps == sorted(steps)
    assert colours.sequential[-1] == colours.accent
    for before, after in zip(colours.sequential, colours.sequential[1:], strict=False):
        assert distance(before, after, None) >= 4, (before, after)


@MODES
def test_rank_gives_the_colour_and_the_rest_is_grey(colours: Palette) -> None:
    assert [colours.family_colour(rank) for rank in range(1, 8)] == list(colours.families)
    assert colours.family_colour(np.int64(3)) == colours.family_colour(3.0) == colours.families[2]
    for rank in (8, 12, 0, None, pd.NA, float("nan")):
        assert colours.family_colour(rank) == colours.rest


def test_palette_by_mode() -> None:
    assert palette("dark") is DARK
    assert palette("light") is LIGHT
    assert palette("") is LIGHT
