"""The web pages: whole, linked, readable without colours, pictures or a network."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import nbformat
import pytest

from tests.helpers.contrast import MARK, TEXT, contrast
from tools import site
from tools.stored import LIVE, NOTEBOOKS, alternative, tags

STORED = sorted(NOTEBOOKS.glob("*.ipynb"))
VOID = {"meta", "link", "img", "br", "hr", "input"}


class Page(HTMLParser):
    """What a page consists of: its tags, and whether each is closed where it should be."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], tuple[str, ...]]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), tuple(self._open)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, *tags: str) -> list[dict[str, Any]]:
        """Return the attributes of every tag of these kinds."""
        return [attributes for tag, attributes, _ in self.found if tag in tags]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the pages."""
    made = tmp_path_factory.mktemp("site")
    site.write(made)
    return made


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, Page]:
    """Return every page by its file."""
    return {path.name: Page(path) for path in folder.glob("*.html")}


def outputs(path: Path) -> Iterator[Any]:
    """Yield what a stored notebook shows."""
    for cell in nbformat.read(path, as_version=4).cells:
        yield from cell.get("outputs", [])


def test_every_notebook_has_a_page_and_there_is_a_first_one(pages: dict[str, Page]) -> None:
    assert set(pages) == {"index.html", *(f"{path.stem}.html" for path in STORED)}


def test_no_link_is_broken(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        for link in page.all("a"):
            target = urlsplit(link["href"])
            if target.scheme:
                assert target.scheme == "https", f"{name}: {link['href']}"
                continue
            goal = pages.get(target.path or name)
            assert goal is not None, f"{name}: {link['href']}"
            places = {each.get("id") for _, each, _ in goal.found}
            assert not target.fragment or unquote(target.fragment) in places


def test_from_the_first_page_every_other_can_be_reached(pages: dict[str, Page]) -> None:
    assert {each["href"] for each in pages["index.html"].all("a")} >= set(pages) - {"index.html"}


def test_nothing_is_loaded_from_elsewhere(pages: dict[str, Page], folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {"style.css", *pages}
    for name, page in pages.items():
        assert page.all("script", "iframe", "object", "style") == [], name
        assert [each["href"] for each in page.all("link")] == ["data:,", "style.css"], name
        assert all(each["src"].startswith("data:image/png;base64,") for each in page.all("img"))
    assert not re.search(r"url\(|@import", (folder / "style.css").read_text())


def test_every_picture_says_what_it_finds(pages: dict[str, Page]) -> None:
    for path in STORED:
        findings = [
            alternative(each) for each in outputs(path) if "image/png" in each.get("data", {})
        ]
        assert [each["alt"] for each in pages[f"{path.stem}.html"].all("img")] == findings
        assert all(findings)


def test_headings_are_in_order(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        levels = [int(tag[1]) for tag, _, _ in page.found if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


def test_the_first_page_answers_in_both_languages(pages: dict[str, Page]) -> None:
    spoken = [
        each["lang"]
        for tag, each, around in pages["index.html"].found
        if "tbody" in around and tag == "p"
    ]
    assert spoken == ["en", "zh-Hans"] * (len(spoken) // 2)
    assert len(spoken) >= 4 * 6
    stored = "".join(each["data"]["text/plain"] for each in outputs(STORED[0]) if "data" in each)
    answer = re.search(r"Repay early, shorten the term: [^.]*\.", stored)
    assert answer
    assert answer[0] in pages["index.html"].words
    assert "手里比按原计划多" in pages["index.html"].words


def test_chinese_is_marked_as_chinese(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert any(each.get("lang") == "zh-Hans" for each in page.all("p", "li", "span")), name
    assert site.text(nbformat.v4.new_markdown_cell("**中文摘要** 一句。\n\nEnglish 中文")) == (
        '<p lang="zh-Hans"><strong>中文摘要</strong> 一句。</p>\n<p>English 中文</p>\n'
    )


def test_each_table_scrolls_in_a_box_of_its_own(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        around = [outer[-1] for tag, _, outer in page.found if tag == "table"]
        assert around == ["div"] * len(around), name
        boxes = [each for each in page.all("div") if each.get("class") == "scroll"]
        assert len(boxes) == len(around)
        assert all(each["tabindex"] == "0" and each["aria-label"] for each in boxes)


def test_sliders_are_left_out_with_a_word(pages: dict[str, Page]) -> None:
    for path in STORED:
        cells = nbformat.read(path, as_version=4).cells
        live = sum(LIVE in tags(cell) for cell in cells)
        page = pages[f"{path.stem}.html"]
        assert page.words.count("need JupyterLab") == live
        assert ".explore(" not in page.words


def test_the_numbers_are_in_sight_and_other_code_is_folded(pages: dict[str, Page]) -> None:
    for path in STORED:
        folds = pages[f"{path.stem}.html"].all("details")
        assert sum("open" in each for each in folds) == 1


def themes() -> Iterator[Any]:
    """Yield the colours of the pages: light, dark, and on paper."""
    text = (site.PAGES / "style.css").read_text()
    for block in re.findall(r":root \{(.*?)\}", text, re.DOTALL):
        yield dict(re.findall(r"--(\w+): (#\w+);", block))


def test_words_and_lines_stand_out_in_every_theme() -> None:
    light, dark, paper = themes()
    for colours in (light, dark, paper):
        for ground in ("paper", "shade"):
            for words in ("ink", "quiet", "link"):
                assert contrast(colours[words], colours[ground]) >= TEXT
        assert contrast(colours["rule"], colours["paper"]) >= MARK


def test_the_command_says_where_to_begin(tmp_path: Path, capsys: Any) -> None:
    assert site.main([str(tmp_path / "new" / "pages")]) == 0
    words = capsys.readouterr().out
    assert words.startswith(f"{len(STORED) + 1} pages; begin with")
    assert Path(words.split("begin with ")[1].strip()).name == "index.html"
