"""A plan played through the engine, to the fen: what is paid when, and what cash is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from jiebei.engine.events import VOLUNTARY
from jiebei.language.words import Text
from jiebei.life.best.ground import Ground
from jiebei.life.best.lanes import Floats, Lane
from jiebei.life.debts.debt import Debt
from jiebei.life.debts.ledgers import PARTS, open_ledger
from jiebei.loan.loan import Loan

__all__ = ["EARLY", "Choice", "Played", "Step", "owed_by_day", "play"]

ALL = 0.06  # yuan: what a plan leaves below it is repaid too, as each instalment is rounded
EARLY = ("repay", "settle")
PAID = ("interest", "penalty", "fee", "principal")
FLOWS = ["date", "drawn", "payment", "interest", "fee", "closing"]


@dataclass(frozen=True)
class Choice:
    """What is decided on one lane.

    Attributes
    ----------
    lane : int
        Its number in the ground.
    drawn : yuan
        What is drawn, of one that may be drawn.
    early : dict of day to (yuan, bool)
        Principal to repay early, and whether that is to be all of it.
    """

    lane: int
    drawn: float
    early: Mapping[int, tuple[float, bool]]


@dataclass(frozen=True)
class Step:
    """One thing to do: on a day, for a debt, so much."""

    day: int
    lane: int
    what: str  # "repay", "settle", "draw", "take"
    amount: float = 0.0  # yuan of cash; of what is taken, what it lets off
    taken: Text = ""  # an extension, a coupon
    principal: float = 0.0  # yuan of the amount
    fee: float = 0.0


@dataclass(frozen=True, eq=False)
class Played:
    """What a plan comes to.

    Attributes
    ----------
    flows : DataFrame
        `lane`, `debt`, `day`; in yuan `drawn`, `payment`, `interest` (with penalty), `fee`, and
        `closing`, what is owed after it.
    cash : float array
        At the end of each day of the ground, with what savings earn.
    left : yuan
        On the last day, less what is still owed on cards.
    lowest : yuan
        By how much cash comes closest to the reserve; below zero where it falls below it.
    steps : tuple of Step
    """

    flows: pd.DataFrame
    cash: Floats
    left: float
    lowest: float
    steps: tuple[Step, ...]

    @property
    def cost(self) -> float:
        """Return all interest and fees, in yuan."""
        return float(self.flows["interest"].sum() + self.flows["fee"].sum())

    def early(self, day: int | None = None, lane: int | None = None) -> float:
        """Return the yuan of cash that are repaid early, in all or on one day, on one lane."""
        return sum(
            each.amount
            for each in self.steps
            if each.what in EARLY and day in (None, each.day) and lane in (None, each.lane)
        )


def play(ground: Ground, choices: Sequence[Choice]) -> Played:
    """Play what is decided on every lane that is taken.

    Raises
    ------
    JiebeiError
        For what the engine refuses.
    """
    parts, steps = [], list[Step]()
    for each in choices:
        lane = ground.lanes[each.lane]
        if isinstance(lane.play, Debt):
            flows, done = _ledger(lane, each, lane.play)
        else:
            flows, done = _engine(ground, lane, each, lane.play(each.drawn))
        parts.append(flows.assign(lane=each.lane, debt=lane.debt))
        steps += done
    flows = pd.concat(parts, ignore_index=True)
    flows = flows[(flows["day"] >= ground.borrower.today).to_numpy()].reset_index(drop=True)
    cash = _cash(ground, flows)
    owed = flows.groupby("lane")["closing"].last()
    cards = sum(owed.get(each.lane, 0.0) for each in choices)
    order = sorted(steps, key=lambda step: (step.day, step.lane))
    lowest = float((cash - ground.borrower.keep).min())
    return Played(flows, cash, round(float(cash[-1] - cards), 2), lowest, tuple(order))


def owed_by_day(ground: Ground, played: Played) -> pd.DataFrame:
    """Return the yuan owed on each lane that is taken, at the end of each day of the ground.

    Examples
    --------
    >>> from jiebei.life.best.borrower import Borrower
    >>> from jiebei.life.best.rules import ruled
    >>> from jiebei.life.best.ground import ground
    >>> from jiebei.life.household.budget import Budget
    >>> loan = Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> there = ground(Borrower((loan,), Budget(5_000, 1_000, 4_000, "2026-12-01")))
    >>> owed_by_day(there, ruled(there, "as_agreed"))[0].to_list()
    [9000.0, 6038.1, 3039.47, 0.0]
    """
    first = {at: 0.0 if lane.drawn else lane.owed for at, lane in enumerate(ground.lanes)}
    closing = played.flows.pivot_table("closing", "day", "lane", aggfunc="last").ffill()
    return closing.reindex(ground.days, method="ffill").fillna(first)


def _cash(ground: Ground, flows: pd.DataFrame) -> Floats:
    """Add up what comes and goes day by day; savings earn in between."""
    net = np.array(ground.net)
    at = np.searchsorted(ground.days, flows["day"].to_numpy())
    np.add.at(net, at, (flows["drawn"] - flows["payment"]).to_numpy())
    cash, left = np.zeros(len(net)), 0.0
    for place, each in enumerate(net):
        left = left * (float(ground.growth[place - 1]) if place else 1.0) + float(each)
        cash[place] = left
    return cash


def _engine(
    ground: Ground, lane: Lane, choice: Choice, loan: Loan
) -> tuple[pd.DataFrame, list[Step]]:
    """Run a loan with what is repaid early."""
    then, today = "shorten" if lane.level else "lower", ground.borrower.today
    days = sorted(choice.early)
    for day in days:
        amount, whole = choice.early[day]
        on = np.datetime64(day, "D")
        if whole:
            loan = loan.settle(on)
            break
        loan = loan.prepay(amount, on, then=then)
    rows = loan.cashflows([*FLOWS, "principal", "event"])
    days_of = rows["date"].to_numpy().astype("M8[D]").astype(np.int64)
    rows = rows.assign(day=days_of)
    if not lane.drawn:
        now = rows["event"].isin(VOLUNTARY) & (rows["day"] == today)
        before = now.sum() - (today in choice.early)  # what was repaid early this very day
        decided = now & (now.cumsum() > before) | (rows["event"] == "extension")
        rows = rows[(rows["day"] > today) | (rows["day"] == today) & decided]
    early = rows["event"].isin(VOLUNTARY)
    columns = ["day", "event", "payment", "principal", "fee"]
    steps = [
        Step(
            int(day),
            choice.lane,
            "settle" if event == "payoff" else "repay",
            float(paid),
            principal=float(principal),
            fee=float(fee),
        )
        for day, event, paid, principal, fee in rows.loc[early, columns].itertuples(index=False)
    ]
    off = float(loan.summary().waived) if lane.free is not None else 0.0
    for day, taken in lane.takes:  # a coupon comes last
        of_it = off if (day, taken) == lane.takes[-1] else 0.0
        steps.append(Step(day, choice.lane, "take", of_it, taken))
    if lane.drawn:
        steps.append(Step(lane.begins, choice.lane, "draw", choice.drawn))
    return rows[["day", *FLOWS[1:]]], steps


def _ledger(lane: Lane, choice: Choice, debt: Debt) -> tuple[pd.DataFrame, list[Step]]:
    """Run a card or family money: what must be paid, and what is paid on top."""
    ledger, rows, steps = open_ledger(debt, 1), [], list[Step]()
    one = np.zeros(1, np.intp)
    for place, day in enumerate(lane.due):
        parts = {name: np.zeros(1, np.int64) for name in PARTS}
        ledger.bill(int(day), parts)
        amount, whole = choice.early.get(int(day), (0.0, False))
        fen = round(100 * amount)
        at_last = debt.kind == "family" and place == len(lane.due) - 1
        if whole or at_last:
            fen = int(ledger.owed[0])
        if fen and ledger.owed[0]:
            must = sum(int(parts[name][0]) for name in PAID)
            ledger.pay(one, np.array([fen]), parts)
            paid = sum(int(parts[name][0]) for name in PAID)
            what = "settle" if not ledger.owed[0] else "repay"
            if not at_last:
                extra = (paid - must) / 100
                steps.append(Step(int(day), choice.lane, what, extra, principal=extra))
        fen_of = {name: int(each[0]) for name, each in parts.items()}
        interest = fen_of["interest"] + fen_of["penalty"] + fen_of["capitalised"]
        payment = sum(fen_of[name] for name in PAID)
        owed = int(ledger.owed[0]) / 100
        rows.append((int(day), 0.0, payment / 100, interest / 100, fen_of["fee"] / 100, owed))
    return pd.DataFrame(rows, columns=["day", *FLOWS[1:]]), steps
