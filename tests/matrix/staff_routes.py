"""The routes of the booth office that are about the people of a company."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.matrix.route_rows import READ, Act, Done, Route, fair_slug, names, of_fair, post
from tests.matrix.world import World


def _of_colleague(world: World) -> list[Any]:
    return [world.fair.slug, world.things["colleague"].pk]


def _person(**more: Any) -> dict[str, Any]:
    return {**names("New", "person-"), "person-country": "CN", "person-language": "en", **more}


_NEW = ("accounts.Staff", "accounts.User", "fairs.Registration")
# The exhibitor's people are in the conversation that the buyer has begun.
ADDED = {
    "POST": Act(
        Done("booth_office:staff_person", (*_NEW, "chat.Member")),
        {"rival": Done("booth_office:staff_person", _NEW)},
        lambda world: _person(),
    )
}
CHANGED = post(
    "booth_office:staff_person", "accounts.Staff", "accounts.User",
    fields=_person(**{"position-position": "Technical Engineer"}),
)  # fmt: skip
ENDED = post("booth_office:staff", "accounts.Staff", "accounts.Token", "accounts.User", "booths.Shift")


def _shift(world: World) -> dict[str, Any]:
    """In China, in the evening of the day that the world's slots are on."""
    day = world.slots[0].day
    return {
        "shift-staff": world.things["colleague"].pk,
        "shift-day": day.pk,
        "shift-starts": "20:00",
        "shift-ends": "21:00",
    }


def _copy(world: World) -> dict[str, Any]:
    days = list(world.fair.days.order_by("date"))
    return {"copy-of": days[0].pk, "copy-to": [days[1].pk]}


# One company's people are not the other's.
SHIFT = {"POST": Act(Done("booth_office:staff", ("booths.Shift",)), {"rival": Done(409)}, _shift)}
COPIED = {"POST": Act(Done("booth_office:staff", ("booths.Shift",)), {"rival": Done("booth_office:staff")}, _copy)}


def _own_import(world: World) -> list[Any]:
    return [world.fair.slug, "products", world.things["own_import"].pk]


UPLOADED = {
    "POST": Act(
        Done("booth_office:import", ("files.File", "workbook.WorkbookImport")),
        fields=lambda world: {"file": SimpleUploadedFile("own.csv", b"article,name_en,hs")},
    )
}
STORED = post("booth_office:import", "workbook.WorkbookImport")
MENDED = {"GET": Act(Done(200, ("accounts.AuditEntry",)))}
WITHDRAWN = post("booth_office:staff", "fairs.Registration", others={"rival": Done(404)})
SENT = post("booth_office:staff_person", "fairs.Registration", fields={"medium": "letters"})
STAFF: dict[str, Route] = {
    "booth_office:staff": Route("own_booth", fair_slug, READ),
    "booth_office:staff_add": Route("own_booth", fair_slug, READ | ADDED),
    "booth_office:staff_person": Route("colleague", _of_colleague, READ | CHANGED),
    "booth_office:staff_end": Route("colleague", _of_colleague, ENDED),
    "booth_office:staff_link": Route("colleague", _of_colleague, SENT),
    "booth_office:staff_issued": Route("own_booth", fair_slug, {"GET": Act(Done("booth_office:staff"))}),
    "booth_office:staff_withdraw": Route("own_booth", of_fair("colleague_invited"), WITHDRAWN),
    "booth_office:products_import": Route("own_booth", fair_slug, READ | UPLOADED),
    "booth_office:products_sheet": Route("own_booth", fair_slug, READ),
    "booth_office:staff_import": Route("own_booth", fair_slug, READ | UPLOADED),
    "booth_office:staff_sheet": Route("own_booth", fair_slug, {"GET": Act(Done(200, ("accounts.AuditEntry",)))}),
    "booth_office:import": Route("own_import", _own_import, READ),
    "booth_office:import_store": Route("own_import", _own_import, STORED),
    "booth_office:import_mend": Route("own_import", _own_import, MENDED),
    "booth_office:shift_add": Route("own_booth", fair_slug, SHIFT),
    "booth_office:shift_copy": Route("own_booth", fair_slug, COPIED),
    "booth_office:shift_remove": Route("shift", of_fair("shift"), post("booth_office:staff", "booths.Shift")),
}
