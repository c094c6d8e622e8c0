"""A form that is sent while the server is away is held, and sent once it is back."""

from playwright.sync_api import expect

from tests.e2e.browser_windows import People
from tests.e2e.test_kept_form import MAKE, opened
from tests.servers.serve import Servers


def test_what_is_saved_while_the_server_is_away_is_stored_once_it_is_back(serve: Servers, people: People) -> None:
    server = serve("--no-clock", "--no-tasks")
    made = server.manage("shell", "--no-imports", "-c", MAKE).split()[-3:]
    company = opened(server, people, made, "/fairs/{0}/organise/companies/{1}/")
    company.locator("[name=company-story_en]").fill("Pumps since 1956")
    server.kill()
    company.locator(".form--wide .button--action").click()
    expect(company.locator(".form--wide ~ [role=status] [data-held]")).to_be_visible()
    server.start()
    expect(company.locator("main > .notice")).to_contain_text("Saved.")
    company.reload()
    expect(company.locator("[name=company-story_en]")).to_have_value("Pumps since 1956")
