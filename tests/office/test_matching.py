"""Organisers match, read who meets whom and why not, set pairs and say wishes for companies."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import AuditEntry
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation, Preference, RecruitingUnit, SoleAgency
from fairplatform.policy import Role
from fairplatform.scheduling.watch import Watch
from meetings.matching.making import make_match
from meetings.models import Match, MatchedPair, Pair, Run
from meetings.running import Pulse, start_run
from meetings.working import work
from tests.factories import (
    NOW,
    make_buyer,
    make_demand,
    make_exhibitor,
    make_fair,
    make_product,
    make_role,
    make_slots,
    three,
)
from tests.office.office import Office, errors
from tests.office.runs import at_work, finished

pytestmark = pytest.mark.django_db
FORBIDDEN = (
    "One of the two does not want this meeting. Only organisers know: tell neither company. Remove that wish first."
)


@pytest.fixture
def fair() -> Fair:
    """A draft with six slots, in which each company should have a meeting."""
    fair = make_fair(state="draft", min_meetings=1)
    make_slots(fair)
    return fair


@pytest.fixture
def seller(fair: Fair) -> Participation:
    seller = make_exhibitor(fair)
    make_product(seller)
    return seller


@pytest.fixture
def buyer(fair: Fair) -> Participation:
    buyer = make_buyer(fair)
    make_demand(buyer)
    return buyer


def name(one: Participation) -> str:
    return one.company.name["en"]


def said(response: Any) -> list[str]:
    """What the next page says at its top."""
    assert response.status_code == 302
    return [str(message) for message in response.wsgi_request._messages]


def matched(office: Office) -> None:
    """One press, and the run that it starts."""
    office.post("matching_run")
    assert finished(office.fair).state == "done"


def ends(office: Office, **asked: str) -> list[tuple[str, str]]:
    """Who meets whom, as the list says."""
    url = f"/fairs/{office.fair.slug}/organise/matching/"
    rows = office.client.get(url, asked).context["rows"]
    return [(name(one.row.exhibitor), name(one.row.buyer)) for one in rows]


def pinned(office: Office, seller: Participation, buyer: Participation) -> Any:
    return office.post("matching_pin", exhibitor=seller.pk, buyer=buyer.pk)


def wished(office: Office, company: Participation, wanted: Participation, wish: str) -> Any:
    return office.post("matching_wish", company=company.pk, wanted=wanted.pk, wish=wish)


def test_a_fair_without_companies_says_what_is_needed(office: Office) -> None:
    for route in ("matching", "matching_left_out", "matching_below"):
        page = office.get(route)
        assert ("Nobody to match yet" in page, "Run the matching" in page) == (True, False)


def test_one_press_matches_and_the_list_says_who_and_why(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    assert "Not matched yet" in office.get("matching")
    matched(office)
    assert ends(office) == [(name(seller), name(buyer))]
    page = office.get("matching")
    assert [text in page for text in ("Same HS code", "Last run", "out of date")] == [True, True, False]
    matched(office)
    assert Match.objects.count() == 1


def test_a_second_organiser_is_told_of_the_run_and_both_see_how_far_it_is(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    office.post("matching_run")
    run = at_work(office.fair)
    assert run.user == office.person
    for route in ("matching", "matching_left_out", "matching_below"):
        page = office.get(route)
        assert "The companies are being matched: reading companies, calendars and wishes." in page
        assert "every 1s" in page
    pulse = Pulse(run)
    pulse.watch.most = 1200
    pulse.watch.tell("compare", (0, 500, 0, 0))
    pulse.beat()
    other = Office(office.client, office.fair)
    assert "500 of 1200 pairs of companies compared." in other.get("matching")
    assert said(other.post("matching_run")) == [str(Refused("match_running").sentence)]
    assert said(other.post("schedule_make", kind="new"))[-1:] == [str(Refused("match_running").sentence)]
    work(run, pulse)
    page = other.get("matching")
    assert ("every 1s" in page, "Same HS code" in page) == (False, True)


def test_the_log_names_who_matched_and_for_whom(office: Office, seller: Participation, buyer: Participation) -> None:
    organiser, proxy = office.person, make_role(office.fair, Role.ORGANISER)
    start_run(Actor(proxy, on_behalf_of=organiser), fair=office.fair.pk, kind="match", now=NOW)
    finished(office.fair)
    match = Match.objects.get()
    entry = AuditEntry.objects.get(object=f"meetings.match:{match.pk}")
    assert (entry.actor, entry.on_behalf_of, entry.permission) == (proxy, organiser, "fair.organise")
    assert entry.after == {"matched": 1}


def test_a_run_tells_how_far_it_is(office: Office, seller: Participation, buyer: Participation) -> None:
    told: list[tuple[str, int]] = []
    watch = Watch(progress=lambda step, score: told.append((step, score[1])))
    make_match(office.fair, now=NOW, watch=watch)
    assert (told, watch.most) == ([("compare", 0), ("choose", 1)], 1)


def test_a_matching_that_is_stopped_changes_nothing(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    matched(office)
    before = Match.objects.get()
    office.post("matching_run")
    office.post("matching_stop")
    assert "It is being stopped." in office.get("matching")
    run = at_work(office.fair)
    pulse = Pulse(run)
    pulse.beat()
    work(run, pulse)
    run.refresh_from_db()
    assert (run.state, run.refusal) == ("failed", "match_stopped")
    assert Match.objects.get() == before
    page = office.get("matching")
    assert [text in page for text in ("The matching was stopped.", "Same HS code")] == [True, True]


def test_a_matching_whose_process_is_gone_is_said_to_have_failed(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    office.post("matching_run")
    run = at_work(office.fair)
    Run.objects.update(heard_at=timezone.now() - timedelta(minutes=2))
    assert "The last matching ended unexpectedly." in office.get("matching")
    work(run, Pulse(run))  # it was only slow: what it has found is not stored any more
    assert Match.objects.count() == 0
    matched(office)
    assert "ended unexpectedly" not in office.get("matching")


def test_a_matching_that_breaks_down_does_not_stay_at_work(office: Office) -> None:
    office.post("matching_run")
    run = at_work(office.fair)
    run.kind = "odd"
    with pytest.raises(ValueError, match="odd"):
        work(run, Pulse(run))
    assert Run.objects.get().state == "failed"


def changed(office: Office) -> list[str]:
    found: list[str] = office.client.get(f"/fairs/{office.fair.slug}/organise/matching/").context["changed"]
    return found


def test_what_has_changed_since_is_named(office: Office, seller: Participation, buyer: Participation) -> None:
    matched(office)
    assert changed(office) == []
    make_product(seller, "Wrenches", hs6="820411")
    assert changed(office) == ["Products and demands"]
    wished(office, buyer, seller, "must")
    Participation.objects.filter(pk=seller.pk).update(max_meetings=4)
    assert changed(office) == ["Companies", "Products and demands", "Wishes"]
    matched(office)
    assert changed(office) == []


def test_pairs_are_narrowed_by_company_hall_unit_and_origin(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    unit = RecruitingUnit.objects.create(fair=office.fair, key="lahore", name=three("Lahore Chamber"), country="PK")
    other = make_buyer(office.fair)
    Participation.objects.filter(pk=other.pk).update(unit=unit)
    make_demand(other)
    pinned(office, seller, buyer)
    matched(office)
    first, second = (name(seller), name(buyer)), (name(seller), name(other))
    assert ends(office) == sorted([first, second], key=lambda both: both[1])
    assert ends(office, q=name(other)) == ends(office, unit=str(unit.pk)) == ends(office, origin="score") == [second]
    assert ends(office, origin="pair") == [first]
    assert ends(office, hall="1") == ends(office)
    assert ends(office, q="nobody") == []


def test_a_page_of_pairs_reads_the_same_for_few_and_for_many(office: Office, seller: Participation) -> None:
    def queries() -> int:
        matched(office)
        with CaptureQueriesContext(
            connection,
        ) as found:
            office.get("matching")
        return len(found)

    make_demand(make_buyer(office.fair))
    few = queries()
    for _ in range(4):
        other = make_buyer(office.fair)
        make_demand(other)
        wished(office, seller, other, "would")
        pinned(office, seller, other)
    assert queries() == few
    assert len(ends(office)) == 5


def test_what_cannot_be_is_listed_with_its_cause(office: Office, seller: Participation, buyer: Participation) -> None:
    pinned(office, seller, buyer)
    SoleAgency.objects.create(participation=buyer, principal=seller)
    matched(office)
    page = office.get("matching_left_out")
    assert [text in page for text in (name(seller), name(buyer), "One of the two is the sole agent")] == [True] * 3
    assert ends(office) == []


def test_companies_below_the_floor_have_a_cause_and_the_page_that_mends_it(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    silent = make_buyer(office.fair)
    matched(office)
    page = office.get("matching_below")
    assert "Nothing is known of what it looks for. Enter its demands or HS codes." in page
    assert f'href="/fairs/{office.fair.slug}/organise/companies/{silent.pk}/"' in page
    assert "0 of at least 1" in page
    assert (name(silent) in page, name(seller) in page) == (True, False)


def test_pressing_pin_twice_makes_one_pair_that_comes_first(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    for _ in range(2):
        assert said(pinned(office, seller, buyer))[-1].endswith("are a pair now.")
    pair = Pair.objects.get()
    assert (pair.fair, pair.exhibitor, pair.buyer) == (office.fair, seller, buyer)
    matched(office)
    assert MatchedPair.objects.get().origin == "pair"


def test_a_pair_against_a_no_or_a_sole_agency_is_refused(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    wished(office, seller, buyer, "no")
    assert said(pinned(office, seller, buyer))[-1:] == [FORBIDDEN]
    wished(office, seller, buyer, "")
    SoleAgency.objects.create(participation=buyer, principal=seller)
    sentence = "One of the two is the sole agent of the other, so they do not meet."
    assert said(pinned(office, seller, buyer))[-1:] == [sentence]
    assert said(pinned(office, buyer, seller))[-1:] == ["A meeting needs one exhibitor and one buyer from this fair."]
    assert Pair.objects.count() == 0


def test_forbidden_in_one_press_and_taken_back(office: Office, seller: Participation, buyer: Participation) -> None:
    matched(office)
    wished(office, buyer, seller, "no")
    row = Preference.objects.get()
    assert (row.participation, row.wanted, row.wish, row.said_by) == (buyer, seller, "no", None)
    assert "Take back the buyer" in office.get("matching")
    matched(office)
    assert ends(office) == []
    wished(office, buyer, seller, "")
    assert Preference.objects.count() == 0
    assert [entry.after for entry in AuditEntry.objects.filter(object__contains="preference").order_by("pk")] == [
        {"wish": "no"}, None,
    ]  # fmt: skip


def test_a_no_against_a_pair_and_a_must_against_a_no_are_refused(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    pinned(office, seller, buyer)
    sentence = "The organisers have set these two as a pair. Remove the pair first."
    assert said(wished(office, buyer, seller, "no"))[-1:] == [sentence]
    Pair.objects.all().delete()
    wished(office, seller, buyer, "no")
    assert said(wished(office, buyer, seller, "must"))[-1:] == [FORBIDDEN]
    assert Preference.objects.get().participation == seller


def test_companies_of_another_fair_do_not_exist_here(office: Office, seller: Participation) -> None:
    foreign = make_buyer(make_fair())
    assert said(pinned(office, seller, foreign)) == ["This item does not exist, or you do not have access to it."]
    assert (Pair.objects.count(), Preference.objects.count()) == (0, 0)


def pair_fields(seller: Participation, buyer: Participation, **more: Any) -> dict[str, Any]:
    return {"exhibitor": name(seller), "buyer": name(buyer), **more}


def test_a_pair_has_its_interpreter_and_a_pinned_slot(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    person = make_role(office.fair, Role.INTERPRETER, language_pairs=["zh-ur"])
    Participation.objects.filter(pk=buyer.pk).update(key="nadir")
    slot = office.fair.slots.all()[1]
    page = office.get("pairs_add")
    assert "12:30 Pakistan time · 15:30 Beijing time" in page
    fields = {"need": "required", "language_pair": "zh-ur", "interpreter": person.pk, "number": "7"}
    answer = office.post(
        "pairs_add", **fields, exhibitor=name(seller), buyer="NADIR", starts_at=slot.starts_at.isoformat()
    )
    assert answer.status_code == 302
    pair = Pair.objects.get()
    assert (pair.exhibitor, pair.buyer, pair.number, pair.need) == (seller, buyer, 7, "required")
    assert (pair.interpreter, pair.language_pair, pair.starts_at, pair.zone) == (
        person, "zh-ur", slot.starts_at, "Asia/Karachi",
    )  # fmt: skip
    assert AuditEntry.objects.get().after["starts_at"].startswith("2020-05-14T07:30")
    listed = office.get("pairs")
    assert [text in listed for text in (name(seller), "Interpreter required", "12:30")] == [True] * 3
    assert office.post("pairs_remove", pair.pk).status_code == 302
    assert Pair.objects.count() == 0


def test_what_is_wrong_with_a_pair_is_said_at_its_field(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    person = make_role(office.fair, Role.INTERPRETER, language_pairs=["zh-en"])
    slot = office.fair.slots.all()[1]
    Pair.objects.create(
        fair=office.fair, exhibitor=make_exhibitor(office.fair), buyer=make_buyer(office.fair),
        interpreter=person, starts_at=slot.starts_at,
    )  # fmt: skip
    make_role(office.fair, Role.INTERPRETER, language_pairs=["zh-ur"])
    wrong = {"language_pair": "zh-ur", "interpreter": person.pk, "starts_at": slot.starts_at.isoformat()}
    assert errors(office.post("pairs_add", **pair_fields(seller, buyer, **wrong))) == {
        "interpreter": ["This interpreter does not work between these languages."],
        "starts_at": ["The interpreter is pinned to another pair at this time."],
    }
    assert errors(office.post("pairs_add", exhibitor="Nobody", buyer="")) == {
        "exhibitor": ["No company of this fair has this name or key."],
        "buyer": ["Enter a company."],
    }
    pinned(office, seller, buyer)
    assert errors(office.post("pairs_add", **pair_fields(seller, buyer))) == {
        "exhibitor": ["These two are a pair already. Change that one."]
    }


def test_two_organisers_at_one_pair_lose_nothing(office: Office, seller: Participation, buyer: Participation) -> None:
    pair = Pair.objects.create(fair=office.fair, exhibitor=seller, buyer=buyer, remarks="first")
    form = office.client.get(f"/fairs/{office.fair.slug}/organise/matching/pairs/{pair.pk}/").context["form"]
    seen = form.initial["seen"]
    Pair.objects.update(remarks="second", number=3)
    answer = office.post("pairs_change", pair.pk, **pair_fields(seller, buyer, remarks="mine", number="", seen=seen))
    assert list(errors(answer)) == ["remarks"]
    answer = office.post("pairs_change", pair.pk, **pair_fields(seller, buyer, remarks="first", number="", seen=seen))
    assert answer.status_code == 302
    pair.refresh_from_db()
    assert (pair.remarks, pair.number) == ("second", 3)


def test_a_wish_is_entered_changed_and_removed(office: Office, seller: Participation, buyer: Participation) -> None:
    fields = {"participation": name(buyer), "wanted": name(seller)}
    assert office.post("wishes_add", **fields, wish="must").status_code == 302
    wish = Preference.objects.get()
    assert "must meet" in office.get("wishes")
    assert errors(office.post("wishes_add", **fields, wish="would")) == {
        "participation": ["This company has a wish about the other one. Change that one."]
    }
    assert office.post("wishes_change", wish.pk, **fields, wish="would").status_code == 302
    assert Preference.objects.get().wish == "would"
    assert office.post("wishes_remove", wish.pk).status_code == 302
    assert Preference.objects.count() == 0


def test_matching_is_organisers_alone(client: Client, fair: Fair) -> None:
    client.force_login(make_role(fair, Role.INTERPRETER))
    assert client.get(f"/fairs/{fair.slug}/organise/matching/").status_code == 404
