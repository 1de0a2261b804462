"""Should I repay early? Cash and principal: interest up to the day, and the fee, come on top."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jiebei.compare.affordable import principal_for, repaid_early
from jiebei.compare.compare import Strategy
from jiebei.compare.goals import owed
from jiebei.language.words import Words
from jiebei.loan.loan import Loan
from jiebei.units.fen import FEN

__all__ = ["cash_words"]


def cash_words(strategies: Mapping[str, Strategy], on: Any) -> list[Words]:
    """Say what the principal takes in cash on that day, and what as much cash would repay."""
    agreed, early = list(strategies.values())[:2]
    if not isinstance(agreed, Loan) or not isinstance(early, Loan) or not early.decisions:
        return []
    amount = float(early.decisions[-1].values().get("amount", 0)) / 100
    if not 0 < amount < owed(agreed, on) / 100:
        return []
    paid = repaid_early(early, agreed)
    cash = float(paid["payment"])
    if cash - amount < FEN:
        return []
    principal = principal_for(agreed, amount, on)
    fields = {"amount": amount, "cash": cash, "principal": principal}
    fee = "_fee" if paid["fee"] > 0 else ""
    return [Words(f"answer.repay_early.cash{fee}", **fields)]
