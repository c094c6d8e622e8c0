"""The sheets of the ledger, of reported figures and of rates: stored, corrected by a second import, exported."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from fairplatform.fairs.models import Fair
from fairplatform.ledger.actions import correct, record_agreed, withdraw
from fairplatform.ledger.chain import verify
from fairplatform.ledger.content import Content, Name
from fairplatform.ledger.models import Entry, ExchangeRate, ReportedFigure
from fairplatform.money.amounts import Money
from fairplatform.money.rates import convert
from fairplatform.workbook.exporting import exported_rows
from fairplatform.workbook.importing import Plan, import_workbook
from fairplatform.workbook.json_export import ledger
from tests.factories import NOW, actor, make_role
from tests.ledger.making import tamper
from tests.workbook.making import read_rows
from tests.workbook.whole_fair import Sheets, whole_fair, workbook

pytestmark = pytest.mark.django_db

RECORD: Sheets = {
    "ledger": [
        {"key": "mou-1", "kind": "mou", "provenance": "document", "parties": ["anvil", "Sky47"],
         "collaborating": ["HEC"], "witnesses": ["商务处"], "subject": "Locks", "sector": "8301",
         "amount": Decimal("500000.50"), "currency": "USD", "signed_on": date(2026, 10, 13), "signed_at": "Dubai",
         "source": "Signed copy", "signatories": ["王伟 | 董事长", "Mr Khan (Lahore)"], "languages": ["zh", "en"],
         "prevailing": "en", "valid_until": date(2028, 10, 13), "binding": False, "realised": Decimal("120000.25"),
         "evidence": "Customs declaration"},
        {"key": "mou-2", "kind": "mou", "provenance": "report", "parties": ["Gulf Traders"], "quantity": Decimal(1500),
         "quantity_unit": "people trained", "source": "Radio"},
        {"kind": "loi", "provenance": "report", "source": "Radio, not named",
         "quantity_unit": "500-600 pcs, in two lots, the first of them before 1 October"},
    ],
    "reported": [
        {"key": "all", "label": "Memoranda", "amount": Decimal(250_000_000), "currency": "USD", "qualifier": "about",
         "source": "Radio", "date": date(2025, 1, 18)},
    ],
    "rates": [
        {"date": date(2026, 10, 12), "from": "USD", "to": "CNY", "rate": Decimal("7.0912"), "source": "Central bank"},
    ],
}  # fmt: skip


def run(sheets: Sheets) -> tuple[Plan, Fair | None]:
    return import_workbook(workbook(sheets), now=NOW)


def imported() -> Fair:
    plan, fair = run(whole_fair() | RECORD)
    assert [one for one in plan.findings if one.severity == "error"] == []
    assert fair
    return fair


def errors(record: Sheets) -> list[tuple[str, str | None, str]]:
    plan, fair = run(whole_fair() | record)
    assert fair is None
    return [(one.sheet, one.column, one.code) for one in plan.findings if one.severity == "error"]


def row(**cells: Any) -> Sheets:
    return {"ledger": [{"key": "x", "kind": "mou", "provenance": "report", **cells}]}


def test_what_is_imported_is_exported_and_imported_again_without_a_change() -> None:
    fair = imported()
    exported = exported_rows(fair)
    expected = {**RECORD, "ledger": [*RECORD["ledger"][:2], {"key": "row", **RECORD["ledger"][2]}]}
    # The company is named by its key, however the file called it.
    expected["ledger"][1] = {**expected["ledger"][1], "parties": exported["ledger"][1]["parties"]}
    assert {name: exported[name] for name in RECORD} == expected
    for sheets in (whole_fair() | RECORD, exported):
        plan, _ = run(sheets)
        assert {kind: plan.counts(kind) for kind in ("created", "updated")} == {"created": {}, "updated": {}}
    assert verify(fair).entries == 3


def test_companies_of_the_fair_are_linked_and_others_named() -> None:
    imported()
    entry = Entry.objects.get(key="mou-1")
    assert [(one.part, one.participation and one.participation.key, dict(one.name)) for one in entry.names.all()] == [
        ("party", "anvil", {"en": "Anvil Tools", "zh-hans": "铁砧工具"}),
        ("party", None, {"en": "Sky47"}),
        ("collaborating", None, {"en": "HEC"}),
        ("witness", None, {"zh-hans": "商务处"}),
        ("signatory", None, {"zh-hans": "王伟"}),
        ("signatory", None, {"en": "Mr Khan (Lahore)"}),
    ]
    assert [one.title for one in entry.names.all()] == ["", "", "", "", "董事长", ""]
    assert (entry.languages, entry.prevailing, entry.is_binding, entry.realised_minor) == (
        ["zh", "en"], "en", False, 12_000_025,
    )  # fmt: skip
    assert (entry.amount_minor, entry.currency, entry.parties, entry.entered_by) == (50_000_050, "USD", 2, None)


def test_a_changed_row_is_a_correction_that_keeps_what_the_sheet_does_not_say() -> None:
    fair = imported()
    old = Entry.objects.get(key="mou-1")
    organiser = actor(make_role(fair, "organiser"))
    with_more = Content.of(old)
    more = Name("signatory", {"en": "Mr Wang"}, title="Chairman | CEO")
    fields = {
        **vars(with_more),
        "names": (*with_more.names, more),
        "valid_until": date(2028, 1, 1),
        "scans": ["5e" * 32],
    }
    correct(organiser, entry=old.pk, content=Content(**fields), reason="", now=NOW)
    plan, _ = run({"fair": [{"slug": fair.slug}], "ledger": [{"key": "mou-1", "amount": Decimal(5000)} | NEEDED]})
    assert plan.counts("updated") == {"ledger": 1}
    newest = Entry.objects.standing().get(key="mou-1")
    assert (newest.number, newest.amount_minor, newest.valid_until) == (5, 500_000, date(2028, 1, 1))
    assert [one.title for one in newest.names.all() if one.part == "signatory"] == ["董事长", "", "Chairman | CEO"]
    assert newest.scans == ["5e" * 32]
    assert verify(fair).ok


NEEDED = {"kind": "mou", "provenance": "document"}


def test_a_withdrawn_entry_may_be_imported_again() -> None:
    fair = imported()
    organiser = actor(make_role(fair, "organiser"))
    withdraw(organiser, entry=Entry.objects.get(key="mou-2").pk, reason="", now=NOW)
    plan, _ = run({"fair": [{"slug": fair.slug}], "ledger": [RECORD["ledger"][1]]})
    assert plan.counts("created") == {"ledger": 1}
    assert list(Entry.objects.filter(key="mou-2").values_list("number", "corrects__number")) == [
        (2, None),
        (4, 2),
        (5, 4),
    ]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Wang Wei | Chairman; Ali", []),
        ("x" * 200 + "|" + "y" * 120, []),
        ("x" * 201, [("signatories", "text_long")]),
        ("Wang Wei | " + "y" * 121, [("signatories", "text_long")]),
    ],
)
def test_a_signatory_has_a_name_and_a_position_of_some_length(tmp_path: Any, cell: str, found: object) -> None:
    header = ["key", "kind", "provenance", "signatories"]
    book = read_rows(tmp_path, {"ledger": [header, ["a", "mou", "report", cell]]})
    assert [(one.column, one.code) for one in book.findings] == found


def test_what_the_parties_confirm_is_not_imported(tmp_path: Any) -> None:
    book = read_rows(tmp_path, {"ledger": [["key", "kind", "provenance"], ["a", "mou", "parties"]]})
    assert [(one.column, one.code) for one in book.findings] == [("provenance", "parties_confirm")]


def test_rows_that_cannot_be_are_refused() -> None:
    assert errors(row(provenance="document")) == [("ledger", "parties", "party_needed")]
    assert errors(row(parties=["anvil", "Anvil Tools"])) == [("ledger", "parties", "ledger_party_twice")]
    assert errors(row(languages=["zh"], prevailing="en")) == [("ledger", "prevailing", "ledger_prevailing")]
    assert errors(row(realised=Decimal("0.001"), currency="USD")) == [("ledger", "realised", "amount_too_fine")]
    assert errors(row(realised=Decimal(5))) == [("ledger", "currency", "currency_needed")]
    assert errors(row(amount=Decimal("0.001"), currency="USD")) == [("ledger", "amount", "amount_too_fine")]
    assert errors(row(amount=Decimal(10**14), currency="USD")) == [("ledger", "amount", "amount_too_large")]
    figure = {**RECORD["reported"][0], "amount": Decimal("0.001")}
    assert errors({"reported": [figure]}) == [("reported", "amount", "amount_too_fine")]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("0", "number_zero"),
        ("-7", "number_negative"),
        ("0.00000000001", "number_too_fine"),
        ("100000000", "number_out_of_range"),
    ],
)
def test_rates_that_cannot_be_stored_are_refused(tmp_path: Any, cell: str, code: str) -> None:
    header = ["date", "from", "to", "rate", "source"]
    book = read_rows(tmp_path, {"rates": [header, [date(2026, 10, 12), "USD", "CNY", cell, "Bank"]]})
    assert [(one.column, one.code) for one in book.findings] == [("rate", code)]


def test_rates_convert_with_what_was_imported() -> None:
    imported()
    conversion = convert(Money(10_000, "USD"), ExchangeRate.objects.get().rate)
    assert (conversion.converted, conversion.rate.source) == (Money(70_912, "CNY"), "Central bank")
    assert ReportedFigure.objects.get().amount_minor == 25_000_000_000


def command(name: str, *arguments: str) -> Any:
    out = StringIO()
    try:
        call_command(name, *arguments, stdout=out)
    except SystemExit as ended:
        return json.loads(out.getvalue()), ended.code
    return json.loads(out.getvalue()), 0


def test_the_command_verifies_and_names_what_is_not_as_it_was() -> None:
    fair = imported()
    assert command("verify_ledger", fair.slug, "--json") == ({"entries": 3, "ok": True, "first_bad": None}, 0)
    tamper("UPDATE ledger_entry SET quantity = 1 WHERE number = 2")
    assert command("verify_ledger", fair.slug, "--json") == ({"entries": 3, "ok": False, "first_bad": 2}, 1)
    assert command("verify_ledger", "nowhere", "--json")[1] == 1


def test_the_ledger_as_json() -> None:
    fair = imported()
    both = tuple(Name("party", {"en": name}) for name in ("One", "Other"))
    agreed = Content(
        "order", "parties", both, outcome="AE-1", amount_minor=1, currency="USD", agreed_on=date(2026, 10, 14)
    )
    record_agreed(fair, content=agreed, actor=actor(make_role(fair, "organiser")), now=NOW)
    rows, _ = command("export", fair.slug, "--what", "ledger", "--json")
    assert rows == json.loads(json.dumps(ledger(fair)))
    assert [(one["number"], one["key"], one["provenance"], one["stands"]) for one in rows] == [
        (1, "mou-1", "document", True),
        (2, "mou-2", "report", True),
        (3, "row", "report", True),
        (4, "outcome:AE-1", "parties", True),
    ]
    assert [(one["agreed_on"], one["signed_on"]) for one in (rows[0], rows[3])] == [
        (None, "2026-10-13"), ("2026-10-14", None),
    ]  # fmt: skip
    assert (rows[1]["quantity"], rows[1]["quantity_unit"]) == ("1500", "people trained")
    assert [one["key"] for one in exported_rows(fair)["ledger"]] == ["mou-1", "mou-2", "row"]
