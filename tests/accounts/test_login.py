"""Signing in by a password: what it tells strangers, and that nobody can shut another person out by his address."""

from typing import Any

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.core.cache import cache
from django.test import Client

from fairplatform.accounts.models import User
from tests.factories import make_person

LOGIN, RESET = "/accounts/login/", "/accounts/password/reset/"
HERE, THERE = "192.0.2.1", "192.0.2.2"


@pytest.fixture(autouse=True)
def fresh_counts(db: None) -> Any:
    cache.clear()
    yield
    cache.clear()


def sign_in(client: Client, address: str, password: str, *, host: str = HERE) -> Any:
    return client.post(LOGIN, {"login": address, "password": password}, REMOTE_ADDR=host)


def said(answer: Any) -> list[str]:
    return [str(error) for errors in answer.context["form"].errors.values() for error in errors]


def test_no_answer_tells_whether_an_address_has_an_account() -> None:
    known, gone = make_person(), make_person(is_active=False)
    answers = [sign_in(Client(), address, "wrong") for address in (known.email, gone.email, "nobody@firm.example")]
    assert [(a.status_code, said(a)) for a in answers] == [(200, said(answers[0]))] * 3
    resets = [Client().post(RESET, {"email": a}) for a in (known.email, gone.email, "nobody@firm.example")]
    assert {(a.status_code, a["Location"]) for a in resets} == {(302, "/accounts/password/reset/done/")}
    assert [letter.to for letter in mail.outbox] == [[known.email], [gone.email], ["nobody@firm.example"]]


def test_guesses_from_one_place_are_stopped() -> None:
    person = make_person(password="long enough 42")
    for _ in range(5):
        sign_in(Client(), person.email, "wrong")
    answer = sign_in(Client(), person.email, "long enough 42")
    assert answer.status_code == 200
    assert said(answer) == ["Too many failed login attempts. Try again later."]


def test_guesses_of_another_place_shut_nobody_out() -> None:
    person = make_person(password="long enough 42")
    for _ in range(8):
        sign_in(Client(), person.email, "wrong", host=THERE)
    assert sign_in(Client(), person.email, "long enough 42").status_code == 302


def test_a_claimed_place_is_not_believed() -> None:
    person = make_person(password="long enough 42")
    for number in range(5):
        claimed = {"HTTP_X_FORWARDED_FOR": f"198.51.100.{number}"}
        Client().post(LOGIN, {"login": person.email, "password": "wrong"}, REMOTE_ADDR=HERE, **claimed)
    assert sign_in(Client(), person.email, "long enough 42").status_code == 200


def test_forgotten_password_is_chosen_anew_by_a_letter_that_works_once() -> None:
    person, client = make_person(), Client()
    client.post(RESET, {"email": person.email})
    [letter] = mail.outbox
    [link] = [word for word in letter.body.split() if "/accounts/password/reset/key/" in word]
    page = client.get(link.replace("http://testserver", ""), follow=True)
    form = page.redirect_chain[-1][0]
    answer = client.post(form, {"password1": "a new long 42", "password2": "a new long 42"}, follow=True)
    assert answer.status_code == 200
    signed_in = sign_in(Client(), person.email, "a new long 42")
    assert (signed_in.status_code, signed_in["Location"]) == (302, "/")
    assert client.get(link.replace("http://testserver", ""), follow=True).context["token_fail"]


@pytest.mark.parametrize("page", ["email/", "password/set/", "password/change/", "reauthenticate/", "confirm-email/"])
def test_pages_of_the_library_that_nobody_needs_do_not_exist(page: str) -> None:
    client = Client()
    client.force_login(make_person())
    assert client.get(f"/accounts/{page}").status_code == 404


def test_nobody_makes_an_account_by_himself() -> None:
    client = Client()
    secret = "long enough 42"
    form = {"email": "new@firm.example", "password1": secret, "password2": secret}
    assert "made by the organisers" in client.post("/accounts/signup/", form).text
    assert list(User.objects.all()) == []
    assert get_user(client).is_anonymous
    assert sign_in(client, "new@firm.example", secret).status_code == 200
    assert mail.outbox == []


def test_wrong_credentials_are_said_at_the_field_that_is_typed_again() -> None:
    field = sign_in(Client(), "nobody@firm.example", "wrong").context["form"]["password"]
    assert len(field.errors) == 1
    assert 'aria-invalid="true"' in str(field)
    assert f'aria-describedby="{field.auto_id}_error"' in str(field)
