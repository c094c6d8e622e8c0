"""What the search finds, in which order: the same on SQLite and on PostgreSQL."""

import pytest
from django.contrib.auth.models import AnonymousUser

from booths.filtering import narrow_booths, narrow_displays
from booths.full_text import Matches
from booths.models import Product
from booths.queries import booths, displays
from booths.search import parse
from booths.search_words import tokens
from fairplatform.fairs.models import Fair
from tests.factories import make_exhibitor, make_fair, make_product

pytestmark = [pytest.mark.django_db, pytest.mark.either("booths.full_text")]

CORPUS: dict[str, dict[str, object]] = {
    "padlock": {"name": {"en": "Brass padlocks 40 mm", "zh-hans": "黄铜挂锁", "ur": "پیتل کے تالے"}, "hs6": "830110"},
    "lathe": {"name": {"zh-hans": "数控机床"}, "hs6": "845811"},
    "machine oil": {"name": {"en": "Oil for machine tools", "zh-hans": "机油"}, "hs6": "340319"},
    "valve": {"name": {"en": "Ball valve DN50", "ur": "بال والو"}, "hs6": "848180", "certificates": ["ISO 9001"]},
    "sink": {"name": {"en": "Sink", "zh-hans": "不锈钢水槽"}, "hs6": "732410", "article": "YL-830_1"},
    "tap": {"name": {"en": "Tap"}, "description": {"en": "Fits a padlock and a sink"}, "hs6": "848180"},
    "lockstitch": {"name": {"en": "Lockstitch machine"}, "hs6": "845229", "hs_code": "84522900"},
}


@pytest.fixture
def fair() -> Fair:
    fair = make_fair(state="open")
    exhibitor = make_exhibitor(fair)
    for values in CORPUS.values():
        product = make_product(exhibitor, "")
        for name, value in values.items():
            setattr(product, name, value)
        product.save()
    return fair


def found(fair: Fair, query: str) -> list[str]:
    """The names of the corpus's products, the most relevant first."""
    rows = narrow_displays(displays(fair, AnonymousUser()), {"q": query})
    return [list(CORPUS)[row.rank] for row in rows]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("padlock", ["padlock", "tap"]),
        ("PADLOCKS", ["padlock", "tap"]),
        ("挂锁", ["padlock"]),
        ("تالا", ["padlock"]),
        ("پيتل", ["padlock"]),
        ("机床", ["lathe"]),
        ("床", ["lathe"]),
        ("机油", ["machine oil"]),
        ("不锈钢", ["sink"]),
        ("钢不锈", []),
        ("valve dn50", ["valve"]),
        ("dn50 valve", ["valve"]),
        ("valve dn65", []),
        ("iso 9001", ["valve"]),
        ("YL-830", ["sink"]),
        ("8481", ["valve", "tap"]),
        ("84", ["lathe", "valve", "tap", "lockstitch"]),
        ("8481.80.40", ["valve", "tap"]),
        ("8452.29.00", ["lockstitch"]),
        ("8481 ball", ["valve", "tap"]),
        ("pad", ["padlock", "tap"]),
        ("", list(CORPUS)),
        ("!", []),
        ('"', []),
        ("* OR (", []),
        ("search_title : padlock", []),
        ("NOT padlock", []),
        ("'); DROP TABLE", []),
    ],
)
def test_every_word_must_occur_and_titles_come_first(fair: Fair, query: str, names: list[str]) -> None:
    assert found(fair, query) == names


def test_what_is_changed_or_deleted_is_found_no_more(fair: Fair) -> None:
    product = Product.objects.get(hs6="830110")
    product.name = {"en": "Hinge"}
    product.save()
    assert (found(fair, "brass"), found(fair, "hinge")) == ([], ["padlock"])
    Product.objects.filter(hs6="848180").delete()
    assert found(fair, "valve") == []


def test_rows_stored_many_at_once_are_found(fair: Fair) -> None:
    company = Product.objects.latest("pk").company
    Product.objects.bulk_create([Product(company=company, name={"en": "Winch"}, hs6="842539")])
    assert list(
        Product.objects.filter(Matches("pk", parse("winches"), "booths_product")).values_list("hs6", flat=True)
    ) == ["842539"]


def test_a_booth_is_found_by_its_own_words_and_by_its_products(fair: Fair) -> None:
    [booth] = booths(fair, AnonymousUser())
    word = str(booth).split()[0]
    for query, number in ((word, 1), (f"{word} padlock", 1), ("padlock valve", 1), (f"{word} winch", 0), ("?", 0)):
        assert narrow_booths(booths(fair, AnonymousUser()), {"q": query}).count() == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("T-shirts, 3.5kW", ["t", "shirt", "tshirt", "3", "5", "kw", "5kw", "35kw"]),
        ("ISO9001, M8", ["iso", "9001", "iso9001", "m8"]),
        ("پیچ کس", ["پیچ", "کس", "پیچک"]),
        ("LED灯具", ["led", "灯", "具", "灯具"]),
        ("Boxes, glasses; gas", ["box", "glass", "gas"]),
        ("بطرياں", ["بطری"]),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected
