"""Migrations of chat, on the rows of an existing fair."""

import pytest
from django.core.management import call_command

from booths.actions import open_inquiry
from chat.models import Member
from tests.factories import NOW, actor, make_exhibitor, make_fair, make_visitor_of_several_companies
from tests.matrix.world import make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.either]
BEFORE = ("chat", "0002_one_index_each")


def members_as_they_came() -> list[tuple[int, int, int | None, str]]:
    """The participation of each member, by conversation and person."""
    rows = Member.objects.order_by("conversation", "user")
    return list(rows.values_list("conversation", "user", "participation", "role"))


def migrate_back_and_forth() -> None:
    """Takes from the members what they came as, and migrates them as an older fair's."""
    call_command("migrate", *BEFORE, verbosity=0)
    call_command("migrate", verbosity=0)


def test_existing_members_are_given_what_they_came_as() -> None:
    make_world()
    expected = members_as_they_came()
    assert {role for *_, role in expected} == {"", "interpreter"}
    migrate_back_and_forth()
    assert members_as_they_came() == expected


def test_an_existing_visitor_of_several_companies_came_for_the_first_that_buys() -> None:
    fair = make_fair()
    booth = make_exhibitor(fair).booth
    person, bought_for = make_visitor_of_several_companies(fair)
    inquiry = open_inquiry(actor(person), booth=booth.pk, now=NOW)
    migrate_back_and_forth()
    assert members_as_they_came() == [(inquiry.conversation_id, person.pk, bought_for.pk, "")]
