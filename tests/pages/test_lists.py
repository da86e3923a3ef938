"""The page « Référentiels »: a row is added, changed, retired, merged, seen before it is written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from netstats.catalogue import journal as questions
from netstats.catalogue.snapshot import held_rows
from netstats.ui.base import data
from netstats.wording import NO_BREAK
from tests.pages.visitor import Address, at_rest, captions, cards, html, plain, visit


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
        box(page, header).set_value(value)


def rows(page: AppTest) -> list[str]:
    """The names that the list shows, and the forms that wait: each the way to a form."""
    return [button.label.replace("\\", "").replace(NO_BREAK, " ") for button in page.button]


def box(page: AppTest, header: str) -> Any:
    return next(one for one in (*page.text_input, *page.selectbox) if one.label.removesuffix(" *") == header)


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
    assert any(row in name for name in rows(page))
    assert any("utilisation" in caption for caption in captions(page))


def test_a_theme_is_added() -> None:
    page = arrive({"liste": ["Thèmes"]})
    page = press(page, "Voir ce qui va changer")
    assert page.error
    fill(page, Nom="Canicule", **{"Nom court": "Canicule", "Famille": "autres"})
    page = at_rest(page.run())
    page = save(page)
    assert table("theme")["canicule"]["family_code"] == "autres"
    assert "ajout de 1 thème" in plain(*page.success)[0].lower()
    entry = questions.entries(data.database()).iloc[0]
    assert (entry["kind"], entry["label"]) == ("lists", "Thèmes : « Canicule »")
    assert page.text_input[0].value in {"", "Canicule"}


@pytest.mark.parametrize("away", ["a row", "a list", "a page"])
def test_what_is_typed_last_is_kept_by_who_clicks_away_at_once(away: str) -> None:
    """The browser sends the field that is left and the click at once: the form is no longer drawn then."""
    page = arrive({"liste": ["Thèmes"]})
    fill(page, Nom="Canicule", Famille="autres")
    if away == "a page":
        page = page.switch_page("pages/data/journal.py").run().switch_page("pages/data/lists.py").run()
    else:
        page = press(page, "Rixes") if away == "a row" else page.button_group(key="liste").set_value("publics").run()
    waiting = "Saisie commencée, pas enregistrée : Thèmes, « Canicule »"
    if away != "a page":  # which comes back to the form itself
        assert waiting in rows(page)
        page = at_rest(page.button(key="ouvrir-attend-themes-").click().run())
    assert (box(page, "Nom").value, box(page, "Famille").value) == ("Canicule", "autres")
    assert waiting not in rows(page)


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
    assert any("de « Consommation et trafics de stupéfiants » à « Rixes »." in plain(one)[0] for one in page.markdown)
    page = save(page)
    assert "stupefiants" not in table("theme")
    assert "fusion de « Consommation et trafics de stupéfiants » dans « Rixes »" in plain(*page.success)[0]
    assert not page.query_params.get("fiche")


def test_a_row_that_does_not_exist_is_the_list() -> None:
    assert cards(arrive({"fiche": ["jamais-vu"]}))[0] == "Réseaux"


def test_the_short_name_follows_the_name_until_one_is_written() -> None:
    page = arrive({"liste": ["Thèmes"]})
    page = box(page, "Nom").set_value("Captation d’images sur la voie publique").run()
    assert box(page, "Nom court").value == "Captation d’images sur la…"
    page = box(page, "Nom").set_value("Canicule").run()
    assert box(page, "Nom court").value == "Canicule"
    page = box(page, "Nom court").set_value("Chaleur").run()
    page = box(page, "Nom").set_value("Canicules").run()
    assert box(page, "Nom court").value == "Chaleur"
    page = arrive({"liste": ["Thèmes"], "fiche": ["rixes"]})
    page = box(page, "Nom").set_value("Bagarres").run()
    assert box(page, "Nom court").value == "Bagarres"
    save(press(page, "Voir ce qui va changer"))
    assert (table("theme")["rixes"]["name"], table("theme")["rixes"]["short_name"]) == ("Bagarres", "Bagarres")


def test_a_form_waits_until_it_is_written_or_given_up() -> None:
    page = arrive({"liste": ["Thèmes"], "fiche": ["rixes"]})
    box(page, "Nom").set_value("Bagarres").run()
    page = at_rest(press(page, "Toute la liste"))
    assert "Saisie commencée, pas enregistrée : Thèmes, « Rixes »" in rows(page)
    page.switch_page("pages/data/entry.py").run()
    page.switch_page("pages/data/lists.py")
    page.query_params["liste"], page.query_params["fiche"] = "Thèmes", "rixes"
    page = at_rest(page.run())
    assert box(page, "Nom").value == "Bagarres"
    page = at_rest(press(page, "Annuler ma saisie"))
    assert not any("Saisie commencée" in name for name in rows(page))
    assert table("theme")["rixes"]["name"] == "Rixes"


def test_another_name_is_added_and_taken_away() -> None:
    page = arrive({"liste": ["Autres noms"]})
    fill(page, **{"Territoire": "Lille", "Code du territoire": "59350", "Autre nom": "Capitale des Flandres"})
    page = save(press(page.run(), "Voir ce qui va changer"))
    assert "Capitale des Flandres" in rows(page)
    assert "Lille (59), commune" in captions(page)
    page = arrive({"liste": ["Autres noms"], "fiche": ["59350 Capitale des Flandres"]})
    page = box(page, "Autre nom").set_value("Lille-en-Flandre").run()
    page = save(press(page, "Voir ce qui va changer"))
    assert "Lille-en-Flandre" in rows(page)
    assert "Capitale des Flandres" not in rows(page)
    page = arrive({"liste": ["Autres noms"], "fiche": ["59350 Lille-en-Flandre"]})
    page = save(page.toggle[0].set_value(True).run())
    assert "retrait de « Lille-en-Flandre »" in plain(*page.success)[0]
    assert "Lille-en-Flandre" not in rows(page)


def test_the_communes_of_a_body_stay_as_they_are() -> None:
    page = arrive({"liste": ["Organismes"], "fiche": [next(iter(table("territory")))]})
    communes = next(one for one in page.multiselect if one.label == "Communes *")
    assert communes.value
    page = press(communes.set_value([*communes.value, "58062", "58063"]).run(), "Voir ce qui va changer")
    assert not page.error
    assert "Château-Chinon (Ville) (58)" in html(page)
    assert not page.radio
