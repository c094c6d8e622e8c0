"""The secret of a token that was just made, kept in the organiser's session until its page need not show it again."""

import json
from datetime import datetime
from typing import NamedTuple

from cryptography.fernet import InvalidToken
from django.contrib.sessions.backends.base import SessionBase

from fairplatform.accounts.models import Token, User
from fairplatform.fairs.models import Fair

from ..links.kept import MINUTES_KEPT, cipher

_NAME = "issued_token"


class Made(NamedTuple):
    token: Token
    secret: str


def keep(session: SessionBase, token: Token, secret: str, *, now: datetime) -> None:
    """In place of what was kept before."""
    content = json.dumps([token.pk, secret])
    session[_NAME] = cipher().encrypt_at_time(content.encode(), int(now.timestamp())).decode()


def kept(session: SessionBase, fair: Fair, user: User, *, now: datetime) -> Made | None:
    """None when its time is over, the token has been revoked, or it is of another fair or person."""
    try:
        text = cipher().decrypt_at_time(session.get(_NAME, ""), 60 * MINUTES_KEPT, int(now.timestamp()))
    except InvalidToken:
        return None
    pk, secret = json.loads(text)
    token = Token.objects.filter(pk=pk, fair=fair, user=user).first()
    return Made(token, secret) if token else None
