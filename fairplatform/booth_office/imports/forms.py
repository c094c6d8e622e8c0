"""The form to upload a company's own sheet."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fairplatform.office.imports.forms import file_field


class OwnUploadForm(forms.Form):
    use_required_attribute = False
    file = file_field(_("Spreadsheet (Excel or CSV)"), ".xlsx,.xls,.csv")
