"""A file to upload to one of the places that a page has, and what a script says of one before it sends it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairplatform.files.upload_forms import DeclaredForm

from .attachments import Target


class PlaceForm(forms.Form):
    """Where a file is to go: one of the places that the page has."""

    place = forms.ChoiceField()

    def __init__(self, places: list[Target], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.targets = {target.place: target for target in places}
        self.fields["place"] = forms.ChoiceField(choices=[(place, place) for place in self.targets])

    @property
    def target(self) -> Target:
        return self.targets[self.cleaned_data["place"]]


class FileForm(PlaceForm):
    """A file, sent with the form itself."""

    file = forms.FileField(error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")})


class BeginForm(DeclaredForm, PlaceForm):
    """A file that is to be sent in parts, and where it is to go."""
