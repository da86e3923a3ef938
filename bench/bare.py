"""A bare Streamlit page that draws as much as the overview and computes nothing: what the overview is measured against.

One filter, six metrics and four charts without a point, laid out in the same columns; BARE_CHARTS and BARE_METRICS
say how many. A value that changes with the filter stands in the first metric.
"""

import os

import plotly.graph_objects as go
import streamlit as st

st.set_page_config(page_title="bare", layout="wide")
charts, metrics = int(os.environ.get("BARE_CHARTS", "4")), int(os.environ.get("BARE_METRICS", "6"))
chosen = st.multiselect(
    "Département", ["Nord (59)", "Oise (60)", "Pas-de-Calais (62)", "Somme (80)"], key="departement"
)
st.title(" et ".join(chosen) or "Tout")
for rank, column in enumerate(st.columns(metrics)):
    column.metric(f"Figure {rank}", f"{len(chosen)}")
for rank in range(0, charts, 2):
    for offset, column in enumerate(st.columns(2)):
        if rank + offset < charts:
            column.plotly_chart(go.Figure(), key=f"chart-{rank + offset}")
