"""Repay and borrow again: the figures against sums done by hand, and every sentence reached."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

import jiebei as jb
from jiebei.answers import reborrow
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Words, say
from jiebei.life.credit.rollover import rollover as roll
from jiebei.loan.plan import Plan
from jiebei.notebook import parameters
from jiebei.value.worth import BreakEven
from tests.helpers.notebook_runner import run_notebook
from tests.helpers.said import says
from tests.truth import told

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
END = "2028-06-01"


RICH = jb.Cash(1e6, 0, "2026-12-01")


def borrow_again(
    loan: jb.Loan = LOAN,
    repay: float = 20_000,
    repay_on: str = "2027-03-01",
    amount: float = 20_000,
    on: str = "2027-06-01",
    daily_rate: float = 0.0004,
    months: int = 6,
) -> Callable[..., Plan]:
    """Return the function that the notebook hands over."""
    repaid = loan.prepay(repay, on=repay_on)
    given = {"amount": amount, "on": on, "daily_rate": daily_rate, "months": months}

    def again(**change: Any) -> Plan:
        return repaid.reborrow(**given | change)

    return again


def ways(again: Callable[..., Plan], **extension: Any) -> dict[str, Any]:
    extended = LOAN.extend(**{"months": 6, "on": "2027-06-01"} | extension)
    names = (say("strategy.keep"), say("strategy.reborrow"), say("strategy.extend"))
    return dict(zip(names, (LOAN, again(), extended), strict=True))


def cash(in_hand: float = 25_000, monthly: float = 5_000, **need: float) -> jb.Cash:
    spends = {day.replace("_", "-").removeprefix("on-"): each for day, each in need.items()}
    return jb.Cash(in_hand, monthly, "2026-12-01", spends or {"2027-06-01": 20_000})


def by_hand(flows: Any, savings_rate: float) -> float:
    """Add up what a strategy leaves in savings on the last day, flow by flow."""
    last = date.fromisoformat(END)
    return sum(
        (row.drawn - row.payment) * (1 + savings_rate) ** ((last - row.date.date()).days / 365)
        for row in flows.itertuples()
    )


# ---- the answer ----------------------------------------------------------------------------------


def test_the_net_benefit_is_the_sum_of_the_flows_in_savings() -> None:
    again = borrow_again()
    table = reborrow.answer(ways(again), cash(), 0.02).table
    hand = by_hand(again().cashflows(), 0.02) - by_hand(LOAN.cashflows(), 0.02)
    assert table["net_benefit"].iloc[1] == pytest.approx(hand, abs=1e-6)


def test_the_need_is_spent_before_the_cash_is_measured() -> None:
    """25,000 + 6 x 5,000 in, five instalments of 4,503.11 and the need of 20,000 out by June."""
    table = reborrow.answer(ways(borrow_again()), cash(), 0.02).table
    assert table["lowest_cash"].iloc[0] == pytest.approx(55_000 - 6 * 4_503.11 - 20_000)
    need = reborrow.need(ways(borrow_again()), borrow_again()(), cash()).table
    assert need.iloc[0, 2] == pytest.approx(55_000 - 6 * 4_503.11)


@pytest.mark.parametrize(
    ("again", "more", "savings_rate", "says"),
    [
        (
            borrow_again(),
            {},
            0.02,
            "It is best to borrow again only ¥4,937.37: that leaves you ¥908 more by 2028-06-01 "
            "than to keep the loan.",
        ),
        (
            borrow_again(months=12),
            {},
            0.02,
            "It is best to borrow again only ¥4,937.37: that leaves you ¥745 more by 2028-06-01 "
            "than to keep the loan.",
        ),
        (borrow_again(), {}, 0.4, "It is best to extend: that leaves you ¥1,780 more"),
        (
            borrow_again(repay=0, amount=0),
            {},
            0.02,
            "These leave you equally well off: keep the loan; repay and borrow again.",
        ),
        (
            borrow_again(),
            {"on_2027_06_01": 30_000},
            0.02,
            "It is best to borrow again only ¥14,937.37: that leaves you ¥192 more by 2028-06-01 "
            "than to repay and borrow again. That leaves nothing in hand on 2027-06-01. If "
            "you keep the loan, you are ¥2,019 short on 2027-06-01. If you extend, you are "
            "¥28.30 short on 2027-06-01.",
        ),
        (
            borrow_again(),
            {"on_2027_06_01": 60_000},
            0.02,
            "Your cash does not suffice for any of the ways: even if you repay and borrow again, "
            "you are ¥28,657 short on 2027-12-01. So none is recommended.",
        ),
    ],
)
def test_the_verdict(
    lang: str, again: Callable[..., Plan], more: dict[str, float], savings_rate: float, says: str
) -> None:
    headline = reborrow.answer(ways(again), cash(**more), savings_rate).headline
    assert headline.startswith(says) if lang == "en" else headline.endswith("。")


@pytest.mark.parametrize(
    ("again", "more", "says"),
    [
        (
            borrow_again(),
            {},
            "You need ¥20,000 on 2027-06-01. Without a new loan you would be ¥4,937.37 short, so "
            "borrow at least that; you plan ¥20,000.",
        ),
        (
            borrow_again(),
            {"on_2027_06_01": 15_000},
            "On 2027-06-01 you need ¥15,000; without a new loan you still hold ¥15,063: enough",
        ),
        (
            borrow_again(),
            {"on_2027_04_01": 12_000, "on_2027_07_01": 100},
            "On 2027-04-01, before you borrow again, you need ¥12,000 and are ¥2,652 short.",
        ),
        (
            borrow_again(amount=0),
            {},
            "On 2027-06-01 you need ¥20,000 and are ¥4,937 short, and you plan to borrow nothing.",
        ),
    ],
)
def test_the_need(lang: str, again: Callable[..., Plan], more: dict[str, float], says: str) -> None:
    answer = reborrow.need(ways(again), again(), cash(**more))
    assert answer.headline.startswith(says) if lang == "en" else answer.headline.endswith("。")
    assert len(answer.table) == max(len(more), 1)


def test_what_is_missing_before_the_need_is_not_said_to_be_missing_later() -> None:
    """666 and 28 days of it at 0.02 % are 669.73, of 600 in hand; the need is two months off."""
    loan = jb.Loan(2_000, daily_rate=0.0002, months=3, start="2027-03-07")
    again = loan.prepay(666, on="2027-04-04").reborrow(
        400, on="2027-06-06", daily_rate=0.00016, months=12
    )
    in_hand = jb.Cash(600, 610, "2027-03-07", {"2027-06-06": 400})
    _, before = told(reborrow.need({"keep": loan}, again, in_hand).said)
    assert before.key == "answer.reborrow.need_before"
    assert before.fields["short"] == pytest.approx(69.73)
    assert str(before.fields["day"])[:10] == "2027-04-04"


def test_no_need_is_said(lang: str) -> None:
    nothing = jb.Cash(25_000, 5_000, "2026-12-01")
    answer = reborrow.need(ways(borrow_again()), borrow_again()(), nothing)
    assert answer.headline == say("answer.reborrow.need_none")
    assert answer.table.empty


def test_to_borrow_again_before_repaying_is_refused() -> None:
    parameters.in_order("2027-03-01", "2027-03-01")
    match = "reborrow_on=2027-02-28: you repay on 2027-03-01; choose a later day"
    with pytest.raises(JiebeiError, match=match):
        parameters.in_order("2027-03-01", "2027-02-28")


# ---- why -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("again", "savings_rate", "says"),
    [
        (borrow_again(), 0.02, "¥337.66 better"),
        (borrow_again(months=12), 0.02, "¥323.47 worse"),
        (borrow_again(repay=0, amount=0), 0.02, "comes to the same"),
        (borrow_again(), 0.4, "¥789.24 worse"),
    ],
)
def test_the_parts_of_the_difference_add_up(
    lang: str, again: Callable[..., Plan], savings_rate: float, says: str
) -> None:
    ax = reborrow.why(LOAN, again(), RICH, savings_rate, END)
    heights = [bar.get_height() for bar in ax.patches]
    assert sum(heights[:-1]) == pytest.approx(heights[-1], abs=0.005)
    benefit = jb.net_benefit(again(), LOAN, savings_rate, END)
    assert heights[0] - heights[-1] == pytest.approx(benefit, abs=0.006)
    if lang == "en":
        assert says in ax.get_title()


def test_a_fee_is_a_part_of_its_own() -> None:
    dear = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01", prepay_fee_rate=0.05)
    ax = reborrow.why(dear, borrow_again(dear)(), RICH, 0.0, END)
    assert [round(bar.get_height(), 2) for bar in ax.patches[1:-1]] == [-1_243.88, 1_000, 863.28]


# ---- what it depends on, and where it turns ------------------------------------------------------


@pytest.mark.parametrize(
    ("again", "savings_rate", "says"),
    [
        (
            borrow_again(),
            0.02,
            "Repaying and borrowing again beats keeping the loan in 6 of the 9 "
            "cases whose cash lasts; what weighs most is "
            "this: "
            "new loan over 24 months (−¥2,015). Left out, because you would run short: 1 more.",
        ),
        (
            borrow_again(daily_rate=0.005),
            0.0,
            "In every case shown whose cash lasts it is better to keep the loan than to repay and "
            "borrow again. Left out, because you would run short: 2 more.",
        ),
        (borrow_again(repay=0, amount=0), 0.02, "In every case shown the two come to the same."),
    ],
)
def test_what_it_depends_on(
    lang: str, again: Callable[..., Plan], savings_rate: float, says: str
) -> None:
    answer = reborrow.flips.depends(LOAN, again, cash(), savings_rate, END)
    assert answer.headline == says if lang == "en" else answer.headline.endswith("。")
    change = answer.table["net_benefit"] - answer.table["net_benefit"].iloc[0]
    assert np.allclose(answer.table["change"].iloc[1:], change.iloc[1:])


def test_a_change_for_which_the_money_is_not_there_in_time_does_not_count() -> None:
    answer = reborrow.flips.depends(LOAN, borrow_again(), cash(), 0.02, END)
    short = answer.table["holds"] == say("answer.no")
    assert short.sum() == 1  # borrowing again a month after the need
    assert answer.headline.endswith(say("answer.reborrow.depends_short", n="1"))
    poor = jb.Cash(0, 4_600, "2026-12-01", spends={"2027-06-01": 20_000})
    headline = reborrow.flips.depends(LOAN, borrow_again(), poor, 0.02, END).headline
    assert headline == say("answer.reborrow.depends_none")


def test_a_dear_loan_is_better_repaid_in_every_case(lang: str) -> None:
    dear = jb.Loan(50_000, daily_rate=0.001, months=12, start="2026-12-01")
    again = borrow_again(dear, amount=500)
    rich = jb.Cash(1e6, 0, "2026-12-01")
    headline = reborrow.flips.depends(dear, again, rich, 0.02, END).headline
    assert headline == say(
        "answer.reborrow.depends_all", name=say("strategy.reborrow"), other=say("strategy.keep")
    )


@pytest.mark.parametrize(
    ("again", "says"),
    [
        (
            borrow_again(),
            "Repaying and borrowing ¥20,000 again beats keeping the loan only up to 0.0552% "
            "a day for the "
            "new loan (20.15% a year). "
            "Yours, 0.0400%, is below that. At your rates, with ¥20,000 borrowed again, it pays "
            "unless your savings earn more than 15.62% a year.",
        ),
        (
            borrow_again(daily_rate=0.001),
            "Repaying and borrowing ¥20,000 again beats keeping the loan only up to 0.0552% "
            "a day for the "
            "new loan (20.15% a year). "
            "Yours, 0.1000%, is above that. At your rates, with ¥20,000 borrowed again, it does "
            "not pay whatever",
        ),
        (
            borrow_again(repay_on="2027-11-30", repay=1_000, on="2027-12-01"),
            "Repaying and borrowing ¥20,000 again beats keeping the loan only up to 0.0054% "
            "a day for the "
            "new loan (1.99% a year). "
            "Yours, 0.0400%, is above that. At your rates, with ¥20,000 borrowed again, it pays "
            "only if your savings earn more",
        ),
        (
            borrow_again(amount=100),
            "Repaying and borrowing ¥100 again beats keeping the loan at any rate of the new "
            "loan up to "
            "0.5000% a day. At your rates, with ¥100 borrowed again, it pays unless",
        ),
        (
            borrow_again(repay=0),
            "At no rate of the new loan does repaying and borrowing ¥20,000 again beat "
            "keeping the loan, "
            "not even at zero. At your rates, with ¥20,000 borrowed again, it pays only if",
        ),
        (
            borrow_again(repay=0, amount=0),
            "The rate of the new loan makes no difference: nothing is borrowed again. At your "
            "rates the two are the same, to the fen.",
        ),
    ],
)
def test_the_dearest_rate_that_pays(lang: str, again: Callable[..., Plan], says: str) -> None:
    savings_rate = 0.0 if "not even at zero" in says else 0.02
    answer = reborrow.flips.rates(LOAN, again, RICH, savings_rate, END)
    assert answer.headline.startswith(says) if lang == "en" else answer.headline.endswith("。")
    assert (np.diff(answer.table["net_benefit"]) <= 1e-9).all(), "dearer is never better"


def test_at_the_dearest_rate_nothing_is_gained_or_lost() -> None:
    again = borrow_again()
    table = reborrow.flips.rates(LOAN, again, RICH, 0.02, END).table
    (row,) = table.index[table["net_benefit"].abs() < 0.02]
    rate = table.loc[row, "annual_rate"] / 365
    gains = [jb.net_benefit(again(daily_rate=rate + each), LOAN, 0.02) for each in (-1e-6, 1e-6)]
    assert gains[0] > 0 > gains[1]


@pytest.mark.parametrize(
    ("loan", "again", "says"),
    [
        (
            jb.Loan(50_000, daily_rate=0.0, months=12, start="2026-12-01"),
            {"daily_rate": 0.0},
            "it does not pay as soon as your savings earn anything.",
        ),
        (
            jb.Loan(50_000, daily_rate=0.0, months=12, start="2026-12-01"),
            {"daily_rate": 0.0, "repay": 1},
            "it pays as soon as your savings earn anything.",
        ),
        (
            jb.Loan(50_000, daily_rate=0.0004, months=60, start="2026-12-01"),
            {"months": 60},
            "it pays only if your savings earn between 15.65% and 17.88% a year.",
        ),
        (LOAN, {"amount": 0, "repay_on": "2026-12-01"}, "it pays unless your savings earn more"),
        (
            jb.Loan(50_000, daily_rate=0.005, months=12, start="2026-12-01"),
            {"daily_rate": 0.0},
            "it pays whatever your savings earn, up to 100% a year.",
        ),
    ],
)
def test_the_savings_rate_at_which_it_turns(
    lang: str, loan: jb.Loan, again: dict[str, Any], says: str
) -> None:
    answer = reborrow.flips.rates(loan, borrow_again(loan, **again), RICH, 0.02, END)
    assert says in answer.headline if lang == "en" else answer.headline.endswith("。")


@pytest.mark.parametrize(
    ("roots", "signs", "says"),
    [
        ([0.1, 0.2], [1, -1, 1], "it pays unless your savings earn between 10.00% and 20.00%"),
        ([0.1, 0.2, 0.3], [1, -1, 1, -1], "turns more than twice"),
    ],
)
def test_turns_that_are_rare_are_said(
    monkeypatch: pytest.MonkeyPatch, lang: str, roots: list[float], signs: list[int], says: str
) -> None:
    found = BreakEven("several", np.array(roots), np.array(signs))
    monkeypatch.setattr(reborrow.flips, "flip", lambda *_: found)
    headline = reborrow.flips.rates(LOAN, borrow_again(), RICH, 0.02, END).headline
    assert says in headline if lang == "en" else headline.endswith("。")


def test_the_frontier_shows_the_reader_where_the_table_does() -> None:
    ax = reborrow.flips.frontier(LOAN, borrow_again(), RICH, 0.02, END)
    assert ax.get_title() == (
        'Rate of the new loan, a year (daily x 365): at 14.6%, "borrow again" is better by '
        '¥338; above 20.2%, "keep the loan" is better'
    )


# ---- the chance ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("again", "fallback", "lost", "savings_rate", "says"),
    [
        (
            borrow_again(),
            0.00065,
            0.1,
            0.02,
            "Repaying and borrowing ¥20,000 again beats keeping the loan on average "
            "as long as the chance that the "
            "limit does not come back is below 60.7%. At a chance of 10%, it leaves you ¥282 more "
            "than that on average.",
        ),
        (borrow_again(), 0.00065, 0.625, 0.02, "At a chance of 62.5%, it leaves you ¥9.83 less"),
        (
            borrow_again(daily_rate=0.001),
            0.0001,
            0.1,
            0.02,
            "Repaying and borrowing ¥20,000 again beats keeping the loan on average "
            "only if the chance that the "
            "limit does not come back is above",
        ),
        (
            borrow_again(),
            0.0005,
            0.1,
            0.02,
            "Repaying and borrowing ¥20,000 again beats keeping the loan, whether the limit "
            "comes back or not.",
        ),
        (
            borrow_again(months=12),
            0.00065,
            0.0,
            0.02,
            "Repaying and borrowing ¥20,000 again does not beat keeping the loan, even if "
            "the limit comes "
            "back for certain.",
        ),
        (
            borrow_again(months=12),
            0.0004,
            1.0,
            0.02,
            "Repaying and borrowing ¥20,000 again does not beat keeping the loan, whether "
            "the limit comes "
            "back or not. At a chance of 100%",
        ),
        (
            borrow_again(repay=0, amount=0),
            0.00065,
            0.5,
            0.02,
            "It makes no difference, whether the limit comes back or not. At a chance of 50%, "
            "it comes to the same on average.",
        ),
    ],
)
def test_the_chance(
    lang: str,
    again: Callable[..., Plan],
    fallback: float,
    lost: float,
    savings_rate: float,
    says: str,
) -> None:
    answer = reborrow.chance.answer(LOAN, again, RICH, fallback, lost, savings_rate, END)
    assert says in answer.headline if lang == "en" else answer.headline.endswith("。")
    expected = answer.table["expected"]
    ends = [
        jb.net_benefit(each, LOAN, savings_rate, END)
        for each in (again(), again(daily_rate=fallback))
    ]
    assert expected.iloc[[0, -1]].tolist() == pytest.approx(ends)


@pytest.mark.parametrize(
    ("roots", "signs", "key"),
    [
        ([], [1], "always"),
        ([], [-1], "never"),
        ([0.0], [0, 1], "zero_gains"),  # at no gain at all it is all one
        ([0.0], [0, -1], "zero_loses"),
        ([0.1], [1, -1], "below"),
        ([0.1], [1, 1], "always"),  # it only touches there
        ([0.1], [-1, 1], "above"),
        ([0.1, 0.2], [-1, 1, -1], "between"),
        ([0.1, 0.2], [1, -1, 1], "outside"),
        ([0.1, 0.2, 0.3], [1, -1, 1, -1], "several"),
    ],
)
def test_when_the_savings_rate_decides(
    monkeypatch: pytest.MonkeyPatch, roots: list[float], signs: list[int], key: str
) -> None:
    kind = ["none", "one", "several", "several"][len(roots)]
    monkeypatch.setattr(
        reborrow.flips, "flip", lambda *_: BreakEven(kind, np.array(roots), np.array(signs))
    )
    found = reborrow.flips._flip_words(borrow_again()(), LOAN, 20_000)
    assert found.key == f"answer.reborrow.flip_{key}"


@pytest.mark.parametrize(
    ("again", "own", "said"),
    [
        (borrow_again(), RICH, True),
        (borrow_again(), jb.Cash(20_000, 0, "2026-12-01"), False),  # the instalments come too
        (borrow_again(amount=0), RICH, False),
        (borrow_again(repay=0), RICH, False),
    ],
)
def test_when_borrowing_again_is_needless(
    again: Callable[..., Plan], own: jb.Cash, said: bool
) -> None:
    found = reborrow.verdict.needless(again(), LOAN, own)
    assert found == [Words("answer.reborrow.needless")] * said


@pytest.mark.parametrize(("lowest", "said"), [(-0.01, False), (0.0, True)])
def test_a_fen_that_is_missing_is_missing(
    lowest: float, said: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reborrow.verdict, "lowest_cash", lambda *_: (lowest, None))
    assert bool(reborrow.verdict.needless(borrow_again()(), LOAN, RICH)) == said


@pytest.mark.parametrize(
    ("here", "elsewhere", "key"),
    [
        (5, -5, "below"),
        (-5, 5, "above"),
        (5, 3, "always"),
        (5, 0, "always"),  # at worst it costs nothing
        (0, 5, "always"),
        (0, 0, "same"),
        (0, -5, "never"),
        (-3, -5, "never"),
        (-5, -3, "never_either"),
        (-5, 0, "never_either"),
        (-5, -5, "never_either"),
    ],
)
def test_when_the_chance_decides(here: float, elsewhere: float, key: str) -> None:
    found = reborrow.chance._turn(here, elsewhere, 10_000.0)
    assert found.key == f"answer.reborrow.chance_{key}"


def test_a_chance_above_one_is_refused() -> None:
    with pytest.raises(JiebeiError, match=r"limit_lost=1\.5: a share is a decimal from 0 to 1"):
        reborrow.chance.answer(LOAN, borrow_again(), RICH, 0.0006, 1.5, 0.02, END)


def test_the_least_to_borrow_again_counts_what_is_repaid_before_the_need(lang: str) -> None:
    """Drawn on 1 April, two instalments of it are paid by 1 June; found by trying every yuan."""
    loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    repaid = loan.prepay(20_000, on="2027-03-01")
    plan = repaid.reborrow(20_000, on="2027-04-01", daily_rate=0.0004, months=6)
    cash = jb.Cash(25_000, 5_000, since="2026-12-01", spends={"2027-06-01": 20_000})
    (said,) = told(reborrow.need({"keep": loan}, plan, cash).said)
    assert said.key == "answer.reborrow.need_borrow_more"
    least: Any = said.fields["least"]
    assert 7_569 < least <= 7_570


def test_no_sum_helps_that_is_all_repaid_before_the_need(lang: str) -> None:
    loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    repaid = loan.prepay(20_000, on="2027-03-01")
    plan = repaid.reborrow(20_000, on="2027-03-10", daily_rate=0.0004, months=2)
    cash = jb.Cash(25_000, 5_000, since="2026-12-01", spends={"2027-08-01": 40_000})
    said = reborrow.need({"keep": loan}, plan, cash).said
    assert isinstance(said, Words)
    assert said.key == "answer.reborrow.need_vain"


# ---- loans with loans ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("loan", "months", "surplus", "says"),
    [
        (
            LOAN,
            12,
            5_000,
            "After 12 months of paying every bill with a new loan you owe ¥57,809; as agreed you "
            "would owe nothing. The bill of the month has gone from ¥4,503 to ¥11,630. The debt "
            "grows at the effective rate of 15.62% a year: it doubles in 4.8 years. From Mar 2027 "
            "on the monthly bill is more than the ¥5,000 you have to spare",
        ),
        (LOAN, 2, 9_000, "The bill of the month has gone from ¥4,503 to ¥4,909."),
        (LOAN, 3, 9_000, "you owe ¥51,821.67, instead of ¥38,155.00 as agreed."),
        (LOAN, 3, 9_000, "Until then the bill stays within the ¥9,000 your income leaves."),
        (
            jb.Loan(
                80_000, daily_rate=0.00035, months=24, start="2026-10-20", method="interest_only"
            ),
            20,
            2_500,
            "still to be repaid: on 2028-10-20 alone ¥81,038",
        ),
        (LOAN, 1, 4_000, "From the first bill on it is more than the ¥4,000"),
        (
            jb.Loan(50_000, daily_rate=0.0, months=12, start="2026-12-01"),
            2,
            5_000,
            "The loans cost no interest: the debt does not grow.",
        ),
        (
            jb.Loan(50_000, daily_rate=0.0, months=1, start="2026-12-01"),
            3,
            5_000,
            "The bill is the same every time: ¥50,000.",
        ),
        (
            jb.Loan(5_000, daily_rate=0.0004, months=12, method="bullet", start="2026-12-01"),
            3,
            5_000,
            "Within 3 months nothing falls due, so nothing is rolled over.",
        ),
    ],
)
def test_the_chain(lang: str, loan: jb.Loan, months: int, surplus: float, says: str) -> None:
    chain = roll(loan, months)
    answer = reborrow.rollover.answer(chain, months, surplus)
    assert says in answer.headline if lang == "en" else answer.headline.endswith("。")
    ax = reborrow.rollover.chart(chain, surplus)
    if len(chain.loans) == 1:
        assert str(ax) == say("answer.reborrow.rollover_no_bill")
        return
    drawn = sum(bar.get_height() for bars in ax.containers for bar in bars)
    assert drawn == pytest.approx(answer.table["due"].sum())


def test_a_long_chain_is_shown_by_the_half_year() -> None:
    table = reborrow.rollover.answer(roll(LOAN, 40), 40, 5_000).table
    assert table.index.tolist() == [0, 6, 12, 18, 24, 30, 36, 40]
    two_years = reborrow.rollover.answer(roll(LOAN, 24), 24, 5_000).table
    assert two_years.index.tolist() == list(range(25))
    short = reborrow.rollover.answer(roll(LOAN, 3), 3, 5_000).figures
    assert (short.index.name, short.index.tolist()) == ("month", [0, 1, 2, 3])


# ---- the notebook --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"principal": 0}, "principal=0"),
        ({"repay_amount": 60_000}, "repay_amount=60,000: on 2027-03-01 only"),
        ({"reborrow_on": "2027-02-01"}, "reborrow_on=2027-02-01: you repay on 2027-03-01"),
        ({"reborrow_months": 0}, "months=0: a loan runs 1 to 60 months"),
        ({"limit_lost": 2}, "limit_lost=2"),
        ({"roll_months": 0}, "months=0: a whole number from 1 to 60"),
        ({"need": {"2027-06-01": -1}}, "spends=-1"),
        ({"cash_in_hand": -1}, "in_hand=-1"),
    ],
)
def test_wrong_numbers_are_refused_in_words(wrong: dict[str, Any], match: str) -> None:
    with pytest.raises(JiebeiError, match=match):
        run_notebook("05_reborrow", **wrong)


# ---- any loan --------------------------------------------------------------------------------


def test_a_bill_that_falls_again_is_not_said_to_stay() -> None:
    """Interest only: ¥620, ..., ¥50,685 with the principal in month 12, then ¥1,337."""
    chain = roll(replace(LOAN, method="interest_only"), 13)
    text = reborrow.rollover.answer(chain, 13, 5_000).headline
    assert "with ¥50,685 in Dec 2027 as the largest" in text
    assert "the largest, in Dec 2027, is ¥50,685; out of income alone you could not pay it" in text
    assert "From Dec 2027 on" not in text
    title = reborrow.rollover.chart(chain, 5_000).get_title()
    assert title.endswith("¥620 in Jan 2027, ¥50,685 in Dec 2027, ¥1,337 in Jan 2028")


def test_who_has_saved_meanwhile_is_not_said_to_be_unable_to_stop() -> None:
    text = reborrow.rollover.answer(roll(LOAN, 12), 12, 5_000).headline
    assert "you cannot stop out of income alone without falling behind" in text
    assert "only with what you have saved meanwhile" in text


@pytest.mark.parametrize("months", [7, 12])
def test_six_months_of_interest_leave_out_the_terms_that_cannot_be(months: int) -> None:
    run = run_notebook("05_reborrow", method="interest_then_equal", months=months)
    assert "reborrow_months = 12" in str(run.shown[0])
    cases = run.answers[2].table.index
    assert "new loan over 24 months" in cases
    assert not [each for each in cases if each in {f"new loan over {n} months" for n in (3, 6)}]


def test_what_is_needed_follows_what_is_borrowed_again() -> None:
    run = run_notebook("05_reborrow", reborrow_on="2027-04-01")
    assert 'need = {"2027-04-01": 20_000}' in str(run.shown[0])
    own = run_notebook("05_reborrow", reborrow_on="2027-04-01", need={"2027-06-01": 10_000})
    assert own.namespace["mine"].need == {"2027-06-01": 10_000}
    assert not [each for each in own.shown if isinstance(each, str) and "need" in each]


def test_where_the_cash_lasts_without_borrowing_again_that_is_a_way_too() -> None:
    run = run_notebook(
        "05_reborrow",
        principal=30_000,
        daily_rate=0.00045,
        start="2026-07-10",
        cash_in_hand=15_000,
    )
    best = "It is best to repay and borrow nothing: that leaves you ¥142 more by 2028-01-10"
    assert run.answers[0].headline.startswith(best)
    assert round(run.answers[0].table["net_benefit"].iloc[-1], 2) == 142.34
    short = reborrow.answer(ways(borrow_again()), cash(), 0.02).table  # ¥4,937, without a new loan
    assert "repay and borrow nothing" not in short.index
    for nothing in (borrow_again(repay=0), borrow_again(amount=0)):
        assert len(reborrow.answer(ways(nothing), RICH, 0.02).table) == 3


def test_to_borrow_only_what_is_missing_is_a_way_too() -> None:
    """Of 41,000 only 15,016 are missing; over 3 months the cash would not last."""
    run = run_notebook(
        "05_reborrow",
        principal=94_800,
        daily_rate=0.00031,
        months=29,
        start="2026-01-31",
        repay_amount=27_500,
        repay_on="2026-10-09",
        prepay_fee_rate=0.005,
        reborrow_amount=41_000,
        reborrow_on="2027-05-18",
        reborrow_rate=0.00052,
        reborrow_months=14,
        need={"2027-05-18": 36_000},
        savings_rate=0.015,
        extend_months=11,
        extend_on="2027-05-18",
        extend_fee=90,
        cash_in_hand=33_300,
        monthly_surplus=4_100,
    )
    best, depends = (run.answers[each].headline for each in (0, 2))
    assert best.startswith("It is best to borrow again only ¥15,016.47: that leaves you ¥573 more")
    assert "what weighs most is this: new loan over 24 months (−¥3,355)" in depends


def test_no_verdict_on_borrowing_again_where_the_cash_does_not_carry_it(lang: str) -> None:
    again, poor = borrow_again(), cash(on_2027_06_01=60_000)
    given = [
        reborrow.chance.answer(LOAN, again, poor, 0.00065, 0.1, 0.02, END).headline,
        reborrow.flips.rates(LOAN, again, poor, 0.02, END).headline,
    ]
    no_map = reborrow.flips.frontier(LOAN, again, poor, 0.02, END)
    assert str(no_map) == say("answer.reborrow.no_map")
    assert set(map(str, given)) == {str(reborrow.verdict.out_of_reach(again(), poor))}


def test_a_chance_typed_without_decimals_is_taken() -> None:
    found = reborrow.chance.answer(LOAN, borrow_again(), cash(), 0.00065, 0, 0.02, END)
    assert "0%" in str(found.figures["chance"].iloc[0])


# ---- ties and rare sentences ---------------------------------------------------------------------

FREE = jb.Loan(50_000, daily_rate=0.0, months=12, start="2026-12-01")


def months_of(*due: float) -> pd.DataFrame:
    """Return a chain of bills, the first a month after the drawdown."""
    dates = pd.date_range("2026-12-01", periods=1 + len(due), freq="MS")
    return pd.DataFrame({"date": dates, "due": [0.0, *due]})


@pytest.mark.parametrize(
    ("due", "key"),
    [
        ([5], None),
        ([100, 90, 120], ""),  # a tenth less: a month of fewer days
        ([100, 89, 120], "uneven"),
        ([100, 150, 120], "peak"),
        ([100, 150, 150], ""),  # the last is the highest
        ([100, 100.4], "same"),  # from 100 on it is shown in yuan
        ([100, 100.6], ""),
        ([99, 99.4], ""),
    ],
)
def test_how_the_bill_has_grown(due: list[float], key: str | None) -> None:
    said = reborrow.rollover._bill(months_of(*due))
    assert getattr(said, "key", None) == (
        None if key is None else f"answer.reborrow.rollover_bill{'_' * bool(key)}{key}"
    )
    if key in ("uneven", "peak"):
        assert (said.fields["most"], said.fields["when"].month) == {
            "uneven": (120, 3),
            "peak": (150, 2),
        }[key]


@pytest.mark.parametrize(
    ("due", "key"),
    [
        ([5, 10], "within"),  # as much as the income leaves
        ([12, 13], "over_first"),
        ([5, 12, 13], "over"),
        ([5, 12, 9], "over_once"),
    ],
)
def test_from_when_on_a_bill_is_more_than_the_income_leaves(due: list[float], key: str) -> None:
    assert reborrow.rollover._surplus(months_of(*due), 10).key == f"answer.reborrow.rollover_{key}"


def test_what_is_too_much_later_is_said_where_no_bill_was() -> None:
    chain = roll(LOAN, 12)
    table = reborrow.rollover.month_by_month(chain)
    assert reborrow.rollover._later(chain, table, 5_000) == ""  # the last bill is 11,630 already
    assert reborrow.rollover._later(chain, table, 90_000) == ""
    free = roll(FREE.but(method="interest_only"), 3)
    assert str(reborrow.rollover.chart(free, 5_000)) == say("answer.reborrow.rollover_no_bill")
    title = reborrow.rollover.chart(chain, 5_000).get_title()
    assert not says("answer.reborrow.rollover_title_peak", title)


@pytest.mark.parametrize(
    ("left", "day", "said"),
    [(0.0, "2027-03-01", True), (0.0, "2026-12-01", False), (5.0, "2027-03-01", False)],
)
def test_when_nothing_is_left_in_hand_is_said_of_a_later_day(
    left: float, day: str, said: bool
) -> None:
    row = {"net_benefit": 9.0, "lowest_cash": left, "lowest_cash_date": pd.Timestamp(day)}
    table = pd.DataFrame({"other": {**row, "net_benefit": 1.0, "lowest_cash": 5.0}, "best": row}).T
    found = reborrow.verdict._bare(table.infer_objects(), cash())
    assert [each.key for each in found] == ["answer.reborrow.best_bare"] * said


def test_a_difference_of_nothing_is_drawn_only_where_the_loan_costs_something() -> None:
    nothing = borrow_again(FREE, repay=0, amount=0, daily_rate=0.0)()
    assert isinstance(reborrow.why(FREE, nothing, RICH, 0.02, END), Words)
    assert isinstance(reborrow.why(FREE, borrow_again(FREE)(), RICH, 0.02, END), Axes)


@pytest.mark.parametrize(
    ("rate", "months", "highest", "longest"),
    [(0.0004, 6, 0.001, 24), (0.001, 20, 0.0015, 40), (0.004, 60, 0.005, 60)],
)
def test_the_rates_and_terms_that_are_drawn(
    rate: float, months: int, highest: float, longest: int
) -> None:
    """To 0.1 % a day and two years, or half as dear again and twice as long, or what may be."""
    ax = reborrow.flips.frontier(
        LOAN, borrow_again(daily_rate=rate, months=months), RICH, 0.02, END
    )
    assert isinstance(ax, Axes)
    assert ax.get_xlim() == pytest.approx((0, 365 * highest))
    assert ax.get_ylim()[1] == longest
