"""A database without any activity: every page stands, and says how one begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from netstats.catalogue.snapshot import held_rows
from netstats.cli import main
from netstats.ui.base import data
from tests.pages.visitor import ROOT, Address, at_rest, before, cards, html, plain, said, visit

WELCOME = "Aucune réunion n’est enregistrée pour l’instant."
EVERY_PAGE = sorted(f"{path.parent.name}/{path.stem}" for path in (ROOT / "pages").glob("*/*.py"))
OF_A_SELECTION = [
    *(
        "analysis/overview",
        "analysis/participation",
        "analysis/themes",
        "analysis/actions",
        "analysis/meetings",
        "analysis/compare",
    ),
    *("share/present", "share/report"),
]
DOORS = ["importer", "saisir", "comptes-rendus", "referentiels"]


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_page_stands_on_an_empty_base(page: str) -> None:
    visit(page)


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("page", EVERY_PAGE)
def test_a_named_base_that_is_not_there_is_said_on_every_page(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = before(f"pages/{page}.py")
    named = tmp_path / "ailleurs" / "nestats.duckdb"
    monkeypatch.setenv("NETSTATS_DATABASE", str(named))
    opened.run()
    assert not opened.exception
    (told,) = plain(*opened.error)
    assert f"rien n’a été créé : {named}" in told
    assert f'python -m netstats new "{named}"' in told
    assert not named.parent.exists()


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("address", [{}, {"periode": ["2020"], "departement": ["59"]}, {"reseau": ["nord"]}])
@pytest.mark.parametrize("page", OF_A_SELECTION)
def test_it_says_how_one_begins(page: str, address: Address) -> None:
    shown = visit(page, address)
    assert said(shown)[0].startswith(WELCOME)
    assert [link.proto.page for link in shown.get("page_link")] == DOORS


@pytest.mark.usefixtures("empty")
def test_a_town_that_never_came_has_its_sheet() -> None:
    shown = visit("territory", {"fiche": ["59350"]})
    assert "Lille" in html(shown)
    assert "Qui vient, tout près" in cards(shown)


@pytest.mark.usefixtures("empty")
def test_national_activity_alone_is_offered(tmp_path: Path) -> None:
    networks, meetings = tmp_path / "reseaux.csv", tmp_path / "reunions.csv"
    networks.write_text("Code;Nom;Portée\nnational;National;national\n", encoding="utf-8")
    meetings.write_text("Réseau;Date;Nature\nNational;12/03/2026;webinaire\n", encoding="utf-8")
    assert main(["import", str(networks), str(meetings), "--author", "AB"]) == 0
    shown = visit()
    assert "comptées à part" in said(shown)[0]
    shown.button(key="avec-national").click().run()
    assert {metric.label: metric.value for metric in shown.metric}["Réunions"] == "1"


@pytest.mark.usefixtures("empty")
def test_the_usual_lists_come_in_at_once_and_go_again() -> None:
    shown = visit("data/lists", {"liste": ["Thèmes"]})
    shown = at_rest(shown.button(key="listes-courantes").click().run())
    assert not held_rows(data.database())["theme"]["code"].size, "what will change is shown first"
    shown.text_input(key="auteur").set_value("secrétariat").run()
    shown = at_rest(shown.button(key="enregistrer-listes-courantes").click().run())
    held = held_rows(data.database())
    assert {table: len(held[table]) for table in ("theme_family", "theme", "action_type", "audience", "network")} == {
        "theme_family": 8,
        "theme": 25,
        "action_type": 10,
        "audience": 8,
        "network": 0,
    }
    assert "Commencer avec les listes courantes" not in cards(shown)
    assert any("Rixes" in button.label for button in shown.button)
    assert main(["undo", "2", "--author", "AB"]) == 0
    assert held_rows(data.database())["theme"].empty
    assert "Commencer avec les listes courantes" in cards(visit("data/lists"))


@pytest.mark.usefixtures("empty")
def test_a_list_that_has_something_is_left_as_it_is(tmp_path: Path) -> None:
    kinds = tmp_path / "types.csv"
    kinds.write_text("Code;Nom;Rang\nveille;Veille;1\n", encoding="utf-8")
    assert main(["import", str(kinds), "--author", "AB"]) == 0
    shown = visit("data/lists")
    shown = at_rest(shown.button(key="listes-courantes").click().run())
    shown.text_input(key="auteur").set_value("secrétariat").run()
    at_rest(shown.button(key="enregistrer-listes-courantes").click().run())
    held = held_rows(data.database())
    assert list(held["action_type"]["code"]) == ["veille"]
    assert len(held["audience"]) == 8


@pytest.mark.usefixtures("empty")
def test_a_theme_of_minutes_that_the_base_lacks_has_its_name() -> None:
    shown = visit("data/minutes")
    text = "Les coordonnateurs du réseau Hauts-de-France se sont réunis le 14 mars 2019 à Lille, autour des rixes."
    shown.text_area[0].set_value(text).run()
    shown = at_rest(next(button for button in shown.button if button.label == "Lire").click().run())
    assert any("n’a pas, parmi ses thèmes : « Rixes »" in sentence for sentence in said(shown))
    assert "Thème : Rixes" in html(shown)
