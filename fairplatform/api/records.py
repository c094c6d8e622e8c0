"""What the API says of fairs, halls, booths and products: the shapes of its answers, and how they are made of rows."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from ninja import Schema
from pydantic import Field

from booths.models import Booth, Display, Product
from fairplatform.accounts.locations import CITY_NAMES, LOCATION_NAMES
from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Fair, Hall
from fairplatform.i18n.text import LANGUAGES, in_every_language

HS_DIGITS = 6
Record = TypeVar("Record")


def Hs(description: str) -> Any:  # noqa: N802 — as pydantic's Field
    """The field of an HS code of six digits."""
    return Field(pattern=r"^[0-9]{6}$", description=description)


class Texts(Schema):
    """A text in each language it exists in: English, Chinese (simplified) and Urdu."""

    en: str | None
    zh: str | None
    ur: str | None


class Page(Schema, Generic[Record]):
    """A part of a list: `limit` rows from `offset` on, of `total`."""

    results: list[Record]
    total: int


class FairDay(Schema):
    number: int
    date: date


class FairRecord(Schema):
    slug: str
    name: Texts
    station: Texts
    theme: Texts
    state: Literal["open", "closed"]
    host_country: str = Field(description="ISO 3166: the country of the exhibitors.")
    station_country: str = Field(description="ISO 3166: the target country.")
    host_zone: str = Field(description="IANA time zone.")
    station_zone: str = Field(description="IANA time zone.")
    days: list[FairDay] = Field(description="As dated in the target country.")
    url: str = Field(description="The fair's page.")


class HallRecord(Schema):
    number: int
    name: Texts
    headings: list[str] = Field(description="HS headings shown here, four digits each.")
    booths: int = Field(description="How many there are.")
    url: str


class CompanyRecord(Schema):
    name: Texts
    tagline: Texts
    kind: str
    country: str = Field(description="ISO 3166.")
    city: Texts
    verified: bool
    demo: bool = Field(description="An invented company of the demonstration.")


class BoothRecord(Schema):
    slug: str
    number: str = Field(description="Its place in the hall.")
    hall: int
    company: CompanyRecord
    url: str


class BoothDetail(BoothRecord):
    story: Texts
    address: Texts
    founded: int | None
    employees: int | None


class Quantity(Schema):
    amount: int
    unit: str


class Price(Schema):
    """A range for one `unit`. Amounts are decimal numbers in the currency's unit, written out: `"1.10"`."""

    low: str = Field(pattern=r"^[0-9]+\.[0-9]{2,4}$")
    high: str = Field(pattern=r"^[0-9]+\.[0-9]{2,4}$")
    currency: str = Field(description="ISO 4217.")
    unit: str


class ProductRecord(Schema):
    key: str
    name: Texts
    description: Texts
    hs: str | None = Hs("HS 2022; null where only the heading is known.")
    heading: str = Field(description="HS 2022, four digits.")
    booth: str = Field(description="The slug of its booth.")
    company: Texts
    price: Price | None
    minimum_order: Quantity | None
    incoterm: str | None = Field(description="Incoterms 2020.")
    place: Texts = Field(description="The named place of the Incoterm.")
    lead_days: int | None
    certificates: list[str] = Field(description="As declared by the exhibitor.")
    picture: str | None = Field(description="Its address.")
    url: str


def texts(stored: Mapping[str, str]) -> Texts:
    return Texts(en=stored.get("en") or None, zh=stored.get("zh-hans") or None, ur=stored.get("ur") or None)


def fair_record(fair: Fair) -> FairRecord:
    return FairRecord(
        slug=fair.slug,
        name=texts(fair.name),
        station=texts(fair.station),
        theme=texts(fair.theme),
        state="open" if fair.state == Fair.State.OPEN else "closed",
        host_country=fair.host_country,
        station_country=fair.station_country,
        host_zone=fair.host_zone,
        station_zone=fair.station_zone,
        days=[FairDay(number=day.number, date=day.date) for day in fair.days.all()],
        url=address(fair.get_absolute_url()),
    )


def hall_record(hall: Hall) -> HallRecord:
    """Of a hall as booths.queries.halls reads it."""
    return HallRecord(
        number=hall.number,
        name=texts(hall.name),
        headings=hall.headings,
        booths=hall.firms,  # type: ignore[attr-defined]
        url=address(hall.get_absolute_url()),
    )


def booth_record(booth: Booth) -> BoothRecord:
    return BoothRecord(
        slug=booth.slug,
        number=booth.number,
        hall=booth.hall.number,
        company=company_record(booth.participation.company),
        url=address(booth.get_absolute_url()),
    )


def booth_detail(booth: Booth) -> BoothDetail:
    company = booth.participation.company
    return BoothDetail(
        **booth_record(booth).model_dump(),
        story=texts(company.story),
        address=texts(company.address),
        founded=company.founded,
        employees=company.employees,
    )


def company_record(company: Company) -> CompanyRecord:
    return CompanyRecord(
        name=texts(company.name),
        tagline=texts(company.tagline),
        kind=company.kind,
        country=company.country,
        city=_place(CITY_NAMES, company.city, company.city_name),
        verified=company.verified_at is not None,
        demo=company.is_demo,
    )


def product_record(display: Display) -> ProductRecord:
    product = display.product
    return ProductRecord(
        key=str(product.pk),
        name=texts(product.name),
        description=texts(product.description),
        hs=product.hs6 if len(product.hs6) == HS_DIGITS else None,
        heading=product.hs6[:4],
        booth=display.booth.slug,
        company=texts(product.company.name),
        price=_price(product),
        minimum_order=_minimum_order(product),
        incoterm=product.incoterm or None,
        place=_place(LOCATION_NAMES, product.place, {}),
        lead_days=product.lead_days,
        certificates=product.certificates,
        picture=address(reverse("files:file", args=[product.picture_id])) if product.picture_id else None,
        url=address(display.get_absolute_url()),
    )


def address(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


def _place(names: Mapping[str, Promise], key: str, written: Mapping[str, str]) -> Texts:
    """A place of the list in all languages, else as it was written."""
    if key in names:
        return texts(dict(zip(LANGUAGES, in_every_language(names[key]), strict=True)))
    return texts(written or {"en": key})


def _price(product: Product) -> Price | None:
    if product.prices is None:
        return None
    low, high = (_written_out(amount) for amount in product.prices)
    return Price(low=low, high=high, currency=product.currency, unit=product.price_unit)


def _written_out(amount: Decimal) -> str:
    """With two decimals, or more if it has more."""
    exponent = amount.normalize().as_tuple().exponent
    return f"{amount:.{max(2, -int(exponent))}f}"


def _minimum_order(product: Product) -> Quantity | None:
    if product.moq is None or not product.moq_unit:
        return None
    return Quantity(amount=product.moq, unit=product.moq_unit)
