"""From a draft to the form of a meeting: what it would hold, beside what the database knows of that meeting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from netstats import wording
from netstats.intake.dates import Day
from netstats.intake.entry import (
    Body,
    Entry,
    NewNetwork,
    Present,
    ReportedAction,
    Value,
    entry_of,
)
from netstats.intake.forms import MEETINGS
from netstats.intake.labels import LABELS
from netstats.intake.snapshot import Snapshot, plain
from netstats.intake.values import Headcount, slug
from netstats.minutes.drafts import Action, Count, Draft, TerritoryMention, When
from netstats.minutes.persons import impersonal, names_a_person, tidy
from netstats.reference.fold import normalize
from netstats.wording import NO_BREAK

_FEW_DAYS = timedelta(days=7)
_LONGEST_NAME, _LONGEST_CODE, _LONGEST_PRINTED, _LONGEST_TOLD = 120, 100, 200, 2000


@dataclass(frozen=True)
class Proposal:
    """A draft as the form of a meeting would hold it: to be looked at, corrected and checked.

    `opened` is the meeting of the database that it is, as that stands there. `bodies` and `network` are to be created
    with it. `choices`: name as it is written (`Present.name`) → codes of the territories that it may mean, best first.
    `actions`: those that the text tells and the meeting does not have, each with the form's; a person adds them.
    """

    entry: Entry
    opened: Entry | None = None
    bodies: tuple[Body, ...] = ()
    network: NewNetwork | None = None
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    actions: tuple[tuple[Action, ReportedAction], ...] = ()


def propose(draft: Draft, known: Snapshot, *, source_url: str = "", is_new: bool = False) -> Proposal:
    """Return what the form would hold of a draft.

    A meeting of the database of the same network and date (or with that day among its sessions) is started from: what
    the text says takes the place of what is there, what it does not say stays. Themes and territories are added to
    those there, each once; title, note and source stay. A meeting that was held stays so when the text only announces
    it; one that was announced, and held within a few days, is that one. `is_new`: a person says that it is
    none of the database. An action is only proposed: words that resemble one are often none.

    No person comes in: a place or a name that reads as one is left out, an action whose sentence holds one is left
    without description, for somebody to write it.
    """
    network, name, created = _network(draft, known)
    opened = None if is_new else _opened(draft, known, network)
    fields = _fields(draft, known, opened)
    if opened is None:
        fields |= {"network": network or None, "title": _title(draft, known, name) or None}
    fields["source_url"] = fields["source_url"] or source_url or None
    present, bodies, choices = _present(draft, known, opened)
    before, themes = opened or Entry(), known.offered("theme")
    entry = Entry(
        before.code,
        fields,
        tuple(dict.fromkeys([*before.themes, *(one.value for one in draft.themes if one.value in themes)])),
        (*before.present, *present),
        before.actions,
    )
    actions = tuple(_actions(draft, known, before.actions, str(fields["source_url"] or "")))
    return Proposal(entry, opened, bodies, created, choices, actions)


def earlier_meetings(draft: Draft, known: Snapshot, *, before: date | None = None) -> tuple[str, ...]:
    """Return the meetings of the database that a mention may be about, the undated first, then day by day.

    They were held, by the same network, on one of its themes; before a day, when one is given.
    """
    network, _, _ = _network(draft, known)
    about = known.rows["meeting_theme"]
    codes = set(about.loc[about["theme_code"].isin([theme.value for theme in draft.themes]), "meeting_code"])
    meetings = known.rows["meeting"]
    found = meetings[
        (meetings["network_code"] == network) & (meetings["status"] == "held") & meetings["code"].isin(sorted(codes))
    ].sort_values(["held_on", "code"], na_position="first")
    days = plain(found["held_on"])
    return tuple(
        str(code)
        for code, day in zip(found["code"], days, strict=True)
        if before is None or not isinstance(day, date) or day < before
    )


def _network(draft: Draft, known: Snapshot) -> tuple[str, str, NewNetwork | None]:
    """Return the code of the network and its name, empty when it is not told, and what is to be created of it."""
    code = draft.network.value if draft.network else ""
    if code in known.networks:
        return code, known.networks[code][0], None
    if not code or not draft.network_name:
        return "", "", None
    return code, draft.network_name, NewNetwork(code, draft.network_name, draft.network_regions)


def _opened(draft: Draft, known: Snapshot, network: str) -> Entry | None:
    """Return the meeting of the database that a draft surely is."""
    if not network or draft.when is None:
        return None
    when, kind = draft.when.value, draft.kind.value if draft.kind else ""
    frame = known.rows["meeting"]
    frame = frame[frame["network_code"] == network]
    columns = (plain(frame[name]) for name in ("code", "held_on", "date_precision", "held_until", "kind", "status"))
    is_coming = draft.status is not None and draft.status.value == "announced"
    same, series, announced = [], [], []
    for code, first, precision, until, own_kind, status in zip(*columns, strict=True):
        if kind not in {"", own_kind}:
            continue  # an atelier on the day of the Assises, a webinar in the weeks of a series
        if (first, precision) == (when.first, when.precision) and precision in {"day", "month"}:
            same.append(str(code))
        elif not (when.precision == precision == "day" and isinstance(first, date)):
            continue
        elif isinstance(until, date) and first <= when.first <= until:
            series.append(str(code))
        elif status == "announced" and not is_coming and abs(when.first - first) <= _FEW_DAYS:
            announced.append(str(code))
    found = same or series or announced
    return entry_of(known, found[0]) if len(found) == 1 else None


def _fields(draft: Draft, known: Snapshot, opened: Entry | None) -> dict[str, Value]:
    fields = dict((opened or Entry()).meeting)
    if draft.when:
        is_moved = fields["status"] == "announced" and fields["until"] is None
        fields |= _date_fields(draft.when.value, fields, is_known=opened is not None and not is_moved)
    if draft.format and draft.format.value in LABELS["format"]:
        fields["format"] = draft.format.value
    if draft.status and not (opened and fields["status"] == "held" and draft.status.value == "announced"):
        fields["status"] = draft.status.value
    if draft.kind and draft.kind.value in known.kinds:
        fields["kind"] = draft.kind.value
    if draft.place and not names_a_person(draft.place.value, known.gazetteer):
        fields["place"] = tidy(draft.place.value)
    if draft.headcount and not (opened and _is_vaguer(draft.headcount.value, fields)):
        count = draft.headcount.value
        fields["participants"] = count.headcount
        if count.unit in known.units:
            fields["participants_unit"] = count.unit
    if draft.open_to_non_members:
        fields["open_to_non_members"] = draft.open_to_non_members.value
    return fields


def _is_vaguer(count: Count, before: Mapping[str, Value]) -> bool:
    """Return whether « une vingtaine » would take the place of « 17 »."""
    known = before["participants"]
    return count.precision != "exact" and isinstance(known, Headcount) and known.precision == "exact"


def _date_fields(when: When, before: Mapping[str, Value], *, is_known: bool) -> dict[str, Value]:
    first = Day(when.first, when.precision)
    told: dict[str, Value] = {}
    if not is_known:
        told["date"] = first
    if first == (told.get("date") or before["date"]):  # else one session of a series that is known
        if when.until:
            told["until"] = Day(when.until, "day")
        if when.sessions > 1:
            told["sessions"] = when.sessions
    return told


def _title(draft: Draft, known: Snapshot, network: str) -> str:
    """Return the title of a new meeting: its themes tell an undated one from the others of its network."""
    themes = [known.themes[theme.value][-1] for theme in draft.themes if theme.value in known.themes]
    if draft.when or not network or not themes:
        return ""
    code = draft.network.value if draft.network else ""
    scopes = dict(zip(known.rows["network"]["code"], known.rows["network"]["scope"], strict=True))
    name = network.lower() if scopes.get(code) == "national" else network
    title = f"Réunion du réseau {name}{NO_BREAK}: {wording.listing(map(_in_a_sentence, dict.fromkeys(themes)))}"
    return title if len(title) <= (MEETINGS.field("title").maximum or 0) else ""


def _in_a_sentence(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


# --- who was there


def _present(
    draft: Draft, known: Snapshot, opened: Entry | None
) -> tuple[list[Present], tuple[Body, ...], dict[str, tuple[str, ...]]]:
    there = opened.present if opened else ()
    seen = {one.code for one in there}
    present: list[Present] = []
    bodies: dict[str, Body] = {}
    choices: dict[str, tuple[str, ...]] = {}
    for mention in draft.territories:
        written = tidy(mention.written)
        code, body = mention.code or _already(mention, there), None
        if not code and mention.communes:
            code, body = _council(mention, known)
        if (code or normalize(written)) in seen:
            continue
        seen.add(code or normalize(written))
        unsaid = names_a_person(written, known.gazetteer)
        if code:
            candidate = known.gazetteer.candidate(code)
            official = body.name if body else candidate.name if candidate else ""
            is_other = normalize(written) != normalize(official) and len(written) <= _LONGEST_PRINTED
            present.append(Present(code, printed_name=written if is_other and not unsaid else ""))
        elif not unsaid or mention.choices:
            present.append(Present(name=written))
            if mention.choices:
                choices[written] = mention.choices
        if body:
            bodies[body.code] = body
    return present, tuple(bodies.values()), choices


def _already(mention: TerritoryMention, there: Iterable[Present]) -> str:
    """Return who of those that are known to have been there is meant; empty when it is not told."""
    named = {one.code for one in there if normalize(one.printed_name) == normalize(mention.written)}
    found = named or {one.code for one in there if one.code in mention.choices}
    return found.pop() if len(found) == 1 else ""


def _council(mention: TerritoryMention, known: Snapshot) -> tuple[str, Body | None]:
    """Return the code of a council told by its communes, and the council when it is to be created."""
    kinds = dict(zip(known.rows["territory"]["code"], known.rows["territory"]["kind"], strict=True))
    covered = known.rows["territory_commune"].groupby("territory_code")["commune_code"].agg(set)
    wanted = set(mention.communes)
    for code, communes in covered.items():
        if communes == wanted and kinds.get(str(code)) == mention.kind:
            return str(code), None
    names = [candidate.name for code in mention.communes if (candidate := known.gazetteer.candidate(code)) is not None]
    name = f"{mention.kind} {'-'.join(names)}"
    if len(name) > _LONGEST_NAME:
        name = f"{mention.kind} {names[0]} et {wording.counted(len(names) - 1, 'autre')}"
    base = slug(name)[:_LONGEST_CODE].strip("-")
    code, number = base, 2
    while known.gazetteer.candidate(code):
        code, number = f"{base[: _LONGEST_CODE - 5]}-{number}", number + 1
    return code, Body(code, mention.kind, name, mention.communes)


# --- what was told


def _actions(
    draft: Draft, known: Snapshot, there: Sequence[ReportedAction], source_url: str
) -> Iterator[tuple[Action, ReportedAction]]:
    themes, types, audiences = map(known.offered, ("theme", "action_type", "audience"))
    for action in not_yet(draft.actions, there):
        yield (
            action,
            ReportedAction(
                territory_code=action.territory if known.gazetteer.candidate(action.territory) else "",
                type=action.type if action.type in types else "",
                audience=action.audience if action.audience in audiences else "",
                theme=action.theme if action.theme in themes else "",
                description=impersonal(action.description, known.gazetteer)[:_LONGEST_TOLD],
                source_url=source_url,
            ),
        )


def not_yet(actions: Sequence[Action], there: Sequence[ReportedAction]) -> list[Action]:
    """Return the actions that those of the meeting do not tell already: each of these stands for one.

    First those that are alike in everything, then those where the text does not say for whom, or who did it.
    """
    left, free = list(actions), list(there)
    for is_same in (_is_same, _may_be_same):
        for action in list(left):
            told = next((one for one in free if is_same(action, one)), None)
            if told is not None:
                free.remove(told)
                left.remove(action)
    return left


def _is_same(action: Action, told: ReportedAction) -> bool:
    alike = (action.type, action.audience, action.territory) == (told.type, told.audience, told.territory_code)
    return alike or normalize(action.description) == normalize(told.description)


def _may_be_same(action: Action, told: ReportedAction) -> bool:
    return (
        action.type == told.type
        and action.audience in {"", told.audience}
        and action.territory in {"", told.territory_code}
    )
