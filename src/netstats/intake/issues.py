"""What is wrong with a cell, a line or a field: a code to decide by, and the French sentence that is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from netstats.intake.persons import NO_PERSONAL_DATA
from netstats.wording import NO_BREAK, listing

_DATE = "jour/mois/année attendu, par exemple 12/03/2026, ou mars 2026, ou 2026"
_HEADCOUNT = "un nombre entier attendu : 9, environ 50, plus de 150"
STRAY_QUOTE = 'guillemet (") mal placé ; une valeur entre guillemets s’écrit "ainsi" et un guillemet s’y double'
_TO_FILL = "À remplir."

_WORDS: Mapping[str, str] = {
    # a cell that cannot be read
    "unreadable": "ne peut pas être lu",
    "calculation-error": "est une erreur de calcul du tableur ; mettez la valeur à sa place",
    "no-result": "est une formule sans résultat enregistré ; ouvrez le fichier dans un tableur et enregistrez-le",
    "duration": "est une durée, que rien ne lirait",
    "cell-too-long": "est trop long ({length} caractères, {most} au plus dans une cellule)",
    "damaged-file": "a été abîmé par un mauvais encodage ; retapez les accents et enregistrez en « CSV UTF-8 »",
    "stray-quote": f"est dans une ligne au {STRAY_QUOTE}",
    "shifted-line": "est dans une ligne de plus de valeurs que d’en-têtes ({count} pour {most}) ; mettez entre"
    " guillemets le texte qui contient le séparateur",
    "shown-otherwise": "est un nombre que le format de sa cellule montre autrement ; écrivez ce qu’il faut lire",
    "merged-number": "est un nombre fusionné sur plusieurs lignes ; défusionnez et écrivez celui de chaque ligne",
    # a value
    "required": "valeur obligatoire, la cellule est vide",
    "must-be-known": "ne dit rien, et laisser la cellule vide n’est pas possible : valeur obligatoire",
    "column-required": "valeur obligatoire, la colonne manque",
    "text": "{words}",
    "in-file": "{words}",  # of data/
    "not-a-text": "est {what} alors qu’un texte est attendu ; mettez la cellule au format texte",
    "too-long": "est trop long ({length} caractères, {most} au plus)",
    "too-small": "est trop petit (1 au moins)",
    "too-big": "est trop grand ({most} au plus)",
    "not-a-number": "n’est pas un nombre entier (1 au moins attendu)",
    "not-a-headcount": f"n’est pas un nombre de personnes ({_HEADCOUNT})",
    "more-than-a-headcount": "dit plus que le nombre de personnes ; écrivez {number} et le reste dans la note",
    "range": "n’est pas un seul nombre de personnes ; écrivez le moindre ou un nombre approchant",
    "negative": "est négatif ; laissez la cellule vide si on ignore le nombre",
    "nil": "est nul ; laissez la cellule vide si on ignore le nombre (1 au moins)",
    "raised-digit": f"porte un chiffre en exposant (un appel de note{NO_BREAK}?) ; ôtez-le",
    "not-yes-or-no": "n’est ni oui ni non (vide si on l’ignore)",
    "not-a-choice": "n’est pas une valeur permise ({choices} attendu)",
    "not-a-date": f"n’est pas une date ({_DATE})",
    "several-days": "dit plusieurs jours ; écrivez {first} dans Date, et {last} dans Date de fin pour une réunion qui a"
    " duré, ou une ligne pour chacune s’il y en a eu plusieurs",
    "date-as-number": "est un nombre ; mettez la cellule au format date",
    "date-as-number-text": "est un nombre ; mettez la cellule au format date avant d’enregistrer le fichier",
    "wrong-weekday": "se contredit : le {date} est un {weekday}",
    "two-digit-year": "a une année sur deux chiffres (quatre attendus)",
    "other-day-here": "n’est pas le même jour dans ce fuseau horaire et à Paris",
    "no-such-month": f"n’est pas une date, il n’y a pas de mois {{month}} ({_DATE})",
    "no-such-day": f"n’existe pas dans le calendrier ({_DATE})",
    "implausible-date": "n’est pas une date plausible (de {first} à {last})",
    # persons, territories and other names
    "person": f"se lit comme le nom d’une personne ; {NO_PERSONAL_DATA} (d’un lieu, dites la"
    f" nature{NO_BREAK}: «{NO_BREAK}salle Jean Jaurès{NO_BREAK}»)",
    "ambiguous": "peut désigner {count} valeurs ; écrivez le code",
    "unknown-name": "n’est le nom ni le code d’{none}",
    "unknown-territory": "n’est le nom d’aucun territoire connu",
    "unknown-council": "n’est pas un conseil connu ; ajoutez-le à la feuille Organismes, avec ses communes",
    "unknown-territory-code": "n’est le code {what} (code INSEE, SIREN ou code d’un organisme attendu)",
    "code-of-another": "ne va pas avec le code {code}, qui désigne {territory}",
    "out-of-reach": "est le code d’une collectivité d’outre-mer sans département, que netstats ne compte pas ; dites-la"
    " dans la note de la réunion",
    "none-of-them": "n’est aucun des territoires proposés ; écrivez son nom complet, son code INSEE ou SIREN",
    "not-counted": "n’est pas compté, comme vous l’avez répondu",
    "several-territories": "nomme plusieurs territoires : écrivez une ligne pour chacun",
    # a line, and those that it depends on
    "waiting": "attend une réponse",
    "depends-on-waiting": "dépend de la {line}, qui attend une réponse",
    "depends-on-refused": "dépend de la {line}, qui est refusée",
    "unknown-code": "{unknown} ; pour une nouvelle ligne {missing}",
    "no-date-column": "la colonne Date manque ; ajoutez-la ou faites-la correspondre, vide où la date est inconnue",
    # meetings
    "same-meeting": "cette ligne est la même réunion que la {line}",
    "meeting-contradicts": "cette ligne est la même réunion que la {line} et la contredit ({said}) ; gardez une seule"
    " valeur, ou donnez à chacune son titre si ce sont deux réunions",
    "until-not-a-day": "n’est pas un jour ; le dernier jour est attendu en entier (jour/mois/année)",
    "until-without-date": "est une date de fin sans date de début",
    "until-before-date": "est avant la date de la réunion ({date})",
    "to-come": "est à venir ; une réunion à venir est « annoncée » (colonne Statut)",
    "precisions-differ": "ne dit pas la même chose que la colonne Précision du nombre",
    "units-differ": "ne dit pas la même chose que la colonne Unité",
    "nobody-counted": "n’a pas de sens sans nombre de participants (cellule vide attendue)",
    "present-not-held": "n’a pas de sens pour une réunion qui n’a pas été tenue (cellule vide attendue)",
    "attended-not-held": "ne va pas avec les présences ou les actions que la base a pour cette réunion",
    "said-twice": "est dit deux fois",
    "same-territory": f"est le même territoire que «{NO_BREAK}{{other}}{NO_BREAK}», dit deux fois",
    # attendance and actions
    "unknown-meeting-code": "n’est le code d’aucune réunion, ni du fichier ni de la base",
    "network-contradicts": "est une réunion du réseau {network}, ce que la colonne Réseau contredit",
    "date-contradicts": "a pour date {date}, ce que la colonne Date contredit",
    "meeting-required": "valeur obligatoire : le code de la réunion, ou son réseau et sa date",
    "unknown-meeting-date": "n’est la date d’aucune réunion du réseau {network}, ni du fichier ni de la base{perhaps}",
    "not-held": "est une réunion {status} ; seule une réunion tenue a des présences et des actions",
    "form-not-held": "c’est une réunion {status} ; seule une réunion tenue a des présences et des actions",
    "already-present": "est déjà présent à cette réunion{at}",
    "same-action": "est la même action que la {line}",
    # lists
    "no-code-from-name": "ne donne pas de code ; remplissez la colonne Code",
    "already-listed": "figure déjà à la {line}",
    "taken": "est déjà pris par « {other} » dans cette liste",
    "region-required": "valeur obligatoire, un réseau régional a une région",
    "region-of-national": "n’a pas lieu d’être pour un réseau national",
    "official-code": "est déjà le code d’un territoire officiel",
    "twice-in-list": "figure deux fois dans la liste",
    "already-an-alias": "figure déjà plus haut pour ce territoire",
    # minutes
    "none-of-them-read": f"n’est aucun des territoires proposés{NO_BREAK}; retirez-le ou écrivez un autre nom",
    "told-before": f"Le texte dit déjà cette réunion plus haut{NO_BREAK}: {{meeting}}. N’en gardez qu’une",
}
"""Code → what is wrong and what is expected: words that continue the sentence after the value."""

_ALONE = frozenset(
    {"required", "column-required", "no-date-column", "meeting-required", "region-required", "told-before", "in-file"}
)
"""Codes whose words are a sentence without a value."""

_TO_BE_FILLED = frozenset({"required", "column-required", "meeting-required", "region-required"})


@dataclass(frozen=True)
class Where:
    """Where an issue is: in a form and, when it was read from a file, in the file.

    `row`: rank of the line in its sheet or form, from 0. `field`, `column`: name of the field and header of its column
    as the file writes it; None when the whole line is concerned. `sheet` is empty for a text file, `file` as well for a
    form that was filled in. `line`: that of the file, the first being 1.
    """

    form: str
    row: int = 0
    field: str | None = None
    file: str = ""
    sheet: str = ""
    line: int = 0
    column: str | None = None


@dataclass(frozen=True)
class Issue:
    """Why a value is not taken, or not yet. Programs read the code, people the sentence.

    `values`: what its words name: a date, another line, the most that is allowed. `suggestions`: valid values that may
    be meant, the nearest first. `found`: what the cell holds, as text. `of_line`: whether all the cells of a line bear
    it: it is said once. `where`: empty until it is known where the value stands.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)
    suggestions: tuple[str, ...] = ()
    found: str = ""
    of_line: bool = False
    where: Where = Where("")
    additions: tuple[str, ...] = ()

    def at(self, where: Where, found: str) -> Issue:
        """Return the issue where it stands."""
        return replace(self, where=where, found=found)

    @property
    def words(self) -> str:
        """What is wrong and what is expected, as it continues the sentence after the value."""
        return _WORDS[self.code].format_map(self.values)

    @property
    def said(self) -> str:
        """What is wrong: the value and the words."""
        value = f"«{NO_BREAK}{self.found}{NO_BREAK}» " if self.found else ""
        if not value and self.where.column is not None and self.code not in _ALONE:
            value = "la cellule "  # of which nothing can be shown
        return f"{value}{self.words}" if self.words.endswith("?") else f"{value}{self.words}."

    @property
    def meant(self) -> str:
        """What may be meant, as a question; empty without a suggestion."""
        return f"Peut-être {listing(self.suggestions, 'ou')}{NO_BREAK}?" if self.suggestions else ""

    @property
    def sentence(self) -> str:
        """What is wrong and what may be meant, without the place."""
        return f"{self.said} {self.meant}".rstrip()

    @property
    def in_form(self) -> str:
        """The sentence under the field of a form."""
        if self.code in _TO_BE_FILLED:
            return _TO_FILL
        return f"{self.sentence[:1].upper()}{self.sentence[1:]}"

    def __str__(self) -> str:
        place = [f"Feuille {self.where.sheet}" if self.where.sheet else self.where.file]
        if self.where.line:
            place.append(f"ligne {self.where.line}")
        if self.where.column is not None:
            place.append(f"colonne {self.where.column}")
        return f"{', '.join(place)}{NO_BREAK}: {self.sentence}"


def issue(code: str, suggestions: tuple[str, ...] = (), /, **values: object) -> Issue:
    """Return an issue of that code, not placed yet; its words name the values."""
    return Issue(code, values, suggestions)
