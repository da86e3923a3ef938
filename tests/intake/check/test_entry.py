"""A meeting typed into a form: what it means, what is wrong, what it takes away, what others did meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from netstats import store
from netstats.intake import changes, entry, journal
from netstats.intake.check.entry import EntryCheck, check, removal
from netstats.intake.dates import Day
from netstats.intake.entry import Entry, Present, ReportedAction, Value, entry_of, merge, read, understood, written
from netstats.intake.forms import MEETINGS
from netstats.intake.snapshot import Snapshot, read_snapshot
from netstats.intake.values import Headcount
from tests import installations

TODAY = date(2026, 11, 23)
MEETING = "hauts-de-france-2020-05-06"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[store.Database]:
    opened = store.open_database(installations.real(tmp_path_factory.mktemp("entry") / "netstats.duckdb"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def known(database: store.Database) -> Snapshot:
    return read_snapshot(database)


@pytest.fixture(scope="module")
def meeting(known: Snapshot) -> Entry:
    found = entry_of(known, MEETING)
    assert found is not None
    return found


def new(**fields: str) -> Entry:
    return with_fields(Entry(), **{"network": "hauts-de-france", "date": "12/03/2026", **fields})


def with_fields(one: Entry, **fields: str) -> Entry:
    """Return a form in which this was typed, or chosen by its code."""
    return replace(one, meeting={**one.meeting, **{name: typed(name, text) for name, text in fields.items()}})


def typed(name: str, text: str) -> Value:
    return read(MEETINGS.field(name), text)


def issues(one: Entry, known: Snapshot) -> list[tuple[str, int, str | None]]:
    return [(said.where.form, said.where.row, said.where.field) for said in check(one, known, today=TODAY).issues]


def changed(database: store.Database, outcome: EntryCheck) -> set[tuple[str, str, str, str]]:
    assert outcome.change_set is not None, (outcome.issues, outcome.questions)
    told = changes.describe(database, changes.preview(database, outcome.change_set).rows)
    return set(told[["sorte", "champ", "avant", "après"]].itertuples(index=False, name=None))


def test_every_field_of_the_form_is_shown_or_has_a_place_of_its_own() -> None:
    elsewhere = {"code", "participants_precision", "themes", "present"}
    assert set(entry.FIELDS) | elsewhere == {field.name for field in MEETINGS.fields}


def test_what_is_opened_and_not_touched_changes_nothing(database: store.Database, known: Snapshot) -> None:
    for code in known.rows["meeting"]["code"]:
        opened = entry_of(known, code)
        assert opened is not None
        outcome = check(opened, known, today=TODAY)
        assert outcome.change_set is not None, (code, outcome.issues, outcome.questions)
        assert changes.preview(database, outcome.change_set).is_empty, code


def test_an_unknown_code_is_no_meeting(known: Snapshot) -> None:
    assert entry_of(known, "nowhere") is None


def test_a_new_meeting_gets_a_code_and_all_that_was_typed(database: store.Database, known: Snapshot) -> None:
    form = replace(
        new(participants="environ 50", participants_unit="élus"),
        themes=("stupefiants",) if "stupefiants" in known.themes else tuple(known.themes)[:1],
        present=(Present(code="59350", member=True), Present(name="ville de Béthune")),
        actions=(ReportedAction(territory_code="59350", type="mediation", description="Envoyer des médiateurs."),),
    )
    outcome = check(form, known, today=TODAY)
    assert outcome.code == "hauts-de-france-2026-03-12"
    assert outcome.change_set is not None
    rows = outcome.change_set.rows
    (row,) = rows["meeting"].to_dict("records")
    assert (row["held_on"].date(), row["date_precision"], row["status"]) == (date(2026, 3, 12), "day", "held")
    assert (row["participants"], row["participants_precision"], row["participants_unit"]) == (50, "about", "élus")
    assert row["title"] == "Réunion du réseau Hauts-de-France"
    present = rows["attendance"].set_index("territory_code")
    assert present.loc["59350", "printed_name"] == "Lille"  # a code is no name
    assert bool(present.loc["59350", "member"]) is True
    assert present.loc["62119", "printed_name"] == "ville de Béthune"
    assert list(rows["action"]["code"]) == ["hauts-de-france-2026-03-12-a1"]
    assert list(rows["meeting_theme"]["theme_code"]) == list(form.themes)
    assert not outcome.change_set.removed


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"network": ""}, "network"),
        ({"kind": ""}, "kind"),
        ({"date": "31/02/2026"}, "date"),
        ({"date": "12/03/2027"}, "date"),  # to come: it cannot have been held
        ({"until": "11/03/2026"}, "until"),
        ({"participants": "beaucoup"}, "participants"),
        ({"participants_unit": "élus"}, "participants_unit"),
        ({"sessions": "zéro"}, "sessions"),
        ({"source_url": "ffsu.org"}, "source_url"),
        ({"note": "Écrire à jean.dupont@ville.fr"}, "note"),
        ({"place": "Chez M. Dupont"}, "place"),
    ],
)
def test_what_cannot_be_is_refused_under_its_field(known: Snapshot, fields: dict[str, str], field: str) -> None:
    outcome = check(new(**fields), known, today=TODAY)
    assert (MEETINGS.name, 0, field) in issues(new(**fields), known)
    assert outcome.change_set is None
    assert all(said.in_form[0].isupper() or said.in_form[0] == "«" for said in outcome.issues)


def test_every_fault_is_told_where_it_is_even_when_the_meeting_itself_is_wrong(known: Snapshot) -> None:
    form = replace(
        new(date="hier"),
        present=(Present(code="59350"), Present(name="Beauvai"), Present(name="Lille")),
        actions=(ReportedAction(type="mediation", description="x"), ReportedAction()),
    )
    assert issues(form, known) == [
        ("reunions", 0, "date"),
        ("presences", 1, "territory"),
        ("actions", 1, "type"),
        ("actions", 1, "description"),
    ]
    beauvais = next(said for said in check(form, known, today=TODAY).issues if said.where.form == "presences")
    assert "Beauvais (60)" in beauvais.in_form


def test_the_same_territory_twice_is_refused_without_a_line_number(known: Snapshot) -> None:
    (said,) = check(replace(new(), present=(Present(code="59350"), Present(name="Lille"))), known).issues
    assert (said.where.row, said.in_form) == (1, "«\u00a0Lille\u00a0» est déjà présent à cette réunion.")


def test_homonyms_are_asked_and_the_answer_is_taken(known: Snapshot) -> None:
    form = replace(new(), present=(Present(name="Saint-Denis"),))
    outcome = check(form, known, today=TODAY)
    (question,) = outcome.questions
    assert outcome.change_set is None
    assert not outcome.issues
    answered = check(form, known, answers={question.key: "93066"}, today=TODAY)
    assert answered.change_set is not None
    assert list(answered.change_set.rows["attendance"]["territory_code"]) == ["93066"]


def test_a_new_meeting_that_is_there_already_is_a_twin(known: Snapshot) -> None:
    outcome = check(new(date="6 mai 2020"), known, today=TODAY)
    assert (outcome.twin, outcome.change_set, outcome.questions) == (MEETING, None, ())


def test_another_title_the_same_day_is_asked(known: Snapshot) -> None:
    form = new(date="6 mai 2020", title="Une autre réunion")
    (question,) = check(form, known, today=TODAY).questions
    assert check(form, known, answers={question.key: MEETING}, today=TODAY).twin == MEETING
    other = check(form, known, answers={question.key: "nouvelle"}, today=TODAY)
    assert (other.code, other.twin) == (f"{MEETING}-2", "")
    assert other.change_set is not None


def test_what_is_taken_out_of_the_form_is_taken_away(database: store.Database, known: Snapshot, meeting: Entry) -> None:
    fewer = replace(
        with_fields(meeting, participants="", participants_unit=""),
        themes=meeting.themes[1:],
        present=meeting.present[1:],
        actions=meeting.actions[1:],
    )
    change_set = check(fewer, known, today=TODAY).change_set
    assert change_set is not None
    assert {table: len(rows) for table, rows in change_set.removed.items()} == {
        "meeting_theme": 1,
        "attendance": 1,
        "action": 1,
    }
    assert change_set.removed["attendance"]["territory_code"].iloc[0] == meeting.present[0].code
    assert change_set.removed["action"]["code"].iloc[0] == meeting.actions[0].code
    seen = changed(database, check(fewer, known, today=TODAY))
    assert ("modification", "Participants", "9", "") in seen


def test_an_emptied_name_is_the_official_one_and_an_emptied_title_is_composed(
    database: store.Database, known: Snapshot, meeting: Entry
) -> None:
    douaisis = next(one for one in meeting.present if one.printed_name == "agglomération du Douaisis")
    emptied = replace(
        with_fields(meeting, title=""),
        present=tuple(replace(one, printed_name="") if one is douaisis else one for one in meeting.present),
    )
    seen = changed(database, check(emptied, known, today=TODAY))
    assert seen == {("modification", "Nom dans la source", "agglomération du Douaisis", "CA Douaisis Agglo")}
    other = check(with_fields(meeting, title="", kind="atelier"), known, today=TODAY)
    assert (
        "modification",
        "Titre",
        "Réunion du réseau Hauts-de-France",
        "Atelier du réseau Hauts-de-France",
    ) in changed(database, other)


def test_a_bare_number_is_exact_whatever_was_known(database: store.Database, known: Snapshot, meeting: Entry) -> None:
    about = next(code for code in known.rows["meeting"].query("participants_precision == 'about'")["code"])
    opened = entry_of(known, about)
    assert opened is not None
    count = written(MEETINGS.field("participants"), opened.meeting["participants"])
    assert count.startswith("environ ")
    bare = with_fields(opened, participants=count.removeprefix("environ "))
    assert changed(database, check(bare, known, today=TODAY)) == {
        ("modification", "Précision du nombre", "environ", "exact")
    }


def test_what_a_meeting_always_has_cannot_be_emptied(known: Snapshot, meeting: Entry) -> None:
    emptied = replace(
        with_fields(meeting, network="", kind="", status=""),
        actions=(replace(meeting.actions[0], description="", type=""), *meeting.actions[1:]),
    )
    assert set(issues(emptied, known)) >= {
        ("reunions", 0, "network"),
        ("reunions", 0, "kind"),
        ("reunions", 0, "status"),
        ("actions", 0, "type"),
        ("actions", 0, "description"),
    }


def test_a_cancelled_meeting_has_nobody(known: Snapshot, meeting: Entry) -> None:
    cancelled = with_fields(meeting, status="cancelled")
    assert issues(cancelled, known) == [("reunions", 0, "status")]  # once, not for each of those present
    assert check(replace(cancelled, present=(), actions=()), known, today=TODAY).change_set is not None


def test_the_number_of_an_action_taken_away_is_not_given_again_beside_a_later_one(
    known: Snapshot, meeting: Entry
) -> None:
    added = ReportedAction(type="mediation", description="Une action de plus.")
    change_set = check(replace(meeting, actions=(*meeting.actions[1:], added)), known, today=TODAY).change_set
    assert change_set is not None
    assert f"{MEETING}-a{len(meeting.actions) + 1}" in set(change_set.rows["action"]["code"])
    assert list(change_set.removed["action"]["code"]) == [f"{MEETING}-a1"]


def test_a_removal_takes_everything_along(database: store.Database, known: Snapshot, meeting: Entry) -> None:
    change_set = removal(known, MEETING)
    assert {table: len(rows) for table, rows in change_set.removed.items()} == {
        "meeting": 1,
        "attendance": len(meeting.present),
        "meeting_theme": len(meeting.themes),
        "action": len(meeting.actions),
    }
    assert set(changes.preview(database, change_set).rows["after"].dropna()) == set()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12/03/2026", "le 12\u00a0mars 2026"),
        ("mars 2026", "mars 2026, jour inconnu"),
        ("2026", "2026, mois et jour inconnus"),
        ("", "date inconnue"),
        ("hier", ""),
    ],
)
def test_a_date_is_told_as_it_is_understood(text: str, said: str) -> None:
    assert understood(typed("date", text)) == said


@pytest.mark.parametrize(
    ("name", "text", "value", "again"),
    [
        ("date", "12 mars 2026", Day(date(2026, 3, 12), "day"), "12/03/2026"),
        ("date", "mars 2026", Day(date(2026, 3, 1), "month"), "mars 2026"),
        ("date", "2026", Day(date(2026, 1, 1), "year"), "2026"),
        ("date", "31/02/2026", "31/02/2026", "31/02/2026"),
        ("participants", "9", Headcount(9, "exact"), "9"),
        ("participants", "une cinquantaine", Headcount(50, "about"), "environ 50"),
        ("participants", "plus de 1500", Headcount(1500, "at_least"), "plus de 1\u202f500"),
        ("participants", "beaucoup", "beaucoup", "beaucoup"),
        ("sessions", " 3 ", 3, "3"),
        ("sessions", "zéro", "zéro", "zéro"),
        ("place", "Lille", "Lille", "Lille"),
        ("place", " ", None, ""),
    ],
)
def test_what_is_typed_is_read_once_and_written_so_that_it_reads_the_same(
    name: str, text: str, value: Value, again: str
) -> None:
    assert typed(name, text) == value
    assert type(typed(name, text)) is type(value)
    assert written(MEETINGS.field(name), value) == again
    assert typed(name, again) == value


def test_a_choice_that_there_is_not_is_refused_with_those_that_there_are(known: Snapshot) -> None:
    unread = replace(Entry(), meeting={**new().meeting, "format": "par pigeon"})
    (said,) = check(unread, known, today=TODAY).issues
    assert (said.where.field, said.found) == ("format", "par pigeon")
    assert "présentiel" in said.in_form
    assert written(MEETINGS.field("status"), "held") == "tenue"
    assert written(MEETINGS.field("open_to_non_members"), False) == "non"


def test_what_others_did_meanwhile_is_followed_and_nothing_typed_is_lost(meeting: Entry) -> None:
    added = ReportedAction(type="mediation", description="Typed.")
    mine = replace(
        with_fields(meeting, place="Amiens", note="Mine."),
        present=(replace(meeting.present[0], member=True), *meeting.present[2:], Present(name="Oignies")),
        themes=meeting.themes[1:],
        actions=(*meeting.actions, added),
    )
    now = replace(
        with_fields(meeting, note="Theirs.", participants="12"),
        present=(*meeting.present[:-1], Present(code="59350")),
        themes=(*meeting.themes, "another"),
        actions=(replace(meeting.actions[0], description="Theirs."), *meeting.actions[2:]),
    )
    merged = merge(mine, meeting, now)
    assert (merged.meeting["place"], merged.meeting["note"], merged.meeting["participants"]) == (
        "Amiens",
        "Mine.",
        Headcount(12, "exact"),
    )
    assert merged.themes == (*meeting.themes[1:], "another")
    assert [one.code or one.name for one in merged.present] == [
        meeting.present[0].code,
        *(one.code for one in meeting.present[2:-1]),
        "Oignies",
        *(["59350"] if "59350" not in {one.code for one in meeting.present} else []),
    ]
    assert merged.present[0].member is True
    assert [one.description for one in merged.actions] == [
        "Theirs.",
        *(one.description for one in meeting.actions[2:]),
        "Typed.",
    ]


def test_nothing_of_another_meeting_is_touched(known: Snapshot, meeting: Entry, tmp_path: Path) -> None:
    database = store.open_database(installations.real(tmp_path / "netstats.duckdb"))
    try:
        before = read_snapshot(database, known.gazetteer).rows
        change_set = check(replace(with_fields(meeting, place="Amiens"), present=()), known, today=TODAY).change_set
        assert change_set is not None
        changes.commit(database, change_set, store.Batch(journal.ENTRY, "Correction"))
        after = read_snapshot(database, known.gazetteer)
        again = entry_of(after, MEETING)
        assert again == replace(with_fields(meeting, place="Amiens"), present=())
        for table, key in (("meeting", "code"), ("attendance", "meeting_code"), ("action", "meeting_code")):
            kept = [frame[frame[key] != MEETING].reset_index(drop=True) for frame in (before[table], after.rows[table])]
            assert kept[0].equals(kept[1])
    finally:
        database.close()
