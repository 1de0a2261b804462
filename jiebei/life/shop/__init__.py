"""A shop: its sales and bills by day, and how well they cover a loan.

It stands on `jiebei.compare` and `jiebei.loan`.
"""
