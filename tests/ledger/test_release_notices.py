"""Who is notified when the release of an agreement to everybody ends."""

from dataclasses import replace

import pytest

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Participation
from fairplatform.ledger.actions import correct, withdraw
from fairplatform.ledger.chain import Addition, append
from fairplatform.ledger.content import Content, Name
from fairplatform.ledger.models import Entry
from fairplatform.ledger.releasing import Terms, end, release, take_back
from fairplatform.notices.models import Notice
from tests.factories import NOW, actor, make_buyer, make_fair, make_role, make_staff
from tests.ledger.making import content, party

pytestmark = pytest.mark.django_db


class Released:
    """An agreement of two companies of the fair and one from outside, released by all of them."""

    def __init__(self) -> None:
        self.fair: Fair = make_fair()
        self.companies: list[Participation] = [make_buyer(self.fair), make_buyer(self.fair)]
        self.managers: list[User] = [make_staff(one) for one in self.companies]
        make_staff(self.companies[0], is_manager=False)
        make_staff(make_buyer(self.fair))
        self.organiser = make_role(self.fair, "organiser")
        said = content(*map(party, self.companies), Name("party", {"en": "Sky47"}), provenance="document")
        [self.entry] = append(self.fair.pk, [Addition(said, "key")], actor=None, now=NOW)
        for person, company in zip(self.managers, self.companies, strict=True):
            self.let(person, company)

    def let(self, person: User, company: Participation) -> None:
        terms = Terms(amount=True, scans=True)
        release(actor(person), entry=self.entry.pk, company=company.pk, terms=terms, now=NOW)

    def notices(self) -> list[tuple[str, int, str]]:
        rows = Notice.objects.order_by("pk").select_related("recipient")
        return [(one.code, self.managers.index(one.recipient), one.path) for one in rows]

    def paper(self, entry: Entry) -> str:
        return f"/fairs/{self.fair.slug}/agreements/{entry.number}/"


@pytest.fixture
def it(db: None) -> Released:
    return Released()


def test_a_party_that_takes_it_back_notifies_the_managers_of_the_others(it: Released) -> None:
    for _ in range(2):
        take_back(actor(it.managers[0]), entry=it.entry.pk, company=it.companies[0].pk, now=NOW)
    assert it.notices() == [("release_taken_back", 1, it.paper(it.entry))]
    assert Notice.objects.get().parameters == {"company": dict(it.companies[0].company.name), "number": 1}


def test_organisers_who_end_it_notify_the_managers_of_all_parties(it: Released) -> None:
    end(actor(it.organiser), entry=it.entry.pk, company=it.companies[0].pk, now=NOW)
    assert it.notices() == [("release_ended", place, it.paper(it.entry)) for place in (0, 1)]


def test_a_correction_or_a_withdrawal_that_ends_it_notifies_them_too(it: Released) -> None:
    said = replace(Content.of(it.entry), subject="Padlocks")
    new = correct(actor(it.organiser), entry=it.entry.pk, content=said, reason="", now=NOW)
    assert it.notices() == [("release_corrected", place, it.paper(new)) for place in (0, 1)]
    Notice.objects.all().delete()
    it.entry = new
    # Nothing is released any more, so nothing ends.
    corrected = correct(actor(it.organiser), entry=new.pk, content=replace(said, subject="Hinges"), reason="", now=NOW)
    assert it.notices() == []
    it.entry = corrected
    it.let(it.managers[1], it.companies[1])
    gone = withdraw(actor(it.organiser), entry=corrected.pk, reason="No", now=NOW)
    assert it.notices() == [("release_withdrawn", place, it.paper(gone)) for place in (0, 1)]


def test_what_was_realised_ends_no_release_and_notifies_nobody(it: Released) -> None:
    said = replace(Content.of(it.entry), evidence="Bank receipt")
    correct(actor(it.organiser), entry=it.entry.pk, content=said, reason="", now=NOW)
    assert it.notices() == []


def test_who_has_left_and_who_ends_it_is_not_notified(it: Released) -> None:
    User.objects.filter(pk=it.managers[1].pk).update(is_active=False)
    it.companies[0].company.staff.create(user=it.organiser, position="CEO", is_manager=True)
    end(actor(it.organiser), entry=it.entry.pk, company=it.companies[1].pk, now=NOW)
    assert it.notices() == [("release_ended", 0, it.paper(it.entry))]
    Notice.objects.all().delete()
    Fair.objects.filter(pk=it.fair.pk).update(state="draft")
    end(actor(it.organiser), entry=it.entry.pk, company=it.companies[0].pk, now=NOW)
    assert it.notices() == []
