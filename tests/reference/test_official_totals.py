"""data/reference against what is known officially, and against itself."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pandas as pd
import pytest

from netstats.reference.geography import (
    OVERSEAS_DEPARTMENTS,
    Outline,
    department_outlines,
    mercator,
    reference_directory,
)

# Municipal population 2023 of the 18 regions, in thousands (Insee; Mayotte: census of 2017).
REGIONS_IN_THOUSANDS = {
    "Auvergne-Rhône-Alpes": 8206,
    "Bourgogne-Franche-Comté": 2803,
    "Bretagne": 3449,
    "Centre-Val de Loire": 2587,
    "Corse": 355,
    "Grand Est": 5563,
    "Guadeloupe": 384,
    "Guyane": 294,
    "Hauts-de-France": 5992,
    "Île-de-France": 12463,
    "La Réunion": 890,
    "Martinique": 361,
    "Mayotte": 257,
    "Normandie": 3346,
    "Nouvelle-Aquitaine": 6150,
    "Occitanie": 6125,
    "Pays de la Loire": 3907,
    "Provence-Alpes-Côte d'Azur": 5219,
}


def table(name: str) -> pd.DataFrame:
    path = reference_directory() / name
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


@pytest.fixture(scope="module")
def regions() -> pd.DataFrame:
    return table("regions.csv")


@pytest.fixture(scope="module")
def departments() -> pd.DataFrame:
    return table("departments.csv")


@pytest.fixture(scope="module")
def communes() -> pd.DataFrame:
    frame = table("communes.csv")
    return frame.astype({"population": int, "lon": float, "lat": float})


@pytest.fixture(scope="module")
def groups() -> pd.DataFrame:
    frame = table("intercommunalities.csv")
    return frame.astype({"population": int, "lon": float, "lat": float})


@pytest.fixture(scope="module")
def members(groups: pd.DataFrame) -> pd.DataFrame:
    frame = table("intercommunality_communes.csv")
    kinds = groups[["code", "kind"]].rename(columns={"code": "intercommunality_code"})
    return frame.merge(kinds, how="left", validate="many_to_one")


def test_counts_are_the_official_ones(
    regions: pd.DataFrame, departments: pd.DataFrame, communes: pd.DataFrame, groups: pd.DataFrame
) -> None:
    assert len(regions) == 18
    assert len(departments) == 101
    assert len(communes) == 34_875  # the 34,969 of the COG 2026 but the 94 of the overseas collectivities
    assert groups["kind"].value_counts().to_dict() == {"CC": 989, "CA": 230, "METRO": 22, "CU": 14, "EPT": 11}
    assert (groups["kind"] != "EPT").sum() == 1_255


def test_every_unit_is_in_exactly_one_larger_unit(
    regions: pd.DataFrame, departments: pd.DataFrame, communes: pd.DataFrame
) -> None:
    for frame in (regions, departments, communes):
        assert frame["code"].is_unique
        assert (frame["name"] != "").all()
    assert set(communes["department_code"]) == set(departments["code"])
    assert set(departments["region_code"]) == set(regions["code"])
    # The code of a commune begins with that of its department.
    assert all(code.startswith(dep) for code, dep in zip(communes["code"], communes["department_code"], strict=True))


def test_hauts_de_france(regions: pd.DataFrame, departments: pd.DataFrame) -> None:
    region = regions.loc[regions["name"] == "Hauts-de-France", "code"].item()
    found = departments.loc[departments["region_code"] == region]
    assert found["code"].tolist() == ["02", "59", "60", "62", "80"]
    assert found["name"].tolist() == ["Aisne", "Nord", "Oise", "Pas-de-Calais", "Somme"]


def test_populations_are_the_official_ones(
    regions: pd.DataFrame, departments: pd.DataFrame, communes: pd.DataFrame
) -> None:
    frame = communes.merge(
        departments[["code", "region_code"]], left_on="department_code", right_on="code", suffixes=("", "_d")
    ).merge(regions, left_on="region_code", right_on="code", suffixes=("", "_r"))
    found = (frame.groupby("name_r")["population"].sum() / 1000).round().astype(int).to_dict()
    assert found == REGIONS_IN_THOUSANDS
    assert communes["population"].sum() == 68_350_798
    assert communes.nlargest(3, "population")["name"].tolist() == ["Paris", "Marseille", "Lyon"]
    assert (communes["population"] >= 0).all()
    assert (communes["population"] == 0).sum() == 6  # the villages destroyed in 1914-1918


def test_members_exist_and_are_in_one_intercommunality(communes: pd.DataFrame, members: pd.DataFrame) -> None:
    assert members["kind"].notna().all()
    assert set(members["commune_code"]) <= set(communes["code"])
    own_tax = members.loc[members["kind"] != "EPT", "commune_code"]
    assert own_tax.is_unique
    alone = communes.loc[~communes["code"].isin(own_tax), "name"]
    assert set(alone) == {"Île-de-Bréhat", "Île-de-Sein", "Ouessant", "L'Île-d'Yeu"}
    ept = members.loc[members["kind"] == "EPT", "commune_code"]
    assert ept.is_unique
    grand_paris = members.loc[members["intercommunality_code"] == "200054781", "commune_code"]
    assert set(grand_paris) == {*ept, "75056"}


def test_population_of_a_group_is_that_of_its_members(
    communes: pd.DataFrame, groups: pd.DataFrame, members: pd.DataFrame
) -> None:
    sums = (
        members.merge(communes, left_on="commune_code", right_on="code")
        .groupby("intercommunality_code")["population"]
        .sum()
    )
    assert sums.to_dict() == groups.set_index("code")["population"].to_dict()


def test_aliases_lead_to_current_communes(communes: pd.DataFrame) -> None:
    aliases = table("aliases.csv")
    assert set(aliases["territory_code"]) <= set(communes["code"])
    assert set(aliases["kind"]) == {"déléguée", "associée", "arrondissement"}
    names = aliases.groupby("name")["territory_code"].agg(list)
    assert names["Lomme"] == ["59350"]
    assert names["Hellemmes-Lille"] == ["59350"]
    assert names["Lyon 3e"] == ["69123"]
    assert names["Paris 12e arrondissement"] == ["75056"]
    assert names["1er arrondissement de Marseille"] == ["13055"]
    assert (aliases["kind"] == "arrondissement").sum() == 3 * (20 + 9 + 16)


def test_every_territory_has_a_point_where_it_is(communes: pd.DataFrame, groups: pd.DataFrame) -> None:
    boxes = {
        "971": (-61.9, 15.8, -60.9, 16.6),
        "972": (-61.3, 14.3, -60.8, 15.0),
        "973": (-54.7, 2.0, -51.5, 5.9),
        "974": (55.1, -21.5, 55.9, -20.8),
        "976": (44.9, -13.1, 45.4, -12.5),
    }
    assert set(boxes) == set(OVERSEAS_DEPARTMENTS)
    for department, frame in communes.groupby("department_code"):
        west, south, east, north = boxes.get(str(department), (-5.3, 41.3, 9.7, 51.2))
        assert frame["lon"].between(west, east).all(), department
        assert frame["lat"].between(south, north).all(), department
    assert groups[["lon", "lat"]].notna().all().all()


# --- outlines ---


def inside(outline: Outline, point: tuple[float, float]) -> bool:
    """Even-odd over all rings: holes count."""
    x, y = point
    crossings = 0
    for xs, ys in outline.rings:
        for x1, y1, x2, y2 in zip(xs, ys, xs[1:], ys[1:], strict=False):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                crossings += 1
    return crossings % 2 == 1


def distance(outline: Outline, point: tuple[float, float]) -> float:
    """To the nearest edge (Mercator degrees), 0 inside."""
    if inside(outline, point):
        return 0.0
    found = math.inf
    for xs, ys in outline.rings:
        for start, end in pairwise(zip(xs, ys, strict=True)):
            length = math.dist(start, end) ** 2
            along = sum((p - a) * (b - a) for p, a, b in zip(point, start, end, strict=True)) / length
            along = min(1.0, max(0.0, along))
            nearest = [a + along * (b - a) for a, b in zip(start, end, strict=True)]
            found = min(found, math.dist(point, nearest))
    return found


def area(ring: tuple[tuple[float, ...], tuple[float, ...]]) -> float:
    xs, ys = ring
    return sum(a * d - b * c for a, b, c, d in zip(xs, ys, xs[1:], ys[1:], strict=False)) / 2


def test_outlines_are_the_96_metropolitan_departments(departments: pd.DataFrame) -> None:
    codes = [outline.department_code for outline in department_outlines()]
    assert codes == sorted(set(departments["code"]) - {*OVERSEAS_DEPARTMENTS})
    assert len(codes) == 96


def test_rings_are_closed_and_oriented() -> None:
    holes = []
    for outline in department_outlines():
        for xs, ys in outline.rings:
            assert len(xs) == len(ys) >= 4
            assert (xs[0], ys[0]) == (xs[-1], ys[-1])
        sizes = [abs(area(ring)) for ring in outline.rings]
        assert sizes == sorted(sizes, reverse=True)
        assert area(outline.rings[0]) > 0
        holes += [outline.department_code for ring in outline.rings if area(ring) < 0]
    # The enclave des Papes (84), the enclaves of the Nord in the Pas-de-Calais and of the Hautes-Pyrénées.
    assert sorted(holes) == ["26", "62", "64", "64"]


def test_neighbours_share_their_border() -> None:
    """No gap opens between departments: inland, each edge is drawn from both sides."""
    sides: dict[frozenset[tuple[float, float]], list[str]] = {}
    for outline in department_outlines():
        for xs, ys in outline.rings:
            for edge in pairwise(zip(xs, ys, strict=True)):
                sides.setdefault(frozenset(edge), []).append(outline.department_code)
    assert max(map(len, sides.values())) == 2
    # Departments without a coast or a foreign border have no edge of their own, but for one corner that only
    # the Orne has (there it overlaps the Calvados by less than 1 km).
    # fmt: off
    inland = {
        "03", "15", "18", "19", "23", "28", "36", "37", "41", "42", "43", "45", "48", "58", "61",
        "63", "69", "71", "72", "75", "77", "78", "87", "89", "91", "92", "93", "94", "95",
    }
    # fmt: on
    own = [owners[0] for owners in sides.values() if len(owners) == 1 and owners[0] in inland]
    assert own == ["61", "61"]


def test_communes_lie_in_or_near_their_department(communes: pd.DataFrame) -> None:
    outlines = {outline.department_code: outline for outline in department_outlines()}
    towns = communes[communes["department_code"].isin(outlines) & (communes["population"] >= 2000)]
    away = [
        distance(outlines[department], mercator(lon, lat))
        for department, lon, lat in towns[["department_code", "lon", "lat"]].itertuples(index=False)
    ]
    assert sum(d == 0 for d in away) / len(away) > 0.94  # coastal towns stand on the edge
    assert max(away) < 0.07  # about 5 km


@pytest.mark.parametrize(
    ("code", "lon", "lat"),
    [
        ("59350", 3.06, 50.63),  # Lille
        ("75056", 2.35, 48.86),  # Paris
        ("69123", 4.84, 45.76),  # Lyon
        ("93066", 2.36, 48.94),  # Saint-Denis
        ("97411", 55.45, -20.88),  # Saint-Denis, La Réunion
        ("69278", 4.84, 45.90),  # Genay, of the Rhône, not that of the Côte-d'Or
        ("17300", -1.15, 46.16),  # La Rochelle
    ],
)
def test_known_places(communes: pd.DataFrame, code: str, lon: float, lat: float) -> None:
    place = communes.set_index("code").loc[code]
    assert place["lon"] == pytest.approx(lon, abs=0.02)
    assert place["lat"] == pytest.approx(lat, abs=0.02)


def test_a_group_lies_among_its_members(communes: pd.DataFrame, groups: pd.DataFrame, members: pd.DataFrame) -> None:
    frame = members.merge(communes, left_on="commune_code", right_on="code")
    box = frame.groupby("intercommunality_code")[["lon", "lat"]].agg(["min", "max"])
    points = groups.set_index("code").loc[box.index]
    for axis in ("lon", "lat"):
        assert (points[axis] >= box[axis, "min"] - 1e-4).all()
        assert (points[axis] <= box[axis, "max"] + 1e-4).all()


def test_readme_tells_the_row_counts() -> None:
    directory = reference_directory()
    readme = (directory / "README.md").read_text(encoding="utf-8")
    told = {name: int(rows) for name, rows in re.findall(r"^\| `(\w+\.csv)` \| (\d+) \|", readme, re.MULTILINE)}
    counted = {path.name: len(table(path.name)) for path in directory.glob("*.csv")}
    assert told == counted
    for name in told:
        header = (directory / name).read_text(encoding="utf-8").splitlines()[0]
        assert f"| {header.replace(',', ', ')} |" in readme


def test_files_are_small_and_portable() -> None:
    for path in reference_directory().glob("*.csv"):
        content = path.read_bytes()
        assert b"\r" not in content, path.name
        assert content.endswith(b"\n"), path.name
    assert (reference_directory() / "department_outlines.csv").stat().st_size < 150_000
