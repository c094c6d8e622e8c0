"""Sessions in Django's own table, looked up only by what can be a session key."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """A cookie that cannot be a key names no session. The database is not asked: it may not be able to store the text.

    Django itself refuses only keys shorter than eight characters. A NUL character, for one, makes PostgreSQL raise.
    """

    def _validate_session_key(self, key: str | None) -> bool:
        return key is not None and len(key) >= 8 and key.isascii() and key.isalnum()
