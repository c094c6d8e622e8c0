"""The fairs of a series side by side: figures of the report and totals of the ledger, and what was reported beside."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fairplatform.accounts.actor import VISITOR
from fairplatform.fairs.models import Fair, FairDay, RoleAssignment
from fairplatform.ledger.chain import Addition, append
from fairplatform.ledger.content import Content, Name
from fairplatform.ledger.models import Entry, Release, ReportedFigure
from fairplatform.ledger.totals import totals_of_each
from fairplatform.report.figures import compute
from fairplatform.report.rows import read_rows
from fairplatform.report.series import COMPARED, Parties, Series, Sum, last_fair, of_series, side_by_side
from tests.factories import NOW, make_fair, make_role, make_slots, make_staff
from tests.ledger.making import content
from tests.meetings.cases import agree, make_case, order
from tests.report.fairs import agree_hiding, make_full_fair

pytestmark = pytest.mark.django_db
NAME = "China and Pakistan"


def make_one(*, days: int = 0, **fields: Any) -> Fair:
    fair = make_fair(series=NAME, **fields)
    FairDay.objects.create(fair=fair, number=1, date=NOW.date() + timedelta(days=days))
    return fair


def enter(fair: Fair, *contents: Content) -> None:
    append(fair.pk, [Addition(one, f"entry-{place}") for place, one in enumerate(contents)], actor=None, now=NOW)


def of(provenance: str, *parties: str, kind: str = "mou", **fields: Any) -> Content:
    return content(*(Name.of_text("party", name) for name in parties), kind=kind, provenance=provenance, **fields)


def seen(fair: Fair, client: Client | None = None) -> Any:
    with time_machine.travel(NOW, tick=False):
        return (client or Client()).get(reverse("report:series", args=[fair.slug]))


def cells(series: Series, title: str) -> dict[str, list[list[Sum]]]:
    """What is known in each way under this title, fair by fair."""
    [lines] = [lines for topic, lines in series.topics if str(topic) == title]
    return {line.provenance.value: [cell.sums for cell in line.cells] for line in lines}


def test_the_figures_are_those_of_the_report_and_the_totals_those_of_the_ledger() -> None:
    fair = make_full_fair()
    Fair.objects.filter(pk=fair.pk).update(series=NAME)
    fair.refresh_from_db()
    figures = {one.key: one for one in compute(read_rows(fair, now=NOW))}
    series = side_by_side(fair, VISITOR.person, now=NOW)
    [column] = series.columns
    assert column.counted.values == {key: figures[key].value for key in COMPARED}
    intended = figures["intended_amount_confirmed:USD"]
    assert cells(series, "Intended purchases") == {
        "parties": [[Sum("intended_deal", "USD", len(intended.rows), 0, len(intended.rows))]]
    }
    found = {
        (one.kind, provenance, one.currency): (one.count, one.amount_minor, one.hidden)
        for title in ("Concluded purchases", "Memoranda and letters of intent")
        for provenance, known in cells(series, title).items()
        for cell in known
        for one in cell
    }
    assert found == {
        (one.kind, one.provenance, one.currency): (one.count, one.amount_minor, one.hidden)
        for one in totals_of_each([fair], in_public=True)[fair.pk]
    }
    assert {key: found[key] for key in found if "parties" in key} == {
        ("order", "parties", "PKR"): (2, 0, 2), ("order", "parties", "USD"): (1, 3_150_000, 0),
        ("mou", "parties", "CNY"): (1, 0, 1), ("mou", "parties", "PKR"): (3, 0, 3),
    }  # fmt: skip
    assert {provenance for _kind, provenance, _currency in found} == {"parties", "document", "report"}


def test_however_many_fairs_there_are_the_queries_are_the_same() -> None:
    def asked(fair: Fair) -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            found = side_by_side(fair, VISITOR.person, now=NOW)
            assert len([line for _title, lines in found.topics for line in lines]) > 0
        return len(queries)

    fair = make_one()
    alone = asked(fair)
    for number in range(4):
        enter(make_one(days=number), of("report", "Yong"), of("document", "Yong", amount_minor=5, currency="CNY"))
    assert (asked(fair), alone) == (8, 8)


def test_a_reader_sees_the_public_fairs_of_the_series_and_the_drafts_that_they_organise() -> None:
    late, early = make_one(days=200), make_one(days=-200, state="closed")
    own, _other = make_one(state="draft"), make_one(state="draft")
    make_fair()
    organiser = make_role(own, "organiser")
    RoleAssignment.objects.create(fair=late, user=organiser, role="organiser")
    client = Client()
    client.force_login(organiser)
    assert [one.fair for one in seen(late).context["series"].columns] == [early, late]
    assert [one.fair for one in seen(own, client).context["series"].columns] == [early, own, late]
    assert (seen(own).status_code, seen(early).status_code) == (404, 200)
    assert reverse("office:overview", args=[own.slug]) in seen(late, client).content.decode()


def test_a_fair_without_a_series_and_the_only_one_of_its_series() -> None:
    assert "This fair belongs to no series" in seen(make_fair()).content.decode()
    page = seen(make_one(), None).content.decode()
    assert "This is the only fair of the series so far." in page
    series = side_by_side(make_one(), VISITOR.person, now=NOW)
    assert [cell for _title, lines in series.topics for line in lines for cell in line.cells if cell.sums] == []


def test_what_reports_tell_stands_apart_and_says_how_many_parties_it_names() -> None:
    fair = make_one()
    named = [of("report", "Huawei Pakistan", "NTC")] * 4 + [of("report", "Guodong Group")] * 3 + [of("report")] * 2
    enter(fair, *named)
    ReportedFigure.objects.create(
        fair=fair, key="all", label="Memoranda", amount_minor=25 * 10**9, currency="USD", qualifier="about",
        source="Radio Pakistan", date=NOW.date(),
    )  # fmt: skip
    page = seen(fair)
    series = page.context["series"]
    assert cells(series, "Memoranda and letters of intent") == {"parties": [[]], "report": [[Sum("mou", "", 9, None)]]}
    [_title, [_confirmed, reported]] = next(one for one in series.topics if str(one[0]).startswith("Memoranda"))
    assert reported.cells[0].parties == Parties(both=4, one=3, none=2)
    text = page.content.decode()
    assert all(words in text for words in ("two or more 4 · one 3 · none 2", "about", "250,000,000", "Radio Pakistan"))
    assert [one.confirmed for one in series.columns[0].beside] == [[]]
    assert "On record here, confirmed by the parties:" in text


def test_what_is_confirmed_is_beside_what_was_reported_also_where_it_is_something() -> None:
    fair = make_one()
    agree(make_case(fair, make_slots(fair, number=1)[0]), order(), NOW)
    ReportedFigure.objects.create(
        fair=fair, key="all", label="Orders", amount_minor=10**9, currency="USD", source="Radio", date=NOW.date()
    )
    page = seen(fair)
    [beside] = page.context["series"].columns[0].beside
    assert beside.confirmed == [Sum("order", "USD", 1, 0, 1)]
    assert "On record here, confirmed by the parties:" in page.content.decode()


def test_the_public_page_tells_no_amount_that_is_hidden_or_not_released() -> None:
    fair = make_one()
    slot = make_slots(fair, number=1)[0]
    for amount in (1_234_567, 7_777_00):
        agree(make_case(fair, slot), order(amount, kind="contract"), NOW)
    page = seen(fair)
    assert cells(page.context["series"], "Concluded purchases") == {"parties": [[Sum("contract", "USD", 2, 0, 2)]]}
    assert "amount not published" in page.content.decode()
    agree_hiding(make_case(fair, slot), order(500_00, kind="contract"))
    first = Entry.objects.order_by("number")[0]
    for row in first.names.filter(part="party"):
        Release.objects.create(
            fair=fair, key=first.key, participation=row.participation, released_by=make_staff(row.participation),
            shows_amount=True, shows_scans=False, released_at=NOW,
        )  # fmt: skip
    page = seen(fair)
    assert cells(page.context["series"], "Concluded purchases")["parties"] == [
        [Sum("contract", "USD", 3, 1_234_567, 2)]
    ]
    text = page.content.decode()
    assert [words in text for words in ("12,345.67", "and 2 amounts that are not published")] == [True, True]


def test_what_organisers_entered_from_a_document_is_in_its_sum_once_it_is_released() -> None:
    fair = make_one()
    amounts = [
        of("document", "A", amount_minor=700, currency="CNY", is_amount_hidden=True),
        *(of("document", "B", amount_minor=100, currency="USD", is_amount_hidden=place == 0) for place in range(3)),
    ]
    enter(fair, *amounts)
    for key in Entry.objects.order_by("number").values_list("key", flat=True)[:3]:
        Release.objects.create(
            fair=fair, key=key, released_by=make_role(fair, "organiser"), shows_amount=True, shows_scans=False,
            released_at=NOW,
        )  # fmt: skip
    series = seen(fair).context["series"]
    assert cells(series, "Memoranda and letters of intent")["document"] == [
        [Sum("mou", "CNY", 1, 0, 1), Sum("mou", "USD", 3, 100, 2)]
    ]


def test_the_front_page_of_a_fair_and_the_office_lead_to_its_series() -> None:
    fair, alone = make_one(), make_fair()
    client = Client()
    client.force_login(make_role(fair, "organiser"))
    link = f'href="{reverse("report:series", args=[fair.slug])}"'
    assert link in Client().get(fair.get_absolute_url()).content.decode()
    assert link in client.get(reverse("office:overview", args=[fair.slug])).content.decode()
    assert "/report/series/" not in Client().get(alone.get_absolute_url()).content.decode()


def test_a_fair_of_other_organisers_is_none_of_the_series() -> None:
    fair, before, stranger = make_one(days=9), make_one(days=1, state="closed"), make_one(days=5, state="closed")
    organiser = make_role(fair, "organiser")
    make_role(stranger, "organiser")
    RoleAssignment.objects.create(fair=before, user=organiser, role="organiser")
    assert set(of_series(Fair.objects.all(), fair)) == {fair, before}
    assert set(of_series(Fair.objects.all(), stranger)) == {stranger}
    assert (last_fair(fair), last_fair(stranger)) == (before, None)


def test_a_fair_that_nobody_organises_is_of_the_series_of_the_first_fair_of_its_name() -> None:
    reported, fair, stranger = make_one(days=1), make_one(days=5), make_one(days=9)
    other_report = make_one(days=3)
    assert set(of_series(Fair.objects.all(), reported)) == {reported, fair, stranger, other_report}
    for one in (stranger, fair):
        make_role(one, "organiser")
    assert set(of_series(Fair.objects.all(), reported)) == {reported, fair, other_report}
    assert set(of_series(Fair.objects.all(), fair)) == {reported, fair, other_report}
