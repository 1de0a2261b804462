"""Which offer is better: payments from the day of the talks on, added and discounted in plain sums.

From the page: an offer is worth what its payments are less today than those of paying without one;
your cash carries it where what you have, with what is left of each month since the eve, less what
you keep back, never falls below zero. Of those that it carries, take the one worth most.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any, NamedTuple

from jiebei.answers import negotiate
from jiebei.language.words import Words
from jiebei.loan.loan import Loan
from tests.truth import Truth, loans, told

POOL: dict[str, dict[str, Any]] = {
    "no_interest": {"months": 36, "daily_rate": 0.0, "waive": 1.0},
    "half_rate": {"months": 60, "daily_rate": 0.0002, "waive": 1.0},
    "longer": {"months": 24, "waive": 1.0},
    "pause_first": {"months": 48, "defer": 3, "interest": "capitalised"},
    "at_once": {"months": 0, "haircut": 0.3, "waive": 1.0, "waive_interest": 1.0},
    "X": {"months": 12, "waive": 0.5, "down": 100},
    "Y": {"months": 6, "daily_rate": 0.0, "haircut": 0.1},
    "Z": {"months": 0, "haircut": 1.0, "waive": 1.0, "waive_interest": 1.0},
}


class Own(NamedTuple):
    """The money of the borrower, from the eve of the talks on."""

    on: date
    eve: date
    now: float
    monthly: float
    keep: float

    def lowest(self, paid: dict[date, float]) -> tuple[float, date | None]:
        """Return the least left, and the first day on which it is short."""
        found = [(round(self.now - self.keep, 2), self.on)]
        out = 0.0
        for day in sorted(paid):
            months = (day.year - self.eve.year) * 12 + day.month - self.eve.month
            months -= min(self.eve.day, monthrange(day.year, day.month)[1]) > day.day
            out += paid[day]
            left = self.now - self.keep + max(months, 0) * self.monthly - out
            found.append((round(left, 2), day))
        short = [day for left, day in found if left < 0]
        return min(left for left, _ in found), short[0] if short else None


class Case(NamedTuple):
    """A debt, the offers for it, and the money."""

    loan: Loan
    late: int
    offers: dict[str, dict[str, Any]]
    own: Own
    rate: float


def case(rng: Random) -> Case | None:
    terms = loans(rng)
    loan = Loan(**terms, penalty_multiple=rng.choice([1.0, 1.5, 2.0]))
    dues = due_days(loan)
    late = rng.choice([0, 1, rng.randint(1, len(dues))])
    if late:
        on = dues[late - 1] + timedelta(rng.choice([1, 5, 31, 92, 180]))
    else:
        on = date.fromisoformat(terms["start"]) + timedelta(rng.choice([0, 1, 31, 40]))
        if on > dues[-1]:
            return None
    about = terms["principal"]
    eve = max(on - timedelta(1), date.fromisoformat(terms["start"]))
    own = Own(
        on,
        eve,
        rng.choice([0, 1_000, round(about / 3), 2 * about]),
        rng.choice([0, round(about / 60), round(about / 30), round(about / 8)]),
        rng.choice([0, 0, 500, 2_000]),
    )
    names = rng.sample(list(POOL), rng.randint(1, 4))
    return Case(
        loan, late, {name: POOL[name] for name in names}, own, rng.choice([0.0, 0.02, 0.18])
    )


def due_days(loan: Loan) -> list[date]:
    flows = loan.cashflows(["date", "event"])
    return [each.date() for each in flows["date"][flows["event"] == "instalment"]]


def from_then_on(way: Loan, on: date) -> dict[date, float]:
    rows: Any = way.cashflows(["date", "event", "payment"]).itertuples()
    paid: dict[date, float] = {}
    for row in rows:
        if row.date.date() >= on and row.event != "draw":
            paid[row.date.date()] = round(paid.get(row.date.date(), 0.0) + float(row.payment), 2)
    return paid


def ways(given: Case) -> list[Loan]:
    dues, on = due_days(given.loan), given.own.on
    missed = sum(day < on for day in dues[given.late - 1 :]) if given.late else 0
    late = caught_up = given.loan
    if missed:
        late = given.loan.miss(given.late, times=missed)
        caught_up = given.loan.pay_late(given.late, days=(on - dues[given.late - 1]).days)
    found = [caught_up]
    for terms in given.offers.values():
        plan = {name: each for name, each in terms.items() if name not in ("defer", "interest")}
        way = late.restructure(on=on.isoformat(), **plan)
        if "defer" in terms:
            way = way.defer(terms["defer"], on=on.isoformat(), interest=terms["interest"])
        found.append(way)
    return found


def today(paid: dict[date, float], own: Own, rate: float) -> float:
    return sum(
        each * float((1 + rate) ** (-(day - own.on).days / 365)) for day, each in paid.items()
    )


def test_what_each_way_takes_and_what_is_said_of_it(truth: Truth) -> None:
    for rng in truth.cases(60):
        given = case(rng)
        if given is None:
            continue
        own = given.own
        debt = negotiate.behind(given.loan, given.late, own.on.isoformat())
        cash = negotiate.means(debt, own.now, own.monthly, own.keep)
        strategies = negotiate.offers.ways(debt, given.offers)
        answer = negotiate.answer(debt, strategies, cash, given.rate)
        payments = [from_then_on(each, own.on) for each in ways(given)]
        values = [today(each, own, given.rate) for each in payments]
        worth = [round(values[0] - each, 2) for each in values]
        left = [own.lowest(each) for each in payments]
        for place, paid in enumerate(payments):
            row = answer.figures.iloc[place]
            later = [each for day, each in paid.items() if day > own.on]
            truth.figure(row["paid_at_once"], paid.get(own.on, 0.0))
            truth.figure(row["month_at_most"], max(later, default=0.0))
            truth.figure(row["paid_from_now"], sum(paid.values()))
            truth.figure(row["worth_today"], worth[place], 0.011)
            truth.figure(row["lowest_cash"], left[place][0])
            truth.figure(row["short_from"], left[place][1])
            truth.figure(row["carried"], Words(f"answer.{'yes' if left[place][0] >= 0 else 'no'}"))
        if not _unsure(worth):
            _said(truth, answer, given, payments, worth, left)


def _unsure(worth: list[float]) -> bool:
    """Tell whether a fen of rounding decides."""
    ordered = sorted(worth)
    apart = [b - a for a, b in pairwise(ordered)]
    return any(0 < each < 0.015 for each in apart)


def _said(
    truth: Truth,
    answer: Any,
    given: Case,
    payments: list[dict[date, float]],
    worth: list[float],
    left: list[tuple[float, date | None]],
) -> None:
    sentences, names, own = told(answer.said), list(answer.figures.index), given.own
    held = [at for at in range(len(worth)) if left[at][0] >= 0]
    meant: list[tuple[str, dict[str, Any]]] = []
    if not held:
        at = max(range(len(worth)), key=lambda each: (left[each][0], -each))
        meant.append(("none", {"name": names[at], "short": -left[at][0], "day": left[at][1]}))
    else:
        meant += _taken(given, names, payments, worth, left, held)
    if own.keep > own.now:
        meant.append(("keep_short", {"short": own.keep - own.now}))
    asked = left[0][0] < 0 and own.keep <= own.now
    if asked:
        meant.append(("", {}))  # what to ask for, below
    truth.figure(len(sentences), len(meant))
    for sentence, (key, fields) in zip(sentences, meant, strict=True):
        if key:
            truth.sentence(sentence, f"answer.negotiate.{key}", **fields)
    if asked:
        wrapped: Any = sentences[-1]
        truth.figure(wrapped.key == "answer.negotiate.ask_else", bool(held))
        _asked(truth, wrapped.fields["ask"] if held else wrapped, given)


def _taken(
    given: Case,
    names: list[Any],
    payments: list[dict[date, float]],
    worth: list[float],
    left: list[tuple[float, date | None]],
    held: list[int],
) -> list[tuple[str, dict[str, Any]]]:
    own = given.own
    best = max(held, key=lambda at: (worth[at], -at))
    monthly = max((each for day, each in payments[best].items() if day > own.on), default=0.0)
    total = sum(payments[best].values())
    verb = "take" if best else "keep"
    how = "free" if total < 0.005 else "once" if monthly < 0.005 else "month"
    if (verb, how) == ("take", "month") and monthly > own.monthly + 0.005:
        how = "month_over"
    said: list[tuple[str, dict[str, Any]]] = [(f"{verb}_{how}", {"name": names[best]})]
    if how in ("month", "month_over"):
        said[0][1]["monthly"] = monthly
    if best:
        sign = "same" if worth[best] == 0 else "more" if worth[best] > 0 else "less"
        said.append((f"worth_{sign}", {} if sign == "same" else {"amount": abs(worth[best])}))
        if left[0][0] < 0:
            said.append(("baseline_short", {"short": -left[0][0], "day": left[0][1]}))
    others = [at for at in held if at not in (0, best)]
    if others:
        next_best = max(others, key=lambda at: (worth[at], -at))
        gap = worth[best] - worth[next_best]
        key, fields = ("next", {"amount": gap}) if gap else ("next_same", {})
        said.append((key, {"name": names[next_best], **fields}))
    elif not best:
        said.append(("no_offer", {}))
    elif len(names) > 2:
        said.append(("no_other", {}))
    return said


def _asked(truth: Truth, ask: Any, given: Case) -> None:
    """Hold what is asked for against one step less of it."""

    def carried(**plan: Any) -> bool:
        dues, on = due_days(given.loan), given.own.on
        missed = sum(day < on for day in dues[given.late - 1 :]) if given.late else 0
        late = given.loan.miss(given.late, times=missed) if missed else given.loan
        way = late.restructure(on=on.isoformat(), **plan)
        return given.own.lowest(from_then_on(way, on))[0] >= 0

    truth.sentences += 1
    fields, key = ask.fields, ask.key.removeprefix("answer.negotiate.")
    if key.startswith("ask_months"):
        assert fields.get("more", 1.0) > 0.004  # where it is said, it is something
        assert carried(months=fields["months"])
        assert not carried(months=fields["months"] - 1)
    elif key == "ask_one":
        assert carried(months=1)
    elif key == "ask_none":
        assert not carried(months=60)
        assert carried(months=60, daily_rate=0.0)
    elif key == "ask_part":
        share = fields["share"]
        assert carried(months=60, daily_rate=0.0, haircut=share)
        assert not carried(months=60, daily_rate=0.0, haircut=round(share - 0.001, 3))
    else:
        assert key == "ask_nothing"
        assert not carried(months=60, daily_rate=0.0, haircut=1.0)
