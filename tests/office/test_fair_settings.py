"""The form of the fair itself."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from fairplatform.accounts.models import AuditEntry
from fairplatform.fairs.models import Fair
from fairplatform.i18n.zones import is_zone_of
from fairplatform.office.setup.fair_form import FairForm
from fairplatform.workbook.sheets.column import titles_of
from tests.office.office import Office, errors

pytestmark = pytest.mark.django_db
Fields = Callable[..., dict[str, Any]]


def address(fair: Fair) -> str:
    return reverse("office:fair", args=[fair.slug])


@pytest.fixture
def fields(settings_fields: dict[str, Any]) -> Fields:
    return lambda **changes: {**settings_fields, **changes}


def test_fair_between_two_other_countries(office: Office, fields: Fields) -> None:
    changes = {
        "station_country": "AE", "station_zone": "Asia/Dubai", "languages": ["zh", "ar"], "slot_minutes": "30",
        "rooms": "40", "min_meetings": "3", "max_meetings": "12", "name_ur": "ہارڈویئر میلہ",
    }  # fmt: skip
    assert office.post("fair", **fields(**changes)).status_code == 302
    fair = office.fair
    fair.refresh_from_db()
    assert (fair.station_country, fair.station_zone, fair.languages) == ("AE", "Asia/Dubai", ["zh", "ar"])
    assert (fair.slot_minutes, fair.rooms, fair.min_meetings, fair.max_meetings) == (30, 40, 3, 12)
    assert fair.name == {"en": "Hardware fair", "ur": "ہارڈویئر میلہ"}
    assert AuditEntry.objects.values_list("before__station_country").get() == ("PK",)


def test_ceremony_is_entered_by_the_clock_of_the_station(office: Office, fields: Fields) -> None:
    office.post("fair", **fields(ceremony_at="2026-05-11T09:30"))
    fair = office.fair
    fair.refresh_from_db()
    assert fair.ceremony_at == datetime(2026, 5, 11, 4, 30, tzinfo=UTC)
    page = office.client.get(address(office.fair))
    assert 'value="2026-05-11T09:30"' in page.content.decode()
    # Left alone, it is what it was.
    posted = {**fields(ceremony_at="2026-05-11T09:30"), "seen": page.context["form"]["seen"].value()}
    assert office.post("fair", **posted).status_code == 302
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name_en": ""}, "name"),
        ({"slot_minutes": "0"}, "slot_minutes"),
        ({"min_meetings": "5", "max_meetings": "4"}, "max_meetings"),
        ({"station_country": "XX"}, "station_country"),
        ({"station_zone": "Mars/Base"}, "station_zone"),
    ],
)
def test_wrong_setting_is_refused_and_kept_in_the_form(
    office: Office, fields: Fields, wrong: dict[str, str], field: str
) -> None:
    response = office.post("fair", **fields(series="Spring", **wrong))
    assert (response.status_code, list(response.context["form"].errors)) == (409, [field])
    assert 'value="Spring"' in response.content.decode()
    fair = office.fair
    fair.refresh_from_db()
    assert fair.series == ""


def test_a_zone_of_another_country_is_asked_about_and_can_be_confirmed(office: Office, fields: Fields) -> None:
    changes = {"station_country": "AE", "station_zone": "Asia/Karachi"}
    asked = office.post("fair", **fields(**changes))
    assert errors(asked) == {
        "station_zone": [
            "Karachi is not a time zone of this country: United Arab Emirates. Choose another one, or confirm it."
        ]
    }
    assert '<input type="checkbox" name="station_zone_confirmed" value="Asia/Karachi"' in asked.content.decode()
    # The tick confirms the zone that was asked about, no other one.
    other = fields(**changes | {"station_zone": "Asia/Tokyo"}, station_zone_confirmed="Asia/Karachi")
    assert list(errors(office.post("fair", **other))) == ["station_zone"]
    confirmed = fields(**changes, station_zone_confirmed="Asia/Karachi")
    assert office.post("fair", **confirmed).status_code == 302
    fair = office.fair
    fair.refresh_from_db()
    assert (fair.station_country, fair.station_zone) == ("AE", "Asia/Karachi")
    # What is stored by now is not asked about again.
    assert office.post("fair", **fields(**changes, series="Spring")).status_code == 302
    assert set(AuditEntry.objects.order_by("pk").last().after) == {"series"}


def test_a_stored_zone_by_another_name_stays_selected_and_is_kept(office: Office, fields: Fields) -> None:
    Fair.objects.filter(pk=office.fair.pk).update(station_country="US", station_zone="US/Pacific")
    page = office.client.get(address(office.fair)).content.decode()
    assert '<option value="US/Pacific" selected>US/Pacific</option>' in page
    assert office.post("fair", **fields(station_country="US", station_zone="US/Pacific")).status_code == 302
    fair = office.fair
    fair.refresh_from_db()
    assert fair.station_zone == "US/Pacific"


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Asia/Calcutta"])
def test_a_zone_of_the_country_by_any_name_is_not_asked_about(zone: str) -> None:
    assert [is_zone_of(zone, country) for country in ("IN", "LK")] == [True, False]


def test_every_country_and_zone_can_be_chosen(office: Office, fields: Fields) -> None:
    page = office.client.get(address(office.fair))
    form = page.context["form"]
    groups = form.fields["station_zone"].choices
    assert (len(form.fields["host_country"].choices), groups[0][0], groups[0][1]) == (
        249, "Pakistan", [("Asia/Karachi", "Karachi")],
    )  # fmt: skip
    assert len(groups[-1][1]) > 400


@pytest.mark.parametrize("language", ["en", "zh-hans", "ur"])
def test_the_form_and_the_workbook_call_the_same_by_the_same_name(office: Office, language: str) -> None:
    names = ("station", "theme", "series", "host_country", "host_zone", "station_country", "station_zone", "languages")
    with override(language):
        labels = {name: str(office_form(office.fair)[name].label) for name in names}
    assert {name: titles_of("fair", name)[language] for name in names} == labels


def office_form(fair: Fair) -> FairForm:
    return FairForm(fair=fair, instance=fair)


def test_a_fair_without_countries_takes_none_for_granted(office: Office, fields: Fields) -> None:
    """The first of the list is not chosen; each has its usual zone unless another is chosen with it."""
    Fair.objects.filter(pk=office.fair.pk).update(
        host_country="", station_country="", host_zone="UTC", station_zone="UTC"
    )
    page = office.get("fair")
    assert (page.count('<option value="" selected>Not chosen</option>'), "ceremony_at" in page) == (2, False)
    blank = fields(host_country="", station_country="", host_zone="", station_zone="")
    assert list(errors(office.post("fair", **blank))) == ["host_country", "station_country"]
    chosen = {**blank, "host_country": "DE", "station_country": "US", "station_zone": "America/Chicago"}
    assert office.post("fair", **chosen).status_code == 302
    office.fair.refresh_from_db()
    assert office.fair.places == (("DE", "Europe/Berlin"), ("US", "America/Chicago"))
    assert "ceremony_at" in office.get("fair")
