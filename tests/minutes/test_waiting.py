"""What is kept of a meeting that waits, and what is read of it again."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from netstats import choices, store
from netstats.intake import changes, journal
from netstats.intake.lists import LISTS, merge, uses, what_moves
from netstats.intake.snapshot import Snapshot, read_snapshot, records
from netstats.minutes import waiting
from netstats.minutes.documents import pasted
from netstats.minutes.drafts import DOUBTFUL, Action, Draft, Extracted, Reading, TerritoryMention
from netstats.minutes.persons import impersonal
from netstats.minutes.reader import Reader
from netstats.wording import NO_BREAK

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
    mention = TerritoryMention("Saint-Aubin", (), DOUBTFUL, choices=("59529", "62742"))
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


@pytest.mark.parametrize(
    ("name", "code", "into"),
    [
        ("themes", "covid-19", "seniors-isolement"),
        ("types", "mediation", "autre"),
        ("publics", "jeunes", "professionnels"),
    ],
)
def test_what_waits_follows_a_merge_and_its_undo(path: Path, name: str, code: str, into: str) -> None:
    with closing(store.open_database(path)) as database:
        before = read_snapshot(database)
        action = Action("mediation", "Un médiateur parle aux jeunes.", (), DOUBTFUL, "jeunes", "covid-19", "59350")
        draft = Draft((), themes=(Extracted("covid-19", ()),), actions=(action,))
        change_set, _ = waiting.keep(Reading("Un texte.", (draft,)), [(draft, ("à voir",))], before)
        changes.commit(database, change_set, store.Batch(journal.MINUTES, "Attend"))
        form, known = LISTS[name], read_snapshot(database)
        assert uses(known, form)[code] == uses(before, form)[code] + 1
        assert "1 réunion en attente" in what_moves(known, form, code, into).replace(NO_BREAK, " ")
        number = changes.commit(database, merge(known, form, code, into), store.Batch(choices.LISTS, "Fusion"))
        (row,) = records(read_snapshot(database).rows["draft"])
        (again,) = waiting.kept_reading({**row, "text": ""}).drafts
        (told,) = again.actions
        said = [again.themes[0].value, told.type, told.audience, told.theme, told.territory]
        assert said == [
            into if one == code else one for one in ("covid-19", "mediation", "jeunes", "covid-19", "59350")
        ]
        assert number
        undone = store.Batch(choices.UNDO, "Retour", undone=number)
        changes.commit(database, changes.undo(database, number), undone)
        assert records(read_snapshot(database).rows["draft"]) == records(known.rows["draft"])
