"""Ways in without an e-mail address (a personal link with an entry code) and without a browser (a token)."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone


def digest(secret: str) -> str:
    """Secrets are stored hashed; they are random and long, so a plain SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


class PersonalLink(models.Model):
    """A link of 192 random bits handed to one person on paper or in a message, used together with an entry code.

    It works as often as its person needs it, until it expires or the organisers issue another: on paper it has to last
    through the fair. Five wrong codes one after the other, counted per link, end it, and a right one forgives those
    before it; nobody can lock another person out by address.
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
        """A fresh link for a person (earlier ones end); returns it with its secret and its code, told only once."""
        cls.objects.filter(user=user).delete()
        secret, code = secrets.token_urlsafe(24), f"{secrets.randbelow(10**6):06}"
        link = cls.objects.create(
            user=user,
            digest=digest(secret),
            code_digest=digest(f"{secret}:{code}"),
            expires_at=now + timedelta(days=days),
        )
        return link, secret, code

    def is_open(self, now: datetime) -> bool:
        return now < self.expires_at and self.tries < self.TRIES


class Token(models.Model):
    """What a program authenticates with: one person's, for one fair and a list of permissions, with an end."""

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
        secret = secrets.token_urlsafe(32)
        token = cls.objects.create(
            user=user, fair=fair, digest=digest(secret), permissions=permissions, expires_at=expires_at
        )
        return token, secret
