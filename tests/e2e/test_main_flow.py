"""The main flow from the halls to an outcome: buyer, exhibitor, interpreter and organiser, each in their own window."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser_windows import People, Person
from tests.e2e.callers import Caller
from tests.servers.serve import Server, Servers

FAIR = "/fairs/pk2020/"
CHEN, USMAN = "Chen Jianguo", "Muhammad Usman Sheikh"


@pytest.fixture(scope="module")
def fair(serve_module: Servers) -> Server:
    """A demonstration of these tests' own; the tests build on each other in their order."""
    return serve_module(demo=True)


def enter_as(person: Person, name: str) -> Page:
    """Signs in as a persona with one click."""
    page = person.goes("/demonstration/")
    card = page.locator(".persona", has_text=name)
    card.get_by_role("button", name=re.compile("^Sign in")).first.click()
    page.wait_for_url(lambda url: "/demonstration/" not in url)
    return page


def go_in(page: Page, who: str = "Join") -> None:
    page.get_by_role("button", name=who, exact=True).click()


@pytest.mark.engines
def test_a_visitor_finds_a_booth_and_current_figures(fair: Server, people: People) -> None:
    # Not by "/", which leads there only as long as no other test has made a fair of its own.
    page = people("visitor", fair.url).goes(FAIR)
    expect(page.get_by_role("heading", level=1)).to_contain_text("2020 Zhejiang Export")
    figures = " ".join(page.locator("main").inner_text().split())
    for figure in ("156 companies", "132 of 300 meetings held", "8 in progress", "85%"):
        assert figure in figures
    assert page.locator(".hall-band").count() == 12
    page.get_by_role("link", name="Hand tools").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hand tools")
    page.get_by_role("link", name=re.compile("Yongkang Bubujin Tools")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Yongkang Bubujin Tools")
    expect(page.locator("main")).to_contain_text("永康市步步锦工具有限公司")
    page.goto(fair.url + FAIR + "about/")
    expect(page.locator("main")).to_contain_text("The Nation (Lahore)")


@pytest.mark.engines
def test_a_visitor_and_a_booth_write_to_each_other_without_losing_a_message(fair: Server, people: People) -> None:
    buyer = people("buyer", fair.url)
    exhibitor = people("exhibitor", fair.url, time_zone="Asia/Shanghai")
    organiser = people("organiser", fair.url)
    seller_page = enter_as(exhibitor, CHEN)
    enter_as(organiser, "Zhou Haibo")
    seller_page.goto(fair.url + FAIR + "office/")
    page = enter_as(buyer, USMAN)
    page.goto(fair.url + FAIR + "booths/yongkang-bubujin-tools/")
    expect(page.locator(".booth-live")).to_contain_text(CHEN)
    expect(seller_page.locator("main")).to_contain_text(USMAN)
    expect(page.get_by_role("log")).to_be_visible()
    box = page.locator("fair-chat textarea")
    for number in range(1, 4):
        box.fill(f"Question {number} about pliers")
        box.press("Enter")
    expect(page.locator("fair-chat [role=log]")).to_contain_text("Question 3 about pliers")
    seller_page.goto(fair.url + FAIR + "messages/")
    seller_page.get_by_role("link", name=re.compile(USMAN)).first.click()
    log = seller_page.locator("fair-chat [role=log]")
    expect(log).to_contain_text("Question 3 about pliers")
    box.fill("One more")
    box.press("Enter")
    expect(log).to_contain_text("One more")
    expect(seller_page.get_by_role("log")).to_be_visible()
    answer = seller_page.locator("fair-chat textarea")
    answer.press_sequentially("Good day", delay=30)
    expect(page.locator("fair-chat")).to_contain_text("Typing: ")
    answer.press("Enter")
    expect(page.locator("fair-chat [role=log]")).to_contain_text("Good day")
    page.reload()
    seller_page.reload()
    for window in (page, seller_page):
        expect(window.locator("fair-chat [role=log]")).to_contain_text("Good day")
        bodies = window.locator("fair-chat .chat__body").all_inner_texts()[-5:]
        assert bodies == [*(f"Question {n} about pliers" for n in (1, 2, 3)), "One more", "Good day"]


@pytest.mark.engines
def test_requesting_a_meeting_puts_it_in_both_schedules(fair: Server, people: People) -> None:
    buyer, exhibitor = people("buyer", fair.url), people("exhibitor", fair.url, time_zone="Asia/Shanghai")
    page = enter_as(buyer, USMAN)
    seller_page = enter_as(exhibitor, "Chen Jianguo")
    page.goto(fair.url + FAIR + "booths/yongkang-bubujin-tools/")
    page.get_by_role("link", name="Request a meeting").click()
    page.get_by_label("What you would like to discuss").fill("Pliers under our own brand")
    # What follows the slots is there, so the last one is as well.
    page.locator("input[name=slot]").last.check(force=True)
    page.get_by_role("button", name="Send request").click()
    seller_page.goto(fair.url + FAIR + "requests/")
    request = seller_page.locator("li", has_text="Pliers under our own brand")
    request.get_by_role("button", name="Accept").click()
    expect(seller_page.locator("main")).to_contain_text("Torange Hardware Traders")
    # The last slot offered is on the fair's last day: both see the meeting there and on no other day.
    for window, other in ((page, "Yongkang Bubujin"), (seller_page, "Torange")):
        shown = []
        for day in (4, 5):
            window.goto(f"{fair.url}{FAIR}day/?day={day}")
            shown.append(other in window.locator("ol.timeline").inner_text())
        assert shown == [False, True]


@pytest.mark.engines
def test_two_companies_meet_and_both_confirm_the_outcome(fair: Server, people: People) -> None:
    buyer, exhibitor = people("buyer", fair.url), people("exhibitor", fair.url, time_zone="Asia/Shanghai")
    organiser = people("organiser", fair.url)
    wall = enter_as(organiser, "Zhou Haibo")
    expect(wall.get_by_role("heading", name="Control room")).to_be_visible()
    expect(wall.locator("[data-running]")).to_have_text("8")
    page, seller_page = enter_as(buyer, USMAN), enter_as(exhibitor, CHEN)
    for window in (page, seller_page):
        window.get_by_role("link", name="Join", exact=True).first.click()
        go_in(window)
    for window in (page, seller_page):
        expect(window.locator("fair-call")).to_have_attribute("data-state", "connected")
        Caller(window).receives("frames")
    # The control room shows that both have entered, without a reload.
    tile = wall.locator("[data-tiles] li", has_text="Torange")
    expect(tile).to_be_visible()

    # The interpreter enters with audio only.
    interpreter = people("interpreter", fair.url)
    voice = enter_as(interpreter, "Shen Yiting")
    voice.get_by_role("link", name="Join", exact=True).first.click()
    go_in(voice)
    for window in (page, seller_page):
        expect(window.locator(".call__interpreter")).to_contain_text("Shen Yiting")

    # A reloaded page returns to the call by itself.
    page.reload()
    expect(page.locator("fair-call")).to_have_attribute("data-state", "connected")
    Caller(seller_page).receives("frames")
    address = page.url.split("room/")[0]

    # The exhibitor submits an outcome, the buyer corrects, the exhibitor confirms the buyer's version.
    offer = exhibitor.context.new_page()
    offer.goto(address + "outcome/")
    submit_order(offer, "31,500")
    reading = buyer.context.new_page()
    reading.goto(address + "outcome/")
    expect(reading.locator("#outcome")).to_contain_text("31,500")
    reading.get_by_role("link", name="Correct it").click()
    submit_order(reading, "30,150")
    expect(offer.locator("#outcome")).to_have_attribute("data-state", "differing")
    expect(offer.locator("[data-agreement=differing]")).to_contain_text("30,150")
    offer.get_by_role("button", name="Confirm their version").first.click()
    for window in (offer, reading):
        expect(window.locator("#outcome")).to_have_attribute("data-state", "agreed")
    expect(wall.locator(".control-room__agreed")).to_contain_text("Torange Hardware Traders")
    expect(wall.locator(".control-room__agreed")).to_contain_text("30,150")


def submit_order(page: Page, amount: str) -> None:
    """Fills in the form as a trial order of this amount, and submits it."""
    page.get_by_label("Type").first.select_option("trial_order")
    page.locator("[name=amount]").fill(amount)
    page.locator("[name=currency]").select_option("USD")
    page.get_by_role("button", name="Submit this outcome").first.click()


@pytest.mark.engines
def test_text_typed_before_the_script_is_loaded_is_kept(fair: Server, people: People) -> None:
    buyer = people("buyer", fair.url)
    page = enter_as(buyer, USMAN)
    page.goto(fair.url + FAIR + "messages/")
    address = page.locator("main a[href*='/messages/']").first.get_attribute("href")
    held = []
    page.route("**/elements/chat*.js", lambda route: held.append(route))
    page.goto(fair.url + address, wait_until="commit")
    box = page.locator("fair-chat textarea")
    box.fill("Half a question")
    for route in held:
        route.continue_()
    page.unroute("**/elements/chat*.js")
    expect(page.get_by_role("log")).to_be_visible()
    expect(box).to_have_value("Half a question")


@pytest.mark.engines
def test_a_message_sent_before_the_conversation_is_joined_is_stored(fair: Server, people: People) -> None:
    page = enter_as(people("buyer", fair.url), USMAN)
    page.goto(fair.url + FAIR + "messages/")
    address = page.locator("main a[href*='/messages/']").first.get_attribute("href")
    held, sockets = [], []

    def hold(ws) -> None:
        sockets.append(ws)
        ws.connect_to_server().on_message(lambda text: held.append(text) if held is not None else ws.send(text))

    page.route_web_socket("**/ws/", hold)
    page.goto(fair.url + address)
    expect(page.get_by_role("log")).to_be_visible()
    page.locator("fair-chat textarea").fill("Sent too early")
    page.locator("fair-chat textarea").press("Enter")
    waiting, held = held, None
    for text in waiting:
        sockets[-1].send(text)
    expect(page.get_by_role("log")).to_contain_text("Sent too early")
    page.unroute_all()
    page.reload()
    expect(page.get_by_role("log")).to_contain_text("Sent too early")
