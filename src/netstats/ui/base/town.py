"""The box « Votre territoire » of every analysis page: any territory of France, by name or code, leads to its sheet."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from netstats.catalogue.figure import LONGEST_SUBJECT
from netstats.catalogue.participation import TERRITORY_SEARCH
from netstats.choices import TERRITORY_KINDS
from netstats.filters import Filters
from netstats.ui.base import data, filter_bar, links, lists, page
from netstats.ui.base.html import show

_BOX = "votre-territoire"
_WHOLE, _NEAR = 1, 4  # ranks of « recherche-territoires »


def box() -> None:
    """Draw the box; what was typed opens the sheet of the one territory that it means, or names those it can mean."""
    words = st.text_input(
        "Votre territoire : nom ou code",
        key=_BOX,
        max_chars=LONGEST_SUBJECT,
        placeholder="Votre commune, agglomération…",
        icon=":material/search:",
        label_visibility="collapsed",
        on_change=_open_the_only_one,
    )
    asked = (words or "").strip()
    if not asked:
        return
    found = _found(asked)
    if found.empty:
        head = f"Aucun territoire de France ne s’appelle « {asked} »."
    elif found["rank"].iloc[0] == _NEAR:
        head = f"Aucun territoire ne s’appelle « {asked} ». Peut-être :"
    else:
        head = f"« {asked} » peut être :"
    territories = [{**row, "noun": TERRITORY_KINDS[row["kind"]].short_noun} for row in lists.rows(found)]
    show("town-found", head=head, territories=territories, **lists.linked(filter_bar.current()))


def _open_the_only_one() -> None:
    asked = str(st.session_state[_BOX] or "").strip()
    found = _found(asked) if asked else pd.DataFrame({"rank": []})
    meant = found[found["rank"] == _WHOLE]
    if len(found) == 1 and found["rank"].iloc[0] != _NEAR:
        meant = found
    if len(meant) == 1:
        st.session_state[_BOX] = ""
        page.go_to(links.address("territoire", meant["code"].iloc[0], filter_bar.current()))


def _found(asked: str) -> pd.DataFrame:
    return data.ask(TERRITORY_SEARCH, Filters(), asked)
