"""What the columns of a plan or a record are called, in the usual Chinese and English spellings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from jiebei.life.statement.notes import column_name, refused
from jiebei.life.statement.sheet import Row
from jiebei.units.written import signs

__all__ = [
    "MOST_BEFORE",
    "SUMMED",
    "Heads",
    "best_score",
    "field_of",
    "find_heads",
    "name_and_unit",
    "read_heads",
]

NAMES: Mapping[str, str] = {
    "number": (
        "期数 期次 期号 期序 期 序号 第几期 还款期数 还款期次 分期 编号 月份 no no. # num "
        "number period periodno instalment installment instalmentno installmentno paymentno "
        "month term"
    ),
    "date": (
        "日期 还款日 还款日期 应还日 应还日期 应还款日 应还款日期 应还时间 到期日 到期日期 "
        "到期 到期还款日 还款到期日 最后还款日 最后还款日期 最迟还款日 计划还款日 "
        "计划还款日期 约定还款日 约定还款日期 本期还款日 每期还款日 每月还款日 扣款日 "
        "扣款日期 自动扣款日 date due duedate duedon dueday paymentdate repaymentdate "
        "scheduleddate"
    ),
    "paid_on": (
        "时间 交易时间 还款时间 付款时间 支付时间 入账时间 入账日期 记账日期 记账时间 "
        "扣款时间 实还日 实还日期 实还时间 实际还款日 实际还款日期 实际还款时间 交易日期 "
        "付款日期 paidon datepaid paiddate transactiondate transactiontime postingdate time "
        "paymenttime"
    ),
    "payment": (
        "应还总额 应还金额 应还款额 应还款金额 应还款总额 应还本息 应还本息合计 本息合计 "
        "本息和 本息 本息总额 月供 月供金额 月供额 月还款额 月还款 月还款金额 每月还款 "
        "每月还款额 每月还款金额 每月应还 每期还款额 每期还款 每期应还 期供 还款金额 还款额 "
        "还款总额 还款 还款本息 本期应还 本期应还总额 本期应还金额 本期还款额 本期还款 "
        "应还合计 应还 合计 总额 总金额 金额 付款金额 支付金额 交易金额 扣款金额 待还金额 "
        "待还总额 payment paymentamount amount amountdue total totaldue totalpayment "
        "instalmentamount installmentamount emi repayment repaymentamount monthlypayment "
        "totalamount"
    ),
    "paid": (
        "实还金额 实还总额 实际还款金额 实际还款额 实还 已还金额 已还总额 已还 amountpaid "
        "paid paidamount"
    ),
    "principal": (
        "应还本金 本金 还款本金 归还本金 偿还本金 本期本金 本期应还本金 月还本金 每月本金 "
        "每期本金 每月还本 待还款本金 principal principaldue principalpaid principalpart "
        "capital"
    ),
    "interest": (
        "应还利息 利息 还款利息 支付利息 偿还利息 本期利息 本期应还利息 月还利息 每月利息 "
        "每期利息 待还利息 interest interestdue interestpaid interestpart"
    ),
    "fee": (
        "手续费 服务费 费用 应还费用 其他费用 应还手续费 应还服务费 担保费 平台服务费 管理费 "
        "账户管理费 分期手续费 保费 保险费 fee fees servicefee servicecharge charges"
    ),
    "penalty": (
        "罚息 应还罚息 逾期利息 逾期费 逾期费用 违约金 滞纳金 penalty penaltyinterest latefee"
    ),
    "closing": (
        "剩余本金 待还本金 剩余待还本金 剩余应还本金 剩余未还本金 未还本金 尚欠本金 本金余额 "
        "剩余贷款 剩余贷款本金 贷款余额 借款余额 剩余金额 剩余 余额 closing closingbalance "
        "balance remaining remainingbalance remainingprincipal outstanding "
        "outstandingbalance outstandingprincipal principalbalance balanceafter"
    ),
    "status": "状态 还款状态 本期状态 status state",
    "contract": (
        "合同号 合同编号 借据号 借据编号 贷款编号 借款编号 借款合同号 贷款合同号 "
        "借款合同编号 贷款账号 借款 笔 loan loanno loanid loannumber contract contractno "
        "contractnumber"
    ),
    "kind": "类型 还款类型 交易类型 业务类型 摘要 说明 事项 type event kind description",
    "borrowed": "借款金额 贷款金额 放款金额 借款本金 贷款本金 loanamount amountborrowed",
    "paid_part": "实还本金 实还利息 已还本金 已还利息 实还罚息 paidprincipal paidinterest",
}
SUMMED = ("fee", "penalty")  # of which a table may have several
MOST_BEFORE = 1_000  # rows above the heads
SPLIT = ("principal", "interest")
SUMS = ("payment", "paid")
UNITS = {"元": 1, "人民币": 1, "人民币元": 1, "rmb": 1, "cny": 1, "yuan": 1, "¥": 1}
UNITS |= {"万元": 10_000, "万": 10_000, "千元": 1_000}
FOREIGN = "美元|港币|港元|欧元|日元|英镑|澳元|usd|hkd|eur|jpy|gbp|aud|[$€£]"


@cache
def _fields() -> Mapping[str, str]:
    return {spelt: field for field, names in NAMES.items() for spelt in names.split()}


def name_and_unit(head: str) -> tuple[str, str]:
    """Return how a head is spelt without blanks and signs, and the unit in its brackets.

    Examples
    --------
    >>> name_and_unit("应 还 总 额（万元）"), name_and_unit("Amount due"), name_and_unit("金额/元")
    (('应还总额', '万元'), ('amountdue', ''), ('金额', '元'))
    """
    text = re.sub(r"[\s_:：*]+", "", signs(head).lower())
    unit = re.search(r"[(\[]([^)\]]*)[)\]]$|[/:,-](元|万元|rmb|cny|yuan)$", text)
    name = text[: unit.start()] if unit else text
    return name.strip("-/,'\""), ((unit[1] or unit[2] or "") if unit else "").removeprefix("单位")


def field_of(head: str) -> str | None:
    """Return which column a head names; None for one that is not known.

    Examples
    --------
    >>> field_of("应还款日期"), field_of("剩余本金(元)"), field_of("Due date"), field_of("备注")
    ('date', 'closing', 'date', None)
    """
    name = name_and_unit(head)[0]
    return _fields().get(name) or _fields().get(name_and_unit(name)[0])


@dataclass(frozen=True)
class Heads:
    """Say which columns of a table hold what.

    Attributes
    ----------
    row : Row
        The row of heads.
    places : dict
        Field to the places of its columns; several only for fees and penalty.
    scales : dict
        Place to what its figures multiply by: 10,000 where they are in 万元.
    unknown : tuple of str
        Heads that are not known; what stands under them is left out.
    """

    row: Row
    places: Mapping[str, tuple[int, ...]]
    scales: Mapping[int, int]
    unknown: tuple[str, ...]

    def __contains__(self, field: str) -> bool:
        """Tell whether a column is there."""
        return field in self.places

    def name(self, place: int) -> str:
        """Name a column for a reader."""
        return column_name(place, self.row.cell(place))


def _score(row: Row) -> int:
    """Return how many columns a row names; 0 for what is no row of heads."""
    fields = {field for each in row.cells if each and (field := field_of(each))}
    dated = fields & {"date", "paid_on"}
    summed = fields & {*SUMS, "borrowed"} or fields.issuperset(SPLIT)
    return len(fields) if dated and summed else 0


def best_score(rows: Sequence[Row]) -> int:
    """Return how many columns the best row of heads names."""
    return max(map(_score, rows[:MOST_BEFORE]), default=0)


def find_heads(rows: Sequence[Row]) -> int | None:
    """Return the place of the first row that names a day and a sum; None where no row does."""
    return next((place for place, row in enumerate(rows[:MOST_BEFORE]) if _score(row)), None)


def read_heads(row: Row) -> Heads:
    """Return which columns hold what, and refuse two that say the same."""
    places: dict[str, tuple[int, ...]] = {}
    scales, unknown = {}, []
    for place, head in enumerate(row.cells):
        field = field_of(head) if head else None
        if field is None:
            unknown += [head] if head else []
            continue
        if field in places and field not in (*SUMMED, "paid_part", "kind", "status"):
            first = column_name(places[field][0], row.cell(places[field][0]))
            raise refused(
                "heads_twice", row=row.number, first=first, other=column_name(place, head)
            )
        places[field] = (*places.get(field, ()), place)
        scales[place] = _scale(row, place)
    return Heads(row, places, scales, tuple(unknown))


def _scale(row: Row, place: int) -> int:
    unit = name_and_unit(row.cell(place))[1]
    if re.fullmatch(FOREIGN, unit):
        raise refused("foreign_head", row=row.number, column=column_name(place, row.cell(place)))
    return UNITS.get(unit, 1)
