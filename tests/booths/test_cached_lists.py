"""Lists are kept for all their readers; what changes in them is seen by the next reader, whoever changed it and how."""

import http.client
import re
from collections.abc import Callable
from contextlib import closing
from typing import Any, NamedTuple

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import timezone

from booths.models import Booth, Display, Product
from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Fair, Hall, Participation
from fairplatform.files.models import File
from fairplatform.i18n.text import LANGUAGES
from tests.factories import make_buyer, make_exhibitor, make_fair, make_product, make_staff, three
from tests.servers.serve import Server
from tests.servers.server_database import in_database_of

pytestmark = pytest.mark.either


class Stand(NamedTuple):
    """An exhibitor with a product, the only ones of their fair, and a second product that is not shown."""

    fair: Fair
    exhibitor: Participation
    product: Product
    hidden: Product


@pytest.fixture
def stand(db: None) -> Stand:
    fair = make_fair()
    exhibitor = make_exhibitor(fair)
    product, hidden = make_product(exhibitor), make_product(exhibitor, "Tongs", certificates=["GS"], hs6="820210")
    hidden.displays.all().delete()
    return Stand(fair, exhibitor, product, hidden)


def rename(row: Any) -> None:
    row.name = three("Renamed")
    row.save()


def show(stand: Stand) -> None:
    Display.objects.bulk_create([Display(booth=stand.exhibitor.booth, product=stand.hidden, rank=9)])


def by_statement(stand: Stand) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE booths_booth SET slug = 'moved-away'")


def picture(stand: Stand) -> None:
    row = File.objects.create(owner_model="booths.product", owner_key=1, name="a", sha256="0" * 64, size=1)
    stand.product.picture = row
    stand.product.save()


def another(stand: Stand) -> None:
    other = make_exhibitor(stand.fair)
    Company.objects.filter(pk=other.company_id).update(name=three("Renamed"))


def renamed(language: str) -> str:
    return three("Renamed")[language]


def words(text: str) -> Callable[[str], str]:
    return lambda language: text


HALL, HALLS, PRODUCTS = "halls/1/", "halls/", "products/"
CITY = {"en": "Ningbo", "zh-hans": "宁波", "ur": "ننگ بو"}
# How it is changed; on which pages what then stands, where it did not before.
COMES: dict[str, tuple[Callable[[Stand], object], dict[str, Callable[[str], str]]]] = {
    "company renamed": (lambda s: rename(s.exhibitor.company), {HALL: renamed, HALLS: renamed, PRODUCTS: renamed}),
    "companies renamed at once": (
        lambda s: Company.objects.update(name=three("Renamed")),
        {HALL: renamed, HALLS: renamed, PRODUCTS: renamed},
    ),
    "tagline": (lambda s: Company.objects.update(tagline=three("Renamed")), {HALL: renamed}),
    "city": (lambda s: Company.objects.update(city="ningbo"), {HALL: CITY.__getitem__, PRODUCTS: CITY.__getitem__}),
    "verified": (lambda s: Company.objects.update(verified_at=timezone.now()), {HALL: words("chip--verified")}),
    "booth's address": (lambda s: Booth.objects.update(slug="moved-away"), {HALL: words("booths/moved-away/")}),
    "a bare statement": (by_statement, {HALL: words("booths/moved-away/"), HALLS: words("booths/moved-away/")}),
    "another booth": (another, {HALL: renamed, HALLS: renamed}),
    "product renamed": (lambda s: rename(s.product), {PRODUCTS: renamed}),
    "products renamed at once": (lambda s: Product.objects.update(name=three("Renamed")), {PRODUCTS: renamed}),
    "price": (lambda s: Product.objects.update(price_high=990_000), {PRODUCTS: words("99.00")}),
    "picture": (picture, {PRODUCTS: words('<img src="/files/')}),
    "product shown": (
        show,
        {PRODUCTS: lambda language: three("Tongs")[language], HALL: words('<option value="GS"')},
    ),
    "hall renamed": (lambda s: rename(s.fair.halls.get()), {HALL: renamed, HALLS: renamed, PRODUCTS: renamed}),
    "fair renamed": (lambda s: rename(s.fair), {HALL: renamed, HALLS: renamed, PRODUCTS: renamed}),
}
# How something is taken away that the lists showed.
GOES: dict[str, Callable[[Stand], object]] = {
    "booth closed": lambda s: Participation.objects.filter(pk=s.exhibitor.pk).update(state="refused"),
    "booth taken down": lambda s: s.exhibitor.booth.delete(),
}


def look(client: Client, fair: Fair, path: str) -> dict[str, str]:
    """A page in each language."""
    pages = {}
    for language in LANGUAGES:
        client.cookies["django_language"] = language
        pages[language] = client.get(f"/fairs/{fair.slug}/{path}").text
    return pages


@pytest.mark.parametrize("change", COMES)
def test_the_next_reader_sees_what_has_changed(client: Client, stand: Stand, change: str) -> None:
    act, expected = COMES[change]
    before = {path: look(client, stand.fair, path) for path in expected}
    act(stand)
    for path, wanted in expected.items():
        after = look(client, stand.fair, path)
        stands = {language: (wanted(language) in before[path][language], wanted(language) in after[language])
                  for language in LANGUAGES}  # fmt: skip
        assert (path, stands) == (path, dict.fromkeys(LANGUAGES, (False, True)))


@pytest.mark.parametrize("change", GOES)
def test_the_next_reader_does_not_see_what_has_gone(client: Client, stand: Stand, change: str) -> None:
    name, paths = stand.exhibitor.company.name, (HALL, HALLS, PRODUCTS)
    before = {path: look(client, stand.fair, path) for path in paths}
    GOES[change](stand)
    for path in paths:
        after = look(client, stand.fair, path)
        stands = {language: (name[language] in before[path][language], name[language] in after[language])
                  for language in LANGUAGES}  # fmt: skip
        assert (path, stands) == (path, dict.fromkeys(LANGUAGES, (True, False)))


def test_a_booth_that_moves_changes_both_halls(client: Client, stand: Stand) -> None:
    second = Hall.objects.create(fair=stand.fair, number=2, name=three("Machines"), pattern=2)
    name = stand.exhibitor.company.name["en"]
    client.cookies["django_language"] = "en"

    def seen() -> list[bool]:
        return [name in client.get(f"/fairs/{stand.fair.slug}/halls/{number}/").text for number in (1, 2)]

    assert seen() == [True, False]
    Booth.objects.update(hall=second)
    assert seen() == [False, True]


def test_a_product_that_is_hidden_leaves_the_list(client: Client, stand: Stand) -> None:
    before = look(client, stand.fair, PRODUCTS)
    Display.objects.all()._raw_delete("default")  # type: ignore[attr-defined]
    after = look(client, stand.fair, PRODUCTS)
    for language in LANGUAGES:
        name = f">{stand.product.name[language]}</bdi>"
        assert (name in before[language], name in after[language]) == (True, False)


def test_a_kept_list_carries_nothing_of_its_first_reader(client: Client, stand: Stand) -> None:
    first, second = (make_staff(make_buyer(stand.fair), name=three(name)) for name in ("Aslam Khan", "Bilal Malik"))
    url = f"/fairs/{stand.fair.slug}/halls/1/"
    client.cookies["django_language"] = "en"
    client.force_login(first)
    pages = [client.get(url).text]
    token = client.cookies["csrftoken"].value
    client.force_login(second)
    pages.append(client.get(url).text)
    client.logout()
    pages.append(client.get(url).text)
    assert [[name in page for name in ("Aslam Khan", "Bilal Malik", "Sign out")] for page in pages] == [
        [True, False, True],
        [False, True, True],
        [False, False, False],
    ]
    assert not any(token in page for page in pages[1:])
    assert f'data-person="{second.pk}"' in pages[1]


def test_a_fair_that_is_a_draft_again_is_not_shown_from_what_was_kept(client: Client, stand: Stand) -> None:
    paths = (HALL, HALLS, PRODUCTS)
    before = [client.get(f"/fairs/{stand.fair.slug}/{path}").status_code for path in paths]
    Fair.objects.filter(pk=stand.fair.pk).update(state="draft")
    after = [client.get(f"/fairs/{stand.fair.slug}/{path}").status_code for path in paths]
    assert (before, after) == ([200] * 3, [404] * 3)


def test_what_another_process_changes_is_seen(demo_server: Server) -> None:
    def hall() -> str:
        with closing(http.client.HTTPConnection("127.0.0.1", demo_server.port, timeout=10)) as wire:
            wire.request("GET", "/fairs/pk2020/halls/5/", headers={"Accept-Language": "en"})
            return wire.getresponse().read().decode()

    assert [("Renamed" in hall()) for _ in range(2)] == [False, False]
    in_database_of(demo_server, lambda: rename(Booth.objects.filter(hall__number=5)[0].participation.company))
    assert "Renamed" in hall()


def entries() -> int:
    return len(caches["content"]._cache)  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", [HALL, HALLS, PRODUCTS])
def test_nothing_is_kept_under_a_name_that_somebody_made_up(stand: Stand, client: Client, page: str) -> None:
    place = f"/fairs/{stand.fair.slug}/{page}"
    for chosen in ("", "?city=yongkang", "?city=yongkang&page=1", "?heading=8203"):
        assert client.get(f"{place}{chosen}").status_code == 200
    before = entries()
    long = "x" * 7000
    made_up = ["incoterm=", "city=", "kind=", "hall=", "heading=", "certificate=", "sort=", "page=", "other=", "q="]
    for number in range(3):
        for name in made_up:
            assert client.get(f"{place}?{name}{long}{number}").status_code == 200
        assert client.get(f"{place}?page={number + 2}").status_code == 200
        assert client.get(f"{place}?page=0{number}").status_code == 200
        assert client.get(f"{place}?city=&page=1&other={number}").status_code == 200
    assert entries() == before


def test_links_to_other_pages_repeat_what_the_form_knows_and_nothing_else(stand: Stand, client: Client) -> None:
    for number in range(25):
        make_product(stand.exhibitor, f"Pliers {number}")
    page = client.get(f"/fairs/{stand.fair.slug}/products/?city=yongkang&other=1&q=pliers&page=1").content.decode()
    assert set(re.findall(r'href="\?([^"]*page=[0-9]+)"', page)) == {"q=pliers&amp;city=yongkang&amp;page=2"}
