"""The data set as .csv files holds everything: rows made again from its cells alone are the rows it was made from."""

import csv
import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netstats import store
from netstats.catalogue.snapshot import held_rows
from netstats.choices import OWN_KINDS
from netstats.errors import NetstatsError
from netstats.intake.bootstrap import network_frames
from netstats.intake.check.sheets import check_sheets
from netstats.intake.export import csv_files, dataset_zip, write_dataset
from netstats.intake.forms import BY_NAME, FORMS, MEETINGS
from netstats.intake.labels import FORMULA_STARTS, LABELS, guarded, label, unguarded
from netstats.intake.read.files import read_file
from netstats.intake.read.matching import match
from netstats.intake.snapshot import read_snapshot
from netstats.intake.template import template_csv
from netstats.model import WRITTEN
from tests import activity
from tests.conftest import DATA, Generated

Frames = Mapping[str, pd.DataFrame]

# --- the inverse, written apart: only what the cells say ---------------------------------------------------


def stored(field: str, text: str) -> str:
    """What is stored for a label."""
    return next(value for value, written in LABELS[field].items() if written == text)


def table(content: bytes, form: str) -> list[dict[str, str]]:
    """Return the cells of a file by name of field; an empty cell is not there."""
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    names = {field.header: field.name for field in BY_NAME[form].fields}
    assert all(len(row) == len(header) for row in rows)
    return [
        {names[title]: unguarded(cell) for title, cell in zip(header, row, strict=True) if cell != ""} for row in rows
    ]


def day(text: str | None) -> date | None:
    return date.fromisoformat(f"{text}-01-01"[:10] if len(text) != 7 else f"{text}-01") if text else None


def precision(text: str | None) -> str:
    return {0: "unknown", 4: "year", 7: "month", 10: "day"}[len(text or "")]


def truth(text: str | None) -> bool | None:
    return {"oui": True, "non": False, None: None}[text]


def whole(text: str | None) -> int | None:
    return int(text) if text else None


def members(text: str | None) -> list[str]:
    return [member.strip() for member in (text or "").split(";") if member.strip()]


def read_back(files: Mapping[str, bytes]) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of each table of the database, sorted, from the files of an export."""
    forms = {form.name: table(files[f"{form.name}.csv"], form.name) for form in FORMS}

    def ranked(form: str) -> list[tuple[object, ...]]:
        return [(row["code"], row["name"], whole(row["rank"]), truth(row.get("retired"))) for row in forms[form]]

    rows: dict[str, list[tuple[object, ...]]] = {
        "network": [
            (row["code"], row["name"], stored("scope", row["scope"]), truth(row.get("retired")))
            for row in forms["reseaux"]
        ],
        "network_region": [(row["code"], one) for row in forms["reseaux"] for one in members(row.get("regions"))],
        "theme_family": ranked("familles"),
        "theme": [
            (row["code"], row["family"], row["name"], row["short_name"], truth(row.get("retired")))
            for row in forms["themes"]
        ],
        "action_type": ranked("types"),
        "audience": ranked("publics"),
        "territory": [
            (row["code"], row["kind"], row["name"], truth(row.get("retired"))) for row in forms["organismes"]
        ],
        "territory_commune": [(row["code"], one) for row in forms["organismes"] for one in members(row["communes"])],
        "territory_alias": [(row["territory_code"], row["name"]) for row in forms["autres-noms"]],
        "meeting_theme": [(row["code"], one) for row in forms["reunions"] for one in members(row.get("themes"))],
        "attendance": [
            (row["meeting"], row["territory_code"], row.get("printed_name"), truth(row.get("member")))
            for row in forms["presences"]
        ],
        "action": [
            (
                row["code"],
                row["meeting"],
                row.get("territory_code"),
                row["type"],
                row.get("audience"),
                row.get("theme"),
                row["description"],
                row.get("source_url"),
            )
            for row in forms["actions"]
        ],
        "meeting": [
            (
                row["code"],
                row["network"],
                row["kind"],
                day(row.get("date")),
                precision(row.get("date")),
                day(row.get("until")),
                whole(row["sessions"]),
                stored("format", row["format"]),
                row.get("place"),
                whole(row.get("participants")),
                stored("participants_precision", row["participants_precision"])
                if "participants_precision" in row
                else None,
                row.get("participants_unit"),
                truth(row.get("open_to_non_members")),
                stored("status", row["status"]),
                row["title"],
                row.get("note"),
                row.get("source_url"),
            )
            for row in forms["reunions"]
        ],
    }
    return {name: sorted(found, key=repr) for name, found in rows.items()}


def plain(value: object) -> object:
    if pd.isna(value):  # type: ignore[call-overload]
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value.item() if hasattr(value, "item") else value


def held(frames: Frames) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of each table, sorted, as plain values."""
    rows = {}
    for name in set(frames) - {"batch", "change", "draft"}:
        frame = frames[name]
        frame = frame[frame["kind"].isin(OWN_KINDS)] if name == "territory" else frame
        cells = ([plain(value) for value in frame[column]] for column in WRITTEN[name].written)
        rows[name] = sorted(zip(*cells, strict=True), key=repr)
    return rows


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    files = ("communes", "intercommunalities", "departments")
    return {row["code"]: row["name"] for file in files for row in activity.read_reference(file)}


@pytest.fixture(scope="module")
def real() -> dict[str, pd.DataFrame]:
    return network_frames(DATA)


# --- round trips -----------------------------------------------------------------------------------------


def test_the_real_activity_comes_back_whole(real: Frames, names: Mapping[str, str]) -> None:
    assert read_back(csv_files(real, names)) == held(real)


def test_a_made_up_activity_comes_back_whole(generated: Generated, names: Mapping[str, str]) -> None:
    rows = held(generated.frames)
    assert {row[4] for row in rows["meeting"]} == {"day", "month", "year", "unknown"}
    assert read_back(csv_files(generated.frames, names)) == rows


def test_the_database_gives_the_same_files(real: Frames, real_database: store.Database, names: dict[str, str]) -> None:
    rows = held_rows(real_database)
    official = real["territory_alias"]  # a database also holds the other names of the official list, never exported
    assert csv_files({**rows, "territory_alias": official}, names) == csv_files(real, names)


def test_the_order_of_the_rows_does_not_matter(generated: Generated, names: Mapping[str, str]) -> None:
    shuffled = {name: frame.sample(frac=1, random_state=1) for name, frame in generated.frames.items()}
    assert csv_files(shuffled, names) == csv_files(generated.frames, names)


def test_an_empty_data_set_is_headers_only(real: Frames) -> None:
    files = csv_files({name: frame.head(0) for name, frame in real.items()}, {})
    assert [table(content, name.removesuffix(".csv")) for name, content in files.items()] == [[]] * len(FORMS)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "'=1+1",
        "''=1+1",
        "'",
        "'quarante'",
        "+33",
        "-3",
        "@SOMME(A1)",
        "\tA",
        "un ; deux",
        'il dit "non"',
        "une ligne\nune autre\r\net la dernière",
        "2026-05",
        "0123",
        "oui",
        "é’« »\u202f!",
    ],
)
def test_a_difficult_text_comes_back_as_it_was(text: str, real: Frames) -> None:
    actions = real["action"].assign(description=text)
    files = csv_files({**real, "action": actions}, {})
    assert {row["description"] for row in table(files["actions.csv"], "actions")} == {text}
    cells = csv.reader(io.StringIO(files["actions.csv"].decode("utf-8-sig"), newline=""), delimiter=";")
    assert not [cell for row in cells for cell in row if cell.startswith(FORMULA_STARTS)]


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r a1;"), max_size=6) | st.text(max_size=12))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_a_guarded_text_never_runs_and_comes_back(text: str) -> None:
    assert not guarded(text).startswith(FORMULA_STARTS)
    assert unguarded(guarded(text)) == text


def test_the_reader_of_files_sees_the_cells_that_were_written(generated: Generated, names: Mapping[str, str]) -> None:
    for file, content in csv_files(generated.frames, names).items():
        (grid,) = read_file(file, content)
        header, *rows = grid.rows
        form = BY_NAME[file.removesuffix(".csv")]
        fields = {field.header: field.name for field in form.fields}
        cells = [
            {fields[str(title)]: cell for title, cell in zip(header, row, strict=True) if cell is not None}
            for row in rows
        ]
        assert cells == table(content, form.name)


def test_imported_again_the_data_set_is_the_same(
    real: Frames, real_database: store.Database, names: Mapping[str, str]
) -> None:
    files = csv_files(real, names)
    verdict = check_sheets(
        [match(grid) for file in files for grid in read_file(file, files[file])], read_snapshot(real_database)
    )
    assert (verdict.issues, verdict.questions) == ((), ())
    assert held(verdict.change_set.rows) == held(real)
    assert not verdict.change_set.removed or not any(map(len, verdict.change_set.removed.values()))


# --- how it is written -----------------------------------------------------------------------------------


def test_files_are_what_a_french_spreadsheet_opens(real: Frames, names: Mapping[str, str]) -> None:
    files = csv_files(real, names)
    assert list(files) == [f"{form.name}.csv" for form in FORMS]
    for content in files.values():
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\n") == content.count(b"\r\n")
    assert files["autres-noms.csv"].decode("utf-8-sig").splitlines()[0] == "Territoire;Code du territoire;Autre nom"
    assert "Fourmies;59249;Fourmies;" in files["presences.csv"].decode("utf-8-sig")


def test_only_what_another_column_says_is_left_out(real: Frames, names: Mapping[str, str]) -> None:
    for file, content in csv_files(real, names).items():
        form = BY_NAME[file.removesuffix(".csv")]
        written = content.decode("utf-8-sig").split("\r\n", 1)[0].split(";")
        left_out = {"reunions": {"present"}, "presences": {"network", "date"}, "actions": {"network", "date"}}
        expected = [field.header for field in form.fields if field.name not in left_out.get(form.name, set())]
        assert written == expected


def test_labels_are_those_of_the_forms() -> None:
    scope = BY_NAME["reseaux"].field("scope")
    fields = {name: scope if name == "scope" else MEETINGS.field(name) for name in LABELS}
    for name, labels in LABELS.items():
        assert tuple(labels.values()) == fields[name].choices
        assert all(label(name, value) == written for value, written in labels.items())
    assert label("kind", "atelier") == "atelier"


def test_the_archive_holds_the_same_files(real: Frames, names: Mapping[str, str]) -> None:
    with zipfile.ZipFile(io.BytesIO(dataset_zip(real, names))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == csv_files(real, names)


# --- the directory ---------------------------------------------------------------------------------------


def test_a_directory_is_made_and_written_again(real: Frames, names: Mapping[str, str], tmp_path: Path) -> None:
    directory = tmp_path / "un" / "export"
    empty = {name: frame.head(0) for name, frame in real.items()}
    write_dataset(empty, names, directory)
    (directory / ".netstats-abc.en-cours").touch()  # an export that was killed
    (directory / ".netstats-abc").mkdir()
    (directory / ".netstats-abc" / "actions.csv").write_bytes(b"\xef\xbb\xbfCo")
    paths = write_dataset(real, names, directory)
    assert {path.name: path.read_bytes() for path in directory.iterdir()} == csv_files(real, names)
    assert sorted(paths) == sorted(directory.iterdir())


def test_a_directory_that_holds_anything_else_is_left_alone(
    real: Frames, names: Mapping[str, str], tmp_path: Path
) -> None:
    filled = template_csv(MEETINGS) + b"x;National;assises\r\n"
    for name, content in (("notes.txt", b"important"), ("reunions.csv", filled), ("actions.csv.part", b"autre")):
        directory = tmp_path / name
        directory.mkdir()
        (directory / name).write_bytes(content)
        with pytest.raises(NetstatsError, match="contient autre chose"):
            write_dataset(real, names, directory)
        assert {path.name: path.read_bytes() for path in directory.iterdir()} == {name: content}


def test_a_file_in_the_place_of_the_directory_is_said(real: Frames, names: Mapping[str, str], tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("x", encoding="utf-8")
    with pytest.raises(NetstatsError, match="ne peut pas être écrit"):
        write_dataset(real, names, tmp_path / "fichier")


def test_what_a_computer_leaves_in_a_folder_is_not_minded(
    real: Frames, names: Mapping[str, str], tmp_path: Path
) -> None:
    left = (".DS_Store", "Thumbs.db", "desktop.ini", "Desktop.ini", "~$reunions.csv", ".~lock.reunions.csv#")
    for name in left:
        (tmp_path / name).write_bytes(b"x")
    assert {path.name for path in write_dataset(real, names, tmp_path)} == set(csv_files(real, names))
    write_dataset(real, names, tmp_path)
    assert all((tmp_path / name).read_bytes() == b"x" for name in left)
    (tmp_path / ".git").mkdir()
    with pytest.raises(NetstatsError, match=r"contient autre chose .*\.git"):
        write_dataset(real, names, tmp_path)


def test_an_export_that_stops_midway_says_which_files_are_new(
    real: Frames, names: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replace(part: Path, path: Path) -> None:
        if path.name == "themes.csv":
            raise PermissionError(13, "le fichier est ouvert", str(path))
        part.rename(path)

    monkeypatch.setattr("netstats.files.os.replace", replace)
    with pytest.raises(NetstatsError, match=r"reseaux\.csv et familles\.csv sont déjà nouveaux, les autres non"):
        write_dataset(real, names, tmp_path)
    monkeypatch.undo()
    write_dataset(real, names, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(csv_files(real, names))
