"""Uploads in parts, for the pages' script: JSON, and refusals with their sentence."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.i18n.error_pages import STATUS
from fairplatform.policy import permits

from .models import Upload
from .uploads import MOST_PART, receive

View = Callable[..., HttpResponse]


def refusals_in_json(view: View) -> View:
    """Decorates a view for a script: what it refuses is `{"code", "sentence"}`, with what the refusal says besides."""

    @wraps(view)
    def answered(request: FairRequest, **arguments: Any) -> HttpResponse:
        try:
            return view(request, **arguments)
        except Refused as refused:
            answer = {**refused.parameters, "code": refused.code, "sentence": refused.sentence}
            return JsonResponse(answer, status=STATUS.get(refused.code, 409))

    return answered


def described(upload: Upload) -> dict[str, object]:
    """An upload as the script knows it."""
    return {"key": str(upload.key), "name": upload.name, "size": upload.size, "received": upload.received}


def begun_answer(upload: Upload, namespace: str, *own: object) -> JsonResponse:
    """Where the parts go and how large they may be, how much of the file is there, and what to call when all of it is.

    `namespace`: whose routes upload_finish and upload_cancel are called; they take `own` and the upload's key.
    """
    return JsonResponse(
        {
            **described(upload),
            "part": MOST_PART,
            "parts": reverse("files:upload", args=[upload.pk]),
            "finish": reverse(f"{namespace}:upload_finish", args=[*own, upload.pk]),
            "cancel": reverse(f"{namespace}:upload_cancel", args=[*own, upload.pk]),
        }
    )


@require_http_methods(["GET", "PUT"])
@refusals_in_json
@permits("upload.send", Upload, pk="pk")
def upload(request: FairRequest, upload: Upload) -> HttpResponse:
    """How much has arrived; PUT adds the bytes of its body at `offset`."""
    if request.method == "PUT":
        part = request.read(MOST_PART + 1)
        offset = _offset(request.GET.get("offset", ""))
        upload.received = receive(request.actor, upload=upload.pk, offset=offset, part=part, now=timezone.now())
    return JsonResponse(described(upload))


def _offset(text: str) -> int:
    """-1, which no upload expects, for what is no offset."""
    return int(text) if re.fullmatch("[0-9]{1,15}", text) else -1
