"""Where sessions are kept: Django's own table."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """A cookie that cannot be the key of a session names none, and no database is asked what it cannot keep."""

    def _validate_session_key(self, key: str | None) -> bool:
        is_long_enough = super()._validate_session_key(key)  # type: ignore[misc]
        return bool(key and is_long_enough and key.isascii() and key.isalnum())
