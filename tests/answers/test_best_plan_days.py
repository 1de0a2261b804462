"""The best plan as a calendar file: every day of it, of all debts, with what is to be done."""

from pathlib import Path

import pandas as pd
import pytest
from icalendar import Calendar

from jiebei.answers import best_plan
from jiebei.life.best.best import best
from jiebei.life.best.borrower import Borrower
from jiebei.life.debts.debt import read
from jiebei.life.household.budget import Budget
from jiebei.loan.loan import Loan
from jiebei.notebook.calendars import save_calendar

START = "2026-12-01"
DEBTS = [
    {"name": "card", "kind": "card", "balance": 3_000, "daily_rate": 0.0005},
    {"name": "family", "kind": "family", "balance": 2_000, "due": "2027-02-01"},
]


@pytest.fixture(scope="module")
def there() -> Borrower:
    loan = Loan(9_000, daily_rate=0.0004, months=3, start=START)
    return Borrower((loan,), Budget(9_000, 4_000, 3_000, START), debts=tuple(read(DEBTS, START)))


def test_the_days_are_those_of_the_plan(there: Borrower) -> None:
    days, found = best_plan.due_days(there), best(there)
    assert days is not None
    assert found is not None
    flows = found.played.flows
    assert days["payment"].sum() == pytest.approx(flows["payment"].sum())
    parts = days["principal"] + days["interest"] + days["fee"]
    assert (parts - days["payment"]).abs().max() < 0.005
    owed = 9_000 + 3_000 + 2_000  # and interest of the card joins it
    assert days["closing"].iloc[0] == pytest.approx(owed - days["principal"].iloc[0])
    assert days["early"].iloc[0] == 3_000  # all there is, as nothing is to be kept
    assert "family" in days.loc[pd.Timestamp("2027-02-01"), "to_do"]


def test_the_file_begins_with_what_is_to_be_done_today(there: Borrower, tmp_path: Path) -> None:
    days, path = best_plan.due_days(there), tmp_path / "plan.ics"
    assert days is not None
    save_calendar(days, path, since=START)
    entries = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert len(entries) == len(days)
    assert entries[0]["dtstart"].dt.isoformat() == START
    first = entries[0]["description"]
    assert first.startswith("pay ¥3,000.00 early on this line, ¥2,998.80 of it principal")
    assert "then ¥6,001.20 owed" in first  # 9,000 - 3,000 / 1.0004
    assert "on all debts: ¥11,001.20" in first
