"""Grids are matched to the forms by name and headers; what shows persons is never read."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from netstats.intake.forms import ACTIONS, ATTENDANCE, BY_NAME, FORMS, MEETINGS, NETWORKS, Form
from netstats.intake.issues import Issue
from netstats.intake.persons import looks_like_a_name, shows_persons
from netstats.intake.read.files import Grid, read_file
from netstats.intake.read.matching import match, rematch
from netstats.reference.fold import normalize
from tests.intake.read.samples import workbook

DATA = Path(__file__).parents[3] / "data"


def grid(*rows: list[object], sheet: str = "Feuil1", file: str = "x.xlsx") -> Grid:
    width = max(map(len, rows))
    return Grid(file, sheet, [[*row, *[None] * (width - len(row))] for row in rows], list(range(1, len(rows) + 1)))


def of_form(form: Form, **options: str) -> Grid:
    return grid([field.header for field in form.fields], [field.example or "x" for field in form.fields], **options)


@pytest.mark.parametrize("form", FORMS)
def test_no_two_fields_of_a_form_share_a_header_or_synonym(form: Form) -> None:
    named = [normalize(name) for field in form.fields for name in {field.header, *field.synonyms}]
    assert len(set(named)) == len(named)


def test_no_two_forms_share_a_name() -> None:
    named = [name for form in FORMS for name in {normalize(n) for n in (form.name, form.title, *form.synonyms)}]
    assert len(set(named)) == len(named)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_recognised_by_its_sheet_and_by_its_file(form: Form) -> None:
    for given in (of_form(form, sheet=form.title), of_form(form, sheet="", file=f"{form.name}.csv")):
        matching = match(given)
        assert matching.form is form
        assert dict(matching.columns) == {field.name: rank for rank, field in enumerate(form.fields)}
        assert (matching.header, matching.ignored, matching.refused, matching.notices) == (0, (), {}, ())


@pytest.mark.parametrize(
    "form", [MEETINGS, ATTENDANCE, ACTIONS, *(BY_NAME[name] for name in ("organismes", "reseaux"))]
)
def test_a_sheet_without_a_name_is_recognised_by_its_headers(form: Form) -> None:
    assert match(of_form(form)).form is form


def test_two_forms_with_the_same_columns_are_left_to_the_person() -> None:
    given = of_form(BY_NAME["types"])
    matching = match(given)
    assert matching.form is None
    assert "non reconnue" in matching.notices[0]
    chosen = rematch(matching, BY_NAME["publics"], {"code": 0, "name": 1})
    assert (chosen.form, dict(chosen.columns)) == (BY_NAME["publics"], {"code": 0, "name": 1})


def test_headers_are_read_whatever_their_accents_case_signs_and_order() -> None:
    headers: list[object] = [
        "NATURE",
        "date *",
        "  Réseau\nrégional ",
        "Participants (présents)",
        "themes_abordes",
        "Humeur",
    ]
    matching = match(grid(headers, ["atelier", "2020", "Bretagne", 3, "a", "b"]))
    assert matching.form is MEETINGS
    assert dict(matching.columns) == {"kind": 0, "date": 1, "network": 2, "participants": 3, "themes": 4}
    assert matching.ignored == ("Humeur",)


def test_a_typing_slip_is_understood_and_said() -> None:
    matching = match(grid(["Réseau", "Nature", "Particpants", "Titer"], ["Bretagne", "atelier", 3, "x"]))
    assert dict(matching.columns) == {"network": 0, "kind": 1, "participants": 2, "title": 3}
    assert [said for said in matching.notices if "Particpants" in said]


@pytest.mark.parametrize("header", ["Prénom", "Noms", "Contact", "Actionnaire", "Nombre de tables", "Dat", "Villa"])
def test_what_is_more_than_a_slip_is_not(header: str) -> None:
    matching = match(grid(["Réseau", "Date", "Territoire", header], ["Bretagne", "2020", "Rennes", "x"]))
    assert 3 not in matching.columns.values()


def test_titles_above_the_headers_are_passed() -> None:
    matching = match(
        grid(["Réunions de 2024"], ["Édité le", "3 mai"], ["Réseau", "Nature", "Date"], ["Bretagne", "atelier", "2024"])
    )
    assert (matching.form, matching.header) == (MEETINGS, 2)


@pytest.mark.parametrize("sheet", ["Lisez-moi", "Listes", "Exemples", "LISEZ MOI"])
def test_sheets_that_explain_are_put_aside(sheet: str) -> None:
    matching = match(of_form(MEETINGS, sheet=sheet))
    assert (matching.form, dict(matching.columns)) == (None, {})
    assert "mise de côté" in matching.notices[0]


def test_a_missing_required_column_is_said() -> None:
    matching = match(grid(["Réseau", "Date"], ["Bretagne", "2020"], sheet="Réunions"))
    assert "Colonne absente : «\u00a0Nature\u00a0»" in matching.notices[0]


def test_the_column_of_mendings_is_left_aside_without_a_word() -> None:
    matching = match(grid(["Réseau", "Nature", "À corriger"], ["Bretagne", "x", "M. Dupont …"], sheet="Réunions"))
    assert (matching.ignored, matching.refused) == ((), {})
    assert "Autre" in match(grid(["Réseau", "Nature", "Autre"], ["Bretagne", "x", "y"], sheet="Réunions")).ignored


@pytest.mark.parametrize(
    ("header", "field"),
    [
        *(("Quand", "date"), ("Date de réunion", "date"), ("Nb pers.", "participants")),
        *(("Thématique abordée", "themes"), ("Thématiques abordées", "themes")),
    ],
)
def test_headers_that_staff_write(header: str, field: str) -> None:
    matching = match(grid(["Réseau", "Nature", header], ["Bretagne", "atelier", "1"], sheet="Réunions"))
    assert matching.columns.get(field) == 2


@pytest.mark.parametrize("name", ["reunions.csv", "Réunions 2025.csv", "exports/reunions.csv"])
@pytest.mark.parametrize("other", ["Participants", "Date", "Lieu"])
def test_a_file_that_changes_one_column_is_recognised_by_its_name(name: str, other: str) -> None:
    matching = match(grid(["Code", other], ["a-2020", "12"], sheet="", file=name))
    assert matching.form is MEETINGS
    assert set(matching.headers) == {"Code", other}
    assert "Colonnes absentes" in matching.notices[0]


def test_a_sheet_without_a_name_that_changes_one_column_is_recognised_by_its_key() -> None:
    assert match(grid(["Code", "Participants"], ["a-2020", 12])).form is MEETINGS
    assert match(grid(["Réunion", "Membre du FFSU"], ["a-2020", "oui"])).form is ATTENDANCE
    assert match(grid(["Code", "Date"], ["a-2020", "2020"])).form is None  # of a meeting or of an action
    assert match(grid(["Réseau", "Date", "Territoire"], ["Bretagne", "2020", "Rennes"])).form is ATTENDANCE


# --- merged cells -----------------------------------------------------------------------------------


def test_a_merged_number_is_no_number_of_each_line() -> None:
    def fill(book: Workbook) -> None:
        written = book.add_worksheet("Réunions")
        written.write_row(0, 0, ["Réseau", "Nature", "Date", "Participants", "Séances"])
        written.write_column(1, 2, ["2020", "2021", "2022"])
        written.write_column(1, 4, [1, 1, 1])
        written.write(3, 3, 12)
        written.merge_range(1, 0, 3, 0, "Bretagne")
        written.merge_range(1, 1, 3, 1, "atelier")
        written.merge_range(1, 3, 2, 3, 30)

    (read,) = read_file("x.xlsx", workbook(fill))
    matching = match(read)
    assert [row[0] for row in matching.rows[1:]] == ["Bretagne"] * 3
    first, second, third = (row[3] for row in matching.rows[1:])
    assert isinstance(first, Issue)
    assert first == second
    assert (first.found, third) == ("30", 12)
    assert "fusionné sur plusieurs lignes" in first.words
    assert "D2:D3" in matching.notices[0]
    # A person may say that the column is another one: nothing is lost of what it holds.
    assert [row[3] for row in rematch(matching, MEETINGS, {"note": 3}).rows[1:]] == [30, 30, 12]


# --- headers written twice --------------------------------------------------------------------------


def test_two_columns_of_one_meaning_are_refused_unless_one_is_better() -> None:
    twice = match(grid(["Réseau", "Nature", "Date", "Date"], ["Bretagne", "atelier", "2020", "2021"]))
    assert "date" not in twice.columns
    assert "les colonnes C et D" in twice.refused["Date"]
    better = match(grid(["Réseau", "Nature", "Type", "Date"], ["Bretagne", "atelier", "x", "2021"]))
    assert (better.columns["kind"], better.ignored, better.refused) == (1, ("Type",), {})


def test_a_person_chooses_between_two_columns() -> None:
    twice = match(
        grid(["Réseau", "Date", "Ville", "Commune"], ["Bretagne", "2020", "Rennes", "Brest"], sheet="Présences")
    )
    assert set(twice.refused) == {"Ville", "Commune"}
    chosen = rematch(twice, ATTENDANCE, {**twice.columns, "territory": 3})
    assert chosen.columns["territory"] == 3
    assert (chosen.ignored, chosen.refused) == (("Ville",), {})


def test_a_correction_cannot_name_what_is_not_there() -> None:
    matching = match(of_form(NETWORKS))
    corrected = rematch(matching, NETWORKS, {"name": 1, "code": 99, "regions": -1, "ghost": 0, "scope": 1})
    assert dict(corrected.columns) == {"name": 1}
    assert rematch(matching, None, {"name": 1}).form is None


# --- personal data ----------------------------------------------------------------------------------

PERSONS = {
    "Animé par": ["Jean Dupont", "MARTIN Paule", "Lille"],
    "Vu": ["Mme Durand", "M. Petit"],
    "Qui": ["a.b@ville.fr", "c@d.fr"],
    "Joindre": ["06 12 34 56 78", "+33 1 23 45 67 89"],
    "Liste": ["Jean Dupont, Marie Durand (Lille)", "Karim Benali"],
    "Initiales": ["J. Dupont", "A.-M. Petit"],
    "Rencontré": ["Julie", "Karim"],
}


@pytest.mark.parametrize("header", ["Nom du référent", "Courriel", "Téléphone", "Prénom", "Interlocuteur", "E-mail"])
def test_a_column_that_announces_persons_is_refused(header: str) -> None:
    matching = match(grid(["Réseau", "Date", "Territoire", header], ["Bretagne", "2020", "Rennes", "x"]))
    assert matching.form is ATTENDANCE
    assert "personnes" in matching.refused[header]
    assert header not in matching.ignored
    assert not rematch(matching, ATTENDANCE, {"printed_name": 3}).columns


@pytest.mark.parametrize(
    "header",
    [
        *("Nom", "Nom du maire", "Nom de la commune et du maire", "Nom (commune)", "Nom / commune", "Contact commune"),
        *("Nom du représentant de la commune", "Nom et nombre d’élus", "Nombre et contact", "Personnes", "Élus"),
    ],
)
def test_a_name_beside_that_of_a_body_or_a_count_is_refused(header: str) -> None:
    matching = match(grid(["Réseau", "Date", "Territoire", header], ["Bretagne", "2020", "Rennes", "x"]))
    assert "personnes" in matching.refused[header]


@pytest.mark.parametrize(
    "header",
    ["Nom de la commune", "Nom de la collectivité", "Nom de l’organisme", "Nom de l'EPCI", "Nom EPCI", "EPCI"],
)
def test_the_name_of_a_body_is_a_territory(header: str) -> None:
    matching = match(grid(["Réseau", "Date", header, "Membre"], ["Bretagne", "2020", "Rennes", "oui"]))
    assert (matching.form, matching.columns["territory"], matching.refused) == (ATTENDANCE, 2, {})
    persons: list[list[object]] = [["Bretagne", "2020", "Jean Dupont"], ["Bretagne", "2021", "Paule Martin"]]
    assert match(grid(["Réseau", "Date", header], *persons, sheet="Présences")).refused.keys() == {header}


@pytest.mark.parametrize("header", ["Nombre de personnes", "Personnes présentes", "Nb personnes"])
def test_a_number_of_people_is_a_headcount(header: str) -> None:
    matching = match(grid(["Réseau", "Nature", header], ["Bretagne", "atelier", 12]))
    assert (matching.columns["participants"], matching.refused) == (2, {})
    persons: list[list[object]] = [["Bretagne", "atelier", "Jean Dupont"], ["Bretagne", "atelier", "Mme Martin"]]
    assert match(grid(["Réseau", "Nature", header], *persons)).refused.keys() == {header}


@pytest.mark.parametrize(
    "header", ["Nombre d’élus", "Nb élus", "Nb de directeurs", "Élus (nombre)", "Nom du dispositif"]
)
def test_a_count_or_the_name_of_a_thing_is_only_left_out(header: str) -> None:
    matching = match(grid(["Réseau", "Nature", header], ["Bretagne", "atelier", 12], sheet="Réunions"))
    assert (matching.ignored, matching.refused) == ((header,), {})
    assert header in match(grid(["Réseau", "Nature", header], ["a", "b", "a@b.fr"], ["a", "b", "c@d.fr"])).refused


@pytest.mark.parametrize(("header", "values"), PERSONS.items())
def test_a_column_whose_values_are_persons_is_refused_even_when_nothing_reads_it(
    header: str, values: list[object]
) -> None:
    rows: list[list[object]] = [["Bretagne", "2020", "Rennes", value] for value in values]
    matching = match(grid(["Réseau", "Date", "Territoire", header], *rows))
    assert "colonne refusée" in matching.refused[header]


def test_an_official_column_that_holds_persons_is_refused() -> None:
    rows: list[list[object]] = [["Bretagne", "2020", "Jean Dupont"], ["Bretagne", "2021", "Paule Martin"]]
    matching = match(grid(["Réseau", "Date", "Territoire"], *rows))
    assert "Territoire" in matching.refused
    assert "territory" not in matching.columns
    assert "territory" not in rematch(matching, ATTENDANCE, {"territory": 2}).columns


def test_a_list_of_contacts_is_refused_whatever_it_is_taken_for() -> None:
    matching = match(grid(["Nom", "Prénom", "Courriel"], ["Dupont", "Jean", "a@b.fr"], ["Petit", "Zoé", "c@d.fr"]))
    assert matching.form is None
    assert {"Prénom", "Courriel"} <= set(matching.refused)


def test_places_are_no_persons() -> None:
    for place in ("Saint-Denis", "Jean-de-Boiseau", "Salle Jean Jaurès", "Saint Denis", "CISPD Bron", "Port Louis"):
        assert not looks_like_a_name(place)
    with (DATA / "reference" / "communes.csv").open(encoding="utf-8") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    # « Romain », « Marie », « Suzanne » are communes too; none can make half of a list.
    assert len([name for name in names if looks_like_a_name(name)]) < 50
    assert len([name for name in names if looks_like_a_name(name.replace("-", " "))]) < 120


def test_the_real_activity_shows_no_persons() -> None:
    for path in (DATA / "network").glob("*.csv"):
        with path.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        for column in rows[0]:
            assert shows_persons([row[column] for row in rows]) is None, (path.name, column)


# --- lines of a text that go beyond the headers -----------------------------------------------------


def test_a_line_with_more_values_than_headers_cannot_be_read() -> None:
    (given,) = read_file("presences.csv", "Réseau,Date,Territoire\nB,2020,Rennes\nB,2020,Brest, Finistère\n".encode())
    matching = match(given)
    assert matching.grid.rows[1] == ["B", "2020", "Rennes"]
    assert all(isinstance(value, Issue) for value in matching.grid.rows[2])
    assert "ligne 3" in matching.notices[0]


def test_a_note_in_the_margin_of_a_workbook_is_said_and_left() -> None:
    matching = match(grid(["Réseau", "Date", "Territoire"], ["Bretagne", "2020", "Rennes", "à voir"]))
    assert matching.ignored == ("colonne D",)
    assert "colonne D" in matching.notices[0]


def test_a_grid_without_any_text_has_no_header() -> None:
    matching = match(grid([1, 2], [3, 4]))
    assert (matching.form, matching.header, matching.headers) == (None, -1, ())
    assert rematch(matching, MEETINGS, {"code": 0}).form is None
    assert match(grid([1, 2]), MEETINGS).form is None
