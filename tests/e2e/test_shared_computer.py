"""A shared computer, used by several people one after the other: each finds their own unsent text and nobody else's."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser_windows import CUT, People, Person
from tests.e2e.call_fixtures import call_server, running_meetings
from tests.running_meetings import RunningMeeting
from tests.servers.serve import Server

pytestmark = pytest.mark.engines

__all__ = ["call_server", "running_meetings"]

MARKUP = '<img src=x onerror="document.title=1"><b>bold</b> <script>document.title = 2</script> &lt;i&gt; {{ 7 }}'


def opens_conversation(person: Person, meeting: RunningMeeting, who: str) -> Page:
    """Signs somebody in on this computer, and opens the meeting's conversation."""
    person.context.clear_cookies(name="sessionid")
    person.context.add_cookies([{"name": "sessionid", "value": meeting.sessions[who], "url": person.url}])
    page = person.context.new_page()
    page.goto(person.url + meeting.path.removesuffix("room/"))
    expect(page.get_by_role("log")).to_be_visible()
    return page


def bodies(page: Page) -> list[str]:
    return page.locator("fair-chat .chat__body").all_inner_texts()


def send_message(page: Page, words: str) -> None:
    box = page.locator("fair-chat textarea")
    box.fill(words)
    box.press("Enter")


def is_stored(page: Page, words: str) -> None:
    expect(page.locator("fair-chat li:not([data-state]) .chat__body", has_text=words)).to_have_count(1)


def test_unsent_text_is_kept_for_its_author_only(
    call_server: Server, running_meetings: Iterator[RunningMeeting], people: People
) -> None:
    computer, meeting = people("hall", call_server.url), next(running_meetings)
    computer.expects(CUT)
    page = opens_conversation(computer, meeting, "buyer")
    send_message(page, "Good morning")
    is_stored(page, "Good morning")
    computer.context.set_offline(True)
    send_message(page, "Our lowest price is 4.10")
    expect(page.locator("fair-chat li[data-state]")).to_have_count(1)
    page.locator("fair-chat textarea").fill("Do not tell them that")
    page.close()
    computer.context.set_offline(False)

    page = opens_conversation(computer, meeting, "exhibitor")
    send_message(page, "Good day")
    is_stored(page, "Good day")
    assert bodies(page) == ["Good morning", "Good day"]
    assert page.locator("fair-chat textarea").input_value() == ""
    page.close()

    page = opens_conversation(computer, meeting, "buyer")
    is_stored(page, "Our lowest price is 4.10")
    assert page.locator("fair-chat textarea").input_value() == "Do not tell them that"
    page.reload()
    is_stored(page, "Our lowest price is 4.10")
    assert bodies(page) == ["Good morning", "Good day", "Our lowest price is 4.10"]
    assert page.locator("fair-chat li[data-mine]").count() == 2


def test_markup_in_a_message_is_shown_as_text(
    call_server: Server, running_meetings: Iterator[RunningMeeting], people: People
) -> None:
    meeting = next(running_meetings)
    buyer, exhibitor = people("buyer", call_server.url), people("exhibitor", call_server.url)
    writes, reads = opens_conversation(buyer, meeting, "buyer"), opens_conversation(exhibitor, meeting, "exhibitor")
    titles = [writes.title(), reads.title()]
    send_message(writes, MARKUP)
    for page in (writes, reads):
        is_stored(page, "bold")
    reads.reload()  # rendered by the server's template instead of the script
    is_stored(reads, "bold")
    for page in (writes, reads):
        assert bodies(page) == [MARKUP]
        assert page.locator("fair-chat li :is(img, b, script, i)").count() == 0
    assert [writes.title(), reads.title()] == titles
