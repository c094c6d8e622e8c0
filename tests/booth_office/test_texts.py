"""An exhibitor's people write what their company says of itself, also before the fair opens."""

import pytest
from django.test import Client
from django.urls import reverse

from booths.filtering import booth_text
from booths.models import Booth
from booths.search import parse
from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Participation
from tests.booth_office.booth_office import BoothOffice, errors, sent
from tests.factories import make_exhibitor, make_fair

pytestmark = [pytest.mark.django_db, pytest.mark.either]


@pytest.fixture
def exhibitor() -> Participation:
    exhibitor = make_exhibitor(make_fair(state="draft"))
    Company.objects.filter(pk=exhibitor.company.pk).update(name={"en": "Hongda Tools", "zh-hans": "宏达工具"})
    exhibitor.company.refresh_from_db()
    return exhibitor


@pytest.fixture
def office(exhibitor: Participation) -> BoothOffice:
    return BoothOffice(exhibitor, is_manager=False)


def test_texts_are_published_and_found(office: BoothOffice) -> None:
    page = office.get("booth")
    changes = {
        "tagline_en": "Tools for bonsai",
        "story_ur": "ہم اوزار بناتے ہیں",
        "founded": "1989",
        "employees": "1,200",
    }
    got = office.client.post(office.address("booth"), sent(page, **changes))
    assert got["Location"] == office.address("booth")
    company = Company.objects.get(pk=office.company.pk)
    assert (company.tagline, company.story, company.founded, company.employees) == (
        {"en": "Tools for bonsai"}, {"ur": "ہم اوزار بناتے ہیں"}, 1989, 1200,
    )  # fmt: skip
    assert (company.city, company.city_name, company.kind) == ("yongkang", {}, "both")
    assert Booth.objects.get(booth_text(parse("bonsai"))) == office.booth


def test_an_approved_name_stays_and_can_be_added_to(office: BoothOffice) -> None:
    page = office.get("booth")
    assert page.text.count(" readonly") == 2
    assert "only they can change it" in page.text
    office.client.post(
        office.address("booth"), sent(page, name_en="Bosch", **{"name_zh-hans": "", "name_ur": "ہونگدا"})
    )
    assert Company.objects.get(pk=office.company.pk).name == {
        "en": "Hongda Tools", "zh-hans": "宏达工具", "ur": "ہونگدا",
    }  # fmt: skip


def test_what_is_missing_is_counted_by_language(office: BoothOffice) -> None:
    page = office.get("booth")
    assert "Urdu: 4 of 5 texts missing" in " ".join(page.text.split())
    assert [(one.language, one.number) for one in page.context["missing"]] == [("en", 3), ("zh-hans", 3), ("ur", 4)]


def test_what_cannot_be_is_refused_and_nothing_is_lost(office: BoothOffice) -> None:
    page = office.get("booth")
    wrong = {"tagline_en": "x" * 401, "founded": "2500", "employees": "-3", "city_names_en": "", "city_names_ur": ""}
    wrong["city_names_zh-hans"] = ""
    got = office.client.post(office.address("booth"), sent(page, story_en="Kept", **wrong))
    assert sorted(errors(got)) == ["city_names", "employees", "founded", "tagline"]
    assert ">Kept</textarea>" in " ".join(got.text.split()).replace("> Kept", ">Kept")


def test_a_company_shows_itself_in_every_fair_it_is_in(office: BoothOffice, exhibitor: Participation) -> None:
    other = make_fair()
    again = Participation.objects.create(
        fair=other, company=exhibitor.company, sells=True, hall=other.halls.get(), state="approved"
    )
    booth = Booth.objects.create(fair=other, participation=again, hall=other.halls.get(), slug="x", number="1")
    office.client.post(office.address("booth"), sent(office.get("booth"), tagline_en="Tools for bonsai"))
    assert "Tools for bonsai" in Client().get(booth.get_absolute_url()).text


def test_an_exhibitor_finds_their_way_to_a_booth_of_a_draft(office: BoothOffice) -> None:
    booth = office.address("booth")
    assert office.client.get("/arrival/")["Location"] == booth
    assert f'href="{booth}"' in office.client.get("/").text
    make_fair()  # open, and the only one that visitors see
    assert f'href="{booth}"' in office.client.get("/").text
    page = office.get("booth").text
    assert f'href="{booth}"' in page
    assert reverse("booths:my_booth", args=[office.fair.slug]) + '"' not in page
    assert office.client.get(office.booth.get_absolute_url()).status_code == 200


def test_a_booth_of_a_draft_is_no_way_for_others(exhibitor: Participation) -> None:
    client = Client()
    assert client.get("/arrival/")["Location"].startswith("/accounts/login/")
    other = BoothOffice(make_exhibitor(make_fair()))
    assert other.client.get("/arrival/")["Location"] == "/"
    assert other.client.get(reverse("booth_office:booth", args=[exhibitor.fair.slug])).status_code == 404
