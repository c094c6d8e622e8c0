"""Choosing a language, and the sentences of the pages' own JavaScript."""

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation.trans_real import DjangoTranslation
from django.views.decorators.http import require_GET, require_POST

from fairplatform.accounts.request import FairRequest
from fairplatform.i18n.middleware import set_language_cookie
from fairplatform.policy import permits


@require_POST
@permits("page.open")
def choose(request: FairRequest) -> HttpResponse:
    """Stores the choice in a cookie and, for a person who is signed in, for their letters."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        language = "en"
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    # Not redirect(), which would take a word without a slash for the name of a view.
    response = HttpResponseRedirect(target if is_ours and target.startswith("/") else "/")
    set_language_cookie(response, language)
    if request.user.is_authenticated:
        request.user.language = language
        request.user.save(update_fields=["language"])
    return response


@require_GET
@permits("page.open")
def sentences(request: FairRequest, language: str) -> HttpResponse:
    """The catalogue of the domain `djangojs` as JSON: `{msgid: msgstr, or [plural forms]}`."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    catalogue: dict[str, str | list[str]] = {}
    if language != "en":
        locale = translation.to_locale(language)
        translations = DjangoTranslation(locale, domain="djangojs", localedirs=list(map(str, settings.LOCALE_PATHS)))
        for key, text in translations._catalog.items():  # type: ignore[attr-defined]
            if isinstance(key, tuple):
                forms = catalogue.setdefault(key[0], [])
                assert isinstance(forms, list)
                forms.append(text)
            elif key:
                catalogue[key] = text
    return JsonResponse(catalogue, headers={"Cache-Control": "public, max-age=300"})
