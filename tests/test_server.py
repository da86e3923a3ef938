"""The server as another site, or a program, meets it: its headers, and whom it turns away."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tools.browser import serve

SESSION = "/_stcore/stream"


@pytest.fixture(scope="module")
def server(real_path: Path) -> Iterator[str]:
    with serve(real_path) as url:
        yield urlsplit(url).netloc


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]


def ask(server: str, path: str, method: str = "GET", **headers: str) -> Answer:
    with closing(HTTPConnection(server, timeout=10)) as connection:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        with connection.getresponse() as response:
            return Answer(response.status, dict(response.getheaders()))


def open_session(server: str, origin: str) -> int:
    """Ask for a session, as the page of a site would; 101 when it is given."""
    key = base64.b64encode(b"0123456789abcdef").decode()
    wanted = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Key": key, "Sec_WebSocket_Version": "13"}
    return ask(server, SESSION, Origin=origin, **wanted).status


@pytest.mark.parametrize("path", ["/", "/themes", "/_stcore/health", "/static/nothing.js", "/_stcore/metrics"])
def test_every_answer_keeps_the_browser_to_our_own_host(server: str, path: str) -> None:
    headers = ask(server, path).headers
    policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    sources = {source for rule in policy.values() for source in rule.split()}
    assert sources == {"'self'", "'none'", "'unsafe-inline'", "'wasm-unsafe-eval'", "data:", "blob:"}
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


def test_a_session_is_ours_alone(server: str) -> None:
    assert open_session(server, f"http://{server}") == 101
    for origin in ("http://localhost:1", "http://evil.example", "https://app.streamlit.app", "null"):
        assert open_session(server, origin) == 403


def test_another_site_uploads_and_reads_nothing(server: str) -> None:
    assert ask(server, "/_stcore/upload_file/a/b", "PUT", Origin="http://evil.example").status == 403
    answer = ask(server, "/", Origin="http://evil.example")
    assert answer.status == 403
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/interact"])
def test_what_nobody_here_needs_is_closed(server: str, path: str) -> None:
    assert ask(server, path).status == 404
