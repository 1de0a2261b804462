"""What is published and what the law says, and what follows from it.

It stands on `jiebei.loan` and the files in `data/`.
"""
