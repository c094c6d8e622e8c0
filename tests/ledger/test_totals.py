"""Totals of the ledger: by kind, provenance and currency, never mixed, and each opens to its rows.

None of them tells an amount that is hidden.
"""

from dataclasses import replace

import pytest

from fairplatform.fairs.models import Fair, Participation
from fairplatform.ledger.chain import Addition, append
from fairplatform.ledger.content import Content, Name
from fairplatform.ledger.hidden import Summed, added, hidden_in_words, summed
from fairplatform.ledger.models import Entry, Release, ReportedFigure
from fairplatform.ledger.totals import Total, rows_of, totals, totals_of_each
from tests.factories import NOW, make_buyer, make_exhibitor, make_fair, make_role, make_staff
from tests.ledger.making import content, party

pytestmark = pytest.mark.django_db


def fill(fair: Fair) -> None:
    both = (party(make_exhibitor(fair)), party(make_buyer(fair)))
    usd, contents = {"currency": "USD"}, []
    for number, minor in enumerate((100, 250)):
        own = {"provenance": "parties", "outcome": f"X-{number}", "amount_minor": minor}
        contents.append(content(*both, kind="order", **own, **usd))
    contents += [
        content(*both, kind="order", provenance="document", amount_minor=7, **usd),
        content(*both, kind="order", provenance="document", amount_minor=9, currency="CNY"),
        content(*both, provenance="document", amount_minor=0, **usd),
        content(*both, provenance="document", quantity=6_000_000, quantity_unit="sets"),
        content(provenance="report", **usd),
    ]
    entries = append(fair.pk, [Addition(one, str(key)) for key, one in enumerate(contents)], actor=None, now=NOW)
    # One is corrected, and one withdrawn: neither counts as it was.
    append(
        fair.pk,
        [
            Addition(content(*both, kind="order", provenance="document", amount_minor=8, **usd), "2", entries[2]),
            Addition(contents[6], "6", entries[6], is_withdrawn=True),
        ],
        actor=None,
        now=NOW,
    )
    ReportedFigure.objects.create(
        fair=fair,
        key="all",
        label="Memoranda",
        amount_minor=25 * 10**9,
        currency="USD",
        source="Radio",
        date=NOW.date(),
    )


def test_totals_are_of_one_kind_provenance_and_currency() -> None:
    fair = make_fair()
    fill(fair)
    fill(make_fair())
    assert totals(fair) == [
        Total("order", "parties", "USD", 2, 350),
        Total("mou", "document", "", 1, None),
        Total("mou", "document", "USD", 1, 0),
        Total("order", "document", "CNY", 1, 9),
        Total("order", "document", "USD", 1, 8),
    ]


def test_each_total_opens_to_its_rows() -> None:
    fair = make_fair()
    fill(fair)
    opened = {total: list(rows_of(fair, total)) for total in totals(fair)}
    assert sum(map(len, opened.values())) == 6
    for total, entries in opened.items():
        amounts = [entry.amount_minor for entry in entries]
        assert (len(entries), None if None in amounts else sum(amounts)) == (total.count, total.amount_minor)
        assert {(entry.kind, entry.provenance) for entry in entries} == {(total.kind, total.provenance)}


def test_a_fair_without_entries_has_no_totals() -> None:
    assert totals(make_fair()) == []


def test_hidden_amounts_are_in_a_sum_three_at_a_time() -> None:
    hidden = [1, 20, 300, 4_000, 50_000, 600_000, 7_000_000]
    assert [summed(9, hidden[:count]) for count in range(8)] == [
        (9, 0), (9, 1), (9, 2), (330, 0), (330, 1), (330, 2), (654_330, 0), (654_330, 1),
    ]  # fmt: skip
    assert added([summed(9, hidden[:4]), summed(5, hidden[:2])]) == Summed(335, 3)
    assert [hidden_in_words(count) for count in range(3)] == [
        "", "and 1 amount that is hidden", "and 2 amounts that are hidden",
    ]  # fmt: skip


def agree(fair: Fair, *amounts: int, first: int = 0, is_hidden: bool = False) -> tuple[Participation, Participation]:
    """Orders of one exhibitor and one buyer, `X-0` and so on."""
    both = make_exhibitor(fair), make_buyer(fair)
    for number, minor in enumerate(amounts, first):
        said = content(
            *map(party, both), kind="order", provenance="parties", outcome=f"X-{number}", currency="USD",
            amount_minor=minor, is_amount_hidden=is_hidden,
        )  # fmt: skip
        append(fair.pk, [Addition(said, f"X-{number}")], actor=None, now=NOW)
    return both


def test_a_total_tells_no_amount_that_a_party_hides() -> None:
    fair = make_fair()
    agree(fair, 7, is_hidden=True)
    assert totals(fair) == [Total("order", "parties", "USD", 1, 0, 1)]
    agree(fair, 100, 200, first=1)
    agree(fair, 30, first=3, is_hidden=True)
    assert totals(fair) == [Total("order", "parties", "USD", 4, 300, 2)]
    agree(fair, 5, first=4, is_hidden=True)
    assert totals(fair) == [Total("order", "parties", "USD", 5, 342, 0)]
    agree(fair, 1_000, first=5, is_hidden=True)
    assert totals(fair) == [Total("order", "parties", "USD", 6, 342, 1)]


def test_a_hidden_amount_keeps_its_place_when_more_is_said_of_its_agreement() -> None:
    fair = make_fair()
    agree(fair, 1, 20, 300, 4_000, is_hidden=True)
    before = totals(fair)
    assert before == [Total("order", "parties", "USD", 4, 321, 1)]
    for entry in Entry.objects.filter(fair=fair).order_by("number"):
        said = replace(Content.of(entry), evidence="Bank receipt")
        append(fair.pk, [Addition(said, entry.key, corrects=entry)], actor=None, now=NOW)
        assert totals(fair) == before


def in_public(fair: Fair) -> list[Total]:
    return totals_of_each([fair], in_public=True)[fair.pk]


def release(fair: Fair, key: str, company: Participation | None, *, shows_amount: bool = True) -> None:
    person = make_staff(company) if company else make_role(fair, "organiser")
    own = {"released_by": person, "shows_amount": shows_amount, "shows_scans": False, "released_at": NOW}
    Release.objects.create(fair=fair, key=key, participation=company, **own)


def test_in_public_a_sum_has_what_is_released_with_its_amount_alone() -> None:
    fair = make_fair()
    both = agree(fair, 100, 200, 3_000, 40_000)
    assert in_public(fair) == [Total("order", "parties", "USD", 4, 0, 4)]
    assert totals(fair) == [Total("order", "parties", "USD", 4, 43_300)]
    for company in both:
        release(fair, "X-0", company)
        release(fair, "X-1", company, shows_amount=company == both[0])
    assert in_public(fair) == [Total("order", "parties", "USD", 4, 100, 3)]
    hidden = agree(fair, 7, first=4, is_hidden=True)
    for company in hidden:
        release(fair, "X-4", company)
    assert in_public(fair) == [Total("order", "parties", "USD", 5, 100, 4)]


def test_in_public_a_document_counts_once_it_is_released() -> None:
    fair = make_fair()
    for number, minor in enumerate((5, 60, 700)):
        said = content(
            Name.of_text("party", "X"), provenance="document", amount_minor=minor, currency="USD", source="A"
        )
        append(fair.pk, [Addition(said, f"{number}")], actor=None, now=NOW)
    release(fair, "0", None)
    release(fair, "1", None, shows_amount=False)
    assert in_public(fair) == [Total("mou", "document", "USD", 3, 5, 2)]
