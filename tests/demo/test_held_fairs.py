"""The two conferences as they were reported, and the invented matching day beside the first: over, at their dates."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fairplatform.accounts.actor import VISITOR
from fairplatform.accounts.models import Company
from fairplatform.demo.held_fairs import FOLDER, held_fairs, load_held_fairs
from fairplatform.demo.plan.fair_plan import SLUG
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import LANGUAGES
from fairplatform.ledger.models import Entry, EntryName, ReportedFigure
from fairplatform.report.series import Parties, side_by_side
from meetings.models import Meeting
from tests.factories import make_fair, make_role

from .conftest import OPENING

pytestmark = pytest.mark.django_db
MEDICAL, DAY, IT = "medical2025", "medical2025-demo", "it2025"


@pytest.fixture(scope="module")
def _held(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        running = make_fair(slug=SLUG, is_demo=True)
        make_role(running, "organiser")
        load_held_fairs(OPENING)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def fairs(_held, db):
    return {fair.slug: fair for fair in Fair.objects.all()}


def reported_papers():
    """What the ledger of the second conference says, by the names of its parts."""
    entries = Entry.objects.filter(fair__slug=IT).prefetch_related("names")
    return [
        (
            [str(one) for one in entry.names.all() if one.part == EntryName.Part.PARTY],
            [str(one) for one in entry.names.all() if one.part == EntryName.Part.COLLABORATING],
            entry.quantity and entry.quantity // 1000,
        )
        for entry in entries
    ]


def test_each_has_its_workbook_and_what_was_reported_of_it_in_three_languages():
    assert {path.name for path in FOLDER.iterdir()} == set(held_fairs()) == {MEDICAL, DAY, IT}
    for held in held_fairs().values():
        assert bool(held.facts) is not held.is_invented
        assert {frozenset(text) for fact in held.facts for text in (fact.text, fact.citation)} <= {frozenset(LANGUAGES)}


def test_they_are_over_and_only_the_matching_day_is_invented(fairs):
    held = [fairs[slug] for slug in (MEDICAL, DAY, IT)]
    assert [(fair.state, fair.is_demo, len({*fair.name})) for fair in held] == [
        ("closed", False, 3), ("closed", True, 3), ("closed", False, 3),
    ]  # fmt: skip
    assert len({fair.series for fair in held}) == 1
    assert [[day.date for day in fair.days.all()] for fair in held] == [[date(2025, 1, 17)], [date(2025, 1, 17)], []]
    assert [fair.slots.count() for fair in held] == [0, 14, 0]
    assert [fair.participations.count() for fair in held] == [0, 104, 0]
    assert set(Company.objects.values_list("is_demo", flat=True)) == {True}


def test_the_first_conference_has_a_reported_figure_and_no_rows(fairs):
    [figure] = ReportedFigure.objects.all()
    assert (figure.fair, figure.amount_minor, figure.currency, figure.qualifier) == (
        fairs[MEDICAL], 25_000_000_000, "USD", "about",
    )  # fmt: skip
    assert figure.date == date(2025, 1, 18)
    assert not Entry.objects.filter(fair=fairs[MEDICAL]).exists()


def test_the_second_conference_has_nine_papers_from_a_report_with_the_parties_that_are_known(fairs):
    huawei = "Huawei Pakistan"
    assert reported_papers() == [
        ([huawei, "National Telecommunication Corporation (NTC)"], ["Higher Education Commission (HEC)"], 15),
        ([huawei, "NAVTTC"], [], 1500),
        ([huawei, "Sky47"], [], None),
        (
            [
                "Pakistan Software Export Board (PSEB)",
                "Shanghai Lingang International Data Industry Institute (SHLID)",
            ],
            [],
            None,
        ),
        (["Alibaba International Digital Commerce"], [], None),
        (["China Submarine Cable Construction Company (CSCC)"], [], None),
        (["Guodong Group"], [], None),
        ([], [], None),
        ([], [], None),
    ]
    known = Entry.objects.filter(fair=fairs[IT]).values_list("kind", "provenance", "amount_minor")
    assert set(known) == {("mou", "report", None)}


def test_the_matching_day_has_the_size_that_was_reported_and_six_memoranda_of_its_own(fairs):
    fair = fairs[DAY]
    countries = [fair.participations.filter(company__country=country).count() for country in ("CN", "PK")]
    met = Meeting.objects.filter(fair=fair)
    assert (countries, fair.planned_rounds, met.filter(state="held").count()) == ([82, 22], 88, 88)
    both_ways = [met.filter(exhibitor__company__country=country).count() for country in ("CN", "PK")]
    assert both_ways == [56, 32]
    assert {pk for pair in met.values_list("exhibitor", "buyer") for pk in pair} == set(
        fair.participations.values_list("pk", flat=True)
    )
    for side in ("exhibitor", "buyer"):
        assert met.values("slot", side).distinct().count() == 88
    papers = Entry.objects.filter(fair=fair)
    assert sorted(papers.values_list("parties", flat=True)) == [2, 2, 2, 2, 2, 3]
    assert set(papers.values_list("kind", "provenance", "amount_minor", "source")) == {
        ("mou", "document", None, "Demonstration data (invented)")
    }


def test_side_by_side_nothing_that_was_reported_is_in_a_total_that_somebody_confirmed(fairs):
    series = side_by_side(fairs[MEDICAL], VISITOR.person, now=OPENING + timedelta(days=3000))
    assert [column.fair for column in series.columns] == [fairs[MEDICAL], fairs[DAY], fairs[IT]]
    [papers] = [lines for title, lines in series.topics if str(title) == "Memoranda and letters of intent"]
    counts = {line.provenance.value: [sum(one.count for one in cell.sums) for cell in line.cells] for line in papers}
    assert counts == {"parties": [0, 0, 0], "document": [0, 6, 0], "report": [0, 0, 9]}
    assert papers[-1].cells[2].parties == Parties(both=4, one=3, none=2)
    assert [column.counted.values.get("meetings_held") for column in series.columns] == [None, 88, None]


def test_another_start_leaves_them_as_they_are(fairs):
    with CaptureQueriesContext(connection) as queries:
        load_held_fairs(OPENING + timedelta(days=400))
    assert len([one for one in queries if "SAVEPOINT" not in one["sql"]]) == 1
    assert Fair.objects.count() == 4


def test_everyone_reads_what_was_reported_as_reported_and_nobody_can_change_it(fairs):
    page = Client().get(f"/fairs/{IT}/agreements/").content.decode()
    rows = [page.count(words) for words in ('<tr data-provenance="report">', "From a news report", "Sky47")]
    assert rows == [9, 9, 1]
    words = " ".join(re.sub(r"<[^>]*>", "", page).split())
    assert words.count("Collaborating bodies: Higher Education Commission (HEC)") == 1
    assert words.count("Source: Published report of 7 September 2025") == 9
    sources = Entry.objects.filter(fair=fairs[IT]).values_list("source", flat=True)
    assert [source for source in sources if f"Source: {source}" not in words] == []
    assert "Reported elsewhere" in Client().get(f"/fairs/{MEDICAL}/agreements/").content.decode()
    organiser = Client()
    organiser.force_login(fairs[SLUG].roles.get().user)
    pages = [organiser.get(f"/fairs/{slug}/organise/ledger/").status_code for slug in (MEDICAL, DAY, IT)]
    assert pages == [403, 200, 403]
    assert [fairs[slug].roles.count() for slug in (MEDICAL, DAY, IT)] == [0, 1, 0]
    assert f'href="/fairs/{IT}/agreements/"' in Client().get(f"/fairs/{IT}/").content.decode()


def test_the_running_demonstration_comes_first(fairs):
    assert [row.fair.slug for row in Client().get("/").context["fairs"]] == [SLUG, IT, DAY, MEDICAL]
    front = Client().get(f"/fairs/{MEDICAL}/").content.decode()
    assert ("about USD 250 million" in front, "fair-figures" in front) == (True, False)
    about = Client().get(f"/fairs/{DAY}/about/").content.decode()
    assert ("is fictitious" in about, "12 May 2020" in about) == (True, False)


def test_a_visitor_is_led_to_the_running_one_and_told_what_is_invented(fairs, settings):
    settings.DEMO = True
    client = Client()
    assert 'class="button button--action" href="/demonstration/"' in client.get("/").content.decode()
    pages = {slug: client.get(f"/fairs/{slug}/").content.decode() for slug in (SLUG, MEDICAL, DAY, IT)}
    assert {slug for slug, page in pages.items() if 'class="demo-strip"' in page} == {SLUG, DAY}
    assert [slug for slug, page in pages.items() if "Dates moved to this week for the demo" in page] == [SLUG]
    assert [slug for slug, page in pages.items() if "17 Jan 2025" in page] == [MEDICAL, DAY]
