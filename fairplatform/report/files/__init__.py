"""The report as a file: a workbook, CSV, JSON, or PDF."""

from collections.abc import Callable

from ..tables import Report
from . import csv_file, json_file, pdf, xlsx

WRITERS: dict[str, Callable[[Report], bytes]] = {
    "xlsx": xlsx.written,
    "csv": csv_file.written,
    "json": json_file.written,
    "pdf": pdf.written,
}
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
}
