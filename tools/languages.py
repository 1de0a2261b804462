"""Find on a stored page what is not said in its own language.

An English page may name a term of the app in brackets, (提前还款), or in a column of its own. A
Chinese page may hold names in Latin letters, but no three such words in a row; a parameter stands
in brackets behind what it is called: 借款本金（`principal`）.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from nbformat import NotebookNode

from jiebei.notebook.rules import rules

HAN = re.compile(r"[\u3400-\u9fff]")
BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]")
QUOTED = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)  # code, and what is typed as it stands
TARGETS = re.compile(r"\]\([^)]*\)|<!--.*?-->|https?://\S+", re.DOTALL)
TAGS = re.compile(r"<style.*?</style>|<code>.*?</code>|<[^>]*>", re.DOTALL)
LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]*(?:[ ,.;:]+[A-Za-z][A-Za-z'’-]*){2,}")
LETTER = re.compile("[A-Za-z]")
NAME = re.compile(r"(?<![A-Za-z0-9_.\[/-])[a-z]+(?:_[a-z]+)*(?![A-Za-z0-9_.(\]-])")
IS_CALLED = re.compile("[\u3400-\u9fff」]（$")
CODE = re.compile("`([^`]*)`")
LINES = re.compile(r"\{[^{}]*\}|\"[^\"]*\"|'[^']*'|[a-z_]+ = ")  # values, and what is to be typed


def foreign(notebook: NotebookNode, lang: str) -> Iterator[str]:
    """Yield, in words, what a reader of the one language meets in the other."""
    for cell in notebook.cells:
        for text in said(cell):
            for found in FOREIGN[lang](text):
                yield f"cell {cell.id} is not in the language of its page: {found}"
        if lang == "zh" and cell.cell_type == "markdown":
            for found in uncalled(cell.source):
                yield f"cell {cell.id} does not say what it is called: {found}"


def said(cell: NotebookNode) -> Iterator[str]:
    """Yield the texts of a cell: its own, or its comments in a grey cell, and what it shows."""
    if cell.cell_type == "markdown":
        yield TARGETS.sub("]", QUOTED.sub("", cell.source))
        return
    if "parameters" in cell.metadata.get("tags", []):
        yield from re.findall(r"^[a-z_]+ = .*?  # (.*)$", cell.source, re.MULTILINE)
    for output in cell.outputs:
        yield from _shown(output)


def _shown(output: NotebookNode) -> Iterator[str]:
    """Yield the texts of an output: printed, a table, the words of a picture."""
    data = output.get("data", {})
    if "text/html" in data:
        yield unescape(TAGS.sub("\n", data["text/html"]))
    elif "image/png" not in data:
        yield str(output.get("text") or data.get("text/plain", ""))
    yield str(output.get("metadata", {}).get("image/png", {}).get("alt", ""))


def _chinese(text: str) -> Iterator[str]:
    """Yield the lines of an English text with Chinese in them, but for the terms of the app."""
    for line in text.splitlines():
        if HAN.search(line if line.startswith("#") else _without_terms(line)):
            yield line.strip()


def _without_terms(line: str) -> str:
    """Return a line without what stands in brackets, or alone in a column."""
    plain = BRACKETS.sub("", BRACKETS.sub("", line))
    if not plain.startswith("|"):
        return plain
    return "|".join(each for each in plain.split("|") if LETTER.search(each))


def _english(text: str) -> Iterator[str]:
    """Yield three and more Latin words in a row."""
    yield from LATIN.findall(text)


def uncalled(text: str) -> Iterator[str]:
    """Yield the parameters in a Chinese text that do not stand behind what they are called.

    Examples
    --------
    >>> list(uncalled("填上借款本金（`principal`）和 `start`，像 `months = 12` 那样。"))
    ['start']
    """
    plain = CODE.sub(lambda code: code[1] if code[1] in rules() else "", TARGETS.sub("]", text))
    plain = LINES.sub("", plain)
    for found in NAME.finditer(plain):
        if found[0] in rules() and not IS_CALLED.search(plain[: found.start()]):
            yield found[0]


FOREIGN = {"en": _chinese, "zh": _english}
