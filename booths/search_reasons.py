"""By what a row was found, where what a list shows of it does not have the words that were sought."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from fairplatform.accounts.models import Company
from fairplatform.i18n.text import Text, guess_language

from .models import Booth, Demand, Display
from .search import Query, Term
from .search_marks import excerpt
from .search_texts import cooperation_words, facts
from .search_words import tokens


@dataclass(frozen=True)
class Sources:
    """The texts of a row: those that a list shows, and others; and its HS codes. By each of them it may be found."""

    shown: list[Text]
    others: list[Text] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Reasons:
    """Other texts that have words of the query, and the HS headings and chapters that words of it name."""

    texts: list[Text]
    codes: list[str]


def reasons(query: Query, sources: Sources) -> Reasons:
    """The first text or code for each word that no shown text has."""
    shown, others = [_indexed(text) for text in sources.shown], [_indexed(text) for text in sources.others]
    texts: dict[Text, None] = {}
    codes: dict[str, None] = {}
    for term in query.opened.terms:
        if any(term.occurs_in(found) for found in shown):
            continue
        at = next((at for at, found in enumerate(others) if term.occurs_in(found)), None)
        if at is not None:
            own = sources.others[at]
            texts[own._replace(text=excerpt(own.text, query))] = None
        elif code := _code(term, sources.codes):
            codes[code] = None
    return Reasons(list(texts), list(codes))


def _indexed(text: Text) -> set[str]:
    return set(tokens(text.text))


def _code(term: Term, codes: Iterable[str]) -> str:
    return next((code for code in term.codes if any(own.startswith(code) for own in codes)), "")


def product_sources(display: Display, language: str) -> Sources:
    """Of a product at a booth."""
    product, company = display.product, display.product.company
    shown = [product.name.in_language(language), company.name.in_language(language), _plain(company.city_label)]
    others = [*_texts(product.name), _plain(product.article), *_texts(product.description), *_of_company(company)]
    return Sources(shown, [*others, *_stated(product.certificates)], [product.hs_code or product.hs6])


def booth_sources(booth: Booth, goods: Iterable[Display], language: str) -> Sources:
    """Of a booth with those of its products that match a word of the query."""
    company = booth.participation.company
    names = (company.name, company.tagline)
    shown = [*(name.in_language(language) for name in names), _plain(company.city_label)]
    others = [*_of_company(company), *_texts(company.tagline), *_texts(company.story)]
    others += _stated(cooperation_words(booth.participation.cooperation))
    codes = list(booth.participation.offers)
    for display in goods:
        of_product = product_sources(display, language)
        others += [of_product.shown[0], *of_product.others]
        codes += of_product.codes
    return Sources(shown, others, codes)


def demand_sources(demand: Demand, language: str) -> Sources:
    company = demand.participation.company
    shown = [demand.text.in_language(language), company.name.in_language(language), _plain(company.city_label)]
    others = [*_texts(demand.text), *_stated(demand.certificates), *_of_company(company)]
    return Sources(shown, [*others, *_stated(cooperation_words([demand.kind]))], [demand.hs_code])


def _of_company(company: Company) -> list[Text]:
    return [*_texts(company.name), *_texts(company.address), *_stated(facts(company))]


def _texts(translated: "dict[str, str]") -> list[Text]:
    """In each language, marked as another one than the reader's."""
    return [Text(text, language, fallback=True) for language, text in translated.items()]


def _plain(text: str) -> Text:
    return Text(text, "en", fallback=False)


def _stated(words: Iterable[str]) -> list[Text]:
    """Certificates, and what a choice is called in any language."""
    return [Text(word, guess_language(word) or "en", fallback=True) for word in words]
