"""Coming in by a personal link and its code."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from fairplatform.errors import Refused

from .models import PersonalLink, User
from .models.entry import digest


def open_link(*, secret: str, now: datetime) -> PersonalLink:
    """The link with this secret while it may be used; raises Refused("link_invalid") otherwise."""
    link = PersonalLink.objects.select_related("user").filter(digest=digest(secret), user__is_active=True).first()
    if link is None or not link.is_open(now):
        raise Refused("link_invalid")
    return link


def enter_by_link(*, secret: str, code: str, now: datetime) -> User:
    """The person who may come in. A wrong code costs one of the link's five tries, committed before it is told.

    A right one gives them back: whoever types it has proved to hold the paper.
    """
    with transaction.atomic():
        link = PersonalLink.objects.select_for_update().filter(pk=open_link(secret=secret, now=now).pk).get()
        # Others may have guessed while this one waited for the row.
        if not link.is_open(now):
            raise Refused("link_invalid")
        right = link.code_digest == digest(f"{secret}:{_digits(code)}")
        if not right or link.tries:
            PersonalLink.objects.filter(pk=link.pk).update(tries=0 if right else F("tries") + 1)
    left = PersonalLink.TRIES - link.tries - 1
    if not right:
        raise Refused("code_wrong", left=left) if left > 0 else Refused("link_invalid")
    return link.user


def _digits(code: str) -> str:
    """The code as it was issued: spaces dropped, Urdu and full-width digits read as digits."""
    return "".join(str(int(c)) for c in code if c.isdecimal())
