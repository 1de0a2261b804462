"""Days, whole fen and rates of 1e-10 a day, and reading them from what people write.

It stands on `jiebei.language`.
"""
