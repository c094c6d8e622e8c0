"""What a page may show again for some minutes, kept in the organiser's session.

It is encrypted, with a key that is not in the database: sessions are stored there, and whoever reads one may not
come in.
"""

import json
from base64 import urlsafe_b64encode
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import salted_hmac

MINUTES_KEPT = 10


def put(session: SessionBase, name: str, content: Any, *, now: datetime) -> None:
    """Keeps JSON values in place of what was kept by this name before."""
    session[name] = _cipher().encrypt_at_time(json.dumps(content).encode(), int(now.timestamp())).decode()


def found(session: SessionBase, name: str, *, now: datetime) -> Any:
    """What was kept; None when its time is over."""
    try:
        text = _cipher().decrypt_at_time(session.get(name, ""), 60 * MINUTES_KEPT, int(now.timestamp()))
    except InvalidToken:
        session.pop(name, None)
        return None
    return json.loads(text)


def _cipher() -> Fernet:
    return Fernet(urlsafe_b64encode(salted_hmac(__name__, "", algorithm="sha256").digest()))
