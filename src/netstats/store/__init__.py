"""The database: make it, open it, ask it, write into it, keep copies of it. The only room that speaks to DuckDB."""

from netstats.store import presentations
from netstats.store.backup import back_up, backups, forget, forget_oldest, restore
from netstats.store.building import REFERENCE_FILES, ROWS, build, carry_over, verify
from netstats.store.database import (
    BEGINNINGS,
    EMPTY_KIND,
    FICTIONAL_KIND,
    FOUNDING_KIND,
    Database,
    Origin,
    Version,
    inspect,
    open_database,
    standing,
)
from netstats.store.scripts import blueprint
from netstats.store.writing import KEYS, Batch, Changes, Edit, OutdatedError, rehearse, write

__all__ = [
    "BEGINNINGS",
    "EMPTY_KIND",
    "FICTIONAL_KIND",
    "FOUNDING_KIND",
    "KEYS",
    "REFERENCE_FILES",
    "ROWS",
    "Batch",
    "Changes",
    "Database",
    "Edit",
    "Origin",
    "OutdatedError",
    "Version",
    "back_up",
    "backups",
    "blueprint",
    "build",
    "carry_over",
    "forget",
    "forget_oldest",
    "inspect",
    "open_database",
    "presentations",
    "rehearse",
    "restore",
    "standing",
    "verify",
    "write",
]
