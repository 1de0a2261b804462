"""Money on offer: a need, what lenders and coupons ask for it, and the loans that follow.

It stands on `jiebei.compare`, `jiebei.loan` and `jiebei.life.rules`.
"""

from jiebei.life.offers.cover import builders, ways
from jiebei.life.offers.entered import read
from jiebei.life.offers.offers import Coupon, Market, Need, Offer

__all__ = ["Coupon", "Market", "Need", "Offer", "builders", "read", "ways"]
