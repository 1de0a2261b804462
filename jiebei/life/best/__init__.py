"""The best plan: all decisions on all debts at once, found by a linear programme, with its proof.

It stands on `jiebei.life.debts`, `household` and `offers`. `borrower`: what is known. `ground`: all
ways of all debts on one calendar. `lanes`: each debt as a chain of linear steps, read from the
engine; `uneven`: one whose term was shortened earlier. `layout`, `programme`: the programme and its
solver. `played`: a plan through the engine, to the fen. `best`: the plan; `rounding`: its bound.
`rules`: rules of thumb. `one_more_yuan`: what a yuan more is worth. `cure`: what would help where
no plan does. `scenarios`: decide now, adapt later. `drawn`: borrowers at random. On paper:
docs/best_plan.md.
"""
