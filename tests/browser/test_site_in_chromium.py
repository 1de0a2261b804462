"""The web pages in a real browser: without a network, on wide and narrow screens, on paper."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tools import site

pytestmark = pytest.mark.browser

SCREENS: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1200, "height": 900}, "color_scheme": "light"},
    "narrow": {"viewport": {"width": 400, "height": 800}, "color_scheme": "dark"},
}
BLANK = "[...document.images].filter(each => !each.naturalWidth).length"
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"
PAPER = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module")
def pages(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the pages, the first one last."""
    return site.write(tmp_path_factory.mktemp("site"))


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return an empty page without a network; at its end nothing must have gone wrong in it."""
    screen = getattr(request, "param", "narrow")
    context = browser.new_context(offline=True, **SCREENS[screen])
    page = context.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda mistake: mistakes.append(str(mistake)))
    page.on("console", lambda message: mistakes.append(message.text))
    page.on("requestfailed", lambda asked: mistakes.append(asked.url))
    yield page
    context.close()
    assert mistakes == []


@pytest.mark.parametrize("page", SCREENS, indirect=True)
def test_every_page_is_whole_and_no_wider_than_the_screen(
    pages: list[Path], page: Page, artefacts: Path, request: pytest.FixtureRequest
) -> None:
    for path in pages:
        page.goto(path.as_uri())
        assert page.title()
        assert page.evaluate(BLANK) == 0, path.name
        assert page.evaluate(TOO_WIDE) <= 0, path.name
    page.screenshot(path=artefacts / f"site-{request.node.callspec.id}.png", full_page=True)


def test_the_first_page_leads_to_a_page_and_the_page_to_the_next(
    pages: list[Path], page: Page
) -> None:
    page.goto(pages[-1].as_uri())
    page.locator(".answers a").first.click()
    assert page.locator("h1").inner_text()
    before = page.url
    page.locator("nav a").last.click()
    assert page.url != before
    page.locator("header a").click()
    assert page.url == pages[-1].as_uri()


def test_it_follows_the_theme_and_prints_on_white(
    pages: list[Path], page: Page, artefacts: Path
) -> None:
    page.goto(pages[0].as_uri())
    assert page.evaluate(PAPER) == "rgb(22, 24, 27)"
    page.emulate_media(color_scheme="light")
    assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
    assert not page.locator("nav").last.is_visible()
    page.emulate_media(media="screen")
    sheet = page.pdf(path=artefacts / "site.pdf", format="A4")
    assert sheet.startswith(b"%PDF")
