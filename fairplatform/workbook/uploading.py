"""A fair's workbook that is sent in parts: it may be larger than the form of a page."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from fairplatform.accounts.actor import Actor
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.files import uploads
from fairplatform.files.contents import disk_failures_refused
from fairplatform.files.kinds import WORKBOOKS, Accepted, check_workbook
from fairplatform.files.models import Upload
from fairplatform.files.uploads import Declared
from fairplatform.policy import check, load

from .actions import upload_workbook
from .models import WorkbookImport

# Of 72,000 products, 25,000 people and 3,500 companies with texts in three languages it has half of that.
LARGEST = Accepted(32, WORKBOOKS, pictures=False, documents=True)


def begin_workbook(actor: Actor, *, fair: Fair, declared: Declared, now: datetime) -> Upload:
    """Raises what `uploads.begin` raises."""
    check(actor, "fair.organise", fair)
    return uploads.begin(actor, company=None, purpose=_purpose(fair), accepted=LARGEST, declared=declared, now=now)


def own_upload(actor: Actor, fair: Fair, upload: UUID) -> Upload:
    """Raises Refused("not_found") for what goes elsewhere."""
    check(actor, "fair.organise", fair)
    sent = load(Upload, actor, "upload.send", pk=upload)
    if sent.purpose != _purpose(fair):
        raise Refused("not_found")
    return sent


def finish_workbook(actor: Actor, *, fair: Fair, upload: UUID, now: datetime) -> WorkbookImport:
    """Starts the process that checks what has arrived. What is refused for what it is, is removed.

    Raises Refused("not_found") for what goes elsewhere, "upload_unfinished", or what `upload_workbook` raises.
    """
    whole = own_upload(actor, fair, upload)
    if not whole.is_whole:
        raise Refused("upload_unfinished")
    with disk_failures_refused():
        content = whole.path.read_bytes()
    try:
        with transaction.atomic():
            # Of two tabs that finish it at once, one does.
            uploads.give_up(actor, upload=upload)
            kind_of = partial(check_workbook, accepted=LARGEST)
            return upload_workbook(actor, fair=fair, name=whole.name, content=content, now=now, kind_of=kind_of)
    except Refused as refused:
        if refused.code in ("file_kind", "file_large"):
            whole.delete()
        raise


def _purpose(fair: Fair) -> str:
    return f"workbook {fair.pk}"
