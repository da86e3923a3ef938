"""What the number format of a cell shows beside its number: « environ 12 », « 12+ », « NC »."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass

from netstats.intake.issues import Issue
from netstats.intake.values import shown

_PARTS = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^]-]*)[^]]*\]|\[(?P<bracket>[^]]*)\]|[_*].'
    r"|(?P<digits>general|[0#?][0#?.,]*)|(?P<bare>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_COMPARE = {
    "<=": operator.le,
    ">=": operator.ge,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}
_SCALED = re.compile(r",(?:\.|$)")  # shown in thousands
_OF_OTHERS = frozenset("@/abdeghmnsy")  # what a bare sign of a text, a fraction, a date or an exponent is


@dataclass
class _Section:
    """What a part of a format shows: texts around digits, or instead of them."""

    before: str = ""
    after: str = ""
    digits: bool = False
    within: bool = False  # a text stands between digits, or the number is shown in thousands
    percent: bool = False
    plain: bool = False  # of a date, a fraction, an exponent or a text: the number is read as it is
    condition: re.Match[str] | None = None

    @property
    def is_worded(self) -> bool:
        return not self.plain and bool(self.before.strip() or self.after.strip() or self.within or self.percent)

    def add(self, part: re.Match[str]) -> None:
        """Take the next part of the format into account."""
        kinds = part.groupdict()
        bare = kinds["bare"] or ""
        if kinds["digits"]:
            self.within |= bool(self.after.strip() or _SCALED.search(part["digits"]))
            self.digits = True
        elif kinds["bracket"]:
            self.condition = self.condition or _CONDITION.fullmatch(part["bracket"])
        elif bare and bare.lower() in _OF_OTHERS:
            self.plain = True
        elif bare == "%":
            self.percent = True
        elif bare != "-":  # the sign of the number
            text = kinds["quoted"] or kinds["escaped"] or kinds["currency"] or bare
            if self.digits:
                self.after += text
            else:
                self.before += text


def _sections(shape: str) -> list[_Section]:
    sections = [_Section()]
    for part in _PARTS.finditer(shape):
        if part["bare"] == ";":
            sections.append(_Section())
        else:
            sections[-1].add(part)
    return sections


def is_worded(shape: str) -> bool:
    """Return whether a number of this format is shown otherwise than by its digits."""
    return any(section.is_worded for section in _sections(shape))


def number_shown(value: float, shape: str) -> object:
    """Return a number as its format shows it: itself, a text with the words around it, or an Issue."""
    sections = _sections(shape)
    rank = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    section = sections[rank]
    if any(one.condition for one in sections):
        holds = (
            one for one in sections if not one.condition or _COMPARE[one.condition[1]](value, float(one.condition[2]))
        )
        section = next(holds, section)
    if not section.is_worded:
        return value
    if section.within:
        return Issue("shown-otherwise", found=shown(value))
    digits = shown(round(value * 100, 10)) if section.percent else shown(value)
    return f"{section.before}{digits if section.digits else ''}{section.after}{' %' if section.percent else ''}".strip()
