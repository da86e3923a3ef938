"""What shows that a text, a cell or a column holds persons: netstats keeps organisations and counts only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice

from netstats.reference.fold import normalize

NO_PERSONAL_DATA = "netstats ne garde que des organisations et des nombres"
_MAIL = re.compile(r"[\w.+-]@[\w-]+(?:\.[\w-]+)+")
_AT = r"(?:[\[({]\s*(?:at|arobase)\s*[\])}]|\barobase\b)"
_DOT = r"(?:\.|\s*[\[({]\s*(?:dot|point|\.)\s*[\])}]\s*|\s+(?:dot|point)\s+)"
_DISGUISED_MAIL = re.compile(
    rf"\w\s*(?:\s@\s?|@\s|[\[({{]\s*[a@]\s*[\])}}]|{_AT})\s*[\w-]+(?:\.[\w-]+)+"
    rf"|\w\s*(?:@|{_AT})\s*[\w-]+{_DOT}[a-z]{{2,}}|\w(?:\.|-)\w+\s*{_AT}|\w\.\w+ at [\w-]+\.[a-z]{{2,}}\b",
    re.IGNORECASE,
)
_DAY_BEFORE = r"(?!\d{2}([-/.])\d{2}\1(?:19|20)\d{2}(?!\d))"  # « 06/12/2034 14 h » is a day and an hour
_PHONE = re.compile(
    rf"(?<!\d){_DAY_BEFORE}(?:(?:\+|00)33[\s./-]?(?:\(0\))?|\(?0)[1-9]\)?"
    r"(?:(?:[\s.-]?\d{2}){4}|(?:\s?[-./,_·•–—|\\]\s?\d{2}){4}|\d{2}(?:[\s./-]\d{3}){2}|(?:[\s./-]\d{3}){2}[\s./-]?\d{2})"
    r"(?!\d)"
)
# Of another country; « +1 200 000 habitants » is a number of people.
_FOREIGN_PHONE = re.compile(
    r"(?<![\d+])(?:\+(?!\d{1,3}(?:[\s.]\d{3})+(?![\s.-]?\d))|00(?=[1-9]\d[\s.-]))(?:[\s./()-]{0,2}\d){9,15}(?!\d)"
)
_LETTERS_AS_DIGITS = re.compile(r"(?<![^\W_])[\dOo]{2,}(?![^\W_])")  # « O6 12 34 56 78 »
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
# « Mme la maire », « M. et Mme », « Madame, Monsieur » name nobody.
_NOBODY = (
    r"(?!(?:l[ea]s?|d[eu]s?|une?|et|ou|en|aux?|qui|que|dont|par|pour|sur|dans|maires?|adjointe?s?|présidente?s?"
    r"|préfète?s?|élue?s?|ministres?|députée?s?|directeurs?|directrices?)\b|[ld]['’])"
)
_LETTER = "A-Za-zÀ-ÖØ-öø-ÿŒœ"
_ADDRESSED = re.compile(
    rf"(?<![\w’'-])(?:(?i:mlles?|mmes?|mr|madame|mademoiselle|monsieur)\b\.?|MM?\.|(?<!\d )(?<!\d)mm?\.)"
    rf"\s*(?<=[\s.]){_NOBODY}[{_LETTER}]"
    # « M » alone may be a letter of a plan; where a sentence begins a person, it is not.
    r"|(?:^|[,;:(/]\s?|\b(?:par|avec|de|et|chez|à)\s)MM?\s+[A-ZÀ-ÖØ-Þ][\w’'-]"
)
_TITLED = re.compile(
    rf"(?<![\w’'-])(?:(?i:dr)\b\.?\s*(?<=[\s.]){_NOBODY}[{_LETTER}]"
    r"|(?:Me|M[aà]ître|MA[IÎ]TRE|Pr|Professeure?|[Dd]octeur|DOCTEUR|Doctoresse|Mesdames|Messieurs)\b\.?\s+[A-ZÀ-ÖØ-ÞŒ])"
)
# « rue du Dr Roux » is a place.
_NAMES_A_PLACE = re.compile(
    r"\b(?:rue|avenue|av\.?|boulevard|bd|place|square|quai|allée|impasse|chemin|parc|jardin|salle|espace|centre"
    r"|hôpital|clinique|école|collège|lycée|gymnase|stade|complexe|maison|résidence|amphithéâtre|auditorium|bâtiment)"
    r"\s+(?:hospitalier\s+|social\s+|culturel\s+)?(?:d[eu]s?\s+)?$",
    re.IGNORECASE,
)
_PERSONAL_WORDS = re.compile(
    r"(?<![a-z])(?:(?:pre|sur)?noms?|(?:first|last|sur)?names?|civilite|personnes?|contacts?|interlocuteurs?"
    r"|referents?|representants?|coordonnateurs?|directeurs?|animateurs?|elus?|maires?"
    r"|e?mails?|courriels?|tel|telephones?|phones?|mobiles?|portables?)(?![a-z])"
)

_LOOKED_AT = 1_000
_BESIDE = re.compile(r"[,;:/()\n]| et | [-–—] ")
_TITLES = (
    r"(?:commissaire|capitaine|commandante?|lieutenante?|major|colonel(?:le)?|adjudante?|brigadi(?:er|ère)|préfète?"
    r"|maire|élue?|sénat(?:eur|rice)|députée?|conseill(?:er|ère)|présidente?|direct(?:eur|rice)"
    r"|coordonnat(?:eur|rice)|coordinat(?:eur|rice))"
)
_INTRODUCED = re.compile(
    r"(?:(?:chez|avec|par|contact|(?:co)?animée? par|présentée? par|en présence de) *:?"
    rf"|(?<!\w)(?:le |la |l[’'])?{_TITLES}) +",
    re.IGNORECASE,
)
_NO_SURNAME = r"(?!(?:Central|Général|Principal|Adjoint|Délégué|Divisionnaire|Municipal|Départemental|Régional)e?\b)"
_TITLED_NAME = re.compile(rf"\b(?i:{_TITLES})\s+{_NO_SURNAME}[A-ZÀ-ÖØ-Þ][{_LETTER}’'-]+$")
_SEPARATORS = re.compile(r"[,;/\n]| et ")
_PARENTHESES = re.compile(r"\([^()]*\)")
_NAME_WORD = re.compile(r"[A-ZÀ-ÞŒ][A-Za-zÀ-ÿŒœ’'-]+")
_INITIALS = re.compile(r"[A-ZÀ-Þ]\.(?:[ -]?[A-ZÀ-Þ]\.)? ?[A-ZÀ-ÞŒ][A-Za-zÀ-ÿŒœ’'-]+")
# A first name after one of these names a place: « Saint Denis », « Salle Jean Jaurès », « Port Louis ».
# fmt: off
_OF_PLACES = frozenset({
    "saint", "sainte", "salle", "rue", "avenue", "boulevard", "place", "quai", "square", "parc", "jardin", "ville",
    "mairie", "commune", "communaute", "metropole", "agglomeration", "departement", "region", "ca", "cc", "cu", "cispd",
    "clspd", "ecole", "college", "lycee", "universite", "campus", "institut", "maison", "espace", "centre", "hotel",
    "mjc", "stade", "gymnase", "complexe", "theatre", "cinema", "mediatheque", "bibliotheque", "auditorium",
    "amphitheatre", "palais", "chateau", "fort", "port", "pont", "mont", "bourg", "val", "villa", "cite", "quartier",
    "residence", "hopital", "gare", "foyer", "pole", "tour", "immeuble", "le", "la", "les", "de", "du", "des", "sur",
    "sous", "en", "aux", "et", "roche", "neuf", "grand", "petit", "haut", "bas",
})
# fmt: on

_FIRST_NAMES = """
abdel abdelkader abdellah adam adele adrien agathe agnes ahmed aicha aime alain albert alexandra alexandre alexia
alexis ali alice alicia aline alix amandine ambre amelie amina amine anais andre andrea andree angelique anissa anita
anna annabelle anne annick annie anthony antoine antonin apolline ariane arlette armand arnaud arthur astrid aude
audrey augustin aurelie aurelien aurore axel axelle aymeric baptiste barbara bastien beatrice benedicte benjamin
benoit bernadette bernard berthe bertrand blandine boris brahim brigitte bruno camille capucine carine carole caroline
catherine cathy cecile cedric celia celine chantal charlene charles charlotte chloe christelle christian christiane
christine christophe claire clara clarisse claude claudette claudia claudine clemence clement colette coline coralie
corentin corinne cyprien cyril cyrille damien daniel daniele danielle david deborah delphine denis denise diane didier
dimitri dominique dorothee dylan edith edouard eleonore eliane elias eliott elisa elisabeth elise elodie eloise elsa
emeline emile emilie emilien emma emmanuel emmanuelle enzo eric erwan estelle esther ethan etienne eugene eva evelyne
fabien fabienne fabrice farid fatiha fatima fatou felix fernand flora florence florent florian francis franck francois
francoise frank frederic frederique gabriel gabrielle gael gaelle gaetan gauthier genevieve geoffrey georges georgette
gerald geraldine gerard germain ghislaine gilbert gilberte gilles ginette gisele gregoire gregory guillaume guy
gwenaelle habib hakim hamid hassan helene henri henriette herve hicham hubert hugo hugues ibrahim ines ingrid irene
isabelle ismael jacky jacqueline jacques jade jamal jean jeanine jeanne jeannine jennifer jeremie jeremy jerome
jessica joel joelle johanna johnny jonathan jordan joseph josephine josette josiane julie julien juliette justin
justine kamel karim karima karine katia kevin khadija khaled laetitia laila lamia laura laure laurence laurent lea
leila leo leon leonie liliane lina lionel lisa lise loic lola lou louis louise luc lucas lucie lucien lucienne
ludivine ludovic lydia lydie madeleine mael maelle magali malika manon marc marcel marcelle margaux margot marguerite
maria marianne marie marina marine marion marius marjorie martial martin martine maryline maryse mathieu mathilde
mathis matthieu maud maurice max maxence maxime mehdi melanie melissa michael michel michele micheline mickael
mireille mohamed mohammed monique morgane mourad moussa mustapha myriam nabil nadege nadia nadine naima nassim natacha
nathalie nathan nicolas nicole noe noel noemie nora noura odette odile olivia olivier omar oriane pascal pascale
patrice patricia patrick paul paule paulette pauline perrine philippe pierre pierrette quentin rachel rachid raphael
raymond raymonde regine regis remi remy renaud rene renee richard robert robin rodolphe roger roland romain romane
romuald rosalie rose roxane sabine sabrina said salim salima samia samir samira samuel sandra sandrine sara sarah
sebastien serge severine simon simone sofia sofiane solange solene sonia sophie stephane stephanie steve suzanne
sylvain sylvie tanguy tatiana teddy theo therese thibaud thibault thibaut thierry thomas tiffany timothee tom tristan
valentin valentine valerie vanessa veronique victor victoria victorine vincent virginie viviane wilfried william
xavier yacine yann yannick yasmina yasmine yohan yolande youcef youssef yves yvette yvon yvonne zoe zohra
"""
_KNOWN_FIRST_NAMES = frozenset(_FIRST_NAMES.split())


def personal(value: str, *, is_address: bool = False) -> str | None:
    """Return why a text is refused when it holds a person's e-mail, telephone number or name, else None."""
    # An address may hold ten digits that are no telephone number, and never a form of address.
    what = _MAIL.search(value) and "une adresse électronique" if is_address else _person_in(value)
    return f"contient {what} ; {NO_PERSONAL_DATA}" if what else None


def _person_in(value: str) -> str | None:
    plain = unicodedata.normalize("NFKC", value)  # « Mᵐᵉ », no-break spaces, wide digits
    # The marks first: on texts that have none, as most, the search takes long.
    may_hold_a_mail = any(mark in plain for mark in "@[({") or "arobase" in plain.lower() or " at " in plain.lower()
    if may_hold_a_mail and (_MAIL.search(plain) or _DISGUISED_MAIL.search(plain)):
        return "une adresse électronique"
    digits = _LETTERS_AS_DIGITS.sub(lambda found: re.sub("[Oo]", "0", found[0]), plain)
    if _PHONE.search(digits) or _FOREIGN_PHONE.search(digits):
        return "un numéro de téléphone"
    if any(_is_account(found[0]) for found in _IBAN.finditer(plain)):
        return "un numéro de compte"
    of_a_place = (
        bool(_NAMES_A_PLACE.search(plain, max(0, found.start() - 60), found.start()))
        for found in _TITLED.finditer(plain)
    )
    return "le nom d’une personne" if _ADDRESSED.search(plain) or not all(of_a_place) else None


def _is_account(number: str) -> bool:
    """Return whether a number of a bank account (IBAN) checks: what only looks so is none."""
    compact = "".join(number.split()).upper()
    return int("".join(str(int(sign, 36)) for sign in compact[4:] + compact[:4])) % 97 == 1


_BODIES = (
    r"(?:communes?|communautes?(?: d[e' ]+\w+)?|collectivites?|organismes?|organisations?|epci|territoires?|villes?"
    r"|structures?|intercommunalites?|agglomerations?|metropoles?|departements?|regions?|cispd|clspd|associations?"
    r"|institutions?|reseaux?|reunions?|rencontres?|themes?|actions?|dispositifs?|com|dep|dept|reg|coll)(?![a-z])"
)
_NAME_OF_A_BODY = re.compile(
    rf"(?<![a-z])noms?(?: officiels?| complets?| courts?)?(?: de| du| des| d)?(?: la| les?| l)? {_BODIES}"
    rf"|(?<![a-z]){_BODIES} noms?(?![a-z])|^nom membre$"  # columns of official lists: « COLL_NOM », « nom_membre »
)
_COUNT = re.compile(r"(?<![a-z])(?:nombre|nbre|nb|effectif)s?(?![a-z])")
_COUNTED = re.compile(
    r"(?<![a-z])(?:personnes|contacts|interlocuteurs|referents|representants|coordonnateurs|directeurs|animateurs|elus"
    r"|maires)(?![a-z])"
)


def announces_persons(header: str) -> str | None:
    """Return why a column is refused when its header seems to announce personal data, else None.

    The name of a body (« Nom de la commune ») and a count (« Nombre d’élus ») announce nobody.
    """
    if _PERSONAL_WORDS.search(_header_words(header)):
        return f"colonne refusée, elle semble annoncer des personnes ; {NO_PERSONAL_DATA}"
    return None


def says_only_name(header: str) -> bool:
    """Return whether a header that announces persons says « nom », of whom or of what it does not tell."""
    return not _PERSONAL_WORDS.search(re.sub(r"(?<![a-z])noms?(?![a-z])", "", _header_words(header)))


def _header_words(header: str) -> str:
    """Return the words of a header, small and without accents, but for those that name a body or a count."""
    words = " ".join(re.sub(r"[\s_’'-]+", " ", unicodedata.normalize("NFKD", header.lower())).split())
    plain = _NAME_OF_A_BODY.sub("", words.encode("ascii", "ignore").decode())
    return _COUNTED.sub("", plain) if _COUNT.search(plain) else plain


def shows_persons(values: Iterable[object]) -> str | None:
    """Return what a column seems to hold when two at least, and half of its distinct values, point at persons.

    The first thousand distinct values are looked at; cells taken alone are looked at again when they are validated. In
    French words: « des noms de personnes ».
    """
    texts = list(islice((value for value in dict.fromkeys(values) if isinstance(value, str)), _LOOKED_AT))
    marked = sum(map(_is_marked, texts))
    named = sum(map(_names_persons, texts))
    if max(marked, named) < 2 or 2 * (marked + named) < len(texts):
        return None
    return "des noms de personnes" if named >= marked else "des adresses électroniques, des téléphones ou des noms"


def _is_marked(value: str) -> bool:
    """Return whether a cell holds an e-mail, a telephone number or a form of address before a name."""
    readable = " ".join("".join(letter if letter.isprintable() else " " for letter in value).split())
    if readable.startswith(("http://", "https://")):
        return False  # an address may hold ten digits that are no telephone number
    return personal(readable) is not None


def _names_persons(value: str) -> bool:
    """Return whether a cell is one person or a list of them, with or without a word in parentheses."""
    pieces = [piece for piece in _SEPARATORS.split(_PARENTHESES.sub("", value[:500])) if piece.strip()]
    return bool(pieces) and all(map(looks_like_a_name, pieces))


def persons_in(value: str, *, is_title: bool = False) -> list[str]:
    """Return the parts of a short text that read as a person: « Lyon (Jean Dupont) », « chez jean dupont », « Karim ».

    A part may as well be a territory (« Romain »): that is for the caller to look up. In a title, where words are many,
    a part must have two and be written as a name: « Noël » and « Noël solidaire » are none.
    """
    parts = dict.fromkeys(_parts(value[:500]))
    if is_title:
        return [part for part in parts if " " in part and looks_like_a_name(part)]
    return [part for part in parts if looks_like_a_name(part) or looks_like_a_name(part.title())]


def signs_a_person(text: str) -> bool:
    """Return whether who signs is a person: « jean dupont », « le maire Jean Dupont », « Commissaire Durand »."""
    return bool(persons_in(text) or _TITLED_NAME.search(text))


def _parts(value: str) -> Iterator[str]:
    for part in (value, *_BESIDE.split(value)):
        text = " ".join(part.split())
        yield text
        yield _INTRODUCED.sub("", text, count=1)


def looks_like_a_name(value: str) -> bool:
    """Return whether a whole cell reads as a person: « Jean Dupont », « DUPONT Jean », « J. Dupont », « Karim »."""
    text = " ".join(value.split())
    if len(text) > 60:
        return False
    if _INITIALS.fullmatch(text):
        return True
    words = text.split(" ")
    if len(words) > 4 or not all(map(_NAME_WORD.fullmatch, words)):
        return False
    plain = [normalize(word) for word in words]
    if any(word in _OF_PLACES for word in plain):
        return False
    if len(words) == 1:
        return plain[0] in _KNOWN_FIRST_NAMES
    return _is_first_name(plain[0]) or _is_first_name(plain[-1])


def _is_first_name(plain: str) -> bool:
    """Return whether a normalised word is a first name, simple or double: « jean », « jean paul »."""
    return bool(plain) and all(part in _KNOWN_FIRST_NAMES for part in plain.split(" "))
