"""The results of a fair for its organisers' programs: exactly what `manage.py export FAIR --what … --json` prints.

A program comes with a token (accounts.models.Token) in the header Authorization and is the actor of that token, whose
person has to organise the fair. A session is no credential here: a page of another site learns nothing.
"""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from ninja.security import HttpBearer

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Token
from fairplatform.fairs.models import Fair
from fairplatform.policy import load
from fairplatform.workbook import json_export

from . import result_shapes as shapes
from .operations import ERRORS, MISSING, Slug
from .problems import Problem

router = Router()
REFUSED: dict[int, Any] = {
    401: Problem,
    403: Problem,
    **MISSING,
    **{code: ERRORS[code] for code in ERRORS if code != 304},
}


class ProgramToken(HttpBearer):
    """A token as the office's page "Access for programs" makes it."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        found = Token.valid(token, now=timezone.now())
        return Actor(found.user, token=found) if found else None


@router.get(
    "/fairs/{slug:fair}/outcomes",
    response={200: list[shapes.OutcomeRecord], **REFUSED},
    operation_id="outcomes",
    tags=["Results"],
    auth=ProgramToken(),
)
def outcomes(request: HttpRequest, fair: Slug) -> HttpResponse:
    """For organisers: every meeting with what both sides agreed, and what each of them has submitted."""
    return _answer(json_export.outcomes(_fair(request, fair)))


@router.get(
    "/fairs/{slug:fair}/ledger",
    response={200: list[shapes.LedgerRecord], **REFUSED},
    operation_id="ledger",
    tags=["Results"],
    auth=ProgramToken(),
)
def ledger(request: HttpRequest, fair: Slug) -> HttpResponse:
    """For organisers: every entry of the agreement ledger, corrected ones too, in the order of their numbers."""
    return _answer(json_export.ledger(_fair(request, fair)))


@router.get(
    "/fairs/{slug:fair}/figures",
    response={200: shapes.FiguresRecord, **REFUSED},
    operation_id="figures",
    tags=["Results"],
    auth=ProgramToken(),
)
def figures(request: HttpRequest, fair: Slug) -> HttpResponse:
    """For organisers: the figures of the report, each with its definition and the keys of its rows, and these rows."""
    return _answer(json_export.figures(_fair(request, fair)))


def _fair(request: HttpRequest, slug: str) -> Fair:
    actor: Actor = request.auth  # type: ignore[attr-defined]  # ninja's: what `authenticate` has returned
    return load(Fair, actor, "report.see", slug=slug)


def _answer(content: object) -> HttpResponse:
    """As it is: fields that ninja would leave out or convert are the export's own."""
    return HttpResponse(json.dumps(content, ensure_ascii=False), content_type="application/json; charset=utf-8")
