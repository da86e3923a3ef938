"""What a person makes of the slides, and how it is kept."""

from __future__ import annotations

import json
from datetime import date

import pytest

from netstats.catalogue import overview
from netstats.errors import NetstatsError
from netstats.filters import Filters
from netstats.period import Period
from netstats.reference.geography import department_outlines
from netstats.share.plan import LONGEST_COMMENTARY, LONGEST_TITLE, Plan, Presentation, Wording, from_json, to_json
from netstats.share.selection import Selection, asked_of
from netstats.share.slides import KINDS
from netstats.store import Database


def test_slides_move_and_hide() -> None:
    plan = Plan().moved("actions", -2).toggled("carte")
    assert plan.order.index("actions") == list(KINDS).index("actions") - 2
    assert sorted(plan.order) == sorted(KINDS)
    assert "carte" not in plan.shown
    assert "carte" in plan.toggled("carte").shown
    assert Plan().moved("ouverture", -1) == Plan() == Plan().moved("sources", 1)
    some = {"ouverture", "carte", "actions", "sources"}
    order = Plan().moved("sources", -1, some).order
    assert [kind for kind in order if kind in some] == ["ouverture", "carte", "sources", "actions"]
    assert [kind for kind in Plan().moved("ouverture", 2, some).order if kind in some][2] == "ouverture"
    assert set(order) == set(KINDS)


def test_words_are_bounded_and_empty_ones_forgotten() -> None:
    plan = Plan().worded("carte", Wording(" Le Nord ", "constat", "x" * 1000))
    assert plan.wordings["carte"] == Wording("Le Nord", "constat", "x" * LONGEST_COMMENTARY)
    assert plan.worded("carte", Wording("", "constat", " ")) == Plan()


def test_the_slides_are_those_of_the_plan(real_database: Database) -> None:
    chosen = Selection(
        asked_of(real_database, today=date(2026, 11, 23)),
        Filters(),
        overview.choices(real_database),
        real_database.version(),
        date(2026, 11, 23),
    )
    plan = Plan().moved("actions", -20).toggled("carte").worded("themes", Wording("Mon titre", "", "Mon propos"))
    slides = list(plan.slides(chosen, department_outlines()))
    assert slides[0].kind == "actions"
    assert "carte" not in [slide.kind for slide in slides]
    (worded,) = [slide for slide in slides if slide.kind == "themes"]
    assert (worded.title, worded.commentary) == ("Mon titre", "Mon propos")


def test_what_is_kept_comes_back(real_database: Database) -> None:
    choices = overview.choices(real_database)
    plan = Plan().moved("actions", -3).toggled("sources").worded("carte", Wording("T", "F", "C"))
    filters = Filters(period=Period.parse("2020"), networks=("hauts-de-france",))
    for face in (None, Filters(), Filters(departments=("60",))):
        assert from_json(to_json(Presentation(plan, filters, face)), choices) == Presentation(plan, filters, face)
    older = {part: value for part, value in json.loads(to_json(Presentation(plan, filters))).items() if part != "face"}
    assert from_json(json.dumps(older), choices) == Presentation(plan, filters)


def test_kinds_of_another_version_do_no_harm(real_database: Database) -> None:
    content = json.loads(to_json(Presentation(Plan(), Filters())))
    content["order"] = ["inconnue", "themes", "carte"]
    content["filters"] = {"reseau": ["disparu"]}
    content["face"] = {"reseau": ["perdu"]}
    kept = from_json(json.dumps(content), overview.choices(real_database))
    assert kept.plan.shown == ("themes", "carte")
    assert sorted(kept.plan.order) == sorted(KINDS)
    assert kept.filters == kept.face == Filters()
    assert ["disparu" in kept.notices[0], "perdu" in kept.notices[1], len(kept.notices)] == [True, True, 2]


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"order": 3}', '{"order": [], "hidden": [], "wordings": {"carte": 1}}']
)
def test_what_is_no_presentation_is_refused(content: str, real_database: Database) -> None:
    with pytest.raises(NetstatsError, match="présentation"):
        from_json(content, overview.choices(real_database))


def test_words_that_were_tampered_with_are_bounded(real_database: Database) -> None:
    content = json.loads(to_json(Presentation(Plan(), Filters())))
    content["wordings"] = {"carte": {"title": "x" * 6000, "found": "", "commentary": 5}}
    plan = from_json(json.dumps(content), overview.choices(real_database)).plan
    assert plan.wordings["carte"] == Wording("x" * LONGEST_TITLE, "", "5")
