"""What the table of parameters says stands in the grey cells and in the documentation."""

from tools import parameters
from tools.stored import NOTEBOOKS


def test_the_cells_and_the_documentation_say_what_the_table_says() -> None:
    assert [path.name for path in parameters.outdated()] == []


def test_every_line_of_a_grey_cell_has_its_comment() -> None:
    """The tool finds each of them; a line that it passed over would keep an old range."""
    text = parameters.DOCS.read_text(encoding="utf-8")
    assert text.count("\n| `") == len(parameters.rules())


def test_a_comment_that_says_something_else_is_found_and_put_right() -> None:
    cell = 'months = 6  # 1 to 99\nlate_loans = [  # old\n    {"name": "A"},  # mine\n]\nx = 1  # y'
    put_right = parameters.with_comments(cell, "overdue", "zh")
    assert "99" not in put_right
    assert "  # 1到4笔没还的借款" in put_right
    assert put_right.endswith('    {"name": "A"},  # mine\n]\nx = 1  # y')


def test_a_page_is_named_like_its_folder() -> None:
    rooms = NOTEBOOKS.parent / "jiebei" / "answers"
    assert all((rooms / parameters.page_of(path)).is_dir() for path in NOTEBOOKS.glob("*.ipynb"))
