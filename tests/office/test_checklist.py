"""The list of what a fair still lacks."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from fairplatform.accounts.models import PersonalLink, Staff, User
from fairplatform.fairs.models import (
    Body,
    Fair,
    FairDay,
    Hall,
    Holiday,
    Participation,
    RecruitingUnit,
    Registration,
    WorkingHours,
)
from fairplatform.fairs.slots import replace_slots
from fairplatform.office.setup.checklist import checklist, missing_to_open
from fairplatform.office.setup.working_time import usual_rows
from fairplatform.policy import Role
from tests.factories import make_buyer, make_exhibitor, make_role, make_staff, three
from tests.office.office import Office

pytestmark = pytest.mark.django_db


def open_lines(office: Office) -> list[str]:
    office.fair.refresh_from_db()
    return [check.sentence for check in checklist(office.fair) if not check.is_done]


def test_empty_fair(office: Office) -> None:
    assert open_lines(office) == [
        "The fair has no days.",
        "No exhibitor is approved yet.",
        "No buyer is approved yet.",
        "The name of the fair is missing in Chinese and Urdu.",
        "China: the usual working hours have not been confirmed (Mon–Sat 09:00–18:00; not worked: Sun)",
        "Pakistan: the usual working hours have not been confirmed (Mon–Thu, Sat 10:00–16:00; Fri 10:00–16:00; "
        "not worked: Sun)",
        "No host is named.",
        "The fair has no halls.",
    ]
    assert len(missing_to_open(office.fair)) == 3
    # Nobody waits for approval: the list is shown whole, where companies are added.
    nobody = ["No exhibitor is approved yet.", "No buyer is approved yet."]
    assert lines_to(office, reverse("office:companies", args=[office.fair.slug])) == nobody
    page = office.get("overview")
    assert ("The fair has no days." in page, "8 things to do" in page) == (True, True)


def test_who_waits_for_approval_is_what_is_looked_at_first(office: Office) -> None:
    filled(office)
    office.fair.participations.filter(sells=True).update(state="submitted")
    office.fair.participations.filter(buys=True).update(state="refused")
    assert lines_to(office, "companies/?part=sells&state=submitted") == ["No exhibitor is approved yet."]
    assert lines_to(office, "organise/companies/") == ["No buyer is approved yet."]


def test_missing_languages_are_joined_as_the_reader_writes_lists(office: Office) -> None:
    with override("zh-hans"):
        assert "展会名称缺中文和乌尔都语。" in open_lines(office)


def filled(office: Office) -> None:
    """All of it, on a Thursday that both countries work."""
    fair = office.fair
    fair.name = three("Hardware fair")
    fair.save()
    WorkingHours.objects.bulk_create(usual_rows(fair))
    for country in fair.countries:
        Holiday.objects.create(fair=fair, country=country, date=date(2026, 1, 1))
    Body.objects.create(fair=fair, part="host", name=three("Department"))
    Hall.objects.create(fair=fair, number=1, name=three("Pumps"))
    FairDay.objects.create(fair=fair, number=1, date=date(2026, 5, 14), starts="10:00", ends="12:00")
    fair.refresh_from_db()
    replace_slots(fair)
    for company in (make_exhibitor(fair), make_buyer(fair)):
        make_staff(company, speaks=["en"])


def test_fair_that_lacks_nothing(office: Office) -> None:
    filled(office)
    assert open_lines(office) == []
    assert [check.sentence for check in checklist(office.fair)] == [
        "Countries of the fair: China · Pakistan",
        "4 slots for meetings",
        "1 approved exhibitor",
        "1 approved buyer",
        "The fair has a name in all three languages.",
        "Every day has slots within the common hours.",
        "The working hours of each country have been entered.",
        "Holidays have been entered, or there are none on the days of the fair.",
        "The fair has a host.",
        "Every hall has exhibitors.",
        "An organiser can sign in.",
    ]
    assert "0 things to do" in office.get("overview")


def test_days_without_common_hours_or_without_a_slot_in_them(office: Office) -> None:
    filled(office)
    fair = office.fair
    FairDay.objects.create(fair=fair, number=2, date=date(2026, 5, 17), starts="10:00", ends="12:00")
    FairDay.objects.create(fair=fair, number=3, date=date(2026, 5, 18), starts="06:00", ends="08:00")
    replace_slots(fair)
    assert open_lines(office) == [
        "Sun 17 May has no common hour.",
        "Mon 18 May has no slot within the common hours.",
    ]


def test_day_that_is_too_short_for_a_meeting(office: Office) -> None:
    filled(office)
    office.fair.days.update(ends="10:20")
    replace_slots(office.fair)
    assert open_lines(office) == ["No meeting fits into the days of the fair."]


def test_empty_hall_and_exhibitor_without_one(office: Office) -> None:
    filled(office)
    Hall.objects.create(fair=office.fair, number=3, name={"en": "Locks"})
    office.fair.participations.filter(sells=True).update(hall=None)
    office.fair.booths.all().delete()
    office.fair.halls.filter(number=1).delete()
    lines = ["Hall 3 (Locks) has no exhibitor.", "1 exhibitor has no hall."]
    assert open_lines(office) == lines
    hall = reverse("office:halls_change", args=[office.fair.slug, office.fair.halls.get().pk])
    assert [lines_to(office, where) for where in (hall, "?without=hall&state=approved")] == [lines[:1], lines[1:]]


def test_units_behind_their_quota_and_past_their_date(office: Office) -> None:
    filled(office)
    today = timezone.localdate()
    units = {
        "Jinhua bureau": {"quota": 20, "reply_by": today + timedelta(days=1)},
        "Lahore Chamber": {"quota": 2, "reply_by": date(2026, 5, 1)},
        "Yiwu bureau": {},
    }
    for name, fields in units.items():
        RecruitingUnit.objects.create(fair=office.fair, name={"en": name}, country="CN", **fields)
    office.fair.participations.update(unit=RecruitingUnit.objects.get(name__en="Jinhua bureau"))
    assert open_lines(office) == [
        "Jinhua bureau: 2 of 20 companies",
        "Lahore Chamber: 0 of 2 companies, reply was due on Fri 1 May",
        "Yiwu bureau: no companies yet",
    ]
    RecruitingUnit.objects.exclude(name__en="Jinhua bureau").delete()
    RecruitingUnit.objects.update(quota=2)
    assert open_lines(office) == []


def test_interpreter_for_people_without_a_common_language(office: Office) -> None:
    filled(office)
    seller, buyer = (User.objects.get(positions__company=row.company) for row in companies(office))
    User.objects.filter(pk=seller.pk).update(speaks=["zh-Hans"])
    User.objects.filter(pk=buyer.pk).update(speaks=["ur", "en"])
    assert open_lines(office) == ["No interpreter for Chinese–English."]
    assert lines_to(office, "?role=interpreter") == ["No interpreter for Chinese–English."]
    make_role(office.fair, Role.INTERPRETER, language_pairs=["en-zh"])
    assert open_lines(office) == []
    assert "There is an interpreter for every pair of languages." in office.get("overview")


def companies(office: Office) -> list[Participation]:
    """The exhibitor and the buyer."""
    return [office.fair.participations.get(**{role: True}) for role in ("sells", "buys")]


def lines_to(office: Office, filters: str) -> list[str]:
    """The open lines that lead to a list narrowed in this way."""
    lines = [check for check in checklist(office.fair) if not check.is_done]
    return [check.sentence for check in lines if check.url.endswith(filters)]


def test_companies_whose_languages_nobody_has_said(office: Office) -> None:
    filled(office)
    User.objects.update(speaks=[])
    sentence = "2 companies: nobody says which languages they speak, so it is not known whether interpreters are needed"
    assert open_lines(office) == [sentence]
    assert lines_to(office, "?without=languages&state=approved") == [sentence]
    make_staff(companies(office)[0], speaks=["zh"])
    assert open_lines(office) == [sentence.replace("2 companies", "1 company")]


def test_companies_without_people(office: Office) -> None:
    filled(office)
    Staff.objects.filter(company=companies(office)[0].company).delete()
    assert open_lines(office) == ["1 company has no people."]
    assert lines_to(office, "?without=people&state=approved") == ["1 company has no people."]


def test_people_who_cannot_sign_in(office: Office) -> None:
    filled(office)
    person = make_staff(companies(office)[0], email=None, speaks=["en"])
    Registration.objects.create(fair=office.fair, user=person, accepted_at=timezone.now())
    sentence = "1 person has neither a working personal link nor an email address."
    assert open_lines(office) == [sentence]
    assert lines_to(office, "?access=none") == [sentence]
    link, _secret, _code = PersonalLink.issue(person, now=timezone.now())
    assert open_lines(office) == []
    PersonalLink.objects.filter(pk=link.pk).update(tries=PersonalLink.TRIES)
    assert open_lines(office) == [sentence]
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert open_lines(office) == []


def test_organisers_who_cannot_come_back(office: Office) -> None:
    filled(office)
    User.objects.filter(pk=office.person.pk).update(email=None)
    assert open_lines(office) == ["No organiser has a working personal link or an email address."]
    link, _secret, _code = PersonalLink.issue(office.person, now=timezone.now())
    assert open_lines(office) == []
    PersonalLink.objects.filter(pk=link.pk).update(tries=PersonalLink.TRIES)
    assert len(open_lines(office)) == 1


def test_usual_hours_and_missing_holidays_are_asked_about_until_somebody_says_so(office: Office) -> None:
    filled(office)
    fair = office.fair
    Fair.objects.filter(pk=fair.pk).update(station_country="AE", station_zone="Asia/Dubai")
    asked = (
        "United Arab Emirates: the usual working hours have not been confirmed (Mon–Thu 08:30–17:30; Fri 08:30–12:00; "
        "not worked: Sat–Sun)",
        "United Arab Emirates: no holiday has been entered, and nobody has confirmed that there is none.",
    )
    assert [one for one in open_lines(office) if "Emirates" in one] == [*asked]
    assert lines_to(office, "/hours/") == [asked[0]]
    assert lines_to(office, "/holidays/") == [asked[1]]
    assert "Mon–Thu 08:30–17:30; Fri 08:30–12:00; not worked: Sat–Sun" in office.get("hours")
    office.post("hours_usual")
    assert "No holiday on these days" in office.get("holidays")
    assert office.post("holidays_none", country="AE").status_code == 302
    assert [one for one in open_lines(office) if "Emirates" in one] == []
    assert "No holiday on these days" not in office.get("holidays")
    # What was said of some days is not said of another.
    FairDay.objects.create(fair=fair, number=2, date=date(2026, 5, 15), starts="10:00", ends="12:00")
    assert [one for one in open_lines(office) if "Emirates" in one] == [asked[1]]
    assert office.post("holidays_none", country="DE").status_code == 404


def test_a_fair_without_countries_asks_for_them_first(office: Office) -> None:
    Fair.objects.filter(pk=office.fair.pk).update(host_country="", station_country="", host_zone="UTC")
    FairDay.objects.create(fair=office.fair, number=1, date=date(2026, 5, 14), starts="10:00", ends="12:00")
    sentence = "The two countries of the fair have not been chosen."
    assert open_lines(office)[0] == sentence
    assert sentence in [one.sentence for one in missing_to_open(office.fair)]
    assert lines_to(office, "/organise/fair/") == [sentence, "The name of the fair is missing in Chinese and Urdu."]
    assert sentence in office.get("common_hours")
