"""The journal says what an edit changes, field by field, and takes an entry back while nothing stands in the way."""

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
from netstats.intake import journal
from netstats.intake.founding import records_frame
from netstats.store import Batch, Database, Edit

LILLE = "hauts-de-france-2020-05-06"
BY_HAND = Batch(journal.ENTRY, "À la main", "secrétariat")


@pytest.fixture
def database(real_path: Path, tmp_path: Path) -> Iterator[Database]:
    opened = store.open_database(Path(copy(real_path, tmp_path / "n.duckdb")))
    yield opened
    opened.close()


def meeting(database: Database, **changed: Any) -> Edit:
    rows = database.ask("SELECT * EXCLUDE (batch_id) FROM meeting WHERE code = $code", {"code": LILLE})
    for name, value in changed.items():
        rows[name] = value
    return Edit({"meeting": rows})


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
        edit = meeting(database, place="Lille", held_on=pd.Timestamp(2020, 5, 1), date_precision="month")
        difference = journal.rehearse(database, edit)
        told = journal.told(database, difference.changes)
        assert told[["sorte", "quoi", "champ", "avant", "après"]].values.tolist() == [
            ["modification", "réunion", "Date", "6\xa0mai 2020", "mai 2020"],
            ["modification", "réunion", "Lieu", "", "Lille"],
        ]
        assert difference.sentence() == "modification de 1\xa0réunion"
        assert same(everything(database), before)
        assert database.version().batch == 1

    def test_codes_are_told_by_name(self, database: Database) -> None:
        edit = Edit(
            {
                "attendance": records_frame(
                    "attendance",
                    [{"meeting_code": LILLE, "territory_code": "59512", "printed_name": "Roubaix", "member": True}],
                )
            },
            {"meeting_theme": pd.DataFrame([{"meeting_code": LILLE, "theme_code": "covid-19"}])},
        )
        told = journal.told(database, journal.rehearse(database, edit).changes)
        added = told[told["sorte"] == "ajout"].set_index("champ")["après"]
        assert dict(added) == {
            "Réunion": "Réunion du réseau Hauts-de-France (6\xa0mai 2020)",
            "Territoire": "Roubaix (59)",
            "Nom dans la source": "Roubaix",
            "Membre du FFSU": "oui",
        }
        removed = told[told["sorte"] == "retrait"].set_index("champ")["avant"]
        assert removed["Thème"] == "Covid-19 : confinement et déconfinement"

    def test_what_is_there_already_is_counted(self, database: Database) -> None:
        rows = database.ask("SELECT * EXCLUDE (batch_id) FROM meeting")
        difference = journal.rehearse(database, Edit({"meeting": rows}))
        assert difference.is_empty
        assert difference.counts().to_dict("records") == [
            {"table_name": "meeting", "ajout": 0, "modification": 0, "retrait": 0, "inchangé": len(rows)}
        ]
        assert difference.sentence() == "aucun changement"
        assert journal.apply(database, Edit({"meeting": rows}), BY_HAND) is None
        assert database.version().batch == 1

    def test_every_column_of_every_table_has_a_french_name(self, database: Database) -> None:
        for table in store.KEYS:
            rows = database.ask(f"FROM {table} LIMIT 1").drop(columns="batch_id", errors="ignore")
            own = {"territory": ["code", "kind", "name"], "territory_alias": ["territory_code", "name"]}.get(table)
            changes = pd.DataFrame(
                [
                    {
                        "table_name": table,
                        "key": "x",
                        "before": None,
                        "after": rows[own or list(rows.columns)].iloc[0].to_json(date_format="iso"),
                    }
                ]
            )
            told = journal.told(database, changes)
            assert set(told["quoi"]) == {journal.NOUNS[table][0]}


class TestEntry:
    def test_it_says_who_when_and_what(self, database: Database) -> None:
        number = journal.apply(database, meeting(database, place="Lille"), BY_HAND)
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
            journal.apply(database, meeting(database, place="Lille"), Batch(journal.ENTRY, "x", who))
        assert database.version().batch == 1

    @pytest.mark.parametrize(
        "edit",
        [
            Edit(removed={"meeting": pd.DataFrame([{"code": LILLE}])}),
            Edit(removed={"theme": pd.DataFrame([{"code": "covid-19"}])}),
            Edit(
                {"meeting_theme": records_frame("meeting_theme", [{"meeting_code": "nowhere", "theme_code": "rixes"}])}
            ),
        ],
    )
    def test_rows_that_do_not_fit_are_not_written(self, database: Database, edit: Edit) -> None:
        before = everything(database)
        with pytest.raises(NetstatsError, match="rien n’a été écrit"):
            journal.apply(database, edit, BY_HAND)
        assert same(everything(database), before)
        assert database.version().batch == 1

    def test_a_body_of_ours_lies_where_its_communes_do(self, database: Database) -> None:
        edit = Edit(
            {
                "territory": records_frame("territory", [{"code": "cispd-x", "kind": "CISPD", "name": "CISPD X"}]),
                "territory_commune": records_frame(
                    "territory_commune",
                    [{"territory_code": "cispd-x", "commune_code": code} for code in ("59350", "62193")],
                ),
            }
        )
        journal.apply(database, edit, BY_HAND)
        (body,) = database.ask("SELECT * FROM territory WHERE code = 'cispd-x'").to_dict("records")
        towns = database.ask("SELECT population FROM territory WHERE code IN ('59350', '62193')")
        assert body["population"] == towns["population"].sum()
        assert body["department_code"] == "59"
        departments = "SELECT department_code FROM territory_department WHERE territory_code = 'cispd-x' ORDER BY ALL"
        assert list(database.ask(departments)["department_code"]) == ["59", "62"]
        journal.apply(database, journal.taking_back(database, 2), Batch(journal.UNDO, "x", undone=2))
        assert database.ask(departments).empty

    def test_official_territories_are_not_ours_to_change(self, database: Database) -> None:
        before = database.ask("SELECT * FROM territory ORDER BY code")
        edit = Edit(removed={"territory": pd.DataFrame([{"code": "59350"}])})
        assert journal.apply(database, edit, BY_HAND) is None
        assert database.ask("SELECT * FROM territory ORDER BY code").equals(before)


class TestTakingBack:
    def undo(self, database: Database, number: int) -> int | None:
        edit = journal.taking_back(database, number)
        return journal.apply(database, edit, Batch(journal.UNDO, f"Annulation de {number}", undone=number))

    def test_everything_is_as_before(self, database: Database) -> None:
        before = everything(database)
        edit = meeting(database, place="Lille", participants=12)
        town = {"meeting_code": LILLE, "territory_code": "59512", "printed_name": "Roubaix", "member": None}
        edit = Edit(
            {**edit.rows, "attendance": records_frame("attendance", [town])},
            {"meeting_theme": pd.DataFrame([{"meeting_code": LILLE, "theme_code": "covid-19"}])},
        )
        assert journal.apply(database, edit, BY_HAND) == 2
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
        journal.apply(database, Edit(removed=keys), BY_HAND)
        assert database.ask("SELECT 1 FROM action_word WHERE starts_with(action_code, $code)", {"code": LILLE}).empty
        self.undo(database, 2)
        assert same(everything(database), before)

    def test_once_only(self, database: Database) -> None:
        journal.apply(database, meeting(database, place="Lille"), BY_HAND)
        self.undo(database, 2)
        with pytest.raises(NetstatsError, match="déjà annulée"):
            journal.taking_back(database, 2)

    def test_not_over_what_was_changed_since(self, database: Database) -> None:
        journal.apply(database, meeting(database, place="Lille"), BY_HAND)
        journal.apply(database, meeting(database, note="Depuis"), Batch(journal.ENTRY, "Une note"))
        with pytest.raises(NetstatsError, match=r"l’entrée n° 3 \(Une note\)"):
            journal.taking_back(database, 2)
        self.undo(database, 3)
        assert self.undo(database, 2) == 5, "once what came after is itself taken back"

    def test_not_under_rows_that_need_it(self, database: Database) -> None:
        theme = {"code": "nouveau", "family_code": "autres", "name": "Nouveau", "short_name": "Nouveau"}
        journal.apply(database, Edit({"theme": records_frame("theme", [theme])}), BY_HAND)
        of_meeting = records_frame("meeting_theme", [{"meeting_code": LILLE, "theme_code": "nouveau"}])
        journal.apply(database, Edit({"meeting_theme": of_meeting}), Batch(journal.IMPORT, "Import de mai"))
        with pytest.raises(NetstatsError, match=r"l’entrée n° 3 \(Import de mai\)"):
            journal.taking_back(database, 2)

    def test_not_to_leave_presences_at_a_meeting_that_was_not_held(self, database: Database) -> None:
        coming = "hauts-de-france-a-venir"
        row = meeting(database, code=coming, status="announced").rows["meeting"]
        journal.apply(database, Edit({"meeting": row}), BY_HAND)
        journal.apply(database, Edit({"meeting": row.assign(status="held")}), Batch(journal.ENTRY, "Tenue"))
        present = {"meeting_code": coming, "territory_code": "59512", "printed_name": "Roubaix", "member": None}
        edit = Edit({"attendance": records_frame("attendance", [present])})
        journal.apply(database, edit, Batch(journal.ENTRY, "Les présents"))
        with pytest.raises(NetstatsError, match=r"l’entrée n° 4 \(Les présents\)"):
            journal.taking_back(database, 3)
        with pytest.raises(NetstatsError, match="n’a pas été tenue"):
            journal.apply(database, Edit({"meeting": row.assign(status="cancelled")}), BY_HAND)

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
        journal.apply(database, Edit({table: records_frame(table, [row])}), BY_HAND)
        journal.apply(database, Edit({needing: records_frame(needing, [needs])}), Batch(journal.ENTRY, "Ensuite"))
        with pytest.raises(NetstatsError, match=r"l’entrée n° 3 \(Ensuite\)"):
            journal.taking_back(database, 2)

    def test_an_alias_does_not_outlive_its_body(self, database: Database) -> None:
        body = {"code": "cispd-x", "kind": "CISPD", "name": "CISPD X"}
        commune = {"territory_code": "cispd-x", "commune_code": "59350"}
        edit = Edit(
            {
                "territory": records_frame("territory", [body]),
                "territory_commune": records_frame("territory_commune", [commune]),
            }
        )
        journal.apply(database, edit, BY_HAND)
        alias = {"territory_code": "cispd-x", "name": "Le X"}
        edit = Edit({"territory_alias": records_frame("territory_alias", [alias])})
        journal.apply(database, edit, Batch(journal.ENTRY, "Un autre nom"))
        with pytest.raises(NetstatsError, match="Un autre nom"):
            journal.taking_back(database, 2)

    def test_what_is_put_back_is_no_longer_said_to_be_gone(self, database: Database) -> None:
        journal.apply(database, meeting(database, place="Lille"), BY_HAND)
        for number in (2, 3, 4):
            self.undo(database, number)
            entries = questions.entries(database).set_index("id")
            assert entries.loc[number, "undone_by"] == number + 1
        undone_by = questions.entries(database).set_index("id")["undone_by"]
        assert undone_by.isna().to_dict() == {5: True, 4: False, 3: True, 2: False, 1: True}

    def test_what_was_taken_back_is_no_source_any_more(self, database: Database) -> None:
        journal.apply(database, meeting(database, place="Lille"), BY_HAND)
        assert database.version().entered
        self.undo(database, 2)
        assert not database.version().entered
        self.undo(database, 3)
        assert database.version().entered
        self.undo(database, 4)
        assert not database.version().entered

    def test_not_the_founding_data_nor_what_does_not_exist(self, database: Database) -> None:
        with pytest.raises(NetstatsError, match="elle fonde la base"):
            journal.taking_back(database, 1)
        with pytest.raises(NetstatsError, match="n’existe pas"):
            journal.taking_back(database, 99)


def test_a_database_open_for_reading_says_so(real_path: Path, tmp_path: Path) -> None:
    path = Path(copy(real_path, tmp_path / "n.duckdb"))
    database = store.open_database(path, read_only=True)
    for batch in (BY_HAND, Batch(journal.IMPORT, "Import")):
        with pytest.raises(NetstatsError, match="lecture seule"):
            journal.apply(database, meeting(database, place="Lille"), batch)
    database.close()
    assert [file.name for file in tmp_path.iterdir()] == ["n.duckdb"], "no copy was begun"


def test_a_file_that_may_not_be_written_is_opened_for_reading(
    real_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(copy(real_path, tmp_path / "n.duckdb"))
    monkeypatch.setattr("netstats.store.database.os.access", lambda _, mode: mode == 4)  # root may always write
    database = store.open_database(path)
    assert not database.writable
    assert len(database.ask("FROM meeting")) == 21
    database.close()
