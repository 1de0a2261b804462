"""Loans and decisions of all kinds, made up by Hypothesis."""

import datetime as dt
import math
from typing import Any

import numpy as np
from hypothesis import assume, note
from hypothesis import strategies as st

import jiebei as jb
from tests.helpers.in_fen import built
from tests.helpers.populations import METHODS

KINDS = ["prepay", "pay_extra", "extend", "coupon", "settle"]

amounts = st.one_of(
    st.integers(1, 30_000_000), st.integers(1, 300).map(lambda x: x * 100_000), st.integers(1, 5)
).map(lambda fen: fen / 100)
rates = st.one_of(st.integers(0, 6_000_000), st.sampled_from([4_000_000, 4_500_000])).map(
    lambda units: units / 1e10
)


@st.composite
def loans(draw: st.DrawFn, methods: Any = METHODS, **fixed: Any) -> dict[str, Any]:
    """Make up the terms of a loan."""
    method = draw(st.sampled_from(methods))
    months = draw(st.integers(1 + (method == "interest_then_equal"), 12) | st.just(24))
    terms = {
        "principal": draw(amounts),
        "daily_rate": draw(rates),
        "start": draw(st.dates(dt.date(2026, 1, 1), dt.date(2029, 12, 31))),
        "months": months,
        "method": method,
        "interest_only_months": draw(st.integers(1, max(months - 1, 1))),
        "due_day": draw(st.none() | st.integers(1, 31)),
        "month_end": draw(st.sampled_from(["clamp", "25_to_27", "1_to_3"])),
        "day_count": draw(st.sampled_from(["actual", "both_ends", "thirty"])),
        "rounding": draw(st.sampled_from(["half_up", "half_even", "down", "up"])),
        "residual": draw(st.sampled_from(["last", "first"])),
        "prepay_fee_rate": draw(st.sampled_from([0.0, 0.01])),
        "prepay_settles": draw(st.sampled_from(["part", "whole"])),
    }
    return terms | fixed


@st.composite
def arguments(draw: st.DrawFn, kind: str, loan: dict[str, Any]) -> dict[str, Any]:
    """Make up the arguments of a decision on that loan, while it runs."""
    keeps = loan["method"] in ("equal_instalment", "equal_principal")
    then = draw(st.sampled_from(["lower", "shorten"])) if keeps else "lower"
    on = draw(st.integers(0, 27 * loan["months"]))
    amount = math.ceil(loan["principal"] * draw(st.integers(0, 40))) / 100
    return {
        "prepay": {"amount": amount, "on": on, "then": then},
        "pay_extra": {"amount": amount, "on": on, "times": draw(st.integers(1, 3)), "then": then},
        "extend": {
            "months": draw(st.integers(0, 6)),
            "on": on,
            "fee": draw(st.sampled_from([0, 9.9])),
        },
        "coupon": {
            "days": draw(st.integers(0, 60)),
            "off": draw(st.sampled_from([1, 0.3])),
            "on": on,
        },
        "settle": {"on": on},
    }[kind]


@st.composite
def strategies(draw: st.DrawFn, most: int = 4, **fixed: Any) -> jb.Loan:
    """Make up a loan with decisions that the package does not refuse."""
    loan = draw(loans(**fixed))
    kinds = draw(st.lists(st.sampled_from(KINDS[:4]), max_size=most))
    kinds += draw(st.sampled_from([[], [], [], ["settle"]]))
    chain = [(kind, draw(arguments(kind, loan))) for kind in kinds]
    note(f"{loan} {chain}")
    strategy: jb.Loan = built(loan, chain)
    assume(is_possible(strategy))
    return strategy


def is_possible(strategy: Any) -> bool:
    """Tell whether no decision is refused on its day."""
    try:
        strategy.cashflows(["closing"])
    except jb.JiebeiError:
        return False
    return True


def fen(yuan: Any) -> Any:
    """Return yuan as whole fen."""
    return np.rint(np.asarray(yuan) * 100).astype(np.int64)
