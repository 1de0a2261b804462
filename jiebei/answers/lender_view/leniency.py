"""Does leniency pay? What help is worth to the lender, what it does to borrowers, and when."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.language.words import EMPTY, Text, Words, number, passage, percent, yuan
from jiebei.life.portfolio.help import HELP, programmes
from jiebei.life.portfolio.study import Book, with_help
from jiebei.notebook.answer import Answer

__all__ = ["Worth", "answer", "chart", "in_short", "losses", "replanned", "worths"]

A_MOMENT = 20_000  # loans
AS_IT_GOES, KEPT, BROKEN = range(3)


class Worth(NamedTuple):
    """What help does, a helped loan, in yuan; `with_` if a share of the helped keep to it.

    Attributes
    ----------
    loans : int
    gain : yuan, more for the lender than without help, at its value on the day of the drawdown
    kept, broken : the same if all keep to it, and if none does
    pays_from : share that has to keep to it, above 1 where it never pays, NaN where it is all one
    lost, lost_with : share of what was lent that is lost without help and with it
    late, late_with : share of the loans over 90 days late
    paid : yuan that a borrower pays more than without help
    """

    loans: int
    gain: float
    kept: float
    broken: float
    pays_from: float
    lost: float
    lost_with: float
    late: float
    late_with: float
    paid: float


def worths(found: Book, share: float) -> dict[str, Worth]:
    """Return what each way to help is worth if that share of those helped keep to it."""
    return {name: _worth(found, name, share) for name in HELP}


def _worth(found: Book, name: str, share: float) -> Worth:
    of = {
        each: found.counts[f"help.{name}.{each}"].astype(np.float64)
        for each in ("loans", "drawn", "value", "paid", "over_90", "lost")
    }
    loans, drawn = float(of["loans"]), float(of["drawn"])
    if not loans:
        return Worth(0, *[math.nan] * 9)

    def mixed(what: str) -> float:
        return float(share * of[what][KEPT] + (1 - share) * of[what][BROKEN])

    value = of["value"] / 100 / loans
    spread = value[KEPT] - value[BROKEN]
    return Worth(
        loans=int(loans),
        gain=mixed("value") / 100 / loans - value[AS_IT_GOES],
        kept=value[KEPT] - value[AS_IT_GOES],
        broken=value[BROKEN] - value[AS_IT_GOES],
        pays_from=(value[AS_IT_GOES] - value[BROKEN]) / spread if spread else math.nan,
        lost=of["lost"][AS_IT_GOES] / drawn,
        lost_with=mixed("lost") / drawn,
        late=of["over_90"][AS_IT_GOES] / loans,
        late_with=mixed("over_90") / loans,
        paid=(mixed("paid") - of["paid"][AS_IT_GOES]) / 100 / loans,
    )


def replanned(found: Book, plan_months: int, rate_off: float, waived: float) -> Book:
    """Return the book with another new plan, tried on at most so many loans as take a moment."""
    plan = {"negotiation": programmes(1, 1, plan_months, rate_off, waived)["negotiation"]}
    return with_help(found, plan, min(found.question.loans, A_MOMENT))


def answer(found: Book, share: float) -> Answer:
    """Say which help pays, and from which share of those helped on that keep to it (宽容划算吗).

    Parameters
    ----------
    found : Book
    share : decimal
        Of those helped, who keep to what was agreed.
    """
    all_ = worths(found, share)
    shown = pd.DataFrame(
        {
            "helped": [number(each.loans) for each in all_.values()],
            "lost_without": [_share(each.lost) for each in all_.values()],
            "lost_with": [_share(each.lost_with) for each in all_.values()],
            "late_without": [_share(each.late) for each in all_.values()],
            "late_with": [_share(each.late_with) for each in all_.values()],
            "lender_gains": [_signed(each.gain) for each in all_.values()],
            "borrower_pays": [_signed(each.paid) for each in all_.values()],
            "pays_from": [_from(each) for each in all_.values()],
        },
        pd.Index([Words(f"help.{name}") for name in all_], name="help"),
    )
    known = {name: each for name, each in all_.items() if each.loans}
    if not known:
        return Answer(Words("answer.lender_view.help_none"), shown)
    said = passage([_verdict(known, share), *(_turn(name, each) for name, each in known.items())])
    return Answer(said, shown, Words("answer.lender_view.help_note"))


def _share(value: float) -> str:
    return EMPTY if math.isnan(value) else percent(value, 1)


def _signed(value: float) -> str:
    return EMPTY if math.isnan(value) else yuan(value, 0, signed=True)


def _from(each: Worth) -> Text:
    if math.isnan(each.pays_from):
        return EMPTY
    if each.kept <= 0:
        return Words("answer.lender_view.never")
    return Words("answer.lender_view.always") if each.broken >= 0 else percent(each.pays_from, 1)


def _verdict(known: dict[str, Worth], share: float) -> Text:
    pays = tuple(Words(f"help.{name}") for name, each in known.items() if each.gain > 0)
    not_ = tuple(Words(f"help.{name}") for name, each in known.items() if each.gain <= 0)
    key = "some_pay" if pays and not_ else "all_pay" if pays else "none_pays"
    return Words(f"answer.lender_view.{key}", share=share, pays=pays, fails=not_)


def _at_least(share: float) -> float:
    """Return the first whole percent from which on it pays: the nearest might lie below."""
    return share if math.isnan(share) else math.ceil(round(100 * share, 6)) / 100


def _turn(name: str, each: Worth) -> Text:
    """Say where the answer turns."""
    fields: dict[str, Any] = {"help": Words(f"help.{name}"), "share": _at_least(each.pays_from)}
    if each.kept <= 0:
        return Words("answer.lender_view.turn_never", **fields)
    key = "turn_always" if each.broken >= 0 else "turn"
    return Words(f"answer.lender_view.{key}", **fields)


def chart(found: Book, share: float) -> Axes | Text:
    """Draw what help gains or costs the lender over the share of those helped who keep to it."""
    all_ = {name: each for name, each in worths(found, share).items() if each.loans}
    if not all_:
        return Words("answer.lender_view.help_none")
    at = np.linspace(0, 1, 21)
    lines: dict[Any, Any] = {
        Words(f"help.{name}"): each.broken + at * (each.kept - each.broken)
        for name, each in all_.items()
    }
    none = Words("help.none")
    lines[none] = np.zeros_like(at)
    turns = {name: each.pays_from for name, each in all_.items() if 0 <= each.pays_from <= 1}
    first = min(turns, key=turns.__getitem__) if turns else next(iter(all_))
    key = "chart_turns" if turns else "chart_never"
    from_ = _at_least(turns.get(first, 0.0))
    fields: dict[str, Any] = {"help": Words(f"help.{first}"), "share": from_}
    return charts.lines(
        at,
        lines,
        x_kind="percent",
        y_kind="yuan",
        dashed=[str(none)],
        mark=(share, Words("answer.lender_view.yours")),
        x_label=Words("answer.lender_view.chart_x"),
        title=Words(f"answer.lender_view.{key}", **fields),
        subtitle=Words("answer.lender_view.chart_subtitle", unit="{unit}"),
        note=Words("answer.lender_view.chart_note"),
    )


def losses(found: Book, share: float) -> Axes | Text:
    """Draw what is lost of each 10,000 yuan lent to those helped, without help and with it."""
    all_ = {name: each for name, each in worths(found, share).items() if each.loans}
    if not all_:
        return Words("answer.lender_view.help_none")
    lost = {
        Words(f"help.{name}"): (10_000 * each.lost, 10_000 * each.lost_with)
        for name, each in all_.items()
    }
    changes = {name: each.lost_with - each.lost for name, each in all_.items()}
    best = min(changes, key=changes.__getitem__)
    key = "losses" if changes[best] < 0 else "losses_rise"
    fields: dict[str, Any] = {"help": Words(f"help.{best}"), "before": 10_000 * all_[best].lost}
    return charts.pairs(
        lost,
        (Words("answer.lender_view.not_given"), Words("answer.lender_view.given")),
        kind="yuan",
        title=Words(f"answer.lender_view.{key}", **fields, after=10_000 * all_[best].lost_with),
        subtitle=Words("answer.lender_view.losses_subtitle", unit="{unit}"),
        note=Words("answer.lender_view.losses_note", share=share),
    )


def in_short(found: Book, share: float, ax: Axes) -> Axes:
    """Draw on axes what each way to help gains the lender, if that share keeps to it."""
    known = {name: each for name, each in worths(found, share).items() if each.loans}
    return charts.pairs(
        {Words(f"help.{name}"): (0.0, each.gain) for name, each in known.items()},
        (Words("answer.lender_view.not_given"), Words("answer.lender_view.given")),
        kind="yuan",
        ax=ax,
        title=_verdict(known, share),
        subtitle=Words("answer.lender_view.chart_subtitle", unit="{unit}"),
    )
