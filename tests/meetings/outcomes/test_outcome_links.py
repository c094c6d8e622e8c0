"""A one-time link with its code confirms one version of an outcome for one side, without signing in."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fairplatform.accounts.actions import end_earlier_access
from fairplatform.accounts.models import AuditEntry, User
from fairplatform.fairs.models import Participation
from fairplatform.ledger.models import Entry
from meetings.models import Meeting, Outcome, OutcomeLink, OutcomeVersion, Statement
from meetings.models.meeting import Side
from meetings.outcomes.actions import confirm, draft, submit, withdraw
from meetings.outcomes.corrections import drop_correction, propose
from meetings.outcomes.links import (
    IssuedOutcomeLink,
    confirm_by_link,
    find_link,
    make_links,
    may_confirm,
    version_to_confirm,
)
from tests.factories import actor, make_fair, make_role, make_slots, make_staff
from tests.meetings.cases import MeetingCase, make_case, order
from tests.meetings.outcomes.confirmations import newest
from tests.racing import DONE, at_once

FIVE_MINUTES = timedelta(minutes=5)


def begin() -> MeetingCase:
    """The seller has submitted an order; the meeting began five minutes ago."""
    fair = make_fair()
    case = make_case(fair, make_slots(fair, first=timezone.now() - FIVE_MINUTES)[0])
    submit(actor(case.seller), meeting=case.meeting.pk, content=order(), base=None, now=timezone.now())
    return case


@pytest.fixture
def offered(db: None) -> MeetingCase:
    return begin()


def link_of(
    case: MeetingCase, person: User | None = None, *, now: datetime | None = None, by: User | None = None
) -> IssuedOutcomeLink:
    """A link of the buyer, or another person of that side, to the newest version."""
    [issued] = make_links(
        [person or case.buyer], version=newest(case), side=Side.BUYER, issued_by=by, now=now or timezone.now()
    )
    return issued


def address(case: MeetingCase, issued: IssuedOutcomeLink) -> str:
    return f"/fairs/{case.meeting.fair.slug}/confirm/{issued.secret}/"


def use(case: MeetingCase, issued: IssuedOutcomeLink, client: Client | None = None, **said: str) -> object:
    fields = {"act": "confirm", "code": issued.code, **said}
    return (client or Client()).post(address(case, issued), fields, follow=True)


def words(page: object) -> str:
    text = re.sub(r"<[^>]*>", "", page.content.decode().partition("<main")[2])  # type: ignore[attr-defined]
    return " ".join(re.sub("[\u2066-\u2069]", "", text).split())


def ended(issued: IssuedOutcomeLink) -> str:
    return OutcomeLink.objects.get(pk=issued.link.pk).ended_because


def test_the_code_shows_the_version_and_one_press_confirms_it(offered: MeetingCase) -> None:
    issued, visitor = link_of(offered), Client()
    asked = visitor.get(address(offered, issued))
    assert (asked.status_code, "31,500" in asked.content.decode(), asked["Cache-Control"]) == (
        200, False, "max-age=0, no-cache, no-store, must-revalidate, private",
    )  # fmt: skip
    shown = visitor.post(address(offered, issued), {"code": f"{issued.code[:3]} {issued.code[3:]}"})
    assert ("USD\xa031,500" in shown.content.decode(), Statement.objects.count()) == (True, 1)
    done = use(offered, issued, visitor)
    assert done.redirect_chain == [(address(offered, issued), 302)]  # type: ignore[attr-defined]
    outcome = Outcome.objects.get()
    assert (outcome.state, outcome.agreed) == ("agreed", newest(offered))
    assert {(one.side, one.made_by) for one in outcome.statements.all()} == {
        ("exhibitor", offered.seller), ("buyer", offered.buyer),
    }  # fmt: skip
    assert "Both sides have now confirmed the same version." in words(done)
    audited = AuditEntry.objects.get(permission="outcome.confirm")
    assert (audited.actor, audited.after) == (offered.buyer, {"link": issued.link.pk, "version": 1})
    # It signs nobody in.
    assert "_auth_user_id" not in visitor.session


def test_used_again_it_says_so_and_shows_nothing(offered: MeetingCase) -> None:
    issued = link_of(offered)
    pages = [use(offered, issued), use(offered, issued), Client().get(address(offered, issued))]
    for page in pages:
        assert "You have confirmed this outcome for" in words(page)
        assert "31,500" not in page.content.decode()  # type: ignore[attr-defined]
    assert (Entry.objects.count(), Statement.objects.count(), ended(issued)) == (1, 2, "used")
    assert AuditEntry.objects.filter(permission="outcome.confirm").count() == 1
    # Its code shows the outcome no more.
    again = Client().post(address(offered, issued), {"code": issued.code})
    assert (again.status_code, "31,500" in again.content.decode()) == (409, False)


def test_five_wrong_codes_end_it_and_a_right_one_gives_none_back(offered: MeetingCase) -> None:
    issued = link_of(offered)
    wrong = f"{(int(issued.code) + 1) % 10**6:06}"
    for left in (4, 3):
        assert f"{left} attempts left" in words(Client().post(address(offered, issued), {"code": wrong}))
    assert Client().post(address(offered, issued), {"code": issued.code}).status_code == 200
    assert [use(offered, issued, code=wrong).status_code for _ in range(3)] == [200, 200, 409]  # type: ignore[attr-defined]
    assert "no longer valid" in words(use(offered, issued))
    assert Statement.objects.count() == 1


@pytest.mark.parametrize("code", ["", "x", "12345", "1234567890123"])
def test_what_is_no_code_confirms_nothing(offered: MeetingCase, code: str) -> None:
    assert use(offered, link_of(offered), code=code).status_code == 200  # type: ignore[attr-defined]
    assert Statement.objects.count() == 1


def test_it_expires(offered: MeetingCase) -> None:
    issued = link_of(offered, now=timezone.now() - timedelta(days=7))
    answers = [Client().get(address(offered, issued)), use(offered, issued)]
    assert [(one.status_code, "no longer valid" in words(one)) for one in answers] == [(404, True), (409, True)]  # type: ignore[attr-defined]
    assert Statement.objects.count() == 1


def _other_version(case: MeetingCase) -> None:
    draft(actor(case.buyer), meeting=case.meeting.pk, content=order(5), now=timezone.now())


def _withdrawn(case: MeetingCase) -> None:
    withdraw(actor(case.seller), meeting=case.meeting.pk, now=timezone.now())


def _confirmed(case: MeetingCase) -> None:
    confirm(actor(case.buyer), meeting=case.meeting.pk, version=newest(case).pk, now=timezone.now())


@pytest.mark.parametrize("change", [_other_version, _withdrawn, _confirmed])
def test_it_ends_when_the_outcome_changes(offered: MeetingCase, change: Callable[[MeetingCase], None]) -> None:
    issued = link_of(offered)
    change(offered)
    before = set(Statement.objects.values_list("side", "version"))
    assert (ended(issued), "has changed since this link was made" in words(use(offered, issued))) == ("changed", True)
    assert set(Statement.objects.values_list("side", "version")) == before


def test_a_first_confirmation_of_the_same_version_leaves_the_link_of_the_other_side(db: None) -> None:
    fair = make_fair()
    case = make_case(fair, make_slots(fair, first=timezone.now() - FIVE_MINUTES)[0])
    version = draft(actor(case.seller), meeting=case.meeting.pk, content=order(), now=timezone.now())
    issued = link_of(case)
    confirm(actor(case.seller), meeting=case.meeting.pk, version=version.pk, now=timezone.now())
    use(case, issued)
    assert Outcome.objects.get().state == "agreed"


def test_a_newer_link_of_the_same_person_takes_its_place(offered: MeetingCase) -> None:
    colleague = make_staff(offered.meeting.buyer)
    first, of_colleague, second = link_of(offered), link_of(offered, colleague), link_of(offered)
    assert [ended(one) for one in (first, of_colleague, second)] == ["replaced", "", ""]
    assert "You have been given a newer link" in words(Client().get(address(offered, first)))


def test_it_ends_with_the_access_of_its_person_and_does_not_come_back(offered: MeetingCase) -> None:
    issued = link_of(offered)
    User.objects.filter(pk=offered.buyer.pk).update(is_active=False)
    assert Client().get(address(offered, issued)).status_code == 404
    end_earlier_access(User.objects.get(pk=offered.buyer.pk))
    User.objects.filter(pk=offered.buyer.pk).update(is_active=True)
    assert (use(offered, issued).status_code, Statement.objects.count()) == (404, 1)  # type: ignore[attr-defined]


def test_who_has_left_the_company_or_gone_to_the_other_confirms_nothing(offered: MeetingCase) -> None:
    issued = link_of(offered)
    offered.meeting.buyer.company.staff.filter(user=offered.buyer).delete()
    _shows_nothing(offered, issued)
    offered.meeting.exhibitor.company.staff.create(user=offered.buyer, position="CEO", is_manager=True)
    _shows_nothing(offered, issued)
    assert (Statement.objects.count(), may_confirm(offered.buyer, offered.meeting, Side.BUYER)) == (1, False)


def _shows_nothing(case: MeetingCase, issued: IssuedOutcomeLink) -> None:
    """Neither the version to whoever has the code, nor a confirmation."""
    for act in ("", "confirm"):
        page: Any = use(case, issued, act=act)
        assert (page.status_code, "31,500" in page.content.decode(), "no longer valid" in words(page)) == (
            409, False, True,
        )  # fmt: skip


def test_a_company_that_is_out_of_the_fair_sees_nothing_by_it(offered: MeetingCase) -> None:
    issued = link_of(offered)
    Participation.objects.filter(pk=offered.meeting.buyer_id).update(state="withdrawn")
    _shows_nothing(offered, issued)


def test_it_ends_with_the_role_of_the_organiser_who_handed_it_out(offered: MeetingCase) -> None:
    organiser = make_role(offered.meeting.fair, "organiser")
    issued = link_of(offered, by=organiser)
    organiser.roles.all().delete()
    _shows_nothing(offered, issued)
    organiser.roles.create(fair=offered.meeting.fair, role="organiser")
    use(offered, issued)
    assert Outcome.objects.get().state == "agreed"


def test_what_a_side_hides_stays_hidden_by_its_link(offered: MeetingCase) -> None:
    key, now = offered.meeting.pk, timezone.now()
    confirm(actor(offered.buyer), meeting=key, version=newest(offered).pk, now=now, hides_amount=True)
    propose(actor(offered.seller), meeting=key, content=order(5), base=newest(offered).pk, now=now)
    page: Any = use(offered, link_of(offered), act="")
    assert re.findall(r'<input type="checkbox" name="hides_amount"( checked)?>', page.content.decode()) == [" checked"]


def test_nobody_confirms_for_two(offered: MeetingCase) -> None:
    issued = link_of(offered, offered.seller)
    assert use(offered, issued).status_code == 409  # type: ignore[attr-defined]
    assert not may_confirm(offered.seller, offered.meeting, Side.BUYER)
    assert Outcome.objects.get().state == "one_side"


def test_a_link_of_another_fair_or_with_another_secret_is_none(offered: MeetingCase) -> None:
    issued, other = link_of(offered), make_fair()
    for path in (f"/fairs/{other.slug}/confirm/{issued.secret}/", address(offered, issued).replace(issued.secret, "x")):
        assert Client().post(path, {"act": "confirm", "code": issued.code}).status_code == 404
    assert Statement.objects.count() == 1


def test_it_confirms_a_correction_until_that_is_dropped(offered: MeetingCase) -> None:
    use(offered, link_of(offered))
    key, now = offered.meeting.pk, timezone.now()
    for content in (order(5), order(7)):
        propose(actor(offered.seller), meeting=key, content=content, base=newest(offered).pk, now=now)
        issued = link_of(offered)
        if content == order(5):
            drop_correction(actor(offered.seller), meeting=key, version=newest(offered).pk, now=now)
        use(offered, issued)
    assert list(OutcomeLink.objects.order_by("pk").values_list("ended_because", flat=True)) == [
        "used", "changed", "used",
    ]  # fmt: skip
    assert list(Entry.objects.values_list("amount_minor", flat=True)) == [3_150_000, 7]


def test_the_amount_can_be_hidden_by_it(offered: MeetingCase) -> None:
    use(offered, link_of(offered), hides_amount="on")
    assert {one.side: one.hides_amount for one in Statement.objects.all()} == {"exhibitor": False, "buyer": True}


def test_what_a_side_is_asked_to_confirm(offered: MeetingCase) -> None:
    def asked() -> list[int | None]:
        outcome = Outcome.objects.select_related("correction__version").get()
        return [(one := version_to_confirm(outcome, side)) and one.number for side in Side]

    key, now, found = offered.meeting.pk, timezone.now(), [asked()]
    submit(actor(offered.buyer), meeting=key, content=order(5), base=newest(offered).pk, now=now)
    found.append(asked())
    withdraw(actor(offered.seller), meeting=key, now=now)
    withdraw(actor(offered.buyer), meeting=key, now=now)
    found.append(asked())
    for person in (offered.seller, offered.buyer):
        confirm(actor(person), meeting=key, version=newest(offered).pk, now=now)
    found.append(asked())
    propose(actor(offered.seller), meeting=key, content=order(9), base=newest(offered).pk, now=now)
    assert [*found, asked()] == [[None, 1], [2, 1], [2, 2], [None, None], [None, 3]]


@pytest.mark.either("meetings.outcomes.links")
def test_two_tabs_of_a_link_and_the_other_side_at_once_make_one_entry(transactional_db: None) -> None:
    fair = make_fair()
    case = make_case(fair, make_slots(fair, first=timezone.now() - FIVE_MINUTES)[0])
    now = timezone.now()
    version = draft(actor(case.seller), meeting=case.meeting.pk, content=order(), now=now)
    issued, seller = link_of(case), actor(case.seller)

    def by_link() -> object:
        link = find_link(fair=fair.slug, secret=issued.secret)
        assert link
        return confirm_by_link(link, secret=issued.secret, code=issued.code, now=now)

    def signed_in() -> object:
        return confirm(seller, meeting=case.meeting.pk, version=version.pk, now=now)

    ends = at_once(by_link, by_link, signed_in, signed_in)
    assert ends == {DONE: 4}
    assert (Outcome.objects.get().state, Entry.objects.count(), Statement.objects.count()) == ("agreed", 1, 2)
    assert AuditEntry.objects.filter(permission="outcome.confirm").count() == 1
    assert (Meeting.objects.get().state, OutcomeVersion.objects.count()) == ("held", 1)
