"""Forms of the conversation pages, which work without JavaScript and without the socket."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _


class MessageForm(forms.Form):
    """A message. The page carries its `client_id`, so that a form submitted twice is stored once."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    body = forms.CharField(label=_("Message"), widget=forms.Textarea(attrs={"rows": 1, "dir": "auto"}), max_length=4000)
    use_required_attribute = False


class SearchForm(forms.Form):
    """Narrows the list of conversations by the names of members and their companies."""

    q = forms.CharField(label=_("Name or company"), required=False, max_length=80)
