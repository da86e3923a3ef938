"""The curated data says what the sources print: read by plain csv, compared with what is written here."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from netstats import store
from netstats.catalogue.snapshot import held_rows, territory_names
from netstats.intake.data_files import check, read_network
from netstats.intake.export import csv_files
from tests import network_files

DATA = Path(__file__).parents[2] / "data"


def rows(file: str) -> list[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@dataclass(frozen=True)
class Printed:
    """A meeting as its source prints it; territories and themes are joined by bars."""

    network: str
    date: str  # "" when not printed, a month when the day is not
    kind: str
    format: str = "unknown"
    participants: str = ""
    precision: str = ""
    territories: str = ""
    themes: str = ""
    until: str = ""
    sessions: str = "1"
    place: str = ""
    open_to_non_members: str = ""
    status: str = "held"

    @property
    def names(self) -> list[str]:
        return [name for name in self.territories.split(" | ") if name]

    @property
    def topics(self) -> list[str]:
        return [topic for topic in self.themes.split(" | ") if topic]


PRINTED = (
    Printed(
        network="hauts-de-france",
        date="",
        kind="réunion de réseau",
        themes="outils de mesure de la délinquance",
    ),
    Printed(
        network="hauts-de-france",
        date="",
        kind="réunion de réseau",
        themes="métier de coordonnateur prévention-sécurité",
    ),
    Printed(
        network="hauts-de-france",
        date="2019-12-04",
        kind="réunion de réseau",
        format="présentiel",
        participants="16",
        precision="exact",
        territories=(
            "Fourmies | Hazebrouck | Lille | Ronchin | Saint-Quentin | Tourcoing | Valenciennes | "
            "Wattrelos | Creil Sud Oise | Béthune | Baie de Somme | Douaisis | Pays de Saint-Omer | "
            "Anzin-Beuvrages-Petite-Forêt-Raismes"
        ),
        themes=(
            "consommation et trafics de stupéfiants | protoxyde d’azote | "
            "visibilité des trafics et développement des quartiers"
        ),
        place="Lille",
        open_to_non_members="true",
    ),
    Printed(
        network="hauts-de-france",
        date="2020-05-06",
        kind="réunion de réseau",
        format="visioconférence",
        participants="9",
        precision="exact",
        territories=(
            "Beauvais | Lille | Baie de Somme | agglomération du Douaisis | Maubeuge Val de Sambre | "
            "Abscon-Douchy les Mines-Escaudain-Haveluy-Lourches"
        ),
        themes=(
            "Covid-19 : confinement et déconfinement | seniors et isolement | "
            "violences faites aux femmes | santé mentale | publics démunis | "
            "outils numériques et travail à distance"
        ),
        open_to_non_members="true",
    ),
    Printed(
        network="auvergne-rhone-alpes",
        date="",
        kind="réunion de réseau",
        themes="consommation et trafics de stupéfiants | médiation",
    ),
    Printed(
        network="auvergne-rhone-alpes",
        date="2020-05-07",
        kind="réunion de réseau",
        format="visioconférence",
        territories=(
            "Bron | Chambéry | Clermont-Ferrand | Décines-Charpieu | Neuville-sur-Saône/Genay | "
            "Rillieux-la-Pape | Villefranche-sur-Saône | Villeurbanne"
        ),
        themes=(
            "Covid-19 : confinement et déconfinement | violences faites aux femmes | jeunesse | "
            "seniors et isolement | outils numériques et travail à distance"
        ),
        until="2020-06-03",
        sessions="2",
        open_to_non_members="true",
    ),
    Printed(
        network="ile-de-france",
        date="2021-05-04",
        kind="réunion de réseau",
        format="visioconférence",
        territories=(
            "Argenteuil | Aubervilliers | Bagneux | Champigny-sur-Marne | Clichy-sous-Bois | "
            "Gennevilliers | La Courneuve | Longjumeau | Neuilly-sur-Marne | Saint-Denis | "
            "Savigny-le-Temple | Tremblay-en-France"
        ),
        themes="tranquillité dans les espaces publics",
    ),
    Printed(
        network="hauts-de-france",
        date="2021-05-26",
        kind="réunion de réseau",
        format="visioconférence",
        territories=(
            "Deux Baies en Montreuillois | Hénin-Carvin | Lens-Liévin | Maubeuge Val-de-Sambre | "
            "Amiens | Avesnes-sur-Helpe | Cambrai | Wattrelos"
        ),
        themes="tranquillité dans les espaces publics",
    ),
    Printed(
        network="bretagne-pays-de-la-loire",
        date="2021-05-27",
        kind="réunion de réseau",
        format="visioconférence",
        territories="Rezé | Guérande | Pornic Agglo Pays de Retz",
        themes="tranquillité dans les espaces publics",
    ),
    Printed(
        network="nouvelle-aquitaine",
        date="2021-06-03",
        kind="réunion de réseau",
        format="visioconférence",
        territories=(
            "La Rochelle | Poitiers | Saintes | Bègles | Bordeaux | Cenon | Eysines | La Rochelle | Lormont | Pau"
        ),
    ),
    Printed(
        network="auvergne-rhone-alpes",
        date="2021-06-04",
        kind="réunion de réseau",
        format="visioconférence",
        territories="Brignais | Corbas | Clermont-Ferrand | Décines-Charpieu | Rillieux-la-Pape",
        themes="tranquillité dans les espaces publics",
    ),
    Printed(
        network="national",
        date="2018-03-20",
        kind="groupe de travail",
        format="présentiel",
        themes=("tranquillité dans les espaces publics | consommation et trafics de stupéfiants | rodéos motorisés"),
        place="Paris",
    ),
    Printed(
        network="national",
        date="2018-06-25",
        kind="assemblée générale",
        format="présentiel",
        participants="50",
        precision="about",
        themes="vie associative",
        place="Lille",
    ),
    Printed(
        network="national",
        date="2019-03-21",
        kind="assises",
        format="présentiel",
        participants="160",
        precision="exact",
        themes="politiques locales de sécurité",
        place="Ivry-sur-Seine",
    ),
    Printed(
        network="national",
        date="2020-10-12",
        kind="assises",
        format="visioconférence",
        participants="150",
        precision="about",
        themes="gouvernance locale de la sécurité | consommation et trafics de stupéfiants",
        until="2020-10-16",
        sessions="5",
    ),
    Printed(
        network="national",
        date="2021-03-11",
        kind="assises",
        format="visioconférence",
        participants="150",
        precision="at_least",
        themes=(
            "vie nocturne | rixes | gouvernance locale de la sécurité | "
            "outils de mesure de la délinquance | délinquance des mineurs et justice | "
            "métier de coordonnateur prévention-sécurité"
        ),
        until="2021-04-02",
        sessions="6",
    ),
    Printed(
        network="national",
        date="2021-05-18",
        kind="webinaire",
        format="visioconférence",
        participants="50",
        precision="about",
        themes="rixes",
    ),
    Printed(
        network="national",
        date="2021-06-17",
        kind="webinaire",
        format="visioconférence",
        themes="rixes | outils numériques et travail à distance",
        status="announced",
    ),
    Printed(
        network="national",
        date="2022-10-12",
        kind="assises",
        format="présentiel",
        themes="prévention | évaluation des politiques de sécurité",
        until="2022-10-13",
        place="Lille",
    ),
    Printed(
        network="national",
        date="2023-03-06",
        kind="audition",
        format="présentiel",
        participants="6",
        precision="exact",
        territories="Bordeaux | Saint-Denis | Lyon | Lorient | Paris | Strasbourg",
        themes="police municipale",
        place="Paris",
    ),
    Printed(
        network="national",
        date="2023-05",
        kind="atelier",
        format="présentiel",
        participants="60",
        precision="about",
        themes="criminalité organisée",
        place="Bordeaux",
    ),
)

THEMES = {  # as printed -> the one theme that stands for it
    "outils de mesure de la délinquance": "mesure-delinquance",
    "évaluation des politiques de sécurité": "evaluation-politiques",
    "métier de coordonnateur prévention-sécurité": "metier-coordonnateur",
    "gouvernance locale de la sécurité": "gouvernance-locale",
    "politiques locales de sécurité": "politiques-locales",
    "prévention": "prevention",
    "police municipale": "police-municipale",
    "consommation et trafics de stupéfiants": "stupefiants",
    "protoxyde d’azote": "protoxyde-azote",
    "visibilité des trafics et développement des quartiers": "trafics-quartiers",
    "criminalité organisée": "criminalite-organisee",
    "Covid-19 : confinement et déconfinement": "covid-19",
    "publics démunis": "publics-vulnerables",
    "seniors et isolement": "seniors-isolement",
    "violences faites aux femmes": "violences-femmes",
    "santé mentale": "sante-mentale",
    "tranquillité dans les espaces publics": "espaces-publics",
    "rodéos motorisés": "rodeos",
    "vie nocturne": "vie-nocturne",
    "médiation": "mediation",
    "jeunesse": "jeunesse",
    "rixes": "rixes",
    "délinquance des mineurs et justice": "mineurs-justice",
    "outils numériques et travail à distance": "numerique",
    "vie associative": "vie-associative",
}

MEETINGS = network_files.meetings()
ATTENDANCE = network_files.attendance()
MEETING_THEMES = network_files.meeting_themes()
ACTIONS = network_files.actions()
COMMUNES = {row["code"]: row for row in rows("reference/communes.csv")}
INTERCOMMUNALITIES = {row["code"]: row for row in rows("reference/intercommunalities.csv")}
REGION = {row["code"]: row["region_code"] for row in rows("reference/departments.csv")}
OWN = {row["Code"]: row["Nature"] for row in network_files.cells("organismes")}


def meetings_of(printed: Printed) -> list[dict[str, str]]:
    """The rows that may stand for a printed meeting; undated ones are told apart by their themes."""
    wanted = (printed.network, f"{printed.date}-01" if len(printed.date) == 7 else printed.date)
    found = [row for row in MEETINGS if (row["network_code"], row["held_on"]) == wanted]
    return [row for row in found if themes_of(row) == sorted(THEMES[topic] for topic in printed.topics)]


def themes_of(meeting: dict[str, str]) -> list[str]:
    return sorted(row["theme_code"] for row in MEETING_THEMES if row["meeting_code"] == meeting["code"])


def plain(text: str) -> set[str]:
    bare = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return set(re.findall(r"[a-z]+", bare))


def test_the_whole_of_data_is_right() -> None:
    assert list(map(str, check(DATA))) == []


@pytest.mark.parametrize("printed", PRINTED, ids=lambda printed: f"{printed.network} {printed.date}")
def test_each_printed_meeting_is_there_as_printed(printed: Printed) -> None:
    (meeting,) = meetings_of(printed)
    attendance = [row for row in ATTENDANCE if row["meeting_code"] == meeting["code"]]
    assert sorted(row["printed_name"] for row in attendance) == sorted(printed.names)
    assert meeting["kind"] == printed.kind
    assert meeting["format"] == printed.format
    assert (meeting["participants"], meeting["participants_precision"]) == (
        printed.participants,
        printed.precision,
    )
    assert (meeting["held_until"], meeting["sessions"]) == (printed.until, printed.sessions)
    assert (meeting["place"], meeting["status"]) == (printed.place, printed.status)
    assert meeting["open_to_non_members"] == printed.open_to_non_members
    assert meeting["date_precision"] == {0: "unknown", 7: "month", 10: "day"}[len(printed.date)]


def test_nothing_is_there_that_is_not_printed() -> None:
    assert len(MEETINGS) == len(PRINTED) == 21
    assert len(ATTENDANCE) == sum(len(printed.names) for printed in PRINTED) == 72
    assert len(MEETING_THEMES) == sum(len(printed.topics) for printed in PRINTED)
    assert len({row["code"] for row in MEETINGS}) == 21


@pytest.mark.parametrize(
    ("networks", "meetings", "undated", "territories", "attendances"),
    [
        pytest.param({"hauts-de-france"}, 5, 2, 23, 28, id="Hauts-de-France"),
        pytest.param({printed.network for printed in PRINTED} - {"national"}, 11, 3, 58, 66, id="regional"),
        pytest.param({"national"}, 10, 0, 6, 6, id="national"),
    ],
)
def test_the_figures_a_newcomer_reads(
    networks: set[str], meetings: int, undated: int, territories: int, attendances: int
) -> None:
    held = [row for row in MEETINGS if row["network_code"] in networks]
    codes = {row["code"] for row in held}
    present = [row["territory_code"] for row in ATTENDANCE if row["meeting_code"] in codes]
    assert len(held) == meetings
    assert sum(row["held_on"] == "" for row in held) == undated
    assert len(set(present)) == territories
    assert len(present) == attendances


def test_each_code_is_the_territory_that_is_printed() -> None:
    regions: dict[str, set[str]] = {}
    for code, region in network_files.network_regions():
        regions.setdefault(code, set()).add(region)
    members: dict[str, list[str]] = {}
    for row in rows("reference/intercommunality_communes.csv"):
        members.setdefault(row["intercommunality_code"], []).append(row["commune_code"])
    for code, commune in network_files.territory_communes():
        members.setdefault(code, []).append(commune)
    network = {row["code"]: row["network_code"] for row in MEETINGS}

    for row in ATTENDANCE:
        code, printed = row["territory_code"], row["printed_name"]
        if code in COMMUNES:
            assert COMMUNES[code]["name"] == printed
        elif code in INTERCOMMUNALITIES:
            assert plain(printed) - {"agglomeration", "du"} <= plain(INTERCOMMUNALITIES[code]["name"])
        else:
            named = set.union(*(plain(COMMUNES[member]["name"]) for member in members[code]))
            assert OWN[code] == "CISPD"
            assert plain(printed) == named
        allowed = regions.get(network[row["meeting_code"]])
        covered = {REGION[COMMUNES[member]["department_code"]] for member in members.get(code, [code])}
        assert allowed is None or covered <= allowed, f"{printed} ({code}) is in region {covered}"


def test_the_traps_of_the_sources() -> None:
    def present(meeting: str) -> set[str]:
        return {row["territory_code"] for row in ATTENDANCE if row["meeting_code"] == meeting}

    # The city and the CA of La Rochelle are two bodies; what was the CA of Poitiers is today a CU.
    assert {"17300", "241700434", "200069854"} <= present("nouvelle-aquitaine-2021-06-03")
    assert INTERCOMMUNALITIES["200069854"]["kind"] == "CU"
    # The Douaisis came on 6 May 2020, Douai did not: it is where the pharmacists acted.
    assert "200044618" in present("hauts-de-france-2020-05-06")
    assert all(row["territory_code"] != "59178" for row in ATTENDANCE)
    # Saint-Denis is in Seine-Saint-Denis, not in La Réunion, at both meetings.
    assert {row["territory_code"] for row in ATTENDANCE if row["printed_name"] == "Saint-Denis"} == {"93066"}
    # Membership is only known of Villeurbanne.
    assert [(row["printed_name"], row["member"]) for row in ATTENDANCE if row["member"]] == [("Villeurbanne", "true")]
    # One network over two regions, and a national one that has none.
    regions = network_files.network_regions()
    assert {region for network, region in regions if network == "bretagne-pays-de-la-loire"} == {"52", "53"}
    assert all(network != "national" for network, _ in regions)


def test_the_taxonomy_covers_every_printed_theme() -> None:
    themes = {row["Code"]: row["Famille"] for row in network_files.cells("themes")}
    families = sorted((int(row["Rang"]), row["Code"]) for row in network_files.cells("familles"))
    assert {topic for printed in PRINTED for topic in printed.topics} == set(THEMES)
    assert set(THEMES.values()) == set(themes)
    assert len(set(THEMES.values())) == len(THEMES), "two printed themes have been merged"
    assert [code for rank, code in families if rank <= 7] == [
        "mesure",
        "gouvernance",
        "drogues",
        "covid",
        "publics",
        "espaces",
        "jeunesse",
    ]
    assert {themes[code] for code in ("stupefiants", "protoxyde-azote", "criminalite-organisee")} == {"drogues"}
    assert {code for code, family in themes.items() if family == "autres"} == {"numerique", "vie-associative"}


def test_the_actions_told() -> None:
    by_meeting = Counter(row["meeting_code"] for row in ACTIONS)
    assert by_meeting == {"hauts-de-france-2020-05-06": 10, "auvergne-rhone-alpes-2020-05-07": 3}
    # The sources name one town only; nobody else is invented.
    (named,) = [row for row in ACTIONS if row["territory_code"]]
    assert (named["territory_code"], COMMUNES[named["territory_code"]]["name"]) == ("59178", "Douai")
    assert (named["audience_code"], named["theme_code"]) == ("femmes-victimes", "violences-femmes")
    source = {row["code"]: row["source_url"] for row in MEETINGS}
    assert all(row["source_url"] == source[row["meeting_code"]] for row in ACTIONS)
    told = Counter(row["type_code"] for row in ACTIONS if row["meeting_code"].startswith("hauts-de-france"))
    assert told == {
        "accompagnement-victimes": 3,
        "maintien-lien": 2,
        "soutien-psychologique": 1,
        "hebergement": 1,
        "mediation": 1,
        "police-municipale": 1,
        "continuite-distance": 1,
    }


def test_what_is_unknown_or_odd_is_said_in_a_note() -> None:
    note = {row["code"]: row["note"] for row in MEETINGS}
    for code, said in {
        "hauts-de-france-sans-date-2": "trois réunions",
        "hauts-de-france-2019-12-04": "déduit",
        "auvergne-rhone-alpes-2020-05-07": "annonce 6 collectivités et en nomme 8",
        "nouvelle-aquitaine-2021-06-03": "Grand Poitiers",
        "national-2018-06-25": "nouveaux adhérents",
        "national-2021-06-17": "pas été vérifiée",
        "national-2023-05": "Jour non publié",
    }.items():
        assert said in note[code]


def test_read_gives_the_same_data_with_types() -> None:
    frames, issues = read_network(DATA)
    assert issues == []
    meetings = frames["meeting"].set_index("code")
    written = {"meeting": MEETINGS, "attendance": ATTENDANCE, "meeting_theme": MEETING_THEMES, "action": ACTIONS}
    assert {name: len(frames[name]) for name in written} == {name: len(rows) for name, rows in written.items()}
    assert meetings["participants"].sum() == sum(int(row["participants"] or 0) for row in MEETINGS)
    assert meetings["participants"].isna().sum() == sum(row["participants"] == "" for row in MEETINGS)
    assert meetings["held_on"].isna().sum() == 3
    assert str(meetings.loc["national-2023-05", "held_on"]) == "2023-05-01 00:00:00"
    assert meetings["open_to_non_members"].sum() == 3
    assert {str(dtype) for dtype in frames["attendance"].drop(columns="batch_id").dtypes} == {"str", "boolean"}
    assert frames["action"]["territory_code"].notna().sum() == 1
    assert str(meetings["participants"].dtype) == "Int64"
    assert str(meetings["held_until"].dtype) == "datetime64[us]"


def test_the_files_are_those_that_an_export_writes(real_database: store.Database) -> None:
    exported = csv_files(held_rows(real_database), territory_names(real_database))
    for name, content in exported.items():
        assert (DATA / "network" / name).read_bytes() == content.replace(b"\r\n", b"\n"), name
