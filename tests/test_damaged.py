"""A base of which some bytes are lost: each command says it in a sentence, and a copy always comes back."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import pytest

from netstats import store
from tests import hazards
from tests.conftest import Command

_SENTENCES = ("n’est pas une base netstats lisible", "est abîmée : une partie n’en peut plus être lue")


def damage(content: bytes, chance: random.Random) -> bytes:
    """Return what is left of a file that was cut short, or some bits of which were turned."""
    if chance.random() < 0.5:
        return content[: chance.randrange(len(content))]
    turned = bytearray(content)
    most = chance.choice([12_288, len(content)])  # the headers as often as all the rest
    for _ in range(chance.choice([1, 20])):
        turned[chance.randrange(most)] ^= 1 << chance.randrange(8)
    return bytes(turned)


def copied_once(path: Path) -> Path:
    with closing(store.open_database(path)) as database:
        copied = store.back_up(database)
    assert copied is not None
    return copied


@pytest.mark.parametrize("rounds", [8, pytest.param(150, marks=pytest.mark.long)])
def test_whatever_is_damaged_is_said_and_a_copy_comes_back(run: Command, path: Path, rounds: int) -> None:
    chance, copied = random.Random(), copied_once(path)  # noqa: S311 - other bytes each time it is run
    held, content = hazards.state(path), path.read_bytes()
    for number in range(rounds):
        path.write_bytes(damage(content, chance))
        asked = (("check",), ("journal",), ("figures", "presences"), ("backup",), ("undo", 1))[number % 5]
        code, _, complaint = run(*asked)
        if asked[0] in {"check", "backup"}:
            assert code == 0 or (code == 2 and any(one in complaint for one in _SENTENCES)), complaint
            if asked[0] == "check" and code == 0:  # what it calls in order can be asked
                assert run("figures", "territoires")[0] == 0
        else:  # what it asks may be whole; an entry that founds the base is not undone
            assert code in {0, 2}, complaint
            assert complaint.startswith("netstats : ") or code == 0
        code, said, complaint = run("restore", store.backups(path)[0].name)  # the first one gives way to newer ones
        assert code == 0, complaint
        assert "est gardé dans" in said
        assert hazards.state(path) == held
    with closing(store.open_database(path)) as database:
        store.presentations.save(database, "Après", "{}")
    kept = [file.name for file in copied.parent.iterdir()]
    assert sum("illisible" in name for name in kept) > rounds // 4
    for whole in store.backups(path):
        assert hazards.state(whole) == held


@pytest.mark.parametrize("rounds", [8, pytest.param(80, marks=pytest.mark.long)])
def test_a_damaged_copy_is_never_put_back_in_part(run: Command, path: Path, rounds: int) -> None:
    chance, copied = random.Random(), copied_once(path)  # noqa: S311 - other bytes each time it is run
    held, content, before = hazards.state(path), copied.read_bytes(), path.read_bytes()
    for _ in range(rounds):
        copied.write_bytes(damage(content, chance))
        code, _, complaint = run("restore", copied.name)
        if code == 2:
            assert "lisible" in complaint or "abîmée" in complaint
            assert path.read_bytes() == before
        assert hazards.state(path) == held
        before = path.read_bytes()


def test_a_base_cut_short_points_to_its_copies(run: Command, path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: 4 * 4096])
    assert "Déplacez-le" in run("check")[2]
    path.write_bytes(content)
    assert run("backup")[0] == 0
    path.write_bytes(content[: 4 * 4096])
    code, _, complaint = run("check")
    assert code == 2
    assert "n’est pas une base netstats lisible. Remettez une sauvegarde en place" in complaint
    assert run("restore", store.backups(path)[0].name)[0] == 0
    assert run("check")[0] == 0
