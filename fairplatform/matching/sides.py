"""What is known of a seller and of a buyer when they are compared."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

GOODS = "goods"  # the kind of cooperation that is meant where nothing else is said

Code = Literal[
    "same_code",
    "same_heading",
    "same_chapter",
    "cooperation",
    "quantity",
    "below_minimum",
    "minimum_not_stated",
    "minimum_in_other_unit",
    "certificates",
    "certificates_missing",
    "price",
    "price_above_target",
    "price_not_comparable",
    "language",
]
# Those that do not speak for two companies: what they must still settle.
TO_SETTLE: frozenset[Code] = frozenset(
    (
        "below_minimum",
        "minimum_not_stated",
        "minimum_in_other_unit",
        "certificates_missing",
        "price_above_target",
        "price_not_comparable",
    )
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for two companies, or that they must settle. Whoever shows it puts it into words.

    `subject`: what it is about: an HS code, a kind of cooperation, a list of certificates, a language (BCP 47), two
    Incoterms or the places named with them. `quantity` and `unit` as the buyer needs them, or, of `below_minimum`, as
    the seller asks for. `is_back`: of two that both sell and buy, of what the buyer has for the seller.
    """

    code: Code
    subject: tuple[str, ...] = ()
    quantity: int | None = None
    unit: str = ""
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class Price:
    """An amount in the currency's unit for one `unit` of goods, under an Incoterm at a named place ("": none)."""

    amount: Decimal
    currency: str
    unit: str
    incoterm: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A product. `hs`: 2 to 10 digits. `price`: the lowest that the seller states."""

    hs: str
    minimum: int | None = None
    unit: str = ""
    price: Price | None = None
    certificates: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Need:
    """A demand. `kind`: the kind of cooperation; `hs`: 2 to 10 digits, or "" where it names no goods."""

    kind: str = GOODS
    hs: str = ""
    quantity: int | None = None
    unit: str = ""
    target: Price | None = None
    certificates: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Seller:
    """`headings`: HS codes of what they sell besides the products; `cooperation`: kinds they are open to."""

    offers: tuple[Offer, ...] = ()
    headings: tuple[str, ...] = ()
    cooperation: frozenset[str] = field(default_factory=lambda: frozenset({GOODS}))
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Buyer:
    """`headings`: HS codes of what they look for besides the demands."""

    needs: tuple[Need, ...] = ()
    headings: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
