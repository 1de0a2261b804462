"""One JupyterLab and one Chromium for all tests here, and where the pictures of them go.

They end with the last test here: while Playwright runs, no other loop of events can in its thread.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.browser.jupyterlab import LIMIT, Desk, Server, server

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREEN = {"width": 1280, "height": 960}
ENDED = "Kernel is dead"  # what JupyterLab says when a test is over and ends its kernel
MEASURED, PICTURES = "from letting go to the new picture, ms", "pictures of the screen"


def chromium() -> str:
    """Return where Chromium is; without it skip, but fail where everything must be there."""
    for name in (os.environ.get("CHROMIUM"), "/usr/bin/chromium", "chromium", "chromium-browser"):
        if name and (found := shutil.which(name)):
            return found
    reason = "no Chromium: install it, or name it in the variable CHROMIUM"
    return pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Return a running Chromium."""
    path = chromium()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield running
        running.close()


@pytest.fixture(scope="package")
def artefacts() -> Path:
    """Return the folder for pictures of the screen and the server's log."""
    given = os.environ.get("JIEBEI_ARTEFACTS")
    folder = Path(given or tempfile.mkdtemp(prefix="jiebei-browser-"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="package")
def lab(
    browser: Browser, artefacts: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Return a running JupyterLab."""
    folder = tmp_path_factory.mktemp("jupyterlab")
    try:
        with server(folder) as running:
            yield running
    finally:
        shutil.copy(folder / "server.log", artefacts)


def watched(page: Page) -> list[str]:
    """Return a list that fills with what goes wrong in a page."""
    mistakes: list[str] = []

    def note(mistake: Error) -> None:
        if mistake.message != ENDED:
            mistakes.append(mistake.message)

    page.on("pageerror", note)
    return mistakes


@pytest.fixture(scope="package")
def session(browser: Browser, lab: Server) -> Iterator[tuple[Desk, list[str]]]:
    """Return JupyterLab in a page, and a list that fills with what goes wrong in it."""
    context = browser.new_context(viewport=SCREEN)
    context.set_default_timeout(LIMIT * 1000)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    mistakes = watched(page)
    yield Desk(page, lab), mistakes
    context.close()


@pytest.fixture
def desk(session: tuple[Desk, list[str]], request: pytest.FixtureRequest) -> Iterator[Desk]:
    """Return JupyterLab in a page; at the end nothing must have gone wrong in it."""
    desk, mistakes = session
    failed = request.session.testsfailed
    yield desk
    desk.server.end_kernels()
    seen, mistakes[:] = list(mistakes), []
    if request.session.testsfailed > failed:
        desk.open()  # what a failed test has left does not concern the next one
    assert seen == []


@pytest.fixture
def picture(
    desk: Desk, artefacts: Path, request: pytest.FixtureRequest, record_property: Any
) -> Iterator[Callable[[str], None]]:
    """Return a function that takes a picture of the screen; of a failure one is taken anyway."""
    failed = request.session.testsfailed
    record_property(PICTURES, str(artefacts))
    taken: list[str] = []

    def take(what: str) -> None:
        name = request.node.callspec.id if hasattr(request.node, "callspec") else request.node.name
        taken.append(what)
        desk.page.screenshot(path=artefacts / f"{name}-{len(taken)}-{what}.png")

    yield take
    if request.session.testsfailed > failed:
        take("failure")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say where the pictures are and how fast the sliders answered."""
    reports = [each for many in terminalreporter.stats.values() for each in many]
    noted = {
        f"{'' if what == PICTURES else report.location[2]} {what}: {value}".strip()
        for report in reports
        for what, value in getattr(report, "user_properties", [])
    }
    for line in sorted(noted):
        terminalreporter.write_line(line)
