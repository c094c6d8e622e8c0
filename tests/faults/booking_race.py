"""Buyers and exhibitors who request and accept meetings through the pages, all for the same slots at once."""

import http.client
import re
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlencode

SERVER_GONE = (OSError, http.client.HTTPException)
_CSRF = "c" * 32
_WAITING = re.compile(r"/requests/(\d+)/accept/")
_MEETING = re.compile(r"/meetings/(\d+)/")


class Browser:
    """A signed-in person's cookies and forms. Raises one of SERVER_GONE once the server is killed."""

    def __init__(self, port: int, session: str) -> None:
        self.port = port
        self.headers = {"Cookie": f"sessionid={session}; csrftoken={_CSRF}", "X-CSRFToken": _CSRF}

    def get(self, path: str) -> str:
        return self._ask("GET", path)[2]

    def post(self, path: str, **fields: object) -> tuple[int, str]:
        """The status and the Location header."""
        status, location, _ = self._ask("POST", path, urlencode(fields))
        return status, location

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = self.headers | ({"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {})
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location", ""), answer.read().decode()
        finally:
            connection.close()


@dataclass
class BookingRace:
    """Every buyer requests the same slot of every exhibitor; the exhibitors accept all at once, most of them too late.

    `booked`: keys of the meetings that were acknowledged; `late`: how often the answer was that the slot is taken.
    """

    port: int
    fair: str
    slots: Sequence[int]
    exhibitors: dict[int, str] = field(default_factory=dict)  # participation → session
    buyers: Sequence[str] = ()
    booked: set[int] = field(default_factory=set)
    late: int = 0
    _turns: "count[int]" = field(default_factory=count)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        """Slot after slot, until the server is killed."""
        with ThreadPoolExecutor(len(self.exhibitors) * len(self.buyers)) as people:
            try:
                while True:
                    slot = self.slots[next(self._turns) % len(self.slots)]
                    asking = [(buyer, desk, slot) for buyer in self.buyers for desk in self.exhibitors]
                    list(people.map(self._request, *zip(*asking, strict=True)))
                    waiting = [(seller, pk) for seller in self.exhibitors.values() for pk in self._waiting(seller)]
                    list(people.map(self._accept, *zip(*waiting, strict=True)))
            except SERVER_GONE:
                return

    def _request(self, buyer: str, exhibitor: int, slot: int) -> None:
        Browser(self.port, buyer).post(f"/fairs/{self.fair}/companies/{exhibitor}/request/", slot=slot)

    def _waiting(self, seller: str) -> list[int]:
        page = Browser(self.port, seller).get(f"/fairs/{self.fair}/requests/?tab=received")
        return sorted({int(pk) for pk in _WAITING.findall(page)})

    def _accept(self, seller: str, request: int) -> None:
        browser = Browser(self.port, seller)
        status, location = browser.post(f"/fairs/{self.fair}/requests/{request}/accept/")
        found = _MEETING.search(location)
        with self._lock:
            self.booked |= {int(found[1])} if found else set()
            self.late += status == 409
        if status == 409:
            browser.post(f"/fairs/{self.fair}/requests/{request}/decline/")
