"""Files that people have, each of which was once read wrongly: what is stored, or what is asked.

The files of tests/intake/cases are those of the reports; each kind of fault has siblings beside its file.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from xlsxwriter import Workbook

from netstats import store
from netstats.intake.check.sheets import CheckResult, check_sheets
from netstats.intake.forms import BY_NAME
from netstats.intake.read.files import Grid, read_file
from netstats.intake.read.matching import Matching, match, rematch
from netstats.intake.snapshot import Snapshot, read_snapshot
from netstats.wording import NO_BREAK
from tests.intake.read.samples import (
    cell,
    container,
    legacy_label,
    legacy_stream,
    open_document,
    record,
    row,
    workbook,
)

HDF = "Hauts-de-France"
TODAY = date(2026, 11, 23)
CASES = Path(__file__).parent / "cases"
MEETINGS = "Réseau;Nature;Date;Titre"
ATTENDANCE = "Réseau;Date;Territoire"
MAY_6 = "Hauts-de-France;06/05/2020"  # a meeting that the database has
WORKSHOP = "Hauts-de-France;atelier;12/03/2024;Essai"


class Import:
    """Files read together: how they are understood, what can be written, what is refused and asked."""

    def __init__(self, known: Snapshot, matchings: list[Matching], answers: Mapping[str, str]) -> None:
        self.known, self.matchings, self.given = known, matchings, answers
        self.result: CheckResult = check_sheets(matchings, known, answers=answers, today=TODAY)

    def rows(self, table: str) -> list[dict[str, object]]:
        """The rows to write, None for what is unknown."""
        frame = self.result.change_set.rows.get(table)
        if frame is None:
            return []
        plain = frame.astype(object).where(frame.notna(), None)
        return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]

    def values(self, table: str, column: str) -> list[object]:
        return [row[column] for row in self.rows(table)]

    @property
    def issues(self) -> list[str]:
        return [str(one).replace(NO_BREAK, " ") for one in self.result.issues]

    @property
    def notices(self) -> str:
        return " ".join(notice for matching in self.matchings for notice in matching.notices).replace(NO_BREAK, " ")

    @property
    def asked(self) -> dict[str, list[str]]:
        """Question → its options."""
        return {
            question.sentence.replace(NO_BREAK, " "): [
                option.label.replace(NO_BREAK, " ").replace("\u202f", " ") for option in question.options
            ]
            for question in self.result.questions
        }

    def answered(self, *words: str) -> Import:
        """Return the same import once each question left was answered by the option that begins with these words."""
        questions = self.result.questions
        assert len(questions) == len(words), self.asked
        answers = {
            question.key: next(
                option.code for option in question.options if option.label.replace(NO_BREAK, " ").startswith(said)
            )
            for question, said in zip(questions, words, strict=True)
        }
        return Import(self.known, self.matchings, {**self.given, **answers})


Reader = Callable[..., Import]


@pytest.fixture(scope="module")
def known(real_database: store.Database) -> Snapshot:
    return read_snapshot(real_database)


@pytest.fixture
def read(known: Snapshot) -> Reader:
    """An import of a file of tests/intake/cases, under a name of ours, or of lines written here."""

    def reader(what: str, *lines: str, name: str = "reunions.csv") -> Import:
        path = CASES / what
        content = "\n".join((what, *lines)).encode() if lines else path.read_bytes()
        grids = read_file(name if lines or path.suffix == ".csv" else path.name, content)
        return Import(known, [match(grid) for grid in grids], {})

    return reader


# --- text files


def test_a_space_before_a_quote_is_read(read: Reader) -> None:
    """A space after the separator."""
    found = read("f11_espace_avant_guillemet.csv")
    assert found.values("meeting", "title") == ["Essai; deux"]
    assert not found.issues


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_line_says_once_why_it_cannot_be_read(read: Reader, separator: str) -> None:
    """A stray quote in a line that is shifted as well."""
    lines = (f'{MEETINGS}\n{WORKSHOP}\nHauts-de-France;ate"lier";12/03/2024;Essai;deux').replace(";", separator)
    found = read(*lines.split("\n"))
    assert len(found.issues) == 1
    assert "guillemet" in found.issues[0]
    assert "Issue(" not in found.issues[0]


def test_lines_that_are_one_value_between_quotes_are_unfolded(read: Reader) -> None:
    found = read("f31_lignes_entre_guillemets.csv")
    assert found.values("meeting", "title") == ["Essai"]
    assert "entre guillemets" in found.notices


def test_quotes_inside_such_lines_are_kept(read: Reader) -> None:
    found = read('"Réseau,Nature,Date,Titre"', '"Hauts-de-France,atelier,12/03/2024,""Essai, deux"""')
    assert found.values("meeting", "title") == ["Essai, deux"]
    assert not read('"Code"', '"a; b"').matchings[0].columns.keys() - {"code"}


# --- what a spreadsheet shows, and what it holds


def dated(shape: str) -> bytes:
    """Return a workbook whose date, the 12th of March 2024, is shown so."""

    def fill(book: Workbook) -> None:
        written = book.add_worksheet("Réunions")
        written.write_row(0, 0, ["Réseau", "Nature", "Date", "Titre"])
        written.write_row(1, 0, ["Hauts-de-France", "atelier", None, "Essai"])
        written.write_datetime(1, 2, datetime(2024, 3, 12), book.add_format({"num_format": shape}))

    return workbook(fill)


def test_a_date_shown_to_the_month_is_known_to_the_month(read: Reader) -> None:
    found = read("f05_mois_format_mmm-aa.xlsx")
    assert found.values("meeting", "date_precision") == ["month"]
    assert found.values("meeting", "held_on") == [pd.Timestamp(2024, 3, 1)]


@pytest.mark.parametrize(
    ("shape", "precision"),
    [
        ("mmm-yy", "month"),
        ("mmmm yyyy", "month"),
        ("mm/yyyy", "month"),
        ('"mois de" mmmm\\ yyyy', "month"),
        ("[$-40C]mmm\\-yy;@", "month"),
        ("yyyy", "year"),
        ("dd/mm/yyyy", "day"),
        ("[$-40C]d mmmm yyyy;@", "day"),
        ("d/m/yy h:mm", "day"),
    ],
)
def test_a_date_is_as_precise_as_its_format(known: Snapshot, shape: str, precision: str) -> None:
    found = Import(known, [match(grid) for grid in read_file("a.xlsx", dated(shape))], {})
    assert found.values("meeting", "date_precision") == [precision]
    assert not found.issues


@pytest.mark.parametrize(
    ("shown", "precision"), [("mars-24", "month"), ("03/2024", "month"), ("2024", "year"), ("12/03/24", "day")]
)
def test_a_date_of_libreoffice_is_as_precise_as_it_is_shown(known: Snapshot, shown: str, precision: str) -> None:
    day = f"<table:table-cell office:value-type='date' office:date-value='2024-03-12'><text:p>{shown}</text:p>"
    headers = row("".join(map(cell, ("Réseau", "Nature", "Titre", "Date"))))
    values = "".join(map(cell, ("Hauts-de-France", "atelier", "Essai")))
    content = open_document(headers + row(f"{values}{day}</table:table-cell>"))
    found = Import(known, [match(grid, BY_NAME["reunions"]) for grid in read_file("a.ods", content)], {})
    assert found.values("meeting", "date_precision") == [precision]


def test_hidden_lines_are_said(read: Reader) -> None:
    found = read("f21_ligne_masquee_par_filtre.xlsx")
    assert len(found.rows("meeting")) == 2
    assert "1 ligne masquée est lue aussi (ligne 3)" in found.notices


# --- territories that a name may mean


@pytest.mark.parametrize(
    ("network", "name", "meant"),
    [
        ("National", "La Réunion", {"47222", "974"}),
        ("National", "Indre", {"44074", "36"}),
        ("National", "Creuse", {"80225", "23"}),
        ("National", "La Marne", {"44090", "51"}),
        ("Nouvelle-Aquitaine", "Corrèze", {"19062", "19"}),
        ("Bretagne – Pays de la Loire", "Mayenne", {"53147", "53"}),
        ("National", "Évry", {"89162", "91228"}),
        ("Auvergne-Rhône-Alpes", "Clermont", {"74078", "63113"}),
        ("Nouvelle-Aquitaine", "Mont", {"64396", "40192"}),
        ("Hauts-de-France", "Longueville", {"62526", "59357"}),
    ],
)
def test_a_name_that_may_mean_more_is_asked(read: Reader, network: str, name: str, meant: set[str]) -> None:
    """A département and a village; a tiny homonym of what a large town is called in short."""
    found = read(f"{MEETINGS};Territoires présents", f"{network};atelier;12/03/2024;Essai;{name}")
    (question,) = found.result.questions
    assert meant <= {option.code for option in question.options}
    assert not found.rows("attendance")


@pytest.mark.parametrize("file", ["f06_departement_ou_commune.csv", "f07_nom_court_petit_homonyme.csv"])
def test_homonyms_of_two_kinds_and_short_names_are_asked(read: Reader, file: str) -> None:
    found = read(file)
    assert len(found.result.questions) == len(found.result.held_back)
    assert not found.rows("attendance")
    assert not found.issues


@pytest.mark.parametrize(
    ("network", "name", "code"),
    [
        ("National", "Paris", "75056"),
        ("National", "ville de Mayenne", "53147"),
        ("National", "département de la Mayenne", "53"),
        ("National", "Indre (44)", "44074"),
        ("National", "Lille", "59350"),
        ("Hauts-de-France", "Longueville (La)", "59357"),
        ("Hauts-de-France", "Longueville, La", "59357"),
        ("Hauts-de-France", "LONGUEVILLE (LA)", "59357"),
        ("National", "Mans (Le)", "72181"),
        ("National", "Haÿ-les-Roses (L')", "94038"),
        ("National", "Ulis (Les)", "91692"),
    ],
)
def test_a_name_that_says_which_is_not_asked(read: Reader, network: str, name: str, code: str) -> None:
    found = read(f"{MEETINGS};Territoires présents", f"{network};atelier;12/03/2024;Essai;{name}")
    assert found.values("attendance", "territory_code") == [code]


def test_an_article_behind_a_name_is_part_of_it(read: Reader) -> None:
    assert read("f09_article_entre_parentheses.csv").values("attendance", "territory_code") == ["59357"]


# --- a number is no code


def test_a_column_of_numbers_is_a_headcount(read: Reader) -> None:
    found = read("f01_presents_nombre.csv")
    assert found.values("meeting", "participants") == [25]
    assert not found.rows("attendance")
    assert "« Présents » est lue comme « Participants »" in found.notices


@pytest.mark.parametrize("written", ["1", "59", "95", "environ 75", "une vingtaine", "1 020", "33 personnes"])
def test_however_the_number_is_written(read: Reader, written: str) -> None:
    found = read(f"{MEETINGS};Présents", f"{WORKSHOP};{written}")
    assert found.values("meeting", "participants") != [None]
    assert not found.rows("attendance")


@pytest.mark.parametrize("codes", [["1053", "1004", "1283"], ["2691"], ["1053.0", "9122,0"]])
def test_codes_whose_zero_is_lost_are_no_headcount(read: Reader, codes: list[str]) -> None:
    found = read(f"{MEETINGS};Présents", *(f"{WORKSHOP} {code};{code}" for code in codes))
    assert not [row for row in found.rows("meeting") if row["participants"]]
    assert not found.rows("attendance")
    assert all("est un nombre. Est-ce le code de ce territoire ?" in asked for asked in found.asked)
    assert len(found.asked) + len(found.issues) == len(codes)


def test_a_code_that_kept_its_zero_is_no_headcount(read: Reader) -> None:
    found = read(f"{MEETINGS};Présents", f"{WORKSHOP};01053")
    assert found.values("attendance", "territory_code") == ["01053"]
    assert found.values("meeting", "participants") == [None]


@pytest.mark.parametrize("counts", [["1053", "40"], ["1600", "1053"], ["3500"], ["1 053"], ["environ 1053"]])
def test_a_headcount_of_over_a_thousand_is_one(read: Reader, counts: list[str]) -> None:
    found = read(f"{MEETINGS};Présents", *(f"{WORKSHOP} {count};{count}" for count in counts))
    assert len(found.values("meeting", "participants")) == len(counts)
    assert None not in found.values("meeting", "participants")


@pytest.mark.parametrize("written", ["25", "59", "1", "1004", "2024"])
@pytest.mark.parametrize(
    "lines",
    [
        (f"{MEETINGS};Territoires présents", f"{WORKSHOP};"),  # the official header
        (f"{MEETINGS};Participants;Présents", f"{WORKSHOP};30;"),  # the headcount has its column
        (f"{MEETINGS};Présents", f"{WORKSHOP};Lille ; "),  # among names
        (ATTENDANCE, f"{MAY_6};"),
    ],
)
def test_a_number_where_a_name_is_expected_is_asked(read: Reader, lines: tuple[str, str], written: str) -> None:
    name = "presences.csv" if lines[0] == ATTENDANCE else "reunions.csv"
    header, line = lines
    quoted = f'{line[: -len("Lille ; ")]}"Lille ; {written}"' if line.endswith("; ") else f"{line}{written}"
    found = read(header, quoted, name=name)
    assert not found.rows("attendance")
    if not found.issues:  # no territory has this code: refused
        assert list(found.asked) == [f"« {written} » est un nombre. Est-ce le code de ce territoire ?"]


def test_the_code_of_a_departement_can_be_meant(read: Reader) -> None:
    found = read(ATTENDANCE, f"{MAY_6};62", name="presences.csv").answered("Pas-de-Calais")
    assert found.values("attendance", "territory_code") == ["62"]


def test_a_code_in_its_own_column_is_not_asked(read: Reader) -> None:
    found = read(f"{ATTENDANCE};Code du territoire", f"{MAY_6};;62", name="presences.csv")
    assert found.values("attendance", "territory_code") == ["62"]


# --- dates


def dates(found: Import) -> list[str]:
    """The dates to write, as precise as they are known, in the order of the titles."""
    shapes = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
    rows = sorted(found.rows("meeting"), key=lambda row: str(row["title"]))
    return [f"{row['held_on']:{shapes[str(row['date_precision'])]}}" for row in rows]


def test_the_order_of_day_and_month_is_that_of_the_column(read: Reader) -> None:
    found = read("f04_mois_avant_jour.csv")
    assert not found.rows("meeting")
    assert not found.issues
    assert list(found.asked.values()) == [
        [
            "jour/mois/année : « 03/12/2024 » est le 3 décembre 2024",
            "mois/jour/année : « 03/12/2024 » est le 12 mars 2024",
        ]
    ]
    assert dates(found.answered("mois/jour/année")) == ["2024-03-12", "2024-03-13", "2024-03-14"]
    day_first = found.answered("jour/mois/année")
    assert dates(day_first) == ["2024-12-03"]
    assert [options[0] for options in day_first.asked.values()] == ["13/03/2024", "14/03/2024"]


def meetings_on(*written: str) -> tuple[str, ...]:
    return (MEETINGS, *(f"Hauts-de-France;atelier;{day};{rank}" for rank, day in enumerate(written)))


@pytest.mark.parametrize("sign", ["/", "-", "."])
def test_only_what_may_be_month_first_waits(read: Reader, sign: str) -> None:
    days = [day.replace("/", sign) for day in ("04/05/2023", "25/05/2023", "06/06/2023", "05/25/2023 14:30")]
    found = read(*meetings_on(*days, "avril 2023"))
    assert dates(found) == ["2023-05-25", "2023-06-06", "2023-04"]
    assert dates(found.answered("mois")) == ["2023-04-05", "2023-05-25", "2023-06-06", "2023-05-25", "2023-04"]


def test_a_date_that_a_spreadsheet_took_for_another_waits_as_well(known: Snapshot) -> None:
    """A French Excel makes a date of 03/12/2024, and leaves 03/13/2024 as it is."""
    days: list[object] = [datetime(2024, 12, 3), "03/13/2024"]
    rows: list[list[object]] = [
        ["Réseau", "Nature", "Date", "Titre"],
        *([HDF, "atelier", day, str(day)] for day in days),
    ]
    grid = Grid("a.xlsx", "Réunions", rows, [1, 2, 3])
    found = Import(known, [match(grid)], {})
    assert not found.rows("meeting")
    assert sorted(dates(found.answered("mois"))) == ["2024-03-12", "2024-03-13"]


def test_years_of_two_digits_are_one_question(read: Reader) -> None:
    found = read(*meetings_on("12/03/24", "14/04/24", "06/05/2024"))
    assert dates(found) == ["2024-05-06"]
    assert dates(found.answered("jour")) == ["2024-03-12", "2024-04-14", "2024-05-06"]


@pytest.mark.parametrize("sure", [datetime(2024, 3, 4), "04/03/2024", "2024-03-04", "4 mars 2024"])
def test_only_the_dates_in_doubt_take_the_order(known: Snapshot, sure: object) -> None:
    rows: list[list[object]] = [["Réseau", "Nature", "Date", "Titre"]]
    rows += [[HDF, "atelier", day, str(rank)] for rank, day in enumerate((sure, "05/06/24"))]
    found = Import(known, [match(Grid("a.xlsx", "Réunions", rows, [1, 2, 3]))], {})
    assert dates(found) == ["2024-03-04"]
    assert dates(found.answered("mois")) == ["2024-03-04", "2024-05-06"]


def test_a_year_of_two_digits_tells_as_well_that_the_month_is_first(read: Reader) -> None:
    found = read(*meetings_on("04/05/2024", "12/13/24", "20/06/2024"))
    assert dates(found) == ["2024-06-20"]
    assert "« 12/13/24 » ne se lit que mois/jour/année" in next(iter(found.asked))
    assert dates(found.answered("mois")) == ["2024-04-05", "2024-12-13", "2024-06-20"]


def test_the_order_of_the_dates_of_a_sheet_is_not_that_of_another(known: Snapshot) -> None:
    places = [("a.xlsx", "2023"), ("a.xlsx", "2024"), ("b.csv", "")]
    header: list[object] = list(MEETINGS.split(";"))
    grids = [
        Grid(file, sheet, [header, [HDF, "atelier", day, file + sheet]], [1, 2])
        for (file, sheet), day in zip(places, ("04/05/23", "05/06/24", "07/08/25"), strict=True)
    ]
    found = Import(known, [match(grid, BY_NAME["reunions"]) for grid in grids], {})
    assert [one.place for one in found.result.questions] == ["2023 de a.xlsx", "2024 de a.xlsx", "b.csv"]
    assert dates(found.answered("mois", "jour", "mois")) == ["2023-04-05", "2024-06-05", "2025-07-08"]


def test_the_hour_beside_a_day_is_put_aside(read: Reader) -> None:
    assert dates(read("f12_heure_francaise.csv")) == ["2024-03-12", "2024-03-13"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12/03/2024 14h", "2024-03-12"),
        ("12/03/2024 à 14 h 30", "2024-03-12"),
        ("12/03/2024 14h30-16h", "2024-03-12"),
        ("mardi 12 mars 2024 de 9h à 12h30", "2024-03-12"),
        ("mardi 12 mars 2024, 9 h", "2024-03-12"),
        ("12-03-2024 à 9:30", "2024-03-12"),
        ("1 er avril 2024", "2024-04-01"),
        ("1-avr-2024", "2024-04-01"),
        ("12-déc.-2024", "2024-12-12"),
        ("12.mars.2024", "2024-03-12"),
        ("mars-2024", "2024-03"),
        ("2024-03-12T10:30:00Z", "2024-03-12"),
        ("2024-03-12T23:30:00+01:00", "2024-03-12"),
        ("2024-07-01T00:30:00+02:00", "2024-07-01"),
    ],
)
def test_dates_as_people_and_tools_write_them(read: Reader, written: str, meant: str) -> None:
    assert dates(read(*meetings_on(written))) == [meant]


def test_a_month_between_hyphens(read: Reader) -> None:
    found = read("f13_jour-mois-annee.csv")
    assert not found.asked  # the order of day and month changes nothing
    assert dates(found) == ["2024-03-12", "2024-03-12"]


# --- lines that are no records


def test_a_column_that_says_who_was_there_is_asked_about(read: Reader) -> None:
    found = read("f02_present_oui_non.csv", name="presences.csv")
    assert not found.rows("attendance")
    ((sentence, options),) = found.asked.items()
    assert sentence.startswith("La colonne « Présent » dit « oui », « non » et « excusé », et rien ne la lit.")
    assert options == [
        "Toutes : elle ne change rien",
        "1 ligne, celles où elle dit « oui »",
        "2 lignes, celles où elle dit « non » ou « excusé »",
        "Cela dépend : demander pour chaque valeur",
    ]
    assert found.answered("1 ligne").values("attendance", "territory_code") == ["62193"]
    assert len(found.answered("Toutes").rows("attendance")) == 3
    (counts,) = found.answered("1 ligne").result.lines.values()
    assert (counts.read, counts.good, counts.left_out) == (3, 1, 2)


@pytest.mark.parametrize(
    ("header", "cells", "taken"),
    [
        ("Présent(e)", ["x", "", "x"], 2),
        ("A participé", ["1", "0", "0"], 1),
        ("Émargement", ["OK", "", ""], 1),
        ("Réponse", ["présent en visio", "absente", "Excusé"], 1),
        ("Commentaire", ["présent", "absent", ""], 1),
    ],
)
def test_however_a_list_of_those_invited_says_it(read: Reader, header: str, cells: list[str], taken: int) -> None:
    towns = ["Calais", "Dunkerque", "Lens"]
    lines = [f"{MAY_6};{town};{cell}" for town, cell in zip(towns, cells, strict=True)]
    found = read(f"{ATTENDANCE};{header}", *lines, name="presences.csv")
    assert not found.rows("attendance")
    assert len(found.answered(f"{taken} ligne").rows("attendance")) == taken


def of_those_invited(header: str, *cells: str) -> tuple[str, ...]:
    towns = ["Calais", "Dunkerque", "Lens", "Lille"]
    lines = (f"{MAY_6};{town};{cell}" for town, cell in zip(towns, cells, strict=False))
    return (f"{ATTENDANCE};{header}", *lines)


@pytest.mark.parametrize(
    ("header", "cells", "options"),
    [
        ("Présence", "P A E P", ["2 lignes, celles où elle dit « P »", "1 ligne, celles où elle dit « A »"]),
        ("Présent", "oui non ?", ["1 ligne, celles où elle dit « oui »", "1 ligne, celles où elle dit « ? »"]),
        ("Présent", "oui non visio", ["2 lignes, celles où elle dit « oui » ou « visio »"]),
        ("Présents", "1 2 1 2", ["2 lignes, celles où elle dit « 1 »", "2 lignes, celles où elle dit « 2 »"]),
        ("Statut", "P p A", ["2 lignes, celles où elle dit « P » ou « p »"]),
        ("Absence", "A A", ["2 lignes, celles où elle dit « A »"]),
    ],
)
def test_what_a_column_that_decides_answers_in_its_own_words(
    read: Reader, header: str, cells: str, options: list[str]
) -> None:
    found = read(*of_those_invited(header, *cells.split()), name="presences.csv")
    assert not found.rows("attendance")
    (asked,) = found.asked.values()
    assert asked[0].startswith("Toutes")
    for option in options:
        assert option in asked
        assert len(found.answered(option).rows("attendance")) == int(option[0])


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Inscrits", "12 30 9"),
        ("Inscrits", "12 0 15"),
        ("Nombre d’invités", "2 1 1"),
        ("Présents élus", "3 2 3"),
        ("Validée le", "12/03/2024 13/03/2024"),
        ("Lieu", "P A E"),
    ],
)
def test_counts_and_days_decide_nothing(read: Reader, header: str, cells: str) -> None:
    answers = cells.split()
    found = read(*of_those_invited(header, *answers), name="presences.csv")
    assert not found.asked
    assert len(found.rows("attendance")) == len(answers)


@pytest.mark.parametrize(
    ("header", "cells", "asks"),
    [
        ("Statut", ["commune", "EPCI", "commune"], False),
        ("Statut", ["adhérent", "non adhérent", ""], False),
        ("Statut du représentant", ["titulaire", "suppléant", "titulaire"], False),
        ("Statut", ["adhérent", "excusé", "adhérent"], True),
        ("Statut", ["confirmé", "à confirmer", ""], True),
        ("Présents", ["12", "0", "15"], True),
        ("Présence", ["venu", "non venu", "venu"], True),
    ],
)
def test_a_status_is_asked_about_where_it_may_decide(
    read: Reader, header: str, cells: list[str], *, asks: bool
) -> None:
    found = read(*of_those_invited(header, *cells), name="presences.csv")
    assert bool(found.asked) is asks


def test_a_day_on_which_a_meeting_was_called_off_decides(read: Reader) -> None:
    found = read(f"{MEETINGS};Annulée le", f"{WORKSHOP};", f"{WORKSHOP} 2;01/03/2024")
    assert not found.rows("meeting")
    assert found.answered("1 ligne, celles où elle dit rien").values("meeting", "title") == ["Essai"]


def test_the_meetings_that_a_column_calls_off_wait(read: Reader) -> None:
    found = read(f"{MEETINGS};Annulée", f"{WORKSHOP};oui", f"{WORKSHOP} 2;non", f"{WORKSHOP} 3;non")
    assert not found.rows("meeting")
    assert len(found.answered("2 lignes").rows("meeting")) == 2


@pytest.mark.parametrize(("header", "cells"), [("Repas", "oui non"), ("Membre", "oui non"), ("Présent", "oui oui")])
def test_a_column_that_decides_nothing_is_not_asked_about(read: Reader, header: str, cells: str) -> None:
    lines = [f"{MAY_6};{town};{cell}" for town, cell in zip(("Calais", "Lens"), cells.split(), strict=True)]
    found = read(f"{ATTENDANCE};{header}", *lines, name="presences.csv")
    assert len(found.rows("attendance")) == 2


def test_a_total_is_no_meeting(read: Reader) -> None:
    found = read("f03_sous_totaux.csv")
    assert found.values("meeting", "title") == ["Atelier A"]
    assert list(found.asked) == [
        "« Sous-total Hauts-de-France » (ligne 3) se lit comme un total. Faut-il prendre cette ligne comme les autres ?"
    ]
    assert found.answered("Non").values("meeting", "participants") == [12]
    assert found.answered("Oui").values("meeting", "participants") == [12, 12]


@pytest.mark.parametrize(
    "total",
    ["Hauts-de-France;atelier;;TOTAL 2024;42", "Total;;;;42", "Hauts-de-France;;;Moyenne :;21", ";;;;42"],
)
def test_however_a_total_is_written(read: Reader, total: str) -> None:
    found = read(f"{MEETINGS};Participants", f"{WORKSHOP};12", f"{WORKSHOP} 2;30", total)
    assert not found.issues
    assert found.answered("Non").values("meeting", "participants") == [12, 30]


@pytest.mark.parametrize(
    ("header", "cells", "words"),
    [("Titre", ["Essai", "Total respect"], ("Oui", "Non")), ("Annulée", ["oui", "non"], ("Toutes", "1 ligne"))],
)
def test_the_lines_of_a_file_are_not_asked_about_with_those_of_another(
    known: Snapshot, header: str, cells: list[str], words: tuple[str, str]
) -> None:
    matchings = []
    for file, month in (("a.csv", "03"), ("b.csv", "04")):
        rows: list[list[object]] = [["Réseau", "Nature", "Date", header]]
        rows += [[HDF, "atelier", f"1{rank}/{month}/2024", cell] for rank, cell in enumerate(cells)]
        matchings.append(match(Grid(file, "", rows, [1, 2, 3]), BY_NAME["reunions"]))
    assert len(Import(known, matchings, {}).answered(*words).rows("meeting")) == 3


def test_a_meeting_about_totals_can_be_one(read: Reader) -> None:
    found = read(f"{MEETINGS};Participants", f"{WORKSHOP};12", "Hauts-de-France;atelier;14/03/2024;Total respect;9")
    assert found.answered("Oui").values("meeting", "title") == ["Essai", "Total respect"]
    assert not read(f"{MEETINGS};Participants", f"{WORKSHOP};12", f"{WORKSHOP} sur la totalité;9").asked


# --- codes, near names


def there(*names: str, code: str = "", header: str = ATTENDANCE) -> tuple[str, ...]:
    return (f"{header};Code du territoire", *(f"{MAY_6};{name};{code}" for name in names))


def test_the_code_of_a_part_is_that_of_the_commune_of_today(read: Reader) -> None:
    found = read("f15_code_arrondissement.csv", name="presences.csv")
    assert found.values("attendance", "territory_code") == ["75056"]
    parts = (
        ("Lomme", "59355", "59350"),
        ("", "69383", "69123"),
        ("Arbignieu", "01015", "01015"),
        ("", "13208", "13055"),
    )
    for name, code, meant in parts:
        assert read(*there(name, code=code), name="presences.csv").values("attendance", "territory_code") == [meant]


def test_a_whole_number_with_decimals_is_a_code(read: Reader) -> None:
    found = read("f19_code_en_decimal.csv", name="presences.csv")
    assert set(found.values("attendance", "territory_code")) == {"200093201", "62193"}
    for code in ("62193,0", "1004.0", "2691.00"):
        assert not read(*there("", code=code), name="presences.csv").issues


def test_the_code_settles_what_the_name_says_in_part(read: Reader) -> None:
    found = read("f16_bon_code_nom_usuel.csv", name="presences.csv")
    assert found.values("attendance", "territory_code") == ["91228"]
    for name, code in (("Clermont", "63113"), ("Châlons", "51108"), ("Touquet", "62826"), ("Lomme", "59350")):
        assert read(*there(name, code=code), name="presences.csv").values("attendance", "territory_code") == [code]


def test_a_code_and_a_name_that_differ_are_asked(read: Reader) -> None:
    found = read(*there("Lille", code="62193"), name="presences.csv")
    ((sentence, options),) = found.asked.items()
    assert "ne va pas avec le code 62193, qui désigne Calais (62)" in sentence
    assert options[:2] == ["Calais (62)", "Lille (59)"]
    assert found.answered("Lille").values("attendance", "territory_code") == ["59350"]
    assert found.answered("Calais").values("attendance", "territory_code") == ["62193"]
    two = read(*there("Lille", code="62193"), f"{MAY_6};Lille;59183", name="presences.csv")
    assert two.answered("Calais", "Dunkerque").values("attendance", "territory_code") == ["62193", "59183"]
    assert two.answered("Calais", "Dunkerque").result.answers == {}, "the next file has other codes beside it"


def test_the_mark_that_ends_a_file_of_old_is_no_line(read: Reader) -> None:
    assert read(MEETINGS, WORKSHOP, "\x1a").result.lines["reunions.csv", ""].read == 1


@pytest.mark.parametrize("count", ["1\u200b2", "\ufeff12"])
def test_an_invisible_letter_in_a_number_is_said(read: Reader, count: str) -> None:
    (said,) = read(f"{MEETINGS};Participants", f"{WORKSHOP};{count}").issues
    assert "un caractère invisible" in said


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Le Touquet", "Le Touquet-Paris-Plage (62)"),
        ("Touquet", "Le Touquet-Paris-Plage (62)"),
        ("Hénin", "Hénin-Beaumont (62)"),
        ("Villeneuve d'Asc", "Villeneuve-d'Ascq (59)"),
    ],
)
def test_a_name_that_begins_with_what_is_written_comes_first(read: Reader, name: str, first: str) -> None:
    found = read(*there(name), name="presences.csv")
    ((_, options),) = found.asked.items()
    assert options[0] == first


def test_a_short_name_without_suggestion_has_one(read: Reader) -> None:
    found = read("f17_nom_usuel_sans_suggestion.csv")
    assert found.answered("Le Touquet-Paris-Plage").values("attendance", "territory_code") == ["62826"]


def test_a_departement_beside_a_town_tells_which(read: Reader) -> None:
    assert read("f18_ville_departement.csv").values("attendance", "territory_code") == ["59350"]
    written = ("Saint-Denis, Seine-Saint-Denis", "Saint-Denis - 93", "Saint-Denis / Seine-Saint-Denis")
    for name in written:
        found = read(f"{MEETINGS};Territoires présents", f"National;atelier;12/03/2024;A;{name}")
        assert found.values("attendance", "territory_code") == ["93066"]


def test_collectivities_overseas_are_out_of_reach(read: Reader) -> None:
    assert "outre-mer" in read("f33_collectivite_outre_mer.csv", name="presences.csv").issues[0]
    for code in ("975", "97502", "98818", "987"):
        assert "outre-mer" in read(*there("", code=code), name="presences.csv").issues[0]


def test_a_near_name_is_one_question_for_the_file(read: Reader) -> None:
    lines = [f'Hauts-de-France;atelier;{day}/03/2024;{day};"Valencienne ; Lille"' for day in (12, 13, 14)]
    found = read(f"{MEETINGS};Territoires présents", *lines)
    (question,) = found.result.questions
    assert question.lines == (2, 3, 4)
    assert not found.issues
    assert found.answered("Valenciennes (59)").values("attendance", "territory_code").count("59606") == 3
    assert len(found.answered("Rien de cela").issues) == 3


@pytest.mark.parametrize(
    ("line", "chosen", "column", "stored"),
    [
        ("Hauts-de-Frence;atelier;12/03/2024;A;;", "Hauts-de-France", "network_code", "hauts-de-france"),
        ("Hauts-de-France;atelié;12/03/2024;A;;", "atelier", "kind", "atelier"),
        ("Hauts-de-France;atelier;12/03/2024;A;;ffsu.org/compte", "https://ffsu.org/compte", "source_url", None),
        ("Hauts-de-France;atelier;2024-03-12T23:30:00Z;A;;", "13/03/2024", "held_on", pd.Timestamp(2024, 3, 13)),
    ],
)
def test_any_near_value_is_a_question(read: Reader, line: str, chosen: str, column: str, stored: object) -> None:
    found = read(f"{MEETINGS};Thèmes;Source", line)
    assert not found.issues
    assert found.answered(chosen).values("meeting", column) == [stored or chosen]


def test_a_day_that_is_another_in_paris_is_asked(read: Reader) -> None:
    found = read("f14_iso_fuseau.csv")
    assert next(iter(found.asked.values()))[:2] == ["13/03/2024", "12/03/2024"]
    assert not found.rows("meeting")


# --- numbers of people, and those present on lines of their own


def headcounts(found: Import) -> list[tuple[object, object, object]]:
    """Number, precision and unit of each meeting."""
    names = ("participants", "participants_precision", "participants_unit")
    return [tuple(row[name] for name in names) for row in found.rows("meeting")]  # type: ignore[misc]


def test_a_number_and_its_unit(read: Reader) -> None:
    found = read("f29_effectifs.csv")
    assert not found.issues
    assert headcounts(found) == [(50, "at_least", None), (12, "exact", "élus"), (50, "at_least", None)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("50 et +", (50, "at_least", None)),
        ("50 ou plus", (50, "at_least", None)),
        ("environ 30 acteurs", (30, "about", "acteurs")),
        ("plus de 20 professionnelles", (20, "at_least", "professionnels")),
        ("25 élus et professionnels", (25, "exact", "élus et professionnels")),
        ("une trentaine d'inscrits", (30, "about", "inscrits")),
        ("18 personnes", (18, "exact", None)),
    ],
)
def test_however_many_people(read: Reader, written: str, meant: tuple[object, ...]) -> None:
    assert headcounts(read(f"{MEETINGS};Participants", f"{WORKSHOP};{written}")) == [meant]


def test_a_unit_that_its_column_contradicts_is_refused(read: Reader) -> None:
    header = f"{MEETINGS};Participants;Unité"
    assert "Unité" in read(header, f"{WORKSHOP};12 élus;inscrits").issues[0]
    assert headcounts(read(header, f"{WORKSHOP};12 élus;élus")) == [(12, "exact", "élus")]


def test_one_line_a_territory_is_one_meeting(read: Reader) -> None:
    found = read("f30_une_ligne_par_territoire.xlsx")
    assert not found.issues
    assert len(found.rows("meeting")) == 1
    assert len(found.rows("attendance")) == 3
    (counts,) = found.result.lines.values()
    assert (counts.read, counts.good) == (3, 3)


def test_the_lines_of_a_meeting_that_says_itself_once(read: Reader) -> None:
    header = f"{MEETINGS};Lieu;Territoires présents"
    lines = [f"{WORKSHOP};Lille;Lille", f"{WORKSHOP};;Calais", f"{WORKSHOP};Lille;Douai"]
    assert set(read(header, *lines).values("attendance", "territory_code")) == {"59350", "62193", "59178"}
    differs = read(header, *lines[:2], f"{WORKSHOP};Arras;Douai")
    assert (
        "est la même réunion que la ligne 4 et la contredit (Lieu : « Lille » ici, « Arras » là)" in differs.issues[0]
    )
    assert not differs.rows("attendance")
    waits = read(header, f"{WORKSHOP};Lille;Valencienne", f"{WORKSHOP};;Calais")
    assert not waits.rows("attendance")
    assert not waits.issues
    assert len(waits.answered("Valenciennes (59)").rows("attendance")) == 2


# --- headers that sound like persons


def test_the_names_of_communes_are_no_persons(read: Reader) -> None:
    found = read("f20_entete_nom_com.csv", name="presences.csv")
    assert not found.matchings[0].refused
    assert found.values("attendance", "printed_name") == ["Calais"]


@pytest.mark.parametrize("header", ["nom_com", "nom_membre", "nom_dept", "COLL_NOM", "NOM_COM", "nom_dep"])
def test_headers_of_official_files(read: Reader, header: str) -> None:
    found = read(f"Réseau;Date;{header}", f"{MAY_6};Calais", f"{MAY_6};Lens", name="presences.csv")
    assert set(found.values("attendance", "territory_code")) == {"62193", "62498"}


def test_a_column_that_sounds_like_persons_may_name_territories(known: Snapshot, read: Reader) -> None:
    (matching,) = read("Réseau;Date;Nom", f"{MAY_6};Calais", f"{MAY_6};Lens", name="presences.csv").matchings
    assert "Nom" in matching.refused
    chosen = rematch(matching, matching.form, {**matching.columns, "territory": 2})
    assert set(Import(known, [chosen], {}).values("attendance", "territory_code")) == {"62193", "62498"}
    assert "printed_name" not in rematch(matching, matching.form, {**matching.columns, "printed_name": 2}).columns


def test_a_column_that_shows_persons_is_never_chosen(read: Reader) -> None:
    lines = [f"{MAY_6};Jean Dupont", f"{MAY_6};Marie Durand"]
    (matching,) = read("Réseau;Date;Nom", *lines, name="presences.csv").matchings
    assert "territory" not in rematch(matching, matching.form, {**matching.columns, "territory": 2}).columns
    (matching,) = read("Réseau;Date;nom_com", *lines, name="presences.csv").matchings
    assert "nom_com" in matching.refused


# --- what becomes of the lines of a file


def test_new_changed_and_refused_count_lines(read: Reader) -> None:
    header = f"{MEETINGS};Lieu;Thèmes;Territoires présents"
    again = "Hauts-de-France;;06/05/2020;;"
    (counts,) = read(
        header,
        f'{WORKSHOP};Lille;;"Lille ; Calais"',  # a meeting and two attendances: one line
        f"{again};;",
        "Hauts-de-France;atelier;31/02/2024;Autre;;;",
    ).result.lines.values()
    assert (counts.read, counts.new, counts.changed, counts.unchanged, counts.refused) == (3, 1, 0, 1, 1)
    for more in ("Arras;;", ";Stupéfiants;", ";;Abbeville"):
        (counts,) = read(header, f"{again}{more}").result.lines.values()
        assert (counts.new, counts.changed, counts.unchanged) == (0, 1, 0), more


def test_attendances_count_as_lines(read: Reader) -> None:
    header = f"{ATTENDANCE};Membre du FFSU"
    lines = [f"{MAY_6};Abbeville;", f"{MAY_6};Lille;", f"{MAY_6};Nulle part;"]
    (counts,) = read(header, *lines, name="presences.csv").result.lines.values()
    assert counts.read == counts.new + counts.changed + counts.unchanged + counts.refused + counts.held_back
    assert counts.new >= 1


# --- what stands in parentheses


PRESENT = "Réseau;Nature;Date;Titre;Territoires présents"


def present(cell: str) -> tuple[str, str]:
    return PRESENT, f'Hauts-de-France;atelier;12/03/2024;Essai;"{cell}"'


@pytest.mark.parametrize(
    "name",
    [
        "Lille (excusé)",
        "Roubaix (absente)",
        "Lens (excusée)",
        "Arras (à confirmer)",
        "Douai (non)",
        "Soissons (non représentée)",
        "Arras (invité)",
        "Lille (59, excusé)",
        "Lille (59) (sous réserve)",
        "Lille (3)",
        "Lille (?)",
        "Lille (observateur)",
    ],
)
def test_a_note_beside_a_territory_is_asked(read: Reader, name: str) -> None:
    for lines in (present(name), (ATTENDANCE, f"{MAY_6};{name}")):
        found = read(*lines)
        assert not found.rows("attendance")
        (sentence,) = found.asked
        assert sentence.startswith(f"« {name} » porte la mention")
        assert found.asked[sentence][-1] == "Non : ne pas le compter"
        assert len(found.answered("Oui").rows("attendance")) == 1
        assert not found.answered("Non").rows("attendance")


def test_a_note_is_asked_beside_a_code_as_well(read: Reader) -> None:
    found = read(f"{ATTENDANCE};Code du territoire", f"{MAY_6};Lille (excusé);59350")
    assert len(found.asked) == 1


def test_who_does_not_count_leaves_the_others(read: Reader) -> None:
    """One question a value, and the meeting is kept."""
    other_day = present("Lille (excusé)")[1].replace("12/03", "13/03").replace("Essai", "Suite")
    found = read(*present("Lille (excusé) ; Roubaix (absente) ; Arras"), other_day)
    assert len(found.asked) == 2
    answered = found.answered("Non", "Non")
    assert len(answered.rows("meeting")) == 2
    assert answered.values("attendance", "territory_code") == ["62041"]
    assert not answered.issues


@pytest.mark.parametrize(
    "name",
    [
        "Lille (59)",
        "Lens (Pas-de-Calais)",
        "Lille (Hauts-de-France)",
        "Lille (HDF)",
        "Lille (visio)",
        "Lille (59, en ligne)",
        "Lille (présentiel)",
        "Lille (mairie)",
        "Lille (membre)",
        "Lille (59000)",
        "CA de Lens-Liévin (CALL)",
        "Nord (département)",
    ],
)
def test_a_note_that_says_where_or_what_is_not_asked(read: Reader, name: str) -> None:
    found = read(*present(name))
    assert len(found.rows("attendance")) == 1
    assert not found.asked


@pytest.mark.parametrize(
    "header",
    ["Participants (invités)", "Participants (prévu)", "Territoires (invités)", "Présents (excusés)"],
)
def test_a_header_of_others_than_those_present_is_not_read(read: Reader, header: str) -> None:
    found = read(f"{MEETINGS};{header}", f"{WORKSHOP};12")
    assert header in found.matchings[0].ignored
    assert found.values("meeting", "participants") == [None]


def test_a_header_that_lists_its_answers_or_leaves_others_out_is_read(read: Reader) -> None:
    found = read(f"{MEETINGS};Statut (tenue, prévue);Participants (hors invités)", f"{WORKSHOP};tenue;12")
    assert found.values("meeting", "participants") == [12]


@pytest.mark.parametrize("other", ["Participants (prévu)", "Participants (adultes)"])
def test_an_exact_header_wins(read: Reader, other: str) -> None:
    found = read(f"{MEETINGS};{other};Participants;Présents", f"{WORKSHOP};99;12;8")
    assert not found.matchings[0].refused
    assert found.matchings[0].columns["participants"] == 5
    assert other in found.matchings[0].ignored


def test_a_column_is_not_guessed_beside_two_that_say_the_same(read: Reader) -> None:
    found = read(f"{MEETINGS};Participants;participants;Présents", f"{WORKSHOP};99;12;8")
    assert "participants" not in found.matchings[0].columns


# --- hidden columns


def test_hidden_columns_are_said(known: Snapshot) -> None:
    def fill(book: Workbook) -> None:
        written = book.add_worksheet("Réunions")
        for line, values in enumerate((MEETINGS, WORKSHOP)):
            written.write_row(line, 0, [*values.split(";"), "Participants" if line == 0 else 12])
        written.set_column(4, 4, None, None, {"hidden": True})
        written.set_column(8, 900, None, None, {"hidden": True})  # which are empty

    (grid,) = read_file("a.xlsx", workbook(fill))
    assert [notice for notice in grid.notices if "masquée" in notice] == [
        f"1{NO_BREAK}colonne masquée est lue aussi (E) : vérifiez qu’il faut la prendre."
    ]


def test_hidden_columns_of_libreoffice_are_said() -> None:
    columns = (
        "<table:table-column table:number-columns-repeated='2'/>"
        "<table:table-column table:visibility='collapse' table:number-columns-repeated='2'/>"
    )
    content = open_document(columns + row("".join(map(cell, ("Réseau", "Nature", "Titre", "Date")))))
    (grid,) = read_file("a.ods", content)
    assert f"2{NO_BREAK}colonnes masquées sont lues aussi (C et D)" in grid.notices[0]


def test_hidden_columns_of_an_old_workbook_are_said() -> None:
    columns = record(0x7D, struct.pack("<HHHHHH", 1, 200, 0, 0, 1, 0))
    (grid,) = read_file("a.xls", container(legacy_stream(columns + legacy_label(0, 0, "a") + legacy_label(0, 1, "b"))))
    assert f"1{NO_BREAK}colonne masquée est lue aussi (B)" in grid.notices[0]
