"""What the made-up territories of the demonstration set may have done, by theme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from netstats.demonstration_words import Where


class Action(NamedTuple):
    """The beginning of an action's sentence, and what can follow it.

    Attributes
    ----------
    type_code
        Code of an action type.
    audience_codes
        Codes of the audiences it may be for; one is drawn, and `{public}` in the text becomes one of its names.
    where
        Which list of places suits it; empty for none.
    text
        An infinitive sentence without its full stop; `{public}` never follows « à » or « de », which would contract.
    """

    type_code: str
    audience_codes: tuple[str, ...]
    where: Where
    text: str


_STREET = ("tout-public", "jeunes", "publics-demunis")

ACTIONS: Mapping[str, tuple[Action, ...]] = {
    "mesure-delinquance": (
        Action("partenariat", ("professionnels",), "", "Créer un observatoire local de la délinquance"),
        Action("partenariat", ("professionnels",), "", "Croiser les mains courantes et les signalements des bailleurs"),
        Action(
            "information-prevention", ("tout-public",), "inside", "Mener une enquête de victimation auprès d’un panel"
        ),
        Action("autre", ("tout-public",), "", "Cartographier le sentiment d’insécurité rue par rue"),
        Action("information-prevention", ("professionnels",), "", "Former {public} à la lecture des chiffres"),
        Action("partenariat", ("professionnels",), "", "Tenir un tableau de bord des faits constatés"),
    ),
    "evaluation-politiques": (
        Action("partenariat", ("professionnels",), "", "Confier l’évaluation de la stratégie locale à des chercheurs"),
        Action("autre", ("tout-public",), "outside", "Organiser une marche exploratoire pour {public}"),
        Action("partenariat", ("professionnels",), "", "Mesurer les effets de la vidéoprotection avant de l’étendre"),
        Action("information-prevention", ("tout-public",), "inside", "Présenter le bilan du plan de prévention"),
    ),
    "metier-coordonnateur": (
        Action("partenariat", ("professionnels",), "", "Rédiger une fiche de poste commune pour les coordonnateurs"),
        Action("information-prevention", ("professionnels",), "", "Ouvrir un parcours de formation pour {public}"),
        Action("partenariat", ("professionnels",), "", "Jumeler les nouveaux coordonnateurs et les plus expérimentés"),
        Action(
            "soutien-psychologique", ("professionnels",), "inside", "Proposer une analyse de pratiques pour {public}"
        ),
    ),
    "gouvernance-locale": (
        Action("partenariat", ("professionnels",), "", "Relancer le conseil local de sécurité et de prévention"),
        Action("partenariat", ("professionnels",), "", "Signer une charte d’échange d’informations nominatives"),
        Action("partenariat", ("professionnels",), "", "Réunir une cellule de veille de quartier"),
        Action("partenariat", ("tout-public",), "inside", "Associer {public} au diagnostic de sécurité"),
        Action("partenariat", ("professionnels",), "", "Mutualiser un poste de coordination entre communes voisines"),
    ),
    "politiques-locales": (
        Action("partenariat", ("professionnels",), "", "Écrire une stratégie territoriale de sécurité sur quatre ans"),
        Action("information-prevention", ("tout-public",), "inside", "Débattre du budget de la tranquillité publique"),
        Action("autre", ("tout-public",), "outside", "Revoir l’éclairage des cheminements piétons"),
        Action("partenariat", ("professionnels",), "", "Inscrire la prévention dans le contrat de ville"),
    ),
    "prevention": (
        Action("information-prevention", ("jeunes",), "inside", "Animer des ateliers de citoyenneté pour {public}"),
        Action("information-prevention", ("seniors-isoles",), "inside", "Prévenir {public} des vols par ruse"),
        Action("maintien-lien", ("jeunes",), "outside", "Envoyer des éducateurs de prévention vers {public}"),
        Action("information-prevention", ("tout-public",), "", "Lancer une opération tranquillité pour les absents"),
        Action("autre", ("jeunes",), "inside", "Proposer un chantier éducatif rémunéré pour {public}"),
    ),
    "police-municipale": (
        Action("police-municipale", ("tout-public",), "outside", "Créer une brigade de nuit de la police municipale"),
        Action("police-municipale", ("tout-public",), "outside", "Mettre en place une patrouille pédestre ou cycliste"),
        Action("police-municipale", ("professionnels",), "", "Doter {public} de caméras individuelles"),
        Action("police-municipale", ("professionnels",), "", "Réviser la convention de coordination des polices"),
        Action("police-municipale", ("tout-public",), "outside", "Accueillir {public} dans un poste de police mobile"),
        Action("police-municipale", ("tout-public",), "outside", "Former une brigade cynophile"),
    ),
    "stupefiants": (
        Action("information-prevention", ("jeunes",), "inside", "Prévenir {public} des risques du cannabis"),
        Action("accompagnement-victimes", ("usagers-drogues",), "inside", "Ouvrir une consultation pour {public}"),
        Action("mediation", ("usagers-drogues", "tout-public"), "outside", "Conduire une maraude vers {public}"),
        Action("partenariat", ("professionnels",), "", "Signaler les points de deal par une plateforme partagée"),
        Action("hebergement", ("usagers-drogues",), "", "Héberger {public} pendant une cure de sevrage"),
        Action("police-municipale", ("tout-public",), "outside", "Fermer des halls squattés et renforcer les rondes"),
    ),
    "protoxyde-azote": (
        Action("police-municipale", ("tout-public",), "outside", "Prendre un arrêté contre la vente de gaz hilarant"),
        Action(
            "information-prevention", ("jeunes",), "inside", "Sensibiliser {public} aux dégâts du protoxyde d’azote"
        ),
        Action("autre", ("tout-public",), "outside", "Ramasser et peser les bonbonnes abandonnées"),
        Action("information-prevention", ("professionnels",), "", "Alerter {public} sur les ventes de cartouches"),
    ),
    "trafics-quartiers": (
        Action("mediation", ("tout-public", "jeunes"), "outside", "Occuper l’espace par des animations pour {public}"),
        Action("partenariat", ("professionnels",), "", "Signer un protocole de reconquête des parties communes"),
        Action("maintien-lien", ("jeunes",), "outside", "Repérer {public} avant leur entrée dans le trafic"),
        Action("accompagnement-victimes", ("tout-public",), "", "Reloger discrètement les familles menacées"),
        Action("autre", ("jeunes",), "", "Financer des bourses au permis de conduire pour {public}"),
    ),
    "criminalite-organisee": (
        Action("partenariat", ("professionnels",), "", "Contrôler les commerces soupçonnés de blanchiment"),
        Action("information-prevention", ("professionnels",), "", "Former {public} aux signes de corruption"),
        Action("accompagnement-victimes", ("victimes",), "", "Protéger {public} contre le racket"),
        Action("partenariat", ("professionnels",), "", "Affecter les biens confisqués à des associations"),
    ),
    "covid-19": (
        Action("maintien-lien", ("seniors-isoles",), "", "Appeler {public} au téléphone pour rompre l’isolement"),
        Action("mediation", ("tout-public",), "outside", "Rappeler les gestes barrières par la médiation"),
        Action("continuite-distance", ("tout-public", "jeunes"), "", "Assurer une permanence en ligne pour {public}"),
        Action(
            "hebergement", ("publics-demunis", "femmes-victimes"), "", "Réserver des chambres d’hôtel pour {public}"
        ),
        Action("police-municipale", ("tout-public",), "outside", "Veiller au respect du couvre-feu"),
        Action(
            "soutien-psychologique", ("professionnels", "tout-public"), "", "Ouvrir une ligne d’écoute pour {public}"
        ),
    ),
    "publics-vulnerables": (
        Action("mediation", ("publics-demunis",), "outside", "Conduire une maraude sociale vers {public}"),
        Action("hebergement", ("publics-demunis",), "inside", "Ouvrir une halte de nuit pour {public}"),
        Action("accompagnement-victimes", ("victimes",), "inside", "Tenir un bureau d’aide pour {public}"),
        Action("information-prevention", ("professionnels",), "", "Former {public} au repérage de l’emprise"),
        Action("accompagnement-victimes", ("victimes",), "", "Accompagner {public} au dépôt de plainte"),
    ),
    "seniors-isolement": (
        Action("maintien-lien", ("seniors-isoles",), "", "Visiter {public} à domicile"),
        Action("maintien-lien", ("seniors-isoles",), "", "Porter des courses et des médicaments pour {public}"),
        Action(
            "information-prevention", ("seniors-isoles",), "inside", "Mettre {public} en garde contre les faux agents"
        ),
        Action("soutien-psychologique", ("seniors-isoles",), "inside", "Organiser un café des aînés pour {public}"),
    ),
    "violences-femmes": (
        Action(
            "accompagnement-victimes", ("femmes-victimes",), "inside", "Tenir une permanence d’écoute pour {public}"
        ),
        Action("accompagnement-victimes", ("femmes-victimes",), "inside", "Installer un guichet discret pour {public}"),
        Action("hebergement", ("femmes-victimes",), "", "Réserver des logements d’urgence pour {public}"),
        Action(
            "information-prevention", ("professionnels",), "", "Former {public} à l’accueil des victimes de violences"
        ),
        Action("accompagnement-victimes", ("femmes-victimes",), "", "Équiper {public} d’un téléphone grave danger"),
        Action("information-prevention", ("jeunes",), "inside", "Sensibiliser {public} au consentement"),
        Action("soutien-psychologique", ("femmes-victimes",), "inside", "Animer un groupe de parole pour {public}"),
    ),
    "sante-mentale": (
        Action("soutien-psychologique", ("tout-public", "jeunes"), "inside", "Recevoir {public} en entretien gratuit"),
        Action("partenariat", ("professionnels",), "", "Créer une cellule de situations psychiatriques complexes"),
        Action("information-prevention", ("professionnels",), "", "Former {public} aux premiers secours psychiques"),
        Action("maintien-lien", ("publics-demunis",), "outside", "Faire tourner une équipe mobile vers {public}"),
    ),
    "espaces-publics": (
        Action("autre", ("tout-public",), "outside", "Réaménager les bancs et l’éclairage"),
        Action("mediation", _STREET, "outside", "Installer des correspondants de nuit pour {public}"),
        Action("police-municipale", ("tout-public",), "outside", "Verbaliser les dépôts sauvages et les incivilités"),
        Action("mediation", ("tout-public",), "outside", "Animer un kiosque de dialogue pour {public}"),
        Action("partenariat", ("professionnels",), "", "Étudier la sûreté d’un projet d’aménagement"),
    ),
    "rodeos": (
        Action("police-municipale", ("tout-public",), "outside", "Poser des chicanes contre les rodéos motorisés"),
        Action("police-municipale", ("tout-public",), "", "Saisir et détruire les deux-roues des rodéos"),
        Action("information-prevention", ("jeunes",), "inside", "Ouvrir un atelier de mécanique moto pour {public}"),
        Action("information-prevention", ("tout-public",), "", "Informer {public} du numéro à appeler en cas de rodéo"),
    ),
    "vie-nocturne": (
        Action("mediation", ("jeunes", "tout-public"), "outside", "Déployer des veilleurs de nuit vers {public}"),
        Action(
            "information-prevention", ("professionnels",), "inside", "Former {public} aux violences en milieu festif"
        ),
        Action("partenariat", ("professionnels",), "", "Signer une charte de la vie nocturne"),
        Action(
            "accompagnement-victimes", ("femmes-victimes", "jeunes"), "outside", "Baliser des refuges pour {public}"
        ),
        Action("information-prevention", ("jeunes",), "outside", "Distribuer de l’eau et des éthylotests"),
        Action("autre", ("tout-public",), "outside", "Prolonger les navettes de nuit et les arrêts à la demande"),
    ),
    "mediation": (
        Action("mediation", ("tout-public",), "outside", "Recruter des médiateurs de proximité pour {public}"),
        Action("mediation", ("tout-public",), "", "Régler des conflits de voisinage entre locataires"),
        Action("mediation", ("jeunes",), "outside", "Faire dialoguer les riverains et {public}"),
        Action("mediation", ("professionnels",), "", "Partager une astreinte de médiation entre bailleurs"),
    ),
    "jeunesse": (
        Action("maintien-lien", ("jeunes",), "inside", "Garder un local ouvert le soir pour {public}"),
        Action("autre", ("jeunes",), "inside", "Monter un tournoi de football et de boxe pour {public}"),
        Action("information-prevention", ("jeunes",), "inside", "Sensibiliser {public} au cyberharcèlement"),
        Action("maintien-lien", ("jeunes",), "", "Recevoir {public} pendant une exclusion temporaire"),
        Action("soutien-psychologique", ("jeunes",), "inside", "Proposer un point écoute pour {public}"),
    ),
    "rixes": (
        Action("mediation", ("jeunes",), "outside", "Apaiser {public} dès la première rumeur de rixe"),
        Action("partenariat", ("professionnels",), "", "Monter une cellule d’alerte entre villes voisines"),
        Action(
            "information-prevention", ("jeunes",), "inside", "Jouer une pièce sur les bagarres de bandes pour {public}"
        ),
        Action("maintien-lien", ("jeunes",), "", "Emmener {public} en sortie les après-midi à risque"),
    ),
    "mineurs-justice": (
        Action("autre", ("jeunes",), "", "Accueillir {public} en travail d’intérêt général"),
        Action("information-prevention", ("jeunes",), "inside", "Recevoir {public} pour un rappel à l’ordre"),
        Action("mediation", ("jeunes", "victimes"), "inside", "Organiser des mesures de réparation pour {public}"),
        Action(
            "accompagnement-victimes", ("victimes",), "inside", "Ouvrir un cercle de justice restaurative pour {public}"
        ),
    ),
    "numerique": (
        Action("continuite-distance", ("professionnels",), "", "Tenir les cellules de veille en visioconférence"),
        Action("continuite-distance", ("tout-public",), "", "Ouvrir une application de signalement pour {public}"),
        Action(
            "information-prevention",
            ("seniors-isoles", "victimes"),
            "inside",
            "Aider {public} face aux arnaques en ligne",
        ),
        Action("partenariat", ("professionnels",), "", "Partager les données de tranquillité sur une carte"),
    ),
    "vie-associative": (
        Action("partenariat", ("professionnels",), "", "Subventionner les associations sur la base d’objectifs"),
        Action("maintien-lien", ("tout-public",), "inside", "Tenir un forum des associations de quartier"),
        Action("information-prevention", ("professionnels",), "", "Former {public} à la laïcité et au respect"),
    ),
}
"""Theme → what a territory may have done about it."""

OTHER_ACTIONS = (
    Action("autre", ("tout-public",), "inside", "Organiser une journée portes ouvertes pour {public}"),
    Action(
        "maintien-lien", ("tout-public", "seniors-isoles"), "outside", "Organiser une fête de quartier pour {public}"
    ),
    Action("information-prevention", ("tout-public",), "", "Distribuer un livret des numéros utiles"),
    Action("partenariat", ("professionnels",), "", "Tenir un séminaire annuel des services"),
    Action("partenariat", ("professionnels",), "", "Désigner un interlocuteur unique pour {public}"),
    Action("mediation", ("tout-public",), "inside", "Ouvrir une permanence de conciliation pour {public}"),
    Action("partenariat", ("professionnels",), "", "Visiter une ville voisine pour comparer les pratiques"),
    Action(
        "information-prevention",
        ("tout-public", "jeunes"),
        "inside",
        "Préparer une exposition itinérante pour {public}",
    ),
)
"""What may be done about a theme without actions of its own, or about none."""
