"""Every kind of page in the states that look different: its route, its reader, its path, and what they do there."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from playwright.sync_api import Page

from tests.servers.serve import Server

FAIR = "/fairs/pk2020/"
BOOTH = FAIR + "booths/yongkang-bubujin-tools/"

# Run in the server's database: paths of one object of each kind, and a session of everybody who reads one of them.
_FIND = """
import json
from datetime import timedelta
from django.utils import timezone
from booths.models import Booth, Product
from chat.models import Member
from fairplatform.accounts.models import PersonalLink
from fairplatform.demo.personas import persona_user
from fairplatform.fairs.models import Holiday, Preference, Registration
from fairplatform.ledger.chain import Addition, append
from fairplatform.ledger.content import Content, Name
from fairplatform.ledger.models import Entry, ExchangeRate, ReportedFigure
from meetings.models import CalendarFeed, Meeting, MeetingRequest, Outcome, Pair, Tick, TickList, TickRound
from meetings.models.meeting import Side
from meetings.outcomes.links import make_links
from tests.realtime.client import session_of

now = timezone.now()
people = {key: persona_user(key)[0] for key in ("buyer", "exhibitor", "interpreter", "organiser")}
buyer, exhibitor = people["buyer"], people["exhibitor"]
fair = Meeting.objects.first().fair
Registration.objects.get_or_create(fair=fair, user=buyer, defaults={"accepted_at": now})
booth = Booth.objects.get(slug="yongkang-bubujin-tools")
of_buyer = Meeting.objects.filter(participants__user=buyer)
later = of_buyer.filter(state="confirmed", slot__starts_at__gt=now).first()
pending = MeetingRequest.objects.filter(state="pending", sender__buys=True).exclude(made_by=buyer).first()
people["asker"] = pending.made_by
CalendarFeed.objects.filter(user=buyer).delete()
paths = {
    "product": f"products/{Product.objects.filter(company=booth.participation.company).first().pk}/",
    "favourite_booth": f"favourites/booths/{booth.pk}/",
    "ask": f"companies/{booth.participation_id}/request/",
    "wish": f"companies/{booth.participation_id}/wish/",
    "pending": f"companies/{pending.receiver_id}/request/",
    "conversation": f"messages/{Member.objects.filter(user=buyer).order_by('-read_up_to').first().conversation_id}/",
    "inquiry": f"office/?inquiry={booth.inquiries.first().pk}",
    "later": f"meetings/{later.pk}/",
    "running": f"meetings/{of_buyer.get(slot__starts_at__lte=now, slot__ends_at__gt=now).pk}/",
    "firm": f"organise/companies/{booth.participation_id}/",
    "firm_schedule": f"companies/{booth.participation_id}/schedule/",
    "merge": f"organise/companies/{booth.participation_id}/merge/{pending.receiver_id}/",
    "member": f"organise/people/{exhibitor.pk}/",
    "merge_people": f"organise/people/{exhibitor.pk}/merge/{buyer.pk}/",
    "roster": f"roster/{people['interpreter'].pk}/",
    "colleague": f"office/staff/{exhibitor.positions.first().pk}/",
    "secret": PersonalLink.issue(exhibitor, now=now)[1],
}
fair = booth.fair
Holiday.objects.get_or_create(fair=fair, date=now.date(), country="PK", defaults={"name": {"en": "Holiday"}})
ends = {"exhibitor": booth.participation, "buyer": pending.sender}
asked, _made = TickRound.objects.get_or_create(
    fair=fair, closed_at=None,
    defaults={"number": 1, "side": "buyer", "deadline": now + timedelta(days=1), "opened_at": now},
)
of_buyer_asked = buyer.positions.first().company.participations.get(fair=fair)
tick_list, _made = TickList.objects.get_or_create(fair=fair, round=asked, participation=of_buyer_asked)
Tick.objects.get_or_create(tick_list=tick_list, number=1, other=booth.participation)
paths |= {"round": f"organise/matching/rounds/{asked.pk}/", "entry": f"organise/matching/ticks/{tick_list.pk}/"}
paths["ticks"] = f"ticks/{tick_list.pk}/"
paths["pairs"] = f"organise/matching/pairs/{Pair.objects.get_or_create(fair=fair, **ends)[0].pk}/"
of_two = {"participation": pending.sender, "wanted": booth.participation}
wish, _made = Preference.objects.get_or_create(fair=fair, **of_two, defaults={"wish": "would"})
paths["wishes"] = f"organise/matching/wishes/{wish.pk}/"
entry = Entry.objects.filter(fair=fair).first()
if entry is None:
    [entry] = append(fair.pk, [Addition(Content("mou", "report", subject="Pumps"), "seen")], actor=None, now=now)
named = Name("party", dict(booth.participation.company.name), booth.participation_id)
paper = Entry.objects.filter(fair=fair, key="own").first()
if paper is None:
    own = Content("mou", "document", (named,), subject="Locks")
    [paper] = append(fair.pk, [Addition(own, "own")], actor=None, now=now)
paths |= {"paper": f"agreements/{paper.number}/", "agreements": f"companies/{booth.participation_id}/agreements/"}
paths["brief"] = f"report/briefs/{fair.days.first().date}/"
paths["ledger_entry"] = f"organise/ledger/{entry.number}/"
published = {"date": now.date(), "source": "Radio"}
figure = {"label": "Memoranda", "amount_minor": 25 * 10**9, "currency": "USD", **published}
figure, _made = ReportedFigure.objects.get_or_create(fair=fair, key="seen", defaults=figure)
rate = {"base": "USD", "quote": "CNY", "date": now.date()}
rate, _made = ExchangeRate.objects.get_or_create(fair=fair, **rate, defaults={"scaled": 71 * 10**9, "source": "Bank"})
paths |= {"reported": f"organise/reported/{figure.pk}/", "rates": f"organise/rates/{rate.pk}/"}
for name in ("bodies", "units", "halls", "days", "working_hours", "holidays"):
    paths[name] = f"organise/{name.removeprefix('working_')}/{getattr(fair, name).last().pk}/"
delegated = fair.roles.filter(role="delegated", unit__isnull=False).first()
people["delegate"], paths["unit"] = delegated.user, f"organise/import/unit/{delegated.unit_id}/"
paths["unit_companies"] = f"organise/unit/{delegated.unit_id}/"
paths["unit_schedule"] = f"units/{delegated.unit_id}/schedule/"
for state in ("one_side", "differing", "agreed"):
    outcome = Outcome.objects.filter(state=state).select_related("meeting").first()
    paths[state] = f"meetings/{outcome.meeting_id}/"
    people[state] = outcome.meeting.participants.filter(side="buyer").first().user
    people[f"{state}, seller"] = outcome.meeting.participants.filter(side="exhibitor").first().user
offered = Outcome.objects.filter(state="one_side").select_related("meeting").first()
[statement] = offered.statements.select_related("version")
side = Side(statement.side).other
confirming = offered.meeting.participants.filter(side=side).first().user
[issued] = make_links([confirming], version=statement.version, side=side, issued_by=None, now=now)
paths["outcome_link"] = f"confirm/{issued.secret}/"
print(json.dumps({"paths": paths, "sessions": {name: session_of(person) for name, person in people.items()}}))
"""


@dataclass(frozen=True)
class PageKind:
    """`path` may contain names of DemoPages.paths; `then` is what the reader does before the page is checked."""

    route: str
    reader: str
    path: str
    then: Callable[[Page], object] | None = None


@dataclass(frozen=True)
class DemoPages:
    """Paths to objects of a running demonstration by name, and session keys by person."""

    paths: dict[str, str]
    sessions: dict[str, str]

    def path_of(self, kind: PageKind) -> str:
        return kind.path.format(**self.paths)


def find_demo_pages(server: Server) -> DemoPages:
    printed = server.manage("shell", "--no-imports", "-c", _FIND)
    return DemoPages(**json.loads(printed.splitlines()[-1]))


def _send(page: Page) -> None:
    """Submits the page's form unchanged, also by the button in a phone's bottom bar, and waits for the next page."""
    buttons = "main form button.button--action, .button--action[form], main form:has([name=password]) button"
    button = page.locator(buttons)
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
    """Waits until the button is enabled: before, the page does not know whether the call may be entered."""
    page.locator('.call__lobby [data-action="enter"]:enabled').wait_for()


def _office_pages(rows: str) -> list[PageKind]:
    """The list of one kind of rows that organisers enter, and the pages that add, change and remove one."""
    route, row = f"office:{rows.removeprefix('working_')}", f"{FAIR}{{{rows}}}"
    listed = f"{FAIR}organise/{rows.removeprefix('working_')}/"
    return [
        PageKind(route, ORGANISER, listed),
        PageKind(f"{route}_add", ORGANISER, listed + "new/"),
        PageKind(f"{route}_add", ORGANISER, listed + "new/", _send),
        PageKind(f"{route}_change", ORGANISER, row),
        PageKind(f"{route}_remove", ORGANISER, row + "remove/"),
    ]


FAIR_ACTS = ("open", "close", "reopen", "withdraw", "next")
OFFICE_ROWS = ("bodies", "units", "halls", "days", "working_hours", "holidays", "reported", "rates")
VISITOR, BUYER, EXHIBITOR, INTERPRETER, ORGANISER = "visitor", "buyer", "exhibitor", "interpreter", "organiser"
OUTCOME = "meetings:outcome"
BOOTH_OFFICE = (
    PageKind("booth_office:booth", EXHIBITOR, FAIR + "office/booth/"),
    PageKind("booth_office:products", EXHIBITOR, FAIR + "office/products/"),
    PageKind("booth_office:products", EXHIBITOR, FAIR + "office/products/?q=nothing"),
    PageKind("booth_office:product_add", EXHIBITOR, FAIR + "office/products/new/"),
    PageKind("booth_office:product", EXHIBITOR, FAIR + "office/{product}"),
    PageKind("booth_office:booth_preview", EXHIBITOR, FAIR + "office/booth/preview/?language=ur"),
    PageKind("booth_office:product_add_preview", EXHIBITOR, FAIR + "office/products/new/preview/"),
    PageKind("booth_office:product_preview", EXHIBITOR, FAIR + "office/{product}preview/"),
    PageKind("booth_office:product_remove", EXHIBITOR, FAIR + "office/{product}remove/"),
)
PAGE_KINDS = [
    PageKind("pages:fair", VISITOR, FAIR),
    PageKind("pages:about", VISITOR, FAIR + "about/"),
    PageKind("report:series", VISITOR, FAIR + "report/series/"),
    PageKind("booths:halls", VISITOR, FAIR + "halls/"),
    PageKind("booths:halls", VISITOR, FAIR + "halls/?q=nothing-like-this"),
    PageKind("booths:hall", VISITOR, FAIR + "halls/5/"),
    PageKind("booths:search", VISITOR, FAIR + "search/?q=8203"),
    PageKind("booths:search", VISITOR, FAIR + "search/?q=nothing-like-this"),
    PageKind("booths:products", VISITOR, FAIR + "products/"),
    PageKind("booths:products", VISITOR, FAIR + "products/?q=8203"),
    PageKind("booths:products", VISITOR, FAIR + "products/?moq=many"),
    PageKind("booths:product", VISITOR, FAIR + "{product}"),
    PageKind("meetings:outcome_link", VISITOR, FAIR + "confirm/no-such-link/"),
    PageKind("meetings:outcome_link", VISITOR, FAIR + "{outcome_link}"),
    PageKind("meetings:outcome_link", VISITOR, FAIR + "{outcome_link}", _send),
    PageKind("booths:booth", VISITOR, BOOTH),
    PageKind("api:docs", VISITOR, "/api/v1/docs"),
    PageKind("demo:people", VISITOR, "/demonstration/"),
    PageKind("account_login", VISITOR, "/accounts/login/"),
    PageKind("account_login", VISITOR, "/accounts/login/", _send),
    PageKind("account_login", VISITOR, "/accounts/login/", _sign_in_wrongly),
    PageKind("account_signup", VISITOR, "/accounts/signup/"),
    PageKind("account_inactive", VISITOR, "/accounts/inactive/"),
    PageKind("account_reset_password", VISITOR, "/accounts/password/reset/"),
    PageKind("account_reset_password", VISITOR, "/accounts/password/reset/", _send),
    PageKind("account_reset_password_done", VISITOR, "/accounts/password/reset/done/"),
    PageKind("account_reset_password_from_key", VISITOR, "/accounts/password/reset/key/1-2-3/"),
    PageKind("account_reset_password_from_key_done", VISITOR, "/accounts/password/reset/key/done/"),
    PageKind("accounts:enter", VISITOR, "/accounts/enter/no-such-link/"),
    PageKind("accounts:enter", VISITOR, "/accounts/enter/{secret}/"),
    PageKind("accounts:enter", VISITOR, "/accounts/enter/{secret}/", _send),
    PageKind("booths:booth", VISITOR, FAIR + "booths/nobody/"),
    PageKind("pages:registration", BUYER, FAIR + "registration/"),
    PageKind("pages:fair", BUYER, FAIR, partial(_press, "header .menu > summary")),
    PageKind("meetings:day", BUYER, FAIR + "day/"),
    PageKind("meetings:day", VISITOR, FAIR + "day/"),
    PageKind("meetings:absences", BUYER, FAIR + "absences/"),
    PageKind("meetings:absences", BUYER, FAIR + "absences/", _send),
    PageKind("meetings:calendar_feed", BUYER, FAIR + "calendar/"),
    PageKind("meetings:calendar_feed", BUYER, FAIR + "calendar/", _send),
    PageKind("meetings:requests", BUYER, FAIR + "requests/?tab=sent"),
    PageKind("meetings:requests", BUYER, FAIR + "requests/?tab=closed"),
    PageKind("meetings:request_make", BUYER, FAIR + "{ask}"),
    PageKind("meetings:request_make", BUYER, FAIR + "{ask}", _send),
    PageKind("meetings:request_make", "asker", FAIR + "{pending}"),
    PageKind("meetings:meeting", BUYER, FAIR + "{later}"),
    PageKind("meetings:meeting", BUYER, FAIR + "{running}"),
    PageKind("meetings:move", BUYER, FAIR + "{later}move/"),
    PageKind("meetings:move", BUYER, FAIR + "{later}move/", _send),
    PageKind("meetings:cancel", BUYER, FAIR + "{later}cancel/"),
    PageKind("meetings:interpreting", BUYER, FAIR + "{later}interpreting/"),
    PageKind("booths:booth", BUYER, BOOTH),
    PageKind("booths:product", BUYER, FAIR + "{product}"),
    PageKind("booths:favourites", BUYER, FAIR + "favourites/"),
    PageKind("booths:favourite_booth", BUYER, FAIR + "{favourite_booth}"),
    PageKind("booths:favourite_product", BUYER, FAIR + "favourites/{product}"),
    PageKind("chat:conversations", BUYER, FAIR + "messages/"),
    PageKind("chat:conversations", BUYER, FAIR + "messages/?q=nobody"),
    PageKind("chat:conversation", BUYER, FAIR + "{conversation}", _write),
    PageKind("notices:notices", BUYER, "/notices/"),
    PageKind("account_logout", BUYER, "/accounts/logout/"),
    PageKind("meetings:room", BUYER, FAIR + "{later}room/"),
    PageKind("meetings:room", BUYER, FAIR + "{running}room/", _may_enter),
    PageKind(OUTCOME, BUYER, FAIR + "{later}outcome/"),
    PageKind(OUTCOME, BUYER, FAIR + "{running}outcome/"),
    PageKind(OUTCOME, BUYER, FAIR + "{running}outcome/", _send),
    PageKind(OUTCOME, "one_side", FAIR + "{one_side}outcome/"),
    PageKind(OUTCOME, "one_side, seller", FAIR + "{one_side}outcome/"),
    PageKind(OUTCOME, "differing", FAIR + "{differing}outcome/"),
    PageKind(OUTCOME, "differing", FAIR + "{differing}outcome/?correct"),
    PageKind(OUTCOME, "agreed", FAIR + "{agreed}outcome/"),
    PageKind(OUTCOME, "agreed", FAIR + "{agreed}outcome/?print=ur"),
    PageKind("meetings:satisfaction", "agreed", FAIR + "{agreed}satisfaction/"),
    PageKind("meetings:day", EXHIBITOR, FAIR + "day/?day=4"),
    PageKind("meetings:requests", EXHIBITOR, FAIR + "requests/"),
    PageKind("meetings:requests", EXHIBITOR, FAIR + "requests/", partial(_press, ".requests summary")),
    PageKind("booths:buyers", EXHIBITOR, FAIR + "buyers/"),
    PageKind("booths:recommended", EXHIBITOR, FAIR + "recommended/"),
    PageKind("booths:recommended", BUYER, FAIR + "recommended/"),
    PageKind("booths:my_booth", EXHIBITOR, FAIR + "office/"),
    PageKind("booths:my_booth", EXHIBITOR, FAIR + "{inquiry}"),
    PageKind("booth_office:files", EXHIBITOR, FAIR + "office/files/"),
    PageKind("booth_office:product_files", EXHIBITOR, FAIR + "office/{product}files/"),
    *BOOTH_OFFICE,
    PageKind("booth_office:staff", EXHIBITOR, FAIR + "office/staff/"),
    PageKind("booth_office:staff_add", EXHIBITOR, FAIR + "office/staff/add/"),
    PageKind("booth_office:staff_add", EXHIBITOR, FAIR + "office/staff/add/", _send),
    PageKind("booth_office:staff_import", EXHIBITOR, FAIR + "office/staff/import/"),
    PageKind("booth_office:products_import", EXHIBITOR, FAIR + "office/products/import/"),
    PageKind("booth_office:products_import", EXHIBITOR, FAIR + "office/products/import/", _send),
    PageKind("booth_office:staff_person", EXHIBITOR, FAIR + "{colleague}"),
    PageKind("booths:booth", EXHIBITOR, BOOTH),
    PageKind("meetings:day", INTERPRETER, FAIR + "day/"),
    PageKind("booths:booth", INTERPRETER, BOOTH),
    PageKind("meetings:ticks", BUYER, FAIR + "{ticks}"),
    PageKind("office:rounds", ORGANISER, FAIR + "organise/matching/rounds/"),
    PageKind("office:round", ORGANISER, FAIR + "{round}"),
    PageKind("office:ticks", ORGANISER, FAIR + "{entry}"),
    PageKind("meetings:wishes", BUYER, FAIR + "wishes/"),
    PageKind("meetings:wish", BUYER, FAIR + "{wish}"),
    PageKind("meetings:request_make", INTERPRETER, FAIR + "{ask}"),
    PageKind("meetings:room", INTERPRETER, FAIR + "{running}room/", _may_enter),
    PageKind("meetings:day", ORGANISER, FAIR + "day/"),
    PageKind("meetings:interpreter", ORGANISER, FAIR + "{later}interpreter/"),
    PageKind("meetings:roster", INTERPRETER, FAIR + "roster/"),
    PageKind("meetings:roster_of", ORGANISER, FAIR + "{roster}"),
    PageKind("meetings:firm_schedule", ORGANISER, FAIR + "{firm_schedule}?language=all"),
    PageKind("ledger:agreements", VISITOR, FAIR + "agreements/"),
    PageKind("ledger:own", EXHIBITOR, FAIR + "{agreements}"),
    PageKind("ledger:paper", EXHIBITOR, FAIR + "{paper}"),
    PageKind("meetings:unit_schedule", "delegate", FAIR + "{unit_schedule}"),
    PageKind("meetings:whole_schedule", ORGANISER, FAIR + "schedule/?day=1"),
    PageKind("meetings:hours", ORGANISER, FAIR + "interpreters/hours/"),
    PageKind("meetings:brief", BUYER, FAIR + "{later}brief/"),
    PageKind("meetings:interpreter", ORGANISER, FAIR + "{later}interpreter/", _send),
    PageKind("office:links", ORGANISER, FAIR + "organise/links/"),
    PageKind("office:links", ORGANISER, FAIR + "organise/links/?state=expired"),
    PageKind("office:meeting_messages", ORGANISER, FAIR + "organise/links/meetings/?day=1"),
    PageKind("report:report", ORGANISER, FAIR + "report/"),
    PageKind("report:companies", ORGANISER, FAIR + "report/companies/"),
    PageKind("report:rows", ORGANISER, FAIR + "report/rows/?figure=meetings_held"),
    PageKind("office:tokens", ORGANISER, FAIR + "organise/tokens/"),
    PageKind("report:briefs", ORGANISER, FAIR + "report/briefs/"),
    PageKind("report:brief", ORGANISER, FAIR + "{brief}"),
    PageKind("control_room:control", ORGANISER, FAIR + "control/"),
    PageKind("control_room:control", ORGANISER, FAIR + "control/?wall=1"),
    PageKind("office:overview", ORGANISER, FAIR + "organise/"),
    PageKind("office:answers", ORGANISER, FAIR + "organise/answers/"),
    PageKind("office:company_leaves", ORGANISER, FAIR + "organise/answers/company/"),
    PageKind("office:interpreter_unavailable", ORGANISER, FAIR + "organise/answers/interpreter/"),
    PageKind("office:outage", ORGANISER, FAIR + "organise/answers/outage/"),
    PageKind("office:papers", ORGANISER, FAIR + "organise/answers/papers/"),
    PageKind("office:outcomes", ORGANISER, FAIR + "organise/outcomes/"),
    PageKind("office:outcomes_calls", ORGANISER, FAIR + "organise/outcomes/calls/"),
    PageKind("office:satisfaction", ORGANISER, FAIR + "organise/outcomes/satisfaction/"),
    PageKind("office:imports", ORGANISER, FAIR + "organise/import/"),
    PageKind("office:list_add", ORGANISER, FAIR + "organise/import/list/"),
    PageKind("office:unit_imports", "delegate", FAIR + "{unit}"),
    PageKind("office:unit_list_add", "delegate", FAIR + "{unit}list/"),
    PageKind("office:unit_companies", "delegate", FAIR + "{unit_companies}"),
    PageKind("office:unit_companies", "delegate", FAIR + "{unit_companies}?show=missing"),
    PageKind("office:companies", ORGANISER, FAIR + "organise/companies/"),
    PageKind("office:companies", ORGANISER, FAIR + "organise/companies/?q=nobody"),
    PageKind("office:company_add", ORGANISER, FAIR + "organise/companies/add/"),
    PageKind("office:company", ORGANISER, FAIR + "{firm}"),
    PageKind("office:doubles", ORGANISER, FAIR + "organise/companies/doubles/"),
    PageKind("office:company_merge", ORGANISER, FAIR + "{merge}"),
    PageKind("office:matching", ORGANISER, FAIR + "organise/matching/"),
    PageKind("office:matching_left_out", ORGANISER, FAIR + "organise/matching/left-out/"),
    PageKind("office:matching_below", ORGANISER, FAIR + "organise/matching/below/"),
    *[
        kind
        for rows in ("pairs", "wishes")
        for kind in (
            PageKind(f"office:{rows}", ORGANISER, f"{FAIR}organise/matching/{rows}/"),
            PageKind(f"office:{rows}", ORGANISER, f"{FAIR}organise/matching/{rows}/?q=nobody"),
            PageKind(f"office:{rows}_add", ORGANISER, f"{FAIR}organise/matching/{rows}/new/"),
            PageKind(f"office:{rows}_change", ORGANISER, f"{FAIR}{{{rows}}}"),
            PageKind(f"office:{rows}_remove", ORGANISER, f"{FAIR}{{{rows}}}remove/"),
        )
    ],
    PageKind("office:ledger", ORGANISER, FAIR + "organise/ledger/"),
    PageKind("office:ledger", ORGANISER, FAIR + "organise/ledger/?q=nobody"),
    PageKind("office:ledger_enter", ORGANISER, FAIR + "organise/ledger/new/"),
    PageKind("office:ledger_entry", ORGANISER, FAIR + "{ledger_entry}"),
    PageKind("office:ledger_correct", ORGANISER, FAIR + "{ledger_entry}correct/"),
    PageKind("office:ledger_withdraw", ORGANISER, FAIR + "{ledger_entry}withdraw/"),
    PageKind("office:people", ORGANISER, FAIR + "organise/people/"),
    PageKind("office:people", ORGANISER, FAIR + "organise/people/?q=nobody"),
    PageKind("office:person_add", ORGANISER, FAIR + "organise/people/add/"),
    PageKind("office:person", ORGANISER, FAIR + "{member}"),
    PageKind("office:person_doubles", ORGANISER, FAIR + "organise/people/doubles/"),
    PageKind("office:person_merge", ORGANISER, FAIR + "{merge_people}"),
    PageKind("office:fair", ORGANISER, FAIR + "organise/fair/"),
    *[PageKind(f"office:{act}", ORGANISER, f"{FAIR}organise/{act}/") for act in FAIR_ACTS],
    PageKind("office:common_hours", ORGANISER, FAIR + "organise/common-hours/"),
    PageKind("office:schedule", ORGANISER, FAIR + "organise/schedule/"),
    PageKind("office:board", ORGANISER, FAIR + "organise/schedule/board/"),
    PageKind("office:board", ORGANISER, FAIR + "organise/schedule/board/?by=interpreter"),
    *[kind for rows in OFFICE_ROWS for kind in _office_pages(rows)],
]
# Routes without a page of their own: files, fragments of pages, and routes that only accept POST.
ROUTES_WITHOUT_PAGE = {
    "robots", "favicon", "language:choose", "language:sentences", "files:file", "pages:agreed", "booths:contact",
    "files:picture", "files:upload", "booth_office:attachment_title", "booth_office:attachment_move",
    "booth_office:attachment_remove", "booth_office:upload_begin", "booth_office:product_upload_begin",
    "booth_office:upload_finish", "booth_office:upload_cancel",
    "booths:suggestions",
    "booths:favourite_keys", "meetings:calendar_read", "meetings:absence_remove",
    "meetings:hours_csv", "report:download", "report:brief_write", "report:brief_approve",
    "report:brief_file", "office:token_make", "office:token_revoke",
    "notices:read_all", "notices:read", "meetings:request_decline", "meetings:request_withdraw",
    "meetings:request_need", "meetings:outcome_next_step", "meetings:calendar", "control_room:figures", "demo:enter",
    "office:companies_state", "office:company_verified", "office:person_remove", "office:place_add",
    "office:place_change", "office:place_remove",
    "office:bodies_move", "office:hours_usual", "office:holidays_none",
    "office:matching_run", "office:matching_stop", "office:matching_pin",
    "office:matching_wish", "office:ledger_scan", "office:ledger_scan_remove", "office:ledger_release",
    "ledger:release",
    "office:round_deadline", "office:round_close",
    "hs_codes", "booth_office:product_copy", "booth_office:product_show", "booth_office:product_move",
    "booth_office:booth_typed", "booth_office:product_add_typed", "booth_office:product_typed",
    "booths:interest", "booths:recommended_in_short",
    # Data, and the way to the page that documents it.
    "api:api-root", "api:openapi-json", "api:fairs", "api:fair", "api:halls", "api:booths", "api:booth", "api:products",
    "api:product", "api:search", "api:outcomes", "api:ledger", "api:figures",
    # Of a fair with meetings to come (tests/meetings/slips, tests/meetings/changes); its address leads on, and who is
    # reminded comes back.
    "meetings:slip", "meetings:own_slip", "office:answers_remind", "office:change", "meetings:substitutes",
    "office:outcomes_ask", "office:outcomes_link", "office:outcomes_links", "office:outcomes_links_issued",
    # Redirects to the fair while there is only one.
    "home",
    "arrival",
    # Change the links of people, whose page it is to show them; what is issued is shown to who has just issued it.
    "office:unit_links_issue", "office:unit_links_issued",
    "office:links_issue", "office:links_issued", "office:meeting_messages_issue", "office:links_access",
    "booth_office:staff_end", "booth_office:staff_link", "booth_office:staff_issued", "booth_office:staff_withdraw",
    # Files, and what comes of an upload (tests/booth_office/test_imports.py).
    "booth_office:products_sheet", "booth_office:staff_sheet", "booth_office:import", "booth_office:import_store",
    "booth_office:import_mend",
    "booth_office:shift_add", "booth_office:shift_copy", "booth_office:shift_remove",
    # Only where other organisers have invited a company (tests/fairs/test_invited_companies.py).
    "pages:company_invitation",
    # Files, and what comes of an upload (tests/e2e/test_import.py).
    "office:template", "office:export", "office:import", "office:import_store", "office:list_columns",
    "office:upload_begin", "office:upload_finish", "office:upload_cancel",
    "office:list_mend", "office:unit_template",
    # Looked at on a fair of their own, in every state (tests/e2e/test_demands.py).
    "demands:own", "demands:add", "demands:wanted", "demands:taken", "demands:take", "demands:gaps", "demands:demand",
    "demands:change", "demands:confirm", "demands:answers", "demands:quote", "demands:gaps_xlsx", "demands:gaps_csv",
    "demands:close", "demands:reopen", "demands:discard", "demands:withdraw", "demands:pictures",
    "demands:picture_remove", "demands:upload_begin", "demands:upload_finish", "demands:upload_cancel",
    # Ask only where there is a draft or a published schedule (tests/office/scheduling).
    "office:schedule_make", "office:schedule_stop", "office:schedule_discard", "office:schedule_publish",
    "office:schedule_unpublish", "office:run_dismiss", "office:board_move", "office:board_lock",
    # Has a page only if two people press the button at the same time.
    "meetings:request_accept",
}  # fmt: skip
