"""04, by hand: what does extending cost for the relief it gives?"""

from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import jiebei as jb
from jiebei.answers import extend
from jiebei.language.words import Words
from tests.truth import Truth, loans, told
from tests.truth.days import the_days
from tests.truth.plain import CENT, less, lowest, moves, turning, unless, worth

KEEP, EXTEND = Words("strategy.as_agreed"), Words("strategy.extend")


class Case:
    """A loan, an extension of it, and the cash from its eve on."""

    def __init__(self, rng: Random) -> None:
        terms = loans(rng)
        start = date.fromisoformat(terms["start"])
        self.agreed, self.principal = jb.Loan(**terms), terms["principal"]
        dues = [day for day in moves(self.agreed) if day > start]
        after = start + timedelta(1 + rng.randrange((max(dues) - start).days))
        self.on = rng.choice([rng.choice(dues), after])
        self.months = rng.choice([1, 3, 6, 12, 30])
        fee = rng.choice([0.0, 0.0, 100.0, 0.01 * terms["principal"]])
        rate = terms["daily_rate"] + rng.choice([0.0, 0.0, 0.0001])
        self.deal = {"fee": fee, "daily_rate": rate}
        self.dearer = fee > 0 or rate > terms["daily_rate"]
        self.savings, self.other = rng.choice([0.0, 0.02, 0.2]), rng.choice([0.06, 0.18, 0.36])
        monthly = terms["principal"] / terms["months"]
        self.hand = round(monthly * rng.choice([0.0, 1.0, 30.0]), 2)
        self.monthly = round(monthly * rng.choice([0.3, 0.8, 1.2]), 2)
        self.eve = max(self.on - timedelta(1), start)
        self.cash = extend.on_the_eve(self.agreed, self.on, self.hand, self.monthly)
        self.extended = self.longer(self.months)

    def longer(self, months: int) -> jb.Loan:
        return self.agreed.extend(months, on=self.on, **self.deal)

    def lowest(self, loan: jb.Loan) -> tuple[float, date]:
        return lowest(moves(loan, draws=False), self.hand, self.monthly, self.eve)

    def relief(self, extended: jb.Loan) -> list[float]:
        """Return how much less is due on each agreed due day from the extension on, fees apart."""
        before, after = plain(self.agreed), plain(extended)
        return [round(before[day] - after.get(day, 0.0), 2) for day in before if day >= self.on]

    def more(self, extended: jb.Loan) -> float:
        return round(cost(extended) - cost(self.agreed), 2)


def plain(loan: jb.Loan) -> dict[date, float]:
    """Return what is paid on each day, without fees."""
    flows = loan.cashflows(["date", "payment", "fee"])
    found: dict[date, float] = {}
    for day, paid, fee in zip(flows["date"], flows["payment"], flows["fee"], strict=True):
        found[day.date()] = round(found.get(day.date(), 0.0) + paid - fee, 2)
    return {day: paid for day, paid in sorted(found.items()) if paid > 0}


def cost(loan: jb.Loan) -> float:
    flows = loan.cashflows(["interest", "fee"])
    return float(flows["interest"].sum() + flows["fee"].sum())


def test_the_verdict(truth: Truth) -> None:
    for rng in truth.cases(30):
        case = Case(rng)
        answer = extend.answer(
            case.agreed, case.extended, case.on, case.savings, case.other, case.cash
        )
        the_table(truth, case, answer.figures)
        the_days(truth, answer)
        said, eased = told(answer.said), case.relief(case.extended)
        if sum(eased) < CENT and abs(case.more(case.extended)) < CENT:
            truth.sentence(said[0], ".extend.nothing")
            continue
        count = the_choice(truth, case, said) + the_price(truth, case, said[1:], eased)
        if sum(eased) > CENT:
            count += elsewhere(truth, case, said[count:])
        truth.figure(len(said), count)


def the_table(truth: Truth, case: Case, table: Any) -> None:
    difference = less(moves(case.extended), moves(case.agreed))
    for name, loan in ((KEEP, case.agreed), (EXTEND, case.extended)):
        row, flows = table.loc[name], loan.cashflows()
        ahead = [paid for day, paid in plain(loan).items() if day >= case.on]
        truth.figure(row["next_payment"], ahead[0] if ahead else None)
        truth.figure(row["interest"], flows["interest"].sum())
        truth.figure(row["fee"], flows["fee"].sum())
        truth.figure(row["payoff_date"], max(plain(loan)))
        low, day = case.lowest(loan)
        truth.figure(row["lowest_cash"], low)
        truth.figure(row["lowest_cash_date"], day)
    gain = worth(difference, case.savings, max(difference))
    truth.figure(table.loc[EXTEND, "net_benefit"], gain)


def the_choice(truth: Truth, case: Case, said: list[Words]) -> int:
    (plan, short_on), (longer, then) = case.lowest(case.agreed), case.lowest(case.extended)
    difference = less(moves(case.extended), moves(case.agreed))
    last = max(difference)
    if plan < -CENT and longer < -CENT:
        truth.sentence(said[0], ".none_lasts", short=-longer, day=then)
    elif plan < -CENT:
        dear = worth(difference, case.other, last) < -2 * CENT
        key = f".needed{'_elsewhere' if dear else ''}"
        truth.sentence(said[0], key, short=-plan, day=short_on, left=longer)
    elif longer < -CENT:
        fee = "_fee" if case.deal["fee"] else ""
        truth.sentence(said[0], f".breaks{fee}", short=-longer, day=then)
    else:
        gain = worth(difference, case.savings, last)
        key = ".even" if abs(gain) < 2 * CENT else ".pays" if gain > 0 else ".keep"
        truth.sentence(said[0], key, savings=case.savings, day=last)
        if key != ".even":
            clause, rates = unless(difference, case.savings)
            found: Any = said[0].fields["unless"]
            truth.figure(said[0].fields["amount"], abs(gain))
            truth.sentence(found, clause)
            for name, rate in rates.items():
                truth.figure(found.fields[name], rate, within=1e-5)
    return 1


def the_price(truth: Truth, case: Case, said: list[Words], eased: list[float]) -> int:
    more = case.more(case.extended)
    if sum(eased) < CENT:
        truth.sentence(said[0], ".no_relief", cost=more)
        return 1
    following, most = eased[0], max(eased)
    alike = most - min(eased) < 0.01 * following
    told_too = {"next": abs(following), "postponed": sum(eased)}
    if len(eased) == 1:
        whole = "_with_interest" if following > case.principal else ""
        truth.sentence(said[0], f".relief_once{whole}", next=following)
    elif alike:
        about = "_about" if most - min(eased) >= (0.5 if following >= 100 else CENT) else ""
        truth.sentence(said[0], f".relief_level{about}", dues=len(eased), **told_too)
    elif following > CENT:
        key = ".relief_first" if most - following < 0.01 else ".relief_uneven"
        truth.sentence(
            said[0], key, **told_too | ({} if key == ".relief_first" else {"most": most})
        )
    elif following > -CENT:
        truth.sentence(said[0], ".relief_later", most=most, postponed=sum(eased))
    else:
        truth.sentence(said[0], ".relief_later_dearer", most=most, **told_too)
    if more < -CENT:
        truth.sentence(said[1], ".cost_less", cost=-more)
    elif more < CENT:
        truth.sentence(said[1], ".cost_nothing")
    elif said[1].key.endswith("no_rate"):
        truth.sentence(said[1], ".cost_no_rate", cost=more)
        difference = less(moves(case.extended), moves(case.agreed))
        tried = (1.2**power for power in range(-30, 26))
        truth.figure(any(worth(difference, rate, min(difference)) > 0 for rate in tried), False)
    else:
        truth.sentence(said[1], ".cost", cost=more)
        rate: Any = said[1].fields["rate"]
        difference = less(moves(case.extended), moves(case.agreed))
        size = sum(abs(fen) for fen in difference.values()) / 100
        truth.figure(worth(difference, rate, min(difference)) / size, 0.0, within=1e-4)
        lower = (rate * tenth / 10 for tenth in range(10))
        truth.figure(all(worth(difference, each, min(difference)) < 0 for each in lower), True)
    return 2


def elsewhere(truth: Truth, case: Case, said: list[Words]) -> int:
    difference = less(moves(case.extended), moves(case.agreed))
    last = max(difference)
    gain = worth(difference, case.other, last)
    key = "same" if abs(gain) < 2 * CENT else "cheaper" if gain > 0 else "dearer"
    told_too = {} if key == "same" else {"amount": abs(gain), "day": last}
    truth.sentence(said[0], f".elsewhere_{key}", other=case.other, **told_too)
    found = extend.relief(case.agreed, case.extended, case.on)  # its rate is held above
    own = next(iter(turning(moves(case.agreed))), 0.0)
    count = 1 + cash_elsewhere(truth, case, said[1:])
    if found.rate != found.rate or case.more(case.extended) < CENT:
        return count
    if abs(found.rate - own) < 0.0005:
        meant = "" if case.dearer else "own"
    elif found.rate < own:
        meant = "simple" if case.agreed.method == "bullet" else ""
    else:
        meant = "above" if case.dearer else ""
    if meant:
        truth.sentence(said[count], f".rate_{meant}")
        truth.figure(said[count].fields.get("own", own), own, within=1e-5)
    return count + 1 if meant else count


def cash_elsewhere(truth: Truth, case: Case, said: list[Words]) -> int:
    """Hold the cash with money from elsewhere: extended without a fee, but for the last day."""
    rate = case.deal["daily_rate"]
    free = case.agreed.extend(case.months, on=case.on, daily_rate=rate)
    difference = less(moves(free), moves(case.agreed))
    gain = worth(difference, case.other, max(difference))
    paid = dict(moves(free, draws=False))
    paid[max(paid)] -= round(100 * gain)
    low, day = lowest(paid, case.hand, case.monthly, case.eve)
    if low < -CENT:
        truth.sentence(said[0], ".elsewhere_short", short=-low, day=day)
    elif case.lowest(case.extended)[0] < -CENT:
        truth.sentence(said[0], ".elsewhere_lasts", left=low)
    else:
        return 0
    return 1


def test_the_shortest(truth: Truth) -> None:
    for rng in truth.cases(10):
        case = Case(rng)
        lengths = range(max(24, case.months) + 1)
        lows = [case.lowest(case.longer(each)) for each in lengths]
        answer = extend.limits.shortest(case.agreed, case.months, case.on, case.cash, **case.deal)
        able = [each for each in lengths if lows[each][0] > -CENT]
        most = max(lows, key=lambda each: each[0])
        months = able[0] if able else lows.index(most)
        low, day = lows[months]
        key = f".shortest{'' if months else '_zero'}"
        fields: dict[str, Any] = {"left": max(low, 0.0)}
        if not able:
            key = f".shortest_{'none' if months else 'worse'}"
            fields = {"short": -low, "day": day, "most": lengths[-1]}
        if months:
            fields["months"] = months
        truth.sentence(told(answer.said)[0], key, **fields)


def test_the_price_by_length(truth: Truth) -> None:
    for rng in truth.cases(20):
        case = Case(rng)
        answer = extend.prices.by_length(case.agreed, case.months, case.on, **case.deal)
        lengths = sorted({1, 2, 3, 6, 9, 12, 18, 24, case.months})
        rows = []
        for months, (_, row) in zip(lengths, answer.figures.iterrows(), strict=True):
            longer = case.longer(months)
            eased, more = case.relief(longer), case.more(longer)
            monthly = round(sum(eased) / max(len(eased), 1), 2)
            once = sum(each > 0 for each in eased) == 1
            truth.figure(row["relief"], None if once else monthly, within=0.0101)
            truth.figure(row["postponed"], sum(eased))
            truth.figure(row["extra_cost"], more)
            truth.figure(
                row["price"], more / monthly if monthly > 0.01 and not once else None, within=0.02
            )
            rows.append((months, monthly, more))
        said = told(answer.said)[0]
        days = [sum(each > 0 for each in case.relief(case.longer(each))) for each in lengths]
        if often := said.fields.get("often"):
            key = ".relief_on_day" if set(days) == {1} else ".relief_a_month"
            truth.sentence(often, key)  # type: ignore[arg-type]
        if said.key.endswith("falls"):
            steps = [
                ((two[1] - one[1]) / (two[0] - one[0]), (two[2] - one[2]) / (two[0] - one[0]))
                for one, two in pairwise(rows)
            ]
            for (brings, costs), (later, dearer) in pairwise(steps):
                truth.figure(later < brings + 0.02, True)
                truth.figure(dearer > 0.8 * costs, True)
        elif said.key.endswith("flat"):
            truth.figure(all(abs(row[1] - rows[0][1]) < 0.03 * rows[0][1] for row in rows), True)
        elif said.key.endswith("free"):
            truth.figure(max(row[2] for row in rows) < CENT, True)
        elif said.key.endswith("none"):
            truth.figure(max(row[1] for row in rows) < 2 * CENT, True)
        truth.sentence(said, said.key)


def test_the_price_by_method(truth: Truth) -> None:
    for rng in truth.cases(10):
        case = Case(rng)
        if len(moves(case.agreed)) < 3:
            continue
        answer = extend.prices.by_method(case.agreed, case.months, case.on, **case.deal)
        monthly = plain(case.agreed.but(method="equal_instalment"))
        due = min((day for day in monthly if day >= case.on), default=max(monthly))
        relieved: dict[Any, float] = {}
        for name, row in answer.figures.iterrows():
            loan = case.agreed.but(method=name.key.partition(".")[2])
            longer = loan.extend(case.months, on=case.on, **case.deal)
            before, after = plain(loan), plain(longer)
            eased = [
                round(before[day] - after.get(day, 0.0), 2) for day in before if day >= case.on
            ]
            relieved[name] = round(before.get(due, 0.0) - after.get(due, 0.0), 2)
            truth.figure(row["next_relief"], relieved[name])
            truth.figure(row["times_eased"], sum(each > 0 for each in eased))
            truth.figure(row["postponed"], sum(eased))
            truth.figure(row["extra_cost"], round(cost(longer) - cost(loan), 2))
        said = told(answer.said)
        if said[0].key.endswith("method_relief"):
            truth.sentence(said[0], ".method_relief", amount=max(relieved.values()))
            truth.figure(relieved[said[0].fields["most"]], max(relieved.values()))
        elif said[0].key.endswith("no_relief"):
            truth.figure(max(relieved.values()) < 2 * CENT, True)


def test_the_price_by_rate(truth: Truth) -> None:
    for rng in truth.cases(10):
        case = Case(rng)
        fee = case.deal["fee"]
        answer = extend.prices.by_rate(case.agreed, case.months, case.on, fee)
        own = float(case.agreed.daily_rate)
        costs = []
        for more, (_, row) in zip((0, 5e-5, 1e-4, 2e-4), answer.figures.iterrows(), strict=True):
            terms = {"fee": fee, "daily_rate": own + more}
            longer = case.agreed.extend(case.months, on=case.on, **terms)
            costs.append(case.more(longer))
            truth.figure(row["extra_cost"], costs[-1])
            truth.figure(row["postponed"], sum(case.relief(longer)))
        said = told(answer.said)[0]
        if "rate_raises" in said.key or "rate_costs" in said.key:
            truth.sentence(said, said.key, cost=costs[1] - costs[0])
            truth.figure(said.fields["more"], 5e-5, within=1e-9)
