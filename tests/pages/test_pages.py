"""The front page, the about page, the frame around them, and the pages for what went wrong."""

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from channels.testing import HttpCommunicator
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import path as at
from django.utils import translation
from django.utils.html import strip_tags

from fairplatform.accounts.actor import Actor
from fairplatform.asgi import application
from fairplatform.fairs.models import Body, Fact, Fair, FairDay
from fairplatform.i18n.text import HTML_LANG, LANGUAGES
from fairplatform.ledger.models import Entry, Release
from fairplatform.pages.errors import failed
from meetings.outcomes.actions import confirm, draft
from meetings.outcomes.content import Content
from tests.factories import (
    NOW,
    actor,
    make_buyer,
    make_exhibitor,
    make_fair,
    make_person,
    make_product,
    make_role,
    make_slots,
    make_staff,
)
from tests.meetings.cases import make_case, minutes, order

pytestmark = pytest.mark.django_db
CITATION = {"en": "The Nation (Lahore)", "zh-hans": "《民族报》（拉合尔）"}


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def fair() -> Fair:
    fair = make_fair(name={"en": "Hardware Fair", "zh-hans": "五金展", "ur": "ہارڈ ویئر نمائش"})
    FairDay.objects.create(fair=fair, number=1, date=NOW.date())
    Body.objects.create(fair=fair, part="host", name={"en": "Department of Commerce", "zh-hans": "商务厅"}, rank=1)
    Body.objects.create(fair=fair, part="supporting", name={"en": "Merchants Association"}, rank=2)
    Fact.objects.create(fair=fair, text={"en": "300 rounds were announced."}, citation=CITATION, reported_on=NOW.date())
    return fair


def labels(page: Any) -> list[str]:
    return [item["label"] for item in page.context["navigation"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_shown_in_three_languages(client: Client, fair: Fair, language: str) -> None:
    make_product(make_exhibitor(fair))
    client.cookies["django_language"] = language
    for path in ("", "about/", "agreed/"):
        assert client.get(f"/fairs/{fair.slug}/{path}").status_code == 200
    page = client.get(f"/fairs/{fair.slug}/").text
    assert f'<html lang="{HTML_LANG[language]}"' in page
    for name in fair.name.values():
        assert name in page


def test_a_draft_is_shown_to_nobody_but_its_organisers(client: Client) -> None:
    draft = make_fair(state="draft")
    assert client.get(f"/fairs/{draft.slug}/").status_code == 404


def test_the_front_page_asks_the_same_number_of_queries_for_few_and_for_many(
    client: Client, fair: Fair, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        make_product(make_exhibitor(fair))
    client.get(f"/fairs/{fair.slug}/")
    with django_assert_num_queries(100, exact=False) as few:
        client.get(f"/fairs/{fair.slug}/")
    cost = len(few)
    for _ in range(30):
        make_product(make_exhibitor(fair))
        make_buyer(fair)
    client.get(f"/fairs/{fair.slug}/")
    with django_assert_num_queries(cost):
        client.get(f"/fairs/{fair.slug}/")


def test_figures_are_counted(client: Client, fair: Fair) -> None:
    for _ in range(3):
        make_exhibitor(fair)
    buyer = make_buyer(fair)
    make_staff(buyer).positions.update(is_lead=True)
    page = client.get(f"/fairs/{fair.slug}/").text
    assert '<bdi dir="ltr" data-figure="firms">4</bdi>' in page
    assert '<bdi dir="ltr" data-figure="held">0</bdi>' in page
    assert '<bdi dir="ltr" data-figure="chiefs">100%</bdi>' in page


def test_search_examples_find_something(client: Client, fair: Fair) -> None:
    make_product(make_exhibitor(fair), {"en": "Claw hammer", "zh-hans": "羊角锤"})
    client.cookies["django_language"] = "zh-hans"
    page = client.get(f"/fairs/{fair.slug}/")
    assert page.context["examples"] == ["羊角锤"]
    found = client.get(f"/fairs/{fair.slug}/products/", {"q": "羊角锤"})
    assert [display.product.name["en"] for display in found.context["page"]] == ["Claw hammer"]


SHOWN = {
    "en": '<bdi dir="ltr">The Nation (Lahore)</bdi>',
    "zh-hans": '<bdi dir="ltr">《民族报》（拉合尔）</bdi>',
    "ur": '<bdi lang="en" dir="ltr" title="{untranslated}">The Nation (Lahore)</bdi>',
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_facts_are_shown_with_their_source_in_the_readers_language(client: Client, fair: Fair, language: str) -> None:
    client.cookies["django_language"] = language
    page = client.get(f"/fairs/{fair.slug}/about/").text
    with translation.override(language):
        shown = SHOWN[language].format(untranslated=translation.gettext("not yet translated"))
    assert "300 rounds were announced." in page
    assert f'<time datetime="2020-05-14">{shown}</time>' in page
    assert page.count(shown) == 2  # once more in the footer


@pytest.mark.parametrize(
    ("theme", "line"), [({}, "Thu 14 May – Thu 14 May"), ({"en": "Tools"}, "Tools · Thu 14 May – Thu 14 May")]
)
def test_days_stand_alone_where_the_fair_has_no_theme(client: Client, theme: dict[str, str], line: str) -> None:
    fair = make_fair(theme=theme)
    make_slots(fair)
    shown = client.get(f"/fairs/{fair.slug}/").text.partition("front__days")[2].partition("<p>")[2].partition("</p>")[0]
    assert " ".join(strip_tags(shown).split()) == line


def test_footer_names_the_bodies_by_their_part(client: Client, fair: Fair) -> None:
    page = client.get(f"/fairs/{fair.slug}/")
    lines = [(line["role"], [name["en"] for name in line["names"]]) for line in page.context["bodies"]]
    assert lines == [("Hosted by", ["Department of Commerce"]), ("Supported by", ["Merchants Association"])]


def test_navigation_follows_the_role(client: Client, fair: Fair) -> None:
    url = f"/fairs/{fair.slug}/"
    everybody = ["Halls", "Products"]
    assert labels(client.get(url)) == everybody
    people = {
        make_person(): ["Messages"],
        make_staff(make_buyer(fair)): ["My schedule", "Demands", "Messages"],
        make_staff(make_exhibitor(fair)): ["My schedule", "Buyers", "My booth", "Messages"],
        make_role(fair, "interpreter"): ["My schedule", "Messages"],
        make_role(fair, "organiser"): ["Messages", "Control room", "Office"],
    }
    for person, own in people.items():
        client.force_login(person)
        page = client.get(url)
        assert labels(page) == everybody + own
        assert page.text.count('action="/accounts/logout/"') == 2  # in the header, and in the menu of a phone


def test_the_page_one_is_on_is_marked(client: Client, fair: Fair) -> None:
    page = client.get(f"/fairs/{fair.slug}/halls/1/")
    assert [item["current"] for item in page.context["navigation"]] == [True, False]


def test_the_readers_own_clock_is_first(client: Client, fair: Fair) -> None:
    def zones() -> list[str]:
        return [clock.zone for clock in client.get(f"/fairs/{fair.slug}/").context["clocks"]]

    assert zones() == ["Asia/Karachi", "Asia/Shanghai"]
    client.cookies["django_language"] = "zh-hans"
    assert zones() == ["Asia/Shanghai", "Asia/Karachi"]
    client.force_login(make_person(country="PK"))
    assert zones() == ["Asia/Karachi", "Asia/Shanghai"]


def test_a_fragment_reads_nothing_of_the_frame(client: Client, fair: Fair, django_assert_num_queries: Any) -> None:
    client.get(f"/fairs/{fair.slug}/agreed/")
    with django_assert_num_queries(2):  # the content version, the newest outcomes
        client.get(f"/fairs/{fair.slug}/agreed/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_404_is_in_the_readers_language(client: Client, fair: Fair, language: str) -> None:
    client.cookies["django_language"] = language
    for path in ("/nowhere/", f"/fairs/{fair.slug}/nowhere/", "/fairs/none/", f"/fairs/{fair.slug}/booths/none/"):
        page = client.get(path)
        assert page.status_code == 404
        assert f'<html lang="{HTML_LANG[language]}"' in page.text


def test_a_stale_form_has_an_error_page_of_its_own(fair: Fair) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.post("/language/choose", {"language": "ur"})
    assert (page.status_code, 'class="empty"' in page.text) == (403, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_500_is_rendered_without_a_query(language: str, django_assert_num_queries: Any) -> None:
    request: HttpRequest = RequestFactory().get("/")
    request.actor = Actor(None)  # type: ignore[attr-defined]
    with translation.override(language), django_assert_num_queries(0):
        page = failed(request)
    assert (page.status_code, f'<html lang="{HTML_LANG[language]}"' in page.text) == (500, True)
    assert "<bdi" not in page.text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "If it happens again, give the organisers this reference:"),
        ("zh-hans", "若再次出现此问题，请将以下编号告知组委会："),
        ("ur", "اگر ایسا دوبارہ ہو تو منتظمین کو یہ حوالہ نمبر بتائیں:"),
    ],
)
async def test_a_500_shows_the_reference_of_the_log(monkeypatch: Any, language: str, sentence: str) -> None:
    def defect(request: HttpRequest) -> None:
        raise ZeroDivisionError

    urls = ModuleType("defect")
    vars(urls).update(urlpatterns=[at("", defect)], handler500=failed)
    with override_settings(ROOT_URLCONF=urls):
        cookie = f"{settings.LANGUAGE_COOKIE_NAME}={language}".encode()
        wire = HttpCommunicator(application, "GET", "/", headers=[(b"host", b"localhost"), (b"cookie", cookie)])
        answer = await wire.get_response(timeout=5)
    reference = dict(answer["headers"])[b"X-Request-ID"].decode()
    assert answer["status"] == 500
    assert f'{sentence} <bdi dir="ltr">{reference}</bdi>' in answer["body"].decode()


def test_robots_and_the_icon(client: Client) -> None:
    assert client.get("/robots.txt").text.startswith("User-agent: *\nDisallow: /accounts/\n")
    assert client.get("/favicon.ico").headers["Location"] == "/static/img/mark.svg"


def test_only_what_all_parties_have_released_is_shown_without_names_and_with_an_amount_if_they_show_it(
    client: Client, fair: Fair
) -> None:
    contents = (order(4_860_000), Content(kind="no_fit"), Content(kind="sample"))
    cases = [make_case(fair, slot) for slot in make_slots(fair, number=len(contents))]
    for number, (case, terms) in enumerate(zip(cases, contents, strict=True)):
        now = NOW + minutes(30 * number + 5)
        version = draft(actor(case.seller), meeting=case.meeting.pk, content=terms, now=now)
        for person in (case.seller, case.buyer):
            confirm(actor(person), meeting=case.meeting.pk, version=version.pk, now=now)
    entry, ordered = Entry.objects.get(), cases[0].meeting
    own = {"fair": fair, "key": entry.key, "shows_scans": False, "released_at": NOW}
    for party, person, shows_amount in (
        (ordered.exhibitor, cases[0].seller, True),
        (ordered.buyer, cases[0].buyer, False),
    ):
        page = client.get(f"/fairs/{fair.slug}/agreed/")
        assert (page.context["agreed"], "No agreed outcomes released by their parties yet." in page.text) == ([], True)
        Release.objects.create(participation=party, released_by=person, shows_amount=shows_amount, **own)
    page = client.get(f"/fairs/{fair.slug}/agreed/")
    assert [one.outcome.agreed.kind for one in page.context["agreed"]] == ["order"]
    assert ("48,600" in page.text, "48,600" in client.get(f"/fairs/{fair.slug}/").text) == (False, False)
    assert ("Order" in page.text, 'class="stamp"' in page.text) == (True, False)
    for case in cases:
        for name in (case.meeting.exhibitor.company.name, case.meeting.buyer.company.name, case.seller.name):
            assert name["en"] not in page.text
    Release.objects.update(shows_amount=True)
    assert "USD\u00a048,600" in client.get(f"/fairs/{fair.slug}/agreed/").text
