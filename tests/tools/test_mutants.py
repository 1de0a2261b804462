"""Small faults: made in one place, of every kind, never in what says and never in the tree."""

import ast
import re
from pathlib import Path

import pytest

from tools.mutants import (
    FAILED,
    KINDS,
    ROOT,
    Fault,
    drawn,
    faults,
    shown_on,
    stands_on,
    watched_by,
)

HERE = Path("jiebei/compare/goals.py")


def made(source: str) -> dict[str, str]:
    """Return each fault of a source, by what it makes of it."""
    return {
        each.made(source.encode()).decode(): each.kind for each in faults(source.encode(), HERE)
    }


@pytest.mark.parametrize(
    ("right", "wrong", "kind"),
    [
        ("a < b", "(a <= b)", "comparison"),
        ("a not in b", "(a in b)", "comparison"),
        ("利息 + b", "(利息 - b)", "arithmetic"),
        ("a // b", "(a * b)", "arithmetic"),
        ("a and b", "(a or b)", "logic"),
        ("x = 9", "x = 10", "constant"),
        ("x = 0.5", "x = 1.0", "constant"),
        ("x = True", "x = False", "constant"),
        ("save(a)", "pass", "removed"),
        ("a[0] += b", "pass", "removed"),
        ("a[k] = b", "pass", "removed"),
        ("-a", "a", "sign"),
        ("not a", "a", "sign"),
        ("x = a if b else c", "x = (c if b else a)", "condition"),
        ("if a:\n    b", "if (not a):\n    b", "condition"),
        ("x = np.where(a, b, c)", "x = (np.where(a, c, b))", "branches"),
        ("x = max(a)", "x = min(a)", "extreme"),
        ("x = a.any()", "x = a.all()", "extreme"),
    ],
)
def test_a_fault_changes_one_place(right: str, wrong: str, kind: str) -> None:
    assert made(right)[wrong] == kind


def test_every_kind_has_been_tried() -> None:
    tried = test_a_fault_changes_one_place.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {kind for _, _, kind in tried} == set(KINDS)


@pytest.mark.parametrize(
    "source",
    [
        '"""Of 3 words."""',
        "x: int | None = y",
        "def f(x: int | str) -> int | None: ...",
        "@lru_cache(32)\ndef f(): ...",
        'raise JiebeiError("error.key", text=f"{3}")',
        "x = [a, 'b']",
        "if TYPE_CHECKING:\n    import a",
        "x = zip(a, b, strict=True)",
        "a < FEN",  # an amount is never half a fen: <= would be the same
    ],
)
def test_words_types_and_memory_are_left_alone(source: str) -> None:
    assert made(source) == {}


def test_half_a_fen_more_is_no_amount_either() -> None:
    assert {*made("a > b + FEN").values()} == {"arithmetic"}


def test_every_fault_of_the_package_is_python_and_not_what_it_was() -> None:
    for file in (ROOT / "jiebei" / "loan" / "loan.py", ROOT / HERE):
        source = file.read_bytes()
        for each in faults(source, HERE):
            wrong = ast.parse(each.made(source))
            assert ast.dump(wrong) != ast.dump(ast.parse(source)), each


def test_what_is_drawn_is_the_same_again_even_and_on_lines_of_its_own() -> None:
    found = list(faults((ROOT / HERE).read_bytes(), HERE))
    chosen = drawn(found, 12, seed=4)
    assert chosen == drawn(found, 12, seed=4)
    assert chosen != drawn(found, 12, seed=5)
    assert len({each.line for each in chosen}) == 12
    assert len({each.kind for each in chosen[:6]}) == 6


@pytest.mark.parametrize(
    ("module", "first"),
    [
        ("jiebei/compare/goals.py", ["tests/compare/test_goals.py"]),
        ("jiebei/engine/decisions/early.py", ["tests/engine/test_block.py"]),
        (
            "jiebei/answers/grace/days.py",
            ["tests/answers/test_grace.py", "tests/truth/test_grace.py"],
        ),
        ("jiebei/answers/many_lenders/how.py", ["tests/answers/test_how.py"]),
        ("jiebei/answers/shared/verdicts.py", ["tests/answers/test_verdicts.py"]),
        ("jiebei/answers/shared/by_cash.py", ["tests/answers/test_at_a_glance.py"]),
    ],
)
def test_a_module_is_held_to_its_examples_and_the_tests_of_its_folder(
    module: str, first: list[str]
) -> None:
    assert watched_by(Path(module), ROOT)[: 1 + len(first)] == [module, *first]


@pytest.mark.parametrize(
    ("module", "pages"),
    [
        ("jiebei/compare/goals.py", []),
        ("jiebei/answers/grace/days.py", ["notebooks/06_grace.ipynb"]),
        ("jiebei/answers/shared/countable.py", ["notebooks/08_negotiate.ipynb"]),
        (
            "jiebei/answers/shared/verdicts.py",
            ["notebooks/00_start_here.ipynb", "notebooks/01_methods.ipynb"],
        ),
    ],
)
def test_an_answer_is_held_to_what_its_pages_have_stored(module: str, pages: list[str]) -> None:
    held = shown_on(Path(module), ROOT)
    assert held[1:] == [pages] * bool(pages)
    assert all(Path(page).stem in held[0][-1] for page in pages)


def test_the_cells_of_a_page_are_one_test() -> None:
    said = "FAILED tests/a.py::test_b[1-2] - assert\nFAILED notebooks/06_grace.ipynb::Cell 3"
    assert re.findall(FAILED, said, re.MULTILINE) == [
        "tests/a.py::test_b[1-2]",
        "notebooks/06_grace.ipynb",
    ]


def test_what_they_miss_in_the_core_is_held_to_the_tests_of_the_whole_core() -> None:
    beside = stands_on(Path("jiebei/loan/loan.py"))
    assert {"jiebei/loan", "jiebei/engine", "tests/engine", "tests/compare"} <= set(beside)
    assert "tests/loan" not in beside  # it was run before
    assert all((ROOT / each).exists() for each in beside)
    assert stands_on(Path("jiebei/answers/shared/by_cash.py")) == []


def test_a_fault_is_shown_on_one_line() -> None:
    fault = Fault(HERE, 7, "sign", 0, 2, "-a", "a")
    assert str(fault) == "jiebei/compare/goals.py:7  sign:  -a  ->  a"
