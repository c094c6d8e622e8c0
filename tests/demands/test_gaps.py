"""The gap list: headings demanded that fewer than two exhibitors offer."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from fairplatform.accounts.models import AuditEntry
from fairplatform.demands.gaps import gaps
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit
from fairplatform.policy import Role
from tests.demands.pages import browser, url
from tests.factories import NOW, make_buyer, make_demand, make_exhibitor, make_product, make_role, three

pytestmark = pytest.mark.django_db


def found(fair: Fair) -> list[tuple[str, int, int]]:
    return [(gap.heading, len(gap.demands), gap.exhibitors) for gap in gaps(fair, NOW)]


def test_headings_with_fewer_than_two_exhibitors_by_the_number_of_demands(fair: Fair, buyer: Participation) -> None:
    first, second = make_exhibitor(fair), make_exhibitor(fair)
    for seller in (first, second):
        make_product(seller, hs6="820320")
    make_product(first, hs6="841370"), make_product(first, hs6="841381")
    for code in ("820320", "8413", "84137000", "848180", "82", ""):
        make_demand(buyer, code, hs_code=code)
    assert found(fair) == [("8413", 2, 1), ("8481", 1, 0)]
    # What an exhibitor says it offers counts as what it shows.
    Participation.objects.filter(pk=second.pk).update(offers=["8413", "8481"])
    assert found(fair) == [("8481", 1, 1)]


def test_only_what_can_be_answered_counts_and_only_who_is_in_the_fair(fair: Fair, buyer: Participation) -> None:
    make_demand(buyer, hs_code="8481", state="closed"), make_demand(buyer, hs_code="8481", state="waiting")
    make_demand(buyer, hs_code="8481", deadline="2020-05-13")
    gone = make_exhibitor(fair)
    make_product(gone, hs6="820320"), make_product(make_exhibitor(fair), hs6="820320")
    Participation.objects.filter(pk=gone.pk).update(state="withdrawn")
    make_demand(buyer)
    assert found(fair) == [("8203", 1, 1)]


def test_headings_that_buyers_named_count_as_well(fair: Fair, buyer: Participation) -> None:
    unit = RecruitingUnit.objects.create(fair=fair, name=three("Lahore Chamber"), country="PK")
    other = make_buyer(fair)
    Participation.objects.filter(pk__in=[buyer.pk, other.pk]).update(wants=["841370", "8481", "82"], unit=unit)
    make_demand(buyer, hs_code="8481")
    gone = make_buyer(fair)
    Participation.objects.filter(pk=gone.pk).update(wants=["8413"], state="withdrawn")
    rows = [(gap.heading, gap.buyers, len(gap.demands), gap.units) for gap in gaps(fair, NOW)]
    assert rows == [("8481", 2, 1, ["Lahore Chamber"]), ("8413", 2, 0, ["Lahore Chamber"])]


def test_the_page_links_the_demands_and_has_a_message_to_copy(fair: Fair, buyer: Participation) -> None:
    unit = RecruitingUnit.objects.create(fair=fair, name=three("Lahore Chamber"), country="PK")
    Participation.objects.filter(pk=buyer.pk).update(unit=unit)
    demand = make_demand(buyer, hs_code="848180")
    page = browser(make_role(fair, Role.ORGANISER)).get(url("gaps", fair))
    assert f'href="{url("demand", fair, demand.pk)}"' in page.content.decode()
    assert page.content.decode().count("<bdi>Lahore Chamber</bdi>") == 1
    assert page.context["message"].splitlines()[1].startswith("8481 ")


def test_without_gaps_it_says_so(fair: Fair, buyer: Participation) -> None:
    organiser = browser(make_role(fair, Role.ORGANISER))
    said = ["No buyer has entered a demand or an HS heading yet.", "No gaps"]
    assert [sentence in organiser.get(url("gaps", fair)).text for sentence in said] == [True, False]
    make_demand(buyer)
    for _ in range(2):
        make_product(make_exhibitor(fair), hs6="820320")
    assert [sentence in organiser.get(url("gaps", fair)).text for sentence in said] == [False, True]


def test_a_delegate_has_no_gap_list(fair: Fair) -> None:
    unit = RecruitingUnit.objects.create(fair=fair, name=three("Chamber"), country="PK")
    delegate = browser(make_role(fair, Role.DELEGATED, unit=unit))
    routes = ("gaps", "gaps_xlsx", "gaps_csv")
    assert [delegate.get(url(route, fair)).status_code for route in routes] == [403, 403, 403]


def test_the_exports_have_no_formula_and_no_company(fair: Fair, buyer: Participation) -> None:
    make_demand(buyer, "=HYPERLINK(1)", hs_code="848180")
    organiser = make_role(fair, Role.ORGANISER)
    text = browser(organiser).get(url("gaps_csv", fair)).content.decode("utf-8-sig")
    titles, row = csv.reader(io.StringIO(text))
    book = load_workbook(io.BytesIO(browser(organiser).get(url("gaps_xlsx", fair)).content))
    sheet = [[cell.value for cell in cells] for cells in book.worksheets[0].iter_rows()]
    assert titles == [
        "HS heading",
        "Title",
        "Buyers",
        "Demands",
        "Exhibitors",
        "Recruiting units of buyers",
        "Goods needed",
    ]
    assert (row[0], row[2:5], row[6]) == ("8481", ["1", "1", "0"], "'=HYPERLINK(1)")
    assert (sheet[1][0], sheet[1][2:5], sheet[1][6]) == ("8481", [1, 1, 0], "'=HYPERLINK(1)")
    assert str(buyer.company.name) not in text
    assert AuditEntry.objects.filter(actor=organiser, after={"exported": "gaps"}).count() == 2


def test_more_demands_cost_no_more_queries(fair: Fair) -> None:
    numbers = []
    for size in (2, 20):
        for _ in range(size):
            make_demand(make_buyer(fair), hs_code="848180")
        with CaptureQueriesContext(connection) as queries:
            gaps(fair, NOW)
        numbers.append(len(queries))
    assert numbers == [4, 4]
