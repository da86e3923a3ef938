"""The one Filters value that rules every figure, table and export: from and to the address, to SQL, to French."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypedDict
from urllib.parse import parse_qs

from netstats import wording
from netstats.errors import NetstatsError
from netstats.period import Period

Choices = Mapping[str, Mapping[str, str]]
"""What can be chosen: parameter → code → French label, in the order to show."""


_EVERYWHERE = "Tous les réseaux régionaux"
_MOST_LABELS = 4  # that a short sentence names


@dataclass(frozen=True)
class Dimension:
    """One filter by code: how it is called in the address and on the command line, and how it is said."""

    parameter: str
    attribute: str
    label: str
    singular: str
    plural: str
    shows_code: bool = False

    def option(self, code: str, label: str) -> str:
        """Return how a choice reads in the filter bar, and in the browser's address: « Nord (59) »."""
        return f"{label} ({code})" if self.shows_code else label

    def say(self, labels: Sequence[str], *, whole: bool = True) -> str:
        """Return the chosen labels as a piece of the sentence: « thèmes Stupéfiants et Rixes ».

        Unless `whole`, many are the first two and how many others: « Nord, Oise et 99 autres ».
        """
        word = self.plural if len(labels) > 1 else self.singular
        if not whole and len(labels) > _MOST_LABELS:
            labels = [*labels[:2], f"{wording.number(len(labels) - 2)} autres"]
        return f"{word} {wording.listing(labels)}".strip()


DIMENSIONS = (
    Dimension("region", "regions", "Région", "", ""),
    Dimension("departement", "departments", "Département", "", "", shows_code=True),
    Dimension("reseau", "networks", "Réseau", "réseau", "réseaux"),
    Dimension("theme", "themes", "Thème", "thème", "thèmes"),
    Dimension("modalite", "formats", "Format", "format", "formats"),
    Dimension("nature", "kinds", "Type de territoire", "territoires de type", "territoires de type"),
)
"""Every filter but the period, in the order of the filter bar."""

PERIOD_PARAMETER = "periode"
PARAMETERS = (PERIOD_PARAMETER, *(dimension.parameter for dimension in DIMENSIONS))
"""The parameters of an address that make a selection."""

FACE_PARAMETER = "face"
"""The parameter of an address that holds a second selection, set beside the first."""

_WHOLE = "tout"  # the second selection without any filter
_ENCODED = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "%&+;"})  # what would cut it into other pieces


class Parameters(TypedDict):
    """What is bound to the macros of schema.sql; None is no condition."""

    since: date | None
    until: date | None
    regions: list[str] | None
    departments: list[str] | None
    networks: list[str] | None
    kinds: list[str] | None
    themes: list[str] | None
    formats: list[str] | None


@dataclass(frozen=True)
class Filters:
    """A selection of the activity. An empty tuple, or an empty period, is no condition.

    Without a network the regional networks are meant: national activity joins when it is asked for.
    """

    period: Period = field(default_factory=Period)
    regions: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()

    def codes(self, dimension: Dimension) -> tuple[str, ...]:
        """Return what is chosen in one dimension."""
        chosen: tuple[str, ...] = getattr(self, dimension.attribute)
        return chosen

    def count(self) -> int:
        """Return how many filters are on, the period being one."""
        return bool(self.period) + sum(bool(self.codes(dimension)) for dimension in DIMENSIONS)

    def parameters(self) -> Parameters:
        """Return the values to bind to `$since`, `$until`, `$regions` … of a query."""
        return Parameters(
            since=self.period.since,
            until=self.period.until,
            regions=list(self.regions) or None,
            departments=list(self.departments) or None,
            networks=list(self.networks) or None,
            kinds=list(self.kinds) or None,
            themes=list(self.themes) or None,
            formats=list(self.formats) or None,
        )

    def to_address(self, choices: Choices | None = None) -> dict[str, list[str]]:
        """Return the address parameters that open this selection: {"departement": ["59"], "periode": ["2020"]}.

        With `choices`, options stand in the place of codes ("Nord (59)"), as the filter bar writes them.
        """
        address = {
            dimension.parameter: [
                dimension.option(code, choices[dimension.parameter][code]) if choices else code
                for code in self.codes(dimension)
            ]
            for dimension in DIMENSIONS
        }
        address[PERIOD_PARAMETER] = [str(self.period)] if self.period else []
        return {parameter: values for parameter, values in address.items() if values}

    def to_face(self, choices: Choices | None = None) -> str:
        """Return the value of `face` that sets this selection beside another, in the words of its own address.

        « departement=Oise (60)&periode=2020 »; « tout » without any filter.
        """
        address = self.to_address(choices)
        pieces = (f"{parameter}={value.translate(_ENCODED)}" for parameter in address for value in address[parameter])
        return "&".join(pieces) or _WHOLE

    def before(self, today: date) -> Filters | None:
        """Return the same selection over the previous period of the same length, to compare with.

        None without one, or while the period is not over: half a year against a whole one would say nothing.
        """
        period = self.period.previous()
        return None if period is None or self.is_unfinished(today) else replace(self, period=period)

    def is_unfinished(self, today: date) -> bool:
        """Return whether the selected period still runs on that day."""
        return self.period.until is not None and self.period.until >= today

    def everywhere(self) -> Filters:
        """Return the selection without its places and kinds of territory: that of one territory's own sheet."""
        return replace(self, regions=(), departments=(), kinds=())

    def of_networks(self) -> Filters:
        """Return the selection of the same period, networks and regions alone: whether anything is recorded there."""
        return Filters(period=self.period, regions=self.regions, networks=self.networks)

    def of_places(self) -> Filters:
        """Return the selection of the same networks, regions and departments, whatever its period and the rest."""
        return Filters(regions=self.regions, departments=self.departments, networks=self.networks)

    def without(self, dimension: Dimension) -> Filters:
        """Return the selection with nothing chosen in one dimension."""
        kept = {other.attribute: self.codes(other) for other in DIMENSIONS if other != dimension}
        return Filters(period=self.period, **kept)

    def sentence(self, choices: Choices, *, whole: bool = True) -> str:
        """Return the selection as one French sentence: « Nord et Oise, 2019 à 2021, thème Stupéfiants ».

        `choices` has the labels of the codes; a code without one is said as it is. Unless `whole`, which an export is,
        a long list is shortened: « Nord, Oise et 99 autres ».
        """
        everywhere = () if self.regions or self.departments or self.networks else (_EVERYWHERE,)
        return _sentence([*everywhere, *self._said(choices, whole=whole)])

    def apart(self, other: Filters, choices: Choices) -> str:
        """Return what tells the selection from another, in short: « Nord » beside « Oise », both of 2020.

        Whole, where one of the two has nothing of its own.
        """
        own, its = self._without_shared(other), other._without_shared(self)
        if not own.count() or not its.count():
            return self.sentence(choices, whole=False)
        return _sentence(own._said(choices, whole=False))

    def is_as(self, other: Filters) -> bool:
        """Return whether another selection is the same, whatever the order of what is chosen."""
        return not self._without_shared(other).count() and not other._without_shared(self).count()

    def _without_shared(self, other: Filters) -> Filters:
        """Return the selection without the filters that another has just so."""
        kept = {
            dimension.attribute: self.codes(dimension)
            for dimension in DIMENSIONS
            if set(self.codes(dimension)) != set(other.codes(dimension))
        }
        return Filters(period=Period() if self.period == other.period else self.period, **kept)

    def _said(self, choices: Choices, *, whole: bool) -> list[str]:
        """Return each filter in French: places, networks, period, the rest."""
        said = {
            dimension.parameter: dimension.say(
                [choices.get(dimension.parameter, {}).get(code, code) for code in self.codes(dimension)], whole=whole
            )
            for dimension in DIMENSIONS
            if self.codes(dimension)
        }
        places = [said.pop(parameter, "") for parameter in ("region", "departement", "reseau")]
        return [piece for piece in (*places, str(self.period), *said.values()) if piece]


def within(sentence: str) -> str:
    """Return a selection as it is said inside a sentence: « face à tous les réseaux régionaux », names as they are."""
    return sentence[:1].lower() + sentence[1:] if sentence.startswith(_EVERYWHERE) else sentence


def _sentence(pieces: Sequence[str]) -> str:
    sentence = ", ".join(pieces)
    return sentence[:1].upper() + sentence[1:]


@dataclass(frozen=True)
class Unknown:
    """A value of an address that is not known, and so left out; its `str` says so. The period has no dimension."""

    value: str
    dimension: Dimension | None
    reason: str

    def __str__(self) -> str:
        return f"{self.reason[:-1]}, ce filtre est laissé de côté." if self.dimension else self.reason


def read_address(address: Mapping[str, Sequence[str]], choices: Choices) -> tuple[Filters, list[Unknown]]:
    """Return the selection an address asks for, and what in it is not known.

    A value may be a code (« 59 », as the exports write it), a name (« Nord », whatever its capitals) or an option
    (« Nord (59) », as the browser writes it). What is not known is left out, never guessed.
    """
    unknown: list[Unknown] = []
    chosen: dict[str, tuple[str, ...]] = {}
    for dimension in DIMENSIONS:
        labels = choices.get(dimension.parameter, {})
        by_name = {
            spelling.casefold(): code
            for code, label in labels.items()
            for spelling in (label, dimension.option(code, label))
        }
        codes = []
        for value in address.get(dimension.parameter, ()):
            code = value if value in labels else by_name.get(value.casefold())
            if code is None:
                reason = f"{dimension.label} : « {value} » n’est pas connu."
                unknown.append(Unknown(value, dimension, reason))
            elif code not in codes:
                codes.append(code)
        chosen[dimension.attribute] = tuple(codes)
    period = Period()
    for value in address.get(PERIOD_PARAMETER, ()):
        period, notices = read_period(value)
        unknown += [Unknown(value, None, notice) for notice in notices]
    return Filters(period=period, **chosen), unknown


def read_face(value: str, choices: Choices) -> tuple[Filters, list[Unknown]]:
    """Return the selection that a value of `face` stands for, see `Filters.to_face`, and what in it is not known."""
    address = {} if value.strip() == _WHOLE else parse_qs(value)
    others = [f"{word}={said[0]}" for word, said in address.items() if word not in PARAMETERS]
    if not address.keys() & set(PARAMETERS) and value.strip() != _WHOLE:
        others = [value]
    filters, unknown = read_address(address, choices)
    unread = [Unknown(one, None, f"Côte à côte : « {one} » n’est pas un filtre.") for one in others]
    return filters, [*unread, *unknown]


def read_period(text: str) -> tuple[Period, list[str]]:
    """Return the period a text stands for and no notice, or the whole time and one French notice."""
    try:
        return Period.parse(text), []
    except NetstatsError as error:
        return Period(), [f"{error.what} {error.remedy}"]
