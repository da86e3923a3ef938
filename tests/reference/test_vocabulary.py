"""The words by which minutes are read: how expressions are found, and what a faulty file says."""

from __future__ import annotations

import csv
from pathlib import Path
from shutil import copytree

import pytest

from netstats.errors import NetstatsError
from netstats.reference.vocabulary import FILES, STRONG, WEAK, Lexicon, load_vocabulary, tokens

DATA = Path(__file__).parents[2] / "data"
VOCABULARY = DATA / "reference" / "vocabulary"


def found(expression: str, text: str, *, exact: bool = False) -> list[str]:
    words = tokens(text)
    lexicon = Lexicon([("code", expression, STRONG)], exact=exact)
    return [text[words[hit.first].start : words[hit.last - 1].end] for hit in lexicon.find(words)]


@pytest.mark.parametrize(
    ("expression", "text", "expected"),
    [
        ("trafic de drogue", "Trafics de la drogue, TRAFIC DE DROGUES", ["Trafics de la drogue", "TRAFIC DE DROGUES"]),
        ("violence faite femme", "violences faites aux femmes", ["violences faites aux femmes"]),
        ("orienter * victimes", "on oriente et on suit les victimes", ["oriente et on suit les victimes"]),
        ("mineur isolé", "un mineur isole, des mineurs isolés", ["mineur isole", "mineurs isolés"]),
        ("médiation", "médias, médecin", []),
    ],
)  # fmt: skip
def test_an_expression_is_found_whatever_its_endings(expression: str, text: str, expected: list[str]) -> None:
    assert found(expression, text) == expected


@pytest.mark.parametrize(
    ("expression", "text", "expected"),
    [
        ("présent~", "présents, présentes, PRESENT, presentes", ["présents", "présentes", "PRESENT", "presentes"]),
        ("présent~", "elle présente, il a présenté, la présentation", ["présente"]),
        ("a|ont participé", "Ils ont participé. Elle a participé. Ils participent", ["ont participé", "a participé"]),
        ("étaient * représenté~", "Étaient également représentées", ["Étaient également représentées"]),
        ("coordonnateurs", "les coordonateurs, les coordonnateurs", ["coordonateurs", "coordonnateurs"]),
        ("dans la salle", "dans salle", []),
    ],
)
def test_a_cue_is_found_as_it_is_written(expression: str, text: str, expected: list[str]) -> None:
    assert found(expression, text, exact=True) == expected


def test_the_longest_expression_of_a_code_counts_and_the_stronger_strength() -> None:
    lexicon = Lexicon([("a", "police", WEAK), ("a", "police municipale", STRONG), ("b", "police", STRONG)])
    words = tokens("la police municipale")
    assert {(hit.code, hit.last - hit.first, hit.strength) for hit in lexicon.find(words)} == {
        ("a", 2, STRONG),
        ("b", 1, STRONG),
    }


def test_words_are_where_they_say() -> None:
    text = "L’Haÿ-les-Roses, 1er mai"
    assert [text[token.start : token.end] for token in tokens(text)] == ["L", "Haÿ", "les", "Roses", "1er", "mai"]
    assert [token.norm for token in tokens(text, 3, 9)] == ["ay", "les"] or tokens(text, 2, 9)[0].norm == "hay"


def test_a_theme_that_users_have_added_is_found_by_its_name() -> None:
    vocabulary = load_vocabulary(names={"themes": {"zebulons": ("Zébulons électriques",)}})
    words = tokens("le zébulon électrique")
    assert [hit.code for hit in vocabulary.themes.find(words)] == ["zebulons"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("themes.csv", "stupefiants,,fort"),
        ("themes.csv", "stupefiants,drogue,moyen"),
        ("themes.csv", "stupefiants,drogue"),
        ("cues.csv", ",réuni"),
        ("cues.csv", "held,*"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_with_its_number(tmp_path: Path, line: str, said: str) -> None:
    folder = copytree(VOCABULARY, tmp_path / "vocabulary")
    path = folder / line
    count = len(path.read_text(encoding="utf-8").splitlines())
    with path.open("a", encoding="utf-8") as stream:
        stream.write(f"{said}\n")
    with pytest.raises(NetstatsError, match=f"Ligne {count + 1} de .*{line}"):
        load_vocabulary(folder)


def test_a_missing_file_and_another_header_are_told(tmp_path: Path) -> None:
    folder = copytree(VOCABULARY, tmp_path / "vocabulary")
    (folder / "kinds.csv").write_text("nature,mots\n", encoding="utf-8")
    with pytest.raises(NetstatsError, match="kind,expression"):
        load_vocabulary(folder)
    (folder / "kinds.csv").unlink()
    with pytest.raises(NetstatsError, match="introuvable"):
        load_vocabulary(folder)


@pytest.mark.parametrize("name", ["cues", "topic_cues"])
def test_every_role_is_explained(name: str) -> None:
    readme = (DATA / "reference" / "README.md").read_text(encoding="utf-8")
    explained = {
        role.strip()
        for line in readme.splitlines()
        if line.startswith("|") and line.count("|") == 3
        for role in line.split("|")[1].split(",")
    }
    with (VOCABULARY / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        roles = {row["role"] for row in csv.DictReader(stream)}
    assert roles - explained == set()


def test_every_file_is_explained() -> None:
    readme = (DATA / "reference" / "README.md").read_text(encoding="utf-8")
    assert [name for name in FILES if f"`{name}.csv`" not in readme] == []
    assert {path.stem for path in VOCABULARY.glob("*.csv")} == set(FILES)
