"""A shop: its sales and bills by day, and how well they cover a loan.

It stands on `jiebei.compare` and `jiebei.loan`.
"""

from jiebei.life.shop.carried_loans import carried_loans, within
from jiebei.life.shop.coverage import by_month, covered_by_itself
from jiebei.life.shop.shop import Shop
from jiebei.life.shop.till import sweep

__all__ = ["Shop", "by_month", "carried_loans", "covered_by_itself", "sweep", "within"]
