"""Read the rows under a row of heads: a plan, or a record of payments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from jiebei.language.words import Words
from jiebei.life.statement.figures import (
    amount_in,
    day_in,
    is_amount,
    is_empty,
    is_serial,
    order_in,
)
from jiebei.life.statement.frame import Payment, frame_of
from jiebei.life.statement.heads import Heads, name_and_unit, read_heads
from jiebei.life.statement.notes import note, refused
from jiebei.life.statement.preamble import facts_in
from jiebei.life.statement.sheet import Row, Sheet
from jiebei.life.statement.whole import days_follow, told_twice, totals_noted, two_loans

__all__ = ["read_table"]

MOST_ROWS = 2_000  # a payment a day for five years
TOTAL = re.compile(
    r"(合计|总计|小计|共计|总和|汇总|累计|合计还款|(sub|grand ?)?totals?|sum)[:：]?\W*",
    re.I,
)
FAILED = re.compile("失败|关闭|等待|未成功|fail|pending|cancel", re.IGNORECASE)
DRAWN = re.compile("放款|^借款|发放|draw|disburs", re.IGNORECASE)
REPAID = re.compile("还|扣款|代扣|结清|月供|repay|payment|instal|debit|settle", re.IGNORECASE)
OTHER_PRODUCT = re.compile("花呗|网商贷|备用金")
EARLY = re.compile("提前|prepay|early", re.IGNORECASE)
AMOUNTS = ("payment", "paid", "principal", "interest", "fee", "penalty", "closing", "borrowed")


def read_table(sheet: Sheet, place: int, kind: str = "") -> pd.DataFrame:
    """Return what stands under the row of heads at a place, with notes on what was left out."""
    head = sheet.rows[place]
    heads = read_heads(head)
    _demand(heads)
    body, totals, notes = _sorted_out(sheet.rows[place + 1 :], heads)
    if sheet.by_blanks:
        _refuse_short(body, heads)
    if not body:
        raise refused("heads_only", row=head.number)
    if len(body) > MOST_ROWS:
        raise refused("many_rows", n=len(body), most=MOST_ROWS)
    body, double = (body, ()) if kind == "sentence" else told_twice(body)
    two_loans(body, heads)
    body, others = _of_the_loan(body, heads)
    notes += [note("other_kinds", rows=others)] if others else []
    loan = facts_in(sheet.before(place))
    kind = kind or ("plan" if _is_plan(heads) else "record")
    payments = [each for row in body if (each := _payment(row, heads, kind, loan, notes))]
    if not payments:
        raise refused("heads_only", row=head.number)
    payments = _signed(payments, heads, notes)
    notes += days_follow(payments, kind)
    _said_of_the_file(sheet, heads, double, body, notes)
    frame = frame_of(payments, kind, loan, [*sheet.notes, *notes])
    return totals_noted(frame, totals, heads)


def _demand(heads: Heads) -> None:
    if "date" not in heads and "paid_on" not in heads and "number" not in heads:
        raise refused("no_day_column", row=heads.row.number)


def _is_plan(heads: Heads) -> bool:
    """Tell a plan, by its parts or by days that fall due, from a record of what was paid."""
    if "date" not in heads or "kind" in heads:
        return False
    parts = {"number", "principal", "interest", "closing"} & heads.places.keys()
    day = name_and_unit(heads.row.cell(heads.places["date"][0]))[0]
    return bool(parts) or day not in ("日期", "date")


# Which rows count ----------------------------------------------------------------------------


def _sorted_out(rows: Sequence[Row], heads: Heads) -> tuple[list[Row], list[Row], list[Words]]:
    """Part the rows of payments from totals, repeated heads and remarks, by their words."""
    body: list[Row] = []
    others: dict[str, list[Row]] = {"totals": [], "heads_again": [], "remarks": []}
    for row in rows:
        kind = _kind(row, heads)
        if kind == "payment":
            _refuse_overfull(row, heads)
            body.append(row)
        elif kind:
            others[kind].append(row)
    notes = [
        note(kind, rows=tuple(row.number for row in found))
        for kind, found in others.items()
        if found
    ]
    return body, others["totals"], notes


def _kind(row: Row, heads: Heads) -> str:
    """Tell a payment from totals, heads told again, a remark; empty for a line of dashes."""
    first = next((each for each in row.cells if each), "")
    if all(map(is_empty, row.cells)) or set(row.text) <= set("-—=*_:| "):
        return ""
    if row.cells == heads.row.cells:
        return "heads_again"
    if TOTAL.fullmatch(first) or any(TOTAL.fullmatch(row.cell(each)) for each in _where(heads)):
        return "totals"
    looked = [
        place for each in (*AMOUNTS, "date", "paid_on") for place in heads.places.get(each, ())
    ]
    if not any(re.search(r"\d", row.cell(place)) for place in looked):
        return "remarks"
    sums = [place for each in AMOUNTS for place in heads.places.get(each, ())]
    words = len([each for each in row.cells if each]) == 1 and not is_amount(first)
    return "remarks" if words and not any(is_amount(row.cell(each)) for each in sums) else "payment"


def _where(heads: Heads) -> tuple[int, ...]:
    return tuple(
        place for each in ("number", "date", "paid_on") for place in heads.places.get(each, ())
    )


def _refuse_overfull(row: Row, heads: Heads) -> None:
    """Refuse a row with more cells than heads: thousands parted by commas that part cells too."""
    named = max(place for place, each in enumerate(heads.row.cells) if each)
    if any(row.cells[named + 1 :]):
        raise refused("overfull", row=row.number, n=len(row.cells), most=named + 1)


def _of_the_loan(body: list[Row], heads: Heads) -> tuple[list[Row], tuple[int, ...]]:
    """Part rows of other things, where words tell of some that they are repayments."""
    if "kind" not in heads:
        return body, ()
    words = {row.number: " ".join(row.cell(each) for each in heads.places["kind"]) for row in body}
    own = {
        number
        for number, told in words.items()
        if (REPAID.search(told) or DRAWN.search(told)) and not OTHER_PRODUCT.search(told)
    }
    if not any(REPAID.search(words[number]) for number in own):
        return body, ()
    return [row for row in body if row.number in own], tuple(sorted(words.keys() - own))


def _refuse_short(body: Sequence[Row], heads: Heads) -> None:
    """Refuse a row with an empty cell where blanks part the cells: what follows has moved up."""
    named = len(heads.row.cells)
    for row in body:
        if len(row.cells) < named:
            raise refused("short", row=row.number, n=len(row.cells), most=named)


def _said_of_the_file(
    sheet: Sheet, heads: Heads, double: tuple[int, ...], body: Sequence[Row], notes: list[Words]
) -> None:
    if double:
        notes.append(note("double", rows=double))
    if heads.unknown:
        notes.append(note("unknown", names=", ".join(heads.unknown)))
    scaled = [heads.name(place) for place, scale in heads.scales.items() if scale != 1]
    if scaled:
        notes.append(note("scaled", names=", ".join(scaled)))
    dated = _where(heads)[-1]
    if any(is_serial(row.cell(dated)) for row in body) and _field_at(heads, dated) != "number":
        notes.append(note("serials", column=heads.name(dated)))


def _field_at(heads: Heads, place: int) -> str:
    return next(field for field, places in heads.places.items() if place in places)


# A row of payment ----------------------------------------------------------------------------


def _payment(
    row: Row, heads: Heads, kind: str, loan: dict[str, Any], notes: list[Words]
) -> Payment | None:
    """Return the payment of a row; None for a drawdown told in a plan, or one that failed."""
    words = " ".join(
        row.cell(place) for each in ("kind", "status") for place in heads.places.get(each, ())
    )
    if FAILED.search(words):
        notes.append(note("failed", rows=(row.number,)))
        return None
    day = _day(row, heads, kind)
    fen = dict(_amounts(row, heads))
    if _is_drawdown(row, heads, words, fen):
        sum_drawn = (
            fen.get("payment") or fen.get("paid") or fen.get("borrowed") or fen.get("closing") or 0
        )
        loan |= {"principal": abs(sum_drawn) / 100} | ({"start": day} if day else {})
        notes.append(note("drawdown", rows=(row.number,), amount=abs(sum_drawn) / 100))
        return (
            Payment(row.number, day, {"drawn": abs(sum_drawn)}, "draw")
            if kind == "record"
            else None
        )
    if borrowed := fen.pop("borrowed", 0):
        loan.setdefault("principal", borrowed / 100)
    paid = fen.pop("paid", None)
    if "payment" not in fen and paid is not None:
        fen["payment"] = paid
    early = "early" if EARLY.search(words) else ""
    return Payment(row.number, day, _whole(row, heads, fen, kind, notes), early, _order(row, heads))


def _order(row: Row, heads: Heads) -> int | None:
    return order_in(row.cell(heads.places["number"][0])) if "number" in heads else None


def _day(row: Row, heads: Heads, kind: str) -> str:
    """Return the day of a row: the due one of a plan, else when it was paid."""
    if kind == "sentence":
        return ""
    fields = [each for each in ("date", "paid_on") if each in heads]
    if not fields:
        raise refused("no_day_column", row=heads.row.number)
    place = heads.places[fields[0]][0]
    if is_empty(row.cell(place)):
        raise refused("day_missing", row=row.number, column=heads.name(place))
    return day_in(row.cell(place), row.number, heads.name(place))


def _amounts(row: Row, heads: Heads) -> Iterator[tuple[str, int]]:
    """Yield the amounts of a row in fen; several fees are added up."""
    for field in AMOUNTS:
        found = [
            amount_in(row.cell(place), row.number, heads.name(place), heads.scales[place])
            for place in heads.places.get(field, ())
            if not is_empty(row.cell(place))
        ]
        if found:
            yield field, sum(found)


def _is_drawdown(row: Row, heads: Heads, words: str, fen: dict[str, int]) -> bool:
    """Tell the row of the drawdown: its words, or number 0, or only what is owed from then on."""
    if DRAWN.search(words) and "还" not in words:
        return True
    nothing = not any(fen.get(each) for each in ("payment", "principal", "interest"))
    return _order(row, heads) == 0 or (nothing and bool(fen.get("closing")))


def _whole(
    row: Row, heads: Heads, fen: dict[str, int], kind: str, notes: list[Words]
) -> dict[str, int]:
    """Return the amounts of a row with the payment that its parts make, where none is stated."""
    parts = [fen.get(each, 0) for each in ("principal", "interest", "fee", "penalty")]
    split = "principal" in heads and "interest" in heads
    if "payment" not in fen and kind != "sentence":
        if not split or not any(each in fen for each in ("principal", "interest")):
            place = next(iter(heads.places.get("payment", heads.places.get("paid", (0,)))))
            raise refused("payment_missing", row=row.number, column=heads.name(place))
        fen["payment"] = sum(parts)
        if "payment" in heads:
            notes.append(note("summed", rows=(row.number,), amount=sum(parts) / 100))
    elif split and fen.get("payment") != sum(parts) and fen.get("payment", 0) >= 0:
        said = {"amount": fen["payment"] / 100, "added": sum(parts) / 100}
        notes.append(note("does_not_add_up", rows=(row.number,), **said))
    for each in ("principal", "interest", "fee", "penalty"):
        if each in heads:
            fen.setdefault(each, 0)
    return fen


def _signed(payments: list[Payment], heads: Heads, notes: list[Words]) -> list[Payment]:
    """Turn a record in which payments are negative; one sum against all others was drawn."""
    sums = [each.fen.get("payment", 0) for each in payments]
    below = [place for place, each in enumerate(sums) if each < 0]
    if not below:
        return payments
    above = [place for place, each in enumerate(sums) if each > 0]
    if len(above) == 1 and payments[above[0]].day == min(each.day for each in payments):
        first = payments[above[0]]
        drawn = Payment(first.row, first.day, {"drawn": first.fen["payment"]}, "draw")
        notes.append(note("drawdown", rows=(first.row,), amount=first.fen["payment"] / 100))
        payments = [drawn if each is first else each for each in payments]
    elif above:
        place = next(iter(heads.places.get("payment", heads.places.get("paid", (0,)))))
        row = payments[below[0]]
        raise refused(
            "negative", row=row.row, column=heads.name(place), amount=row.fen["payment"] / 100
        )
    notes.append(note("turned"))
    return [
        each._replace(fen={name: abs(fen) for name, fen in each.fen.items()}) for each in payments
    ]
