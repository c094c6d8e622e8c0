"""The report as a file: numbers are numbers, words are words, and the figures can be computed again from it."""

import csv
import io
import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.i18n.numbers import major_units
from fairplatform.report.figures import compute
from fairplatform.report.files import WRITERS, pdf
from fairplatform.report.rows import read_rows
from fairplatform.report.tables import Report, chosen_languages, sections
from tests.factories import NOW, make_exhibitor, make_fair, make_slots
from tests.meetings.cases import make_case, order
from tests.report.fairs import INCLUDED, agree_hiding, make_full_fair
from tests.report.second_path import KINDS

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("http://example.com")'


def make_report(fair: Fair, *codes: str) -> Report:
    rows = read_rows(fair, now=NOW)
    return Report(rows, compute(rows), chosen_languages(list(codes)))


def records(sheet: Any) -> list[dict[str, Any]]:
    titles, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(titles, line, strict=True)) for line in lines]


def test_the_workbook_read_again_and_computed_again() -> None:
    report = make_report(make_full_fair(), "zh", "en")
    book = load_workbook(io.BytesIO(WRITERS["xlsx"](report)))
    figures = {line[0].value: line for line in book["figures"].iter_rows(min_row=2)}
    values = {key: line[5].value for key, line in figures.items()}
    assert values == {
        one.key: major_units(one.value, one.currency)
        if one.currency
        else one.value / 100
        if one.definition.unit == "hundredths"
        else one.value
        for one in report.figures
    }
    assert {line[5].data_type for line in figures.values()} == {"n"}
    assert figures["purchases_amount_confirmed:USD"][5].number_format == "#,##0.00"
    assert [cell.value for cell in figures["exhibitors"][:5]] == [
        "exhibitors", report.figures[1].name("zh-hans"), "Exhibitors",
        report.figures[1].sentence("zh-hans"), "Approved companies that sell at the fair.",
    ]  # fmt: skip
    counted: dict[str, set[Any]] = defaultdict(set)
    for pair in records(book["rows"]):
        counted[pair["figure"]].add(pair["row"])
    numbers = {one.key: one.value for one in report.figures if one.definition.unit == "number" and one.value}
    assert {key: len(counted[key]) for key in numbers} == numbers
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for meeting in records(book["meetings"]):
        if meeting["agreed_demand"] and meeting["agreed_amount"] == 40_000:
            continue  # the smaller of two deals that answer one demand
        for name, kinds in KINDS.items():
            if meeting["agreed_kind"] in kinds and meeting["agreed_currency"]:
                # Without an amount, for a party hides it.
                sums[f"{name}_amount_confirmed:{meeting['agreed_currency']}"] += Decimal(meeting["agreed_amount"] or 0)
    for key, included in INCLUDED.items():
        sums[key] += Decimal(included).scaleb(-2)
    assert {key: Decimal(str(value)) for key, value in values.items() if "amount_confirmed" in key} == sums
    assert {key: line[8].value for key, line in figures.items()} == {one.key: one.hidden for one in report.figures}


def test_csv_has_its_mark_and_no_formula() -> None:
    fair = make_fair()
    company = make_exhibitor(fair).company
    company.county = FORMULA
    company.save()
    content = WRITERS["csv"](make_report(fair, "en", "ur"))
    assert content.startswith("\ufeff".encode())
    titles, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert (titles[-1], len(titles), {len(line) for line in lines}) == ("hidden", 9, {9})
    [county] = [line for line in lines if line[0].startswith("exhibitors_by_county")]
    assert county[1] == f"Exhibitors by county: {FORMULA}"
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "@"))]
    book = load_workbook(io.BytesIO(WRITERS["xlsx"](make_report(fair, "en"))))
    [raw] = records(book["companies"])
    assert raw["county"] == f"'{FORMULA}"


def test_no_file_tells_an_amount_that_a_party_hides() -> None:
    """The only order of the fair in its currency, and beside it nothing."""
    fair = make_fair()
    agree_hiding(make_case(fair, make_slots(fair, number=1)[0]), order(7_654_321))
    report = make_report(fair, "en", "zh")
    found = json.loads(WRITERS["json"](report))
    [concluded] = [one for key, one in found["figures"].items() if key.startswith("concluded_amount")]
    assert (concluded["value"], concluded["hidden"], len(concluded["rows"])) == (0, 1, 1)
    table = list(csv.DictReader(io.StringIO(WRITERS["csv"](report).decode("utf-8-sig"))))
    [line] = [line for line in table if line["key"].startswith("concluded_amount")]
    assert (list(line.values())[5], line["hidden"]) == ("0.00", "1")
    for content in (WRITERS["json"](report), WRITERS["csv"](report)):
        assert not [said for said in (b"7654321", b"76543.21", b"76,543.21") if said in content]
    book = load_workbook(io.BytesIO(WRITERS["xlsx"](report)))
    cells = [cell for sheet in book for line in sheet.iter_rows(values_only=True) for cell in line]
    assert not [cell for cell in cells if cell in (7_654_321, 76_543.21)]
    [block] = [
        block for section in report.sections for block in section.blocks
        if block.definition.key == "concluded_amount_confirmed"
    ]  # fmt: skip
    assert [pdf.hidden_beside(one, ["en", "zh-hans"])[0] for one in block.lines[0].cells if one] == [
        "and 1 amount that is hidden"
    ]
    assert WRITERS["pdf"](report).startswith(b"%PDF")


def test_json_names_each_figure_in_the_languages_of_the_report() -> None:
    found = json.loads(WRITERS["json"](make_report(make_full_fair(), "ur", "zh")))
    planned = found["figures"]["meetings_planned"]
    assert (list(planned["name"]), list(planned["definition"])) == (["ur", "zh"], ["ur", "zh"])
    assert planned["value"] == len(planned["rows"]) == len(found["rows"]["meetings"]) - 1


@pytest.mark.parametrize("codes", [("zh", "en"), ("en", "ur"), ("ur", "zh"), ("ur",)])
def test_pdf_in_any_two_languages(codes: tuple[str, ...]) -> None:
    assert WRITERS["pdf"](make_report(make_full_fair(), *codes)).startswith(b"%PDF")


def test_a_missing_font_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    fair = make_fair(name={"en": "Yongkang Fair"})
    monkeypatch.setattr(pdf, "installed", lambda: frozenset({"DejaVu Sans"}))
    assert WRITERS["pdf"](make_report(fair, "en")).startswith(b"%PDF")
    company = make_exhibitor(fair).company
    company.prefecture = "金华"
    company.save()
    with pytest.raises(Refused) as refused:
        WRITERS["pdf"](make_report(fair, "en"))
    assert refused.value.code == "font_missing"
    assert "Noto Sans CJK SC" in refused.value.sentence


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("Café de l’Orient, Łódź", ""),
        ("한국 무역", "국무역한 (Hangul)"),
        ("かな", "かな (Hiragana)"),
        ("Pumps 한 カ", "カ (Katakana), 한 (Hangul)"),
        ("𠮷", "𠮷 (Han)"),
    ],
)
def test_letters_that_no_font_has_are_named_in_whatever_script(
    monkeypatch: pytest.MonkeyPatch, name: str, missing: str
) -> None:
    report = make_report(make_fair(name={"en": name}), "en")
    assert WRITERS["pdf"](report).startswith(b"%PDF")  # some font of this computer has them
    monkeypatch.setattr(pdf, "installed", lambda: frozenset({"DejaVu Sans"}))
    if not missing:
        assert WRITERS["pdf"](report).startswith(b"%PDF")
        return
    with pytest.raises(Refused) as refused:
        WRITERS["pdf"](report)
    assert (refused.value.code, f"boxes: {missing}. Install" in refused.value.sentence) == ("letters_missing", True)


def test_both_statuses_stand_beside_each_other() -> None:
    report = make_report(make_full_fair(), "en")
    [results] = [section for section in sections(report.figures) if section.group == "results"]
    [purchases] = [block for block in results.blocks if block.definition.key == "purchases_amount_confirmed"]
    assert [status.value for status in purchases.columns] == ["confirmed", "one_side"]
    assert [(line.currency, [one and one.value for one in line.cells]) for line in purchases.lines] == [
        ("PKR", [500_000, None]), ("USD", [8_150_000, 120_000]), ("CNY", [None, 700_000]),
    ]  # fmt: skip
    shown = [
        one for section in report.sections for block in section.blocks for line in block.lines for one in line.cells
    ]
    assert sorted(one.key for one in shown if one) == sorted(one.key for one in report.figures)


@time_machine.travel(NOW, tick=False)
def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fair = make_fair()
    for form in WRITERS:
        out = tmp_path / f"report.{form}"
        call_command("report", fair.slug, "--out", str(out), "--lang", "zh", "--lang", "en", "--json")
        assert json.loads(capsys.readouterr().out) == {"written": str(out), "figures": 4}
        assert out.stat().st_size
    assert (tmp_path / "report.json").read_bytes() == WRITERS["json"](make_report(fair, "zh", "en"))
    for wrong in (("--out", "report.doc"), ("--out", "report.csv", "--lang", "zh", "--lang", "zh")):
        with pytest.raises(CommandError):
            call_command("report", fair.slug, *wrong)
