"""Who opens a socket of the demonstration is known as everywhere; the pages that are open tell who is in it."""

from django.utils import timezone

from fairplatform.accounts import socket_auth
from fairplatform.accounts.socket_auth import Identity, Verdict, identify
from fairplatform.observability.duties import attempt

from .first import stay

__all__ = ["identify", "recheck"]


def recheck(identities: list[Identity]) -> list[Verdict]:
    verdicts = socket_auth.recheck(identities)
    people = (one.actor.user for one, verdict in zip(identities, verdicts, strict=True) if verdict != "gone")
    with attempt("demo.staying", is_vital=False):
        stay({person.pk for person in people if person.pk and person.is_demo}, timezone.now())
    return verdicts
