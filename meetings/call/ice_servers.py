"""ICE servers for a call: the fair's own TURN relay (RFC 8656), with credentials that expire after the meeting."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings

from .protocol import IceServer

GRACE = timedelta(minutes=15)  # credentials stay valid this long after the meeting's end


def ice_servers(meeting: int, person: int, ends_at: datetime) -> list[IceServer]:
    """The fair's TURN relay for a person admitted to a meeting; nothing if none is configured.

    Time-limited credentials as coturn's `use-auth-secret` checks them: the username is `<expiry>:<meeting>-<person>`,
    the expiry in Unix seconds; the credential is its HMAC-SHA1 under TURN_SECRET, in base64. coturn counts quotas by
    what follows the colon, so entering again does not raise what one person may relay. No third party's STUN or TURN
    server is ever listed: it would learn who meets whom.
    """
    if not settings.TURN_URLS or not settings.TURN_SECRET:
        return []
    username = f"{int((ends_at + GRACE).timestamp())}:{meeting}-{person}"
    mac = hmac.digest(settings.TURN_SECRET.encode(), username.encode(), hashlib.sha1)
    return [IceServer(urls=settings.TURN_URLS, username=username, credential=base64.b64encode(mac).decode())]
