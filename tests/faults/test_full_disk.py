"""The disk is full: nobody is told that what they did is kept, operators are told why, and with room all goes on."""

import asyncio

import pytest
from django.db import OperationalError, connection

from fairplatform.observability.failures import is_database_unavailable
from tests.faults.pages import Page
from tests.faults.probing import ask
from tests.faults.room import no_room
from tests.scenarios import lay, stored_messages
from tests.servers.programs import wait_until
from tests.servers.serve import Servers
from tests.servers.signing import sign_out

pytestmark = pytest.mark.embedded
UNAVAILABLE = "The fair cannot be reached for a moment. Please try again shortly."


def test_messages_are_refused_until_there_is_room_again(serve: Servers) -> None:
    server = serve("--no-tasks")
    laid, log = lay(server, people=3), server.data_dir / "fair.sqlite3-wal"
    page = Page(server.socket_url, laid.tokens[2], laid.topic)
    assert server.program.process is not None
    process = server.program.process.pid

    async def happen() -> None:
        async with page.kept_open():
            page.write("while there is room")
            await page.until(lambda: len(page.stored) == 1, seconds=10)
            with no_room(process, beyond=(await asyncio.to_thread(log.stat)).st_size):
                page.write("without room")
                await page.until(lambda: len(page.refusals) == 4, seconds=30)
                await asyncio.to_thread(look)
            page.write("with room again")
            await page.until(lambda: len(page.seen) == 3, seconds=30)
            await page.until(lambda: ask(server.port, "/readyz")[0] == 200, seconds=30)

    def look() -> None:
        assert ask(server.port, "/healthz")[0] == 200
        wait_until(lambda: ask(server.port, "/readyz") == (503, "clock\nwriter\n"), seconds=20, what="/readyz")
        assert 'fair_duty_fails{duty="writer"} 1.0' in ask(server.port, "/metrics")[1]
        assert ask(server.port, laid.conversation, Cookie=f"sessionid={laid.sessions[2]}")[0] == 200
        status, said = sign_out(server, laid.sessions[2], server.url)
        assert (status, UNAVAILABLE in said) == (503, True)

    asyncio.run(happen())
    assert {(refusal.code, refusal.detail) for refusal in page.refusals} == {("unavailable", UNAVAILABLE)}
    assert stored_messages(server, laid) == [(1, "while there is room"), (2, "without room"), (3, "with room again")]
    assert (page.seen, len(page.opened)) == (["while there is room", "without room", "with room again"], 1)
    # What fills the disk is often the log: the same failure, again and again, is not told in full.
    assert server.log.count("Traceback") + server.log.count('  File "') == 0


@pytest.mark.django_db
def test_a_full_database_is_one_that_is_away() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count")
        (most,) = cursor.fetchone()
        cursor.execute("PRAGMA max_page_count = 1")  # none beyond those that there are
        try:
            with pytest.raises(OperationalError, match="full") as failure:
                cursor.execute("CREATE TABLE too_large AS SELECT zeroblob(10000000)")
        finally:
            cursor.execute(f"PRAGMA max_page_count = {most}")
    assert is_database_unavailable(failure.value)
