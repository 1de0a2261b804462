"""A lender's book of loans: who borrows, what becomes of it, what it costs, and what help does.

It stands on `jiebei.life.credit` and `jiebei.life.rules`. Nobody is a real borrower: behaviour is
drawn by chance from what is assumed in `data/behaviour.csv`, and said to the loans as decisions.

==========================================  =================================
who borrows, from which tier                `borrowers`
what the borrowers do, as decisions         `behaviour`, `lives`
days past due, buckets, grades by month     `snapshots`
roll rates and the chance of a loss         `rolls`
what is lost, provided for and earned       `losses`
who shows signs beforehand                  `signs`
all of it for any number of loans           `study`
grace, extension, negotiation; rate caps    `help`, `caps`
==========================================  =================================
"""
