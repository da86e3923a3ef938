"""Data on its way to the screen is text, never markup."""

from __future__ import annotations

import re
from html import escape

from netstats import wording

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$^=&\"'])")
# GitHub's Markdown makes links of bare addresses, escaped or not: an invisible word joiner keeps them text.
# So it does of the names of icons and emoji (« :material/home: », « :smile: »).
_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)|(?<=:)(?=[\w+/-]+:)", re.IGNORECASE)
_JOINER = "\u2060"


def plain(text: str) -> str:
    """Return `text` so that Streamlit's Markdown shows it as it is: no link, image, colour, icon or formula."""
    return _MARKDOWN.sub(r"\\\1", _ADDRESS.sub(_JOINER, wording.typeset(text)))


def element(tag: str, content: str, **attributes: str) -> str:
    """Return an HTML element; `content` is HTML made by this function or escaped, attributes are escaped here."""
    written = "".join(f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{written}>{content}</{tag}>"


def source(url: object, of: str) -> str:
    """Return the HTML link to where something was read, said aloud with what it is the source `of`; nothing without."""
    return link("source", url, f"Source : {of} (nouvel onglet)") if isinstance(url, str) else ""


def link(text: str, url: str, spoken: str = "") -> str:
    """Return an HTML link to a web page, opened beside the application; anything but http(s) is only text.

    `spoken` is what a screen reader says, where `text` alone says too little.
    """
    if not re.match(r"https?://", url):
        return escape(text)
    said = {"aria-label": spoken} if spoken else {}
    return element("a", escape(text), href=url, target="_blank", rel="noopener noreferrer", **said)
