"""Where two companies differ that are to be one: each value of both, of which an organiser chooses one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import CompanyIdentifier
from fairplatform.fairs.models import Participation
from fairplatform.i18n.forms import LANGUAGE_LABELS
from fairplatform.i18n.numbers import format_money
from fairplatform.i18n.text import LANGUAGES, Translated

from ..differing import Difference, chosen_values, differing
from .company_form import LABELS
from .participation_form import PARTICIPATION_LABELS

TRANSLATED = ("name", "tagline", "story", "address")
OF_COMPANY = ("legal_name", "kind", "prefecture", "county", "founded", "employees")
OF_PARTICIPATION = ("unit", "contact_position", "contact_mobile")
TYPE_LABEL = _("Company type")


def differences(kept: Participation, other: Participation) -> list[Difference]:
    """What there is to choose; where only one of the two has a value, that is taken."""
    ours, theirs = (
        {name: _shown(value) if value else "" for name, value in values(one).items()} for one in (kept, other)
    )
    return differing(_labels(), ours, theirs)


def values(participation: Participation) -> dict[str, Any]:
    """All values by the name of their choice: `name:en`, `legal_name`, `tax_number`, `place`, `plan`."""
    company = participation.company
    found: dict[str, Any] = {
        f"{name}:{code}": getattr(company, name).get(code, "") for name in TRANSLATED for code in LANGUAGES
    }
    found |= {f"contact_name:{code}": participation.contact_name.get(code, "") for code in LANGUAGES}
    found |= {name: getattr(company, name) for name in OF_COMPANY}
    found |= {name: getattr(participation, name) for name in OF_PARTICIPATION}
    found |= dict(company.identifiers.values_list("scheme", "value"))
    found["place"] = NamedCity(company.country, company.city, Translated(company.city_name), company.city_label)
    if participation.plan_minor is not None:
        found["plan"] = PurchasePlan(participation.plan_minor, participation.plan_currency)
    return found


@dataclass(frozen=True)
class NamedCity:
    country: str
    city: str
    city_name: Translated
    shown: str

    def __str__(self) -> str:
        return f"{self.country} · {self.shown}"


@dataclass(frozen=True)
class PurchasePlan:
    minor: int
    currency: str

    def __str__(self) -> str:
        return format_money(self.minor, self.currency) if self.currency else str(self.minor)


def chosen(kept: Participation, other: Participation, choices: Mapping[str, str]) -> dict[str, Any]:
    """The value of each name after the merge; `choices` names those of `other` that win."""
    return chosen_values(values(kept), values(other), choices)


def store(kept: Participation, found: Mapping[str, Any]) -> None:
    """Sets them on the company and its participation, and saves both; identifiers have to be free."""
    company = kept.company
    for name in TRANSLATED:
        setattr(company, name, _translated(name, found))
    kept.contact_name = _translated("contact_name", found)
    for model, names in ((company, OF_COMPANY), (kept, OF_PARTICIPATION)):
        for name in names:
            if name in found:
                setattr(model, name, found[name])
    place = found["place"]
    company.country, company.city, company.city_name = place.country, place.city, place.city_name
    if plan := found.get("plan"):
        kept.plan_minor, kept.plan_currency = plan.minor, plan.currency
    company.save()
    kept.save()
    for scheme in CompanyIdentifier.Scheme.values:
        if scheme in found:
            company.identifiers.update_or_create(scheme=scheme, defaults={"value": found[scheme]})


def audit_values(found: Mapping[str, Any]) -> dict[str, str]:
    """For the audit log."""
    return {name: _shown(value) for name, value in found.items() if value}


def _translated(name: str, found: Mapping[str, Any]) -> Translated:
    return Translated({code: found[f"{name}:{code}"] for code in LANGUAGES if found.get(f"{name}:{code}")})


def _shown(value: Any) -> str:
    return str(value)


def _labels() -> Iterator[tuple[str, Promise | str]]:
    for name in (*TRANSLATED, "contact_name"):
        label = LABELS.get(name) or PARTICIPATION_LABELS[name]
        yield from ((f"{name}:{code}", f"{label} · {LANGUAGE_LABELS[code]}") for code in LANGUAGES)
    yield "place", _("City")
    for name in (*OF_COMPANY, *OF_PARTICIPATION):
        yield name, LABELS.get(name) or PARTICIPATION_LABELS.get(name) or TYPE_LABEL
    yield from CompanyIdentifier.Scheme.choices
    yield "plan", _("Planned purchases in the next 12 months")
