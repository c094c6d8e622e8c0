"""Every file of a demonstration fair says that its data are invented; one of a fair that is real says nothing of it."""

import csv
import io
import json
import unicodedata

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from fairplatform.fairs.models import Fair
from fairplatform.report.briefs import pdf as brief_pdf
from fairplatform.report.briefs.queries import read_brief
from fairplatform.report.figures import compute
from fairplatform.report.files import WRITERS
from fairplatform.report.rows import read_rows
from fairplatform.report.tables import Report, chosen_languages
from fairplatform.workbook.json_export import figures
from tests.factories import NOW, make_fair, make_slots
from tests.report.workbook_rows import records

pytestmark = pytest.mark.django_db
MARKS = {"en": "demo data (fictitious)", "zh": "演示数据（虚构）"}


@pytest.fixture(params=[True, False], ids=["demo", "real"])
def fair(request: pytest.FixtureRequest) -> Fair:
    fair = make_fair()
    make_slots(fair, number=1)
    Fair.objects.filter(pk=fair.pk).update(is_demo=request.param)
    fair.refresh_from_db()
    return fair


def report_of(fair: Fair) -> Report:
    rows = read_rows(fair, now=NOW)
    return Report(rows, compute(rows), chosen_languages(list(MARKS)))


def shows(content: bytes) -> dict[str, bool]:
    """Which marks are in a PDF."""
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    plain = unicodedata.normalize("NFKC", "".join(text.split()))
    return {code: unicodedata.normalize("NFKC", "".join(mark.split())) in plain for code, mark in MARKS.items()}


def test_the_report_and_the_brief_on_paper(fair: Fair) -> None:
    brief = read_brief(fair, NOW.date(), now=NOW)
    papers = (WRITERS["pdf"](report_of(fair)), brief_pdf.written(brief, chosen_languages(list(MARKS))))
    assert [shows(paper) for paper in papers] == [dict.fromkeys(MARKS, fair.is_demo)] * 2


def test_each_line_of_the_tables(fair: Fair) -> None:
    report, mark = report_of(fair), " / ".join(MARKS.values()) if fair.is_demo else ""
    table = list(csv.DictReader(io.StringIO(WRITERS["csv"](report).decode("utf-8-sig"))))
    assert {line["demo"] for line in table} == {mark}
    book = load_workbook(io.BytesIO(WRITERS["xlsx"](report)))
    found = [*records(book["figures"]), *records(book["as at"])]
    assert {line["demo"] or "" for line in found} == {mark}


def test_json(fair: Fair) -> None:
    assert [json.loads(WRITERS["json"](report_of(fair)))["demo"], figures(fair)["demo"]] == [fair.is_demo] * 2
