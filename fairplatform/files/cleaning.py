"""Removes abandoned uploads, and stored content that no row refers to any more."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice

from .models import File, Rendition, Upload
from .storage import old_files, remove_if_old, remove_old_unfinished

ABANDONED = timedelta(hours=24)
# A backup that runs packs the content of rows that are deleted meanwhile, and content that is being stored has no row
# yet: neither takes a day.
UNUSED = timedelta(days=1)
AT_ONCE = 500


def remove_leftovers(now: datetime) -> None:
    """Every step of it may be repeated."""
    for upload in Upload.objects.filter(touched_at__lt=now - ABANDONED):
        upload.delete()
    remove_old_unfinished((now - 2 * ABANDONED).timestamp())
    before = (now - UNUSED).timestamp()
    old = old_files(before)
    while digests := list(islice(old, AT_ONCE)):
        for digest in _unused(digests):
            remove_if_old(digest, before)


def _unused(digests: Iterable[str]) -> set[str]:
    used = set(File.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
    used |= set(Rendition.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
    return set(digests) - used
