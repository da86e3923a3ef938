"""Data on its way to the screen is text, never markup."""

from __future__ import annotations

import re

from netstats import wording

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$^=&\"'])")
# GitHub's Markdown makes links of bare addresses, escaped or not: an invisible word joiner keeps them text.
# So it does of the names of icons and emoji (« :material/home: », « :smile: »).
_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)|(?<=:)(?=[\w+/-]+:)", re.IGNORECASE)
_BREAKS = re.compile(r"[\t\n\v\f\r ]+")
_JOINER = "\u2060"


def plain(text: str) -> str:
    """Return `text` so that Streamlit's Markdown shows it as it is: no link, image, colour, icon or formula."""
    # One line without spaces around it: at the start of a line, signs and spaces mean something.
    line = _BREAKS.sub(" ", wording.unturned(text)).strip(" ")
    return _MARKDOWN.sub(r"\\\1", _ADDRESS.sub(_JOINER, wording.typeset(line)))
