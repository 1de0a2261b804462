"""Accrue, then apply: what happens to many loans at once, in whole fen.

It stands on `jiebei.units` and `jiebei.language`.
"""
