"""What stands around a loan, a folder each.

It stands on `jiebei.compare` and all below it.

`household`: budget, futures, misses, stress. `debts`: several at once, and in which order. `shop`:
till, coverage, seasons. `credit`: line, tiers, score. `rules`: facts, courts, conventions of
published figures. `late`, `negotiation`, `offers`: what being late costs, what can be agreed, where
money comes from. `statement`: what a lender wrote down. `portfolio`: a lender's book of loans.
`best`: the best of all plans for all debts, with its proof.
"""
