"""What is not said in the language of its page is found, and what may stand there is not."""

import csv

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from jiebei.language.table import files
from tools.languages import foreign, uncalled


def found(lang: str, cell: NotebookNode) -> list[str]:
    return list(foreign(new_notebook(cells=[cell]), lang))


GREY = {"tags": ["parameters"]}


@pytest.mark.parametrize(
    ("lang", "text", "wrong"),
    [
        ("en", "Repay early (提前还款) in part（部分）, or keep to the plan.", False),
        ("en", "| all at the end | 到期一次还本付息 (一次还清) | nothing until then |", False),
        ("en", "Type `3万` or `先息后本`.", False),
        ("en", "Repay early 提前还款 in part.", True),
        ("en", "| all at the end 到期一次还本付息 | nothing until then |", True),
        ("en", "## Repay early (提前还款)", True),
        ("zh", "用 `repay early now please` 这样的写法，IRR、LPR 都可以。", False),
        ("zh", "见 [全部的表](../../data/one of them.csv)。", False),
        ("zh", "工具：Excel、ICS calendar。", False),
        ("zh", "先 repay it early 再说。", True),
        ("zh", "## What this leaves out", True),
    ],
)
def test_a_text_in_another_language_is_found(lang: str, text: str, wrong: bool) -> None:
    assert bool(found(lang, new_markdown_cell(text))) == wrong


@pytest.mark.parametrize(
    ("lang", "cell"),
    [
        ("en", new_code_cell("months = 12  # 期数", metadata=GREY)),
        ("zh", new_code_cell("months = 12  # term of the loan", metadata=GREY)),
        ("en", new_code_cell("1", outputs=[new_output("stream", text="共1期")])),
        ("zh", new_code_cell("1", outputs=[new_output("stream", text="All 3 checks hold well.")])),
        ("zh", new_code_cell("1", outputs=[
            new_output("display_data", {"text/html": "<td>term of the loan</td>"})])),
        ("zh", new_code_cell("1", outputs=[new_output(
            "display_data", {"image/png": "A"},
            metadata={"image/png": {"alt": "repay early: more is left"}})])),
    ],
)  # fmt: skip
def test_comments_of_the_grey_cell_outputs_and_pictures_are_looked_at(
    lang: str, cell: NotebookNode
) -> None:
    assert len(found(lang, cell)) == 1


def test_comments_of_other_code_are_code() -> None:
    assert found("zh", new_code_cell("holds(left == 0)  # nothing is left over")) == []


def test_a_chinese_text_says_what_a_parameter_is_called() -> None:
    assert found("zh", new_markdown_cell("把还过的钱（`paid`）填上。")) == []
    (told,) = found("zh", new_markdown_cell("把还过的钱填进 `paid`。"))
    assert told.endswith("does not say what it is called: paid")


FOR_READERS = ("answers", "life", "notebook", "charts")  # the rest is said to who writes Python
A_LINE_TO_TYPE = ("mine.made", "numbers.", "error.numbers_line", "typed.")


def test_whatever_is_said_in_chinese_says_what_a_parameter_is_called() -> None:
    package = files()[0].parents[[each.name for each in files()[0].parents].index("jiebei")]
    said = 0
    for file in files():
        if file.relative_to(package).parts[0] not in FOR_READERS:
            continue
        with file.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                if not row["key"].startswith(A_LINE_TO_TYPE):
                    assert list(uncalled(row["zh"])) == [], row["key"]
                    said += 1
    assert said > 2000


def test_code_within_an_output_is_code() -> None:
    html = "<p>计算用到：<code>jiebei.life.credit.years()</code></p>"
    shown = new_output("display_data", {"text/html": html})
    assert found("zh", new_code_cell("1", outputs=[shown])) == []
