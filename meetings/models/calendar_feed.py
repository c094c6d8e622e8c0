"""The private address at which a calendar program reads a person's meetings."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.crypto import constant_time_compare, salted_hmac

from fairplatform.accounts.models.credentials import digest

if TYPE_CHECKING:
    from fairplatform.accounts.models import User
    from fairplatform.fairs.models import Fair


class CalendarFeed(models.Model):
    """One person's address in one fair: whoever has it reads their meetings, and may do nothing else.

    Its secret, of 256 bits, is made of `seed`, the server's key and the person's password: the table alone gives
    nothing away, the person can look it up again, and it ends with whatever ends their sessions.
    """

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="+")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="calendar_feeds")
    seed = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "user"], name="calendar_feed_once_per_fair"),
        ]

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"

    @classmethod
    def make(cls, user: "User", fair: "Fair", *, now: datetime) -> "CalendarFeed":
        """A new address, in place of the one there was."""
        feed = cls(fair=fair, user=user, seed=secrets.token_urlsafe(32), created_at=now)
        made = {"seed": feed.seed, "digest": digest(feed.secret), "created_at": now}
        return cls.objects.update_or_create(fair=fair, user=user, defaults=made)[0]

    @classmethod
    def by_secret(cls, secret: str, fair: str) -> "CalendarFeed | None":
        """The one of this fair, by its slug, with this secret, while it is valid."""
        rows = cls.objects.filter(digest=digest(secret), fair__slug=fair).select_related("fair", "user")
        feed = rows.first()
        return feed if feed and feed.is_valid else None

    @property
    def secret(self) -> str:
        return salted_hmac(__name__, f"{self.seed}:{self.user.password}", algorithm="sha256").hexdigest()

    @property
    def is_valid(self) -> bool:
        """Whether the person may still sign in, and with the password it was made with."""
        return self.user.is_active and constant_time_compare(digest(self.secret), self.digest)
