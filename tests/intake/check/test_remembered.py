"""What was answered about a name in one import is not asked again in the next: said there, changed there, undone."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pytest

from netstats.intake import bootstrap, changes, journal
from netstats.intake.check.sheets import CheckResult, check_sheets
from netstats.intake.questions import NONE, Answers, Question, Topic, recalled_words
from netstats.intake.read.files import read_file
from netstats.intake.read.matching import Matching, match, rematch
from netstats.intake.read.remembered import as_before
from netstats.intake.read.remembered import by_hand as by_hand_of
from netstats.intake.rejects import rejects_file
from netstats.intake.snapshot import read_snapshot
from netstats.reference.gazetteer import Gazetteer
from netstats.store import Batch, Database, open_database
from netstats.wording import NO_BREAK

HEADER = "Réseau;Date;Nature;Territoires présents\n"
MARCH = "Hauts-de-France;12/03/2024;atelier;Valencienne\n"
APRIL = 'Hauts-de-France;09/04/2024;atelier;"Lille ; Valencienne"\n'


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture
def database(real_path: Path, tmp_path: Path) -> Iterator[Database]:
    with open_database(Path(shutil.copy(real_path, tmp_path / "netstats.duckdb"))) as opened:
        yield opened


class Imports:
    """Imports one after the other."""

    def __init__(self, database: Database, gazetteer: Gazetteer) -> None:
        self.database, self.gazetteer = database, gazetteer

    def check(self, text: str, answers: Mapping[str, str] | None = None, name: str = "reunions.csv") -> CheckResult:
        self.matchings = [match(grid) for grid in read_file(name, text.encode())]
        return check_sheets(self.matchings, read_snapshot(self.database, self.gazetteer), answers=answers)

    def answer(self, text: str, said: str) -> CheckResult:
        """Return the import once its only question is answered by what begins so."""
        (question,) = self.check(text).questions
        code = next(one.code for one in question.options if one.label.startswith(said))
        found = self.check(text, {question.key: code})
        assert found.questions == ()
        return found

    def save(self, found: CheckResult) -> int:
        number = changes.commit(self.database, found.change_set, Batch(journal.ENTRY, "Essai", answers=found.answers))
        assert number
        return number

    def undo(self, number: int) -> int:
        taken_back = Batch(journal.UNDO, "Annulation", undone=number)
        undoing = changes.commit(self.database, changes.undo(self.database, number), taken_back)
        assert undoing
        return undoing


@pytest.fixture
def imports(database: Database, gazetteer: Gazetteer) -> Imports:
    return Imports(database, gazetteer)


def present(found: CheckResult) -> list[str]:
    return sorted(found.change_set.rows["attendance"]["territory_code"])


def words(found: CheckResult) -> list[str]:
    return [one.replace(NO_BREAK, " ") for one in recalled_words(found.recalled)]


def test_a_near_name_is_asked_once_for_all_files(imports: Imports) -> None:
    imports.save(imports.answer(HEADER + MARCH, "Valenciennes"))
    found = imports.check(HEADER + APRIL, name="reunions-avril.csv")
    assert found.questions == ()
    assert present(found) == ["59350", "59606"]
    assert words(found) == ["« Valencienne » = Valenciennes (59)"], "it is said"
    assert found.answers == {}, "what was not answered here is not kept here"


def test_a_homonym_too(imports: Imports) -> None:
    text = HEADER + MARCH.replace("Valencienne", "Saint-Rémy")
    first = imports.answer(text, "Saint-Rémy (21)")
    imports.save(first)
    found = imports.check(text.replace("12/03", "09/04"))
    assert (found.questions, present(found)) == ((), present(first))
    assert words(found)[0].startswith("« Saint-Rémy » = Saint-Rémy (21), commune")


def test_names_of_lists_and_the_sheet_of_presences_too(imports: Imports) -> None:
    imports.save(imports.answer(HEADER + MARCH, "Valenciennes"))
    sheet = "Réseau;Date;Collectivité\nHauts-de-France;12/03/2024;Valencienne\n"
    found = imports.check(sheet, name="presences.csv")
    assert (found.questions, found.issues) == ((), ())
    network = "Réseau;Date;Nature\nHauts-de-Frange;10/05/2024;atelier\n"
    imports.save(imports.answer(network, "Hauts-de-France"))
    assert imports.check(network.replace("10/05", "10/07")).questions == ()


def test_another_network_asks_for_itself(imports: Imports) -> None:
    imports.save(imports.answer(HEADER + MARCH, "Valenciennes"))
    assert imports.check(HEADER + APRIL.replace("Hauts-de-France", "Île-de-France")).questions


def test_what_is_answered_now_goes_first_and_is_kept_from_then_on(imports: Imports) -> None:
    imports.save(imports.answer(HEADER + MARCH, "Valenciennes"))
    (recalled,) = imports.check(HEADER + APRIL).recalled
    other = next(one.code for one in recalled.options if one.code not in {recalled.recalled, NONE})
    found = imports.check(HEADER + APRIL, {recalled.key: other})
    assert (found.recalled, found.unused_answers) == ((), ())
    second = imports.save(found)
    (recalled,) = imports.check(HEADER + APRIL.replace("09/04", "10/05")).recalled
    assert recalled.recalled == other
    undoing = imports.undo(second)
    assert words(imports.check(HEADER + APRIL)) == ["« Valencienne » = Valenciennes (59)"]
    imports.undo(undoing)
    assert imports.check(HEADER + APRIL).recalled[0].recalled == other, "put in again"


def test_none_of_them_puts_an_end_to_it(imports: Imports) -> None:
    imports.save(imports.answer(HEADER + MARCH, "Valenciennes"))
    (recalled,) = imports.check(HEADER + APRIL).recalled
    good = "Hauts-de-France;07/05/2024;atelier;Lille\n"
    imports.save(imports.check(HEADER + APRIL + good, {recalled.key: NONE}))
    assert [one.key for one in imports.check(HEADER + APRIL).questions] == [recalled.key], "asked again"


def test_a_word_that_was_refused_is_not_kept(imports: Imports) -> None:
    """It may be a surname."""
    (question,) = imports.check(HEADER + MARCH).questions
    good = "Hauts-de-France;07/05/2024;atelier;Lille\n"
    imports.save(imports.check(HEADER + MARCH + good, {question.key: NONE}))
    assert imports.database.ask("FROM batch")["answers"].isna().all()


def test_an_undo_forgets(imports: Imports) -> None:
    number = imports.save(imports.answer(HEADER + MARCH, "Valenciennes"))
    imports.undo(number)
    assert imports.check(HEADER + APRIL).questions


def test_an_undone_answer_changed_since_does_not_stand_in_the_way(imports: Imports) -> None:
    number = imports.save(imports.answer(HEADER + MARCH, "Valenciennes"))
    (recalled,) = imports.check(HEADER + APRIL).recalled
    other = next(one.code for one in recalled.options if one.code not in {recalled.recalled, NONE})
    imports.save(imports.check(HEADER + APRIL, {recalled.key: other}))
    imports.undo(number)
    assert imports.check(HEADER + MARCH).recalled[0].recalled == other


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Réseau;Date;Nature\nHauts-de-France;03/13/2024;atelier\n", "mois/jour"),
        (HEADER + "Grand Nord;12/03/2024;atelier;\n", "Ajouter le réseau « Grand Nord » (national)"),
        (
            "Réseau;Date;Nature;Confirmé\nHauts-de-France;12/03/2024;atelier;oui\nHauts-de-France;13/03/2024;atelier;non\n",
            "Toutes",
        ),
    ],
)
def test_what_is_of_one_file_is_not_kept(imports: Imports, text: str, said: str) -> None:
    (question,) = imports.check(text).questions
    code = next(one.code for one in question.options if one.label.replace(NO_BREAK, " ").startswith(said))
    found = imports.check(text, {question.key: code})
    assert found.questions == ()
    imports.save(found)
    assert set(read_snapshot(imports.database, imports.gazetteer).answers.values()) <= {code} - {"month", "toutes"}
    assert imports.check(text).recalled == ()


def test_the_lines_to_correct_ask_nothing_again(imports: Imports) -> None:
    wrong = "Hauts-de-France;31/02/2024;atelier;Valencienne\n"
    found = imports.answer(HEADER + MARCH + wrong, "Valenciennes")
    rest = rejects_file(imports.matchings, found.issues, found.held_back, found.questions)
    imports.save(found)
    assert rest
    again = imports.check(rest.content.decode("utf-8-sig").replace("31/02/2024", "29/02/2024"), name=rest.name)
    assert (again.questions, again.issues, present(again)) == ((), (), ["59606"])


def test_a_date_to_correct_beside_keeps_the_order_that_was_told(imports: Imports) -> None:
    """Alone in the file to correct, 03/12/2024 would be the 3rd of December."""
    good, wrong = "Hauts-de-France;03/13/2024;atelier;\n", "Hauts-de-France;03/12/2024;xyz;Lille\n"
    (order,) = (one for one in imports.check(HEADER + good + wrong).questions if one.topic.about == "ordre des dates")
    found = imports.check(HEADER + good + wrong, {order.key: "month"})
    rest = rejects_file(imports.matchings, found.issues, found.held_back, found.questions, found.dates)
    assert rest
    again = imports.check(rest.content.decode("utf-8-sig").replace("xyz", "atelier"), name=rest.name)
    assert (again.questions, again.issues) == ((), ())
    assert again.change_set.rows["meeting"]["held_on"].astype(str).tolist() == ["2024-03-12"]


def answered_before(imports: Imports, database: Database) -> Path:
    """Return a database of an older version that holds an answer."""
    imports.save(imports.answer(HEADER + MARCH, "Valenciennes"))
    path = database.path
    assert path
    with database.transaction() as cursor:
        cursor.execute("UPDATE build SET made = 'une version plus ancienne'")
    database.close()
    return path


def test_they_go_over_into_a_newer_database(
    imports: Imports, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = answered_before(imports, database)
    monkeypatch.setenv("NETSTATS_DATABASE", str(path))
    with bootstrap.open_or_build() as newer:
        assert list(read_snapshot(newer).answers.values()) == ["Valenciennes (59)"]


def test_a_database_that_knew_no_answers_is_carried_over(
    imports: Imports, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = answered_before(imports, database)
    with duckdb.connect(path) as connection:
        connection.execute("CREATE TABLE older AS SELECT * EXCLUDE (answers) FROM batch")
        connection.execute("DROP TABLE batch")
        connection.execute("ALTER TABLE older RENAME TO batch")
    monkeypatch.setenv("NETSTATS_DATABASE", str(path))
    with bootstrap.open_or_build() as newer:
        assert read_snapshot(newer).answers == {}
        assert len(newer.ask("FROM batch")) == 2


def test_one_word_in_two_columns_is_one_question(imports: Imports) -> None:
    meetings = "Réseau;Date;Nature;Thèmes\nHauts-de-Frange;12/03/2024;atelier;Stupéfient\n"
    actions = (
        "Réseau;Date;Type d’action;Thème;Description\nHauts-de-Frange;06/05/2020;Médiation;Stupéfient;Aller voir\n"
    )
    files = [("reunions.csv", meetings), ("actions.csv", actions)]
    matchings = [match(grid) for name, text in files for grid in read_file(name, text.encode())]
    snapshot = read_snapshot(imports.database, imports.gazetteer)
    network, theme = check_sheets(matchings, snapshot).questions
    found = check_sheets(
        matchings, snapshot, answers={network.key: "Hauts-de-France", theme.key: theme.options[0].code}
    )
    assert (found.questions, found.issues) == ((), ())
    assert list(found.change_set.rows["action"]["theme_code"]) == ["stupefient"]
    assert list(found.change_set.rows["meeting_theme"]["theme_code"]) == ["stupefient"]


def test_one_question_of_very_many_lines_takes_no_longer_for_each() -> None:
    """60,000 lines of one unknown name took a minute."""

    def seconds(lines: int) -> float:
        asked, begun = Answers({}), time.process_time()
        for line in range(lines):
            asked.ask(Question(Topic("valeur", "", "territoire x"), "?", ()), "a.csv", "", line)
        assert len(asked.questions[0].lines) == lines
        return time.process_time() - begun

    assert min(seconds(80_000) for _ in range(2)) < 40 * max(seconds(8_000), 0.005)


def columns(imports: Imports, text: str, **by_hand: int) -> tuple[Matching, dict[str, str]]:
    """Return a sheet as earlier imports and a person understand it, and what is to be kept of that."""
    kept = read_snapshot(imports.database, imports.gazetteer).answers
    (grid,) = read_file("reunions.csv", text.encode())
    found = as_before(match(grid), kept)
    chosen = {name: column for name, column in found.columns.items() if column not in by_hand.values()} | by_hand
    chosen = {name: column for name, column in chosen.items() if column >= 0}
    return found, by_hand_of(rematch(found, found.form, chosen), kept)


def keep(imports: Imports, answers: Mapping[str, str], month: str) -> None:
    """Save a meeting of that month, and what was answered beside it."""
    found = imports.check(f"Réseau;Date;Nature\nHauts-de-France;15/{month}/2024;atelier\n")
    changes.commit(imports.database, found.change_set, Batch(journal.IMPORT, "Essai", answers=answers))


def test_columns_that_were_matched_by_hand_are_taken_again(imports: Imports) -> None:
    """And told; another choice ends the first."""
    may = "Réseau;Nature;Moment;Titre;Salle\nHauts-de-France;atelier;12/05/2024;Essai;Mairie\n"
    found, kept = columns(imports, may, date=2, place=4)
    assert set(found.columns) == {"network", "kind", "title"}
    assert len(kept) == 2
    keep(imports, kept, "01")
    june = "Moment;Réseau;Salle;Nature\n12/06/2024;Hauts-de-France;Mairie;atelier\n"
    found, kept = columns(imports, june)
    assert (found.columns["date"], found.columns["place"]) == (0, 2)
    assert "Colonnes comprises comme dans un import précédent : « Moment » et « Salle »." in " ".join(
        notice.replace(NO_BREAK, " ") for notice in found.notices
    )
    assert kept == {}, "nothing new"
    _, kept = columns(imports, june, place=-1)
    keep(imports, kept, "02")
    assert "place" not in columns(imports, june)[0].columns


def test_a_column_that_has_the_header_is_not_replaced_by_one_that_was_matched_by_hand(imports: Imports) -> None:
    _, kept = columns(imports, "Réseau;Nature;Moment\nHauts-de-France;atelier;12/05/2024\n", date=2)
    keep(imports, kept, "01")
    both = "Réseau;Nature;Date;Moment\nHauts-de-France;atelier;12/06/2024;13/06/2024\n"
    found, kept = columns(imports, both)
    assert found.columns["date"] == 2
    assert found.ignored == ("Moment",)
    assert kept == {}, "no choice: without a column « Date », it is read as before"
    _, kept = columns(imports, both, date=3)
    keep(imports, kept, "02")
    assert columns(imports, both)[0].columns["date"] == 3, "chosen by hand over « Date »"


def test_what_the_headers_say_is_not_kept_and_may_be_changed_by_hand(imports: Imports) -> None:
    text = "Réseau;Nature;Date;Titre\nHauts-de-France;atelier;12/05/2024;Essai\n"
    assert columns(imports, text)[1] == {}
    _, kept = columns(imports, text, title=-1)
    keep(imports, kept, "03")
    assert "title" not in columns(imports, text)[0].columns
    other = "Réseau;Date;Territoire\nHauts-de-France;12/05/2024;Lille\n"
    (grid,) = read_file("presences.csv", other.encode())
    assert as_before(match(grid), kept).columns == match(grid).columns, "of another form"


def test_a_header_that_names_a_person_is_not_kept(imports: Imports) -> None:
    text = "Réseau;Nature;Mme Jeanne Durand;Date\nHauts-de-France;atelier;Mairie;12/05/2024\n"
    assert columns(imports, text, place=2)[1] == {}
