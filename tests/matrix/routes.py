"""Every route of the program: which thing it is about, its arguments in the small world, and what each method does."""

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any, NamedTuple
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver
from openpyxl import Workbook

from fairplatform.accounts.actor import Actor
from fairplatform.fairs.models import Participation
from meetings.outcomes.actions import draft
from meetings.outcomes.content import Content
from tests.factories import NOW, three
from tests.matrix.world import World


class Done(NamedTuple):
    """What comes of a request: a status, or the route it leads on to; and the models that have other rows then."""

    answer: int | str = 200
    changes: tuple[str, ...] = ()


class Act(NamedTuple):
    """A request by a method: its result for those whom the policy admits, and for whom of them it differs (`others`).

    `fields` fill in its form. A form that asks for more than its page does names that `row`, and what `refused` says.
    """

    done: Done = Done()
    others: Mapping[str, Done] = {}
    fields: Callable[[World], dict[str, Any]] = lambda world: {}
    row: str = ""
    refused: Done = Done(409)


class Route(NamedTuple):
    """`thing` is the key of world.World.things the page is about, or None; `arguments` make its address.

    `acts` are named by their method and, where a page has several forms, a word. All other methods are refused.
    """

    thing: str | None
    arguments: Callable[[World], list[Any]]
    acts: Mapping[str, Act]


def _none(world: World) -> list[Any]:
    return []


def _fair(world: World) -> list[Any]:
    return [world.fair.slug]


def _of_fair(thing: str, attribute: str = "pk") -> Callable[[World], list[Any]]:
    return lambda world: [world.fair.slug, getattr(world.things[thing], attribute)]


def _names(text: str, prefix: str = "") -> dict[str, str]:
    """A name in three languages, as a form sends it."""
    return {f"{prefix}name_{language}": name for language, name in three(text).items()}


def _workbook() -> SimpleUploadedFile:
    content = BytesIO()
    Workbook().save(content)
    return SimpleUploadedFile("fair.xlsx", content.getvalue())


def _alone(thing: str) -> Callable[[World], list[Any]]:
    return lambda world: [world.things[thing].pk]


READ = {"GET": Act()}
NOBODY_IN_IT = {name: Done("home") for name in ("anonymous", "deactivated")}
# One's own booth, another exhibitor, a company that waits for an answer already.
NOT_ASKED = {"seller": Done(409), "clerk": Done(409), "rival": Done(409)}
WRITTEN = ("meetings.Outcome", "meetings.OutcomeVersion")
STATED = (*WRITTEN, "meetings.Statement")
ORDER = {"kind": "trial_order", "amount": "31500", "currency": "USD", "goods": "Pliers", "next_step": ""}


def _post(to: int | str, *changes: str, fields: dict[str, Any] | None = None, **more: Any) -> dict[str, Act]:
    return {"POST": Act(Done(to, changes), fields=lambda world: fields or {}, **more)}


def _row(kind: str) -> Callable[[World], list[Any]]:
    return lambda world: [world.fair.slug, world.rows[kind].pk]


def _of_a_kind(kind: str, model: str, fields: dict[str, Any], *made: str) -> dict[str, Route]:
    """The pages of one kind of rows of the office: the list, and those that add, change and remove one.

    `made`: what is made of them.
    """
    done, row = f"office:{kind}", _row(kind)
    return {
        done: Route("fair", _fair, READ),
        f"{done}_add": Route("fair", _fair, READ | _post(done, model, *made, fields=fields)),
        f"{done}_change": Route("fair", row, READ | _post(done, model, *made, fields=fields)),
        f"{done}_remove": Route("fair", row, READ | _post(done, model)),
    }


def _slot(number: int) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"slot": world.slots[number].pk}


def _chosen(world: World, medium: str) -> dict[str, Any]:
    return {"medium": medium, "people": [world.things["registration"].pk]}


def _drafted(world: World) -> dict[str, Any]:
    """Confirms what the interpreter has drafted just before."""
    content = Content(kind="contact")
    version = draft(Actor(world.person("interpreter")), meeting=world.things["meeting"].pk, content=content, now=NOW)
    return {"act": "confirm", "version": version.pk}


SETTINGS = {
    **_names("Hardware fair"), "host_country": "CN", "host_zone": "Asia/Shanghai", "station_country": "PK",
    "station_zone": "Asia/Karachi", "slot_minutes": "25", "change_minutes": "5",
}  # fmt: skip
NEXT_FAIR = {**_names("The fair after"), "slug": "after", "series": "Fairs"}
NEXT = (
    "accounts.User", "fairs.Body", "fairs.Fair", "fairs.Hall", "fairs.RecruitingUnit", "fairs.RoleAssignment",
    "fairs.WorkingHours",
)  # fmt: skip
DAY = {"date": "2030-01-02", "starts": "10:00", "ends": "12:00", "reserve_slots": "0"}
HOURS = {"country": "PK", "city": "Karachi", "weekdays": ["7"], "opens": "10:00", "closes": "16:00"}
CONFIRMED = ("meetings.Outcome", "meetings.Statement")
OUTCOME = READ | {
    "POST statement": Act(
        Done("meetings:outcome", STATED),
        {name: Done("meetings:outcome", WRITTEN) for name in ("clerk", "interpreter")},
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
CONTACT = _post(
    "chat:conversation",
    *("booths.Inquiry", "chat.Conversation", "chat.Member"),
    others={"seller": Done(409), "clerk": Done(409), "buyer": Done("chat:conversation")},
)
ACCEPTED = ("chat.Conversation", "chat.Member")
PLACED = ("meetings.Booking", "meetings.Meeting", "meetings.MeetingRequest", "meetings.Participant")
MOVED = ("meetings.Booking", "meetings.Meeting")
READ_ALL = {name: Done("notices:notices", ("notices.Notice",)) for name in ("buyer", "seller", "clerk")}
ENTERED = READ | {
    "POST": Act(
        Done("arrival", ("sessions.Session",)),
        {"visitor": Done("arrival")},  # whose link it is, and who has come in already
        lambda world: {"code": world.link[1]},
    ),
}
ARRIVED = {
    "buyer": Done("pages:registration"),  # who has not answered yet
    "organiser": Done("office:overview"),
    "foreign_organiser": Done("office:overview"),
}
ANSWERED = Done("arrival", ("fairs.Registration",))
REGISTRATION = READ | {
    "POST consent": Act(ANSWERED, fields=lambda world: {"purpose": "on"}),
    "POST declining": Act(ANSWERED, fields=lambda world: {"answer": "decline"}),
}
LETTERS = ("accounts.AuditEntry", "django_tasks_database.DBTaskResult")
ISSUED = {
    "POST cards": Act(Done(200, ("accounts.PersonalLink",)), fields=lambda world: _chosen(world, "cards")),
    "POST letters": Act(Done("office:links", LETTERS), fields=lambda world: _chosen(world, "letters")),
}
CHOSEN = _post("home", "accounts.User", fields={"language": "ur"}, others=NOBODY_IN_IT)


def _company(world: World) -> dict[str, Any]:
    """Another name, and goods to look for."""
    own = {"sells": "on", "hall": world.things["hall"].pk, "wants": "8205", "desks": "1"}
    company = {**_names("Renamed"), "country": "CN", "city_names_en": "Yiwu"}
    return {f"company-{name}": value for name, value in company.items()} | {
        f"participation-{name}": value for name, value in own.items()
    }


def _place(world: World) -> list[Any]:
    """The position of a person in their company."""
    clerk = world.things["member"]
    return [world.fair.slug, clerk.pk, f"staff-{clerk.positions.get().pk}"]


def _two(world: World) -> list[Any]:
    """The exhibitor and another one, of which the first stays."""
    rival = Participation.objects.get(company__staff__user=world.people["rival"])
    return [world.fair.slug, world.things["exhibitor"].pk, rival.pk]


MERGED = ("accounts.Company", "accounts.Staff", "accounts.User", "booths.Booth", "fairs.Participation")
CHANGED_COMPANY = ("accounts.Company", "accounts.User", "booths.Booth", "booths.Product", "fairs.Participation")
LIAISON = {"place-role": "liaison"}
CHANGED_PERSON = {**_names("New person", "person-"), "person-country": "PK", "person-language": "ur"}
NEW_PERSON = CHANGED_PERSON | LIAISON
PLACED_PERSON = ("fairs.Registration", "fairs.RoleAssignment")
NEW_COMPANY = {
    **_names("New company", "company-"),
    "company-country": "PK",
    "company-city_names_en": "Lahore",
    "participation-buys": "on",
    "participation-desks": "1",
    "participation-state": "submitted",
}
UPLOADED = {
    "POST": Act(
        Done("office:import", ("files.File", "workbook.WorkbookImport")), fields=lambda world: {"file": _workbook()}
    )
}

ROUTES: dict[str, Route] = {
    "home": Route(None, _none, READ),
    "arrival": Route(None, _none, {"GET": Act(Done("home"), ARRIVED)}),
    "robots": Route(None, _none, READ),
    "favicon": Route(None, _none, {"GET": Act(Done(302))}),
    "language:choose": Route(None, _none, CHOSEN),
    "language:sentences": Route(None, lambda world: ["ur"], READ),
    "accounts:enter": Route(None, lambda world: [world.link[0]], ENTERED),
    "files:file": Route("file", _alone("file"), READ),
    "pages:fair": Route("fair", _fair, READ),
    "pages:about": Route("fair", _fair, READ),
    "pages:agreed": Route("fair", _fair, READ),
    "pages:registration": Route("registration", _fair, REGISTRATION),
    "booths:halls": Route("fair", _fair, READ),
    "booths:hall": Route("hall", _of_fair("hall", "number"), READ),
    "booths:booth": Route("booth", _of_fair("booth", "slug"), READ),
    "booths:contact": Route("booth", _of_fair("booth", "slug"), CONTACT),
    "booths:my_booth": Route("office", _fair, READ),
    "booths:buyers": Route("fair", _fair, READ),
    "booths:products": Route("fair", _fair, READ),
    "booths:product": Route("product", _of_fair("product"), READ),
    "chat:conversations": Route("fair", _fair, READ),
    "chat:conversation": Route(
        "conversation", _of_fair("conversation"), READ | _post("chat:conversation", *SENT, fields=MESSAGE)
    ),
    "notices:notices": Route(None, _none, READ),
    "notices:read_all": Route(None, _none, _post("notices:notices", others=READ_ALL)),
    "notices:read": Route("notice", _alone("notice"), _post("notices:notices", "notices.Notice")),
    "meetings:day": Route("fair", _fair, READ),
    "meetings:requests": Route("fair", _fair, READ),
    "meetings:request_make": Route("exhibitor", _of_fair("exhibitor"), ASKED),
    "meetings:request_accept": Route("request", _of_fair("request"), _post("meetings:meeting", *ACCEPTED, *PLACED)),
    "meetings:request_decline": Route(
        "request", _of_fair("request"), _post("meetings:requests", "meetings.MeetingRequest", fields={"answer": "No"})
    ),
    "meetings:request_withdraw": Route(
        "request", _of_fair("request"), _post("meetings:requests", "meetings.MeetingRequest")
    ),
    "meetings:meeting": Route("meeting", _of_fair("meeting"), READ),
    "meetings:room": Route("meeting", _of_fair("meeting"), READ),
    "meetings:outcome": Route("meeting", _of_fair("meeting"), OUTCOME),
    "meetings:outcome_next_step": Route("settled", _of_fair("settled"), READ),
    "meetings:calendar": Route("meeting", _of_fair("meeting"), READ),
    "meetings:cancel": Route(
        "ahead", _of_fair("ahead"), READ | _post("meetings:day", *MOVED, fields={"because": "A delayed flight"})
    ),
    "meetings:move": Route(
        "ahead", _of_fair("ahead"), READ | {"POST": Act(Done("meetings:meeting", MOVED), fields=_slot(5))}
    ),
    "control_room:control": Route("fair", _fair, READ),
    "control_room:figures": Route("fair", _fair, READ),
    "office:overview": Route("fair", _fair, READ),
    "office:companies": Route("fair", _fair, READ),
    "office:company_add": Route(
        "fair",
        _fair,
        READ | _post("office:company", "accounts.Company", "fairs.Participation", fields=NEW_COMPANY),
    ),
    "office:company": Route(
        "exhibitor",
        _of_fair("exhibitor"),
        READ | {"POST": Act(Done("office:company", CHANGED_COMPANY), fields=_company)},
    ),
    "office:companies_state": Route(
        "fair",
        _fair,
        {
            "POST": Act(
                Done("office:companies", ("accounts.User", "fairs.Participation")),
                fields=lambda world: {"company": world.things["exhibitor"].pk, "state": "waiting"},
            )
        },
    ),
    "office:company_verified": Route(
        "exhibitor", _of_fair("exhibitor"), _post("office:company", "accounts.Company", fields={"verified": "yes"})
    ),
    "office:doubles": Route("fair", _fair, READ),
    "office:company_merge": Route("exhibitor", _two, READ | _post("office:company", *MERGED)),
    "office:people": Route("fair", _fair, READ),
    "office:person_add": Route(
        "fair", _fair, READ | _post("office:person", *PLACED_PERSON, "accounts.User", fields=NEW_PERSON)
    ),
    "office:person": Route(
        "member",
        _of_fair("member"),
        READ | _post("office:person", "accounts.User", "fairs.Registration", fields=CHANGED_PERSON),
    ),
    "office:person_remove": Route(
        "member", _of_fair("member"), _post("office:people", "accounts.Staff", "accounts.User")
    ),
    "office:place_add": Route(
        "member", _of_fair("member"), _post("office:person", *PLACED_PERSON, "accounts.User", fields=LIAISON)
    ),
    "office:place_change": Route(
        "member", _place, _post("office:person", "accounts.Staff", "accounts.User", "fairs.Registration")
    ),
    "office:place_remove": Route(
        "member", _place, _post("office:person", "accounts.Staff", "accounts.User", "fairs.Registration")
    ),
    "office:links": Route("fair", _fair, READ),
    "office:links_issue": Route("fair", _fair, ISSUED),
    "office:links_access": Route("fair", _of_fair("registration"), _post("office:links", "accounts.User")),
    "office:imports": Route("fair", _fair, READ | UPLOADED),
    "office:import": Route("import", _of_fair("import"), READ),
    "office:import_store": Route("import", _of_fair("import"), _post("office:import", "workbook.WorkbookImport")),
    "office:template": Route("fair", _fair, READ),
    "office:export": Route("fair", _fair, {"GET": Act(Done(200, ("accounts.AuditEntry",)))}),
    "office:fair": Route("fair", _fair, READ | _post("office:overview", "fairs.Fair", fields=SETTINGS)),
    "office:bodies_move": Route(
        "fair", _row("bodies"), {"POST": Act(Done("office:bodies"), fields=lambda world: {"to": "up"})}
    ),
    **_of_a_kind("bodies", "fairs.Body", {"part": "host", **_names("Chamber")}),
    **_of_a_kind("units", "fairs.RecruitingUnit", {"key": "jinhua", "country": "CN", **_names("Jinhua bureau")}),
    **_of_a_kind("halls", "fairs.Hall", {"number": "7", **_names("Valves")}),
    **_of_a_kind("days", "fairs.FairDay", DAY, "fairs.Slot"),
    "office:hours_usual": Route("fair", _fair, _post("office:hours", "fairs.WorkingHours")),
    "office:open": Route("fair", _fair, READ | _post(409)),  # it is open
    "office:close": Route("fair", _fair, READ | _post("office:overview", "fairs.Fair")),
    "office:reopen": Route("fair", _fair, READ | _post(409)),
    "office:withdraw": Route("fair", _fair, READ | _post("office:overview", "fairs.Fair")),
    "office:next": Route("fair", _fair, READ | _post("office:overview", *NEXT, fields=NEXT_FAIR)),
    "office:common_hours": Route("fair", _fair, READ),
    **_of_a_kind("hours", "fairs.WorkingHours", HOURS),
    **_of_a_kind("holidays", "fairs.Holiday", {"date": "2020-05-13", "country": "PK", **_names("Eid")}),
    # Where there is no demonstration, nobody is let into it.
    "demo:people": Route(None, _none, {"GET": Act(Done(404))}),
    "demo:enter": Route(None, lambda world: ["buyer"], _post(404)),
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
