"""The key figures that the pages of actions, themes, meetings and territories show, from what figures answer."""

from __future__ import annotations

import pandas as pd

from netstats.catalogue import actions, indicators, meetings, overview, participation, themes
from netstats.catalogue.measure import Answer, Measure
from netstats.filters import Filters
from netstats.store import Database
from netstats.wording import NO_BREAK


def said(measures: tuple[Measure, ...], answer: Answer, filters: Filters | None = None) -> dict[str, tuple[str, str]]:
    shown = [measure.of(answer, filters or Filters()) for measure in measures]
    return {figure.label: (figure.value, figure.note.replace(NO_BREAK, " ")) for figure in shown}


def test_a_territory_is_ranked_among_those_that_came() -> None:
    rows = pd.DataFrame(
        {
            "code": ["a", "b", "c"],
            "attendances": [3, 1, 3],
            "attended": [2, None, 3],
            "expected": [4, None, 3],
            "share_attended": [0.5, None, 1.0],
            "first_seen": ["2020-05-06", None, "2019"],
            "last_seen": ["2021-06", None, "2021"],
        }
    )
    first, second, _ = (row for _, row in participation.ranked(rows).iterrows())
    assert said(participation.MEASURES, first) == {
        "Présences": ("3", "1er ex æquo sur 3 territoires"),
        "Assiduité": ("50\u202f%", "2 sur 4 réunions datées"),
        "Première présence": ("mai 2020", ""),
        "Dernière présence": ("juin 2021", ""),
    }
    assert said(participation.MEASURES, second, Filters(departments=("59",))) == {
        "Présences": ("1", "3e sur 3 territoires"),
        "Assiduité": ("inconnu", "sans présence datée"),
        "Première présence": ("inconnue", "dans la sélection"),
        "Dernière présence": ("inconnue", "dans la sélection"),
    }


def test_the_real_actions_say_of_how_many_each_number_is_known(real_database: Database) -> None:
    told, row = actions.LIST.ask(real_database, Filters()), overview.INDICATORS.ask(real_database, Filters()).iloc[0]
    assert said(actions.MEASURES, actions.in_brief(told, row, known_types=9))["Territoires actifs"] == (
        "1",
        "territoire nommé pour 1 action sur 13",
    )


def test_an_approximate_total_is_known_to_two_digits(real_database: Database) -> None:
    row = overview.INDICATORS.ask(real_database, Filters()).iloc[0]
    for approximate, shown in ((True, "≈ 27\u202f000"), (False, "26\u202f615")):
        answer = {**row, "participants": 26615, "participants_approximate": approximate}
        assert said((indicators.PARTICIPANTS,), answer)["Participants"][0] == shown


def test_too_few_meetings_rise_and_fade_in_nothing(real_database: Database) -> None:
    row, trends = (figure.ask(real_database, Filters()) for figure in (overview.INDICATORS, themes.TRENDS))
    found = said(themes.MEASURES, themes.in_brief(row.iloc[0], trends))
    assert found["En hausse"] == ("–", "trop peu de réunions pour le dire")
    assert found["Délaissés"] == ("5", "depuis 24 mois et 5 réunions")
    nothing = said(themes.MEASURES, themes.in_brief(row.iloc[0], trends.head(0)))
    assert nothing["Délaissés"] == ("–", "trop peu de réunions pour le dire")


def test_a_meeting_of_unknown_headcount_is_not_one_without_people() -> None:
    unknown = {"territories": None, "participants": None, "themes": 2, "actions": 0, "participants_precision": None}
    assert said(meetings.MEASURES, unknown)["Participants"] == ("inconnu", "")
    about = {**unknown, "participants": 50, "participants_precision": "about", "participants_unit": "élus"}
    assert said(meetings.MEASURES, about)["Participants"] == ("≈ 50", "environ 50 élus")
