"""`manage.py new_fair`: an empty draft fair, and the way in for its organiser."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone

from fairplatform.accounts.models import PersonalLink, User
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, FairDay, Registration
from fairplatform.office import urls as office_urls
from fairplatform.policy import Role
from tests.factories import make_buyer, make_fair, make_person, make_role, make_staff
from tests.office.links.handing_out import entered
from tests.servers.command import MANAGE, clean_environment, manage

HERE = "http://127.0.0.1:8000"


def new_fair(slug: str, organiser: str, **options: Any) -> list[str]:
    printed = StringIO()
    call_command("new_fair", slug, organiser=organiser, stdout=printed, **options)
    return printed.getvalue().splitlines()


def answer(slug: str, organiser: str, **options: Any) -> Mapping[str, Any]:
    """What is printed as JSON, also where the command ends with an exit code."""
    printed = StringIO()
    try:
        call_command("new_fair", slug, organiser=organiser, as_json=True, stdout=printed, **options)
    except SystemExit as end:
        return {**json.loads(printed.getvalue()), "exit": end.code}
    return json.loads(printed.getvalue())


@pytest.mark.django_db
def test_a_new_person_organises_an_empty_draft() -> None:
    before = timezone.now()
    _words, link, code = new_fair("spring-2027", "zhao@chamber.example")
    fair, person = Fair.objects.get(), User.objects.get()
    assert (fair.slug, fair.state, fair.name) == ("spring-2027", "draft", {"en": "spring-2027"})
    assert (fair.countries, fair.places) == ((), (("", "UTC"), ("", "UTC")))
    assert (person.email, person.phone, person.has_usable_password()) == ("zhao@chamber.example", "", False)
    assert memberships(person, fair.pk).roles == {Role.PERSON, Role.ORGANISER}
    assert before <= Registration.objects.get(fair=fair, user=person).accepted_at
    assert entered(link, code.removeprefix("code ")) == person


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "stored", "country"),
    [
        ("+92 300 1234567", "+923001234567", "PK"),
        ("+86 138-0013-8000", "+8613800138000", "CN"),
        ("＋８６１３８００１３８０００", "+8613800138000", "CN"),
        ("+۹۲۳۰۰۱۲۳۴۵۶۷", "+923001234567", "PK"),
        ("+971501234567", "+971501234567", "AE"),
    ],
)
def test_a_mobile_number_is_enough(typed: str, stored: str, country: str) -> None:
    made = answer("spring", typed)
    person = User.objects.get()
    assert (str(person.phone), person.email, person.country) == (stored, None, country)
    assert entered(made["link"], made["code"]) == person


@pytest.mark.django_db
def test_a_known_person_organises_it_under_their_own_account() -> None:
    by_mail = make_person(email="zhao@chamber.example")
    assert entered(*map(answer("first", "Zhao@Chamber.example").get, ("link", "code"))) == by_mail
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_a_number_finds_only_who_organises_the_fair_already() -> None:
    """Anybody may have entered a number in another fair."""
    other = make_person(phone="+923001234567")
    first, again = (answer("second", "+923001234567") for _ in range(2))
    people = [entered(made["link"], made["code"]) for made in (answer("second", "+923001234567"),)]
    assert (first["created"], again["created"], people[0] == other, User.objects.count()) == (True, False, False, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["staff", "organiser"])
def test_who_is_also_in_another_fair_comes_in_afresh(role: str) -> None:
    """Also an organiser: others may have made them one, and have come in as them, before the house asked them."""
    fair = make_fair()
    person = make_staff(make_buyer(fair)) if role == "staff" else make_role(fair, role)
    browser = Client()
    browser.force_login(person)
    made = answer("first", str(person.email))
    person.refresh_from_db()
    assert (get_user(browser).is_anonymous, person.has_usable_password()) == (True, False)
    assert entered(made["link"], made["code"]) == person


@pytest.mark.django_db
def test_the_name_is_stored_in_the_language_it_is_written_in() -> None:
    for slug, name, language in (("a", "Spring Fair", "en"), ("b", "春季交易会", "zh-hans"), ("c", "بہار میلہ", "ur")):
        answer(slug, "zhao@chamber.example", name=name)
        assert Fair.objects.get(slug=slug).name == {language: name}


@pytest.mark.django_db
def test_again_for_the_same_draft_and_organiser_gives_a_new_link() -> None:
    first = answer("spring", "zhao@chamber.example")
    again = answer("spring", "zhao@chamber.example")
    assert [first["created"], again["created"]] == [True, False]
    assert [Fair.objects.count(), Registration.objects.count(), PersonalLink.objects.count()] == [1, 1, 1]
    assert entered(first["link"], first["code"]).is_anonymous
    assert entered(again["link"], again["code"]) == User.objects.get()


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["taken", "TAKEN", "open"])
def test_a_slug_in_use_is_refused(slug: str) -> None:
    make_fair(slug="taken", state="draft")
    organiser = make_role(make_fair(slug="open"), "organiser")
    got = answer(slug, organiser.email)
    assert (got["error"], got["exit"], got["text"]) == (
        "slug_taken", 1, f"There is already a fair {slug.lower()}. Choose another slug.",
    )  # fmt: skip
    assert (Fair.objects.count(), PersonalLink.objects.count()) == (2, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["", "a b", "a-", "a_b", "ä", "春", "a/b", "a" * 41])
def test_a_malformed_slug_is_refused(slug: str) -> None:
    got = answer(slug, "zhao@chamber.example")
    assert (got["error"], got["exit"], Fair.objects.count(), User.objects.count()) == ("slug_malformed", 2, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "organiser", ["", "zhao", "zhao@", "@chamber", "03001234567", "+92", "+999123456789", "1.38E+10"]
)
def test_an_organiser_without_address_or_number_is_refused(organiser: str) -> None:
    got = answer("spring", organiser)
    assert (got["error"], got["exit"], Fair.objects.count(), User.objects.count()) == ("organiser_unreadable", 2, 0, 0)


@pytest.mark.django_db
def test_whom_nobody_may_come_in_as_is_refused() -> None:
    make_person(email="gone@chamber.example", is_active=False)
    make_person(email="demo@chamber.example", is_demo=True)
    wanted = {
        "gone@chamber.example": "organiser_deactivated",
        "demo@chamber.example": "organiser_of_demonstration",
    }
    assert {organiser: answer("spring", organiser)["error"] for organiser in wanted} == wanted
    assert (Fair.objects.count(), PersonalLink.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_without_json_an_error_is_a_sentence_with_an_exit_code() -> None:
    for slug, organiser, code in (("a b", "zhao@chamber.example", 2), ("spring", "zhao", 2)):
        with pytest.raises(CommandError) as refused:
            new_fair(slug, organiser)
        assert refused.value.returncode == code


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "places"),
    [
        ({"host_country": "CN", "station_country": "AE"}, (("CN", "Asia/Shanghai"), ("AE", "Asia/Dubai"))),
        (
            {"host_country": "de", "station_country": "Mexico", "station_zone": "America/Tijuana"},
            (("DE", "Europe/Berlin"), ("MX", "America/Tijuana")),
        ),
        ({"host_country": "英国", "station_country": "US"}, (("GB", "Europe/London"), ("US", "America/New_York"))),
    ],
)
def test_countries_may_be_given(options: dict[str, str], places: tuple[tuple[str, str], ...]) -> None:
    made = answer("spring", "zhao@chamber.example", **options)
    fair = Fair.objects.get()
    assert (fair.places, made["countries"]) == (places, [country for country, _zone in places])
    # Again, also without them, it is the same fair; other countries are not taken silently.
    assert answer("spring", "zhao@chamber.example", **options)["created"] is False
    assert answer("spring", "zhao@chamber.example")["countries"] == made["countries"]
    assert answer("spring", "zhao@chamber.example", host_country="FR", station_country="TR")["error"] == (
        "other_countries"
    )
    assert Fair.objects.get().places == places


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        ({"host_country": "CN"}, "country_missing", "Give both countries, or neither: --station-country is missing."),
        ({"station_zone": "Asia/Dubai"}, "country_missing", "--station-country is missing."),
        ({"host_country": "CN", "station_country": "XX"}, "place_unreadable", "“XX”"),
        ({"host_country": "CN", "station_country": "AE", "station_zone": "Asia/Dubay"}, "place_unreadable", "Dubay"),
        (
            {"host_country": "CN", "station_country": "AE", "station_zone": "Asia/Karachi"},
            "zone_elsewhere",
            "Asia/Karachi is not a time zone of AE. Its time zones: Asia/Dubai.",
        ),
    ],
)
def test_countries_that_are_not_two_are_refused(options: dict[str, str], code: str, says: str) -> None:
    got = answer("spring", "zhao@chamber.example", **options)
    assert (got["error"], got["exit"], says in got["text"], Fair.objects.count()) == (code, 2, True, 0)


@pytest.mark.django_db
def test_countries_of_a_draft_may_be_given_later() -> None:
    answer("spring", "zhao@chamber.example")
    answer("spring", "zhao@chamber.example", host_country="CN", station_country="AE")
    assert Fair.objects.get().countries == ("CN", "AE")


def pages_of_the_office(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of its routes that belong to the fair itself, to none of its rows."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from pages_of_the_office(one.url_patterns)
        elif "<" not in str(one.pattern):
            yield str(one.name)


@pytest.mark.django_db
def test_every_page_of_the_office_is_shown_before_the_countries_are_chosen() -> None:
    made = answer("spring", "zhao@chamber.example")
    fair, browser = Fair.objects.get(), Client()
    browser.force_login(User.objects.get())
    Registration.objects.update(consented_at=timezone.now())
    FairDay.objects.create(fair=fair, number=1, date="2027-05-14", starts="10:00", ends="12:00")
    addresses = [
        reverse(f"office:{name}", args=[made["fair"]]) for name in pages_of_the_office(office_urls.urlpatterns)
    ]
    shown = {address: browser.get(address).status_code for address in addresses}
    assert {code for code in shown.values() if code not in (200, 302, 404, 405)} == set()
    assert list(shown.values()).count(200) > 30


@pytest.mark.server
def test_in_an_empty_folder_it_asks_for_the_database_and_then_makes_the_fair(tmp_path: Path) -> None:
    environment = {"DATA_DIR": str(tmp_path), "DEMO": "0", "PUBLIC_URL": "http://127.0.0.1:8123"}
    command = ("new_fair", "spring", "--organiser", "zhao@chamber.example", "--json")
    early = subprocess.run(
        [*MANAGE, *command], env=clean_environment() | environment, capture_output=True, text=True, check=False
    )
    assert (early.returncode, json.loads(early.stdout)["error"]) == (1, "database_not_prepared")
    manage("prepare", environment=environment)
    made = json.loads(manage(*command, environment=environment).stdout)
    assert made["link"].startswith("http://127.0.0.1:8123/accounts/enter/")
    assert (made["fair"], made["created"], len(made["code"])) == ("spring", True, 6)
