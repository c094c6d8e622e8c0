"""A walk with everything that opens a door or belongs to one person, and the log of it."""

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
from tests.factories import make_conversation, make_fair, make_person
from tests.realtime.client import session_of
from tests.servers.inside import inside
from tests.servers.serve import Server, Servers

BODY, QUERY, FRAME, PATH = "what-was-written-to-one", "what-was-searched-for", "what-no-frame-is", "no-such-path"
PASSWORD = "a-password-of-somebody"


def lay() -> dict[str, Any]:
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


def lose_the_messages() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE chat_message RENAME TO chat_message_gone")


class Walk:
    """What one person does, by the wire."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.laid = inside(server, lay)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, **headers: str) -> tuple[int, str, str]:
        """Status, body and request id."""
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

    def come_in(self) -> None:
        link = f"/accounts/enter/{self.laid['link']}/"
        assert self.ask("GET", f"{link}?next={QUERY}")[0] == 200
        assert self.ask("POST", link, {"code": "000000"}, Referer=f"{self.server.url}{link}")[0] == 200
        evil = {"code": self.laid["code"], "csrfmiddlewaretoken": "wrong"}
        assert self.ask("POST", link, evil, Referer=f"https://evil.example{link}")[0] == 403
        assert self.ask("GET", f"{link}{PATH}/")[0] == 404
        login = {"login": self.laid["email"], "password": PASSWORD}
        assert self.ask("POST", "/accounts/login/", login | {"password": f"{PASSWORD}x"})[0] == 200
        assert self.ask("POST", "/accounts/password/reset/", {"email": self.laid["email"]})[0] == 302
        assert self.ask("POST", link, {"code": self.laid["code"]})[0] == 302
        assert self.ask("GET", f"{self.laid['page']}?q={QUERY}")[0] == 200

    def send_what_is_no_http(self) -> None:
        for line in (f"GET /\xff{PATH} HTTP/1.1", f"GET /{PATH} HTTP/9", f"{FRAME} /{PATH}?{QUERY}"):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.server.port), 5) as wire:
                wire.sendall(f"{line}\r\nHost: {FRAME}\r\n\r\n".encode("latin1"))
                wire.settimeout(2)
                wire.recv(1000)

    async def talk(self) -> None:
        headers = {"Authorization": f"Bearer {self.laid['token']}"}
        with pytest.raises(InvalidStatus):
            await connect(f"{self.server.socket_url}{PATH}?{QUERY}", additional_headers=headers)
        async with connect(f"{self.server.socket_url}?{QUERY}", additional_headers=headers) as wire:
            topic = self.laid["topic"]
            post = {"type": "message.post", "client_id": str(uuid4()), "body": BODY}
            for ref, command in enumerate(({"type": "join"}, post, {"type": FRAME}, {"type": "join", FRAME: 1}), 1):
                await wire.send(json.dumps({"ref": ref, "topic": topic, **command}))
            await wire.send(FRAME)
            answers = 0
            while answers < 5:
                answers += json.loads(await wire.recv())["type"] in ("ok", "refused")

    def break_something(self) -> tuple[str, str]:
        """A fault of ours while all of it is in hand; the page's status is 500. Returns the page and its id."""
        inside(self.server, lose_the_messages)
        asyncio.run(self.talk())
        status, page, name = self.ask("GET", f"{self.laid['page']}?q={QUERY}", **{"X-Request-ID": "named-elsewhere"})
        assert status == 500
        return page, name


@pytest.mark.parametrize(("shape", "proxies"), [("json", ""), ("line", "127.0.0.1")])
def test_walk_leaves_no_secret_in_the_log(serve: Servers, shape: str, proxies: str) -> None:
    server = serve("--no-tasks", "--no-clock", LOG_FORMAT=shape, LOG_LEVEL="DEBUG", TRUSTED_PROXIES=proxies)
    walk = Walk(server)
    walk.come_in()
    walk.send_what_is_no_http()
    asyncio.run(walk.talk())
    page, name = walk.break_something()
    server.stop()
    log = server.log
    secrets = [walk.laid[key] for key in ("link", "token", "session", "email")] + [BODY, QUERY, FRAME, PATH, PASSWORD]
    secrets += [value for value in walk.cookies.values() if len(value) > 8]
    assert [secret for secret in secrets if secret in log] == []
    assert re.findall(rf"\b{walk.laid['code']}\b", log) == []
    # A fault is told whole, under the name that its page says; a proxy we know may choose the name.
    assert f'<bdi dir="ltr">{name}</bdi>' in page
    assert (name == "named-elsewhere") == bool(proxies)
    # PostgreSQL quotes the statement when it complains, so its words stay out.
    assert "OperationalError: no such table: chat_message" in log or "ProgrammingError" in log
    check = as_programs_read_it if shape == "json" else as_people_read_it
    check(log, name, walk.laid["person"])


def as_programs_read_it(log: str, name: str, person: int) -> None:
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


def as_people_read_it(log: str, name: str, person: int) -> None:
    assert re.search(rf"request method=GET request_id={name} route=chat:conversation seconds=[\d.]+ status=500\n", log)
    assert len(re.findall(rf"socket closed code=1000 connection=\S+ person={person} seconds=[\d.]+\n", log)) == 2
