"""An organiser deactivates somebody who is in a call: their sockets close, and the others of the call are told."""

from functools import partial

from django.utils import timezone

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Registration, RoleAssignment
from fairplatform.office.links.actions import deactivate
from tests.running_meetings import RunningMeeting, make_running_meetings
from tests.servers.serve import Servers
from tests.servers.server_database import in_database_of
from tests.servers.test_revocation import by_session, by_token, close_code, joined


def deactivate_buyer(running: RunningMeeting) -> None:
    fair = Fair.objects.get(slug=running.fair)
    organiser = RoleAssignment.objects.get(fair=fair, role="organiser").user
    buyer = User.objects.get(
        positions__company__participations__fair=fair, positions__company__participations__buys=True
    )
    row = Registration.objects.create(fair=fair, user=buyer, accepted_at=timezone.now())
    deactivate(Actor(organiser), fair=fair.pk, registration=row.pk)


async def test_deactivated_person_is_out_of_the_call_and_of_every_socket(serve: Servers) -> None:
    server = serve("--no-clock", "--no-tasks")
    [running] = make_running_meetings(server, 3)
    meeting = f"meeting:{running.meeting}"
    buyer = await joined(running, await by_session(server, running.sessions["buyer"]))
    by_program = await joined(running, await by_token(server, running.tokens["buyer"]))
    other = await joined(running, await by_session(server, running.sessions["exhibitor"]))
    await buyer.send(meeting, "enter")
    await other.send(meeting, "enter")
    in_database_of(server, partial(deactivate_buyer, running))
    assert [await close_code(client) for client in (buyer, by_program)] == [4401, 4401]
    await other.until(lambda: [frame["type"] for frame in other.received].count("connection.left") == 1)
    await other.close()
