"""What a selection shows, one sentence a slide: computed from its rows, true as it stands, or empty.

A sentence never says more than the rows do: a tie is said as one, an unknown is never a nil, and where nothing stands
out nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from netstats import wording
from netstats.catalogue.measure import of_meetings
from netstats.catalogue.themes import clear_trends
from netstats.charts.ticks import spoken_period
from netstats.filters import DIMENSIONS, Choices, Filters
from netstats.period import Period
from netstats.wording import NO_BREAK, counted, listing, number, percent, plural

_MOST_LEADERS = 3  # names that a title has room for
_ENOUGH_TO_LEAD = 3  # meetings of a period

_PLACES = {  # one, several, too many to be named; the narrowest first
    "departement": ("({})", "des départements {}", "des {} départements choisis"),
    "region": ("de la région {}", "des régions {}", "des {} régions choisies"),
    "reseau": ("du réseau {}", "des réseaux {}", "des {} réseaux choisis"),
}


def activity(indicators: pd.Series, themes: pd.DataFrame, meetings: pd.DataFrame, period: Period, today: date) -> str:
    """Return the whole in one line: « 5 réunions depuis 2019, 23 territoires, « Rixes » en tête ».

    From the row of « indicateurs », the rows of « themes » and of « reunions ». A chosen period is said beside; without
    any, the years are said here, « depuis » of what still goes on `today`.
    """
    if not indicators["meetings"]:
        return ""
    held = counted(indicators["meetings"], "réunion")
    pieces = [f"{held}{_since(indicators, meetings, period, today)}"]
    if not wording.is_missing(indicators["territories"]) and indicators["territories"]:
        pieces.append(counted(indicators["territories"], "territoire"))
    leaders = _first_two(themes)
    if leaders:
        pieces.append(f"{_quoted(leaders)} en tête")
    return ", ".join(pieces)


def key_figures(indicators: pd.Series, place: str) -> str:
    """Return who came and how much of the population of a place, said by `place_of`, that covers."""
    if not indicators["meetings"]:
        return ""
    territories = indicators["territories"]
    if wording.is_missing(territories) or not territories:
        met = counted(indicators["meetings"], "réunion tenue", "réunions tenues")
        done = indicators["actions"]
        return f"{met}, {counted(done, 'action racontée', 'actions racontées')}" if done else met
    cover = plural(territories, "couvre", "couvrent")
    share = percent(indicators["share_covered"])
    return f"{counted(territories, 'territoire')} {cover} {share} de la population {place}"


def place_of(filters: Filters, choices: Choices, *, is_whole: bool) -> str:
    """Return whose population shares are shares of, after « la population »: « du réseau Hauts-de-France ».

    It is that of `scope_department` (schema.sql): the chosen departments, else regions, else networks; `is_whole`
    when these are the whole country.
    """
    if is_whole:
        return "française"
    chosen = {dimension.parameter: filters.codes(dimension) for dimension in DIMENSIONS}
    parameter = next(parameter for parameter in _PLACES if chosen[parameter])
    names = [choices[parameter].get(code, code) for code in chosen[parameter]]
    of_one, of_several, of_many = _PLACES[parameter]
    if len(names) > _MOST_LEADERS:
        return of_many.format(number(len(names)))
    return (of_one if len(names) == 1 else of_several).format(listing(names))


def covered_departments(departments: pd.DataFrame) -> str:
    """Return the best covered department of « departements », or how many have someone."""
    reached = departments[departments["share_covered"].fillna(0) > 0]
    if reached.empty:
        return ""
    best = reached[reached["share_covered"] == reached["share_covered"].max()]
    share = f"{percent(best['share_covered'].iloc[0])} de la population couverte"
    represented = f"{counted(len(reached), 'département représenté', 'départements représentés')}"
    is_named, are_alike = len(best) <= _MOST_LEADERS, len(best) == len(reached)
    if is_named and are_alike:
        only = plural(len(best), "seul département représenté", "seuls départements représentés")
        alone = f", {only}" if len(departments) > len(reached) else ""
        each = " chacun" if len(best) > 1 else ""
        return f"{listing(_department(best))}{alone}{NO_BREAK}: {share}{each}"
    if is_named:
        return f"{listing(_department(best))} en tête, {share}{NO_BREAK}; {represented}"
    if are_alike:
        is_full = best["share_covered"].iloc[0] == 1
        return f"{represented}, tous entièrement couverts" if is_full else f"{represented}, chacun avec {share}"
    if best["share_covered"].iloc[0] == 1:
        return f"{represented}, dont {number(len(best))} entièrement couverts"
    return f"{represented}, dont {number(len(best))} à {share}"


def most_present(territories: pd.DataFrame) -> str:
    """Return the territories of « territoires » that came most."""
    if territories.empty:
        return ""
    most = int(territories["attendances"].max())
    leaders = territories.loc[territories["attendances"] == most, "name"]
    times = counted(most, "présence")
    if len(territories) == 1:
        return f"{leaders.iloc[0]}, seul territoire venu{NO_BREAK}: {times}"
    if len(leaders) == len(territories):
        each = "venus une fois chacun" if most == 1 else f"{times} chacun"
        return f"{counted(len(territories), 'territoire')}, {each}"
    if len(leaders) > _MOST_LEADERS:
        return f"{number(len(leaders))} territoires à égalité en tête, {times} chacun"
    if len(leaders) == 1:
        return f"{leaders.iloc[0]}, territoire le plus présent{NO_BREAK}: {times}"
    return f"{listing(leaders)}, territoires les plus présents{NO_BREAK}: {times} chacun"


def most_met_themes(themes: pd.DataFrame, *, beside: bool = False) -> str:
    """Return the themes of « themes » that were met most; `beside` those that are chosen, which are not among them."""
    if themes.empty:
        return ""
    first = themes.iloc[0]
    if len(themes) > 1 and first["themed_meetings"] == 1:
        return f"{number(len(themes))} thèmes abordés en une réunion"
    leaders = list(themes.loc[themes["meetings"] == themes["meetings"].max(), "short_name"])
    times = of_meetings(int(first["meetings"]), int(first["themed_meetings"]))
    at = " aux mêmes réunions" if beside else ""
    return _ranked(leaders, len(themes), times, ("thème", "thèmes"), (f"abordé{at}", f"abordés{at}"))


def trend(trends: pd.DataFrame) -> str:
    """Return the theme of « tendances-themes » whose share has clearly changed most."""
    clear = clear_trends(trends)
    if clear.empty:
        return ""
    row = clear.iloc[(clear["share_late"] - clear["share_early"]).abs().to_numpy().argmax()]
    before = halfway(trends)
    early, late = percent(row["share_early"]), percent(row["share_late"])
    name = _quoted([row["short_name"]])
    return f"{name} {row['trend']}{NO_BREAK}: {early} des réunions avant {before}, {late} depuis"


def halfway(trends: pd.DataFrame) -> str:
    """Return when the newer half of the meetings of « tendances-themes » begins, after « avant »: « le 6 mai 2020 »."""
    since = str(trends["late_since"].iloc[0])
    is_a_day = since.count("-") == 2
    return f"le {wording.spoken_date(since)}" if is_a_day else wording.spoken_date(since)


def latest_families(evolution: pd.DataFrame) -> str:
    """Return the families of « evolution-familles » that lead in the latest period; nothing when there is only one.

    Of fewer meetings than `_ENOUGH_TO_LEAD`, what they were about leads nothing.
    """
    top = _leading_families(evolution)
    if top.empty:
        return ""
    when, _ = spoken_period(str(top["period_label"].iloc[0]))
    when = when[:1].upper() + when[1:]
    times = of_meetings(int(top["meetings"].iloc[0]), int(top["themed_meetings"].iloc[0]))
    if len(top) > _MOST_LEADERS:
        return f"{when}, {number(len(top))} familles de thèmes à égalité{NO_BREAK}: {times} pour chacune"
    each = " pour chacune" if len(top) > 1 else ""
    return f"{when}, {_quoted(top['name'])} en tête{NO_BREAK}: {times}{each}"


def named_families(evolution: pd.DataFrame) -> frozenset[str]:
    """Return the codes of the families that `latest_families` names: they have to be seen beside it."""
    return frozenset(str(code) for code in _leading_families(evolution)["code"].head(_MOST_LEADERS))


def _leading_families(evolution: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that lead in the latest period whose themes are known, where that can be said; or none."""
    known = evolution[evolution["themed_meetings"] > 0]
    starts = known["period_start"]
    last = known[starts == starts.max()]
    if starts.nunique() < 2 or last["themed_meetings"].iloc[0] < _ENOUGH_TO_LEAD:
        return known.iloc[:0]
    most = last["meetings"].max()
    return last.loc[last["meetings"] == most] if most else known.iloc[:0]


def most_frequent_actions(types: pd.DataFrame) -> str:
    """Return the types of « types-action » that were told most."""
    if types.empty:
        return ""
    total, most = int(types["actions"].sum()), int(types["actions"].max())
    leaders = list(types.loc[types["actions"] == most, "name"])
    times = f"{number(most)} {plural(most, 'action')} sur {number(total)}"
    return _ranked(leaders, len(types), times, ("type d’action", "types d’action"), ("fréquent", "fréquents"))


def latest_meeting(meeting: pd.Series, *, is_surely: bool = True) -> str:
    """Return when the latest meeting was and how many came, from its row of « reunions ».

    `is_surely` is whether no other may have been as late: the same day, or a day that nobody knows.
    """
    day = wording.date(meeting["held_on"], str(meeting["date_precision"]))
    when = f"le {day}" if meeting["date_precision"] == "day" else f"en {day}"
    if not wording.is_missing(meeting["held_until"]):
        first, last = meeting["held_on"].date(), meeting["held_until"].date()
        article = "les" if wording.are_neighbours(first, last) else "du"
        when = f"{article} {wording.span(first, last)}"
    pieces = [f"{'Dernière réunion' if is_surely else 'Une des dernières réunions'}, {when}"]
    if not wording.is_missing(meeting["territories_all"]):
        pieces.append(counted(meeting["territories_all"], "territoire présent", "territoires présents"))
    return f"{NO_BREAK}: ".join(pieces)


def to_call_back(lapsed: pd.DataFrame) -> str:
    """Return who of « a-relancer » is to be called back."""
    if lapsed.empty:
        return ""
    names = list(lapsed["name"])
    if len(names) == 1:
        return f"Un territoire à relancer{NO_BREAK}: {names[0]}"
    called = f"{number(len(names))} territoires à relancer"
    if len(names) <= _MOST_LEADERS:
        return f"{called}{NO_BREAK}: {listing(names)}"
    return f"{called}, dont {listing(names[:_MOST_LEADERS])}"


def known_from(indicators: pd.Series) -> str:
    """Return of how many meetings the figures are known."""
    meetings = int(indicators["meetings"])
    if not meetings:
        return ""
    known = [
        f"{what} pour {number(indicators[column])}"
        for what, column in (
            ("présents connus", "attended_meetings"),
            ("thèmes", "themed_meetings"),
            ("effectif", "participants_known_meetings"),
        )
    ]
    return f"{counted(meetings, 'réunion')} sous ces chiffres{NO_BREAK}: {listing(known)}"


def _since(indicators: pd.Series, meetings: pd.DataFrame, period: Period, today: date) -> str:
    """Return when the activity was; of meetings without a date nobody knows since when."""
    if period:
        return ""
    if indicators["undated_meetings"] == indicators["meetings"]:
        return " sans date"
    if indicators["undated_meetings"]:
        return f" (dont {number(indicators['undated_meetings'])} sans date)"
    years = meetings.loc[meetings["status"] == "held", "held_on"].dt.year
    first, last = int(years.min()), int(years.max())
    if first == last:
        return f" en {first}"
    return f" depuis {first}" if last >= today.year - 1 else f" de {first} à {last}"


def _first_two(themes: pd.DataFrame) -> list[str]:
    """Return the themes that lead, as many as surely do: a tie that is too long has no leader."""
    leaders: list[str] = []
    for _, group in themes.groupby("meetings", sort=False):
        if len(leaders) + len(group) > 2:
            break
        leaders += list(group["short_name"])
    return leaders


def _ranked(leaders: list[str], of: int, times: str, what: tuple[str, str], how: tuple[str, str]) -> str:
    """Return which of so many lead; `what` and `how` are said of one, then of several."""
    if of == 1:
        return f"{_quoted(leaders)}, seul {what[0]}{NO_BREAK}: {times}"
    if len(leaders) == 1:
        return f"{_quoted(leaders)}, {what[0]} le plus {how[0]}{NO_BREAK}: {times}"
    if len(leaders) == of:
        return f"{number(of)} {what[1]}, aucun plus {how[0]} que les autres{NO_BREAK}: {times} chacun"
    if len(leaders) > _MOST_LEADERS:
        return f"{number(len(leaders))} {what[1]} à égalité en tête{NO_BREAK}: {times} chacun"
    return f"{_quoted(leaders)}, {what[1]} les plus {how[1]}{NO_BREAK}: {times} chacun"


def _quoted(names: Sequence[str] | pd.Series) -> str:
    return listing(f"«{NO_BREAK}{name}{NO_BREAK}»" for name in names)


def _department(rows: pd.DataFrame) -> list[str]:
    return [f"{name} ({code})" for name, code in zip(rows["name"], rows["code"], strict=True)]
