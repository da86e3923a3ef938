"""One question, one number: the screen, the projector, the deck, the workbook, the paper and the text say the same."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import openpyxl
import pptx
import pytest
from streamlit.testing.v1 import AppTest

from netstats import store, wording
from netstats.catalogue import overview as catalogue
from netstats.filters import read_address
from netstats.intake import bootstrap
from netstats.reference.geography import department_outlines
from netstats.share.deck import to_pptx
from netstats.share.plan import Plan
from netstats.share.selection import Selection, asked_of
from netstats.share.summary import to_text
from netstats.share.workbook import to_xlsx
from tests.pages.visitor import Address, html, visit

ADDRESSES: list[Address] = [
    {},
    {"reseau": ["hauts-de-france"]},
    {"departement": ["59"]},
    {"theme": ["stupefiants"]},
]
RANKINGS = {  # page and chart → slide, sheet, its columns of names and of values
    ("overview", "chart-themes"): ("themes", "Thèmes", "Thème", "Réunions"),
    ("overview", "chart-actions"): ("actions", "Types d’action", "Type d’action", "Actions"),
    ("participation", "chart-territoires"): ("participation", "Territoires", "Territoire", "Présences"),
}


def plain(text: str) -> str:
    return text.replace(wording.NO_BREAK, " ").replace("'", "’").strip()


def unsigned(text: str) -> str:
    """Return a name without the sign of its family before it."""
    return re.sub("^[●■◆▲▼★✚⬢] ", "", text)


def ranked(page: AppTest, key: str) -> dict[str, float]:
    """Label → value of what a page ranks: bars, the sentence in their place, or the grid of one network's meetings."""
    specs = [json.loads(chart.proto.spec) for chart in page.get("plotly_chart") if str(chart.key) == key]
    if specs:
        written = [re.sub("<[^>]+>", "", note["text"]) for note in specs[0]["layout"]["annotations"]]
        names = [plain(unsigned(re.sub("&amp;", "&", text))) for text in written]
        return dict(zip(names, numbers(specs[0]["data"][0]["x"]), strict=True))
    named = f"nomme-{key.removeprefix('chart-')}-"
    if buttons := [button for button in page.button if str(button.key).startswith(named)]:
        (said,) = {
            found[1] for text in page.markdown if (found := re.search(r"(?:égalité, |seulement.: )(\d+)", text.value))
        }
        return {plain(button.label.replace("\\", "")): float(said) for button in buttons}
    cells = re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a></th><td class="count">([^<]+)</td>', html(page))
    return {plain(re.sub("&amp;", "&", name)): float(count) for name, count in cells}


def numbers(written: Any) -> list[float]:
    if isinstance(written, Mapping):
        return [float(v) for v in np.frombuffer(base64.b64decode(written["bdata"]), dtype=written["dtype"])]
    return [float(value) for value in written]


def selection(address: Address) -> Selection:
    database = store.open_database(bootstrap.database_path(), read_only=True)
    choices = catalogue.choices(database)
    filters, notices = read_address(address, choices)
    assert not notices
    return Selection(asked_of(database, today=date.today()), filters, choices, database.version(), date.today())


@pytest.mark.parametrize("data", ["real", "large"])
@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: " ".join(address) or "all")
def test_every_export_has_the_numbers_of_the_screen(
    data: str, address: Address, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(data)
    overview = visit("overview", address)
    screen = {metric.label: plain(metric.value) for metric in overview.metric}
    assert len(screen) == len(catalogue.MEASURES)

    chosen = selection(address)
    outlines = department_outlines()
    slides = list(Plan().slides(chosen, outlines))
    kinds = [slide.kind for slide in slides]
    deck = pptx.Presentation(io.BytesIO(to_pptx(chosen, slides, title="", count=len(slides))))
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(chosen)))

    # The key figures, label by label.
    sheet = {row[0]: row[1] for row in book["Chiffres clés"].iter_rows(min_row=2, values_only=True)}
    measures = {measure.label: measure for measure in catalogue.MEASURES}
    told = plain(to_text(chosen, slides))
    paper = plain(re.sub("<[^>]+>", " ", html(visit("share/report", address))))
    projected = plain(re.sub("<[^>]+>", " ", html(visit("share/present", {**address, "diapo": ["chiffres"]}))))
    on_slide = [plain(s.text_frame.text) for s in deck.slides[kinds.index("chiffres")].shapes if s.has_text_frame]
    for label, value in screen.items():
        counted = measures[label]
        kept = sheet[counted.column.header]  # written here by rules of its own: a wrong format must not move both sides
        written = wording.percent(kept) if label == "Population couverte" else wording.number(kept, counted.decimals)
        assert plain(written) == value
        assert f"– {label} : {value}" in told
        assert re.search(rf"{re.escape(label)}\s+{re.escape(value)}(?!\w)", paper)
        assert re.search(rf"{re.escape(label)}\s+{re.escape(value)}(?!\w)", projected)
        assert any(label in text for text in on_slide)
        assert any(re.search(rf"(^|\s){re.escape(value)}(\s|$)", text) for text in on_slide)

    # The rankings, bar by bar.
    pages = {"overview": overview, "participation": visit("participation", address)}
    for (page, key), (kind, sheet_name, column, measure) in RANKINGS.items():
        if kind not in kinds:
            continue
        drawn = ranked(pages[page], key)
        assert drawn
        header, *rows = book[sheet_name].iter_rows(values_only=True)
        held = {plain(row[header.index(column)]): row[header.index(measure)] for row in rows}
        for label, count in drawn.items():
            whole = [name for name in held if name == label or (label.endswith("…") and name.startswith(label[:-1]))]
            assert [held[name] for name in whole] == [count]
        (chart,) = [shape.chart for shape in deck.slides[kinds.index(kind)].shapes if shape.has_chart]
        categories = [plain(unsigned(name)) for name in chart.plots[0].categories]
        on_deck = dict(zip(categories, chart.plots[0].series[0].values, strict=True))
        assert on_deck
        # A slide has the short name of a theme, the sheet its full one.
        full = dict(chosen.rows(catalogue.THEMES)[["short_name", "name"]].to_numpy()) if kind == "themes" else {}
        for label, count in on_deck.items():
            assert held[plain(full.get(label, label))] == count
