"""What was read of minutes, as JSON for programs (the keys are in docs/minutes.md) and as French text for people."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from netstats import wording
from netstats.intake import standard
from netstats.intake.labels import LABELS, NO, YES
from netstats.intake.snapshot import Snapshot
from netstats.minutes.drafts import (
    FACTS,
    Action,
    Count,
    Draft,
    Evident,
    Fact,
    Reading,
    Span,
    TerritoryMention,
    When,
    is_doubtful,
    is_sure,
)
from netstats.minutes.saving import propose
from netstats.wording import NO_BREAK

SCHEMA = "netstats-minutes/1"
"""Name of the form of `as_json`: another number is another form."""

Json = dict[str, Any]

TO_CHECK = "à vérifier"

_SHOWN = 3
_QUOTED = 90


def how_sure(read: Evident) -> str:
    """Return in words how sure is what was read: « sûr », « probable », « à vérifier »."""
    return TO_CHECK if is_doubtful(read) else "sûr" if is_sure(read) else "probable"


# --- JSON


def as_json(reading: Reading, known: Snapshot, name: str, *, source_url: str = "", with_text: bool = True) -> Json:
    """Return what was read as a JSON document holds it, see docs/minutes.md; its offsets count in the whole text."""
    teller = _Teller(reading.text, known)
    return {
        "schema": SCHEMA,
        "name": name,
        "source_url": source_url or None,
        **({"text": reading.text} if with_text else {}),
        "meetings": [teller.meeting(draft) for draft in reading.drafts if not draft.is_mention],
        "mentions": [teller.meeting(draft) for draft in reading.drafts if draft.is_mention],
        "set_aside": [
            {"kind": aside.kind, "reason": aside.why, **teller.words(aside.span)} for aside in reading.set_aside
        ],
        "unread": [teller.words(span) for span in reading.unread],
    }


class _Teller:
    """Says values with the names of the database and the words of the text."""

    def __init__(self, text: str, known: Snapshot) -> None:
        self._text = text
        self._known = known

    def meeting(self, draft: Draft) -> Json:
        opened = propose(draft, self._known).opened
        return {
            "meeting_code": opened.code if opened else None,
            "parts": [{"start": start, "end": end} for start, end in draft.spans],
            **{fact.key: self._fact(draft, fact) for fact in FACTS},
            "territories": [self._territory(mention) for mention in draft.territories],
            "themes": [{**self._named("theme", theme.value), **self._basis(theme)} for theme in draft.themes],
            "actions": [self._action(action) for action in draft.actions],
        }

    def words(self, span: Span) -> Json:
        return {"start": span.start, "end": span.end, "words": self._text[span.start : span.end]}

    def place(self, code: str) -> Json:
        candidate = self._known.gazetteer.candidate(code)
        return {"code": code, "name": candidate.name if candidate else code}

    def _basis(self, read: Evident) -> Json:
        return {
            "confidence": read.confidence,
            "told": read.step.name.lower(),
            "certainty": how_sure(read),
            "evidence": [self.words(span) for span in read.evidence],
        }

    def _fact(self, draft: Draft, fact: Fact) -> Json | None:
        read = getattr(draft, fact.name)
        if read is None:
            return None
        if fact.name == "network":
            value = self._network(draft, read.value)
        elif fact.name == "when":
            value = _date(read.value)
        elif fact.name == "headcount":
            value = _headcount(read.value)
        elif fact.name == "open_to_non_members":
            value = {"value": read.value, "label": YES if read.value else NO}
        else:
            value = {"value": read.value, "label": LABELS.get(fact.field, {}).get(read.value, read.value)}
        return {**value, **self._basis(read)}

    def _named(self, table: str, code: str) -> Json:
        return {"code": code, "name": standard.name(self._known.rows, table, code)}

    def _named_or_none(self, table: str, code: str) -> Json | None:
        return self._named(table, code) if code else None

    def _network(self, draft: Draft, code: str) -> Json:
        is_new = code not in self._known.networks
        regions = draft.network_regions if is_new else ()
        name = draft.network_name or code if is_new else self._known.networks[code][0]
        return {
            "code": code,
            "name": name,
            "is_new": is_new,
            "regions": [{"code": region, "name": self._known.regions.get(region, region)} for region in regions],
        }

    def _territory(self, mention: TerritoryMention) -> Json:
        return {
            "written": mention.written,
            "code": mention.code or None,
            "name": self.place(mention.code)["name"] if mention.code else None,
            "choices": [self.place(code) for code in mention.choices],
            "new_kind": mention.kind or None,
            "communes": [self.place(code) for code in mention.communes],
            **self._basis(mention),
        }

    def _action(self, action: Action) -> Json:
        return {
            "type": self._named_or_none("action_type", action.type),
            "audience": self._named_or_none("audience", action.audience),
            "theme": self._named_or_none("theme", action.theme),
            "territory": self.place(action.territory) if action.territory else None,
            "description": action.description,
            **self._basis(action),
        }


def _date(when: When) -> Json:
    return {
        "value": wording.known_date(when.first, when.precision),
        "precision": when.precision,
        "until": when.until.isoformat() if when.until else None,
        "sessions": when.sessions,
        "label": _said_date(when),
    }


def _said_date(when: When) -> str:
    sessions = f" ({wording.counted(when.sessions, 'séance')})" if when.sessions > 1 else ""
    if when.until and when.precision == "day":
        return wording.span(when.first, when.until) + sessions
    return wording.date(when.first, when.precision) + sessions


def _headcount(count: Count) -> Json:
    return {
        "number": count.number,
        "precision": count.precision,
        "unit": count.unit,
        "label": f"{wording.approximate(count.number, count.precision)} {count.unit or ''}".strip(),
    }


# --- text


def to_text(reading: Reading, known: Snapshot) -> str:
    """Return what was read as a person reads it: each value with the words behind it, then what was left out."""
    teller = _Teller(reading.text, known)
    lines: list[str] = []
    for draft in reading.drafts:
        what = "Réunion mentionnée" if draft.is_mention else "Réunion"
        lines.append(f"{what}{NO_BREAK}: {heading(draft, known)}")
        lines += [*_value_lines(teller.meeting(draft)), ""]
    if reading.set_aside:
        lines.append("Laissé de côté")
        for aside in reading.set_aside:
            lines.append(f"  {_quoted([teller.words(aside.span)])}{NO_BREAK}: {aside.why}")
        lines.append("")
    if reading.unread:
        lines.append("Rien n’a été lu de")
        lines += [f"  {_quoted([teller.words(span)])}" for span in reading.unread]
        lines.append("")
    return "\n".join(lines).rstrip()


def heading(draft: Draft, known: Snapshot) -> str:
    """Return a draft as one line names it: « Hauts-de-France, 6 mai 2020 »."""
    code = draft.network.value if draft.network else ""
    name = known.networks[code][0] if code in known.networks else draft.network_name or "réseau inconnu"
    return f"{name}, {_said_date(draft.when.value) if draft.when else 'date inconnue'}"


def _value_lines(meeting: Json) -> Iterator[str]:
    if meeting["meeting_code"]:
        yield f"  Déjà dans la base{NO_BREAK}: {meeting['meeting_code']}"
    for fact in FACTS:
        read = meeting[fact.key]
        if read:
            yield _line(fact.title, _network_words(read) if fact.name == "network" else read["label"], read)
    yield from _list("Territoires", meeting["territories"], _territory_words)
    yield from _list("Thèmes", meeting["themes"], lambda theme: theme["name"])
    yield from _list("Actions", meeting["actions"], _action_words)


def _network_words(network: Json) -> str:
    if not network["is_new"]:
        return str(network["name"])
    regions = wording.listing(region["name"] for region in network["regions"])
    return f"{network['name']} (réseau à créer{NO_BREAK}: {regions})"


def _list(title: str, values: list[Json], say: Any) -> Iterator[str]:
    if values:
        yield f"  {title} ({wording.number(len(values))})"
        for value in values:
            yield f"  {_line('', say(value), value)}"


def _line(title: str, value: str, read: Json) -> str:
    start = f"  {title}{NO_BREAK}: " if title else "  - "
    doubt = "" if read["certainty"] == "sûr" else f" ({read['certainty']})"
    return f"{start}{value}{doubt} ← {_quoted(read['evidence'])}"


def _territory_words(territory: Json) -> str:
    if territory["code"]:
        return f"{territory['name']} ({territory['code']})"
    if territory["choices"]:
        choices = wording.listing((f"{one['name']} ({one['code']})" for one in territory["choices"]), "ou")
        return f"{territory['written']}{NO_BREAK}: {choices}{NO_BREAK}?"
    if territory["communes"]:
        communes = wording.listing(one["name"] for one in territory["communes"])
        return f"{territory['new_kind']} à créer{NO_BREAK}: {communes}"
    return f"{territory['written']}{NO_BREAK}: territoire inconnu"


def _action_words(action: Json) -> str:
    about = [action[name]["name"] for name in ("type", "audience", "theme", "territory") if action[name]]
    return f"{textwrap.shorten(action['description'], _QUOTED, placeholder='…')} [{' ; '.join(about)}]"


def _quoted(evidence: Iterable[Json]) -> str:
    shown = list(dict.fromkeys(textwrap.shorten(one["words"], _QUOTED, placeholder="…") for one in evidence))
    said = [f"«{NO_BREAK}{words}{NO_BREAK}»" for words in shown[:_SHOWN]]
    return ", ".join([*said, *(["…"] if len(shown) > _SHOWN else [])])
