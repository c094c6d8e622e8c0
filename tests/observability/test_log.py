"""Lines of the log: their shapes, and what no exception and no library may put into them."""

import io
import json
import logging
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from smtplib import SMTPRecipientsRefused

import psycopg
import pytest
import structlog
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import DataError, IntegrityError, OperationalError
from django.test import RequestFactory

from fairplatform.observability.logs import configure
from fairplatform.observability.redaction import redacted_traceback, safe_message

SECRET = "s3cret-of-somebody"


@pytest.fixture(params=["json", "line"])
def shape(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def written(shape: str) -> Iterator[Callable[[], str]]:
    """What has been written in this shape, configured as the program does it."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    configure({"format": shape, "level": "DEBUG"})
    stream = io.StringIO()
    for handler in root.handlers:
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(stream)
    yield stream.getvalue
    configure({"format": "line", "level": "INFO"})
    root.handlers, root.level = before


def test_event_carries_what_is_known_of_its_request(written: Callable[[], str], shape: str) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r1", person=7):
        logging.getLogger("chat").warning("%s failed", "a step")
        structlog.get_logger("ours").info("request", route="home", status=200)
    if shape == "json":
        first, second = map(json.loads, written().splitlines())
        first.pop("time")
        assert first == {
            "event": "a step failed",
            "level": "warning",
            "logger": "chat",
            "request_id": "r1",
            "person": 7,
        }
        assert (second["event"], second["route"], second["status"], second["request_id"]) == (
            "request",
            "home",
            200,
            "r1",
        )
    else:
        first, second = written().splitlines()
        assert first.split("Z ")[1] == "warning chat: a step failed person=7 request_id=r1"
        assert second.split("Z ")[1] == "info    ours: request person=7 request_id=r1 route=home status=200"


def test_a_message_cannot_begin_a_line_of_its_own(written: Callable[[], str]) -> None:
    logging.getLogger("chat").warning("%s", "one\n2026-01-01T00:00:00Z error  forged: line\x1b[2J")
    assert len(written().splitlines()) == 1
    assert "\x1b" not in written()


def test_exception_says_where_and_of_what_kind_and_never_what_it_quotes(written: Callable[[], str], shape: str) -> None:
    def post(body: str) -> None:
        try:
            int(body)
        except ValueError as failure:
            raise LookupError(f"no {body}") from failure

    try:
        post(SECRET)
    except LookupError:
        logging.getLogger("chat").exception("a command failed")
    text = json.loads(written())["exception"] if shape == "json" else written()
    assert SECRET not in text
    kinds = [line.strip() for line in text.splitlines() if line.strip() in ("ValueError", "LookupError", "and then")]
    assert kinds == ["ValueError", "and then", "LookupError"]
    assert "int(body)" in text


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (IntegrityError(f"duplicate key\nDETAIL:  Key (email)=({SECRET}) already exists."), "duplicate key"),
        (sqlite3.IntegrityError("UNIQUE constraint failed: fair.name"), "UNIQUE constraint failed: fair.name"),
        (psycopg.OperationalError("the server closed the connection\nLINE 1: x"), "the server closed the connection"),
        (OperationalError("database is locked"), "database is locked"),
        (DataError(f'invalid input syntax for type integer: "{SECRET}"'), ""),
        (ValueError(SECRET), ""),
        (KeyError(SECRET), ""),
        (RuntimeError(SECRET), ""),
        (SMTPRecipientsRefused({SECRET: (550, b"no")}), ""),
        (FileNotFoundError(2, "No such file or directory", f"/files/{SECRET}"), "No such file or directory"),
        (ConnectionRefusedError(111, "Connection refused"), "Connection refused"),
        (TimeoutError(), ""),
    ],
)  # fmt: skip
def test_words_of_an_exception(failure: Exception, words: str) -> None:
    assert safe_message(failure) == words
    failure.add_note(SECRET)
    assert SECRET not in redacted_traceback(failure)


def test_django_names_the_route_in_place_of_the_address(written: Callable[[], str]) -> None:
    request = RequestFactory().get(f"/accounts/enter/{SECRET}/?next={SECRET}")
    extra = {"request": request, "status_code": 500}
    logger = logging.getLogger("django.request")
    logger.error("%s: %s", "Internal Server Error", request.path, extra=extra)
    logger.error("Gone: %s", request.get_full_path(), extra=extra)
    logging.getLogger("other").error(
        "Forbidden (%s): %s", f"Referer - {SECRET} is not trusted.", request.path, extra=extra
    )
    logging.getLogger("other").error(SECRET, extra=extra)
    assert SECRET not in written()
    assert [
        word
        for word in ("Internal Server Error: none", "Gone: none", "Forbidden (Referer): none", "refused")
        if word not in written()
    ] == []


def test_servers_below_us_name_kinds_alone(written: Callable[[], str]) -> None:
    class Request:
        def __repr__(self) -> str:
            return SECRET

    daphne, asyncio = logging.getLogger("daphne.server"), logging.getLogger("asyncio")
    daphne.warning("Application instance %r for connection %s was killed.", Request(), repr(Request()))
    try:
        raise ValueError(SECRET)
    except ValueError as failure:
        daphne.error("Exception inside application: %s", failure, exc_info=failure)
        daphne.error(traceback.format_exc())
    asyncio.error(f"Task exception was never retrieved\nfuture: <Task exception=ValueError('{SECRET}')>")
    assert SECRET not in written()
    assert written().count("raise ValueError(SECRET)") == 2
    assert "Application instance 'Request' for connection str was killed." in written()


def test_an_unknown_shape_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="json or line"):
        configure({"format": "yaml", "level": "INFO"})
