"""The command line gives the numbers of the screen, and refuses in French."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from netstats import cli, demonstration_world
from netstats.catalogue import overview
from netstats.share import tables
from tests.conftest import DATA

ROOT = DATA.parent
ENGLISH = ("error", "argument", "invalid", "required", "expected", "usage:", "choose from", "unrecognized", "ambiguous")


@pytest.fixture(scope="module")
def database_file(real_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(real_path, tmp_path_factory.mktemp("cli")))


@pytest.fixture(autouse=True)
def _installation(database_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETSTATS_DATABASE", str(database_file))
    monkeypatch.delenv("NETSTATS_DATA", raising=False)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = cli.main(arguments)
    except SystemExit as stop:
        code = int(str(stop.code))
    out, err = capsys.readouterr()
    return code, out, err


def rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    code, out, err = run(capsys, "figures", *arguments, "--format", "json")
    assert (code, err) == (0, "")
    found: list[dict[str, object]] = json.loads(out)["rows"]
    return found


SUBJECTS = {
    "code du territoire": "59350",
    "code du réseau": "hauts-de-france",
    "code du thème": "stupefiants",
    "code de la réunion": "hauts-de-france-2020-05-06",
    "mots cherchés": "pharmacie",
    "nom ou code d’un territoire": "lomme",
    "": "",
    # Some know another one.
    "fiche-territoire-actions": "59178",
    "recherche-reunions": "Lille",
}
"""What a figure may be about, or its name → one that the real activity knows."""


class TestFigures:
    @pytest.mark.parametrize("figure", overview.FIGURES)
    @pytest.mark.parametrize("form", ["table", "csv", "json"])
    def test_every_figure_in_every_form(self, capsys: pytest.CaptureFixture[str], figure: str, form: str) -> None:
        subject = SUBJECTS.get(figure) or SUBJECTS[overview.FIGURES[figure].subject]
        asked = ("--sujet", subject) if subject else ()
        code, out, err = run(capsys, "figures", figure, *asked, "--format", form, "--region", "32")
        assert (code, err) == (0, "")
        whole = "Toutes les données, activités nationales comprises, sans aucun filtre"  # no filter rules those
        sentence = whole if overview.FIGURES[figure].whole_data else "Hauts-de-France"
        if form == "json":
            document = json.loads(out)
            assert document["selection"]["sentence"] == sentence
            assert document["rows"] or figure in {
                "qualite-themes-inutilises",
                "a-relancer",
            }  # every theme has served, all stopped
        elif form == "csv":
            lines = list(csv.reader(io.StringIO(out.removeprefix("\ufeff"), newline=""), delimiter=";"))
            assert lines[0] == list(overview.FIGURES[figure].headers.values())
            assert len(lines) > 1
        else:
            about = f"Sujet : {subject}\n" if subject else ""
            assert out.startswith(f"{overview.FIGURES[figure].title}\n{about}{sentence}\n")

    def test_numbers_of_the_issue(self, capsys: pytest.CaptureFixture[str]) -> None:
        found = rows(capsys, "indicateurs", "--reseau", "hauts-de-france")[0]
        assert [found[name] for name in ("meetings", "undated_meetings", "territories", "attendances")] == [
            5,
            2,
            23,
            28,
        ]

    @pytest.mark.parametrize(
        ("arguments", "meetings"),
        [
            ((), 11),
            (("--departement", "59", "--departement", "62"), 3),
            (("--departement", "Nord (59)"), 3),
            (("--periode", "2020"), 2),
            (("--periode", "mai 2021"), 3),
            (("--depuis", "2019-01", "--jusqua", "2020-12"), 3),
            (("--depuis", "2021-05-27"), 3),
            (("--jusqua", "2019"), 1),
            (("--theme", "stupefiants"), 2),
            (("--reseau", "national"), 9),
            (("--reseau", "National", "--modalite", "visioconférence"), 3),
            (("--nature", "CISPD"), 3),
        ],
    )
    def test_options_select(
        self, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], meetings: int
    ) -> None:
        assert rows(capsys, "indicateurs", *arguments)[0]["meetings"] == meetings

    def test_list_names_each_with_its_definition(self, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, _ = run(capsys, "figures", "--list")
        assert code == 0
        for figure in overview.FIGURES.values():
            assert f"{figure.name}\n" in out
            assert figure.definition in out

    def test_help_is_in_french(self, capsys: pytest.CaptureFixture[str]) -> None:
        for arguments in (("--help",), ("figures", "--help"), ("check", "--help"), ("demo", "--help")):
            code, out, _ = run(capsys, *arguments)
            assert code == 0
            assert out.startswith("usage :")
            assert not [word for word in ("show this", "options:", "positional", "usage:") if word in out]


class TestRefusals:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("figures", "rien"), "La figure « rien » n’existe pas"),
            (("figures",), "n’existe pas"),
            (("figures", "themes", "--departement", "zz"), "Département : « zz » n’est pas connu"),
            (("figures", "themes", "--departement", "59'); DROP TABLE meeting;--"), "n’est pas connu"),
            (("figures", "themes", "--theme", "a", "--theme", "b"), "« b » n’est pas connu"),
            (("figures", "themes", "--periode", "hier"), "« hier » n’est pas une période"),
            (("figures", "themes", "--depuis", "hier"), "n’est pas une période"),
            (("figures", "themes", "--depuis", "2021", "--jusqua", "2019"), "avant de commencer"),
            (("figures", "themes", "--periode", "2020", "--depuis", "2019"), "donnée deux fois"),
            (("figures", "themes", "--format", "xml"), "xml"),
            (("figures", "themes", "--inconnue"), "option inconnue : --inconnue"),
            (("figures", "themes", "--departement"), "--departement demande une valeur"),
            (("figures", "themes", "--de", "59"), "ambigu"),
            ((), "il manque"),
            (("danser",), "danser"),
            (("demo", "--meetings", "3"), "de 50 à"),
            (("demo", "--meetings", "-3"), "de 50 à"),
            (("demo", "--meetings", "beaucoup"), "n’est pas un nombre entier"),
            (("demo", "--seed", "1.5"), "n’est pas un nombre entier"),
            (("demo", "--today", "hier"), "n’est pas une date"),
            (("demo", "--today", "2026-02-30"), "n’est pas une date"),
            (("demo", "--out", "nulle/part/demo.duckdb"), "n’existe pas"),
            (("demo", "--out", str(ROOT / "README.md"), "--force"), "n’est pas une base netstats"),
        ],
    )
    def test_in_french_with_code_2(
        self, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
    ) -> None:
        code, out, err = run(capsys, *arguments)
        assert code == 2
        assert out == ""
        assert said in err
        assert "Traceback" not in err
        assert not [word for word in ENGLISH if word in err]

    def test_data_that_is_not_in_order(
        self, capsys: pytest.CaptureFixture[str], broken: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("NETSTATS_DATA", str(broken))
        code, _, err = run(capsys, "figures", "themes")
        assert code == 2
        assert "network/reunions.csv, ligne 6" in err
        assert "netstats check" in err

    def test_data_that_is_not_there(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("NETSTATS_DATA", str(tmp_path))
        code, _, err = run(capsys, "figures", "themes")
        assert code == 2
        assert err.startswith("netstats : ")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of the data with one date that does not exist, on line 6 of the meetings."""
    data = Path(
        shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("*.duckdb*", "department_outlines*"))
    )
    shutil.copy(DATA / "reference" / "department_outlines.csv", data / "reference")
    meetings = data / "network" / "reunions.csv"
    text = meetings.read_text(encoding="utf-8")
    assert ";2019-12-04;" in text
    meetings.write_text(text.replace(";2019-12-04;", ";2019-13-04;"), encoding="utf-8", newline="\n")
    return data


class TestCheck:
    def test_the_real_data_is_in_order(self, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, err = run(capsys, "check")
        assert (code, err) == (0, "")
        assert "Tout est en ordre" in out

    def test_a_fault_is_told_with_its_place(
        self, capsys: pytest.CaptureFixture[str], broken: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("NETSTATS_DATA", str(broken))
        code, out, err = run(capsys, "check")
        assert code == 1
        assert "network/reunions.csv, ligne 6, colonne Date : « 2019-13-04 »" in out.replace("\N{NO-BREAK SPACE}", " ")
        assert err.startswith("1 anomalie dans ")


class TestDemo:
    ARGUMENTS = ("--meetings", "60", "--seed", "3", "--today", "2026-11-23")

    def test_writes_a_database_that_figures_opens(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "demo.duckdb"
        code, out, err = run(capsys, "demo", *self.ARGUMENTS, "--out", str(path))
        assert (code, err) == (0, "")
        assert str(path) in out
        assert "inventées" in out
        assert [file.name for file in tmp_path.iterdir()] == ["demo.duckdb"]
        monkeypatch.setenv("NETSTATS_DATABASE", str(path))
        everything = [word for network in demonstration_world.NETWORKS for word in ("--reseau", network)]
        assert len(rows(capsys, "reunions", *everything)) == 60
        for form in ("table", "csv", "json"):
            code, out, _ = run(capsys, "figures", "themes", "--format", form)
            assert code == 0
            assert out.count(tables.FICTIONAL) == 1
            assert "FFSU, articles" not in out

    def test_the_real_figures_say_nothing_of_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        for form in ("table", "csv", "json"):
            assert "fictives" not in run(capsys, "figures", "themes", "--format", form)[1]

    def test_replaces_an_older_one_only_when_told(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        demo = ("demo", *self.ARGUMENTS, "--out", str(tmp_path / "demo.duckdb"))
        assert run(capsys, *demo)[0] == 0
        code, out, err = run(capsys, *demo)
        assert (code, out) == (2, "")
        assert "--force" in err
        assert run(capsys, *demo, "--force")[0] == 0


class TestProgram:
    """Run as people run it, in a process of its own."""

    def start(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "netstats", *arguments],
            capture_output=True,
            check=False,
            timeout=120,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
        )

    def test_speaks_french_whatever_the_machine_speaks(self) -> None:
        done = self.start("figures", "themes", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
        assert done.returncode == 0, done.stderr.decode()
        assert "Thèmes abordés" in done.stdout.decode("utf-8")

    def test_exit_codes(self) -> None:
        refused = self.start("figures", "rien")
        assert refused.returncode == 2
        assert refused.stderr.decode("utf-8").startswith("netstats : La figure « rien » n’existe pas.")

    def test_csv_is_the_same_bytes_on_every_system(self) -> None:
        done = self.start("figures", "types-action", "--format", "csv")
        assert done.stdout.startswith(b"\xef\xbb\xbfCode;Type d\xe2\x80\x99action;")
        assert b"\r\r\n" not in done.stdout
        assert done.stdout.count(b"\r\n") == 8 + 6  # the table, then an empty line and five that defend it

    def test_a_reader_that_leaves_early_is_no_error(self) -> None:
        with subprocess.Popen(
            [sys.executable, "-m", "netstats", "figures", "departements", "--format", "json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.read(10)
            process.stdout.close()
            said = process.stderr.read()
            process.wait(timeout=60)
        assert b"Traceback" not in said
        assert b"BrokenPipe" not in said

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
    def test_an_answer_that_finds_no_room_is_said(self) -> None:
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "netstats", "schema"],
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
                env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            )
        assert done.returncode == 2
        assert done.stderr.decode().startswith("netstats : La commande s’est arrêtée (il n’y a plus de place).")
        assert b"Traceback" not in done.stderr

    def test_the_database_follows_the_data(self, tmp_path: Path) -> None:
        data = Path(shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("*.duckdb*")))
        environment = {"NETSTATS_DATA": str(data)}
        ask = ("figures", "indicateurs", "--format", "json")
        before = json.loads(self.start(*ask, **environment).stdout)["rows"][0]
        attendance = data / "network" / "presences.csv"
        with attendance.open("a", encoding="utf-8", newline="") as stream:
            stream.write("hauts-de-france-2020-05-06;Roubaix;59512;Roubaix;\n")
        after = json.loads(self.start(*ask, **environment).stdout)["rows"][0]
        assert after["attendances"] == before["attendances"] + 1
        assert after["territories"] == before["territories"] + 1
