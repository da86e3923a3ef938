"""How long a page of prose takes to be read, and a folder of texts.

    python -m bench.minutes [--rounds N] [--texts N]

A page is the founding text, and one of 500 words made of the test texts; each is read warm, beside what its words alone
take to be cut (the floor). Long texts are of 200 KB: one sentence or thousands, dates, names. All this in time of the
processor. The folder holds the test texts, copied until there are enough; the command reads it as a person would, in a
process of its own.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from netstats import store
from netstats.intake import bootstrap
from netstats.intake.snapshot import read_snapshot
from netstats.minutes.documents import pasted
from netstats.minutes.prose import parse
from netstats.minutes.reader import Reader

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "tests" / "minutes"
BOUND_MILLISECONDS = 20
LONG = 200_000  # characters
BOUND_LONG_MILLISECONDS = 1000
HEAD = "Le réseau Hauts-de-France du FFSU s’est réuni le 7 mai 2020 à Lille sur la prévention de la délinquance. "
PARTS = (
    "La ville de Lille a mis en place un dispositif de médiation ",
    "le réseau Occitanie du FFSU et ",
    "le 12 mars 2024 ",
    "Lille, Lyon, Douai et ",
    "Le réseau Nord a réuni Lille, Lyon et Douai le 3 mai 2021. ",
)
"""Of each, a long text is made by saying it again and again."""


def main() -> None:
    """Measure and print the pages against their bound, then the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--texts", type=int, default=1000)
    arguments = parser.parse_args()
    database = store.build(ROOT / "data" / "reference", bootstrap.network_frames(ROOT / "data"), path=None)
    known = read_snapshot(database)
    begun = time.perf_counter()
    reader = Reader(known)
    print(f"reader made in {time.perf_counter() - begun:.2f} s")
    paths = sorted(TEXTS.rglob("*.txt"))
    longest = max((path.read_text(encoding="utf-8") for path in paths), key=len)
    founding = (TEXTS / "development" / "a-fondateur.txt").read_text(encoding="utf-8")
    for name, text in (
        ("founding text", founding),
        ("longest test text", longest),
        ("both", f"{founding}\n\n{longest}"),
    ):
        document = pasted(text)
        taken = _milliseconds(partial(reader.read, document), arguments.rounds)
        floor = _milliseconds(partial(parse, document.text), arguments.rounds)
        words = len(parse(document.text).tokens)
        print(f"{name}, {words} words: {taken:.1f} ms (bound {BOUND_MILLISECONDS}), cut into words {floor:.1f} ms")
    told = "\n\n".join(path.read_text(encoding="utf-8") for path in paths)
    long = {"test texts": told, "test texts, one sentence": " ".join(told.replace(".", ",").split())}
    for name, text in {**long, **{part: part * (LONG // len(part)) for part in PARTS}}.items():
        taken = _milliseconds(partial(reader.read, pasted(f"{HEAD}{text}"[:LONG])), 1)
        print(f"200 KB, « {name.strip()} »: {taken:.0f} ms (bound {BOUND_LONG_MILLISECONDS})")
    _folder(paths, arguments.texts)


def _milliseconds(work: Callable[[], object], rounds: int) -> float:
    work()  # warm
    taken = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return statistics.median(taken) * 1000


def _folder(paths: list[Path], count: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "texts"
        folder.mkdir()
        for number, path in enumerate(islice(cycle(paths), count)):
            (folder / f"{number:05}-{path.name}").write_bytes(path.read_bytes())
        begun = time.perf_counter()
        database = Path(scratch) / "netstats.duckdb"
        bootstrap.create(database, published=True)
        environment = {**os.environ, "NETSTATS_DATABASE": str(database)}
        done = subprocess.run(
            [sys.executable, "-m", "netstats", "minutes", str(folder)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        said = (done.stdout.strip().splitlines() or [""])[0]
        print(f"{count} texts: {time.perf_counter() - begun:.1f} s, exit code {done.returncode}; {said}")


if __name__ == "__main__":
    main()
