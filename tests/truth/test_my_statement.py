"""14, by hand: plans under mixed conventions, what differs from the reader's terms, which loan."""

import math
from datetime import date
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import jiebei as jb
from jiebei.answers import my_statement
from tests.truth import METHODS, Truth, loans, told
from tests.truth.plain import paydays, worth

CHANGES: list[dict[str, Any]] = [
    {},
    {"day_count": "both_ends"},
    {"day_count": "thirty"},
    {"instalment_fee": 4.0},
    {"year": 360},
    {"day_count": "both_ends", "instalment_fee": 2.5},
]


class Case:
    """A loan as its reader knows it, and the plan that the lender made of it otherwise."""

    def __init__(self, rng: Random) -> None:
        self.terms = loans(rng) | {"method": rng.choice(METHODS)}
        self.terms["months"] = min(self.terms["months"], 24)
        self.terms["daily_rate"] = rng.choice([0.0002, 0.0004, 0.00045, 0.0006])
        self.change = dict(rng.choice(CHANGES))
        lender = self.terms | self.change
        if lender.pop("year", None):
            lender["daily_rate"] = round(lender["daily_rate"] * 365 / 360, 10)
        self.lender = lender
        self.own, self.plan = rows(self.terms), rows(lender)
        self.loan = jb.Loan(**self.terms)
        split = not self.change.get("instalment_fee") and rng.random() < 0.5
        self.split = split
        head = "还款日,月供" + (",本金,利息" if split else "")
        lines = [
            f"{day},{yuan(sum(parts))}" + (f",{yuan(parts[0])},{yuan(parts[1])}" if split else "")
            for day, parts in self.plan
        ]
        self.frame = jb.statement.read("\n".join([head, *lines]))


def yuan(fen: int) -> str:
    return f"{fen / 100:.2f}"


def half_up(amount: Fraction) -> int:
    return math.floor(amount + Fraction(1, 2))


def rows(terms: dict[str, Any]) -> list[tuple[date, tuple[int, int, int]]]:
    """Return the day of each payment, and its principal, interest and fee in fen."""
    start, count = date.fromisoformat(terms["start"]), terms["months"]
    due = [day for day, _ in zip(paydays(start, date(2100, 1, 1)), range(count), strict=False)]
    method, owed = terms["method"], 100 * terms["principal"]
    level = half_up(Fraction(owed, count))
    if method == "equal_instalment":  # the one that the engine solves for; the rest is by hand
        plain = {name: each for name, each in terms.items() if name != "instalment_fee"}
        level = round(100 * jb.Loan(**plain).cashflows(["payment"])["payment"].iloc[1])
    found, carried = [], Fraction(0)
    for place, (before, day) in enumerate(pairwise([start, *due])):
        last = place == count - 1
        days = 30 if terms.get("day_count") == "thirty" else (day - before).days
        days += place == 0 and terms.get("day_count") == "both_ends"
        carried += owed * Fraction(str(terms["daily_rate"])) * days
        if method == "bullet" and not last:
            continue
        interest, carried = half_up(carried), Fraction(0)
        principal = {"equal_instalment": level - interest, "equal_principal": level}.get(method, 0)
        principal = owed if last else principal
        fee = round(100 * terms.get("instalment_fee", 0.0))
        found.append((day, (principal, interest, fee)))
        owed -= principal
    return found


def test_what_differs(truth: Truth) -> None:
    for rng in truth.cases(12):
        case = Case(rng)
        said = told(my_statement.answer(case.frame, case.loan).said)
        pairs = list(zip(case.plan, case.own, strict=True))
        off = [sum(stated) - sum(own) for (_, stated), (_, own) in pairs]
        differ = sum(
            bool(gap) or (case.split and stated[1] != own[1])
            for gap, ((_, stated), (_, own)) in zip(off, pairs, strict=True)
        )
        if not differ:
            total = sum(sum(stated) for (_, stated), _ in pairs) / 100
            truth.sentence(said[0], "statement.adds_up", n=len(pairs), amount=total)
            continue
        if said[0].key == "answer.my_statement.other_loan":
            continue  # it fits to the fen: which loan that is, the next test holds
        gap = sum(off) / 100
        key = "more" if gap > 0 else "less" if gap < 0 else "even"
        fields = {"n": differ, "all": len(pairs)} | ({"amount": abs(gap)} if gap else {})
        truth.sentence(said[0], f"statement.differs_{key}", **fields)
        assert said[1].key in ("statement.why_all", "statement.why_both"), (case.change, said)


def test_which_loan_it_is(truth: Truth) -> None:
    for rng in truth.cases(12):
        case = Case(rng)
        answer, found = my_statement.plan(case.frame, case.terms["principal"], case.terms["start"])
        best = found[0]
        truth.figure(best.difference, 0)
        truth.sentence(told(answer.said)[0], "answer.my_statement.fits")
        stated = {day: -sum(parts) for day, parts in case.plan}
        drawn = date.fromisoformat(str(best.loan.start))
        stated[drawn] = 100 * case.terms["principal"]
        truth.figure(worth(stated, best.effective_rate, min(stated)), 0.0, 0.02)
        truth.figure(drawn, date.fromisoformat(case.terms["start"]))
        truth.figure(best.advertised, float(best.loan.daily_rate) * 365, 1e-9)
