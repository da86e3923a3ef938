"""The page « Saisir une réunion »: what is typed stays, what is wrong is told, what others write is followed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from netstats import store
from netstats.intake import bootstrap, changes, entry, journal
from netstats.intake.check import entry as entry_check
from netstats.intake.forms import MEETINGS
from netstats.intake.snapshot import read_snapshot
from netstats.ui.base import data
from tests.pages.visitor import at_rest, before, plain

MEETING = "hauts-de-france-2020-05-06"


@pytest.fixture
def own(databases: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The real activity, in a file that the test may write into."""
    path = Path(shutil.copy(databases("real"), tmp_path / "netstats.duckdb"))
    monkeypatch.setenv("NETSTATS_DATABASE", str(path))
    return path


def opened(code: str = "") -> AppTest:
    return _of(before("pages/data/entry.py"), code)


def go(page: AppTest, code: str = "") -> AppTest:
    return _of(page.switch_page("pages/data/entry.py"), code)


def _of(page: AppTest, code: str) -> AppTest:
    if code:
        page.query_params["fiche"] = code
    return at_rest(page.run())


def away(page: AppTest) -> AppTest:
    page.switch_page("pages/analysis/meetings.py")
    page.query_params.clear()
    return at_rest(page.run())


def key(name: str, code: str = MEETING) -> str:
    return f"saisie-{code or 'nouvelle'}-{name}"


def ask(page: AppTest, code: str = MEETING) -> AppTest:
    page.button(key=key("voir", code)).click().run()
    assert not page.exception
    return page


def texts(page: AppTest) -> str:
    bodies = [block.proto.body for block in page.get("html")]
    return "\n".join([*bodies, *plain(*page.error, *page.warning, *page.success, *page.info, *page.markdown)])


def written_by_another(**fields: str) -> None:
    database = data.database()
    known = read_snapshot(database)
    held = entry.entry_of(known, MEETING)
    assert held is not None
    typed = {name: entry.read(MEETINGS.field(name), text) for name, text in fields.items()}
    change_set = entry_check.check(replace(held, meeting={**held.meeting, **typed}), known).change_set
    assert change_set is not None
    assert changes.commit(database, change_set, store.Batch(journal.ENTRY, "Correction")) is not None


def test_a_meeting_is_shown_as_the_database_holds_it(own: Path) -> None:
    page = opened(MEETING)
    assert page.text_input(key=key("date")).value == "06/05/2020"
    assert page.text_input(key=key("participants")).value == "9"
    assert page.selectbox(key=key("network")).value == "hauts-de-france"
    assert len(page.multiselect(key=key("present")).value) == 6
    assert "Lille (59), commune" in page.multiselect(key=key("present")).value
    ask(page)
    assert "Aucun changement" in texts(page)


def test_an_address_that_names_no_meeting_says_so(own: Path) -> None:
    page = opened("nowhere")
    assert "netstats ne connaît pas" in "".join(plain(*page.warning))


def test_every_field_has_a_label_and_french_help(own: Path) -> None:
    page = opened()
    for widget in (*page.text_input, *page.text_area, *page.selectbox, *page.multiselect):
        if str(widget.key).startswith("saisie-"):
            assert widget.label
            assert widget.proto.placeholder


def test_what_is_refused_is_told_and_stays_as_it_was_typed(own: Path) -> None:
    page = opened()
    page.text_input(key=key("date", "")).set_value("31/02/2026").run()
    page.text_input(key=key("participants", "")).set_value("beaucoup").run()
    ask(page, "")
    (error,) = plain(*page.error)
    assert error.startswith("3 points sont à corriger")
    assert "Date : « 31/02/2026 »" in error
    assert page.text_input(key=key("date", "")).value == "31/02/2026"
    page.text_input(key=key("date", "")).set_value("mars 2026").run()
    assert "2 points" in plain(*page.error)[0]  # told again at once


def test_what_is_typed_is_there_after_a_look_at_another_page(own: Path) -> None:
    page = opened(MEETING)
    page.text_input(key=key("place")).set_value("Amiens").run()
    page.button(key=key("ajouter")).click().run()
    page.text_area(key=key("action10-description")).set_value("Tenir une permanence.").run()
    go(away(page), MEETING)
    assert page.text_input(key=key("place")).value == "Amiens"
    assert page.text_area(key=key("action10-description")).value == "Tenir une permanence."
    ask(page)
    assert "Action 11, Type d’action : À remplir." in plain(*page.error)[0]


def test_what_is_chosen_or_read_is_a_value_that_is_shown_as_it_is_understood(own: Path) -> None:
    page = opened(MEETING)
    assert page.selectbox(key=key("status")).value == "held"
    assert page.selectbox(key=key("open_to_non_members")).value is True
    page.selectbox(key=key("open_to_non_members")).set_value(False).run()
    page.text_input(key=key("participants")).set_value("une quinzaine").run()
    ask(page)
    shown = texts(page)
    assert "<del>9</del> → <ins>15</ins>" in shown
    assert "<ins>environ</ins>" in shown
    assert "<ins>non</ins>" in shown
    go(away(page), MEETING)
    assert page.text_input(key=key("participants")).value == "environ 15"
    assert page.selectbox(key=key("open_to_non_members")).value is False
    page.text_input(key=key("participants")).set_value(" 9 ").run()
    page.selectbox(key=key("open_to_non_members")).set_value(True).run()
    assert not [one for one in page.button if one.label == "Annuler ma saisie"]  # as the database holds it


def test_a_correction_shows_its_difference_and_is_written_once_somebody_signs(own: Path) -> None:
    page = opened(MEETING)
    page.text_input(key=key("place")).set_value("Amiens").run()
    page.button(key=key("retirer-0")).click().run()
    ask(page)
    shown = texts(page)
    assert "≠ modification" in shown
    assert "<ins>Amiens</ins>" in shown
    assert "− retrait" in shown
    page.button(key=key("enregistrer")).click().run()
    assert "Écrivez d’abord" in texts(page)
    page.text_input(key="auteur").set_value("AB").run()
    page.button(key=key("enregistrer")).click().run()
    assert not page.exception
    assert "Enregistré : entrée n° 2 du journal" in "".join(plain(*page.success))
    assert page.text_input(key=key("place")).value == "Amiens"
    assert len([button for button in page.button if button.label == "Retirer"]) == 9
    entries = data.database().ask("SELECT kind, author, label FROM batch WHERE id = 2").iloc[0]
    assert tuple(entries) == ("entry", "AB", "Correction : Réunion du réseau Hauts-de-France (6\u00a0mai 2020)")


def test_a_meeting_is_taken_away_once_that_is_confirmed(own: Path) -> None:
    page = opened(MEETING)
    page.button(key=key("supprimer")).click().run()
    assert "retrait de 1 réunion, 6 présences, 6 thèmes de réunion et 10 actions" in texts(page).lower()
    page.button(key=key("garder")).click().run()
    assert not [one for one in page.button if one.key == key("enregistrer")]
    page.button(key=key("supprimer")).click().run()
    page.text_input(key="auteur").set_value("AB").run()
    page.button(key=key("enregistrer")).click().run()
    assert not page.exception
    assert "Suppression : Réunion du réseau Hauts-de-France" in "".join(plain(*page.success))
    found = data.database().ask("SELECT count(*) AS n FROM meeting WHERE code = $code", {"code": MEETING})
    assert found["n"].iloc[0] == 0


def test_what_another_writes_meanwhile_is_told_and_followed(own: Path) -> None:
    page = opened(MEETING)
    page.text_input(key=key("place")).set_value("Amiens").run()
    written_by_another(note="Écrite par une autre.", participants="12")
    page.text_input(key=key("title")).set_value("Un titre").run()
    warning = "".join(plain(*page.warning))
    assert "a été modifiée depuis que vous l’avez ouverte" in warning
    assert "Participants : 12" in warning
    assert page.text_input(key=key("participants")).value == "12"
    assert page.text_input(key=key("place")).value == "Amiens"
    assert page.text_input(key=key("title")).value == "Un titre"


def test_nothing_is_written_over_what_another_has_just_written(own: Path) -> None:
    page = opened(MEETING)
    page.text_input(key=key("participants")).set_value("15").run()
    ask(page)
    page.text_input(key="auteur").set_value("AB").run()
    written_by_another(participants="12")
    page.button(key=key("enregistrer")).click().run()
    assert not page.exception
    assert "a été modifiée depuis que vous l’avez ouverte" in "".join(plain(*page.warning))
    assert not page.success
    assert page.text_input(key=key("participants")).value == "15"
    assert "<del>12</del> → <ins>15</ins>" in texts(page)
    page.button(key=key("enregistrer")).click().run()
    assert page.success


def test_what_changed_since_it_was_shown_is_shown_again_before_it_is_written(own: Path) -> None:
    page = opened(MEETING)
    page.text_input(key=key("participants")).set_value("15").run()
    ask(page)
    page.text_input(key="auteur").set_value("AB").run()
    page.text_input(key=key("participants")).set_value("16")
    page.button(key=key("enregistrer")).click().run()  # both at once, as a browser sends them
    assert "vient de changer" in texts(page)
    assert not page.success
    page.button(key=key("enregistrer")).click().run()
    assert page.success


def test_what_another_writes_elsewhere_does_not_stand_in_the_way(own: Path) -> None:
    page = opened("auvergne-rhone-alpes-2020-05-07")
    page.text_input(key=key("place", "auvergne-rhone-alpes-2020-05-07")).set_value("Lyon").run()
    ask(page, "auvergne-rhone-alpes-2020-05-07")
    page.text_input(key="auteur").set_value("AB").run()
    written_by_another(participants="12")
    page.button(key=key("enregistrer", "auvergne-rhone-alpes-2020-05-07")).click().run()
    assert page.success


def test_a_meeting_that_another_took_away_can_be_written_again(own: Path) -> None:
    page = opened(MEETING)
    page.text_input(key=key("place")).set_value("Amiens").run()
    database = data.database()
    change_set = entry_check.removal(read_snapshot(database), MEETING)
    changes.commit(database, change_set, store.Batch(journal.ENTRY, "Suppression"))
    page.run()
    assert "vient d’être supprimée" in "".join(plain(*page.warning))
    assert page.text_input(key=key("place")).value == "Amiens"
    ask(page)
    assert "ajout de 1 réunion, 6 présences, 6 thèmes de réunion et 10 actions" in texts(page).lower()


def test_a_database_that_cannot_be_written_says_so_in_place_of_the_buttons(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "open_or_build", lambda: store.open_database(own, read_only=True))
    page = opened(MEETING)
    assert "lecture seule" in "".join(plain(*page.warning))
    assert not [one for one in page.button if one.label in {"Voir ce qui va changer", "Supprimer cette réunion"}]


@pytest.mark.usefixtures("hostile")
def test_texts_are_no_markup() -> None:
    page = opened(MEETING)
    assert "pwned" in str(page.text_input(key=key("title")).value)
    ask(page)
    for block in page.get("html"):
        assert "<script>pwned" not in block.proto.body
    for said in (*page.markdown, *page.caption, *page.subheader, *page.header):
        assert "<script>" not in said.value.replace("\\<", "")


def test_the_sheet_of_a_meeting_leads_here(own: Path) -> None:
    page = before("pages/analysis/meeting.py")
    page.query_params["fiche"] = MEETING
    page.run()
    (link,) = [one for one in page.get("page_link") if one.proto.label == "Modifier cette réunion"]
    assert MEETING in str(link.proto)
