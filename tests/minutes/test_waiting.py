"""What is kept of a meeting that waits, and what is read of it again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from netstats.intake.snapshot import Snapshot, records
from netstats.minutes import waiting
from netstats.minutes.documents import pasted
from netstats.minutes.drafts import Draft, Extracted, Reading, TerritoryMention
from netstats.minutes.persons import impersonal
from netstats.minutes.reader import Reader

TEXTS = sorted((Path(__file__).parent / "development").glob("*.txt"))[::4]


def kept(reading: Reading, draft: Draft, known: Snapshot) -> Reading:
    change_set, reason = waiting.keep(reading, [(draft, ("à voir",))], known)
    (row,) = records(change_set.rows["draft"])
    return waiting.kept_reading({**row, "text": "" if reason else row["text"]})


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_what_is_kept_is_what_was_read(path: Path, known: Snapshot, reader: Reader) -> None:
    reading = reader.read(pasted(path.read_text(encoding="utf-8")))
    for draft in reading.drafts:
        (again,) = kept(reading, draft, known).drafts
        if kept(reading, draft, known).text:
            assert again.spans == draft.spans
            assert list(again.evidence()) == list(draft.evidence())
        assert [one for _, one in again.facts()] == [
            replace(one, evidence=read.evidence)
            for (_, one), (_, read) in zip(draft.facts(), again.facts(), strict=True)
        ]
        assert [(one.code, one.choices, one.communes) for one in again.territories] == [
            (one.code, one.choices, one.communes) for one in draft.territories
        ]
        assert [one.value for one in again.themes] == [one.value for one in draft.themes]
        assert [(one.type, one.description) for one in again.actions] == [
            (one.type, impersonal(one.description, known.gazetteer)) for one in draft.actions
        ]


def test_a_name_that_may_be_several_territories_stays_so(known: Snapshot) -> None:
    mention = TerritoryMention("Saint-Aubin", (), 0.5, choices=("59529", "62742"))
    draft = Draft((), territories=(mention,))
    assert kept(Reading("", (draft,)), draft, known).drafts[0].territories == (mention,)


def test_no_person_is_kept(known: Snapshot) -> None:
    draft = Draft(
        (),
        place=Extracted("chez Mme Martine Durand", ()),
        territories=(
            TerritoryMention("M. Jean Dupont", ()),
            TerritoryMention("M. Paul Durand", (), code="59350"),
        ),
    )
    change_set, _ = waiting.keep(Reading("", (draft,)), [(draft, ())], known)
    (row,) = records(change_set.rows["draft"])
    assert not [name for name in ("Durand", "Dupont") if name in str(row)]
    (again,) = waiting.kept_reading(row).drafts
    assert [(one.code, one.written) for one in again.territories] == [("59350", "Lille")]
