"""What stands around a loan: households, debts, shops, credit lines, rules, a lender's book.

It stands on `jiebei.compare` and all below it.
"""
