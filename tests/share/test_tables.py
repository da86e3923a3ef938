"""A table leaves netstats as a spreadsheet, a program or a terminal expects it, and harms none of them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from netstats.catalogue import overview
from netstats.catalogue.column import Column, Format, columns, count
from netstats.filters import Filters, read_address
from netstats.period import Period
from netstats.share import tables
from netstats.store import Database, Version
from netstats.wording import NO_BREAK

CHOICES = {"departement": {"59": "Nord"}}

FIGURE = overview.Figure(
    name="essai",
    query="none",
    title="Un essai",
    definition="Ce que c’est.",
    columns=columns(
        "name count share held_on date_precision known", count=count("Nombre"), known=Column("Connu", Format.FLAG)
    ),
)


def frame(*names: str) -> pd.DataFrame:
    """Rows of which only the first has a number and a date."""
    size = len(names)
    return pd.DataFrame(
        {
            "name": pd.Series(names, dtype="str"),
            "count": pd.Series([3, *[None] * (size - 1)], dtype="Int64"),
            "share": [0.25] * size,
            "held_on": pd.Series([pd.Timestamp(2020, 5, 6), *[None] * (size - 1)], dtype="datetime64[us]"),
            "date_precision": ["day", *["unknown"] * (size - 1)],
            "known": [True] * size,
        }
    )


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


REAL = Version(batch=1, digest="", updated_on=date(2026, 11, 22))
MADE_UP = Version(batch=1, digest="", updated_on=date(2026, 11, 22), fictional=True)


def csv_of(figure: overview.Figure, rows: pd.DataFrame, version: Version = REAL) -> bytes:
    return tables.to_csv(figure, rows, filters=Filters(departments=("59",)), choices=CHOICES, version=version)


def table(content: bytes) -> list[list[str]]:
    """The rows before the empty line: what follows it explains them."""
    rows = cells(content)
    return rows[: rows.index([])]


class TestCsv:
    def test_it_says_what_defends_it(self) -> None:
        rows = cells(csv_of(FIGURE, frame("Lille")))
        assert rows[rows.index([]) + 1 :] == [
            ["Titre", FIGURE.title],
            ["Champ", "Nord"],
            ["Définition", FIGURE.definition],
            ["Source", FIGURE.source],
            ["Mis à jour le", f"22{NO_BREAK}novembre 2026"],
        ]

    def test_opens_in_a_french_spreadsheet(self) -> None:
        content = csv_of(FIGURE, frame("Élancourt", "L’Haÿ-les-Roses"))
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\xef\xbb\xbf") == 1
        assert content.count(b"\r\n") == 9
        assert table(content) == [
            ["Nom", "Nombre", "Part", "Date", "Précision de la date", "Connu"],
            ["Élancourt", "3", "0,25", "2020-05-06", "jour", "oui"],
            ["L’Haÿ-les-Roses", "", "0,25", "", "date inconnue", "oui"],
        ]

    @pytest.mark.parametrize(("precision", "text"), [("day", "2023-05-01"), ("month", "2023-05"), ("year", "2023")])
    def test_a_date_is_no_more_precise_than_it_is_known(self, precision: str, text: str) -> None:
        known = frame("Lille").assign(held_on=pd.Timestamp(2023, 5, 1), date_precision=precision)
        assert cells(csv_of(FIGURE, known))[1][3] == text

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    def test_a_text_that_would_run_as_a_formula_does_not(self, start: str) -> None:
        text = f'{start}cmd|" /C calc"!A0'
        assert cells(csv_of(FIGURE, frame(text)))[1][0] == f"'{text}"

    def test_a_negative_number_is_no_formula(self) -> None:
        negative = frame("Lille").assign(count=-3, share=-0.5)
        assert cells(csv_of(FIGURE, negative))[1][1:3] == ["-3", "-0,5"]

    @pytest.mark.parametrize("text", ['a;b "c"\nd', "deux\r\nlignes", "d'accord", " espace "])
    def test_a_text_comes_back_as_it_was(self, text: str) -> None:
        assert cells(csv_of(FIGURE, frame(text)))[1][0] == text

    def test_without_rows_the_headers_remain(self) -> None:
        assert table(csv_of(FIGURE, frame("x").iloc[:0])) == [list(FIGURE.headers.values())]

    @pytest.mark.parametrize("figure", overview.FIGURES.values(), ids=lambda figure: figure.name)
    def test_every_figure_comes_out_whole(self, real_database: Database, figure: overview.Figure) -> None:
        answer = figure.ask(real_database, Filters())
        rows = table(csv_of(figure, answer))
        assert rows[0] == list(figure.headers.values())
        assert len(rows) == len(answer) + 1
        assert {len(row) for row in rows} == {len(figure.columns)}
        words = {cell.casefold() for row in rows for cell in row}
        assert not words & {"nan", "nat", "none", "<na>", "true", "false"}
        assert not [cell for row in rows for cell in row if cell.endswith("00:00:00")]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({"periode": "2021"}, "par rapport à 2020"),
        ({"periode": "2020", "departement": "75"}, "par rapport à 2019"),  # no row, and nothing unknown about it
        ({"periode": "2019"}, "aucune : 2018 n’est pas connue"),
        ({"periode": "depuis 2019"}, ""),
    ],
)
def test_a_ranking_says_with_what_it_is_compared(real_database: Database, address: dict[str, str], said: str) -> None:
    choices = overview.choices(real_database)
    filters, unknown = read_address({name: [value] for name, value in address.items()}, choices)
    assert not unknown
    rows = overview.THEMES.ask(real_database, filters)
    assert rows.empty == ("departement" in address)
    content = tables.to_csv(overview.THEMES, rows, filters=filters, choices=choices, version=real_database.version())
    assert [row[1] for row in cells(content) if row[:1] == ["Comparaison"]] == ([said] if said else [])


class TestJson:
    def document(self, database: Database, figure: overview.Figure, filters: Filters) -> dict[str, object]:
        text = tables.to_json(
            figure,
            figure.ask(database, filters),
            filters=filters,
            choices=overview.choices(database),
            version=database.version(),
        )
        document: dict[str, object] = json.loads(text, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
        return document

    @pytest.mark.parametrize("figure", overview.FIGURES.values(), ids=lambda figure: figure.name)
    def test_every_figure_can_be_defended(self, real_database: Database, figure: overview.Figure) -> None:
        filters = Filters(departments=("59",), period=Period.parse("2020"))
        document = self.document(real_database, figure, filters)
        assert document["definition"] == figure.definition
        assert document["source"] == figure.source
        assert document["updated_on"] == real_database.version().updated_on.isoformat()
        sentence, parameters = "Nord, 2020", {"departement": ["59"], "periode": ["2020"]}
        if figure.places_only:
            sentence, parameters = "Nord", {"departement": ["59"]}
        if figure.whole_data:
            sentence, parameters = "Toutes les données, activités nationales comprises, sans aucun filtre", {}
        assert document["selection"] == {"sentence": sentence, "parameters": parameters}
        rows = document["rows"]
        assert isinstance(rows, list)
        assert len(rows) == len(figure.ask(real_database, filters))
        assert all(list(row) == list(figure.columns) for row in rows)

    def test_unknown_is_null_and_dates_are_iso(self, real_database: Database) -> None:
        rows = self.document(real_database, overview.MEETINGS, Filters())["rows"]
        assert isinstance(rows, list)
        assert rows[0]["held_on"] == "2021-06-04"
        assert rows[0]["participants"] is None
        assert rows[-1]["held_on"] is None
        assert rows[-1]["sessions"] == 1

    def test_an_empty_selection_has_no_share(self, real_database: Database) -> None:
        rows = self.document(real_database, overview.INDICATORS, Filters(departments=("59",), regions=("84",)))["rows"]
        assert isinstance(rows, list)
        assert rows[0]["share_covered"] is None
        assert rows[0]["meetings"] == 0


class TestParquet:
    def table(self, figure: overview.Figure, rows: pd.DataFrame, version: Version = REAL) -> pa.Table:
        filters = Filters(departments=("59",))
        content = tables.to_parquet(figure, rows, filters=filters, choices=CHOICES, version=version)
        return pq.read_table(io.BytesIO(content))

    def test_unknown_is_null_and_types_are_real(self) -> None:
        found = self.table(FIGURE, frame("Lille", "=1+1"))
        assert found.column_names == list(FIGURE.columns)
        assert [str(kind) for kind in found.schema.types] == [
            "string",
            "int64",
            "double",
            "date32[day]",
            "string",
            "bool",
        ]
        assert found.to_pylist()[0]["held_on"] == date(2020, 5, 6)
        assert found.to_pylist()[1] == {
            "name": "=1+1",  # no spreadsheet opens it
            "count": None,
            "share": 0.25,
            "held_on": None,
            "date_precision": "unknown",
            "known": True,
        }

    def test_pandas_reads_whole_numbers_that_may_be_unknown(self) -> None:
        content = tables.to_parquet(FIGURE, frame("a", "b"), filters=Filters(), choices=CHOICES, version=REAL)
        assert str(pd.read_parquet(io.BytesIO(content))["count"].dtype) == "Int64"

    def test_it_says_what_defends_it(self) -> None:
        said = json.loads(self.table(FIGURE, frame("Lille"), MADE_UP).schema.metadata[b"netstats"])
        text = tables.to_json(
            FIGURE, frame("Lille"), filters=Filters(departments=("59",)), choices=CHOICES, version=MADE_UP
        )
        told = json.loads(text)
        assert said == {key: value for key, value in told.items() if key != "rows"}
        assert said["warning"] == tables.FICTIONAL
        assert said["selection"]["sentence"] == "Nord"
        assert said["columns"]["name"] == "Nom"

    @pytest.mark.parametrize("figure", overview.FIGURES.values(), ids=lambda figure: figure.name)
    def test_every_figure_comes_out_whole_and_its_types_do_not_depend_on_its_rows(
        self, real_database: Database, figure: overview.Figure
    ) -> None:
        rows = figure.ask(real_database, Filters(), "59350" if figure.subject else "")
        found = self.table(figure, rows)
        assert found.schema.types == self.table(figure, rows.iloc[:0]).schema.types
        assert not [kind for kind in found.schema.types if pa.types.is_null(kind) or pa.types.is_timestamp(kind)]
        for column in rows:
            for value, read in zip(rows[column], found[column].to_pylist(), strict=True):
                if isinstance(read, date):
                    assert read == value.date()
                else:
                    assert pd.isna(value) if read is None else read == value


class TestText:
    def text(self, database: Database, figure: overview.Figure, filters: Filters) -> list[str]:
        return tables.to_text(
            figure,
            figure.ask(database, filters),
            filters=filters,
            choices=overview.choices(database),
            version=database.version(),
        ).splitlines()

    def test_the_key_figures_are_a_list(self, real_database: Database) -> None:
        lines = self.text(real_database, overview.INDICATORS, Filters(regions=("32",)))
        assert lines[:2] == ["Les chiffres clés de la sélection", "Hauts-de-France"]
        found = {
            line.rsplit("  ", 1)[0].strip(): line.rsplit("  ", 1)[1].strip() for line in lines[3:-2] if "  " in line
        }
        assert found["Réunions"] == "5"
        assert found["Présences"] == "28"

    def test_says_source_and_date(self, real_database: Database) -> None:
        last = self.text(real_database, overview.THEMES, Filters())[-1]
        assert last.startswith("Source : FFSU")
        assert "Mis à jour le 22\N{NO-BREAK SPACE}novembre 2026" in last

    def test_an_empty_selection_says_so(self, real_database: Database) -> None:
        lines = self.text(real_database, overview.THEMES, Filters(departments=("2A",)))
        assert "Aucune ligne dans cette sélection." in lines

    def test_columns_line_up(self, real_database: Database) -> None:
        lines = self.text(real_database, overview.ACTION_TYPES, Filters())
        starts = {line.index(name) for line in lines for name in ("Type d’action", "Médiation") if name in line}
        assert len(starts) == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (pd.NA, ""),
        (pd.NaT, ""),
        (float("nan"), ""),
        (True, "oui"),
        (False, "non"),
        (3, "3"),
        (0.5, "0,5"),
        (100.0, "100"),
        (0.0, "0"),
        ("Nord", "Nord"),
    ],
)
def test_french(value: object, text: str) -> None:
    assert tables.french(value) == text


class TestMadeUp:
    """What leaves a demonstration set says that it is one, and what leaves the real data does not."""

    def test_csv(self) -> None:
        rows = cells(csv_of(FIGURE, frame("Lille"), MADE_UP))
        assert rows[rows.index([]) + 1] == ["Attention", tables.FICTIONAL]
        assert tables.FICTIONAL not in csv_of(FIGURE, frame("Lille")).decode()

    @pytest.mark.parametrize(("version", "said"), [(MADE_UP, tables.FICTIONAL), (REAL, None)])
    def test_json(self, version: Version, said: str | None) -> None:
        text = tables.to_json(FIGURE, frame("Lille"), filters=Filters(), choices=CHOICES, version=version)
        assert json.loads(text)["warning"] == said

    def test_text(self) -> None:
        lines = tables.to_text(FIGURE, frame("Lille"), filters=Filters(), choices=CHOICES, version=MADE_UP).splitlines()
        assert lines[2] == tables.FICTIONAL
        assert tables.FICTIONAL not in tables.to_text(
            FIGURE, frame("Lille"), filters=Filters(), choices=CHOICES, version=REAL
        )

    @pytest.mark.parametrize("figure", overview.FIGURES.values(), ids=lambda figure: figure.name)
    def test_no_figure_cites_a_real_source_of_activity(self, figure: overview.Figure) -> None:
        assert "FFSU" not in tables.source(figure, MADE_UP)
        assert tables.source(figure, REAL) == figure.source
        assert ("Insee" in figure.source) == ("Insee" in tables.source(figure, MADE_UP))

    def test_file_name(self) -> None:
        assert tables.file_name(overview.THEMES, Filters(), MADE_UP, "csv") == "netstats_fictif_themes.csv"


class TestFileName:
    def test_says_the_figure_and_the_selection(self) -> None:
        filters = Filters(departments=("59",), period=Period.parse("2020"))
        assert tables.file_name(overview.THEMES, filters, REAL, "csv") == "netstats_themes_59_2020.csv"
        assert tables.file_name(overview.THEMES, Filters(), REAL, "csv") == "netstats_themes.csv"

    def test_is_good_on_every_system(self) -> None:
        hostile = Filters(departments=('../..\\a:b*?"<>|', "x" * 300), period=Period.parse("6 mai 2020 au 8 mai 2020"))
        name = tables.file_name(overview.THEMES, hostile, REAL, "csv")
        assert not set(name) & set('/\\:*?"<>|\0 ')
        assert name.endswith(".csv")
        assert len(name.encode()) < 200


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ({"published": True}, "FFSU, articles et comptes rendus publiés"),
        (
            {"published": True, "entered": True},
            "FFSU, articles et comptes rendus publiés, et données saisies ou importées par les réseaux",
        ),
        ({"published": False, "entered": True}, "données saisies ou importées par les réseaux"),
        ({"published": False}, "aucune donnée encore"),
        ({"published": False, "entered": True, "fictional": True}, "jeu de démonstration inventé"),
    ],
)
def test_the_source_is_where_the_rows_come_from(kinds: dict[str, bool], said: str) -> None:
    version = Version(batch=2, digest="", updated_on=date(2026, 11, 22), **kinds)
    assert tables.source(FIGURE, version) == said
