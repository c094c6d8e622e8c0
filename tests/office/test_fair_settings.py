"""The form of the fair itself."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from fairplatform.accounts.models import AuditEntry
from fairplatform.fairs.models import Fair
from tests.office.office import Office

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


def test_every_country_and_zone_can_be_chosen(office: Office, fields: Fields) -> None:
    page = office.client.get(address(office.fair))
    form = page.context["form"]
    groups = form.fields["station_zone"].choices
    assert (len(form.fields["host_country"].choices), groups[0][0], groups[0][1]) == (
        249, "Pakistan", [("Asia/Karachi", "Karachi")],
    )  # fmt: skip
    assert len(groups[-1][1]) > 400
