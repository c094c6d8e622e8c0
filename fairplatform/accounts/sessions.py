"""Where sessions are kept: Django's own table."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """A cookie that cannot be the key of a session names none, and no database is asked what it cannot keep."""

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(key) and super()._validate_session_key(key) and key.isascii() and key.isalnum()
