"""The one way in which a text is cleaned: every offset of a reading is into what this leaves."""

from __future__ import annotations

import re
import unicodedata

LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SOFT_AT_END = re.compile("\u00ad(?=[ \t]*\n)")
_OTHER_FORMS: dict[int, str | None] = {
    ord(char): plain for char, plain in zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
}
_OTHER_FORMS.update({0x2010: "-", 0x2011: "-"})  # hyphens that look like the common one
_OTHER_FORMS.update(dict.fromkeys((0xF0A7, 0xF0B7, 0xF0D8, 0xF0FC), "•"))  # bullets of the fonts Symbol and Wingdings
_UNSEEN = {"\u034f", *map(chr, range(0xFE00, 0xFE10))}
_MOST_MARKS = 4  # accents on one letter: more are a prank, which takes hours to put in order
_BREAK = re.compile(r"(?<=[^\W_])-\n[ \t]*(?=[^\W_])")
_WORD_BEFORE = re.compile(r"(-?)([^\W_]+)$")
_WORD_AFTER = re.compile(r"([^\W_]+)([-'’]?)")
_LINKS = frozenset(
    ("à", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "lès", "lez", "sous", "sur")
)
_KEEPS = frozenset(
    ("après", "avant", "celle", "celles", "celui", "centre", "ceux", "chef", "compte", "demi", "nord", "peut", "porte",
     "rendez", "saint", "sainte", "savoir", "sous", "sud", "vice")
)  # fmt: skip
_QUOTED = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)  # of a message that another answers
_FEWEST_QUOTED = 5  # lines: one « > » may be an arrow
_SELF = frozenset(("même", "mêmes"))


def cleaned(text: str) -> str:
    """Return a text as it is read: every offset of a reading is into this.

    Accents are composed, lines end with a line feed, runs of blank lines are one; what is not seen (spaces at the
    end of a line, zero-width characters, soft hyphens, controls, the marks of quoted messages) is dropped;
    ligatures are letters; a word that a line end cut is whole again. No-break spaces, tabs (which part the cells of
    a table) and the other line ends stay.
    """
    text = _SOFT_AT_END.sub("-", LINE_ENDS.sub("\n", text))
    used = set(text)
    dropped: dict[int, str | None] = {ord(char): None for char in used if _is_unseen(char)}
    text = text.translate(dropped | _OTHER_FORMS)
    marks = re.escape("".join(char for char in used if unicodedata.combining(char)))
    if marks:
        text = re.sub(f"([{marks}]{{{_MOST_MARKS}}})[{marks}]+", r"\1", text)
    text = unicodedata.normalize("NFC", text)
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    if len(_QUOTED.findall(text)) >= _FEWEST_QUOTED:
        text = _QUOTED.sub("", text)
    return re.sub(r"\n{3,}", "\n\n", _BREAK.sub(_joint, text)).strip("\n")


def _is_unseen(char: str) -> bool:
    if char in "\n\t":
        return False
    return (
        unicodedata.category(char) in {"Cc", "Cf", "Cs"}
        or char in _UNSEEN
        or ord(char) & 0xFFFE == 0xFFFE
        or 0xFDD0 <= ord(char) <= 0xFDEF
    )


def _joint(cut: re.Match[str]) -> str:
    """Return what stands between two parts of a word cut by a line end: nothing, or the hyphen that belongs to it."""
    text = cut.string
    before = _WORD_BEFORE.search(text[max(0, cut.start() - 40) : cut.start()])
    after = _WORD_AFTER.match(text[cut.end() : cut.end() + 40])
    if before is None or after is None:
        return ""
    word, link = before[2], after[1]
    inside = bool(before[1])  # the word before is itself the part of a compound: « Neuville-sur- », « a-t- »
    belongs = (
        not link[0].islower()
        or word[-1].isdigit()
        or word.lower() in _KEEPS
        or link in _SELF
        or (inside and (len(word) == 1 or word in _LINKS))
        # « sur-veillance » and « vil-les » are words: a link is followed by a hyphen itself, or follows a name.
        or (bool(after[2]) and (len(link) == 1 or link in _LINKS))
        or (word[0].isupper() and link in {"sur", "sous", "lès", "lez"})
    )
    return "-" if belongs else ""
