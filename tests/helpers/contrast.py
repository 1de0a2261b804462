"""How well two colours can be told apart, as the Web Content Accessibility Guidelines count it."""

from matplotlib.colors import to_rgb

TEXT, MARK = 4.5, 3.0  # what level AA asks of text, and of marks that carry meaning


def luminance(colour: str) -> float:
    """Return how bright a colour is, from 0 to 1: what is left of it in greyscale."""
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in to_rgb(colour)
    ]
    return sum(share * each for share, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    dark, bright = sorted(map(luminance, (one, other)))
    return (bright + 0.05) / (dark + 0.05)
