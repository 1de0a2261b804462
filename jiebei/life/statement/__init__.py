"""What my lender says: read a plan or a statement, hold it against the loan, find the loan.

It stands on `loan` (the engine is asked for everything that is expected) and on `units`. Each file
holds one idea: `decode`, `text`, `workbook` and `lines` make rows of what people bring; `heads`,
`figures` and `preamble` know what columns, cells and words mean; `table` and `account` make the
frame, `whole` looks at all of it. `pairing`, `reasons` and `reconcile` hold it against a loan;
`stated`, `shapes`, `rounds`, `fit`, `infer` and `agreed_as` find the loan.
"""

from jiebei.life.statement.infer import Candidate, infer
from jiebei.life.statement.read import read
from jiebei.life.statement.reconcile import Reconciled, reconcile

__all__ = ["Candidate", "Reconciled", "infer", "read", "reconcile"]
