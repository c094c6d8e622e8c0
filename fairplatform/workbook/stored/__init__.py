"""The sheets that are stored, in the order of storing: a row refers to rows of its own sheet and earlier ones only."""

from .companies import CompanySheet
from .fair import BODIES, HALLS, UNITS, FairSheet
from .goods import DEMANDS, ProductSheet, prepared
from .people import PersonSheet
from .record import FIGURES, RATES, LedgerSheet
from .sheet import Change, Stored, StoredSheet, Work
from .times import CALENDARS, DAYS, HOLIDAYS
from .wishes import ABSENCES, PAIRS, PREFERENCES

__all__ = ["STORED_SHEETS", "Change", "Stored", "StoredSheet", "Work", "prepared"]

STORED_SHEETS: dict[str, StoredSheet] = {
    sheet.name: sheet
    for sheet in (
        FairSheet(),
        BODIES,
        UNITS,
        HALLS,
        DAYS,
        CALENDARS,
        HOLIDAYS,
        CompanySheet(),
        PersonSheet(),
        ProductSheet(),
        DEMANDS,
        ABSENCES,
        PREFERENCES,
        PAIRS,
        LedgerSheet(),
        FIGURES,
        RATES,
    )
}
