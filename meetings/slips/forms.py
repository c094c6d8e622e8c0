"""What the page of a slip sends: what was seen, and which meetings the company cannot attend."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import SlipAnswer

from .actions import NOTE_LENGTH, Refusal
from .slip import Item

Source = SlipAnswer.Source
ATTENDS = ("", gettext_lazy("We attend"))


class ItemForm(forms.Form):
    """Of one meeting: nothing, or why it cannot be attended."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Our answer"), required=False, choices=[ATTENDS, *SlipAnswer.Reason.choices]
    )
    note = forms.CharField(
        label=gettext_lazy("In your words"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, item: Item, data: QueryDict | None = None) -> None:
        answer = item.answer if item.state == "cannot" else None
        initial = {"reason": answer.reason, "note": answer.note} if answer else {}
        super().__init__(data, prefix=str(item.meeting.pk), initial=initial)
        self.item = item

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("note") and not cleaned.get("reason"):
            self.add_error("reason", _("Choose why you cannot attend, or remove your words."))
        return cleaned


class SlipForm(forms.Form):
    """All of a slip. `items`: by meeting. `with_source`: it is entered for the company, as its answer came."""

    source = forms.ChoiceField(
        label=gettext_lazy("How the answer came"),
        choices=[("", "–"), *(choice for choice in Source.choices if choice[0] != Source.PAGE)],
    )

    def __init__(self, items: Sequence[Item], data: QueryDict | None = None, *, with_source: bool) -> None:
        super().__init__(data)
        self.items = [ItemForm(item, data) for item in items]
        if not with_source:
            del self.fields["source"]

    def is_valid(self) -> bool:
        for one in self.items:
            if not one.is_valid():
                self.add_error(None, _("Check the answers to the meetings that are marked."))
        return super().is_valid()

    @property
    def seen(self) -> list[str]:
        return self.data.getlist("seen")  # type: ignore[attr-defined,no-any-return]

    @property
    def refused(self) -> dict[int, Refusal]:
        chosen = {one.item.meeting.pk: one.cleaned_data for one in self.items}
        return {pk: Refusal(one["reason"], one["note"]) for pk, one in chosen.items() if one["reason"]}
