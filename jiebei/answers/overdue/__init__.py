"""What does paying late cost, and how to catch up?"""

from jiebei.answers.overdue import catch_up, costs, flips, orders, record, repair, ways
from jiebei.answers.overdue.verdict import answer, why

__all__ = ["answer", "catch_up", "costs", "flips", "orders", "record", "repair", "ways", "why"]
