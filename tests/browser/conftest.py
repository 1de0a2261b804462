"""One JupyterLab and one Chromium for all tests here, a page for each of them."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

collect_ignore = ["jupyterlab.py"]  # no doctests, and it needs playwright

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREEN = {"width": 1400, "height": 1500}
PICTURES = pytest.StashKey[Path]()


def chromium() -> str | None:
    """Return where Chromium is."""
    names = [os.environ.get("CHROMIUM"), "/usr/bin/chromium", "chromium", "chromium-browser"]
    return next((found for name in names if name and (found := shutil.which(name))), None)


def give_up(reason: str) -> None:
    """Skip, but fail where everything must be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def artefacts(request: pytest.FixtureRequest) -> Path:
    """Return the folder for pictures of the screen and measured times."""
    given = os.environ.get("JIEBEI_ARTEFACTS")
    folder = Path(given) if given else Path(tempfile.mkdtemp(prefix="jiebei-browser-"))
    folder.mkdir(parents=True, exist_ok=True)
    request.config.stash[PICTURES] = folder
    return folder


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say where the pictures are and how fast the sliders answered."""
    folder = config.stash.get(PICTURES, None)
    if folder is None:
        return
    terminalreporter.write_line(f"Pictures of the screen: {folder}")
    for file in sorted(folder.glob("*-latencies.json")):
        times = json.loads(file.read_text())
        terminalreporter.write_line(f"{file.stem}: {times} ms from letting go to the new picture")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return a running Chromium."""
    path = chromium()
    if path is None:
        give_up("no Chromium: apt-get install chromium, or name it in the variable CHROMIUM")
    if find_spec("playwright") is None:
        give_up("no playwright: python3 start.py browser installs it")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def lab(browser: Any, artefacts: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a running JupyterLab."""
    from tests.browser.jupyterlab import server

    folder = tmp_path_factory.mktemp("jupyterlab")
    try:
        with server(folder) as running:
            yield running
    finally:
        shutil.copy(folder / "server.log", artefacts)


@pytest.fixture
def page(browser: Any, lab: Any) -> Iterator[Any]:
    """Return an empty page; at its end nothing must have gone wrong in it."""
    from tests.browser.jupyterlab import LIMIT

    context = browser.new_context(viewport=SCREEN)
    context.set_default_timeout(LIMIT * 1000)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda mistake: mistakes.append(str(mistake)))
    yield page
    context.close()
    lab.end_kernels()
    assert mistakes == []


@pytest.fixture
def picture(page: Any, artefacts: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Return a function that takes a picture of the screen; the last one is taken anyway."""
    taken: list[str] = []

    def take(what: str) -> None:
        name = request.node.callspec.id if hasattr(request.node, "callspec") else request.node.name
        taken.append(what)
        page.screenshot(path=artefacts / f"{name}-{len(taken)}-{what}.png")

    yield take
    take("end")
