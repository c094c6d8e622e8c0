"""The demands of the workbook with what has become of them, and the quotes that exhibitors have sent for some."""

from collections.abc import Iterable
from datetime import timedelta

from booths.models import Demand, Product, Quote, QuoteVersion
from booths.models.product import PRICE_SCALE
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Participation

from ..additions import Answer, additions
from ..plan.entities import Moment
from .days_and_slots import CEREMONY
from .fair import import_missing_demands
from .rows import LoaderRun

ENTERED_WITHIN_DAYS = 12  # before the ceremony


def load_demands(run: LoaderRun) -> None:
    """Registers the imported demands, and loads the quotes that are not there yet."""
    if not run.rows.ids(Demand):
        import_missing_demands(run)
        run.rows.register(Demand, run.fair.demands.exclude(key="").values_list("key", "pk"))
        _complete(run)
    write_quotes(run, run.rows.missing(Quote, additions().answers))


def _complete(run: LoaderRun) -> None:
    """What no column of a workbook says: when they were entered, by whom, and why they were closed."""
    demands = Demand.objects.in_bulk(run.rows.ids(Demand).values())
    for number, demand in enumerate(demands.values()):
        demand.created_at = run.anchor.instant(CEREMONY) - timedelta(days=number % ENTERED_WITHIN_DAYS + 1)
        demand.closed_reason = additions().closed.get(demand.key, "")
        taker = additions().taken.get(demand.key)
        demand.taken_by_id = run.rows.ids(User)[taker] if taker else None
    Demand.objects.bulk_update(demands.values(), ["created_at", "closed_reason", "taken_by"])


def write_quotes(run: LoaderRun, answers: Iterable[Answer]) -> None:
    """Inserts quotes with their versions."""
    answers = list(answers)
    quotes = {
        answer.key: Quote(
            fair=run.fair,
            demand_id=run.rows.ids(Demand)[answer.demand],
            participation_id=run.rows.ids(Participation)[answer.exhibitor],
        )
        for answer in answers
    }
    run.rows.add(Quote, quotes)
    write_versions(run, answers, quotes)


def write_versions(run: LoaderRun, answers: Iterable[Answer], quotes: dict[str, Quote]) -> None:
    """The versions of these quotes; the last one counts."""
    demands = Demand.objects.in_bulk(quote.demand_id for quote in quotes.values())
    versions = [
        version
        for answer in answers
        for version in _versions(run, answer, quotes[answer.key], demands[quotes[answer.key].demand_id])
    ]
    QuoteVersion.objects.bulk_create(versions)
    for version in versions:
        version.quote.newest = version
    Quote.objects.bulk_update(quotes.values(), ["newest"])


def _versions(run: LoaderRun, answer: Answer, quote: Quote, demand: Demand) -> Iterable[QuoteVersion]:
    product = Product.objects.get(pk=run.rows.ids(Product)[f"{answer.exhibitor}/{demand.hs_code}"])
    for number, version in enumerate(answer.versions, start=1):
        yield QuoteVersion(
            quote=quote,
            number=number,
            product=product,
            goods=product.name,
            hs_code=demand.hs_code,
            quantity=demand.quantity,
            unit=demand.unit,
            price=int(version.price * PRICE_SCALE),
            currency="USD",
            incoterm=version.incoterm,
            place=version.place,
            lead_days=version.lead_days,
            payment=version.payment,
            gives_origin=version.gives_origin,
            valid_until=run.anchor.days[0] + timedelta(days=version.valid_days),
            remarks=version.remarks,
            written_by_id=run.rows.ids(User)[f"{answer.exhibitor}-1"],
            written_at=run.anchor.instant(Moment(version.day, version.at)),
        )
