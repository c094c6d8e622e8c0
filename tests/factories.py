"""Rows for unit tests: the fewest fields that make a fair real."""

import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from booths.models import Attachment, Booth, Demand, Display, Product, Quote
from chat.actions import add_members, open_conversation
from chat.models import Conversation
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Company, Staff, User
from fairplatform.fairs.models import Fair, FairDay, Hall, Participation, RoleAssignment, Slot
from fairplatform.files.models import File

NOW = datetime(2020, 5, 14, 7, 3, tzinfo=UTC)  # 12:03 in Pakistan, 15:03 in China
# Tests that share a server make their fairs in processes of their own: no two of these have the same names.
NUMBERS = count(1 if "pytest" in sys.modules else 1000 * os.getpid())
CHINA_AND_PAKISTAN = {
    "host_country": "CN", "host_zone": "Asia/Shanghai", "station_country": "PK", "station_zone": "Asia/Karachi",
}  # fmt: skip
CONSONANTS, LENGTH = "bcdfghjklmnpqrtvwxz", 5  # no s: the search takes it for a plural


def three(text: str) -> dict[str, str]:
    return {"en": text, "zh-hans": f"{text}（中）", "ur": f"{text} (ار)"}


def letters(number: int) -> str:
    """A number as at least five letters: a figure in a name could be the one that a test looks for, or an HS code."""
    found = ""
    while number or len(found) < LENGTH:
        number, digit = divmod(number, len(CONSONANTS))
        found = CONSONANTS[digit] + found
    return found


def make_fair(**fields: Any) -> Fair:
    n = letters(next(NUMBERS))
    fair = Fair.objects.create(
        **{
            "slug": f"fair{n}", "name": three(f"Fair {n}"), "state": "open", "planned_rounds": 10,
            **CHINA_AND_PAKISTAN, **fields,
        }
    )  # fmt: skip
    Hall.objects.create(fair=fair, number=1, name=three("Hand tools"), headings=["8203"], pattern=1)
    return fair


def make_slots(fair: Fair, *, first: datetime = NOW - timedelta(minutes=3), number: int = 6) -> list[Slot]:
    """Half-hour slots of 25 minutes from `first` on, on one day."""
    day, _ = FairDay.objects.get_or_create(fair=fair, number=1, defaults={"date": first.date()})
    start = fair.slots.count()
    return [
        Slot.objects.create(
            fair=fair,
            day=day,
            number=start + i + 1,
            starts_at=first + timedelta(minutes=30 * i),
            ends_at=first + timedelta(minutes=30 * i + 25),
        )
        for i in range(number)
    ]


def make_conversation(fair: Fair, members: Iterable[User]) -> Conversation:
    """A conversation of people who are members whatever their roles."""
    conversation = open_conversation(fair=fair)
    add_members(conversation, members)
    return conversation


def make_person(**fields: Any) -> User:
    n = letters(next(NUMBERS))
    defaults = {
        "email": f"person{n}@firm.example", "name": three(f"Person {n}"), "password": "long enough 42", "country": "PK",
    }  # fmt: skip
    return User.objects.create_user(**{**defaults, **fields})


def make_staff(participation: Participation, **fields: Any) -> User:
    """A manager of the participation's company, unless `is_manager=False`."""
    is_manager = fields.pop("is_manager", True)
    person = make_person(**{"country": participation.company.country, **fields})
    Staff.objects.create(
        company=participation.company, user=person, position="managing_director", is_manager=is_manager
    )
    return person


def make_visitor_of_several_companies(fair: Fair) -> tuple[User, Participation]:
    """Somebody of an exhibitor and of two buyers, and the one of these that they visit booths for."""
    exhibitor, *buyers = make_exhibitor(fair), make_buyer(fair), make_buyer(fair)
    person = make_staff(exhibitor)
    for buyer in buyers:
        Staff.objects.create(company=buyer.company, user=person, position="buyer")
    return person, buyers[0]


def make_participation(fair: Fair, *, sells: bool, country: str, city: str) -> Participation:
    n = letters(next(NUMBERS))
    company = Company.objects.create(
        name=three(f"Company {n}"), slug=f"company-{n}", kind="both", country=country, city=city
    )
    hall = fair.halls.first() if sells else None
    return Participation.objects.create(
        fair=fair, company=company, sells=sells, buys=not sells, hall=hall, state="approved"
    )


def make_exhibitor(fair: Fair) -> Participation:
    """An approved exhibitor from Yongkang with its booth in hall 1."""
    participation = make_participation(fair, sells=True, country="CN", city="yongkang")
    assert participation.hall
    Booth.objects.create(
        fair=fair,
        participation=participation,
        hall=participation.hall,
        slug=participation.company.slug,
        number=str(fair.booths.count() + 1),
    )
    return participation


def make_buyer(fair: Fair) -> Participation:
    return make_participation(fair, sells=False, country="PK", city="lahore")


def make_role(fair: Fair, role: str, **fields: Any) -> User:
    """An organiser, interpreter, liaison, floor assistant or delegated organiser of the fair."""
    person = make_person()
    RoleAssignment.objects.create(fair=fair, user=person, role=role, **fields)
    return person


def actor(person: User) -> Actor:
    return Actor(User.objects.get(pk=person.pk))


def make_product(exhibitor: Participation, name: dict[str, str] | str = "Pliers", **fields: Any) -> Product:
    """A product of an exhibitor, shown at its booth."""
    words = three(name) if isinstance(name, str) else name
    terms: dict[str, Any] = {
        "hs6": "820320",
        "moq": 3000,
        "moq_unit": "pcs",
        "price_low": 11_000,
        "price_high": 24_000,
        "price_unit": "pcs",
        "lead_days": 30,
        "certificates": ["CE"],
    }
    product = Product.objects.create(company=exhibitor.company, name=words, **{**terms, **fields})
    Display.objects.create(booth=exhibitor.booth, product=product, rank=exhibitor.booth.displays.count())
    return product


def make_paper(conversation: Any) -> File:
    """A file in a conversation, with its bytes: for its members alone."""
    paper = File.objects.create(
        owner_model="chat.conversation", owner_key=conversation.pk, name="prices.pdf",
        sha256="1" * 64, kind="application/pdf", size=6,
    )  # fmt: skip
    paper.path.parent.mkdir(parents=True, exist_ok=True)
    paper.path.write_bytes(b"prices")
    return paper


def make_attachment(owner: Company | Product | Demand, place: str = "gallery", **fields: Any) -> Attachment:
    """A picture of a company, or of one of its products or demands, without bytes; `kind`, `sha256`: of its file."""
    of: dict[str, Any] = {}
    match owner:
        case Demand():
            company, of = owner.participation.company, {"demand": owner}
        case Product():
            company, of = owner.company, {"product": owner}
        case _:
            company = owner
    content = {"kind": fields.pop("kind", "image/webp"), "sha256": fields.pop("sha256", "2" * 64)}
    file = File.objects.create(owner_model="booths.attachment", owner_key=0, name="picture.webp", size=1, **content)
    attachment = Attachment.objects.create(company=company, place=place, file=file, **{**of, **fields})
    File.objects.filter(pk=file.pk).update(owner_key=attachment.pk)
    return attachment


def make_demand(buyer: Participation, text: str = "Pliers under our own brand", **fields: Any) -> Demand:
    """A buyer's open demand for goods."""
    terms: dict[str, Any] = {"hs_code": "820320", "quantity": 5000, "unit": "pcs"}
    return Demand.objects.create(
        fair=buyer.fair, participation=buyer, **{"kind": "goods", "text": three(text), **terms, **fields}
    )


def make_quote(demand: Demand, seller: Participation, writer: User, **fields: Any) -> Quote:
    """An exhibitor's quote in one version: USD 1.20 for a piece, FOB Ningbo."""
    quote = Quote.objects.create(fair=demand.fair, demand=demand, participation=seller)
    terms: dict[str, Any] = {
        "goods": three("Pliers"), "hs_code": "820320", "quantity": 5000, "unit": "pcs", "price": 12_000,
        "currency": "USD", "incoterm": "FOB", "place": "ningbo",
    }  # fmt: skip
    quote.newest = quote.versions.create(number=1, written_by=writer, **{**terms, **fields})
    quote.save()
    return quote
