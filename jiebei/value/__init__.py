"""What dated money is worth: roots, effective rates, present and future values.

It knows no loan; it stands on `jiebei.units` and `jiebei.language`. `roots`: every rate at which
flows are worth nothing, and the proof that there is no other. `rates`: effective and annual rates.
`worth`: values on a day, the savings rate at which two ways are worth the same, and the days of a
year (365, a bank's 360).
"""

from jiebei.value.rates import annual_rate, effective_rate
from jiebei.value.worth import break_even, future_value, present_value

__all__ = ["annual_rate", "break_even", "effective_rate", "future_value", "present_value"]
