"""What a cell says: dates, headcounts, choices and texts as people write them."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial

import pytest

from netstats.intake.dates import Day, read_date
from netstats.intake.issues import Issue
from netstats.intake.values import (
    Headcount,
    Labels,
    as_text,
    choice_reader,
    read_code,
    read_headcount,
    read_number,
    read_text,
    read_yes_no,
    shown,
    slug,
    split,
)

MAY_6 = Day(date(2020, 5, 6), "day")


@pytest.mark.parametrize(
    "cell",
    [
        "06/05/2020",
        "6/5/2020",
        "06.05.2020",
        "06-05-2020",
        "2020-05-06",
        "2020-05-06 00:00:00",
        "2020-05-06T14:30",
        "06/05/2020 14:30",
        "6 mai 2020",
        "le 6 MAI 2020",
        "mercredi 6 mai 2020",
        "Mercredi, 6 mai 2020",
        " 6\u00a0mai 2020 ",
        date(2020, 5, 6),
        datetime(2020, 5, 6, 14, 30),
    ],
)
def test_a_day(cell: object) -> None:
    assert read_date(cell) == MAY_6


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1er mars 2020", Day(date(2020, 3, 1), "day")),
        ("1ᵉʳ mars 2020", Day(date(2020, 3, 1), "day")),
        ("mars 2020", Day(date(2020, 3, 1), "month")),
        ("déc. 2019", Day(date(2019, 12, 1), "month")),
        ("Août 2021", Day(date(2021, 8, 1), "month")),
        ("aout 2021", Day(date(2021, 8, 1), "month")),
        ("05/2020", Day(date(2020, 5, 1), "month")),
        ("2020-05", Day(date(2020, 5, 1), "month")),
        ("2019", Day(date(2019, 1, 1), "year")),
        (2019, Day(date(2019, 1, 1), "year")),
        (2019.0, Day(date(2019, 1, 1), "year")),
        ("29/02/2020", Day(date(2020, 2, 29), "day")),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(cell: object, expected: Day) -> None:
    assert read_date(cell) == expected


@pytest.mark.parametrize(
    ("cell", "reason", "suggestions"),
    [
        ("31/02/2020", "n’existe pas", ()),
        ("29/02/2021", "n’existe pas", ()),
        ("05/13/2020", "pas de mois 13", ("13/05/2020",)),
        ("06/05/20", "deux chiffres", ("06/05/2020",)),
        ("jeudi 6 mai 2020", "est un mercredi", ()),
        ("mercredi mai 2020", "n’est pas une date", ()),
        (43957, "est un nombre ; mettez la cellule au format date", ()),
        (43957.5, "est un nombre", ()),
        ("43957", "est un nombre", ()),
        (float("nan"), "est un nombre", ()),
        (True, "n’est pas une date", ()),
        (time(14, 30), "n’est pas une date", ()),
        ("06/05/1850", "plausible", ()),
        (date(1900, 1, 1), "plausible", ()),
        ("2120", "plausible", ()),
        ("6 mai", "n’est pas une date", ()),
        ("printemps 2020", "n’est pas une date", ()),
        ("6 et 7 mai 2020", "dit plusieurs jours", ()),
        ("1² mars 2020", "exposant", ()),
        ("0000", "n’est pas une date", ()),
        ("9" * 5000, "n’est pas une date", ()),
    ],
)
def test_no_date_is_guessed(cell: object, reason: str, suggestions: tuple[str, ...]) -> None:
    answer = read_date(cell)
    assert isinstance(answer, Issue)
    assert reason in answer.words
    assert answer.suggestions == suggestions


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (9, Headcount(9, None)),
        (9.0, Headcount(9, None)),
        ("9", Headcount(9, None)),
        ("9,0", Headcount(9, None)),
        ("1 234", Headcount(1234, None)),
        ("1\u202f234", Headcount(1234, None)),
        ("16 participants", Headcount(16, None)),
        ("environ 50", Headcount(50, "about")),
        ("Environ 1 500 personnes", Headcount(1500, "about")),
        ("env. 30", Headcount(30, "about")),
        ("~50", Headcount(50, "about")),
        ("≈ 50", Headcount(50, "about")),
        ("près de 150", Headcount(150, "about")),
        ("une cinquantaine", Headcount(50, "about")),
        ("une centaine de personnes", Headcount(100, "about")),
        ("plus de 150", Headcount(150, "at_least")),
        ("plus d’une centaine", Headcount(100, "at_least")),
        ("150+", Headcount(150, "at_least")),
        ("+ de 150", Headcount(150, "at_least")),
        ("au moins 20", Headcount(20, "at_least")),
        ("150 et plus", Headcount(150, "at_least")),
        *((cell, Headcount(17, None)) for cell in ("17 pers.", "17 pers", "17 Pers.")),
    ],
)
def test_a_headcount(cell: object, expected: Headcount) -> None:
    assert read_headcount(cell) == expected


@pytest.mark.parametrize(
    "cell",
    [
        *(-3, "-3", 0, "0", 2.5, "2,5", "beaucoup", "50 à 60", "entre 50 et 60", "moins de 50", "16 chaises", "1.234"),
        *("16¹", "10²", "environ 50³", "16①", "16₁"),
        *("1,000", "99999999", 1e300, float("inf"), True, date(2020, 5, 6), "", "environ", "9" * 5000),
    ],
)
def test_no_headcount_is_guessed(cell: object) -> None:
    assert isinstance(read_headcount(cell), Issue)


@pytest.mark.parametrize(
    ("cell", "suggestions"),
    [
        *((cell, ("20",)) for cell in ("20 (dont 4 en visio)", "20 dont 3 élus", "20 (hors animateurs)")),
        *((cell, ("au moins 12", "environ 13")) for cell in ("12-15", "12 à 15", "entre 12 et 15 personnes")),
        ("20/25", ("20", "environ 22")),
        ("12 ?", ("12", "environ 12")),
        ("+ 12", ("12", "plus de 12")),
        ("15-12", ()),
    ],
)
def test_a_count_with_another_number_or_a_doubt_says_what_may_be_meant(cell: str, suggestions: tuple[str, ...]) -> None:
    read = read_headcount(cell)
    assert isinstance(read, Issue)
    assert read.suggestions == suggestions
    assert all(isinstance(read_headcount(one), Headcount) for one in suggestions)


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        *(
            (cell, "04/04/2024", "05/04/2024")
            for cell in ("4 et 5 avril 2024", "4-5 avril 2024", "Du 4 au 5 avril 2024")
        ),
        *(
            (cell, "12/06/2024", "13/06/2024")
            for cell in ("12/13 juin 2024", "les 12 et 13/06/2024", "12–13 juin 2024")
        ),
        ("mercredi 12 et jeudi 13 juin 2024", "12/06/2024", "13/06/2024"),
        ("30 mai au 1er juin 2024", "30/05/2024", "01/06/2024"),
        ("30/05 - 01/06/2024", "30/05/2024", "01/06/2024"),
        ("02/09/2024 et 09/10/2024", "02/09/2024", "09/10/2024"),
        ("31 décembre 2024 au 1er janvier 2025", "31/12/2024", "01/01/2025"),
    ],
)
def test_two_days_are_told_where_to_write_them(cell: str, first: str, last: str) -> None:
    read = read_date(cell)
    assert isinstance(read, Issue)
    assert read.code == "several-days"
    assert f"écrivez {first} dans Date, et {last} dans Date de fin" in read.words


@pytest.mark.parametrize(
    "cell", ["5 et 4 avril 2024", "avril et mai 2024", "12 juin 2024 à Lille", "mai-juin 2024", "4-5"]
)
def test_what_is_no_two_days_is_no_date(cell: str) -> None:
    read = read_date(cell)
    assert isinstance(read, Issue)
    assert read.code == "not-a-date"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        *((cell, True) for cell in ("oui", "Oui", "O", "x", "X", "vrai", "VRAI", "true", "1", 1, 1.0, True)),
        *((cell, False) for cell in ("non", "N", "faux", "false", "0", 0, False)),
    ],
)
def test_yes_or_no(cell: object, expected: bool) -> None:
    assert read_yes_no(cell) is expected


@pytest.mark.parametrize("cell", ["peut-être", "-", 2, "oui et non", date(2020, 5, 6)])
def test_neither_yes_nor_no(cell: object) -> None:
    assert isinstance(read_yes_no(cell), Issue)


def test_a_choice_is_found_whatever_its_accents_case_and_plural() -> None:
    read = choice_reader({"présentiel": "présentiel", "inconnu": "unknown"}, {"en présence": "présentiel"})
    assert (read("En présence"), "présence" in str(read("absent"))) == ("présentiel", False)
    assert [read(cell) for cell in ("PRESENTIEL", "présentiels", " Présentiel ", "inconnu")] == [
        *["présentiel"] * 3,
        "unknown",
    ]
    wrong = read("présentie")  # a typing mistake is shown, never taken
    assert isinstance(wrong, Issue)
    assert "présentiel ou inconnu attendu" in wrong.words
    assert wrong.suggestions == ("présentiel",)


def test_a_label_that_is_alike_once_its_plural_is_off_stays_exact() -> None:
    labels = Labels([("Jeune", "one"), ("Jeunes", "many"), ("Élus", "elected")])
    assert labels.find("jeunes") == ("many",)
    assert labels.find("jeune") == ("one",)
    assert labels.find("elu") == ("elected",)
    assert labels.find("élue") == ()


def test_a_text_is_one_line() -> None:
    read = partial(read_text, most=300)
    assert read("  Une note\r\n sur deux lignes\tet un onglet ") == "Une note sur deux lignes et un onglet"
    assert read("e\u0301lus") == "élus"
    assert read(16.0) == "16"
    assert read(2.5) == "2,5"
    assert read("=1+1") == "=1+1"
    assert read("-5 % d’actes") == "-5 % d’actes"


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("Écrire à jean.dupont@ville.fr", "adresse électronique"),
        ("Appeler le 06 12 34 56 78", "numéro de téléphone"),
        ("Avec M. Dupont", "nom d’une personne"),
        ("RÃ©union", "mauvais encodage"),
        ("R\ufffdunion", "mauvais encodage"),
        ("Réu\u200bnion", "invisible"),
        ("x" * 301, "est trop long (301 caractères, 300 au plus)"),
        (True, "vrai ou faux"),
        (date(2020, 5, 6), "une date"),
    ],
)
def test_a_text_that_is_refused(cell: object, reason: str) -> None:
    answer = read_text(cell, 300)
    assert isinstance(answer, Issue)
    assert reason in answer.words


def test_an_address() -> None:
    read = partial(read_text, most=1000, kind="url")
    assert read(" https://ffsu.org/?p=4691 ") == "https://ffsu.org/?p=4691"
    wrong = read("www.ffsu.org/page")
    assert isinstance(wrong, Issue)
    assert wrong.suggestions == ("https://www.ffsu.org/page",)
    assert isinstance(read("javascript:alert(1)"), Issue)


def test_a_code() -> None:
    read = partial(read_code, most=100)
    assert read("hauts-de-france-2026-03-12") == "hauts-de-france-2026-03-12"
    assert read(12.0) == "12"
    wrong = read("Hauts de France")
    assert isinstance(wrong, Issue)
    assert wrong.suggestions == ("hauts-de-france",)


def test_a_number() -> None:
    read = partial(read_number, most=1000)
    assert [read(cell) for cell in (3, 3.0, "3", "3,0", "1 000")] == [3, 3, 3, 3, 1000]
    assert all(isinstance(read(cell), Issue) for cell in (0, -1, 1001, 2.5, "trois", True, "1,000"))


def test_a_list() -> None:
    assert split("Stupéfiants ;Police  municipale;\n Rodéos ; ") == ("Stupéfiants", "Police municipale", "Rodéos")
    assert split("Fleury, Marne ; Lille") == ("Fleury, Marne", "Lille")
    assert split(59350) == ("59350",)


def test_codes_are_made_from_names() -> None:
    assert slug("CISPD Anzin-Beuvrages-Petite-Forêt-Raismes") == "cispd-anzin-beuvrages-petite-foret-raismes"
    assert slug("Bretagne – Pays de la Loire") == "bretagne-pays-de-la-loire"
    assert slug("L’Haÿ-les-Roses, Cœur d'Ostrevent") == "l-hay-les-roses-coeur-d-ostrevent"
    assert slug("???") == ""


def test_a_cell_is_quoted_as_it_is_seen() -> None:
    cells = [None, True, 16.0, 2.5, date(2020, 5, 6), datetime(2020, 5, 6, 14, 30), " a\n b ", "x" * 100]
    assert [shown(cell) for cell in cells] == [
        *("", "VRAI", "16", "2,5", "06/05/2020", "06/05/2020 14:30", "a b"),
        "x" * 79 + "…",
    ]
    assert isinstance(as_text(time(9, 30)), Issue)
