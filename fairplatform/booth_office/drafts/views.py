"""What the pages with drafts have in common: keeping an input, publishing, discarding."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from booths import showing
from booths.booth_state import booth_state
from booths.models import Booth, Display, Product
from fairplatform.accounts.request import FairRequest
from fairplatform.i18n.forms import LANGUAGE_LABELS
from fairplatform.i18n.text import HTML_LANG, LANGUAGES, current_language, direction
from fairplatform.office.saved import tell_saved
from fairplatform.realtime import topic_names

from . import actions
from .subject import BoothOfficeForm, Subject, Which

SAVED = 204


def typed(request: FairRequest, booth: Booth, which: Which) -> HttpResponse:
    """Keeps one input; a piece of a page to choose from where somebody else has changed it."""
    sent = {name: request.POST.get(name, "") for name in ("name", "text", "seen")}
    conflict = actions.keep_typed(request.actor, fair=booth.fair.slug, which=which, now=timezone.now(), **sent)
    if conflict is None:
        return HttpResponse(status=SAVED)
    return render(request, "booth_office/conflict.html", {"conflict": conflict})


def edit(request: FairRequest, subject: Subject, template: str, route: str, context: dict[str, Any]) -> HttpResponse:
    """Shows the form with what has been typed, publishes it, or discards what was typed."""
    is_act, act = request.method == "POST", request.POST.get("act", "")
    if is_act and act == "discard":
        form = _discarded(request, subject)
        if not form.asks:
            return redirect(request.path)
    elif is_act:
        form = _published(request, subject, act)
        if not form.errors:
            return redirect(form.address(route))
    else:
        form = subject.form()
    shown: dict[str, Any] = {"booth": subject.booth, "form": form, "act": act}
    # Of a new product nothing arrives: that a colleague is adding one too is all that is told.
    shown["topic"] = subject.topic or topic_names.office(subject.booth.pk, "new")
    shown |= {"languages": LANGUAGE_LABELS, "language": current_language()}
    return render(request, template, shown | context, status=409 if is_act else 200)


def _discarded(request: FairRequest, subject: Subject) -> BoothOfficeForm:
    fair = subject.booth.fair.slug
    form = actions.discard(request.actor, fair=fair, which=subject.which, data=request.POST)
    if not form.asks:
        kept, discarded = _("Your colleagues' changes are kept."), _("Unpublished changes have been discarded.")
        messages.success(request, kept if form.staying else discarded, extra_tags=request.get_full_path())
    return form


def _published(request: FairRequest, subject: Subject, act: str) -> BoothOfficeForm:
    fair, now = subject.booth.fair.slug, timezone.now()
    form = actions.publish(
        request.actor, fair=fair, which=subject.which, data=request.POST, show=act == "show", now=now
    )
    if not form.errors:
        tell_saved(request, form, sentence=_("Published.") if form.is_public else _("Saved. Visitors cannot see it."))
        if form.staying:
            messages.info(request, _("Your colleagues' changes are kept and have not been published."))
    return form


def preview(request: FairRequest, subject: Subject, title: str) -> HttpResponse:
    """The page that visitors would see, in the language asked for; nobody is told of what is in a draft."""
    asked = request.GET.get("language", "")
    language = asked if asked in LANGUAGES else current_language()
    booth, previewed = subject.booth, subject.preview()
    shown: dict[str, Any] = {
        "fair": booth.fair, "company": previewed, "booth": booth, "hall": booth.hall, "is_own": False, "title": title,
        "may_request_meeting": False, "html_lang": HTML_LANG[language], "direction": direction(language),
    }  # fmt: skip
    if isinstance(previewed, Product):
        template = "product"
        shown |= {"display": Display(booth=booth, product=previewed), "product": previewed}
        shown["company"] = previewed.company
        if previewed.pk:
            shown["shown"] = showing.shown(previewed.company, previewed)
    else:
        template = "booth"
        shown |= {"displays": showing.goods_of(booth), "shown": showing.shown(previewed)}
        shown["state"] = booth_state(booth, request.actor)
    with translation.override(language):
        return render(request, f"booth_office/preview_{template}.html", shown)
