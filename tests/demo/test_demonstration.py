"""The loaded rows add up to the published figures, and loading again does not duplicate them."""

from collections import Counter
from datetime import timedelta
from importlib import import_module

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext, override

from booths.full_text import Matches
from booths.models import Booth, Display, Inquiry, Product
from booths.search import parse
from chat.models import Message
from fairplatform.accounts.models import Company, Staff, User
from fairplatform.demo.demonstration import load_demonstration
from fairplatform.demo.loader.fair import MOST_MEETINGS
from fairplatform.demo.models import DemoRow
from fairplatform.demo.plan.fair_plan import fair_plan
from fairplatform.fairs.models import Fair, Participation, RoleAssignment
from fairplatform.notices.models import Notice
from fairplatform.notices.sentences import sentences
from fairplatform.realtime.models import TopicVersion
from fairplatform.workbook.exporting import export_fair
from fairplatform.workbook.importing import plan_import
from fairplatform.workbook.reading import read
from meetings.figures.counting import count_figures
from meetings.figures.tiles import tiles
from meetings.models import Attendance, Booking, Meeting, MeetingRequest, Outcome, OutcomeVersion, Statement
from meetings.outcomes.content import Content

from .conftest import ANCHOR, OPENING
from .test_source import COUNTS, DOUBTS, doubts

FRIDAY = ANCHOR.days[3]
migration = import_module("fairplatform.demo.migrations.0002_person_keys")


def test_every_company_may_agree_on_more_meetings_than_it_was_given(fair):
    for side in ("exhibitor", "buyer"):
        given = Counter(Meeting.objects.filter(fair=fair).values_list(side, flat=True))
        assert [one.key for one in fair.participations.all() if given[one.pk] >= one.ceiling(fair)] == []
    fair.participations.update(max_meetings=4)
    Fair.objects.filter(pk=fair.pk).update(max_meetings=8)  # as one that was loaded before companies kept to them
    load_demonstration(OPENING)
    fair.refresh_from_db()
    assert (fair.max_meetings, fair.participations.exclude(max_meetings=None).exists()) == (MOST_MEETINGS, False)


def test_the_figures_of_the_first_opening(fair):
    counted = count_figures(fair, now=OPENING)
    assert (counted.firms, counted.exhibitors, counted.buyers) == (156, 96, 60)
    assert (counted.lead_purchasers, counted.chief_executives, counted.chief_executives_percent) == (60, 51, 85.0)
    assert (counted.planned, counted.due, counted.running, counted.to_come) == (300, 145, 8, 147)
    assert (counted.held, counted.not_held) == (132, 13)
    assert counted.missed == {"exhibitor": 4, "buyer": 5, "both": 1, "line": 3}
    assert counted.outcomes == {"agreed": 96, "one_side": 24, "differing": 4, "none": 8}
    by_kind: Counter[str] = Counter()
    for agreed in counted.agreed:
        by_kind[agreed.kind] += agreed.count
    assert by_kind == {
        "no_fit": 14,
        "contact": 23,
        "sample": 21,
        "quotation": 20,
        "intended_deal": 10,
        "trial_order": 5,
        "order": 1,
        "loi": 1,
        "mou": 1,
    }
    assert {(line.kind, line.currency): line.amount_minor for line in counted.money} == {
        ("intended_deal", "USD"): 1_286_000_00,
        ("trial_order", "USD"): 96_400_00,
        ("order", "USD"): 48_600_00,
        ("loi", "USD"): 180_000_00,
    }


def test_number_of_rows_of_each_kind(fair):
    models = (Company, Participation, User, Booth, Product, Meeting, MeetingRequest, Inquiry, Attendance)
    assert [model.objects.count() for model in models] == [156, 156, 453, 96, 584, 300, 5, 214, 425]
    assert (fair.halls.count(), fair.units.count(), fair.days.count(), fair.slots.count()) == (12, 6, 5, 40)
    assert (fair.planned_rounds, fair.state, fair.is_demo, fair.times_moved) == (300, "open", True, False)
    assert Counter(RoleAssignment.objects.values_list("role", flat=True)) == {
        "interpreter": 24,
        "liaison": 6,
        "organiser": 4,
        "delegated": 6,
    }
    assert Staff.objects.count() + RoleAssignment.objects.count() == 453
    assert User.objects.filter(is_demo=False).count() + Company.objects.filter(is_demo=False).count() == 0


def test_working_hours_of_every_weekday_are_loaded_with_pauses_in_every_language(fair):
    fair.working_hours.all().delete()  # as loaded before fairs had them
    load_demonstration(OPENING)
    rows = fair.working_hours.order_by("pk")
    assert [(row.country, row.weekdays, row.first) for row in rows] == [
        ("CN", [1, 2, 3, 4, 5, 6, 7], None), ("CN", [1, 2, 3, 4, 5, 6, 7], FRIDAY), ("PK", [1, 2, 3, 4, 6, 7], None),
        ("PK", [5], None),
    ]  # fmt: skip
    for row in rows:
        [pause] = row.pauses
        for language, name in pause["name"].items():
            with override(language):
                assert gettext(pause["name"]["en"]) == name


def test_agreed_outcomes_are_numbered_in_the_order_of_time(fair):
    agreed = list(fair.outcomes.filter(state="agreed").order_by("agreed_at", "number").values_list("number", flat=True))
    assert sorted(agreed) == list(range(1, 97))
    times = list(fair.outcomes.filter(state="agreed").order_by("number").values_list("agreed_at", flat=True))
    assert times == sorted(times)
    assert fair.outcomes.filter(agreed_at__gt=OPENING).count() == 0


def test_every_outcome_version_would_be_accepted_from_a_form(fair):
    for version in OutcomeVersion.objects.all():
        Content.of(version).check()
        version.full_clean(exclude=["outcome", "on_behalf_of"])
    assert OutcomeVersion.objects.count() == 96 + 24 + 2 * 4 + 2
    assert Statement.objects.count() == 2 * 96 + 24 + 2 * 4
    assert Statement.objects.filter(made_by__positions__company=F("outcome__meeting__exhibitor__company")).count() == (
        Statement.objects.filter(side="exhibitor").count()
    )


def test_differing_sides_differ_in_content_and_not_in_language(fair):
    differences = set()
    for outcome in fair.outcomes.filter(state="differing"):
        mine, theirs = (vars(Content.of(version)) for version in outcome.versions.all())
        differences.add(" ".join(name for name in mine if mine[name] != theirs[name]))
    assert differences == {"amount_minor", "next_step_on", "quantity", "kind quantity terms"}


def test_all_participants_and_companies_are_booked_once(fair):
    named = sum(len(meeting.people) + bool(meeting.interpreter) for meeting in fair_plan().meetings)
    assert Booking.objects.count() == named + 2 * 300
    assert Meeting.objects.exclude(bookings__slot=F("slot")).count() == 0


def test_topic_versions_match_the_numbers_of_messages(fair):
    counted = Counter(Message.objects.values_list("conversation", flat=True))
    assert TopicVersion.current([f"chat:{pk}" for pk in counted]) == {f"chat:{pk}": n for pk, n in counted.items()}
    assert sum(counted.values()) == sum(len(inquiry.messages) for inquiry in fair_plan().inquiries)
    answered = Message.objects.exclude(author=OuterRef("visitor")).filter(conversation=OuterRef("conversation"))
    assert Inquiry.objects.exclude(Exists(answered)).count() == 17


def test_products_are_searchable_in_three_languages(fair):
    pliers = Product.objects.filter(hs6="820320")
    assert pliers.count() == pliers.filter(Matches("pk", parse("钢丝钳 pliers پلاس"), Product._meta.db_table)).count()
    assert Display.objects.count() == 584
    assert Product.objects.filter(price_low__gte=F("price_high")).count() == 0


def test_notices_can_be_read_in_every_language(fair):
    for notice in Notice.objects.all():
        assert set(sentences(notice.code, notice.parameters, places=fair.places)) == {"en", "zh-hans", "ur"}
    recipients = {str(notice.recipient) for notice in Notice.objects.select_related("recipient")}
    assert recipients == {"Chen Jianguo", "Muhammad Usman Sheikh", "Shen Yiting"}


def test_the_running_meetings_show_their_scenes(fair):
    running = tiles(fair.meetings.filter(slot__starts_at=OPENING - timedelta(minutes=4)))
    needs = Counter(tuple(need.code for need in tile.needs) for tile in running)
    # The meeting of the personas has no need: nobody is expected there yet.
    assert needs == {(): 5, ("interpreter",): 1, ("alone",): 1, ("weak",): 1}


def snapshot():
    """All rows of the demonstration, without fields that differ in each load."""
    plain = {}
    for model in apps.get_models():
        if model._meta.app_label in {"accounts", "fairs", "booths", "chat", "meetings", "notices", "demo"}:
            skip = {"password", "last_login", "joined_at"} | ({"id"} if model is Attendance else set())
            names = [field.attname for field in model._meta.concrete_fields if field.attname not in skip]
            plain[model._meta.label] = sorted(map(repr, model.objects.values_list(*names)))
    return plain


def test_a_second_load_at_the_same_time_changes_nothing(fair):
    before = snapshot()
    load_demonstration(OPENING)
    assert snapshot() == before


def test_a_demonstration_with_the_former_keys_of_people_is_known_again(fair):
    before = snapshot()
    people = DemoRow.objects.filter(kind__in=migration.KINDS)
    for company in {person.company for person in fair_plan().people if person.company}:
        of_company = people.filter(key__startswith=f"{company}-")
        of_company.update(key=Replace("key", Value(f"{company}-"), Value(f"{company}.")))
    assert people.filter(key="torange-hardware-traders.1").count() == 1
    migration.replace_points(apps, None)
    load_demonstration(OPENING)
    assert snapshot() == before


def test_a_load_hours_later_duplicates_nothing(fair):
    before = count_figures(fair, now=OPENING)
    load_demonstration(OPENING + timedelta(hours=3))
    assert count_figures(fair, now=OPENING + timedelta(hours=3)) == before
    assert (Meeting.objects.count(), Attendance.objects.count(), Outcome.objects.count()) == (300, 425, 126)


def test_a_load_takes_at_most_200_queries(fair, django_assert_max_num_queries):
    with django_assert_max_num_queries(200):
        load_demonstration(OPENING + timedelta(days=1))


def test_an_export_imported_again_changes_nothing(fair, tmp_path):
    export_fair(fair, tmp_path / "fair.xlsx")
    plan = plan_import(read(tmp_path / "fair.xlsx"))
    assert plan.counts("unchanged") == COUNTS | {"rates": 2}
    assert (plan.counts("created"), plan.counts("updated")) == ({}, {})
    assert doubts(plan.findings) == DOUBTS
