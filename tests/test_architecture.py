"""The house stands as it was drawn: who may import what, and what travels with the package."""

from __future__ import annotations

import ast
import pkgutil
import subprocess
import sys
import tomllib
from importlib import resources
from pathlib import Path

import pytest

import netstats
from tests.conftest import DATA

ROOT = DATA.parent
PACKAGE = ROOT / "src" / "netstats"
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages([str(PACKAGE)], "netstats.")
    if not module.name.startswith("netstats.ui") and module.name != "netstats.__main__"
)


def loaded_by(module: str) -> set[str]:
    """Names of the modules that a fresh Python holds once it has imported one."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "", "SYSTEMROOT": ""},
    )
    return set(done.stdout.split())


def test_there_are_modules_to_look_at() -> None:
    assert {"netstats.cli", "netstats.store", "netstats.catalogue.overview", "netstats.intake.data_files"} <= set(
        MODULES
    )


def test_the_library_brings_no_streamlit() -> None:
    loaded = loaded_by(", ".join(["netstats", *MODULES]))
    assert set(MODULES) <= loaded
    assert not [name for name in loaded if name == "streamlit" or name.startswith(("streamlit.", "netstats.ui"))]


def test_importing_netstats_alone_is_cheap() -> None:
    assert not {"pandas", "duckdb", "plotly", "streamlit"} & loaded_by("netstats")


def test_the_command_line_draws_nothing() -> None:
    assert "plotly" not in loaded_by("netstats.cli")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def files_importing(library: str) -> set[str]:
    return {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(name == library or name.startswith(f"{library}.") for name in imported(path))
    }


def test_only_the_store_speaks_to_duckdb() -> None:
    assert {name.split("/")[0] for name in files_importing("duckdb")} == {"store"}


def test_only_the_ui_speaks_to_streamlit() -> None:
    assert {name.split("/")[0] for name in files_importing("streamlit")} <= {"ui"}


def test_only_the_command_knows_the_demonstration_set() -> None:
    pieces = {path.stem for path in PACKAGE.glob("demonstration*.py")}
    users = {name for piece in pieces for name in files_importing(f"netstats.{piece}")}
    assert {name for name in users if not name.startswith("demonstration")} == {"cli/__init__.py"}


def test_the_form_does_not_know_the_minutes_reader() -> None:
    known_by = {name for name in files_importing("netstats.minutes") if not name.startswith("minutes/")}
    assert known_by
    assert not [name for name in known_by if name.startswith(("intake/", "ui/data/entry"))]


def test_only_charts_draw_with_plotly() -> None:
    assert {name.split("/")[0] for name in files_importing("plotly")} <= {"charts", "ui"}


@pytest.mark.parametrize(
    ("room", "may_not"),
    [
        ("charts", ("netstats.catalogue", "netstats.store", "netstats.ui", "netstats.intake", "netstats.share")),
        ("catalogue", ("netstats.charts", "netstats.ui", "netstats.intake", "netstats.share")),
        ("reference", ("netstats.catalogue", "netstats.store", "netstats.ui", "netstats.charts", "netstats.intake")),
        ("share", ("netstats.ui",)),
        ("intake", ("netstats.ui", "netstats.charts")),
    ],
)
def test_imports_run_one_way(room: str, may_not: tuple[str, ...]) -> None:
    files = list((PACKAGE / room).rglob("*.py"))
    assert files
    for path in files:
        forbidden = [name for name in imported(path) if name.startswith(may_not)]
        assert not forbidden, f"{path.name} imports {forbidden}"


def other_files() -> list[str]:
    return sorted(
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    )


def test_what_is_no_python_is_found_by_name() -> None:
    assert "schema.sql" in other_files()
    assert "ui/base/style.css" in other_files()
    for name in other_files():
        resource = resources.files(netstats).joinpath(*name.split("/"))
        assert resource.is_file()
        assert name == "py.typed" or resource.read_bytes().strip()


def test_what_is_no_python_travels_with_the_package() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["netstats"]
    packed = {path.relative_to(PACKAGE).as_posix() for pattern in patterns for path in PACKAGE.glob(pattern)}
    assert set(other_files()) <= packed


def test_every_folder_is_a_package() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert not [folder for folder in folders if not (folder / "__init__.py").is_file()]


def test_each_query_file_is_asked_by_something() -> None:
    asked = "".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "catalogue").glob("*.py"))
    for path in (PACKAGE / "catalogue").glob("*.sql"):
        assert f'"{path.stem}"' in asked, f"{path.name} is asked by nobody"


def test_the_entry_point_and_the_pages_stay_short() -> None:
    assert len((ROOT / "dashboard.py").read_text(encoding="utf-8").splitlines()) < 60
    for path in (ROOT / "pages").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 130, path
        assert "SELECT" not in text, path
    assert not list((ROOT / "pages").glob("*.py")), "a page lies directly in pages/: its deep links would run alone"
