"""What is sent small, and what is left as it is."""

import gzip
from collections.abc import AsyncIterator

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from fairplatform.pages.compression import CompressionMiddleware
from tests.factories import make_fair

LONG = b"fair " * 200


def sent(response: HttpResponse | StreamingHttpResponse) -> bool:
    """Whether the response leaves compressed, to a browser that can read that."""

    def answer(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        return response

    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    return CompressionMiddleware(answer)(request).headers.get("Content-Encoding") == "gzip"


async def parts() -> AsyncIterator[bytes]:
    yield LONG


def test_pages_are_compressed_and_files_are_not() -> None:
    kinds = ("text/html; charset=utf-8", "application/json", "text/plain", "image/png", "application/pdf")
    assert [sent(HttpResponse(LONG, content_type=kind)) for kind in kinds] == [True, True, True, False, False]
    assert not sent(StreamingHttpResponse(parts(), content_type="text/html"))


@pytest.mark.django_db
def test_a_page_is_the_same_compressed() -> None:
    url = f"/fairs/{make_fair().slug}/halls/1/"
    plain, small = Client().get(url), Client(headers={"accept-encoding": "gzip"}).get(url)
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Vary"].split(", ").count("Accept-Encoding") == 1
    whole = gzip.decompress(small.content)
    assert (len(small.content) < len(whole) / 2, b'<h1><bdi dir="ltr">Hand tools</bdi></h1>' in whole) == (True, True)
