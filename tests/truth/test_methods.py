"""01, by hand: what each method costs, what the cash carries, what leaves most, where it turns."""

from datetime import date
from random import Random
from typing import Any

import jiebei as jb
from jiebei.answers import methods
from jiebei.language.words import Words
from tests.truth import METHODS, Truth, loans, told
from tests.truth.days import the_days
from tests.truth.plain import CENT, less, lowest, moves, turning, worth

SIX_AND_SIX = "interest_then_equal"
CHANGES = [{"daily_rate": each} for each in (0.00015, 0.0006)]
CHANGES += [{"months": each} for each in (3, 6, 12, 24)]


class Case:
    """The same money by the methods on offer, and its reader's cash."""

    def __init__(self, rng: Random) -> None:
        self.terms = loans(rng) | {"daily_rate": rng.choice([0.0, 0.0003, 0.0004, 0.0006, 0.0025])}
        del self.terms["method"]
        self.start = date.fromisoformat(self.terms["start"])
        offered = rng.sample([*METHODS, SIX_AND_SIX], rng.randrange(2, 6))
        left = [each for each in offered if possible(each, self.terms["months"])]
        self.offered = left if len(left) > 1 else list(METHODS)
        self.loans = self.but({})
        self.savings = rng.choice([0.0, 0.02, 0.1, 0.3, 0.7])
        principal = self.terms["principal"]
        self.hand = round(principal * rng.choice([0.0, 0.3, 1.5]), 2)
        self.monthly = round(principal / self.terms["months"] * rng.choice([0.0, 0.9, 1.3]), 2)
        self.cash = jb.Cash(self.hand, self.monthly, since=self.start)
        self.moves = {name: moves(each) for name, each in self.loans.items()}
        self.last = max(max(each) for each in self.moves.values())

    def but(self, change: dict[str, Any]) -> dict[Words, jb.Loan]:
        terms: Any = self.terms | change
        return {
            Words(f"method.{each}"): jb.Loan(method=each, **terms)
            for each in self.offered
            if possible(each, terms["months"])
        }


def possible(method: str, months: int) -> bool:
    return method != SIX_AND_SIX or months > 6


def interest(loan: jb.Loan) -> float:
    return round(float(loan.cashflows(["interest"])["interest"].sum()), 2)


def owed_days(loan: jb.Loan) -> tuple[float, int]:
    """Return the principal owed times days, and the days."""
    flows = loan.cashflows(["date", "closing"])
    days = flows["date"].diff().dt.days.fillna(0)
    return float((flows["closing"].shift(fill_value=0.0) * days).sum()), int(days.sum())


def best_of(worths: dict[Any, float]) -> tuple[Any, ...]:
    return tuple(name for name in worths if max(worths.values()) - worths[name] < CENT)


def test_the_answer(truth: Truth) -> None:
    for rng in truth.cases(25):
        case = Case(rng)
        answer = methods.answer(case.loans, case.savings, case.cash)
        the_days(truth, answer)
        first = next(iter(case.loans))
        gains = {
            name: worth(less(each, case.moves[first]), case.savings, case.last)
            for name, each in case.moves.items()
        }
        lows = {
            name: lowest(moves(each, draws=False), case.hand, case.monthly, case.start)
            for name, each in case.loans.items()
        }
        the_table(truth, case, answer.figures, gains, lows)
        cost, *verdict = told(answer.said)
        the_cost(truth, case, cost)
        the_verdict(truth, case, verdict, gains, lows)


def the_table(truth: Truth, case: Case, table: Any, gains: Any, lows: Any) -> None:
    for name, loan in case.loans.items():
        row, flows = table.loc[name], loan.cashflows(["event", "payment"])
        owed, days = owed_days(loan)
        truth.figure(row["interest"], interest(loan))
        truth.figure(row["owed_on_average"], owed / days)
        truth.figure(row["cost_per_10k_day"], 10_000 * interest(loan) / owed)
        truth.figure(row["net_benefit"], gains[name])
        truth.figure(row["lowest_cash"], lows[name][0])
        truth.figure(worth(case.moves[name], row["effective_rate"], case.start), 0.0, 0.02)
        due = flows.loc[flows["payment"] > 0, "payment"]
        truth.figure(row["largest_payment"], due.max())


def the_cost(truth: Truth, case: Case, said: Words) -> None:
    costs = {name: interest(each) for name, each in case.loans.items()}
    low, high = min(costs.values()), max(costs.values())
    if high - low < CENT:
        truth.sentence(said, ".cost_same", amount=low)
        return
    cheap = tuple(name for name in costs if costs[name] - low < CENT)
    dear = tuple(name for name in costs if high - costs[name] < CENT)
    fields = {"low_amount": low, "high_amount": high, "low": cheap, "high": dear}
    truth.sentence(said, ".cost_range", **fields)


def the_verdict(truth: Truth, case: Case, said: list[Words], gains: Any, lows: Any) -> None:
    fit = [name for name in case.loans if lows[name][0] > -CENT]
    if not fit:
        nearest: Any = said[0].fields["name"]
        low, _ = max(lows.values(), key=lambda each: each[0])
        truth.figure(lows[nearest][0], low)
        truth.sentence(said[0], ".fits_none", short=-low, day=lows[nearest][1])
        return
    able = "" if len(fit) == len(case.loans) else "_able"
    best = best_of({name: gains[name] for name in fit})
    if len(fit) == 1:
        truth.sentence(said[0], ".best_only", best=fit[0])
    elif len(best) == len(fit):
        truth.sentence(said[0], ".best_same", savings=case.savings)
    elif len(best) > 1:
        truth.sentence(said[0], f".best_two{able}", names=best)
    else:
        first = next(iter(case.loans))
        others = max(gains[name] for name in fit if name not in best)
        gap = gains[best[0]] - (gains[first] if first in fit and first not in best else others)
        truth.sentence(said[0], f".best{able}", best=best[0], amount=gap, day=case.last)
    if able:
        short = tuple(name for name in case.loans if name not in fit)
        truth.sentence(said[1], ".fits_some", names=short)
    else:
        truth.sentence(said[1], ".fits_all")


def test_where_it_flips(truth: Truth) -> None:
    for rng in truth.cases(25):
        case = Case(rng)
        answer = methods.flips.flips(case.loans, case.cash)
        first, *others = case.loans
        turns = {name: turning(less(case.moves[name], case.moves[first])) for name in others}
        for name in others:
            one = turns[name][0] if len(turns[name]) == 1 else None
            truth.figure(answer.figures["flip_rate"][name], one, 1e-6)
        flip, need = told(answer.said)
        the_flip(truth, case, flip, turns)
        the_need(truth, case, need, answer.figures["least_surplus"])


def the_flip(truth: Truth, case: Case, said: Words, turns: Any) -> None:
    first = next(iter(case.loans))
    turning_ones = {name: rates for name, rates in turns.items() if rates}
    if not turning_ones:
        truth.sentence(said, ".flip_zero" if said.key.endswith("zero") else ".flip_none")
        if said.key.endswith("zero"):
            costs = [interest(each) for each in case.loans.values()]
            truth.figure(max(costs) - min(costs), 0.0)
        return
    rates = sorted(rate for each in turning_ones.values() for rate in each)
    if said.key.endswith(".flip_each"):
        ways: Any = said.fields["ways"]
        truth.figure(len(ways), len(turning_ones))
        for way, (name, each) in zip(ways, turning_ones.items(), strict=True):
            above = better(case, name, first, each[-1] * 1.001 + 1e-5)
            key = ".flip_more" if len(each) > 1 else ".flip_above" if above else ".flip_below"
            told_too = {"rate": each[0]} if len(each) == 1 else {}
            truth.sentence(way, key, 1e-6, name=name, **told_too)
        return
    low, high = round(rates[0], 4), round(rates[-1], 4)
    ends: dict[str, Any] = {"low": low}
    if low != high:
        ends |= {"high": high, "first": first}
        for end in ("low", "high"):
            names: Any = said.fields[f"{end}_names"]
            for name in names:
                nearest = min(turning_ones[name], key=lambda rate: abs(rate - ends[end]))
                truth.figure(nearest, ends[end], 1e-4)
    truth.sentence(said, ".flip_one" if low == high else ".flip_range", 1e-4, **ends)
    # What is said of all holds of each: under all rates who owes less is better, above all it turns
    for name in turns:
        owes_more = owed_days(case.loans[name])[0] > owed_days(case.loans[first])[0]
        if abs(worth(less(case.moves[name], case.moves[first]), 0.5, case.last)) < CENT:
            continue
        truth.figure(better(case, name, first, 0.9 * low), not owes_more)
        truth.figure(better(case, name, first, 1.001 * high + 1e-5), owes_more)


def better(case: Case, name: Words, first: Words, rate: float) -> bool:
    return worth(less(case.moves[name], case.moves[first]), rate, case.last) > 0


def the_need(truth: Truth, case: Case, said: Words, needed: Any) -> None:
    for name, loan in case.loans.items():
        paid, needs = moves(loan, draws=False), float(needed[name])
        if lowest(paid, case.hand, 0.0, case.start)[0] < -CENT and max(paid) > case.start:
            truth.figure(lowest(paid, case.hand, needs, case.start)[0] > -CENT, True)
            truth.figure(lowest(paid, case.hand, needs - 0.01, case.start)[0] > -CENT, False)
        else:
            truth.figure(needs, 0.0)
    least = float(needed.min())
    if least < CENT:
        names = tuple(name for name in case.loans if needed[name] < CENT)
        truth.sentence(said, ".need_none", names=names)
    elif needed.max() - least < CENT:
        truth.sentence(said, ".need_same", amount=least)
    else:
        names = tuple(name for name in case.loans if needed[name] - least < CENT)
        dear = tuple(name for name in case.loans if needed.max() - needed[name] < CENT)
        fields: dict[str, Any] = {"names": names, "dear": dear, "most": float(needed.max())}
        truth.sentence(said, ".need", amount=least, **fields)


def test_what_it_depends_on(truth: Truth) -> None:
    for rng in truth.cases(8):
        case = Case(rng)
        answer = methods.flips.depends(case.loans, case.savings)
        table, best = answer.figures, []
        cases: list[tuple[dict[str, Any], float]] = [({}, case.savings)]
        cases += [(each, case.savings) for each in CHANGES] + [({}, 0.0), ({}, 0.2)]
        own = ({name: case.terms[name] for name in ("daily_rate", "months")}, case.savings)
        cases[1:] = [each for each in cases[1:] if (own[0] | each[0], each[1]) != own]
        assert len(table) == len(cases), truth.seed
        for (change, savings), row in zip(cases, table.itertuples(index=False), strict=True):
            able = case.but(change)
            paid = {name: moves(each) for name, each in able.items()}
            last = max(max(each) for each in paid.values())
            names = best_of({name: worth(each, savings, last) for name, each in paid.items()})
            for name, shown in zip(case.loans, row, strict=False):
                truth.figure(shown, interest(able[name]) if name in able else None)
            if len(able) < 2:
                truth.figure(row.best_method, "–")
            elif len(names) == len(able):
                truth.figure(row.best_method, Words("chart.label.same"))
            else:
                best.append(names)
                truth.sentence(row.best_method, ".alike", names=names)
        always = tuple(name for name in case.loans if all(name in each for each in best))
        some = tuple(name for name in case.loans if any(name in each for each in best))
        key = ".depends_none" if not best else ".depends_one" if always else ".depends_many"
        truth.sentence(told(answer.said)[0], key, names=always or some) if best else None
