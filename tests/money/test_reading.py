"""Amounts as people write them in three languages: understood to the last digit, asked back, or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplatform.errors import SENTENCES, Refused
from fairplatform.i18n.numbers import LARGEST_MINOR, format_money
from fairplatform.money.amounts import Band, Money
from fairplatform.money.reading import Doubtful, DoubtfulBand, Understood, read, read_band
from fairplatform.money.wording import band_in_full, in_full, in_words

MONEY = st.builds(Money, st.integers(0, LARGEST_MINOR), st.sampled_from(["USD", "CNY", "PKR", "EUR", "JPY", "KWD"]))
LANGUAGES = ("en", "zh-hans", "ur")
USUAL = ("USD", "CNY", "PKR")
SCRIPTS = ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９"]


def major(text: str, currency: str = "USD") -> object:
    """What is understood in whole units, or the readings."""
    reading = read(text, currency=currency, among=USUAL)
    if isinstance(reading, Understood):
        return reading.amount.minor / 100
    return [one.minor / 100 for one in reading.readings]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12500", 12_500),
        ("12,500.50", 12_500.5),
        ("12,34,567", 1_234_567),
        ("1 234 567", 1_234_567),
        ("1.234.567", 1_234_567),
        ("1.234,56", 1234.56),
        ("１２，５００", 12_500),
        ("۱۲٬۵۰۰٫۲۵", 12_500.25),
        ("12万", 120_000),
        ("2亿5000万", 250_000_000),
        ("1.2亿", 120_000_000),
        ("3万零5", 30_005),
        ("3百万", 3_000_000),
        ("1万亿", 10**12),
        ("二百五十万", 2_500_000),
        ("两千三百零五", 2305),
        ("十二", 12),
        ("壹亿贰仟万", 120_000_000),
        ("五万零八", 50_008),
        ("25 لاکھ", 2_500_000),
        ("1 کروڑ 20 لاکھ", 12_000_000),
        ("1 crore 20 lakh and 5 thousand", 12_005_000),
        ("1.5 Crore", 15_000_000),
        ("2.5m", 2_500_000),
        ("12k", 12_000),
        ("1.286 million", 1_286_000),
        ("5,000/-", 5000),
        ("\u200e12,500\u200f", 12_500),
    ],
)
def test_what_has_one_reading_is_understood(text: str, value: float) -> None:
    assert major(text) == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("12.500", [12.5, 12_500]),
        ("1,50", [1.5, 150]),
        ("0,500", [0.5, 500]),
        ("1234,5", [1234.5, 12_345]),
        ("五万八", [58_000, 50_008]),
        ("3万5", [35_000, 30_005]),
    ],
)
def test_what_has_two_readings_is_asked(text: str, values: list[float]) -> None:
    assert major(text) == values


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("USD 12,500", Money(1_250_000, "USD")),
        ("12,500USD", Money(1_250_000, "USD")),
        ("$12,500", Money(1_250_000, "USD")),
        ("US$ 2.5 million", Money(250_000_000, "USD")),
        ("250万美元", Money(250_000_000, "USD")),
        ("12万元", Money(12_000_000, "CNY")),
        ("￥12,500", Money(1_250_000, "CNY")),
        ("人民币12万元", Money(12_000_000, "CNY")),
        ("Rs. 5,000/-", Money(500_000, "PKR")),
        ("25 لاکھ روپے", Money(250_000_000, "PKR")),
        ("پچیس", None),
        ("25 کروڑ امریکی ڈالر", Money(25_000_000_000, "USD")),
        ("12,500 euros", Money(1_250_000, "EUR")),
        ("¥12,500 JPY", Money(12_500, "JPY")),
    ],
)
def test_a_currency_stands_before_or_behind(text: str, amount: Money | None) -> None:
    if amount is None:
        assert code_of(text) == "amount_unreadable"
    else:
        assert read(text, among=USUAL) == Understood(amount)


def test_a_name_of_several_currencies_that_are_usual_here_is_asked() -> None:
    assert read("Rs 500", among=["PKR", "INR"]) == Doubtful((Money(50_000, "PKR"), Money(50_000, "INR")))
    assert read("500", among=["USD", "PKR"]) == Doubtful((Money(50_000, "USD"), Money(50_000, "PKR")))


def test_another_currency_than_the_chosen_one_is_asked() -> None:
    reading = read("500 yuan", currency="USD", among=USUAL)
    assert reading == Doubtful((Money(50_000, "CNY"), Money(50_000, "USD")))
    assert reading.choices("zh-hans") == ["CNY\u00a0500 (500人民币)", "USD\u00a0500 (500美元)"]


def test_a_reading_that_the_currency_has_no_coins_for_is_none() -> None:
    assert read("12.500", currency="JPY") == Understood(Money(12_500, "JPY"))


def code_of(text: str, currency: str = "USD") -> str:
    with pytest.raises(Refused) as refused:
        read(text, currency=currency)
    assert refused.value.sentence
    return refused.value.code


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "NaN", "nan", "inf", "-", "1e5", "1.38E+10", "0x10", "½", "10²", "1,2.3", "12,345,67", "1,,000", ",1",
        "1 2", "1\n2", "12万万", "一二", "万", "1万2亿", "5%", "about 5000", "(5)", "+5", "1 lakh 2 crore", "9" * 81,
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(text: str) -> None:
    assert code_of(text) == "amount_unreadable"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-5", "amount_negative"),
        ("USD -5", "amount_negative"),
        ("−5 万", "amount_negative"),
        ("ZZZ 500", "currency_unknown"),
        ("500 DEM", "currency_unknown"),
        ("USD 500 yuan", "currency_unknown"),
        ("0.001", "amount_too_fine"),
        ("9" * 40, "amount_too_large"),
        ("10 trillion and 1 million", "amount_too_large"),
    ],
)
def test_refusals_say_why(text: str, code: str) -> None:
    assert code_of(text) == code


@given(MONEY, st.sampled_from(LANGUAGES))
def test_what_is_written_out_reads_as_itself(amount: Money, language: str) -> None:
    assert is_or_may_be(in_words(amount, language), amount)


@given(MONEY)
def test_what_is_printed_reads_as_itself(amount: Money) -> None:
    assert is_or_may_be(format_money(*amount), amount)


def is_or_may_be(text: str, amount: Money) -> bool:
    """Whether a text reads as the amount. Three places behind a point are asked: 1.001 Kuwaiti dinars, or 1,001?"""
    reading = read(text, among=USUAL)
    if amount.currency == "KWD" and isinstance(reading, Doubtful):
        return amount in reading.readings
    return reading == Understood(amount)


@given(st.integers(0, 10**9), st.sampled_from(SCRIPTS))
def test_digits_of_every_script_mean_the_same(whole: int, digits: str) -> None:
    typed = str(whole).translate(str.maketrans("0123456789", digits))
    assert read(typed, currency="USD") == Understood(Money(100 * whole, "USD"))


@given(st.text(max_size=90) | st.text(alphabet="0123456789.,万亿 -$kمlakhcrore零五", max_size=30))
def test_any_text_is_understood_asked_or_refused(text: str) -> None:
    try:
        reading = read_band(text, currency="USD", among=USUAL)
    except Refused as refused:
        assert refused.code in SENTENCES  # noqa: PT017 — either way is right, a third is not
    else:
        found = [reading] if isinstance(reading, Band) else reading.readings
        assert all(0 <= one.low.minor <= one.high.minor <= LARGEST_MINOR for one in found)


def test_amounts_in_full() -> None:
    amount = Money(1_234_567_850, "USD")
    assert [in_full(amount, language) for language in LANGUAGES] == [
        "USD\u00a012,345,678.50 (12 million 345 thousand 678.50 US dollars)",
        "USD\u00a012,345,678.50 (1234万5678.50美元)",
        "USD\u00a012,345,678.50 (1 کروڑ 23 لاکھ 45 ہزار 678.50 امریکی ڈالر)",
    ]


@pytest.mark.parametrize(
    "text",
    ["100,000-200,000", "10-20万美元", "USD 100,000 – 200,000", "$100k to $200k", "10万至20万", "1 لاکھ سے 2 لاکھ تک"],
)
def test_a_band_is_read_as_people_write_it(text: str) -> None:
    band = read_band(text, currency="USD", among=USUAL)
    assert band == Band(Money(10_000_000, "USD"), Money(20_000_000, "USD"))


def test_a_single_amount_is_a_band_of_itself() -> None:
    assert read_band("800 to 2 thousand", currency="USD") == Band(Money(80_000, "USD"), Money(200_000, "USD"))
    assert read_band("12 万元") == Band(Money(12_000_000, "CNY"), Money(12_000_000, "CNY"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12.500", [(1_250, 1_250), (1_250_000, 1_250_000)]),
        ("12.500-20,000", [(1_250, 2_000_000), (1_250_000, 2_000_000)]),
        # What would be from more to less is no reading.
        ("12.500-13.000", [(1_250, 1_300), (1_250, 1_300_000), (1_250_000, 1_300_000)]),
    ],
)
def test_a_doubtful_band_has_every_reading(text: str, found: list[tuple[int, int]]) -> None:
    reading = read_band(text, currency="USD")
    assert isinstance(reading, DoubtfulBand)
    assert [(one.low.minor, one.high.minor) for one in reading.readings] == found
    assert len(set(reading.choices("ur"))) == len(found)


def test_a_band_in_full() -> None:
    band = Band(Money(10_000_000, "USD"), Money(20_000_000, "USD"))
    assert band_in_full(band, "zh-hans") == "USD\u00a0100,000 (10万美元) – USD\u00a0200,000 (20万美元)"
    assert band_in_full(Band(band.low, band.low), "zh-hans") == "USD\u00a0100,000 (10万美元)"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("20-10", "band_reversed"),
        ("10 USD - 20 CNY", "band_currencies"),
        ("-10 - 20", "amount_negative"),
        ("10--20", "amount_unreadable"),
    ],
)
def test_bands_that_are_none_are_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_band(text, among=["USD"])
    assert refused.value.code == code
