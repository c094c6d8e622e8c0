"""Tells an organiser, and their browser, that a form has been saved."""

from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from fairplatform.accounts.request import FairRequest

from .forms import OfficeForm


def tell_saved(request: FairRequest, *forms: OfficeForm[Any], sentence: str = "") -> None:
    """The next page says so, with what is doubtful in these forms.

    The browser drops what it has kept of the form that was sent to this address.
    """
    messages.success(request, sentence or _("Saved."), extra_tags=request.get_full_path())
    for form in forms:
        for doubt in form.doubts():
            messages.warning(request, doubt)
