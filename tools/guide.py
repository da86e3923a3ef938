"""Write the tables of docs/guide.md that the catalogue declares: python -m tools.guide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from netstats.catalogue import actions, meetings, overview, participation, themes
from netstats.catalogue.figure import Figure
from netstats.catalogue.indicators import BESIDE, MEASURES

GUIDE = Path(__file__).parents[1] / "docs/guide.md"


def indicators() -> Iterator[str]:
    """Return the table of what is counted, each with its definition."""
    yield from ("| Indicateur | Définition |", "|---|---|")
    measures = (*MEASURES, *BESIDE, *actions.MEASURES, *themes.MEASURES, *participation.MEASURES)
    labels: dict[str, dict[str, None]] = {}  # definition → what it defines, each once, in order
    for measure in measures:
        labels.setdefault(measure.definition, {})[measure.label] = None
    yield from (f"| {', '.join(defined)} | {definition} |" for definition, defined in labels.items())
    told: Mapping[str, Figure] = {
        "Nouveaux territoires": participation.NEWCOMERS,
        "À relancer": participation.LAPSED,
        "Part d’un thème": overview.THEMES,
    }
    for label, figure in told.items():
        yield f"| {label} | {figure.definition} |"
    for measure in meetings.MEASURES:
        yield f"| {measure.label} (d’une réunion) | {measure.definition} |"


def figures() -> Iterator[str]:
    """Return the table of what the command `figures` answers: name, title, what it is about, first words of why."""
    yield from ("| Figure | Ce qu’elle donne |", "|---|---|")
    for figure in overview.FIGURES.values():
        about = f" (`--sujet` : {figure.subject})" if figure.subject else ""
        first, *_ = re.split(r"(?<=\.) ", figure.definition)
        said = "" if figure is overview.INDICATORS else f". {first}"
        yield f"| `{figure.name}` | {figure.title}{about}{said} |"


def written(guide: str) -> str:
    """Return the guide with its tables as the catalogue declares them now."""
    for name, lines in {"indicateurs": indicators(), "figures": figures()}.items():
        start, end = f"<!-- {name} : écrit par python -m tools.guide -->", f"<!-- fin : {name} -->"
        before, rest = guide.split(start)
        _, after = rest.split(end)
        guide = "\n".join((f"{before}{start}\n", *lines, f"\n{end}{after}"))
    return guide


if __name__ == "__main__":
    GUIDE.write_text(written(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
