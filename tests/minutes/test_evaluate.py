"""Scores of the reading: what counts as right, wrong and missed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from netstats.errors import NetstatsError
from netstats.intake.snapshot import Snapshot
from netstats.minutes.confidences import FILE, Rule, load_confidences, write_confidences
from netstats.minutes.documents import pasted
from netstats.minutes.drafts import LIKELY, SURE
from netstats.minutes.evaluate import evaluate
from netstats.minutes.reader import Reader
from netstats.minutes.scores import Score
from tests.conftest import DATA

TEXT = (
    "Le réseau Hauts-de-France s’est réuni le 6 mai 2020 en visioconférence. Étaient représentées les villes de Lens "
    "et de Calais. À Lens, des médiateurs vont à la rencontre des jeunes."
)
RIGHT = {
    "network": "hauts-de-france",
    "date": "2020-05-06",
    "format": "visioconférence",
    "kind": "réunion de réseau",
    "status": "held",
    "territories": ["62498", "62193"],
    "themes": [],
    "actions": [{"type": "mediation", "audience": "jeunes", "territory": "62498", "words": "des médiateurs vont"}],
}


def report(tmp_path: Path, known: Snapshot, *expected: object, text: str = TEXT, **told: object) -> dict[str, Any]:
    (tmp_path / "un.txt").write_text(text, encoding="utf-8")
    (tmp_path / "un.json").write_text(json.dumps({"drafts": expected, **told}), encoding="utf-8")
    return evaluate(known, tmp_path).json()


def counts(score: dict[str, Any]) -> tuple[int, int, int, int]:
    return score["right"], score["invented"], score["flagged"], score["missed"]


def test_a_perfect_reading_scores_one(tmp_path: Path, known: Snapshot) -> None:
    figures = report(tmp_path, known, RIGHT)
    for name in ("territories", "actions"):
        assert [figures[name][share] for share in ("precision", "recall", "f1")] == [1.0] * 3
    assert [figures[name]["accuracy"] for name in ("date", "format", "network", "headcount")] == [1.0] * 4
    assert (figures["action_types"], figures["dates_right_or_flagged"]) == (1.0, 1.0)


def test_what_is_missed_or_added_costs_what_it_should(tmp_path: Path, known: Snapshot) -> None:
    other = RIGHT | {"territories": ["62498", "59178"], "date": "2020-05-07", "participants": 9}
    figures = report(tmp_path, known, other)
    assert counts(figures["territories"]) == (1, 1, 0, 1)
    assert counts(figures["date"]) == (0, 1, 0, 1)
    assert counts(figures["headcount"]) == (0, 0, 0, 1)
    assert (figures["date"]["accuracy"], figures["format"]["accuracy"]) == (0.0, 1.0)
    assert figures["dates_right_or_flagged"] == 0.0


def test_an_invention_that_somebody_is_asked_about_is_counted_apart(tmp_path: Path, known: Snapshot) -> None:
    undated = TEXT.replace("le 6 mai 2020", "le 6 mai") + " Un service, ouvert en 2018, le dit."
    figures = report(tmp_path, known, RIGHT | {"date": None, "actions": []}, text=undated)
    assert counts(figures["date"]) == (0, 0, 1, 0)
    assert figures["dates_right_or_flagged"] == 1.0
    assert counts(figures["actions"]) == (0, 0, 1, 0)  # nobody ticked it


def test_a_value_that_may_be_read_counts_for_nothing(tmp_path: Path, known: Snapshot) -> None:
    told = RIGHT | {"territories": ["62498"], "actions": []}
    figures = report(tmp_path, known, {**told, "may": {"territories": ["62193"], "actions": ["des médiateurs vont"]}})
    assert counts(figures["territories"]) == (1, 0, 0, 0)
    assert counts(figures["actions"]) == (0, 0, 0, 0)
    assert counts(report(tmp_path, known, may_drafts=[RIGHT])["network"]) == (0, 0, 0, 0)


def test_a_meeting_that_comes_in_without_a_person_is_compared_too(tmp_path: Path, known: Snapshot) -> None:
    dated = TEXT.replace("6 mai 2020", "12 mars 2019")
    right = RIGHT | {"date": "2019-03-12"}
    figures = report(tmp_path, known, right, text=dated)
    assert (figures["let_in"], figures["let_in_wrong"]) == (1, 0)
    figures = report(tmp_path, known, right | {"network": None}, text=dated)
    assert (figures["let_in"], figures["let_in_wrong"]) == (1, 1)


def test_what_nobody_read_is_no_date_that_is_right(tmp_path: Path, known: Snapshot) -> None:
    figures = report(tmp_path, known, RIGHT, text="Faire fondre le beurre, ajouter la farine puis le lait, et remuer.")
    assert (figures["meetings_found"]["missed"], figures["dates_right_or_flagged"]) == (1, None)


def test_two_inventions_are_two(tmp_path: Path, known: Snapshot) -> None:
    second = "\n\nLe réseau Normandie s’est réuni le 7 mai 2019. Étaient représentées Dieppe et Caen."
    figures = report(tmp_path, known, text=TEXT + second)
    assert figures["meetings_found"]["invented"] == 2


def test_a_score_without_anything_is_unknown_not_nil() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (None, None, None)


def test_a_folder_without_texts_or_expectations_is_refused(tmp_path: Path, known: Snapshot) -> None:
    with pytest.raises(NetstatsError, match="Aucun texte"):
        evaluate(known, tmp_path)
    (tmp_path / "un.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(NetstatsError, match=r"un\.json"):
        evaluate(known, tmp_path)


def test_the_confidences_are_what_an_evaluation_of_the_texts_at_hand_counts(tmp_path: Path, known: Snapshot) -> None:
    texts = Path(__file__).parent
    write_confidences(tmp_path / FILE, evaluate(known, texts / "development", texts / "wild").rules)
    kept = (DATA / "reference" / FILE).read_text(encoding="utf-8")
    assert (tmp_path / FILE).read_text(encoding="utf-8") == kept, (
        "python -m netstats minutes --evaluate tests/minutes/development tests/minutes/wild "
        "--confidences data/reference/confidences.csv"
    )


def test_a_rule_is_worth_the_share_of_times_it_was_right_less_when_it_was_seldom_seen(tmp_path: Path) -> None:
    write_confidences(tmp_path / FILE, {Rule("date", SURE): (99, 98), Rule("place", LIKELY): (1, 1)})
    assert load_confidences(tmp_path) == {"date sure": 0.98, "place likely": 0.5}
    with pytest.raises(NetstatsError, match="confidences"):
        load_confidences(tmp_path / "nowhere")


def test_each_value_is_counted_for_the_rule_that_read_it(tmp_path: Path, known: Snapshot) -> None:
    report(tmp_path, known, RIGHT | {"territories": ["62498"]})
    rules = evaluate(known, tmp_path).rules
    assert (rules[Rule("date", SURE)], rules[Rule("territories", SURE)]) == ([1, 1], [2, 1])


def test_what_is_read_has_the_confidence_of_its_rule(reader: Reader) -> None:
    (draft,) = reader.read(pasted(TEXT)).drafts
    assert draft.when is not None
    assert draft.when.confidence == load_confidences()["date sure"]
    assert draft.actions[0].confidence == load_confidences()[str(Rule("actions", draft.actions[0].step))]
