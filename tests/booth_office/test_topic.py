"""Colleagues at one page of the booth office see each other, and what each has typed; nobody else does."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from booths.models import Product
from fairplatform.realtime import topic_names
from tests.booth_office.booth_office import BoothOffice, sent
from tests.factories import make_exhibitor, make_fair, make_product
from tests.realtime.client import Client, session_of

pytestmark = pytest.mark.django_db(transaction=True)


def make_offices() -> tuple[BoothOffice, BoothOffice, BoothOffice, Product]:
    exhibitor = make_exhibitor(make_fair(state="draft"))
    product = make_product(exhibitor, article="P-1")
    rival = BoothOffice(make_exhibitor(exhibitor.fair))
    return BoothOffice(exhibitor, name={"en": "Li Na"}), BoothOffice(exhibitor), rival, product


@pytest.fixture
async def scene() -> AsyncIterator[tuple[list[Client], list[BoothOffice], Product]]:
    """The sockets of two colleagues and of a rival."""
    *offices, product = await sync_to_async(make_offices)()
    sockets = [await Client.open(await sync_to_async(session_of)(office.person)) for office in offices]
    yield sockets, offices, product
    for socket in sockets:
        await socket.close()


async def test_colleagues_see_who_has_the_page_open(scene: Any) -> None:
    (one, other, _), (office, colleague, _), product = scene
    topic = topic_names.office(office.booth.pk, product.pk)
    await one.send("join", topic)
    snapshot = (await other.send("join", topic))["snapshot"]
    assert [person["id"] for person in snapshot["here"]] == [office.person.pk]
    assert (snapshot["inputs"]["name_en"], snapshot["inputs"]["hs"]) == ("Pliers", "8203.20")
    while len(here := (await one.event("presence.changed"))["here"]) < 2:
        pass
    assert sorted(person["id"] for person in here) == sorted([office.person.pk, colleague.person.pk])


@pytest.mark.parametrize("page", ["new", "files", "staff"])
async def test_pages_without_a_common_draft_tell_who_is_there(scene: Any, page: str) -> None:
    (one, other, rival), (office, _, _), _product = scene
    topic = topic_names.office(office.booth.pk, page)
    assert (await one.send("join", topic))["snapshot"] == {"inputs": {}, "here": []}
    snapshot = (await other.send("join", topic))["snapshot"]
    assert [person["id"] for person in snapshot["here"]] == [office.person.pk]
    assert (await rival.send("join", topic)).get("code") == "not_found"


async def test_what_a_colleague_types_publishes_and_discards_arrives(scene: Any) -> None:
    (_, other, _), (office, _, _), product = scene
    await other.send("join", topic_names.office(office.booth.pk, product.pk))
    post = sync_to_async(office.post)
    await post("product_typed", product.pk, name="moq", text="4,000", seen="3000")
    changed = await other.event("draft.changed")
    assert (changed["inputs"], changed["by"]) == ({"moq": "4,000"}, office.person.pk)
    await post("product", product.pk, act="discard")
    assert (await other.event("draft.changed"))["inputs"]["moq"] == "3000"
    page = await sync_to_async(office.get)("product", product.pk)
    await post("product", product.pk, **(await sync_to_async(sent)(page, moq="5,000")))
    assert (await other.event("draft.changed"))["inputs"]["moq"] == "5000"


async def test_texts_of_the_booth_have_a_topic_of_their_own(scene: Any) -> None:
    (_, other, _), (office, _, _), _ = scene
    snapshot = (await other.send("join", topic_names.office(office.booth.pk)))["snapshot"]
    assert snapshot["inputs"]["tagline_en"] == ""
    assert "kind" not in snapshot["inputs"]  # its label is in the language of each page
    await sync_to_async(office.post)("booth_typed", name="tagline_en", text="Pliers", seen="")
    assert (await other.event("draft.changed"))["inputs"] == {"tagline_en": "Pliers"}


async def test_a_rival_joins_no_topic_of_another_booth(scene: Any) -> None:
    (_, _, rival), (office, _, competitor), product = scene
    topics = [
        topic_names.office(office.booth.pk), topic_names.office(office.booth.pk, product.pk),
        topic_names.office(competitor.booth.pk, product.pk), "office:0", "office:x", "office:1-0", "office",
        f"office:{office.booth.pk}-other", f"office:{office.booth.pk}-",
    ]  # fmt: skip
    got = [(await rival.send("join", topic)).get("code") for topic in topics]
    assert got == ["not_found"] * len(topics)
