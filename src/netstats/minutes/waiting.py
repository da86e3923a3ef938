"""Meetings that wait for a person: what was read of them, kept in the database until it is settled or thrown away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from netstats.errors import NetstatsError
from netstats.intake.changes import ChangeSet
from netstats.intake.journal import see_that_it_may_be_kept
from netstats.intake.snapshot import Snapshot
from netstats.minutes.drafts import (
    LEAST_LIKELY,
    LEAST_SURE,
    Action,
    Count,
    Draft,
    Extracted,
    Reading,
    SetAside,
    Span,
    Step,
    TerritoryMention,
    When,
)
from netstats.minutes.persons import impersonal, names_a_person
from netstats.minutes.serialize import Json, as_json, heading
from netstats.reference.gazetteer import Gazetteer
from netstats.store import records_frame


def code_of(text: str, draft: Draft) -> str:
    """Return the code under which a meeting of a text waits: always the same, so that it waits once."""
    return hashlib.sha256(f"{draft.spans} {draft.is_mention} {text}".encode()).hexdigest()[:20]


def codes(known: Snapshot) -> set[str]:
    """Return the codes of the meetings that wait."""
    return set(known.rows["draft"]["code"])


def keep(
    reading: Reading,
    left: Iterable[tuple[Draft, Iterable[str]]],
    known: Snapshot,
    *,
    name: str = "",
    source_url: str = "",
) -> tuple[ChangeSet, str]:
    """Return what keeps drafts of a text (each with why a person must look), and why their text cannot be kept.

    One that waits already is not kept again. Names of persons are taken out of what was
    read; a text that holds some, or is too long, is left out.
    """
    text, reason = reading.text, ""
    try:
        see_that_it_may_be_kept(text)
    except NetstatsError as error:
        text, reason = "", error.what
    rows, there = {}, codes(known)
    for draft, why in left:
        code = code_of(reading.text, draft)
        if code in there:
            continue
        network = draft.network.value if draft.network else None
        alone = Reading(reading.text, (draft,), reading.set_aside, reading.unread)
        told = as_json(alone, known, name, source_url=source_url, with_text=False)
        rows[code] = {
            "code": code,
            "network_code": network if network in known.networks else None,
            "name": heading(draft, known),
            "reasons": " ".join(why),
            "content": json.dumps(_bare(told, known.gazetteer), ensure_ascii=False),
            "text": text or None,
        }
    return ChangeSet({"draft": records_frame("draft", rows.values())} if rows else {}), reason if rows else ""


def gone(codes: Iterable[str]) -> ChangeSet:
    """Return what takes drafts out of the database: they are settled, or thrown away."""
    rows = [{"code": code} for code in codes]
    return ChangeSet({}, {"draft": records_frame("draft", rows)} if rows else {})


def _bare(told: Json, gazetteer: Gazetteer) -> Json:
    """Return what was read without the words of the text, and without persons: it stays in the journal."""

    def without_words(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: without_words(one) for key, one in value.items() if key != "words"}
        return [without_words(one) for one in value] if isinstance(value, list) else value

    bare: Json = without_words(told)
    for meeting in (*bare["meetings"], *bare["mentions"]):
        place = meeting["place"]
        if place and names_a_person(place["value"], gazetteer):
            meeting["place"] = None
        for one in meeting["territories"]:
            if names_a_person(one["written"], gazetteer):
                one["written"] = one["name"] or ""
        meeting["territories"] = [one for one in meeting["territories"] if one["written"]]
        for action in meeting["actions"]:
            action["description"] = impersonal(action["description"], gazetteer)
    return bare


# --- back from the database


def source_of(row: Mapping[str, Any]) -> tuple[str, str]:
    """Return from which file a draft comes, and at which address it is published; empty when it is not told."""
    told = json.loads(row["content"])
    return told["name"], told["source_url"] or ""


def kept_reading(row: Mapping[str, Any]) -> Reading:
    """Return what is kept of a draft (a row of `catalogue.journal.drafts`) as it was read; without its text, no words.

    The network is the one that took its place, when another did.
    """
    told, text = json.loads(row["content"]), row["text"] or ""
    meetings = [(meeting, False) for meeting in told["meetings"]] + [(meeting, True) for meeting in told["mentions"]]
    return Reading(
        text,
        tuple(
            _draft(meeting, row["network_code"] or "", is_mention=is_mention, has_text=bool(text))
            for meeting, is_mention in meetings
        ),
        tuple(SetAside(one["kind"], _span(one), one["reason"]) for one in told["set_aside"]) if text else (),
        tuple(map(_span, told["unread"])) if text else (),
    )


def _span(told: Json) -> Span:
    return Span(told["start"], told["end"])


def _draft(told: Json, network: str, *, is_mention: bool, has_text: bool) -> Draft:
    def basis(read: Json) -> dict[str, Any]:
        confidence = read["confidence"]
        # What waits since before rules were counted says only how sure it was.
        usual = "sure" if confidence >= LEAST_SURE else "likely" if confidence >= LEAST_LIKELY else "doubtful"
        step = Step[read.get("told", usual).upper()]
        evidence = tuple(map(_span, read["evidence"])) if has_text else ()
        return {"evidence": evidence, "step": step, "confidence": confidence}

    def fact(key: str, value: Callable[[Json], Any]) -> Extracted[Any] | None:
        read = told[key]
        return Extracted(value(read), **basis(read)) if read else None

    def code(named: Json | None) -> str:
        return str(named["code"] or "") if named else ""

    def several(named: Iterable[Json]) -> tuple[str, ...]:
        return tuple(map(code, named))

    said = told["network"]
    return Draft(
        tuple(map(_span, told["parts"])) if has_text else (),
        is_mention=is_mention,
        network=fact("network", lambda read: network or read["code"]),
        network_name=said["name"] if said else "",
        network_regions=several(said["regions"]) if said else (),
        when=fact("date", _when),
        headcount=fact("headcount", lambda read: Count(read["number"], read["precision"], read["unit"])),
        format=fact("format", _value),
        place=fact("place", _value),
        kind=fact("kind", _value),
        status=fact("status", _value),
        open_to_non_members=fact("open_to_non_members", _value),
        territories=tuple(
            TerritoryMention(
                one["written"],
                code=code(one),
                choices=several(one["choices"]),
                communes=several(one["communes"]),
                kind=one["new_kind"] or "",
                **basis(one),
            )
            for one in told["territories"]
        ),
        themes=tuple(Extracted(code(one), **basis(one)) for one in told["themes"]),
        actions=tuple(
            Action(
                code(one["type"]),
                one["description"],
                audience=code(one["audience"]),
                theme=code(one["theme"]),
                territory=code(one["territory"]),
                **basis(one),
            )
            for one in told["actions"]
        ),
    )


def _value(read: Json) -> Any:
    return read["value"]


def _when(read: Json) -> When:
    first = date.fromisoformat(f"{read['value']}-01-01"[:10])
    return When(
        first, read["precision"], date.fromisoformat(read["until"]) if read["until"] else None, read["sessions"]
    )
