"""Making and revoking one's own tokens."""

from datetime import datetime, timedelta

from django.db import transaction

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import Token
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.policy import load

MOST = 10  # of one person in one fair
MAY = ["report.see"]
"""What a program may do with such a token: read the results."""


@transaction.atomic
def make_token(actor: Actor, *, fair: int, name: str, days: int, now: datetime) -> tuple[Token, str]:
    """A new token with its secret, which is not stored; raises Refused("tokens_many")."""
    # Locked, so that nobody gets more by pressing twice at once.
    loaded = load(Fair, actor, "tokens.keep", lock=True, pk=fair)
    own = Token.objects.filter(user=actor.user, fair=loaded)
    own.filter(expires_at__lte=now).delete()
    if own.count() >= MOST:
        raise Refused("tokens_many", limit=MOST)
    token, secret = Token.issue(
        actor.user, fair=loaded, permissions=MAY, expires_at=now + timedelta(days=days), name=name
    )
    write_audit_entry(actor, "tokens.keep", token, after={"name": name, "days": days})
    return token, secret


@transaction.atomic
def revoke_token(actor: Actor, *, fair: int, token: int) -> None:
    """Of one that is gone already nothing is left to do. Raises Refused("not_found") unless it is the actor's own."""
    loaded = load(Fair, actor, "tokens.keep", pk=fair)
    own = Token.objects.filter(pk=token).first()
    if own is None:
        return
    if (own.user_id, own.fair_id) != (actor.user.pk, loaded.pk):
        raise Refused("not_found")
    write_audit_entry(actor, "tokens.keep", own, before={"name": own.name})
    own.delete()
