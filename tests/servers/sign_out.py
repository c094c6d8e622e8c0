"""Signs out by HTTP, as the form on the page does."""

import http.client
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from .serve import Server


@contextmanager
def _connected_to(server: Server) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    yield connection
    connection.close()


def sign_out(server: Server, session: str, origin: str) -> tuple[int, str]:
    """Signs the session out on this server; returns status and body of the answer."""
    with _connected_to(server) as connection:
        connection.request("GET", "/accounts/logout/", headers={"Cookie": f"sessionid={session}"})
        answer = connection.getresponse()
        page = answer.read().decode()
        cookie = str(answer.getheader("Set-Cookie")).split(";")[0]
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found is not None
    headers = {
        "Cookie": f"sessionid={session}; {cookie}",
        "Origin": origin,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    with _connected_to(server) as connection:
        connection.request("POST", "/accounts/logout/", urlencode({"csrfmiddlewaretoken": found[1]}), headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
