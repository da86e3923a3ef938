"""What every file of data/ looks like: the one place where the columns stand.

`data/network` is kept by hand; `data/reference` is made by tools/build_reference.py, but for the synonyms and the
vocabulary. Lists are written as one row a pair, so that every cell holds one value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "code", "url", "int", "float", "date", "bool", "coordinates"]


@dataclass(frozen=True)
class Column:
    """A column of a file.

    Attributes
    ----------
    name
        As written in the header.
    kind
        What a value is: `code` is a stable identifier of our own (lower-case words joined by hyphens),
        `date` is YYYY-MM-DD, `bool` is true or false, `coordinates` are numbers separated by one space.
    required
        Whether a cell may not be empty.
    one_of
        The only values allowed; empty for any.
    refers_to
        Tables of which one has the value in its column `code`; empty for none.
    unique
        Whether no two rows share a value.
    minimum, maximum
        Bounds of a number, included.
    max_length
        Longest text, in characters.
    """

    name: str
    kind: Kind = "text"
    required: bool = True
    one_of: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()
    unique: bool = False
    minimum: int | None = None
    maximum: int | None = None
    max_length: int | None = None


@dataclass(frozen=True)
class Table:
    """A CSV file: where it stands, its columns, and those that name a row (none: rows are unnamed)."""

    folder: Literal["network", "reference"]
    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("code",)
    within: str = ""  # folder of that folder, which its name begins with: vocabulary_themes is vocabulary/themes.csv

    @property
    def file(self) -> str:
        """The path under data/, with slashes: `network/meetings.csv`."""
        if self.within:
            return f"{self.folder}/{self.within}/{self.name.removeprefix(f'{self.within}_')}.csv"
        return f"{self.folder}/{self.name}.csv"


INTERCOMMUNALITY_KINDS = ("CC", "CA", "CU", "METRO", "EPT")
OWN_KINDS = ("CISPD", "CLSPD")
DATE_PRECISIONS = ("day", "month", "year", "unknown")
FORMATS = ("présentiel", "visioconférence", "hybride", "unknown")
STATUSES = ("held", "announced", "cancelled")
PARTICIPANTS_PRECISIONS = ("exact", "about", "at_least")

TERRITORIES = ("communes", "intercommunalities", "territories", "departments")
"""The tables that hold a body that can attend."""

_CODE = Column("code", "code")
_NAME = Column("name")
_UNIQUE_NAME = Column("name", unique=True)
_RANK = Column("rank", "int", unique=True, minimum=1, maximum=1000)
_SOURCE = Column("source_url", "url")
_POPULATION = Column("population", "int", required=False, minimum=0, maximum=100_000_000)
_LON = Column("lon", "float", required=False, minimum=-180, maximum=180)
_LAT = Column("lat", "float", required=False, minimum=-90, maximum=90)


def _territory(*, required: bool = True) -> Column:
    return Column("territory_code", required=required, refers_to=TERRITORIES)


def _link(name: str, table: str, *, required: bool = True) -> Column:
    return Column(name, required=required, refers_to=(table,))


NETWORK_TABLES = (
    Table(
        "network",
        "batches",
        (
            Column("id", "int", minimum=1, maximum=1_000_000_000),
            Column("applied_on", "date"),
            Column("kind", "code"),
            Column("label"),
        ),
        key=("id",),
    ),
    # What is shown as a choice names one thing only: the filters, the address and the charts go by these names.
    Table("network", "networks", (_CODE, _UNIQUE_NAME, Column("scope", one_of=("regional", "national")))),
    Table(
        "network",
        "network_regions",
        (_link("network_code", "networks"), _link("region_code", "regions")),
        key=("network_code", "region_code"),
    ),
    Table("network", "territories", (_CODE, Column("kind", one_of=OWN_KINDS), _NAME)),
    Table(
        "network",
        "territory_communes",
        (_link("territory_code", "territories"), _link("commune_code", "communes")),
        key=("territory_code", "commune_code"),
    ),
    Table("network", "territory_aliases", (_territory(), _NAME), key=("territory_code", "name")),
    Table("network", "theme_families", (_CODE, _UNIQUE_NAME, _RANK)),
    Table(
        "network",
        "themes",
        (
            _CODE,
            _link("family_code", "theme_families"),
            _UNIQUE_NAME,
            Column("short_name", unique=True, max_length=28),  # the longest that a chart shows whole on a phone
        ),
    ),
    Table("network", "action_types", (_CODE, _UNIQUE_NAME, _RANK)),
    Table("network", "audiences", (_CODE, _UNIQUE_NAME, _RANK)),
    Table(
        "network",
        "meetings",
        (
            _CODE,
            _link("network_code", "networks"),
            Column("kind"),
            Column("held_on", "date", required=False),
            Column("date_precision", one_of=DATE_PRECISIONS),
            Column("held_until", "date", required=False),
            Column("sessions", "int", minimum=1, maximum=1000),
            Column("format", one_of=FORMATS),
            Column("place", required=False),
            Column("participants", "int", required=False, minimum=1, maximum=1_000_000),
            Column("participants_precision", required=False, one_of=PARTICIPANTS_PRECISIONS),
            Column("participants_unit", required=False),
            Column("open_to_non_members", "bool", required=False),
            Column("status", one_of=STATUSES),
            Column("title"),
            Column("note", required=False),
            _SOURCE,
        ),
    ),
    Table(
        "network",
        "attendance",
        (
            _link("meeting_code", "meetings"),
            _territory(),
            Column("printed_name"),
            Column("member", "bool", required=False),
        ),
        key=("meeting_code", "territory_code"),
    ),
    Table(
        "network",
        "meeting_themes",
        (_link("meeting_code", "meetings"), _link("theme_code", "themes")),
        key=("meeting_code", "theme_code"),
    ),
    Table(
        "network",
        "actions",
        (
            _CODE,
            _link("meeting_code", "meetings"),
            _territory(required=False),
            _link("type_code", "action_types"),
            _link("audience_code", "audiences", required=False),
            _link("theme_code", "themes", required=False),
            Column("description"),
            _SOURCE,
        ),
    ),
)

_OFFICIAL_CODE = Column("code")

REFERENCE_TABLES = (
    Table("reference", "regions", (_OFFICIAL_CODE, _NAME)),
    Table("reference", "departments", (_OFFICIAL_CODE, _NAME, _link("region_code", "regions"))),
    Table(
        "reference",
        "communes",
        (_OFFICIAL_CODE, _NAME, _link("department_code", "departments"), _POPULATION, _LON, _LAT),
    ),
    Table(
        "reference",
        "intercommunalities",
        (_OFFICIAL_CODE, _NAME, Column("kind", one_of=INTERCOMMUNALITY_KINDS), _POPULATION, _LON, _LAT),
    ),
    Table(
        "reference",
        "intercommunality_communes",
        (_link("intercommunality_code", "intercommunalities"), _link("commune_code", "communes")),
        key=("intercommunality_code", "commune_code"),
    ),
    Table(
        "reference",
        "aliases",
        (
            Column("territory_code", refers_to=("communes", "intercommunalities", "departments")),
            _NAME,
            Column("kind"),
        ),
        key=("territory_code", "name"),
    ),
    Table(
        "reference",
        "department_outlines",
        (_link("department_code", "departments"), Column("xs", "coordinates"), Column("ys", "coordinates")),
        key=(),  # one row a ring: a department has as many as it has islands and enclaves
    ),
    # Words that mean about the same, kept by hand: the search for one finds the others of its group.
    Table("reference", "synonyms", (Column("group_code", "code"), Column("word")), key=("group_code", "word")),
)

STRENGTHS = ("fort", "faible")


def _vocabulary(name: str, first: Column, *others: Column) -> Table:
    columns = (first, Column("expression", max_length=500), *others)
    return Table("reference", f"vocabulary_{name}", columns, key=(first.name, "expression"), within="vocabulary")


# The words by which minutes are read, kept by hand, see netstats.reference.vocabulary.
VOCABULARY_TABLES = (
    _vocabulary("themes", Column("theme_code", "code", refers_to=("themes",)), Column("strength", one_of=STRENGTHS)),
    _vocabulary(
        "action_types", Column("type_code", "code", refers_to=("action_types",)), Column("strength", one_of=STRENGTHS)
    ),
    _vocabulary("audiences", Column("audience_code", "code", refers_to=("audiences",))),
    _vocabulary("action_cues", Column("role", "code")),
    _vocabulary("formats", Column("format", one_of=FORMATS)),
    _vocabulary("kinds", Column("kind")),
    _vocabulary("units", Column("unit", required=False)),
    _vocabulary("cues", Column("role")),
    _vocabulary("regions", Column("region_code")),
)

TABLES = NETWORK_TABLES + REFERENCE_TABLES + VOCABULARY_TABLES
