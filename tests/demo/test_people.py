"""Anybody at this computer may be anybody of the demonstration, and nobody else may."""

import pytest
from django.contrib.auth import get_user
from django.urls import reverse

from fairplatform.accounts.models import Staff, User
from fairplatform.demo.models import DemoRow
from fairplatform.demo.people import doors, user_of
from tests.demo.conftest import OPENING
from tests.factories import make_person
from tests.reading import READERS, wrongs

FAIR = "/fairs/pk2020/"


@pytest.fixture
def demonstration(fair, settings):
    settings.DEMO, settings.DEMO_PUBLIC = True, False


def post(client, key, **fields):
    return client.post(reverse("demo:enter", args=[key]), fields)


def test_four_people_in_three_scripts(client, demonstration):
    page = client.get("/demonstration/").content.decode()
    for key in ("buyer", "exhibitor", "interpreter", "organiser"):
        user, _ = user_of(key)
        assert reverse("demo:enter", args=[key]) in page
        assert [name in page for name in user.name.values()] == [True] * 3
    assert page.count('action="/demonstration/enter/') == 4 + 12


@pytest.mark.parametrize("language", READERS)
def test_its_page_forgets_no_sentence(client, demonstration, language):
    client.cookies["django_language"] = language
    answer = client.get("/demonstration/")
    assert (answer.status_code, wrongs(answer, language)) == (200, [])


@pytest.mark.parametrize(
    ("key", "first_page"),
    [
        ("buyer", "day/"),
        ("exhibitor", "day/"),
        ("interpreter", "day/"),
        ("organiser", "control/"),
        ("delegate.phma", ""),
    ],
)
def test_one_click_enters(client, demonstration, key, first_page):
    response = post(client, key)
    assert (response.status_code, response["Location"]) == (302, FAIR + first_page)
    assert get_user(client) == user_of(key)[0]
    assert "django_language" not in response.cookies


def test_one_can_enter_in_the_persons_language(client, demonstration):
    response = post(client, "exhibitor", language="own")
    assert response.cookies["django_language"].value == "zh-hans"


@pytest.mark.parametrize("key", ["nobody", "1", "yongkang-bubujin-tools"])
def test_nobody_of_another_name_can_be_entered(client, demonstration, key):
    assert post(client, key).status_code == 404
    assert get_user(client).is_anonymous


def test_no_meeting_waits_for_who_has_left_its_company(demonstration):
    def waiting():
        return {door.key: door.meeting is not None for door in doors(OPENING)}

    assert waiting() == {"buyer": True, "exhibitor": True, "interpreter": True, "organiser": False}
    Staff.objects.filter(user=user_of("exhibitor")[0]).delete()
    assert waiting() == {"buyer": True, "exhibitor": False, "interpreter": True, "organiser": False}


def test_a_person_who_is_not_the_demonstrations_cannot_be_entered(client, demonstration):
    real = make_person()
    assert post(client, str(real.pk)).status_code == 404
    assert post(client, real.email).status_code == 404
    User.objects.filter(pk=user_of("buyer")[0].pk).update(is_demo=False)
    assert post(client, "buyer").status_code == 404
    assert get_user(client).is_anonymous


def test_a_link_alone_enters_nobody(client, demonstration):
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
def test_from_elsewhere_there_is_nothing(client, demonstration, headers):
    assert client.get("/demonstration/", **headers).status_code == 404
    assert client.post("/demonstration/enter/buyer/", **headers).status_code == 404
    assert get_user(client).is_anonymous


def test_a_public_demonstration_is_open_to_all(client, demonstration, settings):
    settings.DEMO_PUBLIC = True
    assert client.get("/demonstration/", REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_this_computer_has_several_addresses(client, demonstration, address):
    assert client.get("/demonstration/", REMOTE_ADDR=address).status_code == 200


def test_without_a_demonstration_there_is_nothing(client, fair, settings):
    settings.DEMO = False
    assert client.get("/demonstration/").status_code == 404
    assert post(client, "buyer").status_code == 404
    assert get_user(client).is_anonymous


def test_before_it_is_loaded_the_page_says_so(client, demonstration):
    DemoRow.objects.all().delete()
    page = client.get("/demonstration/").content.decode()
    assert "The demonstration is not loaded" in page
