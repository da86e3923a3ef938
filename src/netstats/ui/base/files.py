"""The files in which what a card shows can be taken away; each is made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pandas as pd
import streamlit as st

from netstats import charts, wording
from netstats.catalogue.figure import Figure
from netstats.charts import CONFIG, Chart, Palette
from netstats.charts.picture import SCALE, WIDTH
from netstats.filters import Filters
from netstats.share import figure_sheet, tables
from netstats.ui.base import data

_WORKBOOK = ("xlsx", figure_sheet.MIME, figure_sheet.to_xlsx)
_OTHERS = (
    ("csv", "text/csv", tables.to_csv),
    ("parquet", "application/vnd.apache.parquet", tables.to_parquet),
)
_SCRIPT = Path(__file__).with_name("picture.js").read_text(encoding="utf-8")
_LIGHT = charts.palette("light")  # a picture is white, whatever the theme of the screen


class Drawn(NamedTuple):
    """A chart of a card, as it can be drawn again in other colours, and what it leaves out."""

    draw: Callable[[Palette], Chart]
    rest: str = ""


def offer(
    figure: Figure,
    filters: Filters,
    rows: pd.DataFrame,
    *,
    key: str,
    subject: str = "",
    title: str = "",
    drawn: Sequence[Drawn] = (),
) -> None:
    """Draw the buttons of the files of a figure: the workbook first, those for programs behind « Autres formats ».

    The first chart `drawn` can be taken away as a picture, under `title`: by default that of the figure.
    """
    version = data.version()
    context: tables.Context = {"filters": filters, "choices": data.choices(), "version": version, "subject": subject}

    def name(extension: str) -> str:
        return tables.file_name(figure, filters, version, extension, subject)

    def button(extension: str, mime: str, write: tables.Write) -> None:
        st.download_button(
            f"Télécharger (.{extension})",
            partial(write, figure, rows, **context),
            name(extension),
            mime,
            key=f"{extension}-{key}",
            icon=":material/download:",
            on_click="ignore",
        )

    with st.container(horizontal=True, key=f"files-{key}"):
        button(*_WORKBOOK)
        is_wanted = bool(drawn) and st.button("Image (.png)", key=f"png-{key}", icon=":material/image:")
        with st.popover("Autres formats", type="tertiary", key=f"others-{key}"):
            for other in _OTHERS:
                button(*other)
    if is_wanted:
        said = dict(tables.beside(figure, rows, **context))
        told = [f"{label} : {said[label]}." for label in ("Sujet", "Comparaison") if label in said]
        source = f"Source : {said['Source']}. Mis à jour le {said['Mis à jour le']}."
        notes = [drawn[0].rest, *told, source, said.get("Attention", "")]
        chart = charts.picture(
            drawn[0].draw(_LIGHT),
            _LIGHT,
            title=title or figure.title,
            scope=said["Champ"],
            notes=[wording.typeset(note) for note in notes if note],
        )
        _take(chart, name("png"), key=key)


def _take(chart: Chart, name: str, *, key: str) -> None:
    """Have the browser make a .png of a chart and save it under a name: plotly draws it, out of sight."""
    wish = uuid4().hex  # the chart of an earlier wish may still be there
    config = CONFIG | {
        "responsive": False,
        "displayModeBar": True,
        "modeBarButtons": [["toImage"]],
        "displayNotifier": False,  # its words are English
        "toImageButtonOptions": {
            "format": "png",
            "filename": name.removesuffix(".png"),
            "width": WIDTH,
            "height": chart.height,
            "scale": SCALE,
        },
    }
    with st.container(key=f"picture-{key}"):
        st.plotly_chart(
            chart.with_layout(meta=wish).drawing(),
            width=WIDTH,
            key=f"drawn-{key}",
            theme=None,
            config=config,
            alt=chart.alt,
        )
        script = st.components.v2.component("netstats-picture", js=_SCRIPT, isolate_styles=False)
        script(key=f"taken-{key}", data={"wish": wish}, height=1)
