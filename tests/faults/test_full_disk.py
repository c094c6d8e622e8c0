"""A full disk: nothing is acknowledged that is not stored, probes and metrics say why, and all goes on with space."""

import asyncio

import pytest
from django.db import OperationalError, connection

from fairplatform.observability.failures import is_database_unavailable
from tests.faults.full_disk import full_disk
from tests.faults.pages import Page
from tests.faults.probing import ask
from tests.scenarios import make_chat_scenario, stored_messages
from tests.servers.programs import wait_until
from tests.servers.serve import Servers
from tests.servers.sign_out import sign_out

pytestmark = pytest.mark.embedded
UNAVAILABLE = "The fair is temporarily unavailable. Try again shortly."


def test_messages_are_refused_until_there_is_space_again(serve: Servers) -> None:
    server = serve("--no-tasks")
    scenario, log = make_chat_scenario(server, people=3), server.data_dir / "fair.sqlite3-wal"
    page = Page(server.socket_url, scenario.tokens[2], scenario.topic)
    assert server.program.process is not None
    process = server.program.process.pid

    async def happen() -> None:
        async with page.kept_open():
            page.write("while there is room")
            await page.until(lambda: len(page.stored) == 1, seconds=10)
            with full_disk(process, beyond=(await asyncio.to_thread(log.stat)).st_size):
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
        assert ask(server.port, scenario.conversation, Cookie=f"sessionid={scenario.sessions[2]}")[0] == 200
        status, body = sign_out(server, scenario.sessions[2], server.url)
        assert (status, UNAVAILABLE in body) == (503, True)

    asyncio.run(happen())
    assert {(refusal.code, refusal.detail) for refusal in page.refusals} == {("unavailable", UNAVAILABLE)}
    assert stored_messages(server, scenario) == [
        (1, "while there is room"),
        (2, "without room"),
        (3, "with room again"),
    ]
    assert (page.seen, len(page.opened)) == (["while there is room", "without room", "with room again"], 1)
    # What fills a disk is often the log: a failure that repeats is not logged in full each time.
    assert server.log.count("Traceback") + server.log.count('  File "') == 0


@pytest.mark.django_db
def test_a_full_database_counts_as_unavailable() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count")
        (most,) = cursor.fetchone()
        cursor.execute("PRAGMA max_page_count = 1")  # no more than it has
        try:
            with pytest.raises(OperationalError, match="full") as failure:
                cursor.execute("CREATE TABLE too_large AS SELECT zeroblob(10000000)")
        finally:
            cursor.execute(f"PRAGMA max_page_count = {most}")
    assert is_database_unavailable(failure.value)
