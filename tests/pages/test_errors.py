"""Error pages are in the reader's language and the fair's own design, whatever the error."""

import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import path, reverse
from django.utils import translation

import fairplatform.urls
from fairplatform.i18n.text import HTML_LANG
from fairplatform.pages import errors
from tests.factories import make_person

pytestmark = pytest.mark.django_db
RESET = "/accounts/password/reset/"


def foreign_host(client: Client) -> Any:
    return client.get("/", HTTP_HOST="evil.example")


def large_form(client: Client) -> Any:
    return client.post(reverse("account_login"), {"login": "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})


def many_fields(client: Client) -> Any:
    return client.post(reverse("account_login"), {f"f{n}": "" for n in range(1001)})


def stale_form(client: Client) -> Any:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    return strict.post(reverse("account_login"), {"login": "a"})


def many_letters(client: Client) -> Any:
    person = make_person()
    return [client.post(RESET, {"email": person.email}) for _ in range(4)][-1]


def form_address(client: Client) -> Any:
    return client.get(reverse("language:choose"))


def ended_session(client: Client) -> Any:
    """The person signs out in another window while this one is being answered."""

    def view(request: HttpRequest) -> HttpResponse:
        request.session["seen"] = True
        Session.objects.all().delete()
        return HttpResponse()

    urls = ModuleType("urls")
    vars(urls).update(vars(fairplatform.urls), urlpatterns=[path("ending/", view), *fairplatform.urls.urlpatterns])
    client.force_login(make_person())
    with override_settings(ROOT_URLCONF=urls):
        return client.get("/ending/")


def unknown_page(client: Client) -> Any:
    return client.get("/nowhere/")


PAGES: dict[Callable[[Client], Any], tuple[int, dict[str, str]]] = {
    foreign_host: (
        400,
        {"en": "could not be processed", "zh-hans": "无法处理该请求", "ur": "کارروائی مکمل نہیں ہو سکی"},
    ),
    many_fields: (
        400,
        {"en": "could not be processed", "zh-hans": "无法处理该请求", "ur": "کارروائی مکمل نہیں ہو سکی"},
    ),
    large_form: (
        413,
        {"en": "Too large to send", "zh-hans": "内容过大，无法发送", "ur": "مواد مقررہ حد سے بڑا ہے"},
    ),
    form_address: (405, {"en": "cannot be opened directly", "zh-hans": "无法直接打开", "ur": "براہِ راست نہیں"}),
    ended_session: (403, {"en": "This form has expired", "zh-hans": "表单", "ur": "فارم"}),
    stale_form: (403, {"en": "This form has expired", "zh-hans": "表单", "ur": "فارم"}),
    many_letters: (
        429,
        {
            "en": "Too many requests in a short time",
            "zh-hans": "请稍",
            "ur": "تھوڑی دیر میں بہت زیادہ بار کوشش کی گئی ہے",
        },
    ),
    unknown_page: (404, {"en": "Page not found", "zh-hans": "页面", "ur": "صفحہ"}),
}


@pytest.mark.parametrize("language", ["en", "zh-hans", "ur"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_a_fault_is_a_page_of_the_fair_in_the_readers_language(page: Callable[[Client], Any], language: str) -> None:
    client = Client(raise_request_exception=False)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = page(client)
    status, words = PAGES[page]
    assert answer.status_code == status
    assert words[language] in answer.text
    assert f'lang="{HTML_LANG[language]}"' in answer.text
    assert f'dir="{"rtl" if language == "ur" else "ltr"}"' in answer.text
    assert 'class="header__home"' in answer.text and 'class="empty"' in answer.text
    assert '<meta name="robots" content="noindex">' in answer.text
    # Nothing is left in English (names of languages and codes are not sentences).
    main = answer.text.split("<main")[1].split("</main>")[0]
    assert bool(re.search(r">[^<]*[a-z]{3,} [a-z]{3,}[^<]*<", main)) == (language == "en")
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(("language", "words"), [("en", "Your role"), ("zh-hans", "您的身"), ("ur", "اجازت")])
def test_a_403_says_so_in_the_readers_language(language: str, words: str, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = make_person()
    request.resolver_match = None
    with translation.override(language):
        answer = errors.forbidden(request, PermissionDenied())
    assert answer.status_code == 403
    assert words in answer.content.decode()


@pytest.mark.parametrize("page", ["fault", "failed", "unavailable"])
def test_the_mark_leads_home_by_name_where_there_is_no_room_for_it(page: str) -> None:
    with translation.override("zh-hans"):
        text = render_to_string(f"errors/{page}.html")
    assert re.findall(r'<a class="header__home" href="/"\s+(.*?)>', text) == ['aria-label="网上交易会"']
