"""Write what the READMEs show of the suite: the answers at the default numbers, and a picture.

    python -m tools.readme            write them
    python -m tools.readme --check    only look

Both come from the first notebook of a language, run here and now: its tables of questions and
answers go between the marks of the README in that language, the chart of its ways into docs/.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from PIL import Image

from jiebei.answers.start_here.verdict import Contents
from jiebei.language import words
from jiebei.language.chosen import speaking
from tests.helpers.notebook_runner import Run, run_notebook
from tests.helpers.texts import seen
from tools.stored import SETS, store

HERE = Path(__file__).resolve().parent.parent
FIRST = "00_start_here"
PAGES = {"en": ("README.md", "docs/answer.png"), "zh": ("README.zh.md", "docs/answer_zh.png")}
HEADS = {"en": ("question", "answer", "notebook"), "zh": ("问题", "答案", "笔记本")}
PICTURE, ANSWERS = "picture", "answers"
CHART = 1  # of the page; the one before shows the loan alone


def between(page: str, name: str, text: str) -> str:
    """Return the page with a text between the marks of a name, which stay.

    Examples
    --------
    >>> between("a <!-- x -->old<!-- /x --> b", "x", "new")
    'a <!-- x -->new<!-- /x --> b'
    """
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}{text}{end}{after}"


def questions(run: Run, lang: str) -> pd.DataFrame:
    """Return every question with its answer and its notebook."""
    with speaking(lang):
        return pd.concat([each.table for each in run.shown if isinstance(each, Contents)])


def table(run: Run, lang: str) -> str:
    """Return the table of questions and answers as Markdown, with links to the set it is from."""
    folder = SETS[lang].relative_to(SETS["en"].parent).as_posix()
    rows = [HEADS[lang], ("---",) * 3]
    for question, row in questions(run, lang).iterrows():
        link = f"[{row['notebook']}]({folder}/{row['notebook']}.ipynb)"
        rows.append((f"**{question}**", str(row["answer"]), link))
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"\n{borrower(run, lang)}\n\n{lines}\n\n"


def borrower(run: Run, lang: str) -> str:
    """Say whose numbers these are."""
    given = run.namespace
    with speaking(lang):
        return words.say(
            "answer.start_here.borrower",
            principal=words.yuan(given["principal"], 0),
            months=words.count(given["months"], "month"),
            rate=words.percent(given["daily_rate"]),
            repaid=words.yuan(given["repay_amount"], 0),
            repay_day=words.day(given["repay_on"]),
            again_day=words.day(given["reborrow_on"]),
            savings=words.percent(given["savings_rate"], 0),
            cash=words.yuan(given["cash_in_hand"], 0),
            surplus=words.yuan(given["monthly_surplus"], 0),
            cash_then=words.yuan(given["cash_then"], 0),
            surplus_then=words.yuan(given["surplus_then"], 0),
        )


def words_on(run: Run) -> str:
    """Return what is written on the chart: the picture is right if its words are."""
    return "\n".join(text for text, _ in seen(run.figures[CHART]))


def described(picture: Path) -> str:
    """Return the words that were on a chart when it was stored."""
    with Image.open(picture) as image:
        return str(image.info.get("Description"))


def pages() -> Iterator[tuple[Path, str, Path, Run]]:
    """Yield each README, its text as it should be, its picture, and the run they come from."""
    for lang, (page, picture) in PAGES.items():
        run = run_notebook(FIRST, lang=lang)
        (title,) = (each.get_title() for each in run.figures[CHART].axes)
        text = (HERE / page).read_text(encoding="utf-8")
        text = between(text, PICTURE, f"\n![{title}]({picture})\n")
        yield HERE / page, between(text, ANSWERS, table(run, lang)), HERE / picture, run


def faults() -> list[str]:
    """Return, in words, what is out of date."""
    found = []
    for page, text, picture, run in pages():
        if page.read_text(encoding="utf-8") != text:
            found.append(f"{page.name}: its answers are out of date")
        if not picture.exists() or described(picture) != words_on(run):
            found.append(f"{picture.name}: the picture is out of date")
    return found


def write() -> None:
    """Write READMEs and pictures; nothing that depends on the day or the machine goes into them."""
    for page, text, picture, run in pages():
        store(page, text)
        picture.parent.mkdir(exist_ok=True)
        metadata = {"Description": words_on(run), "Software": None}
        run.figures[CHART].savefig(picture, dpi=150, metadata=metadata)


def main(asked: list[str] | None = None) -> int:
    """Write or check; return 1 if something is out of date."""
    parser = argparse.ArgumentParser(description="Keep the READMEs true.")
    parser.add_argument("--check", action="store_true", help="only look")
    if not parser.parse_args(asked).check:
        write()
    found = faults()
    for sentence in found:
        print(f"{sentence}; run python -m tools.readme", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
