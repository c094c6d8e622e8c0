"""Signing in with a personal link and its entry code."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from fairplatform.errors import Refused

from .models import PersonalLink, Token, User
from .models.credentials import CodedLink, digest
from .signals import link_opened


def usable_link(*, secret: str, now: datetime) -> PersonalLink:
    """The link with this secret while it may be used; raises Refused("link_invalid") otherwise."""
    link = PersonalLink.objects.select_related("user").filter(digest=digest(secret), user__is_active=True).first()
    if link is None or not link.is_usable(now):
        raise Refused("link_invalid")
    return link


def enter_by_link(*, secret: str, code: str, now: datetime) -> User:
    """The person to sign in. Raises Refused("code_wrong") or, without tries left, Refused("link_invalid").

    A wrong code uses up one of the link's five tries, committed before the response; a right one restores them all.
    """
    with transaction.atomic():
        link = PersonalLink.objects.select_for_update().filter(pk=usable_link(secret=secret, now=now).pk).get()
        # Other requests may have used up the tries while this one waited for the lock.
        if not link.is_usable(now):
            raise Refused("link_invalid")
        right = link.is_code(secret, code)
        if not right or link.tries:
            PersonalLink.objects.filter(pk=link.pk).update(tries=0 if right else F("tries") + 1)
        if right:
            link_opened.send(PersonalLink, user=link.user, now=now)
    left = PersonalLink.TRIES - link.tries - 1
    if not right:
        raise Refused("code_wrong", left=left) if left > 0 else Refused("link_invalid")
    return link.user


def end_earlier_access(user: User) -> None:
    """Ends the account's links, tokens, sessions, open sockets and password: whoever could come in before cannot now.

    Called in the transaction that gives the account access to more, or that deactivates it.
    """
    links: list[Any] = CodedLink.__subclasses__()
    for kind in links:
        kind.objects.filter(user=user).delete()
    Token.objects.filter(user=user).delete()
    # Sessions are bound to the password's hash.
    user.set_unusable_password()
    User.objects.filter(pk=user.pk).update(password=user.password, access_version=F("access_version") + 1)
