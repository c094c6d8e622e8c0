"""Scans of the signed and chopped pages: added to an agreement, and taken away where a wrong page was sent."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from fairplatform.accounts.actor import Actor
from fairplatform.errors import Refused
from fairplatform.files.actions import add_file, give
from fairplatform.files.contents import take_in
from fairplatform.files.kinds import SCANS
from fairplatform.files.models import File
from fairplatform.files.storage import temporary
from fairplatform.policy import load

from .actions import PERMISSION, correct, drop_scan
from .content import Content
from .models import Entry, Scan

MOST_SCANS = 20


def scans_of(entry: Entry) -> QuerySet[Scan]:
    """Those of its agreement, which its newest entry has."""
    return Scan.objects.filter(fair=entry.fair_id, key=entry.key).select_related("file")


def add_scan(actor: Actor, *, entry: int, name: str, content: bytes, now: datetime) -> Entry:
    """The entry that has the file's digest besides; the same file again adds nothing.

    Raises Refused: place_full, what `take_in` raises for what is no PDF and no picture, and what `correct` raises.
    """
    found = load(Entry, actor, PERMISSION, pk=entry)
    with temporary(content) as source:
        taken = take_in(source, SCANS)
    with transaction.atomic():
        before = Content.of(found)
        digest = taken.stored.sha256
        if digest in before.scans:
            return found
        if len(before.scans) >= MOST_SCANS:
            raise Refused("place_full", limit=MOST_SCANS)
        added = correct(actor, entry=entry, content=replace(before, scans=[*before.scans, digest]), reason="", now=now)
        if scans_of(added).filter(file__sha256=digest).exists():
            return added  # somebody has sent it meanwhile
        file = add_file(owner=found, name=name, content=taken, by=actor.person, now=now)
        give(file, Scan.objects.create(fair_id=added.fair_id, key=added.key, file=file))
        return added


@transaction.atomic
def remove_scan(actor: Actor, *, entry: int, scan: int, now: datetime) -> Entry:
    """The entry without it, also of a paper that was withdrawn. The file goes; its digest stays in the entries before.

    Raises Refused: not_found, and what `drop_scan` raises.
    """
    found = load(Entry, actor, PERMISSION, pk=entry)
    row = scans_of(found).filter(pk=scan).first()
    if row is None:
        raise Refused("not_found")
    added = drop_scan(actor, entry=entry, digest=row.file.sha256, now=now)
    File.objects.filter(pk=row.file_id).delete()
    return added
