"""Who acts, and on whose behalf; and the audit log."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from .models import AuditEntry, Token, User


@dataclass(frozen=True)
class Actor:
    """The person who acts (`user`), perhaps for another (`on_behalf_of`), perhaps through a program (`token`).

    Everything an action stores names both people.
    """

    user: Any  # User, or AnonymousUser for a visitor; the actions that need an account are refused to visitors
    on_behalf_of: User | None = None
    token: Token | None = None

    @property
    def person(self) -> Any:
        """The one whose roles decide what is permitted."""
        return self.on_behalf_of or self.user

    @property
    def is_proxy(self) -> bool:
        return self.on_behalf_of is not None

    def token_allows(self, permission: str, obj: Any) -> bool:
        """Whether the token, if there is one, covers this permission in the fair of this object.

        No token covers objects of no fair in particular, such as a person's notices.
        """
        if self.token is None:
            return True
        is_in_fair = obj is None or getattr(obj, "fair_id", None) == self.token.fair_id
        return permission in self.token.permissions and is_in_fair


VISITOR = Actor(AnonymousUser())
"""Whoever has no account: what they may see, everybody may."""


def write_audit_entry(actor: Actor, permission: str, obj: Any, *, before: Any = None, after: Any = None) -> None:
    """Adds the act to the audit log, in the transaction of the act itself."""
    AuditEntry.objects.create(
        fair_id=obj.fair_id,
        actor=actor.user,
        on_behalf_of=actor.on_behalf_of,
        permission=permission,
        object=f"{obj._meta.label_lower}:{obj.pk}",
        before=before,
        after=after,
    )
