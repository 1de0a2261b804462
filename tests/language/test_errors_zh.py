"""Every refusal speaks the language in use: the same cases as in English, said in Chinese."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei.answers.methods.verdict import possible
from jiebei.compare.goals import amount_to_be_free_by, amount_to_save, owed
from jiebei.language.table import table
from jiebei.life.credit.rollover import rollover
from jiebei.notebook.parameters import in_order

HOUSE = Path(jb.__file__).parent
TERMS = {"principal": 50_000, "daily_rate": 0.0004, "start": "2026-12-01", "months": 12}
FRAME = pd.DataFrame({"a": [1]})


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    jb.use("zh")
    yield
    jb.use("en")


def loan(**changed: Any) -> Any:
    """Return the loan of these tests with some terms changed; None takes a term away."""
    return jb.Loan(**{name: each for name, each in (TERMS | changed).items() if each is not None})


def line() -> Any:
    """Return a line with two loans."""
    return loan().prepay(20_000, on="2027-03-01").reborrow(20_000, on="2027-06-01")


CASES: list[tuple[Callable[[], Any], str]] = [
    (lambda: loan(principal=0), "principal=0：金额（元）应为大于0的数。"),
    (lambda: loan(principal="5万"), "principal='5万'：金额（元）应为大于0的数。"),
    (lambda: loan(principal=0.001), "principal=0.001：金额最小到分（0.01元）：请保留两位小数。"),
    (
        lambda: loan(principal=2e10),
        "principal=2e+10：金额最多10,000,000,000元，再大就不能精确计算。",
    ),
    (
        lambda: loan(principal=[9, -1, 0]),
        "principal：3个值中有2个不行，从0数第一个是1号，-1：金额（元）应为大于0的数。",
    ),
    (
        lambda: loan(daily_rate=-1),
        "daily_rate=-1：日利率应为不小于0的小数：日利率0.04%写作0.0004。",
    ),
    (
        lambda: loan(daily_rate=0.04),
        "daily_rate=0.04：日利率是小数，最高0.005；日利率0.04%（万分之四）写作0.0004："
        "百分数请除以100，年利率请除以365。",
    ),
    (
        lambda: loan(start="2026-02-30"),
        "start='2026-02-30'：日期不对；请写成'2027-03-01'的样子。",
    ),
    (lambda: loan(start=5), "start=5：请给放款日的日期，如'2026-12-01'。"),
    (
        lambda: loan(start=2026.5),
        "start=2026.5：请填日期，如'2027-03-01'，或放款后的整天数，如90。",
    ),
    (lambda: loan(start="1926-12-01"), "start=1926-12-01：只支持1990年到2200年的日期。"),
    (lambda: loan(months=0), "months=0：期限（月）应为1到60的整数。"),
    (
        lambda: loan(months=None),
        "months（期数）和days（天数）都没有给：期限写months=12，"
        "到期一次还本付息的借款也可写days=7。",
    ),
    (
        lambda: loan(days=7),
        "months（期数）和days（天数）只能给一个：期限写months=12，"
        "到期一次还本付息的借款也可写days=7。",
    ),
    (
        lambda: loan(method="equal_instalments"),
        "method='equal_instalments'：没有这个选项，是不是'每月等额'（equal_instalment）？",
    ),
    (
        lambda: loan(day_count="30/360"),
        "day_count='30/360'：没有这个选项，可选'按实际天数'（actual）、'算头又算尾'（both_ends）或'每月按30天'（thirty）。",
    ),
    (
        lambda: loan(month_end=[None]),
        "month_end有缺失：可选'改为下月1到3号'（1_to_3）、'改为25到27号'（25_to_27）或'改为月底'（clamp）。（1个值中有1个不行，从0数第一个是0号）",
    ),
    (
        lambda: loan(method="interest_then_equal", months=6),
        "interest_only_months=6：只付息的期数应小于借款期数，否则没有等额还款的期；"
        "请减少它，或增加months（期数）。",
    ),
    (lambda: loan(interest_only_months=0), "interest_only_months=0：应为1到59的整数。"),
    (lambda: loan(due_day=32), "due_day=32：还款日应为每月的几号，1到31。"),
    (lambda: loan(shortest_first_period=40), "shortest_first_period=40：天数应为0到31的整数。"),
    (lambda: loan(prepay_fee_rate=1), "prepay_fee_rate=1：比例应为0到0.1的小数：1%写作0.01。"),
    (lambda: loan(drawdown_fee=-1), "drawdown_fee=-1：金额（元）应为不小于0的数。"),
    (
        lambda: loan(months=[3, 6, 12], daily_rate=[0.0003, 0.0004]),
        "数组的形状(2,), (3,)对不上；请给其中一个加长度为1的轴，如values[:, None]，使它们能广播。",
    ),
    (
        lambda: loan(principal=9_000_000, daily_rate=0.0006, months=60).summary(),
        "principal=9000000：按这个利率，金额太大、期限太长，超出了能精确计算的范围"
        "（日利率0.06%、60个月时约800万元）；请把借款拆成几笔。",
    ),
    (
        lambda: loan().prepay(9, on="2026-11-30"),
        "on=2026-11-30：早于放款日2026-12-01；请选更晚的日子。",
    ),
    (lambda: loan().prepay(9, on=-1), "on=-1：放款后的天数不能小于0。"),
    (
        lambda: loan().extend(on=30),
        "extend（展期）：请说明延长多久，如months=6（6个月）或days=7（7天）。",
    ),
    (lambda: loan().extend(6, on=30, days=7), "days=7：展期按月或按天，只能选一种。"),
    (
        lambda: line().settle(on="2027-07-01", loan=2),
        "loan=2：这条额度下有2笔借款，从0开始编号。",
    ),
    (
        lambda: loan().prepay(80_000, on="2027-03-01").summary(),
        "2027-03-01的prepay(80,000.00)：当天只欠本金38,155.00元；要全部还清请用settle()"
        "（提前结清）。",
    ),
    (
        lambda: loan().prepay(20_000, on=np.arange(1, 361)).summary(),
        "360组数据里有118组不行：2027-08-01的prepay(20,000.00)超过所欠本金17,474.45元；"
        "pay_extra()（多还一笔）还到还清为止。（从0数起，第一组是242号）",
    ),
    (
        lambda: loan().extend(6, on="2028-01-01").summary(),
        "2028-01-01的extend：借款在2027-12-01已经结清；请选更早的日子。",
    ),
    (
        lambda: loan(method="bullet").prepay(9, on=5, then="shorten").summary(),
        "2026-12-06的then='shorten'（缩短期限）：没有可以保持的等额还款，也就没有期限可缩短；"
        "请用then='lower'（减少月供）。",
    ),
    (
        lambda: loan(prepay_settles="whole").pay_extra(50, on=20).summary(),
        "2026-12-21的pay_extra(50.00)：要先还当天所欠利息400.00元；请多还一些，或在还款日还。",
    ),
    (
        lambda: loan().extend(days=7, on=30).summary(),
        "2026-12-31的extend(days=...)：只有到期一次还本付息的借款才能按天展期；"
        "请用months=（按月）。",
    ),
    (
        lambda: jb.Loan.from_frame(pd.DataFrame({"principal": [9], "daily_rat": [0.0004]})),
        "没有'daily_rat'这一列：是不是'daily_rate'？",
    ),
    (lambda: loan().cashflows(["paymnt"]), "没有'paymnt'这一列：是不是'payment'？"),
    (lambda: jb.compare({}), "strategies={}：请至少给一个方案，如{'按原计划': loan}。"),
    (
        lambda: jb.compare({"a": loan(), "b": loan()}, baseline="xyz"),
        "baseline='xyz'：没有这个方案，可选'a'或'b'。",
    ),
    (
        lambda: jb.compare({"a": loan(months=[3, 6])}),
        "方案'a'含多组数据（形状(2,)）：compare()一次只算一组数据，可用one()按编号取出；"
        "数组请用summary()和net_benefit()。",
    ),
    (
        lambda: jb.flip(loan(), loan(months=[3, 6])),
        "对比方案含多组数据（形状(2,)）：flip()一次只算一组数据，可用one()按编号取出；"
        "数组请用summary()和net_benefit()。",
    ),
    (
        lambda: jb.net_benefit(loan(), loan(), 2),
        "savings_rate=2：年利率应为0到1的小数：年利率2%写作0.02。",
    ),
    (
        lambda: jb.lowest_cash(loan(), jb.Cash(5, 5, 30)),
        "since=30：请填日期，如'2026-12-01'。",
    ),
    (
        lambda: amount_to_be_free_by(loan(), on="2027-03-01", date="2027-02-01"),
        "要在2027-02-01前还清：提前还款日2027-03-01更晚；最早只能在2027-03-01当天，"
        "还本金38,155.00元。",
    ),
    (
        lambda: amount_to_save(loan(), on="2027-03-01", yuan=9_999),
        "想省9,999.00元：2027-03-01提前还款最多只能省2,373.00元（还本金38,155.00元）；"
        "请减少目标，或选更早的日子。",
    ),
    (
        lambda: owed(loan(), on="2028-01-01"),
        "on=2028-01-01：这一天没有欠款；请选2026-12-01起、2027-12-01之前的日子。",
    ),
    (lambda: rollover(loan(months=[3, 6]), 3), "rollover()：这笔借款含2组数据；请只给一组数据。"),
    (
        lambda: possible(["bullet", "bulet"], 12),
        "可选的还款方式（offered）：没有'bulet'这种还款方式，是不是'到期一次还本付息'（bullet）？",
    ),
    (
        lambda: possible(["bullet", "interest_then_equal"], 6),
        "可选的还款方式（offered）=['bullet', 'interest_then_equal']："
        "请至少填两种6个月的借款能用的还款方式，"
        "才能比较（'interest_then_equal'要求多于6个月）。",
    ),
    (
        lambda: in_order("2027-03-01", "2027-02-01"),
        "哪天再借（reborrow_on）=2027-02-01：早于提前还款日2027-03-01；请选更晚的日子。",
    ),
    (
        lambda: jb.controls.explore(print, principl=5),
        "'principl'没有滑块：是不是'principal'？",
    ),
    (lambda: jb.facts("lprs"), "facts('lprs')：没有这张表，是不是'lpr'？"),
    (lambda: jb.latest_lpr("2025-06-01", "2y"), "latest_lpr：没有'2y'这个期限，可选'1y'或'5y'。"),
    (lambda: jb.latest_lpr(5), "on=5：请填日期，如'2025-06-01'。"),
    (
        lambda: jb.latest_lpr("2000-01-01"),
        "latest_lpr(2000-01-01)：data/lpr.csv中最早的利率是2019-08-20的；请选它以后的日子。",
    ),
    (lambda: jb.save(FRAME, "a.txt"), "'a.txt'：文件名应以.xlsx或.csv结尾。"),
    (
        lambda: jb.save({"a": FRAME, "b": FRAME}, "a.csv"),
        "save('a.csv')：.csv文件只能存一张表，这里有2张；请改用'a.xlsx'。",
    ),
    (
        lambda: jb.save(FRAME, "/no/such/a.csv"),
        "'/no/such/a.csv'：没有'/no/such'这个文件夹。",
    ),
]


@pytest.mark.parametrize(("act", "words"), CASES)
def test_what_is_refused_is_said_in_chinese(act, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(jb.JiebeiError) as caught:
        act()
    assert str(caught.value) == words


def test_the_language_counts_when_it_is_said():
    late = loan().settle(on="2028-01-01")
    jb.use("en")
    with pytest.raises(jb.JiebeiError, match="settle on 2028-01-01: the loan is paid off"):
        late.summary()


def test_every_message_is_used():
    code = "".join(file.read_text(encoding="utf-8") for file in HOUSE.rglob("*.py"))
    keys = [key for key in table() if key.startswith("error.")]
    assert keys
    assert [key for key in keys if f'"{key}"' not in code] == []
