"""What an export is made from: a selection, its data, and the words that defend both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

import pandas as pd

from netstats import wording
from netstats.catalogue.figure import Figure
from netstats.filters import Choices, Filters, within
from netstats.share import tables
from netstats.store import Database, Version


class Ask(Protocol):
    """Asks the rows behind a figure: a page asks its cache, a command the database."""

    def __call__(self, figure: Figure, filters: Filters, subject: str = "", *, compared: bool = True) -> pd.DataFrame:
        """Return the rows, see `Figure.ask`."""


@dataclass(frozen=True)
class Selection:
    """A selection of the activity on its way out: who answers, what is selected, which data, made on which day.

    `face` is a second selection, that some slides set beside it.
    """

    ask: Ask
    filters: Filters
    choices: Choices
    version: Version
    today: date
    face: Filters | None = None

    @property
    def beside(self) -> Selection | None:
        """The second selection, as whole as the first; None without one, or when it is the same."""
        if self.face is None or self.face.is_as(self.filters):
            return None
        return replace(self, filters=self.face, face=None)

    def rows(self, figure: Figure, subject: str = "", *, compared: bool = True) -> pd.DataFrame:
        """Return the rows behind a figure under this selection."""
        return self.ask(figure, self.filters, subject, compared=compared)

    @property
    def sentence(self) -> str:
        """The selection as one French sentence."""
        return self.filters.sentence(self.choices)

    @property
    def scope(self) -> str:
        """What is shown: the sentence, and that of the second selection."""
        beside = f" ; face{wording.NO_BREAK}à : {within(self.beside.sentence)}" if self.beside else ""
        return f"{self.sentence}{beside}"

    @property
    def warning(self) -> str:
        """That the data is made up; empty when it is real."""
        return tables.FICTIONAL if self.version.fictional else ""

    @property
    def updated(self) -> str:
        """The date of the data, in French."""
        return wording.date(self.version.updated_on)

    def file_name(self, extension: str) -> str:
        """Return how a file of the whole selection is called: « netstats_hauts-de-france_2020.pptx »."""
        return tables.selection_file_name(self.filters, self.version, extension)

    def source(self, figure: Figure) -> str:
        """Return where the rows of a figure come from."""
        return tables.source(figure, self.version)


def asked_of(database: Database, *, today: date) -> Ask:
    """Return who asks a database itself, without a cache."""

    def ask(figure: Figure, filters: Filters, subject: str = "", *, compared: bool = True) -> pd.DataFrame:
        return figure.ask(database, filters, subject, today=today, compared=compared)

    return ask
