"""Intended deals that name the demand they answer."""

from meetings.models import OutcomeVersion
from tests.factories import make_demand
from tests.meetings.cases import MeetingCase
from tests.meetings.outcomes.browsing import TYPED, browser, url


def test_a_deal_can_name_a_demand_that_its_reader_may_see(case: MeetingCase) -> None:
    page = browser(case.buyer).get(url(case)).content.decode()
    assert 'name="demand"' not in page
    demand = make_demand(case.meeting.buyer, "Padlocks, 40 mm")
    hidden = make_demand(case.meeting.buyer, "Hinges", state="waiting")
    chosen = {**TYPED, "kind": "intended_deal", "months": "3", "demand": str(demand.pk)}
    for person in (case.seller, case.buyer):
        assert "Padlocks, 40 mm" in browser(person).get(url(case)).content.decode()
    refused = browser(case.seller).post(url(case), {**chosen, "demand": str(hidden.pk)})
    assert (refused.status_code, refused.context["form"].errors.keys()) == (409, {"demand"})
    assert browser(case.seller).post(url(case), chosen).status_code == 302
    assert OutcomeVersion.objects.get().demand == demand
    assert "Padlocks, 40 mm" in browser(case.buyer).get(url(case)).content.decode()
    demand.state = "closed"
    demand.save()
    assert f'value="{demand.pk}" selected' in browser(case.seller).get(f"{url(case)}?correct").content.decode()
