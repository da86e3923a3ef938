"""What can be imported is in docs/import.md: every form, field, choice and limit."""

import re

import pytest

from netstats.intake.forms import FORMS, Field, Form
from netstats.intake.read import grids
from netstats.intake.rejects import REASONS, UNREADABLE
from netstats.intake.template_help import EXAMPLES_SHEET, LISTS_SHEET, README_SHEET, bounds
from netstats.wording import number
from tests.conftest import DATA

SPACES = re.compile("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]")


def plain(text: str) -> str:
    return SPACES.sub(" ", text)


GUIDE = plain((DATA.parent / "docs/import.md").read_text(encoding="utf-8"))
SECTIONS = dict(re.findall(r"\n### ([^\n]+)\n(.*?)(?=\n##|\Z)", GUIDE, re.DOTALL))


def row_of(form: Form, field: Field) -> list[str]:
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in SECTIONS[form.title].splitlines()]
    (found,) = [row for row in rows if row and row[0] == field.header]
    return found


def test_the_forms_of_the_guide_are_those_of_the_code() -> None:
    assert set(SECTIONS) == {form.title for form in FORMS}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_form_has_a_section(form: Form) -> None:
    assert plain(form.about) in SECTIONS[form.title]
    assert f"`{form.name}.csv`" in SECTIONS[form.title]
    rows = [line for line in SECTIONS[form.title].splitlines() if line.startswith("| ")]
    assert len(rows) == len(form.fields) + 1  # and no column that the code does not know


@pytest.mark.parametrize(("form", "field"), [(form, field) for form in FORMS for field in form.fields])
def test_every_column_is_explained(form: Form, field: Field) -> None:
    _, required, help_text, limit, synonyms = row_of(form, field)
    assert required == ("oui" if field.required else "")
    assert plain(field.help) in help_text
    assert limit == plain(bounds(field))
    assert synonyms == ", ".join(field.synonyms)


@pytest.mark.parametrize(
    ("what", "limit"),
    [
        ("Taille d’un fichier", f"{grids.MOST_BYTES // 1024**2} Mo"),
        ("Feuilles d’un classeur", number(grids.MOST_SHEETS)),
        ("Lignes d’une feuille", number(grids.MOST_LINES)),
        ("Colonnes d’une feuille", number(grids.MOST_COLUMNS)),
        ("Caractères d’une cellule", number(grids.MOST_CHARACTERS)),
    ],
)
def test_every_limit_is_said(what: str, limit: str) -> None:
    assert f"| {what} | {plain(limit)} |" in GUIDE


@pytest.mark.parametrize("word", [README_SHEET, EXAMPLES_SHEET, LISTS_SHEET, REASONS, f"`{UNREADABLE}`"])
def test_what_the_files_that_go_out_hold_is_said(word: str) -> None:
    assert word in GUIDE
