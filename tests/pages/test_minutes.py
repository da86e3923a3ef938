"""The page « Lire un compte rendu »: the text is marked, its meetings are corrected, what is written was shown."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Radio

from netstats import store
from netstats.catalogue import journal as questions
from netstats.charts import palette
from netstats.intake import bootstrap, changes, entry, journal
from netstats.intake.check import entry as entry_check
from netstats.intake.snapshot import read_snapshot
from netstats.intake.values import Headcount
from netstats.minutes import waiting
from netstats.minutes.documents import pasted
from netstats.minutes.drafts import SURE, Extracted, Span
from netstats.minutes.prose import parse
from netstats.minutes.reader import Reader
from netstats.minutes.serialize import how_sure
from netstats.ui.base import data
from netstats.ui.data import minutes, minutes_pick, minutes_text
from netstats.ui.data.minutes_text import ACTION, ASIDE, MEETING, TERRITORY, THEME, UNREAD, Line, Mark
from tests.hostile import HOSTILE
from tests.pages.visitor import at_rest, before, html, plain

FOUNDING = """Le réseau Hauts-de-France échange sur les enjeux du (dé)confinement

Les coordonnateurs et directeurs prévention-sécurité des Hauts-de-France se sont réunis le 6 mai 2020 en \
visioconférence dans le cadre du réseau régional animé par le FFSU. Ouverte aux membres et non membres du FFSU, \
la réunion a réuni 9 professionnels sur les enjeux du confinement.

Les villes de Beauvais et de Lille étaient représentées ainsi que les CA de la Baie de Somme, l’agglomération du \
Douaisis, la CA Maubeuge Val de Sambre et le CISPD de Abscon-Douchy les Mines-Escaudain-Haveluy-Lourches.

Les précédentes réunions du réseau avaient permis d’aborder les thématiques des outils de mesure de la délinquance, du \
métier de coordonnateur prévention-sécurité et de la consommation et des trafics de stupéfiants.

A Douai, certaines officines sont allées jusqu’à proposer des permanences dédiées aux femmes victimes de violences.
"""
NEW = """Le réseau Hauts-de-France à Amiens

Le réseau Hauts-de-France s’est réuni le 14 mars 2019 à Amiens. Une quinzaine de professionnels étaient présents.

Les villes de Lille, de Beauvais et de Saint-Rémy étaient représentées.
"""
MEETING_CODE = "hauts-de-france-2020-05-06"


@pytest.fixture
def own(databases: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The real activity, in a file that the test may write into."""
    path = Path(shutil.copy(databases("real"), tmp_path / "netstats.duckdb"))
    monkeypatch.setenv("NETSTATS_DATABASE", str(path))
    return path


def opened() -> AppTest:
    return at_rest(before("pages/data/minutes.py").run())


def go(page: AppTest) -> AppTest:
    page.switch_page("pages/data/minutes.py")
    return at_rest(page.run())


def key(*parts: object, number: int = 0) -> str:
    return "-".join(["compte-rendu", str(number), *map(str, parts)])


def field(name: str, rank: int = 0, number: int = 0) -> str:
    return f"saisie-{key('reunion', rank, number=number)}-{name}"


def given(text: str, page: AppTest | None = None, number: int = 0) -> AppTest:
    page = page or opened()
    page.text_area(key=key("texte", number=number)).set_value(text).run()
    page.button(key=key("lire", number=number)).click().run()
    assert not page.exception
    return page


def ask(page: AppTest) -> AppTest:
    page.button(key=key("voir")).click().run()
    assert not page.exception
    return page


def save(page: AppTest) -> AppTest:
    page.text_input(key="auteur").set_value("AB").run()
    page.button(key=key("enregistrer")).click().run()
    assert not page.exception
    return page


def texts(page: AppTest) -> str:
    said = plain(*page.error, *page.warning, *page.success, *page.info, *page.markdown)
    return "\n".join([html(page), *said])


def settle(page: AppTest) -> AppTest:
    """Choose the first candidate for the name that may be several."""
    (radio,) = doubts(ask(page))
    radio.set_value(radio.options[0]).run()
    assert not page.exception
    return page


def doubts(page: AppTest) -> list[Radio[str]]:
    return [one for one in page.radio if "-question-" in str(one.key)]


# --- the text and its marks


class _Reader(HTMLParser):
    """Which element begins and ends where, and what a visitor reads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.marks: set[str] = set()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not (tag == "a" and "a" in self.open), "a link in a link"
        self.open.append(tag)
        self.tags.add(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.marks |= {mark for name, value in attrs if name == "data-mark" and value for mark in value.split()}
        self.links += [value for name, value in attrs if name == "href" and value]
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def understood(markup: str) -> _Reader:
    reader = _Reader()
    reader.feed(str(markup))
    reader.close()
    assert not reader.open
    return reader


def test_marks_may_overlap_and_no_word_is_lost() -> None:
    text = (
        "Réunion à Lille.\n\nA Douai, des permanences dédiées aux femmes victimes de violences.\n\n- Un point de liste."
    )
    prose = parse(text)
    inside, whole = text.index("femmes"), text.index("A Douai")
    marks = [
        Mark(Span(whole, text.index("\n\n- ")), ACTION, "Action", "lu-action-0"),
        Mark(Span(inside, inside + len("femmes victimes de violences")), THEME, "Thème", "lu-themes"),
        Mark(Span(inside + 7, inside + 16), TERRITORY, "", "lu-present-0"),
        Mark(Span(whole + 2, whole + 7), ASIDE, "lieu d’une action"),
        Mark(Span(text.index("Lille"), text.index("Lille") + 5), MEETING, "Lieu", "lu-place"),
        Mark(Span(text.index("Un point"), len(text)), UNREAD),
    ]
    read = understood(minutes_text.render(prose, marks))
    assert " ".join(read.text.split()) == (
        "Réunion à Lille.A Douai (laissé de côté : lieu d’une action), des permanences dédiées aux femmes victimes de "
        "violences.Un point de liste."
    )
    assert read.marks == {mark.id for mark in marks}, "each mark can be reached"
    assert set(read.links) == {"#lu-action-0", "#lu-themes", "#lu-present-0", "#lu-place"}


def test_the_legend_says_what_is_there_and_how_often() -> None:
    marks = [Mark(Span(0, 3), THEME), Mark(Span(0, 3), THEME), Mark(Span(5, 9), THEME), Mark(Span(5, 9), UNREAD)]
    read = understood(minutes_text.legend(marks))
    assert read.text == "Thème 2Rien n’en a été lu 1"


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_hostile_text_is_text(mode: str) -> None:
    text = f"{HOSTILE}\n\n</div><style>*{{}}</style> &lt;b&gt; \" ' <a href='javascript:x()'>"
    marks = [Mark(Span(0, 9), THEME, HOSTILE, "lu-themes"), Mark(Span(10, 30), ASIDE, HOSTILE)]
    read = understood(minutes_text.coloured(minutes_text.render(parse(text), marks), palette(mode)))
    assert read.tags <= {"div", "p", "h3", "a", "span"}
    assert "<style>*{}</style> &lt;b&gt;" in read.text
    under = understood(minutes_text.lines(text, Line(HOSTILE, [Span(0, len(text))], "sûr", "lu-x")))
    assert under.tags <= {"p", "a", "span"}


def test_confidence_is_said_in_words() -> None:
    assert [how_sure(Extracted("", (), SURE, worth)) for worth in (1, 0.8, 0.5)] == ["sûr", "probable", "à vérifier"]


# --- the page


def test_the_founding_text_stands_beside_its_form_each_value_with_its_words(own: Path) -> None:
    page = given(FOUNDING)
    shown = html(page)
    assert "« 9 professionnels »" in shown
    assert page.text_input(key=field("date")).value == "06/05/2020"
    assert page.text_input(key=field("participants")).value == "9"
    assert len(page.multiselect(key=field("present")).value) == 6
    read = understood(shown)
    marked = {link for link in read.links if link.startswith("#mot-")}
    assert marked, "the words under the fields lead to their marks"
    assert {link[1:] for link in marked} <= read.marks
    assert {link[1:] for link in read.links if link.startswith("#lu-")} <= set(read.ids), "and marks to the fields"
    assert len(read.ids) == len(set(read.ids))
    assert "déjà dans la base" in texts(page)


def test_the_text_that_founded_the_base_changes_nothing(own: Path) -> None:
    page = ask(given(FOUNDING))
    assert "rien ne changerait" in texts(page)


@pytest.mark.parametrize(
    "text", ["", "   \n", "Faire fondre le beurre, ajouter la farine puis le lait. Cuire vingt minutes."]
)
def test_what_is_no_minutes_is_told_and_stays_to_be_mended(own: Path, text: str) -> None:
    page = given(text)
    assert page.error
    assert page.text_area(key=key("texte")).value == text
    assert not [one for one in page.multiselect if str(one.key).startswith("saisie-")]
    page.text_area(key=key("texte")).set_value(NEW).run()
    page.button(key=key("lire")).click().run()
    assert not page.error
    assert page.text_input(key=field("date")).value == "14/03/2019"


def test_a_new_meeting_is_written_once_its_names_are_settled(own: Path) -> None:
    page = given(NEW)
    assert "Saint-Rémy" in page.multiselect(key=field("present")).value
    settle(page)
    assert "Saint-Remy-du-Nord (59), commune" in page.multiselect(key=field("present")).value
    ask(page)
    assert re.search("ajout de 1 réunion.* 3 présences", texts(page).lower())
    page.button(key=key("enregistrer")).click().run()
    assert "Écrivez d’abord" in texts(page)
    save(page)
    assert "entrée n° 2 du journal" in "".join(plain(*page.success))
    row = data.database().ask("SELECT kind, author, label, text FROM batch WHERE id = 2").iloc[0]
    assert (row["kind"], row["author"]) == (journal.MINUTES, "AB")
    assert row["text"] is None or row["text"] != row["text"]
    assert page.text_area(key=key("texte", number=1)).value == ""
    again = given(NEW, page, number=1)
    assert "déjà dans la base" in texts(again)


def test_the_full_text_is_kept_only_when_that_is_asked(own: Path) -> None:
    page = ask(settle(given(NEW)))
    page.checkbox(key=key("garder-texte")).check().run()
    save(page)
    row = data.database().ask("SELECT text FROM batch WHERE id = 2").iloc[0]
    assert row["text"].split() == NEW.split()


def test_an_address_is_the_source_of_the_meeting_and_of_the_entry(own: Path) -> None:
    page = opened()
    page.text_input(key=key("source")).set_value("https://ffsu.org/amiens").run()
    page = save(ask(settle(given(NEW, page))))
    assert data.database().ask("SELECT source FROM batch WHERE id = 2")["source"].iloc[0] == "https://ffsu.org/amiens"
    meetings = data.database().ask("SELECT source_url FROM meeting WHERE code = 'hauts-de-france-2019-03-14'")
    assert meetings["source_url"].iloc[0] == "https://ffsu.org/amiens"


def test_a_mention_is_not_written_unless_that_is_asked(own: Path) -> None:
    page = given(FOUNDING)
    page.selectbox(key=key("laquelle")).set_value(1).run()
    assert page.checkbox(key=key("garder", 1)).value is False
    assert "mentionner" in "".join(plain(*page.info))
    page.checkbox(key=key("garder", 1)).check().run()
    ask(page)
    assert "ajout de 1 réunion" in texts(page).lower()


def test_each_meeting_of_the_text_is_named_before_it_is_saved(own: Path) -> None:
    page = given(f"{NEW}\n\n{NEW.replace('14 mars 2019', '20 juin 2019')}")
    first, second = "Hauts-de-France, 14 mars 2019", "Hauts-de-France, 20 juin 2019"
    assert f"À enregistrer : {first} ; {second}." in texts(page)
    page.checkbox(key=key("garder", 0)).uncheck().run()
    assert f"À enregistrer : {second}. Pas enregistré : {first}." in texts(page)


def test_what_is_still_to_be_verified_is_said_before_saving(own: Path) -> None:
    text = """Réunion des coordonnateurs prévention-sécurité

Les coordonnateurs du FFSU se sont réunis le 14 mars 2019 à Amiens.

Les villes de Lille, de Roubaix et de Tourcoing étaient représentées.
"""
    page = ask(given(text))
    assert warned(page) == ["Restent à vérifier : réseau et nature."]
    page.selectbox(key=field("kind")).set_value("webinaire").run()
    assert warned(page) == ["Restent à vérifier : réseau."]
    save(page)
    assert page.success, "a person decides"


def warned(page: AppTest) -> list[str]:
    return [said for said in plain(*page.warning) if "estent à vérifier" in said]


def test_a_fault_of_the_reader_is_told_and_the_text_stays(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise KeyError("CISPD")

    monkeypatch.setattr(Reader, "_read", fails)
    page = given(NEW)
    (said,) = plain(*page.error)
    assert "le lecteur de netstats a un défaut (KeyError)" in said
    assert "Saisissez la réunion à la main" in said
    assert page.text_area(key=key("texte")).value == NEW


def test_what_is_typed_is_there_after_a_look_at_another_page_and_at_another_meeting(own: Path) -> None:
    page = given(FOUNDING)
    page.text_input(key=field("place")).set_value("Arras").run()
    page.selectbox(key=key("laquelle")).set_value(1).run()
    page.selectbox(key=key("laquelle")).set_value(0).run()
    assert page.text_input(key=field("place")).value == "Arras"
    page.switch_page("pages/analysis/meetings.py")
    at_rest(page.run())
    go(page)
    assert page.text_input(key=field("place")).value == "Arras"
    assert page.text_area(key=key("texte")).value == FOUNDING


def test_what_is_corrected_says_so_and_what_is_removed_stays_in_sight(own: Path) -> None:
    page = given(FOUNDING)
    page.text_input(key=field("participants")).set_value("12").run()
    page.multiselect(key=field("present")).unselect("Lille (59), commune").run()
    shown = html(page)
    assert re.search(r"9 professionnels »</a> <span class=\"tag\">corrigé", shown)
    assert re.search(r"Lille »</a> <span class=\"tag\">retiré", shown)


def test_nothing_is_written_over_what_another_has_just_written(own: Path) -> None:
    page = given(FOUNDING)
    page.text_input(key=field("participants")).set_value("15").run()
    ask(page)
    page.text_input(key="auteur").set_value("AB").run()
    database = data.database()
    known = read_snapshot(database)
    held = entry.entry_of(known, MEETING_CODE)
    assert held is not None
    counted = replace(held, meeting={**held.meeting, "participants": Headcount(12, "exact")})
    change_set = entry_check.check(counted, known).change_set
    assert change_set is not None
    changes.commit(database, change_set, store.Batch(journal.ENTRY, "Correction"))
    page.button(key=key("enregistrer")).click().run()
    assert not page.exception
    assert not page.success
    assert "a été modifiée depuis que vous l’avez ouverte" in "".join(plain(*page.warning))
    assert page.text_input(key=field("participants")).value == "15"
    assert "<del>12</del> → <ins>15</ins>" in texts(page)
    page.button(key=key("enregistrer")).click().run()
    assert page.success


def test_the_example_can_be_tried_and_not_be_written(own: Path) -> None:
    page = opened()
    page.button(key=key("exemple")).click().run()
    assert not page.exception
    assert page.text_input(key=field("date")).value == "14/03/2019"
    settle(page)
    assert "C’est l’exemple inventé" in texts(page)
    assert not [one for one in page.button if one.label == "Enregistrer"]


def test_texts_are_no_markup(own: Path) -> None:
    page = given(f"{HOSTILE}\n\n{NEW.replace('Beauvais', '<img src=x onerror=alert(1)>')}")
    ask(page)
    for block in page.get("html"):
        assert "<img" not in block.proto.body
        assert "<script>pwned" not in block.proto.body
    for said in (*page.markdown, *page.caption, *page.subheader, *page.header):
        assert "<script>" not in said.value.replace("\\<", "")


def test_a_database_that_cannot_be_written_says_so(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "open_or_build", lambda: store.open_database(own, read_only=True))
    assert "lecture seule" in "".join(plain(*opened().warning))


# --- files, long texts, personal data


def bring(page: AppTest, name: str, content: bytes) -> AppTest:
    page.file_uploader[0].set_value((name, content, "")).run()
    assert not page.exception
    return page


def test_a_file_is_read_at_once_and_its_address_kept(own: Path) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in NEW.splitlines() if line)
    content = (
        f'<html><head><link rel="canonical" href="https://ffsu.org/amiens"></head><body>{paragraphs}</body></html>'
    )
    page = bring(opened(), "réunion.html", content.encode())
    assert page.text_input(key=field("date")).value == "14/03/2019"
    assert page.text_input(key=key("source")).value == "https://ffsu.org/amiens"
    assert page.text_input(key=field("source_url")).value == "https://ffsu.org/amiens"
    assert str(page.text_area(key=key("texte")).value).startswith("Le réseau Hauts-de-France à Amiens")
    assert "de « réunion.html »" in texts(page)


@pytest.mark.parametrize(
    ("name", "content"),
    [("vide.txt", b""), ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(90)), ("a.pdf", b"%PDF-1.7 cut")],
)
def test_a_file_that_cannot_be_read_is_told_and_what_was_typed_stays(own: Path, name: str, content: bytes) -> None:
    page = opened()
    page.text_area(key=key("texte")).set_value(NEW).run()
    bring(page, name, content)
    (error,) = plain(*page.error)
    assert name in error
    assert page.text_area(key=key("texte")).value == NEW


def test_after_a_rejects_file_nothing_is_said_of_a_text_that_nobody_pasted(own: Path) -> None:
    page = bring(opened(), "photo.png", b"\x89PNG\r\n\x1a\n" + bytes(90))
    page.button(key=key("lire")).click().run()
    (said,) = plain(*page.error)
    assert "collé" not in said
    assert "Il n’y a aucun texte à lire." in said


def test_a_text_that_names_a_person_is_not_kept_its_meeting_can_be_saved(own: Path) -> None:
    page = ask(settle(given(f"{NEW}\nContact : anne.exemple@ville.example, 03 20 00 00 00.\n")))
    page.checkbox(key=key("garder-texte")).check().run()
    save(page)
    assert "ne peut pas être gardé" in "".join(plain(*page.error))
    page.checkbox(key=key("garder-texte")).uncheck().run()
    save(page)
    assert page.success
    assert data.database().ask("SELECT count(text) AS n FROM batch")["n"].iloc[0] == 0


def test_an_excused_territory_can_be_added_and_an_unknown_one_named_or_removed(own: Path) -> None:
    text = NEW.replace("Les villes de", "Présents : Trifouilly-les-Oies, Lille\n\nExcusés : Arras\n\nLes villes de")
    page = given(text)
    names = page.multiselect(key=field("present"))
    assert "Trifouilly-les-Oies" in names.value
    assert "Arras (62), commune" not in names.value
    assert "(laissé de côté : excusé ou absent)" in html(page)
    next(one for one in page.button if "Arras" in one.help.replace("\\", "")).click().run()
    names = page.multiselect(key=field("present"))
    names.set_value(["Roubaix" if name == "Trifouilly-les-Oies" else name for name in names.value]).run()
    assert not page.exception
    assert {"Arras (62), commune", "Roubaix (59), commune"} <= set(page.multiselect(key=field("present")).value)


def test_a_meeting_that_turns_out_to_be_there_already_is_completed(own: Path) -> None:
    page = settle(given(NEW))
    page.text_input(key=field("date")).set_value("06/05/2020").run()
    ask(page)
    assert "déjà dans la base" in "".join(plain(*page.warning))
    page.button(key=key("completer", 0)).click().run()
    assert not page.exception
    assert len(page.multiselect(key=field("present")).value) == 7, "those of the base, and Saint-Rémy"
    assert page.text_input(key=field("place")).value == "Amiens"
    assert "<ins>Amiens</ins>" in texts(page)
    save(page)
    assert page.success


def test_what_is_created_with_a_meeting_is_said_and_written(own: Path) -> None:
    text = """Réunion du réseau Occitanie

Les coordonnateurs prévention-sécurité du réseau Occitanie du FFSU se sont réunis le 12 octobre 2021 à Toulouse.

Étaient représentés la ville de Toulouse et le CISPD Blagnac-Colomiers.
"""
    page = given(text)
    said = "".join(plain(*page.info))
    assert "Le réseau « Occitanie » (Occitanie) n’est pas dans la base : il y sera créé." in said
    assert "avec ses communes : Blagnac et Colomiers" in said
    assert "CISPD Blagnac-Colomiers" in page.multiselect(key=field("present")).value
    save(ask(page))
    assert page.success
    present = data.database().ask("SELECT territory_code FROM attendance WHERE meeting_code = 'occitanie-2021-10-12'")
    assert set(present["territory_code"]) == {"31555", "cispd-blagnac-colomiers"}


DOUBTS = (Path(__file__).parents[1] / "minutes" / "wild" / "10-clspd-d-une-ville.txt").read_text(encoding="utf-8")


def first(page: AppTest) -> list[str]:
    """Return what is in doubt and comes first: the help of the buttons that confirm it."""
    return [str(one.help) for one in page.button if one.label == "Confirmer"]


def test_what_is_in_doubt_comes_first_until_it_is_confirmed_or_taken_out(own: Path) -> None:
    page = given(DOUBTS)
    doubts = first(page)
    assert any("12/03/2024" in said for said in doubts)
    for label, what in (("Confirmer", "Date"), ("Retirer", "Rodéos")):
        button = next(one for one in page.button if one.label == label and what in str(one.help))
        button.click().run()
        assert not page.exception
    assert len(first(page)) == len(doubts) - 2
    assert not any("Date" in said or "Rodéos" in said for said in first(page))
    assert page.text_input(key=field("date")).value == "12/03/2024"
    assert "confirmé par vous" in html(page)
    assert "rodeos" not in " ".join(page.multiselect(key=field("themes")).value)


@pytest.mark.parametrize(
    ("sort", "words", "said"),
    [
        ("territoire", "Dunkerque", "Dunkerque (59), commune"),
        ("theme", "les rixes entre jeunes", "rixes"),
        ("theme", "rien de cela", "Aucun thème n’est reconnu dans « rien de cela »"),
        ("action", "La ville de Lille a ouvert une permanence.", "La ville de Lille a ouvert une permanence."),
    ],
)
def test_selected_words_become_what_was_asked(
    own: Path, monkeypatch: pytest.MonkeyPatch, sort: str, words: str, said: str
) -> None:
    def asked(work: minutes.Work, rank: int) -> None:  # only a browser can select
        st.button("Choisir", key="choisir", on_click=minutes_pick.become, args=(work, rank, sort, words))

    monkeypatch.setattr(minutes_pick, "buttons", asked)
    page = given(NEW)
    page.button(key="choisir").click().run()
    assert not page.exception
    chosen = [one for box in page.multiselect for one in box.value]
    assert any(said in str(one) for one in [*chosen, *(one.value for one in page.text_area), texts(page)])


def test_an_announced_meeting_is_completed_or_told_apart(own: Path) -> None:
    with store.open_database(own) as database:
        coming = read_snapshot(database).rows["meeting"].iloc[:1].assign(
            code="a-venir", title="La prochaine", network_code="hauts-de-france", kind="réunion de réseau",
            status="announced", held_on=pd.Timestamp(2019, 3, 12), date_precision="day", held_until=None,
        )  # fmt: skip
        changes.commit(database, changes.ChangeSet({"meeting": coming}), store.Batch(journal.ENTRY, "Annoncée"))
    page = ask(given(NEW))
    assert "annoncée pour le 12" in texts(page)
    (radio,) = doubts(page)
    radio.set_value(radio.options[0]).run()
    assert "modification de 1 réunion" in texts(page)
    page.button(key=key("autre-reunion", 0)).click().run()
    assert "annoncée pour le" not in texts(page)
    (radio,) = doubts(page)
    radio.set_value(radio.options[0]).run()
    assert "Ajout de 1 réunion" in texts(page)


# --- what waits for a person


def keep_waiting(path: Path, text: str) -> None:
    """Have all the meetings of a text wait, as `minutes --save` does."""
    with store.open_database(path) as database:
        known = read_snapshot(database)
        reading = Reader(known).read(pasted(text))
        left = [(draft, ("À vérifier : date.",)) for draft in reading.drafts]
        change_set, _ = waiting.keep(reading, left, known, name="avril.txt", source_url="https://ffsu.org/amiens")
        changes.commit(database, change_set, store.Batch(journal.WAITING, "En attente"))


def drafts(path: Path) -> list[dict[str, object]]:
    with store.open_database(path, read_only=True) as database:
        return questions.drafts(database)


def pressed(page: AppTest, name: str, number: int = 0) -> AppTest:
    (button,) = [one for one in page.button if str(one.key).startswith(key(name, number=number))]
    button.click().run()
    assert not page.exception
    return page


def test_a_meeting_that_waits_is_completed_and_its_draft_goes_with_it(own: Path) -> None:
    keep_waiting(own, NEW)
    page = opened()
    assert "1 réunion en attente" in plain(*page.header)
    assert any("Gardé le" in said for said in plain(*page.caption))
    pressed(page, "reprendre")
    assert "s’est réuni le 14 mars 2019" in re.sub("<[^>]+>", "", html(page))
    assert page.text_input(key=key("source", number=1)).value == "https://ffsu.org/amiens"
    page.button(key=key("voir", number=1)).click().run()
    (radio,) = doubts(page)
    radio.set_value(radio.options[0]).run()
    assert "retrait de 1 réunion en attente" in texts(page)
    page.text_input(key="auteur").set_value("AB").run()
    page.button(key=key("enregistrer", number=1)).click().run()
    assert "Enregistré : entrée n° 3 du journal." in texts(page)
    assert drafts(own) == []
    with store.open_database(own) as database:
        assert "hauts-de-france-2019-03-14" in set(read_snapshot(database).rows["meeting"]["code"])
        changes.commit(database, changes.undo(database, 3), store.Batch(journal.UNDO, "Annulation", undone=3))
    (draft,) = drafts(own)
    assert draft["name"] == "Hauts-de-France, 14\xa0mars 2019"


def test_the_same_text_pasted_settles_what_waits(own: Path) -> None:
    keep_waiting(own, NEW)
    page = settle(given(NEW))
    assert "retrait de 1 réunion en attente" in texts(page)


def test_a_meeting_that_waits_is_thrown_away_once_it_was_asked(own: Path) -> None:
    keep_waiting(own, NEW)
    page = pressed(opened(), "jeter")
    pressed(page, "ne-pas-jeter")
    assert len(drafts(own)) == 1
    (button,) = [one for one in page.button if one.label == "Jeter"]
    button.click().run()
    page.text_input(key="auteur").set_value("AB").run()
    page.button(key=key("jeter-vraiment")).click().run()
    assert not page.exception
    assert drafts(own) == []
    assert "Réunion en attente jetée" in texts(page)
    with store.open_database(own) as database:
        assert database.version().updated_on < date.today()
        assert not database.version().entered


def test_a_meeting_that_waits_without_its_text_is_completed(own: Path) -> None:
    keep_waiting(own, f"{NEW}\nRenseignements : Mme Durand, 03 20 00 00 00.\n")
    page = pressed(opened(), "reprendre")
    assert "Le texte n’a pas été gardé" in texts(page)
    assert "Beauvais" in html(page)
    page.button(key=key("voir", number=1)).click().run()
    (radio,) = doubts(page)
    radio.set_value(radio.options[0]).run()
    assert "retrait de 1 réunion en attente" in texts(page)


def test_one_that_somebody_else_has_just_thrown_away_is_no_longer_there(own: Path) -> None:
    keep_waiting(own, NEW)
    page = opened()
    gone = waiting.gone(str(one["code"]) for one in questions.drafts(data.database()))
    changes.commit(data.database(), gone, store.Batch(journal.WAITING, "Jeté"))
    pressed(page, "reprendre")
    assert page.text_area(key=key("texte")).value == ""
