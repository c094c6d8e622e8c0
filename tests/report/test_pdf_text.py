"""What stands in the report as PDF, read out of the file again: each figure, in the letters of each language."""

import io
import unicodedata

import pytest
from pypdf import PdfReader

from fairplatform.report.figures import compute
from fairplatform.report.files import WRITERS
from fairplatform.report.rows import read_rows
from fairplatform.report.tables import Report, chosen_languages, value_in_words
from tests.factories import NOW
from tests.report.fairs import make_full_fair

pytestmark = pytest.mark.django_db
SCRIPTS = {"en": "LATIN", "zh": "CJK", "ur": "ARABIC"}
# Nastaliq draws these as another letter and a mark, and a file names each drawing by one letter alone.
DRAWN_AS = {"ز": "ر", "ڑ": "ر", "ذ": "د", "ڈ": "د", "ؤ": "و", "ں": "ن"}


def text_of(content: bytes) -> str:
    """In one line: how lines break is the layout's."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    return unicodedata.normalize("NFKC", " ".join(" ".join(pages).split()))


def letters(text: str, script: str) -> set[str]:
    return {one for one in text if unicodedata.category(one).startswith("L") and script in unicodedata.name(one, "")}


@pytest.mark.parametrize("codes", [("zh", "en"), ("en", "ur"), ("ur", "zh")])
def test_each_figure_is_in_the_pdf_in_the_letters_of_both_languages(codes: tuple[str, ...]) -> None:
    rows = read_rows(make_full_fair(), now=NOW)
    report = Report(rows, compute(rows), chosen_languages(list(codes)))
    text = text_of(WRITERS["pdf"](report))
    shown = {value_in_words(one).replace("\N{NO-BREAK SPACE}", " ") for one in report.figures}
    assert {value for value in shown if value.isascii() and value not in text} == set()
    converted = {
        str(one.conversion.converted).replace("\N{NO-BREAK SPACE}", " ") for one in report.figures if one.conversion
    }
    assert {value for value in converted if f"≈ {value}" not in text} == set()
    assert "1 USD = 7.09 CNY" in text
    for code, language in zip(codes, report.languages, strict=True):
        titles = "".join(f"{one.name(language)} {one.sentence(language)}" for one in report.figures)
        wanted = letters(unicodedata.normalize("NFKC", titles), SCRIPTS[code])
        missing = wanted - letters(text, SCRIPTS[code])
        assert missing <= DRAWN_AS.keys()
        assert {DRAWN_AS[one] for one in missing} <= letters(text, SCRIPTS[code])
