"""What a definition of a figure says."""

from enum import StrEnum
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Group(TextChoices):
    COMPANIES = "companies", _("Companies and exhibitors")
    BUYERS = "buyers", _("Buyers")
    MEETINGS = "meetings", _("Meetings")
    RESULTS = "results", _("Results")
    REALISED = "realised", _("Realised so far")
    PAPERS = "papers", _("Agreements known from elsewhere")
    SATISFACTION = "satisfaction", _("Satisfaction")
    REQUESTS = "requests", _("Meeting requests")
    INQUIRIES = "inquiries", _("Enquiries")
    EACH_COMPANY = "each_company", _("Meetings of each company")


class Status(TextChoices):
    """How a result is known. Results of one status are never added to those of another."""

    NONE = "", ""
    CONFIRMED = "confirmed", _("Confirmed by both")
    ONE_SIDE = "one_side", _("Submitted by one side")


class Of(StrEnum):
    """The rows that a figure is of."""

    COMPANIES = "companies"
    MEETINGS = "meetings"
    REQUESTS = "requests"
    INQUIRIES = "inquiries"
    SATISFACTION = "satisfaction"
    LEDGER = "ledger"


class Unit(StrEnum):
    """What a value counts; of a percentage its tenths, of a mean its hundredths."""

    NUMBER = "number"
    MONEY = "money"
    MINUTES = "minutes"
    SECONDS = "seconds"
    HUNDREDTHS = "hundredths"
    PERCENT = "percent"


LARGEST = 10  # deals that are named, in each currency


class Definition(NamedTuple):
    """`title` and `sentence` are in whatever language is active."""

    key: str
    group: Group
    title: object
    sentence: object
    of: Of
    unit: Unit = Unit.NUMBER
    status: Status = Status.NONE

    @property
    def stem(self) -> str:
        """Its key without the status: what stands in one line with those of other statuses."""
        return self.key.removesuffix(f"_{self.status}") if self.status else self.key


def of_companies(key: str, group: Group, title: Promise, sentence: Promise, unit: Unit = Unit.NUMBER) -> Definition:
    return Definition(key, group, title, sentence, Of.COMPANIES, unit)


def of_meetings(
    key: str, title: Promise, sentence: Promise, group: Group = Group.MEETINGS, unit: Unit = Unit.NUMBER
) -> Definition:
    return Definition(key, group, title, sentence, Of.MEETINGS, unit)
