"""The walk in docs/how_it_works.md tells the figures that the package computes."""

import re
from pathlib import Path

import pandas as pd
import pytest

import jiebei as jb

HERE = Path(__file__).parents[1]
PAGE = HERE / "docs" / "how_it_works.md"
MADE_LATER = ("my_numbers.toml", "sheets/")  # by whoever works with it


def test_one_number_from_the_grey_cell_to_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8").replace("−", "-")
    loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    shorter = loan.prepay(20_000, on="2027-03-01", then="shorten")
    cash = [
        each.cashflows(["date", "drawn", "payment"]).set_index("date") for each in (shorter, loan)
    ]
    ours, theirs = ((each["drawn"] - each["payment"]).groupby(level=0).sum() for each in cash)
    moved = ours.sub(theirs, fill_value=0).round(2)
    moved = moved[moved != 0]
    last = pd.Timestamp("2027-12-01")
    worth = moved * 1.02 ** ((last - moved.index).days / 365)
    for each in [*moved, *worth]:
        assert f"{each:,.2f}" in page
    assert f"**{worth.sum():,.2f}**" in page
    assert f"{worth.round(2).sum():,.2f}" in page
    [flip] = jb.flip(shorter, loan).roots
    assert f"{flip:.2%}".replace("%", " %") in page


def named(page: str) -> dict[str, list[str]]:
    """Return the files and folders that a page names in its tables and steps, by the row."""
    lines = re.findall(r"^(?:\||\d).*", (HERE / page).read_text(encoding="utf-8"), re.M)
    names = r"`((?:[\w.*]+/)*[\w.*]+\.(?:py|csv|md|ipynb|toml)|(?:[\w.]+/)+)`"
    return {each: re.findall(names, each) for each in lines}


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/how_it_works.md"])
def test_every_file_that_the_map_names_is_there(page: str) -> None:
    for row, names in named(page).items():
        paths = [re.sub("NN_name|NAME|name", "*", each).rstrip("/") for each in names]
        whole = [
            file for each in paths for top in (HERE, HERE / "jiebei") for file in top.glob(each)
        ]
        rooms = {each if each.is_dir() else each.parent for each in whole} - {HERE}
        for name, path in zip(names, paths, strict=True):
            there = any(each.match(path) for each in whole)
            there = there or any(file for each in rooms for file in each.rglob(path))
            assert there or name in MADE_LATER, f"{name}: {row[:80]}"


@pytest.mark.parametrize("page", ["docs/best_plan.md", "data/README.md"])
def test_its_chinese_twin_has_the_same_sections_tables_and_names(page: str) -> None:
    english, chinese = (
        (HERE / page.replace(".md", end)).read_text(encoding="utf-8") for end in (".md", ".zh.md")
    )
    heads = [
        re.findall(r"^## ?(\w[\w/]*\.csv|statements/)?", each, re.M) for each in (english, chinese)
    ]
    assert heads[0] == heads[1]
    rows = [re.findall(r"^\| (\w+\.csv)", each, re.M) for each in (english, chinese)]
    assert rows[0] == rows[1]
    if page.startswith("docs"):
        assert set(re.findall(r"`([a-z_.]+)`", english)) <= set(re.findall(r"[a-z_.]+", chinese))
