"""The page of an outcome in the browser of one of its people."""

from datetime import date, timedelta

from django.test import Client

from fairplatform.accounts.models import User
from tests.meetings.cases import MeetingCase

TYPED = {
    "kind": "order",
    "goods": "combination pliers",
    "hs_code": "",
    "quantity": "6,000 pcs",
    "amount": "31,500",
    "currency": "USD",
    "terms": "FOB Ningbo",
    "next_step": "sample",
    "next_step_on": str(date.today() + timedelta(days=20)),
    "next_step_by": "exhibitor",
}


def url(case: MeetingCase) -> str:
    return f"/fairs/{case.meeting.fair.slug}/meetings/{case.meeting.pk}/outcome/"


def browser(person: User, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(person)
    return client
