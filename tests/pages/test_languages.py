"""Choosing a language: back to the page one came from, never to another site, whatever the form contains."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "target"),
    [
        ("/fairs/pk2020/?page=2", "/fairs/pk2020/?page=2"),
        ("", "/"),
        ("nonsense", "/"),
        ("home", "/"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("https://elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: b=c", "/a%0D%0ASet-Cookie:%20b=c"),
    ],
)
def test_choosing_leads_back_to_a_page_of_ours_and_nowhere_else(client: Client, wanted: str, target: str) -> None:
    answer = client.post("/language/choose", {"language": "ur", "next": wanted})
    assert (answer.status_code, answer["Location"]) == (302, target)
    assert answer.cookies["django_language"].value == "ur"
