"""Whatever anybody sends to any route: it is answered, refused or not there, and nothing of ours fails."""

from itertools import product
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairplatform.accounts import allauth_urls
from tests.matrix.everybody import Everybody
from tests.matrix.routes import ROUTES
from tests.sizes import full

ODD = [
    "", " ", "0", "-1", "1", "٣", "１２", "9" * 19, "9" * 40, "9" * 5000, "1e999", "NaN", "Infinity",
    "1/2/3", "null", "[]", "{}",
    "true", "\x00", "a\x00b", "\r\nX-A: b", "\u202e", "\ufeff", "🛠", "' OR 1=1 --", "<script>1</script>",
    "{{ 7 }}", "%s%n",
    "../../etc/passwd", "//evil.example", "javascript:alert(1)", "http://[", "//[x", "http://x]/",
    "x" * 5000, "ش" * 500, "2020-13-40", "0000-00-00",
    "99999-1-1", "1970-01-01", "order", "confirm", "USD", "zh-hans", "xx", "12,500.50", "۱۲۵۰۰", "3万",
    "820320", "00000000-0000-0000-0000-000000000007",
]  # fmt: skip
NAMES = [
    "q", "page", "day", "tab", "moq", "price_from", "price_to", "hall", "city", "kind", "heading", "certificate",
    "sort", "before", "inquiry", "print", "correct", "take", "wall", "act", "version", "base", "slot", "note",
    "interpreting", "because", "answer", "amount", "currency", "months", "goods", "hs_code", "quantity", "terms",
    "next_step", "next_step_on", "next_step_by", "amount_read", "hs_read", "client_id", "body", "language", "next",
    "asked", "code", "login", "password", "email", "password1", "x" * 300,
]  # fmt: skip
HEADERS = [
    "Accept-Language", "Range", "If-None-Match", "If-Modified-Since", "HX-Request", "HX-History-Restore-Request",
    "HX-Current-URL", "HX-Current-URL-URI-AutoEncoded", "HX-Boosted", "HX-Target", "Referer", "Cookie", "Origin",
    "X-Forwarded-For", "Authorization",
    "Accept-Encoding", "Accept",
]  # fmt: skip
TYPES = [
    "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-7", "multipart/form-data",
    "multipart/form-data; boundary=x", "multipart/form-data; boundary=", "application/json",
    "text/plain; charset=none", "x",
]  # fmt: skip
odd = st.one_of(st.sampled_from(ODD), st.text(max_size=20))
fields = st.dictionaries(st.sampled_from(NAMES), odd, max_size=5)


def rarely(what: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """`what` in one request of five, otherwise None: a field that is odd in every request would have all refused."""
    return st.integers(0, 4).flatmap(lambda number: what if number == 0 else st.none())


class Odd(NamedTuple):
    """A request: by whom, by which method to which route, the value of its last argument, and what it carries."""

    name: str
    asked: tuple[str, str]
    argument: str | None
    query: dict[str, str]
    form: dict[str, str]
    turn: int
    wrong: list[tuple[int, str]]
    raw: tuple[str, bytes] | None
    headers: dict[str, str]


FORMS = [route for route in ROUTES if any(act.startswith("POST") for act in ROUTES[route].acts)]
PAGES = [*ROUTES, *(str(pattern.name) for pattern in allauth_urls.urlpatterns)]
asked = st.one_of(
    st.tuples(st.just("GET"), st.sampled_from(PAGES)),
    st.tuples(st.just("POST"), st.sampled_from(FORMS)),
    st.tuples(st.just("POST"), st.sampled_from([*FORMS, *FORMS, *PAGES])),
)
requests = st.builds(
    Odd,
    st.sampled_from(["anonymous", "visitor", "seller", "clerk", "buyer", "other_buyer", "interpreter", "organiser"]),
    asked,
    rarely(odd),
    fields,
    fields,
    st.integers(0, 1),
    st.lists(st.tuples(st.integers(0, 3), odd), min_size=1, max_size=2),
    rarely(st.tuples(st.sampled_from(TYPES), st.binary(max_size=60))),
    st.dictionaries(
        st.sampled_from(HEADERS), odd.filter(lambda text: text.isprintable() and text.isascii()), max_size=2
    ),
)


def address_of(everybody: Everybody, one: Odd) -> str:
    known = ROUTES.get(one.asked[1])
    arguments = known.arguments(everybody.world) if known else ["1", "2-3"] if "from_key" in one.asked[1][-9:] else []
    address = reverse(one.asked[1], args=arguments)
    if one.argument is not None and arguments:
        before, _, after = address.rpartition(str(arguments[-1]))
        address = f"{before}{quote(one.argument, safe='')}{after}"
    return address


def form_of(everybody: Everybody, one: Odd) -> dict[str, Any]:
    """What one of the route's forms takes, some of it other than it should be, and what it does not ask for."""
    acts = ROUTES[one.asked[1]].acts if one.asked[1] in ROUTES else {}
    posts = [act for method, act in acts.items() if method.startswith("POST")]
    right = posts[one.turn % len(posts)].fields(everybody.world) if posts else {}
    wrong = {sorted(right)[place % len(right)]: value for place, value in one.wrong} if right else {}
    return {**right, **one.form, **wrong}


def answered(everybody: Everybody, one: Odd) -> int:
    """The status of the answer; an error of ours is raised."""
    client: Client = everybody.clients[one.name]
    address, before = address_of(everybody, one), client.cookies.copy()
    sent: Any = {"query_params": one.query, "headers": one.headers}
    try:
        with transaction.atomic():
            if one.asked[0] == "GET":
                answer = client.get(address, **sent)
            elif one.raw:
                answer = client.generic("POST", address, one.raw[1], one.raw[0], **sent)
            else:
                answer = client.post(address, form_of(everybody, one), **sent)
            status = answer.status_code
            transaction.set_rollback(True)
    finally:
        client.cookies = before
    return status


@pytest.mark.django_db
def test_no_request_causes_a_failure(everybody: Everybody) -> None:
    found: dict[int, int] = {}

    @settings(max_examples=full(1500, small=500), suppress_health_check=list(HealthCheck))
    @given(requests)
    def check(one: Odd) -> None:
        status = answered(everybody, one)
        found[status] = found.get(status, 0) + 1
        assert status < 500, one

    check()
    # It came through to the pages; what forms refuse is rare among requests by chance, see below.
    assert {200, 302, 403, 404, 405} <= set(found), found


@pytest.mark.django_db
@pytest.mark.either
@pytest.mark.parametrize("route", FORMS)
def test_no_value_of_a_form_field_causes_a_failure(everybody: Everybody, route: str) -> None:
    worst = ["", "x", "9" * 40, "9" * 5000, "٣", "a\x00b", "-1", "x" * 5000]
    acts = [act for method, act in ROUTES[route].acts.items() if method.startswith("POST")]
    for name, (turn, act) in product(("seller", "other_buyer"), enumerate(acts)):
        # To whoever may not send it no value makes a difference, nor does another place in a form of one field.
        with transaction.atomic():
            places = range(min(3, len(act.fields(everybody.world)) or 1))
            transaction.set_rollback(True)
        values = worst if everybody.may(name, route) else worst[:1]
        for place, value in product(places, values):
            status = answered(everybody, Odd(name, ("POST", route), None, {}, {}, turn, [(place, value)], None, {}))
            # Nor is it held off as too fast: each came through.
            assert status < 429, (name, turn, place, value)
