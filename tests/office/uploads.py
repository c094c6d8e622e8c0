"""What the tests of uploaded files do: work through an import as its process would, and find its pages."""

from fairplatform.workbook.models import WorkbookImport
from fairplatform.workbook.working import work


def worked(one: WorkbookImport) -> WorkbookImport:
    work(WorkbookImport.objects.select_related("fair").get(pk=one.pk))
    return WorkbookImport.objects.get(pk=one.pk)


def address(one: WorkbookImport, page: str = "") -> str:
    return f"/fairs/{one.fair.slug}/organise/import/{one.pk}/{page}"
