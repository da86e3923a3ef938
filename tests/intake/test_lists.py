"""The lists that rarely change: a row added, renamed, retired, merged; written and undone as everything else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from netstats import choices, store
from netstats.catalogue.snapshot import held_rows
from netstats.declaration import Column
from netstats.errors import NetstatsError
from netstats.intake import changes
from netstats.intake.changes import ChangeSet
from netstats.intake.lists import (
    ALIASES,
    LISTS,
    check_row,
    codes_of,
    merge,
    row_of,
    uses,
    values_of,
    what_moves,
    without,
)
from netstats.intake.snapshot import Snapshot, read_snapshot
from netstats.model import WRITTEN
from netstats.reference.gazetteer import Gazetteer
from netstats.store import Batch, Database, open_database, records_frame
from tests import installations


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installations.real(tmp_path_factory.mktemp("lists") / "netstats.duckdb")


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def snapshot(database: Database) -> Snapshot:
    return read_snapshot(database, gazetteer())


@pytest.fixture
def database(made: Path, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "netstats.duckdb"
    path.write_bytes(made.read_bytes())
    with open_database(path) as opened:
        yield opened


def commit(database: Database, change_set: ChangeSet) -> int:
    number = changes.commit(database, change_set, Batch(choices.LISTS, "Essai", "AB"))
    assert number is not None
    return number


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    return {name: sorted(frame.astype(str).itertuples(index=False)) for name, frame in held_rows(database).items()}


def change(database: Database, form_name: str, code: str, /, **values: object) -> ChangeSet:
    """The change set of a form that holds what the database does, but for these values."""
    known, form = snapshot(database), {**LISTS, ALIASES.name: ALIASES}[form_name]
    held = values_of(known, form, row_of(known, form, code))
    found = check_row(form, code, {**held, **values}, known)  # type: ignore[dict-item]
    assert (found.issues, found.questions) == ((), ())
    assert found.change_set is not None
    return found.change_set


def column(database: Database, table: str, code: str, name: str) -> object:
    frame = held_rows(database)[table].set_index("code")
    return frame.loc[code, name]


def test_every_list_of_the_model_has_its_form() -> None:
    assert list(LISTS) == ["reseaux", "familles", "themes", "types", "publics", "organismes"]


@pytest.mark.parametrize("name", [*LISTS, ALIASES.name])
def test_what_the_form_holds_changes_nothing(database: Database, name: str) -> None:
    known = read_snapshot(database)  # its gazetteer knows our own names as well, as that of the page does
    form = {**LISTS, ALIASES.name: ALIASES}[name]
    codes = list(codes_of(known, form))
    assert codes
    rows: dict[str, list[pd.DataFrame]] = {}
    for code in codes:
        found = check_row(form, code, values_of(known, form, row_of(known, form, code)), known)
        assert (found.issues, found.questions) == ((), ()), code
        assert found.change_set is not None
        assert not found.change_set.removed, code
        for table, frame in found.change_set.rows.items():
            rows.setdefault(table, []).append(frame)
    assert changes.preview(database, ChangeSet({table: pd.concat(frames) for table, frames in rows.items()})).is_empty


def test_a_new_row_of_each_list(database: Database) -> None:
    before = everything(database)
    entries = [
        commit(database, change(database, "reseaux", "", name="Grand Est", scope="regional", regions=("44",))),
        commit(database, change(database, "familles", "", name="Climat")),
        commit(database, change(database, "themes", "", name="Canicule", short_name="Canicule", family="climat")),
        commit(database, change(database, "types", "", name="Marche exploratoire")),
        commit(database, change(database, "publics", "", name="Aidants")),
        commit(
            database, change(database, "organismes", "", name="CISPD du Val", kind="CISPD", communes="Lille ; 59512")
        ),
    ]
    rows = held_rows(database)
    assert "canicule" in set(rows["theme"]["code"])
    assert ("grand-est", "44") in set(rows["network_region"].itertuples(index=False, name=None))
    covered = rows["territory_commune"]
    assert set(covered.loc[covered["territory_code"] == "cispd-du-val", "commune_code"]) == {"59350", "59512"}
    for entry in reversed(entries):
        changes.commit(database, changes.undo(database, entry), Batch(choices.UNDO, "Essai", "AB", undone=entry))
    assert everything(database) == before


def test_a_name_changes_and_all_that_refers_to_it_follows(database: Database) -> None:
    code = held_rows(database)["theme"]["code"].iloc[0]
    count = uses(snapshot(database), LISTS["themes"])[code]
    commit(database, change(database, "themes", code, name="Un autre nom"))
    assert column(database, "theme", code, "name") == "Un autre nom"
    assert uses(snapshot(database), LISTS["themes"])[code] == count


def test_a_region_that_is_taken_off_goes(database: Database) -> None:
    pairs = held_rows(database)["network_region"]
    (code,) = pairs["network_code"].value_counts().head(1).index
    keep, *gone = pairs.loc[pairs["network_code"] == code, "region_code"]
    assert gone
    commit(database, change(database, "reseaux", code, regions=(keep,)))
    pairs = held_rows(database)["network_region"]
    assert list(pairs.loc[pairs["network_code"] == code, "region_code"]) == [keep]


@pytest.mark.parametrize(
    ("name", "values", "codes"),
    [
        ("reseaux", {"name": "X"}, {"required"}),
        ("reseaux", {"name": "X", "scope": "regional"}, {"region-required"}),
        ("reseaux", {"name": "X", "scope": "national", "regions": ("32",)}, {"region-of-national"}),
        ("themes", {"name": "X", "short_name": "y" * 29}, {"required", "too-long"}),
        ("themes", {"name": "X", "short_name": "Rixes"}, {"required"}),
        ("types", {"name": "X", "rank": 1}, {"taken"}),
        ("organismes", {"name": "X", "kind": "CISPD", "communes": "Nulle-Part-sur-Rien"}, {"unknown-territory"}),
    ],
)
def test_what_an_import_refuses_the_form_does(
    database: Database, name: str, values: dict[str, object], codes: set[str]
) -> None:
    known, form = snapshot(database), LISTS[name]
    found = check_row(form, "", {**values_of(known, form, None), **values}, known)  # type: ignore[dict-item]
    assert found.change_set is None
    assert {issue.code for issue in found.issues} == codes


def test_an_emptied_name_is_asked_for(database: Database) -> None:
    known, form = snapshot(database), LISTS["types"]
    code = known.rows["action_type"]["code"].iloc[0]
    found = check_row(form, code, {**values_of(known, form, row_of(known, form, code)), "name": None}, known)
    assert [(issue.code, issue.where.field) for issue in found.issues] == [("required", "name")]


@pytest.mark.parametrize("communes", [(), "", " ; "])
def test_a_body_keeps_a_commune(database: Database, communes: object) -> None:
    known, form = snapshot(database), LISTS["organismes"]
    code = known.rows["territory"]["code"].iloc[0]
    held = values_of(known, form, row_of(known, form, code))
    for one in (code, ""):
        found = check_row(form, one, {**held, "name": "X", "communes": communes}, known)  # type: ignore[dict-item]
        assert found.change_set is None
        assert {(issue.code, issue.where.field) for issue in found.issues} == {("required", "communes")}


def test_the_regions_that_a_national_network_may_not_have_are_named(database: Database) -> None:
    known, form = snapshot(database), LISTS["reseaux"]
    held = values_of(known, form, row_of(known, form, "hauts-de-france"))
    (issue,) = check_row(form, "hauts-de-france", {**held, "scope": "national"}, known).issues
    assert issue.in_form.replace("\xa0", " ").startswith("« Hauts-de-France » n’a pas lieu d’être")


def test_no_two_short_names_are_drawn_alike(database: Database) -> None:
    first, second = "Prévention de la délinquance des mineurs", "Prévention de la radicalisation des mineurs"
    commit(database, change(database, "themes", "", name=first, family="autres"))
    commit(database, change(database, "themes", "", name=second, family="autres"))
    commit(database, change(database, "themes", "", name=f"{second} isolés", family="autres"))
    themes = held_rows(database)["theme"].set_index("name")["short_name"]
    assert list(themes[[first, second, f"{second} isolés"]]) == [
        "Prévention de la…",
        "Prévention de la radicalisa…",
        "Prévention de la radic 2",
    ]
    code = "prevention-de-la-radicalisation-des-mineurs"
    assert changes.preview(database, change(database, "themes", code)).is_empty
    commit(database, change(database, "themes", code, name=f"{first} isolés", short_name=None))
    assert column(database, "theme", code, "short_name") == "Prévention de la délinquanc…"


def test_what_no_two_rows_may_share_is_not_written(database: Database) -> None:
    before = everything(database)
    for table, name in (("theme", "short_name"), ("theme", "name"), ("theme_family", "rank"), ("network", "name")):
        frame = held_rows(database)[table].iloc[:2].copy()
        frame[name] = frame[name].iloc[0] if name == "rank" else [frame[name].iloc[0], frame[name].iloc[0].upper()]
        with pytest.raises(NetstatsError, match="en double"):
            commit(database, ChangeSet({table: frame}))
    assert everything(database) == before


def test_what_two_rows_share_already_is_told_and_put_right(database: Database) -> None:
    code, other, third = held_rows(database)["theme"]["code"].iloc[:3]
    store.verify(database)
    with database.transaction() as cursor:
        cursor.execute("UPDATE theme SET short_name = 'Le même' WHERE code IN ($1, $2)", [code, other])
    with pytest.raises(NetstatsError, match=r"theme : « Le même » en double .Nom court"):
        store.verify(database)
    commit(database, change(database, "themes", third, name="Un autre nom"))
    commit(database, change(database, "themes", code, retired=True))
    commit(database, change(database, "themes", code, short_name="Un autre"))
    store.verify(database)


def test_a_commune_of_several_is_asked(database: Database) -> None:
    known, form = snapshot(database), LISTS["organismes"]
    values = {"name": "CISPD du Val", "kind": "CISPD", "communes": "Saint-Rémy", "retired": None}
    asked = check_row(form, "", values, known)
    (question,) = asked.questions
    answers = {question.key: question.options[0].code}
    assert check_row(form, "", values, known, answers=answers).change_set is not None


def references(column: Column, table: str) -> bool:
    return column.refers_to == table and column.written


@pytest.mark.parametrize("name", LISTS)
def test_a_merge_moves_all_that_refers_and_is_undone(database: Database, name: str) -> None:
    known, form = snapshot(database), LISTS[name]
    before, count = everything(database), uses(known, form)
    frame = known.rows[form.table]
    if name == "reseaux":
        frame = frame[frame["scope"] == "regional"]
    code, into, *_ = sorted(frame["code"], key=lambda one: (-count[one], one))
    assert count[code]
    entry = commit(database, merge(known, form, code, into))
    after = snapshot(database)
    assert row_of(after, form, code) is None
    assert count[into] <= uses(after, form)[into] <= count[into] + count[code] + (name == "organismes")
    for table in WRITTEN.values():
        held, old = after.rows[table.name], known.rows[table.name]
        for one in table.stored:
            if references(one, form.table):
                assert code not in set(held[one.name])
                if one.name not in table.key:  # no row is lost
                    assert len(held) == len(old)
                    assert (held[one.name] == into).sum() == old[one.name].isin([code, into]).sum()
    changes.commit(database, changes.undo(database, entry), Batch(choices.UNDO, "Essai", "AB", undone=entry))
    assert everything(database) == before


def test_a_merge_leaves_the_text_of_a_meeting_that_waits(database: Database) -> None:
    waits = {"code": "attend", "network_code": "hauts-de-france", "name": "", "reasons": "", "content": "{}"}
    draft = records_frame("draft", [{**waits, "text": "Compte rendu du 3 mai."}])
    commit(database, ChangeSet({"draft": draft}))
    number = commit(database, merge(snapshot(database), LISTS["reseaux"], "hauts-de-france", "ile-de-france"))
    after = database.ask("SELECT network_code, text FROM draft")
    commit(database, changes.undo(database, number))
    undone = database.ask("SELECT network_code, text FROM draft")
    assert after.values.tolist() == [["ile-de-france", "Compte rendu du 3 mai."]]
    assert undone.values.tolist() == [["hauts-de-france", "Compte rendu du 3 mai."]]


def test_who_was_twice_at_a_meeting_is_there_once(database: Database) -> None:
    known, form = snapshot(database), LISTS["themes"]
    pairs = known.rows["meeting_theme"]
    meeting = pairs["meeting_code"].value_counts().index[0]
    code, into, *_ = sorted(pairs.loc[pairs["meeting_code"] == meeting, "theme_code"])
    commit(database, merge(known, form, code, into))
    there = held_rows(database)["meeting_theme"]
    about = list(there.loc[there["meeting_code"] == meeting, "theme_code"])
    assert about.count(into) == 1
    assert code not in about


def test_the_name_of_a_body_that_goes_is_still_found(database: Database) -> None:
    known, form = snapshot(database), LISTS["organismes"]
    code, into, *_ = known.rows["territory"]["code"]
    name = str((row_of(known, form, code) or {})["name"])
    commit(database, merge(known, form, code, into))
    aliases = held_rows(database)["territory_alias"]
    assert (into, name) in set(aliases.itertuples(index=False, name=None))


def test_a_national_network_takes_no_region_over(database: Database) -> None:
    known, form = snapshot(database), LISTS["reseaux"]
    commit(database, merge(known, form, "hauts-de-france", "national"))
    pairs = held_rows(database)["network_region"]
    assert not set(pairs["network_code"]) & {"hauts-de-france", "national"}


def test_what_is_retired_stays_and_is_not_proposed(database: Database) -> None:
    known = snapshot(database)
    code = known.rows["theme"]["code"].iloc[0]
    commit(database, change(database, "themes", code, retired=True))
    after = snapshot(database)
    assert code not in after.offered("theme")
    assert code in after.themes
    assert len(after.rows["meeting_theme"]) == len(known.rows["meeting_theme"])
    commit(database, change(database, "themes", code, retired=None))
    assert code in snapshot(database).offered("theme")


@pytest.mark.parametrize("name", LISTS)
def test_to_say_that_a_row_is_not_retired_changes_nothing(database: Database, name: str) -> None:
    code = held_rows(database)[LISTS[name].table]["code"].iloc[0]
    assert changes.preview(database, change(database, name, code, retired=False)).is_empty
    commit(database, change(database, name, code, retired=True))
    assert bool(column(database, LISTS[name].table, code, "retired"))
    commit(database, change(database, name, code, retired=False))
    assert code in set(snapshot(database).offered(LISTS[name].table))
    assert changes.preview(database, change(database, name, code, retired=None)).is_empty


def test_an_entry_of_before_a_column_came_is_undone(database: Database) -> None:
    before = everything(database)
    entry = commit(database, change(database, "types", "", name="Marche exploratoire"))
    with database.transaction() as cursor:
        cursor.execute("UPDATE change SET after = replace(after, ',\"retired\":null', '')")
        assert cursor.execute("SELECT after FROM change WHERE after LIKE '%retired%'").fetchall() == []
    changes.commit(database, changes.undo(database, entry), Batch(choices.UNDO, "Essai", "AB", undone=entry))
    assert everything(database) == before


def test_only_two_rows_of_a_list_are_merged(database: Database) -> None:
    for code, into in (("rixes", "rixes"), ("rixes", "jamais-vu"), ("jamais-vu", "rixes")):
        with pytest.raises(NetstatsError, match="deux lignes de la liste Thèmes"):
            merge(snapshot(database), LISTS["themes"], code, into)


def test_a_theme_without_a_short_name_takes_it_from_its_name(database: Database) -> None:
    commit(database, change(database, "themes", "", name="Captation d’images sur la voie publique", family="autres"))
    code = "captation-d-images-sur-la-voie-publique"
    assert column(database, "theme", code, "short_name") == "Captation d’images sur la…"
    commit(database, change(database, "themes", code, name="Images", short_name=None))
    assert column(database, "theme", code, "short_name") == "Images"
    commit(database, change(database, "themes", code, short_name="Vidéo"))
    commit(database, change(database, "themes", code, name="Anticonstitutionnellementlonguement", short_name=None))
    assert column(database, "theme", code, "short_name") == "Anticonstitutionnellementlo…"


def test_what_a_merge_moves_is_said(database: Database) -> None:
    known, themes = snapshot(database), LISTS["themes"]
    pairs, actions = known.rows["meeting_theme"]["theme_code"], known.rows["action"]["theme_code"]
    code = next(one for one in pairs.value_counts().index if (actions == one).sum() > 1 and (pairs == one).sum() > 1)
    gone, stays = ((row_of(known, themes, one) or {})["name"] for one in (code, "rixes"))
    said = what_moves(known, themes, code, "rixes").replace("\xa0", " ")
    counted = f"{(pairs == code).sum()} réunions et {(actions == code).sum()} actions"
    assert said.startswith(f"{counted} passent de « {gone} » à « {stays} ». ")
    commit(database, change(database, "themes", "", name="Canicule", family="autres"))
    assert what_moves(snapshot(database), themes, "canicule", "rixes").startswith("Rien ne se rapporte à")
    body, other, *_ = known.rows["territory"]["code"]
    name = (row_of(known, LISTS["organismes"], other) or {})["name"]
    assert what_moves(known, LISTS["organismes"], body, other).endswith(f"reste comme autre nom de « {name} ».")


def test_another_name_is_added_changed_and_taken_away(database: Database) -> None:
    before = everything(database)
    commit(database, change(database, ALIASES.name, "", territory="Lille", name="Capitale des Flandres"))
    known = snapshot(database)
    (code,) = (one for one in codes_of(known, ALIASES) if "Capitale" in one)
    assert code == "59350 Capitale des Flandres"
    assert values_of(known, ALIASES, row_of(known, ALIASES, code)) == {
        "territory": "Lille",
        "territory_code": "59350",
        "name": "Capitale des Flandres",
    }
    assert changes.preview(database, change(database, ALIASES.name, code)).is_empty
    commit(database, change(database, ALIASES.name, code, name="Lille-en-Flandre"))
    named = held_rows(database)["territory_alias"]
    assert set(named.loc[named["territory_code"] == "59350", "name"]) == {"Lille-en-Flandre"}
    commit(database, without(snapshot(database), "59350 Lille-en-Flandre"))
    assert everything(database) == before


@pytest.mark.parametrize("communes", [("58062", "58063"), ("16053", "17052"), ("33108",)])
def test_the_communes_that_a_body_has_are_not_asked_again(database: Database, communes: tuple[str, ...]) -> None:
    values = {"name": "CISPD du Val", "kind": "CISPD", "communes": communes}
    commit(database, change(database, "organismes", "", **values))
    known, form = snapshot(database), LISTS["organismes"]
    assert values_of(known, form, row_of(known, form, "cispd-du-val"))["communes"] == communes
    assert changes.preview(database, change(database, "organismes", "cispd-du-val")).is_empty
    more = (*communes, "Lille")
    commit(database, change(database, "organismes", "cispd-du-val", communes=more))
    known = snapshot(database)
    assert values_of(known, form, row_of(known, form, "cispd-du-val"))["communes"] == tuple(
        sorted({*communes, "59350"})
    )


def test_a_merge_that_leaves_meetings_or_actions_alike_says_so(database: Database) -> None:
    known = snapshot(database)
    meetings = known.rows["meeting"]
    here = meetings[(meetings["network_code"] == "hauts-de-france") & (meetings["date_precision"] == "day")].iloc[[0]]
    there = here.assign(code="autre", network_code="ile-de-france", title="Réunion du réseau Île-de-France")
    known = replace(known, rows={**known.rows, "meeting": pd.concat([meetings, there], ignore_index=True)})
    said = what_moves(known, LISTS["reseaux"], "ile-de-france", "hauts-de-france").replace("\xa0", " ")
    assert "Ensuite 2 réunions seront le même jour d’un même réseau" in said
    assert "« Réunion du réseau Île-de-France »" in said
    assert "Ensuite" not in what_moves(known, LISTS["reseaux"], "bretagne-pays-de-la-loire", "hauts-de-france")


def test_a_merge_of_bodies_that_leaves_actions_alike_says_so(database: Database) -> None:
    known = snapshot(database)
    body, other = sorted(known.rows["territory"]["code"])[:2]
    one = known.rows["action"].iloc[[0]]
    both = [one.assign(code=f"a-{code}", territory_code=code, description="Essai") for code in (body, other)]
    known = replace(known, rows={**known.rows, "action": pd.concat([known.rows["action"], *both], ignore_index=True)})
    said = what_moves(known, LISTS["organismes"], body, other).replace("\xa0", " ")
    assert "Ensuite 2 actions seront dites de même à une même réunion (« Essai »)" in said
