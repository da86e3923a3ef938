"""A .pptx or .potx that somebody gives, checked before a library reads it: size, password, macros, XML that unfolds."""

from __future__ import annotations

import io

import olefile

from netstats.archives import FOLDED, Archive, Bounds, Unsafe, rebuilt
from netstats.errors import NetstatsError
from netstats.wording import number

LARGEST = 20 * 1024**2
_MOST_UNPACKED = 200 * 1024**2
_MOST_XML, _MOST_XML_PART = 20 * 1024**2, 8 * 1024**2  # in memory it takes 25 times its size
_BOUNDS = Bounds(_MOST_UNPACKED, xml=_MOST_XML, xml_part=_MOST_XML_PART)
_TYPES = "[Content_Types].xml"
_PRESENTATION = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_ALIKE = tuple(_PRESENTATION.replace(b"presentation.main", kind) for kind in (b"template.main", b"slideshow.main"))


def checked(content: bytes) -> io.BytesIO:
    """Return a file that python-pptx takes: a template is a presentation under another content type."""
    if len(content) > LARGEST:
        raise refused(
            f"pèse {number(len(content) / 1024**2, 1)} Mo, {LARGEST // 1024**2} au plus sont acceptés",
            "Supprimez ses diapositives et compressez ses images, puis recommencez.",
        )
    if content.startswith(olefile.MAGIC):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise refused("est protégé par un mot de passe", "Enregistrez-le sans mot de passe, puis recommencez.")
        raise refused("n’est pas au format .pptx ou .potx", "Ouvrez-le dans PowerPoint et enregistrez-le ainsi.")
    try:
        members = Archive(content, _BOUNDS).read_all()
    except Unsafe as error:
        raise _unsafe(error) from error
    types = members.get(_TYPES, b"")
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise refused("contient des macros", "Enregistrez-le au format .pptx ou .potx, sans macros, puis recommencez.")
    for kind in _ALIKE:
        types = types.replace(kind, _PRESENTATION)
    if _PRESENTATION not in types:
        raise refused("n’est pas une présentation PowerPoint", "Donnez un fichier .pptx ou .potx.")
    return rebuilt({**members, _TYPES: types})


def _unsafe(error: Unsafe) -> NetstatsError:
    if error.code == "protected":
        return refused("est protégé par un mot de passe", "Enregistrez-le sans mot de passe, puis recommencez.")
    if error.code == "folded":
        return refused(FOLDED, "Copiez ses diapositives utiles dans une nouvelle présentation, puis recommencez.")
    if error.code == "xml":
        each, whole = (limit // 1024**2 for limit in (_MOST_XML_PART, _MOST_XML))
        return _too_large(f"{each} Mo de mise en forme en une partie, ou {whole} Mo en tout,")
    if error.code in {"size", "members"}:
        return _too_large(f"{_MOST_UNPACKED // 1024**2} Mo")
    return damaged()


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
