"""Data on its way to the screen is text, never markup."""

from __future__ import annotations

import re
from html import escape

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$^=&\"'])")


def plain(text: str) -> str:
    """Return `text` so that Streamlit's Markdown shows it as it is: no link, image, colour, icon or formula."""
    return _MARKDOWN.sub(r"\\\1", text)


def element(tag: str, content: str, **attributes: str) -> str:
    """Return an HTML element; `content` is HTML made by this function or escaped, attributes are escaped here."""
    written = "".join(f' {name.rstrip("_")}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{written}>{content}</{tag}>"


def link(text: str, url: str) -> str:
    """Return an HTML link to a web page, opened beside the application; anything but http(s) is only text."""
    if not re.match(r"https?://", url):
        return escape(text)
    return element("a", escape(text), href=url, target="_blank", rel="noopener noreferrer")
