"""What stands around a loan: households, debts, shops, credit lines and rules.

It stands on `jiebei.compare` and all below it.
"""
