"""An instalment that is late is named by its day where they count from what is left."""

import pytest

from jiebei.loan.loan import Loan
from jiebei.notebook.fit import begin
from jiebei.notebook.so_far import so_far
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
