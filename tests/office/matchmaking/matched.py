"""What organisers press on the pages of matching, and what they read there."""

from typing import Any

from fairplatform.fairs.models import Participation
from tests.office.office import Office
from tests.office.runs import finished


def name(one: Participation) -> str:
    return one.company.name["en"]


def said(response: Any) -> list[str]:
    """What the next page says at its top."""
    assert response.status_code == 302
    return [str(message) for message in response.wsgi_request._messages]


def matched(office: Office) -> None:
    """One press, and the run that it starts."""
    office.post("matching_run")
    assert finished(office.fair).state == "done"


def ends(office: Office, **asked: str) -> list[tuple[str, str]]:
    """Who meets whom, as the list says."""
    url = f"/fairs/{office.fair.slug}/organise/matching/"
    rows = office.client.get(url, asked).context["rows"]
    return [(name(one.row.exhibitor), name(one.row.buyer)) for one in rows]


def pinned(office: Office, seller: Participation, buyer: Participation) -> Any:
    return office.post("matching_pin", exhibitor=seller.pk, buyer=buyer.pk)


def wished(office: Office, company: Participation, wanted: Participation, wish: str) -> Any:
    return office.post("matching_wish", company=company.pk, wanted=wanted.pk, wish=wish)
