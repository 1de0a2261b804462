"""The rollover chain: real loans to the fen, that grow as published, and as theory says."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.life.credit.rollover import month_by_month, rollover

PAGE = jb.Loan(10_000, daily_rate=0.0005, months=12, start="2026-12-01", day_count="thirty")


def test_a_published_chain_is_reproduced_to_the_fen() -> None:
    """Example sp11: 10,000 at 1.5 % a month, every instalment paid with a new 12-month loan.

    On the page all twelve instalments of a loan are alike; a real loan's last one takes the fen
    that rounding leaves, so the bill of the twelfth month, and only that, is a fen higher.
    """
    chain = month_by_month(rollover(PAGE, 12))
    assert chain["due"].iloc[[1, 2, 3, 4]].tolist() == [916.80, 1_000.85, 1_092.61, 1_192.78]
    page = level_chain()
    assert page[3] == 1_192.78
    assert page[11] == 2_406.14
    assert chain["due"].tolist()[1:12] == page[:11]
    assert chain["due"].iloc[12] == 2_406.15


def level_chain() -> list[float]:
    """Return the new loans as the page reckons: the formula of the instalment, to the fen."""
    factor = 0.015 / (1 - 1.015**-12)
    instalments = [round(10_000 * factor, 2)]
    loans = []
    for _ in range(12):
        loans.append(round(sum(instalments), 2))
        instalments.append(round(loans[-1] * factor, 2))
    return loans


def test_the_page_forgets_the_loan_of_the_twelfth_month() -> None:
    plan = rollover(PAGE, 12)
    last = month_by_month(plan).iloc[-1]
    left = [each.summary().instalment * place for place, each in enumerate(plan.loans)]
    assert sum(left[:12]) == pytest.approx(10_222.47), "what the page gives as still to pay"
    assert sum(left) == pytest.approx(12_869.55, abs=0.13), "with the loan of month 12"
    assert last["to_pay"] == 12_869.67, "and with the fen that the last instalments take"
    # All that was ever paid was borrowed, so what is owed has grown by the interest.
    assert last["owed"] == pytest.approx(10_000 * 1.015**12, abs=0.12)


@settings(max_examples=25)
@given(
    principal=st.integers(100, 300_000),
    units=st.integers(0, 60),
    months=st.integers(1, 24),
    rolled=st.integers(1, 15),
    method=st.sampled_from(["equal_instalment", "equal_principal", "interest_only", "bullet"]),
)
def test_nothing_comes_out_of_the_pocket_while_it_lasts(
    principal: int, units: int, months: int, rolled: int, method: str
) -> None:
    loan = jb.Loan(
        principal, daily_rate=units / 1e5, months=months, method=method, start="2027-01-31"
    )
    plan = rollover(loan, rolled)
    chain = month_by_month(plan)
    fen = (chain[["due", "drawn", "owed", "interest"]] * 100).round().astype(np.int64)
    assert (fen["due"][1:] == fen["drawn"][1:]).all()
    growth = fen["owed"].diff()[1:]
    assert (growth == fen["interest"][1:]).all(), "the debt grows by the interest, to the fen"
    flows = plan.cashflows()
    assert round(flows["principal"].sum() * 100) == round(flows["drawn"].sum() * 100)
    ends = chain["date"].iloc[-1]
    later = flows.loc[flows["date"] > ends, "payment"].sum()
    assert chain["to_pay"].iloc[-1] == pytest.approx(later)


def test_the_debt_grows_at_the_effective_rate_of_the_loan() -> None:
    loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    plan = rollover(loan, 36)
    owed = month_by_month(plan)["owed"]
    rate = loan.summary().effective_rate
    assert plan.summary().effective_rate == pytest.approx(rate, abs=2e-5)
    assert math.log(owed.iloc[36] / owed.iloc[0]) / 3 == pytest.approx(math.log1p(rate), rel=2e-3)


def test_a_loan_of_days_rolls_whenever_it_falls_due() -> None:
    week = jb.Loan(1_000, daily_rate=0.0005, days=7, method="bullet", start="2026-12-01")
    chain = month_by_month(rollover(week, 1))
    assert chain["drawn"].tolist()[:3] == [1_000.0, 1_003.5, 1_007.01]
    assert len(chain) == 9, "every seven days until the end of January"


def test_a_single_instalment_is_rolled_whole() -> None:
    loan = jb.Loan(1_000, daily_rate=0.0004, months=1, start="2026-12-01")
    assert month_by_month(rollover(loan, 3))["open_loans"].tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("months", "match"),
    [(0, r"months=0: a whole number from 1 to 60\."), (61, "months=61"), (1.5, r"months=1\.5")],
)
def test_months_out_of_range_are_refused(months: float, match: str) -> None:
    with pytest.raises(JiebeiError, match=match):
        rollover(PAGE, months)  # type: ignore[arg-type]


def test_scenarios_are_refused() -> None:
    loans = jb.Loan([1_000, 2_000], daily_rate=0.0004, months=3, start="2026-12-01")
    with pytest.raises(JiebeiError, match="2 scenarios; give a single one"):
        rollover(loans, 3)
