"""Rules of the data are broken one by one, on a copy of the real data, and must be said with their place."""

from __future__ import annotations

import csv
import datetime
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from netstats import store
from netstats.errors import NetstatsError
from netstats.intake import data_files, official
from netstats.intake.bootstrap import network_frames
from netstats.intake.data_files import NETWORK_FILES, START_FILE, check
from netstats.intake.issues import Issue

DATA = Path(__file__).parents[2] / "data"
MEETINGS, ATTENDANCE, ACTIONS = "network/reunions.csv", "network/presences.csv", "network/actions.csv"
NETWORKS, THEMES, BODIES = "network/reseaux.csv", "network/themes.csv", "network/organismes.csv"
FILES = list(NETWORK_FILES)
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


def sole(data: Path) -> Issue:
    issues = check(data)
    assert len(issues) == 1, [str(issue) for issue in issues]
    return issues[0]


def test_the_sample_is_right(sample: Path) -> None:
    assert check(sample) == []


def test_an_issue_says_its_place_and_what_is_wrong(data: Path) -> None:
    line = line_of(data, MEETINGS, LILLE_2019)
    put(data, MEETINGS, line, "Format", "Teams")
    assert str(sole(data)) == (
        f"network/reunions.csv, ligne {line}, colonne Format\u00a0: «\u00a0Teams\u00a0» n’est pas une valeur permise "
        "(présentiel, visioconférence, hybride ou inconnu attendu)."
    )


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
    # How it is written.
    Cell(MEETINGS, LILLE_2019, "Code", "Hauts de France", "n’est pas un code"),
    Cell(MEETINGS, LILLE_2019, "Réseau", "", "valeur obligatoire"),
    Cell(MEETINGS, LILLE_2019, "Nature", "", "valeur obligatoire"),
    Cell(MEETINGS, LILLE_2019, "Date", "04/12/19", "une année sur deux chiffres"),
    Cell(MEETINGS, LILLE_2019, "Date", "2019-02-29", "n’existe pas dans le calendrier"),
    Cell(MEETINGS, LILLE_2019, "Date", "1919-12-04", "n’est pas une date"),
    Cell(MEETINGS, LILLE_2019, "Date de fin", "2019-12", "n’est pas un jour"),
    Cell(MEETINGS, LILLE_2019, "Séances", "deux", "n’est pas un nombre entier"),
    Cell(MEETINGS, LILLE_2019, "Séances", "0", "trop petit (1 au moins)"),
    Cell(MEETINGS, LILLE_2019, "Séances", "1001", "trop grand (1000 au plus)"),
    Cell(MEETINGS, LILLE_2019, "Participants", "environ 16", "ne dit pas la même chose"),
    Cell(MEETINGS, LILLE_2019, "Format", "Teams", "n’est pas une valeur permise (présentiel, visioconférence"),
    Cell(MEETINGS, LILLE_2019, "Statut", "held", "n’est pas une valeur permise"),
    Cell(MEETINGS, LILLE_2019, "Ouverte aux non-membres", "peut-être", "n’est ni oui ni non"),
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
    # How rows agree with each other and with what is known.
    Cell(MEETINGS, LILLE_2019, "Réseau", "picardie", "picardie"),
    Cell(MEETINGS, LILLE_2019, "Thèmes", "tous", "tous"),
    Cell(MEETINGS, LILLE_2019, "Date de fin", "2019-12-01", "2019"),
    Cell(MEETINGS, LILLE_2019, "Date", "2098-12-04", "2098"),
    Cell(ATTENDANCE, LYON_2020, "Code du territoire", "59999", "n’est le code d’aucun territoire", "Territoire"),
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
    issues = [issue for issue in check(data) if (issue.where.file, issue.where.line) == (cell.file, line)]
    assert any(cell.reason in str(issue) for issue in issues), list(map(str, check(data)))
    assert (cell.said_of or cell.column) in {issue.where.column for issue in issues}


TWICE = {
    MEETINGS: "cette ligne est la même réunion que la ligne 2",
    ATTENDANCE: "est déjà présent à cette réunion, à la ligne 2",
    ACTIONS: "est la même action que la ligne 2",
    "network/autres-noms.csv": "figure déjà plus haut pour ce territoire",
}


@pytest.mark.parametrize("file", [*FILES, "reference/communes.csv", "reference/vocabulary/themes.csv"])
def test_a_row_written_twice_is_refused(data: Path, file: str) -> None:
    line = append(data, file, *read_cells(data / file)[1])
    issue = sole(data)
    assert (issue.where.file, issue.where.line) == (file, line)
    assert issue.words == TWICE.get(file, "figure déjà à la ligne 2")


def test_cells_are_read_as_an_import_reads_them(data: Path) -> None:
    rows = network_frames(data)["meeting"].set_index("code")
    line = line_of(data, MEETINGS, LILLE_2019)
    put(data, MEETINGS, line, "Date", "4 décembre 2019")
    put(data, MEETINGS, line, "Ouverte aux non-membres", "Oui")
    put(data, MEETINGS, line, "Lieu", " Lille")
    assert check(data) == []
    changed = network_frames(data)["meeting"].set_index("code")
    assert list(changed.compare(rows).index.union([LILLE_2019])) == [LILLE_2019]
    assert str(changed.loc[LILLE_2019, "held_on"]) == str(rows.loc[LILLE_2019, "held_on"])
    assert changed.loc[LILLE_2019, "open_to_non_members"]
    assert changed.loc[LILLE_2019, "place"] == "Lille"


def test_a_clock_that_is_behind_keeps_nobody_from_starting(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Before(datetime.date):
        @classmethod
        def today(cls) -> Before:
            return cls(2001, 1, 1)

    monkeypatch.setattr(data_files, "date", Before)
    assert len(network_frames(data)["meeting"]) == 21


@pytest.mark.parametrize("status", ["annoncée", "annulée"])
@pytest.mark.parametrize("file", [ATTENDANCE, ACTIONS])
def test_nobody_was_at_a_meeting_that_was_not_held(data: Path, file: str, status: str) -> None:
    put(data, MEETINGS, line_of(data, MEETINGS, LYON_2020), "Statut", status)
    issues = [issue for issue in check(data) if issue.where.file == file]
    assert len(issues) == {ATTENDANCE: 8, ACTIONS: 3}[file]


def test_a_department_can_come(data: Path) -> None:
    append(data, ATTENDANCE, LYON_2020, "Nord", "59", "Département du Nord", "")
    assert check(data) == []


def test_a_body_of_ours_names_its_communes(data: Path) -> None:
    line = append(data, BODIES, "cispd-ailleurs", "CISPD", "CISPD d’ailleurs", "", "")
    issue = sole(data)
    assert (issue.where.file, issue.where.line, issue.where.column) == (BODIES, line, "Communes")


def test_a_body_of_ours_takes_no_official_code(data: Path) -> None:
    line = append(data, BODIES, "59350", "CLSPD", "CLSPD de Lille", "59350", "")
    issue, *_ = check(data)
    assert (issue.where.line, issue.where.column) == (line, "Code")
    assert "est déjà le code d’un territoire officiel" in str(issue)


@pytest.mark.parametrize("file", [START_FILE, *FILES, *(file.path for file in official.FILES)])
def test_a_missing_file_is_said_once(data: Path, file: str) -> None:
    (data / file).unlink()
    # What refers to the missing file is not called wrong for it.
    assert str(sole(data)) == f"{file}\u00a0: fichier absent."


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_said(data: Path, content: str) -> None:
    (data / MEETINGS).write_text(content, encoding="utf-8")
    assert str(sole(data)) == (f"{MEETINGS}\u00a0: fichier vide ; la première ligne doit donner le nom des colonnes.")


def test_an_unknown_file_is_said(data: Path) -> None:
    (data / "network" / "reunions.xlsx").write_bytes(b"PK")
    (data / "network" / ".~lock.reunions.csv").write_text("", encoding="utf-8")
    (data / "network" / "README.md").write_text("# Les données", encoding="utf-8")
    issue = sole(data)
    assert (issue.where.file, issue.where.line) == ("network/reunions.xlsx", 0)
    assert "fichier inconnu" in str(issue)


def test_a_file_that_is_not_utf8_is_said_with_the_line(data: Path) -> None:
    raw = (data / MEETINGS).read_text(encoding="utf-8-sig").replace("’", "'")
    (data / MEETINGS).write_bytes(raw.encode("cp1252", errors="replace"))
    assert str(sole(data)) == (
        f"{MEETINGS}, ligne 1\u00a0: texte qui n’est pas en UTF-8 ; enregistrez le fichier au format « CSV UTF-8 »."
    )


def test_windows_lines_are_accepted_with_a_byte_order_mark_or_without(data: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig"):
        for path in (data / "network").glob("*.csv"):
            text = path.read_text(encoding="utf-8-sig")
            path.write_text(text, encoding=encoding, newline="\r\n")
        assert check(data) == []
        assert len(network_frames(data)["meeting"]) == 21


def test_a_missing_column_is_said(data: Path) -> None:
    rewrite(data, ACTIONS, lambda text: text.replace("Description", "Texte", 1))
    unknown, missing = check(data)
    assert (unknown.where.file, unknown.where.line, unknown.where.column) == (ACTIONS, 1, "Texte")
    assert unknown.words == "colonne inconnue, que rien ne lirait"
    assert (missing.where.file, missing.where.line, missing.where.column) == (ACTIONS, 1, "Description")
    assert missing.words.startswith("colonne absente ; attendu : ")


def test_a_header_that_is_nearly_one_of_ours_is_said(data: Path) -> None:
    rewrite(data, ACTIONS, lambda text: text.replace("Description", "Descripton", 1))
    assert str(sole(data)) == (
        f"{ACTIONS}, ligne 1, colonne Descripton\u00a0: colonne inconnue ; «\u00a0Description\u00a0» attendu."
    )


def test_a_column_that_may_be_empty_may_be_missing(data: Path) -> None:
    cells = read_cells(data / ATTENDANCE)
    write_cells(data / ATTENDANCE, [row[:-1] for row in cells])
    assert check(data) == []
    assert network_frames(data)["attendance"]["member"].isna().all()


def test_a_column_written_twice_is_said(data: Path) -> None:
    cells = read_cells(data / NETWORKS)
    write_cells(data / NETWORKS, [[*row, row[1]] for row in cells])
    issue = sole(data)
    assert (issue.where.line, issue.where.column) == (1, "Nom")
    assert issue.words == "les colonnes B et F disent toutes «\u00a0Nom\u00a0» ; gardez-en une seule"


@pytest.mark.parametrize("column", ["Nom", "prénom", "E-mail", "adresse courriel", "Téléphone", "contact", "élu"])
def test_a_column_of_persons_is_refused_with_the_reason(data: Path, column: str) -> None:
    header, *rows = read_cells(data / ATTENDANCE)
    write_cells(data / ATTENDANCE, [[*header, column], *([*row, ""] for row in rows)])
    issue = sole(data)
    assert (issue.where.file, issue.where.line, issue.where.column) == (ATTENDANCE, 1, column)
    assert "netstats ne garde que des organisations et des nombres" in str(issue)


def test_another_separator_is_read_but_where_commas_are_needed(data: Path) -> None:
    swapped = str.maketrans(";,", ",;")
    rewrite(data, ATTENDANCE, lambda text: text.replace(";", "\t"))
    assert check(data) == []
    rewrite(data, "reference/synonyms.csv", lambda text: text.translate(swapped))
    assert str(sole(data)) == "reference/synonyms.csv, ligne 1\u00a0: première ligne attendue : group_code,word."


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ("national;National;national", "4 valeurs pour 5 colonnes"),
        ("national;National;national;;", "6 valeurs pour 5 colonnes"),
        ("national;National;national;;de trop", "6 valeurs pour 5 colonnes"),
        ('national;Réseau "national";national;', "guillemet"),
        ('national;"National" ou non;national;', "guillemet"),
        ('national;"National;national;', "guillemet"),
    ],
)
def test_a_broken_row_is_said_with_its_line(data: Path, broken: str, words: str) -> None:
    line = line_of(data, NETWORKS, "national")
    rewrite(data, NETWORKS, lambda text: text.replace("national;National;national;", broken))
    issue = next(issue for issue in check(data) if issue.where.file == NETWORKS)
    assert (issue.where.line, issue.where.column) == (line, None)
    assert words in str(issue).replace("\u00a0", " ")


def test_an_unclosed_quote_in_a_large_file_is_said(data: Path) -> None:
    rows = "".join(f"{code:09d},CC {code},CC,,,\n" for code in range(20_000))
    rewrite(data, "reference/intercommunalities.csv", lambda text: f'{text}1,"CC,CC,,,\n{rows}')
    line = (data / "reference/intercommunalities.csv").read_text(encoding="utf-8").split("\n").index('1,"CC,CC,,,') + 1
    issue = sole(data)
    assert (issue.where.file, issue.where.line) == ("reference/intercommunalities.csv", line)
    assert 'guillemet (") mal placé' in str(issue)


def test_quotes_doubled_as_they_should_be_are_accepted(data: Path) -> None:
    put(data, MEETINGS, line_of(data, MEETINGS, LILLE_2019), "Note", 'Dite "quatrième", à Lille')
    assert '""quatrième""' in (data / MEETINGS).read_text(encoding="utf-8")
    assert check(data) == []


def test_a_line_break_in_a_cell_keeps_the_count_of_lines(data: Path) -> None:
    first, second = (line_of(data, MEETINGS, code) for code in (LILLE_2019, LYON_2020))
    put(data, MEETINGS, second, "Note", "Une\nnote")
    put(data, MEETINGS, first, "Format", "Teams")
    assert [issue.where.line for issue in check(data)] == [first + 1]


def test_all_issues_are_collected_in_the_order_of_files_and_lines(data: Path) -> None:
    put(data, "reference/communes.csv", 3, "lon", "est")
    put(data, ACTIONS, 2, "Description", "")
    put(data, MEETINGS, 7, "Format", "Teams")
    put(data, MEETINGS, 4, "Date", "hier")
    put(data, MEETINGS, 4, "Séances", "0")
    assert [(issue.where.file, issue.where.line) for issue in check(data)] == [
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
        network_frames(data)
    assert raised.value.what.count("«\u00a0Teams\u00a0»") == 3
    assert "network/reunions.csv, ligne 4, colonne Format" in raised.value.what
    assert "Et 2\u00a0autres problèmes." in raised.value.what
    assert "netstats check" in raised.value.remedy


def test_nothing_is_founded_on_a_dangling_reference(data: Path) -> None:
    put(data, ATTENDANCE, 2, "Code du territoire", "59999")
    with pytest.raises(NetstatsError, match="59999") as raised:
        store.build(data / "reference", network_frames(data), path=None)
    assert "netstats check" in raised.value.remedy


def test_a_directory_without_data_is_refused(tmp_path: Path) -> None:
    assert all(str(issue).endswith("\u00a0: fichier absent.") for issue in check(tmp_path))
    with pytest.raises(NetstatsError):
        network_frames(tmp_path)
