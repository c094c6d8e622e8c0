"""Every route of the program: which thing it is about, its arguments in the small world, and what each method does."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

from fairplatform.accounts.actor import Actor
from fairplatform.fairs.models import Slot
from meetings.models import Meeting
from meetings.outcomes.actions import draft
from meetings.outcomes.content import Content
from tests.factories import NOW
from tests.matrix.api_routes import API, RECOMMENDED
from tests.matrix.booth_office_routes import BOOTH_OFFICE
from tests.matrix.changes_routes import CHANGES
from tests.matrix.demands_routes import DEMANDS
from tests.matrix.files_routes import FILES
from tests.matrix.halls_routes import HALLS
from tests.matrix.ledger_routes import LEDGER
from tests.matrix.links_routes import LINKS
from tests.matrix.office_routes import OFFICE
from tests.matrix.route_rows import READ, Act, Done, Route, alone, fair_slug, no_arguments, of_fair, post
from tests.matrix.search_routes import SEARCH
from tests.matrix.staff_routes import STAFF
from tests.matrix.world import World

NOBODY_IN_IT = {name: Done("home") for name in ("anonymous", "deactivated")}
# One's own booth, another exhibitor, a company that waits for an answer already.
NO_WISH = {"seller": Done(403), "clerk": Done(403), "rival": Done(403)}
NOT_ASKED = {"seller": Done(409), "clerk": Done(409), "rival": Done(409)}
WRITTEN = ("meetings.Outcome", "meetings.OutcomeVersion")
STATED = (*WRITTEN, "meetings.Statement")
ORDER = {"kind": "trial_order", "amount": "31500", "currency": "USD", "goods": "Pliers", "next_step": ""}


def _slot(number: int) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"slot": world.slots[number].pk}


def _drafted(world: World) -> dict[str, Any]:
    """Confirms what the interpreter has drafted just before."""
    content = Content(kind="contact")
    version = draft(Actor(world.person("interpreter")), meeting=world.things["meeting"].pk, content=content, now=NOW)
    return {"act": "confirm", "version": version.pk}


def _rated(world: World) -> dict[str, Any]:
    """Rates the meeting, which has been held and is over."""
    meeting = world.things["meeting"]
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.HELD)
    Slot.objects.filter(pk=meeting.slot_id).update(ends_at=meeting.starts_at + timedelta(minutes=1))
    return {"rating": "4"}


CONFIRMED = ("meetings.Outcome", "meetings.Statement")
DRAFTING = ("clerk", "interpreter", "liaison", "floor_assistant", "organiser")
OUTCOME = READ | {
    "POST statement": Act(
        Done("meetings:outcome", STATED),
        {name: Done("meetings:outcome", WRITTEN) for name in DRAFTING},
        lambda world: ORDER,
        "outcome.draft",
    ),
    "POST confirmation": Act(
        Done("meetings:outcome", CONFIRMED),
        fields=_drafted,
        row="outcome.confirm",
        refused=Done("meetings:outcome"),
    ),
}
ASKED = {
    "GET": Act(others=NOT_ASKED),
    "POST": Act(
        Done("meetings:requests", ("meetings.MeetingRequest",)),
        NOT_ASKED | {"other_buyer": Done(409)},
        lambda world: {**_slot(5)(world), "note": "Pliers under our own brand"},
    ),
}
MESSAGE = {"client_id": UUID(int=7), "body": "Good day"}
SENT = ("chat.Conversation", "chat.Member", "chat.Message")
CONTACT = post(
    "chat:conversation",
    *("booths.Inquiry", "chat.Conversation", "chat.Member"),
    others={"seller": Done(409), "clerk": Done(409), "buyer": Done("chat:conversation")},
)
ACCEPTED = ("chat.Conversation", "chat.Member")
PLACED = ("meetings.Booking", "meetings.Meeting", "meetings.MeetingRequest", "meetings.Participant")
MOVED = ("meetings.Booking", "meetings.Meeting")
UNINTERPRETED = (*MOVED, "accounts.User", "chat.Member", "meetings.Participant")
REPLACED = (*MOVED, "accounts.User", "chat.Member", "meetings.Participant")
READ_ALL = {name: Done("notices:notices", ("notices.Notice",)) for name in ("buyer", "seller", "clerk")}
ENTERED = READ | {
    "POST": Act(
        Done("arrival", ("sessions.Session",)),
        {"visitor": Done("arrival")},  # whose link it is, and who has come in already
        lambda world: {"code": world.link[1]},
    ),
}
ARRIVED = {
    "visitor": Done("pages:company_invitation"),  # whose company is invited
    "buyer": Done("pages:registration"),  # who has not answered yet
    "other_buyer": Done("demands:confirm"),  # for whose company a demand was taken down
    "organiser": Done("office:overview"),
    "foreign_organiser": Done("office:overview"),
    "delegated": Done("office:unit_imports"),
}
AGREED, DECLINED = (Done(route, ("fairs.Registration",)) for route in ("pages:fair", "pages:registration"))
REGISTRATION = READ | {
    "POST consent": Act(AGREED, fields=lambda world: {"purpose": "on"}),
    "POST declining": Act(DECLINED, fields=lambda world: {"answer": "decline"}),
}
CHOSEN = post("home", "accounts.User", fields={"language": "ur"}, others=NOBODY_IN_IT)


ROUTES: dict[str, Route] = {
    "home": Route(None, no_arguments, READ),
    "arrival": Route(None, no_arguments, {"GET": Act(Done("home"), ARRIVED)}),
    "robots": Route(None, no_arguments, READ),
    "favicon": Route(None, no_arguments, {"GET": Act(Done(302))}),
    "language:choose": Route(None, no_arguments, CHOSEN),
    "language:sentences": Route(None, lambda world: ["ur"], READ),
    "accounts:enter": Route(None, lambda world: [world.link[0]], ENTERED),
    "pages:fair": Route("fair", fair_slug, READ),
    "pages:about": Route("fair", fair_slug, READ),
    "pages:agreed": Route("fair", fair_slug, READ),
    "pages:company_invitation": Route(
        "invitation",
        of_fair("invitation"),
        READ
        | {
            "POST accepting": Act(
                Done("arrival", ("accounts.User", "fairs.Participation", "fairs.Registration")),
                fields=lambda world: {"answer": "accept"},
            ),
            "POST declining": Act(
                Done("arrival", ("accounts.User", "fairs.Participation")), fields=lambda world: {"answer": "decline"}
            ),
        },
    ),
    "pages:registration": Route("registration", fair_slug, REGISTRATION),
    "booths:halls": Route("fair", fair_slug, READ),
    "booths:hall": Route("hall", of_fair("hall", "number"), READ),
    "booths:booth": Route("booth", of_fair("booth", "slug"), READ),
    "booths:contact": Route("booth", of_fair("booth", "slug"), CONTACT),
    "booths:my_booth": Route("office", fair_slug, READ),
    "booths:buyers": Route("fair", fair_slug, READ),
    "booths:products": Route("fair", fair_slug, READ),
    "booths:product": Route("product", of_fair("product"), READ),
    "chat:conversations": Route("fair", fair_slug, READ),
    "chat:conversation": Route(
        "conversation", of_fair("conversation"), READ | post("chat:conversation", *SENT, fields=MESSAGE)
    ),
    "notices:notices": Route(None, no_arguments, READ),
    "notices:read_all": Route(None, no_arguments, post("notices:notices", others=READ_ALL)),
    "notices:read": Route("notice", alone("notice"), post("notices:notices", "notices.Notice")),
    "meetings:day": Route("fair", fair_slug, READ),
    "meetings:calendar_feed": Route(
        "fair",
        fair_slug,
        READ
        | {
            "POST making": Act(Done("meetings:calendar_feed", ("meetings.CalendarFeed",)), fields=lambda world: {}),
            "POST ending": Act(
                Done("meetings:calendar_feed"),
                {"buyer": Done("meetings:calendar_feed", ("meetings.CalendarFeed",))},
                lambda world: {"act": "end"},
            ),
        },
    ),
    "meetings:calendar_read": Route(None, lambda world: [world.fair.slug, world.things["calendar"].secret], READ),
    "meetings:absences": Route(
        "fair",
        fair_slug,
        READ
        | {
            "POST": Act(
                Done(409),
                {"buyer": Done("meetings:absences", ("fairs.Absence",))},
                lambda world: {
                    "who": f"person-{world.people['buyer'].pk}",
                    "date": world.slots[0].day.date,
                    "from_time": "20:00",
                    "until_time": "21:00",
                },
            )
        },
    ),
    "meetings:absence_remove": Route(
        "fair",
        lambda world: [world.fair.slug, world.rows["absence"].pk],
        post(
            "meetings:absences",
            "fairs.Absence",
            others=dict.fromkeys(
                ("clerk", "rival", "buyer", "other_buyer", "interpreter", "idle_interpreter"), Done(404)
            ),
        ),
    ),
    "meetings:firm_schedule": Route("exhibitor", of_fair("exhibitor"), READ),
    "meetings:unit_schedule": Route("unit", of_fair("unit"), READ),
    "meetings:whole_schedule": Route("fair", fair_slug, READ),
    "meetings:roster": Route("roster", fair_slug, READ),
    "meetings:roster_of": Route("fair", lambda world: [world.fair.slug, world.people["interpreter"].pk], READ),
    "meetings:hours": Route("fair", fair_slug, READ),
    "meetings:hours_csv": Route("fair", fair_slug, READ),
    "meetings:brief": Route("meeting", of_fair("meeting"), READ),
    "meetings:requests": Route("fair", fair_slug, READ),
    "meetings:ticks": Route(
        "ticks",
        of_fair("ticks"),
        READ | post("meetings:ticks", "fairs.Preference", "meetings.Tick", fields={"answer_1": "no"}),
    ),
    "meetings:wishes": Route("fair", fair_slug, READ),
    # Managers of companies that could meet the exhibitor.
    "meetings:wish": Route(
        "exhibitor",
        of_fair("exhibitor"),
        {
            "GET": Act(others=NO_WISH),
            "POST": Act(
                Done("meetings:wishes", ("fairs.Preference",)), others=NO_WISH, fields=lambda world: {"wish": "would"}
            ),
        },
    ),
    "meetings:request_make": Route("exhibitor", of_fair("exhibitor"), ASKED),
    "meetings:request_accept": Route("request", of_fair("request"), post("meetings:meeting", *ACCEPTED, *PLACED)),
    "meetings:request_decline": Route(
        "request", of_fair("request"), post("meetings:requests", "meetings.MeetingRequest", fields={"answer": "No"})
    ),
    "meetings:request_withdraw": Route(
        "request", of_fair("request"), post("meetings:requests", "meetings.MeetingRequest")
    ),
    "meetings:request_need": Route(
        "request",
        of_fair("request"),
        post("meetings:requests", "meetings.MeetingRequest", fields={"interpreting": "required"}),
    ),
    "meetings:meeting": Route("meeting", of_fair("meeting"), READ),
    "meetings:room": Route("meeting", of_fair("meeting"), READ),
    "meetings:outcome": Route("meeting", of_fair("meeting"), OUTCOME),
    "meetings:outcome_link": Route(
        None,
        lambda world: [world.fair.slug, "no-such-link"],
        {"GET": Act(Done(404)), "POST": Act(Done(404))},
    ),
    "meetings:outcome_next_step": Route("settled", of_fair("settled"), READ),
    "meetings:satisfaction": Route(
        "meeting",
        of_fair("meeting"),
        READ | {"POST": Act(Done("meetings:satisfaction", ("meetings.Satisfaction",)), fields=_rated)},
    ),
    "meetings:calendar": Route("meeting", of_fair("meeting"), READ),
    "meetings:interpreter": Route(
        "ahead",
        of_fair("ahead"),
        READ
        | {
            "POST": Act(
                Done("meetings:meeting", REPLACED),
                fields=lambda world: {"interpreter": world.people["idle_interpreter"].pk},
            )
        },
    ),
    "meetings:interpreting": Route(
        "ahead",
        of_fair("ahead"),
        READ | {"POST": Act(Done("meetings:meeting", UNINTERPRETED), fields=lambda world: {"interpreting": "own"})},
    ),
    "meetings:cancel": Route(
        "ahead", of_fair("ahead"), READ | post("meetings:day", *MOVED, fields={"because": "A delayed flight"})
    ),
    "meetings:move": Route(
        "ahead", of_fair("ahead"), READ | {"POST": Act(Done("meetings:meeting", MOVED), fields=_slot(5))}
    ),
    "control_room:control": Route("fair", fair_slug, READ),
    "control_room:figures": Route("fair", fair_slug, READ),
    **OFFICE,
    **CHANGES,
    **FILES,
    **API,
    **RECOMMENDED,
    **SEARCH,
    **BOOTH_OFFICE,
    **STAFF,
    **DEMANDS,
    **LEDGER,
    **LINKS,
    **HALLS,
    # Where there is no demonstration, nobody is let into it.
    "demo:people": Route(None, no_arguments, {"GET": Act(Done(404))}),
    "demo:enter": Route(None, lambda world: ["buyer"], post(404)),
}


def named_routes() -> Iterator[tuple[str, Any]]:
    """Every route's full name and view, allauth's own left out: its pages concern nobody but the visitor themselves."""

    def walk(patterns: list[URLPattern | URLResolver], namespaces: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
                yield from walk(pattern.url_patterns, inner)
            elif not pattern.callback.__module__.startswith("allauth"):
                yield ":".join((*namespaces, str(pattern.name))), pattern.callback

    yield from walk(get_resolver().url_patterns, ())
