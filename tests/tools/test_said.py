"""What is written down of the pages: a sentence a line, long tables cut, charts by their words."""

import matplotlib.pyplot as plt
import pytest

from tests.helpers.edges import EDGES, TOLD
from tests.helpers.notebook_runner import Run
from tools.said import LANGUAGES, said, told


def run(*written: str, printed: str = "") -> Run:
    return Run(written=list(written), printed=printed)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("It costs ¥1.50 in all. ¥2 more is paid. Keep it.", 3),
        ('Repay it. "Settle" is best; see https://a.b/c.', 2),
        ("See art. 25, and instalment no. 2.", 1),
        ("多付¥1.50。不划算。", 2),
        ("他说「不行。」就走了。", 1),
    ],
)
def test_a_sentence_stands_on_a_line_of_its_own(text: str, lines: int) -> None:
    assert said(run(text)).count("\n") + 1 == lines


def test_a_long_table_is_cut_and_blanks_are_two() -> None:
    table = "\n".join(f"{n}      ¥{n}.00" for n in range(30))
    assert said(run(table)).splitlines() == [
        *(f"{n}  ¥{n}.00" for n in range(5)),
        "…",
        "28  ¥28.00",
        "29  ¥29.00",
    ]


def test_what_is_said_twice_or_as_html_is_written_once() -> None:
    assert said(run("Yes.", "<p>Yes.</p>", "Yes.", printed="No.\n")) == "No.\n\nYes."


def test_a_chart_is_its_words_and_the_reach_of_its_axes() -> None:
    ax = plt.figure().add_subplot(xlim=(0, 36), ylim=(-1_234.56, 9))
    ax.set_title("It\nfalls")
    ax.text(3, 1, "here")
    found = Run(figures=[ax.figure])  # type: ignore[list-item]
    assert said(found) == "[here | It falls\nx 0 to 36, y -1234.6 to 9"


def test_the_first_edges_are_told_in_both_languages_by_turns() -> None:
    for name, edges in EDGES.items():
        assert [edge for edge, _ in told(name)] == edges[:TOLD]
        assert [lang for _, lang in told(name)] == [*LANGUAGES, *LANGUAGES]
