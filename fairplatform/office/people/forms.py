"""The form of a person's account: names, how to reach them, the languages they read and speak."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar
from zoneinfo import available_timezones

import phonenumbers
from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Registration
from fairplatform.i18n.forms import LANGUAGE_LABELS
from fairplatform.i18n.text import current_language
from fairplatform.i18n.times import BABEL_LOCALE

from ..fields import FIGURES, OWN_WORDS, ListOrWords, country_choices
from ..forms import OfficeForm

MOST_USED = ("zh", "en", "ur")


class NumberField(forms.CharField):
    """A telephone number as typed; the form reads it with the person's country."""

    def prepare_value(self, value: Any) -> str:
        return str(value or "")

    def to_python(self, value: Any) -> str:
        return super().to_python(str(value or "")) or ""


class PersonForm(OfficeForm[User]):
    """The account, and the remarks of the person's registration in this fair, which are stored beside it.

    An address may belong to an account already: `other_account` says whose, the view what follows.
    """

    needed = ("name",)
    prefix = "person"
    phone = NumberField(
        label=gettext_lazy("Mobile number"),
        required=False,
        max_length=32,
        widget=forms.TextInput({**FIGURES, "inputmode": "tel"}),
        help_text=gettext_lazy("With the country code, or as it is dialled in the person's country."),
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    language = forms.ChoiceField(label=gettext_lazy("Written to in"), choices=list(LANGUAGE_LABELS.items()))
    speaks = forms.MultipleChoiceField(
        label=gettext_lazy("Speaks"), required=False, widget=forms.CheckboxSelectMultiple
    )

    remarks = forms.CharField(
        label=gettext_lazy("Remarks, for organisers and the recruiting unit only"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({**OWN_WORDS, "rows": 3}),
    )

    class Meta:
        model = User
        fields = (
            "name", "salutation", "email", "phone", "wechat", "whatsapp", "language", "speaks", "country", "zone",
        )  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "name": gettext_lazy("Name"),
            "salutation": gettext_lazy("Salutation"),
            "email": gettext_lazy("Email"),
            "wechat": gettext_lazy("WeChat"),
            "whatsapp": gettext_lazy("WhatsApp"),
        }
        help_texts: ClassVar[dict[str, str]] = dict.fromkeys(("name", "country", "zone", "speaks"), "")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "email": forms.EmailInput(FIGURES),
            "wechat": forms.TextInput(FIGURES),
            "whatsapp": forms.TextInput(FIGURES),
        }

    def __init__(
        self, *args: Any, fair: Fair, instance: User, registration: Registration | None = None, **kwargs: Any
    ) -> None:
        remarks = registration.remarks if registration else ""
        super().__init__(*args, instance=instance, initial={"remarks": remarks}, **kwargs)
        self.fields["country"].choices = country_choices(fair)  # type: ignore[attr-defined]
        self.fields["speaks"].choices = _languages(fair, instance.speaks)  # type: ignore[attr-defined]
        self.fields["zone"] = ListOrWords(
            [(zone, zone) for zone in _zones(fair)],
            label=gettext_lazy("Time zone, where it is not the country's"),
            max_length=40,
        )

    def sections(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        yield _("Name"), [self[name] for name in ("name", "salutation")]
        yield _("Contact"), [self[name] for name in ("email", "phone", "wechat", "whatsapp")]
        yield _("Languages and place"), [self[name] for name in ("language", "speaks", "country", "zone")]
        yield _("Remarks"), [self["remarks"]]

    def clean_email(self) -> str | None:
        return (self.cleaned_data["email"] or "").lower() or None

    def clean_zone(self) -> str:
        zone = str(self.cleaned_data["zone"])
        if zone and zone not in available_timezones():
            raise forms.ValidationError(
                _("There is no such time zone. An example: %(zone)s."), params={"zone": "Asia/Dubai"}
            )
        return zone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if typed := cleaned.get("phone"):
            try:
                number = phonenumbers.parse(typed, cleaned.get("country"))
            except phonenumbers.NumberParseException:
                number = None
            if number is None or not phonenumbers.is_possible_number(number):
                self.add_error("phone", _("This is not a telephone number. Enter it with its country code."))
            else:
                cleaned["phone"] = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if not self.instance._state.adding and self.other_account():
            self.add_error("email", _("This address belongs to another person."))
        return cleaned

    def validate_unique(self) -> None:
        """The view decides what an address of another account means."""

    def other_account(self) -> User | None:
        """Somebody else's account with this e-mail address.

        A number finds nobody: nothing proves whose it is, and a firm's people share one.
        """
        email = self.cleaned_data.get("email")
        return User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).first() if email else None


def _languages(fair: Fair, spoken: list[str]) -> list[tuple[str, str]]:
    """Those of the fair and of its two countries, and what this person speaks."""
    official = (
        code for country in (fair.host_country, fair.station_country) for code in get_official_languages(country)
    )
    names = Locale.parse(BABEL_LOCALE[current_language()]).languages
    codes = dict.fromkeys([*MOST_USED, *fair.languages, *official, *spoken])
    return [(code, names.get(code.replace("-", "_"), code)) for code in codes]


def _zones(fair: Fair) -> list[str]:
    """The time zones of the fair's two countries."""
    territories: Mapping[str, str] = get_global("zone_territories")
    countries = (fair.host_country, fair.station_country)
    return sorted(zone for zone, country in territories.items() if country in countries)
