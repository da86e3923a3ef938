"""What the charts made of rows say: ranked bars, shares before and since, families over the periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from netstats.charts.chart import Row
from netstats.charts.ticks import spoken_period
from netstats.charts.words import plain, quoted, reading, wrapped
from netstats.wording import NO_BREAK, counted, is_missing, listing, number, percent, signed


@dataclass(frozen=True)
class Ranking:
    """How the rows of a ranking are said."""

    unit: tuple[str, str] | None  # the counted noun, singular and plural; None for shares of 1
    row_name: tuple[str, str]  # what a row is, singular and plural
    share_of: str  # what a share is a share of
    is_compared: bool  # each row says what has changed

    def value(self, row: Row) -> str:
        """Return the value, short: « 12 » or « 15 % »."""
        return number(row["value"]) if self.unit else percent(row["value"])

    def aside(self, row: Row) -> str:
        """Return what stands beside the value: its share, and what has changed."""
        return "  ".join(text for text in (f"({_share(row)})" if _share(row) else "", self._change(row)) if text)

    def said(self, row: Row) -> str:
        """Return the value with its unit: « 12 réunions »."""
        if self.unit:
            return counted(row["value"], *self.unit)
        return f"{percent(row['value'])} {self.share_of}".rstrip()

    def hover(self, row: Row) -> str:
        """Return all that is known of a row."""
        detail = row.get("detail")
        lines = [f"<b>{wrapped(row['label'] if is_missing(detail) or not detail else detail)}</b>", self.said(row)]
        if _share(row):
            lines.append(wrapped(f"{_share(row)} {self.share_of}".strip()))
        if not is_missing(row.get("change")):
            earlier = f"Période précédente{NO_BREAK}: {number(row['before'])} ({signed(row['change'])})"
            lines.append(wrapped(earlier))
        if not is_missing(row.get("family")):
            lines.append(wrapped(f"Famille{NO_BREAK}: {row['family']}"))
        return "<br>".join(lines)

    def item(self, row: Row) -> str:
        """Return a row as the alternative text has it."""
        share, change = _share(row), self._change(row)
        return (
            f"{row['label']}, {self.said(row)}"
            + (f" ({share})" if share else "")
            + (f", évolution {change}" if change else "")
        )

    def reading(self, leaders: Sequence[Row], tied: int) -> str:
        """Return what comes first; `tied` rows may be more than the `leaders` that are drawn."""
        names = [quoted(row["label"]) for row in leaders]
        if tied == 1:
            return reading(f"{names[0]} arrive en tête avec {self.with_share(leaders[0])}.")
        if tied > 3:
            return reading(self.tied(leaders[0], tied))
        return reading(f"{listing(names)} arrivent en tête à égalité, {self._each(leaders[0])}.")

    def tied(self, row: Row, count: int) -> str:
        """Return that `count` rows have the value of `row`."""
        return f"{number(count)} {self.row_name[1]} à égalité, {self._each(row)}."

    def with_share(self, row: Row) -> str:
        """Return the value with its unit, and of what it is which share."""
        beside = f", soit {_share(row)} {self.share_of}".rstrip() if _share(row) else ""
        return f"{self.said(row)}{beside}"

    def _each(self, row: Row) -> str:
        said = self.said(row)
        return f"{said} pour chacun{self.with_share(row).removeprefix(said)}"

    def _change(self, row: Row) -> str:
        return signed(row["change"]) if self.is_compared else ""


def _share(row: Row) -> str:
    return percent(row["share"]) if "share" in row else ""


# ---------------------------------------------------------------- before and since


def shift_counts(row: Row) -> str:
    """Return both counts as short as a phone needs: « 4/80 → 12/81 »."""
    return " → ".join(
        f"{number(int(row[f'{half}_meetings']))}/{number(int(row[f'{half}_total']))}" for half in ("early", "late")
    )


def shift_hover(row: Row) -> str:
    """Return both shares of a theme, and its trend."""
    return "<br>".join(
        [
            f"<b>{wrapped(row['label'])}</b>",
            f"avant{NO_BREAK}: {_of(row, 'early')} ({percent(row['share_early'])})",
            f"depuis{NO_BREAK}: {_of(row, 'late')} ({percent(row['share_late'])})",
            plain(row["trend"]),
        ]
    )


def shift_item(row: Row) -> str:
    """Return a theme as the alternative text has it."""
    shares = f"{percent(row['share_early'])} puis {percent(row['share_late'])}"
    return f"{row['label']} ({row['trend']}{NO_BREAK}: {shares})"


def shift_reading(rows: Sequence[Row], since: str) -> str:
    """Return the theme that has moved the most."""
    lead = max(rows, key=lambda row: abs(row["share_late"] - row["share_early"]))
    early, late = (f"({percent(lead[share])})" for share in ("share_early", "share_late"))
    return reading(
        f"{quoted(lead['label'])} était abordé à {_of(lead, 'early')} réunions {early} avant {since}, "
        f"et à {_of(lead, 'late')} {late} depuis."
    )


def _of(row: Row, half: str) -> str:
    return f"{number(int(row[f'{half}_meetings']))} sur {number(int(row[f'{half}_total']))}"


# ---------------------------------------------------------------- one selection beside another


def pair_of(row: Row, side: int) -> str:
    """Return the share of a row in one selection, and the counts it is made of: « 45 % (5 sur 11) »."""
    if not row[f"total_{side}"]:
        return "–"  # unknown is not nil
    counts = f"{number(int(row[f'count_{side}']))} sur {number(int(row[f'total_{side}']))}"
    return f"{percent(row[f'share_{side}'])} ({counts})"


def pair_hover(row: Row, names: tuple[str, str], unit: tuple[str, str]) -> str:
    """Return both shares of a row under the names of the selections."""
    said = (wrapped(f"{name}{NO_BREAK}: {_pair_said(row, side, unit)}") for side, name in enumerate(names, start=1))
    return "<br>".join([f"<b>{wrapped(row['label'])}</b>", *said])


def pair_item(row: Row) -> str:
    """Return a row as the alternative text has it."""
    return f"{row['label']}, {pair_of(row, 1)} et {pair_of(row, 2)}"


def pair_reading(rows: Sequence[Row], names: tuple[str, str], unit: tuple[str, str]) -> str:
    """Return the row whose shares lie farthest apart, of those known on both sides; else the first."""
    known = [row for row in rows if row["total_1"] and row["total_2"]]
    lead = max(known or rows, key=lambda row: abs((row["share_1"] or 0) - (row["share_2"] or 0)) if known else 0)
    said = (f"{_pair_said(lead, side, unit)} ({name})" for side, name in enumerate(names, start=1))
    return reading(f"{quoted(lead['label'])}{NO_BREAK}: {' ; '.join(said)}.")


def _pair_said(row: Row, side: int, unit: tuple[str, str]) -> str:
    total = row[f"total_{side}"]
    if not total:
        return "part inconnue"
    share, count = percent(row[f"share_{side}"]), int(row[f"count_{side}"])
    return f"{counted(count, *unit)} sur {number(int(total))}, soit {share}"


# ---------------------------------------------------------------- over the periods


def evolution_hover(row: Row) -> str:
    """Return a theme in a period, and of how many meetings that is known."""
    lines = [f"<b>{wrapped(row['label'])}</b>", plain(row["period_label"])]
    if not row["themed_meetings"]:
        return "<br>".join([*lines, "aucune réunion dont les thèmes sont connus"])
    known = counted(int(row["themed_meetings"]), "réunion")
    return "<br>".join(
        [*lines, f"{number(int(row['meetings']))} sur {known} aux thèmes connus ({percent(row['share'])})"]
    )


def evolution_reading(row: Row) -> str:
    """Return the highest bar."""
    when, _ = spoken_period(str(row["period_label"]))
    share = "" if is_missing(row["share"]) else f", soit {percent(row['share'])}"
    return reading(
        f"{when}, {quoted(row['label'])} a été abordé dans {number(int(row['meetings']))} réunion"
        f"{'s' if row['meetings'] > 1 else ''} sur {number(int(row['themed_meetings']))} dont les thèmes sont connus"
        f"{share}."
    )
