"""The daily brief: the figures of the report for a day, words of people, an approval after which nothing changes."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.actor import Actor
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, FairDay, Slot
from fairplatform.i18n.text import Translated
from fairplatform.ledger.models import ExchangeRate
from fairplatform.money.rates import SCALE
from fairplatform.report.briefs import pdf
from fairplatform.report.briefs.actions import Words, approve_brief, write_brief
from fairplatform.report.briefs.days import days
from fairplatform.report.briefs.figures import Scope
from fairplatform.report.briefs.queries import Brief, read_brief
from fairplatform.report.figures import compute
from fairplatform.report.models import BriefDraft, BriefFigure, DailyBrief
from fairplatform.report.rows import read_rows
from meetings.models import Meeting
from meetings.outcomes.actions import confirm
from tests.factories import NOW, actor, make_fair, make_role, make_slots, three
from tests.meetings.cases import agree, make_case, minutes, order
from tests.report.fairs import agree_hiding, hold, make_full_fair, offer

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.db.triggers")]
ON = NOW.date()
EVENING = datetime(2020, 5, 14, 10, 30, tzinfo=UTC)  # 18:30 in China
WORDS = Words(Translated(three("An order of pliers")), Translated({"en": "A line failed"}))
NONE = Words(Translated(), Translated())


@pytest.fixture
def fair() -> Fair:
    return make_full_fair()


@pytest.fixture
def organiser(fair: Fair) -> Actor:
    return actor(make_role(fair, "organiser"))


def approve(organiser: Actor, fair: Fair, **other: Any) -> DailyBrief:
    own = {"fair": fair.pk, "on": ON, "base": 0, "is_early": False, "now": EVENING + timedelta(hours=1)}
    return approve_brief(organiser, **{**own, **other})


def values(brief: Brief, scope: Scope) -> dict[str, int]:
    return {
        one.figure.key: one.figure.value for line in brief.lines for one in line.cells if one and one.scope == scope
    }


def refusal(act: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(Refused) as refused:
        act(*arguments, **named)
    return refused.value.code


def add_day(fair: Fair, days_later: int) -> list[Slot]:
    """A day with two slots, each with a meeting that ended in an order both confirmed."""
    day = FairDay.objects.create(fair=fair, number=2 + days_later, date=ON + timedelta(days=days_later))
    first = NOW - minutes(93) + timedelta(days=days_later)
    slots = [
        Slot.objects.create(
            fair=fair, day=day, number=100 + 10 * days_later + place, starts_at=first + minutes(30 * place),
            ends_at=first + minutes(30 * place + 25),
        )
        for place in range(2)
    ]  # fmt: skip
    for slot in slots:
        case = make_case(fair, slot)
        hold(case, seconds=700)
        agree(case, order(100_000), slot.ends_at)
    return slots


def test_the_figures_of_a_day_and_of_the_fair_so_far_are_those_of_the_report(fair: Fair) -> None:
    add_day(fair, 1)
    late = EVENING + timedelta(days=3)
    first, second = (read_brief(fair, ON + timedelta(days=later), now=late) for later in range(2))
    whole = {one.key: one.value for one in compute(read_rows(fair, now=late))}
    so_far = values(second, Scope.SO_FAR)
    assert so_far == {key: whole[key] for key in so_far}
    assert values(second, Scope.DAY) == {
        "meetings_planned": 2, "meetings_held": 2, "meetings_ten_minutes": 2, "companies_met": 4,
        "concluded_confirmed": 2, "concluded_amount_confirmed:USD": 200_000, "purchases_amount_confirmed:USD": 200_000,
        "intended_confirmed": 0, "memoranda_confirmed": 0,
    }  # fmt: skip
    of_first = {key: value for key, value in values(first, Scope.SO_FAR).items() if key not in ("exhibitors", "buyers")}
    assert of_first == values(first, Scope.DAY)
    assert so_far["meetings_planned"] == values(first, Scope.DAY)["meetings_planned"] + 2


def test_what_was_approved_stays_and_what_changes_is_a_correction(fair: Fair, organiser: Actor) -> None:
    case = make_case(fair, fair.slots.order_by("number")[0])
    hold(case)
    offer(case, order(55_000))
    before = read_brief(fair, ON, now=EVENING + timedelta(hours=1))
    approve(organiser, fair)
    Fair.objects.filter(pk=fair.pk).update(name=three("Renamed"))
    version = case.meeting.outcome.versions.get().pk
    later = EVENING + timedelta(days=2)
    assert read_brief(fair, ON, now=later).corrections == ()
    confirm(actor(case.seller), meeting=case.meeting.pk, version=version, now=later)
    after = read_brief(fair, ON, now=later)
    assert (after.at, after.compared_at) == (EVENING + timedelta(hours=1), later)
    assert [values(after, scope) for scope in Scope] == [values(before, scope) for scope in Scope]
    found = {
        one.scoped.figure.key: (one.was and one.was.figure.value, one.now and one.now.figure.value)
        for one in after.corrections
        if one.scoped.scope == Scope.DAY
    }
    assert found == {
        "concluded_confirmed": (3, 4), "concluded_one_side": (2, 1),
        "concluded_amount_confirmed:USD": (3_150_000, 3_205_000), "concluded_amount_one_side:USD": (175_000, 120_000),
        "purchases_amount_confirmed:USD": (8_150_000, 8_205_000), "purchases_amount_one_side:USD": (175_000, 120_000),
    }  # fmt: skip


def test_a_figure_that_was_not_there_is_a_correction_too(organiser: Actor, fair: Fair) -> None:
    plain = make_fair()
    case = make_case(plain, make_slots(plain)[0])
    hold(case)
    approve(actor(make_role(plain, "organiser")), plain)
    agree(case, order(100), EVENING)
    [*found] = read_brief(plain, ON, now=EVENING + timedelta(hours=2)).corrections
    amounts = [one for one in found if one.scoped.figure.key == "concluded_amount_confirmed:USD"]
    assert [(one.was, one.now and one.now.figure.value) for one in amounts] == [(None, 100)] * 2
    Meeting.objects.filter(pk=case.meeting.pk).update(state="cancelled", missed_because="")
    assert [
        one.now for one in read_brief(plain, ON, now=EVENING + timedelta(hours=2)).corrections
        if one.scoped.figure.key == "meetings_held"
    ] == [None, None]  # fmt: skip


def test_a_brief_and_its_corrections_tell_no_hidden_amount(organiser: Actor) -> None:
    """Neither before nor after, nor by the difference."""
    plain = make_fair()
    slot, person = make_slots(plain)[0], actor(make_role(plain, "organiser"))
    for amount in (1_100, 20_000, 300_000):
        agree_hiding(make_case(plain, slot), order(amount))
    approve(person, plain)
    agree_hiding(make_case(plain, slot), order(7_654_321))
    with time_machine.travel(EVENING + timedelta(hours=2), tick=False):
        found = read_brief(plain, ON, now=EVENING + timedelta(hours=2))
        page = client_of(person).get(reverse("report:brief", args=[plain.slug, ON.isoformat()])).content.decode()
    amounts = [one for one in found.corrections if one.scoped.figure.key == "concluded_amount_confirmed:USD"]
    assert [
        (figure.value, figure.hidden) for one in amounts for scoped in (one.was, one.now) if (figure := scoped.figure)
    ] == [(321_100, 0), (321_100, 1)] * 2
    stored = BriefFigure.objects.filter(brief__fair=plain, key="concluded_amount_confirmed")
    assert [(row.value, row.hidden) for row in stored] == [(321_100, 0)] * 2
    # Concluded and all purchases, of the day and so far.
    assert (page.count("and 1 amount that is hidden"), "76,543" in page, "79,754" in page) == (4, False, False)
    assert pages(pdf.written(found, ("en", "ur"))) == 1


def test_a_frozen_sum_says_how_many_amounts_it_is_without() -> None:
    plain = make_fair()
    person = actor(make_role(plain, "organiser"))
    agree_hiding(make_case(plain, make_slots(plain)[0]), order(7_654_321))
    draft = read_brief(plain, ON, now=EVENING)
    with time_machine.travel(EVENING, tick=False):
        page = client_of(person).get(reverse("report:brief", args=[plain.slug, ON.isoformat()])).content.decode()
    approve(person, plain)
    frozen = read_brief(plain, ON, now=EVENING + timedelta(hours=2))
    for brief in (draft, frozen):
        assert [
            (one.figure.value, one.figure.hidden)
            for line in brief.lines for one in line.cells if one and one.figure.definition.unit == "money"
        ] == [(0, 1)] * 4  # fmt: skip
    assert (frozen.corrections, page.count("and 1 amount that is hidden"), "76,543" in page) == ((), 4, False)


def test_a_frozen_figure_is_called_as_it_was_in_every_language(fair: Fair, organiser: Actor) -> None:
    brief = approve(organiser, fair)
    live = {one.key: one for one in compute(read_rows(fair, now=EVENING + timedelta(hours=1)))}
    rows = [row for row in brief.figures.all() if row.scope == Scope.SO_FAR]
    stored = read_brief(fair, ON, now=EVENING).lines
    names = {one.figure.key: one.figure for line in stored for one in line.cells if one and one.scope == Scope.SO_FAR}
    assert {
        (key, language): (one.name(language), one.sentence(language))
        for key, one in names.items()
        for language in ("en", "zh-hans", "ur")
    } == {
        (key, language): (live[key].name(language), live[key].sentence(language))
        for key in names
        for language in ("en", "zh-hans", "ur")
    }
    assert len(rows) == len(names)


def test_a_frozen_conversion_keeps_its_rate_whatever_the_rate_is_later(fair: Fair, organiser: Actor) -> None:
    key, later = "memoranda_amount_confirmed:CNY", EVENING + timedelta(hours=2)
    approve(organiser, fair)
    ExchangeRate.objects.filter(fair=fair, base="USD").update(scaled=8 * SCALE, source="Another bank")
    brief, now = read_brief(fair, ON, now=later), read_rows(fair, now=later)
    frozen = {cell.figure.key: cell.figure for line in brief.lines for cell in line.cells if cell}
    kept, today = (
        one and (one.converted.minor, str(one.rate), one.rate.on.isoformat(), one.rate.source)
        for one in (frozen[key].conversion, next(one for one in compute(now) if one.key == key).conversion)
    )
    assert kept == (1_396_333, "1 USD = 7.09 CNY", "2020-05-14", "State Bank")
    assert today == (1_237_500, "1 USD = 8 CNY", "2020-05-14", "Another bank")
    assert brief.corrections == ()
    with time_machine.travel(later, tick=False):
        client = Client()
        client.force_login(organiser.user)
        page = client.get(reverse("report:brief", args=[fair.slug, ON.isoformat()])).content.decode()
    assert [word in page for word in ("13,963.33", "1 USD = 7.09 CNY", "State Bank", "Another bank")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert pdf.written(brief, ("en", "zh-hans")).startswith(b"%PDF")


def test_a_day_that_is_not_over_is_approved_only_by_who_knows_it(fair: Fair, organiser: Actor) -> None:
    [day] = days(fair)
    assert (day.due_at, day.ends_at) == (EVENING, EVENING)
    early = EVENING - timedelta(minutes=1)
    assert refusal(approve, organiser, fair, now=early) == "brief_early"
    assert read_brief(fair, ON, now=early).approved is None
    Meeting.objects.filter(fair=fair).exclude(state="cancelled").update(extended_minutes=600)
    assert refusal(approve, organiser, fair, now=EVENING) == "brief_early"
    assert approve(organiser, fair, now=early, is_early=True).as_at == early
    assert refusal(approve, organiser, fair) == "brief_approved"


def test_a_day_lasts_until_its_last_slot(fair: Fair) -> None:
    fair.slots.filter(number=6).update(ends_at=EVENING + timedelta(hours=2))
    [day] = days(fair)
    assert (day.due_at, day.ends_at) == (EVENING, EVENING + timedelta(hours=2))
    FairDay.objects.create(fair=fair, number=9, date=date(2020, 6, 1))
    assert days(fair)[1].due_at == datetime(2020, 6, 1, 10, 30, tzinfo=UTC)


def test_words_are_written_over_by_who_has_read_them(fair: Fair, organiser: Actor) -> None:
    own = {"fair": fair.pk, "on": ON, "now": NOW}
    assert write_brief(organiser, words=WORDS, base=0, **own).revision == 1
    assert refusal(write_brief, organiser, words=NONE, base=0, **own) == "brief_rewritten"
    assert write_brief(organiser, words=WORDS, base=1, **own).revision == 2
    assert refusal(approve, organiser, fair, base=1) == "brief_rewritten"
    brief = approve(organiser, fair, base=2)
    assert (brief.stories, brief.problems, brief.approved_by) == (WORDS.stories, WORDS.problems, organiser.user)
    assert brief.approver == organiser.user.name
    assert refusal(write_brief, organiser, words=NONE, base=2, **own) == "brief_approved"
    assert refusal(write_brief, organiser, words=NONE, base=0, **{**own, "on": date(2021, 1, 1)}) == "not_found"


def test_an_organiser_approves_in_nobodys_name(fair: Fair, organiser: Actor) -> None:
    proxy = Actor(organiser.user, on_behalf_of=actor(make_role(fair, "organiser")).user)
    assert refusal(approve, proxy, fair) == "not_for_others"


@pytest.mark.parametrize("model", [DailyBrief, BriefFigure])
def test_the_database_refuses_to_change_what_was_approved(fair: Fair, organiser: Actor, model: Any) -> None:
    approve(organiser, fair)
    row = model.objects.first()
    for act in (
        lambda: model.objects.filter(pk=row.pk).update(id=row.pk),
        lambda: model.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            act()
    with pytest.raises(TypeError):
        DailyBrief.objects.get().save()


def pages(content: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", content))


@pytest.mark.parametrize("languages", [("zh-hans", "en"), ("en", "ur"), ("ur", "zh-hans"), ("ur",)])
def test_the_paper_is_one_page_however_much_is_in_it(fair: Fair, organiser: Actor, languages: tuple[str, ...]) -> None:
    full = Translated({code: "\n".join(["W" * 10 + " 永康 یونگ " * 11] * 3) for code in ("en", "zh-hans", "ur")})
    write_brief(organiser, fair=fair.pk, on=ON, words=Words(full, full), base=0, now=NOW)
    approve(organiser, fair, base=1)
    Meeting.objects.filter(fair=fair).update(state="cancelled", missed_because="")
    brief = read_brief(fair, ON, now=EVENING + timedelta(days=1))
    assert len(brief.corrections) > 10
    content = pdf.written(brief, languages)
    assert (content[:5], pages(content)) == (b"%PDF-", 1)


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def test_a_day_from_draft_to_corrections_by_its_pages(fair: Fair, organiser: Actor) -> None:
    client, where = client_of(organiser), [fair.slug, ON.isoformat()]
    with time_machine.travel(NOW, tick=False):
        page = client.get(reverse("report:brief", args=where)).content.decode()
        assert "Draft, not approved" in page
        assert "This day is not over" in page
        written = client.post(reverse("report:brief_write", args=where), {"stories_en": "An order", "base": "0"})
        assert written.status_code == 302
        stale = client.post(reverse("report:brief_write", args=where), {"stories_en": "Mine", "base": "0"})
        assert (stale.status_code, "Mine" in stale.content.decode()) == (409, True)
        assert 'name="base" value="1"' in stale.content.decode()
        long = client.post(reverse("report:brief_write", args=where), {"problems_en": "a\nb\nc\nd", "base": "1"})
        assert (long.status_code, long.context["form"].errors.keys()) == (409, {"problems"})
        client.post(reverse("report:brief_approve", args=where), {"base": "1"})
        assert not DailyBrief.objects.exists()
        assert b"Not due yet" not in client.get(reverse("report:briefs", args=[fair.slug])).content
    assert BriefDraft.objects.get().stories == {"en": "An order"}
    with time_machine.travel(EVENING, tick=False):
        client.post(reverse("report:brief_approve", args=where), {"base": "1"})
        page = client.get(reverse("report:brief", args=where)).content.decode()
    assert "None: all figures are as they were" in page
    assert "Approve the brief" not in page
    Meeting.objects.filter(fair=fair).update(state="cancelled", missed_because="")
    page = client.get(reverse("report:brief", args=where)).content.decode()
    assert "None: all figures are as they were" not in page
    assert (
        str(DailyBrief.objects.get().approver)
        in client.get(reverse("report:briefs", args=[fair.slug])).content.decode()
    )


def test_each_figure_of_a_draft_opens_to_its_rows(fair: Fair, organiser: Actor) -> None:
    add_day(fair, 1)
    client, where = client_of(organiser), [fair.slug, (ON + timedelta(days=1)).isoformat()]
    with time_machine.travel(EVENING + timedelta(days=3), tick=False):
        page = client.get(reverse("report:brief", args=where)).content.decode()
        links = re.findall(rf'href="({reverse("report:rows", args=[fair.slug])}[^"]+)"', page)
        found = {link: client.get(link.replace("&amp;", "&")).context for link in links}
    brief = read_brief(fair, ON + timedelta(days=1), now=EVENING + timedelta(days=3))
    assert sorted(
        (context["scope"], context["figure"].key, context["figure"].value) for context in found.values()
    ) == sorted((scope.value, key, value) for scope in Scope for key, value in values(brief, scope).items())
    assert len(links) > 30


def test_dates_that_are_no_day_of_the_fair_are_not_found(fair: Fair, organiser: Actor) -> None:
    client = client_of(organiser)
    for on in ("2021-01-01", "20200514", "today", "2020-5-14"):
        assert client.get(reverse("report:brief", args=[fair.slug, on])).status_code == 404
    for languages, answer in (("zh+en", 200), ("ur", 200), ("zh+en+ur", 302)):
        found = client.get(reverse("report:brief_file", args=[fair.slug, ON.isoformat()]), {"lang": languages})
        assert found.status_code == answer
