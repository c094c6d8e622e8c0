"""Authenticates sockets: a browser by session cookie and Origin, a program by a bearer token and no Origin."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from weakref import WeakValueDictionary

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from fairplatform.asgi_types import Scope
from fairplatform.db.sql import chunks
from fairplatform.i18n.text import LANGUAGES
from fairplatform.realtime.authentication import Identity, Verdict
from fairplatform.realtime.shared_bucket import SharedBucket
from fairplatform.server.token_bucket import TokenBucket

from .actor import Actor
from .models import Token, User, Viewer
from .rate_limits import counted_as

PERSON_RATE, PERSON_BURST = 40.0, 160.0
_buckets: "WeakValueDictionary[str, TokenBucket]" = WeakValueDictionary()


@dataclass(slots=True)
class SocketIdentity:
    """The person of a socket, and what their access was based on when they were authenticated."""

    actor: Actor
    language: str
    bucket: TokenBucket
    session_key: str | None = None
    access_version: int = 0
    expired: bool = False

    @property
    def counted_as(self) -> str:
        """Whose limit of open sockets this one counts towards; empty without an account."""
        user = self.actor.user
        return "" if user.pk is None else counted_as(user, self.session_key)

    def forget_roles(self) -> None:
        """The next check reads the roles again. A read under way fills the old cache, which nobody uses."""
        self.actor.user.memberships_by_fair = {}


def authenticate(scope: Scope) -> SocketIdentity | None:
    """The identity of a new socket; None refuses it before it is accepted (HTTP 403)."""
    headers = defaultdict(str, {name.decode(): value.decode("latin1") for name, value in scope["headers"]})
    if headers["authorization"]:
        return _program(headers)
    if headers["origin"] not in settings.ORIGINS:
        return None
    return _browser(headers["cookie"], headers["accept-language"])


def _bucket(user: Viewer, session_key: str | None = None) -> TokenBucket:
    if user.pk is None:
        return TokenBucket(PERSON_RATE, PERSON_BURST)
    name = counted_as(user, session_key)
    bucket = _buckets.get(name)
    if bucket is None:
        bucket = _buckets[name] = (
            SharedBucket(name, PERSON_RATE, PERSON_BURST)
            if settings.REDIS_URL
            else TokenBucket(PERSON_RATE, PERSON_BURST)
        )
    return bucket


def _program(headers: dict[str, str]) -> SocketIdentity | None:
    scheme, _, secret = headers["authorization"].partition(" ")
    if scheme.lower() != "bearer" or headers["origin"]:
        return None
    token = Token.valid(secret, now=timezone.now())
    if token is None:
        return None
    user = token.user
    return SocketIdentity(Actor(user, token=token), user.language, _bucket(user), access_version=user.access_version)


def _browser(cookie: str, accept_language: str) -> SocketIdentity:
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(cookie)
    except CookieError:
        cookies = SimpleCookie()
    values = {name: morsel.value for name, morsel in cookies.items()}
    language = values.get(settings.LANGUAGE_COOKIE_NAME, "")
    language = language if language in LANGUAGES else _wished(accept_language)
    key = values.get(settings.SESSION_COOKIE_NAME)
    user, known = _session_user(key) if key else (None, True)
    person = user or AnonymousUser()
    return SocketIdentity(
        Actor(person),
        language,
        _bucket(person, key),
        key,
        getattr(person, "access_version", 0),
        expired=not known,
    )


def _wished(accept_language: str) -> str:
    first = accept_language.lower()[:2]
    return {"zh": "zh-hans", "ur": "ur"}.get(first, "en")


def _session_user(key: str) -> tuple[User | None, bool]:
    """The session's person, and whether the session is (still) one of ours."""
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    if not session.get(SESSION_KEY):
        return None, session.session_key is not None and session.exists(key)
    user = User.objects.active(int(session[SESSION_KEY]))
    if user is None or not constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
        return None, False
    return user, True


def recheck(identities: Sequence[Identity]) -> list[Verdict]:
    """For each open socket whether its person still has access; updates `access_version` of those that changed."""
    now = timezone.now()
    users = list({i.actor.user.pk for i in identities if i.actor.user.pk})
    active = {
        pk: (password, access_version)
        for some in chunks(users)
        for pk, password, access_version in User.objects.filter(pk__in=some, is_active=True).values_list(
            "pk", "password", "access_version"
        )
    }
    keys = list({i.session_key for i in identities if i.session_key})
    unexpired = Session.objects.filter(expire_date__gt=now).values_list("pk", flat=True)
    sessions = {key for some in chunks(keys) for key in unexpired.filter(pk__in=some)}
    token_keys = list({i.actor.token.pk for i in identities if i.actor.token})
    valid = Token.objects.filter(expires_at__gt=now).values_list("pk", flat=True)
    tokens = {pk for some in chunks(token_keys) for pk in valid.filter(pk__in=some)}
    return [_verdict(identity, active, sessions, tokens) for identity in identities]


def _verdict(identity: Identity, active: dict[int, tuple[str, int]], sessions: set[str], tokens: set[int]) -> Verdict:
    """`active`: the password hash and the access version of each active user."""
    actor = identity.actor
    if actor.user.pk is None:
        return "same"
    if actor.user.pk not in active:
        return "gone"
    password, access_version = active[actor.user.pk]
    if actor.token is not None:
        if actor.token.pk not in tokens:
            return "gone"
    elif identity.session_key not in sessions or actor.user.password != password:
        return "gone"
    if access_version != identity.access_version:
        identity.access_version = access_version
        identity.forget_roles()
        return "changed"
    return "same"
