"""The pictures and documents of the companies: the same rows as of uploads, hundreds of them in a few statements."""

from django.db.models import OuterRef, QuerySet, Subquery

from booths.models import Attachment, Product
from fairplatform.accounts.models import Company
from fairplatform.files.kinds import DRAWING, PDF, WORKBOOK
from fairplatform.files.models import File
from fairplatform.files.storage import Stored, put, put_drawing, temporary
from fairplatform.i18n.text import Translated

from ..plan.attachments import DemoAttachment, attachments
from .rows import LoaderRun

KINDS = {"svg": DRAWING, "pdf": PDF, "xlsx": WORKBOOK}


def load_pictures(run: LoaderRun) -> None:
    """Adds those that are not there yet, and puts back drawings whose content is gone from the disk."""
    planned = attachments()
    _restore(run, planned)
    new = run.rows.missing(Attachment, planned)
    if not new:
        return
    files = [_file(run, one) for one in new]
    File.objects.bulk_create(files)
    run.rows.add(Attachment, {one.key: _attachment(run, one, file) for one, file in zip(new, files, strict=True)})
    _connect(File.objects.filter(pk__in=[file.pk for file in files]))


def _file(run: LoaderRun, planned: DemoAttachment) -> File:
    stored = _stored(planned)
    return File(
        owner_model=Attachment._meta.label_lower,
        owner_key=0,
        name=planned.name,
        sha256=stored.sha256,
        kind=KINDS[planned.name.rpartition(".")[2]],
        size=stored.size,
        uploaded_at=run.now,
    )


def _stored(planned: DemoAttachment) -> Stored:
    content = planned.content()
    if planned.is_drawing:
        return put_drawing(content)
    with temporary(content) as source:
        return put(source)


def _attachment(run: LoaderRun, planned: DemoAttachment, file: File) -> Attachment:
    return Attachment(
        company_id=run.rows.ids(Company)[planned.company],
        product_id=run.rows.ids(Product)[planned.product] if planned.product else None,
        place=planned.place,
        file=file,
        title=Translated(planned.title),
        rank=planned.rank,
    )


def _connect(files: "QuerySet[File]") -> None:
    """Each file belongs to its attachment, and a product's picture is the one of its gallery."""
    attached = Attachment.objects.filter(file=OuterRef("pk")).values("pk")
    files.update(owner_key=Subquery(attached))
    galleries = Attachment.objects.filter(file__in=files, place=Attachment.Place.GALLERY)
    covers = galleries.filter(product=OuterRef("pk")).values("file")[:1]
    Product.objects.filter(attachments__in=galleries).update(picture=Subquery(covers))


def _restore(run: LoaderRun, planned: tuple[DemoAttachment, ...]) -> None:
    keys = {pk: key for key, pk in run.rows.ids(Attachment).items()}
    drawings = {one.key: one for one in planned if one.is_drawing}
    shown = Attachment.objects.filter(pk__in=keys, file__kind=DRAWING).select_related("file")
    for attachment in shown:
        drawing = drawings.get(keys[attachment.pk])
        if drawing and not _is_whole(attachment.file):
            put_drawing(drawing.content())


def _is_whole(file: File) -> bool:
    return file.path.is_file() and file.path.stat().st_size == file.size
