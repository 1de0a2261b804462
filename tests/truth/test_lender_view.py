"""15, by hand: a small book, loan by loan: who is how late at each month's end, lost, earned."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np

from jiebei.answers import lender_view
from jiebei.life.portfolio.behaviour import Behaviour
from jiebei.life.portfolio.borrowers import WHAT, borrowers, loans_of, lot
from jiebei.life.portfolio.lives import act, live
from jiebei.loan.loan import Loan
from tests.truth import Truth, told
from tests.truth.plain import worth

LOST_AFTER, BAD_AFTER = 180, 90  # days past due
COLUMNS = ["loan", "date", "drawn", "payment", "closing", "arrears", "days_late"]


class Case:
    """A book of a few dozen loans, and the payments of each by the engine."""

    def __init__(self, rng: Any) -> None:
        cell = dict(lender_view.EXAMPLE) | {
            "loans": rng.randrange(30, 80),
            "start": f"2026-{rng.randrange(1, 13):02}-01",
            "misses_times": rng.choice([1.0, 4.0]),
            "recovered": rng.choice([0.0, 0.15, 0.5]),
            "funding_rate": rng.choice([0.02, 0.15]),
            "seed": rng.randrange(1_000),
        }
        asked = lender_view.question(cell)
        never = np.zeros_like(asked.behaviour.again)
        self.behaviour: Behaviour = replace(asked.behaviour, again=never)
        self.book = lender_view.draw(replace(asked, behaviour=self.behaviour, programmes=None))
        frame = borrowers(cell["loans"], cell["start"], self.behaviour, cell["seed"])
        lives = live(frame, self.behaviour, lot(cell["seed"], 0, WHAT))
        self.tier = frame["tier"].to_list()
        self.lived = [Life(each) for each in by_loan(act(loans_of(frame), lives))]
        self.agreed = [Life(each) for each in by_loan(loans_of(frame))]


def by_loan(loans: Loan) -> list[list[Any]]:
    events = loans.cashflows(COLUMNS)
    events["date"] = events["date"].dt.date
    return [list(rows.itertuples(index=False)) for _, rows in events.groupby("loan")]


class Life:
    """One loan: what is owed and since when it is late, after each event."""

    def __init__(self, rows: list[Any]) -> None:
        self.rows = rows
        asked = [*rows[1:], rows[-1]]  # the next event tells how late it was left by this one
        self.since = [
            after.date - timedelta(int(after.days_late)) if each.arrears > 0 else None
            for each, after in zip(rows, asked, strict=True)
        ]
        self.ends = list(self._ends())
        lost = [at for at, bucket in enumerate(self.buckets) if bucket == "M6+"]
        self.is_lost = bool(lost) and self.buckets[-1] == "M6+"
        self.lost_at = self.ends[lost[0]] if self.is_lost else None

    def _ends(self) -> Any:
        """Yield the last day of each month, what is owed then, and how many days past due."""
        month = self.rows[0].date.replace(day=1)
        while True:
            month = (month + timedelta(32)).replace(day=1)
            end = month - timedelta(1)
            place = max(at for at, each in enumerate(self.rows) if each.date <= end)
            row, since = self.rows[place], self.since[place]
            days = (end - since).days if since else 0
            yield end, row.closing, days
            if row.closing <= 0 and row.arrears <= 0:
                return
            if days > LOST_AFTER and place == len(self.rows) - 1:
                return

    @property
    def buckets(self) -> list[str]:
        return [
            "paid" if owed <= 0 and not days else "M6+" if days > 180 else f"M{-(-days // 30)}"
            for _, owed, days in self.ends
        ]

    @property
    def bad(self) -> bool:
        late = [(each.date - since).days for each, since in self._told()]
        return max([*late, *(days for _, _, days in self.ends)], default=0) > BAD_AFTER

    def _told(self) -> Any:
        pairs = zip(pairwise(self.rows), self.since, strict=False)
        return [(after, since) for (_, after), since in pairs if since]


def moved(lives: list[Life], behaviour: Behaviour) -> tuple[dict[date, int], int, int]:
    """Return what comes in and goes out by day, what was lent and what is lost, in fen."""
    found: Counter[date] = Counter()
    lent = lost = 0
    for each in lives:
        for row in each.rows:
            found[row.date] += round(100 * (row.payment - row.drawn))
            lent += round(100 * row.drawn)
        if each.lost_at:
            end, owed, _ = each.lost_at
            fen, percent = round(100 * owed), round(100 * behaviour.recovered)
            back = (2 * fen * percent + 100) // 200  # half up, in whole numbers
            lost += fen - back
            for _ in range(behaviour.recovered_after):
                end = ((end + timedelta(1)).replace(day=28) + timedelta(4)).replace(
                    day=1
                ) - timedelta(1)
            found[end] += back
    return found, lent, lost


def test_the_answer(truth: Truth) -> None:
    for rng in truth.cases(4):
        case = Case(rng)
        table = lender_view.who.figures(case.book)
        costs, gains = case.behaviour.funding + case.behaviour.running_cost, dict[Any, bool]()
        groups = [[at for at, tier in enumerate(case.tier) if tier == k] for k in range(5)]
        for row, places in zip(table.itertuples(), [*groups, range(len(case.tier))], strict=True):
            lived, agreed = ([of[at] for at in places] for of in (case.lived, case.agreed))
            truth.figure(row.loans, len(lived))
            if not lived:
                continue
            truth.figure(row.bad, sum(each.bad for each in lived) / len(lived), 1e-9)
            flows, lent, lost = moved(lived, case.behaviour)
            truth.figure(row.lost, lost / lent, 1e-9)
            for rate, of in ((row.earned, flows), (row.agreed, moved(agreed, case.behaviour)[0])):
                if np.isnan(rate):  # none above -99.9 % a year
                    truth.figure(worth(of, -0.999, min(of)) < 0, True)
                else:
                    truth.figure(worth(of, rate, min(of)), 0.0, 0.05)
            truth.figure(row.left, row.earned - costs, 1e-9)
            if row.Index in case.book.tiers:
                gains[row.Index] = worth(flows, costs, min(flows)) >= 0
        said = told(lender_view.who.answer(case.book).said)
        bad = sum(each.bad for each in case.lived)
        if bad:
            truth.sentence(said[0], ".who", bad=bad, loans=len(case.tier))
        else:
            truth.sentence(said[0], ".who_none", loans=len(case.tier))
        key = ".earns" if table["left"].iloc[-1] >= 0 else ".loses"
        truth.sentence(said[1], key, left=100 * abs(table["left"].iloc[-1]))
        names = tuple(name for name, each in gains.items() if not each)
        if names and any(gains.values()):
            truth.sentence(said[2], ".no_gain", names=names)
        else:
            truth.sentence(said[2], ".none_gains" if names else ".all_gain")


def test_how_they_roll_on(truth: Truth) -> None:
    for rng in truth.cases(4):
        case = Case(rng)
        counted = Counter(pair for each in case.lived for pair in pairwise(each.buckets))
        for begin, row in lender_view.late.rates(case.book).iterrows():
            if begin in ("M6+", "paid"):
                continue
            all_ = sum(n for (one, _), n in counted.items() if one == begin)
            for to, share in row.items():
                truth.figure(share, counted[begin, to] / all_ if all_ else None, 1e-9)
