"""The forms of a unit's list: the upload, and what its columns are."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fairplatform.fairs.models import Fair, RecruitingUnit
from fairplatform.workbook.lists.choice import Choice
from fairplatform.workbook.lists.headers import may_be_given_twice
from fairplatform.workbook.lists.meanings import MEANINGS, Meaning
from fairplatform.workbook.written import language_of

from ..fields import country_choices
from .forms import file_field

_LANGUAGES = [("zh", _("Chinese")), ("en", _("English")), ("ur", _("Urdu"))]


class UnitListForm(forms.Form):
    """The upload of a list by a delegate of the unit that it is of."""

    use_required_attribute = False
    file = file_field(_("List (Excel or CSV)"), ".xls,.xlsx,.csv")


class ListForm(UnitListForm):
    """The upload of a list by an organiser, who says whose it is."""

    field_order = ("unit", "file")
    unit = forms.ModelChoiceField(
        queryset=RecruitingUnit.objects.none(),
        label=_("Recruiting unit"),
        empty_label=_("Not chosen"),
        help_text=_("Its companies will be recorded as brought by this unit."),
        error_messages={"required": _("Choose the unit that sent the list.")},
    )

    def __init__(self, data: Any = None, files: Any = None, *, fair: Fair) -> None:
        super().__init__(data, files)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = fair.units.all()


class PlaceForm(forms.Form):
    """Which sheet the list is in, and which of its rows has the titles."""

    sheet = forms.TypedChoiceField(label=_("Sheet"), coerce=int)
    header = forms.TypedChoiceField(label=_("Header row"), coerce=int)

    def __init__(self, data: Any, *, titles: list[str], rows: list[int]) -> None:
        super().__init__(data)
        _choose(self, "sheet", list(enumerate(titles)))
        _choose(self, "header", [(number, str(number)) for number in rows])


class FixedForm(forms.Form):
    """What holds for all firms of a list, where no column of it says otherwise."""

    use_required_attribute = False
    country = forms.ChoiceField(label=_("Country"))
    city = forms.CharField(
        label=_("City"), max_length=60, required=False, widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("For companies whose row has no city."),
    )  # fmt: skip
    sells = forms.BooleanField(label=_("All of them sell"), required=False)
    buys = forms.BooleanField(label=_("All of them buy"), required=False)
    hall = forms.ChoiceField(label=_("Hall"), required=False)
    write_in = forms.ChoiceField(label=_("Language of messages to their contacts"), required=False)
    hidden_rows = forms.ChoiceField(
        label=_("Hidden rows"),
        choices=[("", "—"), ("skip", _("Skip them")), ("import", _("Import them too"))],
        error_messages={"required": _("Choose what to do with the hidden rows.")},
    )

    def __init__(
        self, data: Any = None, *, fair: Fair, initial: Mapping[str, Any], hidden: int = 0, has_hall: bool = True
    ) -> None:
        super().__init__(data, initial=dict(initial))
        if hidden:
            self.fields["hidden_rows"].help_text = ngettext(
                "%(number)s row of this sheet is hidden in the file, perhaps by a filter.",
                "%(number)s rows of this sheet are hidden in the file, perhaps by a filter.",
                hidden,
            ) % {"number": hidden}
        else:
            del self.fields["hidden_rows"]
        _choose(self, "country", country_choices(fair, chosen=self.initial.get("country") or ""))
        if has_hall:
            halls = [(str(hall.number), str(hall.name)) for hall in fair.halls.all()]
            _choose(self, "hall", [("", _("Not chosen")), *halls])
        else:
            del self.fields["hall"]
        _choose(self, "write_in", [("", _("The language of the country")), *_LANGUAGES])

    def values(self) -> dict[str, str]:
        """As a choice has them."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "hidden_rows"}
        given = {name: "yes" if value is True else value for name, value in data.items() if value}
        return {"write_in": language_of(given["country"]), **given}


class ColumnsForm(forms.Form):
    """What each column of a list is."""

    def __init__(self, data: Any = None, *, titles: Mapping[int, str], proposed: Mapping[int, Meaning]) -> None:
        super().__init__(data)
        for column, title in titles.items():
            self.fields[f"column_{column}"] = forms.ChoiceField(
                label=title, choices=_meanings, required=False, initial=proposed[column].code
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        seen: set[str] = set()
        for name, code in list(cleaned.items()):
            if code and code in seen and not may_be_given_twice(MEANINGS[code]):
                self.add_error(name, str(_("Another column already has this meaning.")))
            seen.add(code)
        if "companies.name" not in seen:
            self.add_error(None, str(_("Choose the column with the names of the companies.")))
        return cleaned

    def columns(self) -> dict[int, Meaning]:
        """Those that are read."""
        return {int(name.removeprefix("column_")): MEANINGS[code] for name, code in self.cleaned_data.items() if code}


def _meanings() -> list[Any]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, meaning in MEANINGS.items():
        group = _("Contact %(number)s") % {"number": meaning.contact} if meaning.contact else _("Company")
        title = str(meaning.choosable.titles)
        # A closed list does not show its groups.
        label = f"{group} · {title}" if meaning.contact else title
        groups.setdefault(str(group), []).append((code, label))
    return [("", _("Do not import")), *groups.items()]


def _choose(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def chosen(place: PlaceForm, columns: ColumnsForm, fixed: FixedForm, unit: RecruitingUnit | None) -> Choice:
    """What a person has said, as an import keeps it."""
    of_all = fixed.values()
    if unit:
        of_all["recruiting_unit"] = unit.key or str(unit.name)
    sheet, header = place.cleaned_data["sheet"], place.cleaned_data["header"]
    with_hidden = fixed.cleaned_data.get("hidden_rows") == "import"
    return Choice(sheet, header, columns.columns(), of_all, with_hidden)
