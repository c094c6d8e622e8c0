"""An HS code is chosen by a word in any of three languages or by a number, and counts once its title was shown."""

import pytest
from django.test import Client
from django.urls import reverse

from booths.hs_candidates import read
from booths.models import Product
from fairplatform.demo.plan.source import workbook
from fairplatform.fairs.models import Participation
from fairplatform.workbook.fields import translated
from tests.booth_office.booth_office import BoothOffice, errors
from tests.factories import make_exhibitor, make_fair, make_person


@pytest.fixture
def exhibitor(db: None) -> Participation:
    return make_exhibitor(make_fair())


@pytest.mark.parametrize("word", ["padlock", "Padlocks", "挂锁", "掛鎖", "تالا", "تالے", "تالوں"])
def test_a_word_in_any_language_offers_the_codes_of_its_headings(word: str) -> None:
    reading = read(word)
    assert not reading.is_number
    assert {code[:4] for code in reading.candidates} == {"8301"}


@pytest.mark.parametrize(("word", "heading"), [("پلاس", "8203"), ("plas", "8203"), ("bolt", "7318")])
def test_a_whole_word_comes_before_the_beginning_of_another_one(word: str, heading: str) -> None:
    assert read(word).candidates[0][:4] == heading


def test_the_codes_that_all_words_name_come_first() -> None:
    assert read("photovoltaic diodes").candidates[0] == "854149"  # in its own title, not only in the heading's
    assert {code[:4] for code in read("energy meter").candidates} == {"9028"}
    assert read("photovoltaic padlock").candidates[0] == "830110"  # no goods of these: each is offered


@pytest.mark.parametrize(
    ("words", "heading"),
    [("nut", "7318"), ("Nuts", "7318"), ("موٹر", "8501"), ("fan motor", "8501"), ("brass ball valve", "8481"),
     ("valves for water", "8481"), ("پانی کا پمپ", "8413"), ("پانی کی ٹوٹی", "8481"), ("دروازے کا تالا", "8301"),
     ("8英寸钢丝钳", "8203"), ('Combination pliers 8"', "8203"), ("不锈钢挂锁", "8301"),
     ("بجلی کے میٹر", "9028")],
)  # fmt: skip
def test_what_traders_type_offers_its_heading_first(words: str, heading: str) -> None:
    assert read(words).candidates[0][:4] == heading


def test_goods_and_what_they_are_made_of_are_both_offered() -> None:
    # A name of all brass valves would have the search find every valve for "brass".
    assert {"7403", "8481"} <= {code[:4] for code in read("پیتل کے والو").candidates}


def test_every_product_of_the_demonstration_is_offered_its_code_by_its_name_in_each_language() -> None:
    products = [row.values for row in workbook().rows["products"]]
    names = {(one["hs"][:6], name) for one in products for name in translated("name", one).values()}
    assert len(names) == 312
    assert [(code, name) for code, name in sorted(names) if code not in read(name).candidates] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("820320", "820320"),
        ("8203.20", "820320"),
        ("8203.2000", "820320"),
        ("8203 20 00 10", "820320"),
        ("HS 8203.20", "820320"),
        ("PCT 8203.2000", "820320"),
        ("HS编码8203.20", "820320"),
        ("8203-20", "820320"),
        ("8203201", "820320"),
        ("۸۲۰۳۲۰", "820320"),
        ("８２０３．２０", "820320"),
    ],
)
def test_a_number_is_matched_on_six_digits(text: str, code: str) -> None:
    reading = read(text)
    assert (reading.code, reading.is_known, reading.candidates) == (code, True, ())


def test_few_digits_offer_what_begins_with_them() -> None:
    assert read("82").candidates[:3] == ("8201", "8202", "8203")
    assert read("8203").candidates == ("820310", "820320", "820330", "820340")
    assert read("82032").candidates == ("820320",)
    assert read("8").candidates == ()


@pytest.mark.parametrize(("language", "heading"), [("zh-hans", "锁具、钥匙"), ("ur", "تالے")])
def test_a_title_that_is_in_english_only_follows_that_of_its_heading(
    exhibitor: Participation, language: str, heading: str
) -> None:
    office = BoothOffice(exhibitor)
    office.client.cookies["django_language"] = language
    [sentence] = errors(office.add(**{"hs": "8301.10", "hs-shown": ""}))["hs"]
    assert sentence.index(heading) < sentence.index(" · ") < sentence.index("adlocks")


def test_a_code_of_another_edition_is_said_and_the_nearest_are_offered_first() -> None:
    reading = read("8541.40")
    assert reading.is_of_another_edition
    assert reading.candidates[:4] == ("854141", "854142", "854143", "854149")
    assert read("9898.10").is_unknown_heading
    assert not read("8203.2099").is_of_another_edition  # what follows six digits is not judged


def found(client: Client, q: str) -> str:
    return client.get(reverse("hs_codes"), {"q": q, "name": "hs", "id": "id_hs"}).text


@pytest.mark.parametrize("language", ["en", "zh-hans", "ur"])
def test_the_piece_for_the_page_is_a_list_to_choose_from(db: None, client: Client, language: str) -> None:
    client.force_login(make_person())
    client.cookies["django_language"] = language
    piece = found(client, "padlock")
    assert piece.count('role="option"') == 7
    assert '<ul class="hs-picker__list" role="listbox" id="id_hs_codes"' in piece
    assert 'data-code="8301.10"' in piece
    assert 'name="hs-shown" value="820320"' in found(client, "8203.20")
    assert "<b>" not in found(client, "<b>x</b>")
    assert found(client, "x" * 5000).count("<p") == 1


def test_without_javascript_a_word_is_a_step_of_searching(exhibitor: Participation) -> None:
    office = BoothOffice(exhibitor)
    page = office.add(hs="挂锁")
    assert errors(page) == {"hs": ["Choose one of these codes."]}
    assert '<input type="radio" name="hs-choice" value="830110">' in page.text
    assert '<input type="hidden" name="hs-asked" value="挂锁">' in page.text
    assert errors(office.add(hs="padlocks", **{"hs-choice": "830110", "hs-asked": "挂锁"})) == {
        "hs": ["Choose one of these codes."]
    }
    office.add(hs="挂锁", **{"hs-choice": "830110", "hs-asked": "挂锁"})
    assert Product.objects.get().hs6 == "830110"


def test_nothing_is_found_in_words(exhibitor: Participation) -> None:
    said = errors(BoothOffice(exhibitor).add(hs="qwertz"))
    assert said == {"hs": ["No HS code was found for “qwertz”. Try another word, or enter the number."]}


def test_a_title_is_shown_before_its_code_counts(exhibitor: Participation) -> None:
    office = BoothOffice(exhibitor)
    page = office.add(**{"hs": "8301.10.0001", "hs-shown": "820320"})
    [sentence] = errors(page)["hs"]
    assert sentence.startswith("HS 8301.10 means: ")
    assert 'name="hs-shown" value="830110"' in page.text
    office.add(**{"hs": "8301.10.0001", "hs-shown": "830110"})
    assert (Product.objects.get().hs6, Product.objects.get().hs_code) == ("830110", "8301100001")


def test_a_code_of_another_edition_is_kept_by_who_insists(exhibitor: Participation) -> None:
    office = BoothOffice(exhibitor)
    page = office.add(**{"hs": "8541.40", "hs-shown": ""})
    assert errors(page) == {"hs": ["HS 2022 does not have 8541.40. Choose another code, or save again to keep it."]}
    assert 'name="hs-choice" value="854142"' in page.text
    office.add(**{"hs": "8541.40", "hs-shown": "854140"})
    assert Product.objects.get().hs6 == "854140"
