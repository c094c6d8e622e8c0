"""The figures as CSV: in UTF-8 with its mark, by which spreadsheet programs know the encoding."""

import csv
import io

from fairplatform.files.spreadsheets import neutral, without_impossible

from ..tables import Report
from . import flat


def written(report: Report) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(flat.titles(report))
    for line in flat.lines(report):
        writer.writerow([neutral(without_impossible(cell)) if isinstance(cell, str) else str(cell) for cell in line])
    return text.getvalue().encode("utf-8-sig")
