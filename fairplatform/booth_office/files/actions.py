"""Naming the pictures and documents of a company."""

from django.db import transaction
from django.http import QueryDict

from booths.attachments import own_attachment
from booths.own_booth import lock_own
from fairplatform.accounts.actor import Actor

from .forms import TitleForm


@transaction.atomic
def retitle(actor: Actor, *, fair: str, attachment: int, data: QueryDict) -> TitleForm:
    """The form, which is stored unless it has errors: one is that somebody else has changed the same text meanwhile."""
    row = own_attachment(lock_own(actor, "booth.keep", fair), attachment)
    form = TitleForm(row, actor.person, data)
    if form.is_valid():
        form.save()
    return form
