"""The database: make it, open it, ask it, write into it, keep copies of it. The only room that speaks to DuckDB."""

from netstats.store import presentations
from netstats.store.backup import back_up, back_up_daily, backups, forget, forget_oldest, listed, made_on, restore
from netstats.store.building import REFERENCE_FILES, ROWS, build, carry_over, verify
from netstats.store.database import (
    BEGINNINGS,
    Database,
    NotWrittenError,
    Version,
    effective_batches,
)
from netstats.store.ddl import schema_sql
from netstats.store.frames import records_frame
from netstats.store.opening import Origin, inspect, open_database
from netstats.store.scripts import schema_fingerprint
from netstats.store.writing import KEYS, Batch, OutdatedError, preview, write

__all__ = [
    "BEGINNINGS",
    "KEYS",
    "REFERENCE_FILES",
    "ROWS",
    "Batch",
    "Database",
    "NotWrittenError",
    "Origin",
    "OutdatedError",
    "Version",
    "back_up",
    "back_up_daily",
    "backups",
    "build",
    "carry_over",
    "effective_batches",
    "forget",
    "forget_oldest",
    "inspect",
    "listed",
    "made_on",
    "open_database",
    "presentations",
    "preview",
    "records_frame",
    "restore",
    "schema_fingerprint",
    "schema_sql",
    "verify",
    "write",
]
