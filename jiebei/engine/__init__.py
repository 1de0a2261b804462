"""Accrue, then apply: what happens to many loans at once, in whole fen.

It stands on `jiebei.units` and `jiebei.language`. The loop is in `run`. Where each rule is:

==========================================  =================================
penalty, days late, days of grace, arrears  `arrears`; late decisions: `late`
day count, thirty-day months, interest      `book`
the equal instalment                        `instalments`
what falls due on a due day                 `due`
early repayment                             `prepayment`, `decisions`
extension, holiday, new rate                `agreed`
a negotiated plan                           `restructure`
a coupon, a subsidy                         `coupon`
how a method becomes terms                  `jiebei.loan.terms`
==========================================  =================================
"""
