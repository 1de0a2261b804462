"""The same loan by those who also make schedules, each as near as it comes to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd


def _pyloan() -> Callable[[], Any]:
    from pyloan import Loan

    return lambda: Loan(
        loan_amount=50_000, interest_rate=14.6, loan_term=1, start_date="2026-12-01"
    ).get_payment_schedule()


def _pyloan_to_a_frame() -> Callable[[], Any]:
    rows = _pyloan()
    return lambda: pd.DataFrame(rows())


def _amortization() -> Callable[[], Any]:
    from amortization import amortization_schedule

    return lambda: list(amortization_schedule(50_000, 0.146, 12))


def _loankit() -> Callable[[], Any]:
    from decimal import Decimal

    from loan import STRATEGIES, LoanRequest

    request = LoanRequest(Decimal(50_000), Decimal("14.6"), 12, "equal-installment")
    return lambda: STRATEGIES["equal-installment"]().generate(request)


def _numpy_financial() -> Callable[[], Any]:
    import numpy_financial as npf

    months = np.arange(1, 13)

    def run() -> pd.DataFrame:
        interest = npf.ipmt(0.146 / 12, months, 12, -50_000)
        principal = npf.ppmt(0.146 / 12, months, 12, -50_000)
        return pd.DataFrame({"interest": interest, "principal": principal})

    return run


def _quantlib() -> Callable[[], Any]:
    import QuantLib

    def run() -> list[Any]:
        ql, year = QuantLib, QuantLib.Period(1, QuantLib.Years)
        bond = ql.AmortizingFixedRateBond(
            0,
            ql.sinkingNotionals(year, ql.Monthly, 0.146, 50_000),
            ql.sinkingSchedule(ql.Date(1, 12, 2026), year, ql.Monthly, ql.NullCalendar()),
            [0.146],
            ql.Actual365Fixed(),
        )
        return [(flow.date(), flow.amount()) for flow in bond.cashflows()]

    return run


def _curo() -> Callable[[], Any]:
    from curo import Actual365, Calculator, Mode, SeriesAdvance, SeriesPayment

    def run() -> Any:
        calculator = Calculator()
        calculator.add(SeriesAdvance(amount=50_000))
        calculator.add(SeriesPayment(number_of=12, mode=Mode.ARREAR))
        day_count = Actual365()
        calculator.solve_value(day_count, 0.146, start_date=pd.Timestamp("2026-12-01"))
        return calculator.build_schedule(calculator.profile, day_count, 0.146)

    return run


PEERS = {
    "pyloan (a list)": _pyloan,
    "pyloan, its list made into a frame": _pyloan_to_a_frame,
    "amortization": _amortization,
    "loankit": _loankit,
    "numpy-financial (no dates, not rounded)": _numpy_financial,
    "QuantLib": _quantlib,
    "curo": _curo,
}
