"""What a person submits about conversations without the socket."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _


class MessageForm(forms.Form):
    """A message. `client_id` stands in the page, so that sending the form twice stores it once."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    body = forms.CharField(label=_("Message"), widget=forms.Textarea(attrs={"rows": 1, "dir": "auto"}), max_length=4000)
    use_required_attribute = False


class SearchForm(forms.Form):
    """Narrows a list by the names of people and companies in it."""

    q = forms.CharField(label=_("Name or company"), required=False, max_length=80)
