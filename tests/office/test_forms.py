"""Two organisers edit one row at the same time."""

import pytest

from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import Translated
from fairplatform.office.forms import OfficeForm
from tests.factories import make_fair

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
