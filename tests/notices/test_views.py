"""A person's notices as a page."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from fairplatform.fairs.models import Registration
from fairplatform.notices.actions import notify, unread
from tests.factories import NOW, make_fair, make_person, three

LIST = reverse("notices:notices")


def notify_person(person: Any, times: int = 1, name: str = "A") -> list[Any]:
    fair = make_fair()
    sent = [
        notify([person], fair=fair, code="outcome_agreed", parameters={"company": three(name)}, path="/x/", now=NOW)
        for _ in range(times)
    ]
    return [notice for row in sent for notice in row]


def test_the_list_is_in_pages_and_counts(db: Any, client: Client) -> None:
    person = make_person()
    client.force_login(person)
    assert "No notifications yet" in client.get(LIST).content.decode()
    notify_person(person, 31)
    first, second = client.get(LIST), client.get(LIST, {"page": 2})
    assert [len(answer.context["entries"]) for answer in (first, second)] == [30, 1]
    assert first.context["entries"][0].text == "You and A have both confirmed the outcome of your meeting."
    assert first.context["unread"] == 31


def test_a_name_of_the_other_direction_is_isolated_and_no_markup(db: Any, client: Client) -> None:
    person = make_person()
    notify_person(person, name="<i>ٹولز")
    client.force_login(person)
    [text] = re.findall('<span class="notice-list__text">(.*?)</span>', client.get(LIST).text)
    assert text == "You and <bdi>&lt;i&gt;ٹولز</bdi> have both confirmed the outcome of your meeting."


def test_opening_a_notice_reads_it(db: Any, client: Client) -> None:
    person = make_person()
    notice = notify_person(person, 2)[0]
    client.force_login(person)
    answer = client.post(reverse("notices:read", args=[notice.pk]))
    assert (answer["Location"], unread(person)) == ("/x/", 1)
    client.post(reverse("notices:read_all"))
    assert unread(person) == 0


def test_another_persons_notice_is_not_there(db: Any, client: Client) -> None:
    notice = notify_person(make_person())[0]
    assert client.post(reverse("notices:read", args=[notice.pk])).status_code == 302
    client.force_login(make_person())
    assert client.post(reverse("notices:read", args=[notice.pk])).status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_the_registrations_of_the_reader_are_found_again_there(db: Any, client: Client) -> None:
    fair, person = make_fair(), make_person()
    client.force_login(person)
    assert "Your registrations" not in client.get(LIST).text
    Registration.objects.create(fair=fair, user=person, accepted_at=NOW, consented_at=NOW)
    Registration.objects.create(fair=make_fair(), user=make_person(), accepted_at=NOW)
    assert re.findall(r'href="(/fairs/[^"]*/registration/)"', client.get(LIST).text) == [
        f"/fairs/{fair.slug}/registration/"
    ]
