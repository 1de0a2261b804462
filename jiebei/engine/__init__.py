"""Accrue, then apply: what happens to many loans at once, in whole fen.

It stands on `jiebei.units` and `jiebei.language`. The loop is in `run`, its rows in `block`, what
each loan owes in `book` and its parts. Where each rule is:

==============================================  ==========================================
interest                                        `book`
day count: calendar, both ends; thirty a month  `book`; `day_count`
the equal instalment; what a due day brings;    `instalments`; `residual`
what rounding leaves of equal ones
how a fen is rounded                            `jiebei.units.fen`
penalty, days late, days of grace, what a part  `arrears`
payment goes to
what repaying early takes                       `prepayment`, `prepaid`
payment holidays; what is let off               `holiday`; `relief`
what each decision does, and which comes first  `decisions`: `early`, `late`, `coupon`,
                                                `new_terms`, `restructure`
the state of a loan in words                    `status`
what may be chosen: methods, day counts,        `jiebei.loan.terms`
penalties, and how they become terms
==============================================  ==========================================
"""

from jiebei.engine.block import Block
from jiebei.engine.run import run

__all__ = ["Block", "run"]
