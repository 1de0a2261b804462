"""The first page: every sentence reached, and every answer the one that its notebook gives."""

from dataclasses import replace
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes

import jiebei as jb
from jiebei.answers import budget, overdue, start_here
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Words, passage, say
from jiebei.notebook.answer import Answer
from jiebei.notebook.fit import begin
from jiebei.notebook.so_far import so_far
from tests.helpers.notebook_runner import run_notebook
from tests.helpers.said import says
from tests.helpers.texts import assert_texts_apart, seen
from tools.stored import NOTEBOOKS, PARAMETERS, read, tags

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
MINE = begin(start_here.EXAMPLE, start_here.EXAMPLE)
CASH = jb.Cash(25_000, 5_000, "2026-12-01")
WAYS = {
    "as agreed": LOAN,
    "shorten": LOAN.prepay(20_000, on="2027-03-01", then="shorten"),
    "extend": LOAN.extend(6, on="2027-06-01"),
}


@pytest.mark.parametrize(
    ("benefit", "carried", "key"),
    [
        ([0.0], "", "only"),
        ([5.0, 5.0], "", "all"),
        ([5.0, 5.0], "_carried", "all_carried"),
        ([0.0, 5.0, 5.0], "", "same"),
        ([0.0, 5.0, 5.004], "_carried", "same_carried"),  # half a fen
        ([0.0, 5.0, 4.0], "", "other"),
        ([0.0, 5.0, 4.0], "_carried", "other_carried"),
        ([0.0, -5.0, -4.0], "", "first"),
        ([0.0, -5.0, -4.0], "_carried", "first_carried"),
        ([0.0, -5.0, -5.0], "", "first_same"),
        ([0.0, -5.0, -5.0], "_carried", "first_same_carried"),
    ],
)
def test_which_way_is_named(benefit: list[float], carried: str, key: str) -> None:
    """The first way is what the others are measured against."""
    table = pd.DataFrame({"net_benefit": benefit}, [*"abc"[: len(benefit)]])
    found = start_here.verdict._best(table, "a", carried, "2028-06-01")
    assert found.key == f"answer.start_here.best_{key}"


@pytest.mark.parametrize(
    ("ways", "savings_rate", "cash", "says"),
    [
        (
            WAYS,
            0.02,
            CASH,
            '"Shorten" leaves you best off: ¥1,577 more than "as agreed" by 2028-06-01.',
        ),
        (
            {name: WAYS[name] for name in ("as agreed", "extend")},
            0.02,
            CASH,
            '"As agreed" leaves you best off: "extend", the next best, leaves ¥997 '
            "less by 2028-06-01.",
        ),
        (
            WAYS,
            0.02,
            jb.Cash(15_000, 5_000, "2026-12-01"),
            'Of the ways that your cash can carry, "as agreed" leaves you best off: "extend", '
            "the next best, leaves ¥997 less by 2028-06-01. More than your cash can carry: "
            '"shorten" (¥3,509 short on 2027-03-01).',
        ),
        (
            WAYS,
            0.02,
            jb.Cash(10_000, 3_500, "2026-12-01"),
            'Your cash can carry only "extend". More than your cash can carry: "as '
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
            '"Settle" leaves you best off: ¥4,017 more than "as agreed"',
        ),
        (
            {"as agreed": LOAN, "also": LOAN, "extend": WAYS["extend"]},
            0.02,
            CASH,
            "These leave you equally well off, the others less so: as agreed; also.",
        ),
        (
            {"as agreed": LOAN, "also": LOAN},
            0.02,
            CASH,
            "As agreed; also: with any of them you are equally well off.",
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
    assert answer.headline.startswith(says)  # the words, not the helper
    chart = start_here.chart(answer)
    title = f"{chart.get_title()}." if isinstance(chart, Axes) else str(chart)
    assert answer.headline.startswith(title)


@pytest.mark.parametrize(
    ("ways", "says"),
    [
        (WAYS, "First free of debt: shorten, on 2027-08-01; last: extend, on 2028-06-01"),
        ({"as agreed": LOAN, "also": LOAN}, "All are free of debt on 2027-12-01"),
    ],
)
def test_who_is_free_of_debt_first(lang: str, ways: dict[str, jb.Loan], says: str) -> None:
    table = start_here.answer(ways, 0.02, CASH).table
    title = start_here.timeline(ways, table).get_title()
    assert title == says if lang == "en" else title


STEPS = {
    "as agreed": ["2027-12-01 free of debt"],
    "shorten": ["2027-03-01 repay ¥20,000 → 2027-08-01 free of debt"],
    "extend": ["2027-06-01 extend by 6 months → 2028-06-01 free of debt"],
    "again": [
        "2027-03-01 repay ¥20,000 → 2027-06-01 borrow ¥20,000 again → 2027-12-01 free of debt"
    ],
}


def test_each_lane_tells_its_steps_and_marks_them() -> None:
    early = LOAN.prepay(20_000, on="2027-03-01")
    ways = WAYS | {"again": early.reborrow(20_000, on="2027-06-01", months=6)}
    ax = start_here.timeline(ways, start_here.answer(ways, 0.02, CASH).table)
    shown = [text for text, _ in seen(ax.figure)]
    assert [shown[shown.index(name) + 1] for name in ways] == [each for (each,) in STEPS.values()]
    marks = [len(line.get_xdata()) for line in ax.lines if line.get_linestyle() == "None"]
    assert marks == [1, 2, 2, 3]


@pytest.mark.parametrize("months", [3, 60])
def test_the_texts_of_the_lanes_stand_apart(lang: str, months: int) -> None:
    loan = jb.Loan(1_000_000, daily_rate=0.0006, months=months, start="2026-12-01")
    early = loan.prepay(200_000, on="2027-01-15")
    ways = {
        "as agreed": loan,
        "repay early, lower the instalment, as the app proposes it": early,
        "extend": loan.extend(6, on="2027-02-01"),
        "again": early.reborrow(200_000, on="2027-02-20", months=6),
    }
    for cash in (CASH, jb.Cash(2e6, 0, "2026-12-01")):
        ax = start_here.timeline(ways, start_here.answer(ways, 0.02, cash).table)
        assert_texts_apart(ax.figure)


@pytest.mark.parametrize(
    ("ways", "cash", "says"),
    [
        (
            WAYS,
            CASH,
            '"As agreed" → "shorten": then a payment of ¥4,503 (same) · free of debt 2027-12-01 → '
            "2027-08-01 · interest ¥4,037 → ¥2,245",
        ),
        (
            {"as agreed": LOAN, "settle": LOAN.settle(on="2027-03-01")},
            jb.Cash(60_000, 5_000, "2026-12-01"),
            '"As agreed" → "settle": then a payment of ¥4,503 → ¥0 · free of debt 2027-12-01 → '
            "2027-03-01 · interest ¥4,037 → ¥1,664",
        ),
        ({name: WAYS[name] for name in ("as agreed", "extend")}, CASH, "None"),
        (WAYS, jb.Cash(0, 0, "2026-12-01"), "None"),
    ],
)
def test_what_the_recommended_way_changes(ways: Any, cash: jb.Cash, says: str) -> None:
    assert str(start_here.before_after(start_here.answer(ways, 0.02, cash))) == says


@pytest.mark.parametrize(
    ("ways", "cash", "says"),
    [
        (WAYS, CASH, '2027-03-01 repay ¥20,000. "As agreed" → "shorten": then '),
        (WAYS, jb.Cash(0, 0, "2026-12-01"), None),
    ],
)
def test_the_picture_says_what_to_do_on_which_day(ways: Any, cash: jb.Cash, says: Any) -> None:
    ax = start_here.chart(start_here.answer(ways, 0.02, cash))
    assert isinstance(ax, Axes)
    written = " ".join(each.get_text() for each in ax.texts)
    plt.close("all")
    assert says in written if says else "→" not in written


def test_a_question_leads_to_its_notebook() -> None:
    unknown, best = "First <one>.", Words("answer.methods.best_only", best="a <b>")
    found = Answer(passage([unknown, best]), LOAN.cashflows())
    contents = start_here.questions({"methods": found, "rollover": found}, MINE)
    assert contents.figures["answer"].tolist() == [passage([best]), passage([unknown])]
    html = contents._repr_html_()
    assert '<a href="05_reborrow.ipynb">05</a>' in html
    assert "a &lt;b&gt;" in html
    assert "First &lt;one&gt;." in html
    assert "answered for your loan with the numbers of the grey cell." in repr(contents)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_answer_is_that_of_its_notebook(language: str) -> None:
    """Same question, same borrower: the same figures on the first page as in the notebook."""
    given = run_notebook("00_start_here", lang=language).namespace
    for key, found in (given["answers"] | given["others"]).items():
        if key == "best_plan":  # of this loan alone, where that page has other debts
            continue
        notebook = run_notebook(start_here.QUESTIONS[key].notebook, lang=language)
        said = [str(each.headline) for each in notebook.answers]
        headline = str(found.headline)
        if key == "budget":  # its page has but one way to repay early
            lower, early = (say(f"strategy.{each}") for each in ("repay_lower", "repay_early"))
            assert lower in headline
            headline = headline.replace(lower, early)
        assert headline in said, key


def test_all_questions_are_answered() -> None:
    contents = [
        each
        for each in run_notebook("00_start_here").shown
        if isinstance(each, start_here.Contents)
    ]
    asked = [str(each) for table in contents for each in table.table.index]
    assert len(asked) == len(start_here.QUESTIONS)
    for key, question in zip(start_here.QUESTIONS, asked, strict=True):
        assert says(f"answer.start_here.question_{key}", question)


def test_each_row_says_whose_numbers_it_rests_on(lang: str) -> None:
    found = Answer("First. Second.", LOAN.cashflows())
    own, examples = (start_here.questions({key: found}, MINE) for key in ("reborrow", "cheapest"))
    (question,) = own.table.index
    expected = {
        "en": "Repay ¥20,000 now and borrow again later, if you need ¥20,000 on 2027-06-01?",
        "zh": "先还¥20,000、要用时再借？（假如2027年6月1日要用¥20,000）",
    }
    assert question == expected[lang]
    assert says("answer.start_here.answered", own.headline)
    assert says("answer.start_here.answered_examples", examples.headline)
    for contents, key in ((own, "cell"), (examples, "need")):
        mark = say(f"answer.start_here.numbers_{key}")
        assert contents.table["numbers"].tolist() == [mark]
        assert mark.replace("'", "&#x27;") in contents._repr_html_()


def test_what_cash_cannot_carry_is_hollow_and_no_title() -> None:
    """The review's A1: 18,000 in hand, and the picture gave ¥1,577 to a way that is ¥509 short."""
    answer = start_here.answer(WAYS, 0.02, jb.Cash(18_000, 5_000, "2026-12-01"))
    figure = start_here.chart(answer).figure
    shown = " ".join(text for text, _ in seen(figure))
    assert "cash ¥509 short" in shown
    assert "1,577" not in shown
    assert figure.axes[0].get_title().startswith('Of the ways that your cash can carry, "as')
    title = start_here.timeline(WAYS, answer.table).get_title()
    assert title == (
        "Of the ways that your cash can carry, first free of debt: as agreed, on 2027-12-01; "
        "last: extend, on 2028-06-01"
    )


@pytest.mark.parametrize("payday", [0, 15])
def test_the_row_on_the_budget_rests_on_what_the_reader_has_left(payday: int) -> None:
    """900 a month and 1,500 in hand: 2,500 early after two instalments of about 1,000."""
    loan = jb.Loan(
        8_000, daily_rate=0.00055, months=9, start="2027-01-31", method="equal_principal"
    )
    ways = {
        Words("strategy.keep"): loan,
        Words("strategy.repay_early"): loan.prepay(2_500, on="2027-03-20"),
    }
    cash = jb.Cash(1_500, 900, since="2027-01-31", payday=payday)
    low, _ = jb.lowest_cash(ways[Words("strategy.repay_early")], cash)
    headline = budget.asked_by(start_here.Reader(loan, ways, 0.02, 0.21, cash)).headline
    assert low < 0
    assert f"¥{-low:,.0f} is missing" in headline


def test_where_nothing_differs_there_is_no_picture() -> None:
    free = jb.Loan(50_000, daily_rate=0.0, months=12, start="2026-12-01")
    same = {"as agreed": free, "repay": free.prepay(9_000, on="2027-03-01")}
    answer = start_here.answer(same, 0.0, CASH)
    assert str(start_here.chart(answer)) == answer.headline


def test_where_shortening_cannot_be_it_is_left_out_with_a_sentence() -> None:
    run = run_notebook("00_start_here", method="bullet")
    assert says("answer.start_here.no_shorten", run.shown[0])
    assert len(run.namespace["answer"].table) == 4


@pytest.mark.parametrize("rate", [0.0, 0.0004])
def test_the_row_on_methods_is_its_verdict(rate: float) -> None:
    """At a rate of nothing all cost the same, which is one sentence and not two."""
    run = run_notebook("00_start_here", daily_rate=rate)
    contents = next(each for each in run.shown if isinstance(each, start_here.Contents))
    row = contents.table["answer"].iloc[list(start_here.QUESTIONS).index("methods")]
    assert row.startswith("With savings at 2.00% a year, ")


def test_the_later_pages_are_asked_with_the_loan(lang: str) -> None:
    """Three late instalments of a loan that has one, and a limit below it, are fitted to it."""
    large = jb.Loan(800_000, daily_rate=0.0004, months=1, start="2020-01-31")
    cash = jb.Cash(25_000, 5_000, since="2020-01-31")
    found = start_here.later(start_here.Reader(large, {"keep": large}, 0.02, 0.18, cash))
    for key in ("overdue", "negotiate", "lenders"):
        assert not found[key].table.empty, found[key].headline


def test_an_example_that_makes_no_sense_says_why() -> None:
    once = jb.Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01", method="bullet")
    cash = jb.Cash(25_000, 5_000, since="2026-12-01")
    found = start_here.later(start_here.Reader(once, {"keep": once}, 0.02, 0.18, cash))
    assert found["grace"].headline == say("answer.grace.left_out")
    assert found["grace"].table.empty


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"months": 0}, "months=0: a loan runs 1 to 60 months"),
        ({"repay_on": "2028-01-01"}, "2028-01-01"),
        ({"reborrow_on": "2027-01-01"}, "reborrow_on=2027-01-01: you repay on 2027-03-01"),
        ({"savings_rate": 2}, "savings_rate=2"),
        ({"legal_lines_on": "2000-01-01"}, "2000-01-01"),
    ],
)
def test_wrong_numbers_are_refused_in_words(wrong: dict[str, Any], match: str) -> None:
    with pytest.raises(JiebeiError, match=match):
        run_notebook("00_start_here", **wrong)


def test_the_grey_cell_asks_for_the_loan_then_for_your_money_then_for_what_one_may_try() -> None:
    (cell,) = (
        each for each in read(NOTEBOOKS / "00_start_here.ipynb").cells if PARAMETERS in tags(each)
    )
    parts = [
        [line.split(" = ")[0] for line in part.split("\n")] for part in cell.source.split("\n\n")
    ]
    assert parts[:2] == [
        [
            *("principal", "daily_rate", "months", "method", "start"),
            *("as_of", "paid", "drawdowns"),
        ],
        ["cash_in_hand", "monthly_surplus", "surplus_day", "savings_rate"],
    ]
    assert len(parts) == 3


# ---- a loan that runs ----------------------------------------------------------------------------


HERS = jb.Loan(46_000, daily_rate=0.0005, months=18, start="2026-06-20")
TODAY = "2026-11-26"


def test_the_day_of_the_surplus_is_told_where_it_decides() -> None:
    """5,500 and 15 of interest of 8,000, 2,941 due on the 20th: short, unless pay comes before."""
    ahead = so_far(HERS, {}, TODAY).ahead
    ways = {"as agreed": ahead, "shorten": ahead.prepay(5_500, on=TODAY, then="shorten")}
    cash = jb.Cash(8_000, 4_500, since=TODAY)
    told = start_here.answer(ways, 0.02, cash).headline
    assert "taken to come on day 26 of the month: if it has come by" in told
    assert "by 2026-12-20, your cash is enough for: shorten." in told
    for other in (replace(cash, payday=10), replace(cash, monthly=10)):  # it is; it would not do
        assert "taken to come" not in start_here.answer(ways, 0.02, other).headline


def test_a_late_instalment_is_counted_as_the_app_does() -> None:
    now = so_far(HERS, {}, TODAY)  # five are paid: the third from today on is the eighth
    assert now.behind == 5
    cash = jb.Cash(8_000, 4_500, since=TODAY)
    reader = start_here.Reader(now.ahead, {"keep": now.ahead}, 0.02, 0.18, cash, now.behind)
    told = overdue.asked_by(reader).headline
    assert told.startswith("Paying instalment 8 late")
    assert "Instalment 8 is payment 3 from today on." in told
    assert "from today on" not in overdue.asked_by(replace(reader, behind=0)).headline


def test_what_rests_on_the_example_or_is_for_the_next_loan_says_so_first() -> None:
    found = Answer("First.", LOAN.cashflows())
    runs = replace(MINE, typed={**MINE.typed, "as_of": TODAY})

    def row(key: str, mine: Any) -> str:
        return str(start_here.questions({key: found}, mine).figures["answer"].iloc[0])

    assert row("cheapest", MINE) == "(Example) First."
    assert row("methods", MINE) == row("budget", runs) == "First."
    assert row("methods", runs) == f"{say('answer.start_here.next_loan')} First."


def test_what_is_done_before_the_first_instalment_is_a_step_too() -> None:
    """With the 5,000 go 14 days of 2 yuan."""
    ways = {"as agreed": LOAN, "early": LOAN.prepay(5_000, on="2026-12-15")}
    steps = start_here.timeline(ways, start_here.answer(ways, 0.02, CASH).table)
    shown = " ".join(text for text, _ in seen(steps.figure)).replace("\n", " ")
    assert "2026-12-15 repay ¥5,028" in shown


def test_a_fee_of_one_way_alone_is_named_in_what_it_costs() -> None:
    """Settling on 2027-03-01 costs 1,664 of interest and 1 % of the 38,155 still owed."""
    dear = LOAN.but(prepay_fee_rate=0.01)
    ways = {"as agreed": dear, "settle": dear.settle(on="2027-03-01")}
    said = str(
        start_here.before_after(start_here.answer(ways, 0.02, jb.Cash(60_000, 5_000, "2026-12-01")))
    )
    assert said.endswith("interest and fees ¥4,037 → ¥2,046")


def test_what_is_still_owed_bears_no_drawdown_fee_again() -> None:
    """Of a loan not drawn yet the contract is as typed; of one that runs the fee is paid."""
    agreed = {"drawdown_fee": 90.0}
    new, runs = (
        start_here.by_method(so_far(LOAN, {}, day), ["bullet"] * 2 + ["interest_only"], agreed)
        for day in ("", "2027-03-20")
    )
    assert [float(each.drawdown_fee) for each in new.values()] == [90.0, 90.0]
    assert [float(each.drawdown_fee) for each in runs.values()] == [0.0, 0.0]
