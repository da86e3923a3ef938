"""The theme of Streamlit and the palette of the charts are one look, and the settings are the safe ones."""

import tomllib
from pathlib import Path

import pytest

from netstats.charts.palette import DARK, LIGHT, Palette

CONFIG = tomllib.loads((Path(__file__).parents[1] / ".streamlit/config.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_theme_has_the_colours_of_the_palette(palette: Palette) -> None:
    theme = CONFIG["theme"][palette.mode]
    assert theme["backgroundColor"] == palette.page
    assert theme["secondaryBackgroundColor"] == palette.surface
    assert theme["textColor"] == palette.text
    assert theme["borderColor"] == palette.grid
    assert theme["primaryColor"] == theme["linkColor"] == palette.accent


def test_no_font_or_file_of_another_host() -> None:
    assert "http" not in str(CONFIG)


def test_nothing_leaves_the_machine_and_no_detail_is_shown() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["server"]["showEmailPrompt"] is False  # it would hold the first start of a newcomer
    assert CONFIG["server"]["address"] == "localhost"
    assert CONFIG["server"]["maxUploadSize"] <= 20
