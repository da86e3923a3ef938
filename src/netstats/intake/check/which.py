"""What is asked when a name may mean several territories, and the answers that can be given."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from netstats.choices import TERRITORY_KINDS
from netstats.intake.near import place_label
from netstats.intake.questions import NONE, About, Option, Topic
from netstats.intake.read.grids import quoted
from netstats.reference.fold import normalize
from netstats.reference.gazetteer import Candidate
from netstats.wording import NO_BREAK, counted


def territory_topic(name: str, network: str, *, about: About = "territoire") -> Topic:
    """Return what is asked when a name may mean several territories in a network."""
    return Topic(about, network, normalize(name))


def which_said(
    text: str, network: str, regions: Collection[str], candidates: Iterable[Candidate], *, or_alike: bool
) -> str:
    """Return the question which territory a name means in a network of that name, whose regions these are."""
    found = list(candidates)
    where = f"hors des régions du réseau {network}"
    if not regions or any(not set(regions).isdisjoint(one.region_codes) for one in found):
        return f"{quoted(text)} désigne {counted(len(found), 'territoire')}. Lequel{NO_BREAK}?"
    if len(found) > 1:
        return f"{quoted(text)} désigne {counted(len(found), 'territoire')}, {where}. Lequel{NO_BREAK}?"
    alike = ", ou un nom proche" if or_alike else ""
    return f"{quoted(text)} ne se trouve que {where}. Est-ce bien ce territoire{alike}{NO_BREAK}?"


def number_said(text: str) -> str:
    """Return the question whether a bare number is the code of a territory."""
    return f"{quoted(text)} est un nombre. Est-ce le code de ce territoire{NO_BREAK}?"


def options(candidates: Iterable[Candidate], *, lasts: bool) -> tuple[Option, ...]:
    """Return the answers that can be given: each of these territories, or none of them."""
    none = Option(NONE, f"Aucun de ceux-là{NO_BREAK}: la ligne sera refusée")
    return (*(Option(one.code, _option_label(one), lasts) for one in candidates), none)


def _option_label(candidate: Candidate) -> str:
    people = f"{counted(candidate.population, 'hab.', 'hab.')}" if candidate.population else "population inconnue"
    return f"{place_label(candidate)}, {TERRITORY_KINDS[candidate.kind].noun}, {people}"
