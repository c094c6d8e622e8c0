"""The reasons for which two companies were matched stay with their meeting, and with the pair."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from fairplatform.fairs.models import Participation
from fairplatform.workbook.writing import write
from meetings.brief import match
from meetings.matching.making import make_match
from meetings.matching.nobody import why_nobody
from meetings.models import Match, MatchedPair, Meeting
from tests.e2e.imported_fair import SLUG
from tests.e2e.valve_fair import FAIR, TODAY
from tests.factories import make_product

from .small_fair import run

pytestmark = pytest.mark.django_db
SAME = "Same HS code: "


@pytest.fixture
def meetings(tmp_path: Path) -> Iterator[list[Meeting]]:
    """The published meetings of a fair whose buyers have said what they need in demands alone."""
    with time_machine.travel(TODAY, tick=False):
        file = tmp_path / "fair.xlsx"
        write(file, FAIR)
        for words in (("import", str(file)), ("match", SLUG), ("schedule", SLUG), ("publish", SLUG)):
            assert run(*words)[0] == 0
        yield list(Meeting.objects.with_names().order_by("pk"))


def pairs() -> list[tuple[int, int, object]]:
    return list(MatchedPair.objects.order_by("exhibitor", "buyer").values_list("exhibitor", "buyer", "reasons"))


def test_they_are_stored_when_the_meeting_is_published(meetings: list[Meeting]) -> None:
    assert len(meetings) == 5
    by_ends = {(exhibitor, buyer): reasons for exhibitor, buyer, reasons in pairs()}
    for meeting in meetings:
        assert meeting.reason == {
            "hs": ["8481"], "back": [], "reasons": by_ends[meeting.exhibitor_id, meeting.buyer_id], "request": False,
        }  # fmt: skip
        found = match(meeting)
        assert [one.code for one in found.wanted] == ["8481"]
        assert [(one.code, [str(product) for product in one.goods]) for one in found.shown] == [
            ("8481", ["Gate valves"])
        ]
        assert found.why[0].text.startswith(SAME)


def test_matching_again_keeps_the_pairs_that_meet(meetings: list[Meeting]) -> None:
    before = pairs()
    assert len(before) == 5
    status, report = run("match", SLUG)
    assert (status, report["pairs"], pairs()) == (0, 5, before)
    again = Match.objects.get()
    assert (again.suiting, why_nobody(again, again.made_at)) == (0, "All pairs that suit each other have a meeting.")
    assert all(match(one).why[0].text.startswith(SAME) for one in Meeting.objects.with_names())


def test_a_cancelled_meeting_lets_its_pair_be_matched_again(meetings: list[Meeting]) -> None:
    Meeting.objects.filter(pk=meetings[0].pk).update(state="cancelled")
    make_match(meetings[0].fair, now=meetings[0].starts_at - timedelta(hours=12))
    again = Match.objects.get()
    assert (again.pairs.count(), again.suiting) == (5, 1)
    assert why_nobody(again, again.made_at) == ""


def test_who_buys_too_reads_no_terms_of_a_demand(meetings: list[Meeting]) -> None:
    first = meetings[0]
    first.reason["reasons"] = [
        {"code": "same_heading", "subject": ["8481"]},
        {"code": "quantity", "subject": [], "quantity": 500, "unit": "pcs"},
    ]
    assert [reason.code for reason in match(first).reasons] == ["same_heading", "quantity"]
    Participation.objects.filter(pk=first.exhibitor_id).update(buys=True)
    first.exhibitor.refresh_from_db()
    assert [reason.code for reason in match(first).reasons] == ["same_heading"]


def test_without_a_booth_all_products_of_the_company_count(meetings: list[Meeting]) -> None:
    first = meetings[0]
    product = make_product(first.exhibitor, "Ball valve", hs6="848130")
    assert product in match(first).shown[0].goods
    product.displays.all().delete()
    assert product not in match(first).shown[0].goods
    first.fair.booths.filter(participation=first.exhibitor).delete()
    assert product in match(first).shown[0].goods
