"""What was agreed and decided, and what follows: loans, plans, their cash flows and totals.

It stands on `jiebei.engine` and `jiebei.value`.
"""
