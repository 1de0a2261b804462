"""Find the best plan of a thousand borrowers drawn at random, and store what rules of thumb lose.

python -m tools.best_lesson            data/best_plan_borrowers.csv, some minutes
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor

import pandas as pd

from jiebei.life.best.lesson import DRAWN, tried
from jiebei.life.rules.facts import DATA

FILE = "best_plan_borrowers.csv"


def main() -> None:
    """Try them all, two at a time, and write the table."""
    with ProcessPoolExecutor(2) as pool:
        rows = [each for each in pool.map(tried, range(DRAWN), chunksize=10) if each]
    table = pd.DataFrame(rows)
    table.to_csv(DATA / FILE, index=False, float_format="%.2f", lineterminator="\n")
    print(f"{len(table)} of {DRAWN} have a plan; {FILE} is written")


if __name__ == "__main__":
    main()
