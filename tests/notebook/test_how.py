"""From an answer to its workings: what was compared, day by day, adds up to what was said."""

from typing import Any

import pandas as pd
import pytest

import jiebei as jb
from jiebei.answers import extend, methods, reborrow, repay_early, true_cost
from jiebei.notebook.answer import Answer

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
EARLY = LOAN.prepay(20_000, on="2027-03-01")
CASH = jb.Cash(25_000, 5_000, "2026-12-01")
WAYS = {"as agreed": LOAN, "lower": EARLY, "settle": LOAN.settle(on="2027-03-01")}

ANSWERS = {
    "03": repay_early.answer(WAYS, "2027-03-01", 0.02, CASH),
    "04": extend.answer(LOAN, LOAN.extend(6, on="2027-03-01"), "2027-03-01", 0.02, 0.1, CASH),
    "05": reborrow.answer(
        {"keep": LOAN, "again": EARLY.reborrow(20_000, on="2027-06-01", months=6)}, CASH, 0.02
    ),
    "01": methods.answer({"equal": LOAN, "only": LOAN.but(method="interest_only")}, 0.02, CASH),
}


@pytest.mark.parametrize("page", [*ANSWERS])
def test_the_days_add_up_to_the_figure_of_the_answer(page: str) -> None:
    answer = ANSWERS[page]
    for name in answer.figures.index[1:]:
        table = answer.how(str(name)).figures
        assert table["worth"].sum() == pytest.approx(answer.figures["net_benefit"][name], abs=1e-8)
        first, way = table.iloc[:, 0], table[name]
        assert (way - first).to_numpy() == pytest.approx(table["difference"].to_numpy())
        assert list(table)[: len(answer.figures)] == list(answer.figures.index)
        assert table.index.is_unique


def test_the_best_way_that_cash_carries_is_shown_first() -> None:
    answer = ANSWERS["03"]
    assert answer.figures["net_benefit"].idxmax() == "settle"
    assert answer.figures["lowest_cash"]["settle"] < 0  # what cash cannot carry is no answer
    assert answer.how().headline.startswith('"Lower" leaves ¥')
    assert answer.how("settle").headline.startswith('"Settle" leaves ¥')


def test_a_loss_is_said_to_be_one_and_nothing_to_be_nothing() -> None:
    dear = {"as agreed": LOAN, "dear": LOAN.but(drawdown_fee=100)}
    assert '¥100.00 less than "as agreed"' in of(dear).how().headline
    same = {"as agreed": LOAN, "same": LOAN.but(due_day=1)}
    assert 'as much as "as agreed"' in of(same).how().headline


def of(ways: dict[str, Any]) -> Answer:
    return repay_early.answer(ways, "2027-03-01", 0.0, CASH)


def test_it_names_the_functions_and_speaks_both_languages() -> None:
    how = ANSWERS["03"].how()
    assert "jb.net_benefit_ledger()" in repr(how)
    assert "jb." not in how.note
    jb.use("zh")
    assert "手里比" in how.headline
    assert "增值系数" in repr(how)
    assert "cashflows()" in repr(how).splitlines()[-1]
    assert "()" not in how.headline + how.note


def test_factors_are_shown_with_six_places() -> None:
    assert "1.015032" in repr(ANSWERS["03"].how())  # 1.02 ** (275 / 365)


def test_what_compared_nothing_or_not_that_says_so() -> None:
    with pytest.raises(jb.JiebeiError, match="of one thing only"):
        true_cost.answer(LOAN, "2026-12-01").how("settle")
    with pytest.raises(jb.JiebeiError, match="did you mean 'settle'"):
        ANSWERS["03"].how("settel")
    with pytest.raises(jb.JiebeiError, match="its own working"):
        Answer("nothing", pd.DataFrame()).how()


def test_the_term_is_said_to_stay_only_of_a_loan_that_has_none_to_shorten() -> None:
    assert "cannot be shortened" not in ANSWERS["03"].note
    only = LOAN.but(method="interest_only")
    ways = {"as agreed": only, "lower": only.prepay(20_000, on="2027-03-01")}
    assert "cannot be shortened" in of(ways).note
