"""The form of a person's account: names, how to reach them, the languages they read and speak."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Registration
from fairplatform.fairs.spoken import spoken_languages
from fairplatform.i18n.forms import LANGUAGE_LABELS
from fairplatform.workbook.stored.people import USER

from .. import places
from ..fields import OWN_WORDS, KindField, as_columns, country_choices, kind_of
from ..zones import ZonesForm


class AccountForm(ZonesForm[User]):
    """The account of a person.

    An address may belong to an account already: `other_account` says whose, the view what follows.
    """

    needed = ("name",)
    prefix = "person"
    zones: ClassVar[Mapping[str, str]] = {"zone": "country"}
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    language = forms.ChoiceField(label=gettext_lazy("Language of messages"), choices=list(LANGUAGE_LABELS.items()))
    zone = forms.ChoiceField(label=gettext_lazy("Time zone, where it is not the country's"), required=False)
    speaks = forms.MultipleChoiceField(
        label=gettext_lazy("Speaks"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = User
        formfield_callback = as_columns("people", USER)
        fields: tuple[str, ...] = (
            "name", "salutation", "email", "phone", "wechat", "whatsapp", "language", "speaks", "country", "zone",
        )  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "name": pgettext_lazy("of a person", "Name"),
            "salutation": gettext_lazy("Salutation"),
            "email": gettext_lazy("Email"),
            "phone": gettext_lazy("Mobile number"),
            "wechat": gettext_lazy("WeChat"),
            "whatsapp": gettext_lazy("WhatsApp"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "phone": gettext_lazy("With the country code, or as it is dialled in the person's country."),
        }

    def __init__(self, *args: Any, fair: Fair, instance: User, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        # Nobody is taken to be in one of the two countries: their clock and number depend on it.
        countries = country_choices(fair, chosen=instance.country)
        self.fields["country"].choices = countries  # type: ignore[attr-defined]
        self.fields["speaks"].choices = spoken_languages(fair, instance.speaks)  # type: ignore[attr-defined]
        zones = places.zones(self["country"].value() or "", stored=instance.zone)
        self.fields["zone"].choices = [("", "–"), *zones]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "country" in self.errors:
            # Without it a number cannot be read: the country is asked for first.
            for name in ("phone", "whatsapp"):
                self.errors.pop(name, None)
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


class PersonForm(AccountForm):
    """The account, and the remarks of the person's registration in this fair, which are stored beside it."""

    remarks = KindField(
        kind_of("people", "remarks"),
        label=gettext_lazy("Remarks, for organisers and the recruiting unit only"),
        required=False,
        widget=forms.Textarea({**OWN_WORDS, "rows": 3}),
    )

    def __init__(self, *args: Any, registration: Registration | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"remarks": registration.remarks if registration else ""}, **kwargs)

    def sections(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        yield pgettext("of a person", "Name"), [self[name] for name in ("name", "salutation")]
        yield _("Contact"), [self[name] for name in ("email", "phone", "wechat", "whatsapp")]
        yield _("Languages and place"), list(self.with_questions("language", "speaks", "country", "zone"))
        yield _("Remarks"), [self["remarks"]]
