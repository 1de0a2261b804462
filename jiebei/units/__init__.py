"""Days, whole fen and rates of 1e-10 a day, and reading them from what people write.

It stands on `jiebei.language`. `days`: dates as whole numbers, due dates. `fen`: rounding.
`reading`: amounts, rates, shares and choices, checked. `written`: 3万, 0.045%, 2026年7月10日.
`arrays`: lists, columns and masked arrays as plain arrays that fit together. `kinds`: what an
argument may be, as a name.
"""

from jiebei.units.arrays import fit
from jiebei.units.days import as_days, due_date, iso
from jiebei.units.fen import half_up
from jiebei.units.reading import choices, money, rate, share, whole_number

__all__ = [
    "as_days",
    "choices",
    "due_date",
    "fit",
    "half_up",
    "iso",
    "money",
    "rate",
    "share",
    "whole_number",
]
