"""The day-by-day view below an answer: every sum of every way, and what the gap comes to."""

from itertools import pairwise

from jiebei.notebook.answer import Answer
from tests.truth import Truth, told
from tests.truth.plain import CENT, less, moves, worth

MOST_BESIDE = 5  # more ways than that have no room on a sheet: the first and the one are left


def the_days(truth: Truth, answer: Answer) -> None:
    """Hold each figure of the view, and the sentence above it, against plain sums."""
    compared = answer.compared
    assert compared is not None
    ways = {name: moves(each) for name, each in compared.strategies.items()}
    if len(ways) < 2:
        return
    found = answer.how()
    said, table = told(found.said)[0], found.figures
    name, first = said.fields["name"], next(iter(ways))
    apart = less(ways[name], ways[first])
    last = max(max(each) for each in ways.values())
    gain = worth(apart, compared.savings_rate, last)
    key = "same" if abs(gain) < CENT else "more" if gain > 0 else "less"
    fields = {"baseline": first, "day": last} | ({} if key == "same" else {"amount": abs(gain)})
    truth.sentence(said, f"how.{key}", rate=compared.savings_rate, **fields)
    shown = ways if len(ways) <= MOST_BESIDE else {each: ways[each] for each in (first, name)}
    columns = (*shown, "difference", "days_to_go", "factor", "worth")
    truth.figure(tuple(table), columns)
    dates = [each.date() for each in table.index]
    truth.figure(all(one < two for one, two in pairwise(dates)), True)
    listed = {column: table[column].to_list() for column in table}
    for place, day in enumerate(dates):
        for column, way in shown.items():
            truth.figure(listed[column][place], way.get(day, 0) / 100)
        grown = (1 + compared.savings_rate) ** ((last - day).days / 365)
        truth.figure(listed["difference"][place], apart.get(day, 0) / 100)
        truth.figure(listed["days_to_go"][place], (last - day).days)
        truth.figure(listed["factor"][place], grown, 1e-9)
        truth.figure(listed["worth"][place], apart.get(day, 0) / 100 * grown)
    truth.figure(sum(listed["worth"]), gain)
