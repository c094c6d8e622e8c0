"""How what the API says of fairs, halls, booths and products is made of rows."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise

from booths.hs_codes import SUBHEADING
from booths.models import Attachment, Booth, Display, Product
from booths.showing import shown
from fairplatform.accounts.locations import CITY_NAMES, LOCATION_NAMES
from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Fair, Hall
from fairplatform.i18n.text import LANGUAGES, in_every_language

from .shapes import (
    BoothDetail,
    BoothRecord,
    CompanyRecord,
    FairDay,
    FairRecord,
    FileRecord,
    HallRecord,
    Price,
    ProductDetail,
    ProductRecord,
    Quantity,
    Texts,
)


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
        exhibitors=hall.exhibitors,  # type: ignore[attr-defined]
        url=address(hall.get_absolute_url()),
    )


def booth_record(booth: Booth) -> BoothRecord:
    """Of a booth as booths.queries.booths reads it."""
    company = booth.participation.company
    return BoothRecord(
        slug=booth.slug,
        number=booth.number,
        hall=booth.hall.number,
        company=company_record(company),
        logo=next(iter(files(company.logos)), None),  # type: ignore[attr-defined]
        url=address(booth.get_absolute_url()),
    )


def booth_detail(booth: Booth) -> BoothDetail:
    company = booth.participation.company
    shows = shown(company)
    return BoothDetail(
        **booth_record(booth).model_dump(),
        story=texts(company.story),
        address=texts(company.address),
        founded=company.founded,
        employees=company.employees,
        banner=next(iter(files([shows.banner] if shows.banner else [])), None),
        gallery=files(shows.gallery),
        documents=files(shows.documents),
    )


def files(attachments: Iterable[Attachment]) -> list[FileRecord]:
    return [
        FileRecord(
            title=texts(each.title),
            media_type=each.file.kind,
            size=each.file.size,
            url=address(reverse("files:file", args=[each.file_id])),
        )
        for each in attachments
    ]


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
        article=product.article or None,
        name=texts(product.name),
        description=texts(product.description),
        hs=product.hs6 if len(product.hs6) == SUBHEADING else None,
        heading=product.hs6[:4],
        booth=display.booth.slug,
        company=texts(product.company.name),
        price=_price(product),
        minimum_order=_minimum_order(product),
        pieces_per_carton=product.pieces_per_carton,
        incoterm=product.incoterm or None,
        place=_place(LOCATION_NAMES, product.place, {}),
        lead_days=product.lead_days,
        certificates=product.certificates,
        picture=address(reverse("files:file", args=[product.picture_id])) if product.picture_id else None,
        url=address(display.get_absolute_url()),
    )


def product_detail(display: Display) -> ProductDetail:
    shows = shown(display.product.company, display.product)
    return ProductDetail(
        **product_record(display).model_dump(), gallery=files(shows.gallery), documents=files(shows.documents)
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
