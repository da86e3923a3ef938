"""The command that reads minutes: what a person types, what it answers, what the database then holds."""

from __future__ import annotations

import io
import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from netstats import store
from netstats.catalogue import journal as questions
from netstats.intake import changes, journal
from netstats.intake.snapshot import Snapshot, read_snapshot
from netstats.minutes.documents import Document
from netstats.minutes.drafts import (
    DOUBTFUL,
    LIKELY,
    SURE,
    Action,
    Count,
    Draft,
    Extracted,
    Reading,
    SetAside,
    Span,
    TerritoryMention,
    When,
)
from netstats.minutes.reader import Reader
from netstats.minutes.serialize import as_json, how_sure, to_text
from netstats.minutes.waiting import gone
from tests.conftest import DATA, Command

CLEAR = """Le réseau Hauts-de-France échange sur les rixes

Les coordonnateurs et directeurs prévention-sécurité des Hauts-de-France se sont réunis le 12 mars 2024 en \
visioconférence dans le cadre du réseau régional animé par le FFSU. La réunion a réuni 14 professionnels.

Les villes de Beauvais et de Lille étaient représentées ainsi que la CA Maubeuge Val de Sambre.

La réunion a porté sur les rixes entre jeunes.
"""
AMBIGUOUS = CLEAR.replace("Les villes de Beauvais et de Lille", "Les villes de Saint-Aubin et de Lille").replace(
    "12 mars 2024", "4 avril 2024"
)
RECIPE = """Tarte aux pommes

Épluchez six pommes et coupez-les en lamelles. Étalez la pâte dans un moule beurré, disposez les pommes, ajoutez le
sucre et faites cuire quarante minutes à four chaud. Servez la tarte tiède avec de la crème.
"""


def file(directory: Path, name: str, text: str = CLEAR) -> Path:
    directory.mkdir(exist_ok=True)
    target = directory / name
    target.write_text(text, encoding="utf-8")
    return target


def entries(path: Path) -> list[dict[str, Any]]:
    database = store.open_database(path, read_only=True)
    found = questions.entries(database).to_dict("records")
    for entry in found:
        entry["text"] = questions.text_of(database, entry["id"])
    database.close()
    return [{str(key): value for key, value in entry.items()} for entry in found]


def waiting(path: Path) -> list[tuple[str, str, str | None]]:
    """Return the meetings that wait: name, reasons, text."""
    with store.open_database(path, read_only=True) as database:
        listed = questions.drafts(database)
        whole = [questions.drafts(database, one["code"])[0] for one in listed]
    return [(one["name"].replace("\xa0", " "), one["reasons"], one["text"]) for one in whole]


def older(path: Path, statement: str) -> None:
    """Make the file one of an older version."""
    with store.open_database(path) as database, database.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("UPDATE build SET made = 'une version plus ancienne'")


class TestOneText:
    def test_it_is_told_with_the_words_behind_each_value(self, run: Command, tmp_path: Path) -> None:
        code, said, _ = run("minutes", file(tmp_path, "mars.txt"))
        assert code == 0
        assert "Réunion : Hauts-de-France, 12 mars 2024" in said
        assert re.search(r"Participants : 14 professionnels.* ← «.*14 professionnels", said)
        assert re.search(r"- Lille \(59350\) ← «.*Lille", said)

    def test_nothing_is_written_unless_asked(self, run: Command, path: Path, tmp_path: Path) -> None:
        before = path.read_bytes()
        run("minutes", file(tmp_path, "mars.txt"))
        assert path.read_bytes() == before

    def test_a_base_without_networks_says_that_one_is_to_be_made(
        self, run: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("NETSTATS_DATABASE", str(tmp_path / "vide.duckdb"))
        assert run("new", tmp_path / "vide.duckdb")[0] == 0
        code, said, _ = run("minutes", file(tmp_path, "mars.txt"), "--save")
        assert code == 1
        assert "En attente : Hauts-de-France, 12 mars 2024" in said
        assert "Le réseau Hauts-de-France est à créer." in said

    def test_it_is_saved_as_one_entry_and_once(self, run: Command, path: Path, tmp_path: Path) -> None:
        source = "https://ffsu.org/rixes"
        asked = ("minutes", file(tmp_path, "mars.txt"), "--save", "--author", "secrétariat", "--source", source)
        code, said, _ = run(*asked)
        assert code == 0, said
        assert "Enregistré : entrée n° 2 du journal." in said
        entry = entries(path)[0]
        assert (entry["kind"], entry["author"], entry["source"]) == ("minutes", "secrétariat", source)
        assert entry["label"].replace("\xa0", " ") == "Compte rendu : réunion du réseau Hauts-de-France (12 mars 2024)"
        assert entry["text"] is None
        code, said, _ = run(*asked)
        assert (code, "Rien à changer." in said) == (0, True)
        assert len(entries(path)) == 2
        assert run("undo", 2)[0] == 0

    def test_the_founding_text_adds_nothing_to_the_founding_data(self, run: Command, path: Path) -> None:
        founding = DATA.parent / "tests" / "minutes" / "development" / "a-fondateur.txt"
        code, said, _ = run("minutes", founding, "--save")
        assert (code, "Rien à changer." in said) == (0, True), said
        assert "Mention déjà dans la base, non enregistrée" in said
        assert len(entries(path)) == 1

    def test_json_is_alone_on_the_standard_output(self, run: Command, tmp_path: Path) -> None:
        code, said, told = run("minutes", file(tmp_path, "mars.txt"), "--format", "json", "--save")
        assert code == 0
        found = json.loads(said)
        assert found["schema"] == "netstats-minutes/1"
        assert "Enregistré : entrée n° 2" in told
        (meeting,) = found["meetings"]
        for span in meeting["date"]["evidence"]:
            assert found["text"][span["start"] : span["end"]] == span["words"]

    def test_the_standard_input_is_read(self, run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CLEAR.encode())))
        code, said, _ = run("minutes", "-", "--format", "json")
        assert code == 0
        assert json.loads(said)["name"] == ""

    def test_what_is_in_doubt_waits_and_is_said(self, run: Command, path: Path, tmp_path: Path) -> None:
        code, said, _ = run("minutes", file(tmp_path, "avril.txt", AMBIGUOUS), "--save")
        assert code == 1
        assert "En attente : Hauts-de-France, 4 avril 2024" in said
        assert "Saint-Aubin" in said
        assert "page « Lire un compte rendu »" in said
        (entry, _) = entries(path)
        assert entry["label"].replace("\xa0", " ") == "En attente : Hauts-de-France, 4 avril 2024"
        ((name, reasons, text),) = waiting(path)
        assert (name, "Saint-Aubin" in reasons) == ("Hauts-de-France, 4 avril 2024", True)
        assert str(text).strip() == AMBIGUOUS.strip()

    def test_it_waits_once_and_no_longer_once_a_person_is_done_with_it(
        self, run: Command, path: Path, tmp_path: Path
    ) -> None:
        asked = ("minutes", file(tmp_path, "avril.txt", AMBIGUOUS), "--save")
        for _ in range(2):
            assert run(*asked)[0] == 1
        assert (len(entries(path)), len(waiting(path))) == (2, 1)
        database = store.open_database(path)
        thrown = changes.commit(
            database, gone(one["code"] for one in questions.drafts(database)), store.Batch(journal.MINUTES, "Jeté")
        )
        database.close()
        code, said, _ = run(*asked)
        assert (code, "En attente" in said, waiting(path)) == (0, False, [])
        assert run("undo", thrown)[0] == 0
        assert [(name, text) for name, _, text in waiting(path)] == [("Hauts-de-France, 4 avril 2024", None)]

    def test_undoing_the_entry_lets_it_wait_again(self, run: Command, path: Path, tmp_path: Path) -> None:
        asked = ("minutes", file(tmp_path, "avril.txt", AMBIGUOUS), "--save")
        run(*asked)
        assert run("undo", 2)[0] == 0
        assert waiting(path) == []
        run(*asked)
        assert len(waiting(path)) == 1

    def test_a_text_with_persons_waits_without_it(self, run: Command, path: Path, tmp_path: Path) -> None:
        text = AMBIGUOUS + "\nÀ Lille, la médiation (Mme Durand, 03 20 00 00 00) va vers les jeunes.\n"
        code, said, _ = run("minutes", file(tmp_path, "avril.txt", text), "--save")
        assert code == 1
        assert "il contient un numéro de téléphone" in said
        assert "Ce qui attend est gardé sans lui." in said
        ((_, _, kept),) = waiting(path)
        assert kept is None
        assert b"20 00 00 00" not in path.read_bytes()

    def test_a_meeting_that_is_only_mentioned_waits(self, run: Command, path: Path, tmp_path: Path) -> None:
        text = (
            CLEAR
            + "\nLes précédentes réunions du réseau avaient permis d’aborder la thématique du harcèlement scolaire.\n"
        )
        code, said, _ = run("minutes", file(tmp_path, "mars.txt", text), "--save")
        assert code == 1
        assert "ajout de 1 réunion" in said
        ((name, reasons, _),) = waiting(path)
        assert name == "Hauts-de-France, date inconnue"
        assert "Le texte ne fait que mentionner cette réunion." in reasons

    def test_what_waits_is_in_no_figure_and_no_export(self, run: Command, path: Path, tmp_path: Path) -> None:
        before = run("figures", "indicateurs")[1]
        run("minutes", file(tmp_path, "avril.txt", AMBIGUOUS), "--save")
        assert run("figures", "indicateurs")[1] == before
        run("export", tmp_path / "export")
        assert not [one for one in (tmp_path / "export").rglob("*") if "4 avril" in one.read_text(encoding="utf-8")]

    def test_an_older_base_is_carried_over_and_what_waits_with_it(
        self, run: Command, path: Path, tmp_path: Path
    ) -> None:
        run("minutes", file(tmp_path, "mars.txt"), "--save")
        older(path, "DROP TABLE draft")
        assert run("minutes", file(tmp_path, "avril.txt", AMBIGUOUS), "--save")[0] == 1
        kept = waiting(path)
        older(path, "SELECT 1")
        assert run("journal")[0] == 0
        run("minutes", file(tmp_path, "mars.txt"), "--save")
        assert waiting(path) == kept != []

    def test_the_text_is_kept_when_asked(self, run: Command, path: Path, tmp_path: Path) -> None:
        assert run("minutes", file(tmp_path, "mars.txt"), "--save", "--keep-text")[0] == 0
        assert str(entries(path)[0]["text"]).startswith("Le réseau Hauts-de-France échange")
        run("undo", 2)
        assert [entry["text"] for entry in entries(path)] == [None, None, None]

    def test_a_text_with_a_telephone_is_saved_without_it(self, run: Command, path: Path, tmp_path: Path) -> None:
        text = CLEAR + "\nRenseignements : 03 20 00 00 00.\n"
        code, said, _ = run("minutes", file(tmp_path, "mars.txt", text), "--save", "--keep-text")
        assert code == 1
        assert "numéro de téléphone" in said
        assert len(entries(path)) == 2
        assert entries(path)[0]["text"] is None

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("minutes",), "Il manque le texte à lire"),
            (("minutes", "nulle-part.txt"), "il n’existe pas"),
            (("minutes", "x.txt", "--evaluate", "y"), "--evaluate mesure la lecture"),
            (("minutes", "--evaluate", "nulle-part"), "n’est pas un dossier"),
            (("minutes", "--confidences", "y"), "Il manque le texte à lire"),
            (("minutes", "x.txt", "--keep-text"), "Ajoutez --save"),
            (("minutes", "x.txt", "--author", "Jean Dupont"), "nom d’une personne"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, run: Command, arguments: tuple[str, ...], said: str) -> None:
        code, _, told = run(*arguments)
        assert code == 2
        assert said in told

    @pytest.mark.parametrize("text", [RECIPE, "   \n\n"])
    def test_what_is_no_minutes_is_refused_in_a_sentence(self, run: Command, tmp_path: Path, text: str) -> None:
        code, said, told = run("minutes", file(tmp_path, "texte.txt", text), "--save")
        assert (code, said) == (2, "")
        assert told.startswith("netstats : ")

    def test_a_very_large_file_is_refused_without_reading_it_all(self, run: Command, tmp_path: Path) -> None:
        target = tmp_path / "gros.txt"
        with target.open("wb") as big:
            big.truncate(50 * 2**20)
        code, _, told = run("minutes", target)
        assert code == 2
        assert "« gros.txt » pèse 50,0 Mo, le plus permis est 10 Mo." in told

    def test_an_endless_input_is_refused_by_what_was_read(self, run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a" * 12 * 2**20)))
        code, _, told = run("minutes", "-")
        assert code == 2
        assert "pèse plus de 10 Mo" in told

    def test_an_action_is_told_with_its_theme(self, known: Snapshot) -> None:
        assert re.search(r"- médiation \[.+ ; Jeunes.* ; Médiation.* ; Lille\]", to_text(FULL, known))


class TestAFolder:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        texts = tmp_path / "textes"
        file(texts, "1.txt")
        file(texts, "2.txt", AMBIGUOUS)
        file(texts, "3.txt", RECIPE)
        file(texts, "4.txt", CLEAR.replace("12 mars", "13 mars"))
        file(texts, "5.txt")
        file(texts, ".cache")
        return texts

    def test_the_report_says_what_was_read_what_waits_and_what_is_refused(self, run: Command, folder: Path) -> None:
        code, said, told = run("minutes", folder)
        assert code == 1
        assert "4 textes lus, 1 refusé" in said
        assert "Sans rien à vérifier : 3 réunions." in said
        assert "2.txt, Hauts-de-France, 4 avril 2024 : " in said
        assert re.search(r"Refusés \(1\)\n  3\.txt : .+\.", said)
        assert told == ""  # no bar where nobody looks

    def test_what_is_clear_is_saved_a_text_an_entry(self, run: Command, path: Path, folder: Path) -> None:
        code, said, _ = run("minutes", folder, "--save", "--author", "AB")
        assert code == 1
        assert "Enregistré : 3 entrées du journal (n° 2 à n° 4) ; 1 texte dont la base savait déjà tout." in said
        assert [entry["source"] for entry in entries(path)[:3]] == ["4.txt", "2.txt", "1.txt"]
        _, said, _ = run("minutes", folder, "--save")
        assert "Enregistré : 0 entrée du journal ; 3 textes" in said
        assert len(entries(path)) == 4

    def test_a_text_that_no_one_has_foreseen_does_not_stop_the_others(
        self, run: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read = Reader._read

        def fails(reader: Reader, document: Document, today: date) -> Reading:
            if document.name == "1.txt":
                raise KeyError("CISPD")
            return read(reader, document, today)

        monkeypatch.setattr(Reader, "_read", fails)
        code, said, _ = run("minutes", folder)
        assert code == 1
        assert "3 textes lus, 2 refusés" in said
        assert "1.txt : Ce texte n’a pas pu être lu : le lecteur de netstats a un défaut (KeyError)." in said

    def test_json_is_one_document_a_line(self, run: Command, folder: Path) -> None:
        code, said, told = run("minutes", folder, "--format", "json")
        assert code == 1
        documents = [json.loads(line) for line in said.splitlines()]
        assert [one["name"] for one in documents] == [f"{number}.txt" for number in range(1, 6)]
        assert ["refused" in one for one in documents] == [False, False, True, False, False]
        assert "4 textes lus" in told

    def test_a_terminal_sees_a_bar(self, run: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        _, _, told = run("minutes", folder)
        assert "[##############################] 5 textes lus" in told

    def test_an_empty_folder_and_an_address_for_many_are_refused(self, run: Command, tmp_path: Path) -> None:
        (tmp_path / "vide").mkdir()
        assert run("minutes", tmp_path / "vide")[0] == 2
        assert run("minutes", tmp_path / "vide", "--source", "https://ffsu.org/a")[0] == 2


# --- what is told

TEXT = "Le 6 mai 2020, Lille et Saint-Aubin, avec le CISPD de Bron-Villeurbanne : médiation. Douai. Merci."


def at(words: str) -> tuple[Span, ...]:
    start = TEXT.index(words)
    return (Span(start, start + len(words)),)


FULL = Reading(
    TEXT,
    (
        Draft(
            (Span(0, len(TEXT)),),
            network=Extracted("grand-est", at("Lille"), DOUBTFUL),
            network_name="Grand Est",
            network_regions=("44",),
            when=Extracted(When(date(2020, 5, 6), "day", None, 2), at("6 mai 2020")),
            format=Extracted("hybride", at("Lille")),
            place=Extracted("Lille", at("Lille")),
            kind=Extracted("webinaire", at("Lille")),
            status=Extracted("held", at("Lille")),
            headcount=Extracted(Count(50, "about", "élus"), at("Lille")),
            open_to_non_members=Extracted(True, at("Lille")),
            territories=(
                TerritoryMention("Lille", at("Lille"), code="59350"),
                TerritoryMention("Saint-Aubin", at("Saint-Aubin"), DOUBTFUL, choices=("59529", "62742")),
                TerritoryMention("CISPD de Bron-Villeurbanne", at("CISPD"), communes=("69029", "69266"), kind="CISPD"),
            ),
            themes=(Extracted("mediation", at("médiation")),),
            actions=(Action("mediation", "médiation", at("médiation"), LIKELY, "jeunes", "mediation", "59350"),),
        ),
        Draft((Span(0, 5),), is_mention=True, themes=(Extracted("rixes", at("Le")),)),
    ),
    (SetAside("territory", at("Douai")[0], "lieu d’une action"),),
    at("Merci."),
)


@pytest.fixture(scope="module")
def known(real_database: store.Database) -> Snapshot:
    return read_snapshot(real_database)


def keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


class TestTheDocument:
    def test_every_key_is_documented_and_every_documented_key_is_there(self, known: Snapshot) -> None:
        documented = (DATA.parent / "docs" / "minutes.md").read_text(encoding="utf-8").split("## Le document JSON")[1]
        rows = [line.split("|")[1] for line in documented.splitlines() if line.startswith("| `")]
        named = {key for row in rows for key in re.findall(r"`(\w+)`", row)}
        nested = set(re.findall(r"`(\w+)`", documented))
        there = keys(as_json(FULL, known, "mai.txt")) | {"refused"}
        assert there <= nested
        assert named <= there

    def test_it_holds_what_was_read(self, known: Snapshot) -> None:
        told = as_json(FULL, known, "mai.txt", source_url="https://ffsu.org/a")
        assert json.loads(json.dumps(told)) == told
        assert (told["name"], told["source_url"], told["text"]) == ("mai.txt", "https://ffsu.org/a", TEXT)
        (meeting,) = told["meetings"]
        assert [one["name"] for one in meeting["network"]["regions"]] == ["Grand Est"]
        assert (meeting["date"]["value"], meeting["date"]["sessions"]) == ("2020-05-06", 2)
        assert meeting["headcount"]["label"] == "environ 50 élus"
        assert [one["code"] for one in meeting["territories"]] == ["59350", None, None]
        assert meeting["territories"][2]["communes"][0] == {"code": "69029", "name": "Bron"}
        assert meeting["actions"][0]["territory"] == {"code": "59350", "name": "Lille"}
        assert told["mentions"][0]["date"] is None
        assert [one["words"] for one in told["unread"]] == ["Merci."]

    def test_the_text_can_be_left_out(self, known: Snapshot) -> None:
        assert "text" not in as_json(FULL, known, "mai.txt", with_text=False)

    def test_the_meeting_of_the_base_is_named(self, known: Snapshot) -> None:
        known_one = Draft((), network=Extracted("hauts-de-france", ()), when=FULL.drafts[0].when)
        (meeting,) = as_json(Reading("", (known_one,)), known, "")["meetings"]
        assert meeting["meeting_code"] == "hauts-de-france-2020-05-06"

    def test_people_read_it_in_french(self, known: Snapshot) -> None:
        said = to_text(FULL, known).replace("\xa0", " ")
        assert "Réunion : Grand Est, 6 mai 2020 (2 séances)" in said
        assert "Réseau : Grand Est (réseau à créer : Grand Est) (à vérifier) ← « Lille »" in said
        assert re.search(r"- Saint-Aubin : .+ ou .+ \? \(à vérifier\)", said)
        assert "- CISPD à créer : Bron et Villeurbanne ← « CISPD »" in said
        assert "« Douai » : lieu d’une action" in said
        assert "Réunion mentionnée : réseau inconnu, date inconnue" in said
        assert "Rien n’a été lu de\n  « Merci. »" in said

    def test_confidence_is_said_in_words(self) -> None:
        read = [Extracted("", (), SURE, worth) for worth in (1, 0.95, 0.9, 0.8, 0.5)]
        assert [*map(how_sure, read)] == ["sûr", "sûr", "probable", "probable", "à vérifier"]
        assert how_sure(Extracted("", (), DOUBTFUL, 1)) == "à vérifier"


def test_links_of_the_page_lead_somewhere() -> None:
    guide = DATA.parent / "docs" / "minutes.md"
    for target in re.findall(r"\]\(([^)#]+)\)", guide.read_text(encoding="utf-8")):
        assert target.startswith("http") or (guide.parent / target).exists()
    for document in ("docs/guide.md", "README.md"):
        assert "minutes.md)" in (DATA.parent / document).read_text(encoding="utf-8")
