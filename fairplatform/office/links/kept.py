"""What was handed out last, kept in the organiser's session for as long as its page can be shown again.

A page that only the form's answer shows is lost when it is reloaded or read in another language.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from fairplatform.accounts.models import IssuedLink, PersonalLink
from fairplatform.accounts.models.credentials import digest
from fairplatform.fairs.models import Fair, Registration

from ..kept import found, put
from .actions import Issued
from .forms import Medium

_NAME = "issued_links"


def keep(session: SessionBase, fair: Fair, issued: Issued, medium: Medium, *, now: datetime) -> None:
    """In place of what was kept before."""
    content = {
        "fair": fair.pk,
        "medium": medium,
        "links": [(row.pk, link.secret, link.code) for row, link in issued.links],
        "invited": [row.pk for row in issued.invited],
        "elsewhere": [row.pk for row in issued.elsewhere],
        "left_out": issued.left_out,
        "leads_to": issued.leads_to,
    }
    put(session, _NAME, content, now=now)


def kept(session: SessionBase, fair: Fair, *, now: datetime) -> tuple[Issued, Medium] | None:
    """What was handed out last in this fair, without the links that have ended since; None when its time is over."""
    content = found(session, _NAME, now=now)
    if content is None or content["fair"] != fair.pk:
        return None
    given: list[tuple[int, str, str]] = content["links"]
    rows = _rows(fair, [*(pk for pk, *_ in given), *content["invited"], *content["elsewhere"]])
    links = {link.digest: link for link in PersonalLink.objects.filter(digest__in=[digest(one) for _, one, _ in given])}
    issued = Issued(
        [
            (rows[pk], IssuedLink(links[digest(secret)], secret, code))
            for pk, secret, code in given
            if pk in rows and digest(secret) in links
        ],
        [rows[pk] for pk in content["invited"] if pk in rows],
        [rows[pk] for pk in content["elsewhere"] if pk in rows],
        content["left_out"],
        content["leads_to"],
    )
    return issued, Medium(content["medium"])


def _rows(fair: Fair, keys: Iterable[int]) -> Mapping[Any, Registration]:
    return Registration.objects.filter(fair=fair).select_related("user", "fair").in_bulk(keys)
