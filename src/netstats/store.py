"""The database: build it, open it, ask it. The only module that speaks to DuckDB."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

import duckdb
import pandas as pd

from netstats.errors import NetstatsError
from netstats.reference.words import stems, words

# All that says how a database is made, the reading of words included.
_SCRIPTS = ("schema.sql", "build.sql", "action_text.sql", "verify.sql", "keys.sql", "reference/words.py")

# What no question needs is taken away: other files, the network, changes of settings.
_HARDENED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "lock_configuration": "true",
}
_SYNONYMS = (
    "SELECT group_code, word FROM read_csv($path, header = true, all_varchar = true, quote = '\"', escape = '\"')"
)
_COLUMNS = "SELECT table_name, column_name FROM duckdb_columns()"
_VERSION = """
SELECT id, digest, applied_on, EXISTS (SELECT 1 FROM batch WHERE kind = $fictional_kind)
FROM batch, build
ORDER BY id DESC
LIMIT 1
"""

FICTIONAL_KIND = "demonstration"
"""The kind of a batch that is made up; a database with one says on every page and export that it is."""

REFERENCE_FILES = (
    "regions.csv",
    "departments.csv",
    "communes.csv",
    "intercommunalities.csv",
    "intercommunality_communes.csv",
    "aliases.csv",
    "synonyms.csv",
)
"""The files of data/reference that a database is built from."""


@dataclass(frozen=True)
class Version:
    """Which data a figure shows; a cache of figures is good for one value of it.

    Attributes
    ----------
    batch
        Number of the last thing that was put in.
    digest
        What the database was built from.
    updated_on
        Day on which it was.
    fictional
        Whether it is a demonstration set: every page and every export says so.
    """

    batch: int
    digest: str
    updated_on: date
    fictional: bool = False


class Database:
    """An open database. Safe to share between threads: every question gets a cursor of its own."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self.path = path

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor: one connection used by two threads at once is unsafe."""
        with self._lock:
            cursor = self._connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    def ask(self, sql: str, parameters: Mapping[str, object] | None = None) -> pd.DataFrame:
        """Return the answer to one SQL question.

        Parameters
        ----------
        sql
            One statement with named parameters (`$since`).
        parameters
            Values to bind; those that the statement does not name are left out.

        Returns
        -------
        pandas.DataFrame
            Integers that may be unknown are `Int32` or `Int64`, so that 3 stays 3 beside an unknown.
        """
        with self.cursor() as cursor:
            (statement,) = cursor.extract_statements(sql)
            bound = {name: value for name, value in (parameters or {}).items() if name in statement.named_parameters}
            relation = cursor.execute(statement, bound)
            types = {column[0]: str(column[1]) for column in relation.description or ()}
            frame = relation.df()
        whole = [name for name, kind in types.items() if kind.endswith(("INT", "INTEGER")) or kind == "NUMBER"]
        for name in whole:
            if frame[name].dtype.kind == "f":
                frame[name] = frame[name].astype("Int64")
        return frame

    def version(self) -> Version:
        """Return which data the database holds now."""
        with self.cursor() as cursor:
            row = cursor.execute(_VERSION, {"fictional_kind": FICTIONAL_KIND}).fetchone()
        if row is None:
            raise NetstatsError(f"La base {self.path} ne contient encore aucune donnée.", "Reconstruisez-la.")
        return Version(*row)

    def close(self) -> None:
        """Close the database; it can be opened again."""
        self._connection.close()


def build(reference: Path, frames: Mapping[str, pd.DataFrame], *, path: Path | None, digest: str = "") -> Database:
    """Make a new database from the official geography and validated rows, and open it.

    The file takes its name only once it is whole, so that an interrupted build leaves nothing half-written.

    Parameters
    ----------
    reference
        Directory of the official geography (CSV).
    frames
        Table name → rows, as `netstats.intake.dataset` validates them; `territory` and `territory_commune` hold the
        bodies that are not in the official list.
    path
        Where to put the file; None builds in memory.
    digest
        What `frames` and `reference` were made from, to know later whether the file is still up to date.

    Raises
    ------
    NetstatsError
        When a reference file is missing, a key is doubled or a reference dangles, or the place cannot be written.
    """
    if path is None:
        connection = duckdb.connect(":memory:")
        _fill(connection, reference, frames, digest)
        for setting, value in _HARDENED.items():
            connection.execute(f"SET {setting} = {value}")
        return Database(connection, None)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".netstats-") as directory:
            draft = Path(directory) / "netstats.duckdb"
            with duckdb.connect(draft) as connection:
                _fill(connection, reference, frames, digest)
            _put_in_place(draft, path, digest)
    except (OSError, duckdb.Error) as error:
        raise NetstatsError(
            f"La base n’a pas pu être écrite ici : {path} ({error}).",
            "Vérifiez la place et les droits sur ce dossier, ou nommez un autre fichier dans NETSTATS_DATABASE.",
        ) from error
    return open_database(path)


def _put_in_place(draft: Path, path: Path, digest: str) -> None:
    try:
        os.replace(draft, path)
    except PermissionError as error:  # Windows: an open file cannot be replaced
        if read_digest(path) == digest:
            return  # another program has just built the same
        raise NetstatsError(
            f"La base {path} doit être refaite, mais un autre programme l’a ouverte.",
            "Fermez le tableau de bord, puis recommencez.",
        ) from error


def open_database(path: Path) -> Database:
    """Open an existing database, for reading only: several programs can then read it at once.

    Raises
    ------
    NetstatsError
        When the file is missing, is no database, or is open for writing elsewhere.
    """
    if not _is_file(path):
        raise NetstatsError(f"La base {path} n’existe pas.", "Lancez le tableau de bord, il la construit.")
    if not os.access(path, os.R_OK):
        raise _forbidden(path)
    try:
        connection = duckdb.connect(path, read_only=True, config=_HARDENED)
    except (duckdb.IOException, duckdb.PermissionException) as error:
        if "lock" in str(error).lower() or "being used by another process" in str(error).lower():
            raise NetstatsError(
                f"La base {path} est ouverte en écriture par un autre programme.",
                "Fermez-le, ou attendez qu’il ait fini, puis recommencez.",
            ) from error
        raise _foreign(path) from error
    return Database(connection, path)


def read_digest(path: Path) -> str | None:
    """Return what the database at `path` was built from; None when there is no such file, or of an older schema.

    Raises
    ------
    NetstatsError
        When the file is something else, which must not be overwritten, or is open for writing elsewhere.
    """
    if not _is_file(path):
        return None
    database = open_database(path)
    try:
        with database.cursor() as cursor:
            columns = set(cursor.execute(_COLUMNS).fetchall())
            if not {("meeting", "held_on"), ("territory", "code")} <= columns:
                raise _foreign(path)
            row = cursor.execute("SELECT digest FROM build").fetchone() if ("build", "digest") in columns else None
    finally:
        database.close()
    return None if row is None else str(row[0])


def is_fictional(path: Path) -> bool:
    """Return whether the file at `path` is a demonstration set, of whatever schema; False when there is no such file.

    Raises
    ------
    NetstatsError
        When the file is no database, or is open for writing elsewhere.
    """
    if not _is_file(path):
        return False
    database = open_database(path)
    try:
        with database.cursor() as cursor:
            if ("batch", "kind") not in cursor.execute(_COLUMNS).fetchall():
                return False
            row = cursor.execute("SELECT count(*) FROM batch WHERE kind = ?", [FICTIONAL_KIND]).fetchone()
    finally:
        database.close()
    return row is not None and row[0] > 0


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except PermissionError as error:
        raise _forbidden(path) from error


def _forbidden(path: Path) -> NetstatsError:
    return NetstatsError(
        f"Vous n’avez pas le droit de lire {path}.",
        "Demandez ce droit, ou nommez un autre fichier dans NETSTATS_DATABASE.",
    )


def _foreign(path: Path) -> NetstatsError:
    return NetstatsError(
        f"Le fichier {path} n’est pas une base netstats lisible.",
        "Déplacez-le, ou nommez un autre fichier dans NETSTATS_DATABASE : le tableau de bord en construira une.",
    )


def blueprint() -> str:
    """Return the scripts that make a database: when they change, an older file must be built again."""
    return "".join(_script(name) for name in _SCRIPTS)


def _fill(
    connection: duckdb.DuckDBPyConnection, reference: Path, frames: Mapping[str, pd.DataFrame], digest: str
) -> None:
    missing = [name for name in REFERENCE_FILES if not (reference / name).is_file()]
    if missing:
        raise NetstatsError(
            f"Il manque dans {reference} : {', '.join(missing)}.",
            "Récupérez ces fichiers avec le reste du projet (data/reference).",
        )
    connection.execute("BEGIN")
    _run(connection, "schema.sql")
    for table, frame in frames.items():
        connection.append(table, frame, by_name=True)
    _run(connection, "build.sql", reference=reference.as_posix())
    _relate_words(connection, reference / "synonyms.csv")
    index_actions(connection)
    connection.execute("INSERT INTO build VALUES (?)", [digest])
    faults = connection.execute(_script("verify.sql")).fetchall()
    if faults:
        shown = " ; ".join(f"{table} : « {value} » {fault}" for table, value, fault in faults[:5])
        raise NetstatsError(
            f"Les données ne se tiennent pas, rien n’a été écrit ({len(faults)} anomalies, dont : {shown}).",
            "Lancez « python -m netstats check » pour savoir quelle ligne corriger.",
        )
    connection.execute("COMMIT")
    _run(connection, "keys.sql")


def index_actions(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the words of every action anew, for the search; in the transaction that wrote what they are read from."""
    connection.execute("DELETE FROM action_word")
    occurrences: dict[tuple[str, str], float] = {}
    for code, text, weight in connection.execute(_script("action_text.sql")).fetchall():
        for word in words(text):
            occurrences[code, word.text] = occurrences.get((code, word.text), 0.0) + weight
    rows = [(code, word, stem, count) for (code, word), count in occurrences.items() for stem in stems(word)]
    if rows:
        frame = pd.DataFrame(rows, columns=["action_code", "word", "stem", "occurrences"])
        connection.append("action_word", frame, by_name=True)


def _relate_words(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    groups: dict[str, set[str]] = {}
    for group, text in connection.execute(_SYNONYMS, {"path": path.as_posix()}).fetchall():
        groups.setdefault(group, set()).update(stem for word in words(text) for stem in stems(word.text))
    pairs = {(one, other) for group in groups.values() for one in group for other in group if one != other}
    if pairs:
        frame = pd.DataFrame(sorted(pairs), columns=["stem", "related"])
        connection.append("synonym", frame, by_name=True)


def _script(name: str) -> str:
    return resources.files("netstats").joinpath(name).read_text(encoding="utf-8")


def _run(connection: duckdb.DuckDBPyConnection, name: str, **parameters: str) -> None:
    """Run every statement of a script of ours, each with the parameters it names."""
    for statement in connection.extract_statements(_script(name)):
        connection.execute(statement, {key: parameters[key] for key in statement.named_parameters})
