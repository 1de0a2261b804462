"""Several debts at once: what they are, in which order they are paid, what comes of it.

It stands on `jiebei.compare` and `jiebei.loan`.
"""
