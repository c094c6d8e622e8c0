"""What an organiser does on the pages of a unit's list; the process of the import works in the test's own."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fairplatform.fairs.models import RecruitingUnit
from fairplatform.workbook.models import WorkbookImport
from tests.office.uploads import address, worked


def uploaded(office: Client, unit: RecruitingUnit, content: bytes, name: str = "list.xls") -> WorkbookImport:
    """An upload whose process has shown its beginning."""
    page = office.post(
        f"/fairs/{unit.fair.slug}/organise/import/list/", {"unit": unit.pk, "file": SimpleUploadedFile(name, content)}
    )
    assert page.status_code == 302, page.text
    return worked(WorkbookImport.objects.latest("pk"))


def proposed(office: Client, one: WorkbookImport) -> dict[str, Any]:
    """What the page of the columns would send if nobody changed anything."""
    context = office.get(address(one, "columns/")).context
    fields = {column.field.name: column.field.value() for column in context["columns"]}
    return {"sheet": context["place"]["sheet"].value(), "header": context["titles_row"], **fields}


def checked(office: Client, one: WorkbookImport, **given: str) -> WorkbookImport:
    """After its columns were said to be as proposed, but for what is given."""
    page = office.post(address(one, "columns/"), {**proposed(office, one), **given})
    assert page.status_code == 302, page.text
    return worked(one)


def stored(office: Client, one: WorkbookImport) -> WorkbookImport:
    office.post(address(one, "store/"))
    return worked(one)
