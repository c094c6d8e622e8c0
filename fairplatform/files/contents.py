"""Takes in the content of a file: checked by what it is, pictures encoded again, and stored on the disk."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from fairplatform.errors import Refused
from fairplatform.observability.redaction import safe_message

from .kinds import ENDINGS, WEBP, WORKBOOK, Accepted, check_size, document_kind
from .rendering import StoredPicture, render
from .storage import Stored, put

logger = logging.getLogger(__name__)
NOBODY = 0  # the key of no company


class Content(NamedTuple):
    """Content that is on the disk, and of a picture its renditions. Without a row that refers to it, it goes again.

    `ending`: of the name that it is saved under, where its kind has one.
    """

    kind: str
    stored: Stored
    renditions: list[StoredPicture]
    ending: str = ""


def take_in(source: Path, accepted: Accepted, company: int = NOBODY) -> Content:
    """Checks and stores the content of a file; `company`: whose it is.

    Raises Refused with one of the codes of `kinds` and `rendering`, and "unavailable" when the disk is full or fails.
    """
    with disk_failures_refused():
        check_size(source.stat().st_size, accepted)
        document = document_kind(source, accepted)
        if accepted.documents and document and (accepted.workbooks or document != WORKBOOK):
            return Content(document, put(source), [], ENDINGS[document])
        if document or not accepted.pictures:
            raise Refused("file_kind", kinds=accepted.kinds)
        return _picture(source, accepted, company)


@contextmanager
def disk_failures_refused() -> Iterator[None]:
    """Raises Refused("unavailable") when the disk is full or fails."""
    try:
        yield
    except OSError as failure:
        logger.warning("a file was not kept: %s", safe_message(failure))
        raise Refused("unavailable") from failure


def _picture(source: Path, accepted: Accepted, company: int) -> Content:
    try:
        renditions = render(source, company)
    except Refused as refused:
        raise Refused(refused.code, kinds=accepted.kinds) from refused
    return Content(WEBP, renditions[-1].stored, renditions)
