"""The menu beside the pages of the office: in groups, of which a phone shows the pages of one."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from fairplatform.fairs.models import Fair, RecruitingUnit
from tests.factories import make_fair, make_role, three

pytestmark = pytest.mark.django_db


def menu(client: Client, fair: Fair, route: str) -> tuple[list[str], list[str]]:
    """The groups of the current page, and the entry that is the page itself."""
    html = client.get(reverse(route, args=[fair.slug])).content.decode()
    [shown] = re.findall(r'<nav class="office__menu".*?</nav>', html, re.DOTALL)
    groups = re.findall(r'class="office__group" href="[^"]*" aria-current="true">([^<]+)', shown)
    return groups, re.findall(r'aria-current="page">([^<]+)', shown)


def test_the_group_of_the_page_and_the_page_are_current(client: Client) -> None:
    fair = make_fair()
    client.force_login(make_role(fair, "organiser"))
    assert menu(client, fair, "office:overview") == (["Overview"], ["Overview"])
    assert menu(client, fair, "office:common_hours") == (["Time"], ["Common hours"])
    assert menu(client, fair, "office:schedule") == (["Meetings"], ["Schedule"])
    # A page below an entry.
    assert menu(client, fair, "office:meeting_messages") == (["Participants"], ["Personal links"])
    assert menu(client, fair, "office:board") == (["Meetings"], ["Schedule"])


def test_a_delegate_has_few_pages_in_no_group(client: Client) -> None:
    fair = make_fair()
    unit = RecruitingUnit.objects.create(fair=fair, name=three("A"), country="PK")
    client.force_login(make_role(fair, "delegated", unit=unit))
    assert menu(client, fair, "office:answers") == ([], ["Answers and changes"])
