"""Texts in cells: no spreadsheet takes one for a formula, and each is read as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplatform.files.spreadsheets import neutral, without_mark

MARKS = "=@+-＝＠＋－"
HIDDEN = "\ufeff\u200b\u200d\u2060\u00ad"


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("hidden", ["", *HIDDEN, "\u200b\ufeff"])
def test_a_formula_is_marked_in_full_width_too_and_behind_what_nobody_sees(mark: str, hidden: str) -> None:
    text = f"{hidden}{mark}SUM(A1)"
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "pliers", "-5", "+86 (579) 1234-5678", "a=b", "'tis", "永康＝五金"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert neutral(text) == without_mark(text) == text


@given(st.text(st.sampled_from(f"{MARKS}{HIDDEN}'1a 五"), max_size=8))
def test_every_text_is_read_as_it_was_written(text: str) -> None:
    assert without_mark(neutral(text)) == text
