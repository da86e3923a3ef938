"""« Qui a déjà fait… ? » finds what a person means, ranks it as defined, and reads any input as words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

import pytest

from netstats import store
from netstats.catalogue.actions import NEAR_WORDS, SEARCH
from netstats.catalogue.meetings import SEARCH as MEETINGS
from netstats.filters import Filters
from netstats.reference.fold import unaccented
from netstats.reference.words import words
from netstats.store import Database
from tests import activity
from tests.catalogue.oracle import Oracle, Row
from tests.conftest import DATA, Generated

VOCABULARY = (
    *("permanence", "Permanences", "guichet", "pharmacie", "pharmaciens", "officines", "seniors", "aînés", "isolées"),
    *("isolé", "médiation", "médiateurs", "police", "municipale", "collèges", "rixes", "bagarre", "santé", "hôpital"),
    *("l’écoute", "d’urgence", "sécurité", "caméras", "vidéoprotection", "2020", "nuit", "le", "de", "avec", "pour"),
    *(
        "dealer",
        "dealers",
        "élu",
        "élus",
        "commission",
        "commissions",
        "lieu",
        "lieux",
        "vidéo",
        "protection",
        "rodéos",
    ),
)
NUMBERS = (
    *(("dealer", "dealers"), ("rixe", "rixes"), ("médiateur", "médiateurs"), ("violence", "violences")),
    *(("caméra", "caméras"), ("rodéo", "rodéos"), ("conflit", "conflits"), ("élu", "élus"), ("usager", "usagers")),
    *(("squatter", "squatters"), ("scooter", "scooters"), ("commission", "commissions"), ("lieu", "lieux")),
    *(("hôpital", "hôpitaux"), ("emploi", "emplois"), ("jeu", "jeux"), ("local municipal", "locaux municipaux")),
    *(("fichier TAJ", "fichiers TAJ"), ("TAJ", "taj"), ("réseau", "réseaux"), ("vélo", "vélos"), ("bus", "BUS")),
)


def codes(database: Database, sought: str, filters: Filters = Filters()) -> list[str]:  # noqa: B008 - frozen
    return [code.rsplit("-", 1)[1] for code in SEARCH.ask(database, filters, sought)["code"]]


@pytest.fixture(scope="module")
def told(generated: Generated) -> Iterator[Generated]:
    """The made-up activity, its actions told in words that meet each other."""
    chance = random.Random(4)  # noqa: S311
    actions = generated.frames["action"]
    stories = [" ".join(chance.choices(VOCABULARY, k=chance.randint(3, 14))) for _ in range(len(actions))]
    frames = {**generated.frames, "action": actions.assign(description=stories)}
    database = store.build(DATA / "reference", frames, path=None)
    yield Generated(database, frames)
    database.close()


def best_first(row: Row) -> tuple[float, float, int, str]:
    """The order that is promised: the most words, the best score, the latest, then by code."""
    day = row["held_on"].toordinal() if isinstance(row["held_on"], date) else 0
    return -int(str(row["words_found"])), -float(str(row["score"])), -day, str(row["code"])


def test_ranking_is_what_the_definition_says(told: Generated) -> None:
    oracle = Oracle(DATA / "reference", told.frames, date(2023, 3, 15))
    chance = random.Random(7)  # noqa: S311
    selections = activity.selections(seed=3)
    found = 0
    for _ in range(60):
        sought = " ".join(chance.choices(VOCABULARY, k=chance.randint(1, 4)))
        filters = chance.choice([Filters(), chance.choice(selections)])
        answer = SEARCH.ask(told.database, filters, sought)
        expected = sorted(oracle.figures["recherche"](filters, sought), key=best_first)
        assert list(answer["code"]) == [row["code"] for row in expected], sought
        assert list(answer["score"]) == pytest.approx([row["score"] for row in expected], abs=1e-4)
        found += len(answer)
    assert found > 1000


@pytest.fixture(scope="module")
def trade(generated: Generated) -> Iterator[Database]:
    """Words of the trade, an action each, in their singular and in their plural."""
    said = [form for pair in NUMBERS for form in pair]
    said += ["vidéoprotection", "vidéo-protection", "video protection"]
    actions = generated.frames["action"].head(len(said)).assign(description=said)
    same = {column: actions[column].iloc[0] for column in ("meeting_code", "type_code")}
    named = {"audience_code": None, "theme_code": None, "territory_code": None}
    frames = {**generated.frames, "action": actions.assign(**same, **named)}
    database = store.build(DATA / "reference", frames, path=None)
    yield database
    database.close()


class TestNumber:
    @pytest.mark.parametrize(("one", "several"), NUMBERS, ids=lambda word: str(word).replace(" ", "-"))
    def test_one_and_several_find_the_same(self, trade: Database, one: str, several: str) -> None:
        found = SEARCH.ask(trade, Filters(), one)
        assert {one, several} <= set(found["description"])
        for asked in (several, several.upper(), unaccented(one), unaccented(several)):
            again = SEARCH.ask(trade, Filters(), asked)
            assert set(again["description"]) >= {one, several}, asked
            assert list(again["code"]) == list(found["code"]), asked
        for said, marked in zip(found["description"], found["found"], strict=True):  # what the page marks
            assert {word.text for word in words(said)} & set(marked.split())

    @pytest.mark.parametrize(
        "asked", ["vidéoprotection", "video protection", "vidéo-protection", "VIDEOPROTECTION", "vidéos protections"]
    )
    def test_one_word_or_two(self, trade: Database, asked: str) -> None:
        found = set(SEARCH.ask(trade, Filters(), asked)["description"])
        assert {"vidéoprotection", "vidéo-protection", "video protection", "caméras"} <= found


@pytest.fixture(scope="module")
def titled(generated: Generated) -> Iterator[Database]:
    """Words of the trade, each the title of a meeting of a network, at « La Tour »."""
    said = [*(form for pair in NUMBERS for form in pair), "vidéoprotection", "vidéo-protection", "video protection"]
    meetings = (
        generated.frames["meeting"]
        .head(len(said))
        .assign(title=said, place="La Tour", status="held", network_code="rhone")
    )
    none = {name: frame.head(0) for name, frame in generated.frames.items() if "meeting_code" in frame}
    database = store.build(DATA / "reference", {**generated.frames, **none, "meeting": meetings}, path=None)
    yield database
    database.close()


class TestMeetings:
    @pytest.mark.parametrize(("one", "several"), NUMBERS, ids=lambda word: str(word).replace(" ", "-"))
    def test_one_and_several_find_the_same(self, titled: Database, one: str, several: str) -> None:
        for asked in (one, several, several.upper(), unaccented(one), unaccented(several)):
            assert {one, several} <= set(MEETINGS.ask(titled, Filters(), asked)["title"]), asked

    @pytest.mark.parametrize("asked", ["vidéoprotection", "video protection", "vidéo-protection", "VIDEOPROTECTION"])
    def test_one_word_or_two(self, titled: Database, asked: str) -> None:
        found = set(MEETINGS.ask(titled, Filters(), asked)["title"])
        assert {"vidéoprotection", "vidéo-protection", "video protection"} == found

    def test_a_name_is_no_plural_of_another(self, titled: Database) -> None:
        assert MEETINGS.ask(titled, Filters(), "Tours").empty
        assert len(MEETINGS.ask(titled, Filters(), "tour")) > 40


class TestRealActions:
    def test_a_word_finds_what_means_the_same(self, real_database: Database) -> None:
        assert codes(real_database, "officines") == ["a7", "a6", "a1"]
        assert codes(real_database, "pharmacie") == ["a6", "a7", "a1"], "the word itself comes first"

    @pytest.mark.parametrize(
        "sought", ["permanence", "Permanences", "PERMANENCES", "  permanence… ", "les permanences"]
    )
    def test_a_plural_finds_the_singular(self, real_database: Database, sought: str) -> None:
        assert codes(real_database, sought)[0] == "a7"

    @pytest.mark.parametrize("sought", ["réussite éducative", "reussite educative", "d’une réussite éducative"])
    def test_accents_and_apostrophes_do_not_count(self, real_database: Database, sought: str) -> None:
        found = SEARCH.ask(real_database, Filters(), sought)
        assert found["code"].iloc[0] == "auvergne-rhone-alpes-2020-05-07-a2"
        assert found["found"].iloc[0] == "réussite éducation éducative"

    def test_more_of_the_words_come_first(self, real_database: Database) -> None:
        found = SEARCH.ask(real_database, Filters(), "guichet pharmacie")
        assert list(found["words_found"]) == [2, 2, 1, 1]
        assert found["description"].iloc[0].endswith("en pharmacie.")

    def test_the_filters_rule(self, real_database: Database) -> None:
        assert codes(real_database, "pharmacie", Filters(departments=("59",))) == ["a7"]
        assert codes(real_database, "pharmacie", Filters(themes=("covid-19",))) == []

    def test_a_territory_a_theme_and_an_audience_are_found_by_name(self, real_database: Database) -> None:
        assert codes(real_database, "Douai") == ["a7"]
        assert len(codes(real_database, "démunis")) == 1

    @pytest.mark.parametrize(
        "sought",
        ["", "   ", "de la", "'", "%", "_", "' OR 1=1 --", "\\", "zzz", "x" * 1000, "é" * 3, "\x00", "(?!", "$x"],
    )
    def test_whatever_is_typed_is_only_words(self, real_database: Database, sought: str) -> None:
        assert SEARCH.ask(real_database, Filters(), sought).empty
        NEAR_WORDS.ask(real_database, Filters(), sought)

    def test_a_thousand_characters_are_so_many_words(self, real_database: Database) -> None:
        sought = ("pharmacie seniors isolés ' % " * 40)[:1000]
        assert len(SEARCH.ask(real_database, Filters(), sought)) > 4

    @pytest.mark.parametrize(
        ("sought", "near"), [("farmacie", "pharmacie"), ("pharma", "pharmaciens"), ("senoirs", "seniors")]
    )
    def test_a_slip_is_offered_the_word(self, real_database: Database, sought: str, near: str) -> None:
        assert codes(real_database, sought) == []
        assert near in list(NEAR_WORDS.ask(real_database, Filters(), sought)["word"])


def test_the_index_follows_a_write(generated: Generated) -> None:
    database = store.build(DATA / "reference", generated.frames, path=None)
    code = str(SEARCH.ask(database, Filters(), "action")["code"].iloc[0])
    actions = database.ask("SELECT * EXCLUDE (batch_id) FROM action")
    written = actions[actions["code"] == code].assign(description="Un bus des noctambules")
    entry = store.Batch("entry", "Essai")
    store.write(database, entry, {"action": written}, {})
    assert list(SEARCH.ask(database, Filters(), "noctambule")["code"]) == [code]
    index = database.ask("SELECT * FROM action_word ORDER BY ALL")
    themes = database.ask("SELECT * REPLACE ('Nuit ' || code AS name) FROM theme")
    store.write(database, entry, {"theme": themes}, {})
    assert not database.ask("SELECT * FROM action_word ORDER BY ALL").equals(index), "the labels are read as well"
    store.write(database, entry, {}, {"action": written})
    assert SEARCH.ask(database, Filters(), "noctambule").empty
    database.close()
