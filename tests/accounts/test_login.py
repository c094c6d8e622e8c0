"""Signing in by a password: what it reveals to strangers, and that nobody can lock another person out."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from fairplatform.accounts.models import PersonalLink, User
from fairplatform.notices.password_reset import send_reset
from tests.factories import make_person

LOGIN, RESET = "/accounts/login/", "/accounts/password/reset/"
HERE, THERE = "192.0.2.1", "192.0.2.2"
PASSWORD = "long enough 42"
STOPPED = "Too many failed login attempts. Try again later."


@pytest.fixture(autouse=True)
def fresh_counts(db: None) -> Any:
    cache.clear()
    yield
    cache.clear()


def sign_in(client: Client, address: str, password: str, *, host: str = HERE) -> Any:
    return client.post(LOGIN, {"login": address, "password": password}, REMOTE_ADDR=host)


def letters() -> list[list[str]]:
    """Sends the queued letters; returns the recipients of all letters sent."""
    for row in DBTaskResult.objects.order_by("enqueued_at"):
        send_reset.func(*row.args_kwargs["args"])
    DBTaskResult.objects.all().delete()
    return [letter.to for letter in mail.outbox]


def errors_of(answer: Any) -> list[str]:
    return [str(error) for errors in answer.context["form"].errors.values() for error in errors]


def test_no_answer_tells_whether_an_address_has_an_account() -> None:
    known, gone = make_person(), make_person(is_active=False)
    addresses = (known.email, gone.email, make_person(is_demo=True).email, "nobody@firm.example")
    answers = [sign_in(Client(), address, "wrong") for address in addresses]
    assert [(a.status_code, errors_of(a)) for a in answers] == [(200, errors_of(answers[0]))] * 4
    resets = [Client().post(RESET, {"email": a}) for a in addresses]
    assert {(a.status_code, a["Location"]) for a in resets} == {(302, "/accounts/password/reset/done/")}
    # Nor how long it takes: the letter is a task, and each address has one.
    assert (mail.outbox, DBTaskResult.objects.count()) == ([], len(addresses))
    # The demonstration's people are nobody's, and so are their addresses.
    assert letters() == [[known.email]]


def test_guesses_from_one_place_are_stopped() -> None:
    person = make_person(password=PASSWORD)
    for _ in range(5):
        sign_in(Client(), person.email, "wrong")
    answer = sign_in(Client(), person.email, PASSWORD)
    assert answer.status_code == 200
    assert errors_of(answer) == [STOPPED]


def test_a_neighbour_who_guesses_at_many_accounts_shuts_out_none_of_their_address() -> None:
    person = make_person(password=PASSWORD)
    for number in range(40):
        answer = sign_in(Client(), f"invented{number}@firm.example", "wrong")
        assert errors_of(answer) != [STOPPED]
    assert sign_in(Client(), person.email, PASSWORD).status_code == 302


def test_the_browser_of_an_owner_is_not_shut_out_by_guesses_beside_it() -> None:
    person, stranger, own = make_person(password=PASSWORD), make_person(password=PASSWORD), Client()
    assert sign_in(own, person.email, PASSWORD).status_code == 302
    own.post("/accounts/logout/")
    for _ in range(6):
        sign_in(Client(), person.email, "wrong")
    assert errors_of(sign_in(Client(), person.email, PASSWORD)) == [STOPPED]
    # A browser is known to its own account alone, and does not guess on without end either.
    sign_in(other := Client(), stranger.email, PASSWORD)
    other.post("/accounts/logout/")
    assert errors_of(sign_in(other, person.email, PASSWORD)) == [STOPPED]
    assert sign_in(own, person.email, PASSWORD).status_code == 302
    own.post("/accounts/logout/")
    for _ in range(5):
        sign_in(own, person.email, "wrong")
    assert errors_of(sign_in(own, person.email, PASSWORD)) == [STOPPED]


def test_a_browser_knows_the_last_ten_who_signed_in_there() -> None:
    people, shared = [make_person(password=PASSWORD) for _ in range(11)], Client()
    for person in (people[0], *people):
        assert sign_in(shared, person.email, PASSWORD).status_code == 302
        shared.post("/accounts/logout/")
    assert len(shared.cookies["known_browser"].OutputString()) < 4096  # more a browser does not keep
    for person in people[:2]:
        for _ in range(5):
            sign_in(Client(), person.email, "wrong")
    assert errors_of(sign_in(shared, people[0].email, PASSWORD)) == [STOPPED]
    assert sign_in(shared, people[1].email, PASSWORD).status_code == 302


def test_a_forged_mark_of_a_browser_is_not_believed() -> None:
    person, client = make_person(password=PASSWORD), Client()
    for number in range(6):
        client.cookies["known_browser"] = f"{number}:x:y"
        answer = sign_in(client, person.email, "wrong")
    assert errors_of(answer) == [STOPPED]


def test_guesses_from_many_places_at_one_account_come_to_an_end(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_anywhere": "12/d/key"}
    person, other = make_person(password=PASSWORD), make_person(password=PASSWORD)
    answers = [sign_in(Client(), person.email, "wrong", host=f"198.51.100.{n}") for n in range(13)]
    assert [errors_of(answer) == [STOPPED] for answer in answers] == [False] * 12 + [True]
    assert sign_in(Client(), other.email, PASSWORD).status_code == 302
    # Who proves to be the owner gets in meanwhile.
    _, secret, code = PersonalLink.issue(person, now=timezone.now())
    assert Client().post(reverse("accounts:enter", args=[secret]), {"code": code}).status_code == 302
    assert "_auth_user_id" in reset_password(person, Client()).session


def test_right_passwords_are_not_counted() -> None:
    person = make_person(password=PASSWORD)
    assert {sign_in(Client(), person.email, PASSWORD).status_code for _ in range(8)} == {302}


def test_letters_for_a_new_password_do_not_pile_up_and_another_address_gets_its_own() -> None:
    person, other = make_person(), make_person()
    statuses = [Client().post(RESET, {"email": person.email}).status_code for _ in range(5)]
    assert statuses == [302, 302, 302, 429, 429]
    assert Client().post(RESET, {"email": other.email}).status_code == 302
    assert letters() == [[person.email]] * 3 + [[other.email]]


def test_guesses_of_another_place_shut_nobody_out() -> None:
    person = make_person(password="long enough 42")
    for _ in range(8):
        sign_in(Client(), person.email, "wrong", host=THERE)
    assert sign_in(Client(), person.email, "long enough 42").status_code == 302


def test_all_addresses_of_one_line_are_one_place() -> None:
    person = make_person(password=PASSWORD)
    for host in ("::ffff:192.0.2.1", "192.0.2.1", "::ffff:192.0.2.1", "192.0.2.1", "::ffff:192.0.2.1"):
        sign_in(Client(), person.email, "wrong", host=host)
    assert errors_of(sign_in(Client(), person.email, PASSWORD)) == [STOPPED]
    for number in range(5):
        sign_in(Client(), person.email, "wrong", host=f"2001:db8:1:2::{number}")
    assert errors_of(sign_in(Client(), person.email, PASSWORD, host="2001:db8:1:2:3:4:5:6")) == [STOPPED]
    assert sign_in(Client(), person.email, PASSWORD, host="2001:db8:1:3::1").status_code == 302


def test_a_claimed_place_is_not_believed() -> None:
    person = make_person(password="long enough 42")
    for number in range(5):
        claimed = {"HTTP_X_FORWARDED_FOR": f"198.51.100.{number}"}
        Client().post(LOGIN, {"login": person.email, "password": "wrong"}, REMOTE_ADDR=HERE, **claimed)
    assert sign_in(Client(), person.email, "long enough 42").status_code == 200


def reset_password(person: Any, client: Client) -> Client:
    """Resets the password by the link of the letter, which is in the person's language whoever requested it."""
    client.post(RESET, {"email": person.email})
    letters()
    link = link_of(mail.outbox[-1])
    form = client.get(link, follow=True).redirect_chain[-1][0]
    assert client.post(form, {"password1": "a new long 42", "password2": "a new long 42"}).status_code == 302
    return client


def link_of(letter: Any) -> str:
    [link] = [word for word in letter.body.split() if "/accounts/password/reset/key/" in word]
    assert link.startswith(settings.PUBLIC_URL)
    return link.removeprefix(settings.PUBLIC_URL)


def test_a_password_is_reset_by_a_link_that_works_once() -> None:
    person = make_person(language="ur")
    client = reset_password(person, Client())
    assert client.session["_auth_user_id"] == str(person.pk)
    signed_in = sign_in(Client(), person.email, "a new long 42")
    assert (signed_in.status_code, signed_in["Location"]) == (302, "/arrival/")
    assert Client().get(link_of(mail.outbox[-1]), follow=True).context["token_fail"]
    assert "منتظمین" in mail.outbox[-1].body


@pytest.mark.parametrize("page", ["email/", "password/set/", "password/change/", "reauthenticate/", "confirm-email/"])
def test_pages_of_the_library_that_nobody_needs_do_not_exist(page: str) -> None:
    client = Client()
    client.force_login(make_person())
    assert client.get(f"/accounts/{page}").status_code == 404


def test_nobody_makes_an_account_by_themselves() -> None:
    client = Client()
    secret = "long enough 42"
    form = {"email": "new@firm.example", "password1": secret, "password2": secret}
    assert "created by the organisers" in client.post("/accounts/signup/", form).text
    assert list(User.objects.all()) == []
    assert get_user(client).is_anonymous
    assert sign_in(client, "new@firm.example", secret).status_code == 200
    assert mail.outbox == []


def test_wrong_credentials_are_reported_at_the_password_field() -> None:
    field = sign_in(Client(), "nobody@firm.example", "wrong").context["form"]["password"]
    assert len(field.errors) == 1
    assert 'aria-invalid="true"' in str(field)
    assert f'aria-describedby="{field.auto_id}_error"' in str(field)
