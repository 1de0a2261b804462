"""Make web pages of the notebooks: to read and to print, with nothing to install or to load.

    python -m tools.site            write them into the folder site
    python -m tools.site FOLDER     write them into another folder

A page shows what is stored in its notebook; the first page answers every question in English and
Chinese. Charts keep their finding as alternative text.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import nbformat
from nbconvert.filters import markdown2html
from nbformat import NotebookNode

from jiebei.answers.start_here.verdict import Contents
from jiebei.language import use, words
from jiebei.language.chosen import speaking
from tests.helpers.notebook_runner import run_notebook
from tools.navigation import MARK, TWIN, title
from tools.readme import FIRST, borrower
from tools.stored import LIVE, NOTEBOOKS, PARAMETERS, alternative, tags

HERE = Path(__file__).resolve().parent
PAGES = HERE / "pages"
SITE = HERE.parent / "site"
LANGUAGES = {"en": "en", "zh": "zh-Hans"}
HEADS = ("question", "answer")

# A block whose first letter is Chinese is Chinese.
CHINESE = re.compile(r"<(p|li|td|th|h[1-6])((?: [^>]*)?)>(?=(?:<[^>]+>|[^\w<])*[一-鿿])")


# ---- in both languages ---------------------------------------------------------------------------


def in_each(key: str, **fields: str) -> dict[str, str]:
    """Return words in every language."""
    found = {}
    for lang in LANGUAGES:
        use(lang)
        found[lang] = words.say(key, **fields)
    use("en")
    return found


def both(key: str) -> str:
    """Return words in English and Chinese, as HTML."""
    parts = (
        f'<span lang="{LANGUAGES[lang]}">{escape(text)}</span>'
        for lang, text in in_each(key).items()
    )
    return " · ".join(parts)


# ---- a notebook ----------------------------------------------------------------------------------


def linked(html: str) -> str:
    """Return the HTML with links to pages instead of notebooks.

    Examples
    --------
    >>> linked('<a href="01_methods.ipynb#The-answer">')
    '<a href="01_methods.html#The-answer">'
    """
    return re.sub(r'(href="[^":]*)\.ipynb(["#])', r"\1.html\2", html)


def boxed(html: str) -> str:
    """Return the HTML with each table in a box that scrolls by itself, also with the keyboard."""
    label = " · ".join(in_each("site.table").values())
    box = f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">'
    html = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL).replace(' border="1"', "")
    return html.replace("<table", f"{box}<table").replace("</table>", "</table></div>")


def text(cell: NotebookNode) -> str:
    """Return a cell of text; the links to the neighbours are marked as such."""
    html = re.sub(r'<a class="anchor-link".*?</a>', "", markdown2html(cell.source))
    html = CHINESE.sub(rf'<\1\2 lang="{LANGUAGES["zh"]}">', boxed(html))
    return f"<nav>{html}</nav>" if cell.source.startswith(MARK) else html


def code(cell: NotebookNode) -> Iterator[str]:
    """Yield what a cell of code shows; its source is folded, but for the numbers that it sets."""
    if LIVE in tags(cell):
        yield f'<p class="note">{both("site.sliders")}</p>'
        return
    opened, key = (" open", "numbers") if PARAMETERS in tags(cell) else ("", "code")
    source = f"<pre><code>{escape(cell.source)}</code></pre>"
    yield f"<details{opened}><summary>{both(f'site.{key}')}</summary>{source}</details>"
    yield from map(shown, cell.outputs)


def shown(output: NotebookNode) -> str:
    """Return an output: a picture, an answer with its table, or plain words."""
    data = output.get("data", {})
    if "image/png" in data:
        source = f"data:image/png;base64,{data['image/png'].strip()}"
        alt = escape(alternative(output))
        return f'<figure class="scroll" tabindex="0"><img src="{source}" alt="{alt}"></figure>'
    if "text/html" in data:
        return boxed(data["text/html"])
    return f"<pre>{escape(output.get('text') or data['text/plain'])}</pre>"


def page(path: Path) -> tuple[str, str]:
    """Return the title of a notebook and its page."""
    notebook = nbformat.read(path, as_version=4)
    parts: list[str] = []
    for cell in notebook.cells:
        if cell.source.startswith(TWIN):
            continue
        parts += [text(cell)] if cell.cell_type == "markdown" else code(cell)
    heading = title(notebook)
    return heading, framed(heading, "\n".join(parts))


# ---- the first page ------------------------------------------------------------------------------


def index(titles: dict[str, str]) -> str:
    """Return the first page: every question with its answer in both languages, and all pages."""
    runs = {lang: run_notebook(FIRST, lang=lang) for lang in LANGUAGES}
    found = {}
    for lang, run in runs.items():
        with speaking(lang):  # what is said is chosen when it is shown
            contents = next(each for each in run.shown if isinstance(each, Contents))
            found[lang] = contents.table.reset_index()
    parts = [f"<h1>{both('site.title')}</h1>", f"<p>{both('site.about')}</p>"]
    parts += [f"<h2>{both('site.answers')}</h2>"]
    for lang, run in runs.items():
        parts.append(f'<p lang="{LANGUAGES[lang]}">{escape(borrower(run, lang))}</p>')
    rows = zip(*(table.itertuples(index=False) for table in found.values()), strict=True)
    parts.append(boxed(answers(list(rows))))
    links = (f'<li><a href="{name}.html">{escape(each)}</a></li>' for name, each in titles.items())
    parts += [f"<h2>{both('site.all')}</h2>", "<ol>", *links, "</ol>"]
    return framed(in_each("site.title")["en"], "\n".join(parts))


def answers(rows: list[tuple[Any, ...]]) -> str:
    """Return the table of questions and answers: a row holds each question in every language."""
    heads = "".join(f'<th scope="col">{both(f"column.{each}")}</th>' for each in HEADS)
    lines = []
    for row in rows:
        link = f'<a href="{row[0].notebook}.html">'
        question = spoken([f"{link}{escape(each.question)}</a>" for each in row])
        lines.append(
            f'<th scope="row">{question}</th><td>{spoken([escape(e.answer) for e in row])}</td>'
        )
    body = "\n".join(f"<tr>{each}</tr>" for each in lines)
    return (
        f'<table class="answers">\n<thead><tr>{heads}</tr></thead>\n<tbody>{body}</tbody></table>'
    )


def spoken(texts: list[str]) -> str:
    """Return a text in every language, a paragraph each."""
    pairs = zip(LANGUAGES.values(), texts, strict=True)
    return "".join(f'<p lang="{lang}">{each}</p>' for lang, each in pairs)


# ---- the site ------------------------------------------------------------------------------------


def framed(heading: str, body: str) -> str:
    """Return a whole page."""
    frame = Template((PAGES / "page.html").read_text(encoding="utf-8"))
    said = {"skip": both("site.skip"), "site": both("site.title"), "footer": both("site.no_advice")}
    return frame.substitute(said, title=escape(heading), body=linked(body))


def write(folder: Path) -> list[Path]:
    """Write all pages into a folder, and return them."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {path.stem: page(path) for path in sorted(NOTEBOOKS.glob("*.ipynb"))}
    pages = {name: html for name, (_, html) in made.items()}
    pages["index"] = index({name: heading for name, (heading, _) in made.items()})
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    shutil.copy(PAGES / "style.css", folder)
    return [folder / f"{name}.html" for name in pages]


def main(asked: list[str] | None = None) -> int:
    """Write the pages and say where they are."""
    parser = argparse.ArgumentParser(description="Make web pages of the notebooks.")
    parser.add_argument("folder", nargs="?", type=Path, default=SITE)
    written = write(parser.parse_args(asked).folder)
    print(f"{len(written)} pages; begin with {written[-1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
