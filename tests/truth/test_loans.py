"""The random loans are those that a page takes."""

from jiebei.language.words import Words, passage
from jiebei.loan.loan import Loan
from tests.truth import Truth, loans, told


def test_every_loan_is_one(truth: Truth) -> None:
    for rng in truth.cases(20):
        terms = loans(rng)
        truth.figure(Loan(**terms).summary().drawn, terms["principal"])


def test_a_passage_is_its_sentences() -> None:
    one = Words("text.stop")
    assert told(passage([one, passage([one]), Words("text.sentence", text=one)])) == [one] * 3
