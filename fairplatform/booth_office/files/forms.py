"""The form of a file's title."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from booths.models import Attachment
from fairplatform.accounts.models import User
from fairplatform.office.fields import InLanguagesField
from fairplatform.workbook.kinds import Text

from ..forms.drafted import DraftedForm

TITLE_LENGTH = 120


class TitleForm(DraftedForm[Attachment]):
    """The title of one attachment; it describes a picture to those who do not see it.

    It has no draft; but two people may title a file at once, each in a language of their own. Visitors know a document
    by it before they open it: marks that reorder a text are dropped, as from every text.
    """

    title = InLanguagesField(Text(TITLE_LENGTH), label=_("Title"), required=False)

    class Meta:
        model = Attachment
        fields = ("title",)

    def __init__(self, attachment: Attachment, person: User, data: QueryDict | None = None) -> None:
        # Many stand on one page.
        known: dict[str, Any] = {"draft": None, "person": person, "auto_id": f"title-{attachment.pk}_%s"}
        super().__init__(data, instance=attachment, **known)
