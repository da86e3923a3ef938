"""What people do with a database on disk, each thing in a program of its own, that a test may kill or give no room."""

from __future__ import annotations

import io
import multiprocessing
import os
import sys
from collections.abc import Callable
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from shutil import copy, copytree, rmtree
from typing import Any

from netstats import cli, store
from netstats.catalogue import journal as questions
from netstats.errors import NetstatsError
from netstats.intake import bootstrap, changes, journal
from netstats.store.frames import contents

CONTEXT: Any = multiprocessing.get_context(
    "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
)
if CONTEXT.get_start_method() == "forkserver":
    CONTEXT.set_forkserver_preload(["netstats.cli", "tests.hazards", "tests.test_killed"])  # one reading of pandas

BASE, FIRST = "netstats.duckdb", "first.duckdb"
LINES = "Réseau;Type de réunion;Date;Titre\r\nHauts-de-France;atelier;12/03/2024;Atelier d’essai\r\n"
MINUTES = (  # all that they say is sure: --save lets it in
    "Le réseau Hauts-de-France échange sur les rixes\n\nLes coordonnateurs et directeurs prévention-sécurité des "
    "Hauts-de-France se sont réunis le 4 avril 2024 en visioconférence dans le cadre du réseau régional animé par le "
    "FFSU. La réunion a réuni 14 professionnels.\n\nLes villes de Beauvais et de Lille étaient représentées ainsi que "
    "la CA Maubeuge Val de Sambre.\n\nLa réunion a porté sur les rixes entre jeunes.\n"
)
_COUNTED = {"batch", "change", "presentation", "territory"}  # hours and measured places differ from one time to another


@dataclass(frozen=True)
class Action:
    """Something that somebody does: a command, or what a page calls, on the database of that name in a folder."""

    do: Callable[[Path], int]
    base: str = BASE


def _command(*arguments: str) -> Callable[[Path], int]:
    """Return what runs a command; `@` stands for the folder."""
    return lambda folder: cli.main([argument.replace("@", str(folder)) for argument in arguments])


def _enter(folder: Path) -> int:
    with closing(store.open_database(folder / BASE)) as database:
        changes.commit(database, _renamed(database, "À la main"), store.Batch(journal.ENTRY, "À la main"))
    return 0


def _present(folder: Path) -> int:
    with closing(store.open_database(folder / BASE)) as database:
        store.presentations.save(database, "Essai", '{"slides": []}' * 1000)
        assert "Essai" in set(store.presentations.saved(database)["name"]), "what was said to be saved is there"
        database.version()
    return 0


def _carry_over(folder: Path) -> int:
    for name in ("build_digest", "schema_digest"):  # of another version, in a program of its own
        setattr(bootstrap, name, lambda *_: "made otherwise")
    bootstrap.open_or_build().close()
    assert folder.exists()
    return 0


def _first_start(folder: Path) -> int:
    del os.environ["NETSTATS_DATABASE"]  # only where nobody has named a file is one built unasked
    setattr(bootstrap, "DATABASE_NAME", str(folder / FIRST))  # noqa: B010 - in a program of its own
    return cli.main(["journal"])


def _rebuild(folder: Path) -> int:
    setattr(bootstrap, "network_digest", lambda _: "data/ has changed")  # noqa: B010 - in a program of its own
    bootstrap.open_or_build().close()
    assert folder.exists()
    return 0


ACTIONS = {
    "import": Action(_command("import", "@/lignes.csv")),
    "entry": Action(_enter),
    "undo": Action(_command("undo", "2")),
    "backup": Action(_command("backup")),
    "restore": Action(_command("restore", "@/first-copy.duckdb")),
    "first build": Action(_first_start, FIRST),
    "published": Action(_command("new", f"@/{FIRST}", "--avec", "activite"), FIRST),
    "rebuild": Action(_rebuild, "published.duckdb"),
    "new": Action(_command("new", f"@/{FIRST}"), FIRST),
    "demo": Action(_command("demo", "--meetings", "50", "--out", f"@/{FIRST}"), FIRST),
    "carry-over": Action(_carry_over),
    "minutes": Action(_command("minutes", "--save", "@/minutes.txt")),
    "presentations": Action(_present),
    "export": Action(_command("export", "@/out")),
}


def _renamed(database: store.Database, title: str) -> changes.ChangeSet:
    return changes.ChangeSet({"meeting": database.ask("SELECT * EXCLUDE (batch_id) FROM meeting").assign(title=title)})


def prepare(real_path: Path, folder: Path) -> Path:
    """Put into a folder all that the actions need: a database with an entry, a copy of what it was before, files."""
    path = Path(copy(real_path, folder / BASE))
    copy(real_path, folder / "first-copy.duckdb")
    with closing(store.open_database(Path(copy(real_path, folder / "published.duckdb")))) as database:
        store.presentations.save(database, "Gardée", "{}")
    with closing(store.open_database(path)) as database:
        changes.commit(database, _renamed(database, "Saisie"), store.Batch(journal.ENTRY, "Saisie"))
        assert len(questions.entries(database)) == 2
    rmtree(folder / "sauvegardes")  # it was another day
    (folder / "lignes.csv").write_text(LINES, encoding="utf-8")
    (folder / "minutes.txt").write_text(MINUTES, encoding="utf-8")
    return folder


def again(prepared: Path, folder: Path) -> Path:
    """Return a fresh copy of a folder that was prepared."""
    return Path(copytree(prepared, folder))


def start(name: str, folder: Path, most_bytes: int | None = None) -> tuple[Any, Any]:
    """Start an action in a program of its own, which writes no longer file; return it and what it will say."""
    mine, its = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=_run, args=(name, folder, most_bytes, its))
    process.start()
    its.close()
    return process, mine


def whole(name: str, folder: Path, most_bytes: int | None = None) -> tuple[int, str]:
    """Run an action to its end; return its exit code and what it complained of."""
    process, told = start(name, folder, most_bytes)
    code, said = told.recv()
    process.join()
    return int(code), str(said)


def _run(name: str, folder: Path, most_bytes: int | None, told: Any) -> None:
    action = ACTIONS[name]
    os.environ["NETSTATS_DATABASE"] = str(folder / action.base)
    if most_bytes is not None and sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    said = io.StringIO()
    with redirect_stderr(said), redirect_stdout(io.StringIO()):
        try:
            code = action.do(folder)
        except NetstatsError as error:  # which a page shows as it is
            code = 2
            said.write(str(error))
    told.send((code, said.getvalue()))


def state(path: Path) -> dict[str, object] | None:
    """Return what a database holds, once all of it is read and verified; None without a file."""
    if not path.exists():
        return None
    with closing(store.open_database(path)) as database:
        store.verify(database)
        with database.reading() as cursor:
            held = contents(cursor)
    return {table: rows if table in store.KEYS and table not in _COUNTED else rows[0] for table, rows in held.items()}


def left_behind(folder: Path) -> list[str]:
    """Return the names of what was begun and not finished."""
    return [file.name for file in folder.rglob("*") if file.name.startswith(".netstats-") or file.suffix == ".wal"]
