"""Lists are cached for all readers, and any change to what they show is seen by the next reader."""

import http.client
import re
from collections.abc import Callable
from contextlib import closing
from typing import Any, NamedTuple
from unittest.mock import patch

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


class Scene(NamedTuple):
    """An exhibitor with a product, the only ones of their fair, and a second product that is not shown."""

    fair: Fair
    exhibitor: Participation
    product: Product
    hidden: Product


@pytest.fixture
def scene(db: None) -> Scene:
    fair = make_fair()
    exhibitor = make_exhibitor(fair)
    product, hidden = make_product(exhibitor), make_product(exhibitor, "Tongs", certificates=["GS"], hs6="820210")
    hidden.displays.all().delete()
    return Scene(fair, exhibitor, product, hidden)


def rename(row: Any) -> None:
    row.name = three("Renamed")
    row.save()


def show(scene: Scene) -> None:
    Display.objects.bulk_create([Display(booth=scene.exhibitor.booth, product=scene.hidden, rank=9)])


def by_statement(scene: Scene) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE booths_booth SET slug = 'moved-away'")


def picture(scene: Scene) -> None:
    row = File.objects.create(owner_model="booths.product", owner_key=1, name="a", sha256="0" * 64, size=1)
    scene.product.picture = row
    scene.product.save()


def another(scene: Scene) -> None:
    other = make_exhibitor(scene.fair)
    Company.objects.filter(pk=other.company_id).update(name=three("Renamed"))


def renamed(language: str) -> str:
    return three("Renamed")[language]


def words(text: str) -> Callable[[str], str]:
    return lambda language: text


HALL, HALLS, PRODUCTS = "halls/1/", "halls/", "products/"
CITY = {"en": "Ningbo", "zh-hans": "宁波", "ur": "ننگ بو"}
# By kind of change: how it is made, and what then appears on which pages.
APPEARS: dict[str, tuple[Callable[[Scene], object], dict[str, Callable[[str], str]]]] = {
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
# By kind of change: how something is taken away that the lists showed.
DISAPPEARS: dict[str, Callable[[Scene], object]] = {
    "booth closed": lambda s: Participation.objects.filter(pk=s.exhibitor.pk).update(state="refused"),
    "booth taken down": lambda s: s.exhibitor.booth.delete(),
}


def pages_of(client: Client, fair: Fair, path: str) -> dict[str, str]:
    """A page in each language."""
    pages = {}
    for language in LANGUAGES:
        client.cookies["django_language"] = language
        pages[language] = client.get(f"/fairs/{fair.slug}/{path}").text
    return pages


@pytest.mark.parametrize("change", APPEARS)
def test_the_next_reader_sees_what_has_changed(client: Client, scene: Scene, change: str) -> None:
    act, expected = APPEARS[change]
    before = {path: pages_of(client, scene.fair, path) for path in expected}
    act(scene)
    for path, wanted in expected.items():
        after = pages_of(client, scene.fair, path)
        in_page = {language: (wanted(language) in before[path][language], wanted(language) in after[language])
                  for language in LANGUAGES}  # fmt: skip
        assert (path, in_page) == (path, dict.fromkeys(LANGUAGES, (False, True)))


@pytest.mark.parametrize("change", DISAPPEARS)
def test_the_next_reader_does_not_see_what_was_removed(client: Client, scene: Scene, change: str) -> None:
    name, paths = scene.exhibitor.company.name, (HALL, HALLS, PRODUCTS)
    before = {path: pages_of(client, scene.fair, path) for path in paths}
    DISAPPEARS[change](scene)
    for path in paths:
        after = pages_of(client, scene.fair, path)
        in_page = {language: (name[language] in before[path][language], name[language] in after[language])
                  for language in LANGUAGES}  # fmt: skip
        assert (path, in_page) == (path, dict.fromkeys(LANGUAGES, (True, False)))


def test_a_booth_that_moves_changes_both_halls(client: Client, scene: Scene) -> None:
    second = Hall.objects.create(fair=scene.fair, number=2, name=three("Machines"), pattern=2)
    name = scene.exhibitor.company.name["en"]
    client.cookies["django_language"] = "en"

    def seen() -> list[bool]:
        return [name in client.get(f"/fairs/{scene.fair.slug}/halls/{number}/").text for number in (1, 2)]

    assert seen() == [True, False]
    Booth.objects.update(hall=second)
    assert seen() == [False, True]


def test_a_product_that_is_hidden_leaves_the_list(client: Client, scene: Scene) -> None:
    before = pages_of(client, scene.fair, PRODUCTS)
    Display.objects.all()._raw_delete("default")  # type: ignore[attr-defined]
    after = pages_of(client, scene.fair, PRODUCTS)
    for language in LANGUAGES:
        name = f">{scene.product.name[language]}</bdi>"
        assert (name in before[language], name in after[language]) == (True, False)


def test_a_cached_list_contains_nothing_of_its_first_reader(client: Client, scene: Scene) -> None:
    first, second = (make_staff(make_buyer(scene.fair), name=three(name)) for name in ("Aslam Khan", "Bilal Malik"))
    url = f"/fairs/{scene.fair.slug}/halls/1/"
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


def test_a_fair_that_is_a_draft_again_is_not_shown_from_the_cache(client: Client, scene: Scene) -> None:
    paths = (HALL, HALLS, PRODUCTS)
    before = [client.get(f"/fairs/{scene.fair.slug}/{path}").status_code for path in paths]
    Fair.objects.filter(pk=scene.fair.pk).update(state="draft")
    after = [client.get(f"/fairs/{scene.fair.slug}/{path}").status_code for path in paths]
    assert (before, after) == ([200] * 3, [404] * 3)


def test_what_another_process_changes_is_seen(demo_server: Server) -> None:
    def hall() -> str:
        with closing(http.client.HTTPConnection("127.0.0.1", demo_server.port, timeout=10)) as server:
            server.request("GET", "/fairs/pk2020/halls/5/", headers={"Accept-Language": "en"})
            return server.getresponse().read().decode()

    assert [("Renamed" in hall()) for _ in range(2)] == [False, False]
    in_database_of(demo_server, lambda: rename(Booth.objects.filter(hall__number=5)[0].participation.company))
    assert "Renamed" in hall()


@pytest.mark.parametrize("page", [HALL, HALLS, PRODUCTS])
def test_made_up_query_values_store_nothing_in_the_cache(scene: Scene, client: Client, page: str) -> None:
    url = f"/fairs/{scene.fair.slug}/{page}"
    for chosen in ("", "?city=yongkang", "?city=yongkang&page=1", "?heading=8203"):
        assert client.get(f"{url}{chosen}").status_code == 200
    cache = caches["content"]
    long = "x" * 7000
    made_up = ["incoterm=", "city=", "kind=", "hall=", "heading=", "certificate=", "sort=", "page=", "other=", "q="]
    with patch.object(cache, "set", wraps=cache.set) as stored:
        for number in range(3):
            for name in made_up:
                assert client.get(f"{url}?{name}{long}{number}").status_code == 200
            assert client.get(f"{url}?page={number + 2}").status_code == 200
            assert client.get(f"{url}?page=0{number}").status_code == 200
            assert client.get(f"{url}?city=&page=1&other={number}").status_code == 200
    assert stored.call_args_list == []


def test_links_to_other_pages_repeat_the_filters_and_nothing_else(scene: Scene, client: Client) -> None:
    for number in range(25):
        make_product(scene.exhibitor, f"Pliers {number}")
    page = client.get(f"/fairs/{scene.fair.slug}/products/?city=yongkang&other=1&q=pliers&page=1").content.decode()
    assert set(re.findall(r'href="\?([^"]*page=[0-9]+)"', page)) == {"q=pliers&amp;city=yongkang&amp;page=2"}


def test_a_cached_list_links_to_nothing_of_the_address_that_it_was_made_for(scene: Scene, client: Client) -> None:
    for number in range(25):
        make_product(scene.exhibitor, f"Pliers {number}")
    for query in ("?q=%09%09", ""):
        page = client.get(f"/fairs/{scene.fair.slug}/products/{query}").content.decode()
        assert set(re.findall(r'href="\?([^"]*page=[0-9]+)"', page)) == {"page=2"}
