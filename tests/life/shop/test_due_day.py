"""The months that are covered end where the loan falls due, not where it was drawn."""

import jiebei as jb
from jiebei.life.shop import Shop, by_month

SHOP = Shop([30_000] * 12, 0.6, 6_000, 0, 0, 0, "2026-12-01")


def test_each_month_has_its_instalment() -> None:
    """Sales of 30,000 leave 12,000 a month before 6,000 of rent, 19 days of 31 of it at first."""
    loan = jb.Loan(50_000, daily_rate=0.0004, months=3, start="2026-12-01", due_day=20)
    table = by_month(loan, SHOP, 10_000)
    assert table["date"].dt.strftime("%m-%d").to_list() == ["12-20", "01-20", "02-20"]
    due = loan.cashflows(["payment"])["payment"].to_list()[1:]
    assert table["debt_service"].to_list() == due
    assert abs(table["available_for_debt"].iloc[0] - 12_000 * 19 / 31) < 0.02
