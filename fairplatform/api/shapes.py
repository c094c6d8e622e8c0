"""The shapes of what the API says of fairs, halls, booths and products."""

from datetime import date
from typing import Any, Generic, Literal, TypeVar

from ninja import Schema
from pydantic import Field

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
    exhibitors: int = Field(description="How many are here, each with its booth.")
    url: str


class CompanyRecord(Schema):
    name: Texts
    tagline: Texts
    kind: str
    country: str = Field(description="ISO 3166.")
    city: Texts
    verified: bool
    demo: bool = Field(description="An invented company of the demonstration.")


class FileRecord(Schema):
    """A picture, or a document to be read."""

    title: Texts
    media_type: str
    size: int = Field(description="Bytes.")
    url: str = Field(description="Its address.")


class BoothRecord(Schema):
    slug: str
    number: str = Field(description="Its place in the hall.")
    hall: int
    company: CompanyRecord
    logo: FileRecord | None
    url: str


class BoothDetail(BoothRecord):
    story: Texts
    address: Texts
    founded: int | None
    employees: int | None
    banner: FileRecord | None
    gallery: list[FileRecord]
    documents: list[FileRecord]


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
    article: str | None = Field(description="The exhibitor's own number for it.")
    name: Texts
    description: Texts
    hs: str | None = Hs("HS 2022; null where only the heading is known.")
    heading: str = Field(description="HS 2022, four digits.")
    booth: str = Field(description="The slug of its booth.")
    company: Texts
    price: Price | None
    minimum_order: Quantity | None
    pieces_per_carton: int | None
    incoterm: str | None = Field(description="Incoterms 2020.")
    place: Texts = Field(description="The named place of the Incoterm.")
    lead_days: int | None
    certificates: list[str] = Field(description="As declared by the exhibitor.")
    picture: str | None = Field(description="Its address.")
    url: str


class ProductDetail(ProductRecord):
    gallery: list[FileRecord] = Field(description="Its pictures, `picture` among them.")
    documents: list[FileRecord]
