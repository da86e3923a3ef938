"""Numbers of people that are written with another number, or with a doubt: what may be meant."""

from __future__ import annotations

import re

from netstats.intake.issues import Issue, issue

_MORE = re.compile(r"(\d{1,6}) ?(?:\(?dont .+|\(hors .+\))")
_RANGE = re.compile(r"(?:entre )?(\d{1,6}) ?(?:-|–|a|et|/|ou) ?(\d{1,6})(?: (?:personnes?|participants?|pers\.?))?")
_UNSURE = re.compile(r"(\+) ?(\d{1,6})|(\d{1,6}) ?\(?\?\)?")


def count_meant(words: str) -> Issue | None:
    """Return why such a text, without accents, is no headcount, with those that may be meant; None for another text."""
    if found := _MORE.fullmatch(words):
        return issue("more-than-a-headcount", (found[1],), number=found[1])
    if (found := _RANGE.fullmatch(words)) and int(found[1]) < int(found[2]):
        least = found[1] if "/" in words else f"au moins {found[1]}"  # « 20/25 » may be 20 of 25
        return issue("range", (least, f"environ {(int(found[1]) + int(found[2])) // 2}"))
    if found := _UNSURE.fullmatch(words):
        return issue(
            "not-a-headcount", (found[2], f"plus de {found[2]}") if found[1] else (found[3], f"environ {found[3]}")
        )
    return None
