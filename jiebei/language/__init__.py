"""What the suite says, in English and Chinese, and how it writes figures.

It stands on nothing but Python and pandas. `table`: the words of every folder, and the language in
use. `words`: what is said as data, a key and raw values, and the formats of templates. `errors`:
the one error, the same way. `frames`: what columns are called. `figures`: half up, thousands,
a real minus. `glossary.csv`: one English term, one Chinese one.
"""

from jiebei.language.chosen import use
from jiebei.language.errors import JiebeiError
from jiebei.language.shown import spoken
from jiebei.language.words import Text, Words, passage, say, written

__all__ = ["JiebeiError", "Text", "Words", "passage", "say", "spoken", "use", "written"]
