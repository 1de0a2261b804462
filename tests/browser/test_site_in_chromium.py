"""The web pages in a real browser: without a network, on wide and narrow screens, on paper.

What a page is like is asked of the pages of both languages; what differs is looked at in both.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tools import frames, site

pytestmark = pytest.mark.browser

SCREENS: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1100, "height": 900}, "locale": "zh-CN"},
    "narrow": {"viewport": {"width": 400, "height": 800}, "color_scheme": "dark"},
}
BLANK = "[...document.images].filter(each => !each.naturalWidth).length"
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"
# How far each table is wider than its box, and how far its first columns are (one of whole
# sentences has the room of two).
TABLES = "[...document.querySelectorAll('table')]"
OVER = f"{TABLES}.map(each => each.scrollWidth - each.closest('.scroll').clientWidth)"
FIRST_OVER = f"""{TABLES}.map(each => {{
    const cells = [...each.rows[1].cells];
    const long = (cells[1] ?? cells[0]).classList.contains("sentences");
    const last = cells[Math.min(long ? 1 : 2, cells.length - 1)].getBoundingClientRect();
    return last.right - each.closest(".scroll").getBoundingClientRect().right;
}})"""
STAYS = """() => {
    const box = document.querySelector(".scroll:has(.dataframe tbody th)");
    const name = box.querySelector("tbody th"), left = () => name.getBoundingClientRect().left;
    const before = left();
    box.scrollLeft = 100;
    return box.scrollLeft === 100 && left() === before;
}"""
PAPER = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module")
def pages(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the pages, the door first."""
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
def test_every_page_is_whole_and_fits_the_screen(
    pages: list[Path], page: Page, artefacts: Path, request: pytest.FixtureRequest
) -> None:
    screen = request.node.callspec.id
    tables = OVER if screen == "wide" else FIRST_OVER
    for path in pages[1:]:  # the door is gone at once
        page.goto(path.as_uri())
        assert page.title()
        assert page.evaluate(BLANK) == 0, path
        assert page.evaluate(TOO_WIDE) <= 0, path
        over = page.evaluate(tables)
        assert max(over, default=0) <= 1, (path, over)  # a part of a pixel
    page.screenshot(path=artefacts / f"site-{screen}.png", full_page=True)


@pytest.mark.parametrize(("page", "lang"), [("wide", "zh"), ("narrow", "en")], indirect=["page"])
def test_the_door_opens_the_language_of_the_browser_and_each_page_leads_to_its_twin(
    lang: str, pages: list[Path], page: Page
) -> None:
    home = pages[0].parent
    page.goto(pages[0].as_uri())
    page.wait_for_url((home / lang / "index.html").as_uri())
    page.locator(".answers a[href='01_methods.html']").first.click()
    page.wait_for_url((home / lang / "01_methods.html").as_uri())
    page.locator(".twin").click()
    other = site.TWINS[lang]
    page.wait_for_url((home / other / "01_methods.html").as_uri())
    assert page.locator("html").get_attribute("lang") == frames.LANGUAGES[other]
    page.locator("nav a").last.click()
    page.wait_for_url((home / other / "02_true_cost.html").as_uri())
    page.locator("header a").first.click()
    page.wait_for_url((home / other / "index.html").as_uri())


@pytest.mark.parametrize("page", ["narrow"], indirect=True)
def test_on_a_telephone_the_names_of_the_rows_stay(pages: list[Path], page: Page) -> None:
    page.goto((pages[0].parent / "zh" / "03_repay_early.html").as_uri())
    assert page.evaluate(STAYS)


def test_it_follows_the_theme_and_prints_on_white(
    pages: list[Path], page: Page, artefacts: Path
) -> None:
    page.goto((pages[0].parent / "en" / "08_negotiate.html").as_uri())
    assert page.evaluate(PAPER) == "rgb(22, 24, 27)"
    page.emulate_media(color_scheme="light")
    assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
    assert not page.locator("nav").last.is_visible()
    page.set_viewport_size({"width": 680, "height": 960})  # a sheet of A4 within its margins
    assert max(page.evaluate(OVER), default=0) <= 1
    page.emulate_media(media="screen")
    sheet = page.pdf(path=artefacts / "site.pdf", format="A4")
    assert sheet.startswith(b"%PDF")
