"""Two organisers edit one row at the same time."""

import re

import pytest
from django.http import QueryDict

from fairplatform.fairs.models import Fair
from fairplatform.i18n.forms import TranslatedWidget
from fairplatform.i18n.text import Translated
from fairplatform.office.forms import OfficeForm
from tests.factories import make_fair
from tests.office.office import Office

pytestmark = pytest.mark.django_db


class FairForm(OfficeForm[Fair]):
    needed = ("name",)

    class Meta:
        model = Fair
        fields = ("name", "slot_minutes", "series")


def posted(form: FairForm, **changes: str) -> dict[str, str]:
    """What a browser sends for this form, with some inputs changed."""
    name = form.initial["name"]
    values = {"name_en": name.get("en", ""), "name_zh-hans": name.get("zh-hans", ""), "name_ur": name.get("ur", "")}
    rest = {"slot_minutes": str(form.initial["slot_minutes"]), "series": form.initial["series"]}
    return {**values, **rest, "seen": form.initial["seen"], **changes}


def saved(fair: Fair, data: dict[str, str]) -> FairForm:
    form = FairForm(data, instance=Fair.objects.get(pk=fair.pk))
    if form.is_valid():
        form.save()
    return form


def test_fields_that_another_person_changed_are_kept() -> None:
    fair = make_fair(series="Spring")
    opened = FairForm(instance=fair)
    saved(fair, posted(opened, series="Autumn"))
    assert saved(fair, posted(opened, name_en="Hardware fair")).errors == {}
    fair.refresh_from_db()
    assert (fair.series, fair.name["en"]) == ("Autumn", "Hardware fair")


def test_field_that_both_changed_is_shown_before_it_is_replaced() -> None:
    fair = make_fair(series="Spring")
    opened = FairForm(instance=fair)
    saved(fair, posted(opened, series="Autumn"))
    refused = saved(fair, posted(opened, series="Winter"))
    assert [list(refused.errors), "Autumn" in refused.errors["series"][0]] == [["series"], True]
    fair.refresh_from_db()
    assert fair.series == "Autumn"
    # What was typed stands in the form that is shown again; saving that replaces the other's entry.
    assert refused["series"].value() == "Winter"
    saved(fair, {**posted(opened, series="Winter"), "seen": refused["seen"].value()})
    fair.refresh_from_db()
    assert fair.series == "Winter"


def test_field_left_alone_is_kept_when_another_is_in_conflict() -> None:
    fair = make_fair(series="Spring")
    opened = FairForm(instance=fair)
    saved(fair, posted(opened, series="Autumn", slot_minutes="40"))
    refused = saved(fair, posted(opened, series="Winter"))
    saved(fair, {**posted(opened, series="Winter"), "seen": refused["seen"].value()})
    fair.refresh_from_db()
    assert (fair.series, fair.slot_minutes) == ("Winter", 40)


def test_same_change_by_both_is_no_conflict() -> None:
    fair = make_fair(series="Spring")
    opened = FairForm(instance=fair)
    saved(fair, posted(opened, series="Autumn", slot_minutes="30"))
    assert saved(fair, posted(opened, series="Autumn")).errors == {}
    fair.refresh_from_db()
    assert (fair.series, fair.slot_minutes) == ("Autumn", 30)


def test_two_people_write_one_text_in_different_languages() -> None:
    fair = make_fair(name=Translated({"en": "Fair", "ur": "میلہ"}))
    opened = FairForm(instance=fair)
    saved(fair, posted(opened, name_en="Hardware fair"))
    assert saved(fair, posted(opened, **{"name_zh-hans": "五金展", "name_ur": ""})).errors == {}
    fair.refresh_from_db()
    assert fair.name == Translated({"en": "Hardware fair", "zh-hans": "五金展"})


def test_only_the_language_that_both_changed_is_shown_before_it_is_replaced() -> None:
    fair = make_fair(name=Translated({"en": "Fair", "ur": "میلہ"}))
    opened = FairForm(instance=fair)
    saved(fair, posted(opened, name_en="Tool fair", **{"name_zh-hans": "工具展", "name_ur": "نمائش"}))
    mine = posted(opened, name_en="Lock fair", **{"name_zh-hans": "工具展"})
    refused = saved(fair, mine)
    assert refused.errors == {
        "name": [
            "Someone else changed this to “Tool fair” while you were editing. Save again to replace it with yours."
        ]
    }
    # The form that comes back has the Urdu of the other person, who alone changed it.
    again = {name: refused.data[name] for name in mine}
    assert (again["name_en"], again["name_ur"]) == ("Lock fair", "نمائش")
    assert saved(fair, again).errors == {}
    fair.refresh_from_db()
    assert fair.name == Translated({"en": "Lock fair", "zh-hans": "工具展", "ur": "نمائش"})


def test_text_needs_one_language() -> None:
    fair = make_fair()
    opened = FairForm(instance=fair)
    blank = {"name_en": "", "name_zh-hans": "", "name_ur": ""}
    assert list(FairForm({**posted(opened), **blank}, instance=fair).errors) == ["name"]
    saved(fair, posted(opened, **{**blank, "name_ur": "میلہ"}))
    fair.refresh_from_db()
    assert fair.name == Translated({"ur": "میلہ"})


def test_form_without_its_hidden_field_is_compared_with_nothing() -> None:
    fair = make_fair(series="Spring")
    opened = FairForm(instance=fair)
    assert saved(fair, {**posted(opened, series="Autumn"), "seen": "forged"}).errors == {}


def test_marks_that_reorder_or_hide_text_are_not_stored() -> None:
    fair = make_fair(series="Spring")
    opened = FairForm(instance=fair)
    data = QueryDict(mutable=True)
    data.update(posted(opened, series="Au\u202etumn\u200b", name_en="\u200fHardware\u2066 fair", name_ur="خوش\u200cبو"))
    form = FairForm(data, instance=Fair.objects.get(pk=fair.pk))
    assert form.is_valid()
    form.save()
    fair.refresh_from_db()
    assert (fair.series, fair.name["en"]) == ("Autumn", "Hardware fair")
    assert fair.name["ur"] == "خوش\u200cبو"  # this joiner belongs to the spelling


def test_a_text_is_missing_in_a_language_once_it_is_written_in_another() -> None:
    parts = [TranslatedWidget().get_context("name", value, {})["widget"]["subwidgets"] for value in ({}, {"ur": "نام"})]
    assert [[part["missing"] for part in one] for one in parts] == [[False] * 3, [True, True, False]]


def test_a_name_of_nothing_visible_is_missing() -> None:
    fair = make_fair()
    data = QueryDict(mutable=True)
    data.update({**posted(FairForm(instance=fair)), "name_en": "\u202e", "name_zh-hans": "\u200b", "name_ur": ""})
    assert list(FairForm(data, instance=fair).errors) == ["name"]


@pytest.mark.parametrize(
    "route", ["fair", "next", "company_add", "person_add", "people", "companies", "units_add", "hours_add"]
)
def test_every_text_box_says_its_direction(office: Office, route: str) -> None:
    """Text from the left would stand at the wrong end of a page in Urdu, and lose its beginning."""
    boxes = re.findall(r'<(?:input type="(?:text|tel|search)"|textarea)[^>]*>', office.get(route).partition("<main")[2])
    assert [box for box in boxes if ' dir="' not in box] == []
    assert boxes
