"""Let the tables of a web page fit a wide screen, and be of use on a narrow one."""

from __future__ import annotations

import re
from html import unescape

from jiebei.language.words import say

FIGURE, SENTENCES = 20, 250  # so many letters are no sentence yet, or several; Chinese count twice
MANY = 9  # columns, from which on they stand closer together
ROW = re.compile(r"<tr.*?</tr>", re.DOTALL)
CELL = re.compile(r"<(t[hd])((?: [^>]*)?)>(.*?)</\1>", re.DOTALL)


def boxed(html: str) -> str:
    """Return the HTML with each table in a box that scrolls by itself, also with the keyboard."""
    box = f'<div class="scroll" tabindex="0" role="region" aria-label="{say("site.table")}">'
    html = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL).replace(' border="1"', "")
    html = re.sub(r"<table.*?</table>", lambda found: with_words(found[0]), html, flags=re.DOTALL)
    return html.replace("<table", f"{box}<table").replace("</table>", "</table></div>")


def with_words(table: str) -> str:
    """Return a table whose columns of words are marked: they wrap, figures do not; so are many.

    Columns are counted from the right, where every row has a cell in each.

    Examples
    --------
    >>> print(with_words("<table><tr><th>fee</th></tr><tr><td>¥1.50</td></tr></table>"))
    <table><tr><th>fee</th></tr><tr><td>¥1.50</td></tr></table>
    >>> print(with_words("<table><tr><td>what your app calls it</td><td>¥1.50</td></tr></table>"))
    <table><tr><td class="words">what your app calls it</td><td>¥1.50</td></tr></table>
    """
    rows = [CELL.findall(row)[::-1] for row in ROW.findall(table)]
    longest: dict[int, int] = {}
    for row in rows:
        if any(tag == "td" for tag, _, _ in row):
            for place, (_, _, content) in enumerate(row):
                longest[place] = max(length(content), longest.get(place, 0))
    table = ROW.sub(lambda row: _marked(row[0], longest), table)
    many = max(map(len, rows), default=0) >= MANY
    return table.replace('class="dataframe"', 'class="dataframe many"') if many else table


def _marked(row: str, longest: dict[int, int]) -> str:
    """Return a row whose cells in the columns of words are marked as such."""
    last = len(CELL.findall(row)) - 1
    places = iter(range(last, -1, -1))

    def mark(cell: re.Match[str]) -> str:
        tag, attributes, content = cell.groups()
        size = longest.get(next(places), 0)
        kind = "words sentences" if size > SENTENCES else "words"
        attributes += f' class="{kind}"' if size > FIGURE else ""
        return f"<{tag}{attributes}>{content}</{tag}>"

    return CELL.sub(mark, row)


def length(content: str) -> int:
    """Return how much room the content of a cell needs in one line.

    Examples
    --------
    >>> length("<strong>fee</strong>"), length("手续费")
    (3, 6)
    """
    letters = unescape(re.sub(r"<[^>]*>", "", content)).strip()
    return sum(2 if each >= "⺀" else 1 for each in letters)
