"""From what is owed on the day of the talks to what is paid in all, part by part."""

from __future__ import annotations

import pandas as pd

from jiebei.life.negotiation.standing import Debt
from jiebei.loan.loan import Loan

__all__ = ["NEW", "WAIVED", "parts_of"]

WAIVED = ("waived_penalty", "waived_interest", "waived_principal")

NEW = ("penalty_to_come", "fee_to_come", "interest_to_come")

COLUMNS = ["date", "event", "interest", "penalty", "fee", "principal", "payment", *WAIVED]


def parts_of(way: Loan, debt: Debt) -> dict[str, float]:
    """Split what is paid from the day of the talks on (还款构成), in yuan.

    Returns
    -------
    dict
        `owed_today` - waived penalty, interest and principal + penalty, fee and interest to come =
        `paid_from_now`, to the fen.

    Examples
    --------
    >>> from jiebei.life.negotiation.standing import behind
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> debt = behind(loan, 3, "2027-06-01")
    >>> split = parts_of(debt.late.restructure(36, on=debt.on, waive=1), debt)
    >>> split["owed_today"], split["waived_penalty"], split["interest_to_come"]
    (44410.26, -497.14, 10601.51)
    """
    flows = way.cashflows(COLUMNS)
    flows = flows[(flows["date"] >= pd.Timestamp(debt.on)) & (flows["event"] != "draw")]
    agreed = flows[flows["event"] == "settlement"]
    split = {"owed_today": debt.total}
    split |= {name: -round(float(agreed[name].sum()), 2) + 0.0 for name in WAIVED}
    for name in ("penalty", "fee"):
        later = flows[name].sum() - (agreed[name].sum() if len(agreed) else debt.owed[name])
        split[f"{name}_to_come"] = round(float(later), 2)
    paid = round(float(flows["payment"].sum()), 2)
    split["interest_to_come"] = round(paid - sum(split.values()), 2)
    split["paid_from_now"] = paid
    return split
