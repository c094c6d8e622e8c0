"""The chain of a ledger: entries are only added, one after the other, and whatever is changed is found and named."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connections, transaction

from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.ledger.actions import correct, enter, record_agreed, withdraw
from fairplatform.ledger.chain import Addition, Verification, append, follow, rows, verify
from fairplatform.ledger.content import Content, Name
from fairplatform.ledger.models import NO_DIGEST, Entry, EntryName, Ledger
from tests.factories import NOW, actor, make_buyer, make_exhibitor, make_fair, make_role
from tests.ledger.making import content, party, tamper

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.either("fairplatform.ledger.chain", "fairplatform.ledger.actions", "fairplatform.db.triggers"),
]
LATER = NOW + timedelta(days=30)


@pytest.fixture
def fair() -> Fair:
    return make_fair()


@pytest.fixture
def organiser(fair: Fair) -> User:
    return make_role(fair, "organiser")


def three_entries(fair: Fair, organiser: User) -> list[Entry]:
    """A memorandum of two companies, a report without parties, and a correction of the first."""
    both = (party(make_exhibitor(fair)), party(make_buyer(fair)), Name.of_text("witness", "使馆经商处"))
    mou = enter(
        actor(organiser),
        fair=fair.pk,
        content=content(*both, provenance="document", amount_minor=50_000_000, currency="USD", subject="Padlocks"),
        now=NOW,
    )
    report = enter(actor(organiser), fair=fair.pk, content=content(source="Daily News"), now=NOW)
    right = content(*both, provenance="document", amount_minor=5_000_000, currency="USD", signed_on=date(2020, 5, 13))
    return [
        mou,
        report,
        correct(actor(organiser), entry=mou.pk, content=right, reason="a zero too many", now=LATER),
    ]


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as found:
        act()
    assert found.value.sentence
    return found.value.code


def test_entries_follow_each_other(fair: Fair, organiser: User) -> None:
    entries = three_entries(fair, organiser)
    assert [(one.number, one.previous) for one in entries] == [
        (1, NO_DIGEST),
        (2, entries[0].digest),
        (3, entries[1].digest),
    ]
    assert verify(fair) == Verification(3, None)
    assert [(one.key, one.corrects) for one in entries] == [("padlocks", None), ("mou", None), ("padlocks", entries[0])]
    assert list(Entry.objects.standing().values_list("number", flat=True)) == [2, 3]


def test_anybody_can_compute_the_digests_again(fair: Fair, organiser: User) -> None:
    three_entries(fair, organiser)
    found = list(rows(fair))
    for number, previous, written, digest in found:
        assert sha256((previous + "\n" + written).encode()).hexdigest() == digest
        assert json.dumps(json.loads(written), sort_keys=True, separators=(",", ":"), ensure_ascii=False) == written
        assert json.loads(written)["number"] == number
    assert json.loads(found[2][2])["corrects__number"] == 1
    assert json.loads(found[0][2])["names"][2] == {
        "name": {"zh-hans": "使馆经商处"}, "part": "witness", "participation_id": None, "title": "",
    }  # fmt: skip


def test_what_an_entry_does_not_say_stands_in_no_digest_that_is_older_than_its_column(fair: Fair) -> None:
    agreed = {"provenance": "parties", "outcome": "X-1", "agreed_on": date(2026, 5, 14), "is_amount_hidden": True}
    both = (party(make_exhibitor(fair)), party(make_buyer(fair)))
    contents = [content(), content(*both, **agreed)]
    append(fair.pk, [Addition(one, str(key)) for key, one in enumerate(contents)], actor=None, now=NOW)
    found = [json.loads(written) for _number, _previous, written, _digest in rows(fair)]
    told = [{name: one[name] for name in ("agreed_on", "is_amount_hidden") if name in one} for one in found]
    assert (told, verify(fair).ok) == ([{}, {"agreed_on": "2026-05-14", "is_amount_hidden": True}], True)


def test_an_empty_ledger_is_whole(fair: Fair) -> None:
    assert verify(fair) == Verification(0, None)


@pytest.mark.parametrize("model", [Entry, EntryName])
def test_the_database_changes_and_deletes_nothing(fair: Fair, organiser: User, model: type[Entry]) -> None:
    three_entries(fair, organiser)
    own = model.objects.all()
    column = "source" if model is Entry else "title"
    before = list(own.order_by("pk").values())
    for act in (lambda: own.update(**{column: "x"}), lambda: own._raw_delete("default")):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert list(own.order_by("pk").values()) == before


def test_an_entry_is_not_saved_by_itself(fair: Fair, organiser: User) -> None:
    entry, *_ = three_entries(fair, organiser)
    with pytest.raises(TypeError):
        entry.save()


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE ledger_entry SET amount_minor = 1 WHERE number = 3", 3),
        ("UPDATE ledger_entry SET provenance = 'report' WHERE number = 1", 1),
        ("UPDATE ledger_entry SET digest = previous WHERE number = 2", 2),
        ("UPDATE ledger_entry SET corrects_id = NULL, key = 'another' WHERE number = 3", 3),
        ('UPDATE ledger_entryname SET name = \'{"en": "Another"}\' WHERE place = 1', 1),
        ("DELETE FROM ledger_entryname WHERE place = 2", 1),
        ("DELETE FROM ledger_entry WHERE number = 2", 2),
        ("DELETE FROM ledger_entryname; DELETE FROM ledger_entry WHERE number = 3", 1),
        ("UPDATE ledger_entry SET number = 9 WHERE number = 2", 2),
        ("UPDATE ledger_ledger SET entries = 5", 4),
    ],
)
def test_whatever_is_changed_is_named(fair: Fair, organiser: User, statement: str, first_bad: int) -> None:
    three_entries(fair, organiser)
    for part in statement.split("; "):
        tamper(part.replace("%", "%%"))
    assert verify(fair).first_bad == first_bad


def test_the_newest_entry_is_missed(fair: Fair, organiser: User) -> None:
    three_entries(fair, organiser)
    tamper("DELETE FROM ledger_entryname WHERE entry_id = (SELECT max(id) FROM ledger_entry)")
    tamper("DELETE FROM ledger_entry WHERE number = 3")
    assert verify(fair) == Verification(2, 3)


def test_a_deactivated_persons_entries_stay(fair: Fair, organiser: User) -> None:
    three_entries(fair, organiser)
    User.objects.filter(pk=organiser.pk).update(is_active=False)
    assert verify(fair) == Verification(3, None)


def test_of_two_corrections_of_one_entry_the_second_is_refused(fair: Fair, organiser: User) -> None:
    mou, *_ = three_entries(fair, organiser)
    again = content(subject="Another")
    assert refused(lambda: correct(actor(organiser), entry=mou.pk, content=again, reason="", now=LATER)) == (
        "ledger_corrected"
    )


def test_the_same_content_is_no_correction(fair: Fair, organiser: User) -> None:
    *_, newest = three_entries(fair, organiser)
    same = correct(actor(organiser), entry=newest.pk, content=Content.of(newest), reason="", now=LATER)
    assert (same.pk, Entry.objects.count()) == (newest.pk, 3)


def test_what_is_withdrawn_does_not_stand(fair: Fair, organiser: User) -> None:
    _, report, newest = three_entries(fair, organiser)
    withdraw(actor(organiser), entry=newest.pk, reason="signed by nobody", now=LATER)
    assert list(Entry.objects.standing()) == [report]
    assert verify(fair) == Verification(4, None)


def test_nobody_but_the_parties_confirms(fair: Fair, organiser: User) -> None:
    both = (party(make_exhibitor(fair)), party(make_buyer(fair)))
    agreed = content(*both, provenance="parties", outcome="PK2020-0001", amount_minor=100, currency="USD")
    own = actor(organiser)
    assert refused(lambda: enter(own, fair=fair.pk, content=agreed, now=NOW)) == "ledger_parties_confirm"
    entry = record_agreed(fair, content=agreed, actor=own, now=NOW)
    assert record_agreed(fair, content=agreed, actor=own, now=LATER) == entry
    other = content(*both, provenance="parties", outcome="PK2020-0001", amount_minor=200, currency="USD")
    for act in (
        lambda: correct(own, entry=entry.pk, content=other, reason="", now=LATER),
        lambda: withdraw(own, entry=entry.pk, reason="", now=LATER),
    ):
        assert refused(act) == "ledger_parties_confirm"
    realised = content(
        *both, provenance="parties", outcome="PK2020-0001", amount_minor=100, currency="USD", realised_minor=40
    )
    assert correct(own, entry=entry.pk, content=realised, reason="first part paid", now=LATER).number == 2


def test_contents_that_cannot_be(fair: Fair, organiser: User) -> None:
    one, other = make_exhibitor(fair), make_buyer(fair)
    cases = {
        "ledger_parties": content(provenance="document"),
        "ledger_party_twice": content(party(one), party(one)),
        "amount_needed": content(party(other), amount_minor=1),
        "amount_negative": content(party(other), amount_minor=-1, currency="USD"),
        "ledger_prevailing": content(prevailing="zh", languages=["en", "ur"]),
    }
    found = {
        code: refused(lambda case=case: enter(actor(organiser), fair=fair.pk, content=case, now=NOW))
        for code, case in cases.items()
    }
    assert found == {code: code for code in cases}


def test_organisers_of_other_fairs_enter_and_find_nothing(fair: Fair, organiser: User) -> None:
    mou, *_ = three_entries(fair, organiser)
    foreign = actor(make_role(make_fair(), "organiser"))
    assert refused(lambda: enter(foreign, fair=fair.pk, content=content(), now=NOW)) == "not_permitted"
    assert refused(lambda: withdraw(foreign, entry=mou.pk, reason="", now=NOW)) == "not_found"


@pytest.mark.parametrize(
    "fields",
    [
        {"provenance": "parties", "parties": 1, "outcome": "PK-1"},
        {"provenance": "parties", "parties": 2},
        {"provenance": "document", "parties": 0},
        {"amount_minor": -1, "currency": "USD"},
        {"amount_minor": 1},
        {"quantity": -1},
        {"is_withdrawn": True},
    ],
)
def test_the_database_has_the_last_word(fair: Fair, fields: dict[str, object]) -> None:
    own = {"kind": "mou", "provenance": "report", "parties": 0, **fields}
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.bulk_create([Entry(fair=fair, number=1, key="x", entered_at=NOW, previous="", digest="", **own)])


def at_once(*acts: Callable[[], object]) -> Counter[str]:
    """How acts end that start together."""
    start, ends = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
            ends.append("done")
        except IntegrityError:
            ends.append("refused by the database")
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(ends)


def test_nobody_finds_a_hidden_amount_by_trying_which_makes_the_digest(fair: Fair) -> None:
    both = party(make_exhibitor(fair)), party(make_buyer(fair))
    own = {"kind": "order", "provenance": "parties", "amount_minor": 5_000_000, "currency": "USD"}
    hidden, shown = (content(*both, outcome=f"X-{int(it)}", is_amount_hidden=it, **own) for it in (True, False))
    additions = [Addition(hidden, "X-1"), Addition(shown, "X-0")]
    entries = append(fair.pk, additions, actor=None, now=NOW)
    assert [len(one.salt) for one in entries] == [32, 0]
    assert [entries[0].salt in said for _number, _previous, said, _digest in rows(fair)] == [True, False]
    assert verify(fair) == Verification(2, None)


@pytest.mark.django_db(transaction=True)
def test_servers_that_add_at_once_make_one_chain(fair: Fair) -> None:
    def add(key: str) -> None:
        for number in range(3):
            append(fair.pk, [Addition(content(), f"{key}-{number}")], actor=None, now=NOW)

    assert at_once(*(lambda key=key: add(key) for key in "abcd")) == {"done": 4}
    assert verify(fair) == Verification(12, None)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_only_one_of_them_is_stored(fair: Fair) -> None:
    """The control: both go on from the same end of the chain, and the constraints stop the second."""
    Ledger.objects.create(fair=fair)
    ends = [Ledger.objects.get(fair=fair) for _ in range(2)]

    def add(end: Ledger, key: str) -> None:
        with transaction.atomic():
            follow(end, [Addition(content(), key)], actor=None, now=NOW)

    found = at_once(*(lambda end=end, key=key: add(end, key) for end, key in zip(ends, "ab", strict=True)))
    assert found == {"done": 1, "refused by the database": 1}
    assert verify(fair) == Verification(1, None)
