"""What can be decided on a loan: small records, each of which knows how it acts on the book.

`decision` is what they have in common, and the order in which they act on one day. What a borrower
decides is in `early` (prepay, pay extra, settle), `late` (miss, pay late, pay a part; and what the
lender may do then) and `coupon`; what both agree on in `new_terms` (extend, defer, another rate)
and `restructure`.
"""
