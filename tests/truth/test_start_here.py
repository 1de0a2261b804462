"""00, by hand: which way leaves most, and which sentences of which answer stand in its rows."""

from datetime import date, timedelta
from random import Random
from typing import Any

import jiebei as jb
from jiebei.answers import methods, repay_early, start_here, true_cost
from jiebei.language.words import Words
from jiebei.notebook.fit import begin
from tests.truth import Truth, loans, told
from tests.truth.days import the_days
from tests.truth.plain import CENT, less, lowest, moves, sooner, worth

AGREED = Words("strategy.as_agreed")
MINE = begin(start_here.EXAMPLE, start_here.EXAMPLE)


class Case:
    """A loan, five things to do with it, and its reader's cash."""

    def __init__(self, rng: Random) -> None:
        terms = loans(rng)
        self.terms = terms
        self.start = date.fromisoformat(terms["start"])
        self.loan = jb.Loan(**terms)
        last = max(moves(self.loan))
        self.on = self.start + timedelta(rng.randrange(1, (last - self.start).days))
        amount = round(self.owed() * rng.choice([0.0, 0.2, 0.6, 1.0]), 2)
        early = self.loan.prepay(amount, on=self.on)
        ways = {
            AGREED: self.loan,
            Words("strategy.repay_lower"): early,
            Words("strategy.repay_shorten"): self.loan.prepay(amount, self.on, then="shorten"),
            Words("strategy.extend"): self.loan.extend(rng.choice([0, 3, 6]), on=self.on),
            Words("strategy.reborrow"): early.reborrow(amount, on=self.on, months=6),
        }
        self.ways = repay_early.possible(ways, self.loan, self.on)
        self.savings = rng.choice([0.0, 0.02, 0.1, 0.3])
        self.hand = round(terms["principal"] * rng.choice([0.0, 0.3, 1.5]), 2)
        monthly = terms["principal"] / terms["months"]
        self.monthly = round(monthly * rng.choice([0.0, 0.9, 1.3]), 2)
        self.cash = jb.Cash(self.hand, self.monthly, since=self.start)
        self.moves = {name: moves(each) for name, each in self.ways.items()}
        self.last = max(max(each) for each in self.moves.values())
        self.gains = {
            name: worth(less(each, self.moves[AGREED]), self.savings, self.last)
            for name, each in self.moves.items()
        }
        self.lows = {
            name: lowest(moves(each, draws=False), self.hand, self.monthly, self.start)
            for name, each in self.ways.items()
        }

    def owed(self) -> float:
        flows = self.loan.cashflows(["date", "closing"])
        return float(flows["closing"][flows["date"].dt.date <= self.on].iloc[-1])


def test_the_answer(truth: Truth) -> None:
    for rng in truth.cases(25):
        case = Case(rng)
        answer = start_here.answer(case.ways, case.savings, case.cash)
        the_days(truth, answer)
        for name, way in case.ways.items():
            row, flows = answer.figures.loc[name], way.cashflows()
            truth.figure(row["net_benefit"], case.gains[name])
            truth.figure(row["interest"], flows["interest"].sum())
            truth.figure(row["payoff_date"], max(case.moves[name]))
            truth.figure(row["lowest_cash"], case.lows[name][0])
            truth.figure(row["lowest_cash_date"], case.lows[name][1])
        said = told(answer.said)
        fit = [name for name in case.ways if case.lows[name][0] > -CENT]
        if not fit:
            name: Any = said[0].fields["name"]
            low, when = case.lows[name]
            truth.figure(low, max(each[0] for each in case.lows.values()))
            truth.sentence(said[0], ".none", short=-low, day=when)
            the_payday(truth, case, said)
            continue
        the_best(truth, case, said[0], fit)
        the_payday(truth, case, said)
        the_misses(truth, case, said[1:], fit)
        the_end(truth, case, answer, fit)


def the_best(truth: Truth, case: Case, said: Words, fit: list[Words]) -> None:
    gains = sorted((case.gains[name] for name in fit), reverse=True)
    best = tuple(name for name in fit if gains[0] - case.gains[name] < CENT)
    if len(fit) == 1:
        truth.sentence(said, ".best_only", best=fit[0])
        return
    whose = "" if len(fit) == len(case.ways) else "_carried"
    if len(best) > 1:
        key = "best_all" if len(best) == len(fit) else "best_same"
        truth.sentence(said, f".{key}{whose}", names=best)
    elif AGREED in fit and AGREED not in best:
        gap = gains[0] - case.gains[AGREED]
        fields: dict[str, Any] = {
            "best": best[0],
            "amount": gap,
            "baseline": AGREED,
            "day": case.last,
        }
        truth.sentence(said, f".best_other{whose}", **fields)
    else:
        following = tuple(name for name in fit if abs(gains[1] - case.gains[name]) < CENT)
        fields = {"best": best[0], "amount": gains[0] - gains[1], "day": case.last}
        if len(following) > 1:
            truth.sentence(said, f".best_first_same{whose}", names=following, **fields)
        else:
            truth.sentence(said, f".best_first{whose}", other=following[0], **fields)


def the_misses(truth: Truth, case: Case, said: list[Words], fit: list[Words]) -> None:
    short = [name for name in case.ways if name not in fit]
    truth.figure(len(said), bool(short))
    if short:
        names: Any = said[0].fields["names"]
        for miss, name in zip(names, short, strict=True):
            low, when = case.lows[name]
            truth.sentence(miss, ".miss", name=name, short=-low, day=when)


def the_payday(truth: Truth, case: Case, said: list[Words]) -> None:
    """Hold the sentence on the day of the surplus against the days, and take it away."""
    ways = {name: moves(each, draws=False) for name, each in case.ways.items()}
    found = sooner(ways, case.hand, case.monthly, case.start)
    truth.figure(said[-1].key.endswith(".cash_payday"), found is not None)
    if found:
        due, names = found
        truth.sentence(said.pop(), ".cash_payday", day=case.start.day, due=due, names=names)


def the_end(truth: Truth, case: Case, answer: Any, fit: list[Words]) -> None:
    if len(fit) < 2 or truth.seed % 10:  # a picture takes its time
        return
    ends = {name: max(case.moves[name]) for name in fit}
    first, last = min(ends.values()), max(ends.values())
    fields: dict[str, Any] = {"begin": first, "end": last}
    fields["first"] = tuple(name for name in fit if ends[name] == first)
    fields["last"] = tuple(name for name in fit if ends[name] == last)
    key = "balance_same" if first == last else "balance"
    key += "" if len(fit) == len(case.ways) else "_carried"
    title = start_here.timeline(case.ways, answer.figures).get_title()
    truth.figure(title.lower(), str(Words(f"answer.start_here.{key}", **fields)).lower())


def test_the_rows(truth: Truth) -> None:
    """A row on methods names the best, one on the true cost has both figures, and so on."""
    for rng in truth.cases(8):
        case = Case(rng)
        terms = {name: each for name, each in case.terms.items() if name != "method"}
        offered = ["equal_instalment", "interest_only", "equal_principal", "bullet"]
        by_method = {Words(f"method.{each}"): jb.Loan(method=each, **terms) for each in offered}
        early = {
            name: way
            for name, way in case.ways.items()
            if name.key not in ("strategy.extend", "strategy.reborrow")
        }
        answers = {
            "methods": methods.answer(by_method, case.savings, case.cash),
            "true_cost": true_cost.answer(case.loan, "2026-12-01"),
            "repay_early": repay_early.answer(early, case.on, case.savings, case.cash),
        }
        rows = [told(each) for each in start_here.questions(answers, MINE).figures["answer"]]
        meant = [
            [each for each in told(answers["methods"].said) if "best" in each.key]
            or [told(answers["methods"].said)[-1]],
            told(answers["true_cost"].said),
            told(answers["repay_early"].said)[:1],
        ]
        for row, wanted in zip(rows, meant, strict=True):
            truth.figure(len(row), len(wanted))
            for said, other in zip(row, wanted, strict=True):
                truth.sentence(said, other.key)
                truth.figure(said, other)
