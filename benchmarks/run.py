"""Measure how fast the suite is: ratios within one run, never a promise in seconds.

    python3 start.py bench      (installs the peers into an environment of their own)

Every figure is the best of several runs, after one that warms memory up. Seconds are those that the
processor works, except for imports, sliders, plans and threads.
"""

from __future__ import annotations

import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import obvious
import pandas as pd
import plans
from peers import PEERS

import jiebei as jb
from jiebei.life.household.budget import Budget
from jiebei.life.household.futures import assumed, futures
from jiebei.life.portfolio.rolls import moves, rates_of
from jiebei.life.portfolio.snapshots import ends_of, rows_of
from jiebei.loan.parquet import _write, cashflows_of
from jiebei.units.days import one_day
from jiebei.value.rates import effective_rates

LOANS = 1_000_000
HERE = Path(__file__).resolve().parent
EIGHT = 8
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"  # with it every import compiles anew


def best(
    run: Callable[[], Any], times: int = 3, clock: Callable[[], float] = time.process_time
) -> float:
    """Return the least seconds of several runs, after one that warms up.

    They are the seconds that the processor works, in all threads together: what else runs on the
    machine counts little. Where threads are to be compared the clock is that on the wall.
    """
    run()
    return min(_seconds(run, clock) for _ in range(times))


def _seconds(run: Callable[[], Any], clock: Callable[[], float] = time.perf_counter) -> float:
    began = clock()
    run()
    return clock() - began


def terms(size: int) -> pd.DataFrame:
    """Return many principals, rates and start days."""
    pick = np.random.default_rng(1)
    return pd.DataFrame(
        {
            "principal": pick.integers(100, 3_000, size) * 100.0,
            "daily_rate": pick.integers(15, 61, size) * 1e-5,
            "start": np.datetime64("2026-01-01", "s") + pick.integers(0, 365, size) * 86_400,
        }
    )


def portfolio(size: int) -> jb.Loan:
    """Return loans of 12 equal instalments with many principals, rates and start days."""
    return jb.Loan.from_frame(terms(size), months=12)


def one_loan() -> list[tuple[str, float, str]]:
    """Time one loan to a frame, and to a list of rows with the peers."""

    def a_loan(principal: int) -> Any:
        return jb.Loan(principal, daily_rate=0.0004, months=12, start="2026-12-01").cashflows()

    amounts = count(50_000)
    seconds = best(lambda: a_loan(next(amounts)), 50)
    again = best(lambda: a_loan(50_000), 50)
    rows = [
        ("one loan to a frame", seconds, "target 0.4 ms"),
        ("  the same loan again, remembered", again, f"{again / seconds:.2f} x new"),
    ]
    rows += [(f"  {name}", each, f"{each / seconds:.2f} x ours") for name, each in peers_one_loan()]
    return rows


def peers_one_loan() -> list[tuple[str, float]]:
    """Time the same loan, as near as each peer comes to it: 12 instalments at 14.6 % a year."""
    found = []
    for name, make in PEERS.items():
        try:
            found.append((name, best(make(), 5)))
        except ImportError:
            print(f"{name} is not installed: left out")
    return found


def a_million() -> list[tuple[str, float, str]]:
    """Time a million loans to one frame, against filling as many bytes of warm memory."""
    loans = portfolio(LOANS)
    days = np.random.default_rng(2).integers(1, 330, LOANS)
    prepaid = loans.prepay(500, on=days)
    once = best(prepaid.cashflows, 4)
    plain = best(loans.cashflows, 4)
    ours = loans.cashflows()
    fill = warm_fill(int(ours.memory_usage().sum()))
    frame = terms(LOANS)
    theirs = obvious.schedule(frame, 12)
    theirs["event"] = theirs["event"].astype(ours["event"].dtype)
    pd.testing.assert_frame_equal(ours, theirs, check_exact=False, rtol=0, atol=0.001)
    del ours, theirs
    slow = best(lambda: obvious.schedule(frame, 12), 1)
    words = ["draw"] + ["instalment"] * 12
    text = best(lambda: obvious.schedule(frame, 12).assign(event=np.tile(words, len(frame))), 1)
    return [
        ("1,000,000 loans x 12 to a frame", plain, f"{plain / fill:.2f} x warm fill"),
        ("  filling the same bytes", fill, ""),
        ("  obvious numpy, the same frame", slow, f"{slow / plain:.1f} x ours (target 8)"),
        ("  the same with events as text", text, f"{text / plain:.1f} x ours"),
        ("  with one prepayment each", once, f"{once / plain:.2f} x plain (target 1.8)"),
    ]


def many_terms() -> list[tuple[str, float, str]]:
    """Time 200,000 loans of 3 to 24 instalments against the obvious way, term by term."""
    size = LOANS // 5
    frame = terms(size).assign(months=np.random.default_rng(5).integers(3, 25, size))
    loans = jb.Loan.from_frame(frame)
    ours, theirs = loans.cashflows(), obvious.of_many_terms(frame)
    theirs["event"] = theirs["event"].astype(ours["event"].dtype)
    pd.testing.assert_frame_equal(ours, theirs, check_exact=False, rtol=0, atol=0.001)
    del ours, theirs
    plain, slow = best(loans.cashflows), best(lambda: obvious.of_many_terms(frame), 1)
    return [
        ("200,000 loans x 3 to 24 to a frame", plain, ""),
        ("  obvious numpy, term by term", slow, f"{slow / plain:.1f} x ours (target 6)"),
    ]


def month_ends() -> list[tuple[str, float, str]]:
    """Time the month ends and roll rates of as many events as a million loans of twelve have."""
    size, pick = LOANS // 5, np.random.default_rng(4)
    late = portfolio(size).pay_late(pick.integers(1, 13, size), days=pick.integers(1, 120, size))
    rows, until = rows_of(late), one_day("2029-12-31", "until")
    seconds = best(lambda: rates_of(moves(ends_of(rows, until))[0])) * 12e6 / len(rows)
    return [("snapshots and roll rates of 12,000,000 events", seconds, "target 1 s")]


def to_parquet() -> list[tuple[str, float, str]]:
    """Time a million loans to Parquet against writing frames that are there already."""
    part, parts = 50_000, 20
    frames = pd.concat([terms(part)] * parts, ignore_index=True).assign(months=12)
    ready = cashflows_of(frames[:part], None)

    def again() -> None:
        with tempfile.TemporaryDirectory() as folder:
            for each in range(parts):
                _write(ready, Path(folder) / f"{each}.parquet", b"")

    def ours() -> None:
        with tempfile.TemporaryDirectory() as folder:
            jb.cashflows_to_parquet(frames, folder, part=part)

    plain, write = best(ours, 2), best(again, 2)
    return [
        ("1,000,000 loans to Parquet", plain, f"{plain / write:.2f} x writing them (target 1.5)"),
        ("  writing the same frames ready-made", write, ""),
    ]


def a_hundred_thousand_lives() -> list[tuple[str, float, str]]:
    """Time what can happen to loans against the same loans paid as agreed."""
    size = LOANS // 10
    loans, pick = portfolio(size), np.random.default_rng(3)
    number, days = pick.integers(1, 13, size), pick.integers(1, 250, size)
    lives = {
        "one instalment missed": loans.miss(number),
        "paid 1 to 90 days late": loans.pay_late(number, pick.integers(1, 91, size)),
        "three months deferred": loans.defer(3, on=days, interest="billed"),
        "a new rate": loans.reprice(0.0003, on=days),
        "late, then negotiated": loans.miss(number % 6 + 1, times=2).restructure(
            24, on=280, waive=1.0
        ),
    }
    plain = best(loans.cashflows, 4)
    rows = [("100,000 loans x 12, as agreed", plain, "")]
    for name, each in lives.items():
        seconds = best(each.cashflows)
        target = " (target 4)" if name == "late, then negotiated" else ""
        rows.append((f"  {name}", seconds, f"{seconds / plain:.2f} x as agreed{target}"))
    return rows


def warm_fill(size: int) -> float:
    """Return the seconds that it takes to fill so many bytes of memory already in use."""
    memory = np.empty(size // EIGHT)
    return best(lambda: memory.fill(1.0), 5)


def peak_memory() -> list[tuple[str, float, str]]:
    """Measure the peak memory of a million loans, in a new process, against their frame."""
    if not Path("/proc/self/status").exists():
        return [("  peak memory", float("nan"), "measured on Linux only")]
    code = (
        "import re, run; from pathlib import Path; loans = run.portfolio(run.LOANS); "
        "peak = lambda: 1024 * int(re.search(r'VmHWM:\\s+(\\d+)', "
        "Path('/proc/self/status').read_text())[1]); "
        "before = peak(); frame = loans.cashflows(); "
        "print((peak() - before) / frame.memory_usage().sum())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=HERE, capture_output=True, text=True, check=True
    )
    share = float(done.stdout)
    return [("  peak memory", float("nan"), f"{share:.2f} x the frame (target 1.2)")]


def a_million_rates() -> list[tuple[str, float, str]]:
    """Time effective rates of a million loans against a loop over pyxirr."""
    import pyxirr

    few = 20_000
    flows = portfolio(LOANS).cashflows(["date", "drawn", "payment"])
    cash = (flows["drawn"] - flows["payment"]).to_numpy().reshape(LOANS, 13)
    days = flows["date"].to_numpy().astype("M8[D]").astype(np.int64).reshape(LOANS, 13)
    across, down = np.ascontiguousarray(cash.T), np.ascontiguousarray(days.T)
    ours = best(lambda: effective_rates(across, down), 2)
    dates = [[date.fromordinal(719_163 + int(day)) for day in row] for row in days[:few]]
    amounts = [row.tolist() for row in cash[:few]]

    def loop() -> list[Any]:
        return [pyxirr.xirr(when, what) for when, what in zip(dates, amounts, strict=True)]

    theirs = best(loop, 2) * LOANS / few
    return [
        ("1,000,000 effective rates", ours, ""),
        ("  a loop over pyxirr", theirs, f"{theirs / ours:.1f} x ours (target 5)"),
    ]


def a_sweep() -> list[tuple[str, float, str]]:
    """Time 40,000 scenarios of one borrower, with interest and effective rate."""
    loan = jb.Loan(
        50_000,
        daily_rate=np.linspace(0.00015, 0.0006, 200)[:, None],
        months=12,
        start="2026-12-01",
    ).prepay(20_000, on=np.arange(1, 201))
    return [("200 x 200 sweep, summary", best(loan.summary, 5), "target 150 ms")]


def futures_of_a_budget() -> list[tuple[str, float, str]]:
    """Time 100,000 households over 24 months against their luck alone and against a plain loop."""
    shocks, budget = assumed("household"), Budget(12_000, 7_000, 25_000, "2026-12-01")
    households, months, few = 100_000, 24, 1_000

    def ours(threads: int) -> Callable[[], Any]:
        return lambda: futures(budget, shocks, "2028-12-01", households, threads=threads)

    luck = np.random.Generator(np.random.SFC64(1))
    numbers = (len(shocks), months, households)
    alone = best(lambda: luck.random(numbers, dtype=np.float32), 5)
    two, one = (best(ours(each), 10, time.perf_counter) for each in (2, 1))
    loop = best(lambda: _one_by_one(shocks, few, months), 2) * households / few
    return [
        ("100,000 households x 24 months", two, f"{two / alone:.1f} x their luck (target 100 ms)"),
        ("  with one thread", one, f"{one / two:.2f} x two"),
        ("  drawing their luck alone", alone, ""),
        ("  one household after another", loop, f"{loop / two:.0f} x ours"),
    ]


def _one_by_one(shocks: pd.DataFrame, households: int, months: int) -> list[float]:
    """Draw the same futures in a plain loop, with random numbers of its own."""
    rows, luck = list(shocks.itertuples()), random.Random(1)
    left = []
    for _ in range(households):
        cash, runs = 25_000.0, [False] * len(rows)
        for _ in range(months):
            income = 12_000.0
            for place, row in enumerate(rows):
                if runs[place] and luck.random() < 1 / row.months:
                    runs[place] = False
                runs[place] = runs[place] or luck.random() < row.chance
                if runs[place]:
                    income *= (1 - row.lost) * (1 + row.swing * (2 * luck.random() - 1))
                    cash -= row.costs
            cash += round(income, 2) - 7_000
        left.append(cash)
    return left


def imports() -> list[tuple[str, float, str]]:
    """Time the import of jiebei against pandas in new processes, in turn: each one's own clock."""
    compiled = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}

    def load(name: str) -> float:
        timed = "from time import process_time as now; began = now()"
        code = f"{timed}; import {name}; print(now() - began)"
        command = [sys.executable, "-c", code]
        return float(subprocess.check_output(command, env=compiled, text=True))

    load("jiebei"), load("pandas")
    times = [(load("jiebei"), load("pandas")) for _ in range(15)]
    ours, pandas = map(min, zip(*times, strict=True))
    return [("import jiebei", ours, f"{ours / pandas:.3f} x import pandas (target 1.05)")]


def sliders() -> list[tuple[str, float, str]]:
    """Time each notebook's first slider in a real browser, from letting go to the new picture."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "start.py", "browser", "-k", "answers_anew"]
        command += ["-o", "junit_family=xunit1"]  # which keeps what a test has noted
        subprocess.run([*command, f"--junitxml={report}"], cwd=HERE.parent, check=False)
        cases = ElementTree.parse(report).iter("testcase")
        found = {
            case.get("name", ""): json.loads(each.get("value", "[]"))
            for case in cases
            for each in case.iter("property")
            if each.get("name", "").endswith("ms")
        }
    return [
        (f"slider of {name.partition('[')[2][:-1]}", each[0] / 1000, "target 300 ms")
        for name, each in found.items()
    ]


MEASURES = (
    imports,
    one_loan,
    a_sweep,
    a_million,
    many_terms,
    month_ends,
    to_parquet,
    a_hundred_thousand_lives,
    peak_memory,
    a_million_rates,
    futures_of_a_budget,
    plans.rows,
    sliders,
)


def main() -> None:
    """Measure all, print a table and store it."""
    rows = []
    for measure in MEASURES:
        for row in measure():
            rows.append(row)
            print(_line(row), flush=True)
    text = (
        f"# What was measured\n\nPython {platform.python_version()}, numpy {np.__version__}, "
        f"pandas {pd.__version__}, {platform.system()} {platform.machine()}; made by `make bench`. "
        "Ratios within one run mean more than seconds. Seconds are those that the processor works, "
        "in all threads together, the least of several runs; on the wall only sliders, plans and "
        "households.\n\n"
        "| what | seconds | ratio |\n|---|---:|---|\n"
    )
    (HERE / "RESULTS.md").write_text(text + "\n".join(map(_line, rows)) + "\n", encoding="utf-8")


def _line(row: tuple[str, float, str]) -> str:
    name, seconds, ratio = row
    shown = "" if np.isnan(seconds) else f"{seconds:.4f}"
    return f"| {name} | {shown} | {ratio} |"


if __name__ == "__main__":
    main()
