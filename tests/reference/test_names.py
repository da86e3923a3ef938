from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest

from netstats.choices import INTERCOMMUNALITY_KINDS
from netstats.errors import NetstatsError
from netstats.reference.fold import normalize
from netstats.reference.gazetteer import Gazetteer, Match
from netstats.reference.geography import data_directory
from netstats.reference.territories import Own
from tests import network_files

HAUTS_DE_FRANCE, ILE_DE_FRANCE, AUVERGNE_RHONE_ALPES, NOUVELLE_AQUITAINE = {"32"}, {"11"}, {"84"}, {"75"}

BODIES = (
    (
        "cispd-anzin",
        "CISPD",
        "CISPD Anzin-Beuvrages-Petite-Forêt-Raismes",
        ["59014", "59079", "59459", "59491"],
    ),
    ("clspd-lille", "CLSPD", "CLSPD de Lille", ["59350"]),
)


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


@pytest.fixture(scope="module")
def official() -> Gazetteer:
    """Of the official geography alone."""
    return Gazetteer.load()


@pytest.fixture(scope="module")
def known() -> Gazetteer:
    """With two councils and two curated aliases."""
    return Gazetteer.load(
        own=Own(
            bodies=[(code, name, kind) for code, kind, name, _ in BODIES],
            communes=[(code, commune) for code, _, _, communes in BODIES for commune in communes],
            aliases=[("200093201", "MEL"), ("91228", "Évry"), ("200000000", "Nulle part")],
        )
    )


def code(match: Match) -> str | None:
    return match.territory.code if match.territory else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("  SAINT–DENIS ", "saint denis"),
        ("St-Étienne", "saint etienne"),
        ("Ste Foy-lès-Lyon", "sainte foy les lyon"),
        ("Stes-Maries-de-la-Mer", "saintes maries de la mer"),
        ("Stains", "stains"),
        ("Cœur d'Essonne", "coeur d essonne"),
        ("Nice & Cannes", "nice et cannes"),
        ("Lyon 3ème", "lyon 3"),
        ("Paris 1er", "paris 1"),
        ("Tremblay\u00a0en\u202fFrance", "tremblay en france"),
        ("…", ""),
    ],
)
def test_normalize(text: str, expected: str) -> None:
    assert normalize(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lille", "59350"),
        ("LILLE", "59350"),
        ("ville de Lille", "59350"),
        ("La Ville de Lille", "59350"),
        ("la commune d’Hazebrouck", "59295"),
        ("d'Hazebrouck", "59295"),
        ("mairie du Mans", "72181"),
        ("La Courneuve", "93027"),
        ("de la Courneuve", "93027"),
        ("Courneuve", "93027"),
        ("le Havre", "76351"),
        ("du Havre", "76351"),
        ("Havre", "76351"),
        ("des Ulis", "91692"),
        ("L'Hay les Roses", "94038"),
        ("St Étienne", "42218"),
        ("Ste Foy lès Lyon", "69202"),
        ("Clermont Ferrand", "63113"),
        ("Ville-d'Avray", "92077"),  # names that begin like « ville de »
        ("la Ville du Bois", "91665"),
        ("mairie de Ville-d’Avray", "92077"),
        ("Château-Chinon (Ville)", "58062"),
        ("Saint-Denis (93)", "93066"),
        ("St Denis (Seine-Saint-Denis)", "93066"),
        ("Saint-Denis (La Réunion)", "97411"),
    ],
)
def test_communes(official: Gazetteer, text: str, expected: str) -> None:
    match = official.match(text)
    assert code(match) == expected
    assert match.candidates[0].kind == "commune"
    assert match.candidates[0].how == "exact"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lomme", "59350"),
        ("Oullins", "69149"),
        ("Lyon 3e", "69123"),
        ("Lyon 3ème arrondissement", "69123"),
        ("Marseille 1er", "13055"),
        ("Paris 12e arrondissement", "75056"),
        ("le 12e arrondissement de Paris", "75056"),
    ],
)
def test_parts_and_former_communes(official: Gazetteer, text: str, expected: str) -> None:
    match = official.match(text)
    assert code(match) == expected
    assert match.candidates[0].how == "alias"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CA de Béthune", "200072460"),
        ("CA Béthune", "200072460"),
        ("CA de Poitiers", "200069854"),  # a CU by now
        ("CA Saintes", "200036473"),
        ("CA de la Baie de Somme", "200070993"),
        ("Baie de Somme", "200070993"),
        ("Lens-Liévin", "246200364"),  # not the list of two communes
        ("l’agglomération de Lens Liévin", "246200364"),
        ("agglomération du Douaisis", "200044618"),
        ("Douaisis Agglo", "200044618"),
        ("CA Maubeuge Val-de-Sambre", "200043396"),
        ("Pays de Saint-Omer", "200069037"),
        ("Pornic agglo Pays de Retz", "200067346"),
        ("Métropole de Nice", "200030195"),
        ("métropole européenne de Lille", "200093201"),
        ("Eurométropole de Strasbourg", "246700488"),
        ("Brest métropole", "242900314"),
        ("Communauté urbaine de Dunkerque", "245900428"),
        ("communauté d'agglomération de La Rochelle", "241700434"),
        ("La Rochelle (CA)", "241700434"),
        ("Communauté de communes Faucigny-Glières", "200000172"),
        ("Grand Poitiers", "200069854"),
        ("Plaine Commune", "200057867"),
        ("EPT Plaine Commune", "200057867"),
        ("CAPI", "243800604"),
    ],
)
def test_intercommunalities(official: Gazetteer, text: str, expected: str) -> None:
    match = official.match(text)
    assert code(match) == expected
    assert match.candidates[0].kind in INTERCOMMUNALITY_KINDS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("département du Nord", "59"),
        ("conseil départemental de l'Oise", "60"),
        ("Conseil départemental des Hauts-de-Seine", "92"),
        ("CD 59", "59"),
        ("Seine-Saint-Denis", "93"),
        ("Nord", "59"),
    ],
)
def test_departments(official: Gazetteer, text: str, expected: str) -> None:
    match = official.match(text)
    assert code(match) == expected
    assert match.candidates[0].kind == "department"
    assert match.candidates[0].department_codes == (expected,)


def test_the_kind_that_is_told_decides(official: Gazetteer) -> None:
    assert code(official.match("La Rochelle", kind="CA", regions=NOUVELLE_AQUITAINE)) == "241700434"
    assert code(official.match("La Rochelle", kind="commune", regions=NOUVELLE_AQUITAINE)) == "17300"
    assert code(official.match("La Rochelle", regions=NOUVELLE_AQUITAINE)) == "17300"
    assert code(official.match("Béthune")) == "62119"
    assert code(official.match("Béthune", kind="CA")) == "200072460"
    assert code(official.match("CA de Béthune", kind="CA")) == "200072460"
    assert code(official.match("Oise", kind="department")) == "60"
    assert official.match("Douaisis", kind="commune").candidates == ()


def test_a_homonym_is_settled_by_the_regions_only(official: Gazetteer) -> None:
    everywhere = official.match("Saint-Denis")
    assert everywhere.territory is None
    assert [found.code for found in everywhere.candidates][:2] == [
        "97411",
        "93066",
    ]  # by population, not chosen
    assert {"11339", "30247"} <= {found.code for found in everywhere.candidates}
    assert code(official.match("Saint-Denis", regions=ILE_DE_FRANCE)) == "93066"
    assert code(official.match("Saint-Denis", regions={"04"})) == "97411"
    # Two of the same region stay two, before those of other regions.
    occitanie = official.match("Saint-Denis", regions={"76"})
    assert occitanie.territory is None
    assert [found.code for found in occitanie.candidates][:2] == ["11339", "30247"]
    assert len(occitanie.candidates) == len(everywhere.candidates)


def test_one_candidate_outside_the_regions_is_a_doubt(official: Gazetteer, known: Gazetteer) -> None:
    # Évry-Courcouronnes is meant; the one commune of that name today is in the Yonne.
    match = official.match("Evry", regions=ILE_DE_FRANCE)
    assert match.territory is None
    assert [found.code for found in match.candidates] == ["89162"]
    assert code(known.match("Evry", regions=ILE_DE_FRANCE)) == "91228"


def test_a_homonym_among_intercommunalities(official: Gazetteer) -> None:
    match = official.match("CC des Quatre Rivières")
    assert match.territory is None
    exact = [found for found in match.candidates if found.how == "exact"]
    assert {found.region_codes for found in exact} == {("84",), ("27",)}
    assert code(official.match("CC des Quatre Rivières", regions={"27"})) == next(
        found.code for found in exact if found.region_codes == ("27",)
    )


@pytest.mark.parametrize("text", ["Xyzzy", "", "   ", "…", "Grand Est", "CA de Xyzzy", "CISPD", "Jean Dupont"])
@pytest.mark.parametrize("kind", [None, "commune", "CA", "CISPD", "department"])
def test_an_unknown_name_gives_no_candidate(official: Gazetteer, text: str, kind: str | None) -> None:
    match = official.match(text, kind=kind)
    assert match.candidates == ()
    assert match.territory is None
    assert match.communes == ()


def test_a_candidate_tells_where_and_how_large(official: Gazetteer) -> None:
    lille = official.match("Lille").candidates[0]
    assert (lille.name, lille.department_codes, lille.region_codes) == ("Lille", ("59",), ("32",))
    assert lille.population == 238_246
    sud = official.match("CA Grand Paris Sud").candidates[0]
    assert sud.how == "part"
    assert sud.department_codes == ("91", "77")  # the most populous first
    assert sud.region_codes == ("11",)


# --- councils ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CISPD de Anzin-Beuvrages-Petite-Forêt-Raismes", ["59014", "59079", "59459", "59491"]),
        ("CISPD Anzin, Beuvrages, Petite Forêt et Raismes", ["59014", "59079", "59459", "59491"]),
        (
            "CISPD de Abscon-Douchy les Mines-Escaudain-Haveluy-Lourches",
            ["59002", "59179", "59205", "59292", "59361"],
        ),
        ("CISPD d’Hazebrouck - La Gorgue", ["59295", "59268"]),
        ("le CISPD de Bron/Décines-Charpieu et Villeurbanne", ["69029", "69275", "69266"]),
        ("Anzin-Raismes (CISPD)", ["59014", "59491"]),
        (
            "Conseil intercommunal de sécurité et de prévention de la délinquance d'Anzin et Raismes",
            ["59014", "59491"],
        ),
        ("Bron / Villeurbanne", ["69029", "69266"]),  # no word tells the kind, but nothing else fits
    ],
)
def test_a_council_written_as_its_communes(official: Gazetteer, text: str, expected: list[str]) -> None:
    match = official.match(text)
    assert match.candidates == ()  # the body is not known
    assert [code(member) for member in match.communes] == expected


def test_the_regions_settle_the_members(official: Gazetteer) -> None:
    match = official.match("Neuville-sur-Saône/Genay", kind="CISPD", regions=AUVERGNE_RHONE_ALPES)
    assert [code(member) for member in match.communes] == ["69143", "69278"]
    assert [member.text for member in match.communes] == ["Neuville-sur-Saône", "Genay"]
    doubtful = official.match("Neuville-sur-Saône/Genay", kind="CISPD").communes[1]
    assert {found.code for found in doubtful.candidates} == {"69278", "21291"}
    assert doubtful.territory is None


def test_an_unknown_member_stays_unknown(official: Gazetteer) -> None:
    match = official.match("CISPD Anzin-Xyzzy-Raismes")
    assert [(member.text, code(member)) for member in match.communes] == [
        ("Anzin", "59014"),
        ("Xyzzy", None),
        ("Raismes", "59491"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "CISPD Anzin-Beuvrages-Petite-Forêt-Raismes",
        "Anzin-Beuvrages-Petite-Forêt-Raismes",
        "CISPD de Raismes, Anzin, Petite Forêt et Beuvrages",
    ],
)
def test_a_known_council_is_found_by_name_or_by_its_communes(known: Gazetteer, text: str) -> None:
    match = known.match(text, regions=HAUTS_DE_FRANCE)
    assert code(match) == "cispd-anzin"
    assert match.candidates[0].department_codes == ("59",)


def test_a_council_of_one_commune_is_not_the_commune(known: Gazetteer) -> None:
    assert code(known.match("CLSPD de Lille")) == "clspd-lille"
    assert code(known.match("Lille")) == "59350"


def test_curated_aliases(known: Gazetteer, official: Gazetteer) -> None:
    assert code(known.match("MEL")) == code(known.match("la MEL")) == "200093201"
    assert official.match("MEL").candidates == ()
    assert known.match("Nulle part").candidates == ()  # an alias of nothing


# --- the whole of the data ---


def test_every_commune_is_found_by_its_name(official: Gazetteer) -> None:
    """Settled, or a homonym within its region: never another one."""
    reference = data_directory() / "reference"
    region = {row["code"]: row["region_code"] for row in rows(reference / "departments.csv")}
    settled = 0
    for row in rows(reference / "communes.csv"):
        match = official.match(row["name"], regions={region[row["department_code"]]}, kind="commune")
        if match.territory is None:
            assert row["code"] in {found.code for found in match.candidates}, row
        else:
            assert match.territory.code == row["code"], row
            settled += 1
    assert settled > 33_000


def test_every_intercommunality_is_found_by_its_name(official: Gazetteer) -> None:
    for row in rows(data_directory() / "reference" / "intercommunalities.csv"):
        for kind in (None, row["kind"]):
            match = official.match(row["name"], kind=kind)
            if row["name"] == "CC des Quatre Rivières":  # there are two
                assert row["code"] in {found.code for found in match.candidates}
            else:
                assert code(match) == row["code"], row


def test_every_printed_name_of_the_networks_is_found() -> None:
    """As printed, with the regions of the network; of the national network only the homonym stays open."""
    bodies = network_files.cells("organismes")
    aliases = network_files.cells("autres-noms")
    gazetteer = Gazetteer.load(
        own=Own(
            bodies=[(row["Code"], row["Nom"], row["Nature"]) for row in bodies],
            communes=network_files.territory_communes(),
            aliases=[(row["Code du territoire"], row["Autre nom"]) for row in aliases],
        )
    )
    regions: dict[str, set[str]] = {}
    for code_of_network, region in network_files.network_regions():
        regions.setdefault(code_of_network, set()).add(region)
    network_of = {row["code"]: row["network_code"] for row in network_files.meetings()}
    own = {row["Code"]: row["Nature"] for row in bodies}
    open_names = []
    found = 0
    for row in network_files.attendance():
        territory = row["territory_code"]
        kind = own.get(territory, "commune" if len(territory) == 5 else "CA")
        where = regions.get(network_of[row["meeting_code"]], set())
        match = gazetteer.match(row["printed_name"], regions=where, kind=kind)
        if match.territory is None:
            open_names.append(row["printed_name"])
            assert territory in {candidate.code for candidate in match.candidates}
        else:
            assert match.territory.code == territory, row
            found += 1
    assert open_names == ["Saint-Denis"]
    assert found > 60


def test_loading_and_matching_are_quick() -> None:
    """Generous bounds, ten times what is usual: a slip into scanning every commune would show."""
    start = perf_counter()
    gazetteer = Gazetteer.load()
    loaded = perf_counter()
    for _ in range(100):
        gazetteer.match("agglomération du Douaisis", regions=HAUTS_DE_FRANCE)
        gazetteer.match("Abscon-Douchy les Mines-Escaudain-Haveluy-Lourches", kind="CISPD")
    assert loaded - start < 4
    assert (perf_counter() - loaded) / 200 < 0.01


def test_a_missing_reference_is_told(tmp_path: Path) -> None:
    with pytest.raises(NetstatsError, match="introuvable"):
        Gazetteer.load(tmp_path)
