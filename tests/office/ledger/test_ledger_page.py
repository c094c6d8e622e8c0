"""The organisers' ledger: totals that open to their rows, an entry with its history, and the check of the chain."""

import re
from dataclasses import replace
from datetime import date

import pytest

from fairplatform.fairs.models import Fair
from fairplatform.ledger.chain import Addition, append
from fairplatform.ledger.content import Content
from fairplatform.ledger.models import Entry, ExchangeRate, ReportedFigure
from fairplatform.ledger.totals import rows_of, totals
from fairplatform.office.ledger.filters import LedgerFilter
from fairplatform.office.ledger.queries import conversion_of, narrow, shown_totals
from tests.factories import NOW, make_buyer
from tests.ledger.making import content, party, tamper
from tests.office.office import Office

pytestmark = pytest.mark.django_db

USD = {"currency": "USD"}
TODAY = date(2026, 5, 14)


def fill(fair: Fair) -> None:
    """One of each: confirmed, of a document in another currency, of a report without an amount."""
    both = (party(make_buyer(fair)), party(make_buyer(fair)))
    contents = [
        content(*both, kind="order", provenance="parties", outcome="X-1", amount_minor=4_860_000, **USD),
        content(*both, kind="order", provenance="document", amount_minor=710_000, currency="CNY", subject="Pumps"),
        content(subject="Training", quantity=1_500_000, quantity_unit="people"),
    ]
    append(fair.pk, [Addition(one, str(key)) for key, one in enumerate(contents)], actor=None, now=NOW)


def rate(fair: Fair, on: date, scaled: int) -> ExchangeRate:
    return ExchangeRate.objects.create(fair=fair, date=on, base="USD", quote="CNY", scaled=scaled, source="Bank")


def numbers(page: str) -> list[int]:
    """Of the entries in the list."""
    return [int(number) for number in re.findall(r'data-label="Number"><bdi dir="ltr">(\d+)', page)]


def test_every_total_leads_to_its_rows(office: Office) -> None:
    fill(office.fair)
    shown = shown_totals(office.fair, TODAY)
    assert [one.total for one in shown] == totals(office.fair)
    for one in shown:
        values = dict(pair.split("=") for pair in one.query.split("&"))
        rows = narrow(office.fair, LedgerFilter(values, office.fair).values)  # type: ignore[arg-type]
        assert set(rows) == set(rows_of(office.fair, one.total))


def test_what_is_agreed_and_not_signed_has_its_day(office: Office) -> None:
    both = (party(make_buyer(office.fair)), party(make_buyer(office.fair)))
    agreed = {"kind": "order", "provenance": "parties", "amount_minor": 710_000, "currency": "CNY"}
    on = [{"agreed_on": TODAY}, {"agreed_on": TODAY, "signed_on": date(2026, 5, 20)}]
    contents = [content(*both, **agreed, outcome=f"X-{number}", **days) for number, days in enumerate(on)]
    contents += [content(), content(signed_on=date(2026, 5, 15)), content(signed_on=date(2026, 5, 1))]
    append(office.fair.pk, [Addition(one, str(key)) for key, one in enumerate(contents)], actor=None, now=NOW)
    page = office.client.get(f"/fairs/{office.fair.slug}/organise/ledger/?sort=signed").content.decode()
    assert numbers(page) == [2, 4, 1, 5, 3]
    cells = re.findall(r'data-label="Date">(.*?)</td>', page, re.DOTALL)
    cells = [re.sub(r"<[^>]+>", " ", cell).split() for cell in cells]
    assert cells[:3] == [["Signed", "on", "2026-05-20"], ["Signed", "on", "2026-05-15"], ["Agreed", "on", "2026-05-14"]]
    facts = [re.findall(r"<dt>((?:Agreed|Signed) on)</dt>", office.get("ledger_entry", number)) for number in (1, 2)]
    assert facts == [["Agreed on"], ["Agreed on", "Signed on"]]


def test_what_is_not_signed_is_converted_at_the_rate_of_the_day_that_it_was_agreed(office: Office) -> None:
    both = (party(make_buyer(office.fair)), party(make_buyer(office.fair)))
    said = content(
        *both, provenance="parties", outcome="X-1", amount_minor=710_000, currency="CNY", agreed_on=date(2026, 5, 2)
    )
    [entry] = append(office.fair.pk, [Addition(said, "order")], actor=None, now=NOW)
    first = rate(office.fair, date(2026, 5, 1), 72_000_000_000)
    rate(office.fair, TODAY, 71_000_000_000)
    found = conversion_of(entry, TODAY)
    assert found and found.rate == first.rate


def test_a_total_is_converted_beside_itself_at_the_newest_rate_of_the_day(office: Office) -> None:
    fill(office.fair)
    assert [one.conversion for one in shown_totals(office.fair, TODAY)] == [None, None, None]
    rate(office.fair, date(2026, 5, 1), 72_000_000_000)
    newest = rate(office.fair, TODAY, 71_000_000_000)
    rate(office.fair, date(2026, 5, 15), 70_000_000_000)
    [found] = [one.conversion for one in shown_totals(office.fair, TODAY) if one.conversion]
    assert (found.converted, found.rate) == ((100_000, "USD"), newest.rate)


def test_the_page_shows_totals_apart_and_reported_figures_beside_them(office: Office) -> None:
    fill(office.fair)
    figure = {"label": "Memoranda", "amount_minor": 25 * 10**9, "qualifier": "about", "source": "Radio"}
    ReportedFigure.objects.create(fair=office.fair, key="all", date=TODAY, currency="USD", **figure)
    page = office.get("ledger")
    assert [figure in page for figure in ("USD\xa048,600", "CNY\xa07,100", "USD\xa0250,000,000")] == [True] * 3
    assert "Checked: the chain of 3 entries is whole." in page
    assert numbers(page) == [3, 2, 1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("provenance=report", [3]),
        ("currency=CNY", [2]),
        ("currency=none", [3]),
        ("q=pum", [2]),
        ("q=nothing", []),
        ("state=all&sort=amount", [1, 2, 3]),
        ("state=withdrawn", []),
    ],
)
def test_the_list_is_narrowed(office: Office, query: str, found: list[int]) -> None:
    fill(office.fair)
    response = office.client.get(f"/fairs/{office.fair.slug}/organise/ledger/?{query}")
    assert numbers(response.content.decode()) == found


def test_a_party_is_found_by_its_name_in_any_language(office: Office) -> None:
    names = {"zh-hans": "永康", "ur": "لاہور"}
    buyer = make_buyer(office.fair)
    buyer.company.name = names
    append(office.fair.pk, [Addition(content(party(buyer)), "own")], actor=None, now=NOW)
    for name in names.values():
        assert [row.key for row in narrow(office.fair, {"q": name})] == ["own"]


def test_the_page_of_an_entry_has_its_history(office: Office) -> None:
    fill(office.fair)
    old = Entry.objects.get(fair=office.fair, number=2)
    said = replace(Content.of(old), amount_minor=700_000)
    append(office.fair.pk, [Addition(said, old.key, old, reason="Typed wrongly")], actor=None, now=NOW)
    page = office.get("ledger_entry", 2)
    assert "This entry was corrected later." in page
    page = office.get("ledger_entry", 4)
    assert [words in page for words in ("Corrects entry 2.", "Typed wrongly", "CNY\xa07,100", "CNY\xa07,000")] == [
        True
    ] * 4
    assert [one.digest in page for one in Entry.objects.filter(fair=office.fair, key=old.key)] == [True, True]
    assert numbers(office.get("ledger")) == [4, 3, 1]


def test_an_entry_of_another_fair_is_not_found(office: Office) -> None:
    assert office.client.get(f"/fairs/{office.fair.slug}/organise/ledger/1/").status_code == 404


def test_the_page_names_the_first_entry_that_was_changed(office: Office) -> None:
    fill(office.fair)
    tamper("UPDATE ledger_entry SET subject = 'Valves' WHERE number = 2")
    assert "Entry 2 is missing or is not as it was written." in office.get("ledger")


def test_an_amount_that_a_party_hides_is_on_no_page(office: Office) -> None:
    both = (party(make_buyer(office.fair)), party(make_buyer(office.fair)))
    for key, (minor, is_hidden) in enumerate([(1_000_000, False), (200_000, True)]):
        own = {"outcome": f"X-{key}", "amount_minor": minor, "is_amount_hidden": is_hidden, **USD}
        said = content(*both, kind="order", provenance="parties", **own)
        append(office.fair.pk, [Addition(said, str(key))], actor=None, now=NOW)
    page, entry = office.get("ledger"), office.get("ledger_entry", 2)
    shown = ("USD\xa012,000", "USD\xa010,000", "USD\xa02,000", "amount hidden by the parties")
    assert [amount in page for amount in shown] == [False, True, False, True]
    assert page.count("and 1 amount that is hidden") == 1
    assert [amount in entry for amount in shown] == [False, False, False, True]


def test_an_empty_ledger_says_what_to_do(office: Office) -> None:
    assert ">No entries yet<" in office.get("ledger")
