"""A cell that names several territories or themes, or who was not there: « Lille - Roubaix », « Excusés : Lens »."""

from __future__ import annotations

import re

from netstats.intake.check.lines import Lines
from netstats.intake.check.notes import DENIES, NOT_THERE, says_nothing, with_notes
from netstats.intake.check.run import Run
from netstats.intake.questions import Option, Question, Topic, Unsettled
from netstats.intake.read.grids import quoted
from netstats.intake.values import split
from netstats.reference.fold import normalize
from netstats.reference.names import kind_and_name
from netstats.wording import NO_BREAK, listing

_LABEL = re.compile(r"(?:^|(?<=[;,.\n/])) ?([^:;,.\n/()]{2,40}):")
_PRESENT = re.compile(
    r"(?:(?:etaient |sont |ont )?(?:presente?s?|participants?|participe|representee?s?)|presences?|territoires?|villes?"
    r"|communes?|collectivites?)\b.*"
)
_BETWEEN = re.compile(r"[:;,/+&]|(?<=[^\s:;,/+&] )(?:et|[-–—])(?= )")
_INSIDE = re.compile(r"\([^()]*\)|\[[^][]*\]")
_BULLET = re.compile(r"[-–—−*+○□]\s*")
_NOTE = rf"(?:(?:s[’'])?(?:est|sont|était|étaient) )?(?:(?:{NOT_THERE})\w*|(?:non|pas) (?:repr|prés|venu)\w*)"
_BRACKETED = re.compile(r"[,/+&:]\s*[(\[]")
_DENIED = re.compile(rf"(.+?)[\s,:–—(-]({_NOTE})[\s.)]*|({_NOTE})\s(.+)", re.IGNORECASE)
_WEAK = re.compile(r"\s(?:et|[-–—])\s")
_APART, _WHOLE, _COUNTED, _NOT = "plusieurs", "un", "oui", "non"


def names_in(run: Run, lines: Lines, field: str, cell: object) -> tuple[str, ...] | Unsettled:
    """Return the names of territories that a cell lists, or the question what it lists; what is no text stays.

    Those after « Excusés » count as a person answers for the sheet. A text is several names when all its parts are
    names and it is none as a whole.
    """
    if not isinstance(cell, str):
        return split(cell)
    names: list[str] = []
    first, *labelled = _cut(_LABEL, re.sub(r"[^\S\r\n]+", " ", cell))
    for label, listed in zip(("", *map(str.strip, labelled[::2])), (first, *labelled[1::2]), strict=True):
        text = listed.strip(" .,/") if labelled else listed
        if label and DENIES.search(normalize(label)):
            answer = run.answers.to(_counts(lines, field, label, text))
            if isinstance(answer, Question):
                return answer
            if answer == _NOT:
                continue
        elif label and not _PRESENT.fullmatch(normalize(label)):
            text = f"{label} : {text}"
        parts = split(text)
        for part in _without_bullets(parts) if isinstance(parts, tuple) else ():
            found = _parts(run, part)
            if isinstance(found, Question):
                return found
            names += found
    return tuple(names)


def _without_bullets(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of a list without the sign that begins each of them; one that begins some alone marks these."""
    signs = {part[0] for part in parts if _BULLET.match(part)}
    is_list = len(signs) == 1 and all(part[0] in signs for part in parts)
    is_list = is_list and (len(parts) > 1 or parts[0][:2] in {"- ", "– ", "— ", "− "})
    return tuple(_BULLET.sub("", part, count=1) for part in parts) if is_list else parts


def _cut(separators: re.Pattern[str], text: str) -> list[str]:
    """Return a text cut by separators, with what their group holds between, as `re.split`; not within parentheses."""
    masked = _INSIDE.sub(lambda found: "_" * len(found[0]), text)
    pieces, start = list[str](), 0
    for found in separators.finditer(masked):
        pieces += [text[start : found.start()], *found.groups()]
        start = found.end()
    return [*pieces, text[start:]]


def _counts(lines: Lines, field: str, label: str, text: str) -> Question:
    """Return the question whether those count that a sheet lists after a word which denies that they were there."""
    header = lines.header(field)
    return Question(
        lines.topic("valeur", header, label),
        f"La colonne {quoted(header)} dit {quoted(f'{label}{NO_BREAK}: {text.strip()}')}. Faut-il compter ceux qui"
        f" suivent {quoted(label)}, ici et dans les autres lignes{NO_BREAK}?",
        (Option(_NOT, f"Non{NO_BREAK}: ne pas les compter"), Option(_COUNTED, "Oui, comme les autres")),
    )


def _parts(run: Run, text: str) -> tuple[str, ...] | Question:
    """Return the names that a text consists of, itself alone when it is one; only a person can tell of some."""
    denied, places = _DENIED.fullmatch(text), run.territories
    names, note = text.strip(" ,:"), ""
    if denied:
        names, note = (denied[1] or denied[4]).strip(" ,:–—(-"), denied[2] or denied[3]
    parts = [part.strip() for part in _cut(_BETWEEN, names) if part.strip()]
    is_cut = not denied and _BRACKETED.search(text)  # « Lille, (Lens) »
    if len(parts) + bool(note) < 2 or (not is_cut and places.is_one(text)):
        return (text,)
    if len(parts) == 2 and says_nothing(parts[1]):  # « Lille - visio »
        return (f"{parts[0]} ({parts[1]})",)
    if note:  # « Lille, Roubaix excusés » are both
        noted = parts if note.endswith("s") else parts[-1:]
        parts = [f"{part} ({note})" if part in noted else part for part in parts]
    if len(parts) == 1:
        return tuple(parts)
    found = [places.gazetteer.match(with_notes(part)).candidates for part in parts]
    known = sum(map(bool, found))
    told = [bool(kind_and_name(normalize(part))[0]) for part in parts]
    # « CC du Pays de X et Y », « Calais, Nord » may each be one.
    may_be_one = (any(told) and not all(told) and _WEAK.search(text)) or len(
        {one[0].kind == "department" for one in found if one}
    ) > 1
    if known == len(parts) and not may_be_one and all(one[0].how != "part" for one in found):
        return tuple(parts)
    if known < 2 and not (
        known
        and (
            len(parts) > 2  # « Lyon 7e, préfecture, rectorat »: which of them is not known is then said
            or all(one or places.near_places(part, ()) for one, part in zip(found, parts, strict=True))
        )
    ):
        return (text,)
    return _asked(run, text, parts, "territoire")


def _asked(run: Run, text: str, parts: list[str], noun: str) -> tuple[str, ...] | Question:
    """Return the parts of a text, or itself alone, as a person answers."""
    question = Question(
        Topic("valeur", "", normalize(f"plusieurs {text}")),
        f"{quoted(text)} n’est le nom d’aucun {noun} connu. En nomme-t-il plusieurs{NO_BREAK}?",
        (
            Option(_APART, f"Oui{NO_BREAK}: {listing(map(quoted, parts))}", lasts=True),
            Option(_WHOLE, "Non, un seul", lasts=True),
        ),
        written=text,
    )
    answer = run.answers.to(question)
    if isinstance(answer, Question):
        return answer
    return tuple(parts) if answer == _APART else (text,)


def themes_in(run: Run, cell: object) -> tuple[str, ...] | Unsettled:
    """Return the names of themes that a cell lists, or the question what it lists: « Stupéfiants / Rixes » are two."""
    listed, find = split(cell), run.names["theme"].find
    if not isinstance(listed, tuple):
        return listed
    names: list[str] = []
    for text in listed:
        parts = [part.strip() for part in _cut(_BETWEEN, text) if part.strip()]
        known = [isinstance(find(part), str) for part in parts]
        if len(parts) < 2 or not any(known) or isinstance(find(text), str):
            names.append(text)
            continue
        found = tuple(parts) if all(known) else _asked(run, text, parts, "thème")
        if isinstance(found, Question):
            return found
        names += found
    return tuple(names)
