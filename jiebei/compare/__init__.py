"""Which way is better, and how much is enough.

It stands on `jiebei.loan` and `jiebei.value`.
"""
