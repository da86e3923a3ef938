"""A page of a demonstration set says that it is made up, wherever one looks; a page of the real data does not."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from netstats import demonstration, store, wording
from netstats.share import tables
from tests import installations

ROOT = Path(__file__).parents[2]
LINE = wording.typeset(tables.FICTIONAL)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    demonstration.write(path, meetings=300, seed=1, today=date(2026, 11, 23))
    return path


@pytest.fixture
def demo(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = Path(shutil.copy(made, tmp_path))
    monkeypatch.setenv("NETSTATS_DATABASE", str(path))
    return path


def visit(**address: str) -> AppTest:
    page = AppTest.from_file(ROOT / "dashboard.py", default_timeout=20)
    for parameter, value in address.items():
        page.query_params[parameter] = [value]
    return page.run()


def lines(page: AppTest) -> list[str]:
    """The elements that say it."""
    return [element.proto.body for element in page.get("html") if LINE in element.proto.body]


def test_the_overview_says_so_once(demo: Path) -> None:
    page = visit()
    assert not page.exception
    assert not page.error
    assert len(lines(page)) == 1
    assert page.metric


def test_no_card_cites_a_real_source_of_activity(demo: Path) -> None:
    page = visit()
    assert not [caption.value for caption in page.caption if "articles et comptes rendus" in caption.value]
    assert [caption.value for caption in page.caption if "jeu de démonstration inventé" in caption.value]


@pytest.mark.parametrize("address", [{"departement": "2A", "theme": "covid-19", "periode": "2013"}, {"region": "11"}])
def test_whatever_is_chosen(demo: Path, address: dict[str, str]) -> None:
    assert len(lines(visit(**address))) == 1


def test_the_real_data_says_nothing_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETSTATS_DATABASE", str(installations.real(tmp_path / "real.duckdb")))
    assert not lines(visit())


def test_one_of_another_schema_is_told_and_kept(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = demo.read_bytes()
    monkeypatch.setattr(store, "schema_fingerprint", lambda: "another one")
    page = visit()
    assert not page.exception
    assert "autre version" in page.error[0].proto.title
    assert not page.metric
    assert demo.read_bytes() == before
