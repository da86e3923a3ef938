"""The deck: what a reader of .pptx finds in it is what the figures answer, and everything fits on its slide."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import openpyxl
import pandas as pd
import pptx
import pytest
from lxml import etree
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.util import Emu, Inches, Pt
from pypdf._codecs.core_font_metrics import CORE_FONT_METRICS

from netstats.catalogue import overview, participation, themes
from netstats.charts.families import family_sign
from netstats.charts.palette import LIGHT
from netstats.errors import NetstatsError
from netstats.filters import Filters
from netstats.period import Period
from netstats.reference.geography import department_outlines
from netstats.share import tables
from netstats.share.bodies import Bars, Cover, Drawing, Evolution, Map, Numbers, Rows, Shifts, Slide
from netstats.share.deck import LARGEST, to_pptx
from netstats.share.deck.text import Piece, Typesetter
from netstats.share.deck.titles import balanced, is_name_broken
from netstats.share.names import Names
from netstats.share.selection import Selection, asked_of
from netstats.share.slides import KINDS, slides
from netstats.store import Database
from netstats.wording import number, percent
from tests.conftest import Generated

TODAY = date(2026, 11, 23)
OUTLINES = department_outlines()
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}


@dataclass(frozen=True, eq=False)
class Made:
    """A deck beside what it was made from."""

    selection: Selection
    slides: dict[str, Slide]
    content: bytes

    @property
    def deck(self) -> Any:
        return pptx.Presentation(io.BytesIO(self.content))

    @property
    def pairs(self) -> Iterator[tuple[Slide, Any]]:
        return zip(self.slides.values(), self.deck.slides, strict=True)

    def slide(self, kind: str) -> Any:
        return self.deck.slides[list(self.slides).index(kind)]


def chosen(database: Database, filters: Filters = Filters()) -> Selection:  # noqa: B008 - frozen
    return Selection(asked_of(database, today=TODAY), filters, overview.choices(database), database.version(), TODAY)


def make(
    selection: Selection,
    template: bytes | None = None,
    change: Callable[[Slide], Slide] = lambda slide: slide,
) -> Made:
    shown = [change(slide) for slide in slides(selection, OUTLINES)]
    content = written(selection, shown, template)
    return Made(selection, {slide.kind: slide for slide in shown}, content)


def written(selection: Selection, shown: Sequence[Slide], template: bytes | None = None) -> bytes:
    return to_pptx(selection, shown, title="Essai", count=len(KINDS), template=template)


@pytest.fixture(scope="module", params=["real", "network", "department", "generated", "generated network", "fictional"])
def made(request: pytest.FixtureRequest, real_database: Database, generated: Generated) -> Made:
    real, made_up = chosen(real_database), chosen(generated.database)
    network = Filters(networks=("hauts-de-france",))
    selection = {
        "real": real,
        "network": replace(real, filters=replace(network, period=Period.parse("jusqu’à fin 2021"))),
        "department": replace(real, filters=Filters(departments=("60",))),
        "generated": made_up,
        "generated network": replace(made_up, filters=network),
        "fictional": replace(real, version=replace(real.version, fictional=True)),
    }[request.param]
    return make(selection)


@pytest.fixture(scope="module")
def real(real_database: Database) -> Made:
    return make(chosen(real_database))


# What the slides say


def texts(slide: Any) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def tables_of(slide: Any) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in shape.table.rows] for shape in slide.shapes if shape.has_table
    ]


def foot(slide: Any) -> str:
    (holder,) = [one for one in slide.placeholders if one.placeholder_format.type == PP_PLACEHOLDER.FOOTER]
    return str(holder.text_frame.text)


def colours(chart: Any, series: int) -> list[str]:
    """The colour of each bar, as the file says it."""
    drawn = chart.plots[0].series[series]
    own = drawn.format.fill.fore_color.rgb
    points = {
        int(point.find("c:idx", NAMESPACES).get("val")): point.find(".//a:srgbClr", NAMESPACES).get("val")
        for point in drawn._element.findall("c:dPt", NAMESPACES)
    }
    return [f"#{points.get(rank, own)}" for rank in range(len(drawn.values))]


def bars(frame: pd.DataFrame, label: str, value: str) -> pd.DataFrame:
    """The seven longest bars, in the order of French."""
    sorting = frame[label].str.normalize("NFKD").str.encode("ascii", "ignore").str.decode("ascii").str.casefold()
    return frame.assign(sorting=sorting).sort_values([value, "sorting"], ascending=[False, True]).head(7)


def test_each_slide_has_its_title_as_a_title(made: Made) -> None:
    assert len(made.slides) >= 7
    for slide, native in made.pairs:
        assert native.shapes.title.placeholder_format.type in TITLES
        assert native.shapes.title.text_frame.text == slide.title


@pytest.mark.parametrize(
    ("kind", "figure", "label", "value"),
    [
        ("participation", overview.TERRITORIES, "name", "attendances"),
        ("themes", overview.THEMES, "short_name", "meetings"),
        ("actions", overview.ACTION_TYPES, "name", "actions"),
    ],
)
def test_bars_are_the_rows_of_their_figure(
    made: Made, kind: str, figure: overview.Figure, label: str, value: str
) -> None:
    rows = made.selection.rows(figure)
    if rows.empty:
        assert kind not in made.slides
        return
    (chart,) = charts(made.slide(kind))
    shown = bars(rows, label, value)
    glyphs = [f"{family_sign(rank).glyph} " for rank in shown["family_rank"]] if kind == "themes" else [""] * 7
    assert list(chart.plots[0].categories) == [
        f"{glyph}{name}" for glyph, name in zip(glyphs, shown[label], strict=False)
    ]
    assert [list(series.values) for series in chart.plots[0].series] == [list(shown[value])]
    expected = [LIGHT.family_colour(rank) for rank in shown["family_rank"]] if kind == "themes" else [LIGHT.accent] * 7
    assert colours(chart, 0) == expected[: len(shown)]
    left_out = len(rows) - len(shown)
    assert any(re.fullmatch(rf"et {left_out} autres?", text) for text in texts(made.slide(kind))) == (left_out > 0)


def test_bars_start_at_nil_with_the_first_on_top(made: Made) -> None:
    for slide, native in made.pairs:
        for chart in charts(native):
            assert chart.value_axis.minimum_scale == 0
            assert chart.value_axis.maximum_scale is None or chart.value_axis.maximum_scale >= max(
                value or 0 for series in chart.plots[0].series for value in series.values
            )
            assert chart.category_axis.reverse_order == isinstance(slide.body, Bars | Shifts)
            assert chart.has_legend == (len(list(chart.plots[0].series)) > 1)


def test_families_over_time_are_those_of_the_figure(made: Made) -> None:
    rows = made.selection.rows(themes.FAMILY_EVOLUTION)
    if "evolution" not in made.slides:
        return
    (chart,) = charts(made.slide("evolution"))
    body = made.slides["evolution"].body
    assert isinstance(body, Evolution)
    column = "share" if body.measure == "share" else "meetings"
    totals = rows.groupby("name")["meetings"].sum()
    assert min(totals[series.name] for series in chart.plots[0].series) == sorted(totals, reverse=True)[:4][-1]
    known = rows.groupby("period_start")[["themed_meetings", "period_label"]].max().sort_index()
    signs = [label if count else f"{label} (–)" for count, label in known.itertuples(index=False)]
    assert list(chart.plots[0].categories) == signs
    for rank, series in enumerate(chart.plots[0].series):
        family = rows[rows["name"] == series.name].sort_values("period_start")
        expected = [
            float(value) if known else None
            for value, known in zip(family[column], family["themed_meetings"] > 0, strict=True)
        ]
        assert list(series.values) == pytest.approx(expected)
        assert set(colours(chart, rank)) == {LIGHT.family_colour(family["family_rank"].iloc[0])}
    left_out = rows["code"].nunique() - 4
    said = [text for text in texts(made.slide("evolution")) if text == body.rest()]
    assert bool(said) == (left_out > 0 or body.undated > 0 or bool((known["themed_meetings"] == 0).any()))
    form = chart.plots[0].data_labels.number_format if chart.plots[0].has_data_labels else '[=0]"";'
    assert form.startswith('[=0]"";'), "a nil is no number over no column"


def test_titles_name_families_that_are_drawn(generated: Generated) -> None:
    everything = chosen(generated.database)
    names = set(everything.rows(themes.FAMILY_EVOLUTION)["name"])
    filters = [
        Filters(),
        *(Filters(departments=(code,)) for code in everything.choices["departement"]),
        *(Filters(networks=(code,)) for code in everything.choices["reseau"]),
    ]
    named = 0
    for one in filters:
        for slide in slides(replace(everything, filters=one), OUTLINES, ["evolution"]):
            assert isinstance(slide.body, Evolution)
            told = {name for name in names if f"«\u00a0{name}\u00a0»" in slide.title}
            assert told <= {series.name for series in slide.body.plot(LIGHT).series}, (one, slide.title)
            named += bool(told)
    assert named > 10


def test_bars_of_themes_say_their_share(made: Made) -> None:
    if "themes" not in made.slides:
        return
    (chart,) = charts(made.slide("themes"))
    shown = bars(made.selection.rows(overview.THEMES), "short_name", "meetings")
    forms = [form.get("formatCode") for form in chart._chartSpace.findall(".//c:dLbl/c:numFmt", NAMESPACES)]
    assert [form.split(";")[-1] for form in forms] == [f'0" ({percent(share)})"' for share in shown["share"]]
    for kind in ("participation", "actions"):
        for other in charts(made.slide(kind)) if kind in made.slides else ():
            assert other._chartSpace.find(".//c:dLbl", NAMESPACES) is None


def test_themes_that_rise_and_fade_are_those_of_the_figure(generated: Generated) -> None:
    frame = pd.DataFrame(
        {
            "label": ["Rixes", "Seniors"],
            "code": ["rixes", "seniors"],
            "short_name": ["Rixes", "Seniors"],
            "family_rank": [7, 5],
            "early_meetings": [1, 10],
            "early_total": [20, 20],
            "late_meetings": [8, 2],
            "late_total": [20, 20],
            "share_early": [0.05, 0.5],
            "share_late": [0.4, 0.0995],
            "late_since": ["2021-05-06", "2021-05-06"],
            "trend": ["en hausse", "en baisse"],
        }
    )
    selection = chosen(generated.database)
    (cover,) = slides(selection, OUTLINES, ["ouverture"])
    content = written(selection, [replace(cover, kind="tendances", body=Shifts(frame))])
    ((chart,),) = [charts(slide) for slide in pptx.Presentation(io.BytesIO(content)).slides]
    before, since = chart.plots[0].series
    assert list(chart.plots[0].categories) == ["Rixes", "Seniors"]
    assert (list(before.values), list(since.values)) == ([0.05, 0.5], [0.4, 0.0995])
    assert set(colours(chart, 0)) == {LIGHT.quiet}
    assert set(colours(chart, 1)) == {LIGHT.accent}
    assert chart.plots[0].data_labels.number_format.endswith(';0"\u202f"%')


def test_key_figures_are_the_indicators(made: Made) -> None:
    row = made.selection.rows(overview.INDICATORS).iloc[0]
    found = texts(made.slide("chiffres"))
    for known in overview.MEASURES:
        value = known.write(row[known.name])
        assert any(text.split("\n")[:2] == [value, known.label] for text in found)


def test_tables_are_native_and_whole(made: Made) -> None:
    for slide, native in made.pairs:
        if isinstance(slide.body, Rows):
            (table,) = tables_of(native)
            header = [list(slide.body.header)] if slide.body.header else []
            assert table == [*header, *map(list, slide.body.rows)]
    lapsed = made.selection.rows(participation.LAPSED)
    if not lapsed.empty:
        (table,) = tables_of(made.slide("relancer"))
        assert [row[2].split(" sur ")[0] for row in table[1:]] == [
            number(count) for count in lapsed["attended"].head(7)
        ]


def test_all_who_came_are_named_in_columns(made: Made) -> None:
    body = made.slides["participants"].body
    assert isinstance(body, Names)
    columns = [shape for shape in made.slide("participants").shapes if shape.name.startswith("Participants, colonne")]
    said = [paragraph.text for shape in columns for paragraph in shape.text_frame.paragraphs]
    assert said == [
        text
        for group in body.groups()
        for text in (group.heading, *(f"{name}\u00a0·\u00a0{times}" for name, times in group.names))
    ]
    headings = {group.heading for group in body.groups()}
    assert [shape for shape in columns if shape.text_frame.paragraphs[-1].text in headings] == []


def test_the_cover_says_selection_and_day(made: Made) -> None:
    cover = made.slide("ouverture")
    (lines,) = [one for one in cover.placeholders if one.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE]
    assert cover.shapes.title.text_frame.text == made.selection.sentence.replace(" :", "\u00a0:")
    body = made.slides["ouverture"].body
    assert isinstance(body, Cover)
    assert lines.text_frame.text.split("\n")[0] == body.finding
    assert lines.text_frame.text.split("\n")[-1] == "23\u00a0novembre 2026"


@pytest.mark.parametrize("filters", [Filters(regions=("32",)), Filters(networks=("hauts-de-france", "ile-de-france"))])
def test_titles_are_balanced_and_break_no_name(real_database: Database, filters: Filters) -> None:
    made = make(chosen(real_database, filters))
    narrowed = 0
    for _, native in made.pairs:
        frame, shape = native.shapes.title.text_frame, native.shapes.title
        (size,) = {run.font.size.pt for paragraph in frame.paragraphs for run in paragraph.runs}
        setter, bold = Typesetter(1.0, 1.0), Piece(frame.text, size, size, bold=True)
        whole = shape.width.pt - frame.margin_left.pt - 7.2
        here = shape.width.pt - frame.margin_left.pt - frame.margin_right.pt
        assert setter.lines(bold, here) == setter.lines(bold, whole)
        narrowed += here < whole - 20
    assert narrowed > 1


def test_a_title_of_two_lines_is_as_narrow_as_it_may_be() -> None:
    setter = Typesetter(1.0, 1.0)
    text = "« Espaces publics » : 1 réunion sur 5 (Hauts-de-France), 1 réunion sur 1 (Île-de-France)"
    piece = Piece(text, 28, 12, bold=True)
    width = balanced(setter, piece, 860)
    assert setter.lines(piece, width) == setter.lines(piece, 860) == 2
    assert width < 800
    assert balanced(setter, Piece("Court", 28, 12, bold=True), 860) == 860
    # Where the first line takes as many words as it can, it ends in the middle of a name.
    assert not is_name_broken(setter, piece, width)
    assert any(is_name_broken(setter, piece, width * part / 100) for part in range(80, 130))


def test_every_foot_says_scope_source_and_date(made: Made) -> None:
    for slide, native in made.pairs:
        said = foot(native).replace("\u00a0", " ")
        assert foot(native) == slide.foot
        assert f"Champ : {made.selection.sentence}. Source : " in said
        assert said.endswith(f"Données au {made.selection.updated}.".replace("\u00a0", " "))
        assert said.startswith(tables.FICTIONAL) == made.selection.version.fictional


def test_the_notes_define_what_is_counted(made: Made) -> None:
    for slide, native in made.pairs:
        lines = native.notes_slide.notes_text_frame.text.split("\n")
        assert lines[: len(slide.definitions)] == [f"{name}\u00a0: {meaning}" for name, meaning in slide.definitions]
        assert slide.definitions or isinstance(slide.body, Cover)
        assert lines[-1] == slide.foot
        drawn = isinstance(slide.body, Drawing)
        assert any(line.startswith("Lecture\u00a0: ") for line in lines) == drawn


# Who cannot see them


def known(shape: Any) -> Any:
    return shape._element.find("./*/p:cNvPr", NAMESPACES)


def test_what_is_no_text_is_said_in_words(made: Made) -> None:
    for slide, native in made.pairs:
        for shape in native.shapes:
            if shape.has_chart or shape.name == "Carte":
                assert isinstance(slide.body, Drawing)
                assert known(shape).get("descr") == slide.body.chart(LIGHT).alt != ""
            elif shape.has_table:
                assert all(len(row) == 0 or row[0] in known(shape).get("descr") for row in body_rows(slide))
            elif shape.shape_type == MSO_SHAPE_TYPE.GROUP:
                assert known(shape).get("descr")
            elif not shape.text_frame.text:
                assert known(shape).find(".//adec:decorative", NAMESPACES).get("val") == "1"


def body_rows(slide: Slide) -> Sequence[Sequence[str]]:
    return slide.body.rows if isinstance(slide.body, Rows) else ()


def test_every_text_is_french_and_every_slide_numbered(made: Made) -> None:
    for rank, (_, native) in enumerate(made.pairs, start=1):
        runs = native._element.findall(".//a:r/a:rPr", NAMESPACES)
        assert len(runs) == len(native._element.findall(".//a:r", NAMESPACES)) >= 2
        assert {run.get("lang") for run in runs} == {"fr-FR"}
        (field,) = native._element.findall(".//a:fld", NAMESPACES)
        assert field.get("type") == "slidenum"
        assert field.findtext("a:t", namespaces=NAMESPACES) == str(rank)
        notes = native.notes_slide._element.findall(".//a:r/a:rPr", NAMESPACES)
        assert {run.get("lang") for run in notes} == {"fr-FR"}


def test_the_file_says_what_it_is_and_names_nobody(made: Made) -> None:
    about = made.deck.core_properties
    assert (about.title, about.subject) == ("Essai", made.selection.sentence[:255])
    assert (about.author, about.last_modified_by, about.language) == ("netstats", "netstats", "fr-FR")
    assert about.created.date() == TODAY
    assert about.comments == made.selection.warning
    assert "réunions" in about.keywords
    names = zipfile.ZipFile(io.BytesIO(made.content)).namelist()
    assert not [name for name in names if name.startswith("docProps/") and name != "docProps/core.xml"]


# The map


def map_of(slide: Any) -> dict[str, Any]:
    (group,) = [shape for shape in slide.shapes if shape.name == "Carte"]
    return {shape.name: shape for shape in group.shapes}


def fill(shape: Any) -> str:
    return f"#{shape._element.find('p:spPr/a:solidFill/a:srgbClr', NAMESPACES).get('val')}"


def test_each_department_is_a_named_shape_of_its_class(made: Made) -> None:
    shapes = map_of(made.slide("carte"))
    rows = made.selection.rows(overview.DEPARTMENTS)
    outlined = {outline.department_code for outline in OUTLINES}
    shown = 0
    for row in rows.to_dict("records"):
        share = row["share_covered"]
        said = "part inconnue" if pd.isna(share) else percent(share)
        shape = shapes.get(f"{row['name']} ({row['code']})\u00a0: {said}")
        if shape is None:
            assert row["code"] not in outlined  # overseas, beside a part of the country
            continue
        shown += 1
        limits = [0.0, 1e-12, 0.10, 0.25, 0.50, 0.75]
        expected = LIGHT.outside if pd.isna(share) else LIGHT.sequential[sum(share >= limit for limit in limits) - 1]
        assert fill(shape) == expected
    assert shown == len(rows) - (0 if shown == len(rows) else 5)
    beside = [shape for name, shape in shapes.items() if name.endswith("hors de la sélection")]
    assert {fill(shape) for shape in beside} <= {LIGHT.outside}
    assert bool(beside) == (len(rows) < 96)


def test_territories_are_marks_of_their_kind(real: Made) -> None:
    territories = real.selection.rows(overview.TERRITORIES)
    placed = territories[territories["lat"].between(41, 52) & territories["lon"].between(-6, 10)]
    shapes = map_of(real.slide("carte"))
    marks = {name: shape for name, shape in shapes.items() if name in set(placed["name"])}
    assert len(marks) == len(placed) > 40
    for row in placed.to_dict("records"):
        expected = {"commune": "ellipse", "CISPD": "rect", "CLSPD": "rect", "department": "triangle"}
        geometry = marks[row["name"]]._element.find("p:spPr/a:prstGeom", NAMESPACES)
        assert geometry.get("prst") == expected.get(row["kind"], "diamond")
        assert fill(marks[row["name"]]) == LIGHT.mark


def test_a_mark_lies_in_its_department(real: Made) -> None:
    shapes = map_of(real.slide("carte"))
    lille, nord = shapes["Lille"], next(shape for name, shape in shapes.items() if name.startswith("Nord (59)"))
    corse = next(shape for name, shape in shapes.items() if name.startswith("Haute-Corse"))
    middle = (lille.left + lille.width // 2, lille.top + lille.height // 2)
    assert nord.left < middle[0] < nord.left + nord.width
    assert nord.top < middle[1] < nord.top + nord.height
    assert corse.top > nord.top + nord.height
    assert corse.left > nord.left + nord.width


def points(shape: Any) -> list[list[tuple[float, float]]]:
    """The rings of a shape, in points of the slide."""
    path = shape._element.find("p:spPr/a:custGeom/a:pathLst/a:path", NAMESPACES)
    wide, high = (shape.width / int(path.get("w")) / 12700, shape.height / int(path.get("h")) / 12700)
    rings: list[list[tuple[float, float]]] = []
    for step in path:
        if step.tag.endswith("moveTo"):
            rings.append([])
        if not step.tag.endswith("close"):
            point = step[0]
            x, y = int(point.get("x")) * wide, int(point.get("y")) * high
            rings[-1].append((round(shape.left / 12700 + x, 1), round(shape.top / 12700 + y, 1)))
    return rings


def area(rings: Sequence[Sequence[tuple[float, float]]]) -> float:
    total = 0.0
    for ring in rings:
        total += sum(x * v - u * y for (x, y), (u, v) in itertools.pairwise([*ring, ring[0]])) / 2
    return abs(total)


def test_borders_are_those_of_the_departments(real: Made) -> None:
    shapes = map_of(real.slide("carte"))
    drawn = {}
    for name, shape in shapes.items():
        code = re.search(r"\((\w+)\)\u00a0: ", name)
        is_enlarged = name.endswith(", agrandi")
        if code and not is_enlarged and shape._element.find("p:spPr/a:custGeom", NAMESPACES) is not None:
            drawn[code.group(1)] = points(shape)
    official = {
        outline.department_code: area([list(zip(*ring, strict=True)) for ring in outline.rings]) for outline in OUTLINES
    }
    scale = area(drawn["59"]) / official["59"]
    sizes = {code: area(rings) / scale for code, rings in drawn.items() if code in official}
    assert len(sizes) == 96
    assert all(sizes[code] == pytest.approx(official[code], rel=0.02) for code in sizes if official[code] > 0.05)
    shared = set(itertools.chain(*drawn["59"])) & set(itertools.chain(*drawn["62"]))
    assert len(shared) > 20, "two neighbours have a border in common"


def test_around_paris_the_departments_are_enlarged_in_a_frame(real: Made) -> None:
    shapes = map_of(real.slide("carte"))
    frame = shapes["Paris et petite couronne"]
    enlarged = {name: shape for name, shape in shapes.items() if name.endswith(", agrandi")}
    assert {re.search(r"\((\w+)\)", name).group(1) for name in enlarged} >= {"75", "92", "93", "94"}  # type: ignore[union-attr]
    for name, shape in enlarged.items():
        itself = shapes[name.removesuffix(", agrandi")]
        assert fill(shape) == fill(itself)
        assert frame.left <= shape.left
        assert frame.top <= shape.top
        assert shape.left + shape.width <= frame.left + frame.width
        assert shape.top + shape.height <= frame.top + frame.height
        if "(75)" in name:
            assert shape.width > 5 * itself.width


def test_a_part_of_the_country_fills_the_room_and_no_more(made: Made) -> None:
    slide = made.slide("carte")
    (group,) = [shape for shape in slide.shapes if shape.name == "Carte"]
    for shape in group.shapes:
        assert shape.left >= group.left - 12700
        assert shape.top >= group.top - 12700
        assert shape.left + shape.width <= group.left + group.width + 12700
        assert shape.top + shape.height <= group.top + group.height + 12700


def test_the_map_carries_its_table(made: Made) -> None:
    body = made.slides["carte"].body
    assert isinstance(body, Map)
    (table,) = tables_of(made.slide("carte"))
    whole = body.table()
    assert table[0] == list(whole.header)
    assert len(table) > min(len(whole.rows), 8)
    assert table[1:] == [list(row) for row in body.table(len(table) - 1).rows]


def test_the_key_says_what_each_colour_stands_for(made: Made) -> None:
    slide = made.slide("carte")
    classes, *signs = [shape for shape in slide.shapes if shape.name == "Légende"]
    swatches = [fill(shape) for shape in classes.shapes if not shape.text_frame.text]
    assert swatches[:6] == list(LIGHT.sequential)
    assert [shape.text_frame.text for shape in classes.shapes if shape.text_frame.text][:2] == [
        "0\u202f%",
        "moins de 10\u202f%",
    ]
    assert all(fill(shape) == LIGHT.mark for key in signs for shape in key.shapes if not shape.text_frame.text)


# Everything fits


# The widths of Arial as Adobe publishes them for Helvetica, in thousandths; pypdf carries them.
REGULAR, BOLD = (CORE_FONT_METRICS[name].character_widths for name in ("Arial", "Arial,Bold"))
INHERITED = {"Titre": 28.0, "Numéro": 12.0}
BOLD_NAMES = {"Titre"}
LINE = 1.15


def wide(text: str, size: float, *, bold: bool) -> float:
    widths = BOLD if bold else REGULAR
    return sum(widths.get(letter, 278 if letter.isspace() else 1000) for letter in text) / 1000 * size


def lines(text: str, size: float, room: float, *, bold: bool) -> int:
    count, current = 1, ""
    for word in text.split(" "):
        longer = f"{current} {word}" if current else word
        if wide(longer, size, bold=bold) <= room:
            current = longer
            continue
        count += 1 if current else 0
        current = word
        while wide(current, size, bold=bold) > room and len(current) > 1:
            kept = next(n for n in range(len(current), 0, -1) if n == 1 or wide(current[:n], size, bold=bold) <= room)
            current, count = current[kept:], count + 1
    return count


def needed(frame: Any, room: float, name: str, sizes: dict[str, float]) -> float:
    """How high the paragraphs of a frame are, in points, as a program sets them in a column of that width."""
    total = 0.0
    for paragraph in frame.paragraphs:
        runs = paragraph.runs
        size = runs[0].font.size.pt if runs and runs[0].font.size else sizes.get(name, 18.0)
        bold = bool(runs and runs[0].font.bold) or name in BOLD_NAMES
        before = paragraph.space_before.pt if paragraph.space_before is not None else 0
        total += lines(paragraph.text, size, room, bold=bold) * size * LINE + before
    return total


def margins(frame: Any, layout_holder: Any) -> tuple[float, float]:
    """Width and height that the margins of a frame take, in points."""
    found = {"lIns": 91440, "rIns": 91440, "tIns": 45720, "bIns": 45720}
    for one in filter(None, (getattr(layout_holder, "_base_placeholder", None), layout_holder)):
        own = one._element.find(".//a:bodyPr", NAMESPACES)
        found |= {side: int(own.get(side)) for side in found if own.get(side) is not None}
    own = frame._txBody.find("a:bodyPr", NAMESPACES)
    found |= {side: int(own.get(side)) for side in found if own.get(side) is not None}
    return (found["lIns"] + found["rIns"]) / 12700, (found["tIns"] + found["bIns"]) / 12700


def overflowing(slide: Any, sizes: dict[str, float]) -> list[str]:
    """The texts of a slide that are larger than their box, with what they need."""
    found = []
    inside = [one for shape in slide.shapes for one in getattr(shape, "shapes", [shape])]
    for shape in inside:
        if shape.has_text_frame and shape.text_frame.text:
            layout = slide.slide_layout.placeholders
            holder = (
                next((one for one in layout if one.placeholder_format.idx == shape.placeholder_format.idx), None)
                if shape.is_placeholder
                else None
            )
            across, down = margins(shape.text_frame, holder)
            width, height = shape.width / 12700 - across, shape.height / 12700 - down
            high = needed(shape.text_frame, width, shape.name, sizes)
            if high > height + 0.5:
                found.append(f"{shape.name}: {high:.0f} > {height:.0f} ({shape.text_frame.text[:60]})")
        elif shape.has_table:
            for row in shape.table.rows:
                for column, cell in zip(shape.table.columns, row.cells, strict=True):
                    width = (column.width - cell.margin_left - cell.margin_right) / 12700
                    height = (row.height - cell.margin_top - cell.margin_bottom) / 12700
                    if needed(cell.text_frame, width, "", sizes) > height + 0.5:
                        found.append(f"cell: {cell.text[:60]}")
        elif shape.has_chart:
            found += crowded(shape)
    return found


def crowded(shape: Any) -> list[str]:
    """The names of horizontal bars that have no room on their left."""
    layout = shape.chart._chartSpace.find(".//c:plotArea/c:layout/c:manualLayout", NAMESPACES)
    if layout is None:
        return []
    share = {name: float(layout.find(f"c:{name}", NAMESPACES).get("val")) for name in ("x", "w", "h")}
    assert share["w"] > 0.3
    names = list(shape.chart.plots[0].categories)
    size = shape.chart.category_axis.tick_labels.font.size.pt
    room, row = share["x"] * shape.width / 12700 - 6, share["h"] * shape.height / 12700 / len(names)
    return [name for name in names if lines(name, size, room, bold=False) * size * LINE > row + 0.5]


def box(shape: Any) -> tuple[int, int, int, int]:
    return shape.left, shape.top, shape.left + shape.width, shape.top + shape.height


def clashes(slide: Any, width: int, height: int) -> list[str]:
    """The shapes of a slide that leave it, and those that lie over each other."""
    slack = 12700
    found = []
    for shape in slide.shapes:
        left, top, right, bottom = box(shape)
        if min(left, top) < 0 or right > width + slack or bottom > height + slack:
            found.append(f"{shape.name} leaves the slide")
    for one, other in itertools.combinations(slide.shapes, 2):
        (a, b, c, d), (e, f, g, h) = box(one), box(other)
        if min(c, g) - max(a, e) > slack and min(d, h) - max(b, f) > slack:
            found.append(f"{one.name} lies over {other.name}")
    return found


def assert_fits(deck: Any, sizes: dict[str, float] = INHERITED) -> None:
    for rank, slide in enumerate(deck.slides, start=1):
        assert not overflowing(slide, sizes), rank
        assert not clashes(slide, deck.slide_width, deck.slide_height), rank


def test_the_measure_of_the_tests_sees_what_overflows() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    shape = slide.shapes.add_textbox(0, 0, Inches(2), Inches(0.5))
    shape.text_frame.paragraphs[0].add_run().text = "Une phrase qui ne tient pas"
    shape.text_frame.paragraphs[0].runs[0].font.size = Pt(24)
    assert overflowing(slide, {})
    shape.width = Inches(6)
    assert not overflowing(slide, {})
    slide.shapes.add_textbox(Inches(5), 0, Inches(2), Inches(1))
    assert clashes(slide, deck.slide_width, deck.slide_height)


def test_no_text_overflows_and_nothing_clashes(made: Made) -> None:
    assert_fits(made.deck)


def test_texts_can_be_read_from_the_back_of_the_room(made: Made) -> None:
    for slide, native in made.pairs:
        size = native.shapes.title.text_frame.paragraphs[0].runs[0].font.size
        assert size is None or size >= Pt(20), slide.title
        small = [
            int(run.get("sz"))
            for shape in native.shapes
            if shape.name != "Pied de page"
            for run in shape._element.iterfind(".//a:rPr[@sz]", NAMESPACES)
        ]
        assert min(small, default=1000) >= 1000
        (line,) = [one for one in native.placeholders if one.placeholder_format.type == PP_PLACEHOLDER.FOOTER]
        assert line.text_frame.paragraphs[0].runs[0].font.size >= Pt(9)


NAMES = ", ".join(f"CC du Pays de Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson {rank}" for rank in range(40))
LONG = "Réunion extraordinaire du réseau régional consacrée à la prévention de la délinquance " * 3


def stretched(slide: Slide) -> Slide:
    """A slide with the longest words that a person may give it."""
    body = slide.body
    if isinstance(body, Rows) and body.header:
        body = replace(body, rows=tuple((LONG, *row[1:-1], NAMES[:500]) for row in body.rows))
    elif isinstance(body, Rows):
        body = replace(body, rows=tuple((label, value * 3 + NAMES) for label, value in body.rows))
    elif isinstance(body, Bars):
        body = replace(body, frame=body.frame.assign(label=[f"{LONG}{rank}" for rank in range(len(body.frame))]))
    elif isinstance(body, Names):
        body = replace(body, frame=body.frame.assign(name=[f"{LONG}{rank}" for rank in range(len(body.frame))]))
    elif isinstance(body, Cover):
        body = replace(body, lines=(NAMES, *body.lines))
    elif isinstance(body, Numbers):
        body = replace(body, items=tuple(replace(item, value="1 234 567 890", note=LONG) for item in body.items))
    return replace(
        slide,
        title=LONG[:200],
        body=body,
        commentary=f"{LONG[:200]}\n{'x' * 199}",
        foot=f"{tables.FICTIONAL} Champ : {NAMES}. Source : {LONG[:120]}. Données au 22 novembre 2026.",
    )


@pytest.mark.parametrize("size", [None, (10, 7.5), (10, 5.625), (13.333, 7.5)])
def test_the_longest_words_fit_too(real_database: Database, size: tuple[float, float] | None) -> None:
    given = given_template(*size) if size else None
    made = make(chosen(real_database), given, stretched)
    assert_fits(made.deck, INHERITED if size is None else {})
    for slide, native in made.pairs:
        notes = native.notes_slide.notes_text_frame.text
        assert slide.foot in notes
        assert native.shapes.title.text_frame.text == slide.title
        said = foot(native)
        assert said.startswith("Données fictives")
        assert said.endswith("Données au 22 novembre 2026.")
        assert "…" in said


def test_what_is_cut_stands_in_full_in_the_notes(real_database: Database) -> None:
    made = make(chosen(real_database), change=stretched)
    native = made.slide("derniere")
    ((*_, last),) = tables_of(native)
    assert last[1].endswith("…")
    body = made.slides["derniere"].body
    assert isinstance(body, Rows)
    assert body.rows[-1][1] in native.notes_slide.notes_text_frame.text


def test_a_commentary_stands_under_the_body_in_a_box_of_its_own(real_database: Database) -> None:
    plain = make(chosen(real_database))
    said = make(chosen(real_database), change=lambda slide: replace(slide, commentary="À discuter :\nqui relancer ?"))
    assert_fits(said.deck)
    for slide, native in said.pairs:
        if isinstance(slide.body, Cover):
            assert "qui relancer ?" in "\n".join(texts(native))
            continue
        (words,) = [shape for shape in native.shapes if shape.name == "Commentaire"]
        assert words.text_frame.text == "À discuter :\nqui relancer ?"
        others = [one for one in native.shapes if one.name in {"Graphique", "Tableau", "Carte", "Légende"}]
        assert all(one.top + one.height <= words.top for one in others)
    assert not [shape for native in plain.deck.slides for shape in native.shapes if shape.name == "Commentaire"]


def test_controls_and_half_letters_do_not_break_the_file(real_database: Database) -> None:
    odd = make(chosen(real_database), change=lambda slide: replace(slide, title="Un\x0btitre\x00 & <b>\ud800</b>\n!"))
    assert {slide.shapes.title.text_frame.text for slide in odd.deck.slides} == {"Un titre  & <b> </b> !"}


def test_a_name_is_no_formula_in_the_workbook_of_a_chart(real_database: Database) -> None:
    selection = chosen(real_database)
    (slide,) = slides(selection, OUTLINES, ["participation"])
    assert isinstance(slide.body, Bars)
    names = ["=HYPERLINK(1)", "+1", "-1", "@a", *slide.body.frame["label"].iloc[4:]]
    body = replace(slide.body, frame=slide.body.frame.assign(label=names))
    deck = pptx.Presentation(io.BytesIO(written(selection, [replace(slide, body=body)])))
    (chart,) = charts(deck.slides[0])
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert [(cell.data_type, cell.value) for cell in sheet["A"][1:5]] == [
        ("s", "'=HYPERLINK(1)"),
        ("s", "'+1"),
        ("s", "'-1"),
        ("s", "'@a"),
    ]


# The file holds together


def assert_whole(content: bytes) -> None:
    """A package in which every part is reached, every relationship leads somewhere, and no number comes twice."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names))
        types = etree.fromstring(archive.read("[Content_Types].xml"))
        parts = {one.get("PartName") for one in types if one.get("PartName")}
        endings = {one.get("Extension") for one in types if one.get("Extension")}
        assert parts <= {f"/{name}" for name in names}
        reached = {"[Content_Types].xml"}
        for name in names:
            assert f"/{name}" in parts or name.rsplit(".", 1)[1] in endings, name
            if not name.endswith(".rels"):
                continue
            folder = name.split("_rels/")[0]
            reached.add(name)
            for relation in etree.fromstring(archive.read(name)):
                if relation.get("TargetMode") != "External":
                    target = relation.get("Target")
                    path = target.lstrip("/") if target.startswith("/") else resolved(folder, target)
                    assert path in names, (name, target)
                    reached.add(path)
        assert reached == set(names)
        for name in names:
            if re.fullmatch(r"ppt/(slides|slideLayouts|slideMasters)/\w+\.xml", name):
                document = etree.fromstring(archive.read(name))
                numbers = document.xpath("//p:cNvPr/@id", namespaces=NAMESPACES)
                assert max(Counter(numbers).values()) == 1, name
                related = etree.fromstring(
                    archive.read(f"{name.rpartition('/')[0]}/_rels/{name.rpartition('/')[2]}.rels")
                )
                used = set(document.xpath("//@r:id | //@r:embed", namespaces=NAMESPACES))
                assert used <= {relation.get("Id") for relation in related}, name


def resolved(folder: str, target: str) -> str:
    path: list[str] = folder.rstrip("/").split("/") if folder else []
    for piece in target.split("/"):
        path = path[:-1] if piece == ".." else [*path, piece]
    return "/".join(path)


def test_the_package_is_whole_and_small(made: Made) -> None:
    assert_whole(made.content)
    assert len(made.content) < 500_000
    assert made.content[:2] == b"PK"


def test_our_template_is_wide_french_and_ours(real: Made) -> None:
    deck = real.deck
    assert (deck.slide_width, deck.slide_height) == (Emu(12_192_000), Emu(6_858_000))
    assert [layout.name for layout in deck.slide_layouts] == ["Ouverture", "Titre seul"]
    assert {slide.slide_layout.name for slide in list(deck.slides)[1:]} == {"Titre seul"}
    with zipfile.ZipFile(io.BytesIO(real.content)) as archive:
        theme = etree.fromstring(archive.read("ppt/theme/theme1.xml"))
        assert b"gradFill" not in archive.read("ppt/theme/theme1.xml")
    scheme = theme.find(".//a:clrScheme", NAMESPACES)
    found = {etree.QName(one).localname: f"#{one[0].get('val')}" for one in scheme}
    assert (found["dk1"], found["lt1"], found["accent1"]) == (LIGHT.text, LIGHT.surface, LIGHT.accent)
    assert {found[f"accent{rank}"] for rank in range(2, 7)} <= set(LIGHT.families)


# A template of one's own


def given_template(
    width: float = 13.333, height: float = 7.5, *, kind: str = "template", shown: int = 2, layouts: Sequence[str] = ()
) -> bytes:
    """A .potx like those of PowerPoint: that of python-pptx at another size, with slides, notes, and a link to one."""
    deck = pptx.Presentation()
    across, down = width / 10, height / 7.5
    deck.slide_width, deck.slide_height = Inches(width), Inches(height)
    for sheet in (deck.slide_master, *deck.slide_layouts):
        for holder in sheet.placeholders:
            if holder._element.find("p:spPr/a:xfrm", NAMESPACES) is not None:
                places = holder.left * across, holder.top * down, holder.width * across, holder.height * down
                holder.left, holder.top, holder.width, holder.height = (Emu(round(place)) for place in places)
    if layouts:
        for layout in list(deck.slide_layouts):
            if layout.name not in layouts:
                deck.slide_layouts.remove(layout)
    slides_made = [deck.slides.add_slide(deck.slide_layouts[0]) for _ in range(shown)]
    for slide in slides_made:
        slide.shapes.title.text_frame.text = "Ancienne diapositive"
        slide.notes_slide.notes_text_frame.text = "Anciennes notes"
    if slides_made:
        button = deck.slide_layouts[0].placeholders[0]._element.find(".//p:cNvPr", NAMESPACES)
        relation = deck.slide_layouts[0].part.relate_to(slides_made[0].part, RELATED_SLIDE)
        link = etree.SubElement(button, f"{{{NAMESPACES['a']}}}hlinkClick")
        link.set(f"{{{NAMESPACES['r']}}}id", relation)
    deck.core_properties.author = "Jeanne Martin"
    saved = io.BytesIO()
    deck.save(saved)
    return retyped(saved.getvalue(), kind)


RELATED_SLIDE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide"


def retyped(content: bytes, kind: str) -> bytes:
    return rewritten(
        content,
        "[Content_Types].xml",
        lambda types: types.replace(b"presentationml.presentation.main", f"presentationml.{kind}.main".encode()),
    )


DEFLATED = zipfile.ZIP_DEFLATED


def rewritten(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    written_again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(written_again, "w", DEFLATED) as copy:
        for member in archive.namelist():
            copy.writestr(member, change(archive.read(member)) if member == name else archive.read(member))
    return written_again.getvalue()


@pytest.mark.parametrize(
    ("size", "kind"),
    [((10, 7.5), "template"), ((13.333, 7.5), "presentation"), ((10, 5.625), "slideshow"), ((7.5, 10), "template")],
)
def test_a_given_template_is_filled(real_database: Database, size: tuple[float, float], kind: str) -> None:
    made = make(chosen(real_database), given_template(*size, kind=kind))
    deck = made.deck
    assert (deck.slide_width, deck.slide_height) == (Inches(size[0]), Inches(size[1]))
    assert_whole(made.content)
    assert_fits(deck, {})
    assert deck.slides[0].slide_layout.name == "Title Slide"
    assert {slide.slide_layout.name for slide in list(deck.slides)[1:]} == {"Title Only"}
    assert [slide.shapes.title.text_frame.text for slide in deck.slides] == [
        slide.title for slide in made.slides.values()
    ]
    assert all(slide._element.find(".//a:fld[@type='slidenum']", NAMESPACES) is not None for slide in deck.slides)
    inks = [
        (shape.name, etree.QName(ink).localname)
        for slide in deck.slides
        for shape in slide.shapes
        for ink in shape._element.iterfind(".//a:rPr/a:solidFill/*", NAMESPACES)
    ]
    assert {kind for name, kind in inks if name != "Carte"} == {"schemeClr"}


def test_nothing_of_the_slides_of_a_template_is_left(real_database: Database) -> None:
    content = make(chosen(real_database), given_template()).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    for trace in ("Ancienne diapositive", "Anciennes notes", "Jeanne Martin", "hlinkClick"):
        assert trace.encode() not in everything, trace


def test_the_layout_with_a_title_alone_is_taken_whatever_its_name(real_database: Database) -> None:
    content = given_template(layouts=["Section Header", "Title Only", "Two Content"], shown=0)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        name = next(one for one in archive.namelist() if b'name="Title Only"' in archive.read(one))
    renamed = rewritten(content, name, lambda xml: xml.replace(b'name="Title Only"', b'name="Page"'))
    made = make(chosen(real_database), renamed)
    assert {slide.slide_layout.name for slide in made.deck.slides} == {"Page"}
    assert_fits(made.deck, {})
    assert_whole(made.content)


def test_without_foot_and_number_in_a_template_they_are_boxes(real_database: Database) -> None:
    deck = pptx.Presentation()
    for sheet in (deck.slide_master, *deck.slide_layouts):
        for holder in list(sheet.placeholders):
            kinds = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE)
            if holder.placeholder_format.type in kinds:
                holder._element.getparent().remove(holder._element)
    saved = io.BytesIO()
    deck.save(saved)
    made = make(chosen(real_database), saved.getvalue())
    assert_fits(made.deck, {"Numéro": 10.0})
    for slide, native in made.pairs:
        assert slide.foot in texts(native)
        assert native._element.find(".//a:fld[@type='slidenum']", NAMESPACES) is not None


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"\0" * 300_000_000)
    return packed.getvalue()


def no_title() -> bytes:
    return given_template(layouts=["Blank", "Title Slide", "Title and Content", "Section Header"], shown=0)


def truncated() -> bytes:
    content = given_template(shown=0)
    return content[: len(content) // 2]


def without_master() -> bytes:
    return rewritten(given_template(shown=0), "ppt/slideMasters/slideMaster1.xml", lambda _: b"<p:sldMaster")


def with_entities() -> bytes:
    doctype = b'<!DOCTYPE a [<!ENTITY b "ha">]>'
    return rewritten(
        given_template(shown=0), "ppt/presentation.xml", lambda xml: xml.replace(b"?>", b"?>" + doctype, 1)
    )


def padded(*names: str, count: int) -> bytes:
    """A template, packed small, some parts of which have that many elements too many, of six letters each."""
    content = given_template(shown=0)
    for name in names:
        content = rewritten(content, name, lambda xml: xml.replace(b"</p:cSld>", b"<a:x/>" * count + b"</p:cSld>", 1))
    assert len(content) < 1_000_000
    return content


def heavy_together() -> bytes:
    return padded(*(f"ppt/slideLayouts/slideLayout{rank}.xml" for rank in (1, 2, 3)), count=1_200_000)


MASTER = "ppt/slideMasters/slideMaster1.xml"


def under_another_name() -> bytes:
    """A master that does not call itself XML: only the types of the package say so."""
    renamed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(padded(MASTER, count=1_500_000))) as plain,
        zipfile.ZipFile(renamed, "w", DEFLATED) as copy,
    ):
        for member in plain.namelist():
            content = plain.read(member).replace(b"slideMaster1.xml", b"slideMaster1.png")
            copy.writestr(member.replace("slideMaster1.xml", "slideMaster1.png"), content)
    return renamed.getvalue()


def encoded(encoding: str, declared: str) -> Callable[[], bytes]:
    """A template whose master has a document type in another encoding, where it does not read as one."""

    def written_otherwise(xml: bytes) -> bytes:
        start, _, end = xml.decode().partition("?>")
        assert start.startswith("<?xml")
        return f'<?xml version="1.0" encoding="{declared}"?><!DOCTYPE a [<!ENTITY b "ha">]>{end}'.encode(encoding)

    return lambda: rewritten(given_template(shown=0), "ppt/slideMasters/slideMaster1.xml", written_otherwise)


def disguised() -> bytes:
    """A document type as UTF-7 has it: every byte is ASCII, none of them says DOCTYPE."""
    start = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOC+AFQ-YPE a>'
    return rewritten(
        given_template(shown=0), "ppt/slideMasters/slideMaster1.xml", lambda xml: start + xml.partition(b"?>")[2]
    )


def with_macros() -> bytes:
    plain, macros = (
        b"openxmlformats-officedocument.presentationml.template.main",
        b"ms-powerpoint.template.macroEnabled.main",
    )
    return rewritten(given_template(shown=0), "[Content_Types].xml", lambda types: types.replace(plain, macros))


def workbook() -> bytes:
    written_workbook = io.BytesIO()
    openpyxl.Workbook().save(written_workbook)
    return written_workbook.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
REFUSED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "text": (lambda: b"Bonjour", "abîmé ou incomplet", "enregistrez-le"),
    "nothing": (lambda: b"", "abîmé ou incomplet", "enregistrez-le"),
    "truncated": (truncated, "abîmé ou incomplet", "enregistrez-le"),
    "no master": (without_master, "abîmé ou incomplet", "enregistrez-le"),
    "entities": (with_entities, "abîmé ou incomplet", "enregistrez-le"),
    "workbook": (workbook, "n’est pas une présentation", ".pptx ou .potx"),
    "old format": (lambda: OLE, "n’est pas au format", "enregistrez-le"),
    "password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "mot de passe", "sans mot de passe"),
    "macros": (with_macros, "macros", "sans macros"),
    "bomb": (bomb, "200 Mo", "compressez"),
    "heavy master": (lambda: padded(MASTER, count=1_500_000), "8 Mo de mise en forme", "Supprimez"),
    "heavy together": (heavy_together, "20 Mo en tout", "Supprimez"),
    "under another name": (under_another_name, "8 Mo de mise en forme", "Supprimez"),
    "utf-16": (encoded("utf-16", "UTF-16"), "abîmé ou incomplet", "enregistrez-le"),
    "utf-16 unmarked": (encoded("utf-16-be", "UTF-16"), "abîmé ou incomplet", "enregistrez-le"),
    "utf-32": (encoded("utf-32", "UTF-32"), "abîmé ou incomplet", "enregistrez-le"),
    "utf-7": (disguised, "abîmé ou incomplet", "enregistrez-le"),
    "heavy": (lambda: b"PK" + b"\0" * LARGEST, "20 au plus", "compressez"),
    "no title": (no_title, "n’a pas de disposition « Titre seul »", "Masque des diapositives"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_usable_template_is_refused_in_words(real_database: Database, name: str) -> None:
    content, what, remedy = REFUSED[name]
    with pytest.raises(NetstatsError) as refused:
        make(chosen(real_database), content())
    assert refused.value.what.startswith("Ce modèle ")
    assert what in refused.value.what
    assert remedy in refused.value.remedy


# Progress


def test_it_tells_how_far_it_is_slide_by_slide(real_database: Database) -> None:
    selection = chosen(real_database)
    told: list[tuple[float, str]] = []
    asked: list[str] = []
    asked_when_told: list[int] = []

    def lazily() -> Iterator[Slide]:
        for slide in slides(selection, OUTLINES):
            asked.append(slide.kind)
            yield slide

    def tell(part: float, sentence: str) -> None:
        told.append((part, sentence))
        asked_when_told.append(len(asked))

    to_pptx(selection, lazily(), title="Essai", count=len(KINDS), tell=tell)
    assert asked_when_told[:4] == [0, 1, 2, 3], "a slide is asked for when the one before is written"
    parts = [part for part, _ in told]
    assert parts == sorted(parts)
    assert 0 <= parts[0] < parts[-1] <= 1
    assert told[1][1].startswith("Diapositive 1\u00a0: ")


def test_a_deck_without_slides_is_no_deck(real_database: Database) -> None:
    with pytest.raises(NetstatsError, match="aucune diapositive"):
        written(chosen(real_database), [])
