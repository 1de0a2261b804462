"""What the suite says, in English and Chinese, and how it writes figures.

It stands on nothing but Python and pandas.
"""
