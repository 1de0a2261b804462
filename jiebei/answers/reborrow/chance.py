"""What if the limit does not come back? Borrowing again weighed by the chance of it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from jiebei.answers.reborrow.flips import Again
from jiebei.answers.reborrow.verdict import needless, out_of_reach
from jiebei.compare.compare import Cash, net_benefit
from jiebei.language.words import Words, passage, written
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN
from jiebei.units.reading import share
from jiebei.value.rates import annual_rate

__all__ = ["answer"]

CHANCES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0)


def answer(
    loan: Loan,
    again: Again,
    cash: Cash,
    fallback_rate: float,
    limit_lost: float,
    savings_rate: float,
    at: Any,
) -> Answer:
    """Weigh the chance that the limit does not come back (额度回不来的概率).

    Parameters
    ----------
    loan, again, cash, savings_rate, at
        As for `reborrow.flips.depends`; where the cash does not last, no verdict is given.
    fallback_rate : decimal
        A day, at the lender you then turn to: an assumption.
    limit_lost : decimal
        The chance, 0 to 1: an assumption.
    """
    share(limit_lost, "limit_lost")
    here, elsewhere = _two_ends(loan, again, fallback_rate, savings_rate, at)
    chances = sorted({*CHANCES, limit_lost})
    expected = [here + (elsewhere - here) * each for each in chances]
    table = pd.DataFrame(
        {"chance": [_chance(each) for each in chances], "expected": expected},
        pd.RangeIndex(1, len(chances) + 1),
    )
    amount = float(again().loans[-1].terms["principal"]) / 100
    mean = here + (elsewhere - here) * limit_lost
    sign = "even" if abs(mean) < FEN else "gain" if mean > 0 else "loss"
    fields: dict[str, Any] = {"chance": _chance(limit_lost), "amount": abs(mean)}
    parts = [_turn(here, elsewhere, amount), Words(f"answer.reborrow.chance_{sign}", **fields)]
    parts += needless(again(), loan, cash)
    text = out_of_reach(again(), cash) or passage(parts)
    fields = {"rate": fallback_rate, "year": annual_rate(fallback_rate)}
    return Answer(text, table, Words("answer.reborrow.chance_note", **fields))


def _two_ends(
    loan: Loan, again: Again, fallback_rate: float, savings_rate: float, at: Any
) -> tuple[float, float]:
    """Return the net benefit when the limit comes back for certain, and when it does not."""
    plans = again(), again(daily_rate=fallback_rate)
    here, elsewhere = (float(net_benefit(plan, loan, savings_rate, at)) for plan in plans)
    return here, elsewhere


def _chance(share: float) -> Words:
    return written(share, f"percent.{0 if float(round(share * 100, 6)).is_integer() else 1}")


def _turn(here: float, elsewhere: float, again: float) -> Words:
    """Say below which chance borrowing so much again pays on average."""
    best, worst = max(here, elsewhere), min(here, elsewhere)
    if best > FEN and worst < -FEN:
        key = "below" if here > elsewhere else "above"
        turn = here / (here - elsewhere)
        return Words(f"answer.reborrow.chance_{key}", flip=turn, again=again)
    if best > FEN:
        return Words("answer.reborrow.chance_always", again=again)
    if worst < -FEN:
        either = here - elsewhere < FEN  # where coming back is the better case, it is the one named
        return Words(f"answer.reborrow.chance_never{'_either' if either else ''}", again=again)
    return Words("answer.reborrow.chance_same")
