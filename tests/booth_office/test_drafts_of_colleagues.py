"""What a colleague has only begun to type is neither published nor thrown away by another, unless they say so."""

import re
from typing import Any

import pytest

from booths.models import Draft, Product
from fairplatform.fairs.models import Participation
from tests.booth_office.booth_office import BoothOffice, errors, publish, sent, shown, typing
from tests.factories import make_exhibitor, make_fair, make_product

pytestmark = [pytest.mark.django_db, pytest.mark.either("booths.own_booth")]
ASKED = {"__all__": ["A colleague has unpublished changes. Choose what to do with them."]}


@pytest.fixture
def exhibitor() -> Participation:
    return make_exhibitor(make_fair())


@pytest.fixture
def product(exhibitor: Participation) -> Product:
    return make_product(exhibitor, article="P-1")


@pytest.fixture
def office(exhibitor: Participation) -> BoothOffice:
    return BoothOffice(exhibitor, name={"en": "Ann"})


@pytest.fixture
def colleague(exhibitor: Participation, product: Product) -> BoothOffice:
    """Who has begun to type a name."""
    colleague = BoothOffice(exhibitor, is_manager=False, name={"en": "Li Na"})
    assert typing(colleague, product, "name_en", "Half a sent", "Pliers").status_code == 204
    return colleague


def stored(product: Product) -> tuple[str, int | None, list[str]]:
    """The name and the quantity that everybody sees, and the inputs that are drafts."""
    product.refresh_from_db()
    return product.name["en"], product.moq, sorted(name for draft in Draft.objects.all() for name in draft.typed)


def listed(page: Any) -> list[str]:
    """What the page asks about, in words."""
    boxes = re.findall(r'<label for="theirs-[^"]*">(.*?)</label>', page.text, re.DOTALL)
    return [" ".join(re.sub("<[^>]*>", "", box).split()) for box in boxes]


@pytest.mark.parametrize("is_opened_before", [True, False], ids=["opened before", "opened after"])
@pytest.mark.parametrize(
    ("theirs", "left"),
    [
        ([], ("Pliers", 900, ["name_en"])),
        (["name_en Half a sent"], ("Half a sent", 900, [])),
        (["name_en Half a"], ("Pliers", 900, ["name_en"])),
    ],
    ids=["none", "theirs", "a text that they have changed since"],
)
def test_what_a_colleague_has_begun_is_published_only_if_somebody_says_so(
    office: BoothOffice,
    product: Product,
    is_opened_before: bool,
    theirs: list[str],
    left: tuple[str, int, list[str]],
    request: pytest.FixtureRequest,
) -> None:
    before = office.get("product", product.pk)
    request.getfixturevalue("colleague")
    page = before if is_opened_before else office.get("product", product.pk)
    asked = publish(office, product, page, moq="900")
    assert (errors(asked), listed(asked)) == (ASKED, ["Name · English · Li Na Half a sent"])
    assert stored(product) == ("Pliers", 3000, ["moq", "name_en"])
    assert shown(asked)["name_en"] == "Half a sent"
    assert publish(office, product, asked, **{"theirs-asked": "yes"}, theirs=theirs).status_code == 302
    assert stored(product) == left


@pytest.mark.usefixtures("colleague")
def test_what_a_colleague_has_begun_is_no_error_of_somebody_elses_form(office: BoothOffice, product: Product) -> None:
    other = BoothOffice(office.booth.participation)
    typing(other, product, "moq", "many", "3000")
    asked = publish(office, product, office.get("product", product.pk), lead_days="45")
    assert (errors(asked), len(listed(asked))) == (ASKED, 2)
    assert list(errors(publish(office, product, asked, **{"theirs-asked": "yes"}, theirs=["moq many"]))) == ["moq"]
    assert publish(office, product, asked, **{"theirs-asked": "yes"}).status_code == 302
    assert stored(product) == ("Pliers", 3000, ["moq", "name_en"])
    assert product.lead_days == 45


def test_a_text_that_one_goes_on_typing_is_ones_own(
    office: BoothOffice, colleague: BoothOffice, product: Product
) -> None:
    typing(office, product, "name_en", "Half a sentence", "Half a sent")
    assert publish(office, product, office.get("product", product.pk)).status_code == 302
    assert stored(product) == ("Half a sentence", 3000, [])
    typing(colleague, product, "name_en", "Half", "Half a sentence")
    page = office.get("product", product.pk)
    assert publish(office, product, page, name_en="Half a sentence, whole").status_code == 302
    assert stored(product) == ("Half a sentence, whole", 3000, [])


def test_a_code_that_a_colleague_looks_for_does_not_replace_the_published_one(
    office: BoothOffice, product: Product
) -> None:
    other = BoothOffice(office.booth.participation)
    typing(other, product, "hs", "padlock", "8203.20")
    asked = publish(office, product, office.get("product", product.pk))
    assert errors(asked) == ASKED
    assert publish(office, product, asked, **{"theirs-asked": "yes"}).status_code == 302
    assert (Product.objects.get().hs6, stored(product)) == ("820320", ("Pliers", 3000, ["hs"]))


@pytest.mark.parametrize(
    ("theirs", "left"), [([], ["name_en"]), (["name_en Half a sent"], [])], ids=["own alone", "theirs too"]
)
def test_discarding_asks_before_it_throws_away_what_a_colleague_has_typed(
    office: BoothOffice, colleague: BoothOffice, product: Product, theirs: list[str], left: list[str]
) -> None:
    typing(office, product, "moq", "900", "3000")
    asked = office.post("product", product.pk, act="discard")
    assert (asked.status_code, listed(asked)) == (409, ["Name · English · Li Na Half a sent"])
    assert stored(product) == ("Pliers", 3000, ["moq", "name_en"])
    got = office.post("product", product.pk, act="discard", **{"theirs-asked": "yes"}, theirs=theirs)
    assert got["Location"] == office.address("product", product.pk)
    assert stored(product) == ("Pliers", 3000, left)


def test_texts_of_the_booth_are_asked_about_too(office: BoothOffice, exhibitor: Participation) -> None:
    other = BoothOffice(exhibitor, name={"en": "Li Na"})
    other.post("booth_typed", name="story_en", text="We make\r\npli", seen="")
    asked = office.client.post(office.address("booth"), sent(office.get("booth"), tagline_en="Tools"))
    assert (errors(asked), listed(asked)) == (ASKED, ["About the company · English · Li Na We make pli"])
    answer = sent(asked, **{"theirs-asked": "yes"}, theirs=["story_en We make\r\npli"])
    assert office.client.post(office.address("booth"), answer).status_code == 302
    exhibitor.company.refresh_from_db()
    assert (exhibitor.company.tagline, exhibitor.company.story) == ({"en": "Tools"}, {"en": "We make\npli"})


def test_an_hs_code_that_a_colleague_has_typed_without_dots_is_asked_about(
    office: BoothOffice, product: Product, colleague: BoothOffice
) -> None:
    assert typing(colleague, product, "name_en", "Pliers", "Half a sent").status_code == 204
    assert typing(colleague, product, "hs", "83011000", "8203.20").status_code == 204
    asked = publish(office, product, office.get("product", product.pk))
    assert (errors(asked), listed(asked)) == (ASKED, ["HS code · Li Na 8301.1000"])
