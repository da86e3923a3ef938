"""What is taken out of a text before it may come in: persons are no part of the data."""

from __future__ import annotations

import re

from netstats.intake.persons import looks_like_a_name, personal, persons_in
from netstats.reference.fold import normalize
from netstats.reference.gazetteer import Gazetteer

_CAPITALS = re.compile(
    r"(?:[A-ZÀ-ÞŒ]\. ?)?[A-ZÀ-ÞŒ][A-Za-zÀ-ÿŒœ’'-]+(?: (?:[A-ZÀ-ÞŒ]\. ?)?[A-ZÀ-ÞŒ][A-Za-zÀ-ÿŒœ’'-]+)*"
)
_WORD = re.compile(r"\S+")
_BESIDE = re.compile(r"\s*\([^()]*\)")
_OF_A_PLACE = re.compile(
    r"\b(?:rue|avenue|boulevard|place|square|quai|allée|parc|jardin|salle|espace|centre|hôpital|clinique|école|collège"
    r"|lycée|gymnase|stade|complexe|maison|résidence|quartier|cité|pôle|foyer|théâtre|médiathèque|bibliothèque|saint|sainte|port|pont|mont)"
    r"\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)

_NAME = r"[A-ZÀ-ÞŒ][A-Za-zÀ-ÿŒœ’'-]+"
_RUN = rf"{_NAME}(?: (?:(?:van|von|ben|bin|el|al|le|da|di|dos) )?{_NAME})+"
_TITLE = (
    r"(?:commissaire|capitaine|lieutenante?|majore?|adjudante?|colonel(?:le)?|commandante?|brigadi(?:er|ère)|gendarme"
    r"|maréchale?|inspect(?:eur|rice)|(?:sous-)?pr[ée]f(?:et|ète)|procureure?|juge|magistrate?|docteure?|doctoresse"
    r"|professeure?|maire|mairesse|président|présidente|direct(?:eur|rice)|conseill(?:er|ère)|déput[ée]e?|sénat(?:eur|rice)"
    r"|adjointe?|ministre|coordonnat(?:eur|rice)|coordinat(?:eur|rice))"
)
_RANK = (
    r"(?:\s(?:général|départemental|régional|national|adjoint|délégué|territorial|principal|municipal|central)e?"
    r"|\s(?:divisionnaire|académique|judiciaire|chef|major|colonel|honoraire))"
)
_TITLED = re.compile(rf"(?<![\w’'-])(?i:{_TITLE}{_RANK}{{0,3}})\s(?P<name>{_NAME}(?: {_NAME})*)")
_DONE_BY = re.compile(rf"(?<![\w’'-])(?i:par|avec|confiée?s? à)\s(?P<name>{_RUN}|{_NAME} [A-ZÀ-ÞŒ]\.(?!\w))")
_DOES = re.compile(
    rf"(?<![\w’'-])(?P<name>{_RUN}) "
    r"(?:anim(?:e|era|ait|a)|(?:a|avait) (?:animé|présenté|exposé)|présent(?:e|era|ait|a)|intervien(?:t|dra)"
    r"|est intervenue?)(?!\w)"
)
_INITIAL = re.compile(rf"(?<![\w’'-])(?P<name>{_NAME}) [A-ZÀ-ÞŒ]\.(?!\w)")
_ARTICLE = re.compile(r"(?:^|\s)(?:les?|la|du|des|aux?|une?|cette|notre|leur)\s$|[’']$", re.IGNORECASE)
# What is no person though it is written with capitals: « France Victimes », « directeur Prévention ».
# fmt: off
_OF_BODIES = frozenset({
    "accueil", "acces", "action", "addiction", "agence", "agglo", "agglomeration", "aide", "alliance", "appel",
    "appui", "apprenti", "assistance", "association", "atelier", "avenir", "bailleur", "bretagne", "bureau",
    "caisse", "centre", "cercle", "citoyen", "citoyennete", "club", "cohesion", "college", "collectif", "comite",
    "commerce", "compagnie", "conseil", "contrat", "croix", "culture", "departement", "departemental", "droit",
    "ecole", "ecoute", "education", "egalite", "emploi", "enfance", "enfant", "equipe", "espace", "espoir", "est",
    "etat", "famille", "federation", "femme", "fondation", "forum", "foyer", "france", "gendarmerie", "general",
    "grand", "groupe", "habitat", "handicap", "hauts", "inter", "intercommunal", "jeune", "jeunesse", "justice",
    "laique", "les", "lien", "ligue", "local", "logement", "lycee", "mairie", "maison", "mediation", "mediateur",
    "medecin", "metropole", "ministere", "mission", "monde", "municipal", "municipale", "national", "nationale",
    "nord", "normandie", "observatoire", "occitanie", "office", "ouest", "parent", "parquet", "pays", "planning",
    "plateforme", "plus", "point", "pole", "police", "politique", "populaire", "prefecture", "prevention",
    "protection", "public", "publique", "quartier", "relais", "regie", "region", "regional", "republique", "reseau",
    "rouge", "sante", "sauvegarde", "secours", "securite", "sentinelle", "service", "social", "solidaire",
    "solidarite", "sport", "stop", "sud", "syndicat", "territoire", "tranquillite", "transport", "tribunal",
    "union", "universite", "urbain", "urbaine", "val", "victime", "vie", "ville", "vigilance", "violence",
})
# fmt: on
_LONGEST_ARTICLE = 9  # characters, with the spaces around it
_ARTICLES = frozenset({"le", "la"})  # « le commissaire Le Goff », « La Croix bleue »


def impersonal(text: str, gazetteer: Gazetteer) -> str:
    """Return a sentence without the parentheses that hold a person; empty when one stands elsewhere in it."""
    told = tidy(_BESIDE.sub(lambda found: "" if _holds_a_person(found[0], gazetteer) else found[0], text))
    return "" if _holds_a_person(told, gazetteer) else told


def _holds_a_person(text: str, gazetteer: Gazetteer) -> bool:
    return bool(personal(text)) or _holds_a_known_name(text, gazetteer) or _holds_an_unknown_name(text, gazetteer)


def _holds_a_known_name(text: str, gazetteer: Gazetteer) -> bool:
    """Return whether a first name that many bear stands with another name, and both are no territory."""
    for found in _CAPITALS.finditer(text):
        words = list(_WORD.finditer(text, *found.span()))
        # A sentence begins with a capital too (« Avec Jean Dupont »), and so may what follows the name.
        for first, last in ((word, other) for word in range(len(words)) for other in (word + 1, word + 2)):
            if last >= len(words) or _is_of_a_place(text, words[first].start()):
                continue
            name = text[words[first].start() : words[last].end()]
            if looks_like_a_name(name) and not gazetteer.match(name).candidates:
                return True
    return False


def _holds_an_unknown_name(text: str, gazetteer: Gazetteer) -> bool:
    """Return whether the words around a name tell that it is a person's: a title, « animé par », an initial."""
    signs = ((_TITLED, _is_titled), (_DONE_BY, _does), (_DOES, _does), (_INITIAL, _is_before_an_initial))
    return any(
        is_person(found, gazetteer)
        for pattern, is_person in signs
        for found in pattern.finditer(text)
        if not (_is_of_a_place(text, found.start()) or _is_of_a_place(text, found.start("name")))
    )


def _is_of_a_place(text: str, start: int) -> bool:
    """Return whether what starts there names a street, a hall or a school."""
    return bool(_OF_A_PLACE.search(text, max(0, start - 60), start))


def _is_titled(found: re.Match[str], gazetteer: Gazetteer) -> bool:
    """Return whether the words after a title are a person's: « Martin », « Le Goff »; not « CISPD » nor « Général »."""
    name = found["name"]
    words = name.split(" ")
    first = " ".join(words[: 2 if normalize(words[0]) in _ARTICLES else 1])
    return normalize(first) not in _ARTICLES and not _is_acronym(first) and _is_no_body(first, gazetteer, name)


def _does(found: re.Match[str], gazetteer: Gazetteer) -> bool:
    """Return whether who presents something is a person rather than a body: « La Poste », « le Secours populaire »."""
    name, start = found["name"], found.start("name")
    is_led = _ARTICLE.search(found.string, max(0, start - _LONGEST_ARTICLE), start) is not None
    return normalize(name.split(" ")[0]) not in _ARTICLES and not is_led and _is_no_body(name, gazetteer)


def _is_before_an_initial(found: re.Match[str], _gazetteer: Gazetteer) -> bool:
    return looks_like_a_name(f"{found['name']} Untel")  # two words: double first names too


def _is_no_body(name: str, gazetteer: Gazetteer, *longer: str) -> bool:
    """Return whether words with capitals name no territory, and hold no word of bodies and services."""
    words = name.split(" ")
    plain = [part for word in words for part in normalize(word).split(" ")]
    if any(word in _OF_BODIES or word.rstrip("sx") in _OF_BODIES for word in plain):
        return False
    if _is_acronym(words[0]) or re.match("[LD][’']", name):
        return False
    if any(candidate.kind == "department" for candidate in gazetteer.match(words[-1]).candidates):
        return False
    return not any(gazetteer.match(one).candidates for one in (name, words[0], *longer))


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) <= 5


def names_a_person(name: str, gazetteer: Gazetteer) -> bool:
    """Return whether a short text holds personal data, or a part of it reads as a person and is no territory."""
    if gazetteer.match(name).candidates:
        return False
    return bool(personal(name)) or any(not gazetteer.match(part).candidates for part in persons_in(name))


def tidy(text: str) -> str:
    """Return a text on one line, with single spaces."""
    return " ".join(text.split())
