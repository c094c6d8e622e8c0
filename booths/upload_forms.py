"""A file to upload to one of the places that a page has, and what a script says of one before it sends it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairplatform.files.uploads import Declared

from .attachments import Target

LARGEST = 10**15  # what is too large is said by the upload itself, in words


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


class BeginForm(PlaceForm):
    """A file that is to be sent in parts."""

    # Not stripped: what a name hides at its ends is refused, not repaired.
    name = forms.CharField(max_length=1000, strip=False)
    size = forms.IntegerField(min_value=-LARGEST, max_value=LARGEST)
    modified = forms.IntegerField(min_value=0, max_value=LARGEST)

    @property
    def declared(self) -> Declared:
        told = self.cleaned_data
        return Declared(told["name"], told["size"], told["modified"])
