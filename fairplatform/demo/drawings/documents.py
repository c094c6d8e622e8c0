"""The documents of a booth: a page of a catalogue as PDF, a price list as a workbook."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from ..content.text import CHINESE, ENGLISH, URDU, Text

INVENTED: Final = "Demonstration data (invented) · 演示数据（虚构） · ڈیمو ڈیٹا (فرضی)"
_PAGE: Final = (595, 842)  # A4 in points
_HEADINGS: Final = ("Product", "产品", "مصنوعات", "HS", "MOQ", "Unit", "FOB USD from", "to", "Days")
_WIDTHS: Final = (34, 22, 30, 10, 10, 8, 14, 10, 8)


class Line(NamedTuple):
    """A product in a document; prices in USD."""

    name: Text
    hs: str
    moq: int
    unit: str
    price_low: Decimal
    price_high: Decimal
    lead_days: int


def price_list(company: Text, lines: Sequence[Line]) -> bytes:
    """A workbook with a row for each product, its name in three languages."""
    book = Workbook()
    sheet = book.create_sheet("Prices", 0)
    del book[book.sheetnames[1]]
    sheet.append([" · ".join(company.values())])
    sheet.append([INVENTED])
    sheet.append(list(_HEADINGS))
    for line in lines:
        names = [line.name.get(language, "") for language in (ENGLISH, CHINESE, URDU)]
        sheet.append([*names, line.hs, line.moq, line.unit, line.price_low, line.price_high, line.lead_days])
    sheet["A1"].font = Font(bold=True, size=14)
    for cell in sheet[3]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1C5F50")
    for number, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A4"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def catalogue(company: Text, lines: Sequence[Line]) -> bytes:
    """A page in English, in the one typeface that every reader of PDF has."""
    width, height = _PAGE
    drawn = [
        f"0.110 0.373 0.314 rg 0 {height - 140} {width} 140 re f",
        "0.525 0.710 0.639 RG 1.2 w " + " ".join(_star(x, height - 24) for x in range(0, width + 40, 35)),
        _text(48, height - 88, 22, company[ENGLISH], "1 1 1", bold=True),
        _text(48, height - 114, 12, "Product catalogue", "1 1 1"),
        *(_row(height - 196 - 58 * place, line) for place, line in enumerate(lines[:10])),
        _text(48, 40, 9, "Demonstration data (invented)", "0.392 0.443 0.420"),
    ]
    return _pdf("\n".join(drawn).encode("cp1252", "replace"))


def _row(top: int, line: Line) -> str:
    soft = "0.278 0.333 0.310"
    terms = f"HS {line.hs[:4]}.{line.hs[4:]}    MOQ {line.moq:,} {line.unit}    {line.lead_days} days"
    price = f"USD {line.price_low} - {line.price_high}"
    return "\n".join(
        (
            f"0.859 0.898 0.878 RG 0.8 w 48 {top - 32} m 547 {top - 32} l S",
            _text(48, top, 13, line.name[ENGLISH], "0.090 0.129 0.122", bold=True),
            _text(48, top - 18, 10, terms, soft),
            _text(420, top, 12, price, "0.110 0.373 0.314", bold=True),
        )
    )


def _star(x: int, y: int) -> str:
    """Two squares, one turned by an eighth."""
    r, s = 16, 11
    return f"{x - s} {y - s} {2 * s} {2 * s} re S {x - r} {y} m {x} {y + r} l {x + r} {y} l {x} {y - r} l s"


def _text(x: int, y: int, size: int, said: str, colour: str, *, bold: bool = False) -> str:
    escaped = said.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F{2 if bold else 1} {size} Tf {colour} rg {x} {y} Td ({escaped}) Tj ET"


def _pdf(content: bytes) -> bytes:
    """A file of one page with this content stream (ISO 32000-1, 7.5)."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica%s/Encoding/WinAnsiEncoding>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>>>"
        % _PAGE,
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        font % b"",
        font % b"-Bold",
    )
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end
