"""What the web pages and the report share: frames to fill, languages, pictures within the page."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from nbformat import NotebookNode

from tools.stored import alternative

PAGES = Path(__file__).resolve().parent / "pages"
LANGUAGES = {"en": "en", "zh": "zh-Hans"}  # as HTML calls them


def template(name: str) -> Template:
    """Return a page with places to fill."""
    return Template((PAGES / name).read_text(encoding="utf-8"))


def image(output: NotebookNode) -> str:
    """Return a picture that is part of its page, with its words for those who do not see it."""
    source = f"data:image/png;base64,{output['data']['image/png'].strip()}"
    return f'<img src="{source}" alt="{escape(alternative(output))}">'
