"""How sums are rounded, and which of the equal instalments takes what that leaves."""

from tests.golden.loans import EQUAL_PRINCIPAL, LOAN, TIES, Case, missed

FIRST = {"residual": "first"}

ROUNDINGS: dict[str, Case] = {
    "rounding_down": (LOAN | {"months": 3, "rounding": "down"}, []),
    "rounding_up": (LOAN | {"months": 3, "rounding": "up"}, []),
    "rounding_half_even": (TIES | {"start": "2028-02-01", "rounding": "half_even"}, []),
    "rounding_up_prepay_fee": (
        TIES | {"rounding": "up", "prepay_fee_rate": 0.01},
        [("prepay", {"amount": 1_234.56, "on": "2026-12-11"})],
    ),
    "rounding_up_miss": (LOAN | {"rounding": "up"}, [missed(2)]),
    "residual_first": (LOAN | FIRST, []),
    "residual_first_equal_principal": (
        EQUAL_PRINCIPAL | FIRST | {"principal": 10_001, "months": 8},
        [],
    ),
    "residual_first_up": (LOAN | FIRST | {"months": 6, "rounding": "up"}, []),
    "residual_first_down": (
        LOAN | FIRST | {"principal": 50_000, "months": 12, "rounding": "down"},
        [],
    ),
    "residual_first_prepay": (
        LOAN | FIRST,
        [("prepay", {"amount": 10_000, "on": "2027-01-11"})],
    ),
    "residual_first_shorten": (
        LOAN | FIRST,
        [("prepay", {"amount": 10_000, "on": "2026-12-11", "then": "shorten"})],
    ),
}
