"""What is counted of outcomes and of the entries of the ledger."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .definition import Definition, Group, Of, Status, Unit


def _results(key: str, title: Promise, sentence: Promise, unit: Unit = Unit.NUMBER) -> list[Definition]:
    """The same of what both sides confirmed and of what one side alone has submitted."""
    return [
        Definition(f"{key}_{status}", Group.RESULTS, title, sentence, Of.MEETINGS, unit, status)
        for status in (Status.CONFIRMED, Status.ONE_SIDE)
    ]


def _realised(*listed: tuple[str, Promise, Promise, Unit]) -> Iterator[Definition]:
    for key, title, sentence, unit in listed:
        yield Definition(key, Group.REALISED, title, sentence, Of.LEDGER, unit)


RESULTS = [
    *_results("outcomes", _("Outcomes by type"), _("Meetings by the type of their outcome.")),
    *_results(
        "outcomes_amount",
        _("Amounts, by type"),
        _(
            "The amounts of outcomes, each type and each currency with its own total; of ranges the lower end. Of "
            "intended deals in one currency that answer the same demand of a buyer only the largest is counted."
        ),
        Unit.MONEY,
    ),
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
    *_results(
        "purchases_by_sector_amount",
        _("Concluded and intended purchases, by sector"),
        _(
            "The same amounts by the hall of the exhibitor, for a hall is a sector of the fair. Each amount that a "
            "company hides is left out and counted beside."
        ),
        Unit.MONEY,
    ),
    *_results(
        "purchases_by_day_amount",
        _("Concluded and intended purchases, by day"),
        _(
            "The same amounts by the day of the meeting. Each amount that a company hides is left out and counted "
            "beside."
        ),
        Unit.MONEY,
    ),
    *_results(
        "purchases_new_share",
        _("Share of purchases with new customers"),
        _(
            "Of the meetings with concluded or intended purchases, the share whose exhibitor is marked as new to the "
            "country of the buyers: all its customers there are new."
        ),
        Unit.PERCENT,
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
            "Of the concluded purchases the ten largest in each currency, among those whose entry in the ledger all "
            "parties have released with its amount. Intended deals are not in the ledger."
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
    *_realised(
        (
            "realised_amount",
            _("Amount realised"),
            _("What was recorded as realised of agreements that the parties have confirmed, by type and currency."),
            Unit.MONEY,
        ),
        (
            "realised_of_amount",
            _("Agreed, where anything was realised"),
            _(
                "All amounts that the parties have confirmed, of the types and currencies of which anything was "
                "recorded as realised. Amounts that a company hides are not among them."
            ),
            Unit.MONEY,
        ),
        (
            "realised_share",
            _("Share realised"),
            _("What was realised of these amounts, as a share of them, by type and currency."),
            Unit.PERCENT,
        ),
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
]
