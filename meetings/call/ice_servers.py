"""The relay for lines that need one: credentials that end with the meeting."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings

from .protocol import IceServer

GRACE = timedelta(minutes=15)


def ice_servers(meeting: int, person: int, ends_at: datetime) -> list[IceServer]:
    """Our own relay for a person admitted to a meeting, valid until 15 minutes after its end; else nothing.

    The name is `<expiry>:<meeting>-<person>`, the password its HMAC-SHA1 under TURN_SECRET, as coturn's
    `use-auth-secret` reads it. However often a person enters, the name is one, and so is what it may relay (coturn
    counts a quota for what stands behind the colon). No server of a third party is ever named.
    """
    if not settings.TURN_URLS or not settings.TURN_SECRET:
        return []
    username = f"{int((ends_at + GRACE).timestamp())}:{meeting}-{person}"
    mac = hmac.digest(settings.TURN_SECRET.encode(), username.encode(), hashlib.sha1)
    return [IceServer(urls=settings.TURN_URLS, username=username, credential=base64.b64encode(mac).decode())]
