"""A reader's own list of repayments, a monthly extra; the cash that is left."""

from types import SimpleNamespace
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

import jiebei as jb
from jiebei.answers.shared import by_cash, own_list
from jiebei.compare.compare import cash_left
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Words, headline_yuan
from jiebei.notebook.so_far import so_far
from tests.helpers.notebook_runner import run_notebook

FREE = jb.Loan(9_000, daily_rate=0.0, months=3, start="2026-12-01")  # 3,000 a month
TERMS: dict[str, Any] = {"daily_rate": 0.0004, "months": 12, "start": "2026-12-01"}
LOAN = jb.Loan(50_000, **TERMS)
INTEREST_ONLY = jb.Loan(50_000, method="interest_only", **TERMS)


def mine(loan: jb.Loan, repayments: dict[str, float], extra: float = 0) -> Any:
    (found,) = own_list.planned(so_far(loan, {}, ""), repayments, extra).values()
    return found


def test_an_empty_list_is_no_way() -> None:
    assert own_list.planned(so_far(FREE, {}, ""), {}, 0) == {}
    assert own_list.planned(so_far(FREE, {}, ""), {"2027-01-15": 0}, 0) == {}


def test_list_and_extra_by_hand() -> None:
    """On 1 January 3,000 fall due, 2,000 go on top, 1,000 by the list: 3,000 are left."""
    flows = mine(FREE, {"2027-01-01": 1_000}, 2_000).cashflows(["date", "payment", "closing"])
    assert flows["payment"].to_list() == [0, 3_000, 2_000, 1_000, 3_000]
    assert [str(each.date()) for each in flows["date"].unique()][-1] == "2027-02-01"


@pytest.mark.parametrize(("loan", "then"), [(LOAN, "shorten"), (INTEREST_ONLY, "lower")])
def test_a_list_of_one_is_that_repayment(loan: jb.Loan, then: str) -> None:
    once = loan.prepay(20_000, on="2027-03-01", then=then)
    assert mine(loan, {"2027-03-01": 20_000}) == once


def test_a_loan_without_due_days_is_repaid_once_a_month() -> None:
    bullet = jb.Loan(3_000, daily_rate=0.0, months=3, method="bullet", start="2026-12-31")
    flows = mine(bullet, {}, 500).cashflows(["date", "payment"])
    days = [str(each.date()) for each in flows["date"]]
    assert days == ["2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"]
    assert flows["payment"].to_list() == [0, 500, 500, 2_000]


def test_the_days_of_the_past_are_over() -> None:
    now = so_far(LOAN, {}, "2027-03-20")
    with pytest.raises(JiebeiError, match="repayments=2027-02-01: that is past"):
        own_list.planned(now, {"2027-02-01": 1_000}, 0)
    (found,) = own_list.planned(now, {}, 100).values()
    early = found.cashflows(["date", "event"]).query("event == 'prepayment'")["date"]
    assert str(early.min().date()) == "2027-04-01"


@pytest.mark.parametrize(
    ("repayments", "refusal"),
    [
        ({"2027-01-01": 5_000, "2027-01-15": 1_500}, "only ¥1,000.00 of principal is owed"),
        ({"2027-01-01": 6_000, "2027-01-15": 1}, "on 2027-01-15 nothing is owed any more"),
        ({"2028-01-01": 1_000}, "repayments=2028-01-01: the loan runs from 2026-12-01"),
        ({"2027-01-01": -5}, "repayments.*=-5"),
    ],
)
def test_what_cannot_be_is_refused_by_its_day(repayments: dict[str, float], refusal: str) -> None:
    with pytest.raises(JiebeiError, match=refusal):
        mine(FREE, repayments)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_as_people_type_it(lang: str) -> None:
    typed = {
        "repayments": {"2027年4月1日": "5千", "2027/5/1": "3,000"},
        "extra_monthly": "三百元",
        "new_rates": {"2027.6.1": "0.035%"},
    }
    plain = {
        "repayments": {"2027-04-01": 5_000, "2027-05-01": 3_000},
        "extra_monthly": 300,
        "new_rates": {"2027-06-01": 0.00035},
    }
    runs = [run_notebook("03_repay_early", lang=lang, **each) for each in (typed, plain)]
    assert runs[0].text == runs[1].text
    assert ("my own list" if lang == "en" else "我的清单") in runs[0].text


def test_interest_of_a_loan_that_runs_is_what_is_to_come() -> None:
    run = run_notebook("03_repay_early", as_of="2027-02-10")
    table = run.namespace["answer"].figures
    assert "interest" not in table
    now = run.namespace["now"]
    paid = now.whole.cashflows(["date", "interest"]).query("date <= '2027-02-10'")["interest"].sum()
    first = table["interest_to_come"].iloc[0]
    assert first == pytest.approx(now.whole.summary().interest - paid)


# ---- the cash that is left -----------------------------------------------------------------------


def drawn(cash: jb.Cash, ways: dict[Any, Any]) -> Any:
    ax = by_cash.cash_by_way(ways, jb.compare(ways, cash=cash), cash)
    plt.close("all")
    return ax


def test_a_line_says_how_its_way_ends_beside_the_first() -> None:
    """By day: 30,000 a year at 0.04 % a day; what settling saves, less the savings' interest."""
    loan = jb.Loan(30_000, daily_rate=0.0004, months=12, start="2026-12-01")
    ways = {
        Words("strategy.as_agreed"): loan,
        Words("strategy.settle"): loan.settle(on="2027-03-01"),
        Words("strategy.extend"): loan.extend(6, on="2027-06-01"),
    }
    cash = jb.Cash(40_000, 4_000, "2026-12-01")
    ax = drawn(cash, ways)
    assert isinstance(ax, Axes)
    written = " ".join(each.get_text().replace("\n", " ") for each in ax.texts)
    gained = jb.compare(ways, cash=cash)["net_benefit"].iloc[1:]
    gain, loss = (headline_yuan(abs(each)) for each in gained)
    assert f"{gain} more than" in ax.get_title(), "and not once more at its line"
    assert f"{loss} less in the end" in written
    assert written.count("in the end") == 2  # and in the note


def test_all_lines_end_on_the_last_day_of_all() -> None:
    """1,000 in hand and 5,000 a month: 7,000 are left in the end, whichever way."""
    ways = {
        Words("strategy.as_agreed"): FREE,
        Words("strategy.settle"): FREE.settle(on="2027-02-01"),
    }
    ax = drawn(jb.Cash(1_000, 5_000, "2026-12-01"), ways)
    assert isinstance(ax, Axes)
    lines = [
        np.asarray(each.get_ydata(), float) for each in ax.get_lines() if len(each.get_ydata()) > 2
    ]
    assert [each.tolist() for each in lines] == [
        [1_000, 3_000, 5_000, 7_000],
        [1_000, 3_000, 2_000, 7_000],
    ]
    assert "leaves you as much" in ax.get_title().replace("\n", " ")


def test_income_that_goes_out_at_once_is_no_step() -> None:
    """The income of 30 June leaves on 1 July: what is lowest stays, what is highest is no step."""
    cash = jb.Cash(4_000, 3_000, "2026-12-30")
    left = cash_left(FREE.but(start="2027-01-01"), cash)
    shown = by_cash._without_strokes(left)
    assert shown.min() == left.min()
    assert shown.max() < left.max()


def test_no_name_hides_the_line_at_zero(lang: str) -> None:
    loan = jb.Loan(1_000_000, daily_rate=0.0006, months=60, start="2026-12-01")
    ways = {
        Words("strategy.as_agreed"): loan,
        Words("strategy.repay_lower"): loan.prepay(20_000, on="2027-03-01"),
        Words("strategy.repay_shorten"): loan.prepay(20_000, on="2027-03-01", then="shorten"),
        Words("strategy.settle"): loan.settle(on="2027-03-01"),
    }
    ax = drawn(jb.Cash(25_000, 5_000, "2026-12-01"), ways)
    level = ax.transData.transform((0, 0))[1]
    boxes = [each.get_window_extent() for each in ax.texts]
    assert not any(box.y0 < level < box.y1 for box in boxes)


def test_where_nothing_differs_there_is_a_sentence() -> None:
    ways = {"as agreed": FREE, "nothing": FREE.prepay(0, on="2027-02-01")}
    assert str(drawn(jb.Cash(1_000, 5_000, "2026-12-01"), ways)).startswith("Whichever way")


@pytest.mark.parametrize(
    ("in_hand", "key"),
    [(25_000, "more"), (6_000, "alone"), (0, "none"), (500_000, "more")],
)
def test_the_title_says_what_the_answer_says(in_hand: float, key: str) -> None:
    monthly = 4_000 if in_hand == 0 else 5_000
    run = run_notebook("03_repay_early", cash_in_hand=in_hand, monthly_surplus=monthly)
    ways, figures = run.namespace["strategies"], run.namespace["answer"].figures
    found = by_cash._finding(ways, figures, "2027-12-01")
    assert found.key == f"answer.shared.cash_{key}"


def test_the_best_way_is_held_against_the_best_of_the_others() -> None:
    """30 less, 10 less, and a way that gains but runs short: it is ahead by 10."""
    figures = pd.DataFrame(
        {"net_benefit": [0.0, -30.0, -10.0, 5.0], "lowest_cash": [9.0, 9.0, 9.0, -1.0]},
        ["as agreed", "extend", "repay", "settle"],
    )
    found = by_cash._finding({}, figures, "2027-12-01")
    assert found.key == "answer.shared.cash_first"
    assert (found.fields["amount"], found.fields["name"]) == (10.0, "repay")


def test_the_picture_says_what_is_repaid_early_and_what_is_needed_on_which_day() -> None:
    loan = jb.Loan(30_000, daily_rate=0.0004, months=12, start="2026-12-01")
    ways = {
        Words("strategy.as_agreed"): loan,
        Words("strategy.repay_shorten"): loan.prepay(9_000, on="2027-03-01", then="shorten"),
    }
    cash = jb.Cash(40_000, 4_000, "2026-12-01", {"2027-06-01": 5_000})
    ax = drawn(cash, ways)
    assert isinstance(ax, Axes)
    written = " ".join(each.get_text().replace("\n", " ") for each in ax.texts)
    assert '"Repay early, shorten the term", ¥9,000 on 2027-03-01: ' in written
    assert "repaid early" not in written, "it is said once"
    assert "¥5,000 needed on 2027-06-01" in written
    assert written.count("gone in") == 1, "only where it is another day than as agreed"


@pytest.mark.parametrize(("days", "shown"), [(3, False), (4, True)])
def test_what_is_in_hand_for_three_days_is_no_step(days: int, shown: bool) -> None:
    start = pd.Timestamp("2026-12-01")
    dates = [start, start + pd.Timedelta(days=9), start + pd.Timedelta(days=9 + days)]
    left = by_cash._without_strokes(pd.Series([0.0, 5.0, 1.0], dates))
    assert left.tolist() == ([0, 5, 1] if shown else [0, 1])


@pytest.mark.parametrize(("left", "key"), [(1.0, "held"), (0.99, "just")])
def test_less_than_a_yuan_left_is_just_enough(left: float, key: str) -> None:
    assert by_cash.held(left).key == f"answer.shared.cash_{key}"


def costing(interest: float, fee: float) -> Any:
    told = SimpleNamespace(interest=interest, fee=fee, payoff_date="2027-06-01")
    return SimpleNamespace(summary=lambda: told)


@pytest.mark.parametrize(
    ("mine", "key", "amount"),
    [((20, 9), "saves", 6), ((31, 4), "same", 0), ((40, 2), "costs", 7)],
)
def test_what_a_list_saves_counts_the_fees_too(
    mine: tuple[float, float], key: str, amount: float
) -> None:
    """As agreed, interest is 30 and the fees are 5."""
    (said,) = own_list.said(costing(30, 5), "keep", {"mine": costing(*mine)})
    assert isinstance(said, Words)
    assert said.key == f"answer.shared.own_list_{key}"
    assert said.fields.get("amount", 0) == amount
