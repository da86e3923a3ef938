"""The figures of netstats.catalogue.actions computed a second time, in plain Python: see oracle.py."""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from itertools import pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING

import snowballstemmer

from netstats.filters import Filters
from netstats.reference.words import STOP_WORDS

if TYPE_CHECKING:
    from tests.catalogue.oracle import Oracle, Row

SYNONYMS = Path(__file__).parents[2] / "data" / "reference" / "synonyms.csv"
_STEMMER = snowballstemmer.stemmer("french")


def figures(oracle: Oracle) -> dict[str, Callable[..., list[Row]]]:
    """Return figure → what computes its rows from a selection (and a subject, where it has one)."""
    asked = _Actions(oracle)
    return {
        "recherche": asked.search,
        "mots-proches": asked.near_words,
        "publics-action": asked.audiences,
        "themes-action": asked.themes,
        "departements-action": asked.departments,
        "types-publics": asked.grid,
        "activite-actions": asked.activity,
        "actions": asked.stories,
    }


class _Actions:
    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.related = synonyms()
        self.bags = {str(action["code"]): self._bag(action) for action in oracle.actions}

    def _bag(self, action: Row) -> dict[str, float]:
        """The words of an action and how often they stand there, those of its labels for a half."""
        oracle = self.oracle
        labels = [oracle.action_types[str(action["type_code"])]["name"]]
        for key, table in (("audience_code", oracle.audiences), ("theme_code", oracle.themes)):
            labels += [table[str(action[key])]["name"]] if action[key] else []
        labels += [oracle.bodies[str(action["territory_code"])]["name"]] if action["territory_code"] else []
        bag: dict[str, float] = defaultdict(float)
        for word in tokens(str(action["description"])):
            bag[word] += 1
        for word in tokens(" / ".join(map(str, labels))):
            bag[word] += 0.5
        return bag

    def search(self, filters: Filters, sought: str) -> list[Row]:
        """One row an action where one of the words, or what means the same, is found."""
        ranked = scores(self.bags, sought, self.related)
        rows = {str(row["code"]): row for row in self.stories(filters)}
        dropped = ("type_code", "audience_code")
        return [
            {
                **{column: value for column, value in rows[code].items() if column not in dropped},
                "words_found": words_found,
                "found": " ".join(sorted(found)),
                "score": round(score, 4),
            }
            for code, (words_found, score, found) in ranked.items()
            if code in rows
        ]

    def near_words(self, filters: Filters, sought: str) -> list[Row]:
        """One row a word of the selection that is written nearly like a sought one."""
        spellings: dict[str, set[str]] = defaultdict(set)
        where: dict[str, set[str]] = defaultdict(set)
        for action, _ in self.oracle.counted_actions(filters):
            for word in self.bags[str(action["code"])]:
                spellings[fold(word)].add(word)
                where[fold(word)].add(str(action["code"]))
        rows: list[Row] = []
        for asked in {fold(word) for word in tokens(sought)}:
            if len(asked) > 40:
                continue
            for known, written in spellings.items():
                distance = edits(asked, known)
                if len(asked) >= 3 and known.startswith(asked):
                    distance = min(distance, 1)
                if distance <= (1 if len(asked) < 6 else 2):
                    rows.append(
                        {"asked": asked, "word": min(written), "distance": distance, "actions": len(where[known])}
                    )
        return sorted(rows, key=lambda row: (row["distance"], -int(str(row["actions"])), row["word"], row["asked"]))[:6]

    def audiences(self, filters: Filters) -> list[Row]:
        """One row an audience."""
        counts = Counter(str(action["audience_code"] or "") for action, _ in self.oracle.counted_actions(filters))
        return [
            {
                "code": code,
                "name": self.oracle.audiences[code]["name"] if code else "Public non précisé",
                "actions": count,
            }
            for code, count in counts.items()
        ]

    def themes(self, filters: Filters) -> list[Row]:
        """One row a theme of an action."""
        counts = Counter(str(action["theme_code"] or "") for action, _ in self.oracle.counted_actions(filters))
        rows: list[Row] = []
        for code, count in counts.items():
            theme = self.oracle.themes[code] if code else None
            family = self.oracle.families[str(theme["family_code"])] if theme else None
            rows.append(
                {
                    "code": code,
                    "name": theme["name"] if theme else "Thème non précisé",
                    "family": family["name"] if family else None,
                    "family_rank": family["rank"] if family else None,
                    "actions": count,
                }
            )
        return rows

    def departments(self, filters: Filters) -> list[Row]:
        """One row a department of the chosen places where a body that acted covers a commune."""
        oracle = self.oracle
        acted: dict[str, list[str]] = defaultdict(list)
        for action, _ in oracle.counted_actions(filters):
            body = action["territory_code"]
            for department in oracle.departments_of(str(body)) if body else ():
                acted[department].append(str(body))
        return [
            {
                "code": code,
                "name": oracle.departments[code]["name"],
                "region": oracle.regions[oracle.departments[code]["region_code"]],
                "actions": len(bodies),
                "territories": len(set(bodies)),
            }
            for code, bodies in acted.items()
            if (not filters.departments or code in filters.departments)
            and (not filters.regions or oracle.departments[code]["region_code"] in filters.regions)
        ]

    def grid(self, filters: Filters) -> list[Row]:
        """One row a type and audience, whether or not there is such an action."""
        counts = Counter(
            (str(action["type_code"]), str(action["audience_code"] or ""))
            for action, _ in self.oracle.counted_actions(filters)
        )
        audiences: dict[str, object] = {code: row["name"] for code, row in self.oracle.audiences.items()}
        if any(audience == "" for _, audience in counts):
            audiences[""] = "Public non précisé"
        types = self.oracle.action_types if counts else {}
        return [
            {
                "type_code": kind,
                "type": types[kind]["name"],
                "audience_code": audience,
                "audience": audiences[audience],
                "actions": counts[kind, audience],
            }
            for kind, audience in product(types, audiences)
        ]

    def activity(self, filters: Filters) -> list[Row]:
        """One row a type that was told of and quarter, half-year or year, from the first to the last."""
        told = [
            (str(action["type_code"]), meeting.held_on, meeting.row["date_precision"])
            for action, meeting in self.oracle.counted_actions(filters)
            if meeting.held_on
        ]
        if not told:
            return []
        years = sorted({day.year for _, day, _ in told})
        whole_years = any(precision == "year" for *_, precision in told)
        length = 12 if whole_years or years[-1] - years[0] >= 10 else 6 if years[-1] - years[0] >= 4 else 3
        counts = Counter((kind, day.year * 12 + (day.month - 1) // length * length) for kind, day, _ in told)
        months = sorted(month for _, month in counts)
        return [
            {
                "type_code": kind,
                "type": self.oracle.action_types[kind]["name"],
                "period_start": date(month // 12, month % 12 + 1, 1),
                "period_label": {12: "", 6: f"S{month % 12 // 6 + 1} ", 3: f"T{month % 12 // 3 + 1} "}[length]
                + str(month // 12),
                "actions": counts[kind, month],
            }
            for kind in {kind for kind, _ in counts}
            for month in range(months[0], months[-1] + 1, length)
        ]

    def stories(self, filters: Filters) -> list[Row]:
        """One row an action, with the codes and the meeting that it leads to."""
        oracle = self.oracle
        audience, theme = oracle.audiences, oracle.themes
        return [
            {
                **{column: action[column] for column in ("code", "description", "type_code", "audience_code")},
                "theme_code": action["theme_code"],
                "territory_code": action["territory_code"],
                "type": oracle.action_types[str(action["type_code"])]["name"],
                "audience": audience[str(action["audience_code"])]["name"] if action["audience_code"] else None,
                "theme": theme[str(action["theme_code"])]["name"] if action["theme_code"] else None,
                "territory": oracle.bodies[str(action["territory_code"])]["name"] if action["territory_code"] else None,
                "meeting_code": meeting.code,
                "meeting": meeting.row["title"],
                "network": oracle.networks[meeting.network]["name"],
                "held_on": meeting.held_on,
                "date_precision": meeting.row["date_precision"],
                "source_url": action["source_url"] or meeting.row["source_url"],
            }
            for action, meeting in oracle.counted_actions(filters)
        ]


def scores(
    bags: dict[str, dict[str, float]], sought: str, related: dict[str, set[str]]
) -> dict[str, tuple[int, float, set[str]]]:
    """Return code → how many sought words are found, the BM25 score and the words that were found."""
    concepts: list[set[str]] = []  # what finds one sought word; two words with something in common are one
    places: list[int] = []  # the concept of each sought word
    for word in tokens(sought):
        own = numbers(word)
        place = next((rank for rank, concept in enumerate(concepts) if own & concept), len(concepts))
        concepts[place:] = concepts[place:] or [set()]
        concepts[place] |= own
        places.append(place)
    joined = [numbers(one + other) for one, other in pairwise(tokens(sought))]  # « vidéo protection »
    for rank, pair in enumerate(joined):
        for place in places[rank : rank + 2]:
            concepts[place] = concepts[place] | pair
    mean = sum(sum(bag.values()) for bag in bags.values()) / len(bags) if bags else 0
    result: dict[str, tuple[int, float, set[str]]] = {}
    for concept in concepts:
        like = {other for stem in concept for other in related.get(stem, ())}
        hits: dict[str, dict[str, float]] = {}
        for code, bag in bags.items():
            hit = {
                word: times * (1 if (roots(word) | {word}) & concept else 0.5)
                for word, times in bag.items()
                if (roots(word) | {word}) & (concept | like)
            }
            if hit:
                hits[code] = hit
        rarity = math.log(1 + (len(bags) - len(hits) + 0.5) / (len(hits) + 0.5))
        for code, hit in hits.items():
            times, length = sum(hit.values()), sum(bags[code].values())
            gain = rarity * times * (1.2 + 1) / (times + 1.2 * (1 - 0.75 + 0.75 * length / mean))
            count, score, found = result.get(code, (0, 0.0, set()))
            result[code] = (count + 1, score + gain, found | set(hit))
    return result


def synonyms() -> dict[str, set[str]]:
    """Return stem → what finds the words that data/reference/synonyms.csv puts beside it."""
    groups: dict[str, set[str]] = defaultdict(set)
    with SYNONYMS.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            groups[row["group_code"]].add(row["word"].lower())
    related: dict[str, set[str]] = defaultdict(set)
    for group in groups.values():
        for word in group:
            for stem in roots(word):
                related[stem] |= set().union(*(numbers(other) for other in group - {word}))
    return related


def tokens(text: str) -> list[str]:
    """The words of a text that say something, in small letters."""
    found = re.split(r"[\W_]+", unicodedata.normalize("NFC", text).lower())
    return [word for word in found if fold(word) not in STOP_WORDS and (len(word) > 1 or word.isdigit())]


def fold(word: str) -> str:
    """A word without accents."""
    spelt = word.replace("œ", "oe").replace("æ", "ae")
    return "".join(letter for letter in unicodedata.normalize("NFKD", spelt) if unicodedata.category(letter) != "Mn")


_ROOTS: dict[str, set[str]] = {}


def roots(word: str) -> set[str]:
    """The stems of a word, read with and without its accents."""
    if word not in _ROOTS:
        _ROOTS[word] = {fold(_STEMMER.stemWord(word)), _STEMMER.stemWord(fold(word))}
    return set(_ROOTS[word])


def numbers(word: str) -> set[str]:
    """What finds a word in its singular and in its plural, as the stemmer reads them or as they are written."""
    if word.isdigit():
        return {word}
    alone = re.sub("[sx]$", "", re.sub("(?<!e)aux$", "als", word)) if len(word) > 3 else word
    return roots(word) | roots(alone) | {form + mark for form in (word, fold(word)) for mark in "sx"}


def edits(one: str, other: str) -> int:
    """How many letters to add, drop, change or swap with the next to go from one word to the other."""
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i, j in product(range(1, len(one) + 1), range(1, len(other) + 1)):
        table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (one[i - 1] != other[j - 1]))
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one), len(other)]
