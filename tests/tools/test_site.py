"""The web pages: whole, linked, readable without colours, pictures or a network."""

import doctest
import posixpath
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from jiebei.answers.start_here.verdict import QUESTIONS
from tests.helpers.contrast import MARK, TEXT, contrast
from tools import frames, site, wide
from tools.stored import LIVE, SETS, alternative, read, tags
from tools.stored import pages as stored_in

DOOR = "index.html"
STORED = {
    f"{lang}/{path.stem}.html": path for lang in SETS for path in stored_in(SETS[lang])
}  # the notebook behind each page
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
    """Return every page by its place in the folder."""
    return {path.relative_to(folder).as_posix(): Page(path) for path in folder.rglob("*.html")}


def outputs(path: Path) -> Iterator[Any]:
    """Yield what a stored notebook shows."""
    for cell in read(path).cells:
        yield from cell.get("outputs", [])


def test_every_notebook_has_a_page_in_both_languages_and_there_is_a_door(
    pages: dict[str, Page],
) -> None:
    assert set(pages) == {DOOR, *(f"{lang}/{DOOR}" for lang in SETS), *STORED}
    assert len({name.partition("/")[2] for name in pages}) == len(STORED) / 2 + 2


def leads_to(name: str, link: str) -> str:
    """Return the page that a link on a page leads to."""
    target = urlsplit(link).path
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) if target else name


def test_no_link_is_broken(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        for link in page.all("a"):
            target = urlsplit(link["href"])
            if target.scheme:
                assert target.scheme == "https", f"{name}: {link['href']}"
                continue
            goal = pages.get(leads_to(name, link["href"]))
            assert goal is not None, f"{name}: {link['href']}"
            places = {each.get("id") for _, each, _ in goal.found}
            assert not target.fragment or unquote(target.fragment) in places


def test_from_the_door_every_other_can_be_reached(pages: dict[str, Page]) -> None:
    near = {leads_to(DOOR, each["href"]) for each in pages[DOOR].all("a")}
    assert near == {f"{lang}/{DOOR}" for lang in SETS}
    far = {leads_to(name, each["href"]) for name in near for each in pages[name].all("a")}
    assert far == set(pages) - {DOOR}


def test_a_page_stays_in_its_language_and_leads_to_its_twin(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        lang, _, file = name.rpartition("/")
        goals = {
            leads_to(name, each["href"]) for each in page.all("a") if "://" not in each["href"]
        }
        away = {each for each in goals if each.partition("/")[0] != lang}
        assert name == DOOR or away == {f"{site.TWINS[lang]}/{file}"}, name


def test_nothing_is_loaded_from_elsewhere(pages: dict[str, Page], folder: Path) -> None:
    made = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert made == {"style.css", *pages}
    for name, page in pages.items():
        assert page.all("iframe", "object", "style") == [], name
        assert page.all("script") == ([{}] if name == DOOR else []), name
        style = posixpath.relpath("style.css", posixpath.dirname(name))
        assert [each["href"] for each in page.all("link")] == ["data:,", style], name
        assert all(each["src"].startswith("data:image/png;base64,") for each in page.all("img"))
    assert not re.search(r"url\(|@import", (folder / "style.css").read_text())


def test_every_picture_says_what_it_finds(pages: dict[str, Page]) -> None:
    for name, path in STORED.items():
        findings = [
            alternative(each) for each in outputs(path) if "image/png" in each.get("data", {})
        ]
        assert [each["alt"] for each in pages[name].all("img")] == findings
        assert all(findings)


def test_headings_are_in_order(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        levels = [int(tag[1]) for tag, _, _ in page.found if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


@pytest.mark.parametrize("lang", SETS)
def test_the_first_page_answers_every_question(lang: str, pages: dict[str, Page]) -> None:
    page = pages[f"{lang}/{DOOR}"]
    assert len(page.all("tr")) == 1 + len(QUESTIONS)
    assert "¥1,561" in page.words  # what repaying early is worth
    chinese = len(re.findall("[一-鿿]", page.words))
    assert (chinese > 1_000) == (lang == "zh")


def test_a_page_is_marked_as_what_it_speaks(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        lang = "zh-Hans" if name.startswith("zh/") else "en"
        assert page.all("html") == [{"lang": lang}], name
    (twin,) = (each for each in pages[f"en/{DOOR}"].all("a") if each.get("class") == "twin")
    assert (twin["href"], twin["lang"]) == (f"../zh/{DOOR}", "zh-Hans")


def test_each_table_scrolls_in_a_box_of_its_own(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        around = [outer[-1] for tag, _, outer in page.found if tag == "table"]
        assert around == ["div"] * len(around), name
        boxes = [each for each in page.all("div") if each.get("class") == "scroll"]
        assert len(boxes) == len(around)
        assert all(each["tabindex"] == "0" and each["aria-label"] for each in boxes)


def test_sliders_are_left_out_with_a_word(pages: dict[str, Page]) -> None:
    for name, path in STORED.items():
        live = sum(LIVE in tags(cell) for cell in read(path).cells)
        page = pages[name]
        said = ("need JupyterLab", "需要在JupyterLab里使用")[name.startswith("zh/")]
        assert page.words.count(said) == live
        assert ".explore(" not in page.words


def test_the_numbers_are_in_sight_and_other_code_is_folded(pages: dict[str, Page]) -> None:
    for name in STORED:
        folds = pages[name].all("details")
        assert sum("open" in each for each in folds) == 1


def test_every_cell_that_runs_stands_on_its_page_and_no_two_folds_touch(
    pages: dict[str, Page], folder: Path
) -> None:
    for name, path in STORED.items():
        for cell in read(path).cells:
            if cell.cell_type == "code" and LIVE not in tags(cell):
                assert cell.source in pages[name].words, name
        assert "</details>\n<details><summary>" not in (folder / name).read_text(encoding="utf-8")


def themes() -> Iterator[Any]:
    """Yield the colours of the pages: light, dark, and on paper."""
    text = (frames.PAGES / "style.css").read_text()
    for block in re.findall(r":root \{(.*?)\}", text, re.DOTALL):
        yield dict(re.findall(r"--(\w+): (#\w+);", block))


def test_words_and_lines_stand_out_in_every_theme() -> None:
    light, dark, paper = themes()
    for colours in (light, dark, paper):
        for ground in ("paper", "shade"):
            for words in ("ink", "quiet", "link"):
                assert contrast(colours[words], colours[ground]) >= TEXT
        assert contrast(colours["rule"], colours["paper"]) >= MARK


@pytest.mark.parametrize("tool", [site, wide], ids=lambda tool: tool.__name__)
def test_the_examples_of_a_tool_run(tool: ModuleType) -> None:
    assert doctest.testmod(tool).failed == 0


def test_the_command_says_where_to_begin(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "system_language", lambda: "en")
    assert site.main([str(tmp_path / "new" / "pages")]) == 0
    words = capsys.readouterr().out
    assert words.startswith(f"{len(STORED) + 3} pages; begin with")
    assert Path(words.split("begin with ")[1].strip()).name == "index.html"
