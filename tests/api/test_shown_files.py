"""What the API says of the pictures and documents that public pages show."""

from typing import Any

import pytest
from django.test import Client

from booths.models import Attachment, Product
from fairplatform.fairs.models import Participation
from fairplatform.files.models import File
from tests.factories import make_attachment, make_demand, make_exhibitor, make_fair, make_product, three

from .test_reading import HERE, NOTHING_SAID, read, said

pytestmark = [pytest.mark.django_db, pytest.mark.either]


@pytest.fixture
def exhibitor() -> Participation:
    return make_exhibitor(make_fair())


def as_read(attachment: Attachment, **fields: Any) -> dict[str, Any]:
    url = f"{HERE}/files/{attachment.file_id}/"
    return {"title": NOTHING_SAID, "media_type": "image/webp", "size": 1, "url": url, **fields}


def test_a_booth_with_its_companys_pictures_and_documents(exhibitor: Participation) -> None:
    company = exhibitor.company
    logo, banner = (make_attachment(company, place) for place in ("logo", "banner"))
    second, first = (make_attachment(company, rank=rank, title=three("Works")) for rank in (2, 1))
    paper = make_attachment(company, "document", kind="application/pdf")
    make_attachment(make_product(exhibitor))
    make_attachment(make_demand(exhibitor))
    path = f"fairs/{exhibitor.fair.slug}/booths"
    found = read(f"{path}/{exhibitor.booth.slug}")
    assert {name: found[name] for name in ("logo", "banner", "gallery", "documents")} == {
        "logo": as_read(logo),
        "banner": as_read(banner),
        "gallery": [as_read(first, title=said("Works")), as_read(second, title=said("Works"))],
        "documents": [as_read(paper, media_type="application/pdf")],
    }
    assert [row["logo"] for row in read(path)["results"]] == [as_read(logo)]


def test_a_product_with_its_number_its_pictures_and_documents(exhibitor: Participation) -> None:
    product = make_product(exhibitor, article="YB-201", pieces_per_carton=120)
    picture, paper = make_attachment(product), make_attachment(product, "document", kind="application/pdf")
    make_attachment(exhibitor.company)
    found = read(f"fairs/{exhibitor.fair.slug}/products/{product.pk}")
    assert {name: found[name] for name in ("article", "pieces_per_carton", "gallery", "documents")} == {
        "article": "YB-201",
        "pieces_per_carton": 120,
        "gallery": [as_read(picture)],
        "documents": [as_read(paper, media_type="application/pdf")],
    }


def test_a_picture_has_an_address_that_a_visitor_can_open(exhibitor: Participation) -> None:
    product = make_product(exhibitor)
    picture = File.objects.create(
        owner_model="booths.product", owner_key=product.pk, name="a.png", sha256="a" * 64, kind="image/png", size=1
    )
    picture.path.parent.mkdir(parents=True, exist_ok=True)
    picture.path.write_bytes(b"a")
    Product.objects.filter(pk=product.pk).update(picture=picture)
    url = read(f"fairs/{exhibitor.fair.slug}/products/{product.pk}")["picture"]
    assert url == f"{HERE}/files/{picture.pk}/"
    assert Client().get(url.removeprefix(HERE)).status_code == 200
