"""What is not documented fails here: pages, figures, filters, indicators, commands, settings, pictures."""

import re
from pathlib import Path

import pytest

from netstats import cli
from netstats.catalogue.measure import Measure
from netstats.catalogue.overview import FIGURES, MEASURES
from netstats.filters import DIMENSIONS, PERIOD_PARAMETER, Dimension
from tools import guide

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs/guide.md").read_text(encoding="utf-8")


def test_the_tables_are_those_that_the_catalogue_declares() -> None:
    assert guide.written(GUIDE) == GUIDE, "run python -m tools.guide"


def test_every_page_has_a_section() -> None:
    dashboard = (ROOT / "dashboard.py").read_text(encoding="utf-8")
    titles = re.findall(r'title="([^"]+)"', dashboard)
    assert titles
    for title in titles:
        assert f"\n## {title}\n" in GUIDE


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_explained(name: str) -> None:
    assert f"| `{name}` |" in GUIDE


@pytest.mark.parametrize("headline", MEASURES, ids=lambda headline: headline.label)
def test_every_indicator_is_defined(headline: Measure) -> None:
    assert f"| {headline.label} |" in GUIDE


@pytest.mark.parametrize(
    "label", ["Participants", "Assiduité", "Nouveaux territoires", "À relancer", "Part d’un thème", "Séances"]
)
def test_every_other_indicator_is_defined(label: str) -> None:
    assert f"| {label} |" in GUIDE


@pytest.mark.parametrize("dimension", DIMENSIONS, ids=lambda dimension: dimension.parameter)
def test_every_filter_is_explained(dimension: Dimension) -> None:
    assert f"| {dimension.label} | `{dimension.parameter}` | `--{dimension.parameter}` |" in GUIDE


def test_the_period_is_explained() -> None:
    assert f"| Période | `{PERIOD_PARAMETER}` |" in GUIDE


def test_every_command_and_option_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    commands = re.findall(r"^    ([a-z]+) ", capsys.readouterr().out, re.MULTILINE)
    assert {"figures", "check", "demo", "import", "restore"} <= set(commands)
    for command in commands:
        with pytest.raises(SystemExit):
            cli.main([command, "--help"])
        help_text = capsys.readouterr().out
        assert f"netstats {command}" in GUIDE
        for option in set(re.findall(r"--[a-z-]+", help_text)) - {"--help"}:
            assert option in GUIDE, f"{command} {option}"


def test_every_setting_is_explained() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    settings = set(re.findall(r"NETSTATS_[A-Z]+", sources))
    assert settings
    for setting in settings:
        assert f"| `{setting}` |" in GUIDE


@pytest.mark.parametrize(
    "document", ["README.md", "CONTRIBUTING.md", "docs/guide.md", "docs/import.md", "data/reference/README.md"]
)
def test_links_between_documents_lead_somewhere(document: str) -> None:
    path = ROOT / document
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (path.parent / target).exists(), target


def test_the_readme_commands_are_those_of_the_project() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    # Debian's own Python installs nothing outside an environment.
    for enter in ("python3 -m venv .venv && . .venv/bin/activate", r"py -m venv .venv && .venv\Scripts\activate"):
        assert f"```\n{enter} && pip install -r requirements.txt && streamlit run dashboard.py\n```" in readme
    assert "pip install -r requirements-dev.txt && pytest" in readme
