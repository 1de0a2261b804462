"""Each debt as a lane: what a yuan owed today takes on every due day, read from the engine's rows.

After an early repayment the instalments fall in proportion to the balance (see docs/best_plan.md),
so one run of the loan as agreed tells what any balance takes: `pays` and `keeps` of a yuan owed
before a due day. Nothing of a rule is written here a second time but for cards and family money.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.language.words import Text
from jiebei.life.debts.debt import NO_LIMIT, Debt, payday
from jiebei.life.debts.payments import last_payday
from jiebei.loan.loan import Loan
from jiebei.loan.plan import Strategy
from jiebei.loan.running import running
from jiebei.units.days import Ints, iso
from jiebei.units.reading import RATE_SCALE

__all__ = [
    "TRIFLE",
    "Floats",
    "Lane",
    "as_loan",
    "card",
    "due_days",
    "family",
    "is_new",
    "let_off_first",
    "of_loan",
    "with_early",
]

Floats = npt.NDArray[np.float64]
TRIFLE = 5.0  # yuan: what nobody goes to the app for
ROWS = ["date", "event", "opening", "drawn", "interest", "fee", "principal", "payment", "closing"]


def nothing() -> Floats:
    """Return no figures."""
    return np.zeros(0)


@dataclass(frozen=True, eq=False)
class Lane:
    """One debt in one way of repaying it, or a loan that may be drawn.

    Attributes
    ----------
    debt : int
        Number of the debt; of several lanes of one debt one is taken.
    name : Words or str
        The debt.
    play : callable
        Yuan drawn to the loan that the engine runs; or the debt of another lender.
    owed : float
        Yuan owed today, or the most that may be drawn.
    begins : int
        The day from which it is owed, days since 1970-01-01.
    due : int array
        Its due days after that.
    keeps, pays, interest : float arrays
        Of a yuan owed before each due day: what is owed after it, what is paid, the interest in it.
    fixed : float array
        Yuan paid on each due day while anything is owed.
    early, behind, on_top : arrays
        Days on which it can be repaid early, the number of due days behind, and what comes on top
        of a yuan repaid: interest not yet settled, and the fee.
    once : tuple of (day, yuan)
        What taking this lane costs.
    drawn : bool
        Whether it is a loan that may be drawn.
    on_line : bool
        Whether it takes part of the line's limit.
    takes : tuple of (day, Words)
        What is chosen with this lane, and when: an extension, a coupon.
    least : yuan
        The least that can be repaid early at once, but for all that is owed.
    level : float
        The instalment that is kept (缩短期限), or of `by_slices` its principal; 0: it falls.
    stands_paid, stands_kept : float arrays
        Of a loan whose instalments an early repayment would spread anew: what is paid on each due
        day, and owed after it, beyond `pays` and `keeps` until then, in yuan.
    anew_from : yuan
        The least that is repaid early for that.
    waives, waives_early : float arrays
        What a coupon lets off a yuan on each due day, and of a yuan repaid early; on at most
        `slice` yuan, which are repaid last, at most `cap` in all.
    floor, limit : float
        Of a card: the least that is paid, and what it must not owe more than.
    """

    debt: int
    name: Text
    play: Callable[[float], Loan] | Debt
    owed: float
    begins: int
    due: Ints
    keeps: Floats
    pays: Floats
    interest: Floats
    fixed: Floats
    takes: tuple[tuple[int, Text], ...] = ()
    early: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    behind: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    on_top: Floats = field(default_factory=nothing)
    once: tuple[tuple[int, float], ...] = ()
    drawn: bool = False
    on_line: bool = False
    least: float = 0.0
    level: float = 0.0
    by_slices: bool = False
    stands_paid: Floats = field(default_factory=nothing)
    stands_kept: Floats = field(default_factory=nothing)
    anew_from: float = TRIFLE
    waives: Floats = field(default_factory=nothing)
    waives_early: Floats = field(default_factory=nothing)
    free: Loan | None = None  # with the coupon, but without its limits
    slice: float = np.inf
    cap: float = np.inf
    floor: float = 0.0
    limit: float = np.inf
    early_from: int = 0  # the first day on which it can be repaid early
    lender: Text = ""  # who offers it: all that it lends stays within its limit
    fee: float = 0.0  # of what is repaid early
    rate: float = 0.0  # a day, by which rules of thumb rank it

    @property
    def as_agreed(self) -> bool:
        """Tell whether nothing is chosen: it is repaid as agreed."""
        return not (self.drawn or self.takes or self.level)

    @property
    def kind(self) -> str:
        """Return what it is: "loan", as a debt in instalments is too, "card" or "family"."""
        return self.play.kind if isinstance(self.play, Debt) else "loan"

    @property
    def agreed(self) -> Floats:
        """Return what is owed before each due day, and in the end, with nothing repaid early."""
        if not len(self.stands_kept):
            return self.spread
        owed = [self.owed]
        for keeps, more in zip(self.keeps, self.stands_kept, strict=True):
            owed.append(owed[-1] * keeps + more)
        return np.array(owed)

    @property
    def spread(self) -> Floats:
        """Return the same of the loan from which `pays` and `keeps` were read."""
        found: Floats = self.owed * np.concatenate([[1.0], np.cumprod(self.keeps)])
        return found


def is_new(lane: Lane, today: int) -> bool:
    """Tell whether a debt is drawn today: it then owes a day of interest, repaid today or tomorrow.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> rest = loan.rest("2027-01-01")
    >>> is_new(of_loan(0, "line", lambda _: loan, loan, 20_788), 20_788)
    True
    >>> is_new(of_loan(0, "line", lambda _: rest, rest, 20_819), 20_819)
    False
    """
    if lane.drawn or isinstance(lane.play, Debt):
        return False
    loan = lane.play(lane.owed)
    return int(loan.terms["start"]) == today and loan.owed(iso(today)).interest > 0


def due_days(loan: Loan, today: int) -> Ints:
    """Return the due days of a loan after a day."""
    return of_loan(0, "", lambda _: loan, loan, today).due


def _rows(strategy: Strategy) -> dict[str, Any]:
    """Return the columns of the rows as plain arrays: so many lanes are read so often."""
    flows = strategy.cashflows(ROWS)
    columns: dict[str, Any] = {name: flows[name].to_numpy() for name in ROWS}
    return columns | {"day": columns["date"].astype("M8[D]").astype(np.int64)}


def of_loan(
    debt: int, name: Text, play: Callable[[float], Loan], loan: Loan, today: int, **more: Any
) -> Lane:
    """Read a loan as it is today.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> lane = of_loan(0, "line", lambda _: loan, loan, today=20_788)
    >>> lane.pays.round(6), lane.keeps.round(6)
    (array([0.341501, 0.509019, 1.0112  ]), array([0.670899, 0.503381, 0.      ]))
    """
    rows = _rows(loan)
    day, event = rows["day"], rows["event"]
    ahead = np.arange(len(day), dtype=np.int64) > 0 if more.get("drawn") else day > today
    behind = rows["closing"][day <= today]
    owed = float(behind[-1]) if len(behind) else float(loan.principal)
    regular = (event == "instalment") | (event == "deferral")
    falls = {name: each[ahead & regular] for name, each in rows.items()}
    opening, fee = falls["opening"], falls["fee"]
    apart = (rows["fee"] != 0) & ~regular
    once = tuple((int(day[at]), float(rows["fee"][at])) for at in np.flatnonzero(ahead & apart))
    extended = (day == today) & (event == "extension") & apart
    once += tuple((today, float(each)) for each in rows["fee"][extended])
    return Lane(
        debt=debt,
        name=name,
        play=play,
        owed=owed,
        begins=max(int(day[0]), today),
        due=falls["day"],
        keeps=falls["closing"] / opening,
        pays=(falls["payment"] - fee) / opening,
        interest=falls["interest"] / opening,
        fixed=fee,
        once=once,
        fee=float(loan.prepay_fee_rate),
        rate=float(loan.daily_rate),
        **more,
    )


def with_early(lane: Lane, grid: Ints) -> Lane:
    """Add the days of a calendar on which a loan can be repaid early, and what comes on top then.

    Where a repayment settles the interest on all that is owed, only due days will do.
    """
    if isinstance(lane.play, Debt):
        return replace(lane, early=lane.due[:-1], **_free(lane.due[:-1], lane.due))
    first = lane.begins + lane.drawn
    days = grid[(grid >= max(first, lane.early_from)) & (grid < lane.due[-1])]
    loan = lane.play(lane.owed)
    if loan.terms["settles_whole"]:
        days = days[np.isin(days, lane.due)]
    if not len(days) or (lane.drawn and loan.terms["instalment_fee"]):
        return lane
    rows = _rows(loan)
    place = np.searchsorted(rows["day"], days, side="right") - 1
    half = np.floor(rows["closing"][place] * 50) / 100
    days, half = days[half > 0], half[half > 0]
    if not len(days):
        return lane
    found = replace(lane, early=days, behind=_behind(days, lane.due))
    if lane.free is None:
        return replace(found, on_top=_on_top(loan, half, days))
    bare = loan._deciding(loan.decisions[:-1])  # the coupon came last
    on_top = _on_top(bare, half, days)
    less = on_top - _on_top(lane.free, half, days)
    return replace(found, on_top=on_top, waives_early=less)


def let_off_first(lane: Lane, at: int, amount: float) -> float:
    """Return what a coupon lets off the first early repayment; it takes the other part first."""
    if not len(lane.waives_early):
        return 0.0
    free = min(amount, max(amount + lane.slice - lane.owed, 0.0))
    return float(min(free * lane.waives_early[at], lane.cap))


def _on_top(loan: Loan, amounts: Floats, days: Ints) -> Floats:
    """Return what comes on top of each yuan repaid on these days."""
    probe = loan.prepay(amounts, on=days.astype("M8[D]"))
    flows = probe.cashflows(["loan", "event", "interest", "fee", "principal", "date"])
    day = flows["date"].to_numpy().astype("M8[D]").astype(np.int64)
    paid = np.flatnonzero(
        (flows["event"] == "prepayment").to_numpy() & (day == days[flows["loan"]])
    )
    loans = flows["loan"].to_numpy()[paid]
    last = paid[np.append(loans[1:] != loans[:-1], True)[: len(paid)]]  # of each loan
    part = {name: flows[name].to_numpy()[last] for name in ("interest", "fee", "principal")}
    on_top: Floats = (part["interest"] + part["fee"]) / part["principal"]
    return on_top


def _behind(days: Ints, due: Ints) -> Ints:
    return np.searchsorted(due, days, side="right")


def _free(days: Ints, due: Ints) -> dict[str, Any]:
    return {"on_top": np.zeros(len(days)), "behind": _behind(days, due)}


def as_loan(debt: Debt) -> Loan:
    """Return a debt in instalments as a loan of the engine, as it runs: nothing is owed for today.

    One that is repaid once counts its interest from today on.
    """
    loan = debt.loan(debt.balance, debt.start, debt.months, debt.rate, debt.method)
    fee = {"prepay_fee_rate": float(debt.fee_rate) / RATE_SCALE}
    if debt.method == "bullet":
        return loan.but(**fee)
    return running(
        loan.principal,
        daily_rate=loan.daily_rate,
        instalments=loan.months,
        last_due=iso(debt.last_due),
        next_due=iso(debt.payday(1)),
        method=debt.method,
        interest_only_months=loan.interest_only_months,
        **fee,
    )


def card(number: int, debt: Debt, last: int) -> Lane:
    """Read a card until a day: its minimum is a share of the statement; more may be paid."""
    days = _paydays(debt, last)
    since = np.concatenate([[debt.last_due], days[:-1]])
    runs = np.maximum(days - np.maximum(since, debt.free_until), 0)
    growth = 1 + float(debt.rate) / RATE_SCALE * runs
    share = float(debt.minimum_share) / RATE_SCALE
    return Lane(
        debt=number,
        name=debt.name,
        play=replace(debt, start=debt.last_due),
        owed=float(debt.balance) / 100,
        begins=debt.start,
        due=days,
        keeps=growth * (1 - share),
        pays=growth * share,
        interest=growth - 1,
        fixed=np.zeros(len(days)),
        floor=float(debt.minimum_floor) / 100,
        limit=np.inf if debt.limit == NO_LIMIT else float(debt.limit) / 100,
        rate=float(debt.rate) / RATE_SCALE,
    )


def family(number: int, debt: Debt) -> Lane:
    """Read family money: nothing until its last payday in time, then all that is left."""
    days = np.array([payday(debt.start, at + 1) for at in range(last_payday(debt))], np.int64)
    keeps = np.ones(len(days))
    keeps[-1] = 0.0
    return Lane(
        debt=number,
        name=debt.name,
        play=debt,
        owed=float(debt.balance) / 100,
        begins=debt.start,
        due=days,
        keeps=keeps,
        pays=1 - keeps,
        interest=np.zeros(len(days)),
        fixed=np.zeros(len(days)),
    )


def _paydays(debt: Debt, last: int) -> Ints:
    found: list[int] = []
    while not found or found[-1] < last:
        found.append(debt.payday(len(found) + 1))
    return np.array(found, np.int64)
