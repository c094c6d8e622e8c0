"""The first visitor finds the demonstration at its opening, however long ago it was loaded."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from fairplatform.demo import socket_auth
from fairplatform.demo.clock_steps import clock_steps
from fairplatform.demo.demonstration import load_demonstration
from meetings.clock import tick
from meetings.figures.counting import count_figures
from meetings.figures.tiles import tiles
from meetings.models import Meeting
from tests.accounts.test_buckets import opened

from .conftest import OPENING

MINUTE = timedelta(minutes=1)


@pytest.fixture
def demonstration(fair, settings):
    settings.DEMO = True
    return fair


def missing_since(fair, now):
    """How long somebody has been missing in running meetings, by kind of need."""
    running = tiles(Meeting.objects.filter(fair=fair, slot__starts_at__lte=now, slot__ends_at__gt=now))
    return {need.code: now - need.since for tile in running for need in tile.needs if need.code != "weak"}


@pytest.mark.parametrize("minutes", [0, 6, 15.5, 90.75])
def test_the_state_at_the_opening_is_the_same_at_every_minute(fair, minutes):
    now = OPENING + minutes * MINUTE
    load_demonstration(now)
    assert missing_since(fair, now) == {"interpreter": MINUTE, "alone": 4 * MINUTE}


@pytest.mark.either("fairplatform.demo.first_visit")
@pytest.mark.parametrize("path", ["demo:people", "demo:enter"])
def test_the_first_visitor_finds_the_opening_state(demonstration, client, path):
    before, now = count_figures(demonstration, now=OPENING), OPENING + 47 * MINUTE
    for minute in range(48):
        tick(OPENING + minute * MINUTE, extra_steps=clock_steps())
    assert count_figures(demonstration, now=now) != before
    with time_machine.travel(now, tick=False):
        if path == "demo:people":
            client.get(reverse(path))
        else:
            client.post(reverse(path, args=["buyer"]))
    assert count_figures(demonstration, now=now) == before
    assert missing_since(demonstration, now) == {"interpreter": MINUTE, "alone": 4 * MINUTE}


@pytest.mark.parametrize(
    ("signs_in", "minutes", "is_moved"), [(False, 47, True), (False, 0.9, False), (True, 47, False)]
)
def test_nothing_moves_within_a_minute_or_after_a_sign_in(demonstration, client, signs_in, minutes, is_moved):
    starts = set(demonstration.slots.values_list("starts_at", flat=True))
    if signs_in:
        with time_machine.travel(OPENING + MINUTE / 2, tick=False):
            client.post(reverse("demo:enter", args=["organiser"]))
    with time_machine.travel(OPENING + minutes * MINUTE, tick=False):
        client.get(reverse("demo:people"))
    assert (starts != set(demonstration.slots.values_list("starts_at", flat=True))) == is_moved


@pytest.mark.parametrize("is_open", [True, False])
def test_an_open_page_from_before_a_restart_keeps_the_fair_from_moving(demonstration, client, is_open):
    restart = OPENING + 10 * MINUTE
    with time_machine.travel(OPENING, tick=False):
        client.post(reverse("demo:enter", args=["buyer"]))
    load_demonstration(restart)
    starts = set(demonstration.slots.values_list("starts_at", flat=True))
    with time_machine.travel(restart + MINUTE / 10, tick=False):
        pages = [opened(client.session.session_key)] if is_open else []
        # As the server looks at its open sockets.
        assert socket_auth.recheck(pages) == ["same"] * len(pages)
    with time_machine.travel(restart + 47 * MINUTE, tick=False):
        Client().get(reverse("demo:people"))
    assert (starts == set(demonstration.slots.values_list("starts_at", flat=True))) == is_open
