"""The secret of a token that was just made, kept in the organiser's session until its page need not show it again."""

from datetime import datetime
from typing import NamedTuple

from django.contrib.sessions.backends.base import SessionBase

from fairplatform.accounts.models import Token, User
from fairplatform.fairs.models import Fair

from ..kept import found, put

_NAME = "issued_token"


class Made(NamedTuple):
    token: Token
    secret: str


def keep(session: SessionBase, token: Token, secret: str, *, now: datetime) -> None:
    """In place of what was kept before."""
    put(session, _NAME, [token.pk, secret], now=now)


def kept(session: SessionBase, fair: Fair, user: User, *, now: datetime) -> Made | None:
    """None when its time is over, the token has been revoked, or it is of another fair or person."""
    content = found(session, _NAME, now=now)
    if content is None:
        return None
    pk, secret = content
    token = Token.objects.filter(pk=pk, fair=fair, user=user).first()
    return Made(token, secret) if token else None
