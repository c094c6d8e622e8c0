"""Amounts as people type them: read exactly, read back when not plain, or refused with a sentence; never changed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplatform.errors import SENTENCES, Refused
from fairplatform.i18n.numbers import (
    LARGEST_MINOR,
    currencies_of,
    format_money,
    format_money_words,
    major_units,
    minor_units,
    parse_number,
)

MINOR = st.integers(0, LARGEST_MINOR)
SCRIPTS = {"arabic": "٠١٢٣٤٥٦٧٨٩", "urdu": "۰۱۲۳۴۵۶۷۸۹", "full width": "０１２３４５６７８９"}


def parsed(text: str, currency: str) -> tuple[int, bool]:
    """In minor units, and whether it was typed in plain digits."""
    value, is_plain = parse_number(text)
    return minor_units(value, currency), is_plain


def code_of(text: str, currency: str = "USD") -> str:
    with pytest.raises(Refused) as refused:
        parsed(text, currency)
    assert refused.value.sentence
    return refused.value.code


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("0", 0),
        ("12500", 1_250_000),
        ("12,500", 1_250_000),
        ("12500.5", 1_250_050),
        ("12,500.50", 1_250_050),
        ("1,234,567", 123_456_700),
        ("12,34,567", 123_456_700),
        (" 31500 ", 3_150_000),
        ("10000000000000", LARGEST_MINOR),
    ],
)
def test_plain_figures_are_read_at_once(text: str, minor: int) -> None:
    assert parsed(text, "USD") == (minor, True)


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("۱۲۳", 12_300),
        ("١٢٣٫٥", 12_350),
        ("۱۲،۵۰۰", 1_250_000),
        ("１２，５００", 1_250_000),
        ("12万", 12_000_000),
        ("1.2 亿", 12_000_000_000),
        ("3百万", 300_000_000),
        ("25 لاکھ", 250_000_000),
        ("1.5 crore", 1_500_000_000),
        ("2 Lakh", 20_000_000),
        ("1.286 million", 128_600_000),
        ("007", 700),
        ("\u200e12,500\u200f", 1_250_000),
    ],
)
def test_other_scripts_and_scale_words_are_read_back(text: str, minor: int) -> None:
    assert parsed(text, "PKR") == (minor, False)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "1,2.3", "1,23", "12,345,67", "123,45,678", "0,500", "1.234,56", "1 234", "1e5", "1E5", "NaN", "nan",
        "Infinity", "inf", "0x10", "1_000", "½", "10²", "①", "Ⅴ", "一万", "12k", "12 USD", "$12", "+5", "(5)", "1.",
        ".5", "1..2", "1.2.3", "12万万", "万", "12 万 5", "5%", "1,,000", ",100", "100,", "9" * 41, "1\n2",
        "１２．３．４",
    ],
)  # fmt: skip
def test_everything_else_is_refused(text: str) -> None:
    assert code_of(text) == "amount_unreadable"


@pytest.mark.parametrize("text", ["-5", "−5", "- 5", "－５", "-۵", "-12万", "-0"])
def test_below_zero_is_refused_as_such(text: str) -> None:
    assert code_of(text) == "amount_negative"


@pytest.mark.parametrize("text", ["0.001", "1.234", "12500.505", "0.0000001万", "1.0000000000000000000000000000001"])
def test_finer_than_the_currency_is_refused(text: str) -> None:
    assert code_of(text) == "amount_too_fine"


@pytest.mark.parametrize("text", ["10000000000000.01", "99999999999999", "1000001 crore", "9" * 40])
def test_an_amount_too_large_to_store_is_refused(text: str) -> None:
    assert code_of(text) == "amount_too_large"


def test_zeros_behind_the_point_are_not_finer() -> None:
    assert parsed("12.5000", "USD") == (1_250, True)


@given(MINOR, st.sampled_from(["USD", "CNY", "PKR"]))
def test_a_printed_amount_is_read_as_itself(minor: int, currency: str) -> None:
    printed = format_money(minor, currency).removeprefix(f"{currency}\u00a0")
    assert parsed(printed, currency) == (minor, True)


@given(MINOR, st.sampled_from(sorted(SCRIPTS)))
def test_digits_of_every_script_mean_the_same(minor: int, script: str) -> None:
    typed = str(major_units(minor, "USD")).translate(str.maketrans("0123456789", SCRIPTS[script]))
    assert parsed(typed, "USD") == (minor, False)


@given(st.integers(0, 10**9), st.integers(0, 9999))
def test_scale_words_multiply_exactly(whole: int, part: int) -> None:
    value, plain = parse_number(f"{whole}.{part:04} 万")
    assert (value, plain) == (Decimal(whole) * 10_000 + part, False)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_by_a_known_code(text: str) -> None:
    try:
        minor, _is_plain = parsed(text, "USD")
    except Refused as refused:
        assert refused.code in SENTENCES  # noqa: PT017 — either way is right, a third is not
    else:
        assert 0 <= minor <= LARGEST_MINOR


@given(st.text(alphabet="0123456789.,", min_size=1, max_size=20))
def test_a_plain_figure_keeps_its_digits(text: str) -> None:
    """Input accepted without a question has the same value without its commas."""
    try:
        value, plain = parse_number(text)
    except Refused:
        return
    assert value == Decimal(text.replace(",", ""))
    assert plain == (text == "0" or text[0] != "0" or text.startswith("0."))


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "USD 2.5 million"), ("zh-hans", "250万美元"), ("ur", "25 لاکھ امریکی ڈالر")],
)
def test_large_figures_in_the_readers_units(language: str, words: str) -> None:
    assert format_money_words(250_000_000, "USD", language).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("stored", "codes"), [((), []), (("EUR",), ["EUR"]), (("", None, "PKR"), []), (("EUR", "TRY"), ["EUR", "TRY"])]
)
def test_the_currencies_of_two_countries_and_what_was_chosen_before(stored: tuple[str], codes: list[str]) -> None:
    assert currencies_of("CN", "PK", stored=stored) == ["USD", "CNY", "PKR", *codes]
