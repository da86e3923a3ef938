"""From DataFrames to plotly figures: pure functions, no SQL, no Streamlit."""

from netstats.charts.bars import ranked_bars
from netstats.charts.chart import CONFIG, Chart, key_html
from netstats.charts.map import Measure, territory_map
from netstats.charts.palette import Palette, palette
from netstats.charts.spark import spark_html
from netstats.charts.timeline import meeting_density, meeting_timeline

__all__ = [
    "CONFIG",
    "Chart",
    "Measure",
    "Palette",
    "key_html",
    "meeting_density",
    "meeting_timeline",
    "palette",
    "ranked_bars",
    "spark_html",
    "territory_map",
]
