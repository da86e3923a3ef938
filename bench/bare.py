"""A bare Streamlit page that draws as much as one of ours and computes nothing: what each page is measured against.

One filter, and as many metrics and charts without a point as BARE_METRICS and BARE_CHARTS say, in the same columns.
The heading says what is chosen among BARE_OPTIONS. With BARE_REDRAWN the charts carry the choice too, unseen, so that
the browser draws them anew at each change; without, Streamlit sees that they are the same and leaves them alone.
"""

import os

import plotly.graph_objects as go
import streamlit as st

charts, metrics = int(os.environ.get("BARE_CHARTS", "4")), int(os.environ.get("BARE_METRICS", "6"))
options = os.environ.get("BARE_OPTIONS", "Nord (59)|Oise (60)").split("|")

st.set_page_config(page_title="bare", layout="wide")
chosen = st.multiselect("Département", options, key="departement")
st.title(" et ".join(chosen) or "Tout")
for rank, column in enumerate(st.columns(metrics) if metrics else ()):
    column.metric(f"Figure {rank}", len(chosen))
for rank in range(charts):
    if rank % 2 == 0:
        columns = st.columns(2)
    figure = go.Figure(layout_meta=chosen) if os.environ.get("BARE_REDRAWN") else go.Figure()
    columns[rank % 2].plotly_chart(figure, key=f"chart-{rank}")
