"""The form of a file's title."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booths.models import Attachment
from fairplatform.office.fields import InLanguagesField
from fairplatform.workbook.kinds import Text

TITLE_LENGTH = 120


class TitleForm(forms.Form):
    """The title of one attachment; it describes a picture to those who do not see it.

    Visitors know a document by it before they open it: marks that reorder a text are dropped, as from every text.
    """

    title = InLanguagesField(Text(TITLE_LENGTH), label=_("Title"), required=False)

    def __init__(self, attachment: Attachment, data: Mapping[str, Any] | None = None) -> None:
        # Many stand on one page.
        super().__init__(data, initial={"title": attachment.title}, auto_id=f"title-{attachment.pk}_%s")
