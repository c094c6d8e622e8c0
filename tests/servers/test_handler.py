"""A request stays in one thread, and the threads keep what they opened."""

import threading
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import connections
from django.db.backends.signals import connection_created
from django.utils.translation import get_language

from fairplatform.server.handler import PageHandler


async def fetch(handler: PageHandler, path: str, language: bytes = b"en") -> tuple[int, bytes]:
    """Status and body of a page, as a server asks for it."""
    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "path": path, "query_string": b"",
        "headers": [(b"host", b"127.0.0.1:8000"), (b"accept-language", language)], "client": ("127.0.0.1", 1),
    }  # fmt: skip
    wire = ApplicationCommunicator(handler, scope)
    await wire.send_input({"type": "http.request", "body": b""})
    start: dict[str, Any] = await wire.receive_output(10)
    body = b""
    while True:
        part: dict[str, Any] = await wire.receive_output(10)
        body += part.get("body", b"")
        if not part.get("more_body"):
            await wire.wait()
            return start["status"], body


@pytest.mark.django_db(transaction=True)
async def test_pages_share_few_threads_and_their_connections() -> None:
    handler = PageHandler()
    begun: list[int] = []
    ended: list[int] = []
    opened: list[int] = []
    receivers = {
        request_started: lambda **_: begun.append(threading.get_ident()),
        request_finished: lambda **_: ended.append(threading.get_ident()),
        connection_created: lambda **_: opened.append(threading.get_ident()),
    }
    for moment, note in receivers.items():
        moment.connect(note)
    pages = [await fetch(handler, "/fairs/nowhere/") for _ in range(30)]
    handler.threads.submit(connections.close_all).result()
    assert [status for status, _ in pages] == [404] * 30
    assert begun == ended
    # A busy machine may ask for a thread before the last one has said that it is free.
    assert len(set(begun)) <= 5
    # Each thread opens once and keeps it; on PostgreSQL what it opens is a place in the pool, which it gives back.
    assert sorted(opened) == sorted(set(begun) if settings.EMBEDDED else begun)
    assert threading.get_ident() not in begun


async def test_static_files_are_sent_whole() -> None:
    status, body = await fetch(PageHandler(), "/static/js/page.js")
    assert (status, body.splitlines()[-1]) == (200, b'import "./lib/menu.js";')


@pytest.mark.django_db(transaction=True)
async def test_a_language_is_not_left_behind_in_the_thread() -> None:
    handler = PageHandler()
    _, chinese = await fetch(handler, "/accounts/login/", b"zh-hans")
    assert b'<html lang="zh-Hans"' in chinese
    assert handler.threads.submit(get_language).result() == "en"
    handler.threads.submit(connections.close_all).result()
