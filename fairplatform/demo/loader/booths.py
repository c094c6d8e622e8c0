"""The booths and the products shown at them."""

from collections import Counter
from decimal import Decimal

from booths.models import Booth, Display, Product
from booths.models.product import PRICE_SCALE
from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Hall, Participation

from ..plan.entities import DemoCompany, DemoProduct
from . import vocabulary
from .rows import LoaderRun


def load_booths(run: LoaderRun) -> None:
    """A booth for each exhibitor, numbered within its hall."""
    exhibitors = [firm for firm in run.plan.companies if firm.role == "exhibitor"]
    new = run.rows.missing(Booth, exhibitors)
    participations = Participation.objects.select_related("company").in_bulk(run.rows.ids(Participation).values())
    halls = Hall.objects.in_bulk(run.rows.ids(Hall).values())
    numbers = _numbers(exhibitors)
    booths = {}
    for firm in new:
        participation = participations[run.rows.ids(Participation)[firm.key]]
        booths[firm.key] = Booth(
            fair=run.fair,
            participation=participation,
            hall=halls[run.rows.ids(Hall)[firm.hall or ""]],
            slug=firm.key,
            number=numbers[firm.key],
        )
    run.rows.add(Booth, booths)


def load_products(run: LoaderRun) -> None:
    """The products of each exhibitor, shown at its booth in the plan's order."""
    companies = Company.objects.in_bulk(run.rows.ids(Company).values())
    new = run.rows.missing(Product, run.plan.products)
    made = {good.key: _product(companies[run.rows.ids(Company)[good.company]], good) for good in new}
    run.rows.add(Product, made)
    ranks: Counter[str] = Counter()
    displays = []
    for good in new:
        ranks[good.company] += 1
        displays.append(
            Display(booth_id=run.rows.ids(Booth)[good.company], product=made[good.key], rank=ranks[good.company])
        )
    Display.objects.bulk_create(displays)


def _numbers(exhibitors: list[DemoCompany]) -> dict[str, int]:
    """Booth number in its hall, from 1, by company key."""
    count: Counter[str | None] = Counter()
    numbers = {}
    for firm in exhibitors:
        count[firm.hall] += 1
        numbers[firm.key] = count[firm.hall]
    return numbers


def _product(company: Company, good: DemoProduct) -> Product:
    return Product(
        company=company,
        name=good.name,
        description=good.detail,
        hs6=good.hs6,
        moq=good.moq,
        moq_unit=vocabulary.UNITS.get(good.unit, good.unit),
        price_low=_price(good.price_low),
        price_high=_price(good.price_high),
        price_unit=vocabulary.UNITS.get(good.price_unit, good.price_unit),
        lead_days=good.lead_days,
        certificates=[*good.certificates, *(f"{authority}: ask importer" for authority in good.ask)],
    )


def _price(amount: Decimal) -> int:
    return int(amount * PRICE_SCALE)
