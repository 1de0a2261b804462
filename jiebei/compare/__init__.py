"""Which way is better, and how much is enough.

It stands on `jiebei.loan` and `jiebei.value`. `compare`: net benefit, flip, the cash that is left.
`goals`: the least amount that makes you free of debt by a day, or saves a sum; the search for it.
`ledger`: how a net benefit adds up. `vary`: one thing changed at a time. `turns`: where a gain
becomes a loss. `affordable`: how much cash repays early.
"""

from jiebei.compare.compare import Cash, compare, flip, horizon, lowest_cash, net_benefit
from jiebei.compare.goals import amount_to_be_free_by, amount_to_save
from jiebei.compare.ledger import net_benefit_ledger

__all__ = [
    "Cash",
    "amount_to_be_free_by",
    "amount_to_save",
    "compare",
    "flip",
    "horizon",
    "lowest_cash",
    "net_benefit",
    "net_benefit_ledger",
]
