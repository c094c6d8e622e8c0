"""The process of an import beside a running server: people write meanwhile, it is killed, it stands still."""

import asyncio
import signal
from collections import Counter
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from booths.models import Product
from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Fair
from fairplatform.workbook.models import SILENCE
from fairplatform.workbook.writing import write
from tests.factories import make_fair
from tests.faults.pages import Page
from tests.scenarios import make_chat_scenario, stored_messages
from tests.servers.office_imports import OFFERS_TO_STORE, Organiser, Process
from tests.servers.programs import wait_until
from tests.servers.serve import Server
from tests.servers.server_database import in_database_of

COMPANIES, PRODUCTS = 20, 16_000  # so many that storing them takes a few seconds
PACE = 0.1  # seconds between two messages of one person
MOST_SECONDS = 15  # that storing may take, and so a message may wait
MIDWAY = 0.3  # seconds of processor time, a small part of what the transaction takes
STORED = "Everything was imported."


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    companies = [
        {
            "key": f"c-{n}",
            "name_en": f"Lock Works {n}",
            "country": "CN",
            "city_en": "Yongkang",
            "sells": True,
            "hall": 1,
        }
        for n in range(COMPANIES)
    ]
    products = [
        {"company": f"c-{n % COMPANIES}", "article": f"A-{n}", "name_en": f"Padlock {n}", "hs": "830110"}
        for n in range(PRODUCTS)
    ]
    path = tmp_path_factory.mktemp("large") / "large.xlsx"
    write(path, {"halls": [{"number": 1, "name_en": "Locks"}], "companies": companies, "products": products})
    return path


def stored(server: Server, fair: str) -> tuple[int, int]:
    """How many companies and products the workbook has brought into the fair."""
    companies = Company.objects.filter(participations__fair__slug=fair, participations__key__startswith="c-")
    products = Product.objects.filter(company__participations__fair__slug=fair, article__startswith="A-")
    return in_database_of(server, lambda: (companies.count(), products.count()))


def draft(server: Server) -> str:
    """The slug of a new fair."""
    return in_database_of(server, lambda: make_fair(state=Fair.State.DRAFT).slug)


async def talk(page: Page, name: str, until: asyncio.Event) -> None:
    while not until.is_set():
        page.write(f"{name} {page.written}")
        await asyncio.sleep(PACE)


async def test_nobody_who_writes_loses_a_message_to_an_import(plain_server: Server, large: Path) -> None:
    server = plain_server
    scenario = await asyncio.to_thread(partial(make_chat_scenario, server, people=2))
    organiser, enough = await asyncio.to_thread(Organiser, server, scenario.fair), asyncio.Event()
    pages = [Page(server.socket_url, token, scenario.topic) for token in scenario.tokens]
    async with AsyncExitStack() as open_pages:
        for page in pages:
            await open_pages.enter_async_context(page.kept_open())
        talking = [asyncio.create_task(talk(page, f"p{n}", enough)) for n, page in enumerate(pages)]
        shown = await asyncio.to_thread(organiser.upload, large)
        assert OFFERS_TO_STORE in await asyncio.to_thread(organiser.wait_for, shown)
        await asyncio.to_thread(organiser.store, shown)
        written = [page.written for page in pages]
        assert STORED in await asyncio.to_thread(organiser.wait_for, shown)
        assert all(page.written > before for page, before in zip(pages, written, strict=True))
        enough.set()
        await asyncio.gather(*talking)
        for page in pages:
            await page.until(lambda page=page: len(page.stored) == page.written, seconds=40)  # type: ignore[misc]
        for page in pages:
            await page.until(lambda page=page: len(page.seen) >= sum(one.written for one in pages), seconds=25)  # type: ignore[misc]
    messages = stored_messages(server, scenario)
    assert [number for number, _ in messages] == list(range(1, len(messages) + 1))
    assert {body: number for number, body in messages} == {b: n for page in pages for b, n in page.stored.items()}
    for name, page in enumerate(pages):
        own = [body for _, body in messages if body.startswith(f"p{name} ")]
        assert own == [f"p{name} {number}" for number in range(page.written)]
    # They wait, none is refused, no socket is closed; and the organiser's pages answer all the while.
    assert [(len(page.opened), page.refusals) for page in pages] == [(1, []), (1, [])]
    assert max(wait for page in pages for wait in page.waits) < MOST_SECONDS
    assert Counter(organiser.statuses) == {302: 2, 200: len(organiser.statuses) - 2}
    assert stored(server, scenario.fair) == (COMPANIES, PRODUCTS)


def kill_midway(organiser: Organiser, shown: str) -> None:
    """Kills the process that stores, once its transaction has lasted a while."""
    process = organiser.process_of(shown)
    began: list[float] = []

    def is_midway() -> bool:
        # While it only reads it changes its row once a second, which takes no time.
        used = process.processor_seconds
        began[:] = (began or [used]) if organiser.is_locked(shown) else []
        return bool(began) and used - began[0] > MIDWAY

    wait_until(is_midway, seconds=60, what="the transaction", pause=0.01)
    process.signal(signal.SIGKILL)
    wait_until(lambda: not process.is_running, seconds=10, what="the end of the process")


def test_an_import_killed_midway_stores_nothing_and_can_be_tried_again(plain_server: Server, large: Path) -> None:
    fair = draft(plain_server)
    organiser = Organiser(plain_server, fair)
    shown = organiser.upload(large)
    organiser.wait_for(shown)
    organiser.store(shown)
    kill_midway(organiser, shown)
    assert (organiser.row_of(shown)["state"], stored(plain_server, fair)) == ("storing", (0, 0))
    organiser.pretend_silence(shown, SILENCE["storing"])
    assert OFFERS_TO_STORE in organiser.look(shown)
    organiser.store(shown)
    assert STORED in organiser.wait_for(shown)
    assert (organiser.row_of(shown)["attempt"], stored(plain_server, fair)) == (3, (COMPANIES, PRODUCTS))


def stop_while_reading(organiser: Organiser, shown: str) -> Process:
    process = organiser.process_of(shown)
    # Just after a report of its progress: the next is a second away, so it holds no lock.
    wait_until(lambda: organiser.row_of(shown)["rows"] > 0, seconds=30, what="progress", pause=0.01)
    process.signal(signal.SIGSTOP)
    return process


def test_an_import_that_stood_still_until_another_was_made_is_ended(
    plain_server: Server, large: Path, tmp_path: Path
) -> None:
    fair = draft(plain_server)
    organiser = Organiser(plain_server, fair)
    first = organiser.upload(large)
    process = stop_while_reading(organiser, first)
    organiser.pretend_silence(first, SILENCE["reading"] + timedelta(seconds=1))
    small = tmp_path / "units.xlsx"
    write(small, {"units": [{"key": "jinhua", "name_en": "Jinhua bureau", "country": "CN", "quota": 20}]})
    second = organiser.upload(small)
    organiser.wait_for(second)
    wait_until(lambda: not process.is_running, seconds=10, what="the end of the process")
    given_up = organiser.row_of(first)
    assert (given_up["state"], given_up["report"]) == ("failed", {})
    organiser.store(second)
    assert STORED in organiser.wait_for(second)
    units = Fair.objects.get_queryset().filter(slug=fair).values_list("units__key", "units__quota")
    assert (in_database_of(plain_server, lambda: list(units)), stored(plain_server, fair)) == ([("jinhua", 20)], (0, 0))
