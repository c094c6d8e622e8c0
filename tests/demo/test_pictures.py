"""The demonstration shows pictures of goods, logos and documents, as rows like those of uploads."""

import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from openpyxl import load_workbook

from booths.models import Attachment, Booth, Product
from fairplatform.accounts.models import Company
from fairplatform.demo.additions import additions
from fairplatform.demo.demonstration import load_demonstration
from fairplatform.demo.drawings.documents import Line, catalogue
from fairplatform.demo.models import DemoRow
from fairplatform.files.kinds import DOCUMENTS, DRAWING, PDF, WORKBOOK, document_kind
from fairplatform.files.models import File

from .conftest import OPENING

SHOWCASES = [showcase.company for showcase in additions().showcases]


def test_every_company_has_a_logo(fair):
    with_logo = Attachment.objects.filter(place="logo").values("company")
    assert Company.objects.filter(participations__fair=fair).exclude(pk__in=with_logo).count() == 0
    assert with_logo.count() == 156


def test_only_products_that_a_new_exhibitor_has_not_translated_are_without_a_picture(fair):
    without = Product.objects.filter(picture=None)
    newcomers = without.filter(company__participations__fair=fair, company__is_new_to_partner_country=True)
    assert newcomers.count() == without.count() == 38
    assert {len(product.description) for product in without} == {2}


def test_the_picture_of_a_product_is_the_first_of_its_gallery(fair):
    pictured = Product.objects.exclude(picture=None).select_related("picture").prefetch_related("attachments__file")
    assert [product.attachments.get().file for product in pictured] == [product.picture for product in pictured]
    assert {(product.picture.name, product.picture.kind) for product in pictured} == {
        (f"{product.hs6}.svg", DRAWING) for product in pictured
    }


def test_products_of_one_kind_do_not_all_look_alike(fair):
    pliers = Product.objects.filter(hs6="820320").values_list("picture__sha256", flat=True)
    assert (len(pliers), len(set(pliers))) == (7, 6)


def test_every_file_is_on_the_disk_and_belongs_to_its_attachment(fair):
    attachments = Attachment.objects.select_related("file")
    assert [(one.file.owner_model, one.file.owner_key) for one in attachments] == [
        ("booths.attachment", one.pk) for one in attachments
    ]
    assert {one.file.pk for one in attachments if one.file.path.stat().st_size != one.file.size} == set()


@pytest.mark.parametrize("key", SHOWCASES)
def test_three_booths_have_a_banner_pictures_of_the_factory_and_documents(fair, key):
    own = Attachment.objects.filter(company__slug=key, product=None).select_related("file")
    shown = [(one.place, one.file.name) for one in own.order_by("place", "rank")]
    assert shown == [
        ("banner", "banner.svg"),
        ("document", "catalogue.pdf"),
        ("document", "price-list.xlsx"),
        ("gallery", "factory_hall.svg"),
        ("gallery", "packing.svg"),
        ("gallery", "test_bench.svg"),
        ("logo", "logo.svg"),
    ]
    assert {len(one.title) for one in own if one.place in ("document", "gallery")} == {3}
    kinds = {one.file.name: document_kind(one.file.path, DOCUMENTS) for one in own if one.place == "document"}
    assert kinds == {"catalogue.pdf": PDF, "price-list.xlsx": WORKBOOK}


@pytest.mark.parametrize("key", SHOWCASES)
def test_a_price_list_has_the_prices_of_the_booth(fair, key):
    file = Attachment.objects.get(company__slug=key, file__name="price-list.xlsx").file
    rows = list(load_workbook(io.BytesIO(file.path.read_bytes())).active.iter_rows(min_row=4, values_only=True))
    products = Product.objects.filter(company__slug=key)
    assert {(row[0], row[6], row[7]) for row in rows} == {
        (product.name["en"], *(float(price) for price in product.prices)) for product in products
    }


def test_a_page_of_a_catalogue_names_its_objects_where_they_are():
    page = catalogue({"en": "Lamps (large)"}, [Line({"en": "Lamp"}, "940542", 10, "pcs", 1, 2, 30)])
    places = [int(line[:10]) for line in page.split(b"xref\n")[1].splitlines()[2:8]]
    assert [page[place:].startswith(b"%d 0 obj" % number) for number, place in enumerate(places, 1)] == [True] * 6
    assert page[int(page.split(b"startxref\n")[1].split()[0]) :].startswith(b"xref")
    assert rb"(Lamps \(large\)) Tj" in page


def test_a_visitor_sees_them(fair, client):
    booth = Booth.objects.visible_to(AnonymousUser()).get(slug=SHOWCASES[0])
    for file in File.objects.filter(pk__in=booth.participation.company.attachments.values("file")):
        answer = client.get(reverse("files:file", args=[file.pk]))
        assert (answer.status_code, answer["Content-Type"]) == (200, file.kind)


def test_loading_again_adds_nothing_and_puts_back_drawings_that_are_gone(fair):
    before = set(Attachment.objects.values_list("pk", "file__sha256"))
    gone = Attachment.objects.filter(place="logo").first().file
    gone.path.unlink()
    damaged = Attachment.objects.filter(file__name="820320.svg").first().file
    content = damaged.path.read_bytes()
    damaged.path.write_bytes(b"")
    load_demonstration(OPENING)
    assert set(Attachment.objects.values_list("pk", "file__sha256")) == before
    assert gone.path.stat().st_size == gone.size
    assert damaged.path.read_bytes() == content


def test_what_an_exhibitor_removes_stays_removed(fair):
    Attachment.objects.filter(company__slug=SHOWCASES[0], place="banner").get().delete()
    load_demonstration(OPENING)
    assert Attachment.objects.filter(company__slug=SHOWCASES[0], place="banner").count() == 0


def test_a_demonstration_from_before_gets_its_pictures(fair):
    Attachment.objects.all().delete()
    DemoRow.objects.filter(kind="booths.attachment").delete()
    load_demonstration(OPENING)
    assert (Attachment.objects.count(), Product.objects.filter(picture=None).count()) == (720, 38)
