"""Cut the chart fonts in jiebei/charts/drawing/fonts out of the variable font Noto Sans SC.

    python tools/cut_fonts.py "NotoSansSC[wght].ttf"

The variable font comes with the package justmytype-intl-cjk 0.1.0 (pip download --no-deps, unzip
the wheel, look under fonts/ofl/notosanssc). It cannot be used as it is: matplotlib knows no weight
axis and would draw everything in the thinnest weight. Needs fontTools, which matplotlib brings.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).resolve().parent.parent / "jiebei" / "charts" / "drawing" / "fonts"
WEIGHTS = {"Regular": 400, "Bold": 700}

# What a chart may need beside Chinese characters, as whole Unicode blocks.
SYMBOLS = (
    range(0x0020, 0x0250),  # Latin, with the accents of European names
    range(0x0370, 0x0400),  # Greek
    range(0x2000, 0x2070),  # dashes, quotation marks, per mille, narrow spaces
    range(0x2070, 0x20D0),  # superscripts, subscripts, currencies
    range(0x2100, 0x2150),  # letter-like signs
    range(0x2150, 0x2200),  # number forms, arrows
    range(0x2200, 0x2300),  # mathematical signs
    range(0x2460, 0x2500),  # circled numbers
    range(0x2500, 0x2600),  # boxes, blocks, geometric shapes
    range(0x2600, 0x27C0),  # stars, ticks, dingbats
    range(0x3000, 0x3040),  # Chinese punctuation
    range(0xFF00, 0xFFF0),  # full-width forms
)


def gb2312():
    """Return every character of GB 2312, the national set of simplified Chinese."""
    cells = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return set("".join(cell.decode("gb2312", errors="ignore") for cell in cells))


def wanted():
    """Return the code points to keep."""
    return {ord(character) for character in gb2312()}.union(*SYMBOLS)


def cut(source, weight):
    """Return the font of one weight, with the wanted characters only."""
    font = TTFont(source, recalcTimestamp=False)  # the same input gives the same bytes
    font = instantiateVariableFont(font, {"wght": weight}, updateFontNames=True)
    options = Options(hinting=False, notdef_outline=True, name_IDs=["*"])
    options.layout_features = ["ccmp", "kern", "mark", "mkmk"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    return font


def main():
    """Write one file a weight."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for name, weight in WEIGHTS.items():
        target = FONTS / f"NotoSansSC-{name}.ttf"
        cut(sys.argv[1], weight).save(target)
        print(f"{target.name}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
