"""Every kind of page in Chinese and Urdu on a telephone: nothing stands beyond its edge."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.e2e.people import NARROW, People, Person
from tests.servers.serve import Server

FAIR = "/fairs/pk2020/"
STARTS = {
    "visitor": [
        *("", "about/", "halls/", "halls/5/", "halls/?q=nothing-like-this", "products/?q=8203", "products/?moq=many"),
        *("booths/yongkang-bubujin-tools/", "booths/nobody/"),
    ],
    "exhibitor": ["day/", "day/?day=4", "requests/", "office/", "messages/"],
    "buyer": ["day/", "day/?day=5", "requests/", "messages/", "halls/"],
    "interpreter": ["day/", "messages/"],
    "organiser": ["day/", "control/", "control/?wall=1"],
}
ELSEWHERE = {
    "visitor": ["/demonstration/", "/accounts/login/", "/accounts/password/reset/", "/accounts/enter/no-such-link/"],
    "buyer": ["/notices/", "/accounts/logout/"],
}
# What pages lead to and no start names. A few of each kind are looked at: a meeting to come can be moved.
FEW = 3
KINDS = (
    r"products/\d+/", r"messages/\d+/", r"companies/\d+/request/", r"office/\?inquiry=\d+",
    *(rf"meetings/\d+/{part}" for part in ("", "room/", "outcome/", "cancel/", "move/")),
    r"meetings/\d+/outcome/\?(?:correct|print=\w+)",
)  # fmt: skip


def kind_of(link: str) -> str | None:
    """The kind a link of the fair is of, if no start names it."""
    return next((kind for kind in KINDS if re.fullmatch(FAIR + kind, link)), None)


def enters(person: Person, key: str) -> None:
    person.context.clear_cookies(name="sessionid")
    if key != "visitor":
        page = person.goes("/demonstration/")
        page.locator(f"form[action$='/{key}/'] button").first.click()
        page.wait_for_url(lambda url: "/demonstration/" not in url)


def pages(person: Person, key: str, looked_at: Counter[str]) -> Iterator[str]:
    """The pages this person starts from, and a few of each kind to which they lead, new to everybody."""
    waiting = [*(FAIR + path for path in STARTS[key]), *ELSEWHERE.get(key, ())]
    while waiting:
        yield waiting.pop(0)
        links = person.page.locator("main a[href]").evaluate_all("all => all.map((a) => a.pathname + a.search)")
        for link in links:
            if (kind := kind_of(link)) and looked_at[kind] < FEW and link not in waiting:
                looked_at[kind] += 1
                waiting.append(link)


@pytest.mark.parametrize("language", ["zh-hans", "ur"])
def test_no_page_is_wider_than_a_telephone(demo_server: Server, people: People, language: str) -> None:
    person = people("reader", demo_server.url, language=language, size=NARROW)
    person.expects("status of 404")  # the booth and the link that are not there
    person.context.add_cookies([{"name": "django_language", "value": language, "url": person.url}])
    looked_at: Counter[str] = Counter()
    beyond = {}
    for key in STARTS:
        enters(person, key)
        for path in pages(person, key, looked_at):
            page = person.goes(path)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 1 or page.locator("h1").count() == 0:
                beyond[key, path] = wide
    assert beyond == {}
    assert set(looked_at) == set(KINDS)
