"""What people mark in a fair: a star, a note, a list that nobody else sees, and a booth that closes."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from booths import favourites
from booths.models import Favourite, Product
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation
from tests.factories import NOW, actor, make_buyer, make_exhibitor, make_fair, make_product, make_role, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.either]
SCRIPT = {"x-requested-with": "fetch"}


@pytest.fixture
def fair() -> Fair:
    return make_fair()


@pytest.fixture
def buyer(fair: Fair, client: Client) -> User:
    person = make_staff(make_buyer(fair))
    client.force_login(person)
    return person


def star(exhibitor: Participation) -> str:
    return reverse("booths:favourite_booth", args=[exhibitor.fair.slug, exhibitor.booth.pk])


def stored() -> list[tuple[int | None, int | None, str]]:
    return list(Favourite.objects.order_by("pk").values_list("booth", "product", "note"))


def test_a_star_is_a_form_that_needs_no_script(client: Client, fair: Fair, buyer: User) -> None:
    exhibitor = make_exhibitor(fair)
    page = client.get(star(exhibitor))
    assert (page.status_code, stored()) == (200, [])
    assert client.post(star(exhibitor), {"note": "Ask about handles"})["Location"] == f"/fairs/{fair.slug}/favourites/"
    assert stored() == [(exhibitor.booth.pk, None, "Ask about handles")]
    assert "Ask about handles" in client.get(f"/fairs/{fair.slug}/favourites/").text
    client.post(star(exhibitor), {"marked": "0"})
    assert stored() == []


def test_a_script_marks_without_touching_the_note(client: Client, fair: Fair, buyer: User) -> None:
    exhibitor = make_exhibitor(fair)
    client.post(star(exhibitor), {"note": "Ask about handles"})
    for marked, now in (("1", [(exhibitor.booth.pk, None, "Ask about handles")]), ("0", []), ("0", [])):
        answer = client.post(star(exhibitor), {"marked": marked}, headers=SCRIPT)
        assert (answer.json(), stored()) == ({"marked": marked == "1"}, now)


def test_a_note_that_is_too_long_is_refused_and_stays_in_the_form(client: Client, fair: Fair, buyer: User) -> None:
    exhibitor, note = make_exhibitor(fair), "x" * 501
    page = client.post(star(exhibitor), {"note": note})
    assert (page.status_code, note in page.text, 'role="alert"' in page.text, stored()) == (409, True, True, [])


def test_the_keys_are_one_persons_in_one_fair(client: Client, fair: Fair, buyer: User) -> None:
    exhibitor, other = make_exhibitor(fair), make_exhibitor(fair)
    product = make_product(exhibitor)
    rival = make_staff(make_buyer(fair))
    elsewhere = make_exhibitor(make_fair())
    for person, kind, key in ((buyer, "booth", exhibitor.booth.pk), (buyer, "product", product.pk),
                              (rival, "booth", other.booth.pk)):  # fmt: skip
        favourites.mark(actor(person), fair=fair, kind=kind, key=key, note=None, now=NOW)
    favourites.mark(actor(buyer), fair=elsewhere.fair, kind="booth", key=elsewhere.booth.pk, note=None, now=NOW)
    got = client.get(f"/fairs/{fair.slug}/favourites/keys/").json()
    assert got == {"booths": [exhibitor.booth.pk], "products": [product.pk]}


def test_nobody_else_sees_what_somebody_has_marked(client: Client, fair: Fair, buyer: User) -> None:
    exhibitor = make_exhibitor(fair)
    favourites.mark(actor(buyer), fair=fair, kind="booth", key=exhibitor.booth.pk, note="Secret note", now=NOW)
    others = [make_staff(exhibitor), make_staff(make_buyer(fair)), make_role(fair, "organiser")]
    colleague = make_staff(buyer.positions.get().company.participations.get())
    for person in [*others, colleague]:
        reader = Client()
        reader.force_login(person)
        pages = [f"/fairs/{fair.slug}/favourites/", star(exhibitor), exhibitor.booth.get_absolute_url()]
        shown = [reader.get(page).text for page in pages]
        assert [("Secret note" in page) for page in shown] == [False] * 3
        assert reader.get(f"/fairs/{fair.slug}/favourites/keys/").json() == {"booths": [], "products": []}
        reader.post(star(exhibitor), {"marked": "0"})
        assert list(Favourite.objects.visible_to(person)) == []
    assert stored() == [(exhibitor.booth.pk, None, "Secret note")]


def test_a_favourite_stays_when_the_booth_closes(client: Client, fair: Fair, buyer: User) -> None:
    exhibitor = make_exhibitor(fair)
    product = make_product(exhibitor)
    for kind, key in (("booth", exhibitor.booth.pk), ("product", product.pk)):
        favourites.mark(actor(buyer), fair=fair, kind=kind, key=key, note=f"My {kind}", now=NOW)  # type: ignore[arg-type]
    url = f"/fairs/{fair.slug}/favourites/"
    assert client.get(url).text.count(">No longer at the fair<") == 0
    Participation.objects.filter(pk=exhibitor.pk).update(state="withdrawn")
    page = client.get(url).text
    assert page.count(">No longer at the fair<") == 2
    assert (exhibitor.booth.get_absolute_url() in page, f'"/fairs/{fair.slug}/products/{product.pk}/"' in page) == (
        False,
        False,
    )
    assert ("My booth" in page, "My product" in page) == (True, True)
    assert client.get(star(exhibitor)).status_code == 200
    client.post(star(exhibitor), {"marked": "0"})
    assert [booth for booth, *_ in stored()] == [None]
    assert client.post(star(exhibitor)).status_code == 404


def test_what_a_product_is_called_after_it_was_hidden_is_not_told(client: Client, fair: Fair, buyer: User) -> None:
    product = make_product(make_exhibitor(fair), "Pliers")
    favourites.mark(actor(buyer), fair=fair, kind="product", key=product.pk, note=None, now=NOW)
    product.displays.all().delete()
    Product.objects.filter(pk=product.pk).update(name={"en": "Silent hammer"})
    own = reverse("booths:favourite_product", args=[fair.slug, product.pk])
    pages = [client.get(page).text for page in (f"/fairs/{fair.slug}/favourites/", own)]
    assert [("Silent hammer" in page, "Pliers" in page) for page in pages] == [(False, True)] * 2


def test_the_list_as_text_has_names_places_notes_and_addresses(client: Client, fair: Fair, buyer: User) -> None:
    exhibitor = make_exhibitor(fair)
    product = make_product(exhibitor, "Pliers")
    favourites.mark(actor(buyer), fair=fair, kind="product", key=product.pk, note="Ask", now=NOW)
    client.cookies["django_language"] = "en"
    page = client.get(f"/fairs/{fair.slug}/favourites/").text
    [text] = re.findall(r'for-copy" dir="auto">(.*?)</p>', page, re.DOTALL)
    company = exhibitor.company.name["en"]
    assert text.splitlines() == [
        "Pliers", f"{company} · Hand tools, booth 1", "Ask", f"http://testserver/fairs/{fair.slug}/products/{product.pk}/",
    ]  # fmt: skip


def test_a_person_keeps_a_limited_number(fair: Fair, buyer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(favourites, "MOST", 1)
    first, second = make_exhibitor(fair), make_exhibitor(fair)
    favourites.mark(actor(buyer), fair=fair, kind="booth", key=first.booth.pk, note=None, now=NOW)
    with pytest.raises(Refused) as refused:
        favourites.mark(actor(buyer), fair=fair, kind="booth", key=second.booth.pk, note=None, now=NOW)
    assert refused.value.code == "favourites_full"
    favourites.mark(actor(buyer), fair=fair, kind="booth", key=first.booth.pk, note="Changed", now=NOW)
    assert stored() == [(first.booth.pk, None, "Changed")]


@pytest.mark.parametrize("both", [True, False])
def test_a_favourite_is_either_a_booth_or_a_product(fair: Fair, buyer: User, both: bool) -> None:
    exhibitor = make_exhibitor(fair)
    marked = {"booth": exhibitor.booth, "product": make_product(exhibitor)} if both else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        Favourite.objects.create(fair=fair, user=buyer, **marked)


def test_the_list_takes_a_fixed_number_of_queries(
    client: Client, fair: Fair, buyer: User, django_assert_num_queries: Any
) -> None:
    counts = []
    for number in (2, 12):
        for _ in range(number):
            exhibitor = make_exhibitor(fair)
            for kind, key in (("booth", exhibitor.booth.pk), ("product", make_product(exhibitor).pk)):
                favourites.mark(actor(buyer), fair=fair, kind=kind, key=key, note="x", now=NOW)  # type: ignore[arg-type]
        client.get(f"/fairs/{fair.slug}/favourites/")
        with django_assert_num_queries(100, exact=False) as asked:
            client.get(f"/fairs/{fair.slug}/favourites/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("kind", ["booth", "product"])
def test_a_number_that_nothing_can_have_is_not_found(client: Client, fair: Fair, buyer: User, kind: str) -> None:
    path = reverse(f"booths:favourite_{kind}", args=[fair.slug, 2**63])
    answers = [client.get(path), client.post(path), client.post(path, {"marked": "0"})]
    assert [answer.status_code for answer in answers] == [404] * 3
