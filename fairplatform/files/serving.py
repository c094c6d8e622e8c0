"""The response with stored content, whole or in ranges (RFC 9110 section 14)."""

import re
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date

from .kinds import DRAWING, WEBP

CHUNK = 64 * 1024
# Asked for each time: a document may be withdrawn at any moment, and a 304 costs next to nothing.
PUBLIC, PRIVATE = "public, no-cache", "private, no-cache"
# Under an address that says what the content is a browser keeps it for a year, and never asks. A proxy asks each hour:
# it could show to others what is public no longer.
LASTING = "public, max-age=31536000, s-maxage=3600, immutable"
INLINE = (WEBP, DRAWING)
# The browser runs no script of a file and loads nothing for it, whatever the file contains.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


class Served(NamedTuple):
    """What is stored, and the name it is saved under."""

    path: Path
    sha256: str
    size: int
    kind: str
    name: str
    stored_at: datetime


def respond(request: HttpRequest, served: Served, *, caching: str) -> HttpResponse | StreamingHttpResponse:
    """The content, or the one range of it that is asked for; `caching`: who may keep it, and for how long."""
    first, last = _range(request.headers.get("Range", ""), served.size)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{served.size}"})
    tag, changed = f'"{served.sha256}"', int(served.stored_at.timestamp())
    unchanged = get_conditional_response(request, etag=tag, last_modified=changed)
    response = _part(served, first, last) if unchanged is None else unchanged
    response["Cache-Control"] = caching
    response["ETag"], response["Last-Modified"] = tag, http_date(changed)
    return response


def _part(served: Served, first: int, last: int) -> StreamingHttpResponse:
    """The bytes of the file from `first` to `last`, both included."""
    whole = (first, last) == (0, served.size - 1)
    response = StreamingHttpResponse(_read(served.path, first, last), status=200 if whole else 206)
    response["Content-Type"] = served.kind
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Content-Disposition"] = content_disposition_header(served.kind not in INLINE, served.name) or "inline"
    if not whole:
        response["Content-Range"] = f"bytes {first}-{last}/{served.size}"
    return response


def _range(header: str, size: int) -> tuple[int, int]:
    """The first and the last byte requested; for a range that cannot be satisfied, first > last."""
    # No file has as many bytes as nineteen digits can say, so further digits are dropped.
    match = re.fullmatch(r"bytes=([0-9]*)-([0-9]*)", header.strip())
    if not match or match.groups() == ("", ""):
        return 0, size - 1
    start, end = (digits.lstrip("0")[:19] or digits[:1] for digits in match.groups())
    if not start:
        return max(0, size - int(end)), size - 1
    return int(start), min(int(end) if end else size - 1, size - 1)


async def _read(path: Path, first: int, last: int) -> AsyncIterator[bytes]:
    with path.open("rb") as source:
        source.seek(first)
        left = last - first + 1
        while left > 0:
            chunk = await sync_to_async(source.read, thread_sensitive=False)(min(CHUNK, left))
            if not chunk:
                return
            left -= len(chunk)
            yield chunk
