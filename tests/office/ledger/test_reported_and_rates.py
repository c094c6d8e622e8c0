"""Organisers enter what was reported elsewhere and rates of exchange; amounts are read as people write them."""

from typing import Any

import pytest

from fairplatform.accounts.models import AuditEntry
from fairplatform.ledger.models import ExchangeRate, ReportedFigure
from tests.office.office import Office, errors

pytestmark = pytest.mark.django_db

FIGURE = {"label": "Memoranda", "qualifier": "about", "currency": "", "source": "Radio Pakistan", "date": "2025-01-18"}
RATE = {"date": "2025-01-18", "base": "USD", "quote": "CNY", "rate": "7.1884", "source": "People's Bank"}


def stored(office: Office) -> list[tuple[int, str]]:
    return list(ReportedFigure.objects.filter(fair=office.fair).values_list("amount_minor", "currency"))


def test_an_amount_in_words_is_shown_in_full_before_it_is_stored(office: Office) -> None:
    response = office.post("reported_add", **FIGURE, amount="USD 250 million")
    sentence = "Understood: USD 250,000,000 (250 million US dollars). If it is right, send it again."
    assert errors(response) == {"__all__": [sentence]}
    assert stored(office) == []
    asked = response.context["form"].data["asked"]
    assert office.post("reported_add", **FIGURE, amount="USD 250 million", asked=asked).status_code == 302
    row = ReportedFigure.objects.get(fair=office.fair)
    assert (row.key, row.amount_minor, row.currency) == ("memoranda", 25_000_000_000, "USD")
    assert "about" in office.get("reported")
    assert AuditEntry.objects.get().after["amount"] == "250000000.00"


def test_plain_digits_in_a_chosen_currency_are_stored_at_once(office: Office) -> None:
    assert office.post("reported_add", **FIGURE | {"currency": "PKR"}, amount="1,250").status_code == 302
    assert stored(office) == [(125_000, "PKR")]


def test_a_doubtful_amount_is_asked(office: Office) -> None:
    typed: dict[str, Any] = FIGURE | {"amount": "12.500 USD"}
    response = office.post("reported_add", **typed)
    assert errors(response) == {"amount_meant": ["This can be read in several ways. Choose the one that is meant."]}
    assert [value for value, _label in response.context["form"].fields["amount_meant"].choices] == [
        "1250 USD",
        "1250000 USD",
    ]
    typed |= {"amount_meant": "1250000 USD"}
    asked = office.post("reported_add", **typed).context["form"].data["asked"]
    assert office.post("reported_add", **typed, asked=asked).status_code == 302
    assert stored(office) == [(1_250_000, "USD")]


@pytest.mark.parametrize("amount", ["-5 USD", "NaN", "9" * 40, "5 XQZ", "five", ""])
def test_an_amount_that_cannot_be_is_refused_and_stays_in_the_form(office: Office, amount: str) -> None:
    response = office.post("reported_add", **FIGURE, amount=amount)
    assert list(errors(response)) == ["amount"]
    assert response.context["form"]["amount"].value() == amount
    assert stored(office) == []


def test_a_figure_is_changed_and_removed(office: Office) -> None:
    office.post("reported_add", **FIGURE | {"currency": "USD"}, amount="1250")
    row = ReportedFigure.objects.get(fair=office.fair)
    assert 'value="1250.00"' in office.get("reported_change", row.pk)
    changed = FIGURE | {"currency": "USD", "source": "The Nation"}
    assert office.post("reported_change", row.pk, **changed, amount="1300").status_code == 302
    assert list(ReportedFigure.objects.values_list("key", "amount_minor", "source")) == [
        ("memoranda", 130_000, "The Nation")
    ]
    assert office.post("reported_remove", row.pk).status_code == 302
    assert stored(office) == []


def test_a_date_to_come_is_asked_back(office: Office) -> None:
    response = office.post("rates_add", **RATE | {"date": "2199-01-01"})
    assert errors(response) == {"__all__": ["The date is in the future. If it is right, send it again."]}


def test_a_rate_is_stored_exactly_once_a_day(office: Office) -> None:
    assert office.post("rates_add", **RATE | {"rate": "7.1884000001"}).status_code == 302
    row = ExchangeRate.objects.get(fair=office.fair)
    assert (row.scaled, str(row.rate)) == (71_884_000_001, "1 USD = 7.1884000001 CNY")
    assert "1 USD = 7.1884000001 CNY" in office.get("rates")
    assert errors(office.post("rates_add", **RATE)) == {
        "date": ["This day already has a rate between these currencies."]
    }
    assert office.post("rates_change", row.pk, **RATE | {"source": "Bank"}).status_code == 302
    assert office.post("rates_remove", row.pk).status_code == 302


FAR = (
    "Another rate of this fair, of 2025-01-18, is 1 USD = 7.1884 CNY. Check which of the two currencies is worth so "
    "much of the other. If it is right, send it again."
)


@pytest.mark.parametrize("fields", [{"base": "CNY", "quote": "USD"}, {"rate": "71.884"}])
def test_a_rate_that_is_meant_the_other_way_about_is_asked_back(office: Office, fields: dict[str, str]) -> None:
    assert office.post("rates_add", **RATE).status_code == 302
    typed = RATE | {"date": "2025-02-18"} | fields
    response = office.post("rates_add", **typed)
    assert errors(response) == {"__all__": [FAR]}
    assert office.post("rates_add", **typed, asked=response.context["form"].data["asked"]).status_code == 302
    ExchangeRate.objects.filter(date="2025-02-18").delete()
    other_way = {"date": "2025-02-19", "base": "CNY", "quote": "USD", "rate": "0.1391"}
    for right in (other_way, {"date": "2025-02-20", "rate": "7.2"}):
        assert office.post("rates_add", **RATE | right).status_code == 302
    assert ExchangeRate.objects.filter(fair=office.fair).count() == 3


@pytest.mark.parametrize(
    ("field", "value"), [("rate", "0"), ("rate", "-7"), ("rate", "NaN"), ("rate", "9" * 40), ("quote", "USD")]
)
def test_a_rate_that_cannot_be_is_refused(office: Office, field: str, value: str) -> None:
    assert list(errors(office.post("rates_add", **RATE | {field: value}))) == [field]
    assert ExchangeRate.objects.filter(fair=office.fair).count() == 0
