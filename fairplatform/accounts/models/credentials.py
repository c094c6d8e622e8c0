"""Credentials besides a password: links with an entry code, and a token for a program."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, Self, TypeVar

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from .user import User


def digest(secret: str) -> str:
    """How secrets are stored: as a plain SHA-256, which is enough because they are long and random."""
    return hashlib.sha256(secret.encode()).hexdigest()


L = TypeVar("L", bound="CodedLink")


class Issued(NamedTuple, Generic[L]):
    """A link at the moment it is issued: its secret and its code are not stored."""

    link: L
    secret: str
    code: str


class CodedLink(models.Model):
    """A link of 192 random bits, given to one person on paper or in a message and used with a six-digit entry code.

    Wrong codes are counted per link, so nobody can lock out another person, whose link they lack. Each type of link has
    its `user`; all end with that person's access (accounts.actions.end_earlier_access).
    """

    TRIES = 5

    digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    @classmethod
    def made(cls, *, now: datetime, **fields: Any) -> "Issued[Self]":
        """A new link with its secret and code, not stored yet."""
        secret, code = secrets.token_urlsafe(24), f"{secrets.randbelow(10**6):06}"
        link = cls(digest=digest(secret), code_digest=digest(f"{secret}:{code}"), created_at=now, **fields)
        return Issued(link, secret, code)

    def is_usable(self, now: datetime) -> bool:
        return now < self.expires_at and self.tries < self.TRIES

    def is_code(self, secret: str, code: str) -> bool:
        """Whether this is its code, typed in the digits of any script; spaces and anything else are dropped."""
        digits = "".join(str(int(c)) for c in code if c.isdecimal())
        return self.code_digest == digest(f"{secret}:{digits}")


class PersonalLink(CodedLink):
    """Signs its person in. It can be used again until it expires or another is issued: printed on paper, it has to last
    through the fair. Five wrong codes in a row end it.
    """

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="links")

    def __str__(self) -> str:
        return f"link of {self.user}"

    @classmethod
    def issue(cls, user: "User", *, now: datetime, days: int = 14, until: datetime | None = None) -> "IssuedLink":
        """A new link for a person, whose earlier ones are deleted. It lasts so many days, and at least `until` then."""
        [issued] = cls.issue_many([user], now=now, days=days, until=until)
        return issued

    @classmethod
    def issue_many(
        cls, users: "Sequence[User]", *, now: datetime, days: int = 14, until: datetime | None = None
    ) -> "list[IssuedLink]":
        """A new link for each of them, in their order, in one act."""
        cls.objects.filter(user__in=users).delete()
        ends = now + timedelta(days=days)
        issued = [cls.made(now=now, expires_at=max(ends, until or ends), user=user) for user in users]
        PersonalLink.objects.bulk_create([one.link for one in issued])
        return issued


IssuedLink = Issued[PersonalLink]


class Token(models.Model):
    """What a program authenticates with: acts for one person in one fair, within some permissions, until it expires.

    `name`: what its person calls it, to know which one to revoke.
    """

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="tokens")
    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    permissions: ClassVar[models.JSONField] = models.JSONField(default=list)
    expires_at = models.DateTimeField()
    name = models.CharField(max_length=80, blank=True, db_default="")

    def __str__(self) -> str:
        return f"token of {self.user}"

    @classmethod
    def issue(
        cls, user: "models.Model", *, fair: "models.Model", permissions: list[str], expires_at: datetime, name: str = ""
    ) -> tuple["Token", str]:
        """A new token with its secret, which is not stored."""
        secret = secrets.token_urlsafe(32)
        token = cls.objects.create(
            user=user, fair=fair, digest=digest(secret), permissions=permissions, expires_at=expires_at, name=name
        )
        return token, secret

    @classmethod
    def valid(cls, secret: str, *, now: datetime) -> "Token | None":
        """The token with this secret, if it still is one of a person who may come in."""
        rows = cls.objects.filter(digest=digest(secret), expires_at__gt=now, user__is_active=True)
        return rows.select_related("user").first()
