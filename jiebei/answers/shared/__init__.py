"""What several answers share.

`by_cash`: which ways cash carries, and the picture of the ways on 03 to 05. `frontier`: where it
turns over two quantities. `verdicts`: savings rates at which it turns, in words. `quotes`: rates.
`shortest`: the least months. `beside`: neighbouring cases. `countable`: how far loans can be
counted. `example`: the loan that all pages come with.
"""
