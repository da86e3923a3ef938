"""A disk without room: whatever somebody does is done or refused in a sentence, and the data is as it was."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from netstats import store
from netstats.errors import NetstatsError
from tests import hazards

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file of a program")

_FEW, _MANY = (1_000, 3_000_000), (0, *(250_000 * step * step for step in range(1, 8)))


@pytest.fixture(scope="module")
def prepared(real_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hazards.prepare(real_path, tmp_path_factory.mktemp("prepared"))


@pytest.mark.parametrize(
    "limits", [pytest.param(_FEW, id="few"), pytest.param(_MANY, id="many", marks=pytest.mark.long)]
)
@pytest.mark.parametrize("name", hazards.ACTIONS)
def test_without_room_it_is_refused_and_nothing_changes(
    prepared: Path, tmp_path: Path, name: str, limits: tuple[int, ...]
) -> None:
    base = hazards.ACTIONS[name].base
    done = hazards.again(prepared, tmp_path / "done")
    assert hazards.whole(name, done) == (0, "")
    before, after = hazards.state(prepared / base), hazards.state(done / base)
    codes = []
    for limit in limits:
        folder = hazards.again(prepared, tmp_path / str(limit))
        code, said = hazards.whole(name, folder, limit)
        codes.append(code)
        assert code in {0, 2}, said
        if code == 2:
            assert "Il faut environ" in said, said
            assert "Mo de libres dans" in said, said
        assert hazards.state(folder / base) == (before if code else after), (limit, said)
        assert not hazards.left_behind(folder)
        for written in folder.glob("out/*"):
            assert code == 0, written
            assert written.read_bytes() == (done / "out" / written.name).read_bytes()
    assert codes[0] == 2, "the smallest limit leaves no room for anything"


def test_on_a_disk_that_is_full_nothing_begins(
    real_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(shutil.copy(real_path, tmp_path / "base.duckdb"))
    full = shutil.disk_usage(tmp_path)._replace(free=1000)
    with store.open_database(path) as database:
        monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
        with pytest.raises(NetstatsError, match="disque est plein") as refused, database.transaction() as cursor:
            cursor.execute("DELETE FROM meeting")
        assert "Il faut environ 8 Mo de libres" in refused.value.remedy
        assert database.ask("SELECT count(*) AS n FROM meeting")["n"].item() > 0
