"""`export` makes the files of the page, whole or not at all, and refuses in French."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pptx
import pytest

from netstats import cli, demonstration, store
from netstats.catalogue.overview import MEETINGS
from netstats.filters import Filters
from netstats.share import tables
from netstats.share.plan import Plan, Presentation, Wording, to_json
from netstats.store import open_database
from tests.conftest import Command

NORD = ("--departement", "59", "--periode", "2020")


def cells(path: Path, sheet: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))


class TestWorkbook:
    def test_it_is_the_selection(self, run: Command, tmp_path: Path) -> None:
        target = tmp_path / "nord.xlsx"
        code, out, err = run("export", target, *NORD)
        assert (code, err) == (0, "")
        book = openpyxl.load_workbook(target)
        assert out == f"{target} : {len(book.sheetnames)} feuilles, 1 réunion. Nord, 2020.\n"
        assert [row[0] for row in cells(target, "Réunions")] == [MEETINGS.headers["code"], "hauts-de-france-2020-05-06"]
        assert ("Champ", "Nord, 2020") in [row[:2] for row in cells(target, "Lisez-moi")]

    def test_the_numbers_are_those_of_figures(self, run: Command, tmp_path: Path) -> None:
        target = tmp_path / "tout.XLSX"
        assert run("export", target)[0] == 0
        _, out, _ = run("figures", "themes", "--format", "csv")
        csv = [line.split(";") for line in out.split("\n\n")[0].split("\r\n\r\n")[0].splitlines()]
        at = [csv[0].index(header) for header in ("Thème", "Réunions")]
        sheet = cells(target, "Thèmes")
        here = [sheet[0].index(header) for header in ("Thème", "Réunions")]
        assert [(row[here[0]], str(row[here[1]])) for row in sheet[1:]] == [
            (line[at[0]], line[at[1]]) for line in csv[1:]
        ]

    def test_made_up_data_says_so(self, run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        demo = tmp_path / "demo.duckdb"
        demonstration.write(demo, meetings=60, seed=1)
        monkeypatch.setenv("NETSTATS_DATABASE", str(demo))
        target = tmp_path / "demo.xlsx"
        code, out, _ = run("export", target)
        assert code == 0
        assert tables.FICTIONAL.replace("\xa0", " ") in out
        assert cells(target, "Lisez-moi")[0][0] == tables.FICTIONAL

    def test_it_replaces_only_when_told_to(self, run: Command, tmp_path: Path) -> None:
        target = tmp_path / "a.xlsx"
        target.write_bytes(b"mine")
        code, _, err = run("export", target)
        assert code == 2
        assert "existe déjà" in err
        assert target.read_bytes() == b"mine"
        assert run("export", target, "--force")[0] == 0
        assert cells(target, "Réunions")
        assert [path.name for path in tmp_path.iterdir() if path.suffix != ".duckdb"] == ["a.xlsx"]


class TestFolder:
    def test_all_the_data_go_there_as_before(self, run: Command, tmp_path: Path) -> None:
        code, out, _ = run("export", tmp_path / "tout")
        assert code == 0
        assert "fichiers écrits" in out
        assert {path.suffix for path in (tmp_path / "tout").iterdir()} == {".csv"}

    @pytest.mark.parametrize(
        "option", [("--region", "32"), ("--periode", "2020"), ("--force",), ("--modele", "m.potx")]
    )
    def test_they_have_no_filter(self, run: Command, tmp_path: Path, option: Sequence[str]) -> None:
        code, _, err = run("export", tmp_path / "tout", *option)
        assert code == 2
        assert f"{option[0]} ne va pas avec un dossier" in err
        assert not (tmp_path / "tout").exists()

    def test_a_folder_is_one_whatever_its_name(self, run: Command, tmp_path: Path) -> None:
        there = tmp_path / "donnees.xlsx"
        there.mkdir()
        assert run("export", there)[0] == 0
        assert (there / "reunions.csv").exists()


class TestRefusals:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("a.docx",), "n’est ni un diaporama (.pptx), ni un classeur (.xlsx)"),
            (("a.xls",), "Nommez un fichier .pptx ou .xlsx"),
            (("nulle-part/a.xlsx",), "n’existe pas"),
            (("a.xlsx", "--periode", "1995"), "Aucune réunion dans cette sélection (Tous les réseaux régionaux, 1995)"),
            (("a.xlsx", "--periode", "1995"), "Élargissez la période, ou retirez un filtre."),
            (("a.xlsx", "--departement", "zz"), "Département : « zz » n’est pas connu"),
            (("a.xlsx", "--periode", "hier"), "n’est pas une période"),
            (("a.xlsx", "--periode", "2020", "--depuis", "2019"), "donnée deux fois"),
            (("a.xlsx", "--modele", "m.potx"), "--modele va avec un diaporama"),
            (("a.xlsx", "--face", "tout"), "--face va avec un diaporama"),
            (("a.pptx", "--face", "regon=53"), "--face regon=53 : Côte à côte : « regon=53 » n’est pas un filtre."),
            (("a.xlsx", "--presentation", "Ma réunion"), "--presentation va avec un diaporama"),
            (("a" * 300 + ".xlsx",), "ne peut pas être écrit"),
        ],
    )
    def test_nothing_is_written(self, run: Command, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
        before = set(tmp_path.iterdir())
        code, out, err = run("export", tmp_path / arguments[0], *arguments[1:])
        assert (code, out) == (2, "")
        assert err.startswith("netstats : ")
        assert said in err
        assert set(tmp_path.iterdir()) == before

    def test_a_place_that_cannot_be_written(self, run: Command, tmp_path: Path) -> None:
        if os.geteuid() == 0:
            pytest.skip("the superuser writes everywhere")
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o500)
        code, _, err = run("export", closed / "a.xlsx")
        assert code == 2
        assert "vous n’en avez pas le droit" in err

    def test_without_any_meeting(self, run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        empty = tmp_path / "vide.duckdb"
        assert run("new", empty)[0] == 0
        monkeypatch.setenv("NETSTATS_DATABASE", str(empty))
        code, _, err = run("export", tmp_path / "a.xlsx")
        assert code == 2
        assert "Mettez d’abord des réunions dans la base." in err

    def test_help_is_in_french(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            cli.main(["export", "--help"])
        out = capsys.readouterr().out
        assert out.startswith("usage : ")
        assert "FICHIER.xlsx" in out


def test_the_database_is_only_read(run: Command, path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    database = open_database(path, read_only=True)  # as a dashboard that only reads would hold it
    try:
        assert run("export", tmp_path / "a.xlsx")[0] == 0
    finally:
        database.close()
    assert path.read_bytes() == before


class TestDeck:
    def test_the_slides_are_those_of_the_page(self, run: Command, tmp_path: Path) -> None:
        target = tmp_path / "réunion.pptx"
        code, out, _ = run("export", target, "--reseau", "hauts-de-france")
        assert code == 0
        assert "11 diapositives, 5 réunions" in out
        deck = pptx.Presentation(str(target))
        titles = [slide.shapes.title.text_frame.text.replace("\xa0", " ") for slide in deck.slides]
        assert titles[0] == "Réseau Hauts-de-France"
        first = [shape.text_frame.text.replace("\xa0", " ") for shape in deck.slides[0].shapes if shape.has_text_frame]
        assert any(text.startswith("5 réunions (dont 2 sans date), 23 territoires\n") for text in first)

    def test_a_presentation_brings_its_words_and_its_selection(self, run: Command, path: Path, tmp_path: Path) -> None:
        database = store.open_database(path)
        plan = Plan().toggled("carte").moved("themes", -20).worded("themes", Wording("Mon titre", "", "Mon propos"))
        content = to_json(Presentation(plan, Filters(networks=("hauts-de-france",))))
        store.presentations.save(database, "Été", content)
        database.close()
        target = tmp_path / "deck.pptx"
        code, out, _ = run("export", target, "--presentation", "Été")
        assert code == 0
        assert "Réseau Hauts-de-France" in out
        deck = pptx.Presentation(str(target))
        assert len(deck.slides) == 10
        assert deck.slides[0].shapes.title.text_frame.text == "Mon titre"
        code, out, _ = run("export", target, "--presentation", "Été", "--region", "84", "--force")
        assert code == 0
        assert "Auvergne-Rhône-Alpes" in out  # filters that are given go before those that were kept

    def test_an_unknown_presentation_is_refused(self, run: Command, tmp_path: Path) -> None:
        code, _, told = run("export", tmp_path / "deck.pptx", "--presentation", "Nulle part")
        assert code == 2
        assert "« Nulle part » n’est pas enregistrée" in told
        assert not (tmp_path / "deck.pptx").exists()

    @pytest.mark.parametrize("content", [None, b"no deck"])
    def test_a_template_that_is_none_is_refused(self, content: bytes | None, run: Command, tmp_path: Path) -> None:
        model = tmp_path / "modele.potx"
        if content is not None:
            model.write_bytes(content)
        code, _, told = run("export", tmp_path / "deck.pptx", "--modele", model)
        assert code == 2
        assert "modèle" in told
        assert not (tmp_path / "deck.pptx").exists()
