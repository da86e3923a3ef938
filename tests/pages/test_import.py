"""The page « Importer », step by step: read, corrected, asked, refused, shown, saved."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from netstats.catalogue import journal as questions
from netstats.intake import changes, journal
from netstats.intake.changes import ChangeSet
from netstats.store import Batch
from netstats.ui.base import data
from netstats.ui.data import import_work
from netstats.ui.data.journal import archive
from netstats.wording import NO_BREAK
from tests.intake.read.samples import sheet
from tests.pages.visitor import at_rest, before, captions, html, plain, said

NETWORK = "Hauts-de-France"
HEADERS = ["Réseau", "Date", "Nature", "Participants", "Territoires présents"]
GOOD = [NETWORK, "12/03/2026", "réunion de réseau", "16", "Lille ; Beauvais"]
HOMONYM = [NETWORK, "mars 2026", "webinaire", "", "Saint-Rémy"]
WRONG = [NETWORK, "99/03/2026", "réunion de réseau", "", "Beauvai"]

File = tuple[str, bytes, str]


@pytest.fixture(autouse=True)
def own(databases: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real activity, that the test may change."""
    path = Path(shutil.copy(databases("real"), tmp_path / "netstats.duckdb"))
    monkeypatch.setenv("NETSTATS_DATABASE", str(path))
    return path


def arrive(script: str = "pages/data/importing.py") -> AppTest:
    return at_rest(before(script).run())


def csv(*rows: Sequence[str], headers: Sequence[str] = HEADERS, name: str = "reunions.csv") -> File:
    lines = [";".join(f'"{cell}"' for cell in row) for row in (headers, *rows)]
    return (name, "\n".join(lines).encode(), "text/csv")


def bring(page: AppTest, *files: File) -> AppTest:
    return page.file_uploader[0].set_value(list(files)).run()


def steps(page: AppTest) -> list[str]:
    return [header.value.replace("\\", "") for header in page.header]


def counts(page: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.metric}


def save(page: AppTest, who: str = "secrétariat") -> AppTest:
    page.text_input(key="auteur").set_value(who).run()
    return press_save(page)


def press_save(page: AppTest) -> AppTest:
    return next(button for button in page.button if button.label == "Enregistrer").click().run()


def done(page: AppTest) -> list[str]:
    return plain(*page.success)


def last_entry() -> pd.Series:
    return questions.entries(data.database()).iloc[0]


def meetings() -> int:
    return int(data.database().ask("SELECT count(*) AS n FROM meeting").iloc[0]["n"])


def test_the_page_begins_with_sheets_to_fill_in_and_what_can_be_read() -> None:
    page = arrive()
    assert steps(page) == ["1. Choisir les fichiers"]
    labels = [button.label for button in page.download_button]
    assert labels == ["Télécharger le modèle (.xlsx)", "Réunions (.csv)", "Présences (.csv)", "Actions (.csv)"]
    (told,) = captions(page)[-1:]
    assert "20 Mo et 200 000 lignes au plus" in told.replace("\u202f", " ")
    assert "Rien n’est enregistré avant l’étape 6" in said(page)[0]


def test_good_lines_go_in_without_those_that_are_asked_or_refused() -> None:
    page = at_rest(bring(arrive(), csv(GOOD, HOMONYM, WRONG)))
    assert [step[:2] for step in steps(page)] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert page.radio[0].value is None, "nothing is chosen for a person"
    assert "« Saint-Rémy » désigne 9 territoires" in html(page)
    refused = html(page)
    assert "« 99/03/2026 » n’existe pas dans le calendrier" in refused
    assert "« Beauvai » n’est le nom d’aucun territoire connu. Que faut-il lire" in refused.replace(NO_BREAK, " ")
    assert any("reunions-a-corriger.csv" in button.label.replace("\\", "") for button in page.download_button)
    assert counts(page) == {"Nouvelles": "1", "Modifiées": "0", "Inchangées": "0", "Refusées": "1"}
    assert '<span class="tag">+ ajout</span>' in html(page)
    before = meetings()
    page = at_rest(save(page))
    assert done(page) == [
        "Enregistré : entrée n° 2 du journal. Import de reunions.csv. Ajout de 1 réunion et 2 présences."
    ]
    assert meetings() == before + 1
    entry = last_entry()
    assert (entry["kind"], entry["author"], entry["source"]) == (journal.IMPORT, "secrétariat", "reunions.csv")
    assert steps(page) == ["1. Choisir les fichiers", "Ce qui reste à corriger"], "the next import begins"
    page = at_rest(page.switch_page("pages/data/journal.py").run())
    page = at_rest(page.switch_page("pages/data/importing.py").run())
    assert "« 99/03/2026 » n’existe pas dans le calendrier" in html(page)
    assert any("reunions-a-corriger.csv" in button.label.replace("\\", "") for button in page.download_button)
    content = import_work.rejects(*reversed(page.session_state["import_en_cours"].left))
    assert "99/03/2026" in content.decode("utf-8-sig")
    page = at_rest(save(bring(page, csv([*GOOD[:1], "13/06/2026", *GOOD[2:]]))))
    assert steps(page) == ["1. Choisir les fichiers"], "nothing is left"


def test_an_answer_lets_its_line_in_and_can_be_changed() -> None:
    page = at_rest(bring(arrive(), csv(HOMONYM)))
    assert counts(page)["Nouvelles"] == "0"
    options = page.radio[0].options
    assert len(options) > 2
    page = at_rest(page.radio[0].set_value(_code(page, 1)).run())
    assert counts(page)["Nouvelles"] == "1"
    assert "1 réponse donnée sur 1" in " ".join(captions(page))
    page = at_rest(page.radio[0].set_value(_code(page, 0)).run())
    first = _code(page, 0)
    at_rest(save(page))
    present = data.database().ask("SELECT territory_code FROM attendance WHERE batch_id = 2")
    assert list(present["territory_code"]) == [first]


def test_an_answer_holds_for_the_next_file_which_says_so_and_lets_it_be_changed() -> None:
    near = [NETWORK, "12/03/2024", "atelier", "", "Valencienne"]
    page = at_rest(bring(arrive(), csv(near)))
    page = at_rest(page.radio[0].set_value("Valenciennes (59)").run())
    page = at_rest(save(page))
    page = at_rest(bring(page, csv([NETWORK, "09/04/2024", *near[2:]], name="avril.csv")))
    told = "Réponses reprises d’imports précédents : « Valencienne » = Valenciennes (59)."
    assert [line.replace(NO_BREAK, " ").replace("\\", "") for line in said(page)].count(told) == 2, "steps 3 and 5"
    assert "1 réponse donnée sur 1" in " ".join(captions(page))
    assert "réponse d’un import précédent" in html(page)
    assert (page.radio[0].value, counts(page)["Nouvelles"]) == ("Valenciennes (59)", "1")
    page = at_rest(page.radio[0].set_value(_code(page, 1)).run())
    assert not any("Réponses reprises" in line for line in said(page))
    at_rest(press_save(page))
    present = data.database().ask("SELECT territory_code FROM attendance WHERE batch_id = 3")
    assert list(present["territory_code"]) != ["59606"]


def _code(page: AppTest, rank: int) -> str:
    """The code of an option of the first question."""
    (question,) = page.session_state["import_en_cours"].questions.values()
    return str(question.options[rank].code)


def test_the_same_file_again_changes_nothing() -> None:
    page = at_rest(save(at_rest(bring(arrive(), csv(GOOD)))))
    page = at_rest(bring(page, csv(GOOD)))
    assert "Rien à changer : 1 ligne lue est déjà dans la base." in said(page)
    assert counts(page) == {"Nouvelles": "0", "Modifiées": "0", "Inchangées": "1", "Refusées": "0"}
    assert not [button for button in page.button if button.label == "Enregistrer"]


def test_every_page_shows_new_figures_at_once() -> None:
    page = before().run()
    earlier = int(counts(page)["Réunions"])
    page = at_rest(page.switch_page("pages/data/importing.py").run())
    save(at_rest(bring(page, csv(GOOD))))
    overview = at_rest(page.switch_page("pages/analysis/overview.py").run())
    assert counts(overview)["Réunions"] == str(earlier + 1)
    assert "12 mars 2026" in html(overview).replace("\u00a0", " ")


def test_a_column_is_matched_by_hand_when_its_header_is_not_known() -> None:
    headers = ["Réseau", "Quand cela se tint", "Nature"]
    page = at_rest(bring(arrive(), csv([NETWORK, "12/03/2026", "webinaire"], headers=headers)))
    assert "Colonnes que rien ne lit : « Quand cela se tint »." in captions(page)
    assert "Date :" not in html(page)
    box = page.selectbox(key="import-0-colonne-0-reunions-date")
    page = at_rest(box.set_value(1).run())
    assert "12 mars 2026" in html(page).replace("\u00a0", " ")


def test_a_column_of_persons_is_never_offered() -> None:
    page = at_rest(bring(arrive(), csv([*GOOD, "x"], headers=[*HEADERS, "Nom du maire"])))
    assert any("Colonne « Nom du maire »" in text and "refusée" in text for text in said(page))
    for box in page.selectbox:
        if box.key and "colonne" in box.key:
            assert "Nom du maire" not in box.options


def test_a_sheet_can_be_put_aside_or_be_something_else() -> None:
    page = at_rest(bring(arrive(), csv(GOOD)))
    page = at_rest(page.selectbox(key="import-0-forme-0").set_value("").run())
    assert any("Aucune feuille n’est à lire" in text for text in said(page))
    page = at_rest(page.selectbox(key="import-0-forme-0").set_value("reunions").run())
    assert counts(page)["Nouvelles"] == "1"


def test_sheets_of_a_workbook_are_read_together() -> None:
    rows: list[list[object]] = [["Réseau", "Date", "Territoire"], [NETWORK, "6/05/2020", "Saint-Quentin"]]
    files = [csv(GOOD), ("presences.xlsx", sheet(rows), "")]
    page = at_rest(bring(arrive(), *files))
    assert counts(page)["Nouvelles"] == "2"
    at_rest(save(page))
    assert last_entry()["label"] == "Import de reunions.csv et presences.xlsx"


def test_the_whole_data_set_is_read_back_without_a_change() -> None:
    with zipfile.ZipFile(io.BytesIO(archive(data.database()))) as files:
        sent = [(name, files.read(name), "text/csv") for name in files.namelist()]
    page = at_rest(bring(arrive(), *sent))
    assert any(text.startswith("Rien à changer") for text in said(page))
    assert {kind: count for kind, count in counts(page).items() if kind != "Inchangées"} == {
        "Nouvelles": "0",
        "Modifiées": "0",
        "Refusées": "0",
    }


def test_two_files_of_one_name_are_told_apart() -> None:
    page = at_rest(bring(arrive(), csv(GOOD), csv(WRONG)))
    assert "reunions (2).csv, ligne 2" in html(page)


def test_a_file_that_cannot_be_read_says_why_and_the_others_go_on() -> None:
    page = bring(arrive(), ("plan.xlsx", b"%PDF-1.7 x", ""), csv(GOOD))
    (error,) = plain(*page.error)
    assert "« plan.xlsx » est un document PDF" in error
    assert counts(page)["Nouvelles"] == "1"


def test_what_is_in_a_file_is_never_markup() -> None:
    harm = "<script>pwned=1</script><img src=x onerror=pwned=1> **gras** :red[x] $x$"
    title = [*HEADERS, "Titre", harm]
    page = at_rest(bring(arrive(), csv([*GOOD, harm, "1"], [*WRONG[:4], harm, "t", "2"], headers=title)))
    assert "<script>pwned" not in html(page)
    assert "<img src=x" not in html(page)
    assert "&lt;script&gt;pwned=1" in html(page)
    for element in (*page.caption, *page.markdown, *page.warning, *page.info):
        assert "**gras**" not in element.value


def test_somebody_else_has_written_before_it_is_saved() -> None:
    page = at_rest(bring(arrive(), csv(GOOD)))
    at_rest(page.text_input(key="auteur").set_value("AB").run())
    write_beside()
    page = at_rest(press_save(page))
    assert not done(page), "what would change now was not seen"
    assert any("Les données ont changé depuis" in text and "relisez" in text.lower() for text in said(page))
    assert counts(page)["Modifiées"] == "1"
    assert last_entry()["kind"] == journal.ENTRY
    at_rest(press_save(page))
    assert last_entry()["kind"] == journal.IMPORT


def test_somebody_else_has_written_while_one_looks() -> None:
    page = at_rest(bring(arrive(), csv(GOOD)))
    write_beside()
    page = at_rest(page.run())
    assert any("ont changé depuis que cette différence" in text for text in said(page))
    assert counts(page)["Modifiées"] == "1"
    assert not any("ont changé" in text for text in said(at_rest(page.run()))), "said once"


def write_beside() -> None:
    meeting = data.database().ask("SELECT * EXCLUDE (batch_id) FROM meeting WHERE code = 'hauts-de-france-sans-date-1'")
    changes.commit(data.database(), _one_more(meeting), Batch(journal.ENTRY, "une autre saisie"))


def _one_more(meeting: pd.DataFrame) -> ChangeSet:
    code = "hauts-de-france-2026-03-12"
    row = meeting.assign(code=code, network_code="hauts-de-france", held_on=pd.Timestamp("2026-03-12"))
    return ChangeSet({"meeting": row.assign(date_precision="day", kind="réunion de réseau", title="Déjà là")})


def test_a_page_that_was_left_finds_its_import_again() -> None:
    page = at_rest(bring(arrive(), csv(HOMONYM)))
    page = at_rest(page.radio[0].set_value(_code(page, 1)).run())
    at_rest(page.switch_page("pages/data/journal.py").run())
    page = at_rest(page.switch_page("pages/data/importing.py").run())
    assert any("il vous attendait ici" in text for text in said(page))
    assert counts(page)["Nouvelles"] == "1", "the answer too"
    page = at_rest(page.button(key="import-0-recommencer").click().run())
    assert steps(page) == ["1. Choisir les fichiers"]


def test_empty_cells_clear_only_when_asked() -> None:
    held = csv([NETWORK, "6/05/2020", "réunion de réseau", ""], headers=HEADERS[:4])
    page = at_rest(bring(arrive(), held))
    assert counts(page)["Modifiées"] == "0"
    page = at_rest(page.toggle[0].set_value(True).run())
    assert counts(page)["Modifiées"] == "1"
    assert "<del>9</del> → <ins>" in html(page)
    page = at_rest(page.toggle[0].set_value(False).run())
    assert counts(page)["Modifiées"] == "0"


@pytest.mark.parametrize("who", ["", "Jean Dupont"])
def test_it_is_saved_in_the_name_of_a_service(who: str) -> None:
    page = save(at_rest(bring(arrive(), csv(GOOD))), who)
    told = " ".join([*said(page), *plain(*page.error)])
    assert "initiales" in told
    assert not done(page)
    assert len(questions.entries(data.database())) == 1
    page = at_rest(save(page, "AB"))
    assert done(page)


def test_many_refused_lines_are_shown_by_twenty_and_all_are_in_the_file_to_mend() -> None:
    page = at_rest(bring(arrive(), csv(*[WRONG] * 2_500)))
    assert html(page).count('class="when"') == 20
    assert [button for button in page.download_button if "reunions-a-corriger.csv" in button.label.replace("\\", "")]
    work = page.session_state["import_en_cours"]
    (sheet_read,) = next(iter(work.files.values())).sheets
    content = import_work.rejects([sheet_read.automatic], work.review.preview.result)
    assert len(content.decode("utf-8-sig").splitlines()) == 2_501


def test_many_changes_are_shown_by_twenty_and_by_kind() -> None:
    rows = [[NETWORK, f"{day:%d/%m/%Y}", "webinaire", "", "Lille"] for day in pd.date_range("2024-01-01", periods=60)]
    page = at_rest(bring(arrive(), csv(*rows)))
    assert html(page).count('class="tag"') == 20
    (box,) = [box for box in page.selectbox if box.label == "Montrer"]
    page = at_rest(box.set_value("attendance ajout").run())
    assert "présence <b>Lille" in html(page)
    assert "réunion <b>" not in html(page)


def test_a_database_that_cannot_be_written_says_so(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = data.database()
    monkeypatch.setattr(database, "writable", False)
    page = arrive()
    assert any("La base est ouverte en lecture seule" in text for text in said(page))
    assert not page.file_uploader


def test_too_many_cells_in_all_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_work, "MOST_CELLS", 15)
    page = bring(arrive(), csv(GOOD), csv(WRONG))
    (error,) = plain(*page.error)
    assert "ensemble, ils sont trop grands" in error
    assert counts(page)["Nouvelles"] == "1"


@pytest.mark.parametrize(
    ("name", "kept"), [("Jean Dupont.xlsx", "fichier.xlsx"), ("réunions 2026.xlsx", "réunions 2026.xlsx")]
)
def test_the_journal_keeps_no_person_in_the_name_of_a_file(name: str, kept: str) -> None:
    at_rest(save(at_rest(bring(arrive(), csv(GOOD, name=name)))))
    assert last_entry()["source"] == kept


def test_a_question_goes_with_the_column_that_asks_it() -> None:
    page = at_rest(bring(arrive(), csv(HOMONYM)))
    page = at_rest(page.selectbox(key="import-0-colonne-0-reunions-present").set_value(-1).run())
    assert not page.radio
    assert "Aucune question : tout ce qui est lu n’a qu’un sens." in captions(page)
