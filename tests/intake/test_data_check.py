"""Every rule of the data is broken once, on a copy of the real data, and must be said with its place."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from netstats import store
from netstats.errors import NetstatsError
from netstats.intake import official
from netstats.intake.csv_files import Problem
from netstats.intake.data_check import check
from netstats.intake.founding import founding_frames
from netstats.intake.network import START_FILE, file_of
from netstats.model import WRITTEN

DATA = Path(__file__).parents[2] / "data"
MEETINGS, ATTENDANCE, ACTIONS = "network/reunions.csv", "network/presences.csv", "network/actions.csv"
NETWORKS, THEMES, BODIES = "network/reseaux.csv", "network/themes.csv", "network/organismes.csv"
FILES = [file_of(table) for table in WRITTEN.values() if table.form]
LILLE_2019 = "hauts-de-france-2019-12-04"
LYON_2020 = "auvergne-rhone-alpes-2020-05-07"
ANZIN = "cispd-anzin-beuvrages-petite-foret-raismes"


def separator(path: Path) -> str:
    return ";" if path.parent.name == "network" else ","


def read_cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter=separator(path)))


def write_cells(path: Path, cells: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=separator(path), lineterminator="\n").writerows(cells)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data, its official geography cut down to what the network refers to: checked in no time."""
    data = tmp_path_factory.mktemp("sample") / "data"
    shutil.copytree(DATA, data)
    files = (data / "network").glob("*.csv")
    named = {part.strip() for path in files for row in read_cells(path) for cell in row for part in cell.split(";")}

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
    assert str(Problem(MEETINGS, 12, "Date", "2020-13-06", reason)) == (
        "network/reunions.csv, ligne 12, colonne Date\u00a0: «\u00a02020-13-06\u00a0» "
        "n’est pas une date (AAAA-MM-JJ attendu)."
    )
    assert str(Problem(MEETINGS, None, None, None, "fichier absent")) == "network/reunions.csv\u00a0: fichier absent."


@dataclass(frozen=True)
class Cell:
    """A value put in the column of the row that begins with `start`, and what must be said of it."""

    file: str
    start: str
    column: str
    value: str
    reason: str
    said_of: str | None = None


CELLS = (
    # What is read without the import: how it is written.
    Cell(MEETINGS, LILLE_2019, "Code", "Hauts de France", "n’est pas un code"),
    Cell(MEETINGS, LILLE_2019, "Réseau", "", "valeur obligatoire"),
    Cell(MEETINGS, LILLE_2019, "Nature", "", "valeur obligatoire"),
    Cell(MEETINGS, LILLE_2019, "Titre", "", "valeur obligatoire"),
    Cell(MEETINGS, LILLE_2019, "Date", "04/12/2019", "n’est pas une date"),
    Cell(MEETINGS, LILLE_2019, "Date", "2019-02-29", "n’est pas une date"),
    Cell(MEETINGS, LILLE_2019, "Date", "1919-12-04", "n’est pas une date"),
    Cell(MEETINGS, LILLE_2019, "Date de fin", "2019-12", "n’est pas une date"),
    Cell(MEETINGS, LILLE_2019, "Séances", "deux", "n’est pas un nombre entier"),
    Cell(MEETINGS, LILLE_2019, "Séances", "0", "trop petit (1 au moins)"),
    Cell(MEETINGS, LILLE_2019, "Séances", "1001", "trop grand (1000 au plus)"),
    Cell(MEETINGS, LILLE_2019, "Participants", "environ 16", "n’est pas un nombre entier"),
    Cell(MEETINGS, LILLE_2019, "Format", "Teams", "n’est pas une valeur permise (présentiel, visioconférence"),
    Cell(MEETINGS, LILLE_2019, "Statut", "held", "n’est pas une valeur permise"),
    Cell(MEETINGS, LILLE_2019, "Ouverte aux non-membres", "true", "n’est pas une valeur permise (oui ou non attendu)"),
    Cell(MEETINGS, LILLE_2019, "Lieu", " Lille", "commence ou finit par une espace"),
    Cell(MEETINGS, LILLE_2019, "Lieu", "CrÃ©teil", "abîmé par un mauvais encodage"),
    Cell(MEETINGS, LILLE_2019, "Note", "Animée par Mme Durand", "le nom d’une personne"),
    Cell(MEETINGS, LILLE_2019, "Note", "Écrire à jean@example.org", "une adresse électronique"),
    Cell(MEETINGS, LILLE_2019, "Note", "Tél. 03 20 00 00 00", "un numéro de téléphone"),
    Cell(MEETINGS, LILLE_2019, "Source", "ffsu.org", "n’est pas une adresse web"),
    Cell(THEMES, "rixes", "Nom court", "R" * 29, "trop long (29 caractères, 28 au plus)"),
    Cell(NETWORKS, "national", "Portée", "mondial", "n’est pas une valeur permise"),
    Cell(BODIES, ANZIN, "Nature", "syndicat", "n’est pas une valeur permise"),
    Cell(ATTENDANCE, LYON_2020, "Nom dans la source", "Bron (Mme Durand)", "le nom d’une personne"),
    Cell(START_FILE, "2026-11-22", "Date", "hier", "n’est pas une date"),
    Cell("reference/communes.csv", "59350", "lon", "est", "n’est pas un nombre"),
    Cell("reference/communes.csv", "59350", "department_code", "100", "n’est pas un code de departments"),
    Cell("reference/communes.csv", "59350", "name", "", "valeur obligatoire"),
    Cell("reference/department_outlines.csv", "59", "xs", "1 2 3", "contour impossible", "xs, ys"),
    Cell("reference/vocabulary/themes.csv", "stupefiants", "strength", "moyen", "n’est pas une valeur permise"),
    Cell("reference/vocabulary/themes.csv", "stupefiants", "theme_code", "drogue", "n’est pas un code de theme"),
    # What the import says: how rows agree with each other and with what is known.
    Cell(MEETINGS, LILLE_2019, "Réseau", "picardie", "picardie"),
    Cell(MEETINGS, LILLE_2019, "Thèmes", "tous", "tous"),
    Cell(MEETINGS, LILLE_2019, "Date de fin", "2019-12-01", "2019"),
    Cell(MEETINGS, LILLE_2019, "Date", "2098-12-04", "2098"),
    Cell(ATTENDANCE, LYON_2020, "Code du territoire", "59999", "n’est le code d’aucun territoire"),
    Cell(ATTENDANCE, LYON_2020, "Réunion", "nulle-part", "nulle-part"),
    Cell(ACTIONS, f"{LYON_2020}-a1", "Type d’action", "rien", "rien"),
    Cell(ACTIONS, f"{LYON_2020}-a1", "Public", "rien", "rien"),
    Cell(ACTIONS, f"{LYON_2020}-a1", "Thème", "rien", "rien"),
    Cell(THEMES, "rixes", "Famille", "rien", "rien"),
    Cell(NETWORKS, "national", "Portée", "régional", "un réseau régional a une région", "Régions"),
    Cell(NETWORKS, "hauts-de-france", "Régions", "99", "99"),
    Cell(BODIES, ANZIN, "Communes", "99999", "n’est le code d’aucune commune"),
    Cell("network/familles.csv", "covid", "Rang", "1", "est déjà pris"),
)


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.file} {cell.column}={cell.value[:20]}")
def test_a_wrong_cell_is_said_with_its_place(data: Path, cell: Cell) -> None:
    line = line_of(data, cell.file, cell.start)
    put(data, cell.file, line, cell.column, cell.value)
    problems = [problem for problem in check(data) if (problem.file, problem.line) == (cell.file, line)]
    assert any(cell.reason in str(problem) for problem in problems), list(map(str, check(data)))
    assert (cell.said_of or cell.column) in {problem.column for problem in problems}


@pytest.mark.parametrize("file", FILES)
def test_a_row_written_twice_is_refused(data: Path, file: str) -> None:
    line = append(data, file, *read_cells(data / file)[1])
    problem = next(problem for problem in check(data) if problem.line == line)
    assert (problem.file, problem.reason) == (file, "figure déjà à la ligne 2")


@pytest.mark.parametrize("status", ["annoncée", "annulée"])
@pytest.mark.parametrize("file", [ATTENDANCE, ACTIONS])
def test_nobody_was_at_a_meeting_that_was_not_held(data: Path, file: str, status: str) -> None:
    put(data, MEETINGS, line_of(data, MEETINGS, LYON_2020), "Statut", status)
    problems = [problem for problem in check(data) if problem.file == file]
    assert len(problems) == {ATTENDANCE: 8, ACTIONS: 3}[file]


def test_a_department_can_come(data: Path) -> None:
    append(data, ATTENDANCE, LYON_2020, "Nord", "59", "Département du Nord", "")
    assert check(data) == []


def test_a_body_of_ours_names_its_communes(data: Path) -> None:
    line = append(data, BODIES, "cispd-ailleurs", "CISPD", "CISPD d’ailleurs", "")
    problem = sole(data)
    assert (problem.file, problem.line, problem.column) == (BODIES, line, "Communes")


def test_a_body_of_ours_takes_no_official_code(data: Path) -> None:
    line = append(data, BODIES, "59350", "CLSPD", "CLSPD de Lille", "59350")
    problem, *_ = check(data)
    assert (problem.line, problem.column) == (line, "Code")
    assert "est déjà le code d’un territoire officiel" in problem.reason


@pytest.mark.parametrize("file", [START_FILE, *FILES, *(file.path for file in official.FILES)])
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
    (data / "network" / ".~lock.reunions.csv").write_text("", encoding="utf-8")
    (data / "network" / "README.md").write_text("# Les données", encoding="utf-8")
    problem = sole(data)
    assert (problem.file, problem.line) == ("network/reunions.xlsx", None)
    assert "fichier inconnu" in problem.reason


def test_a_file_that_is_not_utf8_is_said_with_the_line(data: Path) -> None:
    raw = (data / MEETINGS).read_text(encoding="utf-8-sig").replace("’", "'")
    (data / MEETINGS).write_bytes(raw.encode("cp1252", errors="replace"))
    problem = sole(data)
    assert (problem.file, problem.line) == (MEETINGS, 1)
    assert "enregistrez le fichier au format « CSV UTF-8 »" in problem.reason


def test_windows_lines_are_accepted_with_a_byte_order_mark_or_without(data: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig"):
        for path in (data / "network").glob("*.csv"):
            text = path.read_text(encoding="utf-8-sig")
            path.write_text(text, encoding=encoding, newline="\r\n")
        assert check(data) == []
        assert len(founding_frames(data)["meeting"]) == 21


def test_a_missing_column_is_said(data: Path) -> None:
    rewrite(data, ACTIONS, lambda text: text.replace("Description", "Texte", 1))
    missing, unknown = check(data)
    assert (missing.file, missing.line, missing.column) == (ACTIONS, 1, "Description")
    assert "colonne absente" in missing.reason
    assert (unknown.line, unknown.column) == (1, "Texte")
    assert "colonne inconnue" in unknown.reason


def test_a_column_that_may_be_empty_may_be_missing(data: Path) -> None:
    cells = read_cells(data / ATTENDANCE)
    write_cells(data / ATTENDANCE, [row[:-1] for row in cells])
    assert check(data) == []
    assert founding_frames(data)["attendance"]["member"].isna().all()


def test_a_column_written_twice_is_said(data: Path) -> None:
    cells = read_cells(data / NETWORKS)
    write_cells(data / NETWORKS, [[*row, row[1]] for row in cells])
    problem = sole(data)
    assert (problem.line, problem.column, problem.reason) == (1, "Nom", "colonne écrite deux fois")


@pytest.mark.parametrize("column", ["Nom", "prénom", "E-mail", "adresse courriel", "Téléphone", "contact", "élu"])
def test_a_column_of_persons_is_refused_with_the_reason(data: Path, column: str) -> None:
    header, *rows = read_cells(data / ATTENDANCE)
    write_cells(data / ATTENDANCE, [[*header, column], *([*row, ""] for row in rows)])
    problem = sole(data)
    assert (problem.file, problem.line, problem.column) == (ATTENDANCE, 1, column)
    assert "netstats ne garde que des organisations et des nombres" in problem.reason


@pytest.mark.parametrize(
    ("file", "said"), [(NETWORKS, "séparées par des virgules"), ("reference/regions.csv", "par des points-virgules")]
)
def test_another_separator_is_recognised(data: Path, file: str, said: str) -> None:
    swapped = str.maketrans(";,", ",;")
    rewrite(data, file, lambda text: text.translate(swapped))
    assert [said in problem.reason for problem in check(data) if problem.line == 1] == [True]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("national;National;national", "3 valeurs pour 4 colonnes"),
        ("national;National;national;;", "5 valeurs pour 4 colonnes"),
        ('national;Réseau "national";national;', "guillemet"),
        ('national;"National" ou non;national;', "guillemet"),
        ('national;"National;national;', "guillemet"),
    ],
)
def test_a_broken_row_is_said_with_its_line(data: Path, broken: str, reason: str) -> None:
    line = line_of(data, NETWORKS, "national")
    rewrite(data, NETWORKS, lambda text: text.replace("national;National;national;", broken))
    problem = next(problem for problem in check(data) if problem.file == NETWORKS)
    assert (problem.line, problem.column) == (line, None)
    assert reason in problem.reason.replace("\u00a0", " ")


def test_an_unclosed_quote_in_a_large_file_is_said(data: Path) -> None:
    rows = "".join(f"{code:09d},CC {code},CC,,,\n" for code in range(20_000))
    rewrite(data, "reference/intercommunalities.csv", lambda text: f'{text}1,"CC,CC,,,\n{rows}')
    line = (data / "reference/intercommunalities.csv").read_text(encoding="utf-8").split("\n").index('1,"CC,CC,,,') + 1
    problem = sole(data)
    assert (problem.file, problem.line) == ("reference/intercommunalities.csv", line)
    assert "guillemet" in problem.reason


def test_quotes_doubled_as_they_should_be_are_accepted(data: Path) -> None:
    put(data, MEETINGS, line_of(data, MEETINGS, LILLE_2019), "Note", 'Dite "quatrième", à Lille')
    assert '""quatrième""' in (data / MEETINGS).read_text(encoding="utf-8")
    assert check(data) == []


def test_a_line_break_in_a_cell_is_said_and_keeps_the_count_of_lines(data: Path) -> None:
    first, second = (line_of(data, MEETINGS, code) for code in (LILLE_2019, LYON_2020))
    put(data, MEETINGS, second, "Note", "Une\nnote")
    put(data, MEETINGS, first, "Format", "Teams")
    assert [problem.line for problem in check(data)] == [second, first + 1]


def test_all_problems_are_collected_in_the_order_of_files_and_lines(data: Path) -> None:
    put(data, "reference/communes.csv", 3, "lon", "est")
    put(data, ACTIONS, 2, "Description", "")
    put(data, MEETINGS, 7, "Format", "Teams")
    put(data, MEETINGS, 4, "Date", "hier")
    put(data, MEETINGS, 4, "Séances", "0")
    assert [(problem.file, problem.line) for problem in check(data)] == [
        (MEETINGS, 4),
        (MEETINGS, 4),
        (MEETINGS, 7),
        (ACTIONS, 2),
        ("reference/communes.csv", 3),
    ]


def test_nothing_is_founded_on_files_that_are_not_in_order(data: Path) -> None:
    for line in (4, 5, 6, 7, 8):
        put(data, MEETINGS, line, "Format", "Teams")
    with pytest.raises(NetstatsError) as raised:
        founding_frames(data)
    assert raised.value.what.count("«\u00a0Teams\u00a0»") == 3
    assert "network/reunions.csv, ligne 4, colonne Format" in raised.value.what
    assert "Et 2\u00a0autres problèmes." in raised.value.what
    assert "netstats check" in raised.value.remedy


def test_nothing_is_founded_on_a_dangling_reference(data: Path) -> None:
    put(data, ATTENDANCE, 2, "Code du territoire", "59999")
    with pytest.raises(NetstatsError, match="59999") as raised:
        store.build(data / "reference", founding_frames(data), path=None)
    assert "netstats check" in raised.value.remedy


def test_a_directory_without_data_is_refused(tmp_path: Path) -> None:
    assert {problem.reason for problem in check(tmp_path)} == {"fichier absent"}
    with pytest.raises(NetstatsError):
        founding_frames(tmp_path)
