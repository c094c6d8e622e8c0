"""Log records: their formats, and the redaction of exceptions and of records of libraries."""

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
def log_format(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def logged(log_format: str) -> Iterator[Callable[[], str]]:
    """The text logged so far, configured as in the program."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    configure({"format": log_format, "level": "DEBUG"})
    stream = io.StringIO()
    for handler in root.handlers:
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(stream)
    yield stream.getvalue
    configure({"format": "line", "level": "INFO"})
    root.handlers, root.level = before


def test_record_has_the_context_of_its_request(logged: Callable[[], str], log_format: str) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r1", person=7):
        logging.getLogger("chat").warning("%s failed", "a step")
        structlog.get_logger("ours").info("request", route="home", status=200)
    if log_format == "json":
        first, second = map(json.loads, logged().splitlines())
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
        first, second = logged().splitlines()
        assert first.split("Z ")[1] == "warning chat: a step failed person=7 request_id=r1"
        assert second.split("Z ")[1] == "info    ours: request person=7 request_id=r1 route=home status=200"


def test_message_cannot_begin_a_line_of_its_own(logged: Callable[[], str]) -> None:
    logging.getLogger("chat").warning("%s", "one\n2026-01-01T00:00:00Z error  forged: line\x1b[2J")
    assert len(logged().splitlines()) == 1
    assert "\x1b" not in logged()


def test_traceback_has_places_and_classes_and_no_values(logged: Callable[[], str], log_format: str) -> None:
    def post(body: str) -> None:
        try:
            int(body)
        except ValueError as failure:
            raise LookupError(f"no {body}") from failure

    try:
        post(SECRET)
    except LookupError:
        logging.getLogger("chat").exception("a command failed")
    text = json.loads(logged())["exception"] if log_format == "json" else logged()
    assert SECRET not in text
    kinds = [line.strip() for line in text.splitlines() if line.strip() in ("ValueError", "LookupError", "and then")]
    assert kinds == ["ValueError", "and then", "LookupError"]
    assert "int(body)" in text


@pytest.mark.parametrize(
    ("failure", "message"),
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
def test_message_is_logged_only_if_its_class_is_safe(failure: Exception, message: str) -> None:
    assert safe_message(failure) == message
    failure.add_note(SECRET)
    assert SECRET not in redacted_traceback(failure)


def test_records_of_django_have_the_route_in_place_of_the_path(logged: Callable[[], str]) -> None:
    request = RequestFactory().get(f"/accounts/enter/{SECRET}/?next={SECRET}")
    extra = {"request": request, "status_code": 500}
    logger = logging.getLogger("django.request")
    logger.error("%s: %s", "Internal Server Error", request.path, extra=extra)
    logger.error("Gone: %s", request.get_full_path(), extra=extra)
    logging.getLogger("other").error(
        "Forbidden (%s): %s", f"Referer - {SECRET} is not trusted.", request.path, extra=extra
    )
    logging.getLogger("other").error(SECRET, extra=extra)
    assert SECRET not in logged()
    assert [
        word
        for word in ("Internal Server Error: none", "Gone: none", "Forbidden (Referer): none", "refused")
        if word not in logged()
    ] == []


def test_records_of_servers_have_only_class_names(logged: Callable[[], str]) -> None:
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
    assert SECRET not in logged()
    assert logged().count("raise ValueError(SECRET)") == 2
    assert "Application instance 'Request' for connection str was killed." in logged()


def test_unknown_format_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="json or line"):
        configure({"format": "yaml", "level": "INFO"})
