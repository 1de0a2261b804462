"""Where is money cheapest, and what is a coupon worth?"""

from jiebei.answers.cheapest_money import coupons, flips, needless, settle, subsidy
from jiebei.answers.cheapest_money.example import EXAMPLE, asked_by, fitted
from jiebei.answers.cheapest_money.verdict import answer, chart, slope
from jiebei.life.offers import read, ways

__all__ = [
    "EXAMPLE",
    "answer",
    "asked_by",
    "chart",
    "coupons",
    "fitted",
    "flips",
    "needless",
    "read",
    "settle",
    "slope",
    "subsidy",
    "ways",
]
