"""The commands that keep the data: what a person types, what it answers, what the database then holds."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from netstats import store
from netstats.intake import forms
from netstats.wording import NO_BREAK
from tests.conftest import Command

MEETINGS = "Réseau;Nature;Date;Lieu;Thèmes\nHauts-de-France;atelier;12/03/2024;Lille;Rixes ; Médiation\n"
QUOTED = MEETINGS.replace("Rixes ; Médiation", '"Rixes ; Médiation"')


def rows(path: Path, question: str) -> list[tuple[object, ...]]:
    database = store.open_database(path, read_only=True)
    found = list(database.ask(question).itertuples(index=False, name=None))
    database.close()
    return found


def meetings(path: Path) -> int:
    return len(rows(path, "FROM meeting"))


def file(directory: Path, name: str, text: str, encoding: str = "utf-8-sig") -> Path:
    target = directory / name
    target.write_bytes(text.encode(encoding))
    return target


class TestImport:
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252", "utf-16"])
    @pytest.mark.parametrize("separator", [";", ",", "\t"])
    def test_a_file_comes_in_once(
        self, run: Command, path: Path, tmp_path: Path, encoding: str, separator: str
    ) -> None:
        text = QUOTED.replace(";", separator).replace(f"Rixes {separator} Médiation", "Rixes ; Médiation")
        source = file(tmp_path, "Réunions de l'été.csv", text, encoding)
        code, said, _ = run("import", source, "--author", "secrétariat")
        assert code == 0, said
        assert "ajout de 1 réunion et 2 thèmes de réunion" in said
        assert "entrée n° 2" in said
        (written,) = rows(path, "SELECT code, place, title FROM meeting WHERE batch_id = 2")
        assert written == ("hauts-de-france-2024-03-12", "Lille", "Atelier du réseau Hauts-de-France")
        code, said, _ = run("import", source)
        assert (code, "Rien à changer." in said) == (0, True)
        assert len(rows(path, "FROM batch")) == 2

    def test_a_trial_says_it_and_changes_nothing(self, run: Command, path: Path, tmp_path: Path) -> None:
        before = path.read_bytes()
        code, said, _ = run("import", file(tmp_path, "reunions.csv", QUOTED), "--dry-run")
        assert code == 0
        assert "Essai : rien n’a été écrit." in said
        assert meetings(path) == 21
        assert path.read_bytes() == before
        assert store.backups(path) == []

    def test_refused_lines_hold_the_others_back_until_asked(self, run: Command, path: Path, tmp_path: Path) -> None:
        text = QUOTED + "Hauts-de-Frange;atelier;31/02/2024;Lille;Rixes\n"
        source = file(tmp_path, "reunions.csv", text)
        code, said, _ = run("import", source)
        assert code == 1
        assert "« Hauts-de-Frange » n’est le nom ni le code d’aucun réseau. Que faut-il lire" in said.replace(
            NO_BREAK, " "
        )
        assert 'hauts de frange=Hauts-de-France"' in said
        assert "reunions.csv, ligne 3, colonne Date : « 31/02/2024 »" in said
        assert "Rien n’a été écrit" in said
        assert meetings(path) == 21
        code, said, _ = run("import", source, "--partial", "--mend", tmp_path / "rest.csv")
        assert (code, meetings(path)) == (1, 22)
        mended = (tmp_path / "rest.csv").read_text(encoding="utf-8-sig")
        assert "Hauts-de-Frange" in mended
        assert "À corriger" in mended
        whole = mended.replace("Hauts-de-Frange", "Hauts-de-France", 1).replace("31/02/2024", "29/02/2024", 1)
        code, said, _ = run("import", file(tmp_path, "mended.csv", whole))
        assert (code, meetings(path)) == (0, 23), said

    def test_a_homonym_is_asked_and_answered(self, run: Command, path: Path, tmp_path: Path) -> None:
        text = "Réseau;Date;Territoire\nnational;;Saint-Denis\n"
        source = file(tmp_path, "presences.csv", text.replace("national;;", "Île-de-France;04/05/2021;"))
        code, said, _ = run("import", source)
        assert code == 0, "in its network's region there is one"
        far = file(
            tmp_path, "presences.csv", text.replace("national;;Saint-Denis", "Île-de-France;04/05/2021;Beaumont")
        )
        code, said, _ = run("import", far)
        assert code == 1
        assert "« Beaumont » désigne" in said or "ne se trouve que" in said
        answer = next(line for line in said.splitlines() if "--answer" in line).split('"')[1]
        for useless in ("territoire|x=1", f"{answer.rpartition('=')[0]}=99999"):
            code, said, _ = run("import", far, "--answer", useless)
            assert (code, f"« {useless.rpartition('=')[0]} » ne répond à aucune question" in said) == (1, True)
        code, said, _ = run("import", far, "--answer", answer)
        assert code == 0, said
        assert answer.rsplit("=")[-1] in {code for (code,) in rows(path, "SELECT territory_code FROM attendance")}

    def test_an_answer_holds_for_the_next_file_and_can_be_asked_for_again(
        self, run: Command, path: Path, tmp_path: Path
    ) -> None:
        text = "Réseau;Nature;Date;Territoires présents\nHauts-de-France;atelier;12/03/2024;Valencienne\n"
        _, said, _ = run("import", file(tmp_path, "reunions.csv", text))
        answer = next(line for line in said.splitlines() if "=Valenciennes" in line).split('"')[1]
        code, said, _ = run("import", tmp_path / "reunions.csv", "--answer", answer)
        assert (code, "Réponses reprises" in said) == (0, False), said
        april = file(tmp_path, "avril.csv", text.replace("12/03", "09/04"))
        code, said, _ = run("import", april, "--ask-again", "--dry-run")
        assert (code, "Question (avril.csv, ligne 2)" in said) == (1, True)
        code, said, _ = run("import", april)
        assert (code, "« Valencienne » = Valenciennes (59)" in said) == (0, True), said
        assert "Réponses reprises d’imports précédents (--ask-again les redemande)" in said
        assert meetings(path) == 23
        none = f"{answer.rpartition('=')[0]}=aucun"
        good = file(
            tmp_path, "mai.csv", text.replace("12/03", "10/05") + text.splitlines()[1].replace("Valencienne", "Lille")
        )
        run("import", good, "--partial", "--ask-again", "--answer", none)
        assert "Question (avril.csv, ligne 2)" in run("import", april, "--dry-run")[1], "it has been put an end to"

    @pytest.mark.parametrize("name", ["Nord = Sud", 'Le "Grand" Nord', "Nord $HOME"])
    def test_any_answer_that_is_printed_can_be_pasted(
        self, run: Command, path: Path, tmp_path: Path, name: str
    ) -> None:
        cell = name.replace('"', '""')
        text = f'Réseau;Nature;Date\n"{cell}";atelier;12/03/2024\n'
        _, said, _ = run("import", file(tmp_path, "reunions.csv", text))
        printed = next(line for line in said.splitlines() if "(national)" in line)
        (option, answer, *_) = shlex.split(printed)  # as a shell reads it; `run` has put plain spaces in it
        assert (option, NO_BREAK in answer) == ("--answer", False)
        code, said, _ = run("import", tmp_path / "reunions.csv", "--answer", answer)
        assert (code, "ne répond à aucune question" in said) == (0, False), said
        assert name in {found for (found,) in rows(path, "SELECT name FROM network")}

    def test_persons_stay_out(self, run: Command, path: Path, tmp_path: Path) -> None:
        text = "Réseau;Nature;Date;Courriel du référent;Note\n"
        text += "Hauts-de-France;atelier;12/03/2024;a@b.fr;Appeler Mme Durand\n"
        code, said, _ = run("import", file(tmp_path, "reunions.csv", text))
        assert code == 1
        assert "Colonne « Courriel du référent » refusée" in said
        assert "ligne 2, colonne Note" in said
        assert "le nom d’une personne" in said
        assert meetings(path) == 21

    def test_no_file_of_a_person_is_replaced(self, run: Command, path: Path, tmp_path: Path) -> None:
        source = file(tmp_path, "reunions.csv", QUOTED + "Nulle part;atelier;12/03/2024;Lille;Rixes\n")
        before = source.read_bytes()
        for target in (source, tmp_path, Path(".")):
            assert run("import", source, "--mend", target)[0] == 2
        assert source.read_bytes() == before

    def test_two_files_of_one_name_are_told_apart(self, run: Command, path: Path, tmp_path: Path) -> None:
        for folder, day in (("a", "12/03/2024"), ("b", "31/02/2024")):
            (tmp_path / folder).mkdir()
            file(tmp_path / folder, "reunions.csv", QUOTED.replace("12/03/2024", day))
        mend = tmp_path / "mend.xlsx"
        code, said, _ = run("import", *sorted(tmp_path.glob("*/reunions.csv")), "--partial", "--mend", mend)
        assert code == 1
        assert f"{tmp_path / 'b' / 'reunions.csv'}, ligne 2, colonne Date" in said
        assert "1 ligne à corriger" in said
        assert meetings(path) == 22

    def test_a_pattern_that_the_shell_left_is_written_out(self, run: Command, path: Path, tmp_path: Path) -> None:
        file(tmp_path, "reunions.csv", QUOTED)
        assert run("import", tmp_path / "*.csv")[0] == 0
        assert meetings(path) == 22
        code, _, error = run("import", tmp_path / "*.xlsx")
        assert (code, "Aucun fichier" in error) == (2, True)

    def test_a_file_that_is_no_sheet_of_ours(self, run: Command, path: Path, tmp_path: Path) -> None:
        code, _, error = run("import", file(tmp_path, "courses.csv", "Pain;Lait\n1;2\n"))
        assert (code, "Aucune feuille n’a été reconnue" in error) == (2, True)

    def test_marks_that_turn_the_writing_are_written_out(self, run: Command, path: Path, tmp_path: Path) -> None:
        text = "Réseau;Date;Territoire;Obs\u202eervations\nHauts-de-France;06/05/2020;Lil\u202ele;\n"
        said = run("import", file(tmp_path, "presences.csv", text))[1]
        assert "\u202e" not in said
        assert "Lil\\u202ele" in said
        assert "Obs\\u202eervations" in said

    def test_the_journal_keeps_no_person_of_a_file_name(self, run: Command, path: Path, tmp_path: Path) -> None:
        run("import", file(tmp_path, "jean.dupont@ville.fr.csv", QUOTED))
        run("import", file(tmp_path, "Jean Dupont.csv", QUOTED.replace("Lille", "Roubaix")))
        said = run("journal")[1]
        assert said.count("Import de fichier.csv") == 2
        assert "upont" not in said

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "vide"),
            (b"%PDF-1.7 ...", "PDF"),
            (b"PK\x03\x04" + b"\x00" * 50, ""),
            (b"\x00\x01\x02" * 100, ""),
        ],
    )
    def test_a_bad_file_is_refused_in_french(
        self, run: Command, path: Path, tmp_path: Path, content: bytes, said: str
    ) -> None:
        (tmp_path / "x.xlsx").write_bytes(content)
        code, _, error = run("import", tmp_path / "x.xlsx")
        assert code == 2
        assert error.startswith("netstats : ")
        assert said in error
        assert "Traceback" not in error
        assert meetings(path) == 21

    def test_a_file_that_is_not_there(self, run: Command, tmp_path: Path) -> None:
        code, _, error = run("import", tmp_path / "nothing.csv")
        assert (code, "ne peut pas être lu : il n’existe pas" in error) == (2, True)

    def test_while_the_application_has_it_open_nothing_changes(self, run: Command, path: Path, tmp_path: Path) -> None:
        held = "from netstats.intake import bootstrap; d = bootstrap.open_or_build();"
        held += "print('open', flush=True); import sys; sys.stdin.read()"
        with subprocess.Popen(
            [sys.executable, "-c", held], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as application:
            assert application.stdout is not None
            assert application.stdout.readline().strip() == b"open"
            before = path.read_bytes()
            source = file(tmp_path, "reunions.csv", QUOTED)
            for command in (("import", source), ("undo", 1), ("backup",), ("figures", "indicateurs"), ("journal",)):
                code, _, error = run(*command)
                assert code == 2
                assert "est ouverte par un autre programme, sans doute le tableau de bord" in error
                assert "Données" in error
            assert path.read_bytes() == before
            application.communicate()
        assert run("import", source)[0] == 0


class TestExport:
    def test_what_goes_out_comes_back_identical(self, run: Command, path: Path, tmp_path: Path) -> None:
        run("import", file(tmp_path, "reunions.csv", QUOTED))
        out, again = tmp_path / "out", tmp_path / "again"
        assert run("export", out)[0] == 0
        files = sorted(out.glob("*.csv"))
        assert {one.stem for one in files} == {form.name for form in forms.FORMS}
        code, said, _ = run("import", *files)
        assert (code, "Rien à changer." in said) == (0, True)
        empty = tmp_path / "empty.duckdb"
        assert run("new", empty)[0] == 0
        tables = {
            table: rows(path, f"SELECT * EXCLUDE ({gone}) FROM {table}{ours} ORDER BY ALL")  # noqa: S608
            for table, gone, ours in (
                *((table, "batch_id", "") for table in ("meeting", "attendance", "meeting_theme", "action")),
                ("territory", "population", " WHERE kind IN ('CISPD', 'CLSPD')"),
                ("territory_alias", "official", " WHERE official IS NULL"),
            )
        }
        with pytest.MonkeyPatch.context() as there:
            there.setenv("NETSTATS_DATABASE", str(empty))
            code, said, _ = run("import", *files)
            assert code == 0, said
            assert run("export", again)[0] == 0
        for one in files:
            assert (again / one.name).read_bytes() == one.read_bytes()
        for table, gone, ours in (
            ("meeting", "batch_id", ""),
            ("attendance", "batch_id", ""),
            ("action", "batch_id", ""),
        ):
            assert rows(empty, f"SELECT * EXCLUDE ({gone}) FROM {table}{ours} ORDER BY ALL") == tables[table]  # noqa: S608

    def test_a_folder_with_other_things_is_left_alone(self, run: Command, path: Path, tmp_path: Path) -> None:
        other = tmp_path / "other"
        other.mkdir()
        (other / "reunions.csv").write_text("mine", encoding="utf-8")
        code, _, error = run("export", other)
        assert code == 2
        assert error
        assert (other / "reunions.csv").read_text(encoding="utf-8") == "mine"

    def test_the_template_filled_in_comes_in(self, run: Command, path: Path, tmp_path: Path) -> None:
        target = tmp_path / "modèle.xlsx"
        assert run("template", target)[0] == 0
        book = openpyxl.load_workbook(target)
        sheet = book["Réunions"]
        headers = [str(cell.value).rstrip(" *") for cell in sheet[1]]
        for header, value in {"Réseau": "Hauts-de-France", "Nature": "atelier", "Date": "mars 2024"}.items():
            sheet.cell(2, headers.index(header) + 1, value)
        book.save(target)
        code, said, _ = run("import", target)
        assert code == 0, said
        assert rows(path, "SELECT code, date_precision FROM meeting WHERE batch_id = 2") == [
            ("hauts-de-france-2024-03", "month")
        ]
        folder = tmp_path / "modèles"
        folder.mkdir()
        assert run("template", folder)[0] == 0
        assert {one.stem for one in folder.iterdir()} == {"reunions", "presences", "actions"}
        before = target.read_bytes()
        assert run("template", folder)[0] == run("template", target)[0] == 2, "what may be filled in is not replaced"
        assert target.read_bytes() == before
        assert run("template", tmp_path / "nouveau" / "dossier")[0] == 0

    def test_a_database_of_another_version_is_said(
        self, run: Command, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert "Tout est en ordre dans" in run("check")[1].splitlines()[-1]
        monkeypatch.setattr("netstats.intake.bootstrap.schema_digest", lambda: "another")
        code, said, _ = run("check")
        assert (code, "d’une autre version" in said) == (0, True)

    @pytest.mark.parametrize("kept", [0.9, 0.3])
    def test_a_damaged_database_is_said(self, run: Command, path: Path, kept: float) -> None:
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * kept)])
        code, _, complaint = run("check")
        assert code == 2
        assert "n’est pas une base netstats lisible" in complaint or "est abîmée : une partie" in complaint


class TestJournal:
    def test_it_is_told_and_taken_back(self, run: Command, path: Path, tmp_path: Path) -> None:
        run("import", file(tmp_path, "reunions.csv", QUOTED), "--author", "secrétariat")
        _, said, _ = run("journal")
        first, last = said.strip().splitlines()
        assert first.startswith("n° 2, ")
        assert "secrétariat : Import de reunions.csv (import de fichiers ; +3 ~0 −0)" in first
        assert "données de départ" in last
        _, said, _ = run("journal", 2)
        assert "ajout, réunion : Atelier du réseau Hauts-de-France (12 mars 2024)" in said
        code, said, _ = run("undo", 2, "--dry-run")
        assert (code, meetings(path)) == (0, 22)
        code, said, _ = run("undo", 2)
        assert (code, meetings(path)) == (0, 21)
        assert "annulée par l’entrée n° 3" in run("journal")[1]
        assert run("undo", 2)[0] == 2
        assert run("undo", 1)[0] == 2
        assert run("journal", 99)[0] == 2

    def test_copies_are_made_and_put_back(self, run: Command, path: Path, tmp_path: Path) -> None:
        assert "Aucune copie" in run("restore")[1]
        _, said, _ = run("backup")
        name = said.strip().rsplit("/", maxsplit=1)[-1]
        run("import", file(tmp_path, "reunions.csv", QUOTED))
        assert meetings(path) == 22
        header, first, second, _ = run("restore")[1].splitlines()
        assert header.split("  ")[0] == "Faite le"
        assert "n° 1" in first
        assert second.endswith(name)
        assert run("restore", name)[0] == 0
        assert meetings(path) == 21
        assert run("restore", "nothing")[0] == 2

    def test_the_whole_name_of_a_copy_is_said(self, run: Command, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        longer = path.rename(path.with_name(f"{'tres-' * 12}longue.duckdb"))
        monkeypatch.setenv("NETSTATS_DATABASE", str(longer))
        run("backup")
        name = run("restore")[1].splitlines()[1].split()[-1]
        assert run("restore", name)[0] == 0

    def test_a_new_database_says_how_it_is_opened(
        self, run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        for name, options, count in (
            ("vide.duckdb", (), 0),
            ("listes.duckdb", ("--avec", "listes"), 0),
            ("à moi.duckdb", ("--avec", "activite"), 21),
        ):
            code, said, _ = run("new", name, *options)
            assert code == 0
            (setting,) = shlex.split(said.rsplit("export ", 1)[1])
            assert setting == f"NETSTATS_DATABASE={tmp_path / name}"
            monkeypatch.setenv(*setting.split("=", 1))
            assert meetings(tmp_path / name) == count
            assert len(rows(tmp_path / name, "FROM theme")) == (25 if options else 0)
            assert run("check")[0] == 0

    def test_a_setting_that_names_no_file_says_so(
        self, run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for named, said in (
            (str(tmp_path), f"nomme un dossier, pas une base : {tmp_path}. Nommez-y un fichier, par exemple"),
            ("x" * 5000, "nomme un fichier que ce système ne sait pas ouvrir (son nom est trop long). Corrigez"),
            ("~inconnue/x.duckdb", "Il n’y a pas de base là où le réglage NETSTATS_DATABASE la nomme"),
            ("~/nulle-part.duckdb", f"rien n’a été créé : {Path.home() / 'nulle-part.duckdb'}. Corrigez ce réglage."),
        ):
            monkeypatch.setenv("NETSTATS_DATABASE", named)
            code, _, told = run("figures", "indicateurs")
            assert code == 2
            assert said in told

    @pytest.mark.parametrize(
        "asked",
        [
            *(("figures", "themes"), ("check",), ("journal",), ("undo", "1"), ("backup",), ("export", "a.xlsx")),
            *(
                ("export", "tout"),
                ("template", "a.xlsx"),
                ("import", "reunions.csv"),
                ("minutes", "--save", "texte.txt"),
            ),
            ("merge", "themes", "rixes", "stupefiants"),
        ],
        ids=" ".join,
    )
    def test_a_named_database_that_is_not_there_is_never_built(
        self, run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...]
    ) -> None:
        """A slip of the pen in the setting, an unplugged disk: the published activity must not stand for theirs."""
        monkeypatch.chdir(tmp_path)
        (tmp_path / "reunions.csv").write_text(MEETINGS, encoding="utf-8")
        (tmp_path / "texte.txt").write_text("Le réseau s’est réuni le 4 avril 2024.", encoding="utf-8")
        monkeypatch.setenv("NETSTATS_DATABASE", "nestats.duckdb")
        before = sorted(tmp_path.rglob("*"))
        code, _, said = run(*asked)
        assert code == 2
        assert f"le réglage NETSTATS_DATABASE la nomme, rien n’a été créé : {tmp_path / 'nestats.duckdb'}" in said
        assert f'python -m netstats new "{tmp_path / "nestats.duckdb"}"' in said
        assert sorted(tmp_path.rglob("*")) == before

    def test_a_named_database_that_is_not_there_can_be_put_back(self, run: Command, path: Path) -> None:
        run("backup")
        path.unlink()
        assert run("journal")[0] == 2
        assert run("restore", store.backups(path)[0].name)[0] == 0
        assert meetings(path) == 21

    def test_a_new_database_takes_no_other_s_place(self, run: Command, path: Path) -> None:
        before = path.read_bytes()
        assert run("new", path)[0] == 2
        assert path.read_bytes() == before
