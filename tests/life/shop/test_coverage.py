"""Coverage ratios against examples worked out by hand, and what must hold for any of them."""

import csv
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import jiebei as jb
from jiebei.life.shop.coverage import (
    NO_SERVICE,
    REASONS,
    agreed_end,
    by_month,
    cover,
    debt_service_cover,
    loan_life_cover,
)
from jiebei.life.shop.shop import Shop
from jiebei.life.shop.till import due_days
from tests.golden.derive import worked_out

ORACLES = Path(__file__).parents[2] / "golden" / "oracles"
SUM = re.compile(r"^# (\d{4}-\d\d-\d\d) (\w+): ([^=]*) = ([\d.,]+)$", re.MULTILINE)
# 1,000 yuan a day, in January 2,000
SALES = [31_000, 62_000, 28_000, 31_000, 30_000, 31_000, 30_000, 31_000, 31_000, 30_000]
SHOP = Shop([*SALES, 31_000, 30_000], 0.5, 6_000, 10, 10, 20, "2026-12-01")
LOAN = jb.Loan(30_000, daily_rate=0.0004, months=3, method="equal_principal", start="2026-12-01")
BULLET = jb.Loan(30_000, daily_rate=0.0004, months=3, method="bullet", start="2026-12-01")


def golden(name: str) -> tuple[str, list[dict[str, str]]]:
    """Return the words and the rows of an example worked out by hand."""
    text = (ORACLES / f"{name}.csv").read_text("utf-8")
    rows = [line for line in text.splitlines() if not line.startswith("#")]
    return text, list(csv.DictReader(rows))


# November sells 1,000 a day too, as the shop of the example did: the list begins in December.
def test_the_shop_is_that_of_the_example() -> None:
    assert SHOP.sold_a_month[:12].sum() == sum([*SALES, 31_000, 30_000]) * 100
    assert SHOP.sold_a_month[35] == 3_000_000


# ---- by hand -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["coverage", "coverage_bullet"])
def test_the_sums_by_hand_come_out_as_written(name: str) -> None:
    text, rows = golden(name)
    sums = SUM.findall(text)
    assert sums
    for day, column, written, result in sums:
        value = result.replace(",", "")
        assert f"{float(worked_out(written)):.2f}" == value, written
        (row,) = (each for each in rows if each["date"] == day)
        assert row.get(column, value) == value


def test_the_example_by_hand() -> None:
    _, rows = golden("coverage")
    ours = by_month(LOAN, SHOP, 8_000)
    late = by_month(LOAN, SHOP, 8_000, late=5)
    for row, mine, delayed in zip(rows, ours.itertuples(), late.itertuples(), strict=True):
        assert f"{mine.date:%Y-%m-%d}" == row["date"]
        for name in ("received", "paid_for_goods", "paid_fixed", "available_for_debt", "cash"):
            assert f"{getattr(mine, name):.2f}" == row[name]
        assert f"{mine.debt_service:.2f}" == row["debt_service"]
        assert f"{mine.cover:.10f}" == row["cover"]
        assert f"{delayed.received:.2f}" == row["received_late"]
    found = cover(LOAN, SHOP)
    ratios = [float(row["cover"]) for row in rows]
    assert found.least == pytest.approx(min(ratios), abs=1e-9)
    assert found.month == 0
    assert found.mean == pytest.approx(sum(ratios) / 3, abs=1e-9)
    assert found.reason == 0


def test_the_bullet_loan_by_hand() -> None:
    _, rows = golden("coverage_bullet")
    ours = by_month(BULLET, SHOP, 8_000)
    assert [f"{each:.2f}" for each in ours["available_for_debt"]] == [
        row["available_for_debt"] for row in rows
    ]
    assert ours["debt_service"].to_list() == [0, 0, 31_080]
    assert ours["cover"].isna().to_list() == [True, True, False]
    found = cover(BULLET, SHOP)
    assert found.least == found.mean == pytest.approx(float(rows[2]["cover"]), abs=1e-9)
    worth = sum(float(row["worth"]) for row in rows)
    assert found.loan_life == pytest.approx(worth / 30_000, abs=1e-8)
    assert found.loan_life == pytest.approx(1.3781112, abs=1e-7)


# ---- what must hold ------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["equal_instalment", "interest_only", "bullet"])
@pytest.mark.parametrize("daily_rate", [0.0, 0.0004, 0.005])
def test_a_shop_that_earns_its_instalments_is_covered_once(method: str, daily_rate: float) -> None:
    loan = jb.Loan(50_000, daily_rate=daily_rate, months=12, method=method, start="2026-12-01")
    flows = loan.cashflows()
    days = (flows["date"] - flows["date"].iloc[0]).dt.days
    rate = loan.summary().effective_rate
    assert loan_life_cover(flows["payment"], days, 50_000, rate) == pytest.approx(1, abs=1e-6)


@given(
    st.lists(st.integers(-(10**6), 10**6), min_size=3, max_size=3),
    st.floats(0, 2, allow_nan=False),
)
def test_over_its_life_a_loan_is_covered_as_its_months_are_weighed(
    available: list[int], rate: float
) -> None:
    """Debt service discounted at the loan's own rate is the debt, so LLCR is a mean of the DSCR."""
    service, days = np.array([10_372.0, 10_248.0, 10_112.0]), np.array([31, 62, 90])
    owed = float((service * (1 + rate) ** (-days / 365)).sum())
    life = loan_life_cover(available, days, owed, rate)
    months = debt_service_cover(available, service)
    assert months.min() - 1e-9 <= life <= months.max() + 1e-9


def test_ratios_without_a_denominator_are_empty() -> None:
    ratios = debt_service_cover(np.array([[100, -50], [7, 0]]), np.array([0, 25]))
    assert np.isnan(ratios[:, 0]).all()
    assert ratios[:, 1].tolist() == [-2, 0]
    assert np.isnan(loan_life_cover([100], [30], 0, 0.1))


def test_over_the_life_of_many_loans() -> None:
    rates, owed = np.array([0.0, 0.1, 0.2]), np.array([1_000, 2_000, 0])
    available, days = np.array([500, 600]), np.array([100, 365])
    together = loan_life_cover(available, days, owed, rates)
    for place in range(2):
        one = loan_life_cover(available, days, owed[place], rates[place])
        assert together[place] == pytest.approx(float(one))
    assert together[0] == 1.1
    assert np.isnan(together[2])


def test_what_is_repaid_early_is_no_debt_service() -> None:
    loan = jb.Loan(30_000, daily_rate=0.0004, months=3, method="interest_only", start="2026-12-01")
    early = loan.prepay(10_000, on="2027-01-15").settle(on="2027-02-15")
    table = by_month(early, SHOP, 8_000, until="2027-03-01")
    assert table["debt_service"].to_list() == [372, 248, 0]  # on 30,000, then on 20,000
    assert table["repaid_early"].to_list() == [0, 10_056, 20_112]
    assert str(agreed_end(early)) == "2027-03-01"
    assert cover(early, SHOP).loan_life == pytest.approx(cover(BULLET, SHOP).loan_life, abs=1e-3)


def test_a_loan_settled_before_anything_falls_due_has_no_ratio() -> None:
    found = cover(BULLET.settle(on="2027-02-01"), SHOP)
    assert np.isnan(found.least)
    assert np.isnan(found.mean)
    assert (found.month, REASONS[found.reason]) == (-1, REASONS[NO_SERVICE])
    assert found.loan_life > 1


def test_the_months_add_up_to_the_cash() -> None:
    table = by_month(LOAN, SHOP, 8_000, until="2027-07-15", late=3, longer=4)
    spare = table["available_for_debt"] - table["debt_service"] - table["repaid_early"]
    assert (38_000 + spare.cumsum() - table["cash"]).abs().max() < 0.005
    assert table["cover"].isna().sum() == 5
    assert f"{table['date'].iloc[-1]:%Y-%m-%d}" == "2027-07-15"


@pytest.mark.parametrize(
    ("start", "until", "ends"),
    [
        ("2027-01-31", "2027-04-30", ["2027-02-28", "2027-03-31", "2027-04-30"]),
        ("2026-12-01", "2026-12-20", ["2026-12-20"]),
        ("2026-12-15", "2027-02-10", ["2027-01-15", "2027-02-10"]),
    ],
)
def test_the_ends_of_the_months(start: str, until: str, ends: list[str]) -> None:
    first = int(np.datetime64(start, "D").astype(int))
    assert due_days(first, until).astype("M8[D]").astype(str).tolist() == ends


def test_sales_and_ratios_scale() -> None:
    """A shop and a loan twice as large are covered alike, to the rounding of a fen."""
    twice = Shop(
        [2 * each for each in [*SALES, 31_000, 30_000]], 0.5, 12_000, 10, 10, 20, "2026-12-01"
    )
    loan = jb.Loan(
        60_000, daily_rate=0.0004, months=3, method="equal_principal", start="2026-12-01"
    )
    assert cover(loan, twice).least == pytest.approx(cover(LOAN, SHOP).least, rel=1e-6)
    assert cover(loan, twice).loan_life == pytest.approx(cover(LOAN, SHOP).loan_life, rel=1e-6)
