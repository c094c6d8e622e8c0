"""The texts by which booths, products and demands are found, in every language: those of rows as of a migration's."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.utils.translation import override

from fairplatform.accounts.locations import city_words, country_name
from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Cooperation
from fairplatform.i18n.text import LANGUAGES, in_every_language

from .search import Texts, hs_tokens

# What people call those who make goods, besides the program's own word for them.
_MAKERS = ("factory", "maker", "工厂", "厂家", "制造商", "生产商", "فیکٹری", "کارخانہ")
_MAKING = (Company.Kind.MANUFACTURER, Company.Kind.BOTH)


def of_company(company: Any) -> list[str]:
    """What a company is called, where it is and what kind of company it is."""
    return [
        *company.name.values(),
        *city_words(company.city, company.city_name),
        company.county,
        company.prefecture,
        *company.address.values(),
        *facts(company),
    ]


def facts(company: Any) -> list[str]:
    """Its country and what kind of company it is, in the words of every language."""
    return [*_country(company.country), *_kind(company.kind)]


def product_title(product: Any) -> Texts:
    return [_called(product)]


def product_texts(product: Any) -> Texts:
    """All that it is found by."""
    code = product.hs_code or product.hs6
    company = tuple(of_company(product.company))
    return [_called(product), *hs_tokens(code), product.hs_code, company, *product.certificates, _described(product)]


def own_texts(product: Any) -> tuple[tuple[str, ...], ...]:
    """Those of the texts above that hardly any other product has."""
    return _called(product), _described(product)


def _called(product: Any) -> tuple[str, ...]:
    return (*product.name.values(), product.article)


def _described(product: Any) -> tuple[str, ...]:
    return tuple(product.description.values())


def booth_title(booth: Any) -> list[str]:
    return [*booth.participation.company.name.values(), booth.number]


def booth_texts(booth: Any) -> list[str]:
    """All that it is found by, besides its products."""
    company, participation = booth.participation.company, booth.participation
    codes = [token for code in participation.offers for token in hs_tokens(code)]
    told = [*company.tagline.values(), *company.story.values(), *cooperation_words(participation.cooperation)]
    return [*booth_title(booth), *codes, *of_company(company), *told]


def demand_title(demand: Any) -> list[str]:
    return list(demand.text.values())


def demand_texts(demand: Any) -> list[str]:
    """All that it is found by."""
    told = [*demand.certificates, *cooperation_words([demand.kind]), *of_company(demand.participation.company)]
    return [*demand_title(demand), *hs_tokens(demand.hs_code), demand.hs_code, *told]


@cache
def _country(code: str) -> list[str]:
    names = []
    for language in LANGUAGES:
        with override(language):
            names.append(country_name(code))
    return names


@cache
def _kind(kind: str) -> list[str]:
    """Of a company's kind; one that is not of the list as it was written."""
    if kind not in Company.Kind.values:
        return [kind]
    return [*in_every_language(Company.Kind(kind).label), *(_MAKERS if kind in _MAKING else ())]


def cooperation_words(kinds: Iterable[str]) -> list[str]:
    """Of the kinds of cooperation that somebody is open to or looks for; goods, which nearly all are, go without."""
    return [word for kind in kinds if kind != Cooperation.GOODS for word in _cooperation(kind)]


@cache
def _cooperation(kind: str) -> list[str]:
    return in_every_language(Cooperation(kind).label) if kind in Cooperation.values else []
