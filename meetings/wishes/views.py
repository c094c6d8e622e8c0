"""A company's own wishes: their list, and the page on which it says one about another company."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation, Preference
from fairplatform.policy import permits
from meetings.matching.unmet import prospects_of

from . import actions, queries

CHOICES = [
    (Preference.Wish.MUST, gettext_lazy("We must meet")),
    (Preference.Wish.WOULD, gettext_lazy("We would like to meet")),
    (Preference.Wish.NO, gettext_lazy("We do not want to meet")),
    ("", gettext_lazy("No wish")),
]


class WishForm(forms.Form):
    """Of one of the companies that the person manages."""

    company = forms.TypedChoiceField(coerce=int, required=False, label=gettext_lazy("For your company"))
    wish = forms.ChoiceField(
        choices=CHOICES, required=False, widget=forms.RadioSelect, label=gettext_lazy("Your wish"), initial=""
    )

    def __init__(self, *args: object, own: list[Participation], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        company = self.fields["company"]
        assert isinstance(company, forms.TypedChoiceField)
        company.choices = [(one.pk, str(one.company.name)) for one in own]
        if len(own) == 1:
            company.widget = forms.HiddenInput()
        self._own = own

    def clean_company(self) -> int:
        """Where there is only one company, it need not be sent."""
        return self.cleaned_data["company"] or self._own[0].pk


@require_GET
@permits("wishes.see", Fair, fair="slug")
def wishes(request: FairRequest, fair: Fair) -> HttpResponse:
    own = memberships(request.actor.person, fair.pk).manager_of
    rows = list(queries.of_companies(own))
    unplanned = queries.unplanned(fair, rows)
    companies = Participation.objects.filter(pk__in=own, state=Participation.State.APPROVED)
    context = {
        "fair": fair,
        "own_prospects": [
            (one, found)
            for one in companies.select_related("company", "fair").order_by("pk")
            if (found := prospects_of(one, timezone.now()))
        ],
        "wishes": [(row, unplanned.get(row.pk, "")) for row in rows],
        "asked": queries.asked(own),
        "is_manager": bool(own),
        "several": len(own) > 1,
    }
    return render(request, "meetings/wishes.html", context)


@require_http_methods(["GET", "POST"])
@permits("wish.say", Participation, fair="fair__slug", pk="pk")
def wish(request: FairRequest, other: Participation) -> HttpResponse:
    """`pk`: the participation of the other company. Of another company's managers nobody sees the wish."""
    keys = memberships(request.actor.person, other.fair_id).manager_of - {other.pk}
    rows = Participation.objects.filter(pk__in=keys).select_related("company").order_by("pk")
    own = [one for one in rows if actions.can_meet(one, other)]
    if not own:
        raise Refused("not_permitted")
    form = WishForm(request.POST or None, own=own, initial={"wish": queries.wish_of(own[0], other)})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        actions.keep_wish(request.actor, company=values["company"], wanted=other.pk, wish=values["wish"])
        messages.success(request, _("Saved."))
        return redirect("meetings:wishes", fair=other.fair.slug)
    context = {"fair": other.fair, "other": other, "form": form}
    return render(request, "meetings/wish.html", context, status=409 if form.errors else 200)
