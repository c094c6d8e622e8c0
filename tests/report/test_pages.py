"""The pages of the report: every figure with its definition, each opens to its rows, and the files."""

import unicodedata
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from fairplatform.fairs.models import Fair, FairDay, RoleAssignment
from fairplatform.report.definition import Unit
from fairplatform.report.figures import compute
from fairplatform.report.rows import read_rows
from fairplatform.report.series import last_fair
from tests.factories import NOW, make_fair, make_role, make_slots
from tests.meetings.cases import make_case, order
from tests.report.fairs import INCLUDED, agree_hiding, make_full_fair

pytestmark = pytest.mark.django_db


def organiser_of(fair: Fair) -> Client:
    client = Client()
    client.force_login(make_role(fair, "organiser"))
    return client


def shown(client: Client, route: str, fair: Fair, *more: Any, **query: Any) -> Any:
    with time_machine.travel(NOW, tick=False):
        return client.get(reverse(f"report:{route}", args=[fair.slug, *more]), query)


def plain(text: str) -> str:
    """Without the marks of directions."""
    return "".join(one for one in text if unicodedata.category(one) != "Cf").replace("\N{NO-BREAK SPACE}", " ")


def test_every_figure_is_shown_and_opens_to_its_rows() -> None:
    fair = make_full_fair()
    client, figures = organiser_of(fair), compute(read_rows(fair, now=NOW))
    page = shown(client, "report", fair)
    cells = [
        cell for section in page.context["sections"] for block in section["blocks"] for line in block["lines"]
        for cell in line["cells"] if cell
    ]  # fmt: skip
    each = [one for one in figures if one.definition.group == "each_company"]
    assert len(cells) == len(figures) - len(each)
    text = unescape(page.content.decode())
    assert all(str(one.definition.sentence) in text for one in figures if one not in each)
    of = {one.definition.of: one for one in figures if one.value}
    for figure in of.values():
        rows = shown(client, "rows", fair, figure=figure.key)
        assert [row.key for row in rows.context["rows"]] == list(figure.rows)
    companies = shown(client, "companies", fair)
    assert len(companies.context["lines"]) == len({one.part.key for one in each})


def test_the_rows_of_each_amount_add_up_to_it() -> None:
    """But for hidden amounts, which no row tells."""
    fair = make_full_fair()
    client, figures = organiser_of(fair), compute(read_rows(fair, now=NOW))
    money = [one for one in figures if one.definition.unit == Unit.MONEY]
    sums = {}
    for figure in money:
        rows = shown(client, "rows", fair, figure=figure.key).context["rows"]
        assert all(row.counted for row in rows)
        sums[figure.key] = sum(row.counted_minor or 0 for row in rows)
    assert sums == {one.key: one.value - INCLUDED.get(one.key, 0) for one in money}
    assert {"realised_amount", "realised_of_amount", "intended_differing_amount"} <= {
        one.definition.key for one in money
    }


def test_what_was_realised_and_what_two_sides_submitted_are_in_the_rows() -> None:
    fair = make_full_fair()
    client, rows = organiser_of(fair), read_rows(fair, now=NOW)
    figures = {one.key: one for one in compute(rows)}
    [share] = shown(client, "rows", fair, figure="realised_share:order:USD").context["rows"]
    assert plain(share.facts) == f"Order #{share.key} · USD 31,500 · Realised so far: USD 10,000.50"
    assert share.url == reverse("office:ledger_entry", args=[fair.slug, share.key])
    parties = fair.ledger_entries.get(number=share.key).names.filter(part="party")
    assert plain(share.name) == " · ".join(str(one.name) for one in parties)
    [differing] = shown(client, "rows", fair, figure="intended_differing_amount:USD").context["rows"]
    meeting = rows.meeting[figures["intended_differing_amount:USD"].rows[0]]
    seller, buyer = (rows.company[key].name for key in (meeting.exhibitor, meeting.buyer))
    assert plain(differing.facts) == f"Held · {seller}: USD 18,000 · {buyer}: USD 20,000"
    assert plain(differing.counted) == "USD 18,000"


def test_an_empty_fair_has_its_report_and_no_meetings() -> None:
    fair = make_fair()
    client = organiser_of(fair)
    assert [section["group"].value for section in shown(client, "report", fair).context["sections"]] == [
        "companies", "buyers", "meetings",
    ]  # fmt: skip
    assert "There are no meetings yet" in shown(client, "companies", fair).content.decode()
    assert shown(client, "rows", fair, figure="meetings_held").status_code == 404


def test_beside_each_figure_stands_that_of_the_last_fair_of_the_series() -> None:
    fair, before, later, other = make_fair(series="Station"), make_full_fair(), make_fair(), make_fair()
    Fair.objects.filter(pk__in=(before.pk, later.pk)).update(series="Station")
    for one, days in ((fair, 300), (later, 600), (other, 100)):
        FairDay.objects.create(fair=one, number=1, date=NOW.date() + timedelta(days=days))
    organiser = before.roles.get(role="organiser").user
    RoleAssignment.objects.create(fair=fair, user=organiser, role="organiser")
    assert (last_fair(fair), last_fair(before), last_fair(other)) == (before, None, None)
    page = shown(organiser_of(fair), "report", fair)
    [companies, *_others] = page.context["sections"]
    [cell] = companies["blocks"][0]["lines"][0]["cells"]
    planned = {one.key: one.value for one in compute(read_rows(before, now=NOW))}
    assert (cell["value"], cell["last"]) == ("0", str(planned["companies"]))


def test_the_four_files_and_a_choice_of_languages() -> None:
    fair = make_fair()
    client = organiser_of(fair)
    for form, beginning in (("xlsx", b"PK"), ("csv", b"\xef\xbb\xbfkey,"), ("json", b"{"), ("pdf", b"%PDF")):
        answer = shown(client, "download", fair, form, lang="ur+en")
        assert (answer.status_code, answer.content.startswith(beginning)) == (200, True)
        assert answer["Content-Disposition"] == f'attachment; filename="{fair.slug}-report.{form}"'
    assert shown(client, "download", fair, "csv", lang="zh+en+ur").url == reverse("report:report", args=[fair.slug])
    assert shown(client, "download", fair, "doc").status_code == 404


def test_no_page_of_the_report_tells_an_amount_that_a_party_hides() -> None:
    fair = make_fair()
    agree_hiding(make_case(fair, make_slots(fair, number=1)[0]), order(7_654_321))
    client = organiser_of(fair)
    report, rows = (
        shown(client, route, fair, **query).content.decode()
        for route, query in (("report", {}), ("rows", {"figure": "concluded_amount_confirmed:USD"}))
    )
    assert ("76,543" in report, report.count("and 1 amount that is hidden")) == (False, 5)
    assert ("76,543" in rows, rows.count("and 1 amount that is hidden")) == (False, 1)
    assert "amount hidden by the parties" in rows
