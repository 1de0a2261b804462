"""What was agreed and decided, and what follows: loans, plans, their cash flows and totals.

It stands on `jiebei.engine` and `jiebei.value`. `terms`: what was agreed, checked. `plan`: a
strategy, that is a loan or several of one line, and what is decided on it (`early_decisions`,
`late_decisions`). `loan`: one loan. `cashflows`, `summary`: what follows. `memory`: what was worked
out once is kept. `today`, `history`, `owed`: what was really paid, and what is owed now;
`running`, `taken_up`: a loan entered by what is left of it; `rest`: that of one with its history.
`in_a_line`, `no_list`: what Python shows of a loan, and what it refuses.
"""

from jiebei.loan.loan import Loan
from jiebei.loan.plan import Plan, Strategy
from jiebei.loan.summary import Summary

__all__ = ["Loan", "Plan", "Strategy", "Summary"]
