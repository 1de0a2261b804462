"""Find the rate at which dated flows are worth nothing: one root fast, or every root there is.

Flows are matrices (events, loans): a column a loan, rows in order of time. The value of a loan at
the rate x a day, compounded without pause, is sum(cash * exp(-x * time)).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["Floats", "Roots", "all_roots", "single_roots"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

MOST_STEPS = 6
EVEN = 1e-8  # a balance of this share of what is drawn is none
CELLS = 16  # the stretches in which the search for every root begins
NOISE = 1e-14  # what rounding leaves of a value that is zero, relative to its flows


class Roots(NamedTuple):
    """Every root found, ordered by loan, then rate."""

    loan: npt.NDArray[np.int64]
    rate: Floats
    touching: Bools  # the value comes down to zero there and does not, or hardly, cross it


def single_roots(cash: Floats, times: Floats, low: float, high: float) -> tuple[Floats, Bools]:
    """Find the root of each loan in a few steps, and prove, where it is plain, that it is alone.

    log(value paid / value drawn) is almost a straight line in the rate. Each step, the first from
    rate zero, goes to the root of the parabola that touches it: the error is cubed, so that the
    second or third step is exact.

    Returns
    -------
    rate : array
        A root for each loan, if `single`.
    single : bool array
        Whether it is proven to be the only root anywhere, and lies between `low` and `high`.
    """
    draws = np.flatnonzero((cash > 0).any(axis=1))
    longest = times.max(axis=0)
    rate, single = np.zeros_like(longest), np.zeros(longest.shape, np.bool_)
    going: npt.NDArray[np.int64] | slice = slice(None)
    flows = cash.copy()
    for _ in range(MOST_STEPS):
        step, error, drawn = _step(flows, times, draws, longest)
        rate[going] = np.clip(rate[going] + step, low, high)
        near = ~(error > 5e-16)  # a NaN leads nowhere
        if 2 * np.count_nonzero(near) > near.size:  # sooner, the copies cost more than they save
            drift = 3 * np.abs(step) * longest
            sure = near & _owes_throughout(flows, times, drift, drawn)
            single[going] = sure
            still = np.flatnonzero(~sure)
            if not still.size:
                break
            going = np.arange(rate.size, dtype=np.intp)[going][still]
            cash, times, longest = cash[:, still], times[:, still], longest[still]
        flows = times * -rate[going]
        np.exp(flows, out=flows)
        flows *= cash
    return rate, single & (rate > low) & (rate < high)


def _step(
    flows: Floats, times: Floats, draws: npt.NDArray[np.int64], longest: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return the step from the flows as discounted now, a bound on its error, the value drawn."""
    given, given_times = np.maximum(flows[draws], 0.0), times[draws]
    given_weighted, weighted = given * given_times, flows * times
    value, drawn = flows.sum(axis=0), given.sum(axis=0)
    mean = given_weighted.sum(axis=0)
    square = np.einsum("el,el->l", given_weighted, given_times)
    paid = drawn - value
    paid_mean = (mean - weighted.sum(axis=0)) / paid
    paid_square = (square - np.einsum("el,el->l", weighted, times)) / paid
    mean /= drawn
    held = paid_mean - mean  # the mean time for which money is held
    bend = (paid_square - paid_mean**2 - square / drawn + mean**2) / (2.0 * held)
    straight = np.log1p(-value / drawn) / held
    # The third term of the series; no spread of times has a third moment above longest**3 / 10.
    bound = 2.0 * bend**2 + longest**2 * np.abs(longest / (30.0 * held))
    error = straight**2 * np.abs(straight) * bound  # numpy's ** 3 is slow
    return straight * (1.0 + straight * bend), error, drawn


def _owes_throughout(flows: Floats, times: Floats, drift: Floats, drawn: Floats) -> Bools:
    """Say whether the borrower, at the root near these flows, owes or is even at every time.

    Then there is no other root, from minus to plus infinity: at a higher rate every balance is
    worth more than what is paid for it, at a lower rate less. Balances may still drift by that
    share of what is drawn on the way to the root; a hundred-millionth is even, as lenders round
    to the fen. Adds up `flows` in place.
    """
    for row in range(1, len(flows)):  # numpy's accumulate along this axis takes ten times as long
        flows[row] += flows[row - 1]
    balance = flows[:-1]
    same_day = times[1:] == times[:-1]
    least = most = balance
    if same_day.any():
        least, most = np.where(same_day, np.inf, balance), np.where(same_day, 0.0, balance)
    owes = least.min(axis=0, initial=np.inf) >= (drift - EVEN) * drawn
    return np.asarray(owes & (most.max(axis=0, initial=0.0) > EVEN * drawn))


def all_roots(cash: Floats, times: Floats, low: float, high: float) -> Roots:
    """Find every root between two rates, and prove that there is no other.

    A stretch of rates is settled when bounds on the value and its slope say that the value cannot
    reach zero in it, or that it only rises or only falls; else it is halved.
    """
    loans, ends = cash.shape[1], (low, high)
    edges = np.linspace(low, high, CELLS + 1)
    loan = np.repeat(np.arange(loans, dtype=np.intp), CELLS)
    left, right = np.tile(edges[:-1], loans), np.tile(edges[1:], loans)
    crossing, touching = [], []
    while loan.size:
        crosses, touches, open_ = _judge(cash[:, loan], times[:, loan], left, right, ends)
        crossing.append((loan[crosses], left[crosses], right[crosses]))
        touching.append((loan[touches], left[touches], right[touches]))
        loan, left, right = loan[open_], left[open_], right[open_]
        middle = (left + right) / 2
        left, right = np.concatenate([left, middle]), np.concatenate([middle, right])
        loan = np.concatenate([loan, loan])
    owner, left, right = (np.concatenate(each) for each in zip(*crossing, strict=True))
    rate = _refine(cash[:, owner], times[:, owner], left, right, ends)
    near, near_rate = _merge(*(np.concatenate(each) for each in zip(*touching, strict=True)))
    owner, rate = np.concatenate([owner, near]), np.concatenate([rate, near_rate])
    touched = np.arange(rate.size, dtype=np.intp) >= rate.size - near.size
    order = np.lexsort((rate, owner))
    return Roots(owner[order], rate[order], touched[order])


def _flows(cash: Floats, times: Floats, rate: Floats) -> Floats:
    """Return the flows discounted, scaled so that no exponential overflows."""
    exponent = times * -rate
    exponent -= exponent.max(axis=0)
    return np.asarray(cash * np.exp(exponent))


def _sign(cash: Floats, times: Floats, rate: Floats, ends: tuple[float, float]) -> Floats:
    """Return the sign of the value; at an end of the range, 0 where only rounding is left of it."""
    flows = _flows(cash, times, rate)
    value = flows.sum(axis=0)
    nothing = np.isin(rate, ends) & (np.abs(value) <= NOISE * np.abs(flows).sum(axis=0))
    return np.asarray(np.where(nothing, 0.0, np.sign(value)))


def _judge(
    cash: Floats, times: Floats, left: Floats, right: Floats, ends: tuple[float, float]
) -> tuple[Bools, Bools, Bools]:
    """Say in which stretches the value crosses zero once, touches it, or is not known yet."""
    middle, half = (left + right) / 2, (right - left) / 2
    flows = _flows(cash, times, middle)
    sizes = np.abs(flows)
    size = sizes.sum(axis=0)
    # Times are counted from their centre, which changes no root and keeps the bounds tight.
    away = times - (sizes * times).sum(axis=0) / size
    value, slope, bend = (np.abs((flows * away**power).sum(axis=0)) for power in range(3))
    twist = (sizes * np.abs(away) ** 3 * np.exp(np.abs(away) * half)).sum(axis=0)
    # Taylor's bounds on how far the value, and its slope, can move within the stretch
    reach = half * (slope + half * (bend / 2 + half * twist / 6))
    turn = half * (bend + half * twist / 2)
    clear = value > reach + NOISE * size
    steady = ~clear & (slope > turn + NOISE * (sizes * np.abs(away)).sum(axis=0))
    before, after = _sign(cash, times, left, ends), _sign(cash, times, right, ends)
    last = (right == ends[1]) & (after == 0)
    crosses = steady & ((before * after < 0) | (before == 0) | last)
    touches = ~clear & ~steady & (reach <= NOISE * size)
    return crosses, touches, ~clear & ~steady & ~touches


def _refine(
    cash: Floats, times: Floats, left: Floats, right: Floats, ends: tuple[float, float]
) -> Floats:
    """Close in on the one root of each stretch: Newton's steps, halving where one leads outside."""
    before, after = _sign(cash, times, left, ends), _sign(cash, times, right, ends)
    start, end, rate = left, right, (left + right) / 2
    for _ in range(60):
        flows = _flows(cash, times, rate)
        value, sizes = flows.sum(axis=0), np.abs(flows)
        away = times - (sizes * times).sum(axis=0) / sizes.sum(axis=0)
        ahead = np.sign(value) == before
        left, right = np.where(ahead, rate, left), np.where(ahead, right, rate)
        new = rate + value / (flows * away).sum(axis=0)
        new = np.where((new >= left) & (new <= right), new, (left + right) / 2)
        moved, rate = np.abs(new - rate), new
        if not moved.size or moved.max() <= 1e-18:
            break
    return np.asarray(np.where(before == 0, start, np.where(after == 0, end, rate)))


def _merge(
    loan: npt.NDArray[np.int64], left: Floats, right: Floats
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Take neighbouring stretches that touch zero for one root."""
    order = np.lexsort((left, loan))
    loan, left, right = loan[order], left[order], right[order]
    new = np.ones(loan.size, np.bool_)
    new[1:] = (loan[1:] != loan[:-1]) | (left[1:] > right[:-1])
    first = np.flatnonzero(new)
    last = np.append(first[1:], loan.size)[: first.size] - 1
    return loan[first], np.asarray((left[first] + right[last]) / 2)
