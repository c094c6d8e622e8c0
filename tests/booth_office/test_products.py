"""An exhibitor's people add, change, copy, order, hide and remove the products of their company."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booths.attachments import keep_cover
from booths.models import Display, Product
from fairplatform.fairs.models import Participation
from tests.booth_office.booth_office import BoothOffice, errors, sent
from tests.factories import make_attachment, make_exhibitor, make_fair, make_product, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.either("booths.own_booth")]


@pytest.fixture
def exhibitor() -> Participation:
    return make_exhibitor(make_fair())


@pytest.fixture
def office(exhibitor: Participation) -> BoothOffice:
    return BoothOffice(exhibitor)


def test_a_product_is_added_unshown_with_everything_that_was_typed(office: BoothOffice) -> None:
    got = office.add()
    product = Product.objects.get()
    assert got["Location"] == office.address("product", product.pk)
    assert (product.company, product.article, product.name) == (
        office.company, "PL-8", {"en": "Combination pliers", "zh-hans": "钢丝钳"},
    )  # fmt: skip
    assert (product.hs6, product.hs_code) == ("820320", "82032000")
    assert (product.moq, product.moq_unit, product.pieces_per_carton, product.lead_days) == (3000, "pcs", 120, 30)
    assert (product.price_low, product.price_high, product.price_unit, product.currency) == (
        11_500, 24_000, "pcs", "USD",
    )  # fmt: skip
    assert (product.incoterm, product.place, product.certificates) == ("FOB", "ningbo", ["CE", "GS"])
    assert office.shown() == []


def test_publishing_shows_it_as_the_last_one_of_the_booth(office: BoothOffice, exhibitor: Participation) -> None:
    first = make_product(exhibitor)
    office.add(act="show", hall_shown=office.fair.halls.get().pk)
    product = Product.objects.exclude(pk=first.pk).get()
    assert office.shown() == [first, product]
    assert Display.objects.get(product=product).hall == office.fair.halls.get()


def test_it_works_in_a_draft_fair_too(exhibitor: Participation) -> None:
    fair = exhibitor.fair
    fair.state = "draft"
    fair.save()
    office = BoothOffice(exhibitor, is_manager=False)
    office.add(act="show")
    assert "Combination pliers" in office.get("products").text
    assert office.shown() == [Product.objects.get()]
    page = office.get("product", Product.objects.get().pk).text
    assert reverse("booths:product", args=[fair.slug, Product.objects.get().pk]) not in page


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"price_low": "-1"}, {"price_low": ["The number cannot be negative: -1."]}),
        ({"price_low": "0.00"}, {"price_low": ["The number must be above zero."]}),
        ({"price_low": "3", "price_high": "2"}, ["price_high"]),
        ({"price_high": "9" * 13}, ["price_high"]),
        ({"price_low": "1.00001"}, {"price_low": ["Prices can have up to 4 decimal places."]}),
        ({"moq": "-5"}, ["moq"]),
        ({"moq": "99999999999"}, ["moq"]),
        ({"moq_unit": "", "price_unit": "kg"}, {"moq_unit": ["Choose a unit for the minimum order."]}),
        ({"moq": "", "moq_unit": ""}, {"price_unit": ["Choose a unit for the price."]}),
        ({"pieces_per_carton": "0"}, ["pieces_per_carton"]),
        ({"lead_days": "4000"}, ["lead_days"]),
        ({"incoterm": "XXX"}, ["incoterm"]),
        ({"currency": "ABC"}, ["currency"]),
        ({"article": ""}, ["article"]),
        ({"article": "x" * 61}, ["article"]),
        ({"name_en": "", "name_zh-hans": ""}, {"name": ["Enter this in at least one language."]}),
        ({"description_ur": "ا" * 100_000}, ["description"]),
        ({"certificates": "x" * 121}, ["certificates"]),
        ({"place": "x" * 100}, ["place"]),
        ({"hall_shown": "999999"}, ["hall_shown"]),
        ({"hs": "9999.99"}, ["hs"]),
        ({"hs": ""}, ["hs"]),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_lost(
    office: BoothOffice, fields: dict[str, str], wrong: Any
) -> None:
    page = office.add(**fields, act="show")
    said = errors(page)
    assert (said if isinstance(wrong, dict) else sorted(said)) == wrong
    assert not Product.objects.exists()
    assert {name: page.context["form"].data[name] for name in fields} == fields
    assert all(f'href="#id_{name}' in page.text for name in said)


def test_marks_that_hide_or_turn_text_are_taken_out_and_markup_stays_text(office: BoothOffice) -> None:
    office.add(name_en="Pli\u202eers\u0000 <script>alert(1)</script>", description_en="a\u2066b", act="show")
    product = Product.objects.get()
    assert (product.name["en"], product.description["en"]) == ("Pliers <script>alert(1)</script>", "ab")
    assert "<script>alert" not in office.get("products").text
    assert "<script>alert" not in office.get("product", product.pk).text


def test_no_two_products_of_a_company_have_one_article_number(office: BoothOffice, exhibitor: Participation) -> None:
    office.add()
    assert errors(office.add()) == {"article": ["Another product of your company has this article number."]}
    BoothOffice(make_exhibitor(exhibitor.fair)).add()
    assert Product.objects.filter(article="PL-8").count() == 2


def test_a_change_of_a_colleague_is_not_lost_unseen(office: BoothOffice, exhibitor: Participation) -> None:
    product = make_product(exhibitor, article="P-1")
    page = office.get("product", product.pk)
    Product.objects.filter(pk=product.pk).update(moq=500, lead_days=7)
    said = errors(office.client.post(office.address("product", product.pk), sent(page, moq="900")))
    assert [sentence.partition("“")[2][:3] for sentence in said["moq"]] == ["500"]
    product.refresh_from_db()
    assert (product.moq, product.lead_days) == (500, 7)


def test_only_what_was_changed_is_stored(office: BoothOffice, exhibitor: Participation) -> None:
    product = make_product(exhibitor, article="P-1", hs6="8203", place="somewhere", incoterm="")
    page = office.get("product", product.pk)
    Product.objects.filter(pk=product.pk).update(lead_days=7)
    got = office.client.post(office.address("product", product.pk), sent(page, moq="900"))
    assert got.status_code == 302
    stored = Product.objects.get(pk=product.pk)
    assert (stored.moq, stored.lead_days, stored.hs6, stored.hs_code, stored.place, stored.incoterm) == (
        900, 7, "8203", "", "somewhere", "",
    )  # fmt: skip
    assert (stored.price_low, stored.price_high) == (product.price_low, product.price_high)


def test_a_copy_is_not_shown_and_is_without_the_article_number(office: BoothOffice, exhibitor: Participation) -> None:
    product = make_product(exhibitor, article="P-1")
    got = office.post("product_copy", product.pk)
    copied = Product.objects.exclude(pk=product.pk).get()
    assert got["Location"] == office.address("product", copied.pk)
    assert (copied.name, copied.price_low, copied.article) == (product.name, product.price_low, "")
    assert office.shown() == [product]
    assert Product.objects.get(pk=product.pk).article == "P-1"


def test_a_copy_has_pictures_of_its_own(office: BoothOffice, exhibitor: Participation) -> None:
    product = make_product(exhibitor)
    picture, document = make_attachment(product, title={"en": "Front"}), make_attachment(product, "document")
    picture.file.renditions.create(width=30, height=20, sha256="3" * 64, size=1)
    keep_cover(product)
    office.post("product_copy", product.pk)
    copied = Product.objects.exclude(pk=product.pk).get()
    own = copied.attachments.order_by("pk")
    assert [(one.place, one.title, one.file.sha256) for one in own] == [
        ("gallery", picture.title, picture.file.sha256), ("document", {}, document.file.sha256),
    ]  # fmt: skip
    assert copied.picture == own[0].file
    assert [(one.sha256, one.file) for one in own[0].file.renditions.all()] == [("3" * 64, own[0].file)]
    office.post("product_show", copied.pk, shown="yes")
    assert [bool(one.file.roles_of(AnonymousUser())) for one in own] == [True, True]
    # Each is removed by itself.
    office.post("attachment_remove", own[0].pk)
    assert (Product.objects.get(pk=copied.pk).picture, Product.objects.get(pk=product.pk).picture) == (
        None, picture.file,
    )  # fmt: skip


def test_products_are_moved_hidden_and_shown_again(office: BoothOffice, exhibitor: Participation) -> None:
    one, two, three = (make_product(exhibitor, name) for name in ("One", "Two", "Three"))
    office.post("product_move", three.pk, to="up")
    assert office.shown() == [one, three, two]
    office.post("product_move", one.pk, to="down")
    assert office.shown() == [three, one, two]
    assert office.post("product_move", two.pk, to="top")["Location"].endswith(f"#product-{two.pk}")
    assert office.shown() == [two, three, one]
    for to in ("up", "nowhere"):
        office.post("product_move", two.pk, to=to)
    assert office.shown() == [two, three, one]
    assert office.post("product_show", two.pk, shown="no")["Location"].endswith(f"#product-{two.pk}")
    office.post("product_move", two.pk, to="up")
    assert office.shown() == [three, one]
    office.post("product_show", two.pk, shown="yes")
    office.post("product_show", two.pk, shown="yes")
    assert office.shown() == [three, one, two]


def test_a_product_is_removed_from_every_fair_after_it_was_asked(office: BoothOffice, exhibitor: Participation) -> None:
    product = make_product(exhibitor)
    assert "another fair" not in office.get("product_remove", product.pk).text
    other = make_exhibitor(make_fair())
    Display.objects.create(booth=other.booth, product=product)
    assert "another fair" in office.get("product_remove", product.pk).text
    office.post("product_remove", product.pk)
    assert not Product.objects.exists()


def test_the_list_says_what_is_missing_and_narrows_to_it(office: BoothOffice, exhibitor: Participation) -> None:
    words = dict.fromkeys(("en", "zh-hans"), "Pliers")
    pliers = make_product(exhibitor, words, description=words, article="P-1")
    whole = make_product(
        exhibitor,
        "Hammer",
        description={**words, "ur": "ہتھوڑا"},
        price_low=None,
        article="H-1",
        incoterm="",
        certificates=[],
    )
    hidden = make_product(exhibitor, "Saw")
    make_attachment(pliers)
    keep_cover(pliers)
    hidden.displays.all().delete()
    page = office.get("products")
    assert [(one.language, one.number, one.total) for one in page.context["missing"]] == [
        ("en", 1, 6), ("zh-hans", 1, 6), ("ur", 3, 6),
    ]  # fmt: skip
    assert "Urdu: 2 of 2 texts missing" in " ".join(page.text.split())
    assert [(row, [str(term) for term in terms]) for row, _missing, terms in page.context["rows"]] == [
        (pliers, []),
        (whole, ["Price", "Delivery term (Incoterm)", "Certificates", "Picture"]),
        (hidden, ["Article number", "Picture"]),
    ]  # fmt: skip

    def listed(**query: str) -> list[Product]:
        return [row for row, *_ in office.get("products", **query).context["rows"]]

    assert listed(missing="ur") == [pliers, hidden]
    assert listed(state="hidden") == [hidden]
    assert listed(state="shown", q="H-1") == [whole]
    assert listed(q="nothing") == []


def test_the_list_shows_covers_and_leads_to_pictures_and_to_the_spreadsheet(
    office: BoothOffice, exhibitor: Participation
) -> None:
    pictured, plain = make_product(exhibitor), make_product(exhibitor)
    picture = make_attachment(pictured)
    keep_cover(pictured)
    page = office.get("products").text
    covers = re.findall(r'<span class="picture">\s*<(\w+)(?: src="([^"]*)")?', page)
    assert covers == [("img", f"/files/pictures/{picture.file.sha256}/"), ("svg", "")]
    for product in (pictured, plain):
        address = office.address("product_files", product.pk)
        assert [each.count(f'href="{address}"') for each in (page, office.get("product", product.pk).text)] == [1, 1]
    empty = BoothOffice(make_exhibitor(office.fair)).get("products").text
    assert [each.count(f'href="{office.address("products_import")}"') for each in (page, empty)] == [1, 1]


def pictured_product(exhibitor: Participation, number: int) -> None:
    product = make_product(exhibitor, article=str(number))
    make_attachment(product)
    keep_cover(product)


def test_a_list_of_many_takes_as_many_queries(
    office: BoothOffice, exhibitor: Participation, django_assert_num_queries: Any
) -> None:
    for number in range(30, 35):
        pictured_product(exhibitor, number)
    office.get("products")
    with CaptureQueriesContext(connection) as captured:
        office.get("products")
    few = len(captured)
    for number in range(30):
        pictured_product(exhibitor, number)
    office.get("products")  # the header is made again
    with django_assert_num_queries(few):
        page = office.get("products")
    assert len(page.context["rows"]) == 24


def test_nobody_else_finds_what_is_not_shown_or_what_belongs_to_another_company(
    office: BoothOffice, exhibitor: Participation
) -> None:
    office.add(name_en="Secret pliers")
    secret = Product.objects.get()
    rival = BoothOffice(make_exhibitor(exhibitor.fair))
    public = reverse("booths:product", args=[exhibitor.fair.slug, secret.pk])
    for route in ("product", "product_remove"):
        assert rival.get(route, secret.pk).status_code == 404
    for route in ("product", "product_copy", "product_show", "product_move", "product_remove"):
        assert rival.post(route, secret.pk, shown="yes").status_code == 404
    for client in (rival.client, Client()):
        assert client.get(public).status_code == 404
        for lists in ("booths:products", "booths:halls"):
            found = client.get(reverse(lists, args=[exhibitor.fair.slug]), {"q": "Secret"})
            assert "Secret pliers" not in found.text
    assert office.shown() == []
    booth = rival.client.get(exhibitor.booth.get_absolute_url())
    assert "Secret pliers" not in booth.text


def test_somebody_of_a_company_that_is_not_approved_any_more_has_no_booth_office(exhibitor: Participation) -> None:
    person = make_staff(exhibitor)
    exhibitor.state = "waiting"
    exhibitor.save()
    client = Client()
    client.force_login(person)
    assert client.get(reverse("booth_office:products", args=[exhibitor.fair.slug])).status_code == 404
