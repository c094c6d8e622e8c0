"""What each kind of column makes of a cell."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from fairplatform.workbook.kinds import (
    Cell,
    Choice,
    Choices,
    City,
    CityName,
    Country,
    Currency,
    Date,
    DateTime,
    DecimalNumber,
    Email,
    EndTime,
    Hs,
    HsList,
    Identifier,
    Incoterm,
    Integer,
    Key,
    Kind,
    LanguagePair,
    LanguagePairs,
    Languages,
    LetterLanguage,
    Pauses,
    Phone,
    Place,
    Price,
    Provenance,
    References,
    Registration,
    Slug,
    TaxNumber,
    Text,
    Texts,
    Time,
    UnitOfGoods,
    Unread,
    Weekdays,
    YesNo,
    Zone,
)
from fairplatform.workbook.kinds.kind import Row

GENUINE = "91330784MA2E7YR31L"  # its last character fits the others


def read(kind: Kind, cell: Cell, country: str | None = None) -> tuple[object, list[tuple[str, dict[str, str]]]]:
    warnings: list[tuple[str, dict[str, str]]] = []
    row = Row(country, lambda code, **parameters: warnings.append((code, parameters)))
    return kind.read(cell, row), warnings


def refused(kind: Kind, cell: Cell, country: str | None = None) -> tuple[str, str, dict[str, str]]:
    with pytest.raises(Unread) as caught:
        read(kind, cell, country)
    return caught.value.code, caught.value.severity, caught.value.parameters


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (Text(), "  Yongli  Locks ", "Yongli  Locks"),
        (Text(), "ＹＫ", "ＹＫ"),
        (Text(), 12.0, "12"),
        (Text(), 8205.4, "8205.4"),
        (Text(), 913307001234567, "913307001234567"),
        (Text(), True, "TRUE"),
        (Texts(), "CE; ISO 9001；CE ;", ["CE", "ISO 9001"]),
        (Key(), "ＹＫ－01", "YK-01"),
        (Key(), "浙江-3", "浙江-3"),
        (Key(), 17.0, "17"),
        (References("companies"), "yk-1; Ravi Traders", ["yk-1", "Ravi Traders"]),
        (Slug(40), "PK2026", "pk2026"),
        (YesNo(), "yes", True),
        (YesNo(), "是", True),
        (YesNo(), "ہاں", True),
        (YesNo(), True, True),
        (YesNo(), "TRUE", True),
        (YesNo(), 1, True),
        (YesNo(), 1.0, True),
        (YesNo(), "x", True),
        (YesNo(), "No", False),
        (YesNo(), "否", False),
        (YesNo(), "نہیں", False),
        (YesNo(), 0, False),
        (Integer(0, 10**6), "1,234", 1234),
        (Integer(0, 10**7), "12,34,567", 1234567),
        (Integer(0, 10**6), "1 234", 1234),
        (Integer(0, 10**6), "1\u00a0234", 1234),
        (Integer(0, 10**7), "1.234.567", 1234567),
        (Integer(0, 10**6), 12.0, 12),
        (Integer(0, 10**6), "１２３", 123),
        (Integer(0, 10**6), "۱۲۳", 123),
        (Integer(0, 10**6), "١٬٢٣٤", 1234),
        (DecimalNumber(), "1.234,56", Decimal("1234.56")),
        (DecimalNumber(), "1 234,56", Decimal("1234.56")),
        (DecimalNumber(), "1,234.56", Decimal("1234.56")),
        (DecimalNumber(positive=True), "1.234", Decimal("1.234")),
        (DecimalNumber(), 0.1 + 0.2, Decimal("0.3")),
        (DecimalNumber(), 250000, Decimal(250000)),
        (Date(), "2026-05-12", date(2026, 5, 12)),
        (Date(), "2026/5/12", date(2026, 5, 12)),
        (Date(), "2026年5月12日", date(2026, 5, 12)),
        (Date(), "２０２６年５月１２日", date(2026, 5, 12)),
        (Date(), "۲۰۲۶-۰۵-۱۲", date(2026, 5, 12)),
        (Date(), "13/04/2026", date(2026, 4, 13)),
        (Date(), "04/13/2026", date(2026, 4, 13)),
        (Date(), "05/05/2026", date(2026, 5, 5)),
        (Date(), "12 May 2026", date(2026, 5, 12)),
        (Date(), "12-Sep-2026", date(2026, 9, 12)),
        (Date(), "12 مئی 2026", date(2026, 5, 12)),
        (Date(), datetime(2026, 5, 12), date(2026, 5, 12)),
        (Date(), date(2026, 5, 12), date(2026, 5, 12)),
        (Time(), "9:05", time(9, 5)),
        (Time(), "０９：０５", time(9, 5)),
        (Time(), "۰۹:۰۵", time(9, 5)),
        (Time(), "2:30 PM", time(14, 30)),
        (Time(), "12:00 am", time(0, 0)),
        (Time(), 0.375, time(9, 0)),
        (Time(), time(9, 29, 59, 999999), time(9, 30)),
        (Time(), timedelta(hours=9, minutes=30), time(9, 30)),
        (Time(), datetime(1899, 12, 30, 9, 30), time(9, 30)),
        (EndTime(), "24:00", time(0, 0)),
        (EndTime(), " ۲۴:۰۰ ", time(0, 0)),
        (EndTime(), 1.0, time(0, 0)),
        (EndTime(), timedelta(days=1), time(0, 0)),
        (EndTime(), "18:00", time(18, 0)),
        (DateTime(), "2026-05-12 09:30", datetime(2026, 5, 12, 9, 30)),
        (DateTime(), "2026-05-12T09:30", datetime(2026, 5, 12, 9, 30)),
        (DateTime(), "2026年5月12日 09:30", datetime(2026, 5, 12, 9, 30)),
        (DateTime(), datetime(2026, 5, 12, 9, 30), datetime(2026, 5, 12, 9, 30)),
        (Weekdays(), "1-6", [1, 2, 3, 4, 5, 6]),
        (Weekdays(), "5", [5]),
        (Weekdays(), 5.0, [5]),
        (Weekdays(), "7;1-3", [1, 2, 3, 7]),
        (Weekdays(), "6-4", [1, 2, 3, 4, 6, 7]),
        (Weekdays(), "۱-۴", [1, 2, 3, 4]),
        (
            Pauses(),
            "12:00-13:00 Lunch; 15:30–15:45",
            [{"starts": "12:00", "ends": "13:00", "name": "Lunch"}, {"starts": "15:30", "ends": "15:45", "name": ""}],
        ),
        (Pauses(), "12：00至13：00（午休）", [{"starts": "12:00", "ends": "13:00", "name": "午休"}]),
        (Pauses(), "12:00-13:00午休", [{"starts": "12:00", "ends": "13:00", "name": "午休"}]),
        (Country(), "pk", "PK"),
        (Country(), "ＡＥ", "AE"),
        (Country(), "United Arab Emirates", "AE"),
        (Country(), "巴基斯坦", "PK"),
        (Country(), "پاکستان", "PK"),
        (Currency(), "usd", "USD"),
        (Zone(), "asia/karachi", "Asia/Karachi"),
        (LetterLanguage(), "ZH", "zh"),
        (Languages(), "ZH; zh-hans", ["zh", "zh-Hans"]),
        (LetterLanguage(), "zh-Hant-TW", "zh"),
        (LetterLanguage(), "en-GB", "en"),
        (Languages(), "zh; ur;en", ["zh", "ur", "en"]),
        (LanguagePair(), "ZH-UR", "zh-ur"),
        (LanguagePairs(), "zh-ur;zh-en", ["zh-ur", "zh-en"]),
        (Hs(), "8301", "8301"),
        (Hs(), "83", "83"),
        (Hs(), "8301.10", "830110"),
        (Hs(), "HS 8301.10", "830110"),
        (Hs(), "HS编码8301", "8301"),
        (Hs(), "7318-15", "731815"),
        (Hs(), "8301.10.00.00", "8301100000"),
        (Hs(), 830110, "830110"),
        (Hs(), "８３０１", "8301"),
        (HsList(), "8301; 8302.10", ["8301", "830210"]),
        (Email(), "Li.Qiang@Example.COM", "li.qiang@example.com"),
        (Email(), "ｌｉ＠example.com", "li@example.com"),
        (UnitOfGoods(), "PCS", "pcs"),
        (UnitOfGoods(), "40HQ", "40hq"),
        (Incoterm(), "fob", "FOB"),
        (Place(), "Port Qasim", "port-qasim"),
        (Place(), "ningbo", "ningbo"),
        (City(), "永康", "yongkang"),
        (City(), "لاہور", "lahore"),
        (Choice({"must": "must meet"}), "Must", "must"),
        (Choice({"must": "must meet"}), "must meet", "must"),
        (Choice({"co_organising": "Co-organiser"}), "co-organising", "co_organising"),
        (
            Choices({"joint_venture": "Joint venture", "goods": "Goods"}),
            "joint venture; goods",
            ["joint_venture", "goods"],
        ),
        (Identifier(), "３３０７９６１２３", "330796123"),
    ],
)
def test_a_clear_value_is_read_without_a_word(kind: Kind, cell: Cell, value: object) -> None:
    assert read(kind, cell) == (value, [])


@pytest.mark.parametrize(
    ("kind", "cell", "code", "parameters"),
    [
        (Text(3), "four", "text_long", {"limit": "3", "length": "4"}),
        (Text(), datetime(2026, 4, 3), "text_is_date", {"text": "2026-04-03"}),
        (Key(), "a b", "key_form", {"key": "a b"}),
        (Key(), "a_b", "key_form", {"key": "a_b"}),
        (Key(), "k" * 41, "text_long", {"limit": "40", "length": "41"}),
        (Key(), "1.38E+10", "number_shortened", {"text": "1.38E+10"}),
        (Slug(40), "中国", "slug_form", {"text": "中国", "limit": "40"}),
        (YesNo(), "maybe", "yes_or_no", {"text": "maybe"}),
        (Integer(0, 10), "1,23", "not_a_number", {"text": "1,23"}),
        (Integer(0, 10), "0,5", "not_a_number", {"text": "0,5"}),
        (Integer(0, 10), "1.38E+10", "number_shortened", {"text": "1.38E+10"}),
        (Integer(0, 10), "USD 5", "not_a_number", {"text": "USD 5"}),
        (Integer(0, 10), 2.5, "number_not_whole", {"text": "2.5"}),
        (Integer(0, 10), -1, "number_negative", {"text": "-1"}),
        (Integer(0, 10), "-1", "number_negative", {"text": "-1"}),
        (Integer(5, 1000), 4, "number_out_of_range", {"text": "4", "least": "5", "most": "1,000"}),
        (Integer(0, 10), datetime(2026, 1, 6), "not_a_number", {"text": "2026-01-06 00:00:00"}),
        (DecimalNumber(positive=True), 0, "number_zero", {}),
        (Price(), "0.00", "number_zero", {}),
        (Price(), "1.00001", "price_too_fine", {}),
        (Price(), "1,000,000,000,000", "number_out_of_range", {
            "text": "1,000,000,000,000", "least": "0", "most": "1,000,000,000,000",
        }),
        (Date(), "03/04/2026", "date_ambiguous", {"text": "03/04/2026", "one": "2026-03-04", "other": "2026-04-03"}),
        (Date(), "۰۳/۰۴/۲۰۲۶", "date_ambiguous", {"text": "۰۳/۰۴/۲۰۲۶", "one": "2026-03-04", "other": "2026-04-03"}),
        (Date(), "2026-02-30", "no_such_date", {"text": "2026-02-30"}),
        (Date(), "12/05/26", "not_a_date", {"text": "12/05/26"}),
        (Date(), "May", "not_a_date", {"text": "May"}),
        (Date(), 46154, "not_a_date", {"text": "46154"}),
        (EndTime(), "24:30", "not_a_time", {"text": "24:30"}),
        (EndTime(), "25:00", "not_a_time", {"text": "25:00"}),
        (Time(), "25:00", "not_a_time", {"text": "25:00"}),
        (Time(), "24:00", "not_a_time", {"text": "24:00"}),
        (Time(), "9", "not_a_time", {"text": "9"}),
        (Time(), 9, "not_a_time", {"text": "9"}),
        (Time(), timedelta(hours=30), "not_a_time", {"text": "1 day, 6:00:00"}),
        (DateTime(), "2026-05-12", "not_a_moment", {"text": "2026-05-12"}),
        (DateTime(), "a" + " " * 30_000 + "b", "not_a_moment", {"text": "a" + " " * 39}),
        (Date(), datetime(1899, 12, 30), "no_such_date", {"text": "1899-12-30 00:00:00"}),
        (Integer(0, 10), float("inf"), "not_a_number", {"text": "inf"}),
        (Weekdays(), "0-8", "not_weekdays", {"text": "0-8"}),
        (Weekdays(), datetime(2026, 1, 6), "text_is_date", {"text": "2026-01-06"}),
        (Pauses(), "lunch", "not_a_pause", {"text": "lunch"}),
        (Pauses(), "13:00-12:00 Lunch", "pause_order", {"text": "13:00-12:00 Lunch"}),
        (Country(), "XX", "country_unknown", {"text": "XX"}),
        (Country(), "UK", "country_unknown", {"text": "UK"}),
        (Country(), "EU", "country_unknown", {"text": "EU"}),
        (Country(), "SU", "country_unknown", {"text": "SU"}),
        (City(), "-", "city_form", {"text": "-"}),
        (CityName(60), "🙂", "city_form", {"text": "🙂"}),
        (Currency(), "RMB", "currency_unknown", {"text": "RMB"}),
        (Currency(), "DEM", "currency_unknown", {"text": "DEM"}),
        (Zone(), "Beijing", "zone_unknown", {"text": "Beijing"}),
        (LetterLanguage(), "Chinese", "language_unknown", {"text": "Chinese"}),
        (LanguagePair(), "zh", "language_pair_form", {"text": "zh"}),
        (LanguagePair(), "zh-zh", "language_pair_form", {"text": "zh-zh"}),
        (LanguagePairs(), "zh-xx", "language_unknown", {"text": "xx"}),
        (Hs(), "8", "hs_code_form", {"text": "8"}),
        (Hs(), "HS 8301.4", "hs_code_form", {"text": "83014"}),
        (Hs(), "83011", "hs_code_form", {"text": "83011"}),
        (Hs(), "locks", "hs_code_form", {"text": "locks"}),
        (Hs(), "1" * 5000 + "x", "hs_code_form", {"text": "1" * 40}),
        (Hs(), "12345678901", "hs_code_form", {"text": "12345678901"}),
        (Hs(), "7777", "hs_heading_unknown", {"text": "7777"}),
        (Hs(), "7777.10", "hs_heading_unknown", {"text": "7777.10"}),
        (Hs(), "99", "hs_heading_unknown", {"text": "99"}),
        (Hs(), "9999", "hs_heading_unknown", {"text": "9999"}),
        (Hs(), "9999.99", "hs_heading_unknown", {"text": "9999.99"}),
        (Email(), "li@", "email_form", {"text": "li@"}),
        (Phone(), "ask Ahmed", "phone_unreadable", {"text": "ask Ahmed"}),
        (Phone(), "1.38E+10", "number_shortened", {"text": "1.38E+10"}),
        (Phone(), "12", "phone_unreadable", {"text": "12"}),
        (Phone(), "+92 300 1234567/8", "phone_unreadable", {"text": "+92 300 1234567/8"}),
        (UnitOfGoods(), "boxes", "not_a_choice", {"text": "boxes", "choices": ", ".join(UnitOfGoods().values)}),
        (Incoterm(), "DAT", "not_a_choice", {"text": "DAT", "choices": ", ".join(Incoterm().values)}),
        (Provenance({"document": "Document"}), "parties", "parties_confirm", {}),
    ],
)  # fmt: skip
def test_what_is_not_clear_is_asked_back(kind: Kind, cell: Cell, code: str, parameters: dict[str, str]) -> None:
    assert refused(kind, cell) == (code, "error", parameters)


@pytest.mark.parametrize(
    ("kind", "cell", "country", "value", "warning"),
    [
        (Hs(), "8205.4", None, "820540", ("hs_zero_lost", {"text": "8205.4", "read": "8205.40"})),
        (Hs(), 8205.4, None, "820540", ("hs_zero_lost", {"text": "8205.4", "read": "8205.40"})),
        (Hs(), "8301.99", None, "830199", ("hs_subheading_unknown", {"text": "8301.99", "heading": "8301"})),
        (
            Phone(), 3001234567, "PK", "+923001234567",
            ("phone_read_as", {"text": "3001234567", "read": "+92 300 1234567"}),
        ),
        (
            Phone(), "923001234567", "PK", "+923001234567",
            ("phone_read_as", {"text": "923001234567", "read": "+92 300 1234567"}),
        ),
        (
            Phone(), "+86 579 8700 0001 ext. 12", None, "+8657987000001",
            ("phone_read_as", {"text": "+86 579 8700 0001 ext. 12", "read": "+86 579 8700 0001"}),
        ),
        (
            Phone(), "13800138000; 13900139000", "CN", "+8613800138000",
            ("phone_read_as", {"text": "13800138000; 13900139000", "read": "+86 138 0013 8000"}),
        ),
        (DecimalNumber(), "12.500", None, Decimal("12.5"), ("number_read_as", {"text": "12.500", "read": "12.5"})),
        (LetterLanguage(), "de", None, "en", ("language_not_written", {"text": "de"})),
        (Phone(), "+92 100 1234567", None, "+921001234567", ("phone_doubtful", {"text": "+92 1001234567"})),
        (Place(), "Gwadar", None, "Gwadar", ("not_in_list", {"text": "Gwadar"})),
        (City(), "Dubai", None, "Dubai", ("not_in_list", {"text": "Dubai"})),
        (Choice({"ceo": "CEO"}, otherwise="keep"), "Deputy", None, "Deputy", ("not_in_list", {"text": "Deputy"})),
        (Registration(), GENUINE[:-1] + "0", "CN", GENUINE[:-1] + "0", ("credit_code_check", {})),
        (Registration(), "330784000012345", "CN", "330784000012345", ("credit_code_form", {})),
        (Registration(), "12", "PK", "12", ("company_number_form", {})),
        (TaxNumber(), "12", "PK", "12", ("tax_number_form", {})),
    ],
)  # fmt: skip
def test_a_doubtful_value_is_kept_with_a_warning(
    kind: Kind, cell: Cell, country: str | None, value: object, warning: tuple[str, dict[str, Any]]
) -> None:
    assert read(kind, cell, country) == (value, [warning])


@pytest.mark.parametrize(
    ("kind", "cell", "country", "value"),
    [
        (Phone(), "0300 1234567", "PK", "+923001234567"),
        (Phone(), "+92 000 1234567", None, "+920001234567"),
        (Phone(), "+860090773577", None, "+860090773577"),
        (Phone(), "13800138000", "CN", "+8613800138000"),
        (Phone(), 13800138000, "CN", "+8613800138000"),
        (Phone(), 13800138000.0, "CN", "+8613800138000"),
        (Phone(), "13800138000.0", "CN", "+8613800138000"),
        (Phone(), "+86 138 8000 0000", "CN", "+8613880000000"),
        (Phone(), "0086 138 0013 8000", "PK", "+8613800138000"),
        (Phone(), "＋９２ ۳۰۰ ۱۲۳۴۵۶۷", None, "+923001234567"),
        (Phone(), "050 123 4567", "AE", "+971501234567"),
        (Registration(), GENUINE, "CN", GENUINE),
        (Registration(), "0012345", "PK", "0012345"),
        (Registration(), "anything", "AE", "anything"),
        (TaxNumber(), "1234567-8", "PK", "1234567-8"),
        (TaxNumber(), GENUINE, "CN", GENUINE),
        (TaxNumber(), "1234567890123", "TH", "1234567890123"),
    ],
)
def test_numbers_are_read_as_those_of_the_rows_country(
    kind: Kind, cell: Cell, country: str | None, value: object
) -> None:
    assert read(kind, cell, country) == (value, [])


@pytest.mark.parametrize("cell", [3520212345671, "3520212345671", "35202-1234567-1", "۳۵۲۰۲۱۲۳۴۵۶۷۱"])
@pytest.mark.parametrize("country", ["PK", "CN", None])
def test_the_number_of_an_identity_card_is_neither_taken_nor_repeated(cell: Cell, country: str | None) -> None:
    assert refused(TaxNumber(), cell, country) == ("identity_card", "error", {})


@pytest.mark.parametrize("kind", [Registration(), Text(), Key(), Phone()])
@pytest.mark.parametrize("cell", [913307001234567000, 9.13307001234567e17])
def test_a_number_that_lost_its_last_digits_is_left_out(kind: Kind, cell: Cell) -> None:
    assert refused(kind, cell, "CN") == ("digits_lost", "warning", {})


@pytest.mark.parametrize("cell", [8613880000000, 9.23001e11])
def test_a_telephone_number_that_was_shown_shortened_is_left_out(cell: Cell) -> None:
    assert refused(Phone(), cell, "CN") == ("digits_lost", "warning", {})


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("lahore", "lahore"),
        ("拉合尔", "lahore"),
        ("لاہور", "lahore"),
        ("لاهور", "lahore"),  # as an Arabic keyboard has it
        ("永康市", "yongkang"),
        ("Yongkang City", "yongkang"),
    ],
)
def test_a_listed_city_is_read_in_any_language_without_a_doubt(cell: str, key: str) -> None:
    assert read(City(), cell, "PK") == (key, [])
