"""The files in which what a card shows can be taken away; each is made when it is asked for."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from netstats.catalogue.figure import Figure
from netstats.filters import Filters
from netstats.share import figure_sheet, tables
from netstats.ui.base import data

_WORKBOOK = ("xlsx", figure_sheet.MIME, figure_sheet.to_xlsx)
_OTHERS = (
    ("csv", "text/csv", tables.to_csv),
    ("parquet", "application/vnd.apache.parquet", tables.to_parquet),
)


def offer(figure: Figure, filters: Filters, rows: pd.DataFrame, *, key: str, subject: str = "") -> None:
    """Draw the buttons of the files of a figure: the workbook first, those for programs behind « Autres formats »."""
    version = data.version()
    context: tables.Context = {"filters": filters, "choices": data.choices(), "version": version, "subject": subject}

    def button(extension: str, mime: str, write: tables.Write) -> None:
        st.download_button(
            f"Télécharger (.{extension})",
            partial(write, figure, rows, **context),
            tables.file_name(figure, filters, version, extension, subject),
            mime,
            key=f"{extension}-{key}",
            icon=":material/download:",
            on_click="ignore",
        )

    with st.container(horizontal=True, key=f"files-{key}"):
        button(*_WORKBOOK)
        with st.popover("Autres formats", type="tertiary", key=f"others-{key}"):
            for other in _OTHERS:
                button(*other)
