"""Agreements as everybody reads them: what each of those who released one lets be shown."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from fairplatform.files.models import File

from .models import Entry, Release, Scan


class Published(NamedTuple):
    """An entry that is released; without its amount and its scans where one of those who released it keeps them."""

    entry: Entry
    shows_amount: bool
    scans: list[File]


def published(entries: Sequence[Entry]) -> list[Published]:
    """Of released entries of one fair, what is shown."""
    keys = [entry.key for entry in entries]
    fairs = {entry.fair_id for entry in entries}
    releases: dict[str, list[Release]] = defaultdict(list)
    for release in Release.objects.filter(fair__in=fairs, key__in=keys):
        releases[release.key].append(release)
    scans: dict[str, list[File]] = defaultdict(list)
    for scan in Scan.objects.filter(fair__in=fairs, key__in=keys).select_related("file"):
        scans[scan.key].append(scan.file)
    return [
        Published(
            entry,
            not entry.is_amount_hidden and all(one.shows_amount for one in releases[entry.key]),
            scans[entry.key] if all(one.shows_scans for one in releases[entry.key]) else [],
        )
        for entry in entries
    ]
