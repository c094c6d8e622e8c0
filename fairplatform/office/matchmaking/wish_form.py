"""The form of a wish that organisers enter for a company."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from fairplatform.errors import Refused
from fairplatform.fairs.models import Preference
from fairplatform.workbook.stored.wishes import PREFERENCES

from ..fields import as_columns
from ..setup.forms import SetupForm
from .actions import check_wish
from .company_field import CompanyField


class WishForm(SetupForm[Preference]):
    once = (("participation", "wanted"), gettext_lazy("This company has a wish about the other one. Change that one."))
    participation = CompanyField(
        label=gettext_lazy("Company"), help_text=gettext_lazy("The company that wishes it, by its name or key.")
    )
    wanted = CompanyField(label=gettext_lazy("The other company"))

    class Meta:
        model = Preference
        formfield_callback = as_columns("preferences", PREFERENCES.fields)
        fields = ("participation", "wish", "wanted")
        labels: ClassVar = {"wish": gettext_lazy("Wish")}

    def prepare(self) -> None:
        super().prepare()
        for name in ("participation", "wanted"):
            field = self.fields[name]
            assert isinstance(field, CompanyField)
            field.of(self.fair)

    def values(self) -> dict[str, Any]:
        row = self.instance
        return {"participation": row.participation_id, "wish": row.wish, "wanted": row.wanted_id}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.keys() >= {"participation", "wanted", "wish"} and not self.errors:
            try:
                check_wish(cleaned["participation"], cleaned["wanted"], cleaned["wish"])
            except Refused as refused:
                self.add_error(None, refused.sentence)
        return cleaned
