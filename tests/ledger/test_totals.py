"""Totals of the ledger: by kind, provenance and currency, never mixed, and each opens to its rows.

None of them tells an amount that is hidden.
"""

import pytest

from fairplatform.fairs.models import Fair, Participation
from fairplatform.ledger.chain import Addition, append
from fairplatform.ledger.hidden import Summed, added, hidden_in_words, summed
from fairplatform.ledger.models import Release, ReportedFigure
from fairplatform.ledger.totals import Total, rows_of, totals, totals_of_each
from tests.factories import NOW, make_buyer, make_exhibitor, make_fair, make_staff
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


def test_in_public_amounts_that_are_not_released_are_as_hidden_ones() -> None:
    def in_public() -> list[Total]:
        return totals_of_each([fair], in_public=True)[fair.pk]

    fair = make_fair()
    both = agree(fair, 100, 200)
    assert in_public() == [Total("order", "parties", "USD", 2, 0, 2)]
    assert totals(fair) == [Total("order", "parties", "USD", 2, 300)]
    people = make_staff(both[0]), make_staff(both[1])
    own = {"fair": fair, "shows_scans": False, "released_at": NOW}
    for company, person in zip(both, people, strict=True):
        for key, shows_amount in (("X-0", True), ("X-1", company == both[0])):
            Release.objects.create(key=key, participation=company, released_by=person, shows_amount=shows_amount, **own)
    assert in_public() == [Total("order", "parties", "USD", 2, 100, 1)]
    agree(fair, 3_000, 40_000, first=2)
    assert in_public() == [Total("order", "parties", "USD", 4, 43_300)]
    agree(fair, 7, first=4, is_hidden=True)
    assert in_public() == [Total("order", "parties", "USD", 5, 43_300, 1)]


def test_in_public_a_document_counts_as_shown_unless_it_was_released_without_its_amount() -> None:
    fair = make_fair()
    for number, minor in enumerate((5, 60)):
        said = content(
            party(make_exhibitor(fair)), provenance="document", amount_minor=minor, currency="USD", source="Paper"
        )
        append(fair.pk, [Addition(said, f"{number}")], actor=None, now=NOW)
    assert totals_of_each([fair], in_public=True)[fair.pk] == totals(fair) == [Total("mou", "document", "USD", 2, 65)]
    Release.objects.create(
        fair=fair, key="1", shows_amount=False, shows_scans=False, released_at=NOW,
        released_by=make_staff(make_exhibitor(fair)),
    )  # fmt: skip
    assert totals_of_each([fair], in_public=True)[fair.pk] == [Total("mou", "document", "USD", 2, 5, 1)]
