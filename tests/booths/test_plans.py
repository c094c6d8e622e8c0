"""The plans of a hall and of a fair's halls: drawn once for everybody, with a table of the same booths beneath."""

import re

import pytest
from django.test import Client

from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Fair, Hall, Participation
from tests.factories import make_exhibitor, make_fair, three

pytestmark = [pytest.mark.django_db, pytest.mark.either]


def exhibitor(fair: Fair, number: str, name: dict[str, str]) -> Participation:
    made = make_exhibitor(fair)
    made.booth.number = number
    made.booth.save()
    Company.objects.filter(pk=made.company_id).update(name=name)
    return made


def page(client: Client, fair: Fair, path: str = "halls/1/", language: str = "en") -> str:
    client.cookies["django_language"] = language
    return client.get(f"/fairs/{fair.slug}/{path}").text


def labels(html: str) -> list[str]:
    """The number and the lines of the name of each place, as they are read aloud."""
    places = re.findall(r'<a class="plan__booth".*?</a>', html, re.DOTALL)
    return [" ".join(re.findall(r'<text class="plan__(?:number|hall|name)"[^>]*>(.*?)</text>', one)) for one in places]


def test_booths_stand_in_the_order_of_their_numbers_each_a_link_and_a_row(client: Client) -> None:
    fair = make_fair()
    for number in ("A-10", "A-2", "B-1"):
        exhibitor(fair, number, three(f"Firm {number}"))
    html = page(client, fair)
    assert labels(html) == ["A-2 Firm A-2", "A-10 Firm A-10", "B-1 Firm B-1"]
    table = html.partition("<tbody>")[2].partition("</tbody>")[0]
    assert re.findall(r"<td><bdi>(.*?)</bdi></td>", table) == ["A-2", "A-10", "B-1"]
    places = {booth: f"/fairs/{fair.slug}/booths/{slug}/" for booth, slug in fair.booths.values_list("pk", "slug")}
    linked = re.findall(r'<a class="plan__booth" data-booth="(\d+)"\s+href="([^"]*)"', html)
    assert {int(booth): path for booth, path in linked} == places


def test_names_are_those_of_the_readers_language_and_escaped(client: Client) -> None:
    fair = make_fair()
    exhibitor(fair, "1", {"en": "<script>Tools", "zh-hans": "五金", "ur": "اوزار"})
    shown = {
        language: re.findall(
            r'<text class="plan__name"[^>]*direction="(\w+)">(.*?)</text>', page(client, fair, language=language)
        )
        for language in ("en", "zh-hans", "ur")
    }
    assert shown == {"en": [("ltr", "&lt;script&gt;Tools")], "zh-hans": [("ltr", "五金")], "ur": [("rtl", "اوزار")]}


def test_booths_that_are_not_open_are_not_drawn(client: Client) -> None:
    fair = make_fair()
    closed = exhibitor(fair, "1", three("Closed"))
    exhibitor(fair, "2", three("Open"))
    Participation.objects.filter(pk=closed.pk).update(state="withdrawn")
    assert labels(page(client, fair)) == ["2 Open"]


def test_a_plan_shows_what_has_changed(client: Client) -> None:
    fair = make_fair()
    made = exhibitor(fair, "1", three("Firm"))
    seen = [labels(page(client, fair))]
    Company.objects.filter(pk=made.company_id).update(name=three("Renamed"))
    seen.append(labels(page(client, fair)))
    exhibitor(fair, "2", three("Another"))
    seen.append(labels(page(client, fair)))
    assert seen == [["1 Firm"], ["1 Renamed"], ["1 Renamed", "2 Another"]]
    Fair.objects.filter(pk=fair.pk).update(slug="renamed")
    fair.refresh_from_db()
    assert f'href="/fairs/renamed/booths/{made.booth.slug}/"' in page(client, fair)


def test_a_hall_without_booths_has_no_plan(client: Client) -> None:
    assert 'class="plan"' not in page(client, make_fair())


def test_the_halls_of_a_fair_are_a_plan(client: Client) -> None:
    fair = make_fair()
    Hall.objects.create(fair=fair, number=2, name=three("Pumps"), pattern=2)
    assert labels(page(client, fair, "halls/")) == ["1 Hand tools", "2 Pumps"]


def test_the_topic_is_the_halls_and_the_fairs(client: Client) -> None:
    fair = make_fair()
    exhibitor(fair, "1", three("Firm"))
    assert f'<fair-hall topic="hall:{fair.halls.get().pk}">' in page(client, fair)
    assert f'<fair-halls topic="halls:{fair.slug}">' in page(client, fair, "halls/")
