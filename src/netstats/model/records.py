"""Tables that nobody fills in: the journal, the search, the presentations, what the file was made from."""

from __future__ import annotations

from netstats.model.column import Column, Table

# One thing that was put in: the founding data, a file, minutes, a form, an undo.
BATCH = Table(
    "batch",
    (
        Column("id", "BIGINT NOT NULL"),
        Column("applied_on", "DATE NOT NULL"),
        Column("applied_at", "TIMESTAMP"),  # in the time of the server; NULL for the founding data
        Column("kind", "VARCHAR NOT NULL"),  # one of model.BATCH_KINDS
        Column("label", "VARCHAR NOT NULL"),
        Column("author", "VARCHAR"),  # a service or initials: no person's name
        Column("source", "VARCHAR"),  # the files, or the address, that it was read from
        Column("undone", "BIGINT"),  # the batch that this one takes back
        Column("text", "VARCHAR"),  # the minutes it was read from, when somebody asked to keep them
    ),
    key=("id",),
    dangling="entrée inconnue",
)

# What a batch changed, row by row, as JSON without batch_id: before is NULL for a new row, after for a removed one.
CHANGE = Table(
    "change",
    (
        Column("batch_id", "BIGINT NOT NULL"),
        Column("table_name", "VARCHAR NOT NULL"),
        Column("key", "VARCHAR NOT NULL"),
        Column("before", "VARCHAR"),
        Column("after", "VARCHAR"),
    ),
    key=(),
)

# A word of an action, once for each of its stems (netstats.reference.words); one of its labels counts half. Plain
# tables that the store fills after every write: no full-text index of one engine.
ACTION_WORD = Table(
    "action_word",
    (
        Column("action_code", "VARCHAR NOT NULL"),
        Column("word", "VARCHAR NOT NULL"),
        Column("stem", "VARCHAR NOT NULL"),
        Column("occurrences", "DOUBLE NOT NULL"),
    ),
    key=(),
)

# Stems of words that mean about the same, from data/reference/synonyms.csv, in both directions.
SYNONYM = Table("synonym", (Column("stem", "VARCHAR NOT NULL"), Column("related", "VARCHAR NOT NULL")), key=())

# What somebody has prepared to show, under its name: no fact of the network, so neither journal nor batch.
PRESENTATION = Table(
    "presentation",
    (
        Column("name", "VARCHAR NOT NULL"),
        Column("content", "VARCHAR NOT NULL"),  # JSON, which only netstats.share reads
        Column("saved_at", "TIMESTAMP NOT NULL"),  # in the time of the server
    ),
    key=("name",),
)

# What the file was built from, to know when to build it again: the way databases are made and the official geography,
# then the founding data.
BUILD = Table("build", (Column("made", "VARCHAR NOT NULL"), Column("digest", "VARCHAR NOT NULL")), key=())
