"""The tables in data/: their form, their dates, and every computed figure computed again."""

import datetime as dt
import os
import re
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.life.rules.facts import DATA, cited, facts, latest_lpr
from jiebei.loan.terms import PENALTY_MULTIPLE
from jiebei.value.rates import (
    annual_rate,
    effective_to_nominal,
    nominal_to_effective,
    periodic_rate,
)

TABLES = [
    "assumptions",
    "behaviour",
    "best_plan_borrowers",
    "credit_score",
    "credit_tiers",
    "legal_lines",
    "lpr",
    "other_offers",
    "product",
    "published_examples",
    "published_risk",
    "risk_grades",
    "shocks",
]
OF_FIGURES = ("best_plan_borrowers", "lpr", "published_examples")  # their heads say it all
EXAMPLES = facts("published_examples")
COLLECTED = pd.Timestamp("2026-11-23")  # the day of data/README.md


# ---- every table ---------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_each_file_is_a_table_and_described(page):
    assert sorted(path.stem for path in DATA.glob("*.csv")) == TABLES
    readme = (DATA / page).read_text(encoding="utf-8")
    for name in TABLES:
        assert f"## {name}.csv" in readme
        described = readme.split(f"## {name}.csv")[1].split("\n## ")[0]
        for column in facts(name).columns:
            assert re.search(rf"\b{column}\b", described), (name, column)


@pytest.mark.parametrize("name", [each for each in TABLES if each not in OF_FIGURES])
def test_each_row_says_in_chinese_what_it_is(name):
    said = facts(name)["zh"]
    assert said.str.contains("[一-鿿]").all()
    assert not said.str.contains("[a-z]{3}").any()


@pytest.mark.parametrize("name", TABLES)
def test_files_are_plain(name):
    raw = (DATA / f"{name}.csv").read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    lines = raw.decode("utf-8").splitlines()
    assert not [line for line in lines if line != line.rstrip()]
    assert not facts(name).duplicated().any()


@pytest.mark.parametrize(
    ("name", "column", "known"),
    [
        ("lpr", "confidence", {"confirmed", "single source"}),
        ("published_examples", "verdict", {"reproduced", "wrong", "contested"}),
        ("published_examples", "unit", {"yuan", "percent", "days", "10,000 yuan"}),
        ("legal_lines", "status", {"in force", "not yet in force", "ended", "contested"}),
        ("product", "status", {"published", "contested", "assumed"}),
        ("other_offers", "status", {"published", "assumed"}),
        ("published_risk", "confidence", {"confirmed", "single source"}),
        ("risk_grades", "status", {"published", "from memory"}),
        ("behaviour", "status", {"assumed"}),
        ("shocks", "status", {"assumed"}),
        ("credit_tiers", "source", {"assumption"}),
        ("credit_score", "source", {"assumption"}),
    ],
)
def test_columns_of_few_words_keep_to_them(name, column, known):
    assert set(facts(name)[column]) == known


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("lpr", "source"),
        ("published_examples", "source"),
        ("legal_lines", "source"),
        ("product", "source"),
        ("other_offers", "note"),
        ("assumptions", "why"),
        ("behaviour", "why"),
        ("published_risk", "source"),
        ("risk_grades", "source"),
        ("shocks", "why"),
        ("shocks", "otherwise"),
        ("credit_tiers", "why"),
        ("credit_score", "why"),
    ],
)
def test_every_row_says_where_it_comes_from(name, column):
    assert facts(name)[column].str.len().ge(3).all()


def test_a_table_is_yours_to_change():
    mine = facts("lpr")
    mine.loc[0, "lpr_1y"] = 9.0
    assert facts("lpr").loc[0, "lpr_1y"] == 0.0425


def test_tables_are_found_from_any_folder(tmp_path):
    code = "from jiebei.life.rules.facts import facts; print(len(facts('lpr')))"
    environment = os.environ | {"PYTHONPATH": str(DATA.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "85\n"


def test_an_unknown_table_is_answered_with_the_nearest():
    with pytest.raises(JiebeiError, match=r"^facts\('lprs'\): there is no such table; did you mea"):
        facts("lprs")
    with pytest.raises(
        JiebeiError, match=r"choose 'assumptions', 'behaviour', 'best_plan_borrowers', 'credit_s"
    ):
        facts("x")
    with pytest.raises(JiebeiError, match=r"^facts\('\.\./README'\): there is no such table"):
        facts("../README")


# ---- loan prime rate and legal lines -------------------------------------------------------------


def test_fixings_are_monthly_on_the_20th_or_soon_after():
    table = facts("lpr")
    assert len(table) == 85
    months = table["date"].to_numpy().astype("M8[M]").astype(int)
    assert np.array_equal(np.diff(months), np.ones(84))
    assert table["date"].dt.day.between(20, 24).all()


def test_changes_of_the_lpr():
    # the list of changes, from agency reports
    table = facts("lpr").set_index("date")[["lpr_1y", "lpr_5y"]]
    changed = table[(table.diff() != 0).any(axis=1)]
    assert [(f"{day:%Y-%m-%d}", *rates) for day, *rates in changed.itertuples()] == [
        ("2019-08-20", 0.0425, 0.0485),
        ("2019-09-20", 0.042, 0.0485),
        ("2019-11-20", 0.0415, 0.048),
        ("2020-02-20", 0.0405, 0.0475),
        ("2020-04-20", 0.0385, 0.0465),
        ("2021-12-20", 0.038, 0.0465),
        ("2022-01-20", 0.037, 0.046),
        ("2022-05-20", 0.037, 0.0445),
        ("2022-08-22", 0.0365, 0.043),
        ("2023-06-20", 0.0355, 0.042),
        ("2023-08-21", 0.0345, 0.042),
        ("2024-02-20", 0.0345, 0.0395),
        ("2024-07-22", 0.0335, 0.0385),
        ("2024-10-21", 0.031, 0.036),
        ("2025-05-20", 0.03, 0.035),
    ]


@pytest.mark.parametrize(
    ("on", "term", "known", "rate"),
    [
        ("2019-08-20", "1y", "2019-08-20", 0.0425),
        ("2021-09-21", "1y", "2021-08-20", 0.0385),  # the 20th and 21st were a holiday
        ("2025-05-19", "1y", "2025-04-21", 0.031),
        ("2025-05-20", "1y", "2025-05-20", 0.03),
        ("2026-09-19", "5y", "2026-08-20", 0.035),
        (dt.date(2024, 2, 20), "5y", "2024-02-20", 0.0395),
        (pd.Timestamp("2024-02-20"), "5y", "2024-02-20", 0.0395),
    ],
)
def test_the_lpr_on_a_day(on, term, known, rate):
    day, found, note = latest_lpr(on, term)
    assert (day.isoformat(), found, note) == (known, rate, "")


@pytest.mark.parametrize("on", ["2026-09-20", "2026-12-01", "2030-01-01"])
def test_the_lpr_is_not_prolonged_in_silence(on):
    known = latest_lpr(on)
    assert known[:2] == (dt.date(2026, 8, 20), 0.03)
    assert known.note == (
        f"The last rate in data/lpr.csv is that of 2026-08-20; those due up to {on} are not known."
    )


def test_errors_of_the_lpr_say_what_is_wrong():
    with pytest.raises(JiebeiError, match=r"^latest_lpr\(2019-08-19\): the first rate in data/lpr"):
        latest_lpr("2019-08-19")
    with pytest.raises(JiebeiError, match=r"there is no term '1Y'; choose '1y' or '5y'\.$"):
        latest_lpr("2025-01-01", term="1Y")
    with pytest.raises(JiebeiError, match=r"^on='2025-02-30': there is no such date"):
        latest_lpr("2025-02-30")
    with pytest.raises(JiebeiError, match=r"^on=90: give a date like '2025-06-01'\.$"):
        latest_lpr(90)


def test_the_legal_lines_that_notebooks_draw():
    lines = facts("legal_lines").set_index("line")
    assert lines.loc["judicial line", "value"] == 0.24
    assert lines.loc["judicial line", "document"] == "法发〔2017〕22号"
    assert lines.loc["old upper line", "value"] == 0.36
    assert lines.loc["four times LPR", "value"] * latest_lpr("2025-06-01").rate == 0.12
    ended = lines["status"] == "ended"
    assert lines.loc[ended, "until"].notna().all()
    both = lines.dropna(subset=["from", "until"])
    assert (both["from"] < both["until"]).all()


def test_the_status_of_a_line_follows_from_its_days():
    lines = facts("legal_lines")
    lines = lines[lines["status"] != "contested"]
    after, before = lines["from"] > COLLECTED, lines["until"] < COLLECTED
    assert lines["status"].eq("not yet in force").equals(after)
    assert lines["status"].eq("ended").equals(before)


@pytest.mark.parametrize(
    ("line", "value", "first", "until", "document"),
    [
        ("record of late payment", 5, "2013-03-15", None, "征信业管理条例 art. 16"),
        ("interest that was not agreed", None, "2021-01-01", None, "民法典 art. 680"),
        ("one-off credit repair", 10_000, "2026-01-01", "2026-03-31", "中国人民银行2025年12月22日"),
        (
            "one-off credit repair, delays of",
            *(None, "2020-01-01", "2025-12-31", "中国人民银行2025年12月22日"),
        ),
        (
            "collection, guideline of the banks",
            *(6, "2026-01-30", None, "金融机构个人消费类贷款催收工作指引（试行）"),
        ),
        ("collection, standard for online loans", 3, "2025-02-28", None, "GB/T 45251-2025"),
        (
            "micro-loans in 2026",
            *(None, "2025-12-01", "2026-12-31", "小额贷款公司综合融资成本管理工作指引"),
        ),
        (
            "interest subsidy, card bill instalments",
            *(0.01, "2026-01-01", "2026-12-31", "财金〔2026〕1号"),
        ),
        (
            "interest subsidy, service businesses, cap",
            *(10_000_000, "2026-01-01", "2026-12-31", "财金〔2026〕5号"),
        ),
    ],
)
def test_rules_that_matter_to_a_borrower_are_there(line, value, first, until, document):
    row = facts("legal_lines").set_index("line").loc[line]
    assert np.isnan(row["value"]) if value is None else row["value"] == value
    assert row["from"] == pd.Timestamp(first)
    assert pd.isna(row["until"]) if until is None else row["until"] == pd.Timestamp(until)
    assert row["document"] == document


def test_what_pages_disagree_on_is_contested_with_the_sources_of_both_sides():
    product = facts("product").set_index("fact")
    grace = product.loc["days of grace after the due day"]
    assert set(grace["status"]) == {"contested"}
    assert grace.set_index("value")["source"].str.count(";").to_dict() == {"0": 6, "3": 4}
    assert product.loc[["9 months", "24 months"], "status"].eq("contested").all()


def test_the_usual_penalty_is_the_one_that_most_pages_tell():
    product = facts("product").set_index("fact").loc["penalty rate"]
    assumed = facts("assumptions").set_index("setting").loc["penalty_multiple; penalty_on"]
    assert float(product["value"]) == float(assumed["value"]) == PENALTY_MULTIPLE
    assert facts("legal_lines").set_index("line")["value"]["highest penalty"] == PENALTY_MULTIPLE


def test_how_long_a_record_is_kept_is_law_and_no_hearsay():
    assert not facts("product")["unit"].eq("years after repayment").any()


# ---- published examples: every figure again ------------------------------------------------------


def month(row):
    """Return the rate of a month of 30 days, or a twelfth of a year."""
    if not np.isnan(row.monthly_rate):
        return row.monthly_rate
    return row.annual_rate / 12 if np.isnan(row.daily_rate) else row.daily_rate * 30


def other(row, name, default=None):
    """Read name=value from the other inputs."""
    found = re.search(rf"(?:^|; ){re.escape(name)}=([\d.]+)", str(row.other_inputs))
    return default if default is not None and not found else float(found[1])


def level(principal, rate, periods):
    return principal * rate / (1 - (1 + rate) ** -periods)


def ordinal(row):
    return int(row.figure.split()[-1])


def equal_instalment(row):
    rate, payment = month(row), level(row.principal, month(row), row.periods)
    if "cut off" in row.convention:
        payment = np.floor(payment * 100) / 100
    if "0.1 yuan" in row.convention:
        payment = round(payment, 1)
    total = payment * row.periods
    if row.figure in {"instalment", "total paid", "total interest"}:
        return {
            "instalment": payment,
            "total paid": total,
            "total interest": total - row.principal,
        }[row.figure]
    owed = row.principal
    for _ in range(ordinal(row) - 1):
        owed -= payment - owed * rate
    return owed * rate if row.figure.startswith("interest") else payment - owed * rate


def equal_principal(row):
    slice_ = row.principal / row.periods
    if row.figure == "total interest":
        return sum(month(row) * slice_ * k for k in range(1, int(row.periods) + 1))
    rate = row.annual_rate / 360 * row.days if "360" in row.convention else month(row)
    interest = (row.principal - slice_ * (ordinal(row) - 1)) * rate
    kind = row.figure.split()[0]
    return {"principal": slice_, "interest": interest, "payment": slice_ + interest}[kind]


def interest_only(row):
    interest = row.principal * month(row)
    return {
        "interest 1": interest,
        "last payment": row.principal + interest,
        "total interest": interest * row.periods,
    }[row.figure]


def rate_of_the_instalment(row):
    fee = other(row, "fee at the start", 0.0)
    payment = other(row, "instalment", 0.0) or level(row.principal, month(row), row.periods)
    payments = np.full(int(row.periods), payment)
    payments[0] = other(row, "first instalment", payment)
    rate = periodic_rate([row.principal - fee, *-payments])
    if row.figure.startswith("monthly"):
        return 100 * rate
    return 100 * (12 * rate if "nominal" in row.figure else nominal_to_effective(12 * rate))


def borrowing_to_repay(row):
    """Pay all instalments of a month with a new loan; list the new loans, and what is left."""
    loans, rate, periods = [row.principal], month(row), int(row.periods)
    for _ in range(periods):
        loans.append(sum(round(level(loan, rate, periods), 2) for loan in loans))
    if row.figure.startswith("new loan"):
        return loans[ordinal(row)]
    return sum(k * round(level(loan, rate, periods), 2) for k, loan in enumerate(loans))


def days(row):
    free = other(row, "free days", 0.0)
    if free:
        return row.days - free
    drawn, repaid = (
        dt.date(2026, *map(int, re.search(rf"{word} (\d\d)-(\d\d)", row.other_inputs).groups()))
        for word in ("drawn", "repaid")
    )
    held = (repaid - drawn).days
    return held + 1 if "both_ends" in row.convention else max(held, 1)


def daily_interest(row):
    rate = row.annual_rate / 365 if np.isnan(row.daily_rate) else row.daily_rate
    return row.principal * rate * row.days * other(row, "multiple", 1.0)


FORMULAS = {
    "4 x LPR": lambda row: 4 * other(row, "one-year LPR"),
    "amount at the cap": lambda row: other(row, "cap") / row.annual_rate,
    "annual interest": lambda row: row.principal * row.annual_rate,
    "borrowing to repay": borrowing_to_repay,
    "compound": lambda row: row.principal * (1 + row.annual_rate) ** other(row, "years"),
    "daily interest": daily_interest,
    "daily interest and principal": lambda row: row.principal + daily_interest(row),
    "days": days,
    "equal_instalment": equal_instalment,
    "equal_principal": equal_principal,
    "interest_only": interest_only,
    "quoted rate": lambda row: 100 * annual_rate(row.daily_rate, int(row.days)),
    "rate of the instalment": rate_of_the_instalment,
    "simple annual rate": lambda row: 100 * other(row, "interest") / row.principal * 365 / row.days,
    "sum of the instalments": lambda row: (
        other(row, "first instalment") + (row.periods - 1) * other(row, "instalment")
    ),
    "two stretches": lambda row: row.daily_rate * (30 * row.principal + 3 * row.principal * 4 / 5),
}


def test_all_examples_are_there():
    counts = EXAMPLES["id"].str.extract(r"^([a-z]+)")[0].to_frame().assign(id=EXAMPLES["id"])
    assert counts.groupby(0)["id"].nunique().to_dict() == {"bad": 7, "jb": 17, "po": 3, "sp": 13}


@pytest.mark.parametrize(
    "row", list(EXAMPLES.itertuples()), ids=lambda row: f"{row.id} {row.figure}".replace(" ", "-")
)
def test_a_published_figure(row):
    found = FORMULAS[row.method](row)
    # as many decimals as are stored, but money is stored without trailing zeros
    decimals = max(len(f"{row.computed:.12g}".partition(".")[2]), 2)
    assert found == pytest.approx(row.computed, abs=0.5001 * 10**-decimals)
    assert (row.verdict == "wrong") == (abs(row.computed - row.published) > 1e-9)


def test_the_wrong_figures_are_wrong_by_more_than_rounding():
    wrong = EXAMPLES[EXAMPLES["verdict"] == "wrong"]
    assert set(wrong["id"]) == {*(f"bad0{k}" for k in range(1, 8)), "jb16", "sp11"}
    assert ((wrong["published"] - wrong["computed"]).abs() > 0.05).all()


def test_effective_to_nominal_on_the_example_of_card_instalments():
    row = EXAMPLES[EXAMPLES["figure"].eq("effective annual rate")].iloc[0]
    monthly = effective_to_nominal(row["published"] / 100) / 12
    assert round(100 * monthly, 2) == 0.87


def test_a_document_is_named_in_the_language_of_the_page():
    lines = facts("legal_lines")
    named = lines[lines["title"].notna()]
    assert len(named) > 30
    for _, rule in named.iterrows():
        jb.use("en")
        assert not re.search(r"[一-鿿]", re.sub(r" \(.*\)", "", str(cited(rule)))), cited(rule)
        jb.use("zh")
        assert rule["title"] not in str(cited(rule))
    assert str(cited(lines.set_index("line").loc["extension"])) == "《民法典》第六百七十八条"
