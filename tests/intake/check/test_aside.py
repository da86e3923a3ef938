"""Lines that may be no records: what a title, a remark or a sum says of them is asked, whatever stands beside it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from netstats.intake.read.files import Grid
from netstats.intake.read.matching import match
from netstats.intake.snapshot import Snapshot
from tests.intake.test_cases import HDF, Import, known

__all__ = ["known"]

TOWNS = ["Calais", "Dunkerque", "Lens", "Lille", "Arras"]


def meetings(known: Snapshot, header: str, *cells: Sequence[object] | object) -> Import:
    """Read meetings, each with a title and a day of its own, and what it has in a further column."""
    rows: list[list[object]] = [["Réseau", "Nature", "Date", "Titre", header]]
    rows += [[HDF, "atelier", f"1{rank}/03/2024", f"Essai {rank}", cell] for rank, cell in enumerate(cells)]
    return Import(known, [match(Grid("a.xlsx", "Réunions", rows, list(range(1, len(rows) + 1))))], {})


def attendance(known: Snapshot, header: str, *cells: str) -> Import:
    """Read who was at a meeting that the database has, and what is said of each in a further column."""
    rows: list[list[object]] = [["Réseau", "Date", "Territoire", header]]
    rows += [[HDF, "06/05/2020", town, cell] for town, cell in zip(TOWNS, cells, strict=False)]
    return Import(known, [match(Grid("a.xlsx", "Présences", rows, list(range(1, len(rows) + 1))))], {})


def titled(known: Snapshot, *lines: tuple[object, ...], columns: str = "Date Titre Participants") -> Import:
    rows: list[list[object]] = [["Réseau", "Nature", *columns.split()]]
    rows += [[HDF, "atelier", *line] for line in lines]
    return Import(known, [match(Grid("a.xlsx", "Réunions", rows, list(range(1, len(rows) + 1))))], {})


def titles(found: Import) -> list[object]:
    return found.values("meeting", "title")


@pytest.mark.parametrize(
    "title",
    ["ANNULÉE – Réunion de mars", "Réunion de juin (annulée)", "Réunion reportée au 12 mai", "Report de la réunion"],
)
def test_a_title_that_calls_a_meeting_off_is_asked_about(known: Snapshot, title: str) -> None:
    found = titled(known, ("12/03/2024", title, 9), ("13/03/2024", "Essai", 12))
    assert titles(found) == ["Essai"]
    assert list(found.asked) == [
        f"La colonne « Titre » dit « {title} ». Faut-il prendre cette ligne comme les autres ?"
    ]
    assert titles(found.answered("Non : 1 ligne ne compte pas")) == ["Essai"]
    assert titles(found.answered("Oui")) == [title, "Essai"]


def test_a_title_says_nothing_more_where_the_status_is_written(known: Snapshot) -> None:
    title = "Réunion de juin (annulée)"
    lines = [("12/03/2024", title, "annulée"), ("13/03/2024", title, "tenue"), ("14/03/2024", title, "")]
    found = titled(known, *lines, columns="Date Titre Statut")
    assert found.values("meeting", "status") == ["cancelled"]
    assert next(iter(found.asked.values()))[0] == "Non : 2 lignes ne comptent pas"


def test_a_meeting_that_is_known_is_not_asked_about(known: Snapshot) -> None:
    code = str(known.rows["meeting"]["code"].iloc[0])
    assert not titled(known, (code, "Réunion de juin (annulée)"), columns="Code Titre").asked


@pytest.mark.parametrize(
    ("header", "cells", "taken"),
    [
        ("Observations", ["reportée au 12 mai", "bonne participation", ""], ["Essai 1", "Essai 2"]),
        (
            "Observations",
            ["très riche", "bonne participation", "annulée faute de participants"],
            ["Essai 0", "Essai 1"],
        ),
        ("Commentaire", ["annulée", "bonne participation", "à refaire"], ["Essai 1", "Essai 2"]),
        ("Commentaire", ["la réunion n’a pas eu lieu", "annulation", "bien"], ["Essai 2"]),
        ("Note", ["Annulée", "bonne participation", ""], ["Essai 1", "Essai 2"]),
        ("Lieu", ["Lens", "ANNULÉ", "Arras"], ["Essai 0", "Essai 2"]),
    ],
)
def test_a_remark_holds_its_line_whatever_stands_beside_it(
    known: Snapshot, header: str, cells: list[str], taken: list[str]
) -> None:
    found = meetings(known, header, *cells)
    assert titles(found) == taken
    assert titles(found.answered("Non")) == taken
    assert len(titles(found.answered("Oui"))) == len(cells)


def test_some_of_the_remarks_may_say_nothing_of_the_line(known: Snapshot) -> None:
    remarks = ("reportée au 12 mai", "report du calendrier évoqué", "bien", "reporté à juin", "reportée au 12 mai")
    found = meetings(known, "Observations", *remarks).answered("Cela dépend")
    assert titles(found) == ["Essai 2"]
    assert [len(question.lines) for question in found.result.questions] == [2, 1, 1]
    assert titles(found.answered("Non", "Oui", "Non")) == ["Essai 1", "Essai 2"]


@pytest.mark.parametrize(
    ("answers", "taken"),
    [("Oui Non Non", "P P"), ("Oui Oui Non", "P PV P"), ("Non Oui Oui", "PV A"), ("Oui Oui Oui", "P PV A P")],
)
def test_each_answer_of_a_column_can_be_taken_or_not(known: Snapshot, answers: str, taken: str) -> None:
    cells = ["P", "PV", "A", "P"]
    found = attendance(known, "Présence", *cells).answered("Cela dépend")
    assert not found.rows("attendance")
    here = found.answered(*answers.split()).values("attendance", "printed_name")
    assert len(here) == len(taken.split())


def test_signs_are_values_of_their_own(known: Snapshot) -> None:
    found = attendance(known, "Présent", "oui", "?", "-", "oui").answered("Cela dépend")
    assert len(found.answered("Oui", "Non", "Oui").rows("attendance")) == 3


def test_hundreds_of_remarks_are_listed_in_part(known: Snapshot) -> None:
    rows: list[tuple[object, ...]] = [
        (f"{1 + n % 28:02}/{1 + n // 28:02}/2024", f"Essai {n}", f"reportée au {n}") for n in range(60)
    ]
    found = titled(known, *rows, columns="Date Titre Observations")
    ((sentence, options),) = found.asked.items()
    assert "« reportée au 11 » et 48 autres remarques." in sentence
    assert (options[0], options[-1]) == ("Non : 60 lignes ne comptent pas", "Oui, comme les autres")


@pytest.mark.parametrize("cells", [["non", "oui", "oui"], ["non", "oui", ""]])
def test_whether_a_meeting_was_made_is_asked(known: Snapshot, cells: list[str]) -> None:
    found = meetings(known, "Réalisée", *cells)
    assert not titles(found)
    assert "Essai 0" not in titles(found.answered(f"{cells.count('oui')} ligne"))


@pytest.mark.parametrize(
    ("header", "cells", "there"),
    [
        ("Commentaire", ["excusé (problème de train)", "absent", "s’est excusée", "en visio", "très bien"], 2),
        ("Commentaire", ["n’a pas pu venir", "Excusée, souhaite le compte rendu", "présentation très claire", ""], 2),
        ("Commentaire", ["s’est désisté", "élue au logement", "en visio", "arrivée à 10 h", ""], 4),
    ],
)
def test_who_was_not_there_is_asked_whatever_else_is_said(
    known: Snapshot, header: str, cells: list[str], there: int
) -> None:
    found = attendance(known, header, *cells)
    assert len(found.rows("attendance")) == there
    assert len(found.answered("Non").rows("attendance")) == there
    assert len(found.answered("Oui").rows("attendance")) == len(cells)


def test_of_a_column_that_names_persons_only_the_word_is_quoted(known: Snapshot) -> None:
    found = attendance(known, "Nom du représentant", "Mme Jeanne Durand (excusée)", "M. Paul Martin", "Mme Anne Petit")
    assert len(found.rows("attendance")) == 2
    ((sentence, _),) = found.asked.items()
    assert sentence.startswith("La colonne « Nom du représentant » dit « excusée ». Faut-il prendre cette ligne")


def test_a_quality_that_tells_who_came_is_asked(known: Snapshot) -> None:
    found = attendance(known, "Qualité", "Présent", "Invité", "Désisté")
    assert not found.rows("attendance")
    assert len(found.answered("1 ligne, celles où elle dit « Présent »").rows("attendance")) == 1


@pytest.mark.parametrize(
    "answers", [("prés.", "exc."), ("P", "A"), ("prés", "abs"), ("en attente", "validé"), ("titulaire", "empêché")]
)
def test_a_status_that_tells_who_came_is_asked(known: Snapshot, answers: tuple[str, ...]) -> None:
    assert attendance(known, "Statut", *answers).asked


@pytest.mark.parametrize(
    "said", ["atelier sur l’absentéisme", "élu référent", "rapporteur", "présente le bilan", "non"]
)
def test_a_remark_about_something_else_is_not_asked_about(known: Snapshot, said: str) -> None:
    assert not attendance(known, "Commentaire", said, "en visio", "").asked
    assert not meetings(known, "Commentaire", said, "bonne participation", "").asked


def test_what_is_empty_is_not_taken_with_what_denies(known: Snapshot) -> None:
    found = meetings(known, "Commentaires", "", "annulé", "reporté", "")
    ((_, options),) = found.asked.items()
    assert options == [
        "Toutes : elle ne change rien",
        "2 lignes, celles où elle dit rien",
        "2 lignes, celles où elle dit « annulé » ou « reporté »",
        "Cela dépend : demander pour chaque valeur",
    ]
    assert titles(found.answered("2 lignes, celles où elle dit rien")) == ["Essai 0", "Essai 3"]
    found = attendance(known, "Présent", "oui", "", "excusé", "visio")
    assert [option.split(" ", 5)[-1] for option in next(iter(found.asked.values()))[1:-1]] == [
        "dit « oui »",
        "dit rien",
        "dit « excusé »",
        "dit « visio »",
        "dit « oui », rien ou « visio »",
        "dit « oui » ou « visio »",
    ]


TWO = (("12/03/2024", "Essai", 12), ("13/06/2024", "Essai 2", 23))


@pytest.mark.parametrize(
    "total",
    [
        ("2024", "Bilan 2024", 35),
        (2024, "", 35),
        ("2024", "", 35),
        ("", "Les 2 réunions", 35),
        ("", "Nombre de réunions", 2),
        ("", "Moy.", 17),
        ("14/06/2024", "Max", 23),
        ("", "Objectif 2024", 40),
        ("", "Récapitulatif", 40),
        ("", "Ensemble", 40),
    ],
)
def test_a_line_that_sums_up_is_asked_about(known: Snapshot, total: tuple[object, ...]) -> None:
    found = titled(known, *TWO, total)
    assert titles(found) == ["Essai", "Essai 2"]
    assert titles(found.answered("Non : un total")) == ["Essai", "Essai 2"]
    assert len(titles(found.answered("Oui"))) == 3


def test_the_sum_of_all_after_those_of_the_parts(known: Snapshot) -> None:
    found = titled(known, *TWO, ("", "", 35), ("14/06/2024", "Essai 3", 5), ("15/06/2024", "Essai 4", 6), ("", "", 46))
    assert [str(line) for question in found.result.questions for line in question.lines] == ["4", "7"]


@pytest.mark.parametrize(
    "line",
    [
        ("14/06/2024", "Bilan 2024 et perspectives", 9),
        ("14/06/2024", "Ensemble contre les violences", 35),
        ("2024", "Essai 3", 12),
        ("2023", "Essai 3", 35),
        ("mars 2024", "Essai 3", 35),
        ("14/06/2024", "Minimes et justice", 9),
    ],
)
def test_a_meeting_that_sums_up_nothing_is_not_asked_about(known: Snapshot, line: tuple[object, ...]) -> None:
    assert not [one for one in titled(known, *TWO, line).asked if "total" in one]


def test_a_column_that_may_count_the_participants_is_asked_about(known: Snapshot) -> None:
    found = meetings(known, "Total participants", 17, 0, "environ 12")
    (asked,) = found.asked
    assert asked.startswith("La colonne « Total participants » dit-elle le nombre de participants de chaque réunion ?")
    assert titles(found) == []
    counted = found.answered("Oui")
    assert counted.values("meeting", "participants") == [17, 12]
    assert titles(found.answered("Non")) == []


def test_one_of_several_columns_may_count_the_participants(known: Snapshot) -> None:
    rows: list[list[object]] = [
        ["Réseau", "Nature", "Date", "Titre", "Nb élus", "Nb agents"],
        [HDF, "atelier", "11/03/2024", "Essai", 4, 9],
    ]
    found = Import(known, [match(Grid("a.xlsx", "Réunions", rows, [1, 2]))], {})
    assert found.answered("Oui : « Nb agents »").values("meeting", "participants") == [9]
    assert found.answered("Non").values("meeting", "participants") == [None]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Nb invités", [17, 12]),
        ("Nb présents prévus", [17, 12]),
        ("Nombre de quartiers", [17, 12]),
        ("Participants (noms)", ["Lille", 12]),
    ],
)
def test_a_column_that_counts_something_else_is_not(known: Snapshot, header: str, cells: list[object]) -> None:
    assert not any("nombre de participants" in asked for asked in meetings(known, header, *cells).asked)
