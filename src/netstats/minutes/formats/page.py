"""Web pages to blocks: the article, its headings, its lists and its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from netstats.minutes.formats.blocks import Block, Document, Writer, document, refused
from netstats.minutes.formats.cleaning import cleaned
from netstats.minutes.formats.trees import Tree, local, walk

_MOST_ADDRESS = 1_000  # characters
_MOST_TAG = 8_000  # characters of the attributes of one element
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _HEADINGS | frozenset(
    ("address", "article", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt",
     "figcaption", "figure", "footer", "header", "hr", "html", "legend", "li", "main", "ol", "p", "pre", "section",
     "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul")
)  # fmt: skip
_HTML_SKIPPED = frozenset(
    ("aside", "audio", "button", "canvas", "datalist", "embed", "form", "head", "iframe", "input", "map", "math", "nav",
     "noembed", "noframes", "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "title",
     "video")
)  # fmt: skip
_ROLES_SKIPPED = frozenset(("banner", "complementary", "contentinfo", "navigation", "search"))
_SECTIONS = frozenset(("article", "main", "section"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_TAG_START = re.compile(r"<[a-zA-Z][\w:-]*")
_TAG_END = re.compile(r"</[a-zA-Z][\w:-]*\s*\Z")


def read_page(name: str, text: str) -> Document:
    """Return the article of a web page when there is one, or its main part, or all but its navigation.

    NetstatsError when it is empty, too long, or nested too deeply.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    content = _without_long_tags(text.replace("\x00", "").replace("\ufeff", ""))
    root = etree.fromstring(content.encode("utf-8", errors="ignore"), parser) if content.strip() else None
    if any("depth" in entry.message for entry in parser.error_log):  # what stands deeper was left out
        raise refused(
            name, "imbrique ses éléments trop profondément", "Ouvrez-le dans un navigateur et collez son texte."
        )
    if root is None:
        return document(name, ())
    for part in _parts(name, root):
        blocks = _page_blocks(name, part)
        if blocks:
            break
    title = root.findtext("head/title") or ""
    said = _compared(title)
    if said and not any(block.kind == "heading" and _compared(block.text) in said for block in blocks):
        blocks.insert(0, Block("heading", title))
    return document(name, blocks, _address(root))


def _without_long_tags(text: str) -> str:
    """Return a page whose elements have lost their attributes where these are endless: comparing them takes hours."""
    pieces = text.split(">")
    for rank, piece in enumerate(pieces):
        if len(piece) <= _MOST_TAG:
            continue
        tag = _TAG_START.search(piece)
        if tag and len(piece) - tag.end() > _MOST_TAG:
            end = _TAG_END.search(piece, max(tag.end(), len(piece) - 100))
            pieces[rank] = piece[: tag.end()] + (f">{end[0]}" if end else "")
    return ">".join(pieces)


def _compared(text: str) -> str:
    return " ".join(cleaned(text[:1000]).casefold().split())


def _parts(name: str, root: Tree) -> Iterator[Tree]:
    """Yield the parts of a page that may be its article, the best first, and the whole last."""
    mains: list[Tree] = []
    articles: list[Tree] = []
    inside = 0
    for event, tag, element in walk(name, root, _is_never_read):
        if tag == "article" and event != "skip":
            if event == "open" and not inside:
                articles.append(element)
            inside += 1 if event == "open" else -1
        if event == "open" and (tag == "main" or element.get("role") == "main"):
            mains.append(element)
    # Several articles: the page of one, with a few words of others; or a list, which is read as a whole.
    lengths = [sum(map(len, article.itertext())) for article in articles]
    longest = max(range(len(articles)), key=lengths.__getitem__, default=None)
    if longest is not None and 2 * lengths[longest] > sum(lengths):
        yield articles[longest]
    yield from mains[:1]
    yield root


def _is_never_read(tag: str, element: Tree) -> bool:
    return (
        tag in _HTML_SKIPPED
        or not tag
        or element.get("hidden") is not None
        or (tag == "dialog" and element.get("open") is None)
        or element.get("role") in _ROLES_SKIPPED
        or _HIDDEN.search(element.get("style") or "") is not None
    )


class _Page:
    """The blocks of a part of a page, as its elements open and close."""

    def __init__(self, name: str, part: Tree) -> None:
        self.writer = Writer(name)
        self._part = part
        self._pieces: list[str] = []
        self._headings = self._verbatim = 0
        self._item = False
        # The header and the footer of an article are its own; those of the page are not.
        self._sections = 0 if local(part) in {"html", "body"} else 1

    def is_skipped(self, tag: str, element: Tree) -> bool:
        if element is self._part:
            return False
        return (tag in {"header", "footer"} and not self._sections) or _is_never_read(tag, element)

    def take(self, event: str, tag: str, element: Tree) -> None:
        if event == "open":
            self._open(tag)
            self._write(element.text)
            return
        if event == "close":
            self._close(tag)
        if element is not self._part:
            self._write(element.tail)

    def _write(self, text: str | None) -> None:
        if text:
            self._pieces.append(text if self._verbatim else _SPACES.sub(" ", text))

    def _flush(self) -> None:
        text = "".join(self._pieces)
        self._pieces.clear()
        if text.strip():
            kind = "heading" if self._headings else "item" if self._item else "paragraph"
            # A line of an article starts where its text does, whatever the spaces between the elements.
            self.writer.block(kind, text if self._verbatim else "\n".join(map(_squeezed, text.split("\n"))))
            self._item = False

    def _open(self, tag: str) -> None:
        if tag == "br":
            self._pieces.append("\n")
        if tag not in _BLOCKS:
            return
        self._flush()
        self._headings += tag in _HEADINGS
        self._verbatim += tag == "pre"
        self._sections += tag in _SECTIONS
        if tag == "li":
            self._item = True
        elif tag == "tr":
            self.writer.open_row()
        elif tag in {"td", "th"}:
            self.writer.open_cell()

    def _close(self, tag: str) -> None:
        if tag not in _BLOCKS:
            return
        self._flush()
        self._headings -= tag in _HEADINGS
        self._verbatim -= tag == "pre"
        self._sections -= tag in _SECTIONS
        if tag == "li":
            self._item = False
        elif tag == "tr":
            self.writer.close_row()


def _squeezed(line: str) -> str:
    return re.sub(" {2,}", " ", line).strip(" ")


def _page_blocks(name: str, part: Tree) -> list[Block]:
    page = _Page(name, part)
    for event, tag, element in walk(name, part, page.is_skipped):
        page.take(event, tag, element)
    return page.writer.blocks


def _address(root: Tree) -> str:
    """Return the address that the page tells as its own, when it can be one."""
    told: list[str | None] = [
        link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"
    ]
    told += [meta.get("content") for meta in root.iter("meta") if meta.get("property") == "og:url"]
    for address in (said.strip() for said in told if said):
        if len(address) > _MOST_ADDRESS or not address.isprintable() or " " in address:
            continue
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc:
            return address
    return ""
