"""What is fixed before the schedule is made: absences, preferences and pairs."""

from fairplatform.fairs.models import Preference
from meetings.models import Pair

from ..kinds import Choice, Date, Integer, LanguagePair, Reference, References, Text, Time, Zone
from .column import needed, optional, sheet

SHEETS = (
    sheet(
        "absences",
        needed("who", Reference("companies", "people")),
        needed("date", Date()),
        optional("from_time", Time()),
        optional("to_time", Time()),
        optional("zone", Zone()),
        who=(("who", "date", "from_time", "to_time"),),
    ),
    sheet(
        "preferences",
        needed("company", Reference("companies")),
        needed("wants", References("companies")),
        needed("wish", Choice(dict(Preference.Wish.choices))),
        optional("by", Reference("people")),
        who=(("company", "wants"),),
    ),
    sheet(
        "pairs",
        optional("number", Integer(1, 2**31 - 1)),
        needed("exhibitor", Reference("companies")),
        needed("buyer", Reference("companies")),
        optional("interpreter", Choice(dict(Pair.Need.choices))),
        optional("interpreter_key", Reference("people")),
        optional("language_pair", LanguagePair()),
        optional("date", Date()),
        optional("time", Time()),
        optional("zone", Zone()),
        optional("remarks", Text()),
        who=(("exhibitor", "buyer"),),
    ),
)
