"""Reading a stored file, whole or in ranges."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

from asgiref.sync import sync_to_async
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.policy import load

from .models import File

CHUNK = 64 * 1024
PUBLIC, PRIVATE = "public, max-age=3600", "private, max-age=3600"
INLINE = ("image/jpeg", "image/png", "image/webp")
# The browser runs no script of a file and loads nothing for it, whatever the file contains.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
async def file(request: FairRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """A stored file, whole or one range of it (RFC 9110 section 14)."""
    try:
        stored = await sync_to_async(load)(File, request.actor, "file.read", pk=pk)
    except Refused as refused:
        raise Http404 from refused
    if not stored.path.is_file():
        raise Http404
    first, last = _range(request.headers.get("Range", ""), stored.size)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
    tag, changed = f'"{stored.sha256}"', int(stored.uploaded_at.timestamp())
    unchanged = get_conditional_response(request, etag=tag, last_modified=changed)
    response = _part(stored, first, last) if unchanged is None else unchanged
    # A proxy may cache what a visitor may read. The content behind an address never changes.
    response["Cache-Control"] = PRIVATE if request.user.is_authenticated else PUBLIC
    response["ETag"], response["Last-Modified"] = tag, http_date(changed)
    return response


file.permission = "file.read"  # type: ignore[attr-defined]


def _part(stored: File, first: int, last: int) -> StreamingHttpResponse:
    """The bytes of the file from `first` to `last`, both included."""
    whole = (first, last) == (0, stored.size - 1)
    response = StreamingHttpResponse(_read(stored.path, first, last), status=200 if whole else 206)
    response["Content-Type"] = stored.kind
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Content-Disposition"] = content_disposition_header(stored.kind not in INLINE, stored.name) or "inline"
    if not whole:
        response["Content-Range"] = f"bytes {first}-{last}/{stored.size}"
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
