"""What is typed is kept field by field, two colleagues are told of each other, and nothing is public too early."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booths.models import Draft, Product
from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Participation
from tests.booth_office.booth_office import NEW, BoothOffice, errors, publish, shown, typing
from tests.factories import make_attachment, make_exhibitor, make_fair, make_product

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.either("booths.own_booth"),
]


@pytest.fixture
def exhibitor() -> Participation:
    return make_exhibitor(make_fair())


@pytest.fixture
def product(exhibitor: Participation) -> Product:
    return make_product(exhibitor, article="P-1")


@pytest.fixture
def office(exhibitor: Participation) -> BoothOffice:
    return BoothOffice(exhibitor)


@pytest.fixture
def colleague(exhibitor: Participation) -> BoothOffice:
    return BoothOffice(exhibitor, is_manager=False, name={"en": "Li Na"})


def test_what_is_typed_is_kept_and_nobody_else_sees_it(
    office: BoothOffice, colleague: BoothOffice, product: Product
) -> None:
    assert typing(office, product, "name_en", "Silver pliers", "Pliers").status_code == 204
    assert typing(office, product, "moq", "many", "3000").status_code == 204
    product.refresh_from_db()
    assert (product.name["en"], product.moq) == ("Pliers", 3000)
    for client in (office.client, Client()):
        public = client.get(reverse("booths:product", args=[office.fair.slug, product.pk])).text
        assert "Silver" not in public
    page = colleague.get("product", product.pk)
    assert (shown(page)["name_en"], shown(page)["moq"], shown(page)["name_ur"]) == (
        "Silver pliers", "many", "Pliers (ار)",
    )  # fmt: skip
    assert "Not published yet" in page.text
    assert "Not published yet" in office.get("products").text


def test_publishing_checks_the_whole_form_and_keeps_what_was_typed(office: BoothOffice, product: Product) -> None:
    typing(office, product, "name_en", "Silver pliers", "Pliers")
    typing(office, product, "moq", "many", "3000")
    page = publish(office, product, office.get("product", product.pk), lead_days="45")
    assert list(errors(page)) == ["moq"]
    assert shown(office.get("product", product.pk))["lead_days"] == "45"
    publish(office, product, office.get("product", product.pk), moq="100")
    product.refresh_from_db()
    assert (product.name["en"], product.moq, product.lead_days) == ("Silver pliers", 100, 45)
    assert not Draft.objects.exists()


def test_two_people_who_change_different_fields_both_succeed(
    office: BoothOffice, colleague: BoothOffice, product: Product
) -> None:
    page = office.get("product", product.pk)
    assert typing(office, product, "name_en", "Silver pliers", "Pliers").status_code == 204
    assert typing(colleague, product, "name_ur", "پلاس", "Pliers (ار)").status_code == 204
    assert typing(colleague, product, "moq", "4,000", "3000").status_code == 204
    asked = publish(office, product, page, name_en="Silver pliers")
    assert (
        publish(office, product, asked, theirs=["name_ur پلاس", "moq 4,000"], **{"theirs-asked": "yes"}).status_code
        == 302
    )
    product.refresh_from_db()
    assert (product.name["en"], product.name["ur"], product.moq) == ("Silver pliers", "پلاس", 4000)


def test_the_second_to_change_a_field_is_told_by_whom_and_chooses(
    office: BoothOffice, colleague: BoothOffice, product: Product
) -> None:
    typing(colleague, product, "name_en", "Silver pliers", "Pliers")
    told = typing(office, product, "name_en", "Golden pliers", "Pliers")
    assert told.status_code == 200
    assert "Li Na has changed this in the meantime:" in told.text.replace("<bdi>", "").replace("</bdi>", "")
    assert 'data-theirs="Silver pliers"' in told.text
    assert shown(office.get("product", product.pk))["name_en"] == "Silver pliers"
    assert typing(office, product, "name_en", "Silver pliers", "Pliers").status_code == 204  # the same thing twice
    assert typing(office, product, "name_en", "Golden pliers", "Silver pliers").status_code == 204
    assert shown(colleague.get("product", product.pk))["name_en"] == "Golden pliers"


def test_without_scripts_the_second_is_told_when_publishing(
    office: BoothOffice, colleague: BoothOffice, product: Product
) -> None:
    page = office.get("product", product.pk)
    typing(colleague, product, "moq", "4000", "3000")
    refused = publish(office, product, page, moq="5000", lead_days="45")
    [sentence] = errors(refused)["moq"]
    assert sentence == "Li Na changed this to “4000” while you were editing. Publish again to replace it."
    assert Draft.objects.get().typed["moq"]["text"] == "4000"
    assert publish(office, product, refused).status_code == 302
    product.refresh_from_db()
    assert (product.moq, product.lead_days) == (5000, 45)


def test_a_page_reads_its_product_once(office: BoothOffice, product: Product) -> None:
    for route in ("product", "product_preview"):
        with CaptureQueriesContext(connection) as captured:
            office.get(route, product.pk)
        assert len([one for one in captured if 'AS "is_changed"' in one["sql"]]) == 1


def test_nobody_is_told_of_what_they_have_typed_themselves(office: BoothOffice, product: Product) -> None:
    page = office.get("product", product.pk)
    typing(office, product, "moq", "4", "3000")
    typing(office, product, "lead_days", "9", "30")
    assert publish(office, product, page, moq="4000").status_code == 302
    product.refresh_from_db()
    assert (product.moq, product.lead_days) == (4000, 9)


@pytest.mark.parametrize(
    ("name", "before", "typed", "comes_again_as", "then"),
    [("hs", "8203.20", "85414300", "8541.4300", "854143"), ("place", "Ningbo", "karachi", "Karachi", "karachi port")],
)
def test_who_types_on_over_what_is_shown_otherwise_is_told_of_no_conflict(
    office: BoothOffice, product: Product, name: str, before: str, typed: str, comes_again_as: str, then: str
) -> None:
    assert typing(office, product, name, typed, before).status_code == 204
    assert shown(office.get("product", product.pk))[name] == comes_again_as
    for seen in (typed, comes_again_as):
        assert typing(office, product, name, then, seen).status_code == 204
        assert typing(office, product, name, typed, then).status_code == 204


def test_a_new_product_is_kept_for_each_person(office: BoothOffice, colleague: BoothOffice) -> None:
    for one, name in ((office, "Hammer"), (colleague, "Saw")):
        assert one.post("product_add_typed", name="name_en", text=name, seen="").status_code == 204
    assert [shown(one.get("product_add"))["name_en"] for one in (office, colleague)] == ["Hammer", "Saw"]
    assert not Product.objects.exists()
    office.post("product_add", **NEW)
    assert Product.objects.get().name["en"] == NEW["name_en"]
    assert [draft.new_by for draft in Draft.objects.all()] == [colleague.person]


def test_texts_of_the_booth_are_kept_and_published(office: BoothOffice, colleague: BoothOffice) -> None:
    office.post("booth_typed", name="story_en", text="We make\r\npliers", seen="")
    assert not Company.objects.get(pk=office.company.pk).story
    assert shown(colleague.get("booth"))["story_en"] == "We make\npliers"
    assert office.client.post(office.address("booth"), shown(office.get("booth"))).status_code == 302
    assert Company.objects.get(pk=office.company.pk).story == {"en": "We make\npliers"}


def test_what_is_not_published_can_be_discarded(office: BoothOffice, product: Product) -> None:
    typing(office, product, "moq", "5", "3000")
    assert "Discard unpublished changes" in office.get("product", product.pk).text
    got = office.post("product", product.pk, act="discard")
    assert got["Location"] == office.address("product", product.pk)
    page = office.get("product", product.pk)
    assert (shown(page)["moq"], Draft.objects.count()) == (3000, 0)
    assert "Discard unpublished changes" not in page.text


@pytest.mark.parametrize("name", ["seen", "hs-shown", "picture", "company", "csrfmiddlewaretoken", ""])
def test_only_inputs_of_the_form_are_kept(office: BoothOffice, product: Product, name: str) -> None:
    assert typing(office, product, name, "1", "").status_code == 404
    assert not Draft.objects.exists()


def test_a_text_without_end_is_refused_and_hidden_marks_are_taken_out(office: BoothOffice, product: Product) -> None:
    assert typing(office, product, "description_en", "x" * 100_000, "").status_code == 409
    assert not Draft.objects.exists()
    typing(office, product, "description_en", "a\u202e\x00b<script>", "")
    assert Draft.objects.get().typed["description_en"]["text"] == "ab<script>"
    assert "<script>" not in office.get("product", product.pk).text.partition("</head>")[2]


def test_who_types_is_told_why_nothing_is_kept_any_more(
    office: BoothOffice, colleague: BoothOffice, product: Product
) -> None:
    gone = {"code": "not_found", "sentence": "This item does not exist, or you do not have access to it."}
    long = typing(office, product, "description_en", "x" * 10_001, "")
    assert (long.status_code, long.json()["sentence"]) == (
        409, "This text is too long to be kept: at most 10,000 characters are. Shorten it."
    )  # fmt: skip
    office.post("product_remove", product.pk)
    removed = typing(office, product, "moq", "5", "3000")
    colleague.person.positions.all().delete()
    left = colleague.post("booth_typed", name="story_en", text="We", seen="")
    assert [(each.status_code, each.json()) for each in (removed, left)] == [(404, gone), (404, gone)]


def test_a_rival_reads_and_writes_no_draft(office: BoothOffice, product: Product) -> None:
    typing(office, product, "name_en", "Silver pliers", "Pliers")
    rival = BoothOffice(make_exhibitor(office.fair))
    assert typing(rival, product, "name_en", "Mine", "Silver pliers").status_code == 404
    rival.post("product_add_typed", name="name_en", text="Hammer", seen="")
    assert shown(office.get("product_add"))["name_en"] == ""
    assert shown(office.get("product", product.pk))["name_en"] == "Silver pliers"


def test_a_company_has_one_draft_of_each_thing(office: BoothOffice, product: Product) -> None:
    for own in ({}, {"product": product}, {"new_by": office.person}):
        Draft.objects.create(company=office.company, **own)
        with pytest.raises(IntegrityError), transaction.atomic():
            Draft.objects.create(company=office.company, **own)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(
            company=office.company, product=make_product(office.booth.participation), new_by=office.person
        )


def test_the_preview_is_the_public_page_with_what_was_typed(
    office: BoothOffice, colleague: BoothOffice, product: Product
) -> None:
    typing(office, product, "name_ur", "چاندی کا پلاس", "Pliers (ار)")
    typing(office, product, "moq", "many", "3000")
    typing(office, product, "price_high", "9.75", "2.4")
    typing(office, product, "hs", "8301.10", "8203.20")
    page = colleague.get("product_preview", product.pk, language="ur")
    assert page.templates[1].name == "booths/product.html"
    assert '<div data-preview lang="ur" dir="rtl">' in page.text
    assert "چاندی کا پلاس" in page.text
    assert [text in page.text for text in ("1.10–9.75", "8301.10", "3,000")] == [True, True, True]
    assert "Pliers" in colleague.get("product_preview", product.pk, language="xx").text
    product.refresh_from_db()
    assert (product.hs6, product.price_high) == ("820320", 24_000)
    rival = BoothOffice(make_exhibitor(office.fair))
    assert rival.get("product_preview", product.pk).status_code == 404


def test_a_booth_and_a_new_product_have_a_preview_too(office: BoothOffice, product: Product) -> None:
    assert office.get("product_add_preview").status_code == 200
    office.post("product_add_typed", name="name_en", text="Hammer", seen="")
    assert "Hammer" in office.get("product_add_preview").text
    office.post("booth_typed", name="tagline_en", text="Tools for bonsai", seen="")
    page = office.get("booth_preview")
    assert page.templates[1].name == "booths/booth.html"
    assert [text in page.text for text in ("Tools for bonsai", "Pliers")] == [True, True]
    assert not Company.objects.get(pk=office.company.pk).tagline


def test_the_preview_shows_the_pictures_that_visitors_see(office: BoothOffice, product: Product) -> None:
    logo, paper = make_attachment(office.company, "logo"), make_attachment(product, "document")
    assert reverse("files:picture", args=[logo.file.sha256]) in office.get("booth_preview").text
    assert reverse("files:file", args=[paper.file_id]) in office.get("product_preview", product.pk).text
