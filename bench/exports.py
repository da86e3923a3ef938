"""How long the files of a selection take, and how much of that is the writing of the cells.

    python -m bench.exports [--meetings N] [--rounds N]

The real activity, then a demonstration set; the whole of it, as nobody filters. Beside each file stands a floor: the
same cells written bare by the same library, asked of nobody.
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
import xlsxwriter

from netstats import demonstration, store
from netstats.catalogue import overview
from netstats.filters import Filters
from netstats.intake.bootstrap import network_frames
from netstats.reference.geography import department_outlines
from netstats.share.bodies import Slide
from netstats.share.deck import to_pptx
from netstats.share.selection import Selection, asked_of
from netstats.share.slides import KINDS, slides
from netstats.share.workbook import to_xlsx
from netstats.store import Database

ROOT = Path(__file__).resolve().parents[1]
BOUND_SECONDS = 5


def main() -> None:
    """Measure and print each file of each set against its bound."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--meetings", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with _databases(arguments.meetings) as databases:
        for name, database in databases.items():
            today = date.today()
            selection = Selection(
                asked_of(database, today=today), Filters(), overview.choices(database), database.version(), today
            )
            measure_workbook(name, selection, arguments.rounds)
            measure_deck(name, selection, arguments.rounds)


def measure_workbook(name: str, selection: Selection, rounds: int) -> None:
    """Print how long the workbook of a selection takes, beside the same cells written bare."""
    content = to_xlsx(selection)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    count = sum(value is not None for rows in sheets.values() for row in rows for value in row)
    taken, floor = _seconds(partial(to_xlsx, selection), rounds), _seconds(partial(_bare, sheets), rounds)
    print(
        f"{name}, .xlsx: {taken:.2f} s (bound {BOUND_SECONDS} s), {count} cells in {len(sheets)} sheets, "
        f"{len(content) / 1024:.0f} kB; floor {floor:.2f} s, {taken / floor:.1f} times"
    )


def measure_deck(name: str, selection: Selection, rounds: int) -> None:
    """Print how long the deck of a selection takes, beside its slides made and not written."""
    outlines = department_outlines()

    def made() -> list[Slide]:
        return list(slides(selection, outlines))

    def written() -> bytes:
        return to_pptx(selection, made(), title=name, count=len(KINDS))

    taken, floor = _seconds(written, rounds), _seconds(made, rounds)
    print(
        f"{name}, .pptx: {taken:.2f} s (bound {BOUND_SECONDS} s), {len(made())} slides, {len(written()) // 1024} kB; "
        f"slides alone {floor:.2f} s, {taken / floor:.1f} times"
    )


def _bare(sheets: dict[str, list[tuple[object, ...]]]) -> None:
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif isinstance(value, date):
                    sheet.write_datetime(row, column, value, day)
                elif value is not None:
                    sheet.write_number(row, column, value)
    book.close()


def _seconds(work: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


@contextmanager
def _databases(meetings: int) -> Iterator[dict[str, Database]]:
    with tempfile.TemporaryDirectory() as scratch:
        made_up = Path(scratch) / "demo.duckdb"
        demonstration.write(made_up, meetings=meetings, seed=1)
        databases = {
            "real data": store.build(ROOT / "data" / "reference", network_frames(ROOT / "data"), path=None),
            f"{meetings} made-up meetings": store.open_database(made_up, read_only=True),
        }
        try:
            yield databases
        finally:
            for database in databases.values():
                database.close()


if __name__ == "__main__":
    main()
