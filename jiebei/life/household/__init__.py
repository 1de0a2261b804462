"""What a household can carry: budgets, futures of its income, missed payments, stress.

It stands on `jiebei.compare` and `jiebei.loan`.
"""
