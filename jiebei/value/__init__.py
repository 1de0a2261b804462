"""What dated money is worth: roots, effective rates, present and future values.

It knows no loan; it stands on `jiebei.units` and `jiebei.language`.
"""
