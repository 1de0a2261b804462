"""A debt that is negotiated: how it stands on the day of the talks, what a plan takes, if it lasts.

It stands on `jiebei.compare` and `jiebei.loan`.
"""

from jiebei.life.negotiation.carried import lowest, means
from jiebei.life.negotiation.least import least_months
from jiebei.life.negotiation.standing import Debt, behind, takes, worth

__all__ = ["Debt", "behind", "least_months", "lowest", "means", "takes", "worth"]
