"""Uses every kind of secret and personal data on a real server, and searches its log for them."""

import asyncio
import contextlib
import http.client
import json
import re
import socket
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from fairplatform.accounts.models import PersonalLink, Token
from tests.environment import STACK
from tests.factories import make_conversation, make_fair, make_person
from tests.realtime.client import session_of
from tests.servers.serve import Server, Servers
from tests.servers.server_database import in_database_of

BODY, QUERY, FRAME, PATH = "what-was-written-to-one", "what-was-searched-for", "what-no-frame-is", "no-such-path"
PASSWORD = "a-password-of-somebody"
# What the log says of the error, by STACK. The message of PostgreSQL quotes the statement, so it is redacted.
FAULTS = {"embedded": "OperationalError: no such table: chat_message", "scaled": "ProgrammingError"}


def make_rows() -> dict[str, Any]:
    now = timezone.now()
    fair, other = make_fair(), make_person()
    person = make_person(email="owner.of.a.factory@mail.example", password=PASSWORD)
    conversation = make_conversation(fair, [person, other])
    _, link, code = PersonalLink.issue(person, now=now)
    rows, end = ["conversation.read", "conversation.write"], now + timedelta(hours=1)
    _, token = Token.issue(person, fair=fair, permissions=rows, expires_at=end)
    return {
        "page": f"/fairs/{fair.slug}/messages/{conversation.pk}/", "topic": conversation.topic, "person": person.pk,
        "link": link, "code": code, "token": token, "session": session_of(person), "email": person.email,
    }  # fmt: skip


def break_the_message_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE chat_message RENAME TO chat_message_gone")


class Visitor:
    """One person's requests and sockets, some of them wrong."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.rows = in_database_of(server, make_rows)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, **headers: str) -> tuple[int, str, str]:
        """Sends a request; returns status, body and request id."""
        wire = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        headers |= {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            form = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **form}
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        wire.request(method, path, urlencode(form or {}), headers)
        answer = wire.getresponse()
        body = answer.read().decode(errors="replace")
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        wire.close()
        return answer.status, body, answer.headers["X-Request-ID"]

    def sign_in(self) -> None:
        link = f"/accounts/enter/{self.rows['link']}/"
        assert self.ask("GET", f"{link}?next={QUERY}")[0] == 200
        assert self.ask("POST", link, {"code": "000000"}, Referer=f"{self.server.url}{link}")[0] == 200
        evil = {"code": self.rows["code"], "csrfmiddlewaretoken": "wrong"}
        assert self.ask("POST", link, evil, Referer=f"https://evil.example{link}")[0] == 403
        assert self.ask("GET", f"{link}{PATH}/")[0] == 404
        login = {"login": self.rows["email"], "password": PASSWORD}
        assert self.ask("POST", "/accounts/login/", login | {"password": f"{PASSWORD}x"})[0] == 200
        assert self.ask("POST", "/accounts/password/reset/", {"email": self.rows["email"]})[0] == 302
        assert self.ask("POST", link, {"code": self.rows["code"]})[0] == 302
        assert self.ask("GET", f"{self.rows['page']}?q={QUERY}")[0] == 200

    def send_malformed_http(self) -> None:
        for line in (f"GET /\xff{PATH} HTTP/1.1", f"GET /{PATH} HTTP/9", f"{FRAME} /{PATH}?{QUERY}"):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.server.port), 5) as wire:
                wire.sendall(f"{line}\r\nHost: {FRAME}\r\n\r\n".encode("latin1"))
                wire.settimeout(2)
                wire.recv(1000)

    async def use_sockets(self) -> None:
        headers = {"Authorization": f"Bearer {self.rows['token']}"}
        with pytest.raises(InvalidStatus):
            await connect(f"{self.server.socket_url}{PATH}?{QUERY}", additional_headers=headers)
        async with connect(f"{self.server.socket_url}?{QUERY}", additional_headers=headers) as wire:
            topic = self.rows["topic"]
            post = {"type": "message.post", "client_id": str(uuid4()), "body": BODY}
            for ref, command in enumerate(({"type": "join"}, post, {"type": FRAME}, {"type": "join", FRAME: 1}), 1):
                await wire.send(json.dumps({"ref": ref, "topic": topic, **command}))
            await wire.send(FRAME)
            answers = 0
            while answers < 5:
                answers += json.loads(await wire.recv())["type"] in ("ok", "refused")

    def cause_an_error(self) -> tuple[str, str]:
        """An internal error while the request has all of them. Returns the page and its request id."""
        in_database_of(self.server, break_the_message_table)
        asyncio.run(self.use_sockets())
        status, page, name = self.ask("GET", f"{self.rows['page']}?q={QUERY}", **{"X-Request-ID": "named-elsewhere"})
        assert status == 500
        return page, name


@pytest.mark.parametrize(("log_format", "proxies"), [("json", ""), ("line", "127.0.0.1")])
def test_log_contains_no_secret(serve: Servers, log_format: str, proxies: str) -> None:
    server = serve("--no-tasks", "--no-clock", LOG_FORMAT=log_format, LOG_LEVEL="DEBUG", TRUSTED_PROXIES=proxies)
    visitor = Visitor(server)
    visitor.sign_in()
    visitor.send_malformed_http()
    asyncio.run(visitor.use_sockets())
    page, name = visitor.cause_an_error()
    server.stop()
    log = server.log
    secrets = [visitor.rows[key] for key in ("link", "token", "session", "email")] + [
        BODY,
        QUERY,
        FRAME,
        PATH,
        PASSWORD,
    ]
    secrets += [value for value in visitor.cookies.values() if len(value) > 8]
    assert [secret for secret in secrets if secret in log] == []
    assert re.findall(rf"\b{visitor.rows['code']}\b", log) == []
    # The error is logged with the id that its page shows, which a trusted proxy may choose.
    assert f'<bdi dir="ltr">{name}</bdi>' in page
    assert (name == "named-elsewhere") == bool(proxies)
    assert FAULTS[STACK] in log
    check = check_json if log_format == "json" else check_lines
    check(log, name, visitor.rows["person"])


def check_json(log: str, name: str, person: int) -> None:
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    requests = [line for line in lines if line["event"] == "request"]
    assert [(r["route"], r["method"], r["status"]) for r in requests[:2]] == [
        ("accounts:enter", "GET", 200),
        ("accounts:enter", "POST", 200),
    ]
    assert {line["event"] for line in lines if line.get("request_id") == name} == {
        "request",
        "Internal Server Error: chat:conversation",
    }
    opened = [line for line in lines if line["event"] == "socket opened"]
    closed = [line for line in lines if line["event"] == "socket closed"]
    assert [line["person"] for line in opened] == [person, person]
    assert [line["connection"] for line in closed] == [line["connection"] for line in opened]
    assert [line["code"] for line in closed] == [1000, 1000]


def check_lines(log: str, name: str, person: int) -> None:
    assert re.search(rf"request method=GET request_id={name} route=chat:conversation seconds=[\d.]+ status=500\n", log)
    assert len(re.findall(rf"socket closed code=1000 connection=\S+ person={person} seconds=[\d.]+\n", log)) == 2
