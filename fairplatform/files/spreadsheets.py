"""Texts as cells of a spreadsheet, in which nothing that people wrote may become a formula."""

import re

from fairplatform.i18n.text import visible

# In full width too: spreadsheets in East Asia read ＝ as =.
_FORMULA = re.compile(r"[=@＝＠]|[+\-＋－](?![0-9 .,()-]*$)")
_NEUTRALISED = re.compile(rf"'+(?:{_FORMULA.pattern})")
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # characters that XML cannot hold


def neutral(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula, not even from a CSV file; `without_mark` undoes it."""
    seen = visible(text)  # a mark of no width in front hides nothing from a program
    needs_mark = _FORMULA.match(seen) or _NEUTRALISED.match(seen)
    return f"'{text}" if needs_mark else text


def without_mark(text: str) -> str:
    """The text that `neutral` was given."""
    return text.removeprefix("'") if _NEUTRALISED.match(visible(text)) else text


def without_impossible(text: str) -> str:
    """The text without characters that a cell cannot hold."""
    return _IMPOSSIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n").strip()
