"""Where is money cheapest, and what is a coupon worth?"""

from jiebei.answers.cheapest_money import coupons, flips, needless, offers, reading, subsidy
from jiebei.answers.cheapest_money.verdict import answer, best_use, builders, chart, slope, ways

__all__ = [
    "answer",
    "best_use",
    "builders",
    "chart",
    "coupons",
    "flips",
    "needless",
    "offers",
    "reading",
    "slope",
    "subsidy",
    "ways",
]
