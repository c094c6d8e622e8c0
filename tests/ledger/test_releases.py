"""An agreement is everybody's to read once each of its parties has released it, and as they have released it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from fairplatform.accounts.models import AuditEntry, User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation
from fairplatform.ledger.actions import correct, withdraw
from fairplatform.ledger.chain import Addition, append, verify
from fairplatform.ledger.content import Content, Name
from fairplatform.ledger.models import Entry, Release, ReportedFigure
from fairplatform.ledger.releasing import Terms, end, release, take_back
from tests.factories import NOW, actor, make_buyer, make_fair, make_role, make_staff
from tests.ledger.making import content, party

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.ledger.releasing")]
ALL = Terms(amount=True, scans=True)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def fair() -> Fair:
    return make_fair()


@pytest.fixture
def companies(fair: Fair) -> list[Participation]:
    return [make_buyer(fair), make_buyer(fair)]


@pytest.fixture
def managers(companies: list[Participation]) -> list[User]:
    return [make_staff(one) for one in companies]


def entered(fair: Fair, *names: Name, **fields: object) -> Entry:
    said = content(*names, **{"provenance": "document", "amount_minor": 4_860_000, "currency": "USD", **fields})
    key = f"key-{fair.ledger_entries.count()}"
    [entry] = append(fair.pk, [Addition(said, key)], actor=None, now=NOW)
    return entry


def public(fair: Fair) -> str:
    response = Client().get(f"/fairs/{fair.slug}/agreements/")
    assert response.status_code == 200
    return response.content.decode()


def released(fair: Fair) -> list[int]:
    return list(Entry.objects.visible_to(AnonymousUser()).filter(fair=fair).values_list("number", flat=True))


def let(person: User, entry: Entry, company: Participation | None, terms: Terms = ALL) -> Release:
    return release(actor(person), entry=entry.pk, company=company and company.pk, terms=terms, now=NOW)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as found:
        act()
    assert found.value.sentence
    return found.value.code


def test_both_parties_release_it_and_either_takes_it_back(
    fair: Fair, companies: list[Participation], managers: list[User]
) -> None:
    entry = entered(fair, *map(party, companies), subject="Padlocks", signed_on=date(2026, 5, 13))
    seen = []
    for person, company in zip(managers, companies, strict=True):
        let(person, entry, company)
        seen.append("Padlocks" in public(fair))
    assert seen == [False, True]
    page = public(fair)
    shown = (
        *(str(one.company.name) for one in companies),
        "USD\xa048,600",
        "Memorandum",
        "From a document",
        "2026-05-13",
    )
    assert [words in page for words in shown] == [True] * 6
    for _press in range(2):
        take_back(actor(managers[0]), entry=entry.pk, company=companies[0].pk, now=NOW)
    assert released(fair) == []
    assert "An agreement is shown here once each of its parties has released it." in public(fair)


def test_everybody_reads_whom_it_names_besides_its_source_and_how_long_it_binds(
    fair: Fair, companies: list[Participation]
) -> None:
    others = [("collaborating", "HEC", ""), ("witness", "Ministry", ""), ("signatory", "Mr Wang", "Chairman")]
    names = [replace(Name.of_text(part, text), title=title) for part, text, title in others]
    more = {"source": "Signed copy", "valid_until": date(2028, 5, 13), "is_binding": False}
    entry = entered(fair, Name.of_text("party", "Sky47"), *names, **more)
    let(make_role(fair, "organiser"), entry, None)
    words = " ".join(re.sub(r"<[^>]*>", "", public(fair)).split())
    shown = (
        "Collaborating bodies: HEC", "Witnesses: Ministry", "Signatories: Mr Wang (Chairman)", "Source: Signed copy",
        "Not binding", "Valid until 2028-05-13",
    )  # fmt: skip
    assert [one for one in shown if one not in words] == []


def test_what_is_agreed_and_not_signed_says_so_to_its_parties_and_to_everybody(
    fair: Fair, companies: list[Participation], managers: list[User]
) -> None:
    agreed = {"provenance": "parties", "outcome": "X-1", "agreed_on": date(2026, 5, 14)}
    older = entered(fair, Name.of_text("party", "Sky47"), signed_on=date(2026, 5, 13), subject="Older")
    entry = entered(fair, *map(party, companies), **agreed, subject="Newer")
    newest = entered(fair, Name.of_text("party", "Sky47"), signed_on=date(2026, 5, 15), subject="Newest")
    for person, one, company in (
        (managers[0], entry, companies[0]), (managers[1], entry, companies[1]),
        *((make_role(fair, "organiser"), paper, None) for paper in (older, newest)),
    ):  # fmt: skip
        let(person, one, company)
    client = Client()
    client.force_login(managers[0])
    own = [f"companies/{companies[0].pk}/agreements/", f"agreements/{entry.number}/"]
    for page in (client.get(f"/fairs/{fair.slug}/{address}").content.decode() for address in own):
        assert ["Agreed on" in page, "2026-05-14" in page, "Signed on" in page] == [True, True, False]
    page = public(fair)
    assert sorted(("Newest", "Newer", "Older"), key=page.index) == ["Newest", "Newer", "Older"]
    assert [page.count("Agreed on"), page.count("Signed on")] == [1, 2]


def test_parties_without_a_company_here_are_the_organisers_to_release(
    fair: Fair, companies: list[Participation]
) -> None:
    organiser, person = make_role(fair, "organiser"), make_staff(companies[0])
    nobody = entered(fair, provenance="report")
    elsewhere = entered(fair, Name.of_text("party", "Sky47"))
    mixed = entered(fair, party(companies[0]), Name.of_text("party", "Sky47"))
    for entry in (nobody, elsewhere, mixed):
        let(organiser, entry, None)
    assert released(fair) == [1, 2]
    let(person, mixed, companies[0])
    assert released(fair) == [1, 2, 3]
    assert "Parties not named" in public(fair)


@pytest.mark.parametrize("longer", [False, True])
def test_organisers_say_that_a_party_is_no_company_of_a_similar_name_before_they_release_for_it(
    fair: Fair, companies: list[Participation], longer: bool
) -> None:
    name = companies[0].company.name["en"]
    typed = f"{name} (Pvt) Ltd" if longer else name[:-1]
    entry, other = entered(fair, Name.of_text("party", typed)), entered(fair, Name.of_text("party", "Sky47"))
    client, pages = Client(), f"/fairs/{fair.slug}/organise/ledger"
    client.force_login(make_role(fair, "organiser"))
    question = [f"Similar names at the fair: {name}" in client.get(f"{pages}/{n}/").content.decode() for n in (1, 2)]
    assert question == [True, False]
    response = client.post(f"{pages}/{entry.number}/release/", {"amount": "on"}, follow=True)
    assert [str(one) for one in response.context["messages"]] == [
        "A party may be a company of this fair. Choose it, or say that none of them is."
    ]
    assert released(fair) == []
    client.post(f"{pages}/{other.number}/release/", {})
    client.post(f"{pages}/{entry.number}/release/", {"no_company": "on"})
    assert released(fair) == [entry.number, other.number]
    client.post(f"{pages}/{entry.number}/release/", {"back": "1"})
    assert released(fair) == [other.number]


@pytest.mark.parametrize("how", ["hidden by a party", "kept by one release"])
def test_an_amount_that_somebody_hides_is_never_on_the_public_page(
    fair: Fair, companies: list[Participation], managers: list[User], how: str
) -> None:
    is_hidden = how == "hidden by a party"
    entry = entered(
        fair, *map(party, companies), provenance="parties", outcome="X-1", kind="order", is_amount_hidden=is_hidden,
        realised_minor=4_860_000,
    )  # fmt: skip
    let(managers[0], entry, companies[0])
    let(managers[1], entry, companies[1], Terms(amount=is_hidden, scans=True))
    page = public(fair)
    assert ["48,600" in page, "amount not published" in page, "Confirmed by the parties" in page] == [False, True, True]
    client = Client()
    client.force_login(managers[0])
    for path in (f"agreements/{entry.number}/", f"companies/{companies[0].pk}/agreements/"):
        assert "USD\xa048,600" in client.get(f"/fairs/{fair.slug}/{path}").content.decode()


def test_a_correction_has_to_be_released_again_and_what_came_later_has_not(
    fair: Fair, companies: list[Participation], managers: list[User]
) -> None:
    organiser = actor(make_role(fair, "organiser"))
    entry = entered(fair, *map(party, companies))
    for person, company in zip(managers, companies, strict=True):
        let(person, entry, company)
    later = replace(Content.of(entry), realised_minor=5, evidence="Receipt")
    entry = correct(organiser, entry=entry.pk, content=later, reason="", now=LATER)
    assert released(fair) == [2]
    scanned = replace(later, scans=["0" * 64])
    entry = correct(organiser, entry=entry.pk, content=scanned, reason="", now=LATER)
    assert (released(fair), set(Release.objects.values_list("shows_scans", flat=True))) == ([3], {False})
    entry = correct(organiser, entry=entry.pk, content=replace(scanned, subject="Pumps"), reason="", now=LATER)
    assert (released(fair), Release.objects.count()) == ([], 0)
    let(managers[0], entry, companies[0])
    withdraw(organiser, entry=entry.pk, reason="Signed by nobody", now=LATER)
    assert (Release.objects.count(), verify(fair).ok) == (0, True)


def test_a_signing_has_to_be_released_again_and_a_currency_of_results_has_not(
    fair: Fair, companies: list[Participation], managers: list[User]
) -> None:
    organiser = actor(make_role(fair, "organiser"))
    entry = entered(
        fair, *map(party, companies), provenance="parties", outcome="X-1", amount_minor=None, currency=""
    )  # fmt: skip
    for person, company in zip(managers, companies, strict=True):
        let(person, entry, company)
    realised = replace(Content.of(entry), realised_minor=5, currency="USD")
    entry = correct(organiser, entry=entry.pk, content=realised, reason="", now=LATER)
    assert released(fair) == [2]
    signed = replace(
        realised, names=(*realised.names, Name.of_text("signatory", "Mr Wang")), signed_on=date(2026, 6, 1)
    )
    correct(organiser, entry=entry.pk, content=signed, reason="", now=LATER)
    assert (released(fair), Release.objects.count()) == ([], 0)


def test_who_may_release(fair: Fair, companies: list[Participation], managers: list[User]) -> None:
    entry = entered(fair, *map(party, companies))
    organiser, clerk = make_role(fair, "organiser"), make_staff(companies[0], is_manager=False)
    outsider = make_staff(make_buyer(fair))
    assert refused(lambda: let(clerk, entry, companies[0])) == "not_permitted"
    assert refused(lambda: let(outsider, entry, companies[0])) == "not_found"
    assert refused(lambda: let(managers[0], entry, companies[1])) == "not_found"
    assert refused(lambda: let(organiser, entry, None)) == "not_found"
    assert refused(lambda: let(organiser, entry, companies[0])) == "not_permitted"
    assert Release.objects.count() == 0


def test_one_person_does_not_release_for_two_parties(fair: Fair, companies: list[Participation]) -> None:
    person = make_staff(companies[0])
    companies[1].company.staff.create(user=person, position="managing_director", is_manager=True)
    entry = entered(fair, *map(party, companies))
    let(person, entry, companies[0])
    assert refused(lambda: let(person, entry, companies[1])) == "one_side_only"


def test_what_does_not_stand_is_not_released(fair: Fair, companies: list[Participation]) -> None:
    organiser = make_role(fair, "organiser")
    entry = entered(fair, Name.of_text("party", "Sky47"))
    correct(actor(organiser), entry=entry.pk, content=content(subject="Pumps"), reason="", now=LATER)
    assert refused(lambda: let(organiser, entry, None)) == "ledger_corrected"


def test_a_draft_shows_nothing_to_everybody() -> None:
    fair = make_fair(state="draft")
    entry = entered(fair, provenance="report")
    let(make_role(fair, "organiser"), entry, None)
    assert released(fair) == []
    assert Client().get(f"/fairs/{fair.slug}/agreements/").status_code == 404


def test_beside_a_reported_figure_stands_what_the_parties_have_confirmed(
    fair: Fair, companies: list[Participation], managers: list[User]
) -> None:
    """In its currency, in public without what is not released: one type is not added to another."""
    agreed = {"provenance": "parties", "currency": "USD"}
    order = entered(fair, *map(party, companies), kind="order", outcome="X-1", amount_minor=4_860_000, **agreed)
    entered(fair, *map(party, companies), kind="order", outcome="X-2", amount_minor=100_000, **agreed)
    entered(fair, *map(party, companies), kind="mou", outcome="X-3", amount_minor=7_777_700, **agreed)
    entered(
        fair, *map(party, companies), kind="order", outcome="X-4", amount_minor=9, currency="CNY", provenance="parties"
    )
    entered(fair, *map(party, companies), provenance="document")
    for key, currency in (("all", "USD"), ("other", "PKR")):
        ReportedFigure.objects.create(
            fair=fair, key=key, label=key, amount_minor=1, currency=currency, source="Radio", date=date(2026, 5, 14)
        )  # fmt: skip
    for person, company in zip(managers, companies, strict=True):
        let(person, order, company)
    organiser = Client()
    organiser.force_login(make_role(fair, "organiser"))
    pages = [public(fair), organiser.get(f"/fairs/{fair.slug}/organise/ledger/").content.decode()]
    assert [said_beside(page) for page in pages] == [
        [
            "Memorandum of understanding USD 0 and 1 amount that is hidden · "
            "Order USD 48,600 and 1 amount that is hidden",
            "PKR 0",
        ],
        ["Memorandum of understanding USD 77,777 · Order USD 49,600", "PKR 0"],
    ]


def said_beside(page: str) -> list[str]:
    found = re.findall(r"On record here, confirmed by the parties:(.*?)</p>", page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", "", one).split()) for one in found]


def test_reported_figures_stand_beside_it(fair: Fair) -> None:
    figure = {"label": "Memoranda", "amount_minor": 25 * 10**9, "qualifier": "about", "source": "Radio"}
    ReportedFigure.objects.create(fair=fair, key="all", date=date(2026, 5, 14), currency="USD", **figure)
    page = public(fair)
    assert ["USD\xa0250,000,000" in page, "about" in page, "It is part of no total." in page] == [True] * 3


def test_the_pages_of_a_party_release_and_take_back(
    fair: Fair, companies: list[Participation], managers: list[User]
) -> None:
    entry = entered(fair, *map(party, companies))
    client = Client()
    client.force_login(managers[0])
    address = f"/fairs/{fair.slug}/agreements/{entry.number}/"
    assert "Not released" in client.get(address).content.decode()
    fields = {"company": str(companies[0].pk), "amount": "on"}
    assert client.post(f"{address}release/", fields).status_code == 302
    given = Release.objects.get()
    assert (given.participation, given.shows_amount, given.shows_scans) == (companies[0], True, False)
    assert "without the scanned pages" in client.get(address).content.decode()
    client.post(f"{address}release/", fields | {"back": "1"})
    client.post(f"{address}release/", {"company": str(companies[1].pk)})
    assert Release.objects.count() == 0
    client.force_login(make_staff(make_buyer(fair)))
    assert client.get(address).status_code == 404


def test_organisers_end_any_release_and_give_none_of_a_company(
    fair: Fair, companies: list[Participation], managers: list[User]
) -> None:
    entry, organiser = entered(fair, *map(party, companies)), make_role(fair, "organiser")
    for person, company in zip(managers, companies, strict=True):
        let(person, entry, company)
    Participation.objects.filter(pk=companies[0].pk).update(state="withdrawn")
    back = {"company": str(companies[0].pk), "back": "1"}
    client, address = Client(), f"/fairs/{fair.slug}/organise/ledger/{entry.number}/"
    client.force_login(managers[0])
    assert client.post(f"/fairs/{fair.slug}/agreements/{entry.number}/release/", back).status_code == 403
    assert released(fair) == [1]
    client.force_login(organiser)
    assert client.get(address).content.decode().count("End this release") == 2
    for _press in range(2):
        assert client.post(f"{address}release/", back).status_code == 302
    assert ([one.participation for one in Release.objects.all()], released(fair)) == ([companies[1]], [])
    audited = AuditEntry.objects.filter(actor=organiser)
    assert [(one.permission, one.before) for one in audited] == [
        ("fair.organise", {"number": 1, "company": companies[0].pk})
    ]
    client.post(f"{address}release/", {"company": str(companies[0].pk), "amount": "on"})
    client.post(f"{address}release/", {"company": "9" * 40, "back": "1"})
    assert Release.objects.count() == 1
    client.force_login(make_role(make_fair(), "organiser"))
    assert client.post(f"{address}release/", back).status_code == 404


@pytest.mark.parametrize("company", [0, 1])
def test_a_release_that_ended_by_a_correction_is_not_ended_from_its_old_entry(
    fair: Fair, companies: list[Participation], managers: list[User], company: int
) -> None:
    entry, organiser = entered(fair, *map(party, companies)), actor(make_role(fair, "organiser"))
    newer = correct(
        organiser, entry=entry.pk, content=replace(Content.of(entry), subject="Pumps"), reason="", now=LATER
    )
    let(managers[company], newer, companies[company])
    assert refused(lambda: end(organiser, entry=entry.pk, company=companies[company].pk, now=NOW)) == "ledger_corrected"
    assert refused(lambda: end(actor(managers[0]), entry=newer.pk, company=companies[0].pk, now=NOW)) == "not_permitted"
    assert Release.objects.count() == 1


def test_the_number_of_a_corrected_entry_leads_its_parties_to_the_newest(
    fair: Fair, companies: list[Participation], managers: list[User]
) -> None:
    organiser, third = actor(make_role(fair, "organiser")), make_buyer(fair)
    entry = entered(fair, *map(party, companies))
    entered(fair, *map(party, companies), subject="Another")
    said = replace(Content.of(entry), names=(party(companies[0]), party(third)))
    newer = correct(organiser, entry=entry.pk, content=said, reason="", now=LATER)
    newest = correct(organiser, entry=newer.pk, content=replace(said, subject="Pumps"), reason="", now=LATER)
    client, pages = Client(), f"/fairs/{fair.slug}/agreements"
    client.force_login(managers[0])
    for number in (entry.number, newer.number):
        response = client.get(f"{pages}/{number}/", follow=True)
        assert response.redirect_chain == [(f"{pages}/{newest.number}/", 302)]
        [told] = response.context["messages"]
        assert str(told) == "This entry has been corrected in the meantime. Its newest version is shown."
    response = client.post(f"{pages}/{entry.number}/release/", {"company": companies[0].pk})
    assert (response["Location"], Release.objects.count()) == (f"{pages}/{newest.number}/", 0)
    client.force_login(managers[1])  # of a company that is a party no more
    numbers = [entry.number, newest.number, "9" * 30]
    assert [client.get(f"{pages}/{number}/").status_code for number in numbers] == [404] * 3


def test_a_release_is_in_the_audit_log(fair: Fair) -> None:
    entry, organiser = entered(fair, provenance="report"), make_role(fair, "organiser")
    let(organiser, entry, None)
    end(actor(organiser), entry=entry.pk, company=None, now=NOW)
    assert [one.permission for one in AuditEntry.objects.filter(actor=organiser)] == ["fair.organise"] * 2
