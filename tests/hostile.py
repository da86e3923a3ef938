"""Texts that mean harm where they are taken for markup, an address or a formula, put into every text that we store."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
import pandas as pd

from netstats import choices
from netstats.filters import Filters
from netstats.model import WRITTEN
from netstats.share.plan import Plan, Presentation, Wording, to_json
from netstats.share.slides import KINDS

ELSEWHERE = "evil.example"

HOSTILE = (
    f"<script>pwned=1</script><img src='http://{ELSEWHERE}/a.png' onerror='pwned=1'>"
    f"![x](http://{ELSEWHERE}/b.png) [lien](http://{ELSEWHERE}) :red[x] $x^2$ **gras** :material/home: :smile:"
)
"""A label that is a script, an image, a link, a colour, a formula, bold type and icons where it is taken for markup."""

MARKUP = (
    "<script>pwned=1</script>",
    f"<img class=pwned src=http://{ELSEWHERE}/a.png onerror=pwned=1>",
    "<svg class=pwned onload=pwned=1></svg>",
    "<style>.stMain{display:none}</style>",
    f"<a class=pwned href=http://{ELSEWHERE}/>ici</a>",
    "<b class=pwned>gras</b><br>",
    f"![image](http://{ELSEWHERE}/b.png)",
    f"[lien](http://{ELSEWHERE}/c)",
    "[lien](javascript:pwned=1)",
    "[lien](data:text/html,pwned)",
    f"<http://{ELSEWHERE}/d>",
    f"http://{ELSEWHERE}/e",
    f"www.{ELSEWHERE}",
    f"ici@{ELSEWHERE}",
    f"[renvoi]: http://{ELSEWHERE}/f",
    "$x^2$",
    r"$$\frac{1}{2}$$",
    ":material/home:",
    ":red[rouge]",
    ":blue-background[bleu]",
    ":small[petit]",
    ":streamlit:",
    ":smile:",
    "**gras** _penché_ `code` ~~barré~~",
    "| a | b |",
    "&lt;b&gt; &#60;i&#62; &amp;",
    "{{ 7 * 7 }} {% raw %} %{y} %{customdata}",
    "\u202erenversé\u202c \u2066isolé\u2069",
    "\\ \" ' < > & ; | ?",
)
STARTS = (
    *("=1+1 ", "+1+1 ", "-1+1 ", "@SUM(A1) ", "\t=1+1 ", "\r=1+1 ", "\n=1+1 "),
    *("＝1+1 ", "＋1+1 ", "－1+1 ", "＠SUM(A1) ", " ＝1+1 "),
    *(
        "# ",
        "- ",
        "1. ",
        "> ",
        "``` ",
        "--- ",
        '=HYPERLINK("http://evil.example";"ici") ',
        "'=1+1 ",
        "javascript:pwned=1 ",
    ),
)
ADDRESSES = (
    *("javascript:pwned=1", "data:text/html,<script>pwned=1</script>", "file:///etc/passwd", "//evil.example/g"),
    *(
        "JaVaScRiPt:pwned=1",
        " javascript:pwned=1",
        "vbscript:pwned",
        "https://example.org/a'\"><img src=x onerror=pwned=1>",
    ),
)


def text(rank: int) -> str:
    """Return all of the markup, another piece first for each rank, after a start of a line that means harm."""
    first = rank % len(MARKUP)
    return f"{STARTS[rank % len(STARTS)]}{' '.join((*MARKUP[first:], *MARKUP[:first]))} {rank}"


def code(rank: int) -> str:
    """Return a short text of that kind, as a code may be."""
    return f"{STARTS[rank % len(STARTS)]}{MARKUP[rank % len(MARKUP)]} & / ? # % \" ' {rank}"[-100:]


def spoilt(frames: dict[str, pd.DataFrame], *, codes: bool = False) -> dict[str, pd.DataFrame]:
    """Return the rows of a network with harm in each text that `netstats.model` declares, and in each code of our own.

    No two texts are alike: networks and themes are told apart by their names. With `codes`, those too mean harm.
    """
    spoilt = dict(frames)
    rank = 0
    renamed: dict[str, dict[str, str]] = {}
    for table in WRITTEN.values():
        if codes and table.key == ("code",):
            known = spoilt[table.name]["code"].tolist()
            renamed[table.name] = {before: code(place) for place, before in enumerate(known)}
        changed = {}
        for column in table.stored:
            held = spoilt[table.name].get(column.name)
            if held is None:
                continue
            if column.kind == "text" or column.grows:
                changed[column.name] = [text(rank + place) for place in range(len(held))]
                rank += len(held)
            elif column.kind == "url":
                changed[column.name] = [ADDRESSES[place % len(ADDRESSES)] for place in range(len(held))]
            names = renamed.get(column.refers_to or (table.name if column.name == "code" else ""))
            if names:
                changed[column.name] = [names.get(before, before) for before in held]
        spoilt[table.name] = spoilt[table.name].assign(**changed)
    return spoilt


_HEADERS = ("Code", "Réseau", "Date", "Nature", "Titre", "Lieu", "Note", "Territoires présents", "Thèmes", "Source")
FILE_NAME = "<img class=pwned src=x onerror=pwned=1> **gras** :material∕home: $x^2$ =1+1 "


def files() -> dict[str, bytes]:
    """Return name → .csv to import: lines that are good, asked about, refused; then cells and headers of harm alone."""
    # What an import takes: no address of a person, no letter that turns the others.
    pieces = [piece for piece in MARKUP if "@" not in piece and piece.isprintable() and "\u2066" not in piece]
    good = [
        ["", code(0), f"{day}/03/2026", "webinaire", piece, pieces[day % 7], f"{STARTS[day % 5].strip()} {piece}"]
        for day, piece in enumerate(pieces, start=1)
    ]
    asked = [["", piece, "1/4/2026", "webinaire", piece, "", "", f"Lille {piece} ; Valencienne"] for piece in pieces]
    refused = [[piece, piece, piece, piece, piece, piece, piece, piece, piece, ADDRESSES[0]] for piece in pieces]
    whole = [[text(row + column) for column in range(len(_HEADERS))] for row in range(4)]
    return {
        f"{FILE_NAME}1.csv": _csv([[*_HEADERS, MARKUP[1]], *good, *asked, *refused]),
        f"{FILE_NAME}2.csv": _csv([_HEADERS, *whole]),
        f"{FILE_NAME}3.csv": _csv([[piece[:80] for piece in row] for row in whole]),
    }


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def minutes() -> str:
    """Return minutes that are read as such, with harm in each sentence."""
    pieces = [" ".join(MARKUP[first::6]) for first in range(6)]
    told = "Les villes ont parlé de la sécurité des halls, des caméras et de la police municipale avec les bailleurs."
    said = [f"La ville de Lille a mis en place une médiation de nuit : {piece}. {told}" for piece in pieces]
    return "\n\n".join(["Réunion du réseau Hauts-de-France, le 12 mars 2024", *said, text(0)])


def spoil_the_rest(path: Path) -> None:
    """Put harm into the journal and the presentations of a database, which no row of a network holds."""
    words = {kind: Wording(text(place), text(place + 1), text(place + 2)) for place, kind in enumerate(KINDS)}
    plan = Plan(tuple(KINDS), frozenset(), words)
    with duckdb.connect(path) as connection:
        for rank, kind in enumerate(choices.BATCH_KINDS, start=10):
            said = [text(place) for place in range(rank, rank + 4)]
            answers = json.dumps({text(rank): text(rank + 1)})
            connection.execute(
                """
                INSERT INTO batch (id, applied_on, kind, label, author, source, text, answers)
                VALUES (?, '2026-01-01', ?, ?, ?, ?, ?, ?)
                """,
                [rank, kind, *said, answers],
            )
        date = {"held_on": None, "date_precision": "unknown"}
        after = json.dumps({"code": "x", "title": text(1), "note": text(2), "place": text(3), **date})
        connection.execute("INSERT INTO change VALUES (13, 'meeting', ?, NULL, ?)", [text(5), after])
        connection.execute(
            "INSERT INTO presentation VALUES (?, ?, '2026-01-01')", [text(0), to_json(Presentation(plan, Filters()))]
        )
