"""How long each chart takes to be drawn and handed to Streamlit, by `python -m bench.charts`.

Milliseconds of CPU, the median of runs on the frames of tools/gallery.py, and the size of what goes to the browser.
"""

from __future__ import annotations

import statistics
import time

import plotly.io
import plotly.tools

from netstats.charts import palette
from tools.gallery import drawings

RUNS = 15


def main() -> None:
    """Print a line a chart, and the sum."""
    total = 0.0
    for name, draw in drawings(palette("light")).items():
        taken = []
        for _ in range(RUNS):
            start = time.process_time()
            figure = plotly.tools.return_figure_from_figure_or_data(draw().drawing(), validate_figure=True)
            spec = plotly.io.to_json(figure, validate=False)  # as st.plotly_chart does
            taken.append((time.process_time() - start) * 1000)
        total += statistics.median(taken)
        print(f"{name:16} {statistics.median(taken):6.1f} ms  {len(spec) / 1000:6.1f} kB")
    print(f"{'all':16} {total:6.1f} ms")


if __name__ == "__main__":
    main()
