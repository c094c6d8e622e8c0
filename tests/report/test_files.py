"""The report as a file: numbers are numbers, words are words, and the figures can be computed again from it."""

import csv
import io
import json
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, FairDay
from fairplatform.i18n.numbers import major_units
from fairplatform.report.building import build
from fairplatform.report.figure import Figure
from fairplatform.report.figures import compute
from fairplatform.report.files import WRITERS, pdf
from fairplatform.report.rows import read_rows
from fairplatform.report.tables import Report, chosen_languages, sections
from fairplatform.workbook.json_export import figures as exports
from tests.factories import NOW, make_exhibitor, make_fair, make_slots
from tests.meetings.cases import make_case, order
from tests.report.fairs import INCLUDED, agree_hiding, make_full_fair
from tests.report.second_path import Again
from tests.report.workbook_rows import records, rows_of

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("http://example.com")'


def make_report(fair: Fair, *codes: str) -> Report:
    rows = read_rows(fair, now=NOW)
    return Report(rows, compute(rows), chosen_languages(list(codes)))


def cell_value(figure: Figure) -> Any:
    """As a spreadsheet shows it: money in its major unit, a mean and a percentage with their decimals."""
    if figure.currency and figure.definition.unit == "money":
        return major_units(figure.value, figure.currency)
    return figure.value / {"hundredths": 100, "percent": 10}.get(figure.definition.unit, 1)


def test_the_workbook_read_again_and_every_figure_computed_again() -> None:
    report = make_report(make_full_fair(), "zh", "en")
    book = load_workbook(io.BytesIO(WRITERS["xlsx"](report)))
    figures = {line[0].value: line for line in book["figures"].iter_rows(min_row=2)}
    values = {key: line[5].value for key, line in figures.items()}
    assert values == {one.key: cell_value(one) for one in report.figures}
    assert {line[5].data_type for line in figures.values()} == {"n"}
    formats = ("purchases_amount_confirmed:USD", "meetings_kept_share", "satisfaction_average", "exhibitors")
    assert [figures[key][5].number_format for key in formats] == ["#,##0.00", "#,##0.0", "#,##0.00", "General"]
    assert [cell.value for cell in figures["exhibitors"][:5]] == [
        "exhibitors", report.figures[1].name("zh-hans"), "Exhibitors",
        report.figures[1].sentence("zh-hans"), "Approved companies that sell at the fair.",
    ]  # fmt: skip
    counted: dict[str, set[Any]] = defaultdict(set)
    for pair in records(book["rows"]):
        counted[pair["figure"]].add(pair["row"])
    again = Again(rows_of(book))
    scales = {"money": 100, "hundredths": 100, "percent": 10}
    found = {
        key: (round(line[5].value * scales.get(line[7].value, 1)) - INCLUDED.get(key, 0), line[8].value, counted[key])
        for key, line in figures.items()
    }
    assert found == {key: again.figure(key) for key in figures}


def test_a_converted_sum_has_its_rate_in_each_file() -> None:
    report = make_report(make_full_fair(), "en")
    key = "memoranda_amount_confirmed:CNY"
    rate = ["1 USD = 7.09 CNY", "2020-05-14", "State Bank"]
    titles, *lines = csv.reader(io.StringIO(WRITERS["csv"](report).decode("utf-8-sig")))
    [line] = [line for line in lines if line[0] == key]
    assert titles[9:13] == ["Converted into USD", "Exchange rate", "Date of the rate", "Source of the rate"]
    assert line[9:13] == ["13963.33", *rate]
    book = load_workbook(io.BytesIO(WRITERS["xlsx"](report)))
    [cells] = [line for line in book["figures"].iter_rows(values_only=True) if line[0] == key]
    assert list(cells[9:13]) == [13_963.33, *rate]
    assert json.loads(WRITERS["json"](report))["figures"][key]["converted"] == {
        "amount_minor": 1_396_333, "currency": "USD",
        "rate": {"date": "2020-05-14", "base": "USD", "quote": "CNY", "rate": "7.09", "source": "State Bank"},
    }  # fmt: skip
    [figure] = [one for one in report.figures if one.key == key]
    assert [note.text for note in pdf.notes_beside(figure, ["en"])] == ["≈ USD\N{NO-BREAK SPACE}13,963.33"]
    assert [pdf.rate_in_words(one) for one in report.rates][-1] == " · ".join(rate)


@time_machine.travel(NOW, tick=False)
def test_the_last_fair_is_beside_each_figure_in_each_file(tmp_path: Path) -> None:
    fair, before = make_fair(series="Station"), make_full_fair()
    Fair.objects.filter(pk=before.pk).update(series="Station")
    FairDay.objects.create(fair=fair, number=1, date=NOW.date() + timedelta(days=300))
    report = build(fair, chosen_languages(["en"]), now=NOW)
    of_last = {one.key: one for one in make_report(before, "en").figures}
    shared = [one.key for one in report.figures if one.key in of_last]
    assert shared == ["companies", "exhibitors", "buyers", "meetings_planned"]
    told = json.loads(WRITERS["json"](report))
    assert told["last_fair"] == before.slug
    assert {key: one["last"] for key, one in told["figures"].items()} == {
        key: {"value": of_last[key].value, "hidden": 0} for key in shared
    }
    table = {line["key"]: line for line in csv.DictReader(io.StringIO(WRITERS["csv"](report).decode("utf-8-sig")))}
    assert {key: line["Last fair"] for key, line in table.items()} == {key: str(of_last[key].value) for key in shared}
    book = load_workbook(io.BytesIO(WRITERS["xlsx"](report)))
    assert {one["key"]: one["Last fair"] for one in records(book["figures"])} == {
        key: of_last[key].value for key in shared
    }
    assert records(book["as at"])[0]["last_fair"] == before.slug
    assert exports(fair)["figures"] == {
        key: {name: value if name not in ("name", "definition") else value["en"] for name, value in one.items()}
        for key, one in told["figures"].items()
    }


def test_a_hall_of_another_name_is_not_compared() -> None:
    fairs = [make_fair(series="Station"), make_fair(series="Station")]
    for number, fair in enumerate(fairs):
        FairDay.objects.create(fair=fair, number=1, date=NOW.date() + timedelta(days=300 * (1 - number)))
        make_case(fair, make_slots(fair, number=1)[0])
    key = "planned_by_hall:1"
    fair, before = fairs
    assert build(fair, (), now=NOW).before[key].value == 1
    before.halls.update(name={"en": "Locks"})
    assert key not in build(fair, (), now=NOW).before


def test_csv_has_its_mark_and_no_formula() -> None:
    fair = make_fair()
    company = make_exhibitor(fair).company
    company.county = FORMULA
    company.save()
    content = WRITERS["csv"](make_report(fair, "en", "ur"))
    assert content.startswith("\ufeff".encode())
    titles, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert (titles[8], titles[10], len(titles), {len(line) for line in lines}) == ("hidden", "last_hidden", 16, {16})
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
    assert [pdf.notes_beside(one, ["en", "zh-hans"])[0].text for one in block.lines[0].cells if one] == [
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


def test_the_currencies_of_a_part_stand_together() -> None:
    report = make_report(make_full_fair(), "en")
    [results] = [section for section in report.sections if section.group == "results"]
    [amounts] = [block for block in results.blocks if block.definition.key == "outcomes_amount_confirmed"]
    kinds = [line.part.key for line in amounts.lines]
    assert kinds == sorted(kinds, key=kinds.index)
    assert [line.currency for line in amounts.lines if line.part.key == "intended_deal"] == ["USD", "CNY"]


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
