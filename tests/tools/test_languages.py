"""What is not said in the language of its page is found, and what may stand there is not."""

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools.languages import foreign


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
        ("zh", "见 [全部的表](../../data/one of them.csv)，点 Run All Cells。", False),
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
