"""One Chromium and one JupyterLab a language for all tests here, and where their pictures go.

They end with the last test here: while Playwright runs, no other loop of events can in its thread.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.resources import files
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
FONTS = """<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{folder}</dir>
</fontconfig>"""
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
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a running Chromium, which has Chinese letters wherever it runs."""
    path = chromium()
    fonts = tmp_path_factory.mktemp("fonts") / "fonts.conf"
    fonts.write_text(FONTS.format(folder=files("jiebei.charts.drawing") / "fonts"))
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=path,
            args=CHROMIUM_OPTIONS,
            env=os.environ | {"FONTCONFIG_FILE": str(fonts)},
        )
        yield running
        running.close()


@pytest.fixture(scope="package")
def artefacts() -> Path:
    """Return the folder for pictures of the screen and the server's log."""
    given = os.environ.get("JIEBEI_ARTEFACTS")
    folder = Path(given or tempfile.mkdtemp(prefix="jiebei-browser-"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def watched(page: Page) -> list[str]:
    """Return a list that fills with what goes wrong in a page."""
    mistakes: list[str] = []

    def note(mistake: Error) -> None:
        if mistake.message != ENDED:
            mistakes.append(mistake.message)

    page.on("pageerror", note)
    return mistakes


Session = tuple[Desk, list[str]]


@pytest.fixture(scope="package")
def sessions(
    browser: Browser, artefacts: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Session]]:
    """Return what opens JupyterLab in a page, once a language; beside it, what goes wrong in it."""
    opened: dict[str, Session] = {}
    with ExitStack() as open_ones:

        def session(lang: str) -> Session:
            if lang not in opened:
                folder = tmp_path_factory.mktemp(f"jupyterlab-{lang}")
                log = artefacts / f"server-{lang}.log"
                open_ones.callback(lambda: shutil.copy(folder / "server.log", log))
                running = open_ones.enter_context(server(folder, lang))
                opened[lang] = on_screen(browser, running, open_ones)
            return opened[lang]

        yield session


def on_screen(browser: Browser, running: Server, open_ones: ExitStack) -> Session:
    """Return JupyterLab in a page, and a list that fills with what goes wrong in it."""
    context = browser.new_context(viewport=SCREEN)
    open_ones.callback(context.close)
    context.set_default_timeout(LIMIT * 1000)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    mistakes = watched(page)
    here = (running.address, "data:", "blob:")
    page.on("request", lambda asked: asked.url.startswith(here) or mistakes.append(asked.url))
    return Desk(page, running), mistakes


@pytest.fixture
def desk(
    sessions: Callable[[str], Session], lang: str, request: pytest.FixtureRequest
) -> Iterator[Desk]:
    """Return JupyterLab in the language of a test; at the end nothing must have gone wrong."""
    desk, mistakes = sessions(lang)
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
