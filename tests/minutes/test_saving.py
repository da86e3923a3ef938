"""From drafts to the database: what a text says of meetings, put in as one entry of the journal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copy
from typing import Any, TypeVar

import pandas as pd
import pytest

from netstats import store
from netstats.catalogue import journal as questions
from netstats.errors import NetstatsError
from netstats.intake import bootstrap, changes, journal
from netstats.intake.dates import Day
from netstats.intake.entry import Present
from netstats.intake.snapshot import Snapshot, read_snapshot
from netstats.intake.values import Headcount
from netstats.minutes.drafts import (
    DOUBTFUL,
    LIKELY,
    SURE,
    Action,
    Count,
    Draft,
    Extracted,
    Span,
    Step,
    TerritoryMention,
    When,
)
from netstats.minutes.saving import Checked, Proposal, after, check_all, doubts, earlier_meetings, label, propose
from netstats.store import Batch

T = TypeVar("T")

TODAY = date(2026, 11, 23)
SOURCE = "https://ffsu.org/?p=4691"
MEETING = "hauts-de-france-2020-05-06"
HERE = (Span(0, 1),)


def read(value: T, step: Step = SURE) -> Extracted[T]:
    return Extracted(value, HERE, step)


def mention(written: str, code: str = "", *choices: str) -> TerritoryMention:
    return TerritoryMention(written, HERE, code=code, choices=choices)


def action(kind: str, description: str, audience: str = "", territory: str = "") -> Action:
    return Action(kind, description, HERE, audience=audience, territory=territory)


def draft(day: date | None = date(2024, 3, 12), network: str = "hauts-de-france", **fields: object) -> Draft:
    when = None if day is None else read(When(day, "day"))
    told: dict[str, Any] = {"is_whole": day is not None, "network": read(network), "when": when, **fields}
    return Draft(HERE, **told)


def undated(*themes: str, is_mention: bool = False) -> Draft:
    return draft(None, themes=tuple(read(theme) for theme in themes), is_mention=is_mention)


FOUNDING = draft(
    date(2020, 5, 6),
    format=read("visioconférence"),
    kind=read("réunion de réseau"),
    status=read("held"),
    headcount=read(Count(9, "exact", "professionnels")),
    open_to_non_members=read(True),
    territories=(
        mention("Beauvais", "60057"),
        mention("Lille", "59350"),
        mention("CA de la Baie de Somme", "200070993"),
        mention("agglomération du Douaisis", "200044618"),
        mention("CA Maubeuge Val de Sambre", "200043396"),
        TerritoryMention(
            "CISPD de Abscon-Douchy les Mines-Escaudain-Haveluy-Lourches",
            HERE,
            communes=("59002", "59179", "59205", "59292", "59361"),
            kind="CISPD",
        ),
    ),
    themes=tuple(read(theme) for theme in ("covid-19", "seniors-isolement", "numerique")),
    actions=(
        action("maintien-lien", "appels téléphoniques", "seniors-isoles"),
        action("maintien-lien", "livraisons de repas", "seniors-isoles"),
        action("soutien-psychologique", "cellule de soutien psychologique", "seniors-isoles"),
        action("hebergement", "ouvrir des hébergements publics", "publics-demunis"),
        action("accompagnement-victimes", "guichets dans les centres commerciaux", "femmes-victimes"),
        action("accompagnement-victimes", "guichets dans les pharmacies", "femmes-victimes"),
        action("accompagnement-victimes", "permanences dédiées", "femmes-victimes", "59178"),
        action("mediation", "Les services de médiation ont occupé une place essentielle"),
        action("police-municipale", "La police municipale a occupé une place essentielle"),
        action("continuite-distance", "des activités à distance"),
    ),
)
"""What the founding text says, as a reader gives it."""


@pytest.fixture
def path(real_path: Path, tmp_path: Path) -> Path:
    return Path(copy(real_path, tmp_path / "netstats.duckdb"))


@pytest.fixture
def database(path: Path) -> Iterator[store.Database]:
    opened = store.open_database(path)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def known(real_database: store.Database) -> Snapshot:
    return read_snapshot(real_database)


def checked(known: Snapshot, *drafts: Draft) -> Checked:
    return check_all([propose(one, known) for one in drafts], known, today=TODAY)


def save(database: store.Database, known: Snapshot, *drafts: Draft, text: str = "") -> int | None:
    found = check_all([propose(one, known, source_url=SOURCE) for one in drafts], known, today=TODAY)
    assert found.change_set is not None, [(one.issues, one.questions, one.twin) for one in found.outcomes]
    batch = Batch(journal.MINUTES, label(found.change_set, known), "AB", SOURCE, text=text)
    return changes.commit(database, found.change_set, batch)


class TestWhatIsThereAlready:
    def test_the_founding_text_read_again_adds_nothing_but_says_what_it_says_otherwise(
        self, database: store.Database, known: Snapshot
    ) -> None:
        proposal = propose(FOUNDING, known, source_url="https://example.org/autre")
        assert proposal.opened is not None
        assert proposal.entry == proposal.opened
        found = check_all([proposal], known, today=TODAY)
        assert found.change_set is not None
        assert changes.preview(database, found.change_set).is_empty

    def test_each_action_of_the_base_stands_for_one_of_the_text(self, known: Snapshot) -> None:
        third = action("maintien-lien", "visites à domicile", "seniors-isoles")
        proposal = propose(replace(FOUNDING, actions=(*FOUNDING.actions, third)), known)
        assert all(one.code for one in proposal.entry.actions)
        assert [one.description for _, one in proposal.actions] == ["visites à domicile"]

    def test_what_the_text_says_replaces_and_the_rest_stays(self, known: Snapshot) -> None:
        text = draft(
            date(2020, 5, 6),
            headcount=read(Count(12, "exact", None)),
            place=read("Lille"),
            themes=(read("rixes"),),
            territories=(mention("Roubaix", "59512"), mention("ville de Lille", "59350")),
        )
        proposal = propose(text, known, source_url="https://example.org/autre")
        assert proposal.opened is not None
        fields, before = proposal.entry.meeting, proposal.opened.meeting
        assert {name: value for name, value in fields.items() if value != before[name]} == {
            "participants": Headcount(12, "exact"),
            "place": "Lille",
        }
        assert proposal.entry.themes == (*proposal.opened.themes, "rixes")
        assert proposal.entry.present == (*proposal.opened.present, Present("59512"))

    @pytest.mark.parametrize(
        ("day", "network", "code"),
        [
            (date(2020, 5, 7), "auvergne-rhone-alpes", "auvergne-rhone-alpes-2020-05-07"),
            (date(2020, 6, 3), "auvergne-rhone-alpes", "auvergne-rhone-alpes-2020-05-07"),
            (date(2020, 6, 4), "auvergne-rhone-alpes", ""),
            (date(2020, 5, 7), "hauts-de-france", ""),
        ],
    )
    def test_a_day_of_a_series_is_that_series(self, known: Snapshot, day: date, network: str, code: str) -> None:
        proposal = propose(draft(day, network), known)
        assert proposal.entry.code == code
        if proposal.opened:
            assert proposal.entry == proposal.opened

    def test_a_webinar_in_the_weeks_of_a_series_is_none_of_it(self, known: Snapshot) -> None:
        day = date(2021, 3, 25)
        assert propose(draft(day, "national", kind=read("webinaire")), known).entry.code == ""
        assert propose(draft(day, "national", kind=read("assises")), known).entry.code == "national-2021-03-11"

    def test_a_month_is_the_meeting_of_that_month(self, known: Snapshot) -> None:
        month = replace(draft(network="national"), when=read(When(date(2023, 5, 1), "month")))
        assert propose(month, known).entry.code == "national-2023-05"

    def test_an_announcement_does_not_take_back_that_a_meeting_was_held(self, known: Snapshot) -> None:
        announced = draft(date(2020, 5, 6), status=read("announced"))
        assert propose(announced, known).entry.meeting["status"] == "held"

    @pytest.mark.parametrize(("day", "is_it"), [(10, True), (12, True), (17, True), (18, False)])
    def test_an_announced_meeting_that_was_held_is_completed(self, known: Snapshot, day: int, is_it: bool) -> None:
        meeting = known.rows["meeting"].iloc[:1].assign(
            code="a-venir", network_code="hauts-de-france", kind="réunion de réseau", status="announced",
            held_on=pd.Timestamp(2026, 11, 10), date_precision="day", held_until=None,
        )  # fmt: skip
        there = after(known, changes.ChangeSet({"meeting": meeting}))
        held = draft(date(2026, 11, day), status=read("held"))
        proposal = propose(held, there)
        assert (proposal.opened is not None) == is_it
        assert proposal.entry.meeting["date"] == Day(date(2026, 11, day), "day")
        assert proposal.entry.meeting["status"] == "held"
        assert propose(held, there, is_new=True).opened is None
        (outcome,) = check_all([proposal], there, today=TODAY).outcomes
        reasons = doubts(held, proposal, outcome)
        assert any("La base dit autrement, date" in said for said in reasons) == (day in {12, 17})

    def test_what_is_announced_again_for_another_day_is_another_meeting(self, known: Snapshot) -> None:
        meeting = known.rows["meeting"].iloc[:1].assign(
            code="a-venir", network_code="hauts-de-france", kind="réunion de réseau", status="announced",
            held_on=pd.Timestamp(2026, 12, 10), date_precision="day", held_until=None,
        )  # fmt: skip
        there = after(known, changes.ChangeSet({"meeting": meeting}))
        coming = draft(date(2026, 12, 12), status=read("announced"))
        assert propose(coming, there).opened is None
        held = draft(date(2021, 6, 17), "national", status=read("held"))
        assert propose(held, known).entry.meeting["status"] == "held"

    def test_an_ambiguous_name_is_settled_by_who_is_known_to_have_been_there(self, known: Snapshot) -> None:
        again = draft(date(2020, 5, 6), territories=(mention("baie de Somme", "", "200070993", "80001"),))
        proposal = propose(again, known)
        assert proposal.opened is not None
        assert (proposal.entry.present, proposal.choices) == (proposal.opened.present, {})


class TestANewMeeting:
    TEXT = draft(
        date(2024, 3, 12),
        format=read("présentiel"),
        place=read("Lille"),
        headcount=read(Count(50, "about", "élus")),
        open_to_non_members=read(False),
        territories=(mention("ville de Roubaix", "59512"), mention("Lille", "59350")),
        themes=(read("rixes"), read("mediation"), read("rixes")),
        actions=(action("mediation", "Envoyer  des\nmédiateurs.", "jeunes", "59512"),),
    )

    def test_the_form_holds_what_the_text_says(self, known: Snapshot) -> None:
        proposal = propose(self.TEXT, known, source_url=SOURCE)
        entry = proposal.entry
        assert {name: value for name, value in entry.meeting.items() if value is not None} == {
            "network": "hauts-de-france",
            "kind": "réunion de réseau",
            "date": Day(date(2024, 3, 12), "day"),
            "sessions": 1,
            "format": "présentiel",
            "place": "Lille",
            "participants": Headcount(50, "about"),
            "participants_unit": "élus",
            "open_to_non_members": False,
            "status": "held",
            "source_url": SOURCE,
        }
        assert entry.themes == ("rixes", "mediation")
        assert entry.present == (Present("59512", printed_name="ville de Roubaix"), Present("59350"))
        assert entry.actions == ()  # nobody ticked one
        ((_, action),) = proposal.actions
        assert (action.description, action.source_url) == ("Envoyer des médiateurs.", SOURCE)

    def test_it_is_one_entry_of_the_journal_and_goes_when_that_is_undone(
        self, database: store.Database, known: Snapshot
    ) -> None:
        number = save(database, known, self.TEXT)
        assert number == 2
        entry = questions.entries(database).set_index("id").loc[2]
        said = [entry["kind"], entry["label"].replace("\u00a0", " "), entry["author"], entry["source"]]
        assert said == ["minutes", "Compte rendu : réunion du réseau Hauts-de-France (12 mars 2024)", "AB", SOURCE]
        changes.commit(database, changes.undo(database, 2), Batch(journal.UNDO, "Annulation", undone=2))
        assert len(database.ask("FROM meeting")) == 21
        assert database.ask("FROM attendance WHERE meeting_code LIKE '%2024%'").empty

    def test_the_same_text_twice_changes_nothing(self, database: store.Database, known: Snapshot) -> None:
        save(database, known, self.TEXT)
        assert save(database, read_snapshot(database, known.gazetteer), self.TEXT) is None
        assert len(questions.entries(database)) == 2

    def test_a_series_is_written_with_its_last_day_and_its_sessions(self, known: Snapshot) -> None:
        series = replace(self.TEXT, when=read(When(date(2024, 5, 7), "day", date(2024, 6, 3), 2)))
        fields = propose(series, known).entry.meeting
        days = Day(date(2024, 5, 7), "day"), Day(date(2024, 6, 3), "day")
        assert (fields["date"], fields["until"], fields["sessions"]) == (*days, 2)

    @pytest.mark.parametrize("precision", ["month", "year"])
    def test_a_date_is_as_precise_as_the_text(self, known: Snapshot, precision: str) -> None:
        first = date(2024, 1, 1)
        when = read(When(first, precision))
        assert propose(replace(self.TEXT, when=when), known).entry.meeting["date"] == Day(first, precision)

    def test_what_is_not_told_is_not_invented(self, known: Snapshot) -> None:
        fields = propose(Draft(HERE), known).entry.meeting
        defaults = {"kind": "réunion de réseau", "sessions": 1, "format": "unknown", "status": "held"}
        assert {name: value for name, value in fields.items() if value is not None} == defaults
        (outcome,) = checked(known, Draft(HERE)).outcomes
        assert [one.where.field for one in outcome.issues] == ["network"]


class TestNames:
    def test_an_ambiguous_name_is_asked_and_the_answer_taken(self, known: Snapshot) -> None:
        proposal = propose(draft(territories=(mention("Saint-Denis", "", "93066", "97411"),)), known)
        assert proposal.entry.present == (Present(name="Saint-Denis"),)
        assert proposal.choices == {"Saint-Denis": ("93066", "97411")}
        (question,) = check_all([proposal], known, today=TODAY).outcomes[0].questions
        change_set = check_all([proposal], known, answers={question.key: "93066"}, today=TODAY).change_set
        assert change_set is not None
        (row,) = change_set.rows["attendance"].to_dict("records")
        assert (row["territory_code"], row["printed_name"]) == ("93066", "Saint-Denis")

    def test_a_doubt_of_the_reader_is_asked_even_where_the_name_alone_is_clear(self, known: Snapshot) -> None:
        proposal = propose(draft(territories=(mention("Lille", "", "59350", "200093201"),)), known)
        outcome = check_all([proposal], known, today=TODAY).outcomes[0]
        assert outcome.change_set is None
        (question,) = outcome.questions
        assert [option.label.replace("\u00a0", " ") for option in question.options] == [
            "Lille (59), commune",
            "Métropole Européenne de Lille (59)",
            "Aucun de ceux-là : le nom est à retirer ou à récrire",
        ]
        refused = check_all([proposal], known, answers={question.key: "aucun"}, today=TODAY).outcomes[0]
        assert [(one.where.form, one.where.row) for one in refused.issues] == [("presences", 0)]

    def test_an_unknown_name_stays_as_it_is_written(self, known: Snapshot) -> None:
        proposal = propose(draft(territories=(mention("Beauvai"),)), known)
        assert proposal.entry.present == (Present(name="Beauvai"),)
        (objection,) = check_all([proposal], known, today=TODAY).outcomes[0].issues
        assert "Beauvais (60)" in objection.in_form

    def test_a_council_of_known_communes_is_the_one_of_the_base(self, known: Snapshot) -> None:
        council = TerritoryMention("CISPD Neuville/Genay", HERE, communes=("69278", "69143"), kind="CISPD")
        proposal = propose(draft(network="auvergne-rhone-alpes", territories=(council,)), known)
        assert proposal.entry.present[0].code == "cispd-neuville-sur-saone-genay"
        assert proposal.bodies == ()

    def test_a_new_council_comes_in_once_however_many_meetings_name_it(
        self, database: store.Database, known: Snapshot
    ) -> None:
        council = TerritoryMention("CISPD de Bron-Villeurbanne", HERE, communes=("69029", "69266"), kind="CISPD")
        meetings = [draft(date(2024, month, 1), "auvergne-rhone-alpes", territories=(council,)) for month in (1, 2)]
        assert propose(meetings[0], known).bodies[0].name == "CISPD Bron-Villeurbanne"
        assert save(database, known, *meetings) == 2
        bodies = database.ask("FROM territory WHERE kind = 'CISPD' AND name LIKE '%Bron%'")
        assert list(bodies["code"]) == ["cispd-bron-villeurbanne"]
        present = database.ask("FROM attendance WHERE territory_code = 'cispd-bron-villeurbanne'")
        assert list(present["printed_name"]) == ["CISPD de Bron-Villeurbanne"] * 2
        said = questions.entries(database)["label"].iloc[0].replace("\u00a0", " ")
        assert said == "Compte rendu : 2 réunions du réseau Auvergne-Rhône-Alpes"

    def test_a_council_that_nobody_names_any_more_is_not_created(self, known: Snapshot) -> None:
        council = TerritoryMention("CISPD de Bron-Villeurbanne", HERE, communes=("69029", "69266"), kind="CISPD")
        proposal = propose(draft(network="auvergne-rhone-alpes", territories=(council,)), known)
        change_set = check_all(
            [replace(proposal, entry=replace(proposal.entry, present=()))], known, today=TODAY
        ).change_set
        assert change_set is not None
        assert "territory" not in change_set.rows

    def test_a_new_network_comes_with_its_meeting(self, database: store.Database, known: Snapshot) -> None:
        text = replace(draft(network="grand-est"), network_name="Grand Est", network_regions=("44",))
        proposal = propose(text, known)
        assert proposal.network is not None
        assert save(database, known, text) == 2
        assert database.ask("FROM network_region WHERE network_code = 'grand-est'")["region_code"].tolist() == ["44"]
        assert "Grand Est" in questions.entries(database)["label"].iloc[0]

    def test_a_network_that_is_wrong_is_said(self, known: Snapshot) -> None:
        text = replace(draft(network="grand-est"), network_name="Hauts-de-France", network_regions=("44",))
        (outcome,) = checked(known, text).outcomes
        assert ("reseaux", "name") in {(one.where.form, one.where.field) for one in outcome.issues}
        assert outcome.change_set is None


class TestPersons:
    @pytest.mark.parametrize(
        ("told", "kept"),
        [
            ("Ouvrir un guichet (contact : jean.dupont@ville.fr).", "Ouvrir un guichet."),
            ("Ouvrir un guichet (Jean Dupont, 03 20 00 00 00).", "Ouvrir un guichet."),
            ("Ouvrir un guichet (avec la police) (Mme Durand).", "Ouvrir un guichet (avec la police)."),
            ("M. Dupont a ouvert un guichet.", ""),
            ("Un guichet a été ouvert par Jean Dupont à Lille.", ""),
            ("Avec Marie-Claire Martin, la ville ouvre un guichet.", ""),
            ("Avec Jean Dupont Directeur Général Des Services, un guichet.", ""),
            ("Un guichet au Collège Claude Monet.", "Un guichet au Collège Claude Monet."),
            ("Appeler le 03 20 00 00 00 pour un guichet.", ""),
            ("Un guichet est ouvert à la salle Jean Jaurès.", "Un guichet est ouvert à la salle Jean Jaurès."),
            ("A Saint Denis et à Lille, un guichet.", "A Saint Denis et à Lille, un guichet."),
            ("Le Conseil Local de Santé Mentale se réunit.", "Le Conseil Local de Santé Mentale se réunit."),
        ],
    )
    def test_no_sentence_brings_one_in(self, known: Snapshot, told: str, kept: str) -> None:
        ((_, kept_action),) = propose(draft(actions=(action("mediation", told),)), known).actions
        assert kept_action.description == kept

    def test_a_sentence_that_was_left_out_is_to_be_written(self, known: Snapshot) -> None:
        proposal = propose(draft(actions=(action("mediation", "M. Dupont a ouvert un guichet."),)), known)
        ticked = replace(proposal.entry, actions=tuple(one for _, one in proposal.actions))
        (outcome,) = check_all([replace(proposal, entry=ticked)], known, today=TODAY).outcomes
        assert [(one.where.form, one.where.row, one.where.field) for one in outcome.issues] == [
            ("actions", 0, "description")
        ]

    def test_nor_does_a_place_or_a_name(self, known: Snapshot) -> None:
        text = draft(place=read("chez Jean Dupont"), territories=(mention("Jean Dupont"), mention("Mme Durand")))
        entry = propose(text, known).entry
        assert (entry.meeting["place"], entry.present) == (None, ())


class TestSeveral:
    def test_undated_meetings_of_one_network_are_told_apart(self, database: store.Database, known: Snapshot) -> None:
        assert save(database, known, undated("rixes"), undated("jeunesse", "mediation")) == 2
        new = database.ask("FROM meeting WHERE batch_id = 2 ORDER BY code")
        assert list(new["code"]) == ["hauts-de-france-sans-date-3", "hauts-de-france-sans-date-4"]
        assert [title.replace("\u00a0", " ") for title in new["title"]] == [
            "Réunion du réseau Hauts-de-France : rixes",
            "Réunion du réseau Hauts-de-France : jeunesse et médiation",
        ]

    def test_one_meeting_told_twice_is_said_on_the_second(self, known: Snapshot) -> None:
        for twice in (draft(), undated("rixes"), draft(date(2020, 5, 6))):
            found = checked(known, twice, twice)
            first, second = found.outcomes
            assert first.change_set is not None
            assert found.change_set is None
            (objection,) = second.issues
            assert "N’en gardez qu’une" in objection.in_form

    def test_one_that_is_wrong_holds_all_back(self, known: Snapshot) -> None:
        found = checked(known, draft(), draft(date(2027, 1, 1)))
        assert [one.change_set is not None for one in found.outcomes] == [True, False]
        assert found.change_set is None

    def test_three_networks_are_named(self, known: Snapshot) -> None:
        found = checked(known, *(draft(network=one) for one in ("national", "ile-de-france", "hauts-de-france")))
        assert found.change_set is not None
        said = label(found.change_set, known).replace("\u00a0", " ")
        assert said == "Compte rendu : 3 réunions des réseaux Hauts-de-France, Île-de-France et National"

    def test_nothing_chosen_is_nothing(self, known: Snapshot) -> None:
        assert check_all([], known) == ((), None)

    def test_what_will_be_there_is_what_is_there_once_written(self, database: store.Database, known: Snapshot) -> None:
        found = checked(known, draft(themes=(read("rixes"),), territories=(mention("Lille", "59350"),)))
        assert found.change_set is not None
        foreseen = after(known, found.change_set)
        save(database, known, draft(themes=(read("rixes"),), territories=(mention("Lille", "59350"),)))
        for table, rows in read_snapshot(database, known.gazetteer).rows.items():
            if table != "meeting":  # the source differs
                assert set(map(str, rows.to_dict("records"))) == set(map(str, foreseen.rows[table].to_dict("records")))


class TestMentions:
    MENTION = undated("mesure-delinquance", "metier-coordonnateur", "stupefiants", is_mention=True)

    def test_the_earlier_meetings_are_found_in_the_base(self, known: Snapshot) -> None:
        found = earlier_meetings(self.MENTION, known, before=date(2020, 5, 6))
        assert found == ("hauts-de-france-sans-date-1", "hauts-de-france-sans-date-2", "hauts-de-france-2019-12-04")

    def test_a_later_one_is_none_of_them_only_when_the_day_is_told(self, known: Snapshot) -> None:
        late = undated("covid-19", is_mention=True)
        assert MEETING in earlier_meetings(late, known)
        assert MEETING not in earlier_meetings(late, known, before=date(2020, 5, 6))

    def test_it_is_proposed_without_a_date(self, known: Snapshot) -> None:
        entry = propose(self.MENTION, known).entry
        assert (entry.code, entry.meeting["date"], len(entry.themes)) == ("", None, 3)


class TestDoubts:
    def doubts(self, known: Snapshot, one: Draft) -> list[str]:
        proposal = propose(one, known)
        (outcome,) = check_all([proposal], known, today=TODAY).outcomes
        return [said.replace("\u00a0", " ") for said in doubts(one, proposal, outcome)]

    def test_a_clear_draft_has_none(self, known: Snapshot) -> None:
        assert self.doubts(known, FOUNDING) == []
        assert self.doubts(known, draft()) == []

    def test_what_the_base_knows_already_needs_nobody(self, known: Snapshot) -> None:
        unsure = replace(
            FOUNDING,
            format=read("visioconférence", DOUBTFUL),
            themes=(read("numerique", DOUBTFUL),),
            territories=(TerritoryMention("Lille", HERE, DOUBTFUL, code="59350"),),
            actions=(Action("mediation", "médiation", HERE, DOUBTFUL),),
        )
        assert self.doubts(known, unsure) == []
        other = replace(unsure, format=read("hybride", DOUBTFUL), themes=(read("rixes", DOUBTFUL),))
        assert self.doubts(known, other) == [
            "La base dit autrement, format : visioconférence → hybride.",
            "À vérifier : format et thèmes.",
        ]

    def test_a_value_that_was_corrected_by_hand_waits_for_a_person(self, known: Snapshot) -> None:
        read_again = replace(FOUNDING, headcount=read(Count(12, "exact", None)))
        assert self.doubts(known, read_again) == ["La base dit autrement, participants : 9 → 12."]

    def test_a_vague_number_takes_the_place_of_no_exact_one(self, known: Snapshot) -> None:
        read_again = replace(FOUNDING, headcount=read(Count(20, "about", None)))
        assert self.doubts(known, read_again) == []
        assert propose(read_again, known).entry.meeting["participants"] == Headcount(9, "exact")

    def test_another_kind_of_meeting_on_that_day_is_another(self, known: Snapshot) -> None:
        assert propose(replace(FOUNDING, kind=read("atelier")), known).opened is None

    def test_a_new_meeting_waits_when_no_sentence_tells_it_whole(self, known: Snapshot) -> None:
        (said,) = self.doubts(known, draft(is_whole=False))
        assert said == "Aucune phrase ne dit à la fois quel réseau s’est réuni et quel jour, année comprise."
        assert self.doubts(known, replace(FOUNDING, is_whole=False)) == []  # it is in the database

    def test_values_that_are_sure_one_by_one_wait_when_together_they_are_not(self, known: Snapshot) -> None:
        new = draft(format=read("hybride"), kind=read("atelier"), status=read("held"))
        assert self.doubts(known, new.each(lambda *_: {"confidence": 0.99})) == []
        (said,) = self.doubts(known, new.each(lambda *_: {"confidence": 0.96}))
        assert "trop pour que toutes le soient" in said
        (said,) = self.doubts(known, new.each(lambda key, _: {"confidence": 0.94 if key == "format" else 1.0}))
        assert said == "À vérifier : format."

    def test_each_is_said(self, known: Snapshot) -> None:
        assert self.doubts(known, draft(None)) == ["La date n’a pas été trouvée."]
        unsure = draft(format=read("hybride", DOUBTFUL), themes=(read("rixes", LIKELY),))
        assert self.doubts(known, unsure) == ["À vérifier : format."]
        (said,) = self.doubts(known, draft(territories=(mention("Saint-Denis", "", "93066", "97411"),)))
        assert said.startswith("« Saint-Denis »")
        new = replace(draft(network="grand-est"), network_name="Grand Est", network_regions=("44",))
        assert self.doubts(known, new) == ["Le réseau Grand Est est à créer."]


TEXT = "Le réseau s’est réuni.\nNeuf professionnels étaient là. Voir https://ffsu.org/0612345678."


class TestTheKeptText:
    def test_it_is_kept_when_asked_and_shown(self, database: store.Database, known: Snapshot) -> None:
        assert save(database, known, draft(), text=TEXT) == 2
        assert questions.text_of(database, 2) == TEXT
        assert questions.text_of(database, 1) is None
        assert questions.text_of(database, 99) is None

    def test_it_is_nowhere_else(self, database: store.Database, known: Snapshot) -> None:
        save(database, known, draft(), text=TEXT)
        assert "text" not in questions.entries(database)
        assert not any("Neuf" in str(row) for row in questions.changes(database, 2).to_dict("records"))
        rows = read_snapshot(database, known.gazetteer).rows
        assert not any("Neuf" in str(frame.to_dict()) for frame in rows.values())

    def test_it_goes_when_the_entry_is_undone(self, database: store.Database, known: Snapshot) -> None:
        save(database, known, draft(), text=TEXT)
        change_set = changes.undo(database, 2)
        assert changes.commit(database, change_set, Batch(journal.UNDO, "Annulation", undone=2)) == 3
        assert questions.text_of(database, 2) is None
        again = changes.undo(database, 3)
        assert changes.commit(database, again, Batch(journal.UNDO, "Annulation", undone=3)) == 4
        assert questions.text_of(database, 2) is None

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("Contact : jean.dupont@ville.fr", "adresse électronique"),
            ("Appeler le 03 20 00 00 00.", "numéro de téléphone"),
            ("La réunion a été ouverte par Mme\nDurand.", "nom d’une personne"),
            ("La réunion a eu lieu.\nM Dupont était là.", "nom d’une personne"),
            ("mot " * 50_001, "trop long"),
        ],
    )
    def test_it_is_refused_and_the_meetings_are_saved_without_it(
        self, database: store.Database, known: Snapshot, text: str, why: str
    ) -> None:
        with pytest.raises(NetstatsError, match=re.escape(why)):
            save(database, known, draft(), text=text)
        assert len(questions.entries(database)) == 1
        assert save(database, known, draft()) == 2

    def test_nothing_new_keeps_no_text(self, database: store.Database, known: Snapshot) -> None:
        save(database, known, draft())
        assert save(database, read_snapshot(database, known.gazetteer), draft(), text=TEXT) is None

    def test_it_comes_along_to_another_version(self, path: Path, known: Snapshot) -> None:
        database = store.open_database(path)
        save(database, known, draft(), text=TEXT)
        database.close()
        data = Path(__file__).parents[2] / "data"
        carried = store.carry_over(data / "reference", path, made="une autre version")
        assert questions.text_of(carried, 2) == TEXT
        carried.close()

    def test_a_base_made_before_is_carried_over(
        self, path: Path, known: Snapshot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        database = store.open_database(path)
        save(database, known, draft())
        with database.cursor() as cursor:
            cursor.execute("ALTER TABLE batch DROP text")
            cursor.execute("UPDATE build SET made = 'une version plus ancienne'")
        database.close()
        monkeypatch.setenv("NETSTATS_DATABASE", str(path))
        carried = bootstrap.open_or_build()
        assert questions.text_of(carried, 2) is None
        assert len(questions.entries(carried)) == 2
        assert save(carried, read_snapshot(carried, known.gazetteer), draft(date(2024, 4, 1)), text=TEXT) == 3
        assert questions.text_of(carried, 3) == TEXT
        carried.close()


def test_a_form_that_was_corrected_is_what_is_checked(known: Snapshot) -> None:
    proposal = propose(draft(), known)
    corrected = replace(proposal.entry, meeting={**proposal.entry.meeting, "participants": "beaucoup"})
    (outcome,) = check_all([Proposal(corrected)], known, today=TODAY).outcomes
    assert [one.where.field for one in outcome.issues] == ["participants"]
