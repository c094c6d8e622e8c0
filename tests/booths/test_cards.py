"""A booth's card shows what the exhibitor makes and its logo, read in a fixed number of queries."""

import re
from typing import Any

import pytest
from django.test import Client

from booths.models import Attachment, Product
from fairplatform.fairs.models import Fair, Participation
from tests.factories import make_attachment, make_exhibitor, make_fair, make_product

pytestmark = [pytest.mark.django_db, pytest.mark.either]
LATTICE = '<svg xmlns="http://www.w3.org/2000/svg" class="lattice"'


@pytest.fixture
def fair() -> Fair:
    return make_fair()


def pictured(exhibitor: Participation, number: int) -> list[Attachment]:
    """Products with a picture."""
    pictures = []
    for _ in range(number):
        product = make_product(exhibitor)
        pictures.append(make_attachment(product, sha256=f"{product.pk:064}"))
        Product.objects.filter(pk=product.pk).update(picture=pictures[-1].file)
    return pictures


def card(client: Client, fair: Fair) -> str:
    page = client.get(f"/fairs/{fair.slug}/halls/1/").text
    return re.search(r'<article class="booth-card">.*?</article>', page, re.DOTALL)[0]  # type: ignore[index]


def files(html: str) -> list[str]:
    """The digests of the pictures."""
    return re.findall(r'<img src="/files/pictures/(\w+)/', html)


@pytest.mark.parametrize(("number", "shown"), [(1, 1), (2, 2), (3, 3), (5, 3)])
def test_a_card_shows_the_pictures_of_the_first_three_products(
    client: Client, fair: Fair, number: int, shown: int
) -> None:
    exhibitor = make_exhibitor(fair)
    make_product(exhibitor, "Without a picture")
    pictures = pictured(exhibitor, number)
    html = card(client, fair)
    assert files(html) == [one.file.sha256 for one in pictures[:shown]]
    assert html.count(LATTICE) == 0


def test_a_card_shows_the_logo_beside_the_name(client: Client, fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    logo = make_attachment(exhibitor.company, "logo")
    make_attachment(exhibitor.company)
    html = card(client, fair)
    assert files(html) == [logo.file.sha256]
    logos = re.findall(r'<span class="picture picture--logo">\s*<img src="/files/pictures/(\w+)/', html)
    assert logos == [logo.file.sha256]


def test_a_card_without_pictures_shows_the_lattice_of_the_hall(client: Client, fair: Fair) -> None:
    make_product(make_exhibitor(fair))
    html = card(client, fair)
    assert (files(html), html.count(LATTICE)) == ([], 1)


def test_pictures_beside_a_name_have_no_words_of_their_own(client: Client, fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    pictured(exhibitor, 3)
    make_attachment(exhibitor.company, "logo")
    assert re.findall(r'alt="([^"]*)"', card(client, fair)) == [""] * 4


@pytest.mark.parametrize("path", ["halls/", "halls/1/"])
def test_pictures_take_the_same_number_of_queries_for_few_and_for_many_booths(
    client: Client, fair: Fair, path: str, django_assert_num_queries: Any
) -> None:
    def add(number: int) -> None:
        for _ in range(number):
            exhibitor = make_exhibitor(fair)
            pictured(exhibitor, 3)
            make_attachment(exhibitor.company, "logo")

    add(2)
    with django_assert_num_queries(100, exact=False) as few:
        client.get(f"/fairs/{fair.slug}/{path}")
    add(12)
    with django_assert_num_queries(len(few)):
        client.get(f"/fairs/{fair.slug}/{path}")


def test_a_booth_shows_a_picture_beside_each_product(client: Client, fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    pictures = pictured(exhibitor, 2)
    make_product(exhibitor, "Without a picture")
    page = client.get(f"/fairs/{fair.slug}/booths/{exhibitor.booth.slug}/").text
    rows = re.findall(r'<th scope="row" class="goods__name">.*?</th>', page, re.DOTALL)
    assert [files(row) for row in rows] == [[pictures[0].file.sha256], [pictures[1].file.sha256], []]
    assert [row.count(LATTICE) for row in rows] == [0, 0, 1]


def test_a_product_says_its_number_and_how_it_is_packed(client: Client, fair: Fair) -> None:
    product = make_product(make_exhibitor(fair), article="YB-201", pieces_per_carton=120)
    path = f"/fairs/{fair.slug}/products/{product.pk}/"
    facts = dict(re.findall(r"<dt>([^<]*)</dt>\s*<dd><bdi[^>]*>([^<]*)</bdi>", client.get(path).text))
    assert (facts["Article number"], facts["Pieces per carton"]) == ("YB-201", "120")
    Product.objects.filter(pk=product.pk).update(article="", pieces_per_carton=None)
    assert "Pieces per carton" not in client.get(path).text
    assert "Article number" not in client.get(path).text


def test_a_card_says_what_else_the_exhibitor_is_open_to_and_its_booth_what_it_offers(
    client: Client, fair: Fair
) -> None:
    exhibitor = make_exhibitor(fair)
    booth = exhibitor.booth.get_absolute_url()
    said = ["Also buys", "Agency", "HS 8203"]
    assert [[words in html for words in said] for html in (card(client, fair), client.get(booth).text)] == [
        [False, False, False], [False, False, False],
    ]  # fmt: skip
    exhibitor.cooperation, exhibitor.offers, exhibitor.buys = ["goods", "agency"], ["820320", "8203", "82"], True
    exhibitor.save()
    page = client.get(booth).text
    assert [words in card(client, fair) for words in said] == [True, True, False]
    assert [page.count(words) for words in said] == [1, 1, 1]
    assert "Buying and selling goods" not in page


def test_an_exhibitor_that_also_buys_says_what(client: Client, fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    shown = []
    for buys in (True, False):
        Participation.objects.filter(pk=exhibitor.pk).update(buys=buys, wants=["721420", "7318", "850110", "2523"])
        pages = card(client, fair), client.get(exhibitor.booth.get_absolute_url()).text
        shown.append([[title in page for title in ("Screws, bolts", "Portland cement")] for page in pages])
    assert shown == [[[True, False], [True, True]], [[False, False], [False, False]]]
