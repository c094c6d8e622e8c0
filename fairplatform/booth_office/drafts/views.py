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

from . import actions
from .actions import Choose

SAVED = 204


def typed(request: FairRequest, booth: Booth, choose: Choose) -> HttpResponse:
    """Keeps one input; a piece of a page to choose from where somebody else has changed it."""
    sent = {name: request.POST.get(name, "") for name in ("name", "text", "seen")}
    conflict = actions.keep_typed(request.actor, fair=booth.fair.slug, choose=choose, now=timezone.now(), **sent)
    if conflict is None:
        return HttpResponse(status=SAVED)
    return render(request, "booth_office/conflict.html", {"conflict": conflict})


def edit(
    request: FairRequest, booth: Booth, choose: Choose, template: str, route: str, context: dict[str, Any]
) -> HttpResponse:
    """Shows the form with what has been typed, publishes it, or discards what was typed."""
    fair, act = booth.fair.slug, request.POST.get("act", "")
    if request.method == "POST" and act == "discard":
        form = actions.discard(request.actor, fair=fair, choose=choose, data=request.POST)
        if not form.asks:
            said = _("What your colleagues typed is kept.") if form.theirs() else ""
            said = said or _("What was not published has been discarded.")
            messages.success(request, said, extra_tags=request.get_full_path())
            return redirect(request.path)
    elif request.method == "POST":
        form = actions.publish(
            request.actor, fair=fair, choose=choose, data=request.POST, show=act == "show", now=timezone.now()
        )
        if not form.errors:
            tell_saved(request, form, sentence=_("Published.") if form.is_public else _("Saved as a draft."))
            if choose(booth).form().theirs():
                messages.info(request, _("What your colleagues typed is kept, and not published."))
            return redirect(form.address(route))
    else:
        form = choose(booth).form()
    shown = {"booth": booth, "form": form, "languages": LANGUAGE_LABELS, "language": current_language(), **context}
    shown |= {"topic": choose(booth).topic, "act": act}
    return render(request, template, shown, status=409 if request.method == "POST" else 200)


def preview(request: FairRequest, booth: Booth, choose: Choose, title: str) -> HttpResponse:
    """The page that visitors would see, in the language asked for; nobody is told of what is in a draft."""
    asked = request.GET.get("language", "")
    language = asked if asked in LANGUAGES else current_language()
    previewed = choose(booth).preview()
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
        displays = booth.displays.select_related("product").order_by("rank", "pk")
        shown |= {"displays": showing.with_covers(displays, "product__picture"), "shown": showing.shown(previewed)}
        shown["state"] = booth_state(booth, request.actor)
    with translation.override(language):
        return render(request, f"booth_office/preview_{template}.html", shown)
