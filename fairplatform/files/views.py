"""Reading a stored file: asked of the policy, in ranges, never run by the browser."""

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
SHOWN = ("image/jpeg", "image/png", "image/webp")
# Whatever a file contains, the browser runs none of it.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
async def file(request: FairRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """A stored file, whole or one range of it (RFC 9110 section 14)."""
    try:
        found: File = await sync_to_async(load)(File, request.actor, "file.read", pk=pk)
    except Refused as refused:
        raise Http404 from refused
    if not found.path.is_file():
        raise Http404
    first, last = _range(request.headers.get("Range", ""), found.size)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{found.size}"})
    tag, changed = f'"{found.sha256}"', int(found.uploaded_at.timestamp())
    known = get_conditional_response(request, etag=tag, last_modified=changed)
    response = _part(found, first, last) if known is None else known
    # What a visitor may read anybody may: a proxy may keep it. A file never changes; another has another address.
    response["Cache-Control"] = PRIVATE if request.user.is_authenticated else PUBLIC
    response["ETag"], response["Last-Modified"] = tag, http_date(changed)
    return response


file.permission = "file.read"  # type: ignore[attr-defined]


def _part(found: File, first: int, last: int) -> StreamingHttpResponse:
    """Those bytes of the file, from the first to the last."""
    whole = (first, last) == (0, found.size - 1)
    response = StreamingHttpResponse(_read(found.path, first, last), status=200 if whole else 206)
    response["Content-Type"] = found.kind
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Content-Disposition"] = content_disposition_header(found.kind not in SHOWN, found.name) or "inline"
    if not whole:
        response["Content-Range"] = f"bytes {first}-{last}/{found.size}"
    return response


def _range(header: str, size: int) -> tuple[int, int]:
    """The first and last byte asked for; a range that cannot be met has its first byte after its last."""
    # Nineteen digits are more than any file has bytes; what is longer is answered as if it were that long.
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
