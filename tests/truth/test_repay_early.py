"""03, by hand: does it pay to repay early, and how much is enough?"""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

import jiebei as jb
from jiebei.answers import repay_early
from jiebei.language.words import Words
from tests.truth import Truth, loans, told
from tests.truth.days import the_days
from tests.truth.plain import CENT, Moves, less, lowest, moves, sooner, turning, unless, worth

LOWER, SHORTEN = Words("strategy.repay_lower"), Words("strategy.repay_shorten")
KEEP, SETTLE = Words("strategy.as_agreed"), Words("strategy.settle")


class Case:
    """A loan, what its reader could repay on a day, and his cash."""

    def __init__(self, rng: Random) -> None:
        terms = loans(rng)
        self.start = date.fromisoformat(terms["start"])
        self.loan = jb.Loan(**terms, prepay_fee_rate=rng.choice([0.0, 0.0, 0.0, 0.005, 0.03]))
        self.agreed = moves(self.loan)
        last = max(self.agreed)
        self.on = self.start + timedelta(rng.randrange((last - self.start).days))
        flows = self.loan.cashflows(["date", "closing"])
        self.owed = float(flows["closing"][flows["date"].dt.date <= self.on].iloc[-1])
        self.amount = round(self.owed * rng.choice([0.03, 0.2, 0.5, 0.9, 1.0]), 2)
        self.savings = rng.choice([0.0, 0.02, 0.1, 0.3])
        monthly = terms["principal"] / terms["months"]
        self.hand = round(terms["principal"] * rng.choice([0.0, 0.3, 1.5]), 2)
        self.monthly = round(monthly * rng.choice([0.0, 0.7, 1.3]), 2)
        self.cash = jb.Cash(self.hand, self.monthly, since=self.start)
        ways = {
            KEEP: self.loan,
            LOWER: self.loan.prepay(self.amount, on=self.on),
            SHORTEN: self.loan.prepay(self.amount, on=self.on, then="shorten"),
            SETTLE: self.loan.settle(on=self.on),
        }
        self.ways = repay_early.possible(ways, self.loan, on=self.on)
        self.moves = {name: moves(each) for name, each in self.ways.items()}
        self.last = max(max(each) for each in self.moves.values())

    def gain(self, name: Words) -> float:
        return worth(self.difference(name), self.savings, self.last)

    def difference(self, name: Words) -> Moves:
        return less(self.moves[name], self.agreed)

    def lowest(self, loan: Any) -> tuple[float, date]:
        return lowest(moves(loan, draws=False), self.hand, self.monthly, self.start)

    def paid(self, amount: float) -> tuple[float, float]:
        """Return what leaves the pocket for a part repaid, and the fee in it."""
        flows = self.loan.prepay(amount, on=self.on).cashflows(["event", "payment", "fee"])
        flows = flows[flows["event"] == "prepayment"]
        return float(flows["payment"].sum()), float(flows["fee"].sum())


def largest(limit: float, fits: Any) -> float:
    """Return the largest amount up to a limit that fits, to the fen."""
    low, high = 0, round(100 * limit)
    while low < high:
        half = (low + high + 1) // 2
        low, high = (half, high) if fits(half / 100) else (low, half - 1)
    return low / 100


def test_the_verdict(truth: Truth) -> None:
    for rng in truth.cases(40):
        case = Case(rng)
        answer = repay_early.answer(case.ways, case.on, case.savings, case.cash)
        the_days(truth, answer)
        lows = {name: case.lowest(each) for name, each in case.ways.items()}
        the_table(truth, case, answer.figures, lows)
        said = told(answer.said)
        truth.figure(len(said), len(the_sentences(truth, case, said, lows)))


def the_table(truth: Truth, case: Case, table: Any, lows: Any) -> None:
    for name, way in case.ways.items():
        row, flows = table.loc[name], way.cashflows()
        truth.figure(row["interest"], flows["interest"].sum())
        truth.figure(row["fee"], flows["fee"].sum())
        truth.figure(row["payoff_date"], max(case.moves[name]))
        truth.figure(row["net_benefit"], case.gain(name))
        truth.figure(row["lowest_cash"], lows[name][0])
        truth.figure(row["lowest_cash_date"], lows[name][1])
        later = flows[(flows["event"] == "instalment") & (flows["date"].dt.date > case.on)]
        following = later["payment"].iloc[0] if len(later) else None
        truth.figure(row["next_instalment"], following)


def the_sentences(truth: Truth, case: Case, said: list[Words], lows: Any) -> list[str]:
    """Hold each sentence against the one that has to be said; return their keys."""
    others = [name for name in case.ways if name != KEEP]
    fit = {name: lows[name][0] > -CENT for name in case.ways}
    keys = ["."]
    if fit[KEEP] and any(fit[name] for name in others):
        keys = the_gain(truth, case, said, [name for name in others if fit[name]])
        for name in [name for name in others if not fit[name]]:
            low, day = lows[name]
            truth.sentence(said[len(keys)], ".left_out", name=name, short=-low, day=day)
            keys.append("left_out")
    elif fit[KEEP]:
        name = max(others, key=lambda each: lows[each][0])
        low, day = lows[name]
        most = largest(case.owed, lambda part: fits(case, part))
        told_too = {"most": most} if most else {}
        key = ".short" if most else ".short_later"
        left = lows[KEEP][0]
        truth.sentence(said[0], key, name=name, short=-low, day=day, left=left, **told_too)
    elif any(fit.values()):
        most = max(case.gain(name) for name in others if fit[name])
        best: Any = said[0].fields["best"]
        low, day = lows[KEEP]
        left = max(lows[best][0], 0.0)
        truth.figure(case.gain(best), most)
        truth.sentence(said[0], ".short_agreed", name=KEEP, short=-low, day=day, left=left)
    else:
        truth.sentence(said[0], ".short_all", name=KEEP, short=-lows[KEEP][0], day=lows[KEEP][1])
    ways = {name: moves(each, draws=False) for name, each in case.ways.items()}
    if found := sooner(ways, case.hand, case.monthly, case.start):
        due, names = found
        truth.sentence(said[len(keys)], ".cash_payday", day=case.start.day, due=due, names=names)
        keys.append("payday")
    return keys + the_cash(truth, case, said[len(keys) :])


def fits(case: Case, part: float) -> bool:
    return case.lowest(case.loan.prepay(part, on=case.on))[0] > -CENT


def the_gain(truth: Truth, case: Case, said: list[Words], able: list[Words]) -> list[str]:
    best: Any = said[0].fields["name"]
    gain = max(map(case.gain, able))
    truth.figure(case.gain(best), gain)
    key = ".equal" if abs(gain) < 0.01 else ".repay" if gain > 0 else ".keep"
    told_too = {} if key == ".equal" else {"amount": abs(gain)}
    truth.sentence(said[0], key, day=case.last, savings=case.savings, **told_too)
    if key == ".equal":
        return ["equal"]
    clause, rates = unless(case.difference(best), case.savings)
    found: Any = said[0].fields["unless"]
    truth.sentence(found, clause)
    for name, rate in rates.items():
        truth.figure(found.fields[name], rate, within=1e-5)
    own, fee = case.loan.summary().effective_rate, case.ways[best].summary().fee
    turns = turning(case.difference(best))
    if fee:
        free = less(moves(case.ways[best].but(prepay_fee_rate=0.0)), case.agreed)
        if len(flips := turning(free)) != 1:
            return ["gain"]
        if abs(flips[0] - own) < 0.0005:
            truth.sentence(said[1], ".fee_moves", rate=own, fee=fee)
        else:
            truth.sentence(said[1], ".fee_moves_else", rate=own, fee=fee)
            truth.figure(said[1].fields["flip"], flips[0], within=1e-5)
        return ["gain", "fee"]
    if len(turns) == 1 and abs(turns[0] - own) < 0.0005:
        alike = f"{100 * turns[0]:.2f}" == f"{100 * own:.2f}"
        truth.sentence(said[1], f".own_rate{'' if alike else '_about'}", rate=own)
        return ["gain", "own"]
    return ["gain"]


def the_cash(truth: Truth, case: Case, said: list[Words]) -> list[str]:
    paid, fee = case.paid(case.amount)
    if not 0 < case.amount < case.owed or paid - case.amount < CENT:
        return []
    most = largest(case.owed, lambda part: case.paid(part)[0] <= case.amount + CENT)
    key = ".cash_fee" if fee else ".cash"
    truth.sentence(said[0], key, amount=case.amount, cash=paid, principal=most)
    return ["cash"]


def test_how_much_is_enough(truth: Truth) -> None:
    for rng in truth.cases(12):
        case = Case(rng)
        dues = [day for day in case.agreed if day > case.on] or [case.on]
        goal = rng.choice([*dues, case.on - timedelta(3)])
        whole = case.loan.settle(on=case.on)
        save = round(rng.choice([0.1, 0.6, 2.0]) * (cost(case.loan) - cost(whole)), 2)
        if save <= 0:
            save = 10.0
        answer = repay_early.amounts.needed(case.loan, case.on, goal, save, case.cash)
        said, table = told(answer.said), answer.figures
        free = table.iloc[0]
        if goal < case.on:
            truth.sentence(said[0], ".free_never", amount=case.owed)
        elif max(case.agreed) <= goal:
            truth.sentence(said[0], ".free_anyway", end=max(case.agreed))
        else:
            whole_amount = abs(free["amount"] - case.owed) < CENT
            kept = SHORTEN in case.ways
            keeps = ".free_principal" if case.loan.method == "equal_principal" else ".free"
            key = ".free_all" if whole_amount else keeps if kept else ".free_rest"
            truth.sentence(said[0], key, amount=free["amount"])
            fee = "fee" if case.loan.prepay_fee_rate else "interest"
            took: Any = said[0].fields["with_cash"]
            truth.sentence(took, f".with_{fee}", cash=free["cash_needed"])
            then = "shorten" if kept else "lower"
            truth.figure(ends(case, free["amount"], then) <= goal, True)
            truth.figure(ends(case, round(free["amount"] - 0.01, 2), then) > goal, True)
        for sentence, then, row in zip(
            said[1:], ("lower", "shorten"), range(1, len(table)), strict=False
        ):
            amount = float(table.iloc[row]["amount"])
            saved = cost(case.loan) - cost(case.loan.prepay(amount, on=case.on, then=then))
            truth.figure(table.iloc[row]["saved"], saved)
            if saved > save - CENT:
                truth.sentence(sentence, ".save", save=save, amount=amount)
                below = case.loan.prepay(round(amount - 0.01, 2), on=case.on, then=then)
                truth.figure(cost(case.loan) - cost(below) < save - CENT, True)
            else:
                key = "_none" if saved < CENT else "_fen" if saved < 5 * 0.01 - CENT else "_never"
                low = case.lowest(case.loan.prepay(amount, on=case.on, then=then))[0]
                key += "_short" if key == "_never" and low <= -CENT else ""
                truth.sentence(sentence, f".save{key}")
                more = [cost(case.loan.prepay(round(share * case.owed, 2), on=case.on, then=then))
                        for share in (0.1, 0.5, 0.9, 1.0)]  # fmt: skip
                truth.figure(min(more) >= cost(case.loan) - saved - CENT, True)


def cost(loan: jb.Loan) -> float:
    total = loan.summary()
    return float(total.interest + total.fee)


def ends(case: Case, amount: float, then: str) -> date:
    return max(moves(case.loan.prepay(amount, on=case.on, then=then)))


def test_a_million_is_free_with_a_rest_of_a_few_fen() -> None:
    """In the first half of 6+6 no instalment can be kept; the last 0.19 end by rounding."""
    loan = jb.Loan(1_000_000, daily_rate=0.0004, months=12, method="interest_then_equal",
                   start="2026-12-01")  # fmt: skip
    cash = jb.Cash(2_000_000, 0, "2026-12-01")
    answer = repay_early.amounts.needed(loan, "2027-03-01", "2027-08-01", 1_000, cash)
    amount = float(answer.figures.iloc[0]["amount"])
    assert max(moves(loan.prepay(amount, on="2027-03-01"))) <= date(2027, 8, 1)
    assert max(moves(loan.prepay(amount - 0.01, on="2027-03-01"))) > date(2027, 8, 1)


@pytest.mark.parametrize(("fee", "key"), [(0.1, "costs"), (0.0, "saves")])
def test_what_costs_more_than_it_saves_is_not_said_to_save(fee: float, key: str) -> None:
    loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01", prepay_fee_rate=fee)
    last = told(repay_early.amounts.further(loan, "2027-03-01").said)[-1].fields["last"]
    assert isinstance(last, Words)
    assert last.key == f"answer.repay_early.{key}"
