"""Texts as cells of a spreadsheet, in which nothing that people wrote may become a formula."""

import re

_FORMULA = re.compile(r"[=@]|[+-](?![0-9 .,()-]*$)")
_NEUTRALISED = re.compile(rf"'+(?:{_FORMULA.pattern})")
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # characters that XML cannot hold


def neutral(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula, not even from a CSV file; `without_mark` undoes it."""
    needs_mark = _FORMULA.match(text) or _NEUTRALISED.match(text)
    return f"'{text}" if needs_mark else text


def without_mark(text: str) -> str:
    """The text that `neutral` was given."""
    return text.removeprefix("'") if _NEUTRALISED.match(text) else text


def without_impossible(text: str) -> str:
    """The text without characters that a cell cannot hold."""
    return _IMPOSSIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n").strip()
