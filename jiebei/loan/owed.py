"""What is owed on one day: its parts, since when it is late, and what settles it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from jiebei.language.errors import JiebeiError
from jiebei.loan.history import Row, day_of, rows_of, until

if TYPE_CHECKING:
    from jiebei.loan.loan import Loan

__all__ = ["Owed", "owed_on"]

PARTS = ("principal", "interest", "penalty", "fee")
NO_DAY: np.datetime64 = np.datetime64("NaT", "D")


@dataclass(frozen=True)
class Owed:
    """Say what is owed on one day, in yuan; from `Loan.owed`.

    Attributes
    ----------
    on : date
    total : yuan
        What settles the loan that day (结清金额): `principal` + `interest` + `penalty` + `fee`.
    principal, interest, penalty, fee : yuan
        Its parts: all principal, interest run up until that day, penalty (罚息), and fees, that on
        repaying early included.
    overdue : yuan
        Of it what should have been paid already (逾期金额).
    overdue_principal, overdue_interest, overdue_penalty, overdue_fee : yuan
        The parts of that.
    since : date
        Due day of the oldest instalment of which anything is left; NaT where nothing is overdue.
    days_late : int
        Days since then (逾期天数), as this suite counts.
    first_missed : date
        The day since when something has been overdue without a break; NaT where nothing is.
    days_in_arrears : int
        Days since then, as those count for whom a part payment changes nothing.
    due : yuan
        What the plan takes that very day; it counts as paid.
    """

    on: np.datetime64
    total: float
    principal: float
    interest: float
    penalty: float
    fee: float
    overdue: float
    overdue_principal: float
    overdue_interest: float
    overdue_penalty: float
    overdue_fee: float
    since: np.datetime64
    days_late: int
    first_missed: np.datetime64
    days_in_arrears: int
    due: float


def owed_on(loan: Loan, on: Any) -> Owed:
    """Return what is owed at the end of a day; see `Loan.owed`."""
    if loan.shape:
        raise JiebeiError("error.owed_one", scenarios=np.prod(loan.shape))
    today = day_of(loan, on, "on")
    loan = until(loan, today)
    behind = [each for each in rows_of(loan) if each.day <= today]
    all_, overdue = _settled(loan, behind, today), _overdue(loan, behind, today)
    since, missed = NO_DAY, _first_missed(behind)
    if overdue["payment"]:
        since = np.datetime64(today - int(all_["days_late"]), "D")
    return Owed(
        on=np.datetime64(today, "D"),
        total=float(all_["payment"]),
        **{name: float(all_[name]) for name in PARTS},
        overdue=float(overdue["payment"]),
        **{f"overdue_{name}": float(overdue[name]) for name in PARTS},
        since=since,
        days_late=int(all_["days_late"]),
        first_missed=NO_DAY if missed is None else np.datetime64(missed, "D"),
        days_in_arrears=0 if missed is None else today - missed,
        due=sum(each.payment for each in behind if each.day == today and each.falls_due) / 100,
    )


def _settled(loan: Loan, behind: list[Row], today: int) -> dict[str, float]:
    """Return the row that settles the loan at the end of a day, zeros where nothing is owed."""
    if not behind[-1].closing and not behind[-1].arrears:
        return dict.fromkeys((*PARTS, "payment", "days_late"), 0.0)
    on = np.datetime64(today, "D")
    return _on_day(loan.settle(on), on)


def _overdue(loan: Loan, behind: list[Row], today: int) -> dict[str, float]:
    """Return what brings the loan up to date at the end of a day, by part."""
    if not behind[-1].arrears:
        return dict.fromkeys((*PARTS, "payment"), 0.0)
    on = np.datetime64(today, "D")
    fen = 0.01  # paid as the last thing of the day, it shows what is overdue then
    left = _on_day(loan.pay_extra(fen, on), on)["arrears"]
    return _on_day(loan.pay_extra(round(left + fen, 2), on), on)


def _on_day(loan: Loan, on: np.datetime64) -> dict[str, float]:
    """Return the last row of a day."""
    names = [*PARTS, "payment", "arrears", "days_late"]
    frame = loan.cashflows(["date", *names])
    last = frame[frame["date"] == on].iloc[-1]
    return {name: float(last[name]) for name in names}


def _first_missed(behind: list[Row]) -> int | None:
    """Return the day since when something has been overdue, whatever was paid in part."""
    since = None
    for each in behind:
        since = (each.day if since is None else since) if each.arrears else None
    return since
