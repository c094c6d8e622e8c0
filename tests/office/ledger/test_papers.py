"""Organisers enter what documents and reports say, correct it and withdraw it; nothing typed is lost."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict

from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.ledger.actions import correct, record_agreed
from fairplatform.ledger.chain import verify
from fairplatform.ledger.content import Content, Name
from fairplatform.ledger.models import Entry
from fairplatform.office.ledger import actions
from fairplatform.workbook.planning.checks import problems_of
from fairplatform.workbook.planning.situation import Situation
from tests.factories import NOW, actor, make_buyer, make_fair, make_role
from tests.ledger.making import content, party
from tests.office.office import Office, errors
from tests.racing import DONE, at_once

pytestmark = pytest.mark.django_db

PAPER = {"kind": "mou", "provenance": "document", "parties": ["Sky47"], "source": "Signed copy"}


def entries(fair: Fair) -> list[Entry]:
    return list(Entry.objects.filter(fair=fair))


def asked(response: Any) -> dict[str, str]:
    """What the form carries when it has asked back, and is sent again."""
    return {"asked": response.context["form"].data["asked"]}


def press(office: Office, route: str, *arguments: Any, **fields: Any) -> Entry:
    """Sends a form, once more where it has asked back, and returns what has been stored."""
    response = office.post(route, *arguments, **fields)
    if response.status_code == 409:
        response = office.post(route, *arguments, **fields, **asked(response))
    assert response.status_code == 302, errors(response)
    number = int(re.search(r"/ledger/(\d+)/$", response["Location"])[1])  # type: ignore[index]
    return Entry.objects.get(fair=office.fair, number=number)


def document(office: Office, **fields: Any) -> Entry:
    return press(office, "ledger_enter", **PAPER | fields)


def test_all_that_a_document_says_is_entered(office: Office) -> None:
    company = make_buyer(office.fair)
    entry = document(
        office, parties=[company.company.name["en"], "Sky47", ""], collaborating=["HEC", "NAVTTC"], witnesses="商务处",
        signatories=["Mr Wang", ""], signatories_title=["Chairman", ""], subject="Training", sector="8301",
        amount="250万", currency="CNY", quantity="1,500", quantity_unit="people", signed_on="2026-05-13",
        signed_at="Lahore", languages=["zh", "en"], prevailing="en", valid_until="2028-05-13", is_binding="no",
        realised="50万", evidence="Bank receipt",
    )  # fmt: skip
    assert [(one.part, str(one.name), one.title, one.participation_id) for one in entry.names.all()] == [
        ("party", str(company.company.name), "", company.pk),
        ("party", "Sky47", "", None),
        ("collaborating", "HEC", "", None),
        ("collaborating", "NAVTTC", "", None),
        ("witness", "商务处", "", None),
        ("signatory", "Mr Wang", "Chairman", None),
    ]
    assert (entry.amount_minor, entry.currency, entry.quantity, entry.realised_minor, entry.is_binding) == (
        250_000_000, "CNY", 1_500_000, 50_000_000, False,
    )  # fmt: skip
    assert (entry.languages, entry.prevailing, entry.valid_until) == (["zh", "en"], "en", date(2028, 5, 13))
    assert (entry.entered_by, verify(office.fair).ok) == (office.person, True)
    page = office.get("ledger_entry", entry.number)
    assert [words in page for words in ("Mr Wang", "Chairman", "Chinese, English", "CNY\xa02,500,000")] == [True] * 4


def test_what_was_understood_stands_beside_the_field_and_is_stored_after_a_press(office: Office) -> None:
    response = office.post("ledger_enter", **PAPER | {"parties": ""}, amount="USD 1.5 million")
    assert errors(response)["parties"] == [
        "A document names at least one party. Enter one, or choose “From a news report”."
    ]
    company = str(make_buyer(office.fair).company.name)
    response = office.post("ledger_enter", **PAPER | {"parties": company}, amount="USD 1.5 million")
    understood = "Understood: USD 1,500,000 (1 million 500 thousand US dollars)"
    assert errors(response) == {"__all__": [f"{understood}. If it is right, send it again."]}
    assert f'id="id_amount_helptext">{understood}<' in response.content.decode()
    assert entries(office.fair) == []
    again = office.post("ledger_enter", **PAPER | {"parties": company}, amount="USD 1.5 million", **asked(response))
    assert again.status_code == 302
    assert [(one.amount_minor, one.currency) for one in entries(office.fair)] == [(150_000_000, "USD")]


def test_a_report_may_name_nobody(office: Office) -> None:
    entry = document(office, provenance="report", parties="")
    assert (entry.parties, "Parties not named" in office.get("ledger")) == (0, True)


def test_who_is_no_company_of_the_fair_is_asked_back_with_similar_names(office: Office) -> None:
    name = make_buyer(office.fair).company.name["en"]
    response = office.post("ledger_enter", **PAPER | {"parties": [name[:-1]]})
    [question] = errors(response)["__all__"]
    assert [f"only their names are entered: {name[:-1]}." in question, f"at the fair: {name}" in question] == [True] * 2
    assert entries(office.fair) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"signed_on": "2199-01-01"}, ["The date is in the future", "more than a year away"]),
        ({"signed_on": "2011-05-13"}, ["more than a year away from the fair"]),
        ({"signed_on": "2026-05-13", "valid_until": "2026-05-12"}, ["before it was signed"]),
        ({"signed_on": "2026-05-13", "valid_until": "2126-05-12"}, ["is unusual"]),
    ],
)
def test_unlikely_dates_are_asked_back_and_stored(office: Office, fields: dict[str, str], words: list[str]) -> None:
    office.fair.days.create(number=1, date=date(2026, 5, 13))
    response = office.post("ledger_enter", **PAPER, **fields)
    said = errors(response)["__all__"]
    assert [any(one in sentence for sentence in said) for one in words] == [True] * len(words)
    assert document(office, **fields).signed_on == date.fromisoformat(fields["signed_on"])


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"provenance": "parties"}, "provenance"),
        ({"provenance": ""}, "provenance"),
        ({"amount": "-5 USD"}, "amount"),
        ({"amount": "NaN", "currency": "USD"}, "amount"),
        ({"amount": "9" * 40, "currency": "USD"}, "amount"),
        ({"amount": "5 XQZ"}, "amount"),
        ({"currency": "XQZ"}, "currency"),
        ({"amount": "5", "currency": "USD", "realised": "CNY 3"}, "realised_meant"),
        ({"quantity": "-1"}, "quantity"),
        ({"quantity": "0.0001"}, "quantity"),
        ({"signed_on": "2026-02-30"}, "signed_on"),
        ({"languages": ["zh"], "prevailing": "en"}, "prevailing"),
        ({"parties": ["x" * 201]}, "parties"),
        ({"subject": "x" * 401}, "subject"),
        ({"signatories": [""], "signatories_title": ["Chairman"]}, "signatories"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_in_the_form(office: Office, fields: dict[str, Any], field: str) -> None:
    typed = PAPER | {"subject": "Pumps", "parties": ["Sky47", "沃尔特"]} | fields
    response = office.post("ledger_enter", **typed)
    assert list(errors(response)) == [field]
    shown = response.content.decode()
    texts = [text for name in ("subject", "parties", "amount") for text in _listed(typed.get(name))]
    assert [f'value="{text}"' in shown for text in texts] == [True] * len(texts)
    assert entries(office.fair) == []


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def test_a_company_is_a_party_once_by_whichever_name(office: Office) -> None:
    company = make_buyer(office.fair)
    names = [company.company.name["en"], company.company.name["zh-hans"]]
    response = office.post("ledger_enter", **PAPER | {"parties": names})
    assert list(errors(response)) == ["parties"]


def test_a_form_and_a_file_find_the_same() -> None:
    cells = {"kind": "mou", "provenance": "document", "signed_on": date(2011, 5, 13)}
    found = problems_of("ledger", cells, Situation(lambda sheet: [{"date": date(2026, 5, 13)}] * (sheet == "days")))
    assert [(one.column, one.code, one.severity) for one in found] == [
        ("parties", "party_needed", "error"),
        ("signed_on", "signed_far", "warning"),
    ]


def test_the_same_paper_is_entered_once(office: Office) -> None:
    first = document(office, signed_on="2026-05-13")
    assert document(office, signed_on="2026-05-13") == first
    assert "The ledger has this entry already. Nothing was added." in office.get("ledger_entry", 1)
    assert document(office, signed_on="2026-05-14").number == 2


def test_a_correction_names_the_old_entry_and_the_history_says_what_changed(office: Office) -> None:
    company = make_buyer(office.fair)
    old = document(office, parties=[str(company.company.name), "Sky47"], amount="710,000", currency="CNY")
    page = office.get("ledger_correct", 1)
    assert [f'value="{text}"' in page for text in ("710000.00", "Sky47", "Signed copy")] == [True] * 3
    company.company.name = {"en": "Renamed"}
    company.company.save()
    shown = re.findall(r'name="parties" value="([^"]+)"', page)
    fields = PAPER | {"parties": ["Renamed", shown[1]], "amount": "71,000", "currency": "CNY", "reason": "A zero"}
    new = press(office, "ledger_correct", 1, **fields)
    assert (new.corrects, new.key, new.amount_minor, new.reason) == (old, old.key, 7_100_000, "A zero")
    assert Content.of(new).names == Content.of(old).names
    page = office.get("ledger_entry", 2)
    assert [words in page for words in ("Corrects entry 1.", "A zero", "CNY\xa0710,000", "CNY\xa071,000")] == [True] * 4
    assert page.count("<tr>") == 2


def test_a_correction_that_changes_nothing_adds_nothing(office: Office) -> None:
    document(office)
    assert press(office, "ledger_correct", 1, **PAPER).number == 1
    assert len(entries(office.fair)) == 1


def test_what_has_been_corrected_meanwhile_is_refused_with_what_was_typed(office: Office) -> None:
    document(office)
    corrected = PAPER | {"subject": "Pumps"}
    assert press(office, "ledger_correct", 1, **corrected).number == 2
    assert press(office, "ledger_correct", 1, **corrected).number == 2
    response = office.post("ledger_correct", 1, **PAPER | {"subject": "Valves"})
    assert errors(response) == {
        "__all__": ["This entry has been corrected in the meantime. Its newest version is shown."]
    }
    shown = response.content.decode()
    assert ['value="Valves"' in shown, "Open entry 2" in shown] == [True, True]


def test_an_entry_is_withdrawn_with_a_reason(office: Office) -> None:
    document(office)
    assert list(errors(office.post("ledger_withdraw", 1, reason=" "))) == ["reason"]
    for _press in range(2):
        assert press(office, "ledger_withdraw", 1, reason="Signed by nobody").number == 2
    page = office.get("ledger_entry", 2)
    assert ["Withdraws entry 1." in page, "Signed by nobody" in page, ">Correct<" in page] == [True, True, False]
    assert len(entries(office.fair)) == 2
    assert list(errors(office.post("ledger_correct", 1, **PAPER | {"subject": "Pumps"}))) == ["__all__"]


def agreed(fair: Fair, **fields: Any) -> Entry:
    both = (party(make_buyer(fair)), party(make_buyer(fair)))
    said = content(*both, kind="order", provenance="parties", outcome="X-1", **fields)
    return record_agreed(fair, content=said, actor=actor(make_role(fair, "organiser")), now=NOW)


def test_of_what_the_parties_have_confirmed_only_what_came_later_is_entered(office: Office) -> None:
    old = agreed(office.fair, amount_minor=100_000, currency="USD", is_binding=False)
    page = office.get("ledger_correct", 1)
    names = re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', page.partition("<main")[2])
    assert list(dict.fromkeys(names)) == [
        "csrfmiddlewaretoken", "asked", "collaborating", "witnesses", "signatories", "signatories_title", "signed_on",
        "signed_at", "languages", "prevailing", "valid_until", "realised", "evidence", "reason",
    ]  # fmt: skip
    new = press(office, "ledger_correct", 1, realised="400", evidence="Bank receipt", kind="mou", amount="5")
    assert Content.of(new) == Content(**vars(Content.of(old)) | {"realised_minor": 40_000, "evidence": "Bank receipt"})
    assert list(errors(office.post("ledger_withdraw", 2, reason="No"))) == ["__all__"]


MORE = "USD 3,000.00 has been realised, which is more than the amount of USD 1,000.00. Check both amounts."


def test_more_realised_than_agreed_is_asked_back_and_stored(office: Office) -> None:
    agreed(office.fair, amount_minor=100_000, currency="USD")
    for route, fields in (
        (("ledger_correct", 1), {"evidence": "Bank receipt"}),
        (("ledger_enter",), PAPER | {"amount": "1000", "currency": "USD"}),
    ):
        response = office.post(*route, **fields, realised="3000")
        assert errors(response)["__all__"][-1] == f"{MORE} If it is right, send it again."
        assert press(office, *route, **fields, realised="3000").realised_minor == 300_000
    assert press(office, "ledger_correct", 2, realised="1000").realised_minor == 100_000


SIGNED: dict[str, Any] = {
    "collaborating": ["HEC"], "witnesses": "商务处", "signatories": ["Mr Wang"], "signatories_title": ["Chairman"],
    "signed_on": "2026-05-20", "signed_at": "Lahore", "languages": ["zh", "en"], "prevailing": "en",
    "valid_until": "2028-05-20", "is_binding": "no",
}  # fmt: skip


def test_the_signing_of_what_the_parties_have_confirmed_is_added(office: Office) -> None:
    old = agreed(office.fair, amount_minor=100_000, currency="USD", is_amount_hidden=True)
    new = press(office, "ledger_correct", 1, **SIGNED, reason="Signed at dinner")
    said = {
        "signed_on": date(2026, 5, 20), "signed_at": "Lahore", "languages": ["zh", "en"], "prevailing": "en",
        "valid_until": date(2028, 5, 20), "is_binding": False,
        "names": (
            *Content.of(old).names, Name.of_text("collaborating", "HEC"), Name.of_text("witness", "商务处"),
            replace(Name.of_text("signatory", "Mr Wang"), title="Chairman"),
        ),
    }  # fmt: skip
    assert Content.of(new) == replace(Content.of(old), **said)
    assert (new.corrects, new.provenance, new.parties, verify(office.fair).ok) == (old, "parties", 2, True)
    page = office.get("ledger_entry", 2)
    assert [words in page for words in ("Mr Wang", "Chairman", "2026-05-20", "Add signing or results")] == [True] * 4
    assert press(office, "ledger_correct", 2, **SIGNED).number == 2
    assert press(office, "ledger_correct", 2, **SIGNED | {"witnesses": ""}).number == 3
    assert [one.part for one in Entry.objects.get(number=3).names.all()] == [
        "party", "party", "collaborating", "signatory",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"languages": ["zh"]}, "prevailing"),
        ({"signed_on": "2026-02-30"}, "signed_on"),
        ({"signatories": [""]}, "signatories"),
        ({"signed_on": "2199-01-01", "valid_until": ""}, "__all__"),
        ({"valid_until": "2026-05-19"}, "__all__"),
    ],
)
def test_a_signing_that_cannot_be_or_is_unlikely_stays_in_the_form(
    office: Office, fields: dict[str, Any], field: str
) -> None:
    agreed(office.fair)
    response = office.post("ledger_correct", 1, **SIGNED | fields)
    assert list(errors(response)) == [field]
    assert ['value="Lahore"' in response.content.decode(), len(entries(office.fair))] == [True, 1]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"signed_on": "2026-05-13"}, ["before both sides agreed here"]),
        ({"valid_until": "2026-05-13"}, ["before it was agreed"]),
        ({"valid_until": "2126-05-14"}, ["is unusual"]),
        ({"signed_on": "2026-05-13", "valid_until": "2026-05-12"}, ["before both sides", "before it was signed"]),
        ({"signed_on": "2026-05-14", "valid_until": "2026-05-14"}, []),
    ],
)
def test_dates_of_a_signing_that_contradict_the_agreement_are_asked_back_and_stored(
    office: Office, fields: dict[str, str], words: list[str]
) -> None:
    agreed(office.fair, agreed_on=date(2026, 5, 14))
    response = office.post("ledger_correct", 1, **fields)
    said = [] if response.status_code == 302 else errors(response)["__all__"]
    assert [word in sentence for word, sentence in zip(words, said, strict=True)] == [True] * len(words)
    new = press(office, "ledger_correct", len(entries(office.fair)), **fields)
    assert {name: getattr(new, name).isoformat() for name in fields} == fields


def test_organisers_change_neither_the_parties_nor_what_these_agreed(office: Office) -> None:
    entry = agreed(office.fair, amount_minor=100_000, currency="USD")
    said, other = Content.of(entry), party(make_buyer(office.fair))
    changes: list[dict[str, Any]] = [
        {"kind": "mou"}, {"subject": "Pumps"}, {"amount_minor": 1}, {"currency": "CNY"}, {"is_amount_hidden": True},
        {"provenance": "document", "outcome": ""}, {"names": (said.names[0], other)}, {"names": (*said.names, other)},
        {"names": said.names[::-1]}, {"quantity": 1},
    ]  # fmt: skip
    for change in changes:
        with pytest.raises(Refused) as refused:
            correct(actor(office.person), entry=entry.pk, content=replace(said, **change), reason="", now=NOW)
        assert refused.value.code == "ledger_parties_confirm"
    assert entries(office.fair) == [entry]


def test_what_was_realised_of_an_agreement_without_an_amount_has_a_currency(office: Office) -> None:
    agreed(office.fair)
    assert list(errors(office.post("ledger_correct", 1, realised="400"))) == ["realised_meant"]
    new = press(office, "ledger_correct", 1, realised="400", currency="CNY")
    assert (new.realised_minor, new.currency, new.amount_minor) == (40_000, "CNY", None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.either
def test_two_who_press_at_once_make_one_entry() -> None:
    fair = make_fair()
    people = [actor(make_role(fair, "organiser")) for _ in range(2)]
    data = QueryDict("kind=mou&provenance=report&source=Radio")
    ends = at_once(*(lambda one=one: actions.enter(one, fair=fair.pk, data=data, now=NOW) for one in people))
    assert ends == {DONE: 2}
    assert len(entries(fair)) == 1
    corrected = QueryDict("kind=loi&provenance=report&source=Radio&reason=Read+again")
    pk, later = entries(fair)[0].pk, NOW + timedelta(minutes=1)
    ends = at_once(*(lambda one=one: actions.correct(one, entry=pk, data=corrected, now=later) for one in people))
    assert ends == {DONE: 2}
    assert [one.kind for one in entries(fair)] == ["mou", "loi"]
    assert verify(fair).ok
