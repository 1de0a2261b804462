"""A table as people read it."""

import jiebei as jb
from jiebei.notebook.answer import shown


def test_events_are_named_in_the_language_in_use() -> None:
    flows = jb.Loan(5_000, daily_rate=0.0, months=1, start="2026-12-01").cashflows(["event"])
    for lang, names in (("zh", ["借款", "分期还款"]), ("en", ["draw", "instalment"])):
        jb.use(lang)
        assert shown(flows).iloc[:, 0].tolist() == names
