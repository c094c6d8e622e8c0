"""The pictures of a demand: added and removed by its company, seen by those who see the demand and by nobody else."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from booths.attachments import MOST_OF_DEMAND, Target, attach
from booths.models import Attachment, Demand
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation
from fairplatform.files.models import File, Rendition, Upload
from fairplatform.policy import Role
from tests.demands.pages import browser, url
from tests.factories import (
    NOW,
    actor,
    make_attachment,
    make_buyer,
    make_demand,
    make_exhibitor,
    make_fair,
    make_product,
    make_role,
    make_staff,
)
from tests.files.made import PDF, SVG, picture

pytestmark = [pytest.mark.django_db, pytest.mark.either("booths.attachments")]
NO_PICTURE = "This file type is not accepted. Upload one of these: JPEG, PNG, WebP."
FULL = "There is room for 6 files here. Remove one first."


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path


@pytest.fixture
def demand(buyer: Participation) -> Demand:
    return make_demand(buyer)


def send(client: Client, demand: Demand, content: bytes, name: str = "sample.png") -> str:
    """Sends it with the plain form; returns what the page then says."""
    sent = {"place": "gallery", "file": SimpleUploadedFile(name, content)}
    answer = client.post(url("pictures", demand.fair, demand.pk), sent, follow=True)
    return " ".join(re.findall(r'<span class="notice__text">(.*?)</span>', answer.text))


def shown(client: Client, fair: Fair, demand: Demand, route: str = "demand") -> list[str]:
    page = client.get(url(route, fair, demand.pk)).text.partition("<main")[2]
    return re.findall(r'<a href="(/files/\d+/)"', page)


def test_a_picture_of_the_sample_is_seen_by_those_who_see_the_demand(
    fair: Fair, demand: Demand, person: User, clerk: User
) -> None:
    assert send(browser(person), demand, picture()) == "Uploaded."
    row = Attachment.objects.get()
    assert (row.demand, row.company, row.product, row.place) == (demand, demand.participation.company, None, "gallery")
    address = f"/files/{row.file_id}/"
    for reader in (person, clerk, make_role(fair, Role.ORGANISER)):
        assert shown(browser(reader), fair, demand) == [address]
        answer = browser(reader).get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
        assert answer["Cache-Control"].startswith("private")
    assert shown(browser(clerk), fair, demand, "quote") == [address]
    others = [Client(), browser(make_staff(make_buyer(fair))), browser(make_staff(make_exhibitor(make_fair())))]
    assert [other.get(address).status_code for other in others] == [404] * 3


def test_what_is_not_confirmed_shows_its_pictures_to_nobody_else(buyer: Participation, clerk: User) -> None:
    row = make_attachment(make_demand(buyer, state="waiting"))
    assert not Attachment.objects.visible_to(clerk).filter(pk=row.pk).exists()


def test_it_stands_neither_at_a_booth_nor_among_the_companys_own_files(fair: Fair) -> None:
    both = make_exhibitor(fair)
    Participation.objects.filter(pk=both.pk).update(buys=True)
    row, client = make_attachment(make_demand(both)), browser(make_staff(both))
    for path in (both.booth.get_absolute_url(), reverse("booth_office:files", args=[fair.slug])):
        answer = client.get(path)
        assert (answer.status_code, f"/files/{row.file_id}/" in answer.text) == (200, False)
    for act in ("title", "move", "remove"):
        path = reverse(f"booth_office:attachment_{act}", args=[fair.slug, row.pk])
        assert client.post(path).status_code == 404


def test_it_is_sent_in_parts(fair: Fair, demand: Demand, person: User) -> None:
    client, content = browser(person), picture()
    told = {"place": "gallery", "name": "sample.png", "size": len(content), "modified": 1}
    begun = client.post(url("upload_begin", fair, demand.pk), told).json()
    assert "Unfinished: " in client.get(url("pictures", fair, demand.pk)).text
    assert client.put(f"{begun['parts']}?offset=0", content).json()["received"] == len(content)
    other = make_demand(demand.participation, "Pumps")
    assert client.post(url("upload_finish", fair, other.pk, begun["key"])).status_code == 404
    assert client.post(begun["finish"]).status_code == 200
    assert (demand.attachments.count(), other.attachments.count(), Upload.objects.count()) == (1, 0, 0)
    again = client.post(url("upload_begin", fair, demand.pk), told).json()
    client.post(again["cancel"])
    assert Upload.objects.count() == 0


def test_what_was_begun_for_a_demand_is_finished_there_alone(fair: Fair) -> None:
    """The booth office does not know that the fair of the demand is closed."""
    both, content = make_exhibitor(fair), picture()
    Participation.objects.filter(pk=both.pk).update(buys=True)
    client, demand = browser(make_staff(both)), make_demand(both)
    told = {"place": "gallery", "name": "sample.png", "size": len(content), "modified": 1}
    begun = client.post(url("upload_begin", fair, demand.pk), told).json()
    client.put(f"{begun['parts']}?offset=0", content)
    office = reverse("booth_office:upload_finish", args=[fair.slug, begun["key"]])
    assert (client.post(office).status_code, demand.attachments.count()) == (404, 0)
    own = client.post(reverse("booth_office:upload_begin", args=[fair.slug]), told).json()
    assert client.post(url("upload_finish", fair, demand.pk, own["key"])).status_code == 404


def test_whoever_took_it_down_adds_none_that_was_still_encoded_when_it_was_confirmed(
    fair: Fair, buyer: Participation
) -> None:
    demand, taker = make_demand(buyer, state="waiting"), make_role(fair, Role.ORGANISER)
    target = Target(buyer.company, None, "gallery", demand)
    Demand.objects.update(state="open")
    with pytest.raises(Refused, match="not_permitted"):
        attach(actor(taker), target=target, name="sample.png", content=picture(), now=NOW)
    assert (demand.attachments.count(), File.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (PDF, "a.pdf", NO_PICTURE),
        (SVG, "a.png", NO_PICTURE),
        (b"GIF89a", "a.png", NO_PICTURE),
        (b"", "a.png", "The file is empty."),
    ],
    ids=["a document", "a drawing", "another kind", "nothing"],
)
def test_what_is_no_picture_is_refused_in_words_and_nothing_is_stored(
    demand: Demand, person: User, content: bytes, name: str, said: str
) -> None:
    assert send(browser(person), demand, content, name) == said
    assert (Attachment.objects.count(), File.objects.count()) == (0, 0)


def test_a_demand_has_room_for_a_few(demand: Demand, person: User) -> None:
    for _ in range(MOST_OF_DEMAND):
        make_attachment(demand)
    assert send(browser(person), demand, picture()) == FULL
    assert demand.attachments.count() == MOST_OF_DEMAND


def test_removed_it_is_gone_with_its_file_also_with_its_demand(fair: Fair, demand: Demand, person: User) -> None:
    client = browser(person)
    send(client, demand, picture())
    row = Attachment.objects.get()
    others = make_attachment(make_demand(make_buyer(fair)))
    assert client.post(url("picture_remove", fair, demand.pk, others.pk)).status_code == 404
    client.post(url("picture_remove", fair, demand.pk, row.pk))
    assert list(Attachment.objects.all()) == [others]
    Demand.objects.filter(attachments=others).delete()
    assert (Attachment.objects.count(), File.objects.count(), Rendition.objects.count()) == (0, 0, 0)


def test_a_demand_has_pictures_alone(demand: Demand, seller: Participation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_attachment(demand, "document")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_attachment(demand, product=make_product(seller))
