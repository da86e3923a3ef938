"""Every rule of the data is broken once, on a copy of the real data, and must be said with its place."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from netstats.errors import NetstatsError
from netstats.intake.dataset import Problem, check, read
from netstats.intake.layout import NETWORK_TABLES, TABLES

DATA = Path(__file__).parents[2] / "data"
MEETINGS = "network/meetings.csv"
LILLE_2019 = "hauts-de-france-2019-12-04"
LYON_2020 = "auvergne-rhone-alpes-2020-05-07"
UNDATED = "hauts-de-france-sans-date-1"
ANNOUNCED = "national-2021-06-17"
ANZIN = "cispd-anzin-beuvrages-petite-foret-raismes"


def read_cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def write_cells(path: Path, cells: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(cells)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data, its official geography cut down to what the network refers to: checked in no time."""
    data = tmp_path_factory.mktemp("sample") / "data"
    shutil.copytree(DATA, data)
    named = {cell for path in (data / "network").glob("*.csv") for row in read_cells(path) for cell in row}

    def keep(name: str, wanted: Callable[[list[str]], bool]) -> list[list[str]]:
        header, *rows = read_cells(data / "reference" / f"{name}.csv")
        kept = [row for row in rows if wanted(row)]
        write_cells(data / "reference" / f"{name}.csv", [header, *kept])
        return kept

    keep("intercommunalities", lambda row: row[0] in named)
    members = {row[1] for row in keep("intercommunality_communes", lambda row: row[0] in named)}
    keep("communes", lambda row: row[0] in named | members)
    keep("aliases", lambda row: row[0] in named | members)
    keep("department_outlines", lambda row: row[0] == "59")
    return data


@pytest.fixture
def data(sample: Path, tmp_path: Path) -> Path:
    """A copy to break."""
    return Path(shutil.copytree(sample, tmp_path / "data"))


def line_of(data: Path, file: str, *start: str) -> int:
    """The line of the first row that begins with these cells."""
    cells = read_cells(data / file)
    return 1 + next(rank for rank, row in enumerate(cells) if tuple(row[: len(start)]) == start)


def put(data: Path, file: str, line: int, column: str, value: str) -> None:
    cells = read_cells(data / file)
    cells[line - 1][cells[0].index(column)] = value
    write_cells(data / file, cells)


def append(data: Path, file: str, *row: str) -> int:
    cells = read_cells(data / file)
    write_cells(data / file, [*cells, list(row)])
    return len(cells) + 1


def rewrite(data: Path, file: str, change: Callable[[str], str]) -> None:
    path = data / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def sole(data: Path) -> Problem:
    problems = check(data)
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def test_the_sample_is_right(sample: Path) -> None:
    assert check(sample) == []


def test_a_problem_is_a_french_sentence() -> None:
    reason = "n’est pas une date (AAAA-MM-JJ attendu)"
    assert str(Problem(MEETINGS, 12, "held_on", "2020-13-06", reason)) == (
        "network/meetings.csv, ligne 12, colonne held_on\u00a0: «\u00a02020-13-06\u00a0» "
        "n’est pas une date (AAAA-MM-JJ attendu)."
    )
    assert str(Problem(MEETINGS, None, None, None, "fichier absent")) == "network/meetings.csv\u00a0: fichier absent."
    assert "colonnes a, b" in str(Problem(MEETINGS, 2, "a, b", "1 + 2", "figure déjà à la ligne 1"))


@dataclass(frozen=True)
class Cell:
    """A cell of the row that begins with `start`, what is put there, and what must be said."""

    file: str
    start: str
    column: str
    value: str
    reason: str
    said_of: str = ""  # the column the problem names, when it is another
    found: str | None = None  # the value it quotes, when it is another


CELLS = [
    # One value.
    Cell(MEETINGS, LILLE_2019, "held_on", "2019-13-04", "n’est pas une date (AAAA-MM-JJ attendu)"),
    Cell(MEETINGS, LILLE_2019, "held_on", "04/12/2019", "n’est pas une date"),
    Cell(MEETINGS, LILLE_2019, "held_on", "20191204", "n’est pas une date"),
    Cell(MEETINGS, LILLE_2019, "held_on", "0219-12-04", "pas une date plausible"),
    Cell(MEETINGS, LILLE_2019, "participants", "une dizaine", "n’est pas un nombre entier"),
    Cell(MEETINGS, LILLE_2019, "participants", "16.5", "n’est pas un nombre entier"),
    Cell(MEETINGS, LILLE_2019, "participants", "0", "trop petit (1 au moins)"),
    Cell(MEETINGS, LILLE_2019, "participants", "99999999999999999999", "trop grand"),
    Cell(MEETINGS, LILLE_2019, "sessions", "0", "trop petit (1 au moins)"),
    Cell(MEETINGS, LILLE_2019, "sessions", "", "valeur obligatoire"),
    Cell(MEETINGS, LILLE_2019, "title", "", "valeur obligatoire"),
    Cell(MEETINGS, LILLE_2019, "format", "Teams", "n’est pas une valeur permise (présentiel, visioconférence, "),
    Cell(MEETINGS, LILLE_2019, "date_precision", "jour", "n’est pas une valeur permise"),
    Cell(MEETINGS, LILLE_2019, "participants_precision", "environ", "n’est pas une valeur permise"),
    Cell(MEETINGS, LILLE_2019, "status", "tenue", "n’est pas une valeur permise"),
    Cell(MEETINGS, LILLE_2019, "open_to_non_members", "oui", "n’est pas « true » ou « false »"),
    Cell(MEETINGS, LILLE_2019, "source_url", "ffsu.org/?p=4691", "n’est pas une adresse web"),
    Cell(MEETINGS, LILLE_2019, "source_url", "javascript:alert(1)", "n’est pas une adresse web"),
    Cell(MEETINGS, LILLE_2019, "source_url", "", "valeur obligatoire"),
    Cell(MEETINGS, LILLE_2019, "place", " Lille", "commence ou finit par une espace"),
    Cell(MEETINGS, LILLE_2019, "place", "Saint-\u200bDenis", "caractère invisible"),
    Cell(MEETINGS, LILLE_2019, "title", "RÃ©union du rÃ©seau", "mauvais encodage"),
    Cell("network/themes.csv", "rixes", "short_name", "R" * 29, "trop long (29 caractères, 28 au plus)"),
    Cell("network/networks.csv", "national", "scope", "mondial", "n’est pas une valeur permise"),
    Cell("network/territories.csv", ANZIN, "kind", "syndicat", "n’est pas une valeur permise"),
    Cell(
        "network/actions.csv",
        LILLE_2019.replace("2019-12-04", "2020-05-06-a1"),
        "code",
        "Action 1",
        "pas un code",
    ),
    # References.
    Cell(MEETINGS, LILLE_2019, "network_code", "picardie", "n’est pas un code de network/networks.csv"),
    Cell(
        "network/attendance.csv",
        LYON_2020,
        "territory_code",
        "69999",
        "n’est pas un code de reference/communes.csv",
    ),
    Cell(
        "network/attendance.csv",
        LYON_2020,
        "meeting_code",
        "ailleurs",
        "n’est pas un code de network/meetings.csv",
    ),
    Cell(
        "network/meeting_themes.csv",
        LYON_2020,
        "theme_code",
        "météo",
        "n’est pas un code de network/themes.csv",
    ),
    Cell(
        "network/themes.csv",
        "rixes",
        "family_code",
        "bagarres",
        "n’est pas un code de network/theme_families.csv",
    ),
    Cell(
        "network/actions.csv",
        f"{LYON_2020}-a1",
        "type_code",
        "autres",
        "pas un code de network/action_types.csv",
    ),
    Cell(
        "network/actions.csv",
        f"{LYON_2020}-a1",
        "audience_code",
        "tous",
        "pas un code de network/audiences.csv",
    ),
    Cell("network/actions.csv", f"{LYON_2020}-a1", "theme_code", "tous", "pas un code de network/themes.csv"),
    Cell(
        "network/actions.csv",
        f"{LYON_2020}-a1",
        "territory_code",
        "Bron",
        "pas un code de reference/communes.csv",
    ),
    Cell(
        "network/network_regions.csv",
        "ile-de-france",
        "region_code",
        "99",
        "pas un code de reference/regions.csv",
    ),
    Cell(
        "network/territory_communes.csv",
        ANZIN,
        "commune_code",
        "59999",
        "pas un code de reference/communes.csv",
    ),
    Cell(
        "network/territory_aliases.csv",
        "200069854",
        "territory_code",
        "1",
        "pas un code de reference/communes.csv",
    ),
    Cell("reference/departments.csv", "59", "region_code", "98", "pas un code de reference/regions.csv"),
    # Dates and headcounts that agree.
    Cell(MEETINGS, UNDATED, "held_on", "2019-01-01", "alors que date_precision vaut « unknown »"),
    Cell(MEETINGS, UNDATED, "date_precision", "month", "date obligatoire", said_of="held_on", found=""),
    Cell(MEETINGS, UNDATED, "held_until", "2019-12-03", "sans date de début"),
    Cell(MEETINGS, "national-2023-05", "held_on", "2023-05-12", "premier du mois"),
    Cell(MEETINGS, "national-2023-05", "date_precision", "year", "1er janvier", "held_on", "2023-05-01"),
    Cell(MEETINGS, LYON_2020, "held_until", "2020-05-06", "est avant held_on (2020-05-07)"),
    Cell(MEETINGS, LILLE_2019, "participants_precision", "", "obligatoire quand participants est connu"),
    Cell(MEETINGS, LYON_2020, "participants_precision", "about", "n’a pas de sens sans participants"),
    Cell(MEETINGS, LYON_2020, "participants_unit", "élus", "n’a pas de sens sans participants"),
    # Networks and their regions.
    Cell(
        "network/networks.csv",
        "hauts-de-france",
        "scope",
        "national",
        "national et a une région",
        "code",
        "hauts-de-france",
    ),
    Cell("network/networks.csv", "national", "scope", "regional", "régional sans région", "code", "national"),
    # No personal data.
    Cell(MEETINGS, LILLE_2019, "note", "Écrire à coordination@lille.example", "une adresse électronique"),
    Cell(MEETINGS, LILLE_2019, "note", "Rappeler le 03 20 49 50 00", "un numéro de téléphone"),
    Cell(MEETINGS, LILLE_2019, "note", "Rappeler le +33 3.20.49.50.00", "un numéro de téléphone"),
    Cell("network/attendance.csv", LYON_2020, "printed_name", "Bron (Mme Durand)", "le nom d’une personne"),
    # The official geography.
    Cell("reference/communes.csv", "59350", "population", "beaucoup", "n’est pas un nombre entier"),
    Cell("reference/communes.csv", "59350", "lat", "150.633", "trop grand (90 au plus)"),
    Cell("reference/communes.csv", "59350", "lon", "3,0583", "n’est pas un nombre"),
    Cell("reference/intercommunalities.csv", "200069854", "kind", "CX", "n’est pas une valeur permise"),
    Cell("reference/department_outlines.csv", "59", "ys", "50 nord", "suite de nombres"),
    Cell("reference/department_outlines.csv", "59", "ys", "50.1 50.2", "autant de nombres", "xs, ys"),
]


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.file} {cell.column}={cell.value[:20]}")
def test_a_wrong_cell_is_said_with_its_place(data: Path, cell: Cell) -> None:
    line = line_of(data, cell.file, cell.start)
    put(data, cell.file, line, cell.column, cell.value)
    problem = next(problem for problem in check(data) if cell.reason in problem.reason)
    assert (problem.file, problem.line) == (cell.file, line)
    assert problem.column == (cell.said_of or cell.column)
    if problem.column != "xs, ys":
        assert problem.found == (cell.value if cell.found is None else cell.found)
    assert f"{cell.file}, ligne {line}, colonne" in str(problem)


@pytest.mark.parametrize("file", [table.file for table in NETWORK_TABLES])
def test_a_row_written_twice_is_refused(data: Path, file: str) -> None:
    table = next(table for table in TABLES if table.file == file)
    cells = read_cells(data / file)
    line = append(data, file, *cells[1])
    problem = next(problem for problem in check(data) if problem.column == ", ".join(table.key))
    assert (problem.file, problem.line, problem.reason) == (file, line, "figure déjà à la ligne 2")
    assert problem.found == " + ".join(cells[1][cells[0].index(name)] for name in table.key)


def test_two_families_of_one_rank_are_refused(data: Path) -> None:
    line = line_of(data, "network/theme_families.csv", "covid")
    put(data, "network/theme_families.csv", line, "rank", "1")
    expected = Problem("network/theme_families.csv", line, "rank", "1", "figure déjà à la ligne 2")
    assert sole(data) == expected


@pytest.mark.parametrize("status", ["announced", "cancelled"])
@pytest.mark.parametrize("file", ["network/attendance.csv", "network/actions.csv"])
def test_nobody_was_at_a_meeting_that_was_not_held(data: Path, file: str, status: str) -> None:
    put(data, MEETINGS, line_of(data, MEETINGS, LYON_2020), "status", status)
    problems = [problem for problem in check(data) if problem.file == file]
    assert len(problems) == {"network/attendance.csv": 8, "network/actions.csv": 3}[file]
    assert {(problem.column, problem.found) for problem in problems} == {("meeting_code", LYON_2020)}
    assert all(f"n’a pas été tenue (son status vaut « {status} »)" in problem.reason for problem in problems)


@pytest.mark.parametrize("file", ["network/attendance.csv", "network/actions.csv"])
def test_a_territory_without_commune_cannot_come_or_act(data: Path, file: str) -> None:
    append(data, "reference/intercommunalities.csv", "200099999", "CC sans commune", "CC", "", "", "")
    line = line_of(data, file, LYON_2020 if "attendance" in file else f"{LYON_2020}-a1")
    put(data, file, line, "territory_code", "200099999")
    problem = sole(data)
    assert (problem.file, problem.line, problem.column) == (file, line, "territory_code")
    assert problem.found == "200099999"
    assert "n’a aucune commune" in problem.reason


def test_a_department_can_come(data: Path) -> None:
    append(data, "network/attendance.csv", LYON_2020, "59", "Département du Nord", "")
    assert check(data) == []


def test_a_body_of_ours_names_its_communes(data: Path) -> None:
    line = append(data, "network/territories.csv", "cispd-ailleurs", "CISPD", "CISPD d’ailleurs")
    problem = sole(data)
    assert (problem.file, problem.line, problem.column) == ("network/territories.csv", line, "code")
    assert problem.found == "cispd-ailleurs"
    assert "n’a aucune commune dans network/territory_communes.csv" in problem.reason


def test_a_body_of_ours_takes_no_official_code(data: Path) -> None:
    line = append(data, "network/territories.csv", "59350", "CLSPD", "CLSPD de Lille")
    append(data, "network/territory_communes.csv", "59350", "59350")
    problem = sole(data)
    assert (problem.line, problem.column, problem.found) == (line, "code", "59350")
    assert "est déjà le code d’un territoire" in problem.reason


@pytest.mark.parametrize("file", [table.file for table in TABLES])
def test_a_missing_file_is_said_once(data: Path, file: str) -> None:
    (data / file).unlink()
    # What refers to the missing file is not called wrong for it.
    assert sole(data) == Problem(file, None, None, None, "fichier absent")


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_said(data: Path, content: str) -> None:
    (data / MEETINGS).write_text(content, encoding="utf-8")
    assert "fichier vide" in sole(data).reason


def test_an_unknown_file_is_said(data: Path) -> None:
    (data / "network" / "reunions.xlsx").write_bytes(b"PK")
    (data / "network" / ".~lock.meetings.csv").write_text("", encoding="utf-8")
    (data / "network" / "README.md").write_text("# Les données", encoding="utf-8")
    problem = sole(data)
    assert (problem.file, problem.line) == ("network/reunions.xlsx", None)
    assert "fichier inconnu" in problem.reason


def test_a_file_that_is_not_utf8_is_said_with_the_line(data: Path) -> None:
    raw = (data / MEETINGS).read_text(encoding="utf-8").replace("’", "'")
    (data / MEETINGS).write_bytes(raw.encode("cp1252", errors="replace"))
    problem = sole(data)
    assert (problem.file, problem.line) == (MEETINGS, 2)
    assert "enregistrez le fichier au format « CSV UTF-8 »" in problem.reason


def test_a_byte_order_mark_and_windows_lines_are_accepted(data: Path) -> None:
    for path in (data / "network").glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text, encoding="utf-8-sig", newline="\r\n")
    assert check(data) == []
    assert len(read(data).frames["meetings"]) == 21


def test_a_missing_column_is_said(data: Path) -> None:
    rewrite(data, "network/actions.csv", lambda text: text.replace("description", "texte", 1))
    missing, unknown = check(data)
    assert (missing.file, missing.line, missing.column) == ("network/actions.csv", 1, "description")
    assert "colonne absente" in missing.reason
    assert (unknown.line, unknown.column) == (1, "texte")
    assert "colonne inconnue" in unknown.reason


def test_a_column_written_twice_is_said(data: Path) -> None:
    cells = read_cells(data / "network/networks.csv")
    write_cells(data / "network/networks.csv", [[*row, row[1]] for row in cells])
    problem = sole(data)
    assert (problem.line, problem.column, problem.reason) == (1, "name", "colonne écrite deux fois")


@pytest.mark.parametrize(
    "column",
    ["Nom", "prénom", "participant_name", "E-mail", "adresse courriel", "Téléphone", "contact", "élu"],
)
def test_a_column_of_persons_is_refused_with_the_reason(data: Path, column: str) -> None:
    header, *rows = read_cells(data / "network/attendance.csv")
    write_cells(data / "network/attendance.csv", [[*header, column], *([*row, ""] for row in rows)])
    problem = sole(data)
    assert (problem.file, problem.line, problem.column) == ("network/attendance.csv", 1, column)
    assert "netstats ne garde que des organisations et des nombres" in problem.reason


def test_semicolons_are_recognised(data: Path) -> None:
    rewrite(data, "network/networks.csv", lambda text: text.replace(",", ";"))
    problems = [problem for problem in check(data) if problem.line == 1]
    assert ["points-virgules" in problem.reason for problem in problems] == [True]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("national,National", "2 valeurs pour 3 colonnes"),
        ("national,National,national,", "4 valeurs pour 3 colonnes"),
        ('national,Réseau "national",national', "guillemet"),
        ('national,"National" ou non,national', "guillemet"),
        ('national,"National,national', "guillemet"),
    ],
)
def test_a_broken_row_is_said_with_its_line(data: Path, broken: str, reason: str) -> None:
    line = line_of(data, "network/networks.csv", "national")
    rewrite(data, "network/networks.csv", lambda text: text.replace("national,National,national", broken))
    problem = sole(data)
    assert (problem.file, problem.line, problem.column) == ("network/networks.csv", line, None)
    assert reason in problem.reason.replace("\u00a0", " ")


def test_an_unclosed_quote_in_a_large_file_is_said(data: Path) -> None:
    rows = "".join(f"{code:09d},CC {code},CC,,,\n" for code in range(20_000))
    rewrite(data, "reference/intercommunalities.csv", lambda text: f'{text}1,"CC,CC,,,\n{rows}')
    line = (data / "reference/intercommunalities.csv").read_text(encoding="utf-8").split("\n").index('1,"CC,CC,,,') + 1
    problem = sole(data)
    assert (problem.file, problem.line) == ("reference/intercommunalities.csv", line)
    assert "guillemet" in problem.reason


def test_quotes_doubled_as_they_should_be_are_accepted(data: Path) -> None:
    put(data, MEETINGS, line_of(data, MEETINGS, LILLE_2019), "note", 'Dite "quatrième", à Lille')
    assert '""quatrième""' in (data / MEETINGS).read_text(encoding="utf-8")
    assert check(data) == []


def test_a_line_break_in_a_cell_is_said_and_keeps_the_count_of_lines(data: Path) -> None:
    first, second = (line_of(data, MEETINGS, code) for code in (LILLE_2019, LYON_2020))
    put(data, MEETINGS, first, "note", "Une\nnote")
    put(data, MEETINGS, second, "format", "Teams")
    assert [problem.line for problem in check(data)] == [first, second + 1]


def test_all_problems_are_collected_in_the_order_of_files_and_lines(data: Path) -> None:
    put(data, "reference/communes.csv", 3, "lon", "est")
    put(data, "network/actions.csv", 2, "type_code", "rien")
    put(data, MEETINGS, 7, "format", "Teams")
    put(data, MEETINGS, 4, "held_on", "hier")
    put(data, MEETINGS, 4, "sessions", "0")
    assert [(problem.file, problem.line) for problem in check(data)] == [
        (MEETINGS, 4),
        (MEETINGS, 4),
        (MEETINGS, 7),
        ("network/actions.csv", 2),
        ("reference/communes.csv", 3),
    ]


def test_read_refuses_and_lists_the_first_problems(data: Path) -> None:
    for line in (4, 5, 6, 7, 8):
        put(data, MEETINGS, line, "format", "Teams")
    with pytest.raises(NetstatsError) as raised:
        read(data)
    assert raised.value.what.count("«\u00a0Teams\u00a0»") == 3
    assert "network/meetings.csv, ligne 4, colonne format" in raised.value.what
    assert "Et 2\u00a0autres problèmes." in raised.value.what
    assert "netstats check" in raised.value.remedy


def test_read_refuses_a_dangling_reference(data: Path) -> None:
    put(data, "network/attendance.csv", 2, "territory_code", "59999")
    with pytest.raises(NetstatsError, match="59999"):
        read(data)


def test_read_refuses_when_the_geography_is_missing(data: Path) -> None:
    (data / "reference" / "communes.csv").unlink()
    with pytest.raises(NetstatsError, match=r"reference/communes\.csv.*fichier absent"):
        read(data)


def test_a_directory_without_data_is_refused(tmp_path: Path) -> None:
    assert {problem.reason for problem in check(tmp_path)} == {"fichier absent"}
    with pytest.raises(NetstatsError):
        read(tmp_path)
