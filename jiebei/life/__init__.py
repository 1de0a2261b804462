"""What stands around a loan: households, debts, shops, credit lines, rules, a lender's book.

Also what becomes of a loan among people: money on offer, paying late, negotiating.

It stands on `jiebei.compare` and all below it.
"""
