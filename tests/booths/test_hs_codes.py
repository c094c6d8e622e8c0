"""Titles of HS codes in three languages, and the trade's own words for them."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from django.test import Client

from booths import hs_codes
from fairplatform.demo.content.goods import GOODS
from fairplatform.demo.content.halls import HALLS
from fairplatform.i18n.text import Text
from tests.factories import make_exhibitor, make_fair, make_product

FILE = Path(hs_codes.__file__).with_name("hs_titles.toml")
NAMES: dict[str, dict[str, str]] = tomllib.loads(FILE.read_text())
HAN, URDU = r"[\u3400-\u9fff]", r"[\u0621-\u06d3]"
# Letters that Arabic keyboards type in place of Urdu's own.
ARABIC_LETTERS = re.compile("[كيىهة]")


def test_file_names_every_chapter_and_the_headings_of_the_demonstration() -> None:
    chapters = {f"{number:02}" for number in range(1, 98)} - {"77"}  # 77 is reserved
    assert chapters - NAMES.keys() == set()
    shown = {good.hs6[:4] for goods in GOODS.values() for good in goods}
    assert shown | {heading for hall in HALLS for heading in hall.headings} <= NAMES.keys()
    assert sum(len(code) == 4 for code in NAMES) >= 450


def test_file_names_codes_of_the_nomenclature_in_order() -> None:
    assert [code for code in NAMES if not hs_codes.title(code).get("en")] == []
    assert list(NAMES) == sorted(NAMES)
    assert {tuple(entry) for entry in NAMES.values()} <= {("zh-hans", "ur", "words"), ("zh-hans", "ur")}


def test_titles_are_in_the_script_of_their_language() -> None:
    assert [entry["zh-hans"] for entry in NAMES.values() if not re.search(HAN, entry["zh-hans"])] == []
    assert [entry["zh-hans"] for entry in NAMES.values() if re.search(URDU, entry["zh-hans"])] == []
    assert [entry["ur"] for entry in NAMES.values() if re.search(f"{HAN}|[A-Za-z]", entry["ur"])] == []
    assert [entry["ur"] for entry in NAMES.values() if not re.search(URDU, entry["ur"])] == []
    assert [entry for entry in NAMES.values() if ARABIC_LETTERS.search(" ".join(entry.values()))] == []


@pytest.mark.parametrize("language", ["zh-hans", "ur"])
@pytest.mark.parametrize("digits", [2, 4])
def test_no_two_titles_are_equal(language: str, digits: int) -> None:
    titles = Counter(entry[language] for code, entry in NAMES.items() if len(code) == digits)
    assert [title for title, times in titles.items() if times > 1] == []


def test_a_title_is_in_the_readers_language_and_falls_back_to_english() -> None:
    padlocks = hs_codes.title("83011000")
    assert padlocks["en"] == "Padlocks; (key, combination or electrically operated), of base metal"
    assert {language: padlocks[language] for language in ("zh-hans", "ur")} == {
        language: NAMES["8301"][language] for language in ("zh-hans", "ur")
    }
    oil = hs_codes.title("1509")
    assert "1509" not in NAMES
    assert oil.in_language("ur") == Text(oil["en"], "en", fallback=True)
    assert hs_codes.title("0000") == {}


@pytest.mark.parametrize("word", ["padlock", "padl", "挂锁", "挂", "تالا"])
def test_a_heading_is_found_by_the_words_of_the_trade(word: str) -> None:
    assert "8301" in hs_codes.headings_called(word)


@pytest.mark.parametrize("word", ["adlock", "p", "挂锤"])
def test_a_heading_is_not_found_by_other_words(word: str) -> None:
    assert "8301" not in hs_codes.headings_called(word)


@pytest.mark.django_db
def test_headings_to_choose_from_are_in_the_readers_language_or_marked_as_english(client: Client) -> None:
    exhibitor = make_exhibitor(make_fair())
    make_product(exhibitor, hs6="830110")
    make_product(exhibitor, hs6="150920")
    client.cookies["django_language"] = "ur"
    page = client.get(f"/fairs/{exhibitor.fair.slug}/products/").text
    options = re.findall(r'<option value="(8301|1509)"(.*?)>(.*?)</option>', page)
    assert options == [
        ("1509", ' lang="en" dir="ltr"', f"1509 · {hs_codes.short_title('1509')['en']}"),
        ("8301", "", f"8301 · {NAMES['8301']['ur']}"),
    ]
