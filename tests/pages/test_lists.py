"""The page « Référentiels »: a row is added, changed, retired, merged, seen before it is written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from netstats.catalogue import journal as questions
from netstats.catalogue.snapshot import held_rows
from netstats.ui.base import data
from tests.pages.visitor import Address, at_rest, cards, html, plain, visit


@pytest.fixture(autouse=True)
def own(databases: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(shutil.copy(databases("real"), tmp_path / "netstats.duckdb"))
    monkeypatch.setenv("NETSTATS_DATABASE", str(path))


def arrive(address: Address | None = None) -> AppTest:
    return visit("data/lists", address)


def press(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label == label).click().run()


def fill(page: AppTest, **values: str) -> None:
    for header, value in values.items():
        box = next(one for one in (*page.text_input, *page.selectbox) if one.label.removesuffix(" *") == header)
        box.set_value(value)


def save(page: AppTest) -> AppTest:
    page.text_input(key="auteur").set_value("secrétariat").run()
    return at_rest(press(page, "Enregistrer"))


def table(name: str) -> dict[str, dict[str, object]]:
    return held_rows(data.database())[name].set_index("code").to_dict("index")  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("titled", "row"),
    [
        ("Réseaux", "Hauts-de-France"),
        ("Familles de thèmes", "Covid-19 et confinement"),
        ("Thèmes", "Rixes"),
        ("Types d’action", "Médiation"),
        ("Publics", "Jeunes"),
        ("Organismes", "CISPD"),
    ],
)
def test_each_list_shows_its_rows(titled: str, row: str) -> None:
    page = arrive({"liste": [titled]})
    assert titled in cards(page)
    assert row in html(page)
    assert "utilisation" in html(page)


def test_a_theme_is_added() -> None:
    page = arrive({"liste": ["Thèmes"]})
    page = press(page, "Voir ce qui va changer")
    assert page.error
    fill(page, Nom="Canicule", **{"Nom court": "Canicule", "Famille": "autres"})
    page = at_rest(page.run())
    page = save(page)
    assert table("theme")["canicule"]["family_code"] == "autres"
    assert "ajout de 1 thème" in plain(*page.success)[0].lower()
    assert "Canicule" in html(page.run()) or page.get("pagination")
    entry = questions.entries(data.database()).iloc[0]
    assert (entry["kind"], entry["label"]) == ("lists", "Thèmes : « Canicule »")
    assert page.text_input[0].value in {"", "Canicule"}


def test_a_network_is_renamed_and_retired() -> None:
    page = arrive({"fiche": ["hauts-de-france"]})
    assert cards(page)[:2] == ["Modifier « Hauts-de-France »", "Fusionner"]
    fill(page, Nom="Les Hauts")
    retired = next(one for one in page.selectbox if one.label == "Retiré")
    retired.set_value(True)
    page = press(page, "Voir ce qui va changer")
    page = save(page)
    network = table("network")["hauts-de-france"]
    assert (network["name"], network["retired"]) == ("Les Hauts", True)
    asked = next(one for one in visit("data/entry").selectbox if one.label == "Réseau *")
    assert "Les Hauts" not in asked.options  # not proposed
    assert (
        "Les Hauts" in next(one for one in visit().multiselect if one.label == "Réseau").options
    )  # but its history is


def test_a_meeting_of_a_retired_network_keeps_it() -> None:
    page = arrive({"fiche": ["hauts-de-france"]})
    next(one for one in page.selectbox if one.label == "Retiré").set_value(True)
    save(press(page, "Voir ce qui va changer"))
    form = visit("data/entry", {"fiche": ["hauts-de-france-2020-05-06"]})
    assert next(one for one in form.selectbox if one.label == "Réseau *").value == "hauts-de-france"


def test_two_themes_are_merged() -> None:
    page = arrive({"liste": ["Thèmes"], "fiche": ["stupefiants"]})
    page = at_rest(next(one for one in page.selectbox if one.label == "Fusionner avec").set_value("rixes").run())
    assert "Rixes" in html(page)
    page = save(page)
    assert "stupefiants" not in table("theme")
    assert "fusion de « Consommation et trafics de stupéfiants » dans « Rixes »" in plain(*page.success)[0]
    assert not page.query_params.get("fiche")


def test_a_row_that_does_not_exist_is_the_list() -> None:
    assert cards(arrive({"fiche": ["jamais-vu"]}))[0] == "Réseaux"
