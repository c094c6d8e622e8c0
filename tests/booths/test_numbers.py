"""Numbers of booths as organisers write them, their order, and those that a fair had when they were figures."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from booths import queries
from booths.models import Booth
from booths.numbers import plain_number, sort_key
from tests.factories import make_exhibitor, make_fair

ORDERED = ["2", "3B07", "3B7a", "12", "112", "A", "A-2", "A-10", "a-11", "B 1", "B-1-2", "B-12", "展1"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("１２", "12"), (" Ａ－１２ ", "A-12"), ("۱۲", "12"), ("3B07", "3B07"), ("a - 7\n", "a - 7"), ("  ", "")],
)
def test_number_is_stored_as_on_a_latin_keyboard(typed: str, stored: str) -> None:
    assert plain_number(typed) == stored


def test_longest_number_has_a_sort_key_that_fits() -> None:
    longest = Booth._meta.get_field("sort_key").max_length
    assert [len(sort_key(number)) <= longest for number in ("9" * 20, "1a" * 10, "ΐ" * 20, "1ΐ" * 10)] == [True] * 4


@pytest.mark.django_db
@pytest.mark.either
def test_booths_come_in_the_order_people_expect() -> None:
    fair = make_fair()
    booths = [make_exhibitor(fair).booth for _ in ORDERED]
    for booth, number in zip(booths, reversed(ORDERED), strict=True):
        booth.number = f"={number}"
        booth.save()
    for booth, number in zip(booths, reversed(ORDERED), strict=True):
        booth.number = number
        booth.save()
    shown = queries.booths(fair, AnonymousUser(), fair.halls.get())
    assert [booth.number for booth in shown] == ORDERED
    assert [booth.number for booth in Booth.objects.filter(fair=fair)] == ORDERED


@pytest.mark.django_db(transaction=True)
@pytest.mark.either
def test_figures_become_the_same_numbers() -> None:
    booth = make_exhibitor(make_fair()).booth
    before = ("booths", "0002_rows_of_a_workbook")
    call_command("migrate", *before, verbosity=0)
    old = MigrationExecutor(connection).loader.project_state([before]).apps.get_model("booths", "Booth")
    old.objects.filter(pk=booth.pk).update(number=12)
    call_command("migrate", verbosity=0)
    assert list(Booth.objects.values_list("pk", "number", "sort_key")) == [(booth.pk, "12", "0212")]
