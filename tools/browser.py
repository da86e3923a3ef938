"""A real browser on a real server: what the browser tests, the benchmark and the screenshots have in common."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

ROOT = Path(__file__).resolve().parents[1]
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
)
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "chrome.exe",
    "msedge",
    "msedge.exe",
)
PLACES = (  # where the installers of macOS and Windows put one, off the PATH
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Chromium\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
    r"%ProgramFiles%\Microsoft\Edge\Application\msedge.exe",
)
NO_BROWSER = "no Chrome or Chromium found: install one, or give its path in CHROMIUM"

# Shown: Streamlit has run the page and drawn what it sent, and every chart has its lines.
SHOWN = """wanted => {
  const app = document.querySelector('[data-testid="stApp"]');
  if (app?.dataset.testScriptState !== 'notRunning') return false;
  if (document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]')) return false;
  const told = '[data-testid="stMetric"], .netstats-compare, [data-testid="stAlert"], .scene-titre, .st-key-feuille, '
    + '.st-key-card-liste, .st-key-card-fusion, .netstats-facts';
  if (!document.querySelector(told)) return false;
  // Projected: its keys are heard.
  if (document.querySelector('.st-key-projection') && !document.body.matches('.netstats-projete')) return false;
  const charts = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
  return charts.every(chart => chart.querySelector('.main-svg')) && wanted.every(
    text => document.querySelector('[data-testid="stMain"]').innerText.includes(text));
}"""


def find_browser() -> str | None:
    """Return the path of a Chrome, Chromium or Edge of this machine: CHROMIUM, else the PATH, else the usual places."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    on_path = (shutil.which(name) for name in NAMES)
    installed = (path for place in PLACES if Path(path := os.path.expandvars(place)).is_file())
    return next((path for path in (*on_path, *installed) if path), None)


def launch(playwright: Playwright, path: str) -> Browser:
    """Return the browser at `path`, started so that it asks nothing of the network by itself."""
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


def open_context(
    browser: Browser, width: int, *, dark: bool = False, height: int = 900, scale: float = 1
) -> BrowserContext:
    """Return a fresh visitor who reads French, on a screen of that width in pixels."""
    return browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        locale="fr-FR",
        device_scale_factor=scale,
        accept_downloads=True,
    )


@contextmanager
def serve(database: Path, *, script: str = "dashboard.py", **environment: str) -> Iterator[str]:
    """Run a Streamlit script on a free port and lend its address, `http://localhost:…`, once it answers.

    Parameters
    ----------
    database
        What NETSTATS_DATABASE names; when it is not there, the server meets its first start, in data of its own.
    script
        Path of the script from the root of the project.
    environment
        Other variables of the server.

    Raises
    ------
    RuntimeError
        The server ended, or did not answer within 30 seconds; with what it wrote.
    """
    with socket.create_server(("localhost", 0)) as listener:
        port = listener.getsockname()[1]
    options = {"server.port": port, "server.headless": "true", "server.fileWatcherType": "none"}
    arguments = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    log = database.with_suffix(".log")
    places = {"NETSTATS_DATABASE": str(database)}
    if not database.exists():
        data = database.with_suffix(".data")
        shutil.copytree(
            ROOT / "data", data, ignore=shutil.ignore_patterns("*.duckdb*", "sauvegardes"), dirs_exist_ok=True
        )
        places = {"NETSTATS_DATABASE": "", "NETSTATS_DATA": str(data)}
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", script, *arguments],
            cwd=ROOT,
            env=os.environ | places | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            until = time.monotonic() + 30
            while not _answers(port):
                if process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"Streamlit did not start:\n{log.read_text(encoding='utf-8')}")
                time.sleep(0.02)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
            process.kill()
            process.wait()


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("localhost", port, timeout=1)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def wait_shown(page: Page, *texts: str, seconds: float = 30) -> None:
    """Wait until the page is at rest with every figure and chart drawn, and shows `texts`.

    Raises
    ------
    TimeoutError
        It was not so within `seconds`; with what stood there instead.
    """
    # Playwright's own wait_for_function loses its thread when the page rewrites its address meanwhile.
    until = time.monotonic() + seconds
    while not page.evaluate(SHOWN, list(texts)):
        if time.monotonic() > until:
            raise TimeoutError(f"not shown after {seconds} s: {texts}\n{page.inner_text('body')[:2000]}")
        page.wait_for_timeout(100)
