"""Who came, by name: territories grouped by department, each with its number of attendances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from netstats import wording
from netstats.reference.fold import unaccented
from netstats.wording import counted, number

MOST_LINES = 90  # of names and headings: what a slide has room for, at a size that can be read
_SLACK = 1.15


@dataclass(frozen=True)
class Group:
    """The territories of one department: its name over theirs, each with how often it came."""

    heading: str
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Names:
    """Rows of « territoires », those that came most first, to be named one by one."""

    frame: pd.DataFrame

    def groups(self, most: int = MOST_LINES) -> Sequence[Group]:
        """Return the departments in the order of French, those who came most first in each, on `most` lines."""
        found = [
            Group(
                wording.typeset(f"{rows['department'].iloc[0]} ({code})"),
                tuple(
                    (wording.typeset(name), number(times))
                    for name, times in zip(rows["name"], rows["attendances"], strict=True)
                ),
            )
            for code, rows in self._named(most).groupby("department_code", sort=False)
        ]
        return sorted(found, key=lambda group: unaccented(group.heading))

    def rest(self, most: int = MOST_LINES) -> str:
        """Return what the numbers are, in which order the names stand, and how many are left out, if any."""
        left_out = self.frame.iloc[len(self._named(most)) :]
        if left_out.empty:
            return "À côté de chaque nom, ses présences ; par département, les plus présents d’abord."
        others = counted(len(left_out), "autre territoire, venu", "autres territoires, venus")
        times = counted(left_out["attendances"].max(), "fois au plus", "fois au plus")
        first = number(len(self.frame) - len(left_out))
        return f"Les {first} venus le plus souvent, avec leurs présences ; et {others} {times}."

    def _named(self, most: int) -> pd.DataFrame:
        """Return the first rows that stand on so many lines, with a heading for each department.

        A few lines more rather than leaving out a few names.
        """
        headings = (~self.frame["department_code"].duplicated()).cumsum()
        lines = headings + np.arange(1, len(self.frame) + 1)
        return self.frame if lines.iloc[-1] <= most * _SLACK else self.frame[lines <= most]
