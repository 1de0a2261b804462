"""A loan as it is today: rates that change; a late instalment is named by its day."""

import pytest

from jiebei.language.errors import JiebeiError
from jiebei.loan.loan import Loan
from jiebei.notebook.fit import begin
from jiebei.notebook.so_far import rate_on, repriced, so_far
from jiebei.units.days import as_days

LOAN = Loan(30_000, daily_rate=0.00045, months=18, start="2026-05-10", method="equal_principal")


def test_it_is_told_for_a_loan_that_runs(lang: str) -> None:
    now = so_far(LOAN, {}, "2026-11-26")  # six are paid: the third of the rest is the ninth
    dues = as_days(["2026-12-10", "2027-01-10", "2027-02-10"], "due")[0]
    mine = now.tell_late(begin({"late_instalment": 3}, {"late_instalment": 3}), now.ahead, dues)
    assert ("2027-02-10" if lang == "en" else "2027年2月10日") in str(mine.said)


@pytest.mark.parametrize(("as_of", "number"), [("", 3), ("2026-11-26", 0)])
def test_nothing_is_said_of_a_loan_drawn_today_or_of_none_late(as_of: str, number: int) -> None:
    now, cell = so_far(LOAN, {}, as_of), {"late_instalment": number}
    dues = as_days(["2026-06-10", "2026-07-10", "2026-08-10"], "due")[0]
    assert now.tell_late(begin(cell, cell), now.ahead, dues).said is None


def test_a_rate_that_changes_by_hand() -> None:
    """50,000 for 90 days at 0.04 % and 275 at 0.03 %: 1,800 + 4,125."""
    loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01", method="interest_only")
    assert repriced(loan, {}) is loan
    dearer = repriced(loan, {"2027-03-01": 0.0003})
    assert dearer.summary().interest == 5_925
    assert dearer.settle(on="2027-01-15").summary().interest == 50_000 * 0.0004 * 45
    assert rate_on(dearer, "2027-02-28") == 0.0004
    assert rate_on(dearer, "2027-03-01") == 0.0003
    with pytest.raises(JiebeiError, match="new_rates=2028-03-01"):
        repriced(loan, {"2028-03-01": 0.0003})
    with pytest.raises(JiebeiError, match="2027-03-01"):
        repriced(loan, {"2027-03-01": 0.03})


def test_days_may_count_from_the_drawdown() -> None:
    assert so_far(LOAN, {31: 1_980.39}, "").today == "2026-06-10"


def test_a_new_rate_holds_from_its_day_on() -> None:
    free = Loan(9_000, daily_rate=0.0, months=3, start="2026-12-01")
    loan = free.reprice(0.0003, on="2027-01-15").reprice(0.0002, on="2027-02-15")
    days = ("2027-01-14", "2027-01-15", "2027-02-15")
    assert [rate_on(loan, day) for day in days] == [0.0, 0.0003, 0.0002]
