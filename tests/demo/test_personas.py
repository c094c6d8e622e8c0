"""Signing in as a persona: from this computer only, and only as people of the demonstration."""

import pytest
from django.contrib.auth import get_user
from django.urls import reverse

from fairplatform.accounts.models import Staff, User
from fairplatform.demo.models import DemoRow
from fairplatform.demo.personas import main_personas, persona_user
from tests.demo.conftest import OPENING
from tests.factories import make_person
from tests.page_language import ROOTS, language_faults

FAIR = "/fairs/pk2020/"


@pytest.fixture
def demonstration(fair, settings):
    settings.DEMO, settings.DEMO_PUBLIC = True, False


def post(client, key, **fields):
    return client.post(reverse("demo:enter", args=[key]), fields)


def test_the_page_shows_four_main_personas_in_three_scripts_and_twelve_more(client, demonstration):
    page = client.get("/demonstration/").content.decode()
    for key in ("buyer", "exhibitor", "interpreter", "organiser"):
        user, _ = persona_user(key)
        assert reverse("demo:enter", args=[key]) in page
        assert [name in page for name in user.name.values()] == [True] * 3
    assert page.count('action="/demonstration/enter/') == 4 + 12


@pytest.mark.parametrize("language", ROOTS)
def test_the_page_is_fully_translated(client, demonstration, language):
    client.cookies["django_language"] = language
    answer = client.get("/demonstration/")
    assert (answer.status_code, language_faults(answer, language)) == (200, [])


@pytest.mark.parametrize(
    ("key", "first_page"),
    [
        ("buyer", "day/"),
        ("exhibitor", "day/"),
        ("interpreter", "day/"),
        ("organiser", "control/"),
        ("delegate-phma", ""),
    ],
)
def test_one_click_signs_in_and_leads_to_the_first_page_of_the_role(client, demonstration, key, first_page):
    response = post(client, key)
    assert (response.status_code, response["Location"]) == (302, FAIR + first_page)
    assert get_user(client) == persona_user(key)[0]
    assert "django_language" not in response.cookies


def test_signing_in_can_switch_to_the_personas_language(client, demonstration):
    response = post(client, "exhibitor", language="own")
    assert response.cookies["django_language"].value == "zh-hans"


@pytest.mark.parametrize("key", ["nobody", "1", "yongkang-bubujin-tools"])
def test_an_unknown_persona_is_not_found(client, demonstration, key):
    assert post(client, key).status_code == 404
    assert get_user(client).is_anonymous


def test_a_persona_who_has_left_the_company_has_no_running_meeting(demonstration):
    def has_meeting():
        return {persona.key: persona.meeting is not None for persona in main_personas(OPENING)}

    assert has_meeting() == {"buyer": True, "exhibitor": True, "interpreter": True, "organiser": False}
    Staff.objects.filter(user=persona_user("exhibitor")[0]).delete()
    assert has_meeting() == {"buyer": True, "exhibitor": False, "interpreter": True, "organiser": False}


def test_nobody_can_sign_in_as_a_real_person(client, demonstration):
    real = make_person()
    assert post(client, str(real.pk)).status_code == 404
    assert post(client, real.email).status_code == 404
    User.objects.filter(pk=persona_user("buyer")[0].pk).update(is_demo=False)
    assert post(client, "buyer").status_code == 404
    assert get_user(client).is_anonymous


def test_following_a_link_signs_nobody_in(client, demonstration):
    assert client.get("/demonstration/enter/buyer/").status_code == 405
    assert get_user(client).is_anonymous


@pytest.mark.parametrize(
    "headers",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=192.0.2.7"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_X_FORWARDED_HOST": "fair.example"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
        {"HTTP_CF_CONNECTING_IP": "192.0.2.7"},
        {"HTTP_TRUE_CLIENT_IP": "192.0.2.7"},
        {"HTTP_X_CLIENT_IP": "192.0.2.7"},
        {"HTTP_X_PROXY": "1"},
    ],
)
def test_other_computers_and_proxied_requests_get_404(client, demonstration, headers):
    assert client.get("/demonstration/", **headers).status_code == 404
    assert client.post("/demonstration/enter/buyer/", **headers).status_code == 404
    assert get_user(client).is_anonymous


def test_a_public_demonstration_is_open_to_other_computers(client, demonstration, settings):
    settings.DEMO_PUBLIC = True
    assert client.get("/demonstration/", REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_every_loopback_address_is_this_computer(client, demonstration, address):
    assert client.get("/demonstration/", REMOTE_ADDR=address).status_code == 200


def test_without_demo_the_pages_are_404(client, fair, settings):
    settings.DEMO = False
    assert client.get("/demonstration/").status_code == 404
    assert post(client, "buyer").status_code == 404
    assert get_user(client).is_anonymous


def test_before_it_is_loaded_the_page_says_so(client, demonstration):
    DemoRow.objects.all().delete()
    page = client.get("/demonstration/").content.decode()
    assert "The demo is not loaded" in page
