"""How much a person may send over all sockets: one measure for all, but one for each visitor of a demonstration."""

import pytest
from django.conf import settings

from fairplatform.accounts.socket_auth import SocketIdentity, authenticate
from tests.factories import make_person
from tests.realtime.client import session_of

pytestmark = pytest.mark.django_db


def opened(session: str) -> SocketIdentity:
    headers = {"origin": settings.PUBLIC_URL, "cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}
    found = authenticate({"headers": [(name.encode(), text.encode()) for name, text in headers.items()]})
    assert found is not None and not found.expired
    return found


@pytest.mark.parametrize(("is_demo", "number"), [(False, 1), (True, 2)])
def test_sockets_share_what_their_person_or_their_visitor_may_send(is_demo: bool, number: int) -> None:
    person = make_person(is_demo=is_demo)
    sessions = [session_of(person) for _ in range(2)]
    sockets = [opened(session) for session in (*sessions, *sessions)]
    assert {one.actor.person.pk for one in sockets} == {person.pk}
    assert len({id(one.bucket) for one in sockets}) == len({one.counted_as for one in sockets}) == number
    assert sockets[0].bucket is sockets[2].bucket
    assert sockets[0].counted_as == sockets[2].counted_as
