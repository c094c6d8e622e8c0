"""What is counted of companies, meetings, satisfaction, requests and inquiries."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .definition import Definition, Group, Of, Unit, of_companies, of_meetings


def _satisfaction(key: str, title: Promise, sentence: Promise, unit: Unit = Unit.NUMBER) -> Definition:
    return Definition(key, Group.SATISFACTION, title, sentence, Of.SATISFACTION, unit)


def _inquiries(key: str, title: Promise, sentence: Promise, unit: Unit = Unit.NUMBER) -> Definition:
    return Definition(key, Group.INQUIRIES, title, sentence, Of.INQUIRIES, unit)


COMPANIES_AND_MEETINGS = [
    of_companies("companies", Group.COMPANIES, _("Companies"), _("Companies whose participation is approved.")),
    of_companies("exhibitors", Group.COMPANIES, _("Exhibitors"), _("Approved companies that sell at the fair.")),
    of_companies(
        "exhibitors_by_prefecture",
        Group.COMPANIES,
        _("Exhibitors by prefecture"),
        _("Exhibitors by the prefecture entered for the company."),
    ),
    of_companies(
        "exhibitors_by_county",
        Group.COMPANIES,
        _("Exhibitors by county"),
        _("Exhibitors by the county entered for the company."),
    ),
    of_companies(
        "exhibitors_by_unit",
        Group.COMPANIES,
        _("Exhibitors by recruiting unit"),
        _("Exhibitors by the unit that recruited them."),
    ),
    of_companies(
        "exhibitors_by_type",
        Group.COMPANIES,
        _("Exhibitors by company type"),
        _("Exhibitors by the type of company entered: manufacturer, trading company, or both."),
    ),
    of_companies(
        "exhibitors_new",
        Group.COMPANIES,
        _("Exhibitors new to the market"),
        _("Exhibitors marked as new to the country of the buyers."),
    ),
    of_companies(
        "exhibitors_new_share",
        Group.COMPANIES,
        _("Share of exhibitors new to the market"),
        _("Exhibitors marked as new to the country of the buyers, as a share of all exhibitors."),
        Unit.PERCENT,
    ),
    of_companies("buyers", Group.BUYERS, _("Buyers"), _("Approved companies that buy at the fair.")),
    of_companies(
        "buyers_by_country", Group.BUYERS, _("Buyers by country"), _("Buyers by the country entered for the company.")
    ),
    of_companies("buyers_by_city", Group.BUYERS, _("Buyers by city"), _("Buyers by the city entered for the company.")),
    of_companies(
        "buyers_by_type", Group.BUYERS, _("Buyers by company type"), _("Buyers by the type of company entered.")
    ),
    of_companies(
        "buyers_by_unit",
        Group.BUYERS,
        _("Buyers by recruiting unit"),
        _("Buyers by the unit that recruited them."),
    ),
    of_companies(
        "buyers_with_purchaser",
        Group.BUYERS,
        _("Buyers with a named purchaser"),
        _("Buyers of whom at least one person is marked as leading the purchasing."),
    ),
    of_companies(
        "buyers_deciding",
        Group.BUYERS,
        _("Buyers whose purchaser decides"),
        _("Buyers with a named purchaser who may close a deal."),
    ),
    of_companies(
        "purchasers_deciding_share",
        Group.BUYERS,
        _("Share of purchasers who decide"),
        _("Of the people whom buyers have named as leading the purchasing, the share who may close a deal."),
        Unit.PERCENT,
    ),
    of_companies(
        "buyers_chief_executive",
        Group.BUYERS,
        _("Buyers represented by their chief executive"),
        _("Buyers whose named purchaser is Chief Executive, Managing Director, Proprietor or Managing Partner."),
    ),
    of_companies(
        "purchasers_chief_executive_share",
        Group.BUYERS,
        _("Share of chief executives among purchasers"),
        _(
            "Of the people whom buyers have named as leading the purchasing, the share who are Chief Executive, "
            "Managing Director, Proprietor or Managing Partner."
        ),
        Unit.PERCENT,
    ),
    of_companies(
        "buyers_by_title",
        Group.BUYERS,
        _("Buyers by the purchaser's title"),
        _(
            "Buyers with a named purchaser, by the title of that person; a buyer with several purchasers is counted "
            "once for each title."
        ),
    ),
    of_meetings(
        "meetings_planned",
        _("Meetings planned"),
        _("Meetings in both companies' schedules, not including cancelled ones."),
    ),
    of_meetings("meetings_over", _("Meetings due so far"), _("Planned meetings whose time is over.")),
    of_meetings(
        "meetings_held",
        _("Meetings held"),
        _(
            "Meetings that are over and in which both sides were connected at the same time for at least 60 seconds, "
            "or whose outcome both sides confirmed."
        ),
    ),
    of_meetings(
        "meetings_kept_share",
        _("Share of meetings kept"),
        _("Meetings held, as a share of the planned meetings whose time is over."),
        unit=Unit.PERCENT,
    ),
    of_meetings(
        "meetings_ten_minutes",
        _("Meetings of ten minutes or more"),
        _("Meetings held in which both sides were connected at the same time for at least ten minutes."),
    ),
    of_meetings(
        "meetings_missed",
        _("Meetings not held"),
        _("Meetings that are over and were not held, by what was recorded as the reason."),
    ),
    of_meetings(
        "meetings_with_interpreter",
        _("Meetings planned with an interpreter"),
        _("Planned meetings to which an interpreter was assigned."),
    ),
    of_meetings(
        "held_with_interpreter",
        _("Meetings held with an interpreter"),
        _("Meetings held to which an interpreter was assigned."),
    ),
    of_meetings(
        "held_with_interpreter_share",
        _("Share of meetings held with an interpreter"),
        _("Meetings held to which an interpreter was assigned, as a share of all meetings held."),
        unit=Unit.PERCENT,
    ),
    of_companies(
        "planned_per_exhibitor",
        Group.MEETINGS,
        _("Meetings planned per exhibitor"),
        _("The planned meetings of all exhibitors, divided by the number of exhibitors, rounded to two decimals."),
        Unit.HUNDREDTHS,
    ),
    of_companies(
        "planned_per_buyer",
        Group.MEETINGS,
        _("Meetings planned per buyer"),
        _("The planned meetings of all buyers, divided by the number of buyers, rounded to two decimals."),
        Unit.HUNDREDTHS,
    ),
    of_companies(
        "held_per_exhibitor",
        Group.MEETINGS,
        _("Meetings held per exhibitor"),
        _("The meetings held by all exhibitors, divided by the number of exhibitors, rounded to two decimals."),
        Unit.HUNDREDTHS,
    ),
    of_companies(
        "held_per_buyer",
        Group.MEETINGS,
        _("Meetings held per buyer"),
        _("The meetings held by all buyers, divided by the number of buyers, rounded to two decimals."),
        Unit.HUNDREDTHS,
    ),
    of_meetings(
        "planned_by_hall",
        _("Meetings planned, by hall"),
        _("Planned meetings by the hall of the exhibitor."),
    ),
    of_meetings("held_by_hall", _("Meetings held, by hall"), _("Meetings held, by the hall of the exhibitor.")),
    of_meetings("held_by_day", _("Meetings held, by day"), _("Meetings held, by the day of the fair.")),
    of_meetings(
        "held_by_outcome",
        _("Meetings held, by status of the outcome"),
        _(
            "Each meeting held once, by what is known of its outcome: confirmed by both sides, submitted by one, "
            "confirmed by both in different versions, withdrawn, only drafted, or none. Together they are the meetings "
            "held. Outcomes of meetings that were not held are not among them."
        ),
    ),
    of_companies(
        "companies_met",
        Group.MEETINGS,
        _("Companies that met"),
        _("Approved companies with at least one meeting held."),
    ),
    of_companies(
        "companies_below_floor",
        Group.MEETINGS,
        _("Companies below their minimum"),
        _(
            "Approved companies with fewer planned meetings, selling or buying, than the minimum set for them or for "
            "the fair."
        ),
    ),
]

OPINIONS_AND_ANSWERS = [
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
    _inquiries("inquiries", _("Enquiries"), _("Enquiries that visitors have opened at booths.")),
    _inquiries(
        "inquiries_answered",
        _("Enquiries answered"),
        _("Enquiries in which the booth has written at least once."),
    ),
    _inquiries(
        "inquiries_answer_time",
        _("Time to answer an enquiry"),
        _(
            "The median from the opening of an enquiry to the first answer of the booth: half of the answered "
            "enquiries were answered within it."
        ),
        Unit.SECONDS,
    ),
    _inquiries(
        "inquiries_late",
        _("Enquiries without an answer"),
        _("Enquiries that were opened more than three minutes ago and have had no answer."),
    ),
    _inquiries(
        "inquiries_late_with_meeting",
        _("Enquiries without an answer that led to a meeting"),
        _("Of these, those whose two companies have a planned meeting that starts after the enquiry was opened."),
    ),
    of_meetings(
        "planned_by_company",
        _("Planned"),
        _("Planned meetings of the company, selling and buying."),
        Group.EACH_COMPANY,
    ),
    of_meetings("held_by_company", _("Held"), _("Meetings of the company that were held."), Group.EACH_COMPANY),
]
