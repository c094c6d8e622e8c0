"""Checks what an upload is by its content, not by its name."""

import unicodedata
import zipfile
from pathlib import Path
from typing import NamedTuple

from fairplatform.errors import Refused

MAX_BYTES = 8 * 1024 * 1024
MAX_MEGABYTES = MAX_BYTES // 1024**2  # as people read it
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OLD_WORKBOOK = "application/vnd.ms-excel"
PDF, WEBP = "application/pdf", "image/webp"
DRAWING = "image/svg+xml"  # of the program itself, never an upload
MOST_PARTS = 2000  # of a workbook's archive
MOST_UNPACKED = 512 * 1024 * 1024  # bytes of all its parts
ZIP_ENTRY = b"PK\x01\x02"  # before each entry of an archive's list of parts
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
# Of the names that documents are saved under: a PDF that is named as a program or a page is opened as one.
ENDINGS = {PDF: ".pdf", WORKBOOK: ".xlsx"}
# What people may upload, as they know it.
WORKBOOKS, LISTS = ".xlsx", ".xlsx, .xls, .csv"
# Marks that make a name read as another one than it is, as in “invoice[U+202E]fdp.exe”.
REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Accepted(NamedTuple):
    """What may be uploaded to a place: the largest, in MB, and the kinds as people know them."""

    megabytes: int
    kinds: str
    pictures: bool
    documents: bool
    workbooks: bool = True  # among the documents

    @property
    def bytes(self) -> int:
        return self.megabytes * 1024**2

    @property
    def proposed(self) -> str:
        """Media types and ends of names, which the browser's own window proposes."""
        documents = ".pdf,.xlsx" if self.workbooks else ".pdf"
        proposed = {"image/jpeg,image/png,image/webp": self.pictures, documents: self.documents}
        return ",".join(kinds for kinds, is_accepted in proposed.items() if is_accepted)


PICTURES = Accepted(20, "JPEG, PNG, WebP", pictures=True, documents=False)
DOCUMENTS = Accepted(50, "PDF, .xlsx", pictures=False, documents=True)
ANY = Accepted(MAX_MEGABYTES, "JPEG, PNG, WebP, PDF, .xlsx", pictures=True, documents=True)
SCANS = Accepted(MAX_MEGABYTES, "PDF, JPEG, PNG, WebP", pictures=True, documents=True, workbooks=False)


def check_size(size: int, accepted: Accepted) -> None:
    """Raises Refused("file_empty") or Refused("file_large")."""
    if size <= 0:
        raise Refused("file_empty")
    if size > accepted.bytes:
        raise Refused("file_large", megabytes=accepted.megabytes)


def check_name(name: str) -> None:
    """Raises Refused("file_name") for a path, and for characters that nobody types into a name."""
    wrong = any(c in REORDERING or c in "/\\" or unicodedata.category(c) in ("Cc", "Cs") for c in name)
    if wrong or not name.strip(" ."):
        raise Refused("file_name")


def document_kind(path: Path, accepted: Accepted) -> str | None:
    """The media type of a PDF or of an Excel workbook without macros; None if it is neither.

    Raises Refused("file_kind") for another archive, and Refused("file_two_in_one") for what is an archive besides.
    """
    with path.open("rb") as source:
        head = source.read(8)
    if head.startswith(ZIP):
        _check_workbook_parts(path, accepted)
        return WORKBOOK
    if zipfile.is_zipfile(path):
        raise Refused("file_two_in_one")
    return PDF if head.startswith(b"%PDF-") else None


def _check_workbook_parts(path: Path, accepted: Accepted) -> None:
    _check_parts(path.read_bytes(), accepted.kinds)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as broken:
        raise Refused("file_kind", kinds=accepted.kinds) from broken
    names = {part.filename for part in parts}
    is_workbook = "xl/workbook.xml" in names and not any(name.endswith("vbaProject.bin") for name in names)
    if not is_workbook or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("file_kind", kinds=accepted.kinds)


def check_workbook(content: bytes, accepted: Accepted = ANY) -> str:
    """The media type of what a spreadsheet program may have saved, also with macros, a password or in another format.

    What is to be done about it is said when it is read. Raises what `check_size` raises, else "file_kind".
    """
    check_size(len(content), accepted)
    if not content.startswith((ZIP, OLD_OFFICE)):
        raise Refused("file_kind", kinds=WORKBOOKS)
    _check_parts(content, WORKBOOKS)
    return WORKBOOK if content.startswith(ZIP) else OLD_WORKBOOK


def check_list(content: bytes) -> str:
    """The media type of what lists are kept in: what `check_workbook` accepts, and text.

    Whether there is a list in it is seen when it is read. Raises Refused as that does.
    """
    check_size(len(content), ANY)
    if content.startswith((ZIP, OLD_OFFICE)):
        return check_workbook(content)
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # UTF-16, whose text has zeros
    if (b"\0" in content and not is_wide) or content.startswith(b"%PDF-"):
        raise Refused("file_kind", kinds=LISTS)
    return "text/csv"


def _check_parts(content: bytes, kinds: str) -> None:
    """Before a list of them is read: one of 155,000 names fits into 8 MB, and takes seconds."""
    if content.count(ZIP_ENTRY) > MOST_PARTS:
        raise Refused("file_kind", kinds=kinds)
