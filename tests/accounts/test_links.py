"""Signing in by a personal link: five tries for each link, whatever others try."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fairplatform.accounts.actions import enter_by_link
from fairplatform.accounts.models import PersonalLink
from fairplatform.errors import Refused
from fairplatform.i18n.text import HTML_LANG
from tests.factories import NOW, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.accounts.actions")]


def refusal(secret: str, code: str, now=NOW) -> Refused:
    with pytest.raises(Refused) as refused:
        enter_by_link(secret=secret, code=code, now=now)
    return refused.value


def test_right_code_lets_its_person_in_however_the_digits_are_written() -> None:
    person = make_person(email=None)
    _, secret, code = PersonalLink.issue(person, now=NOW)
    urdu = "".join("۰۱۲۳۴۵۶۷۸۹"[int(digit)] for digit in code)
    for written in (code, f" {code[:3]} {code[3:]} ", urdu):
        assert enter_by_link(secret=secret, code=written, now=NOW) == person


def test_five_wrong_codes_end_the_link_even_for_the_right_one() -> None:
    _, secret, code = PersonalLink.issue(make_person(), now=NOW)
    wrong = "000000" if code != "000000" else "111111"
    assert [refusal(secret, wrong).parameters for _ in range(4)] == [{"left": n} for n in (4, 3, 2, 1)]
    assert refusal(secret, wrong).code == "link_invalid"
    assert refusal(secret, code).code == "link_invalid"


def test_wrong_codes_on_one_link_leave_another_persons_link_open() -> None:
    other = make_person()
    _, secret, _ = PersonalLink.issue(make_person(), now=NOW)
    _, other_secret, other_code = PersonalLink.issue(other, now=NOW)
    for _ in range(6):
        refusal(secret, "wrong")
    assert enter_by_link(secret=other_secret, code=other_code, now=NOW) == other


def test_link_lasts_through_the_fair_and_a_right_code_forgives_wrong_ones() -> None:
    person = make_person()
    _, secret, code = PersonalLink.issue(person, now=NOW)
    wrong = "000000" if code != "000000" else "111111"
    for day in range(4):
        now = NOW + timedelta(days=day)
        assert [refusal(secret, wrong, now).parameters["left"] for _ in range(4)] == [4, 3, 2, 1]
        assert enter_by_link(secret=secret, code=code, now=now) == person


def test_link_ends_with_its_days_with_a_newer_link_and_with_the_account() -> None:
    person = make_person()
    _, secret, code = PersonalLink.issue(person, now=NOW)
    assert refusal(secret, code, NOW + timedelta(days=14)).code == "link_invalid"
    _, newer, newer_code = PersonalLink.issue(person, now=NOW)
    assert refusal(secret, code).code == "link_invalid"
    person.is_active = False
    person.save()
    assert refusal(newer, newer_code).code == "link_invalid"


def test_secret_and_code_are_not_stored() -> None:
    link, secret, code = PersonalLink.issue(make_person(), now=NOW)
    stored = " ".join(str(value) for value in vars(link).values())
    assert secret not in stored
    assert code not in stored


def test_page_of_a_link_signs_its_person_in(client: Client) -> None:
    person = make_person(email=None)
    _, secret, code = PersonalLink.issue(person, now=timezone.now())
    page = reverse("accounts:enter", args=[secret])
    assert client.get(page).status_code == 200
    assert client.post(page, {"code": code}).status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize(
    ("recorded", "chosen", "wished", "greeted_in"),
    [
        ("ur", "", "en", "ur"),
        ("ur", "zh-hans", "en", "zh-hans"),
        ("en", "", "zh-hans", "zh-hans"),
        ("xx", "", "ur", "ur"),
    ],
)
def test_who_opens_their_link_is_greeted_in_their_language_and_goes_on_in_it(
    client: Client, recorded: str, chosen: str, wished: str, greeted_in: str
) -> None:
    _, secret, code = PersonalLink.issue(make_person(language=recorded), now=timezone.now())
    if chosen:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = chosen
    page, headers = reverse("accounts:enter", args=[secret]), {"Accept-Language": wished}
    asked = client.get(page, headers=headers)
    html_lang = HTML_LANG[greeted_in]
    assert (asked.headers["Content-Language"], f'<html lang="{html_lang}"' in asked.text) == (greeted_in, True)
    assert settings.LANGUAGE_COOKIE_NAME not in asked.cookies
    client.post(page, {"code": code}, headers=headers)
    assert client.get("/notices/", headers=headers).headers["Content-Language"] == greeted_in


def test_page_of_an_unknown_link_says_what_to_do(client: Client) -> None:
    answer = client.get(reverse("accounts:enter", args=["no-such-link"]))
    assert answer.status_code == 404
    assert "Ask the organisers" in answer.text


def test_a_wrong_code_is_reported_at_the_field(client: Client) -> None:
    _, secret, code = PersonalLink.issue(make_person(), now=timezone.now())
    wrong = "000000" if code != "000000" else "111111"
    answer = client.post(reverse("accounts:enter", args=[secret]), {"code": wrong})
    assert answer.status_code == 200
    assert "4 attempts left" in answer.text
    assert "_auth_user_id" not in client.session
