"""Whatever the text, the reader reads or refuses: no crash, no span out of the text, no long wait."""

from __future__ import annotations

import random
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from netstats.errors import NetstatsError
from netstats.minutes.documents import pasted
from netstats.minutes.reader import Reader

DEVELOPMENT = Path(__file__).resolve().parent / "development"
TODAY = date(2026, 11, 23)
HEAD = "Le réseau Hauts-de-France s’est réuni le 7 mai 2020 à Lille. "
BITS = (
    *(
        "CISPD",
        "CLSPD",
        "ville et",
        "les CA de",
        "(excusé)",
        "Présents :",
        "\n- ",
        "\n",
        " ; ",
        "\t",
        "le 31",
        "FÉVRIER 2021",
    ),
    *(
        "ni Rouen",
        "sauf",
        "(Italie)",
        "du 28 décembre au 3 janvier",
        "mille",
        "de la",
        "15 à 20",
        "—",
        "«",
        "…",
        "№",
        "ſamedi",
    ),
)


def shuffled(text: str, chance: random.Random) -> str:
    """Return a text with words moved, doubled, lost, and others put in."""
    words = text.split(" ")
    for _ in range(chance.randint(3, 25)):
        place = chance.randrange(len(words))
        words[place : place + chance.randint(0, 2)] = chance.sample([*BITS, *words], chance.randint(0, 2))
        words = words or [HEAD]
    return " ".join(words)


@pytest.mark.parametrize("seed", range(150))
def test_a_text_in_disorder_is_read_or_refused(reader: Reader, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    text = shuffled(chance.choice(sorted(DEVELOPMENT.glob("*.txt"))).read_text(encoding="utf-8"), chance)
    try:
        reading = getattr(reader, "_read", reader.read)(
            pasted(text), today=TODAY
        )  # what `read` would tell as a fault is one here
    except NetstatsError:
        return
    for draft in reading.drafts:
        for _, span in draft.evidence():
            assert 0 <= span.start < span.end <= len(reading.text)
            assert reading.text[span.start : span.end].strip()


def seconds(reader: Reader, text: str) -> float:
    start = time.process_time()  # what else the machine does is no work of the reader
    with suppress(NetstatsError):
        reader.read(pasted(text), today=TODAY)
    return time.process_time() - start


@pytest.mark.parametrize(
    "part",
    [
        "le 1, ",
        "le 12 mars 2024 ",
        "M. Lille ",
        "A. ",
        "le réseau Normandie s’est réuni avec Lens et Calais, ",
        "Réunion le 7 mai. ",
        "les villes de Lille et de Creil étaient représentées, ",
        "Lille, Lyon, Douai et ",
        "le réseau Occitanie du FFSU et ",
        "le CISPD de Lille-Creil-Calais ",
        "le trafic de la de la de la drogue ",
        "La ville de Lille a mis en place un dispositif de médiation ",
        "\n\n## Réunion du 12 mars 2024\n\nLe 13 avril 2024, le réseau Hauts-de-France s’est réuni à Lens.\n\n",
    ],
)
def test_four_times_the_text_takes_no_sixteen_times_as_long(reader: Reader, part: str) -> None:
    short, long = (HEAD + part * (length // len(part)) for length in (5_000, 20_000))
    seconds(reader, short)
    ratio = min(seconds(reader, long) for _ in range(2)) / max(min(seconds(reader, short) for _ in range(2)), 0.02)
    assert ratio < 11
