"""THE declaration of the data: tables, keys, columns and closed lists, as plain data.

All else is derived from it: the SQL that makes the tables, verifies and writes them (`netstats.store.ddl`, printed by
`python -m netstats schema`), the forms that people fill in, the template, the headers that an import recognises, the
export, the words of the journal, the tables of docs/import.md. To add a column, add it to its table here.
"""

from netstats.model import activity, lists, meetings, records, territories
from netstats.model.choices import (
    BATCH_KINDS,
    DATE_PRECISIONS,
    FORMATS,
    HEADCOUNT_PRECISIONS,
    HEADCOUNT_UNITS,
    INTERCOMMUNALITY_KINDS,
    KIND_GROUPS,
    MEETING_KINDS,
    OWN_KINDS,
    SCOPES,
    STATUSES,
    TERRITORY_KINDS,
    VALUES,
    TerritoryKind,
)
from netstats.model.column import Column, Form, Kind, Table

WRITTEN: dict[str, Table] = {
    table.name: table
    for table in (
        lists.NETWORK,
        lists.NETWORK_REGION,
        lists.THEME_FAMILY,
        lists.THEME,
        lists.ACTION_TYPE,
        lists.AUDIENCE,
        territories.TERRITORY,
        territories.TERRITORY_COMMUNE,
        territories.TERRITORY_ALIAS,
        meetings.MEETING,
        activity.ATTENDANCE,
        activity.MEETING_THEME,
        activity.ACTION,
    )
}
"""The tables that people write, by name, in the order in which their rows refer to each other."""

TABLES: dict[str, Table] = {
    **{table.name: table for table in (territories.REGION, territories.DEPARTMENT, territories.TERRITORY_DEPARTMENT)},
    **WRITTEN,
    **{
        table.name: table
        for table in (
            records.BATCH,
            records.CHANGE,
            records.ACTION_WORD,
            records.SYNONYM,
            records.PRESENTATION,
            records.BUILD,
        )
    },
}
"""All the tables of the database, by name."""

__all__ = [
    "BATCH_KINDS",
    "DATE_PRECISIONS",
    "FORMATS",
    "HEADCOUNT_PRECISIONS",
    "HEADCOUNT_UNITS",
    "INTERCOMMUNALITY_KINDS",
    "KIND_GROUPS",
    "MEETING_KINDS",
    "OWN_KINDS",
    "SCOPES",
    "STATUSES",
    "TABLES",
    "TERRITORY_KINDS",
    "VALUES",
    "WRITTEN",
    "Column",
    "Form",
    "Kind",
    "Table",
    "TerritoryKind",
]
