"""The fair itself: who is behind it, its halls, its days, and when people in each country work."""

from fairplatform.fairs.models import Body

from ..kinds import (
    Choice,
    City,
    Country,
    Date,
    DateTime,
    EndTime,
    HsList,
    Integer,
    Key,
    Languages,
    Pauses,
    Phone,
    Slug,
    Text,
    Time,
    Weekdays,
    YesNo,
    Zone,
)
from .column import needed, optional, sheet, text

HALL_NUMBER = Integer(1, 999)
MOST_MEETINGS = 999  # of a company

SHEETS = (
    sheet(
        "fair",
        needed("slug", Slug(40)),
        text("name", needed=True),
        text("station"),
        text("theme"),
        needed("host_country", Country()),
        needed("station_country", Country()),
        needed("host_zone", Zone()),
        needed("station_zone", Zone()),
        needed("slot_minutes", Integer(5, 240)),
        optional("change_minutes", Integer(0, 240)),
        optional("rooms", Integer(1, 9999)),
        optional("min_meetings", Integer(0, MOST_MEETINGS)),
        optional("max_meetings", Integer(0, MOST_MEETINGS)),
        optional("languages", Languages()),
        optional("series", Text(120)),
        optional("ceremony_at", DateTime()),
        who=(("slug",),),
    ),
    sheet(
        "bodies", needed("part", Choice(dict(Body.Part.choices))), text("name", needed=True), who=(("part", "name"),)
    ),
    sheet(
        "units",
        optional("key", Key()),
        text("name", needed=True),
        needed("country", Country()),
        optional("quota", Integer(0, 9999)),
        optional("contact", Text(120)),
        optional("mobile", Phone()),
        optional("reply_by", Date()),
        who=(("name",),),
    ),
    sheet(
        "halls",
        needed("number", HALL_NUMBER),
        text("name", needed=True),
        optional("headings", HsList()),
        who=(("number",),),
    ),
    sheet(
        "days",
        needed("date", Date()),
        needed("starts", Time()),
        needed("ends", EndTime()),
        needed("zone", Zone()),
        optional("reserve_slots", Integer(0, 99)),
        text("note", 400),
        who=(("date",),),
    ),
    sheet(
        "calendars",
        needed("country", Country()),
        optional("city", City()),
        needed("weekdays", Weekdays()),
        needed("opens", Time()),
        needed("closes", EndTime()),
        optional("zone", Zone()),
        optional("pauses", Pauses()),
        optional("from", Date()),
        optional("to", Date()),
        who=(("country", "city", "from", "to", "weekdays"),),
    ),
    sheet(
        "holidays",
        needed("date", Date()),
        needed("country", Country()),
        optional("city", City()),
        optional("from", Time()),
        optional("to", Time()),
        optional("works", YesNo()),
        text("name"),
        who=(("date", "country", "city"),),
    ),
)
