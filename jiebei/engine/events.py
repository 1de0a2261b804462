"""What can happen to a loan on a day: the names of the rows, and their codes."""

__all__ = ["EVENT", "EVENTS", "VOLUNTARY"]

EVENTS = (
    "draw",
    "instalment",
    "prepayment",
    "payoff",
    "extension",
    "deferral",
    "missed",
    "late payment",
    "settlement",
    "rate change",
    "coupon",
    "fee",
    "acceleration",
)
EVENT = {name: code for code, name in enumerate(EVENTS)}
VOLUNTARY = ("prepayment", "payoff")  # early repayments: nobody asks for them
