"""Totals of the ledger: by kind, provenance and currency, never mixed, and each opens to its rows."""

import pytest

from fairplatform.fairs.models import Fair
from fairplatform.ledger.chain import Addition, append
from fairplatform.ledger.models import ReportedFigure
from fairplatform.ledger.totals import Total, rows_of, totals
from tests.factories import NOW, make_buyer, make_exhibitor, make_fair
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
