"""The page « Journal »: what was put in, what an entry changed, taking it back or why not, copies."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from netstats import store
from netstats.catalogue import journal as questions
from netstats.intake import changes, journal
from netstats.intake.changes import ChangeSet
from netstats.store import Batch, Database
from netstats.ui.base import data
from netstats.ui.data import journal as page_of
from tests.hostile import HOSTILE
from tests.pages.visitor import at_rest, before, captions, html, plain, said

LILLE_2020 = "hauts-de-france-2020-05-06"


@pytest.fixture(autouse=True)
def own(databases: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real activity, that the test may change."""
    path = Path(shutil.copy(databases("real"), tmp_path / "netstats.duckdb"))
    monkeypatch.setenv("NETSTATS_DATABASE", str(path))
    return path


def arrive(entry: str = "") -> AppTest:
    page = before("pages/data/journal.py")
    if entry:
        page.query_params["entree"] = entry
    return at_rest(page.run())


def shown(page: AppTest) -> str:
    return html(page)


def change(label: str = "Correction", **values: int | str) -> int:
    """Change a meeting as one entry, return its number."""
    database = data.database()
    meeting = database.ask("SELECT * EXCLUDE (batch_id) FROM meeting WHERE code = $code", {"code": LILLE_2020}).assign(
        **values
    )
    number = changes.commit(database, ChangeSet({"meeting": meeting}), Batch(journal.IMPORT, label, "AB", "a.csv"))
    assert number is not None
    return number


def participants(database: Database) -> int:
    answer = database.ask("SELECT participants FROM meeting WHERE code = $code", {"code": LILLE_2020})
    return int(answer.iloc[0]["participants"])


def test_entries_come_the_last_first_with_who_and_how_much() -> None:
    change(participants=44)
    page = arrive()
    entries = shown(page).split("<li>")[1:]
    assert len(entries) == 2
    assert 'href="journal?entree=2"' in entries[0]
    assert "import de fichiers : 1 modification" in entries[0]
    assert "AB · a.csv" in entries[0]
    assert "données de départ" in entries[1]


def test_an_entry_says_what_it_changed_field_by_field() -> None:
    change(participants=44)
    page = arrive("2")
    assert "Entrée n° 2 : Correction" in plain(*page.header)
    assert "Participants : <del>9</del> → <ins>44</ins>" in shown(page)
    assert "Modification de 1 réunion." in plain(*page.markdown)
    page = at_rest(page.button(key="tout-le-journal").click().run())
    assert "Ce qui a été enregistré, la dernière entrée d’abord" in plain(*page.header)
    assert "entree" not in page.query_params


def test_an_entry_is_taken_back_once_it_was_seen_what_changes() -> None:
    change(participants=44)
    page = at_rest(arrive("2").button(key="annuler-2").click().run())
    assert "Ce que l’annulation de l’entrée n° 2 va changer" in plain(*page.header)
    assert "<del>44</del> → <ins>9</ins>" in shown(page)
    assert participants(data.database()) == 44, "nothing yet"
    page = at_rest(page.button(key="confirmer-2").click().run())
    assert "Écrivez d’abord votre service ou vos initiales." in said(page)
    page.text_input(key="auteur").set_value("AB").run()
    page = at_rest(page.button(key="confirmer-2").click().run())
    assert plain(*page.success) == [
        "Enregistré : entrée n° 3 du journal. Annulation de l’entrée n° 2 : Correction. Modification de 1 réunion."
    ]
    assert participants(data.database()) == 9
    last = questions.entries(data.database()).iloc[0]
    assert (last["kind"], last["undone"], last["author"]) == (journal.UNDO, 2, "AB")
    assert last["label"] == "Annulation de l’entrée n° 2 : Correction"
    assert "l’entrée n° 3" in shown(page)
    assert "annulée par le n° 3" in shown(at_rest(page.button(key="tout-le-journal").click().run()))


def test_one_may_think_better_of_it() -> None:
    change(participants=44)
    page = at_rest(arrive("2").button(key="annuler-2").click().run())
    page = at_rest(page.button(key="renoncer-2").click().run())
    assert page.button(key="annuler-2")
    assert participants(data.database()) == 44


def test_what_was_changed_since_says_by_which_entry() -> None:
    change(participants=44)
    change("Autre correction", participants=45)
    page = at_rest(arrive("2").button(key="annuler-2").click().run())
    (told,) = said(page)
    assert "ne peut pas être annulée" in told
    assert "n° 3 (Autre correction)" in told
    page = at_rest(page.button(key="fermer-2").click().run())
    assert not said(page)


def test_what_founds_the_database_cannot_be_taken_back() -> None:
    change(participants=44)
    assert not [button for button in at_rest(arrive("1")).button if button.label == "Annuler cette entrée…"]
    assert [button for button in at_rest(arrive("2")).button if button.label == "Annuler cette entrée…"]


def test_somebody_else_writes_while_one_confirms() -> None:
    change(participants=44)
    page = at_rest(arrive("2").button(key="annuler-2").click().run())
    at_rest(page.text_input(key="auteur").set_value("AB").run())
    change("Entre-temps", participants=50)
    page = page.button(key="confirmer-2").click().run()
    told = " ".join(said(at_rest(page)))
    assert "Les données ont changé depuis" in told
    assert "n° 3 (Entre-temps)" in told
    assert participants(data.database()) == 50


@pytest.mark.parametrize("entry", ["99", "abc", "1;drop", "<b>x</b>"])
def test_an_entry_that_there_is_not_is_said(entry: str) -> None:
    page = arrive(entry)
    assert any("Le journal n’a pas d’entrée n°" in text for text in said(page))
    assert "Ce qui a été enregistré, la dernière entrée d’abord" in plain(*page.header)
    assert "<b>x</b>" not in shown(page)


def test_texts_of_the_journal_are_never_markup() -> None:
    change(HOSTILE, title=HOSTILE, note=HOSTILE)
    for page in (arrive(), arrive("2")):
        assert "<script>pwned" not in shown(page)
        assert "&lt;script&gt;pwned" in shown(page)
        for element in (*page.header, *page.caption, *page.markdown):
            assert "<script>" not in element.value.replace("\\<", "")


def test_a_long_journal_comes_by_twenty() -> None:
    for number in range(25):
        change(f"Correction {number}", participants=100 + number)
    page = arrive()
    assert shown(page).count('class="when"') == 20
    assert "Entrées 1 à 20 sur 26, la dernière d’abord." in captions(page)


def test_copies_are_counted_and_listed_and_how_to_put_one_back_is_said(own: Path) -> None:
    assert any("Aucune sauvegarde pour l’instant" in text for text in said(arrive()))
    change(participants=44)
    page = arrive()
    (told,) = said(page)
    assert len(store.backups(own)) == 1
    assert "1 sauvegarde, dans le dossier sauvegardes" in told
    assert f"la dernière est du {pd.Timestamp.now().day}" in told
    assert "python -m netstats restore" in told
    page.session_state["sauvegardes"] = True
    (table,) = at_rest(page.run()).dataframe
    assert table.value.equals(store.listed(store.backups(own)))


def test_a_file_replaced_under_the_dashboard_is_shown_and_a_removed_one_is_said(own: Path) -> None:
    before_it = Path(shutil.copy(own, own.with_name("other.duckdb")))
    change(participants=44)
    page = arrive()
    assert shown(page).count('class="when"') == 2
    os.replace(before_it, own)
    page = at_rest(page.run())
    assert shown(page).count('class="when"') == 1
    change(participants=45)
    assert shown(at_rest(page.run())).count('class="when"') == 2
    away = own.rename(own.with_name("away.duckdb"))
    page.run()
    assert "a été retirée pendant que netstats l’avait ouverte" in "".join(e.title for e in page.error)
    assert not own.exists()
    away.rename(own)
    assert shown(at_rest(page.run())).count('class="when"') == 2


def test_what_was_saved_is_said_no_more_once_another_file_is_in_its_place(own: Path) -> None:
    change(participants=44)
    before_it = Path(shutil.copy(own, own.with_name("other.duckdb")))
    page = at_rest(arrive("2").button(key="annuler-2").click().run())
    page.text_input(key="auteur").set_value("AB").run()
    page = at_rest(page.button(key="confirmer-2").click().run())
    assert page.success
    os.replace(before_it, own)
    assert not at_rest(page.run()).success


def test_the_whole_data_set_is_offered() -> None:
    assert "Toutes les données (.zip de .csv)" in [button.label for button in arrive().download_button]
    with zipfile.ZipFile(io.BytesIO(page_of.archive(data.database()))) as archive:
        assert {"reunions.csv", "presences.csv", "actions.csv"} <= set(archive.namelist())
        assert LILLE_2020 in archive.read("reunions.csv").decode("utf-8-sig")


def test_a_database_that_cannot_be_written_is_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    change(participants=44)
    monkeypatch.setattr(data.database(), "writable", False)
    page = arrive("2")
    assert "La base est ouverte en lecture seule : rien ne peut y être annulé." in captions(page)
    assert "<ins>44</ins>" in shown(page)
