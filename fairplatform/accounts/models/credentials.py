"""Credentials besides a password: a personal link with an entry code, and a token for a program."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone


def digest(secret: str) -> str:
    """How secrets are stored: as a plain SHA-256, which is enough because they are long and random."""
    return hashlib.sha256(secret.encode()).hexdigest()


class PersonalLink(models.Model):
    """A link of 192 random bits, given to one person on paper or in a message and used with a six-digit entry code.

    It can be used again until it expires or another is issued: printed on paper, it has to last through the fair. Five
    wrong codes in a row end it. They are counted per link, so nobody can lock out another person, whose link they lack.
    """

    TRIES = 5

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"link of {self.user}"

    @classmethod
    def issue(cls, user: "models.Model", *, now: datetime, days: int = 14) -> tuple["PersonalLink", str, str]:
        """A new link for a person, whose earlier ones are deleted; with its secret and code, which are not stored."""
        cls.objects.filter(user=user).delete()
        secret, code = secrets.token_urlsafe(24), f"{secrets.randbelow(10**6):06}"
        link = cls.objects.create(
            user=user,
            digest=digest(secret),
            code_digest=digest(f"{secret}:{code}"),
            expires_at=now + timedelta(days=days),
        )
        return link, secret, code

    def is_usable(self, now: datetime) -> bool:
        return now < self.expires_at and self.tries < self.TRIES


class Token(models.Model):
    """What a program authenticates with: acts for one person in one fair, within some permissions, until it expires."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="tokens")
    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    permissions: ClassVar[models.JSONField] = models.JSONField(default=list)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"token of {self.user}"

    @classmethod
    def issue(
        cls, user: "models.Model", *, fair: "models.Model", permissions: list[str], expires_at: datetime
    ) -> tuple["Token", str]:
        """A new token with its secret, which is not stored."""
        secret = secrets.token_urlsafe(32)
        token = cls.objects.create(
            user=user, fair=fair, digest=digest(secret), permissions=permissions, expires_at=expires_at
        )
        return token, secret
