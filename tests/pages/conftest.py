"""Which data a page shows: the real activity, or a made-up one that is larger."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from tests import installations


@pytest.fixture(scope="session", autouse=True)
def _components_sought_once() -> Iterator[None]:
    """Each AppTest reads the metadata of every installed package, 0.2 s, to find components that we do not use."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(autouse=True)
def _no_cache_of_another_test() -> Iterator[None]:
    """Streamlit's caches belong to the process; each test has a database of its own choice."""
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Where the real, the generated and the hostile database lie, each made when first asked for."""
    directory = tmp_path_factory.mktemp("databases")

    def path(name: str) -> Path:
        file = directory / f"{name}.duckdb"
        return file if file.exists() else getattr(installations, name)(file)

    return path


@pytest.fixture
def real(databases: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Show the real activity."""
    monkeypatch.setenv("NETSTATS_DATABASE", str(databases("real")))


@pytest.fixture
def large(databases: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Show a made-up activity of some hundred meetings."""
    monkeypatch.setenv("NETSTATS_DATABASE", str(databases("generated")))


@pytest.fixture
def empty(databases: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Show a database without any activity, which the test may change."""
    path = Path(shutil.copy(databases("empty"), tmp_path / "netstats.duckdb"))
    monkeypatch.setenv("NETSTATS_DATABASE", str(path))
    return path


@pytest.fixture
def hostile(databases: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Show an activity whose texts try to be markup."""
    monkeypatch.setenv("NETSTATS_DATABASE", str(databases("hostile")))
