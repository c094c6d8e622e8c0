"""What follows from an organiser's decision about a company: its booth, its people's access, the audit log."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booths.models import Booth, Product
from fairplatform.accounts.models import AuditEntry, User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation
from fairplatform.office.companies import states
from meetings.models.meeting import Side
from meetings.schedule.actions.planning import schedule_meeting
from tests.factories import (
    NOW,
    actor,
    make_buyer,
    make_exhibitor,
    make_fair,
    make_participation,
    make_slots,
    make_staff,
)

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.office.companies.states")]


@pytest.fixture
def fair() -> Fair:
    return make_fair()


def post(client: Client, fair: Fair, *companies: Participation, **fields: Any) -> Any:
    keys = [str(company.pk) for company in companies]
    return client.post(reverse("office:companies_state", args=[fair.slug]), {"company": keys, **fields})


def test_withdrawn_company_loses_its_booth_and_its_people_at_once(client: Client, fair: Fair, organiser: User) -> None:
    exhibitor = make_exhibitor(fair)
    seller = make_staff(exhibitor)
    seller.refresh_from_db()
    visitor = Client()
    client.force_login(seller)
    addresses = {client: reverse("booths:my_booth", args=[fair.slug]), visitor: exhibitor.booth.get_absolute_url()}
    assert [who.get(address).status_code for who, address in addresses.items()] == [200, 200]
    states.set_state(
        actor(organiser), fair=fair, participations=[exhibitor.pk], state="withdrawn", note="illness", now=NOW
    )
    assert [who.get(address).status_code for who, address in addresses.items()] == [404, 404]
    assert User.objects.get(pk=seller.pk).access_version == seller.access_version + 1
    [entry] = AuditEntry.objects.all()
    assert (entry.before, entry.after) == ({"state": "approved"}, {"state": "withdrawn", "note": "illness"})
    states.set_state(actor(organiser), fair=fair, participations=[exhibitor.pk], state="approved", now=NOW)
    assert [who.get(address).status_code for who, address in addresses.items()] == [200, 200]


def test_approved_seller_with_a_hall_gets_its_booth(fair: Fair, organiser: User) -> None:
    seller = make_participation(fair, sells=True, country="CN", city="yiwu")
    without_hall = make_participation(fair, sells=True, country="CN", city="yiwu")
    Participation.objects.filter(pk__in=[seller.pk, without_hall.pk]).update(state="submitted")
    Participation.objects.filter(pk=without_hall.pk).update(hall=None)
    everybody = [seller.pk, without_hall.pk, make_buyer(fair).pk]
    assert (
        states.set_state(actor(organiser), fair=fair, participations=everybody, state="approved", now=NOW)
        == everybody[:2]
    )
    assert [booth.participation for booth in Booth.objects.visible_to(AnonymousUser())] == [seller]


def test_several_are_decided_in_the_list_which_keeps_its_filters(client: Client, fair: Fair, organiser: User) -> None:
    first, second = make_buyer(fair), make_buyer(fair)
    client.force_login(organiser)
    back = reverse("office:companies", args=[fair.slug]) + "?part=buys&page=2"
    got = post(client, fair, first, second, state="waiting", next=back)
    assert (got["Location"], set(fair.participations.values_list("state", flat=True))) == (back, {"waiting"})
    assert (
        post(client, fair, first, state="waiting", next="https://elsewhere.example/")["Location"] == back.split("?")[0]
    )


def test_nothing_is_decided_without_a_choice_or_about_another_fairs_company(
    client: Client, fair: Fair, organiser: User
) -> None:
    foreign, own = make_buyer(make_fair()), make_buyer(fair)
    client.force_login(organiser)
    for companies, state in (([], "refused"), ([foreign], "refused"), ([own], "promoted")):
        post(client, fair, *companies, state=state)
    assert set(Participation.objects.values_list("state", flat=True)) == {"approved"}
    with pytest.raises(Refused):
        states.set_state(actor(organiser), fair=fair, participations=[own.pk, foreign.pk], state="refused", now=NOW)
    assert not AuditEntry.objects.exists()


def test_the_second_of_two_organisers_is_told_what_the_first_has_decided(
    client: Client, fair: Fair, organiser: User
) -> None:
    one, other = make_buyer(fair), make_buyer(fair)
    client.force_login(organiser)
    address = reverse("office:companies", args=[fair.slug])
    for page in (address, f"{address}{one.pk}/"):
        Participation.objects.update(state="submitted")
        seen = re.findall(r'name="seen" value="([^"]*)"', client.get(page).content.decode())
        assert f"{one.pk}:submitted" in seen
        post(client, fair, one, state="approved")
        got = post(client, fair, one, other, state="refused", seen=seen)
        assert [str(message) for message in get_messages(got.wsgi_request)][-1].endswith(
            "in the meantime: Approved. Nothing was changed. Check it, and decide again."
        )
        assert [Participation.objects.get(pk=row.pk).state for row in (one, other)] == ["approved", "submitted"]
        # Who wants what the other has decided is not asked, nor who sees it as it is.
        post(client, fair, one, state="approved", seen=seen)
        post(client, fair, one, state="refused", seen=[f"{one.pk}:approved"])
        assert Participation.objects.get(pk=one.pk).state == "refused"


def test_meetings_that_remain_are_pointed_out(client: Client, fair: Fair, organiser: User) -> None:
    exhibitor, buyer = make_exhibitor(fair), make_buyer(fair)
    slot = make_slots(fair, first=timezone.now() + timedelta(hours=1))[0]
    parties = [(make_staff(exhibitor), Side.EXHIBITOR), (make_staff(buyer), Side.BUYER)]
    schedule_meeting(
        fair=fair, exhibitor=exhibitor, buyer=buyer, slot=slot, parties=parties, interpreter=None,
        interpreting="not_needed", reason={},
    )  # fmt: skip
    client.force_login(organiser)
    got = post(client, fair, buyer, state="withdrawn")
    assert [str(message) for message in get_messages(got.wsgi_request)] == [
        "1 company: Withdrawn.",
        "1 confirmed meeting remains in the schedule. Cancel it or find another partner.",
    ]


def test_verified_mark_is_given_and_taken(client: Client, fair: Fair, organiser: User) -> None:
    exhibitor = make_exhibitor(fair)
    client.force_login(organiser)
    for answer, verified in (("yes", True), ("no", False)):
        client.post(reverse("office:company_verified", args=[fair.slug, exhibitor.pk]), {"verified": answer})
        exhibitor.company.refresh_from_db()
        assert (exhibitor.company.verified_at is not None) is verified
    assert AuditEntry.objects.count() == 2
    Participation.objects.create(fair=make_fair(), company=exhibitor.company, sells=True)
    with pytest.raises(Refused):
        states.set_verified(actor(organiser), participation=exhibitor.pk, verified=True, now=timezone.now())


def test_page_shows_who_decided_what(client: Client, fair: Fair, organiser: User) -> None:
    buyer = make_buyer(fair)
    states.set_state(
        actor(organiser), fair=fair, participations=[buyer.pk], state="waiting", note="hall is full", now=NOW
    )
    client.force_login(organiser)
    page = client.get(reverse("office:company", args=[fair.slug, buyer.pk])).content.decode()
    assert ["hall is full" in page, str(organiser.name) in page] == [True, True]


def test_new_booth_shows_what_its_company_showed_before(fair: Fair, organiser: User) -> None:
    seller = make_participation(fair, sells=True, country="CN", city="yiwu")
    Participation.objects.filter(pk=seller.pk).update(state="submitted")
    product = Product.objects.create(company=seller.company, name={"en": "Pliers"}, hs6="820320")
    # A company that became another one has left its booth, and the address of it, to that one.
    Booth.objects.filter(pk=make_exhibitor(fair).booth.pk).update(slug=seller.company.slug)
    states.set_state(actor(organiser), fair=fair, participations=[seller.pk], state="approved", now=NOW)
    booth = Booth.objects.get(participation=seller)
    assert (booth.number, booth.slug, booth.displays.get().product) == ("2", f"{seller.company.slug}-2", product)
