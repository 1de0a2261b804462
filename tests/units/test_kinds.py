"""One value where one is meant, a loan where a loan is: else a sentence, in both languages."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.life.debts.debt import read
from jiebei.life.debts.orders import cheapest, named
from jiebei.units.fen import FEN
from jiebei.units.reading import money, rate, share, yearly_rate
from jiebei.value.rates import effective_rates, nominal_to_effective

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
CARD = {"name": "card", "kind": "card", "balance": 9_000, "daily_rate": 0.0005}
BUDGET = {"income": 9_000, "expenses": 4_000, "reserve": 500, "since": "2026-12-01"}
BORROWER: dict[str, Any] = {
    "principal": 9_000, "months": 12, "method": "equal_instalment", "start": "2026-12-01",
    "again_amount": 900, "again_every": 6, "past_months": 12, "lenders": 2,
    "elsewhere_rate": 0.0005,
}  # fmt: skip


pytestmark = pytest.mark.usefixtures("lang")


def borrower(**changed: Any) -> Any:
    return jb.Borrower(**BORROWER | changed)


REFUSED: dict[str, Callable[[], Any]] = {
    "budget, two paydays": lambda: jb.Budget(**BUDGET, payday=[1, 2]),
    "budget, two reserves": lambda: jb.Budget(**BUDGET | {"reserve": [1, 2]}),
    "budget, no day": lambda: jb.Budget(**BUDGET | {"since": None}),
    "cash, two amounts": lambda: jb.lowest_cash(LOAN, jb.Cash([1, 2], 5, "2026-12-01")),  # type: ignore[arg-type]
    "cash, two paydays": lambda: jb.lowest_cash(LOAN, jb.Cash(1, 5, "2026-12-01", payday=[1, 2])),  # type: ignore[arg-type]
    "cash, spends a number": lambda: jb.lowest_cash(LOAN, jb.Cash(1, 5, "2026-12-01", 9)),  # type: ignore[arg-type]
    "cash, spends two": lambda: jb.lowest_cash(
        LOAN,
        jb.Cash(1, 5, "2026-12-01", {"2027-01-01": [1, 2]}),  # type: ignore[dict-item]
    ),
    "cash, a number": lambda: jb.lowest_cash(LOAN, 5_000),  # type: ignore[arg-type]
    "borrower, two terms": lambda: borrower(months=[1, 2]),
    "borrower, no start": lambda: borrower(start=None),
    "borrower, two starts": lambda: borrower(start=["2026-12-01"] * 2),
    "debt, two terms": lambda: read([CARD | {"kind": "loan", "months": [3, 6]}], "2026-12-01"),
    "debt, two rates": lambda: read([CARD | {"daily_rate": [0, 0]}], "2026-12-01"),
    "order, a number": lambda: named(read([CARD], "2026-12-01"), 5),  # type: ignore[arg-type]
    "amount as text": lambda: cheapest(read([CARD], "2026-12-01"), "4500"),  # type: ignore[arg-type]
    "amount in wide digits": lambda: cheapest(read([CARD], "2026-12-01"), "４５００"),  # type: ignore[arg-type]
    "amount as truth": lambda: cheapest(read([CARD], "2026-12-01"), True),
    "compare, a list": lambda: jb.compare([LOAN, LOAN]),  # type: ignore[arg-type]
    "compare, a loan": lambda: jb.compare(LOAN),  # type: ignore[arg-type]
    "compare, a number": lambda: jb.compare({"a": 5}),  # type: ignore[dict-item]
    "compare, nothing": lambda: jb.compare({"a": None}),  # type: ignore[dict-item]
    "compare, cash": lambda: jb.compare({"a": LOAN}, cash=5_000),  # type: ignore[arg-type]
    "horizon of nothing": lambda: jb.horizon(),
    "flip with text": lambda: jb.flip(LOAN, "as agreed"),  # type: ignore[arg-type]
    "benefit of none": lambda: jb.net_benefit(None, LOAN, 0.02),  # type: ignore[arg-type]
    "a plan of none": lambda: jb.Plan(()),
    "a plan of a list": lambda: jb.Plan([LOAN]),  # type: ignore[arg-type]
    "a plan of text": lambda: jb.Plan(("a",)),  # type: ignore[arg-type]
    "settle which loan": lambda: LOAN.reborrow(9, on=5).settle(on=9, loan="a"),  # type: ignore[arg-type]
    "columns": lambda: LOAN.cashflows(3),  # type: ignore[arg-type]
    "method": lambda: LOAN.but(method={}),
    "unknown column": lambda: LOAN.cashflows(["interst"]),
    "limit for none": lambda: jb.available(5, 9_000),  # type: ignore[arg-type]
    "limit as text": lambda: jb.available(LOAN, 90_000, changes={"2027-01-01": "x"}),  # type: ignore[dict-item]
    "facts of none": lambda: jb.facts(None),  # type: ignore[arg-type]
    "LPR of none": lambda: jb.latest_lpr("2026-12-01", None),  # type: ignore[arg-type]
    "cash as text": lambda: jb.effective_rate([0, 365], ["１００", "-１１０"]),
    "cash with text": lambda: jb.effective_rate([0, 365], ["a", 1]),
    "days without end": lambda: jb.effective_rate([0, 1e300], [1, -2]),
    "no flows": lambda: jb.effective_rate([], []),
    "rate as a date": lambda: jb.future_value(([0], [1]), np.datetime64("2027-01-01")),
    "rate without end": lambda: jb.future_value(([0], [1]), np.inf),
    "flows, a number": lambda: jb.present_value(5, 0.02),
    "flows, a frame of none": lambda: jb.present_value(pd.DataFrame(), 0.02),
    "negative rate": lambda: jb.annual_rate(-0.1),
    "no rate": lambda: jb.annual_rate(np.nan),
    "nominal": lambda: nominal_to_effective("x"),
    "break-even of text": lambda: jb.break_even(["１", "-1"], [0, 1]),
    "break-even between": lambda: jb.break_even([1, -1], [0, 1], -2, 1),
    "break-even, text": lambda: jb.break_even([1, -1], [0, 1], "a", 1),  # type: ignore[arg-type]
    "rates of text": lambda: effective_rates([["a"], ["b"]], [[0], [1]]),
}


@pytest.mark.parametrize("act", REFUSED)
def test_what_is_of_another_kind_is_refused_in_the_readers_language(act: str, lang: str) -> None:
    with pytest.raises(JiebeiError) as caught:
        REFUSED[act]()
    chinese = any("\u4e00" <= each <= "\u9fff" for each in str(caught.value))
    assert chinese == (lang == "zh"), str(caught.value)


def test_a_large_rate_is_no_whole_number_that_overflows() -> None:
    assert jb.annual_rate(2**62) == pytest.approx(365 * 2.0**62)


def test_what_is_read_reaches_its_bounds_and_not_beyond() -> None:
    assert money(1e10, "amount") == 10**12
    assert rate(0.005, "daily_rate") == 5 * 10**7
    assert rate(0, "daily_rate") == 0
    assert yearly_rate([0, 1], "savings_rate").tolist() == [0, 1]
    assert share([0, 2], "waive", 2.0).tolist() == [0, 2 * 10**10]
    for beyond in (
        lambda: money(1e10 + 1, "amount"),
        lambda: rate(0.0050001, "daily_rate"),
        lambda: rate(-1e-9, "daily_rate"),
        lambda: yearly_rate(1.0001, "savings_rate"),
        lambda: yearly_rate(-0.0001, "savings_rate"),
        lambda: share(2.0001, "waive", 2.0),
    ):
        with pytest.raises(JiebeiError):
            beyond()


def test_sums_a_fen_apart_differ_and_those_that_only_a_computer_tells_apart_do_not() -> None:
    assert 0.06 - 0.05 == 0.009_999_999_999_999_995 > FEN
    assert 0 < 0.1 + 0.2 - 0.3 < FEN
