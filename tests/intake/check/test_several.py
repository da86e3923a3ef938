"""A cell that names several territories, and those of them that a word says were not there."""

from __future__ import annotations

import time

import pytest

from netstats.intake.snapshot import Snapshot
from tests.intake.read.samples import read_lines
from tests.intake.test_cases import ATTENDANCE, MAY_6, PRESENT, Import, known

__all__ = ["known"]

NUMBERS = {"Lille": "59350", "Roubaix": "59512", "Tourcoing": "59599", "Lens": "62498", "Arras": "62041"}


def both(known: Snapshot, cell: str) -> tuple[Import, Import]:
    """Read a cell as the list of a meeting, and as that of a line of attendance."""
    listed = PRESENT, f'Hauts-de-France;atelier;12/03/2024;Essai;"{cell}"'
    return (
        Import(known, [read_lines(*listed)], {}),
        Import(known, [read_lines(ATTENDANCE, f'{MAY_6};"{cell}"', name="presences.csv")], {}),
    )


def codes(found: Import) -> list[object]:
    return found.values("attendance", "territory_code")


def of(*names: str) -> list[str]:
    return [NUMBERS[name] for name in names]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Lille - Roubaix", ["Lille", "Roubaix"]),
        ("Roubaix, Tourcoing et Lens", ["Roubaix", "Tourcoing", "Lens"]),
        ("Lille et Roubaix", ["Lille", "Roubaix"]),
        ("Lille / Roubaix", ["Lille", "Roubaix"]),
        ("Lille – Roubaix ; Lens", ["Lille", "Roubaix", "Lens"]),
        ("Présents : Lille, Lens", ["Lille", "Lens"]),
        ("Villes présentes : Lille", ["Lille"]),
        ("Lille - visio", ["Lille"]),
        ("Lille (59), Roubaix (Nord)", ["Lille", "Roubaix"]),
    ],
)
def test_a_list_whose_parts_are_all_names_is_read(known: Snapshot, cell: str, names: list[str]) -> None:
    for found in both(known, cell):
        assert codes(found) == of(*names)
        assert not found.asked
        assert not found.issues


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("CA de Béthune-Bruay, Artois-Lys Romane", "200072460"),
        ("Boulogne - sur - Mer", "62160"),
        ("Lille, Nord", "59350"),
        ("Saint-Amand-les-Eaux", "59526"),
    ],
)
def test_a_name_that_holds_a_separator_is_one(known: Snapshot, cell: str, code: str) -> None:
    for found in both(known, cell):
        assert codes(found) == [code]


def test_a_department_of_two_words_is_one(known: Snapshot) -> None:
    for found in both(known, "Meurthe-et-Moselle"):
        (options,) = found.asked.values()
        assert options[0].startswith("Meurthe-et-Moselle (département)")


@pytest.mark.parametrize(
    "cell", ["Calais, Nord", "Lille, Rubaix", "CC du Pays de Lille et Roubaix", "Lille, Lens, Nulle"]
)
def test_a_list_that_may_be_one_name_is_asked(known: Snapshot, cell: str) -> None:
    for found in both(known, cell):
        assert not codes(found)
        (sentence,) = found.asked
        assert sentence == f"« {cell} » n’est le nom d’aucun territoire connu. En nomme-t-il plusieurs ?"
        assert found.asked[sentence][1] == "Non, un seul"


def test_the_parts_are_then_asked_as_any_name(known: Snapshot) -> None:
    for found in both(known, "Lille, Rubaix"):
        (sentence,) = found.answered("Oui").asked
        assert sentence.startswith("« Rubaix » n’est le nom d’aucun territoire connu")
        assert "« Lille, Rubaix »" in str(found.answered("Non").asked or found.answered("Non").issues)


@pytest.mark.parametrize("cell", ["Lille, Tribunal judiciaire, SDIS 59", "SDIS 59 / Lille / Tribunal judiciaire"])
def test_of_a_list_with_one_name_that_is_known_the_others_are_told(known: Snapshot, cell: str) -> None:
    for found in both(known, cell):
        assert found.asked
        told = found.answered("Oui")
        assert not told.asked
        said = " ".join(map(str, told.issues))
        assert "« Tribunal judiciaire »" in said
        assert "« SDIS 59 »" in said
        assert cell not in said


@pytest.mark.parametrize(
    "cell", ["Excusés : Lille", "Absents : Lille ; Roubaix", "Lens. Excusées : Lille, Roubaix", "Invités : Lille"]
)
def test_those_after_a_word_that_denies_are_asked_about(known: Snapshot, cell: str) -> None:
    for found in both(known, cell):
        assert not codes(found)
        (sentence,) = found.asked
        assert "Faut-il compter ceux qui suivent" in sentence
        assert codes(found.answered("Non")) == (of("Lens") if "Lens" in cell else [])
        assert of("Lille")[0] in codes(found.answered("Oui"))


def test_one_answer_holds_for_the_sheet(known: Snapshot) -> None:
    lines = [f"Hauts-de-France;atelier;{day}/03/2024;Essai {day};Arras. Excusés : Lille, Lens" for day in (12, 13)]
    found = Import(known, [read_lines(PRESENT, *lines)], {})
    assert codes(found.answered("Non")) == of("Arras", "Arras")


@pytest.mark.parametrize(
    ("cell", "asked"),
    [
        ("Lille excusé", 1),
        ("Lille : absent", 1),
        ("excusée Lille", 1),
        ("Lille, excusée", 1),
        ("Arras, Lille (excusé)", 1),
        ("Arras, Lille, Lens excusés", 3),
        ("Arras, Lille (absents)", 2),
        ("Lille non représentée", 1),
    ],
)
def test_a_word_beside_a_name_that_denies_is_asked_of_it(known: Snapshot, cell: str, asked: int) -> None:
    for found in both(known, cell):
        assert len(found.asked) == asked
        assert all("porte la mention" in sentence for sentence in found.asked)
        assert len(codes(found.answered(*["Non"] * asked))) == (cell == "Arras, Lille (excusé)")


@pytest.mark.parametrize("cell", ["Lile (excusé)", "Roubai (à confirmer)", "Lile (59) (absent)", "Lile : excusé"])
def test_the_note_of_a_name_that_is_mended_is_asked_as_well(known: Snapshot, cell: str) -> None:
    for found in both(known, cell):
        (options,) = found.asked.values()
        named = found.answered(options[0])
        assert not codes(named)
        assert ["porte la mention" in sentence for sentence in named.asked] == [True]
        assert not codes(named.answered("Non"))
        assert len(codes(named.answered("Oui"))) == 1


@pytest.mark.parametrize("cell", ["Lile", "Lile (59)", "Lile (visio)", "CA de Bethune Bruay (62)"])
def test_a_name_that_is_mended_without_a_doubtful_note_is_taken(known: Snapshot, cell: str) -> None:
    for found in both(known, cell):
        answered = found
        for options in found.asked.values():
            answered = found.answered(options[0])
        assert len(codes(answered)) == 1
        assert not answered.asked


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        ("Lille ?", "?"),
        ("Lille*", "*"),
        ("* Lille", "*"),
        ("Lille !", "!"),
        ("Ø Lille", "Ø"),
        ("¬Lille", "¬"),
        ("✗ Lille", "✗"),
        ("-Lille", "-"),
        ("Lille (59) ?", "?"),
        ("Lille (?)", "?"),
        ("(Lille)", "entre parenthèses"),
        ("[Lille]", "entre parenthèses"),
        ("Lille [2 pers]", "2 pers"),
        ("Lille [excusé, à confirmer]", "excusé, à confirmer"),
    ],
)
@pytest.mark.parametrize("list_of", ["{} ; Lens", "Lens, {}, Arras"])
def test_a_mark_around_a_name_is_asked_of_it(known: Snapshot, cell: str, mark: str, list_of: str) -> None:
    for found in both(known, list_of.format(cell)):
        assert list(found.asked) == [f"« {cell} » porte la mention « {mark} ». Faut-il compter ce territoire ?"]
        assert not codes(found)
        others = [name for name in ("Lens", "Arras") if name in list_of]
        assert sorted(map(str, codes(found.answered("Non")))) == sorted(of(*others))
        assert sorted(map(str, codes(found.answered("Oui")))) == sorted(of("Lille", *others))


def test_a_mark_is_another_question_than_its_name(known: Snapshot) -> None:
    for found in both(known, "Saint-Denis ? ; Saint-Denis"):
        assert len(found.asked) == 2
        assert {question.key for question in found.result.questions} == {
            f"territoire|hauts-de-france|saint denis{end}" for end in ("", " mention")
        }


@pytest.mark.parametrize("cell", ["(Lille ; Lens)", "[Lille ; Lens]"])
def test_a_list_in_brackets_is_asked_of_each(known: Snapshot, cell: str) -> None:
    for found in both(known, cell):
        assert len(found.asked) == 2
        assert not codes(found)


@pytest.mark.parametrize(
    "cell",
    ["✓ Lille ; ✔ Lens", "- Lille ; - Lens", "• Lille\n• Lens", "* Lille\n* Lens", "-Lille\n-Lens", "Lille ; → Lens"],
)
def test_the_signs_of_a_list_are_no_marks(known: Snapshot, cell: str) -> None:
    for found in both(known, cell):
        assert codes(found) == of("Lille", "Lens")
        assert not found.asked


def test_the_mark_of_a_name_that_is_mended_is_asked_as_well(known: Snapshot) -> None:
    for found in both(known, "Lile ?"):
        (options,) = found.asked.values()
        named = found.answered(options[0])
        assert ["porte la mention « ? »" in sentence for sentence in named.asked] == [True]


@pytest.mark.parametrize("part", ["-", ",", "( ", "excus ", "; \t ", "a: ", "Lille, ", " et "])
def test_a_long_cell_takes_no_long_time(known: Snapshot, part: str) -> None:
    started = time.perf_counter()
    both(known, "Lens; " + part * (30_000 // len(part)))
    assert time.perf_counter() - started < 10


def test_an_action_is_of_one_territory(known: Snapshot) -> None:
    line = f"{MAY_6};Lille - Roubaix;Prévention;Essai"
    found = Import(known, [read_lines(f"{ATTENDANCE};Type d’action;Description", line, name="actions.csv")], {})
    assert "nomme plusieurs territoires" in " ".join(found.issues)
