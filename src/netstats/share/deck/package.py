"""A .pptx or .potx that somebody gives, checked before a library reads it: size, password, macros, XML that unfolds."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from netstats.errors import NetstatsError
from netstats.wording import number

LARGEST = 20 * 1024**2
_MOST_UNPACKED = 200 * 1024**2
_MOST_XML, _MOST_XML_PART = 20 * 1024**2, 8 * 1024**2  # in memory it takes 25 times its size
_MOST_MEMBERS = 5_000
_TYPES = "[Content_Types].xml"
_PRESENTATION = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_ALIKE = tuple(_PRESENTATION.replace(b"presentation.main", kind) for kind in (b"template.main", b"slideshow.main"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEFORE_XML = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"  # byte order marks, halves of letters, air
_XML_STARTS = (b"<", "<".encode("cp037"))
_ENCODING = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_PLAIN = (b"utf-8", b"us-ascii", b"ascii")
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)


def checked(content: bytes) -> io.BytesIO:
    """Return a file that python-pptx takes: a template is a presentation under another content type."""
    if len(content) > LARGEST:
        raise refused(
            f"pèse {number(len(content) / 1024**2, 1)} Mo, {LARGEST // 1024**2} au plus sont acceptés",
            "Supprimez ses diapositives et compressez ses images, puis recommencez.",
        )
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise refused("est protégé par un mot de passe", "Enregistrez-le sans mot de passe, puis recommencez.")
        raise refused("n’est pas au format .pptx ou .potx", "Ouvrez-le dans PowerPoint et enregistrez-le ainsi.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = dict(_members(archive))
    except _ZIP_ERRORS as error:
        raise damaged() from error
    types = members.get(_TYPES, b"")
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise refused("contient des macros", "Enregistrez-le au format .pptx ou .potx, sans macros, puis recommencez.")
    for kind in _ALIKE:
        types = types.replace(kind, _PRESENTATION)
    if _PRESENTATION not in types:
        raise refused("n’est pas une présentation PowerPoint", "Donnez un fichier .pptx ou .potx.")
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as copy:
        for name, member in members.items():
            copy.writestr(name, types if name == _TYPES else member)
    written.seek(0)
    return written


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Unpack an archive, counting as it grows: never more than a template needs."""
    members = archive.infolist()
    room, xml_room = _MOST_UNPACKED, _MOST_XML
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > room:
        raise _too_large(f"{_MOST_UNPACKED // 1024**2} Mo")
    for member in members:
        with archive.open(member) as part:
            content = part.read(1024)
            is_xml = _is_xml(member.filename, content)
            most = min(room, xml_room, _MOST_XML_PART) if is_xml else room
            content += part.read(max(0, most + 1 - len(content)))
        room -= len(content)
        if is_xml:
            xml_room -= len(content)
            if len(content) > most:
                each, whole = (limit // 1024**2 for limit in (_MOST_XML_PART, _MOST_XML))
                raise _too_large(f"{each} Mo de mise en forme en une partie, ou {whole} Mo en tout,")
            _check_xml(content)
        yield member.filename, content


def _is_xml(name: str, start: bytes) -> bool:
    """Return whether a part may be read as XML: the name alone would not say, any type can be declared for any name."""
    after = start.lstrip(_BEFORE_XML)
    return name.lower().endswith((".xml", ".rels")) or (bool(start) and not after) or after.startswith(_XML_STARTS)


def _check_xml(content: bytes) -> None:
    """Refuse a document type, which a presentation never needs and which unfolds into billions of letters.

    In another encoding than UTF-8 it would not be seen: that is refused too.
    """
    content.decode()  # its error is one of `_ZIP_ERRORS`
    declared = _ENCODING.match(content.removeprefix(codecs.BOM_UTF8))
    if b"\0" in content or b"<!DOCTYPE" in content or (declared and declared[1].lower() not in _PLAIN):
        raise damaged()


def damaged() -> NetstatsError:
    """Return the error of a file that does not hold together."""
    return refused("est abîmé ou incomplet", "Ouvrez-le dans PowerPoint, enregistrez-le de nouveau, puis recommencez.")


def _too_large(what: str) -> NetstatsError:
    return refused(
        f"contient plus de {what} une fois décompressé",
        "Supprimez ses diapositives et compressez ses images, puis recommencez.",
    )


def refused(what: str, remedy: str) -> NetstatsError:
    """Return the error of a template that cannot be used: what it is (« contient des macros »), and what to do."""
    return NetstatsError(f"Ce modèle {what}.", remedy)
