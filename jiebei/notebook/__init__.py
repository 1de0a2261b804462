"""What a page needs: answers, checked parameters, sliders, files to take away.

It stands on `jiebei.life` and `jiebei.charts`.
"""
