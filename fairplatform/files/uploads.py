"""Uploads that arrive in parts: begun, received, given up, and taken in when they are whole."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Company, User
from fairplatform.errors import Refused
from fairplatform.policy import load

from .contents import NOBODY, Content, disk_failures_refused, take_in
from .kinds import Accepted, check_name, check_size
from .models import Upload
from .models.upload import NAME_LENGTH
from .storage import copied, write_part

MOST_PART = 4 * 1024 * 1024  # bytes of one part
MOST_AT_ONCE = 8  # of one person


class Declared(NamedTuple):
    """What the sender says of a file: nothing of it is believed for longer than it takes to arrive."""

    name: str
    size: int
    modified: int


def begin(
    actor: Actor,
    *,
    company: Company | None,
    purpose: str,
    accepted: Accepted,
    declared: Declared,
    room: int = 0,
    now: datetime,
) -> Upload:
    """A new upload, or the one of the same file that was cut off.

    `company`: whose file it will be; None: of no company, as a fair's workbook is. `room`: the bytes the company may
    still store. Raises Refused: "file_name", "file_empty", "file_large", "uploads_many" or "company_full".
    """
    check_name(declared.name)
    check_size(declared.size, accepted)
    same = declared._replace(name=declared.name[-NAME_LENGTH:])._asdict()
    with transaction.atomic():
        # Two that begin at once must not both take the last place.
        if company:
            Company.objects.select_for_update().get(pk=company.pk)
        else:
            User.objects.select_for_update().get(pk=actor.user.pk)
        own = Upload.objects.visible_to(actor.person)
        if begun := own.filter(company=company, purpose=purpose, **same).first():
            return begun
        if own.count() >= MOST_AT_ONCE:
            raise Refused("uploads_many", limit=MOST_AT_ONCE)
        if company:
            _check_room(company, declared.size, room)
        on_behalf = company is None or not actor.person.positions.filter(company=company).exists()
        new = {"user": actor.person, "company": company, "purpose": purpose, "on_behalf": on_behalf, **same}
        return Upload.objects.create(**new, touched_at=now)


def _check_room(company: Company, size: int, room: int) -> None:
    expected: int = Upload.objects.taking_room().filter(company=company).aggregate(all=Sum("size"))["all"] or 0
    if expected + size > room:
        raise Refused("company_full")


def receive(actor: Actor, *, upload: UUID, offset: int, part: bytes, now: datetime) -> int:
    """Adds the bytes that follow what has arrived, and returns how many have arrived; a repeated part changes nothing.

    Raises Refused("upload_gap") with the offset that is expected, "upload_longer" for more than was declared, and
    "unavailable" when the disk is full or fails.
    """
    begun = load(Upload, actor, "upload.send", pk=upload)
    end = offset + len(part)
    if len(part) > MOST_PART or end > begun.size:
        raise Refused("upload_longer")
    if not 0 <= offset <= begun.received:
        raise Refused("upload_gap", received=begun.received)
    if end > begun.received:
        # Outside of a transaction: another tab that sends the same file writes the same bytes to the same place.
        with disk_failures_refused():
            write_part(begun.path, part, offset)
        Upload.objects.filter(pk=upload, received__lt=end).update(received=end, touched_at=now)
    return max(end, begun.received)


@transaction.atomic
def give_up(actor: Actor, *, upload: UUID) -> None:
    """Removes the upload and its bytes."""
    load(Upload, actor, "upload.send", lock=True, pk=upload).delete()


def taken_in(upload: Upload, accepted: Accepted) -> Content:
    """The content of a whole upload, stored. What is refused for what it is, is removed: nothing of it stays.

    Raises Refused("upload_unfinished"), or what `take_in` raises.
    """
    if not upload.is_whole:
        raise Refused("upload_unfinished")
    try:
        # Of a copy: another tab that sends the same file may write to it still, between a check and what is stored.
        with disk_failures_refused(), copied(upload.path) as source:
            return take_in(source, accepted, upload.company_id or NOBODY)
    except Refused as refused:
        if refused.code not in ("unavailable", "pictures_waiting"):
            upload.delete()
        raise
