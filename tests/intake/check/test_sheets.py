"""What the lines of files mean: rows to write, refusals that say everything, questions, and nothing guessed."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netstats import store
from netstats.intake.check.run import Run
from netstats.intake.check.sheets import CheckResult, check_sheets
from netstats.intake.export import csv_files
from netstats.intake.forms import ACTIONS, ATTENDANCE, BY_NAME, FORMS, MEETINGS, Form
from netstats.intake.issues import Issue
from netstats.intake.questions import NEW, NONE, Question
from netstats.intake.read.files import Grid, read_file
from netstats.intake.read.matching import Matching, match, rematch
from netstats.intake.rejects import rejects_file
from netstats.intake.snapshot import Snapshot, own_territories, read_snapshot
from netstats.reference.gazetteer import Gazetteer
from netstats.reference.territories import Own
from netstats.wording import NO_BREAK

TODAY = date(2026, 11, 23)
HDF = "Hauts-de-France"
MAY_6 = "hauts-de-france-2020-05-06"  # nine towns, ten actions, « Réunion du réseau Hauts-de-France »


@pytest.fixture(scope="module")
def known(real_database: store.Database) -> Snapshot:
    return read_snapshot(real_database)


@pytest.fixture(scope="module")
def nothing(known: Snapshot) -> Snapshot:
    """A database of the official geography alone."""
    return Snapshot(
        {table: rows.iloc[:0] for table, rows in known.rows.items()}, known.regions, Gazetteer.load(own=Own())
    )


def sheet(form: Form, header: str, *rows: Sequence[object], file: str = "essai.xlsx") -> Matching:
    """Return a sheet with these headers, separated by bars; its first line of data is line 2."""
    headers: list[object] = [name.strip() for name in header.split("|")]
    assert all(len(row) == len(headers) for row in rows)
    grid = Grid(file, form.title, [headers, *map(list, rows)], list(range(1, len(rows) + 2)), ())
    return match(grid, form)


def judged(
    known: Snapshot, *sheets: Matching, answers: dict[str, str] | None = None, clears: bool = False
) -> CheckResult:
    return check_sheets(sheets, known, answers=answers, empty_clears=clears, today=TODAY)


def rows(verdict: CheckResult, table: str) -> list[dict[str, object]]:
    """Return the rows to write, None for what is unknown."""
    frame = verdict.change_set.rows.get(table)
    if frame is None:
        return []
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


def only(verdict: CheckResult, table: str) -> dict[str, object]:
    (row,) = rows(verdict, table)
    return row


def said(verdict: CheckResult) -> list[str]:
    return [str(refusal).replace(NO_BREAK, " ") for refusal in verdict.issues]


def question(verdict: CheckResult) -> Question:
    (asked,) = verdict.questions
    return asked


def counts(verdict: CheckResult, form: Form = MEETINGS) -> tuple[int, int, int, int]:
    found = verdict.lines["essai.xlsx", form.title]
    return found.read, found.good, found.refused, found.held_back


def same_rows(frame: pd.DataFrame, other: pd.DataFrame) -> bool:
    columns = list(other.columns)
    one, two = (part[columns].sort_values(columns).reset_index(drop=True).astype(object) for part in (frame, other))
    return one.where(one.notna(), None).equals(two.where(two.notna(), None))


# --- the whole data set -----------------------------------------------------------------------------------


def exported(database: store.Database, known: Snapshot) -> list[Matching]:
    territories = database.ask("SELECT code, name FROM territory")
    names = dict(zip(territories["code"], territories["name"], strict=True))
    return [match(grid) for name, content in csv_files(known.rows, names).items() for grid in read_file(name, content)]


def test_the_exported_data_set_is_read_back_to_the_identical_rows(
    real_database: store.Database, known: Snapshot
) -> None:
    verdict = check_sheets(exported(real_database, known), known, today=TODAY)
    assert not verdict.issues
    assert not verdict.questions
    assert set(verdict.change_set.rows) == set(known.rows) - {"draft"}  # what waits for a person is in no file
    assert not verdict.change_set.removed
    for table, frame in verdict.change_set.rows.items():
        assert same_rows(frame, known.rows[table]), table


def test_the_exported_data_set_fills_an_empty_database(
    real_database: store.Database, known: Snapshot, nothing: Snapshot
) -> None:
    verdict = check_sheets(exported(real_database, known), nothing, today=TODAY)
    assert not verdict.issues
    for table, frame in verdict.change_set.rows.items():
        assert same_rows(frame, known.rows[table]), table


def test_the_rows_can_be_written(real_database: store.Database, known: Snapshot) -> None:
    verdict = check_sheets(exported(real_database, known), known, today=TODAY)
    for table, frame in verdict.change_set.rows.items():
        with real_database.cursor() as cursor:
            cursor.execute(f"CREATE OR REPLACE TEMP TABLE draft AS FROM {table} LIMIT 0")
            cursor.append("draft", frame, by_name=True)


# --- meetings ---------------------------------------------------------------------------------------------


def test_a_new_meeting_takes_the_defaults(known: Snapshot) -> None:
    verdict = judged(known, sheet(MEETINGS, "Réseau | Nature | Date", [HDF, "Réunion de réseau", "12/03/2026"]))
    assert only(verdict, "meeting") == {
        "code": "hauts-de-france-2026-03-12",
        "network_code": "hauts-de-france",
        "kind": "réunion de réseau",
        "held_on": pd.Timestamp(2026, 3, 12),
        "date_precision": "day",
        "held_until": None,
        "sessions": 1,
        "format": "unknown",
        "place": None,
        "participants": None,
        "participants_precision": None,
        "participants_unit": None,
        "open_to_non_members": None,
        "status": "held",
        "title": "Réunion du réseau Hauts-de-France",
        "note": None,
        "source_url": None,
    }
    assert counts(verdict) == (1, 1, 0, 0)


def test_every_cell_of_a_new_meeting_is_kept(known: Snapshot) -> None:
    header = (
        "Réseau | Nature | Date | Date de fin | Séances | Format | Lieu | Participants | Unité"
        " | Ouverte aux non-membres | Statut | Titre | Thèmes | Territoires présents | Note | Source"
    )
    line = [
        *("réseau hauts de france", "ATELIER", "mars 2026", "15/04/2026", 2.0, "Présentiels", "Lille", "environ 50"),
        *("élus", "x", "Tenue", "=Atelier", "Stupéfiants ; police municipale", "Lille ; la ville de Roubaix"),
        *("Deux\nlignes", "https://ffsu.org/a"),
    ]
    verdict = judged(known, sheet(MEETINGS, header, line))
    assert not said(verdict)
    row = only(verdict, "meeting")
    assert row["code"] == "hauts-de-france-2026-03"
    assert (row["held_on"], row["date_precision"]) == (pd.Timestamp(2026, 3, 1), "month")
    assert (row["held_until"], row["sessions"], row["format"]) == (pd.Timestamp(2026, 4, 15), 2, "présentiel")
    assert (row["participants"], row["participants_precision"], row["participants_unit"]) == (50, "about", "élus")
    assert (row["open_to_non_members"], row["title"], row["note"]) == (True, "=Atelier", "Deux lignes")
    assert [row["theme_code"] for row in rows(verdict, "meeting_theme")] == ["stupefiants", "police-municipale"]
    assert [(row["territory_code"], row["printed_name"]) for row in rows(verdict, "attendance")] == [
        ("59350", "Lille"),
        ("59512", "la ville de Roubaix"),
    ]


def test_all_that_is_wrong_with_a_line_is_said(known: Snapshot) -> None:
    line = [
        "Haut de Franse",
        "réunion secrète",
        "31/02/2026",
        "tout le monde",
        "06 12 34 56 78",
        "Stupéfiant ; Licornes",
    ]
    verdict = judged(known, sheet(MEETINGS, "Réseau | Nature | Date | Participants | Note | Thèmes", line))
    assert counts(verdict) == (1, 0, 1, 0)
    refused = {refusal.where.column: refusal for refusal in verdict.issues}
    assert set(refused) == {"Date", "Participants", "Note"}
    assert [asked.options[0].code for asked in verdict.questions] == [
        HDF,
        "réunion de réseau",
        f"Ajouter le thème «{NO_BREAK}Licornes{NO_BREAK}» (famille Mesure et évaluation)",
    ]
    assert said(verdict)[0].startswith("Feuille Réunions, ligne 2, colonne ")
    assert not verdict.change_set.rows


def test_a_sentence_tells_where_what_and_what_may_be_meant(known: Snapshot) -> None:
    verdict = judged(known, sheet(ATTENDANCE, "Réunion | Territoire", [MAY_6, "Xyzzyx"], [MAY_6, "Beauvai"]))
    assert said(verdict) == [
        "Feuille Présences, ligne 2, colonne Territoire : « Xyzzyx » n’est le nom d’aucun territoire connu."
    ]
    asked = question(verdict)
    assert asked.sentence.replace(NO_BREAK, " ") == (
        "« Beauvai » n’est le nom d’aucun territoire connu. Que faut-il lire ?"
    )
    assert [option.code for option in asked.options][:2] == ["Beauvais (60)", "Beauval (80)"]


def test_the_same_meeting_by_network_and_date(known: Snapshot) -> None:
    verdict = judged(known, sheet(MEETINGS, "Réseau | Date | Lieu", [HDF, date(2020, 5, 6), "Lille"]))
    row = only(verdict, "meeting")
    assert (row["code"], row["place"], row["participants"]) == (MAY_6, "Lille", 9)


def test_another_title_on_the_same_day_is_a_question(known: Snapshot) -> None:
    there = sheet(MEETINGS, "Réseau | Nature | Date | Titre", [HDF, "atelier", "06/05/2020", "Atelier sur les rodéos"])
    verdict = judged(known, there)
    asked = question(verdict)
    assert counts(verdict) == (1, 0, 0, 1)
    assert asked.lines == (2,)
    assert [option.code for option in asked.options] == [MAY_6, NEW]
    assert "Atelier sur les rodéos" in asked.sentence
    assert [waiting.where.line for waiting in verdict.held_back] == [2]

    new = judged(known, there, answers={asked.key: NEW})
    assert only(new, "meeting")["code"] == f"{MAY_6}-2"
    same = judged(known, there, answers={asked.key: MAY_6})
    assert (only(same, "meeting")["code"], only(same, "meeting")["title"]) == (MAY_6, "Atelier sur les rodéos")
    assert judged(known, there, answers={asked.key: "autre chose"}).questions == verdict.questions


def test_a_code_of_its_own_for_the_same_meeting_is_a_question(known: Snapshot) -> None:
    line = ["mon-code", HDF, "réunion de réseau", "06/05/2020", "Réunion du réseau Hauts-de-France"]
    there = sheet(MEETINGS, "Code | Réseau | Nature | Date | Titre", line)
    asked = question(judged(known, there))
    assert only(judged(known, there, answers={asked.key: NEW}), "meeting")["code"] == "mon-code"
    assert only(judged(known, there, answers={asked.key: MAY_6}), "meeting")["code"] == MAY_6


def test_a_meeting_without_date(known: Snapshot) -> None:
    header = "Réseau | Nature | Titre | Date"
    known_one = "Réunion du réseau Hauts-de-France : mesure de la délinquance"
    verdict = judged(known, sheet(MEETINGS, header, [HDF, None, known_one, None], [HDF, "atelier", "Un autre", None]))
    assert [row["code"] for row in rows(verdict, "meeting")] == [
        "hauts-de-france-sans-date-1",
        "hauts-de-france-sans-date-3",
    ]
    dated = judged(known, sheet(MEETINGS, header, [HDF, None, "Réunion du réseau Hauts-de-France", None]))
    assert {option.code for option in question(dated).options} >= {MAY_6, NEW}


def test_a_sheet_without_its_dates_brings_no_new_meeting(known: Snapshot) -> None:
    header = "Réseau | Nature | Titre"
    known_one = "Réunion du réseau Hauts-de-France : mesure de la délinquance"
    verdict = judged(known, sheet(MEETINGS, header, [HDF, None, known_one], [HDF, "atelier", "Un autre"]))
    assert said(verdict) == [
        "Feuille Réunions, ligne 3, colonne Date : la colonne Date manque ; ajoutez-la ou faites-la correspondre, vide"
        " où la date est inconnue."
    ]
    assert only(verdict, "meeting")["code"] == "hauts-de-france-sans-date-1"
    assert not said(judged(known, sheet(MEETINGS, f"{header} | Date", [HDF, "atelier", "Un autre", None])))


def test_a_month_or_a_year_that_may_be_a_known_meeting_is_a_question(known: Snapshot) -> None:
    for written in ("décembre 2019", "2019", 2019):
        there = sheet(MEETINGS, "Réseau | Nature | Date | Lieu", [HDF, "atelier", written, "Douai"])
        asked = question(judged(known, there))
        assert "est-ce la même réunion" in asked.sentence
        assert "hauts-de-france-2019-12-04" in [option.code for option in asked.options]
        assert asked.options[-1].code == NEW
        new = only(judged(known, there, answers={asked.key: NEW}), "meeting")
        assert new["date_precision"] == ("month" if written == "décembre 2019" else "year")
        same = only(judged(known, there, answers={asked.key: "hauts-de-france-2019-12-04"}, clears=True), "meeting")
        assert (same["code"], same["held_on"], same["date_precision"], same["place"]) == (
            *("hauts-de-france-2019-12-04", pd.Timestamp(2019, 12, 4)),
            *("day", "Douai"),
        )
    assert not judged(known, sheet(MEETINGS, "Réseau | Nature | Date", [HDF, "atelier", "novembre 2018"])).questions


def test_a_day_inside_a_month_that_is_known_is_a_question(known: Snapshot) -> None:
    there = sheet(MEETINGS, "Réseau | Nature | Date", ["National", "atelier", "11/05/2023"])
    asked = question(judged(known, there))
    assert [option.code for option in asked.options] == ["national-2023-05", NEW]
    same = only(judged(known, there, answers={asked.key: "national-2023-05"}), "meeting")
    assert (same["held_on"], same["date_precision"]) == (pd.Timestamp(2023, 5, 11), "day")
    claimed = sheet(
        MEETINGS,
        "Réseau | Nature | Date",
        ["National", "atelier", "11/05/2023"],
        ["National", "atelier", "mai 2023"],
    )
    verdict = judged(known, claimed)  # the second line is that meeting: the first one is another
    assert not verdict.questions
    assert {row["code"] for row in rows(verdict, "meeting")} == {"national-2023-05", "national-2023-05-11"}


def test_doubles_of_a_file_name_the_other_line(known: Snapshot) -> None:
    line = [HDF, "atelier", "12/03/2026", "Un atelier"]
    again = [HDF, "atelier", "12 mars 2026", "Un Atelier"]
    other = [HDF, "atelier", "12/03/2026", "Un autre atelier"]
    verdict = judged(known, sheet(MEETINGS, "Réseau | Nature | Date | Titre", line, again, other))
    assert said(verdict) == ["Feuille Réunions, ligne 3 : cette ligne est la même réunion que la ligne 2."]
    assert [row["code"] for row in rows(verdict, "meeting")] == [
        "hauts-de-france-2026-03-12",
        "hauts-de-france-2026-03-12-2",
    ]
    two_files = judged(
        known,
        sheet(MEETINGS, "Code", [MAY_6], file="a.xlsx"),
        sheet(MEETINGS, "Code", [MAY_6], file="b.xlsx"),
    )
    assert said(two_files) == [
        "Feuille Réunions, ligne 2 : cette ligne est la même réunion que la ligne 2 de la feuille Réunions de a.xlsx."
    ]


def test_an_empty_cell_leaves_what_the_database_holds(known: Snapshot) -> None:
    there = sheet(MEETINGS, "Code | Participants | Note | Format | Thèmes | Titre", [MAY_6, *[None] * 5])
    before = next(row for row in known.rows["meeting"].to_dict("records") if row["code"] == MAY_6)
    verdict = judged(known, there)
    assert {name: before[name] for name in ("participants", "note", "format", "title")} == {
        name: only(verdict, "meeting")[name] for name in ("participants", "note", "format", "title")
    }
    assert not verdict.change_set.removed

    cleared = judged(known, there, clears=True)
    row = only(cleared, "meeting")
    assert [row[name] for name in ("participants", "participants_precision", "participants_unit", "note")] == [None] * 4
    assert (row["format"], row["title"], row["kind"]) == ("unknown", before["title"], before["kind"])
    assert row["source_url"] == before["source_url"]  # there is no such column
    themes = known.rows["meeting_theme"]
    assert len(cleared.change_set.removed["meeting_theme"]) == (themes["meeting_code"] == MAY_6).sum() > 0


def test_the_themes_of_a_line_are_all_of_its_meeting(known: Snapshot) -> None:
    verdict = judged(known, sheet(MEETINGS, "Code | Thèmes", [MAY_6, "Stupéfiants"]))
    before = set(known.rows["meeting_theme"].query("meeting_code == @MAY_6")["theme_code"])
    assert only(verdict, "meeting_theme") == {"meeting_code": MAY_6, "theme_code": "stupefiants"}
    assert set(verdict.change_set.removed["meeting_theme"]["theme_code"]) == before - {"stupefiants"}


@pytest.mark.parametrize(
    ("header", "line", "fault"),
    [
        ("Date | Date de fin", ["06/05/2026", "05/05/2026"], "colonne Date de fin : « 05/05/2026 » est avant la date"),
        ("Date de fin", ["05/05/2026"], "est une date de fin sans date de début"),
        ("Date | Date de fin", ["06/05/2026", "mai 2026"], "n’est pas un jour"),
        ("Précision du nombre", ["exact"], "n’a pas de sens sans nombre de participants"),
        ("Unité", ["élus"], "n’a pas de sens sans nombre de participants"),
        ("Participants | Précision du nombre", ["environ 50", "exact"], "ne dit pas la même chose"),
        ("Date", ["24/11/2026"], "est à venir"),
        (
            "Statut | Territoires présents",
            ["annulée", "Lille"],
            "n’a pas de sens pour une réunion qui n’a pas été tenue",
        ),
        ("Territoires présents", ["Lille ; Lomme"], "est le même territoire que « Lille »"),
        ("Thèmes", ["Stupéfiants ; stupéfiant"], "est dit deux fois"),
        ("Lieu", [Issue("no-result", found="=A1")], "« =A1 » est une formule sans résultat"),
    ],
)
def test_what_cannot_be_true_is_refused(known: Snapshot, header: str, line: list[object], fault: str) -> None:
    if "Date" not in header.split(" | "):
        header, line = f"{header} | Date", [*line, None]
    verdict = judged(known, sheet(MEETINGS, f"Réseau | Nature | {header}", [HDF, "atelier", *line]))
    (sentence,) = said(verdict)
    assert fault in sentence
    assert "meeting" not in verdict.change_set.rows


def test_what_is_required_of_a_new_meeting(known: Snapshot) -> None:
    verdict = judged(known, sheet(MEETINGS, "Code | Réseau | Lieu", [None, None, "Lille"], ["neuve", HDF, "Lille"]))
    assert said(verdict) == [
        "Feuille Réunions, ligne 2, colonne Réseau : valeur obligatoire, la cellule est vide.",
        "Feuille Réunions, ligne 2, colonne Nature : valeur obligatoire, la colonne manque.",
        "Feuille Réunions, ligne 2, colonne Date : la colonne Date manque ; ajoutez-la ou faites-la correspondre, vide"
        " où la date est inconnue.",
        "Feuille Réunions, ligne 3, colonne Code : « neuve » n’est le code d’aucune réunion de la base ; "
        "pour une nouvelle ligne il manque les colonnes « Nature » et « Date ».",
    ]


def test_a_partial_line_of_an_unknown_code_says_what_is_missing(known: Snapshot) -> None:
    verdict = judged(known, sheet(MEETINGS, "Code | Participants", [MAY_6, 12], ["bilan-7", 12]))
    assert said(verdict) == [
        "Feuille Réunions, ligne 3, colonne Code : « bilan-7 » n’est le code d’aucune réunion de la"
        " base ; pour une nouvelle ligne il manque les colonnes « Réseau », « Nature » et « Date »."
    ]
    assert only(verdict, "meeting")["participants"] == 12
    for form, header, line in (
        (ACTIONS, "Code | Réunion | Thème", ["x-a1", MAY_6, "Stupéfiants"]),
        (BY_NAME["themes"], "Code | Nom", ["neuf", "Neuf"]),
    ):
        (sentence,) = said(judged(known, sheet(form, header, line)))
        assert f"« {line[0]} » n’est le code d’aucune" in sentence
        assert re.search("il manque la colonne|il manque les colonnes", sentence)


def test_a_number_merged_over_two_meetings_is_not_counted_twice(known: Snapshot) -> None:
    lines: list[list[object]] = [["Code", "Participants"], [MAY_6, 30], ["national-2018-06-25", 30]]
    matching = match(Grid("essai.xlsx", "Réunions", lines, [1, 2, 3], (), ((1, 2, 3),)))
    verdict = judged(known, matching)
    assert counts(verdict) == (2, 0, 2, 0)
    assert said(verdict)[1].startswith(
        "Feuille Réunions, ligne 3, colonne Participants : « 30 » est un nombre fusionné sur plusieurs lignes"
    )
    mended = rejects_file([matching], verdict.issues)
    assert mended is not None
    (again,) = read_file(mended.name, mended.content)
    assert judged(known, match(again)).lines["essai-a-corriger.xlsx", "Réunions"].good == 0


def test_an_answer_never_takes_a_date_away(known: Snapshot) -> None:
    undated = sheet(
        MEETINGS,
        "Réseau | Nature | Date | Titre | Lieu",
        [HDF, "réunion de réseau", None, "Réunion du réseau Hauts-de-France", "Lille"],
    )
    asked = question(judged(known, undated, clears=True))
    row = only(judged(known, undated, answers={asked.key: MAY_6}, clears=True), "meeting")
    assert (row["code"], row["held_on"], row["date_precision"], row["place"]) == (
        *(MAY_6, pd.Timestamp(2020, 5, 6)),
        *("day", "Lille"),
    )
    named = only(judged(known, sheet(MEETINGS, "Code | Date", [MAY_6, None]), clears=True), "meeting")
    assert (named["held_on"], named["date_precision"]) == (None, "unknown")


def test_a_meeting_to_come_is_announced(known: Snapshot) -> None:
    line = [HDF, "atelier", "24/11/2026", "annoncée"]
    assert (
        only(judged(known, sheet(MEETINGS, "Réseau | Nature | Date | Statut", line)), "meeting")["status"]
        == "announced"
    )


def test_a_meeting_with_people_or_actions_was_held(known: Snapshot) -> None:
    verdict = judged(known, sheet(MEETINGS, "Code | Statut", [MAY_6, "annulée"]))
    assert "ne va pas avec les présences ou les actions" in said(verdict)[0]


def test_a_bare_number_does_not_make_an_approximate_count_exact(known: Snapshot) -> None:
    code = "national-2018-06-25"  # about 50
    kept = only(judged(known, sheet(MEETINGS, "Code | Participants", [code, 50])), "meeting")
    assert (kept["participants"], kept["participants_precision"]) == (50, "about")
    new = only(judged(known, sheet(MEETINGS, "Code | Participants", [code, 52])), "meeting")
    assert (new["participants"], new["participants_precision"]) == (52, "exact")


def test_titles_that_netstats_writes(known: Snapshot) -> None:
    lines = [["National", "webinaire", "12/03/2026"], [HDF, "assises", "13/03/2026"]]
    verdict = judged(known, sheet(MEETINGS, "Réseau | Nature | Date", *lines))
    assert [row["title"] for row in rows(verdict, "meeting")] == [
        "Webinaire du réseau national",
        "Assises du réseau Hauts-de-France",
    ]


# --- attendance -------------------------------------------------------------------------------------------


def test_an_attendance_by_network_and_date(known: Snapshot) -> None:
    header = "Réseau | Date | Territoire | Nom dans la source | Membre du FFSU"
    verdict = judged(known, sheet(ATTENDANCE, header, [HDF, "06/05/2020", "Ville de Compiègne", None, "oui"]))
    assert only(verdict, "attendance") == {
        "meeting_code": MAY_6,
        "territory_code": "60159",
        "printed_name": "Ville de Compiègne",
        "member": True,
    }


def test_a_known_attendance_keeps_its_printed_name(known: Snapshot) -> None:
    before = known.rows["attendance"].query("meeting_code == @MAY_6").iloc[0]
    there = sheet(ATTENDANCE, "Réunion | Code du territoire | Membre du FFSU", [MAY_6, before["territory_code"], "non"])
    row = only(judged(known, there), "attendance")
    assert (row["printed_name"], row["member"]) == (before["printed_name"], False)


def test_homonyms_are_put_to_the_person(known: Snapshot) -> None:
    national = "national-2023-03-06"
    there = sheet(ATTENDANCE, "Réunion | Territoire", [national, "Saint-Denis"], [national, "Lille"])
    verdict = judged(known, there)
    asked = question(verdict)
    assert counts(verdict, ATTENDANCE) == (2, 1, 0, 1)
    assert "93066" in [option.code for option in asked.options]
    label = next(option.label for option in asked.options if option.code == "93066")
    assert label.startswith("Saint-Denis (93), commune, 149")
    answered = judged(known, there, answers={asked.key: "93066"})
    assert {row["territory_code"] for row in rows(answered, "attendance")} == {"93066", "59350"}
    assert not answered.questions


def test_the_region_of_the_network_settles_a_homonym(known: Snapshot) -> None:
    there = sheet(ATTENDANCE, "Réunion | Territoire", ["ile-de-france-2021-05-04", "Saint-Denis"])
    assert only(judged(known, there), "attendance")["territory_code"] == "93066"


def test_a_territory_outside_the_region_is_a_question(known: Snapshot) -> None:
    there = sheet(ATTENDANCE, "Réunion | Territoire", [MAY_6, "Villeurbanne"])
    asked = question(judged(known, there))
    assert "hors des régions du réseau Hauts-de-France" in asked.sentence
    assert (asked.options[0].code, asked.options[-1].code) == ("69266", NONE)
    assert only(judged(known, there, answers={asked.key: "69266"}), "attendance")["territory_code"] == "69266"


def test_none_of_the_territories_proposed_may_be_meant(known: Snapshot) -> None:
    there = sheet(ATTENDANCE, "Réunion | Territoire", ["ile-de-france-2021-05-04", "Évry"])
    asked = question(judged(known, there))
    labels = [option.label for option in asked.options]
    assert asked.sentence.endswith(f"Est-ce bien ce territoire, ou un nom proche{NO_BREAK}?")
    assert labels[0].startswith("Évry (89)")
    assert any(label.startswith("Évry-Courcouronnes (91)") for label in labels[1:-1])
    assert len(labels) <= 5
    assert (asked.options[-1].code, labels[-1]) == (NONE, f"Aucun de ceux-là{NO_BREAK}: la ligne sera refusée")
    assert only(judged(known, there, answers={asked.key: "91228"}), "attendance")["territory_code"] == "91228"
    refused = judged(known, there, answers={asked.key: NONE})
    assert not refused.questions
    assert not refused.unused_answers
    assert said(refused)[0].endswith(
        "« Évry » n’est aucun des territoires proposés ; écrivez son nom complet, son code INSEE ou SIREN."
    )


@pytest.mark.parametrize(
    "names", ["Lille, Roubaix, Tourcoing", "Lille ; Roubaix", "Lille / Roubaix", "Lille et Roubaix", "Lille, Douai\n"]
)
def test_several_territories_in_a_cell_for_one(known: Snapshot, names: str) -> None:
    found = judged(known, sheet(ATTENDANCE, "Réunion | Territoire", [MAY_6, names]))
    assert len(found.change_set.rows["attendance"]) == len(re.findall("[A-Z]", names))
    assert found.lines["essai.xlsx", "Présences"].good == 1


def test_a_name_with_a_comma_is_one_territory(known: Snapshot) -> None:
    there = sheet(ATTENDANCE, "Réunion | Territoire", [MAY_6, "CA de Béthune-Bruay, Artois-Lys Romane"])
    assert only(judged(known, there), "attendance")["territory_code"] == "200072460"


@pytest.mark.parametrize("name", ["Béthune", "BETHUNE", "Béthune (62)"])
def test_a_name_that_the_database_gives_to_another_territory_is_a_question(known: Snapshot, name: str) -> None:
    there = sheet(ATTENDANCE, "Réunion | Territoire", [MAY_6, name])
    asked = question(judged(known, there))
    assert [option.code for option in asked.options] == ["62119", "200072460", NONE]
    answered = judged(known, there, answers={asked.key: "200072460"})
    assert only(answered, "attendance")["territory_code"] == "200072460"


@pytest.mark.parametrize(
    ("name", "code", "meant"),
    [
        ("Béthune", "62119", "62119"),
        ("Béthune", "200072460", "200072460"),
        ("Ville de Béthune", None, "62119"),
        ("CA de Béthune", None, "200072460"),
        ("Béthune (ville)", None, "62119"),
    ],
)
def test_a_code_or_a_kind_settles_what_a_name_of_two_means(
    known: Snapshot, name: str, code: str | None, meant: str
) -> None:
    there = sheet(ATTENDANCE, "Réunion | Territoire | Code INSEE", [MAY_6, name, code])
    assert only(judged(known, there), "attendance")["territory_code"] == meant


@pytest.mark.parametrize("code", ["93066", 93066, 93066.0, " 93066 "])
def test_a_code_settles_a_homonym(known: Snapshot, code: object) -> None:
    there = sheet(ATTENDANCE, "Réunion | Territoire | Code INSEE", ["national-2023-03-06", "St-Denis", code])
    assert only(judged(known, there), "attendance")["territory_code"] == "93066"


def test_a_code_that_a_spreadsheet_took_for_a_number(known: Snapshot) -> None:
    there = sheet(ATTENDANCE, "Réunion | Territoire | Code INSEE", [MAY_6, "Bourg-en-Bresse", 1053], [MAY_6, "Ain", 1])
    assert {row["territory_code"] for row in rows(judged(known, there), "attendance")} == {"01053", "01"}


@pytest.mark.parametrize(
    ("name", "code", "fault"),
    [
        ("Xyzzyx", "99999", "« 99999 » n’est le code d’aucun territoire"),
        (None, None, "colonne Territoire : valeur obligatoire"),
        ("Lille (M. Dupont)", None, "nom d’une personne"),
    ],
)
def test_a_territory_that_is_refused(known: Snapshot, name: object, code: object, fault: str) -> None:
    there = sheet(ATTENDANCE, "Réunion | Territoire | Code du territoire", [MAY_6, name, code])
    (sentence,) = said(judged(known, there))
    assert fault in sentence


@pytest.mark.parametrize(
    ("name", "code", "asked"),
    [
        ("Roubaix", "59350", "« Roubaix » ne va pas avec le code 59350, qui désigne Lille (59)"),
        ("Trifouillis", "59350", "« Trifouillis » ne va pas avec le code 59350"),
        ("Lille", "99999", "« 99999 » n’est le code d’aucun territoire"),
        ("CISPD de Bron-Villeurbanne", None, "ajoutez-le à la feuille Organismes"),
    ],
)
def test_a_territory_that_is_asked(known: Snapshot, name: str, code: str | None, asked: str) -> None:
    there = sheet(ATTENDANCE, "Réunion | Territoire | Code du territoire", [MAY_6, name, code])
    assert asked in question(judged(known, there)).sentence.replace(NO_BREAK, " ")


@pytest.mark.parametrize(
    ("name", "code"), [("Lomme", "59350"), ("Grand Poitiers", "200069854"), ("VILLE DE LILLE", "59350")]
)
def test_another_name_agrees_with_the_code(known: Snapshot, name: str, code: str) -> None:
    there = sheet(ATTENDANCE, "Réunion | Territoire | Code du territoire", [MAY_6, name, code])
    assert only(judged(known, there), "attendance")["territory_code"] == code


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (["bilan-7", None, None], "colonne Réunion : « bilan-7 » n’est le code"),
        ([None, HDF, "07/11/2022"], "colonne Date : « 07/11/2022 » n’est la date d’aucune réunion du réseau Hauts"),
        ([None, None, None], "le code de la réunion, ou son réseau et sa date"),
        ([None, HDF, None], "le code de la réunion, ou son réseau et sa date"),
        ([MAY_6, "Île-de-France", None], "est une réunion du réseau Hauts-de-France, ce que la colonne Réseau"),
        ([MAY_6, HDF, "07/05/2020"], "a pour date 6 mai 2020, ce que la colonne Date contredit"),
        (["national-2021-06-17", None, None], "est une réunion annoncée"),
        ([None, HDF, "31/02/2020"], "n’existe pas dans le calendrier"),
    ],
)
def test_a_meeting_that_cannot_be_found(known: Snapshot, line: list[object], fault: str) -> None:
    verdict = judged(known, sheet(ATTENDANCE, "Réunion | Réseau | Date | Territoire", [*line, "Lille"]))
    (sentence,) = said(verdict)
    assert fault in sentence
    assert not verdict.change_set.rows


def test_a_meeting_that_is_not_found_may_be_one_that_is_refused(known: Snapshot) -> None:
    header = "Réseau | Nature | Date"
    there = sheet(ATTENDANCE, "Réseau | Date | Territoire", [HDF, "12/03/2026", "Lille"])

    def of(*meetings: Matching) -> str:
        (sentence,) = [one for one in said(judged(known, *meetings, there)) if "Présences" in one]
        return sentence

    assert of().endswith("n’est la date d’aucune réunion du réseau Hauts-de-France, ni du fichier ni de la base.")
    perhaps = "de la base ; des réunions de ce fichier sont refusées, c’est peut-être l’une d’elles."
    assert of(sheet(MEETINGS, header, ["Jean Dupont", "atelier", "12/03/2026"])).endswith(perhaps)
    assert of(sheet(MEETINGS, header, [HDF, "atelier", "32/03/2026"])).endswith(perhaps)
    assert of(sheet(MEETINGS, "Réseau | Nature", [HDF, "atelier"])).endswith(perhaps)
    other = sheet(MEETINGS, header, [HDF, "atelier", "32/03/2026"], file="b.xlsx")
    assert of(other).endswith("des réunions de b.xlsx sont refusées, c’est peut-être l’une d’elles.")
    for line in (["National", "atelier", "32/03/2026"], ["Trifouillis", "atelier", "13/03/2026"]):
        assert "peut-être" not in of(sheet(MEETINGS, header, line))  # of another network, or another day
    assert "dépend de la ligne 2" in of(sheet(MEETINGS, header, [HDF, "xyz", "12/03/2026"]))


def test_a_meeting_of_another_season_is_not_proposed(known: Snapshot) -> None:
    for day, near_by in (("20/06/2020", True), ("21/06/2020", False)):
        verdict = judged(known, sheet(ATTENDANCE, "Réseau | Date | Territoire", [HDF, day, "Lille"]))
        assert any(option.code == MAY_6 for one in verdict.questions for option in one.options) is near_by


@pytest.mark.parametrize(
    ("form", "header", "line"),
    [
        (ATTENDANCE, "Réunion | Territoire", ["hauts-de-france-2020-05-07", "Roubaix"]),
        (ATTENDANCE, "Réseau | Date | Territoire", [HDF, "07/05/2020", "Roubaix"]),
        (ATTENDANCE, "Réunion | Réseau | Territoire", ["haut-de-france-2020-05-06", HDF, "Roubaix"]),
        (ACTIONS, "Réunion | Type d’action | Description", ["hauts-de-france-2020-05-o6", "Médiation", "Aller voir"]),
        (MEETINGS, "Code | Participants", ["hauts-de-france-2020-05-07", 12]),
        (MEETINGS, "Code | Réseau | Participants", ["hauts-de-france-2020-05-07", HDF, 12]),
    ],
)
def test_a_meeting_that_is_nearly_named_is_one_click(
    known: Snapshot, form: Form, header: str, line: list[object]
) -> None:
    there = sheet(form, header, line)
    verdict = judged(known, there)
    assert (verdict.issues, verdict.change_set.rows) == ((), {})
    asked = question(verdict)
    assert asked.options[0].code == MAY_6
    assert asked.options[0].label.replace(NO_BREAK, " ").startswith("Réunion du réseau Hauts-de-France (6 mai 2020)")
    answered = judged(known, there, answers={asked.key: MAY_6})
    assert (answered.issues, answered.questions) == ((), ())
    (row,) = rows(answered, form.table)
    assert MAY_6 in {row.get("code"), row.get("meeting_code")}
    (refused,) = judged(known, there, answers={asked.key: "aucun"}).issues
    assert refused.code in {"unknown-meeting-code", "unknown-meeting-date", "unknown-code"}


def test_a_near_code_is_held_to_what_stands_beside_it(known: Snapshot) -> None:
    there = sheet(ATTENDANCE, "Réunion | Date | Territoire", ["hauts-de-france-2020-05-07", "07/05/2020", "Roubaix"])
    (issue,) = judged(known, there, answers={question(judged(known, there)).key: MAY_6}).issues
    assert issue.code == "date-contradicts"


def test_a_line_that_is_shifted_says_so_once(known: Snapshot) -> None:
    content = "Réseau;Nature;Date;Lieu\nNational;atelier;12/03/2026;Lille\nNational;atelier;13/03/2026;Lille;Nord\n"
    verdict = judged(known, *map(match, read_file("reunions.csv", content.encode())))
    (sentence,) = said(verdict)
    assert "ligne 3" in sentence
    assert "plus de valeurs que d’en-têtes" in sentence
    assert verdict.lines["reunions.csv", ""].refused == 1


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *((word, "visioconférence") for word in ("visio", "En visio", "DISTANCIEL")),
        ("en présence", "présentiel"),
    ],
)
def test_the_words_that_staff_write_for_a_format(known: Snapshot, written: str, meant: str) -> None:
    assert only(judged(known, sheet(MEETINGS, "Code | Format", [MAY_6, written])), "meeting")["format"] == meant


def test_several_meetings_on_one_day(known: Snapshot) -> None:
    two = sheet(
        MEETINGS,
        "Réseau | Nature | Date | Titre",
        [HDF, "atelier", "12/03/2026", "Le matin"],
        [HDF, "atelier", "12/03/2026", "Le soir"],
    )
    there = sheet(
        ATTENDANCE, "Réseau | Date | Territoire", [HDF, "12/03/2026", "Lille"], [HDF, "12/03/2026", "Roubaix"]
    )
    asked = question(judged(known, two, there))
    assert asked.lines == (2, 3)
    assert [option.code for option in asked.options] == ["hauts-de-france-2026-03-12", "hauts-de-france-2026-03-12-2"]
    verdict = judged(known, two, there, answers={asked.key: "hauts-de-france-2026-03-12-2"})
    assert {row["meeting_code"] for row in rows(verdict, "attendance")} == {"hauts-de-france-2026-03-12-2"}


def test_the_same_territory_twice_at_one_meeting(known: Snapshot) -> None:
    there = sheet(ATTENDANCE, "Réunion | Territoire", [MAY_6, "Lille"], [MAY_6, "Lomme"])
    assert said(judged(known, there)) == [
        "Feuille Présences, ligne 3, colonne Territoire : « Lomme » est déjà présent à cette réunion, à la ligne 2."
    ]


def test_a_territory_may_be_told_in_both_sheets(known: Snapshot) -> None:
    meeting = sheet(MEETINGS, "Réseau | Nature | Date | Présents", [HDF, "atelier", "12/03/2026", "Lille ; Roubaix"])
    there = sheet(ATTENDANCE, "Réseau | Date | Territoire | Membre", [HDF, "12/03/2026", "Lille", "oui"])
    verdict = judged(known, meeting, there)
    assert not said(verdict)
    assert {(row["territory_code"], row["member"]) for row in rows(verdict, "attendance")} == {
        ("59350", True),
        ("59512", None),
    }


@pytest.mark.parametrize("code", ["59350", 59350, " 59350 "])
def test_a_code_in_the_place_of_a_name_is_not_kept_as_one(known: Snapshot, code: object) -> None:
    there = sheet(ATTENDANCE, "Réunion | Territoire", ["national-2023-03-06", code])
    row = only(judged(known, there), "attendance")
    assert (row["territory_code"], row["printed_name"]) == ("59350", "Lille")
    meeting = sheet(MEETINGS, "Réseau | Nature | Date | Présents", [HDF, "atelier", "12/03/2026", code])
    row = only(judged(known, meeting), "attendance")
    assert (row["territory_code"], row["printed_name"]) == ("59350", "Lille")


@pytest.mark.parametrize(
    ("form", "header", "line", "column"),
    [
        (ATTENDANCE, "Réunion | Code INSEE", [MAY_6, None], "Code INSEE"),
        (ATTENDANCE, "Réseau | Date | Territoire", [HDF, None, "Lille"], "Date"),
        (ATTENDANCE, "Réunion | Code INSEE | Membre", [MAY_6, "99999", "oui"], "Code INSEE"),
        (BY_NAME["autres-noms"], "Code INSEE | Autre nom", ["99999", "Ailleurs"], "Code INSEE"),
        (BY_NAME["autres-noms"], "Code INSEE | Autre nom", [None, "Ailleurs"], "Code INSEE"),
    ],
)
def test_a_refusal_names_a_header_that_is_there(
    known: Snapshot, form: Form, header: str, line: list[object], column: str
) -> None:
    (refusal,) = judged(known, sheet(form, header, line)).issues
    assert refusal.where.column == column


def test_the_same_territory_twice_by_its_code_alone(known: Snapshot) -> None:
    there = sheet(ATTENDANCE, "Réunion | Code INSEE", [MAY_6, "59350"], [MAY_6, 59350])
    (sentence,) = said(judged(known, there))
    assert "colonne Code INSEE : « 59350 » est déjà présent" in sentence


def test_answers_that_no_question_has_are_told(known: Snapshot) -> None:
    there = sheet(ATTENDANCE, "Réunion | Territoire", ["national-2023-03-06", "Saint-Denis"])
    asked = question(judged(known, there))
    given = {asked.key: "93066", "territoire|national|autre": "93066"}
    assert judged(known, there, answers=given).unused_answers == ("territoire|national|autre",)
    assert judged(known, there, answers={asked.key: "59350"}).unused_answers == (asked.key,)
    assert judged(known, there).unused_answers == ()


def test_two_files_of_one_name_are_told_apart(known: Snapshot) -> None:
    wrong = b"Code;Participants\nabsente;12\n"
    sheets = [match(grid) for name in ("2024/reunions.csv", "2025/reunions.csv") for grid in read_file(name, wrong)]
    verdict = judged(known, *sheets)
    assert {matching.form for matching in sheets} == {MEETINGS}
    assert [found.refused for found in verdict.lines.values()] == [1, 1]
    assert [refusal.where.file for refusal in verdict.issues] == ["2024/reunions.csv", *["2025/reunions.csv"] * 2]
    assert "ligne 2 de 2024/reunions.csv" in str(verdict.issues[1])
    mended = rejects_file(sheets, verdict.issues)
    assert mended is not None
    assert (mended.lines, len(read_file(mended.name, mended.content))) == (2, 2)


# --- persons ----------------------------------------------------------------------------------------------

NAMES = ("Jean Dupont", "Lyon (Jean Dupont)", "Lyon (Mme dupont)", "jean dupont", "chez jean dupont", "DUPONT Karim")


@pytest.mark.parametrize("name", [*NAMES, "J. Dupont", "Karim", "Lille, Jean Dupont", "animé par Jean dupont"])
def test_a_person_is_not_kept_as_a_place_or_a_printed_name(known: Snapshot, name: str) -> None:
    place = judged(known, sheet(MEETINGS, "Code | Lieu", [MAY_6, name]))
    printed = judged(known, sheet(ATTENDANCE, "Réunion | Territoire | Nom dans la source", [MAY_6, "Lille", name]))
    for verdict in (place, printed):
        (sentence,) = said(verdict)
        assert "d’une personne" in sentence
        assert not verdict.change_set.rows


@pytest.mark.parametrize("name", NAMES)
def test_a_person_is_not_kept_as_a_territory(known: Snapshot, name: str) -> None:
    coded = sheet(ATTENDANCE, "Réunion | Territoire | Code INSEE", [MAY_6, name, "69123"])
    (sentence,) = said(judged(known, coded))
    assert "colonne Territoire" in sentence
    assert "d’une personne" in sentence
    assert said(judged(known, sheet(MEETINGS, "Code | Présents", [MAY_6, name])))


@pytest.mark.parametrize("title", ["Jean Dupont", "Prévention - Jean Dupont", "Rencontre avec M. dupont"])
def test_a_person_is_not_kept_as_a_title(known: Snapshot, title: str) -> None:
    assert "d’une personne" in said(judged(known, sheet(MEETINGS, "Code | Titre", [MAY_6, title])))[0]


@pytest.mark.parametrize(
    ("header", "text"),
    [
        *(("Lieu", text) for text in ("Salle Jean Jaurès, Lille", "Saint Denis", "Pierre-Bénite", "Villa Marie")),
        *(("Lieu", text) for text in ("Hôpital du Dr Roux", "Lille Europe", "à 300 m. environ de la gare")),
        *(("Titre", text) for text in ("Noël solidaire", "Marine et sécurité", "Mme la maire de Lille invite")),
        ("Note", "Reportée du 06/12/2025 14 30 ; SIREN 200067205 et 59350"),
    ],
)
def test_what_is_no_person_is_kept(known: Snapshot, header: str, text: str) -> None:
    assert not said(judged(known, sheet(MEETINGS, f"Code | {header}", [MAY_6, text])))


def test_the_names_of_territories_are_no_persons(known: Snapshot) -> None:
    names = dict.fromkeys(name for _, name in known.gazetteer.aliases)
    names |= dict.fromkeys(one.name for code, _ in known.gazetteer.aliases if (one := known.gazetteer.candidate(code)))
    run = Run(known, {}, empty_clears=False, today=TODAY).territories
    assert [name for name in names if run.names_a_person(name)] == []


def test_lines_wait_for_the_line_they_depend_on(known: Snapshot) -> None:
    bad = sheet(MEETINGS, "Réseau | Nature | Date", [HDF, "xyz", "12/03/2026"])
    asked = sheet(MEETINGS, "Réseau | Nature | Date | Titre", [HDF, "atelier", "06/05/2020", "Autre"], file="b.xlsx")
    there = sheet(ATTENDANCE, "Réseau | Date | Territoire", [HDF, "12/03/2026", "Lille"], [HDF, "06/05/2020", "Douai"])
    verdict = judged(known, bad, asked, there)
    assert said(verdict)[-1].endswith("dépend de la ligne 2 de la feuille Réunions de essai.xlsx, qui est refusée.")
    assert counts(verdict, ATTENDANCE) == (2, 0, 1, 1)
    (waiting,) = [held for held in verdict.held_back if held.where.sheet == "Présences"]
    assert "dépend de la ligne 2 de la feuille Réunions de b.xlsx, qui attend une réponse" in waiting.words
    assert not verdict.change_set.rows


def test_an_attendance_at_a_meeting_that_the_file_makes_held(known: Snapshot) -> None:
    held = sheet(MEETINGS, "Code | Statut", ["national-2021-06-17", "tenue"])
    there = sheet(ATTENDANCE, "Réunion | Territoire", ["national-2021-06-17", "Lille"])
    assert only(judged(known, held, there), "attendance")["territory_code"] == "59350"


# --- actions ----------------------------------------------------------------------------------------------

ACTION = "Réunion | Territoire | Type d’action | Public | Thème | Description | Source"


def test_a_new_action_continues_the_numbers_of_its_meeting(known: Snapshot) -> None:
    lines = [
        [MAY_6, "Douai", "Médiation", "Jeunes", "Stupéfiants", "Une première action.", None],
        [MAY_6, None, "mediation", None, None, "Une seconde action.", "https://ffsu.org/a"],
    ]
    verdict = judged(known, sheet(ACTIONS, ACTION, *lines))
    assert not said(verdict)
    first, second = rows(verdict, "action")
    assert (first["code"], first["territory_code"], first["type_code"]) == (f"{MAY_6}-a11", "59178", "mediation")
    assert (second["code"], second["territory_code"], second["audience_code"]) == (f"{MAY_6}-a12", None, None)


def test_the_same_action_told_again_changes(known: Snapshot) -> None:
    before = known.rows["action"].query("code == @MAY_6 + '-a1'").iloc[0]
    line = [MAY_6, None, "Médiation", None, None, before["description"].upper(), None]
    row = only(judged(known, sheet(ACTIONS, ACTION, line)), "action")
    assert (row["code"], row["type_code"], row["audience_code"]) == (
        before["code"],
        "mediation",
        before["audience_code"],
    )


def test_an_action_by_its_code(known: Snapshot) -> None:
    row = only(judged(known, sheet(ACTIONS, "Code | Territoire", [f"{MAY_6}-a1", "Douai"])), "action")
    assert (row["meeting_code"], row["territory_code"]) == (MAY_6, "59178")
    cleared = judged(known, sheet(ACTIONS, "Code | Territoire | Public", [f"{MAY_6}-a7", None, None]), clears=True)
    assert (only(cleared, "action")["territory_code"], only(cleared, "action")["audience_code"]) == (None, None)


def test_actions_that_are_refused(known: Snapshot) -> None:
    good: list[object] = [MAY_6, "Douai", "Médiation", "Jeunes", None, "Une action.", None]
    lines: list[list[object]] = [
        good,
        [*good[:5], "Une Action", None],
        [MAY_6, "Douai", "Méditation", "Vieux", "Licornes", "Autre.", "ffsu.org"],
        [MAY_6, "Douai", None, None, None, None, None],
        ["national-2021-06-17", None, "Médiation", None, None, "Encore.", None],
    ]
    verdict = judged(known, sheet(ACTIONS, ACTION, *lines))
    sentences = said(verdict)
    assert "Feuille Actions, ligne 3 : est la même action que la ligne 2." in sentences
    assert [asked.options[0].code for asked in verdict.questions] == [
        "Médiation",
        f"Ajouter le public «{NO_BREAK}Vieux{NO_BREAK}»",
        f"Ajouter le thème «{NO_BREAK}Licornes{NO_BREAK}» (famille Mesure et évaluation)",
        "https://ffsu.org",
    ]
    assert "Feuille Actions, ligne 5, colonne Type d’action : valeur obligatoire, la cellule est vide." in sentences
    assert "Feuille Actions, ligne 5, colonne Description : valeur obligatoire, la cellule est vide." in sentences
    assert any("ligne 6" in sentence and "réunion annoncée" in sentence for sentence in sentences)


# --- lists ------------------------------------------------------------------------------------------------


def test_lists_are_found_by_what_follows_in_the_same_file(known: Snapshot) -> None:
    verdict = judged(
        known,
        sheet(BY_NAME["reseaux"], "Nom | Portée | Régions", ["Grand Est", "régional", "Grand Est"]),
        sheet(BY_NAME["familles"], "Nom | Rang", ["Sport", 9]),
        sheet(BY_NAME["themes"], "Famille | Nom | Nom court", ["Sport", "Sport et prévention", "Sport"]),
        sheet(
            BY_NAME["organismes"],
            "Nature | Nom | Communes",
            ["CISPD", "CISPD Strasbourg-Schiltigheim", "67482 ; Schiltigheim"],
        ),
        sheet(BY_NAME["autres-noms"], "Territoire | Autre nom", ["CISPD Strasbourg-Schiltigheim", "Bords du Rhin"]),
        sheet(
            MEETINGS,
            "Réseau | Nature | Date | Thèmes | Territoires présents",
            ["Grand Est", "atelier", "12/03/2026", "sport", "Bords du Rhin ; CISPD de Strasbourg-Schiltigheim"],
        ),
    )
    assert said(verdict) == [
        "Feuille Réunions, ligne 2, colonne Territoires présents : « CISPD de Strasbourg-Schiltigheim » est le même "
        "territoire que « Bords du Rhin », dit deux fois."
    ]
    assert only(verdict, "network") == {
        "code": "grand-est",
        "name": "Grand Est",
        "scope": "regional",
        "retired": None,
    }
    assert only(verdict, "network_region") == {"network_code": "grand-est", "region_code": "44"}
    assert only(verdict, "theme")["code"] == "sport-et-prevention"
    body = "cispd-strasbourg-schiltigheim"
    assert only(verdict, "territory")["code"] == body
    assert {row["commune_code"] for row in rows(verdict, "territory_commune")} == {"67482", "67447"}
    assert only(verdict, "territory_alias") == {"territory_code": body, "name": "Bords du Rhin"}


def test_a_body_that_gets_a_commune_is_counted_as_changed(known: Snapshot) -> None:
    form, covered = BY_NAME["organismes"], known.rows["territory_commune"]
    code, held = covered.loc[0, ["territory_code", "commune_code"]]
    new = "2A004"  # far from all of them
    for communes, changed in ((held, 0), (new, 1), (f"{held} ; {new}", 1)):
        lines = judged(known, sheet(form, "Code | Communes", [code, communes])).lines["essai.xlsx", form.title]
        assert (lines.good, lines.changed, lines.unchanged) == (1, changed, 1 - changed)


def test_a_file_that_says_that_a_row_is_not_retired_changes_nothing(known: Snapshot) -> None:
    form, code = BY_NAME["familles"], known.rows["theme_family"]["code"].iloc[0]
    verdict = judged(known, sheet(form, "Code | Retiré", [code, "non"]))
    assert verdict.lines["essai.xlsx", form.title].unchanged == 1
    assert only(verdict, "theme_family")["retired"] is None


def test_a_line_that_depends_on_a_refused_list_line(known: Snapshot) -> None:
    verdict = judged(
        known,
        sheet(BY_NAME["familles"], "Nom | Rang", ["Sport", "beaucoup"]),
        sheet(BY_NAME["themes"], "Famille | Nom | Nom court", ["Sport", "Sport et prévention", "Sport"]),
    )
    assert said(verdict)[1].endswith(
        "dépend de la ligne 2 de la feuille Familles de thèmes de essai.xlsx, qui est refusée."
    )


def test_two_of_a_list_do_not_share_a_rank_or_a_name(known: Snapshot) -> None:
    families = known.rows["theme_family"].sort_values("rank")
    first, second = families.iloc[0], families.iloc[1]
    form = BY_NAME["familles"]
    swapped = sheet(form, "Code | Rang", [first["code"], second["rank"]], [second["code"], first["rank"]])
    assert not said(judged(known, swapped))
    taken = judged(known, sheet(form, "Code | Rang", [first["code"], second["rank"]]))
    assert f"est déjà pris par « {second['code']} »" in said(taken)[0]
    named = judged(known, sheet(form, "Code | Nom | Rang", ["neuve", first["name"].upper(), 99]))
    assert f"est déjà pris par « {first['code']} »" in said(named)[0]


@pytest.mark.parametrize(
    ("form", "header", "line", "fault"),
    [
        ("reseaux", "Nom | Portée | Régions", ["Corse", "régional", None], "un réseau régional a une région"),
        ("reseaux", "Nom | Portée | Régions", ["Corse", "national", "Corse"], "n’a pas lieu d’être"),
        (
            "reseaux",
            "Nom | Portée | Régions",
            ["Corse", "régional", "Atlantide"],
            "n’est le nom ni le code d’aucune région",
        ),
        ("organismes", "Nature | Nom | Communes", ["CISPD", "CISPD Neuf", None], "valeur obligatoire"),
        ("organismes", "Nature | Nom | Communes", ["CISPD", "CISPD Neuf", "Lille ; Nulle-Part"], "« Nulle-Part »"),
        ("organismes", "Code | Nature | Nom | Communes", ["59350", "CISPD", "CISPD Neuf", "Lille"], "officiel"),
        ("types", "Nom | Rang", ["!!!", 99], "remplissez la colonne Code"),
        ("autres-noms", "Territoire | Autre nom", ["Nulle-Part-sur-Mer", "Rien"], "n’est le nom d’aucun territoire"),
    ],
)
def test_lines_of_lists_that_are_refused(
    known: Snapshot, form: str, header: str, line: list[object], fault: str
) -> None:
    verdict = judged(known, sheet(BY_NAME[form], header, line))
    assert any(fault in sentence for sentence in said(verdict)), said(verdict)
    assert not verdict.change_set.rows


# --- all together -----------------------------------------------------------------------------------------


def test_sheets_without_a_form_are_left_out(known: Snapshot) -> None:
    matching = rematch(sheet(MEETINGS, "Réseau", [HDF]), None, {})
    verdict = judged(known, matching)
    assert not verdict.lines
    assert not verdict.change_set.rows


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_sheet_without_lines_says_nothing(known: Snapshot, form: Form) -> None:
    verdict = judged(known, sheet(form, " | ".join(field.header for field in form.fields)))
    assert not verdict.issues
    assert not verdict.change_set.rows


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_line_is_counted_whatever_its_cells(known: Snapshot, form: Form) -> None:
    odd: list[object] = [
        "=1+1",
        "@",
        "  ",
        "\u200b",
        -1,
        1e300,
        True,
        date(1, 1, 1),
        Issue("unreadable"),
        "x" * 5000,
    ]
    lines = [[value] * len(form.fields) for value in odd]
    verdict = judged(known, sheet(form, " | ".join(field.header for field in form.fields), *lines))
    found = verdict.lines["essai.xlsx", form.title]
    assert (found.read, found.good, found.refused + found.held_back) == (len(odd), 0, len(odd))
    said_of = {one.where.line for one in (*verdict.issues, *verdict.held_back)}
    assert said_of == set(range(2, len(odd) + 2))


CELLS: dict[str, list[object]] = {
    "code": [None, None, None, None, "a-1", "a-2", MAY_6],
    "meeting": [None, None, None, "a-1", MAY_6, "hauts-de-france-2026-03-12"],
    "network": [HDF, HDF, "ile-de-france", "National"],
    "kind": ["atelier", "Réunion de réseau"],
    "date": ["12/03/2026", "12/03/2026", date(2020, 5, 6), "mars 2026", 2019, None],
    "until": [None, None, None, "15/03/2026"],
    "title": [None, None, "Un atelier", "Réunion du réseau Hauts-de-France"],
    "participants": [None, 9, "environ 50"],
    "status": [None, None, None, None, None, "annoncée"],
    "themes": [None, "Stupéfiants", "Stupéfiants ; covid-19"],
    "present": [None, None, None, "Lille", "Lille ; Saint-Denis"],
    "territory": ["Lille", "Roubaix", "Saint-Denis", "Lyon", "Douai"],
    "territory_code": [None],
    "member": [None, "oui"],
    "type": ["Médiation", "mediation"],
    "description": ["Une action.", "Une autre action.", "Encore une."],
}
ODD: list[object] = [
    None,
    "Licornes",
    "31/02/2026",
    "Atlantide",
    "59350",
    93066,
    "beaucoup",
    "a-3",
    Issue("unreadable"),
]
USED = {
    MEETINGS: ("code", "network", "kind", "date", "until", "title", "participants", "status", "themes", "present"),
    ATTENDANCE: ("meeting", "network", "date", "territory", "territory_code", "member"),
    ACTIONS: ("code", "meeting", "network", "date", "territory", "type", "description"),
}


def any_sheets() -> st.SearchStrategy[list[Matching]]:
    def lines(form: Form) -> st.SearchStrategy[Matching]:
        usual = [st.sampled_from(CELLS[name]) for name in USED[form]]
        ways = [
            st.tuples(*usual),
            *(st.tuples(*usual[:rank], st.sampled_from(ODD), *usual[rank + 1 :]) for rank in range(len(usual))),
        ]
        line = st.one_of(*[ways[0]] * len(usual), *ways[1:])  # every second line has one cell that is odd
        header = " | ".join(form.field(name).header for name in USED[form])
        return st.lists(line, max_size=6).map(lambda found: sheet(form, header, *found))

    return st.tuples(*map(lines, USED)).map(list)


def after(known: Snapshot, verdict: CheckResult) -> Snapshot:
    """Return what the database holds once the rows are written."""
    tables = {}
    for table, before in known.rows.items():
        key = list(store.KEYS[table])
        frame = pd.concat([before, *(part for part in [verdict.change_set.rows.get(table)] if part is not None)])
        frame = frame.drop_duplicates(key, keep="last")
        gone = verdict.change_set.removed.get(table)
        if gone is not None:
            frame = frame[~pd.MultiIndex.from_frame(frame[key]).isin(pd.MultiIndex.from_frame(gone[key]))]
        tables[table] = frame
    return Snapshot(tables, known.regions, known.gazetteer)


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(any_sheets(), st.booleans(), st.booleans())
def test_no_line_is_lost_and_reading_again_changes_nothing(
    known: Snapshot, sheets: list[Matching], clears: bool, answering: bool
) -> None:
    verdict = judged(known, *sheets, clears=clears)
    answers = {asked.key: asked.options[-1].code for asked in verdict.questions} if answering else {}
    verdict = judged(known, *sheets, clears=clears, answers=answers)
    for matching in sheets:
        assert matching.form
        found = verdict.lines["essai.xlsx", matching.form.title]
        assert found.read == len(matching.grid.rows) - 1 == found.good + found.refused + found.held_back
        refused = {refusal.where.line for refusal in verdict.issues if refusal.where.sheet == matching.grid.sheet}
        waiting = [refusal.where.line for refusal in verdict.held_back if refusal.where.sheet == matching.grid.sheet]
        assert (len(refused), len(waiting)) == (found.refused, found.held_back)
        assert refused.isdisjoint(waiting)
    assert bool(verdict.held_back) <= bool(verdict.questions)

    written = after(known, verdict)
    meetings = written.rows["meeting"].set_index("code")["status"]
    for table in ("attendance", "action"):
        rows_of = written.rows[table]
        assert (rows_of["meeting_code"].map(meetings) == "held").all()
        assert not rows_of.duplicated(list(store.KEYS[table])).any()

    again = judged(written, *sheets, clears=clears, answers=answers)
    for table, frame in after(written, again).rows.items():
        assert same_rows(frame, written.rows[table]), table


def test_progress_is_told_now_and_then(known: Snapshot) -> None:
    told: list[tuple[float, str]] = []
    check_sheets([sheet(MEETINGS, "Code", [MAY_6])], known, progress=lambda part, words: told.append((part, words)))
    assert [part for part, _ in told] == sorted(part for part, _ in told)
    assert told[-1][0] == 1.0
    assert len(told) <= 36


def test_many_lines_take_no_time(known: Snapshot, nothing: Snapshot) -> None:
    names = [name for name, code in known.gazetteer.spellings() if code[:2] in {"59", "62"} and len(code) == 5][:800]
    months = pd.date_range("1999-01-01", periods=25, freq="MS")
    meetings = sheet(MEETINGS, "Réseau | Nature | Date", *([HDF, "atelier", day.date()] for day in months))
    lines = ([HDF, day.date(), name] for day in months for name in names)
    there = sheet(ATTENDANCE, "Réseau | Date | Territoire", *lines)
    started = time.perf_counter()
    verdict = judged(known, meetings, there)
    assert time.perf_counter() - started < 5  # 20,000 lines: about 0.4 s on an idle machine
    assert counts(verdict, ATTENDANCE)[0] == len(names) * len(months)
    assert replace(verdict.lines["essai.xlsx", "Présences"], held_back=0).good > 15_000
    assert own_territories(nothing.rows) == Own([], [], [])
