"""The recheck of open sockets in the demonstration: it also notes who still has a page open."""

from collections.abc import Sequence

from django.utils import timezone

from fairplatform.accounts import socket_auth
from fairplatform.observability.duties import attempt
from fairplatform.realtime.authentication import Identity, Verdict

from .first_visit import record_presence


def recheck(identities: Sequence[Identity]) -> list[Verdict]:
    verdicts = socket_auth.recheck(identities)
    people = [identity.actor.user for identity, verdict in zip(identities, verdicts, strict=True) if verdict != "gone"]
    with attempt("demo.staying", is_vital=False):
        record_presence({person.pk for person in people if person.pk and person.is_demo}, timezone.now())
    return verdicts
