"""The form of a pair: two companies that are to meet, with their interpreter and the time they are pinned to."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, RoleAssignment, Slot
from fairplatform.i18n.text import current_language
from fairplatform.i18n.times import format_day, local_times
from fairplatform.policy import Role
from fairplatform.workbook.stored.wishes import PAIRS
from meetings.matching.languages import pair_of
from meetings.models import Pair
from meetings.schedule.availability import Availability

from ..fields import as_columns
from ..places import pair_name
from ..setup.forms import SetupForm
from .actions import check_pair
from .company_field import CompanyField

NEEDS_NAMED = (Pair.Need.REQUIRED, Pair.Need.WELCOME, Pair.Need.ON_CALL)


class PinnedField(forms.TypedChoiceField):
    """The start of one of the fair's slots."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=datetime.fromisoformat, empty_value=None, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


class PairForm(SetupForm[Pair]):
    once = (("exhibitor", "buyer"), gettext_lazy("These two are a pair already. Change that one."))
    exhibitor = CompanyField(
        label=gettext_lazy("Exhibitor"), help_text=gettext_lazy("The company that sells, by its name or key.")
    )
    buyer = CompanyField(label=gettext_lazy("Buyer"), help_text=gettext_lazy("The company that buys."))
    language_pair = forms.ChoiceField(label=gettext_lazy("Languages"), required=False)
    interpreter: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Interpreter"), required=False
    )
    starts_at = PinnedField(
        label=gettext_lazy("Pinned to this time"),
        help_text=gettext_lazy("Leave it blank to let the scheduling choose."),
    )

    class Meta:
        model = Pair
        formfield_callback = as_columns("pairs", PAIRS.fields)
        fields = (
            "exhibitor", "buyer", "number", "need", "language_pair", "interpreter", "starts_at", "remarks",
        )  # fmt: skip
        labels: ClassVar = {
            "number": gettext_lazy("Number"),
            "need": gettext_lazy("Need of an interpreter"),
            "remarks": gettext_lazy("Remarks, for organisers"),
        }

    def prepare(self) -> None:
        super().prepare()
        for name in ("exhibitor", "buyer"):
            field = self.fields[name]
            assert isinstance(field, CompanyField)
            field.of(self.fair)
        self._roles = list(
            RoleAssignment.objects.filter(fair=self.fair, role=Role.INTERPRETER).select_related("user").order_by("pk")
        )
        people = [role.user_id for role in self._roles]
        if self.instance.interpreter_id:
            people.append(self.instance.interpreter_id)
        self.fields["interpreter"].queryset = User.objects.filter(pk__in=people)  # type: ignore[attr-defined]
        pairs = dict.fromkeys(pair for role in self._roles for pair in role.language_pairs)
        own = [self.instance.language_pair] if self.instance.language_pair else []
        languages = [(pair, pair_name(pair.split("-"))) for pair in (*pairs, *(one for one in own if one not in pairs))]
        self.choose("language_pair", [("", _("Not chosen")), *languages])
        self.choose("starts_at", [("", _("Not pinned")), *_times(self.fair, self.instance.starts_at)])

    def values(self) -> dict[str, Any]:
        row = self.instance
        return {
            "exhibitor": row.exhibitor_id, "buyer": row.buyer_id, "number": row.number, "need": row.need,
            "language_pair": row.language_pair, "interpreter": row.interpreter_id, "starts_at": row.starts_at,
            "remarks": row.remarks,
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        two = {"exhibitor", "buyer"} <= cleaned.keys() and not self.errors
        if two and (self.is_changed("exhibitor", cleaned) or self.is_changed("buyer", cleaned)):
            try:
                check_pair(self.fair, cleaned["exhibitor"], cleaned["buyer"])
            except Refused as refused:
                self.add_error(None, refused.sentence)
        conflicts = list(self._time_conflicts(cleaned)) if two and cleaned.get("starts_at") else []
        self._check_interpreter(cleaned)
        for sentence in conflicts:
            self.add_error("starts_at", sentence)
        return cleaned

    def _check_interpreter(self, cleaned: dict[str, Any]) -> None:
        person, pair = cleaned.get("interpreter"), cleaned.get("language_pair")
        if person and cleaned.get("need") and cleaned["need"] not in NEEDS_NAMED:
            self.add_error("interpreter", _("No interpreter of the fair is needed, yet one is named."))
        elif person and pair and not self._interprets(person, pair):
            self.add_error("interpreter", _("This interpreter does not work between these languages."))

    def _interprets(self, person: User, pair: str) -> bool:
        own = [role.language_pairs for role in self._roles if role.user_id == person.pk]
        return any(pair_of(one) == pair_of(pair) for pairs in own for one in pairs)

    def _time_conflicts(self, cleaned: dict[str, Any]) -> Iterator[str]:
        at, both = cleaned["starts_at"], (cleaned["exhibitor"], cleaned["buyer"])
        slot = Slot.objects.filter(fair=self.fair, starts_at=at).first()
        if slot is None:
            yield _("The fair has no slot at this time any more. Choose another.")
        elif not Availability(self.fair, both).is_working_time(slot):
            yield _("This time is outside the working hours of one of the two, or it is absent.")
        others = Pair.objects.filter(fair=self.fair, starts_at=at).exclude(pk=self.instance.pk)
        person = cleaned.get("interpreter")
        if person and others.filter(interpreter=person).exists():
            yield _("The interpreter is pinned to another pair at this time.")
        for company in both:
            taken = others.filter(exhibitor=company).count() + others.filter(buyer=company).count()
            if taken >= company.desks:
                yield _("One of the two is pinned to another meeting at this time.")
                return


def _times(fair: Fair, stored: datetime | None) -> Iterator[tuple[str, Any]]:
    """The fair's slots by day, each in both zones; a stored time that is none of them stays to be seen."""
    slots = list(fair.slots.select_related("day").order_by("starts_at"))
    if stored and stored not in {slot.starts_at for slot in slots}:
        yield _choice(fair, stored)
    days: dict[Any, list[tuple[str, str]]] = {}
    for slot in slots:
        days.setdefault(slot.day.date, []).append(_choice(fair, slot.starts_at, slot.day.date))
    for on, choices in days.items():
        yield format_day(on, current_language()), choices


def _choice(fair: Fair, at: datetime, under: date | None = None) -> tuple[str, str]:
    host, station = fair.places
    times = local_times(at, (station, host), current_language(), under)
    return at.astimezone(UTC).isoformat(), " · ".join(f"{one.day} {one.clock} {one.zone_name}".strip() for one in times)
