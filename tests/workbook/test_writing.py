"""What is written is read back unchanged."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fairplatform.workbook
from fairplatform.files.spreadsheets import neutral
from fairplatform.workbook.cells import plain
from fairplatform.workbook.kinds import (
    Choice,
    Choices,
    Country,
    Currency,
    Date,
    DateTime,
    DecimalNumber,
    Hs,
    HsList,
    Integer,
    Kind,
    LanguagePairs,
    Languages,
    Pauses,
    Price,
    Reference,
    References,
    Text,
    Texts,
    Time,
    Weekdays,
    YesNo,
    Zone,
)
from fairplatform.workbook.reading import CLEAR, read
from fairplatform.workbook.sheets import SHEETS
from fairplatform.workbook.writing import write, write_template
from tests.sizes import full

EXAMPLES = tomllib.loads(
    (Path(fairplatform.workbook.__file__).parent / "examples.toml").read_text(), parse_float=Decimal
)

LETTERS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=30)
WORDS = st.lists(LETTERS, min_size=1, max_size=3).map(" ".join).filter(lambda text: neutral(text) != "(none)")
SINGLE = LETTERS.filter(lambda text: not set(text) & set(";；؛"))
CLOCKS = st.times(timezones=st.none()).map(lambda one: one.replace(second=0, microsecond=0))
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(lambda one: one.replace(second=0, microsecond=0))


def unique(values: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(values, min_size=1, max_size=4, unique=True)


def pauses() -> st.SearchStrategy[list[dict[str, str]]]:
    times = st.lists(CLOCKS, min_size=2, max_size=2, unique=True).map(sorted)
    one = st.builds(
        lambda span, name: {"starts": f"{span[0]:%H:%M}", "ends": f"{span[1]:%H:%M}", "name": name},
        times,
        st.sampled_from(["Lunch", "午餐", "نماز", ""]),
    )
    several = st.lists(one, min_size=1, max_size=3, unique_by=str)
    return several.map(lambda pauses: sorted(pauses, key=itemgetter("starts", "ends")))


def values(kind: Kind) -> st.SearchStrategy[object]:
    """Values as `read` gives them, of the kinds whose values are free."""
    strategies: Mapping[type[Kind], st.SearchStrategy[object]] = {
        Text: WORDS,
        Reference: SINGLE,
        Texts: unique(SINGLE),
        References: unique(SINGLE),
        YesNo: st.booleans(),
        Price: st.decimals(1, 10**12 - 1, places=4),
        Date: st.dates(date(1990, 1, 1), date(2100, 1, 1)),
        Time: CLOCKS,
        DateTime: MOMENTS,
        Weekdays: st.lists(st.integers(1, 7), min_size=1, unique=True).map(sorted),
        Pauses: pauses(),
        Country: st.sampled_from(["CN", "PK", "AE", "DE"]),
        Currency: st.sampled_from(["USD", "CNY", "PKR"]),
        Zone: st.sampled_from(["Asia/Karachi", "Asia/Dubai", "America/Argentina/Ushuaia"]),
        Languages: unique(st.sampled_from(["zh", "ur", "en", "zh-Hans"])),
        LanguagePairs: unique(st.sampled_from(["zh-ur", "zh-en", "ar-en"])),
        Hs: st.sampled_from(["83", "8301", "830110", "0102", "8301100090"]),
        HsList: unique(st.sampled_from(["83", "8301", "830110", "0102"])),
    }
    if isinstance(kind, Integer):
        return st.integers(kind.least, kind.most)
    if isinstance(kind, DecimalNumber):
        return st.decimals(1, min(kind.limit - 1, 10**12), places=min(kind.places or 4, 4))
    if isinstance(kind, Choices):
        return unique(st.sampled_from(kind.choices()))
    if isinstance(kind, Choice):
        return st.sampled_from(kind.choices())
    return strategies.get(type(kind), st.nothing())


def rows() -> st.SearchStrategy[dict[str, dict[str, object]]]:
    """A row of every sheet, with a value or CLEAR in every column whose values are free."""
    return st.fixed_dictionaries(
        {
            sheet.key: st.fixed_dictionaries(
                {
                    column.key: fitting(column.kind) | st.just(CLEAR)
                    for column in sheet.columns
                    if not values(column.kind).is_empty
                }
            )
            for sheet in SHEETS.values()
        }
    )


def fitting(kind: Kind) -> st.SearchStrategy[object]:
    if not isinstance(kind, Text):
        return values(kind)
    return values(kind).map(lambda text: text[: kind.longest].strip() or "x" if isinstance(text, str) else text)


@settings(max_examples=full(200, small=4), suppress_health_check=list(HealthCheck))
@given(rows())
def test_every_value_is_read_as_it_was_written(written: dict[str, dict[str, object]]) -> None:
    with TemporaryDirectory() as folder:
        write(Path(folder) / "fair.xlsx", {sheet: [row] for sheet, row in written.items()})
        workbook = read(Path(folder) / "fair.xlsx")
    assert {sheet: row.values for sheet, [row] in workbook.rows.items()} == written


def test_text_that_begins_like_a_formula_cannot_start_one(tmp_path: Path) -> None:
    texts = {
        "=1+1": "'=1+1", "@SUM(A1)": "'@SUM(A1)", "+cmd|' /C calc'!A0": "'+cmd|' /C calc'!A0", "-2+3+cmd": "'-2+3+cmd",
        "- a": "'- a", "'=1+1": "''=1+1", "''=1+1": "'''=1+1", "'quoted'": "'quoted'", "'": "'", "+92 300": "+92 300",
    }  # fmt: skip
    halls = [{"number": number, "name_en": text} for number, text in enumerate(texts, 1)]
    write(tmp_path / "fair.xlsx", {"halls": halls})
    cells = openpyxl.load_workbook(tmp_path / "fair.xlsx")["halls"]["B"][2:]
    assert [(cell.value, cell.data_type) for cell in cells] == [(written, "s") for written in texts.values()]
    assert [row.values for row in read(tmp_path / "fair.xlsx").rows["halls"]] == halls


@given(WORDS)
def test_a_neutral_text_is_undone(text: str) -> None:
    assert plain(neutral(text), lambda code: None) == text


@pytest.mark.parametrize("language", ["en", "zh-hans", "ur"])
def test_the_template_can_be_stored_as_it_is(tmp_path: Path, language: str) -> None:
    with override(language):
        write_template(tmp_path / "template.xlsx")
    workbook = read(tmp_path / "template.xlsx")
    assert workbook.findings == []
    assert {sheet: [row.values for row in rows] for sheet, rows in workbook.rows.items()} == EXAMPLES
    assert [len(rows) for sheet, rows in EXAMPLES.items() if sheet != "fair"] == [2] * 6 + [3] + [2] * 9


def test_the_template_explains_itself(tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx")
    book = openpyxl.load_workbook(tmp_path / "template.xlsx")
    assert book.sheetnames == list(SHEETS)
    page = book["days"]
    assert [cell.value for cell in page[2]] == [column.key for column in SHEETS["days"].columns]
    assert page.row_dimensions[2].hidden
    assert page.cell(1, 1).comment is not None
    assert page.cell(1, 1).comment.text == (
        "Date: A date: YYYY-MM-DD. Needed.\n日期: 日期：YYYY-MM-DD。 必填。\nتاریخ: تاریخ: YYYY-MM-DD۔ لازمی۔"
    )
    offers = {str(offer.sqref): offer.formula1 for offer in book["bodies"].data_validations.dataValidation}
    assert offers == {"A3:A5000": '"host,executing,co_organising,supporting"'}


def test_numbers_and_times_are_cells_of_their_own_kind(tmp_path: Path) -> None:
    write(tmp_path / "fair.xlsx", {"days": [{"date": date(2026, 5, 12), "starts": time(9, 30), "reserve_slots": 2}]})
    row = openpyxl.load_workbook(tmp_path / "fair.xlsx")["days"][3]
    assert [cell.value for cell in row][:2] == [datetime(2026, 5, 12), time(9, 30)]
    assert [cell.number_format for cell in row][:2] == ["yyyy-mm-dd", "hh:mm"]
