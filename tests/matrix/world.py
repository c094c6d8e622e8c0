"""One small fair with somebody in every role, and what each of them is to each thing — written down by hand.

The policy table says which roles may do what; this says who holds which role. Neither is derived from the other, so
the two together give for every route and every message whether the program must allow a person to do it.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from booths.actions import open_inquiry
from booths.models import Display, Favourite, Product, Shift
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import PersonalLink, Staff, Token, User
from fairplatform.fairs.models import (
    Absence,
    Body,
    Fair,
    FairDay,
    Hall,
    Holiday,
    Participation,
    Preference,
    RecruitingUnit,
    Registration,
    Slot,
    WorkingHours,
)
from fairplatform.files.actions import give
from fairplatform.files.models import File, Rendition, Upload
from fairplatform.ledger.chain import Addition, append
from fairplatform.ledger.content import Content, Name
from fairplatform.ledger.models import Entry, ExchangeRate, ReportedFigure, Scan
from fairplatform.notices.models import Notice
from fairplatform.policy import Role
from fairplatform.workbook.models import WorkbookImport
from meetings.models import (
    CalendarFeed,
    Change,
    ChangedMeeting,
    Meeting,
    MeetingRequest,
    Outcome,
    OutcomeVersion,
    Pair,
    Tick,
    TickList,
    TickRound,
)
from meetings.models.meeting import Side
from meetings.schedule.actions.planning import schedule_meeting
from tests.factories import (
    make_attachment,
    make_buyer,
    make_demand,
    make_exhibitor,
    make_fair,
    make_person,
    make_role,
    make_slots,
    make_staff,
    three,
)

R = Role
FELLOW = {R.PERSON}
GENERAL: dict[str, set[Role]] = {
    "anonymous": set(),
    "visitor": FELLOW,
    "seller": FELLOW | {R.EXHIBITOR},
    "clerk": FELLOW | {R.EXHIBITOR},
    "rival": FELLOW | {R.EXHIBITOR},
    "buyer": FELLOW | {R.BUYER},
    "other_buyer": FELLOW | {R.BUYER},
    "interpreter": FELLOW | {R.INTERPRETER},
    "idle_interpreter": FELLOW | {R.INTERPRETER},
    "liaison": FELLOW | {R.LIAISON},
    "floor_assistant": FELLOW | {R.FLOOR_ASSISTANT},
    "organiser": FELLOW | {R.ORGANISER},
    "delegated": FELLOW | {R.DELEGATED},
    "foreign_organiser": FELLOW,
    "deactivated": set(),
}
PEOPLE = tuple(GENERAL)
AT_THE_BOOTH = {"seller": {R.STAFF, R.MANAGER}, "clerk": {R.STAFF}}
# What people are to one thing alone; whoever is not named is nothing to it, and it does not exist for them.
OWN: dict[str, dict[str, set[Role]]] = {
    "conversation": {"seller": {R.MEMBER}, "clerk": {R.MEMBER}, "buyer": {R.MEMBER}},
    "meeting": {
        "seller": {R.PARTY, R.MANAGER},
        "clerk": {R.COLLEAGUE},
        "buyer": {R.PARTY, R.MANAGER},
        "interpreter": {R.INTERPRETER},
        "liaison": {R.LIAISON},
        "floor_assistant": {R.FLOOR_ASSISTANT},
        "organiser": {R.ORGANISER},
    },
    "request": {"seller": {R.RECEIVER}, "clerk": {R.RECEIVER}, "other_buyer": {R.SENDER}},
    "notice": {"buyer": {R.SELF}},
    "registration": {"buyer": {R.SELF}},
    "favourite": {"buyer": {R.SELF}},
}
OWN["import"] = OWN["list"] = {"organiser": {R.ORGANISER}}
# A recruiting unit's delegate has what its delegates upload; organisers have that too.
OWN["unit"] = OWN["import_of_unit"] = {"delegated": {R.DELEGATED}, "organiser": {R.ORGANISER}}
# The visitor manages a company that the fair has invited.
OWN["invitation"] = {"visitor": {R.MANAGER}}
# An entry of the ledger is its organisers' and its parties'; this one names nobody, and the paper the meeting's two.
OWN["entry"] = {"organiser": {R.ORGANISER}}
OWN["paper"] = {**AT_THE_BOOTH, "buyer": {R.STAFF, R.MANAGER}, "organiser": {R.ORGANISER}}
OWN["settled"] = OWN["ahead"] = OWN["left"] = OWN["meeting"]
# A person of the fair is shown to its organisers alone.
OWN["member"] = {"organiser": {R.ORGANISER}}
# The booth office loads a person's own booth, whichever that is.
OWN["kept_booth"] = AT_THE_BOOTH
# A demand is read by its company, by every exhibitor and by organisers; one that its company has not confirmed yet by
# that company, by the delegates of its unit and by organisers.
OWN["demand"] = {
    **{name: {R.EXHIBITOR} for name in ("seller", "clerk", "rival")},
    "buyer": {R.STAFF, R.MANAGER},
    "organiser": {R.ORGANISER},
}
OWN["taken"] = {
    "other_buyer": {R.STAFF, R.MANAGER},
    "delegated": {R.DELEGATED, R.TAKER},
    "organiser": {R.ORGANISER, R.TAKER},
}
# The list of a company's meetings: its own people's, its unit's delegates' (this one has none) and organisers'.
OWN["slip"] = {**AT_THE_BOOTH, "organiser": {R.ORGANISER}}
# A round is its organisers' and delegates'; a list of it also that company's.
OWN["round"] = {"delegated": {R.DELEGATED}, "organiser": {R.ORGANISER}}
OWN["ticks"] = {"other_buyer": {R.STAFF, R.MANAGER}, "delegated": {R.DELEGATED}, "organiser": {R.ORGANISER}}
# The office is one's own booth's; it is no thing of the table.
# An upload is its sender's alone.
OWN["upload"] = {"seller": {R.SELF}}
OWN["office"] = {name: {R.EXHIBITOR} for name in ("seller", "clerk", "rival")}
OWN["roster"] = {name: {R.INTERPRETER} for name in ("interpreter", "idle_interpreter")}
# Each exhibitor has a booth of its own; its people and what they keep are theirs alone.
OWN["own_booth"] = AT_THE_BOOTH | {"rival": {R.STAFF, R.MANAGER}}
OWN["colleague"] = OWN["shift"] = OWN["own_import"] = AT_THE_BOOTH


@dataclass
class World:
    """The fair, its people by name, and one thing of each kind."""

    fair: Fair
    foreign: Fair
    slots: list[Slot]
    people: dict[str, Any]
    link: tuple[str, str]  # the visitor's personal link: its secret and its code
    things: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)  # one of each kind that organisers enter and may remove
    tokens: dict[str, str] = field(default_factory=dict)  # the secret of everybody's token for the fair's results

    def person(self, name: str) -> Any:
        """The person as a fresh request would load them."""
        person = self.people[name]
        return User.objects.get(pk=person.pk) if isinstance(person, User) else person

    def roles(self, name: str, thing: str | None) -> set[Role]:
        """What `name` is to `thing`, by the tables above."""
        signed_in = name not in ("anonymous", "deactivated")
        if thing is None:
            return {R.PUBLIC, R.PERSON} if signed_in else {R.PUBLIC}
        if thing in OWN:
            return OWN[thing].get(name, set())
        if thing == "me":
            return {R.SELF} if signed_in else set()
        extra = AT_THE_BOOTH.get(name, set()) if thing in ("booth", "file", "exhibitor") else set()
        return {R.PUBLIC} if thing == "product" else GENERAL[name] | extra | {R.PUBLIC}


def make_world() -> World:
    """Rows for all of it; the meeting is running now, so that its room is open."""
    now = timezone.now()
    fair = make_fair()
    slots = make_slots(fair, first=now - timedelta(minutes=3), number=12)
    ours, rivals, buyers, others = make_exhibitor(fair), make_exhibitor(fair), make_buyer(fair), make_buyer(fair)
    unit = RecruitingUnit.objects.create(fair=fair, name=three("Demo Chamber"), country="PK")
    foreign = make_fair()
    people = {
        "anonymous": AnonymousUser(),
        "visitor": make_person(),
        "seller": make_staff(ours),
        "clerk": make_staff(ours, is_manager=False),
        "rival": make_staff(rivals),
        "buyer": make_staff(buyers),
        "other_buyer": make_staff(others),
        "interpreter": make_role(fair, Role.INTERPRETER),
        "idle_interpreter": make_role(fair, Role.INTERPRETER),
        "liaison": make_role(fair, Role.LIAISON, unit=_unit_of(ours)),
        "floor_assistant": make_role(fair, Role.FLOOR_ASSISTANT),
        "organiser": make_role(fair, Role.ORGANISER),
        "delegated": make_role(fair, Role.DELEGATED, unit=unit),
        "foreign_organiser": make_role(foreign, Role.ORGANISER),
        "deactivated": make_role(fair, Role.ORGANISER),
    }
    _, *link = PersonalLink.issue(people["visitor"], now=now)
    world = World(fair, foreign, slots, people, (link[0], link[1]))
    world.things = {"fair": fair, "hall": ours.hall, "booth": ours.booth, "exhibitor": ours}
    world.rows = _rows(fair) | {
        "absence": Absence.objects.create(fair=fair, participation=ours, date="2020-01-01"),
        "pairs": Pair.objects.create(fair=fair, exhibitor=rivals, buyer=others),
        "wishes": Preference.objects.create(fair=fair, participation=rivals, wanted=buyers, wish="would"),
    }
    Participation.objects.filter(pk__in=(ours.pk, buyers.pk)).update(preferred_from="09:30", preferred_until="12:00")
    _fill(world, ours, buyers, others, now)
    _fill_booth_office(world, ours)
    _ask(world, others, ours, now)
    for name, person in people.items():
        if isinstance(person, User):
            world.rows[f"token of {name}"], world.tokens[name] = Token.issue(
                person, fair=fair, permissions=["report.see"], expires_at=now + timedelta(days=1), name="Weekly report"
            )
    User.objects.filter(pk=people["deactivated"].pk).update(is_active=False)
    return world


def _unit_of(company: Participation) -> RecruitingUnit:
    """A unit that brings this company."""
    company.unit = RecruitingUnit.objects.create(fair=company.fair, name=three("Sellers Chamber"), country="CN")
    company.save()
    return company.unit


def _rows(fair: Fair) -> dict[str, Any]:
    published = {"currency": "USD", "source": "Radio", "date": "2020-01-01"}
    hours = {"country": "PK", "city": "lahore", "weekdays": [7], "opens": "10:00", "closes": "16:00"}
    return {
        "bodies": Body.objects.create(fair=fair, part="host", name=three("Commerce department"), rank=1),
        "units": RecruitingUnit.objects.create(fair=fair, name=three("Idle Chamber"), country="PK"),
        "halls": Hall.objects.create(fair=fair, number=2, name=three("Pumps")),
        "days": FairDay.objects.create(fair=fair, number=2, date="2030-01-01"),
        "hours": WorkingHours.objects.create(fair=fair, **hours),
        "reported": ReportedFigure.objects.create(fair=fair, key="all", label="2026", amount_minor=1, **published),
        "rates": ExchangeRate.objects.create(fair=fair, base="USD", quote="CNY", scaled=7 * 10**10, date="2020-01-01"),
        "holidays": Holiday.objects.create(fair=fair, date="2020-01-01", country="PK", name=three("New Year")),
    }


def _fill(world: World, ours: Any, buyers: Any, others: Any, now: Any) -> None:
    people, things = world.people, world.things
    things["product"] = _product(ours)
    things["file"] = File.objects.create(
        owner_model="booths.booth", owner_key=ours.booth.pk, name="a.pdf", sha256="0" * 64, kind="application/pdf",
        size=1,
    )  # fmt: skip
    things["file"].path.parent.mkdir(parents=True, exist_ok=True)
    things["file"].path.write_bytes(b"a")
    inquiry = open_inquiry(Actor(world.person("buyer")), booth=ours.booth.pk, now=now)
    things["conversation"] = inquiry.conversation
    things["meeting"] = _meeting(world, ours, buyers, world.slots[0])
    things["settled"] = _settled(world, _meeting(world, ours, buyers, world.slots[1]), now)
    things["ahead"] = _meeting(world, ours, buyers, world.slots[3])
    things["left"] = _left(world, _meeting(world, ours, buyers, world.slots[9]), now)
    things["request"] = _request(world, ours, others, now)
    things["slip"] = ours
    things["change"] = Change.objects.create(
        fair=world.fair, key=UUID(int=1), what="company", participation=others, made_by=people["organiser"],
        starts_at=now, ends_at=now + timedelta(hours=1),
    )  # fmt: skip
    [things["entry"]] = append(world.fair.pk, [Addition(Content("mou", "report"), "reported")], actor=None, now=now)
    named = tuple(Name("party", dict(one.company.name), one.pk) for one in (ours, buyers))
    [things["paper"]] = append(
        world.fair.pk, [Addition(Content("mou", "document", named), "paper")], actor=None, now=now
    )  # fmt: skip
    things["scan"] = _scan(things["paper"])
    things["member"] = people["clerk"]
    things["favourite"] = Favourite.objects.create(fair=world.fair, user=people["buyer"], booth=ours.booth)
    things["registration"] = Registration.objects.create(fair=world.fair, user=people["buyer"], accepted_at=now)
    things["import"] = WorkbookImport.objects.create(
        fair=world.fair, user=people["organiser"], name="fair.xlsx", state="checked"
    )
    things["list"] = _list(world)
    unit = people["delegated"].roles.get().unit
    things["unit"] = unit
    things["import_of_unit"] = WorkbookImport.objects.create(
        fair=world.fair, user=people["delegated"], name="unit.xlsx", state="checked", unit=unit, by_delegate=True
    )
    things["invitation"] = _invited(world)
    _keep_files(world, ours)
    _demands(things, buyers, others)
    things["calendar"] = CalendarFeed.make(people["buyer"], world.fair, now=now)
    things["notice"] = Notice.objects.create(
        recipient=people["buyer"], fair=world.fair, code="request_declined", parameters={"company": three("Company")}
    )  # fmt: skip


def _scan(paper: Entry) -> Scan:
    file = File.objects.create(owner_model="ledger.scan", owner_key=0, name="a.pdf", sha256="1" * 64, size=1)
    scan = Scan.objects.create(fair=paper.fair, key=paper.key, file=file)
    give(file, scan)
    return scan


def _keep_files(world: World, ours: Participation) -> None:
    """A document of the exhibitor, one width of a file, and what its seller has begun to send."""
    file = world.things["file"]
    world.things["attachment"] = make_attachment(ours.company, "document", kind="application/pdf")
    Rendition.objects.create(file=file, width=30, height=20, sha256=file.sha256, size=1)
    world.things["upload"] = Upload.objects.create(
        user=world.people["seller"], company=ours.company, purpose="document", name="a.pdf", size=10, modified=1
    )  # fmt: skip


def _fill_booth_office(world: World, ours: Participation) -> None:
    """The exhibitor's clerk, and somebody of another fair whom its manager has invited."""
    invitation = {"role": "staff", "company": ours.pk, "manager": world.people["seller"].pk}
    world.things["own_booth"] = ours.booth
    world.things["colleague"] = Staff.objects.get(user=world.people["clerk"])
    rows = {"counts": {}, "findings": [], "titles": {"1": "article"}, "bad": [3], "good": 1, "rows": [[3, {"1": "V"}]]}
    world.things["own_import"] = WorkbookImport.objects.create(
        fair=world.fair, user=world.people["clerk"], name="products.xlsx", state="checked", kind="products",
        participation=ours, report=rows,
    )  # fmt: skip
    world.things["shift"] = Shift.objects.create(
        fair=world.fair, booth=ours.booth, staff=world.things["colleague"],
        starts_at=world.slots[0].starts_at, ends_at=world.slots[0].ends_at,
    )  # fmt: skip
    world.things["colleague_invited"] = Registration.objects.create(
        fair=world.fair, user=make_role(world.foreign, Role.LIAISON), invitation=invitation
    )


def _ask(world: World, others: Participation, ours: Participation, now: Any) -> None:
    """A round in which the buyer of the delegate's unit is asked about the exhibitor."""
    asked = TickRound.objects.create(
        fair=world.fair, number=1, side=Side.BUYER, deadline=now + timedelta(days=1), opened_at=now
    )
    tick_list = TickList.objects.create(fair=world.fair, round=asked, participation=others)
    Tick.objects.create(tick_list=tick_list, number=1, other=ours)
    world.things |= {"round": asked, "ticks": tick_list}


def _list(world: World) -> WorkbookImport:
    """A list that was checked, with a row to mend."""
    rows = [[1, {"1": "Company"}], [2, {"1": "Firm"}]]
    return WorkbookImport.objects.create(
        fair=world.fair, user=world.people["organiser"], name="list.xls", state="checked", kind="list",
        unit=RecruitingUnit.objects.create(fair=world.fair, key="lists", name=three("Unit"), country="PK"),
        preview={"sheet": 0, "sheets": [{"title": "1", "header": 1, "rows": rows, "wide": []}]},
        report={"counts": {}, "findings": [], "titles": {"1": "Company"}, "bad": [2], "good": 0, "left_out": [],
                "rows": [[2, {"1": "Firm"}]]},
    )  # fmt: skip


def _invited(world: World) -> Participation:
    """The invitation of a company that is in no fair yet."""
    invited = make_buyer(world.fair)
    Staff.objects.create(company=invited.company, user=world.people["visitor"], is_manager=True)
    invited.state = Participation.State.INVITED
    invited.save()
    return invited


def _demands(things: dict[str, Any], buyers: Any, others: Any) -> None:
    """One that exhibitors can answer, and one that a delegate has taken down and the company has not confirmed."""
    things["demand"] = make_demand(buyers)
    things["demand_picture"] = make_attachment(things["demand"])
    Participation.objects.filter(pk=others.pk).update(unit=things["unit"])
    newcomer = make_staff(others, is_manager=False, password=None)
    things["member_of_unit"] = Registration.objects.create(fair=others.fair, user=newcomer, accepted_at=timezone.now())
    things["taken"] = make_demand(others, "Spanners", state="waiting", entered_by="Demo Chamber")


def _product(ours: Any) -> Product:
    product = Product.objects.create(
        company=ours.company, name=three("Pliers"), hs6="820320", moq=3000, moq_unit="pcs", price_unit="pcs",
        price_low=11_000, price_high=24_000, lead_days=30, certificates=["CE (EN 1154)"],
    )  # fmt: skip
    Display.objects.create(booth=ours.booth, product=product)
    return product


def _meeting(world: World, ours: Any, buyers: Any, slot: Slot) -> Meeting:
    people = world.people
    meeting = schedule_meeting(
        fair=world.fair,
        exhibitor=ours,
        buyer=buyers,
        slot=slot,
        parties=[(people["seller"], Side.EXHIBITOR), (people["buyer"], Side.BUYER)],
        interpreter=people["interpreter"],
        interpreting="required",
        reason={},
    )
    meeting.participants.create(user=people["clerk"], role="colleague", side=Side.EXHIBITOR)
    return meeting


def _left(world: World, meeting: Meeting, now: Any) -> Meeting:
    """The meeting, cancelled because its exhibitor left, so that its buyer is left alone."""
    change = Change.objects.create(
        fair=world.fair, key=UUID(int=2), what="company", participation=meeting.exhibitor,
        made_by=world.people["organiser"], starts_at=now, ends_at=now + timedelta(hours=1),
    )  # fmt: skip
    ChangedMeeting.objects.create(change=change, meeting=meeting, act="cancelled")
    meeting.bookings.all().delete()
    meeting.state = Meeting.State.CANCELLED
    meeting.save()
    return meeting


def _settled(world: World, meeting: Meeting, now: Any) -> Meeting:
    """The meeting with an outcome both sides confirmed, and a day for its next step."""
    outcome = Outcome.objects.create(meeting=meeting, fair=world.fair)
    outcome.agreed = OutcomeVersion.objects.create(
        outcome=outcome, number=1, kind="sample", next_step="sample", next_step_on=now.date(),
        written_by=world.people["seller"], written_as=Side.EXHIBITOR,
    )  # fmt: skip
    outcome.state, outcome.agreed_at, outcome.number = Outcome.State.AGREED, now, 1
    outcome.save()
    return meeting


def _request(world: World, ours: Any, others: Any, now: Any) -> MeetingRequest:
    return MeetingRequest.objects.create(
        fair=world.fair,
        sender=others,
        receiver=ours,
        slot=world.slots[4],
        made_by=world.people["other_buyer"],
        expires_at=now + timedelta(hours=1),
    )
