"""What the database holds, as the pages that change it need it; read once for each version of the data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from netstats import wording
from netstats.catalogue import snapshot as questions
from netstats.catalogue.snapshot import held_rows, region_names
from netstats.choices import TERRITORY_KINDS
from netstats.intake.entry import Present
from netstats.intake.snapshot import Snapshot, in_use, own_territories
from netstats.reference.gazetteer import Gazetteer
from netstats.reference.territories import Own
from netstats.store import Database, Version
from netstats.ui.base import data

MOST_PLACES = 4000
"""Territories offered in a list; the others are found by typing their name."""


@dataclass(frozen=True, eq=False)
class Places:
    """The territories as a list of choices shows them.

    Attributes
    ----------
    frame
        See `netstats.catalogue.snapshot.places`, with `label`: « Lille (59), commune ».
    labels, codes
        Code → label, and label → code.
    """

    frame: pd.DataFrame
    labels: Mapping[str, str]
    codes: Mapping[str, str]

    def label(self, code: str) -> str:
        """Return a territory as it is shown."""
        return self.labels.get(code, code)

    def present(self, text: str, printed_name: str = "") -> Present:
        """Return who is meant by a choice: one of the list, or a name as it was typed."""
        code = self.codes.get(text, "")
        return Present(code, "" if code else text, printed_name)


def known() -> Snapshot:
    """Return what the database holds now."""
    return _known(data.version(), data.database())


def places() -> Places:
    """Return the territories that can be chosen."""
    return _places(data.version(), data.database())


def meeting_name(code: str, meetings: pd.DataFrame | None = None) -> str:
    """Return a meeting by its title and date: « Réunion du réseau Hauts-de-France (6 mai 2020) ».

    It is one of `meetings`, rows of that table; of those of the database when None.
    """
    frame = known().rows["meeting"] if meetings is None else meetings
    row = frame[frame["code"] == code].iloc[0]
    held_on = None if wording.is_missing(row["held_on"]) else row["held_on"]
    return f"{row['title']} ({wording.date(held_on, str(row['date_precision']))})"


_BY_VERSION: dict[str, Any] = {"show_spinner": False, "hash_funcs": {Version: repr}}


@st.cache_resource(max_entries=1, **_BY_VERSION)
def _known(version: Version, _database: Database) -> Snapshot:
    rows = held_rows(_database)
    gazetteer = _gazetteer(own_territories(rows))
    return Snapshot(rows, region_names(_database), gazetteer, questions.answers(_database))


@st.cache_resource(max_entries=1, show_spinner=False)
def _gazetteer(own: Own) -> Gazetteer:  # half a second, and most entries change no name
    return Gazetteer.load(own=own)


@st.cache_resource(max_entries=1, **_BY_VERSION)
def _places(version: Version, _database: Database) -> Places:
    frame = questions.places(_database)
    labels = pd.Series(
        [
            # « CA du Douaisis (59) » says what it is, « Lille (59), commune » would not.
            f"{name} ({department})" if name.startswith(f"{kind} ") else f"{name} ({department}), {kind}"
            for name, department, kind in zip(
                frame["name"],
                frame["department_code"].fillna("?"),
                (TERRITORY_KINDS[kind].short_noun for kind in frame["kind"]),
                strict=True,
            )
        ]
    )
    doubled = labels.duplicated(keep=False)
    frame["label"] = labels.mask(doubled, labels + ", " + frame["code"])
    return Places(
        frame,
        dict(zip(frame["code"], frame["label"], strict=True)),
        dict(zip(frame["label"], frame["code"], strict=True)),
    )


def communes(held: Iterable[str]) -> dict[str, str]:
    """Return code → name of the communes that a list proposes: the most populous, and those that it holds."""
    every = places()
    frame = every.frame[every.frame["kind"] == "commune"].head(MOST_PLACES)
    return {code: every.label(code).removesuffix(", commune") for code in (*frame["code"], *held)}


def offered(network: str) -> tuple[tuple[str, ...], bool]:
    """Return the labels of the territories that a network is offered, and whether there are too many to offer them all.

    Those that came already first, then the communes of its regions by population, then the other bodies; the least
    populous communes are left out.
    """
    return _offered(network, data.version(), data.database())


@st.cache_resource(max_entries=32, **_BY_VERSION)
def _offered(network: str, version: Version, _database: Database) -> tuple[tuple[str, ...], bool]:
    rows, frame = _known(version, _database).rows, _places(version, _database).frame
    regions = rows["network_region"]
    here = set(regions.loc[regions["network_code"] == network, "region_code"])
    meetings = rows["meeting"]
    of_network = set(meetings.loc[meetings["network_code"] == network, "code"])
    attendance = rows["attendance"]
    came = set(attendance.loc[attendance["meeting_code"].isin(of_network), "territory_code"])
    frame = frame[
        ~frame["code"].isin(rows["territory"]["code"]) | frame["code"].isin(in_use(rows["territory"])["code"])
    ]
    inside = frame[frame["region_code"].isin(here)] if here else frame
    bodies = inside["kind"] != "commune"
    communes = inside[~bodies].head(max(0, MOST_PLACES - int(bodies.sum())))  # the most populous first
    rest = pd.concat([communes, inside[bodies]])  # who writes Lille means the town before its métropole
    first = frame[frame["code"].isin(came)].sort_values("name")
    return tuple(dict.fromkeys([*first["label"], *rest["label"]])), len(rest) < len(inside)
