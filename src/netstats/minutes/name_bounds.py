"""Where a name of a territory begins and ends in prose: « Le Havre », « Vallée Sud – Grand Paris »."""

from __future__ import annotations

import re
from dataclasses import dataclass

from netstats.choices import INTERCOMMUNALITY_KINDS
from netstats.minutes.kinds import kind_at
from netstats.minutes.prose import Prose
from netstats.minutes.territory_index import TerritoryIndex
from netstats.reference.words import word_set

LINKS = word_set("le la les l de du des d a au aux en")
"""Small words before a name or inside it, normalised."""
INSIDE_NAMES = LINKS | word_set("sur sous lès lez les saint sainte")
_ARTICLE_IN = {"du": "le", "des": "les", "la": "la", "le": "le", "les": "les", "au": "le", "aux": "les", "l": "l"}
_NO_LAST_WORD = LINKS | word_set("et ou ainsi que")
_AFTER_A_NAME = word_set("ainsi etait etaient ont a")
# A name with one of these is that of an intercommunality, whatever its other words.
_OF_GROUPS = word_set("metropole agglo agglomeration communaute eurometropole")
_GROUPS_BEGIN = word_set("grand pays val coeur porte portes communaute vallee")
_A_COMMUNE_ALL_THE_SAME = "y"  # « Y participaient … »
# What a list may begin with, or a person be addressed by, resembles names of communes.
NO_NAME = word_set(
    "tous toutes tout toute chaque plusieurs certains certaines aucun aucune m mm mr mme mmes monsieur madame "
    "fonction nombre nom prenom qualite structure organisme service charge chargee chef cheffe responsable directeur "
    "directrice coordonnateur coordonnatrice coordinateur coordinatrice agent agents total qui etaient "
    "enfin outre puis forum teams zoom"
)
_PARTS = re.compile(r"[,;:•()\t|/–—«»\"“”.!?]|\s-\s")
_DASH = re.compile(r"[\s\u00a0][–—-][\s\u00a0]")
_LONGEST_NAME = 12  # words


@dataclass(frozen=True, eq=False)
class NameBounds:
    """Finds where the names of a text begin and end, by what the index knows."""

    index: TerritoryIndex
    prose: Prose

    def is_longer(self, place: int, after: int, last: int) -> bool:
        """Return whether a name of more words than that of a region begins here: « Bretagne Porte de Loire »."""
        return any(self.key(place, end) in self.index for end in self.ends(place, last) if end > after)

    def may_be_a_name(self, place: int, end: int, kinds: tuple[str, ...]) -> bool:
        """Return whether these words are a name, or written as that of an intercommunality."""
        words = self.prose.tokens[place:end]
        leads = words[0].norm in LINKS and len(words) > 1 and words[1].is_capital
        if len(words) == 1 and words[0].norm in NO_NAME:
            return False  # « Chargé de mission »
        if words[-1].norm in _NO_LAST_WORD or not (words[0].is_capital or leads):
            return False
        after = self.prose.tokens[end] if end < len(self.prose.tokens) else None
        if after is not None and self.prose.gap(end) == "-" and not after.is_capital:
            return False  # « Quarante-deux »
        key = self.key(place, end)
        if key in self.index:
            return key != _A_COMMUNE_ALL_THE_SAME
        if any(word.norm in {"et", "ou"} for word in words):
            return False
        return (
            self.with_article(place, key) < place
            or (bool(kinds) and kinds[0] in (*INTERCOMMUNALITY_KINDS, "department"))
            or any(word.norm in _OF_GROUPS and word.is_capital for word in words[1:])
            or (len(words) > 1 and words[0].norm in _GROUPS_BEGIN and words[-1].is_capital)
        )

    def with_article(self, place: int, key: str) -> int:
        """Return where a name begins that the article before is a part of: « de la Courneuve », « du Blanc-Mesnil »."""
        if not place or self.breaks(place):
            return place
        article = _ARTICLE_IN.get(self.prose.tokens[place - 1].norm)
        return place - 1 if article and f"{article} {key}" in self.index else place

    def ends(self, place: int, last: int) -> list[int]:
        """Return where a name that begins here may end, the longest first."""
        words = self.prose.tokens
        ends = []
        dashed = False
        for end in range(place + 1, min(place + _LONGEST_NAME, last) + 1):
            if end - 1 > place and self.breaks(end - 1):
                if not _DASH.fullmatch(self.prose.gap(end - 1)):
                    break
                dashed = True  # « Vallée Sud – Grand Paris »
            if not dashed or self.key(place, end) in self.index:
                ends.append(end)
            if end < last and words[end].norm in _AFTER_A_NAME and not words[end].is_capital:
                break
        return ends[::-1]

    def goes_on_unknown(self, end: int, stop: int) -> bool:
        """Return whether an unknown name goes on: « Chennevière sur Marne », not « les Français de Dijon »."""
        words = self.prose.tokens
        return (
            words[stop - 1].is_capital
            and words[stop - 1].norm not in self.index
            and all(word.text.casefold() in INSIDE_NAMES for word in words[end : stop - 1])
            and not any(self.breaks(place) for place in range(end, stop))
        )

    def is_whole(self, place: int, last: int) -> bool:
        """Return whether a name of several words begins here with a link or a word that tells a kind.

        « Le Havre », « La Rochelle », « Métropole Européenne de Lille », « Ville-d’Avray » are names as they stand.
        """
        words = self.prose.tokens
        if not words[place].is_capital or words[place].norm not in self.index.first_words:
            return False
        for end in self.ends(place, last):
            if end - place < 2:
                return False
            if self.key(place, end) in self.index and words[end - 1].is_capital:
                return kind_at(self.prose, place, end) is None or self.index.is_complete(self.key(place, end))
        return False

    def key(self, place: int, end: int) -> str:
        """Return a name as the index spells it."""
        return " ".join(word.norm for word in self.prose.tokens[place:end])

    def breaks(self, place: int) -> bool:
        """Return whether a name cannot go on to this word."""
        gap = self.prose.gap(place)
        return gap != " " and _PARTS.search(gap) is not None
