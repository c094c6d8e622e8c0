"""The fair itself, its bodies, recruiting units and halls."""

from collections.abc import Sequence
from typing import Any

from fairplatform.fairs.models import Body, Fair, Hall, RecruitingUnit
from fairplatform.fairs.sharing import Elsewhere

from ..fields import Field, LocalTime, Plain, Telephone, Values, Words, attributes_of, read_all, write_all
from ..keys import KeyBook
from .sheet import Change, Stored, TableSheet, Tiers, Work, by_names, save


class FairSheet:
    """The sheet with one row: the fair."""

    name = "fair"
    fields: tuple[Field, ...] = (
        Plain("slug"),
        Words("name"),
        Words("station"),
        Words("theme"),
        Plain("host_country"),
        Plain("station_country"),
        Plain("host_zone"),
        Plain("station_zone"),
        Plain("slot_minutes"),
        Plain("change_minutes"),
        Plain("rooms"),
        Plain("min_meetings"),
        Plain("max_meetings"),
        Plain("languages"),
        Plain("series"),
        LocalTime("ceremony_at", "station_zone"),
    )

    def read(self, fair: Fair, keys: KeyBook, elsewhere: Elsewhere) -> list[Stored]:
        return [Stored(read_all(self.fields, fair, keys), fair)]

    def tiers(self, values: Values) -> Tiers:
        return [[("slug", values.get("slug"))]]

    def store(self, work: Work, changes: Sequence[Change]) -> None:
        for change in changes:
            fair = change.stored.row if change.stored else Fair()
            write_all(self.fields, fair, change.values, work.keys)
            save(Fair, [fair], attributes_of(self.fields))
            work.fair = fair


def _ranked(work: Work, new: list[Any]) -> None:
    last = max((body.row.rank for body in work.stored["bodies"]), default=0)
    for rank, body in enumerate(new, start=last + 1):
        body.rank = rank


def _decorated(work: Work, new: list[Any]) -> None:
    for hall in new:
        hall.pattern = hall.number


BODIES = TableSheet(
    "bodies",
    Body,
    (Plain("part"), Words("name")),
    lambda values: [by_names("name", values, values.get("part"))],
    complete=_ranked,
    order=("rank", "pk"),
)
UNITS = TableSheet(
    "units",
    RecruitingUnit,
    (
        Plain("key"),
        Words("name"),
        Plain("country"),
        Plain("quota"),
        Plain("contact"),
        Telephone("mobile"),
        Plain("reply_by"),
    ),
    lambda values: [by_names("name", values)],
    key="key",
    names=lambda unit: [unit.name.get("en", ""), "unit"],
)
HALLS = TableSheet(
    "halls",
    Hall,
    (Plain("number"), Words("name"), Plain("headings")),
    lambda values: [[("number", values.get("number"))]],
    key="number",
    complete=_decorated,
)
