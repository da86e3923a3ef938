"""From DataFrames to plotly figures: pure functions, no SQL, no Streamlit."""

from netstats.charts.chart import CONFIG, Chart, KeyEntry
from netstats.charts.density import meeting_calendar, meeting_density
from netstats.charts.enlarge import enlarged
from netstats.charts.grid import value_grid
from netstats.charts.map import territory_map
from netstats.charts.map_parts import Measure
from netstats.charts.palette import Palette, palette
from netstats.charts.picture import picture
from netstats.charts.rows import paired_bars, ranked, ranked_bars, theme_shifts
from netstats.charts.time import EvolutionMeasure, evolution_bars, newcomers_bars, period_columns
from netstats.charts.timeline import meeting_timeline

__all__ = [
    "CONFIG",
    "Chart",
    "EvolutionMeasure",
    "KeyEntry",
    "Measure",
    "Palette",
    "enlarged",
    "evolution_bars",
    "meeting_calendar",
    "meeting_density",
    "meeting_timeline",
    "newcomers_bars",
    "paired_bars",
    "palette",
    "period_columns",
    "picture",
    "ranked",
    "ranked_bars",
    "territory_map",
    "theme_shifts",
    "value_grid",
]
