"""The first page: every sentence reached, and every answer the one that its notebook gives."""

from collections.abc import Iterator
from typing import Any

import pytest

import jiebei as jb
from jiebei.answers import start_here
from jiebei.language.errors import JiebeiError
from jiebei.language.words import say
from jiebei.notebook.answer import Answer
from tests.helpers.notebook_runner import parameters, run_notebook

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
CASH = jb.Cash(25_000, 5_000, "2026-12-01")
WAYS = {
    "as agreed": LOAN,
    "shorten": LOAN.prepay(20_000, on="2027-03-01", then="shorten"),
    "extend": LOAN.extend(6, on="2027-06-01"),
}


@pytest.fixture(params=["en", "zh"])
def lang(request: pytest.FixtureRequest) -> Iterator[str]:
    jb.use(request.param)
    yield request.param
    jb.use("en")


@pytest.mark.parametrize(
    ("ways", "savings_rate", "cash", "says"),
    [
        (
            WAYS,
            0.02,
            CASH,
            'Of the 3 ways, "shorten" leaves you best off: ¥1,577 more than "as agreed" by '
            "2028-06-01.",
        ),
        (
            {name: WAYS[name] for name in ("as agreed", "extend")},
            0.02,
            CASH,
            'Of the 2 ways, "as agreed" leaves you best off: "extend", the next best, leaves ¥997 '
            "less by 2028-06-01.",
        ),
        (
            WAYS,
            0.02,
            jb.Cash(15_000, 5_000, "2026-12-01"),
            'Of the 3 ways, "as agreed" leaves you best off: "extend", the next best, leaves ¥997 '
            "less by 2028-06-01. More than your cash can carry: "
            '"shorten" (¥3,509 short on 2027-03-01).',
        ),
        (
            WAYS,
            0.02,
            jb.Cash(10_000, 3_500, "2026-12-01"),
            'Of the 3 ways, your cash can carry only "extend". More than your cash can carry: "as '
            'agreed" (¥2,037 short on 2027-12-01); "shorten" (',
        ),
        (
            WAYS,
            0.02,
            jb.Cash(0, 0, "2026-12-01"),
            'Your cash can carry none of them: even with "shorten" you are ¥52,245 short',
        ),
        (
            {"as agreed": LOAN, "also": LOAN, "settle": LOAN.settle(on=0)},
            0.0,
            jb.Cash(51_000, 5_000, "2026-12-01"),
            'Of the 3 ways, "settle" leaves you best off: ¥4,017 more than "as agreed"',
        ),
        (
            {"as agreed": LOAN, "also": LOAN, "extend": WAYS["extend"]},
            0.02,
            CASH,
            'Of the 3 ways, "as agreed" and "also" leave you equally well off.',
        ),
        (
            {"as agreed": LOAN, "also": LOAN},
            0.02,
            CASH,
            "Of the 2 ways, all that your cash can carry leave you equally well off.",
        ),
    ],
)
def test_the_verdict(
    lang: str, ways: dict[str, jb.Loan], savings_rate: float, cash: jb.Cash, says: str
) -> None:
    answer = start_here.answer(ways, savings_rate, cash)
    if lang == "zh":
        assert answer.headline.endswith("。")
        return
    assert answer.headline.startswith(says)
    title = start_here.chart(answer).get_title()
    assert answer.headline.startswith(f"{title}.")


@pytest.mark.parametrize(
    ("ways", "says"),
    [
        (WAYS, "First free of debt: shorten, on 2027-08-01; last: extend, on 2028-06-01"),
        ({"as agreed": LOAN, "also": LOAN}, "All are free of debt on 2027-12-01"),
    ],
)
def test_who_is_free_of_debt_first(lang: str, ways: dict[str, jb.Loan], says: str) -> None:
    title = start_here.balance(ways).get_title()
    assert title == says if lang == "en" else title


def test_a_question_leads_to_its_notebook() -> None:
    found = Answer("First <one>. Second. Third costs ¥1.50.", LOAN.cashflows())
    contents = start_here.questions({"methods": found, "reborrow": found})
    assert contents.table["answer"].tolist() == ["Third costs ¥1.50.", "First <one>."]
    html = contents._repr_html_()
    assert '<a href="05_reborrow.ipynb">05_reborrow</a>' in html
    assert "First &lt;one&gt;." in html
    assert "2 questions, answered for your numbers." in repr(contents)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_answer_is_that_of_its_notebook(language: str) -> None:
    """Same question, same borrower: the same figures on the first page as in the notebook."""
    given = run_notebook("00_start_here", lang=language).namespace
    for key, found in (given["answers"] | given["others"]).items():
        notebook = run_notebook(start_here.QUESTIONS[key].notebook, lang=language)
        assert found.headline in [each.headline for each in notebook.answers], key


def test_all_questions_are_answered() -> None:
    contents = [
        each
        for each in run_notebook("00_start_here").shown
        if isinstance(each, start_here.Contents)
    ]
    asked = [say(f"answer.start.question_{key}") for key in start_here.QUESTIONS]
    assert [each for table in contents for each in table.table.index] == asked


def test_the_examples_are_those_of_the_notebooks() -> None:
    met = set()
    for notebook in {each.notebook for each in start_here.QUESTIONS.values()}:
        given = parameters(notebook)
        for name in start_here.more.EXAMPLES.keys() & given:
            assert start_here.more.EXAMPLES[name] == given[name], f"{notebook}: {name}"
            met.add(name)
    assert met == set(start_here.more.EXAMPLES)


def test_an_example_that_makes_no_sense_says_why() -> None:
    once = jb.Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01", method="bullet")
    cash = jb.Cash(25_000, 5_000, since="2026-12-01")
    found = start_here.more.answers(once, {"keep": once}, 0.02, 0.18, cash)
    assert "this loan is repaid once" in found["grace"].headline
    assert found["grace"].table.empty


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"months": 0}, "months=0: a loan runs 1 to 60 months"),
        ({"repay_on": "2028-01-01"}, "2028-01-01"),
        ({"reborrow_on": "2027-01-01"}, "reborrow_on=2027-01-01: you repay on 2027-03-01"),
        ({"savings_rate": 2}, "savings_rate=2"),
        ({"as_of": "2000-01-01"}, "2000-01-01"),
    ],
)
def test_wrong_numbers_are_refused_in_words(wrong: dict[str, Any], match: str) -> None:
    with pytest.raises(JiebeiError, match=match):
        run_notebook("00_start_here", **wrong)
