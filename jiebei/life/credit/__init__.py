"""A credit line over the years: limits, scores, tiers, drawing again.

It stands on `jiebei.loan`.
"""
