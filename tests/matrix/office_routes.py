"""The routes of the fair's office."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from fairplatform.fairs.models import Participation
from tests.matrix.files_routes import BEGUN
from tests.matrix.route_rows import READ, Act, Done, Route, fair_slug, names, of_fair, post
from tests.matrix.world import World


def _row(kind: str) -> Callable[[World], list[Any]]:
    return lambda world: [world.fair.slug, world.rows[kind].pk]


def of_a_kind(kind: str, model: str, fields: dict[str, Any], *made: str) -> dict[str, Route]:
    """The pages of one kind of rows of the office: the list, and those that add, change and remove one.

    `made`: what is made of them.
    """
    done, row = f"office:{kind}", _row(kind)
    return {
        done: Route("fair", fair_slug, READ),
        f"{done}_add": Route("fair", fair_slug, READ | post(done, model, *made, fields=fields)),
        f"{done}_change": Route("fair", row, READ | post(done, model, *made, fields=fields)),
        f"{done}_remove": Route("fair", row, READ | post(done, model)),
    }


def _today(world: World) -> list[Any]:
    """The first day of the fair, as addresses have it."""
    return [world.fair.slug, world.slots[0].day.date.isoformat()]


def _workbook() -> SimpleUploadedFile:
    content = BytesIO()
    Workbook().save(content)
    return SimpleUploadedFile("fair.xlsx", content.getvalue())


def _chosen(world: World, medium: str) -> dict[str, Any]:
    return {"medium": medium, "people": [world.things["registration"].pk]}


def _company(world: World) -> dict[str, Any]:
    """Another name, and goods to look for."""
    own = {"sells": "on", "hall": world.things["hall"].pk, "wants": "8205", "desks": "1"}
    company = {**names("Renamed"), "country": "CN", "city_names_en": "Yiwu"}
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


def _two_people(world: World) -> list[Any]:
    """Somebody of the exhibitor and somebody of another one, of whom the first stays."""
    return [world.fair.slug, world.things["member"].pk, world.people["rival"].pk]


def _new_pair(world: World) -> dict[str, Any]:
    """The exhibitor and the buyer of the meeting, by their names."""
    exhibitor, buyer = _two_companies(world)
    return {"exhibitor": exhibitor.company.name["en"], "buyer": buyer.company.name["en"]}


def _new_wish(world: World) -> dict[str, Any]:
    exhibitor, buyer = _two_companies(world)
    return {"participation": exhibitor.company.name["en"], "wanted": buyer.company.name["en"], "wish": "must"}


def _pinned(world: World) -> dict[str, Any]:
    exhibitor, buyer = _two_companies(world)
    return {"exhibitor": exhibitor.pk, "buyer": buyer.pk}


def _wished(world: World) -> dict[str, Any]:
    exhibitor, buyer = _two_companies(world)
    return {"company": buyer.pk, "wanted": exhibitor.pk, "wish": "would"}


def _two_companies(world: World) -> tuple[Participation, Participation]:
    return world.things["exhibitor"], world.things["demand"].participation


def _between_two(kind: str, model: str, fields: Callable[[World], dict[str, Any]]) -> dict[str, Route]:
    """As `of_a_kind`, of rows about two companies."""
    done, row = f"office:{kind}", _row(kind)
    stored = {"POST": Act(Done(done, (model,)), fields=fields)}
    return {
        done: Route("fair", fair_slug, READ),
        f"{done}_add": Route("fair", fair_slug, READ | stored),
        f"{done}_change": Route("fair", row, READ | stored),
        f"{done}_remove": Route("fair", row, READ | post(done, model)),
    }


SETTINGS = {
    **names("Hardware fair"), "host_country": "CN", "host_zone": "Asia/Shanghai", "station_country": "PK",
    "station_zone": "Asia/Karachi", "slot_minutes": "25", "change_minutes": "5",
}  # fmt: skip
NEXT_FAIR = {**names("The fair after"), "slug": "after", "series": "Fairs"}
NEXT = (
    "accounts.User", "fairs.Body", "fairs.Fair", "fairs.Hall", "fairs.RecruitingUnit", "fairs.Registration",
    "fairs.RoleAssignment", "fairs.WorkingHours",
)  # fmt: skip
DAY = {"date": "2030-01-02", "starts": "10:00", "ends": "12:00", "reserve_slots": "0"}
HOURS = {"country": "PK", "city": "Karachi", "weekdays": ["7"], "opens": "10:00", "closes": "16:00"}
LETTERS = ("accounts.AuditEntry", "django_tasks_database.DBTaskResult", "fairs.Registration")
ISSUED = {
    "POST cards": Act(
        Done("office:links_issued", ("accounts.PersonalLink", "sessions.Session")),
        fields=lambda world: _chosen(world, "cards"),
    ),
    "POST letters": Act(Done("office:links", LETTERS), fields=lambda world: _chosen(world, "letters")),
}
UNIT_ISSUED = {
    "POST cards": Act(
        Done("office:unit_links_issued", ("accounts.PersonalLink", "sessions.Session")),
        fields=lambda world: {"medium": "cards", "people": [world.things["member_of_unit"].pk]},
    ),
    "POST letters": Act(
        Done("office:unit_companies", LETTERS),
        fields=lambda world: {"medium": "letters", "people": [world.things["member_of_unit"].pk]},
    ),
}
MESSAGES_ISSUED = post(
    "office:meeting_messages",
    "accounts.PersonalLink",
    "sessions.Session",
    # No company of the delegate's unit has a meeting.
    others={"delegated": Done("office:meeting_messages", ("sessions.Session",))},
)
MERGED = (
    "accounts.Company", "accounts.Staff", "accounts.User", "booths.Booth", "fairs.Participation", "fairs.Preference",
    "meetings.Pair",
)  # fmt: skip
MERGED_PEOPLE = ("accounts.Staff", "accounts.Token", "accounts.User", "fairs.Registration")
TICKED = ("fairs.Preference", "meetings.Tick")
RUN = ("accounts.AuditEntry", "meetings.Run")
CHANGED_COMPANY = ("accounts.Company", "accounts.User", "booths.Booth", "booths.Product", "fairs.Participation")
LIAISON = {"place-role": "liaison"}
CHANGED_PERSON = {**names("New person", "person-"), "person-country": "PK", "person-language": "ur"}
NEW_PERSON = CHANGED_PERSON | LIAISON
PLACED_PERSON = ("fairs.Registration", "fairs.RoleAssignment")
NEW_COMPANY = {
    **names("New company", "company-"),
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
LIST_UPLOADED = {
    "POST": Act(
        Done("office:import", ("files.File", "workbook.WorkbookImport")),
        fields=lambda world: {"file": _workbook(), "unit": world.things["list"].unit_id},
    )
}
COLUMNS = {"sheet": "0", "header": "1", "column_1": "companies.name", "country": "PK", "city": "Lahore", "buys": "on"}


OFFICE: Mapping[str, Route] = {
    "office:overview": Route("fair", fair_slug, READ),
    "office:companies": Route("fair", fair_slug, READ),
    "office:company_add": Route(
        "fair",
        fair_slug,
        READ | post("office:company", "accounts.Company", "fairs.Participation", fields=NEW_COMPANY),
    ),
    "office:company": Route(
        "exhibitor",
        of_fair("exhibitor"),
        READ | {"POST": Act(Done("office:company", CHANGED_COMPANY), fields=_company)},
    ),
    "office:companies_state": Route(
        "fair",
        fair_slug,
        {
            "POST": Act(
                Done("office:companies", ("accounts.User", "fairs.Participation", "meetings.MeetingRequest")),
                fields=lambda world: {"company": world.things["exhibitor"].pk, "state": "waiting"},
            )
        },
    ),
    "office:company_verified": Route(
        "exhibitor", of_fair("exhibitor"), post("office:company", "accounts.Company", fields={"verified": "yes"})
    ),
    "office:matching": Route("fair", fair_slug, READ),
    "office:matching_left_out": Route("fair", fair_slug, READ),
    "office:matching_below": Route("fair", fair_slug, READ),
    "office:matching_run": Route("fair", fair_slug, post("office:matching", *RUN)),
    "office:matching_stop": Route("fair", fair_slug, post("office:matching")),
    "office:matching_pin": Route(
        "fair", fair_slug, {"POST": Act(Done("office:matching", ("meetings.Pair",)), fields=_pinned)}
    ),
    "office:matching_wish": Route(
        "fair", fair_slug, {"POST": Act(Done("office:matching", ("fairs.Preference",)), fields=_wished)}
    ),
    **_between_two("pairs", "meetings.Pair", _new_pair),
    **_between_two("wishes", "fairs.Preference", _new_wish),
    # A round is open, which an organiser is told who would open another.
    "office:rounds": Route(
        "fair", fair_slug, READ | post(409, fields={"side": "buyer", "deadline": "2199-01-01T12:00"})
    ),
    "office:round": Route("round", of_fair("round"), READ),
    "office:round_deadline": Route(
        "round", of_fair("round"), post("office:round", "meetings.TickRound", fields={"deadline": "2199-01-01T12:00"})
    ),
    "office:round_close": Route("round", of_fair("round"), post("office:round", "meetings.TickRound")),
    "office:ticks": Route(
        "ticks", of_fair("ticks"), READ | post("office:round", *TICKED, fields={"answer_1": "yes", "source": "paper"})
    ),
    "office:doubles": Route("fair", fair_slug, READ),
    "office:company_merge": Route("exhibitor", _two, READ | post("office:company", *MERGED)),
    "office:people": Route("fair", fair_slug, READ),
    "office:person_doubles": Route("fair", fair_slug, READ),
    "office:person_merge": Route("member", _two_people, READ | post("office:person", *MERGED_PEOPLE)),
    "office:person_add": Route(
        "fair", fair_slug, READ | post("office:person", *PLACED_PERSON, "accounts.User", fields=NEW_PERSON)
    ),
    "office:person": Route(
        "member",
        of_fair("member"),
        READ | post("office:person", "accounts.User", "fairs.Registration", fields=CHANGED_PERSON),
    ),
    "office:person_remove": Route(
        "member",
        of_fair("member"),
        post("office:people", "accounts.Staff", "accounts.Token", "accounts.User", "booths.Shift"),
    ),
    "office:place_add": Route(
        "member",
        of_fair("member"),
        post("office:person", *PLACED_PERSON, "accounts.Token", "accounts.User", fields=LIAISON),
    ),
    "office:place_change": Route(
        "member", _place, post("office:person", "accounts.Staff", "accounts.User", "fairs.Registration")
    ),
    "office:place_remove": Route(
        "member",
        _place,
        post(
            "office:person", "accounts.Staff", "accounts.Token", "accounts.User", "booths.Shift", "fairs.Registration"
        ),
    ),
    "office:links": Route("fair", fair_slug, READ),
    "office:links_issue": Route("fair", fair_slug, ISSUED),
    "office:meeting_messages": Route("fair", fair_slug, READ),
    "office:meeting_messages_issue": Route("fair", fair_slug, MESSAGES_ISSUED),
    # Nothing has been handed out in this session.
    "office:links_issued": Route("fair", fair_slug, {"GET": Act(Done("office:links"))}),
    "office:links_access": Route(
        "fair", of_fair("registration"), post("office:links", "accounts.Token", "accounts.User")
    ),
    "office:imports": Route("fair", fair_slug, READ | UPLOADED),
    "office:upload_begin": Route("fair", fair_slug, post(200, "files.Upload", fields=BEGUN)),
    # The upload that is under way is a company's.
    "office:upload_finish": Route("fair", of_fair("upload"), post(404)),
    "office:upload_cancel": Route("fair", of_fair("upload"), post(404)),
    "office:import": Route("import", of_fair("import"), READ),
    "office:list_add": Route("fair", fair_slug, READ | LIST_UPLOADED),
    "office:list_columns": Route(
        "list",
        of_fair("list"),
        READ | post("office:import", "workbook.ListMemory", "workbook.WorkbookImport", fields=COLUMNS),
    ),
    "office:list_mend": Route("list", of_fair("list"), {"GET": Act(Done(200, ("accounts.AuditEntry",)))}),
    "office:import_store": Route(
        "import_of_unit", of_fair("import_of_unit"), post("office:import", "workbook.WorkbookImport")
    ),
    "office:unit_imports": Route("unit", of_fair("unit"), READ | UPLOADED),
    "office:unit_list_add": Route("unit", of_fair("unit"), READ | UPLOADED),
    "office:unit_companies": Route("unit", of_fair("unit"), READ),
    "office:unit_links_issue": Route("unit", of_fair("unit"), UNIT_ISSUED),
    # Nothing has been handed out in this session.
    "office:unit_links_issued": Route("unit", of_fair("unit"), {"GET": Act(Done("office:unit_companies"))}),
    "office:unit_template": Route("unit", of_fair("unit"), READ),
    "office:template": Route("fair", fair_slug, READ),
    "report:report": Route("fair", fair_slug, READ),
    "report:companies": Route("fair", fair_slug, READ),
    "report:rows": Route("fair", fair_slug, {"GET": Act(Done("report:report"))}),  # no figure is named
    "report:series": Route("fair", fair_slug, READ),
    "report:download": Route("fair", lambda world: [world.fair.slug, "csv"], READ),
    "office:tokens": Route("fair", fair_slug, READ),
    "office:token_make": Route(
        "fair",
        fair_slug,
        post("office:tokens", "accounts.Token", "sessions.Session", fields={"name": "Daily", "days": "7"}),
    ),
    "office:token_revoke": Route(
        "fair",
        lambda world: [world.fair.slug, world.rows["token of organiser"].pk],
        post("office:tokens", "accounts.Token"),
    ),
    "report:briefs": Route("fair", fair_slug, READ),
    "report:brief": Route("fair", _today, READ),
    "report:brief_write": Route(
        "fair", _today, post("report:brief", "report.BriefDraft", fields={"stories_en": "An order", "base": "0"})
    ),
    "report:brief_approve": Route(
        "fair",
        _today,
        post("report:brief", "report.BriefFigure", "report.DailyBrief", fields={"base": "0", "early": "on"}),
    ),
    "report:brief_file": Route("fair", _today, READ),
    "office:export": Route("fair", fair_slug, {"GET": Act(Done(200, ("accounts.AuditEntry",)))}),
    "office:fair": Route("fair", fair_slug, READ | post("office:overview", "fairs.Fair", fields=SETTINGS)),
    "office:bodies_move": Route(
        "fair", _row("bodies"), {"POST": Act(Done("office:bodies"), fields=lambda world: {"to": "up"})}
    ),
    **of_a_kind("bodies", "fairs.Body", {"part": "host", **names("Chamber")}),
    **of_a_kind("units", "fairs.RecruitingUnit", {"key": "jinhua", "country": "CN", **names("Jinhua bureau")}),
    **of_a_kind("halls", "fairs.Hall", {"number": "7", **names("Valves")}),
    **of_a_kind("days", "fairs.FairDay", DAY, "fairs.Slot"),
    "office:hours_usual": Route("fair", fair_slug, post("office:hours", "fairs.WorkingHours")),
    "office:holidays_none": Route("fair", fair_slug, post("office:holidays", "fairs.Fair", fields={"country": "CN"})),
    "office:open": Route("fair", fair_slug, READ | post(409)),  # it is open
    "office:close": Route("fair", fair_slug, READ | post("office:overview", "fairs.Fair")),
    "office:reopen": Route("fair", fair_slug, READ | post(409)),
    "office:withdraw": Route("fair", fair_slug, READ | post("office:overview", "fairs.Fair")),
    "office:next": Route("fair", fair_slug, READ | post("office:overview", *NEXT, fields=NEXT_FAIR)),
    "office:common_hours": Route("fair", fair_slug, READ),
    # No run has failed.
    "office:run_dismiss": Route("fair", lambda world: [world.fair.slug, 1], post(404)),
    "office:schedule": Route("fair", fair_slug, READ),
    "office:schedule_make": Route("fair", fair_slug, post("office:schedule", *RUN, fields={"kind": "new"})),
    "office:schedule_stop": Route("fair", fair_slug, post("office:schedule")),
    "office:board": Route("fair", fair_slug, READ),
    # There is no draft, and nothing was published.
    "office:board_move": Route("fair", lambda world: [world.fair.slug, 1], {"GET": Act(Done(404))} | post(404)),
    "office:board_lock": Route("fair", lambda world: [world.fair.slug, 1], post(404)),
    "office:schedule_discard": Route("fair", fair_slug, post("office:schedule")),
    "office:schedule_publish": Route("fair", fair_slug, {"GET": Act(Done("office:schedule"))} | post(409)),
    "office:schedule_unpublish": Route("fair", lambda world: [world.fair.slug, 1], {"GET": Act(Done(404))} | post(404)),
    **of_a_kind("hours", "fairs.WorkingHours", HOURS),
    **of_a_kind("holidays", "fairs.Holiday", {"date": "2020-05-13", "country": "PK", **names("Eid")}),
}
