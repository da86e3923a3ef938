"""How long 100,000 lines take to come in, beside what pandas alone takes to read the same file.

    python -m bench.imports [--lines N] [--rounds N] [SHEET…]

Each measure is a process of its own (its peak of memory counts), in turn: reading by pandas, then the whole import as
`netstats import` does it: reading, matching, validating, the difference, the copy, the transaction.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd
import xlsxwriter

ROOT = Path(__file__).resolve().parents[1]
BOUND_SECONDS, BOUND_MEBIBYTES = 10, 1024
SHEETS = ("presences", "reunions", "actions")
NETWORKS = {"Hauts-de-France": "32", "Île-de-France": "11", "Auvergne-Rhône-Alpes": "84", "Nouvelle-Aquitaine": "75"}

# Runs in the measured process: what it takes and its peak of memory are its last line.
_MEASURED = """
import resource, sys, time
begun = time.perf_counter()
{work}
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(time.perf_counter() - begun, peak)
"""
_READ = {
    ".xlsx": "import pandas\npandas.read_excel(sys.argv[1], sheet_name=None, engine='openpyxl')",
    ".csv": "import pandas\npandas.read_csv(sys.argv[1], sep=';', encoding='utf-8-sig')",
}
_IMPORT = """
from netstats.cli import main
if main(["import", *sys.argv[1:]]) != 0:
    sys.exit("the import was refused")
"""


def main() -> None:
    """Measure what is asked for, and print it against the bounds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sheets", nargs="*", choices=[*SHEETS, []], metavar="SHEET")
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        directory = Path(scratch)
        for sheet in arguments.sheets or SHEETS:
            meetings, table = made_up(sheet, arguments.lines)
            for suffix in (".xlsx", ".csv"):
                files = write(directory, sheet, meetings, table, suffix)
                compare(f"{sheet}{suffix}", files, arguments.rounds, directory)


def made_up(sheet: str, lines: int) -> tuple[list[list[str]], list[list[str]]]:
    """Return the rows of the meetings and of the sheet that has that many lines, headers first."""
    chance = random.Random(1)  # noqa: S311
    towns = _towns()
    kinds = ["réunion de réseau", "atelier", "webinaire"]
    themes = ["Stupéfiants", "Police municipale", "Médiation", "Rixes", "Vie nocturne"]
    meetings = [["Code", "Réseau", "Nature", "Date", "Format", "Participants", "Thèmes"]]
    for number in range(lines if sheet == "reunions" else lines // 25):
        network = chance.choice(list(NETWORKS))
        day = f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(1995, 2017)}"
        said = " ; ".join(chance.sample(themes, 2))
        meetings.append([f"banc-{number}", network, chance.choice(kinds), day, "présentiel", "environ 30", said])
    if sheet == "reunions":
        return [], meetings
    rows = [["Réunion", "Territoire", "Membre du FFSU"]]
    if sheet == "actions":
        rows = [["Réunion", "Territoire", "Type d’action", "Public", "Thème", "Description"]]
    for code, network, *_ in meetings[1:]:
        for number, town in enumerate(chance.sample(towns[NETWORKS[network]], 25)):
            if sheet == "presences":
                rows.append([code, town, chance.choice(["oui", "non", ""])])
            else:
                deed = f"Envoyer des médiateurs aux abords des collèges de {town}, {number + 1} fois par an."
                rows.append([code, town, "Médiation", "Jeunes", chance.choice(themes), deed])
    return meetings, rows


def _towns() -> dict[str, list[str]]:
    """Return names by region that mean one town each."""
    reference = ROOT / "data" / "reference"
    communes = pd.read_csv(reference / "communes.csv", dtype="str")
    regions = pd.read_csv(reference / "departments.csv", dtype="str").set_index("code")["region_code"]
    communes["region"] = communes["department_code"].map(regions)
    aliases = pd.read_csv(ROOT / "data" / "network" / "autres-noms.csv", sep=";", dtype="str")["Autre nom"]
    doubtful = communes["name"].duplicated(keep=False) | communes["name"].isin(aliases)
    alone = communes[~doubtful & (communes["population"].astype("float") > 2000)]
    return {str(region): sorted(group["name"]) for region, group in alone.groupby("region")}


def write(directory: Path, sheet: str, meetings: list[list[str]], table: list[list[str]], suffix: str) -> list[Path]:
    """Write the files, and return them with the one that is measured first."""
    sheets = {sheet: table, **({"reunions": meetings} if meetings else {})}
    if suffix == ".xlsx":
        path = directory / f"{sheet}.xlsx"
        with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
            for name, rows in sheets.items():
                page = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    page.write_row(number, 0, row)
        return [path]
    paths = [directory / f"{name}.csv" for name in sheets]
    for path, rows in zip(paths, sheets.values(), strict=True):
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows(rows)
    return paths


def compare(name: str, files: list[Path], rounds: int, directory: Path) -> None:
    """Read and import in turn, each time into a database of its own, and print both."""
    read, brought = [], []
    for number in range(rounds):
        read.append(_measure(_READ[files[0].suffix], files[:1], directory / "none.duckdb"))
        database = directory / f"{name}-{number}.duckdb"
        _run(["-m", "netstats", "new", str(database), "--avec", "activite"], database)
        brought.append(_measure(_IMPORT, files, database))
        for left in (database, *(directory / "sauvegardes").glob("*")):
            left.unlink()
    floor, seconds = (statistics.median(second for second, _ in runs) for runs in (read, brought))
    peaks = [max(mebibytes for _, mebibytes in runs) for runs in (read, brought)]
    print(
        f"{name}: import {seconds:.1f} s (bound {BOUND_SECONDS}), {seconds / floor:.1f} x pandas alone ({floor:.1f} s)"
    )
    print(f"  peak {peaks[1]:.0f} MiB (bound {BOUND_MEBIBYTES}), pandas alone {peaks[0]:.0f} MiB")


def _measure(work: str, files: list[Path], database: Path) -> tuple[float, float]:
    output = _run(["-c", _MEASURED.format(work=work), *map(str, files)], database)
    seconds, mebibytes = output.splitlines()[-1].split()
    return float(seconds), float(mebibytes)


def _run(arguments: list[str], database: Path) -> str:
    environment = os.environ | {"NETSTATS_DATABASE": str(database), "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode != 0:
        sys.exit(f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    main()
