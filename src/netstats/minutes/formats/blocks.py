"""Blocks of text to a document, and the refusals that all formats share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from netstats.errors import NetstatsError
from netstats.intake.read.grids import file_error
from netstats.minutes.drafts import Span
from netstats.minutes.formats.cleaning import cleaned
from netstats.wording import number

MOST_BYTES = 10 * 1024 * 1024
"""Largest file, and longest text that is pasted, before anything is looked at."""
MOST_CHARACTERS = 200_000
"""Longest text, once cleaned: about a hundred pages."""
MOST_UNPACKED = 20 * 1024 * 1024
"""Largest part of a document once inflated, in bytes."""

EXPECTED = "Sont lus les fichiers .docx, .odt, .pdf, .html, .txt et .md ; vous pouvez aussi coller le texte."
CUT = "Gardez la partie qui raconte les réunions, ou partagez-le en plusieurs."


@dataclass(frozen=True)
class Document:
    """A text to read, as `cleaned` leaves it, and the parts of it that are known to be headings, in their order.

    `name` is that of the file, empty for a text that was pasted; `source_url` where a web page says it is published.
    """

    text: str
    headings: tuple[Span, ...] = ()
    name: str = ""
    source_url: str = ""


class Block(NamedTuple):
    """A text of a kind: `paragraph`, `heading`, `item` or `row`."""

    kind: str
    text: str


_BULLET = re.compile(r"[-–—•·▪*][ \u00a0]+")
_SHORT_ROW = 300  # characters of a row whose cells hold several paragraphs, and that is one line all the same


class Writer:
    """Blocks in their order, rows of tables being put on a line when their cells are short."""

    def __init__(self, name: str) -> None:
        self.blocks: list[Block] = []
        self._name = name
        self._left = 4 * MOST_CHARACTERS  # much of it may be blank: the cleaned text is measured at the end
        self._rows: list[list[list[Block]]] = []

    def block(self, kind: str, text: str) -> None:
        """Add a block, unless it is blank."""
        if text.strip():
            self._left -= len(text)
            if self._left < 0:
                raise too_long(self._name)
            self._target.append(Block(kind, text))

    def open_row(self) -> None:
        """Begin a row of a table."""
        self._rows.append([])

    def open_cell(self) -> None:
        """Begin a cell of the row."""
        if self._rows:
            self._rows[-1].append([])

    def close_row(self) -> None:
        """End the row: its cells stand on one line, or one after the other when they are long."""
        if not self._rows:
            return
        cells = [cell for cell in self._rows.pop() if cell]
        blocks = [block for cell in cells for block in cell]
        plain = all(block.kind in {"paragraph", "item"} for block in blocks)
        short = all(len(cell) == 1 for cell in cells)
        if len(cells) > 1 and not short:
            short = sum(len(block.text) for block in blocks) <= _SHORT_ROW
        if blocks and plain and short:
            blocks = [Block("row", " ; ".join(_line(cleaned(block.text)) for block in blocks))]
        self._target.extend(blocks)

    @property
    def _target(self) -> list[Block]:
        return self._rows[-1][-1] if self._rows and self._rows[-1] else self.blocks


def _line(text: str) -> str:
    return " ".join(text.split("\n")).strip()


def document(name: str, blocks: Sequence[Block], source_url: str = "") -> Document:
    """Return the blocks as one text: a blank line between them, none between the items of a list or the rows."""
    if sum(len(block.text) for block in blocks) > MOST_BYTES:
        raise too_long(name)
    pieces: list[str] = []
    headings: list[Span] = []
    length, last = 0, ""
    for block in blocks:
        text = cleaned(block.text)
        if block.kind != "paragraph":
            text = _line(text)
        if block.kind == "item":
            text = f"- {_BULLET.sub('', text, count=1) if _BULLET.match(text) else text}"
        if not text.strip():
            continue
        if pieces:
            pieces.append("\n" if block.kind == last and last in {"item", "row"} else "\n\n")
            length += len(pieces[-1])
        if block.kind == "heading":
            headings.append(Span(length, length + len(text)))
        pieces.append(text)
        length += len(text)
        last = block.kind
        if length > MOST_CHARACTERS:
            raise too_long(name)
    text = "".join(pieces)
    if not any(map(str.isalnum, text)):
        raise refused(
            name, "ne contient aucun texte", "Collez le texte du compte rendu, ou choisissez un autre fichier."
        )
    return Document(text, tuple(headings), name, source_url)


# --- refusals ---------------------------------------------------------------------------------------


def refused(name: str, said: str, remedy: str) -> NetstatsError:
    """Return the error that refuses a document; `said` continues the sentence after its name."""
    return file_error(name, said, remedy) if name else NetstatsError(f"Le texte collé {said}.", remedy)


def too_long(name: str) -> NetstatsError:
    """Return the error for a text that passes the bound."""
    return refused(name, f"dépasse les {number(MOST_CHARACTERS)} caractères permis", CUT)


def damaged(name: str) -> NetstatsError:
    """Return the error for a document that does not hold together."""
    return refused(
        name, "est abîmé ou incomplet", "Rouvrez l’original et enregistrez-le de nouveau, ou collez son texte."
    )


def protected(name: str) -> NetstatsError:
    """Return the error for a document that asks for a password."""
    return refused(
        name, "est protégé par un mot de passe", "Enregistrez-le sans mot de passe et recommencez, ou collez son texte."
    )


def spreadsheet(name: str, what: str = "un classeur") -> NetstatsError:
    """Return the error for what the import of files reads."""
    said = f"est {what}, pas un compte rendu rédigé"
    return refused(name, said, "Importez-le par la page « Importer ».")
