"""Every kind of page there is, in the states that look different: who opens it, where it is, what they do there."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from playwright.sync_api import Page

from tests.servers.serve import Server

FAIR = "/fairs/pk2020/"
BOOTH = FAIR + "booths/yongkang-bubujin-tools/"

# One of each thing of the demonstration, and a session of everybody who is needed to see them.
_LAY = """
import json
from django.utils import timezone
from booths.models import Booth, Product
from chat.models import Member
from fairplatform.accounts.models import PersonalLink
from fairplatform.demo.personas import persona_user
from meetings.models import Meeting, MeetingRequest, Outcome
from tests.realtime.client import session_of

now = timezone.now()
people = {key: persona_user(key)[0] for key in ("buyer", "exhibitor", "interpreter", "organiser")}
buyer, exhibitor = people["buyer"], people["exhibitor"]
booth = Booth.objects.get(slug="yongkang-bubujin-tools")
mine = Meeting.objects.filter(participants__user=buyer)
later = mine.filter(state="confirmed", slot__starts_at__gt=now).first()
waits = MeetingRequest.objects.filter(state="pending", sender__buys=True).exclude(made_by=buyer).first()
people["asker"] = waits.made_by
found = {
    "product": f"products/{Product.objects.filter(company=booth.participation.company).first().pk}/",
    "ask": f"companies/{booth.participation_id}/request/",
    "pending": f"companies/{waits.receiver_id}/request/",
    "conversation": f"messages/{Member.objects.filter(user=buyer).order_by('-read_up_to').first().conversation_id}/",
    "inquiry": f"office/?inquiry={booth.inquiries.first().pk}",
    "later": f"meetings/{later.pk}/",
    "running": f"meetings/{mine.get(slot__starts_at__lte=now, slot__ends_at__gt=now).pk}/",
    "secret": PersonalLink.issue(exhibitor, now=now)[1],
}
for state in ("one_side", "differing", "agreed"):
    outcome = Outcome.objects.filter(state=state).select_related("meeting").first()
    found[state] = f"meetings/{outcome.meeting_id}/"
    people[state] = outcome.meeting.participants.filter(side="buyer").first().user
    people[f"{state}, seller"] = outcome.meeting.participants.filter(side="exhibitor").first().user
print(json.dumps({"places": found, "sessions": {name: session_of(person) for name, person in people.items()}}))
"""


@dataclass(frozen=True)
class Kind:
    """A page: `path` may name one of the places above, `then` is what its reader does there before we look."""

    route: str
    reader: str
    path: str
    then: Callable[[Page], object] | None = None


@dataclass(frozen=True)
class Laid:
    """Where the things of a running demonstration are, and who is signed in there."""

    places: dict[str, str]
    sessions: dict[str, str]

    def address(self, kind: Kind) -> str:
        return kind.path.format(**self.places)


def lay(server: Server) -> Laid:
    printed = server.manage("shell", "--no-imports", "-c", _LAY)
    return Laid(**json.loads(printed.splitlines()[-1]))


def _send(page: Page) -> None:
    """Sends the page's own form as it stands, by the bar of a telephone too, and waits for what comes of it."""
    button = page.locator("main form button.button--act, .button--act[form], main form:has([name=password]) button")
    with page.expect_navigation():
        button.locator("visible=true").first.click()


def _sign_in_wrongly(page: Page) -> None:
    page.locator("[name=login]").fill("nobody@firm.example")
    page.locator("[name=password]").fill("wrong")
    _send(page)


def _press(name: str, page: Page) -> None:
    page.locator(name).locator("visible=true").first.click()


def _write(page: Page) -> None:
    page.locator("fair-chat textarea").first.fill("How soon could you deliver?")
    page.keyboard.press("Enter")
    page.locator("[data-mine]").last.wait_for()


def _may_enter(page: Page) -> None:
    """Until the room is known to be open, nobody may."""
    page.locator('.call__lobby [data-act="enter"]:enabled').wait_for()


VISITOR, BUYER, EXHIBITOR, INTERPRETER, ORGANISER = "visitor", "buyer", "exhibitor", "interpreter", "organiser"
OUTCOME = "meetings:outcome"
KINDS = [
    Kind("pages:fair", VISITOR, FAIR),
    Kind("pages:about", VISITOR, FAIR + "about/"),
    Kind("booths:halls", VISITOR, FAIR + "halls/"),
    Kind("booths:halls", VISITOR, FAIR + "halls/?q=nothing-like-this"),
    Kind("booths:hall", VISITOR, FAIR + "halls/5/"),
    Kind("booths:products", VISITOR, FAIR + "products/"),
    Kind("booths:products", VISITOR, FAIR + "products/?q=8203"),
    Kind("booths:products", VISITOR, FAIR + "products/?moq=many"),
    Kind("booths:product", VISITOR, FAIR + "{product}"),
    Kind("booths:booth", VISITOR, BOOTH),
    Kind("demo:people", VISITOR, "/demonstration/"),
    Kind("account_login", VISITOR, "/accounts/login/"),
    Kind("account_login", VISITOR, "/accounts/login/", _send),
    Kind("account_login", VISITOR, "/accounts/login/", _sign_in_wrongly),
    Kind("account_signup", VISITOR, "/accounts/signup/"),
    Kind("account_inactive", VISITOR, "/accounts/inactive/"),
    Kind("account_reset_password", VISITOR, "/accounts/password/reset/"),
    Kind("account_reset_password", VISITOR, "/accounts/password/reset/", _send),
    Kind("account_reset_password_done", VISITOR, "/accounts/password/reset/done/"),
    Kind("account_reset_password_from_key", VISITOR, "/accounts/password/reset/key/1-2-3/"),
    Kind("account_reset_password_from_key_done", VISITOR, "/accounts/password/reset/key/done/"),
    Kind("accounts:enter", VISITOR, "/accounts/enter/no-such-link/"),
    Kind("accounts:enter", VISITOR, "/accounts/enter/{secret}/"),
    Kind("accounts:enter", VISITOR, "/accounts/enter/{secret}/", _send),
    Kind("booths:booth", VISITOR, FAIR + "booths/nobody/"),
    Kind("pages:fair", BUYER, FAIR, partial(_press, "header .menu > summary")),
    Kind("meetings:day", BUYER, FAIR + "day/"),
    Kind("meetings:day", VISITOR, FAIR + "day/"),
    Kind("meetings:requests", BUYER, FAIR + "requests/?tab=sent"),
    Kind("meetings:requests", BUYER, FAIR + "requests/?tab=closed"),
    Kind("meetings:request_make", BUYER, FAIR + "{ask}"),
    Kind("meetings:request_make", BUYER, FAIR + "{ask}", _send),
    Kind("meetings:request_make", "asker", FAIR + "{pending}"),
    Kind("meetings:meeting", BUYER, FAIR + "{later}"),
    Kind("meetings:meeting", BUYER, FAIR + "{running}"),
    Kind("meetings:move", BUYER, FAIR + "{later}move/"),
    Kind("meetings:move", BUYER, FAIR + "{later}move/", _send),
    Kind("meetings:cancel", BUYER, FAIR + "{later}cancel/"),
    Kind("booths:booth", BUYER, BOOTH),
    Kind("booths:product", BUYER, FAIR + "{product}"),
    Kind("chat:conversations", BUYER, FAIR + "messages/"),
    Kind("chat:conversations", BUYER, FAIR + "messages/?q=nobody"),
    Kind("chat:conversation", BUYER, FAIR + "{conversation}", _write),
    Kind("notices:notices", BUYER, "/notices/"),
    Kind("account_logout", BUYER, "/accounts/logout/"),
    Kind("meetings:room", BUYER, FAIR + "{later}room/"),
    Kind("meetings:room", BUYER, FAIR + "{running}room/", _may_enter),
    Kind(OUTCOME, BUYER, FAIR + "{later}outcome/"),
    Kind(OUTCOME, BUYER, FAIR + "{running}outcome/"),
    Kind(OUTCOME, BUYER, FAIR + "{running}outcome/", _send),
    Kind(OUTCOME, "one_side", FAIR + "{one_side}outcome/"),
    Kind(OUTCOME, "one_side, seller", FAIR + "{one_side}outcome/"),
    Kind(OUTCOME, "differing", FAIR + "{differing}outcome/"),
    Kind(OUTCOME, "differing", FAIR + "{differing}outcome/?correct"),
    Kind(OUTCOME, "agreed", FAIR + "{agreed}outcome/"),
    Kind(OUTCOME, "agreed", FAIR + "{agreed}outcome/?print=ur"),
    Kind("meetings:day", EXHIBITOR, FAIR + "day/?day=4"),
    Kind("meetings:requests", EXHIBITOR, FAIR + "requests/"),
    Kind("meetings:requests", EXHIBITOR, FAIR + "requests/", partial(_press, ".requests summary")),
    Kind("booths:buyers", EXHIBITOR, FAIR + "buyers/"),
    Kind("booths:my_booth", EXHIBITOR, FAIR + "office/"),
    Kind("booths:my_booth", EXHIBITOR, FAIR + "{inquiry}"),
    Kind("booths:booth", EXHIBITOR, BOOTH),
    Kind("meetings:day", INTERPRETER, FAIR + "day/"),
    Kind("booths:booth", INTERPRETER, BOOTH),
    Kind("meetings:request_make", INTERPRETER, FAIR + "{ask}"),
    Kind("meetings:room", INTERPRETER, FAIR + "{running}room/", _may_enter),
    Kind("meetings:day", ORGANISER, FAIR + "day/"),
    Kind("control_room:control", ORGANISER, FAIR + "control/"),
    Kind("control_room:control", ORGANISER, FAIR + "control/?wall=1"),
]
# What answers with no page of its own: files, pieces of pages, and what is only posted to.
NO_PAGES = {
    "robots", "favicon", "language:choose", "language:sentences", "files:file", "pages:agreed", "booths:contact",
    "notices:read_all", "notices:read", "meetings:request_decline", "meetings:request_withdraw",
    "meetings:outcome_next_step", "meetings:calendar", "control_room:figures", "demo:enter",
    # While there is one fair, it leads there.
    "home",
    # Its page stands only where two people press at once.
    "meetings:request_accept",
}  # fmt: skip
