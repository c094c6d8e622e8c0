"""What a company is told of the organisers' decisions about it, and what becomes of its requests."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.invited_companies import accept
from fairplatform.fairs.models import Fair, Participation
from fairplatform.notices.models import Notice
from fairplatform.office.companies.states import set_state
from fairplatform.office.setup.states import CHANGES, change_state
from fairplatform.workbook.importing import import_workbook
from fairplatform.workbook.reading import read
from fairplatform.workbook.writing import write
from meetings.models import Meeting, MeetingRequest
from meetings.requests.actions import accept as accept_request
from meetings.requests.actions import make_request
from tests.factories import NOW, actor, make_buyer, make_exhibitor, make_fair, make_slots, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.notices.decisions")]
STATES = list(Participation.State)


@pytest.fixture
def fair() -> Fair:
    return make_fair()


def told(person: User) -> list[str]:
    """The notices of a person about participations, in their order."""
    rows = Notice.objects.filter(recipient=person, code__startswith="participation_").order_by("pk")
    return list(rows.values_list("code", flat=True))


def decided(organiser: User, company: Participation, *states: str) -> None:
    for state in states:
        set_state(actor(organiser), fair=company.fair, participations=[company.pk], state=state, now=NOW)


@pytest.mark.parametrize("after", STATES)
@pytest.mark.parametrize("before", STATES)
def test_every_transition_is_told_to_the_managers_once(
    fair: Fair, organiser: User, before: Participation.State, after: Participation.State
) -> None:
    company = make_buyer(fair)
    Participation.objects.filter(pk=company.pk).update(state=before)
    manager, clerk = make_staff(company), make_staff(company, is_manager=False)
    ended = make_staff(company, is_active=False)
    decided(organiser, company, after, after)
    expected = [] if before == after else [f"participation_{after}"]
    assert [told(person) for person in (manager, clerk, ended)] == [expected, [], []]
    company.refresh_from_db()
    assert (company.state, company.told_state) == (after, "" if before == after else after)
    for notice in Notice.objects.filter(recipient=manager):
        assert notice.parameters == {"company": company.company.name}
        page = f"/fairs/{fair.slug}/"
        assert notice.path == (f"{page}invitation/{company.pk}/" if after == "invited" else page)


def test_what_is_decided_in_a_draft_is_told_when_the_fair_opens_as_it_is_by_then(organiser: User) -> None:
    fair = make_fair(state="draft")
    fair.roles.create(user=organiser, role="organiser")
    approved, refused, undone, imported = (make_buyer(fair) for _ in range(4))
    managers = [make_staff(company) for company in (approved, refused, undone, imported)]
    Participation.objects.filter(fair=fair).exclude(pk=imported.pk).update(state="submitted")
    decided(organiser, approved, "waiting", "approved")
    decided(organiser, refused, "refused")
    decided(organiser, undone, "approved", "submitted")
    assert [told(manager) for manager in managers] == [[]] * 4
    [opening] = [change for change in CHANGES if change.name == "reopen"]
    Fair.objects.filter(pk=fair.pk).update(state="closed")
    for _again in range(2):
        change_state(actor(organiser), fair=fair.pk, change=opening, now=NOW)
        Fair.objects.filter(pk=fair.pk).update(state="closed")
    assert [told(manager) for manager in managers] == [
        ["participation_approved"], ["participation_refused"], [], [],
    ]  # fmt: skip


def test_a_workbook_that_changes_a_state_tells_too(fair: Fair, organiser: User, tmp_path: Path) -> None:
    company = make_buyer(fair)
    Participation.objects.filter(pk=company.pk).update(key="karim", state="submitted")
    manager = make_staff(company)
    row = {"key": "karim", "name_en": str(company.company), "country": "PK", "city_en": "Lahore", "buys": True}
    sheets: dict[str, list[dict[str, Any]]] = {"companies": [{**row, "state": "approved"}]}
    for _again in range(2):
        write(tmp_path / "fair.xlsx", sheets)
        import_workbook(read(tmp_path / "fair.xlsx"), now=NOW, fair=fair, actor=actor(organiser))
    company.refresh_from_db()
    assert (company.state, told(manager)) == ("approved", ["participation_approved"])


def test_a_company_is_not_told_what_it_did_itself(fair: Fair, organiser: User) -> None:
    company = make_buyer(fair)
    manager = make_staff(company)
    decided(organiser, company, "invited")
    accept(actor(manager), fair=fair.slug, participation=company.pk, now=NOW)
    decided(organiser, company, "approved")
    assert told(manager) == ["participation_invited", "participation_approved"]


@pytest.fixture
def asked(fair: Fair) -> tuple[MeetingRequest, User, User]:
    """A buyer's request to an exhibitor, with somebody of either."""
    exhibitor, buyer = make_exhibitor(fair), make_buyer(fair)
    seller, purchaser = make_staff(exhibitor), make_staff(buyer)
    slot = make_slots(fair, first=NOW + timedelta(days=1))[0]
    request = make_request(actor(purchaser), receiver=exhibitor.pk, slot=slot.pk, now=NOW)
    return request, seller, purchaser


def test_requests_of_a_company_end_with_its_approval(fair: Fair, organiser: User, asked: Any) -> None:
    request, seller, purchaser = asked
    decided(organiser, request.sender, "withdrawn")
    request.refresh_from_db()
    assert request.state == "withdrawn"
    codes = [set(Notice.objects.filter(recipient=one).values_list("code", flat=True)) for one in (seller, purchaser)]
    assert codes == [{"request_withdrawn"}, {"participation_withdrawn"}]


def test_requests_to_a_company_end_with_its_approval(fair: Fair, organiser: User, asked: Any) -> None:
    request, seller, purchaser = asked
    decided(organiser, request.receiver, "waiting")
    request.refresh_from_db()
    assert request.state == "expired"
    codes = [set(Notice.objects.filter(recipient=one).values_list("code", flat=True)) for one in (seller, purchaser)]
    assert codes == [{"request_received", "participation_waiting"}, {"request_expired"}]


def test_a_request_of_a_company_that_takes_part_no_more_is_not_accepted(fair: Fair, asked: Any) -> None:
    request, seller, _purchaser = asked
    # As after an import, which ends no requests.
    Participation.objects.filter(pk=request.sender_id).update(state="withdrawn")
    with pytest.raises(Refused, match="request_closed"):
        accept_request(actor(seller), request=request.pk, now=NOW)
    assert not Meeting.objects.exists()
