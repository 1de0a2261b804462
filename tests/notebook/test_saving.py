"""The button under the sliders keeps what the reader gave, and asks before it overwrites."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pytest

from jiebei.answers import extend, repay_early
from jiebei.answers.shared.example import LOAN as SHARED
from jiebei.notebook import parameters
from jiebei.notebook.numbers.reading import read, read_text
from jiebei.notebook.numbers.saving import button, theirs
from jiebei.notebook.numbers.writing import write

LOAN = {"principal": 30_000, "daily_rate": 0.00045, "months": 18, "start": "2026-07-10"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Work in an empty folder, and leave no page behind."""
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    parameters._PAGE.clear()


def typed(example: Any, **values: Any) -> dict[str, Any]:
    cell = {**example, **values}
    parameters.read(cell, example)
    return cell


def pressed(box: widgets.VBox, name: int) -> str:
    keep, said, choice = box.children
    (keep, *choice.children)[name].click()
    return str(said.value)


def test_the_examples_own_numbers_are_nobodys(folder: Path) -> None:
    typed(extend.EXAMPLE)
    assert theirs({"extend_months": 6}, {"extend_months": 6}, read_text("")) == ({}, False)


def test_what_was_typed_or_moved_is_the_readers_and_the_loan_is_one_thing(folder: Path) -> None:
    typed(extend.EXAMPLE, principal="3万")
    found, _ = theirs({"extend_months": 9}, {"extend_months": 6}, read_text(""))
    loan = {name: extend.EXAMPLE[name] for name in ("daily_rate", "months", "method", "start")}
    assert found == loan | {"principal": 30_000, "extend_months": 9}


def test_what_was_fitted_is_not_the_readers(folder: Path) -> None:
    """A slider stands first where the page has fitted its example to the loan."""
    typed(repay_early.EXAMPLE, principal=5_000)
    found, _ = theirs({"repay_amount": 1_000}, {"repay_amount": 1_000}, read_text(""))
    assert "repay_amount" not in found


def test_what_is_left_of_a_loan_is_not_taken_for_all_of_it(folder: Path) -> None:
    text = "\n".join(f"{name} = {value!r}" for name, value in LOAN.items())
    numbers = read_text(text + "\nas_of = '2026-11-26'\nmethod = 'equal_principal'\n")
    rest = {"principal": 23_333.32, "months": 14, "start": "2026-11-10", "daily_rate": 0.00045}
    typed(SHARED, **rest, method="equal_principal")
    assert theirs({}, {}, numbers) == ({}, False)
    assert theirs({"months": 15}, {"months": 14}, numbers) == ({}, True)


def test_the_button_makes_the_file_and_asks_before_it_overwrites(folder: Path) -> None:
    cell = typed(extend.EXAMPLE, **LOAN)
    now = {"extend_months": cell["extend_months"]}
    box = button(lambda: now)
    assert "Written to my_numbers.toml" in pressed(box, 0)
    file = folder / "my_numbers.toml"
    assert LOAN.items() <= read(file).values.items()
    assert "Nothing to write" in pressed(box, 0)

    write(file, {"extend_months": 3})
    before = file.read_bytes()
    now["extend_months"] = 9
    asked = pressed(box, 0)
    assert "extend_months = 3" in asked
    assert box.children[2].layout.display == ""
    assert file.read_bytes() == before
    assert "Nothing to write" in pressed(box, 2)
    assert file.read_bytes() == before
    pressed(box, 0)
    assert "extend_months" in pressed(box, 1)
    assert read(file).values["extend_months"] == 9
    assert box.children[2].layout.display == "none"


def test_a_file_that_cannot_be_read_is_named_by_its_line_and_left(folder: Path) -> None:
    (folder / "my_numbers.toml").write_text("months = 99\n", encoding="utf-8")
    typed(extend.EXAMPLE, **LOAN)
    assert "my_numbers.toml, line 1: months=99" in pressed(button(dict), 0)
    assert (folder / "my_numbers.toml").read_text(encoding="utf-8") == "months = 99\n"


def test_what_the_page_has_found_out_goes_before_what_was_typed(folder: Path) -> None:
    typed(extend.EXAMPLE, principal=40_000, savings_rate=0.03)
    told = LOAN | {"method": "equal_principal", "day_count": "both_ends"}
    found, _ = theirs({}, {}, read_text(""), told)
    assert found == told | {"savings_rate": 0.03}
