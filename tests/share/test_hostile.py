"""What leaves runs nothing, wherever it is opened: no active cell, no link but the web addresses of the sources."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from netstats import store
from netstats.catalogue import overview, snapshot
from netstats.filters import Filters
from netstats.intake.bootstrap import network_frames
from netstats.intake.export import csv_files
from netstats.intake.labels import FORMULA_STARTS
from netstats.intake.template import known_lists, template_workbook
from netstats.reference.geography import department_outlines
from netstats.share import tables
from netstats.share.deck import to_pptx
from netstats.share.plan import Plan, Wording
from netstats.share.selection import Selection, asked_of
from netstats.share.slides import KINDS
from netstats.share.workbook import to_xlsx
from netstats.store import Database
from tests.conftest import DATA
from tests.hostile import code, spoilt, text

TODAY = date(2026, 11, 23)
WEB = "https://example.org/"
_ACTIVE = re.compile(rb"<f>|<f |oleObject|attachedTemplate|<hlinkClick|externalLink|ddeLink|vbaProject")
_RELATION = re.compile("<Relationship [^>]*>")
_TARGET = re.compile('Target="([^"]*)"')


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    made = store.build(DATA / "reference", spoilt(network_frames(DATA), codes=True), path=None)
    yield made
    made.close()


@pytest.fixture(scope="module")
def selection(database: Database) -> Selection:
    choices = overview.choices(database)
    return Selection(
        asked_of(database, today=TODAY), Filters(networks=tuple(choices["reseau"])), choices, database.version(), TODAY
    )


def active(content: bytes, *, may_link: bool = False) -> list[str]:
    """What an Office file would run, ask or open."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if name.endswith((".xlsx", ".bin")) and "embeddings" in name:
                found += active(part)
            elif name.endswith(".rels"):
                outside = [one for one in _RELATION.findall(part.decode()) if 'TargetMode="External"' in one]
                targets = [target for one in outside for target in _TARGET.findall(one)]
                found += [f"{name}: {target}" for target in targets if not (may_link and target.startswith(WEB))]
            else:
                found += [f"{name}: {what.decode()}" for what in _ACTIVE.findall(part)]
    return found


def test_a_workbook_runs_nothing_and_links_only_to_the_sources(selection: Selection) -> None:
    content = to_xlsx(selection)
    assert active(content, may_link=True) == []
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                if isinstance(cell.value, str) and cell.value.startswith(FORMULA_STARTS):
                    assert cell.quotePrefix, cell.value
                assert cell.hyperlink is None or not cell.hyperlink.target or cell.hyperlink.target.startswith(WEB)


def test_a_deck_runs_nothing_and_links_nowhere(selection: Selection) -> None:
    plan = Plan()
    for rank, kind in enumerate(KINDS):
        plan = replace(plan, wordings={**plan.wordings, kind: Wording(text(rank), "", text(rank + 1))})
    content = to_pptx(selection, plan.slides(selection, department_outlines()), title=text(0), count=len(plan.shown))
    assert active(content) == []


def test_the_template_runs_nothing(database: Database) -> None:
    assert active(template_workbook(known_lists(snapshot.held_rows(database)))) == []


def test_no_cell_of_a_table_is_a_formula(selection: Selection, database: Database) -> None:
    filters = selection.filters
    told: tables.Context = {
        "filters": filters,
        "choices": selection.choices,
        "version": selection.version,
        "subject": code(0),
    }
    files = [
        tables.to_csv(figure, figure.ask(database, filters, code(0), today=TODAY), **told)
        for figure in overview.FIGURES.values()
    ]
    files += csv_files(snapshot.held_rows(database), snapshot.territory_names(database)).values()
    for content in files:
        cells = [
            cell
            for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
            for cell in row
        ]
        assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS) and not re.fullmatch(r"-?[\d,]+", cell)]
