"""A network or a theme that a file names and the database does not have: one answer adds it to its list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from netstats import choices
from netstats.intake import changes
from netstats.intake.check.sheets import CheckResult, check_sheets
from netstats.intake.questions import NONE, Question
from netstats.intake.read.files import read_file
from netstats.intake.read.matching import match
from netstats.intake.snapshot import Snapshot, read_snapshot
from netstats.reference.gazetteer import Gazetteer
from netstats.store import Batch, Database, open_database
from netstats.wording import NO_BREAK
from tests import installations

HEADER = "Réseau;Date;Nature;Thèmes\n"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module", params=["empty", "real"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database that each test leaves as it was."""
    path = getattr(installations, request.param)(tmp_path_factory.mktemp("additions") / "netstats.duckdb")
    with open_database(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def known(database: Database, gazetteer: Gazetteer) -> Snapshot:
    return read_snapshot(database, gazetteer)


def check(known: Snapshot, lines: str, answers: Mapping[str, str] | None = None, header: str = HEADER) -> CheckResult:
    return check_sheets([match(grid) for grid in read_file("r.csv", (header + lines).encode())], known, answers=answers)


def options(question: Question) -> list[str]:
    return [option.label.replace(NO_BREAK, " ") for option in question.options]


def answered(known: Snapshot, lines: str, *wanted: str) -> CheckResult:
    """What the lines mean once each question is answered by the first option that holds one of the wanted words."""
    answers: dict[str, str] = {}
    for _ in range(12):
        found = check(known, lines, answers)
        if not found.questions:
            return found
        for question in found.questions:
            answers[question.key] = next(
                one.code for one in question.options if any(word in one.label for word in wanted)
            )
    raise AssertionError("asked again and again")


def test_a_network_of_a_region_is_one_click(known: Snapshot, database: Database) -> None:
    (question,) = check(known, "Grand Est;12/03/2026;webinaire;\nRéseau Grand Est;13/03/2026;webinaire;\n").questions
    assert question.lines == (2, 3)
    assert options(question)[:2] == [
        "Ajouter le réseau « Grand Est » (région Grand Est)",
        "Ajouter le réseau « Grand Est » (national)",
    ]
    found = answered(known, "Grand Est;12/03/2026;webinaire;\nRéseau Grand Est;13/03/2026;webinaire;\n", "(région")
    assert found.issues == ()
    assert list(found.change_set.rows["network"]["name"]) == ["Grand Est"]
    assert list(found.change_set.rows["network_region"]["region_code"]) == ["44"]
    assert set(found.change_set.rows["meeting"]["network_code"]) == {"grand-est"}
    before = known.rows["network"].shape
    number = changes.commit(database, found.change_set, Batch(choices.ENTRY, "Essai", "AB"))
    assert number is not None
    changes.commit(database, changes.undo(database, number), Batch(choices.UNDO, "Essai", "AB", undone=number))
    assert read_snapshot(database, known.gazetteer).rows["network"].shape == before


@pytest.mark.parametrize(
    ("name", "regions"),
    [
        ("Normandie et Centre-Val de Loire", ["24", "28"]),
        ("Corse", ["94"]),
        ("Occitanie / Nouvelle-Aquitaine", ["75", "76"]),
    ],
)
def test_the_regions_that_a_name_consists_of(known: Snapshot, name: str, regions: list[str]) -> None:
    found = answered(known, f"{name};12/03/2026;webinaire;\n", "(région")
    assert sorted(found.change_set.rows["network_region"]["region_code"]) == regions


def test_the_region_of_another_name_is_chosen(known: Snapshot) -> None:
    (question,) = check(known, "Arc lémanique;12/03/2026;webinaire;\n").questions
    regions = [label for label in options(question) if "(région" in label]
    assert len(regions) == len(known.regions)
    assert regions.index("Ajouter le réseau « Arc lémanique » (région Île-de-France)") < len(regions) - 1
    found = answered(known, "Arc lémanique;12/03/2026;webinaire;\n", "(région Auvergne")
    assert list(found.change_set.rows["network_region"]["region_code"]) == ["84"]
    assert list(
        answered(known, "Arc lémanique;12/03/2026;webinaire;\n", "(national)").change_set.rows["network"]["scope"]
    ) == ["national"]


def test_a_theme_goes_into_a_family(known: Snapshot, database: Database) -> None:
    lines = 'Grand Est;12/03/2026;webinaire;"Canicule ; Neige et verglas"\nGrand Est;13/03/2026;webinaire;canicule\n'
    found = answered(known, lines, "(région", "(famille")
    themes = found.change_set.rows["theme"]
    assert list(themes["name"]) == ["Canicule", "Neige et verglas"]
    assert len(found.change_set.rows["meeting_theme"]) == 3
    number = changes.commit(database, found.change_set, Batch(choices.ENTRY, "Essai", "AB"))
    assert number is not None
    families = read_snapshot(database, known.gazetteer).rows["theme_family"]
    changes.commit(database, changes.undo(database, number), Batch(choices.UNDO, "Essai", "AB", undone=number))
    assert set(themes["family_code"]) <= set(families["code"])
    if known.rows["theme_family"].empty:  # the first family is grey: colours are for those that one chooses
        assert list(families["rank"]) == [8]


def test_a_long_theme_has_a_short_name_of_its_own(known: Snapshot) -> None:
    name = "Prévention des noyades dans les lacs et les rivières"
    found = answered(known, f"Grand Est;12/03/2026;webinaire;{name}\n", "(région", "(famille")
    (row,) = found.change_set.rows["theme"].to_dict("records")
    assert (row["name"], row["short_name"]) == (name, "Prévention des noyades dans…")


def test_no_two_added_themes_have_one_short_name(known: Snapshot, database: Database) -> None:
    names = [f"Prévention des noyades dans les {place}" for place in ("lacs", "rivières", "étangs")]
    found = answered(known, f'Grand Est;12/03/2026;webinaire;"{";".join(names)}"\n', "(région", "(famille")
    themes = found.change_set.rows["theme"]
    assert list(themes["name"]) == names
    assert themes["short_name"].nunique() == 3
    assert themes["short_name"].str.len().max() <= 28
    assert not changes.preview(database, found.change_set).is_empty


def test_none_of_them_is_refused_as_before(known: Snapshot) -> None:
    lines = "Grand Est;12/03/2026;webinaire;\n"
    (question,) = check(known, lines).questions
    found = check(known, lines, {question.key: NONE})
    assert [issue.code for issue in found.issues] == ["unknown-name"]
    assert found.change_set.rows == {}


@pytest.mark.parametrize("name", ["Jean Dupont", "jean.dupont@example.org", "06 12 34 56 78", "x" * 121, "?"])
def test_no_person_nor_nonsense_is_offered(known: Snapshot, name: str) -> None:
    found = check(known, f"{name};12/03/2026;webinaire;\n")
    assert not [label for question in found.questions for label in options(question) if "Ajouter" in label]


def test_a_column_of_other_things_does_not_offer_thousands(known: Snapshot) -> None:
    lines = "".join(f"Texte libre {number} xyz;12/03/2026;webinaire;\n" for number in range(400))
    found = check(known, lines)
    assert len(found.questions) <= 50
    assert len(found.issues) >= 350


def test_a_near_name_comes_first(gazetteer: Gazetteer, tmp_path: Path) -> None:
    with open_database(installations.real(tmp_path / "netstats.duckdb")) as database:
        (question,) = check(read_snapshot(database, gazetteer), "Hauts-de-Frence;12/03/2026;webinaire;\n").questions
    assert options(question)[0] == "Hauts-de-France"
    assert "Ajouter le réseau" in options(question)[1]


def test_what_was_just_added_is_not_offered_first_for_the_next_new_name(known: Snapshot) -> None:
    lines = "Grand Est;12/03/2026;webinaire;\nGrand Ouest;13/03/2026;webinaire;\n"
    first, _ = check(known, lines).questions
    (left,) = check(known, lines, {first.key: first.options[0].code}).questions
    assert options(left)[0].startswith("Ajouter le réseau « Grand Ouest »")
    assert options(left)[-2:-1] == ["Grand Est"], "it may be a slip all the same"


def test_a_region_is_no_slip_for_the_network_of_another(gazetteer: Gazetteer, tmp_path: Path) -> None:
    with open_database(installations.empty(tmp_path / "netstats.duckdb")) as database:
        found = answered(read_snapshot(database, gazetteer), "Hauts-de-France;12/03/2026;webinaire;\n", "(région")
        changes.commit(database, found.change_set, Batch(choices.ENTRY, "Essai", "AB"))
        (question,) = check(read_snapshot(database, gazetteer), "Île-de-France;12/03/2026;webinaire;\n").questions
    assert options(question)[0] == "Ajouter le réseau « Île-de-France » (région Île-de-France)"
    assert "Hauts-de-France" not in options(question)


@pytest.mark.parametrize(
    "line", ["Grand Est;31/02/2026;webinaire;Canicule\n", "Grand Est;12/03/2026;autre chose;Canicule\n"]
)
def test_nothing_is_added_for_a_line_that_is_refused(known: Snapshot, line: str) -> None:
    found = answered(known, line, "(région", "(famille", "Rien")
    assert found.issues
    assert {table: rows for table, rows in found.change_set.rows.items() if not rows.empty} == {}
    both = answered(known, line + "Grand Est;13/03/2026;webinaire;\n", "(région", "(famille", "Rien")
    assert list(both.change_set.rows["network"]["name"]) == ["Grand Est"]
    assert "theme" not in both.change_set.rows


def test_two_spellings_of_a_new_name_are_one_question(known: Snapshot) -> None:
    lines = (
        "Grand Est;12/03/2026;webinaire;Prévention des noyades\n"
        "Réseau grand est;13/03/2026;webinaire;prevention des noyades\n"
        "GRAND EST;14/03/2026;webinaire;PRÉVENTION  DES NOYADES\n"
    )
    network, theme = check(known, lines).questions
    assert network.lines == (2, 3, 4)
    found = check(known, lines, {network.key: network.options[0].code, theme.key: theme.options[0].code})
    assert (found.questions, found.issues) == ((), ())
    assert len(found.change_set.rows["meeting"]) == 3
