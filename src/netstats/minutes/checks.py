"""What is no minutes is refused: a text in another language, or one that tells no meeting."""

from __future__ import annotations

import re

from netstats.errors import NetstatsError
from netstats.minutes.cues import MEETS
from netstats.minutes.date_mentions import MEETING, NEXT
from netstats.minutes.document_context import DocumentContext
from netstats.minutes.prose import Prose
from netstats.reference.words import word_set

_FRENCH = word_set(
    "le la les l de du des d un une et a au aux en est sont ont dans pour sur par avec qui que se ce cette ces son sa "
    "ses leur leurs il elle plus ne pas ou"
)
_LATIN = re.compile(r"[a-zàâäçéèêëîïôöùûüÿœæ]", re.IGNORECASE)
_LEAST_FRENCH = 0.15  # share of such words; an English text has about 0.05
_FEW_WORDS = 40
_WORDS_A_LINE = 12  # of a list, which has few small words
_OURS = word_set("ffsu forum")
_LEAST_OF_THE_FIELD = 2  # different words
_LEAST_NAMED = 1.0  # weight of a network

_REMEDY = "Donnez le compte rendu d’une réunion, ou saisissez-la à la main."


def see_that_it_is_french(prose: Prose) -> None:
    """Refuse a text without words, or in another language, with NetstatsError."""
    if not prose.tokens:
        raise NetstatsError("Ce texte est vide.", "Collez le compte rendu d’une réunion, ou donnez son fichier.")
    letters = re.sub(r"[\W\d_]", "", prose.text)
    is_latin = 2 * len(_LATIN.findall(letters)) >= len(letters)
    share = sum(token.norm in _FRENCH for token in prose.tokens) / len(prose.tokens)
    is_list = len(prose.tokens) < _WORDS_A_LINE * len(prose.blocks)
    least = 0.0 if len(prose.tokens) < _FEW_WORDS else _LEAST_FRENCH / 2 if is_list else _LEAST_FRENCH
    if not is_latin or share < least:
        raise NetstatsError("Ce texte n’est pas écrit en français.", "Donnez la version française du compte rendu.")


def see_that_it_tells_a_meeting(document: DocumentContext) -> None:
    """Refuse a text that tells no meeting of people of the field, with NetstatsError."""
    prose, cues = document.prose, document.cues
    field = {
        prose.tokens[cue.first].norm
        for sentence in prose.sentences
        for cue in cues.inside(("domain",), sentence.first, sentence.last)
    }
    named = any(about.weight >= _LEAST_NAMED for abouts in document.abouts.values() for about in abouts)
    meets = any(cues.has((*MEETS, "present", NEXT), sentence) for sentence in prose.sentences)
    meets = meets or (named and any(mention.role == MEETING for mention in document.dates))
    if not meets or not (named or field & _OURS or len(field) >= _LEAST_OF_THE_FIELD):
        raise NetstatsError("Ce texte ne raconte pas de réunion d’un réseau de prévention et de sécurité.", _REMEDY)


def no_meeting_found() -> NetstatsError:
    """Return the refusal of a text where nothing of a meeting was read."""
    return NetstatsError(
        "Ce texte ne raconte pas de réunion : aucun réseau, aucune date ni aucun territoire présent n’y est lu.",
        _REMEDY,
    )
