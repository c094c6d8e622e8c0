"""Reading a stored file, and a picture in one of its widths."""

from asgiref.sync import sync_to_async
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from fairplatform.accounts.actor import VISITOR, Actor
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.policy import load

from .models import File, Rendition
from .serving import LASTING, PRIVATE, PUBLIC, Served, respond


@require_safe
async def file(request: FairRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """A stored file, whole or one range of it."""
    served = await sync_to_async(_file)(request.actor, pk)
    # A proxy may cache what a visitor may read, and asks whether they still may.
    return respond(request, served, caching=PRIVATE if request.user.is_authenticated else PUBLIC)


@require_safe
async def picture(request: FairRequest, sha256: str) -> HttpResponse | StreamingHttpResponse:
    """A picture, in one width, by the digest of its content: the same address wherever it is shown.

    Whoever knows a digest is given nothing for it. They see the picture while one of the files that have it is theirs
    to see, and keep it for a year if everybody may see one.
    """
    served, is_public = await sync_to_async(_picture)(request.actor, sha256)
    return respond(request, served, caching=LASTING if is_public else PRIVATE)


file.permission = picture.permission = "file.read"  # type: ignore[attr-defined]


def _file(actor: Actor, pk: int) -> Served:
    """What is stored of the file; 404 for what is not there or not the reader's to see."""
    try:
        stored = load(File, actor, "file.read", pk=pk)
    except Refused as refused:
        raise Http404 from refused
    return _served(stored, stored)


def _picture(actor: Actor, sha256: str) -> tuple[Served, bool]:
    """What is stored of the picture, and whether everybody may see it."""
    files = File.objects.with_picture(sha256)
    for reader in (VISITOR, actor):
        if found := files.first_seen_by(reader.person):
            stored = load(File, reader, "file.read", pk=found)
            shown = stored.renditions.filter(sha256=sha256).first() or stored
            return _served(stored, shown), reader is VISITOR
    raise Http404


def _served(stored: File, shown: File | Rendition) -> Served:
    if not shown.path.is_file():
        raise Http404
    return Served(shown.path, shown.sha256, shown.size, stored.kind, stored.name, stored.uploaded_at)
