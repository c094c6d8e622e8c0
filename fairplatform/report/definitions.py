"""What each figure is called and what exactly it counts. Nothing is shown that has no definition here."""

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
    PAPERS = "papers", _("Agreements known from elsewhere")
    SATISFACTION = "satisfaction", _("Satisfaction")
    REQUESTS = "requests", _("Meeting requests")
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
    SATISFACTION = "satisfaction"
    LEDGER = "ledger"


class Unit(StrEnum):
    NUMBER = "number"
    MONEY = "money"
    MINUTES = "minutes"
    HUNDREDTHS = "hundredths"


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


def _companies(key: str, group: Group, title: Promise, sentence: Promise) -> Definition:
    return Definition(key, group, title, sentence, Of.COMPANIES)


def _meetings(key: str, title: Promise, sentence: Promise, group: Group = Group.MEETINGS) -> Definition:
    return Definition(key, group, title, sentence, Of.MEETINGS)


def _results(key: str, title: Promise, sentence: Promise, unit: Unit = Unit.NUMBER) -> list[Definition]:
    """The same of what both sides confirmed and of what one side alone has submitted."""
    return [
        Definition(f"{key}_{status}", Group.RESULTS, title, sentence, Of.MEETINGS, unit, status)
        for status in (Status.CONFIRMED, Status.ONE_SIDE)
    ]


def _satisfaction(key: str, title: Promise, sentence: Promise, unit: Unit = Unit.NUMBER) -> Definition:
    return Definition(key, Group.SATISFACTION, title, sentence, Of.SATISFACTION, unit)


_ALL = [
    _companies("companies", Group.COMPANIES, _("Companies"), _("Companies whose participation is approved.")),
    _companies("exhibitors", Group.COMPANIES, _("Exhibitors"), _("Approved companies that sell at the fair.")),
    _companies(
        "exhibitors_by_prefecture",
        Group.COMPANIES,
        _("Exhibitors by prefecture"),
        _("Exhibitors by the prefecture entered for the company."),
    ),
    _companies(
        "exhibitors_by_county",
        Group.COMPANIES,
        _("Exhibitors by county"),
        _("Exhibitors by the county entered for the company."),
    ),
    _companies(
        "exhibitors_by_unit",
        Group.COMPANIES,
        _("Exhibitors by recruiting unit"),
        _("Exhibitors by the unit that recruited them."),
    ),
    _companies(
        "exhibitors_by_type",
        Group.COMPANIES,
        _("Exhibitors by company type"),
        _("Exhibitors by the type of company entered: manufacturer, trading company, or both."),
    ),
    _companies(
        "exhibitors_new",
        Group.COMPANIES,
        _("Exhibitors new to the market"),
        _("Exhibitors marked as new to the country of the buyers."),
    ),
    _companies("buyers", Group.BUYERS, _("Buyers"), _("Approved companies that buy at the fair.")),
    _companies(
        "buyers_by_country", Group.BUYERS, _("Buyers by country"), _("Buyers by the country entered for the company.")
    ),
    _companies("buyers_by_city", Group.BUYERS, _("Buyers by city"), _("Buyers by the city entered for the company.")),
    _companies(
        "buyers_by_type", Group.BUYERS, _("Buyers by company type"), _("Buyers by the type of company entered.")
    ),
    _companies(
        "buyers_by_unit",
        Group.BUYERS,
        _("Buyers by recruiting unit"),
        _("Buyers by the unit that recruited them."),
    ),
    _companies(
        "buyers_with_purchaser",
        Group.BUYERS,
        _("Buyers with a named purchaser"),
        _("Buyers of whom at least one person is marked as leading the purchasing."),
    ),
    _companies(
        "buyers_deciding",
        Group.BUYERS,
        _("Buyers whose purchaser decides"),
        _("Buyers with a named purchaser who may close a deal."),
    ),
    _companies(
        "buyers_chief_executive",
        Group.BUYERS,
        _("Buyers represented by their chief executive"),
        _("Buyers whose named purchaser is Chief Executive, Managing Director, Proprietor or Managing Partner."),
    ),
    _companies(
        "buyers_by_title",
        Group.BUYERS,
        _("Buyers by the purchaser's title"),
        _(
            "Buyers with a named purchaser, by the title of that person; a buyer with several purchasers is counted "
            "once for each title."
        ),
    ),
    _meetings(
        "meetings_planned",
        _("Meetings planned"),
        _("Meetings in the published schedule that were not cancelled."),
    ),
    _meetings("meetings_over", _("Meetings due so far"), _("Planned meetings whose time is over.")),
    _meetings(
        "meetings_held",
        _("Meetings held"),
        _(
            "Meetings that are over and in which both sides were connected at the same time for at least 60 seconds, "
            "or whose outcome both sides confirmed."
        ),
    ),
    _meetings(
        "meetings_ten_minutes",
        _("Meetings of ten minutes or more"),
        _("Meetings held in which both sides were connected at the same time for at least ten minutes."),
    ),
    _meetings(
        "meetings_missed",
        _("Meetings not held"),
        _("Meetings that are over and were not held, by what was recorded as the reason."),
    ),
    _meetings(
        "meetings_with_interpreter",
        _("Meetings planned with an interpreter"),
        _("Planned meetings to which an interpreter was assigned."),
    ),
    _meetings(
        "held_with_interpreter",
        _("Meetings held with an interpreter"),
        _("Meetings held to which an interpreter was assigned."),
    ),
    _meetings(
        "planned_by_hall",
        _("Meetings planned, by hall"),
        _("Planned meetings by the hall of the exhibitor."),
    ),
    _meetings("held_by_hall", _("Meetings held, by hall"), _("Meetings held, by the hall of the exhibitor.")),
    _meetings("held_by_day", _("Meetings held, by day"), _("Meetings held, by the day of the fair.")),
    _meetings(
        "held_by_outcome",
        _("Meetings held, by status of the outcome"),
        _(
            "Each meeting held once, by what is known of its outcome: confirmed by both sides, submitted by one, "
            "confirmed by both in different versions, withdrawn, only drafted, or none. Together they are the meetings "
            "held. Outcomes of meetings that were not held are not among them."
        ),
    ),
    _companies(
        "companies_met",
        Group.MEETINGS,
        _("Companies that met"),
        _("Approved companies with at least one meeting held."),
    ),
    _companies(
        "companies_below_floor",
        Group.MEETINGS,
        _("Companies below their minimum"),
        _(
            "Approved companies with fewer planned meetings, selling or buying, than the minimum set for them or for "
            "the fair."
        ),
    ),
    *_results("outcomes", _("Outcomes by type"), _("Meetings by the type of their outcome.")),
    *_results(
        "concluded",
        _("Concluded purchases, number"),
        _("Meetings whose outcome is a trial order, an order or a contract."),
    ),
    *_results(
        "concluded_amount",
        _("Concluded purchases"),
        _("The amounts of trial orders, orders and contracts. Each currency has its own total."),
        Unit.MONEY,
    ),
    *_results(
        "intended",
        _("Intended purchases, number"),
        _(
            "Meetings whose outcome is an intended deal. Deals in one currency that answer the same demand of a buyer "
            "are counted once, the largest."
        ),
    ),
    *_results(
        "intended_amount",
        _("Intended purchases"),
        _(
            "The amounts of intended deals, of a range the lower end. Of deals in one currency that answer the same "
            "demand of a buyer only the largest is counted. Each currency has its own total."
        ),
        Unit.MONEY,
    ),
    *_results(
        "purchases_amount",
        _("Concluded and intended purchases"),
        _(
            "The sum of concluded and intended purchases as they are counted above, without memoranda and letters of "
            "intent. Each currency has its own total."
        ),
        Unit.MONEY,
    ),
    Definition(
        "intended_differing_amount",
        Group.RESULTS,
        _("Intended purchases whose amounts differ, at the smaller amount"),
        _(
            "Intended deals that both sides submitted with different amounts in one currency: the smaller of the two, "
            "and of those that answer the same demand only the largest. They are in no other figure of purchases."
        ),
        Of.MEETINGS,
        Unit.MONEY,
    ),
    Definition(
        "largest_deals",
        Group.RESULTS,
        _("Largest deals that may be named"),
        _(
            "Of the concluded and intended purchases that both sides confirmed the ten largest in each currency. "
            "A deal whose amount a company hides is not among them."
        ),
        Of.MEETINGS,
        Unit.MONEY,
    ),
    *_results(
        "memoranda",
        _("Memoranda and letters of intent"),
        _(
            "Meetings whose outcome is a memorandum of understanding or a letter of intent. They are in no sum of "
            "purchases."
        ),
    ),
    *_results(
        "memoranda_amount",
        _("Amounts in memoranda and letters of intent"),
        _("The amounts that memoranda and letters of intent name. They are in no sum of purchases."),
        Unit.MONEY,
    ),
    Definition(
        "papers_document",
        Group.PAPERS,
        _("From a document"),
        _("Entries of the ledger that were entered from a document, by type. They are in no other figure."),
        Of.LEDGER,
    ),
    Definition(
        "papers_report",
        Group.PAPERS,
        _("From a news report"),
        _("Entries of the ledger that were entered from a published report, by type. They are in no other figure."),
        Of.LEDGER,
    ),
    _satisfaction(
        "satisfaction_answers",
        _("Answers"),
        _("How often a company has rated a meeting that was held; each meeting can be rated by both companies."),
    ),
    _satisfaction(
        "satisfaction_average",
        _("Average rating"),
        _("The mean of all ratings, from 1 (very poor) to 5 (very good), rounded to two decimals."),
        Unit.HUNDREDTHS,
    ),
    _satisfaction(
        "satisfaction_average_by_side",
        _("Average rating, by side"),
        _("The mean of the ratings that exhibitors gave, and of those that buyers gave."),
        Unit.HUNDREDTHS,
    ),
    _satisfaction(
        "satisfaction_by_rating", _("Answers, by rating"), _("How often each rating was given, from 5 to 1.")
    ),
    _satisfaction(
        "satisfaction_right",
        _("Right partner"),
        _("How often a company that rated a meeting also said that it met the right partner."),
    ),
    _satisfaction(
        "satisfaction_wrong",
        _("Wrong partner"),
        _("How often a company that rated a meeting also said that it did not meet the right partner."),
    ),
    _satisfaction(
        "satisfaction_wrong_by_reason",
        _("Wrong partner, by reason"),
        _("The same by the reason that the company chose."),
    ),
    Definition(
        "requests_answered",
        Group.REQUESTS,
        _("Requests answered"),
        _("Requests for a meeting that were accepted or declined."),
        Of.REQUESTS,
    ),
    Definition(
        "requests_answer_time",
        Group.REQUESTS,
        _("Time to answer a request"),
        _(
            "The median, in whole minutes, from a request to its answer: half of the answered requests were answered "
            "within it."
        ),
        Of.REQUESTS,
        Unit.MINUTES,
    ),
    _meetings(
        "planned_by_company",
        _("Planned"),
        _("Planned meetings of the company, selling and buying."),
        Group.EACH_COMPANY,
    ),
    _meetings("held_by_company", _("Held"), _("Meetings of the company that were held."), Group.EACH_COMPANY),
]

DEFINITIONS: dict[str, Definition] = {one.key: one for one in _ALL}
