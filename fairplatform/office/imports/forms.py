"""The form to upload a workbook."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairplatform.files.kinds import MAX_MEGABYTES
from fairplatform.workbook.uploading import LARGEST

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _limit(megabytes: int) -> str:
    sentence = gettext("Up to %(megabytes)s MB. Nothing is imported before you have seen the report.")
    return sentence % {"megabytes": megabytes}


def file_field(label: "_StrPromise", accepts: str, megabytes: int = MAX_MEGABYTES) -> forms.FileField:
    """A file to import. `accepts`: ends of names, which the browser's own window proposes."""
    return forms.FileField(
        label=label,
        help_text=lazy(_limit, str)(megabytes),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": accepts}),
    )


class UploadForm(forms.Form):
    file = file_field(_("Workbook (.xlsx)"), ".xlsx")


class WholeFairForm(forms.Form):
    """The same for the workbook of a whole fair, which the page's script sends in parts."""

    file = file_field(_("Workbook (.xlsx)"), ".xlsx", LARGEST.megabytes)
