"""The database of this installation: opened, built from data/ at the first start and when it is no longer up to date.

A demonstration set is opened as it is: it is never built again from data/, which would put the real activity in its
place.
"""

from __future__ import annotations

import hashlib
import logging
import os
from contextlib import suppress
from pathlib import Path

import pandas as pd

from netstats import choices, store
from netstats.errors import NetstatsError, why
from netstats.files import target
from netstats.intake import data_files
from netstats.reference.geography import data_directory
from netstats.wording import counted

DATABASE_NAME = "netstats.duckdb"
"""Where the real activity goes in data/ unless NETSTATS_DATABASE names another file."""

SETTING = "NETSTATS_DATABASE"

_log = logging.getLogger("netstats")


def database_path() -> Path:
    """Return where the database lies: NETSTATS_DATABASE, else netstats.duckdb beside the data.

    A NetstatsError says that it is a link into a folder that is not there: a disk may be missing, and the base with it.
    """
    named = os.environ.get(SETTING)
    path = Path(os.path.expanduser(named)) if named else data_directory() / DATABASE_NAME
    there = target(path)
    if path.is_symlink() and not there.parent.exists():
        raise NetstatsError(
            f"La base {path} est un lien vers {there}, dont le dossier n’existe pas : rien n’a été fait.",
            "Rebranchez le disque où elle est, ou refaites le lien.",
        )
    return there


def find() -> tuple[Path, store.Origin | None]:
    """Return where the database lies, and what it was made from: None before the first start.

    A NetstatsError says that there is no file where NETSTATS_DATABASE says: a slip of the pen there must not show the
    published activity as if it were theirs, and take what they enter.
    """
    try:
        path = database_path()
        if path.is_dir():
            raise NetstatsError(
                f"Le réglage {SETTING} nomme un dossier, pas une base : {path}.",
                f"Nommez-y un fichier, par exemple {path / DATABASE_NAME}.",
            )
        origin = store.inspect(path)
    except OSError as error:  # a name that the system takes for none
        raise NetstatsError(
            f"Le réglage {SETTING} nomme un fichier que ce système ne sait pas ouvrir ({why(error)}).",
            "Corrigez ce réglage.",
        ) from error
    if origin is None and os.environ.get(SETTING):
        raise NetstatsError(
            f"Il n’y a pas de base là où le réglage {SETTING} la nomme, rien n’a été créé : {path}.",
            f'Corrigez ce réglage. Ou créez une base à cet endroit : python -m netstats new "{path}". Ou remettez-y '
            "une sauvegarde, s’il y en a : python -m netstats restore.",
        )
    return path, origin


def open_or_build(*, read_only: bool = False) -> store.Database:
    """Return the database of this installation, for writing, or for questions only: others can then ask it meanwhile.

    It is built from data/ at the first start, and again when data/ has changed since, with the presentations that
    the file holds: until somebody has put something in. From then on it is the only place where that lies, and is
    carried over, with a copy kept aside, when a new version makes databases otherwise or brings a newer official
    geography. Where rows refer to territories that the newer geography has no more (merged communes), the older one
    stays. NetstatsError when the data is not in order, or the file can be neither opened nor written, is not where the
    setting says, or is a demonstration set that an older version has made.
    """
    path, origin = find()
    made = build_digest(data_directory())
    if origin is not None and origin.fictional:
        return _open_demonstration(path, origin, read_only=read_only)
    if origin is not None and origin.kept:
        return (
            store.open_database(path, read_only=read_only) if origin.made == made else _carry_over(path, origin, made)
        )
    digest = network_digest(data_directory())
    if origin is not None and (origin.made, origin.digest) == (made, digest):
        return store.open_database(path, read_only=read_only)
    frames = network_frames(data_directory()) | ({} if origin is None else _presentations(path))
    return store.build(data_directory() / "reference", frames, path=path, made=made, digest=digest)


def _presentations(path: Path) -> dict[str, pd.DataFrame]:
    database = store.open_database(path, read_only=True)
    try:
        return store.presentations.carried(database)
    finally:
        database.close()


def _open_demonstration(path: Path, origin: store.Origin, *, read_only: bool) -> store.Database:
    if not origin.made.startswith(schema_digest()):
        raise NetstatsError(
            f"Le jeu de démonstration {path} a été fait par une autre version de netstats.",
            f"Refaites-le : python -m netstats demo --out {path} --force",
        )
    return store.open_database(path, read_only=read_only)


def _carry_over(path: Path, origin: store.Origin, made: str) -> store.Database:
    try:
        return store.carry_over(data_directory() / "reference", path, made=made)
    except NetstatsError as error:
        if not origin.made.startswith(schema_digest()):
            if isinstance(error, store.NotWrittenError):
                raise
            raise NetstatsError(
                f"La base {path} ne peut pas être reprise par cette version de netstats. {error.what}",
                "Rouvrez-la avec la version précédente, corrigez ces lignes, puis recommencez.",
            ) from error
        _log.warning("the official geography stays that of %s: %s", path, error)
    return store.open_database(path)


def create(path: Path, *, published: bool = False) -> None:
    """Make a database without any activity, into which all is then imported, or with the published one.

    NetstatsError when there is a file of that name, or the place cannot be written.
    """
    if path.exists():
        raise NetstatsError(f"{path} existe déjà : il n’est pas remplacé.", "Nommez un autre fichier.")
    batch = {"id": 1, "applied_on": pd.Timestamp.today().normalize(), "kind": choices.EMPTY, "label": "Base vide"}
    directory = data_directory()
    frames = network_frames(directory) if published else {"batch": pd.DataFrame([batch])}
    digest = network_digest(directory) if published else ""
    made = build_digest(directory)
    store.build(directory / "reference", frames, path=path, made=made, digest=digest).close()


def network_frames(directory: Path) -> dict[str, pd.DataFrame]:
    """Return the rows of data/network by table of the database; NetstatsError names the first issues in them."""
    frames, issues = data_files.read_network(directory)
    if issues:
        shown = " ".join(map(str, issues[:3]))
        others = len(issues) - 3
        more = f" Et {counted(others, 'autre problème', 'autres problèmes')}." if others > 0 else ""
        raise NetstatsError(
            f"Les données ne peuvent pas être lues. {shown}{more}",
            "Corrigez les fichiers ; « python -m netstats check » donne la liste complète.",
        )
    return frames


def schema_digest() -> str:
    """Return a fingerprint of how a database is made, whatever the data."""
    return hashlib.sha256(store.schema_fingerprint().encode()).hexdigest()


def build_digest(directory: Path) -> str:
    """Return a fingerprint of how a database is made and of the official geography: another one needs a new file."""
    return f"{schema_digest()}-{_files_digest(directory, 'reference')}"


def network_digest(directory: Path) -> str:
    """Return a fingerprint of every .csv of data/network."""
    return _files_digest(directory, "network")


def _files_digest(directory: Path, folder: str) -> str:
    digest = hashlib.sha256()
    for file in sorted((directory / folder).glob("*.csv")):
        with suppress(OSError):  # what cannot be read is told by data_files, file by file
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
