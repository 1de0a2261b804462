"""What a page needs: answers, checked parameters, sliders, files to take away.

It stands on `jiebei.life` and `jiebei.charts`. `answer`: what is said, the figures, what it leaves
out. `parameters` and `rules`: the one table of what may be typed. `fit`: what the reader did not
type, fitted to the loan that he did. `as_typed`, `lenient`, `meant`: what people type, as meant.
`mistakes`: what would end in an error of Python, in the reader's language.
`sliders`, `pictures`, `files`, `checks`, `cautions`: the rest of a page.
"""

from jiebei.notebook.answer import Answer
from jiebei.notebook.calendars import save_calendar
from jiebei.notebook.files import save, take_home

__all__ = ["Answer", "save", "save_calendar", "take_home"]
