"""Does my lender's plan add up, what does it really cost, what do I owe today?"""

from jiebei.answers.my_statement.example import EXAMPLE, fitted
from jiebei.answers.my_statement.found import asked_by, instalment, plan, rates, record
from jiebei.answers.my_statement.keep import from_files, of_page
from jiebei.answers.my_statement.picture import picture
from jiebei.answers.my_statement.rights import collectors, watch
from jiebei.answers.my_statement.today import as_paid, owed
from jiebei.answers.my_statement.verdict import answer, chart, conventions, what_was_read

__all__ = [
    "EXAMPLE",
    "answer",
    "as_paid",
    "asked_by",
    "chart",
    "collectors",
    "conventions",
    "fitted",
    "from_files",
    "instalment",
    "of_page",
    "owed",
    "picture",
    "plan",
    "rates",
    "record",
    "watch",
    "what_was_read",
]
