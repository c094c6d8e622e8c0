"""What speaks for two companies, or what they must settle, in the reader's language: the words of matching.Reason."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from babel import Locale
from django.utils.translation import gettext as _

from fairplatform.accounts.locations import location_name
from fairplatform.fairs.models import Cooperation
from fairplatform.i18n.templatetags.language import hs
from fairplatform.i18n.text import current_language, isolated, joined
from fairplatform.i18n.times import BABEL_LOCALE
from fairplatform.matching import Reason
from fairplatform.matching.sides import TO_SETTLE, Code

from . import hs_codes
from .models.product import QUANTITIES


class ReasonInWords(NamedTuple):
    """`is_to_settle`: it does not speak for the two companies."""

    text: str
    is_to_settle: bool


def stored(rows: Iterable[Mapping[str, Any]]) -> list[Reason]:
    """Reasons as a JSON column has them."""
    return [Reason(**{**reason, "subject": tuple(reason["subject"])}) for reason in rows]


def all_in_words(reasons: Iterable[Reason]) -> list[ReasonInWords]:
    return [ReasonInWords(in_words(reason), reason.code in TO_SETTLE) for reason in reasons]


def in_words(reason: Reason) -> str:
    """A short sentence without a full stop; names and codes in it are isolated."""
    text = _WORDS[reason.code](reason)
    return _("In the other direction: %(reason)s") % {"reason": text} if reason.is_back else text


def _against(one: str, other: str) -> str:
    """Why two prices cannot be compared: for their Incoterms, or the places of these, where they differ."""
    if not one or not other or one == other:
        return _("Prices cannot be compared")
    return _("Prices cannot be compared: %(one)s against %(other)s") % {"one": isolated(one), "other": isolated(other)}


def _same_code(reason: Reason) -> str:
    return _("Same HS code: %(code)s") % {"code": _named(reason.subject[0])}


def _same_heading(reason: Reason) -> str:
    return _("Same HS heading: %(code)s") % {"code": _named(reason.subject[0])}


def _same_chapter(reason: Reason) -> str:
    return _("Same HS chapter: %(code)s") % {"code": _named(reason.subject[0])}


def _named(code: str) -> str:
    """A code with its title, or that of its heading where only that is in the reader's language."""
    own, heading = (hs_codes.short_title(one).in_language(current_language()) for one in (code, code[:4]))
    title = heading if own.fallback and not heading.fallback else own
    return f"{isolated(hs(code))} {isolated(title)}"


def _cooperation(reason: Reason) -> str:
    return _("Type of cooperation: %(type)s") % {"type": Cooperation(reason.subject[0]).label}


def _quantity(reason: Reason) -> str:
    return _("The minimum order is met: %(quantity)s") % {"quantity": _counted(reason)}


def _below_minimum(reason: Reason) -> str:
    return _("Below the minimum order: %(quantity)s") % {"quantity": _counted(reason)}


def _minimum_not_stated(reason: Reason) -> str:
    return _("Quantity needed: %(quantity)s; no minimum order is given") % {"quantity": _counted(reason)}


def _minimum_in_other_unit(reason: Reason) -> str:
    return _("Quantity needed: %(quantity)s; the minimum order is in another unit") % {"quantity": _counted(reason)}


def _counted(reason: Reason) -> str:
    number = reason.quantity or 0
    if reason.unit not in QUANTITIES:
        return f"{number:,}"
    return QUANTITIES[reason.unit] % {"number": number, "quantity": f"{number:,}"}


def _certificates(reason: Reason) -> str:
    return _("Certificates: %(names)s") % {"names": joined(reason.subject)}


def _certificates_missing(reason: Reason) -> str:
    return _("Certificates not declared: %(names)s") % {"names": joined(reason.subject)}


def _price(reason: Reason) -> str:
    return _("The price is within the target")


def _price_above_target(reason: Reason) -> str:
    return _("The price is above the target")


def _price_not_comparable(reason: Reason) -> str:
    asked, target = reason.subject
    return _against(location_name(asked), location_name(target))  # an Incoterm is no place: it stays as it is


def _language(reason: Reason) -> str:
    languages = Locale.parse(BABEL_LOCALE[current_language()]).languages
    names = [languages.get(code.partition("-")[0], code) for code in reason.subject]
    return _("Language in common: %(names)s") % {"names": joined(names)}


_WORDS: Mapping[Code, Callable[[Reason], str]] = {
    "same_code": _same_code,
    "same_heading": _same_heading,
    "same_chapter": _same_chapter,
    "cooperation": _cooperation,
    "quantity": _quantity,
    "below_minimum": _below_minimum,
    "minimum_not_stated": _minimum_not_stated,
    "minimum_in_other_unit": _minimum_in_other_unit,
    "certificates": _certificates,
    "certificates_missing": _certificates_missing,
    "price": _price,
    "price_above_target": _price_above_target,
    "price_not_comparable": _price_not_comparable,
    "language": _language,
}
