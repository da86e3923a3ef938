"""Scores of the reading: what counts as right, wrong and missed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from netstats.errors import NetstatsError
from netstats.minutes.evaluate import evaluate
from netstats.minutes.reader import Reader
from netstats.minutes.scores import Score

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


def report(tmp_path: Path, reader: Reader, expected: object) -> dict[str, object]:
    (tmp_path / "un.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "un.json").write_text(json.dumps({"drafts": [expected]}), encoding="utf-8")
    return evaluate(tmp_path, reader).json()


def test_a_perfect_reading_scores_one(tmp_path: Path, reader: Reader) -> None:
    figures = report(tmp_path, reader, RIGHT)
    assert figures["territories"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert figures["actions"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert [figures[name] for name in ("date", "format", "network", "headcount", "action_types")] == [1.0] * 5


def test_what_is_missed_or_added_costs_what_it_should(tmp_path: Path, reader: Reader) -> None:
    other = RIGHT | {"territories": ["62498", "59178"], "date": "2020-05-07", "participants": 9}
    figures = report(tmp_path, reader, other)
    assert figures["territories"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert (figures["date"], figures["headcount"], figures["format"]) == (0.0, 0.0, 1.0)


def test_a_score_without_anything_is_unknown_not_nil() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (None, None, None)


def test_a_folder_without_texts_or_expectations_is_refused(tmp_path: Path, reader: Reader) -> None:
    with pytest.raises(NetstatsError, match="Aucun texte"):
        evaluate(tmp_path, reader)
    (tmp_path / "un.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(NetstatsError, match=r"un\.json"):
        evaluate(tmp_path, reader)
