"""How well minutes are read: the drafts of test texts against those that a careful person expects."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from netstats import wording
from netstats.errors import NetstatsError
from netstats.minutes.documents import pasted
from netstats.minutes.drafts import FACTS, Action, Count, Draft, TerritoryMention, When
from netstats.minutes.reader import Reader
from netstats.minutes.scores import Report
from netstats.reference.names import core_of


def evaluate(directory: Path, reader: Reader) -> Report:
    """Return how well the texts of a directory are read: NAME.txt and, beside it, NAME.json with the drafts expected.

    NetstatsError when it holds no text, or when the drafts expected are missing or cannot be read.
    """
    report = Report()
    texts = sorted(directory.glob("*.txt")) if directory.is_dir() else []
    if not texts:
        raise NetstatsError(
            f"Aucun texte à évaluer dans {directory}.", "Donnez un dossier de textes .txt, chacun avec son .json."
        )
    for path in texts:
        expected = _expected(path.with_suffix(".json"))
        today = date.fromisoformat(expected["today"]) if "today" in expected else None
        report.texts += 1
        drafts: tuple[Draft, ...] = ()
        text = ""
        try:
            reading = reader.read(pasted(path.read_text(encoding="utf-8")), today=today)
            drafts, text = reading.drafts, reading.text
        except NetstatsError as error:
            report.mismatches.append(f"{path.stem}: {error.what}")
        _compare(_Text(report, path.stem, text, reader), expected["drafts"], drafts)
    return report


def _expected(path: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return {**told, "drafts": list(told["drafts"])}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise NetstatsError(
            f"Ce qui est attendu ne se lit pas dans {path}.",
            "Il faut un fichier JSON avec une liste « drafts » (voir docs/minutes.md).",
        ) from error


@dataclass(frozen=True)
class _Text:
    """A text under evaluation, and what its faults are told with."""

    report: Report
    name: str
    text: str
    reader: Reader

    def differs(self, what: str, wanted: object, got: object, where: str = "") -> None:
        """Note a fault, if there is one."""
        if wanted != got:
            self.report.mismatches.append(f"{self.name}{where}: {what}: {wanted} / {got}")


def _compare(under: _Text, expected: Sequence[Mapping[str, Any]], found: Sequence[Draft]) -> None:
    for is_mention in (False, True):
        here = [one for one in expected if bool(one.get("mention")) is is_mention]
        there = [one for one in found if one.is_mention is is_mention]
        pairs = list(_pairs(here, there))
        if not is_mention:
            under.report.drafts += len(here)
            under.report.drafts_found.add(
                [str(number) for number in range(len(here))],
                [str(here.index(one)) if one is not None else "" for one, other in pairs if other is not None],
            )
        for one, other in pairs:
            # One that is not expected has no theme that is right.
            _compare_one(under, one if one is not None else {"mention": is_mention, "themes": ()}, other or Draft(()))


def _pairs(
    expected: Sequence[Mapping[str, Any]], found: Sequence[Draft]
) -> Iterator[tuple[Mapping[str, Any] | None, Draft | None]]:
    """Yield each expected draft with the one found that is most like it, then those left over."""
    left = list(found)
    for one in expected:
        best = max(left, key=lambda other: _likeness(one, other), default=None)
        if best is not None:
            left.remove(best)
        yield one, best
    for other in left:
        yield None, other


def _likeness(one: Mapping[str, Any], other: Draft) -> int:
    facts, wanted = _facts(other), _wanted(one)
    themes = len(set(one.get("themes", ())) & {theme.value for theme in other.themes})
    return 4 * sum(wanted[key] == facts[key] for key in ("date", "network")) + themes


def _facts(draft: Draft) -> dict[str, object]:
    """Return the facts of a draft, each as `_wanted` has it."""
    facts: dict[str, object] = dict.fromkeys(fact.key for fact in FACTS) | _NOTHING
    for fact, read in draft.facts():
        facts[fact.key] = _plain(read.value)
    return facts


_NOTHING: dict[str, object] = {"date": (None, None, 1), "headcount": (None, None, None), "status": "held"}


def _plain(value: object) -> object:
    if isinstance(value, When):
        until = value.until.isoformat() if value.until else None
        return wording.known_date(value.first, value.precision), until, value.sessions
    return tuple(value) if isinstance(value, Count) else value


def _wanted(one: Mapping[str, Any]) -> dict[str, object]:
    """Return the facts that are expected; of a date its last day and sessions, of a headcount precision and unit."""
    return {
        **{fact.key: one.get(fact.key) for fact in FACTS},
        "date": (one.get("date"), one.get("until"), one.get("sessions", 1)),
        "headcount": tuple(one.get(f"participants{part}") for part in ("", "_precision", "_unit")),
    }


def _compare_one(under: _Text, one: Mapping[str, Any], draft: Draft) -> None:
    report, found = under.report, [theme.value for theme in draft.themes]
    mention = " (mention)" if one.get("mention") else ""
    themes = sorted(one.get("themes", ()))
    if "themes" in one or not mention:
        report.themes.add(themes, found)
        under.differs("themes", themes, sorted(found), mention)
    if mention:
        return
    wanted, facts = _wanted(one), _facts(draft)
    for key in wanted:
        report.fields[key][wanted[key] != facts[key]] += 1
        under.differs(key, wanted[key], facts[key])
    territories = [_item(code, under.reader) for code in one.get("territories", ())]
    territories += [f"?{core_of(written)}" for written in one.get("choices", ())]
    there = [item for territory in draft.territories if (item := _found(territory, under.reader))]
    report.territories.add(territories, there)
    missed, added = Counter(territories), Counter(there)
    under.differs("territories", dict(missed - added), dict(added - missed))
    _compare_actions(under, one.get("actions", ()), draft.actions)


def _item(code: str, reader: Reader) -> str:
    """Return an expected territory: a council by its communes, anything else by its code."""
    if not code.startswith("CISPD:"):
        return code
    communes = {commune for part in code[6:].split("+") for commune in reader.communes(part)}
    return f"CISPD:{'+'.join(sorted(communes))}"


def _found(territory: TerritoryMention, reader: Reader) -> str:
    if territory.code:
        is_own = not territory.code.isalnum()
        return f"CISPD:{'+'.join(sorted(reader.communes(territory.code)))}" if is_own else territory.code
    if territory.communes:
        return f"CISPD:{'+'.join(sorted(territory.communes))}"
    return f"?{core_of(territory.written)}"  # settled by nobody: right where the text is expected to leave a question


def _compare_actions(under: _Text, expected: Sequence[Mapping[str, Any]], found: Sequence[Action]) -> None:
    report, left = under.report, list(found)
    for one in expected:
        places = _places(under.text, one["words"])
        best = max(
            (action for action in left if any(_overlap(action, *place) for place in places)),
            key=lambda action: (
                action.type == one["type"],
                action.territory == (one["territory"] or ""),
                max(_overlap(action, *place) for place in places),
            ),
            default=None,
        )
        if best is None:
            report.actions.missed += 1
            report.mismatches.append(f"{under.name}: action missed: {one['type']}: {one['words']}")
            continue
        left.remove(best)
        report.actions.right += 1
        report.action_types[best.type != one["type"]] += 1
        wanted = one["type"], one["audience"], one["territory"]
        under.differs(f"action « {one['words'][:60]} »", wanted, (best.type, best.audience, best.territory or None))
    report.actions.wrong += len(left)
    report.mismatches += [f"{under.name}: action added: {action.type}: {action.description[:90]}" for action in left]


def _places(text: str, words: str) -> list[tuple[int, int]]:
    """Return where words stand in a text, whatever its spaces and the hyphens of its line ends."""
    start = text.find(words)
    if start >= 0:
        return [(start, start + len(words))]
    kept = [place for place, letter in enumerate(text) if letter.isalnum()]
    squeezed = "".join(text[place] for place in kept)
    sought = "".join(filter(str.isalnum, words))
    start = squeezed.find(sought)
    return [(kept[start], kept[start + len(sought) - 1] + 1)] if start >= 0 and sought else []


def _overlap(action: Action, start: int, end: int) -> int:
    span = action.evidence[0]
    return max(0, min(end, span.end) - max(start, span.start))
