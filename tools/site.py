"""Make web pages of the notebooks: to read and to print, with nothing to install or to load.

    python -m tools.site            write them into the folder site
    python -m tools.site FOLDER     write them into another folder

A page shows what is stored in its notebook; the English ones lie in en/, the Chinese ones in zh/,
each leads to its twin, and the door to both, index.html, opens those of the browser's language.
Charts keep their finding as alternative text.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pandas as pd
from nbconvert.filters import markdown2html
from nbformat import NotebookNode

from jiebei.language.chosen import speaking
from jiebei.language.table import language
from jiebei.language.words import say
from start import system_language
from tests.helpers.notebook_runner import run_notebook
from tools.frames import LANGUAGES, PAGES, image, template
from tools.navigation import MARK, OTHER, TWIN, title
from tools.readme import FIRST, borrower, questions
from tools.stored import LIVE, PARAMETERS, SETS, pages, read, tags
from tools.wide import boxed

SITE = Path(__file__).resolve().parent.parent / "site"
TWINS = {"en": "zh", "zh": "en"}
HEADS = ("question", "answer")

# Chinese words, where they stand between tags and not in one.
CHINESE = re.compile(r"[一-鿿]+(?:[，、][一-鿿]+)*(?=[^<>]*(?:<|$))")


# ---- a notebook ----------------------------------------------------------------------------------


def linked(html: str) -> str:
    """Return the HTML with links to pages instead of notebooks.

    Examples
    --------
    >>> linked('<a href="01_methods.ipynb#The-answer">')
    '<a href="01_methods.html#The-answer">'
    """
    return re.sub(r'(href="[^":]*)\.ipynb(["#])', r"\1.html\2", html)


def marked(html: str) -> str:
    """Return the HTML of an English page with the Chinese terms on it marked as Chinese.

    Examples
    --------
    >>> print(marked('<p title="展期">extend (展期)</p>'))
    <p title="展期">extend (<span lang="zh-Hans">展期</span>)</p>
    """
    return CHINESE.sub(rf'<span lang="{LANGUAGES["zh"]}">\g<0></span>', html)


def text(cell: NotebookNode) -> str:
    """Return a cell of text; the links to the neighbours are marked as such."""
    if cell.source.startswith(TWIN):
        return ""  # every page has this link above
    html = boxed(re.sub(r'<a class="anchor-link".*?</a>', "", markdown2html(cell.source)))
    return f"<nav>{html}</nav>" if cell.source.startswith(MARK) else html


def code(cell: NotebookNode, before: list[str]) -> Iterator[str]:
    """Yield what a cell of code shows; its source is folded, but for the numbers that it sets.

    What cells without an output leave in `before` is folded together with the next one.
    """
    if PARAMETERS in tags(cell):
        yield from folded(before)
        yield folded_as("site.numbers", [cell.source], " open")
    elif LIVE in tags(cell):
        yield f'<p class="note">{escape(say("site.sliders"))}</p>'
    else:
        before.append(cell.source)
        if cell.outputs:
            yield from folded(before)
        yield from map(shown, cell.outputs)


def folded(sources: list[str]) -> Iterator[str]:
    """Yield sources folded into one, and take them off the list."""
    if sources:
        yield folded_as("site.code", sources)
    sources.clear()


def folded_as(key: str, sources: list[str], state: str = "") -> str:
    """Return sources under a line that opens them."""
    lines = escape("\n\n".join(sources))
    summary = f"<summary>{escape(say(key))}</summary>"
    return f"<details{state}>{summary}<pre><code>{lines}</code></pre></details>"


def shown(output: NotebookNode) -> str:
    """Return an output: a picture, an answer with its table, or plain words."""
    data = output.get("data", {})
    if "image/png" in data:
        return f'<figure class="scroll" tabindex="0">{image(output)}</figure>'
    if "text/html" in data:
        return boxed(data["text/html"])
    return f"<pre>{escape(output.get('text') or data['text/plain'])}</pre>"


def page(notebook: NotebookNode, name: str) -> str:
    """Return the page of a notebook, in the language in use."""
    parts: list[str] = []
    before: list[str] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts += [*folded(before), text(cell)]
        else:
            parts += code(cell, before)
    return framed(title(notebook), name, "\n".join(parts))


# ---- the first page of a language ----------------------------------------------------------------


def index(titles: dict[str, str]) -> str:
    """Return every question with its answer, and the list of all pages."""
    run = run_notebook(FIRST, lang=language())
    heading = say("site.title")
    links = (f'<li><a href="{name}.html">{escape(each)}</a></li>' for name, each in titles.items())
    parts = [f"<h1>{escape(heading)}</h1>", f"<p>{escape(say('site.about'))}</p>"]
    parts += [f"<h2>{escape(say('site.answers'))}</h2>"]
    parts += [
        f"<p>{escape(borrower(run, language()))}</p>",
        boxed(answers(questions(run, language()))),
    ]
    parts += [f"<h2>{escape(say('site.all'))}</h2>", "<ol>", *links, "</ol>"]
    return framed(heading, "index", "\n".join(parts))


def answers(table: pd.DataFrame) -> str:
    """Return the table of questions and answers."""
    heads = "".join(f'<th scope="col">{escape(say(f"column.{each}"))}</th>' for each in HEADS)
    lines = []
    for each in table.reset_index().itertuples():
        link = f'<a href="{each.notebook}.html">{escape(str(each.question))}</a>'
        lines.append(f'<tr><th scope="row">{link}</th><td>{escape(str(each.answer))}</td></tr>')
    body = "\n".join(lines)
    return (
        f'<table class="answers">\n<thead><tr>{heads}</tr></thead>\n<tbody>{body}</tbody></table>'
    )


# ---- the site ------------------------------------------------------------------------------------


def framed(heading: str, name: str, body: str) -> str:
    """Return a whole page, in the language in use, with the way to its twin."""
    lang, body = language(), linked(body)
    twin = TWINS[lang]
    said = {each: escape(say(f"site.{each}")) for each in ("skip", "title", "no_advice")}
    return template("page.html").substitute(
        said,
        lang=LANGUAGES[lang],
        heading=escape(heading),
        body=marked(body) if lang == "en" else body,
        twin=f"../{twin}/{name}.html",
        twin_lang=LANGUAGES[twin],
        twin_name=OTHER[lang],
    )


def door() -> str:
    """Return the page that opens those in the language of the browser, and names both."""
    names = {}
    for lang in LANGUAGES:
        with speaking(lang):
            names[lang] = escape(say("site.title"))
    return template("door.html").substitute(names)


def one_language(lang: str) -> dict[str, str]:
    """Return all pages in a language, by their names."""
    with speaking(lang):
        notebooks = {path.stem: read(path) for path in pages(SETS[lang])}
        made = {name: page(notebook, name) for name, notebook in notebooks.items()}
        return made | {"index": index({name: title(each) for name, each in notebooks.items()})}


def write(folder: Path) -> list[Path]:
    """Write all pages into a folder, and return them, the door first."""
    made = {folder / "index.html": door()}
    for lang in LANGUAGES:
        named = one_language(lang).items()
        made |= {folder / lang / f"{name}.html": html for name, html in named}
    for path, html in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8")
    shutil.copy(PAGES / "style.css", folder)
    return list(made)


def main(asked: list[str] | None = None) -> int:
    """Write the pages and say where they are."""
    parser = argparse.ArgumentParser(description="Make web pages of the notebooks.")
    parser.add_argument("folder", nargs="?", type=Path, default=SITE)
    written = write(parser.parse_args(asked).folder)
    with speaking(system_language()):
        print(say("site.written", n=len(written), path=written[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
