"""The page « Présenter »: slides chosen, ordered, worded, projected, kept under a name."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from shutil import copy

import pytest
from streamlit.testing.v1 import AppTest

from netstats import store
from netstats.intake import bootstrap
from tests.pages.visitor import Address, at_rest, captions, html, said, visit

pytestmark = pytest.mark.usefixtures("own")


@pytest.fixture
def own(databases: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of the test's own: presentations are written into it."""
    there = Path(copy(databases("real"), tmp_path / "netstats.duckdb"))  # type: ignore[operator]
    monkeypatch.setenv("NETSTATS_DATABASE", str(there))
    return there


def present(address: Address | None = None) -> AppTest:
    return visit("share/present", address)


def title(page: AppTest) -> str:
    return html(page).split('class="scene-titre"')[1].split(">")[1].split("</h1")[0]


def test_the_first_slide_is_looked_at() -> None:
    page = present()
    assert title(page) == "Tous les réseaux régionaux"
    assert "11 réunions (dont 3 sans date), 58 territoires, « Espaces publics » en tête" in html(page)
    assert page.checkbox("montre-tendances").disabled  # nothing rises or falls in so few meetings
    assert page.checkbox("montre-carte").value


def test_who_is_to_be_called_back_is_shown_to_nobody_unless_asked() -> None:
    page = present({"periode": ["2021"]})
    box = page.checkbox("montre-relancer")
    assert not box.disabled
    assert not box.value
    (before,) = re.findall(r"1 / (\d+)", html(page))
    page = at_rest(box.check().run())
    assert f"1 / {int(before) + 1}" in html(page)


def test_another_slide_is_looked_at_and_worded() -> None:
    page = at_rest(present().button("voir-themes").click().run())
    assert title(page).startswith("« Espaces publics », thème le plus abordé")
    (box,) = [box for box in page.text_input if box.label == "Titre"]
    page = at_rest(box.set_value("Ce dont on parle <b>le plus</b>").run())
    assert title(page) == "Ce dont on parle &lt;b&gt;le plus&lt;/b&gt;"
    (area,) = page.text_area
    page = at_rest(area.set_value("Le confinement a tout changé.").run())
    assert "Le confinement a tout changé." in html(page)
    (box,) = [box for box in page.text_input if box.label == "Titre"]
    page = at_rest(box.set_value("").run())
    assert title(page).startswith("« Espaces publics », thème le plus abordé")


def test_slides_are_left_out_and_moved() -> None:
    page = at_rest(present().checkbox("montre-ouverture").uncheck().run())
    assert title(page) == "58 territoires couvrent 6,4\u202f% de la population française"
    assert "1 / 10" in html(page)
    page = at_rest(page.button("monter-sources").click().run())
    keys = [box.key for box in page.checkbox]
    # Over what nothing is shown of: a step that one does not see would be none.
    assert keys[keys.index("montre-sources") :][:2] == ["montre-sources", "montre-derniere"]


def test_all_left_out_leads_back() -> None:
    page = present()
    for key in [str(box.key) for box in page.checkbox if not box.disabled]:
        page = at_rest(page.checkbox(key).uncheck().run())
    assert "Aucune diapositive." in said(page)[0]
    page = at_rest(page.button("tout-montrer").click().run())
    assert "1 / 11" in html(page)


def test_one_is_projected_and_leads_on() -> None:
    page = present({"diapo": ["chiffres"]})
    assert title(page) == "58 territoires couvrent 6,4\u202f% de la population française"
    assert not page.checkbox
    page = at_rest(page.button("diapo-suivante").click().run())
    assert page.query_params["diapo"] == "carte"
    page = at_rest(page.button("diapo-derniere").click().run())
    assert "11 / 11" in html(page)
    page = at_rest(page.button("diapo-suivante").click().run())
    assert "11 / 11" in html(page)  # the last one stays
    page = at_rest(page.button("diapo-quitter").click().run())
    assert "diapo" not in page.query_params
    assert page.checkbox


def test_an_unknown_slide_is_the_first() -> None:
    assert "1 / 11" in html(present({"diapo": ["inconnue"]}))


def test_an_empty_selection_offers_the_way_back() -> None:
    page = present({"departement": ["971"], "diapo": ["carte"]})
    assert "Aucune réunion dans cette sélection." in said(page)[0]


def test_a_presentation_is_kept_and_comes_back(own: Path) -> None:
    page = present({"reseau": ["Hauts-de-France"]})
    page = at_rest(page.checkbox("montre-carte").uncheck().run())
    page = at_rest(page.button("voir-themes").click().run())
    (box,) = [box for box in page.text_input if box.label == "Titre"]
    page = at_rest(box.set_value("Mon titre").run())
    page.text_input("nom-presentation").set_value("Réunion d’été")
    page = at_rest(page.button("enregistrer-presentation").click().run())
    assert page.query_params["presentation"] == "Réunion d’été"

    again = present({"presentation": ["Réunion d’été"], "reseau": ["Hauts-de-France"]})
    assert not again.checkbox("montre-carte").value
    again = at_rest(again.button("voir-themes").click().run())
    assert title(again) == "Mon titre"


def test_a_title_written_for_other_figures_is_told() -> None:
    page = at_rest(present({"reseau": ["Hauts-de-France"]}).button("voir-themes").click().run())
    (box,) = [box for box in page.text_input if box.label == "Titre"]
    page = at_rest(box.set_value("Mon titre").run())
    page = at_rest(page.multiselect("reseau").set_value(["auvergne-rhone-alpes"]).run())
    assert page.checkbox("montre-themes").label.endswith("à relire")
    assert any("Ces mots ont été écrits quand le constat était" in sentence for sentence in said(page))


def test_a_name_that_others_have_is_not_taken_silently(own: Path) -> None:
    first = present()
    first.text_input("nom-presentation").set_value("Une")
    at_rest(first.button("enregistrer-presentation").click().run())
    second = at_rest(present().checkbox("montre-carte").uncheck().run())
    second.text_input("nom-presentation").set_value("Une")
    second = at_rest(second.button("enregistrer-presentation").click().run())
    assert any("« Une » existe déjà." in sentence for sentence in said(second))
    assert present({"presentation": ["Une"]}).checkbox("montre-carte").value
    at_rest(second.button("confirmer").click().run())
    assert not present({"presentation": ["Une"]}).checkbox("montre-carte").value


KEPT = "Brouillon gardé : cette page le reprend, rechargée ou dans un autre onglet."


def taken_up(page: AppTest) -> bool:
    return any(re.fullmatch(r"Brouillon du .* à \d\d:\d\d repris\.", caption) for caption in captions(page))


def test_what_was_changed_is_there_after_a_reload() -> None:
    page = present({"reseau": ["Hauts-de-France"]})
    assert KEPT not in captions(page)
    page = at_rest(page.checkbox("montre-carte").uncheck().run())
    page = at_rest(page.button("voir-themes").click().run())
    (box,) = [box for box in page.text_input if box.label == "Titre"]
    page = at_rest(box.set_value("Mon titre").run())
    assert KEPT in captions(page)

    assert not taken_up(present()), "another selection has a draft of its own"
    again = present({"reseau": ["Hauts-de-France"]})
    assert taken_up(again)
    assert not again.checkbox("montre-carte").value
    again = at_rest(again.button("voir-themes").click().run())
    assert title(again) == "Mon titre"

    printed = visit("share/report", {"reseau": ["Hauts-de-France"]})
    assert taken_up(printed)
    assert "Mon titre" in html(printed)

    again = at_rest(again.button("repartir").click().run())
    assert again.checkbox("montre-carte").value
    assert not taken_up(present({"reseau": ["Hauts-de-France"]}))
    again = at_rest(again.button("reprendre-brouillon").click().run())
    assert not again.checkbox("montre-carte").value
    assert taken_up(present({"reseau": ["Hauts-de-France"]}))


def test_two_tabs_make_one_draft() -> None:
    first, second = present(), present()
    at_rest(first.checkbox("montre-carte").uncheck().run())
    second = at_rest(second.checkbox("montre-themes").uncheck().run())
    assert not second.checkbox("montre-carte").value
    first = at_rest(first.run())
    assert not first.checkbox("montre-themes").value
    at_rest(second.button("repartir").click().run())
    assert at_rest(first.run()).checkbox("montre-carte").value


def test_a_draft_that_is_kept_under_a_name_is_none_any_more() -> None:
    page = at_rest(present().button("descendre-carte").click().run())
    assert KEPT in captions(page)
    page.text_input("nom-presentation").set_value("Une")
    page = at_rest(page.button("enregistrer-presentation").click().run())
    assert KEPT not in captions(page)
    assert not taken_up(present())
    page = at_rest(page.checkbox("montre-carte").uncheck().run())
    assert KEPT in captions(page)
    again = present({"presentation": ["Une"]})
    assert taken_up(again)
    again = at_rest(again.button("repartir").click().run())
    assert again.checkbox("montre-carte").value


def test_a_draft_that_cannot_be_read_is_told(own: Path) -> None:
    with store.open_database(own) as database:
        store.presentations.keep_draft(database, "", "", "[]")
    page = present()
    assert any("ne peut pas être lu" in sentence for sentence in said(page))
    assert page.checkbox("montre-carte").value


def test_where_nothing_is_written_the_draft_lasts_as_long_as_the_visit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "open_or_build", partial(bootstrap.open_or_build, read_only=True))
    page = at_rest(present().checkbox("montre-carte").uncheck().run())
    assert any("le temps de cette visite" in caption for caption in captions(page))
    assert not at_rest(page.run()).checkbox("montre-carte").value
    assert present().checkbox("montre-carte").value


def test_two_changes_in_one_run_are_both_made() -> None:
    page = present()
    page.checkbox("montre-carte").uncheck()
    page.checkbox("montre-themes").uncheck()
    page = at_rest(page.button("monter-sources").click().run())
    assert not page.checkbox("montre-carte").value
    assert not page.checkbox("montre-themes").value
    assert "1 / 9" in html(page)


def test_all_shown_again_keeps_the_words() -> None:
    page = at_rest(present().button("voir-themes").click().run())
    (box,) = [box for box in page.text_input if box.label == "Titre"]
    page = at_rest(box.set_value("Mon titre").run())
    for key in [str(box.key) for box in page.checkbox if not box.disabled]:
        page = at_rest(page.checkbox(key).uncheck().run())
    page = at_rest(page.button("tout-montrer").click().run())
    page = at_rest(page.button("voir-themes").click().run())
    assert title(page) == "Mon titre"


def test_a_name_that_cannot_be_is_refused_in_french() -> None:
    page = present()
    page.text_input("nom-presentation").set_value("   ")
    page = page.button("enregistrer-presentation").click().run()
    assert not page.exception
    assert any("nom" in sentence for sentence in said(page))
    assert "presentation" not in page.query_params


def test_one_that_is_kept_can_go(own: Path) -> None:
    page = present()
    page.text_input("nom-presentation").set_value("À jeter")
    page = at_rest(page.button("enregistrer-presentation").click().run())
    page = at_rest(page.button("supprimer-À jeter").click().run())
    page = at_rest(page.button("confirmer").click().run())
    assert "presentation" not in page.query_params
    assert not [button for button in page.button if str(button.key).startswith("ouvrir-")]


def test_a_presentation_that_is_not_there_is_told() -> None:
    assert "« Nulle part »" in said(present({"presentation": ["Nulle part"]}))[0]


def test_what_was_kept_is_in_the_database(own: Path) -> None:
    page = present()
    page.text_input("nom-presentation").set_value("Un")
    at_rest(page.button("enregistrer-presentation").click().run())
    database = store.open_database(own, read_only=True)
    assert list(store.presentations.saved(database)["name"]) == ["Un"]
    database.close()


def test_what_is_no_template_is_refused_at_once() -> None:
    page = present()
    page.file_uploader[0].set_value(("modele.potx", b"no deck", ""))
    page = at_rest(page.run())
    assert any("Le diaporama garde le modèle de netstats." in sentence for sentence in said(page))
