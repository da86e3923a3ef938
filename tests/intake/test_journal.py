"""A change set is shown field by field, and an entry taken back while nothing stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from typing import Any

import pandas as pd
import pytest

from netstats import store
from netstats.catalogue import journal as questions
from netstats.errors import NetstatsError
from netstats.intake import changes, journal
from netstats.intake.changes import ChangeSet
from netstats.model import WRITTEN
from netstats.store import Batch, Database, records_frame

LILLE = "hauts-de-france-2020-05-06"
BY_HAND = Batch(journal.ENTRY, "À la main", "secrétariat")


@pytest.fixture
def database(real_path: Path, tmp_path: Path) -> Iterator[Database]:
    opened = store.open_database(Path(copy(real_path, tmp_path / "n.duckdb")))
    yield opened
    opened.close()


def meeting(database: Database, **changed: Any) -> ChangeSet:
    rows = database.ask("SELECT * EXCLUDE (batch_id) FROM meeting WHERE code = $code", {"code": LILLE})
    for name, value in changed.items():
        rows[name] = value
    return ChangeSet({"meeting": rows})


def everything(database: Database) -> dict[str, pd.DataFrame]:
    """All the rows, without what says which entry wrote them."""
    tables = (*store.KEYS, "action_word", "territory_department")
    found = {table: database.ask(f"FROM {table} ORDER BY ALL") for table in tables}
    return {table: rows.drop(columns="batch_id", errors="ignore") for table, rows in found.items()}


def same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> bool:
    return all(one[table].equals(other[table]) for table in one)


class TestDifference:
    def test_a_rehearsal_says_each_field_and_changes_nothing(self, database: Database) -> None:
        before = everything(database)
        change_set = meeting(database, place="Lille", held_on=pd.Timestamp(2020, 5, 1), date_precision="month")
        difference = changes.preview(database, change_set)
        told = changes.describe(database, difference.rows)
        assert told[["sorte", "quoi", "champ", "avant", "après"]].values.tolist() == [
            ["modification", "réunion", "Date", "6\xa0mai 2020", "mai 2020"],
            ["modification", "réunion", "Lieu", "", "Lille"],
        ]
        assert difference.sentence() == "modification de 1\xa0réunion"
        assert same(everything(database), before)
        assert database.version().batch == 1

    def test_codes_are_told_by_name(self, database: Database) -> None:
        change_set = ChangeSet(
            {
                "attendance": records_frame(
                    "attendance",
                    [{"meeting_code": LILLE, "territory_code": "59512", "printed_name": "Roubaix", "member": True}],
                )
            },
            {"meeting_theme": pd.DataFrame([{"meeting_code": LILLE, "theme_code": "covid-19"}])},
        )
        told = changes.describe(database, changes.preview(database, change_set).rows)
        added = told[told["sorte"] == "ajout"].set_index("champ")["après"]
        assert dict(added) == {
            "Réunion": "Réunion du réseau Hauts-de-France (6\xa0mai 2020)",
            "Territoire": "Roubaix (59)",
            "Nom dans la source": "Roubaix",
            "Membre du FFSU": "oui",
        }
        removed = told[told["sorte"] == "retrait"].set_index("champ")["avant"]
        assert removed["Thème"] == "Covid-19 : confinement et déconfinement"

    def test_what_is_new_or_gone_is_told_by_name(self, database: Database) -> None:
        new = ChangeSet(
            {
                "network": records_frame("network", [{"code": "grand-est", "name": "Grand Est", "scope": "regional"}]),
                "network_region": records_frame("network_region", [{"network_code": "grand-est", "region_code": "44"}]),
                "theme_family": records_frame("theme_family", [{"code": "climat", "name": "Le climat", "rank": 90}]),
                "theme": records_frame(
                    "theme",
                    [{"code": "canicule", "family_code": "climat", "name": "Les canicules", "short_name": "Canicules"}],
                ),
                "meeting_theme": records_frame("meeting_theme", [{"meeting_code": LILLE, "theme_code": "canicule"}]),
            }
        )
        difference = changes.preview(database, new)
        of_meeting = difference.rows[difference.rows["table_name"] == "meeting_theme"]
        for told in (
            changes.describe(database, difference.rows),
            changes.describe(database, of_meeting, within=difference.rows),
        ):
            theme = told[told["quoi"] == "thème de réunion"]
            assert set(theme["où"]) == {"Les canicules – Réunion du réseau Hauts-de-France (6\xa0mai 2020)"}
        told = changes.describe(database, difference.rows)
        assert {"Grand Est", "Grand Est – Grand Est", "Le climat", "Les canicules"} < set(told["où"])
        assert not {"grand-est", "44", "climat", "canicule"} & set(told.loc[~told["nommé"], "après"])
        number = changes.commit(database, new, BY_HAND)
        assert number is not None
        gone = pd.DataFrame([{"meeting_code": LILLE, "theme_code": "canicule"}])
        assert changes.commit(database, ChangeSet({}, {"meeting_theme": gone}), BY_HAND) == number + 1
        changes.commit(database, ChangeSet({}, {"theme": pd.DataFrame([{"code": "canicule"}])}), BY_HAND)
        told = changes.describe(database, changes.committed(database, number + 1).rows)
        assert set(told["où"]) == {"Les canicules – Réunion du réseau Hauts-de-France (6\xa0mai 2020)"}

    def test_what_is_there_already_is_counted(self, database: Database) -> None:
        rows = database.ask("SELECT * EXCLUDE (batch_id) FROM meeting")
        difference = changes.preview(database, ChangeSet({"meeting": rows}))
        assert difference.is_empty
        assert difference.counts().to_dict("records") == [
            {"table_name": "meeting", "ajout": 0, "modification": 0, "retrait": 0, "inchangé": len(rows)}
        ]
        assert difference.sentence() == "aucun changement"
        assert changes.commit(database, ChangeSet({"meeting": rows}), BY_HAND) is None
        assert database.version().batch == 1

    def test_every_column_of_every_table_has_a_french_name(self, database: Database) -> None:
        waits = dict.fromkeys(WRITTEN["draft"].written, "x") | {"network_code": None}
        changes.commit(database, ChangeSet({"draft": store.records_frame("draft", [waits])}), BY_HAND)
        for table in store.KEYS:
            rows = database.ask(f"FROM {table} LIMIT 1").drop(columns="batch_id", errors="ignore")
            own = {"territory": ["code", "kind", "name"], "territory_alias": ["territory_code", "name"]}.get(table)
            added = pd.DataFrame(
                [
                    {
                        "table_name": table,
                        "key": "x",
                        "before": None,
                        "after": rows[own or list(rows.columns)].iloc[0].to_json(date_format="iso"),
                    }
                ]
            )
            told = changes.describe(database, added)
            assert set(told["quoi"]) == {changes.NOUNS[table][0]}


class TestEntry:
    def test_it_says_who_when_and_what(self, database: Database) -> None:
        number = changes.commit(database, meeting(database, place="Lille"), BY_HAND)
        entry = questions.entries(database).iloc[0]
        assert (entry["id"], entry["kind"], entry["label"], entry["author"]) == (2, "entry", "À la main", "secrétariat")
        assert entry[["added", "changed", "removed"]].tolist() == [0, 1, 0]
        assert not pd.isna(entry["applied_at"])
        assert number == database.version().batch == 2
        assert (database.version().published, database.version().entered) == (True, True)
        written = database.ask("SELECT code FROM meeting WHERE batch_id = 2")
        assert list(written["code"]) == [LILLE], "only what changed is written"

    @pytest.mark.parametrize("who", ["Jean Dupont", "M. Martin", "a.b@ville.fr", "06 12 34 56 78", "x" * 61])
    def test_who_is_never_a_person(self, database: Database, who: str) -> None:
        with pytest.raises(NetstatsError, match="service ou des initiales"):
            changes.commit(database, meeting(database, place="Lille"), Batch(journal.ENTRY, "x", who))
        assert database.version().batch == 1

    @pytest.mark.parametrize(
        "change_set",
        [
            ChangeSet(removed={"meeting": pd.DataFrame([{"code": LILLE}])}),
            ChangeSet(removed={"theme": pd.DataFrame([{"code": "covid-19"}])}),
            ChangeSet(
                {"meeting_theme": records_frame("meeting_theme", [{"meeting_code": "nowhere", "theme_code": "rixes"}])}
            ),
        ],
    )
    def test_rows_that_do_not_fit_are_not_written(self, database: Database, change_set: ChangeSet) -> None:
        before = everything(database)
        with pytest.raises(NetstatsError, match="rien n’a été écrit"):
            changes.commit(database, change_set, BY_HAND)
        assert same(everything(database), before)
        assert database.version().batch == 1

    def test_a_body_of_ours_lies_where_its_communes_do(self, database: Database) -> None:
        change_set = ChangeSet(
            {
                "territory": records_frame("territory", [{"code": "cispd-x", "kind": "CISPD", "name": "CISPD X"}]),
                "territory_commune": records_frame(
                    "territory_commune",
                    [{"territory_code": "cispd-x", "commune_code": code} for code in ("59350", "62193")],
                ),
            }
        )
        changes.commit(database, change_set, BY_HAND)
        (body,) = database.ask("SELECT * FROM territory WHERE code = 'cispd-x'").to_dict("records")
        towns = database.ask("SELECT population FROM territory WHERE code IN ('59350', '62193')")
        assert body["population"] == towns["population"].sum()
        assert body["department_code"] == "59"
        departments = "SELECT department_code FROM territory_department WHERE territory_code = 'cispd-x' ORDER BY ALL"
        assert list(database.ask(departments)["department_code"]) == ["59", "62"]
        changes.commit(database, changes.undo(database, 2), Batch(journal.UNDO, "x", undone=2))
        assert database.ask(departments).empty

    def test_official_territories_are_not_ours_to_change(self, database: Database) -> None:
        before = database.ask("SELECT * FROM territory ORDER BY code")
        change_set = ChangeSet(removed={"territory": pd.DataFrame([{"code": "59350"}])})
        assert changes.commit(database, change_set, BY_HAND) is None
        assert database.ask("SELECT * FROM territory ORDER BY code").equals(before)


class TestTakingBack:
    def undo(self, database: Database, number: int) -> int | None:
        change_set = changes.undo(database, number)
        return changes.commit(database, change_set, Batch(journal.UNDO, f"Annulation de {number}", undone=number))

    def test_everything_is_as_before(self, database: Database) -> None:
        before = everything(database)
        change_set = meeting(database, place="Lille", participants=12)
        town = {"meeting_code": LILLE, "territory_code": "59512", "printed_name": "Roubaix", "member": None}
        change_set = ChangeSet(
            {**change_set.rows, "attendance": records_frame("attendance", [town])},
            {"meeting_theme": pd.DataFrame([{"meeting_code": LILLE, "theme_code": "covid-19"}])},
        )
        assert changes.commit(database, change_set, BY_HAND) == 2
        after = everything(database)
        assert not same(after, before)
        assert self.undo(database, 2) == 3
        assert same(everything(database), before)
        assert questions.entries(database).set_index("id").loc[2, "undone_by"] == 3
        assert self.undo(database, 3) == 4, "taking back can be taken back"
        assert same(everything(database), after)

    def test_a_whole_meeting_that_goes_comes_back(self, database: Database) -> None:
        before = everything(database)
        keys = {
            "meeting": database.ask("SELECT code FROM meeting WHERE code = $code", {"code": LILLE}),
            **{
                table: database.ask(f"FROM {table} WHERE meeting_code = $code", {"code": LILLE})
                for table in ("attendance", "meeting_theme", "action")
            },
        }
        changes.commit(database, ChangeSet(removed=keys), BY_HAND)
        assert database.ask("SELECT 1 FROM action_word WHERE starts_with(action_code, $code)", {"code": LILLE}).empty
        self.undo(database, 2)
        assert same(everything(database), before)

    def test_once_only(self, database: Database) -> None:
        changes.commit(database, meeting(database, place="Lille"), BY_HAND)
        self.undo(database, 2)
        with pytest.raises(NetstatsError, match="déjà annulée"):
            changes.undo(database, 2)

    def test_not_over_what_was_changed_since(self, database: Database) -> None:
        changes.commit(database, meeting(database, place="Lille"), BY_HAND)
        changes.commit(database, meeting(database, note="Depuis"), Batch(journal.ENTRY, "Une note"))
        with pytest.raises(NetstatsError, match=r"l’entrée n° 3 \(Une note\)"):
            changes.undo(database, 2)
        self.undo(database, 3)
        assert self.undo(database, 2) == 5, "once what came after is itself taken back"

    def test_not_under_rows_that_need_it(self, database: Database) -> None:
        theme = {"code": "nouveau", "family_code": "autres", "name": "Nouveau", "short_name": "Nouveau"}
        changes.commit(database, ChangeSet({"theme": records_frame("theme", [theme])}), BY_HAND)
        of_meeting = records_frame("meeting_theme", [{"meeting_code": LILLE, "theme_code": "nouveau"}])
        changes.commit(database, ChangeSet({"meeting_theme": of_meeting}), Batch(journal.IMPORT, "Import de mai"))
        with pytest.raises(NetstatsError, match=r"l’entrée n° 3 \(Import de mai\)"):
            changes.undo(database, 2)

    def test_not_to_leave_presences_at_a_meeting_that_was_not_held(self, database: Database) -> None:
        coming = "hauts-de-france-a-venir"
        row = meeting(database, code=coming, status="announced").rows["meeting"]
        changes.commit(database, ChangeSet({"meeting": row}), BY_HAND)
        changes.commit(database, ChangeSet({"meeting": row.assign(status="held")}), Batch(journal.ENTRY, "Tenue"))
        present = {"meeting_code": coming, "territory_code": "59512", "printed_name": "Roubaix", "member": None}
        change_set = ChangeSet({"attendance": records_frame("attendance", [present])})
        changes.commit(database, change_set, Batch(journal.ENTRY, "Les présents"))
        with pytest.raises(NetstatsError, match=r"l’entrée n° 4 \(Les présents\)"):
            changes.undo(database, 3)
        with pytest.raises(NetstatsError, match="n’a pas été tenue"):
            changes.commit(database, ChangeSet({"meeting": row.assign(status="cancelled")}), BY_HAND)

    @pytest.mark.parametrize(
        ("table", "row", "needing", "needs"),
        [
            (
                "theme_family",
                {"code": "famille", "name": "Famille", "rank": 99},
                "theme",
                {"code": "x", "family_code": "famille", "name": "Thème X", "short_name": "X"},
            ),
            (
                "network",
                {"code": "reseau", "name": "Réseau", "scope": "regional"},
                "network_region",
                {"network_code": "reseau", "region_code": "32"},
            ),
        ],
    )
    def test_lists_that_need_each_other_are_named(
        self, database: Database, table: str, row: dict[str, object], needing: str, needs: dict[str, object]
    ) -> None:
        changes.commit(database, ChangeSet({table: records_frame(table, [row])}), BY_HAND)
        changes.commit(database, ChangeSet({needing: records_frame(needing, [needs])}), Batch(journal.ENTRY, "Ensuite"))
        with pytest.raises(NetstatsError, match=r"l’entrée n° 3 \(Ensuite\)"):
            changes.undo(database, 2)

    def test_an_alias_does_not_outlive_its_body(self, database: Database) -> None:
        body = {"code": "cispd-x", "kind": "CISPD", "name": "CISPD X"}
        commune = {"territory_code": "cispd-x", "commune_code": "59350"}
        change_set = ChangeSet(
            {
                "territory": records_frame("territory", [body]),
                "territory_commune": records_frame("territory_commune", [commune]),
            }
        )
        changes.commit(database, change_set, BY_HAND)
        alias = {"territory_code": "cispd-x", "name": "Le X"}
        change_set = ChangeSet({"territory_alias": records_frame("territory_alias", [alias])})
        changes.commit(database, change_set, Batch(journal.ENTRY, "Un autre nom"))
        with pytest.raises(NetstatsError, match="Un autre nom"):
            changes.undo(database, 2)

    def test_what_is_put_back_is_no_longer_said_to_be_gone(self, database: Database) -> None:
        changes.commit(database, meeting(database, place="Lille"), BY_HAND)
        for number in (2, 3, 4):
            self.undo(database, number)
            entries = questions.entries(database).set_index("id")
            assert entries.loc[number, "undone_by"] == number + 1
        undone_by = questions.entries(database).set_index("id")["undone_by"]
        assert undone_by.isna().to_dict() == {5: True, 4: False, 3: True, 2: False, 1: True}

    def test_what_was_taken_back_is_no_source_any_more(self, database: Database) -> None:
        changes.commit(database, meeting(database, place="Lille"), BY_HAND)
        assert database.version().entered
        self.undo(database, 2)
        assert not database.version().entered
        self.undo(database, 3)
        assert database.version().entered
        self.undo(database, 4)
        assert not database.version().entered

    def test_not_the_founding_data_nor_what_does_not_exist(self, database: Database) -> None:
        with pytest.raises(NetstatsError, match="elle fonde la base"):
            changes.undo(database, 1)
        with pytest.raises(NetstatsError, match="n’existe pas"):
            changes.undo(database, 99)


def test_a_database_open_for_reading_says_so(real_path: Path, tmp_path: Path) -> None:
    path = Path(copy(real_path, tmp_path / "n.duckdb"))
    database = store.open_database(path, read_only=True)
    for batch in (BY_HAND, Batch(journal.IMPORT, "Import")):
        with pytest.raises(NetstatsError, match="lecture seule"):
            changes.commit(database, meeting(database, place="Lille"), batch)
    database.close()
    assert [file.name for file in tmp_path.iterdir()] == ["n.duckdb"], "no copy was begun"


def test_a_file_that_may_not_be_written_is_opened_for_reading(
    real_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(copy(real_path, tmp_path / "n.duckdb"))
    monkeypatch.setattr("netstats.store.opening.os.access", lambda _, mode: mode == 4)  # root may always write
    database = store.open_database(path)
    assert not database.writable
    assert len(database.ask("FROM meeting")) == 21
    database.close()
