"""What every chart is drawn with: style, text, labels, geometry, scales, pictures.

It stands on `jiebei.language` and `jiebei.units`.
"""
