"""The relay for lines that need one: credentials that end with the meeting."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings

from .protocol.room import IceServer

GRACE = timedelta(minutes=15)


def ice_servers(connection_id: str, ends_at: datetime) -> list[IceServer]:
    """Our own relay for one admitted connection, valid until 15 minutes after the meeting's end; else nothing.

    The name is `<expiry>:<connection>`, the password its HMAC-SHA1 under TURN_SECRET, as coturn's
    `use-auth-secret` reads it. No server of a third party is ever named.
    """
    if not settings.TURN_URLS or not settings.TURN_SECRET:
        return []
    username = f"{int((ends_at + GRACE).timestamp())}:{connection_id}"
    mac = hmac.digest(settings.TURN_SECRET.encode(), username.encode(), hashlib.sha1)
    return [IceServer(urls=settings.TURN_URLS, username=username, credential=base64.b64encode(mac).decode())]
