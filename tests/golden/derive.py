"""Write the golden schedules anew from the reference, or check that they stand.

    python -m tests.golden.derive            keep the words above each schedule, write its rows anew
    python -m tests.golden.derive --check    say what does not stand, change nothing

What is checked: each file has its case and its rows; each row adds up; and each sum written out in
the words above the rows comes out as written, and is found in the row of that date.
"""

import csv
import re
import sys
from collections.abc import Iterator
from fractions import Fraction
from io import StringIO
from pathlib import Path

from tests.golden.cases import CASES, REFUSED
from tests.golden.loans import Case
from tests.golden.summaries import SUMMARIES
from tests.reference import Row, plain_schedule, schedule, tie_heavy_loans
from tests.reference.agreement import RATE_UNIT, half_up, rounded

HERE = Path(__file__).parent
COLUMNS = ["date", "event", "days", "opening", "drawn", "interest", "penalty", "fee", "principal"]
COLUMNS += ["payment", "closing"]
# Further columns, in this order, where the case has something in them
FURTHER = ["waived_interest", "capitalised", "waived_penalty", "waived_principal"]
FURTHER += ["arrears", "days_late"]
NOT_MONEY = ("date", "event", "days", "days_late", "status")
ENDED = ("closed", "settled")
# Where one of these is decided it matters where the loan stands
OF_STATUS = {"miss", "pay_late", "pay", "defer", "reprice", "restructure"}
# "# 2027-01-01 interest: 50,000.00 x 0.04 % x 31 days = 620.00"
SUM = re.compile(r"^# (\d{4}-\d\d-\d\d) (\w+): ([^=]*) = ([\d.,]+)", re.MULTILINE)


def in_yuan(fen: int) -> str:
    """Write whole fen as yuan with two decimals."""
    return f"{fen // 100}.{fen % 100:02d}"


def rows_of(case: Case) -> list[Row]:
    """Derive the rows of a case, one contract after the other."""
    return [row for contract in schedule(*case) for row in contract]


def columns_of(case: Case, rows: list[Row]) -> list[str]:
    """Return the columns shown: the core, and those further ones that the case needs."""
    decisions = {name for name, _ in case[1]}
    needed = {"waived_interest"} if "coupon" in decisions else set()
    needed |= {name for name in FURTHER if any(getattr(row, name) for row in rows)}
    further = [name for name in FURTHER if name in needed]
    return COLUMNS + further + ["status"] * bool(decisions & OF_STATUS)


def text_of(case: Case) -> str:
    """Write the rows of a case as CSV."""
    rows, table = rows_of(case), StringIO()
    columns = columns_of(case, rows)
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(
            value if name in NOT_MONEY else in_yuan(value)
            for name, value in ((name, getattr(row, name)) for name in columns)
        )
    return table.getvalue()


def words_of(path: Path) -> str:
    """Return the lines of words that stand above the rows."""
    lines = path.read_text("utf-8").splitlines(keepends=True) if path.exists() else []
    return "".join(line for line in lines if line.startswith("#"))


def worked_out(written: str) -> Fraction:
    """Work out a written sum exactly: 50,000.00 x 0.04 % x 31 days."""
    plain = re.sub(r",|days?", "", written).replace("x", "*").replace("%", "/ 100")
    if not re.fullmatch(r"[\d.+\-*/() ]+", plain):
        raise ValueError(f"not a sum: {written}")
    value = eval(re.sub(r"[\d.]+", r'Fraction("\g<0>")', plain), {"Fraction": Fraction})
    return Fraction(value)


def faults_of_rows(rows: list[Row]) -> Iterator[str]:
    """Say which rows do not add up."""
    owed = overdue = 0
    for row in rows:
        owed, overdue = (0, 0) if row.event == "draw" else (owed, overdue)
        more, less = row.drawn + row.capitalised, row.principal + row.waived_principal
        if row.opening != owed or row.closing != row.opening + more - less:
            yield f"{row.date}: the balance does not roll forward"
        if row.arrears != overdue + row.due - row.payment:
            yield f"{row.date}: the arrears do not roll forward"
        if row.payment != row.interest + row.penalty + row.fee + row.principal:
            yield f"{row.date}: the payment is not its parts"
        if min(getattr(row, name) for name in (*COLUMNS[2:], *FURTHER, "payoff")) < 0:
            yield f"{row.date}: below zero"
        if (row.status in ENDED) != (row.closing == row.payoff == 0):
            yield f"{row.date}: {row.status}, but {row.closing} fen is owed"
        owed, overdue = row.closing, row.arrears
    if rows[-1].status not in ENDED and not overdue:
        yield "the loan does not close, and nothing is overdue"


def faults_of_sums(words: str, rows: list[Row], rounding: str) -> Iterator[str]:
    """Say which of the written sums are wrong, or are not in the rows."""
    sums = SUM.findall(words)
    if not sums:
        yield "no row is worked out by hand"
    for date, column, written, result in sums:
        unit = 1 if column in NOT_MONEY else 100
        value = rounded(worked_out(written) * unit, rounding)
        if value != worked_out(result) * unit:
            yield f"{date} {column}: {written} is {value / unit}, not {result}"
        if value not in [getattr(row, column) for row in rows if row.date.isoformat() == date]:
            yield f"{date} {column}: {result} is in no row of that date"


def sums_of(rows: list[Row]) -> dict[str, int]:
    """Return what the rows come to in all, what joined the principal under its own name."""
    penalty = sum(row.capitalised_penalty for row in rows)
    fee = sum(row.capitalised_fee for row in rows)
    interest = sum(row.capitalised for row in rows) - penalty - fee
    return {
        "interest": interest + sum(row.interest for row in rows),
        "penalty": penalty + sum(row.penalty for row in rows),
        "fee": fee + sum(row.fee for row in rows),
    }


def faults() -> Iterator[str]:
    """Say all that does not stand."""
    for name in sorted(set(CASES) ^ {path.stem for path in HERE.glob("*.csv")}):
        yield f"{name}: a case without file, or a file without case"
    for name, case in CASES.items():
        path, rows = HERE / f"{name}.csv", rows_of(case)
        rounding = case[0].get("rounding", "half_up")
        words = words_of(path)
        if path.exists() and path.read_text("utf-8") != words + text_of(case):
            yield f"{name}: the rows are not those of the reference"
        for fault in (
            *faults_of_rows(rows),
            *faults_of_sums(words, rows, rounding),
        ):
            yield f"{name}: {fault}"
    for name, (case, sums) in SUMMARIES.items():
        if sums_of(rows_of(case)) != sums:
            yield f"{name}: the sums are not those of the reference"
    for name, refused in REFUSED.items():
        try:
            schedule(*refused)
            yield f"not refused: {name}"
        except ValueError:
            pass
    for loan, plain in tie_heavy_loans(300):
        if [(row.interest, row.principal) for row in schedule(loan)[0][1:]] != plain:
            yield f"the plain schedule differs from the reference: {loan}"
    if plain_schedule(15_370_000, half_up(Fraction("0.00045") * RATE_UNIT), [29], "bullet") != [
        (200_579, 15_370_000)
    ]:
        yield "153,700 yuan at 0.045 % for 29 days is 2,005.79"


def main() -> int:
    """Write or check; return the exit code."""
    if "--check" not in sys.argv:
        for name, case in CASES.items():
            path = HERE / f"{name}.csv"
            path.write_text(words_of(path) + text_of(case), "utf-8", newline="\n")
        return 0
    found = list(faults())
    print(*found, f"{len(CASES)} golden schedules, {len(found)} faults", sep="\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
