"""Every page of the program; /healthz, /readyz and /metrics are served before them (fairplatform/health)."""

from django.urls import include, path

from booths.views.hs_codes import hs_found
from fairplatform.pages import languages
from fairplatform.pages.home import arrival, home
from fairplatform.pages.views import favicon, robots

language_urls = [
    path("choose", languages.choose, name="choose"),
    path("sentences/<str:language>.json", languages.sentences, name="sentences"),
]

urlpatterns = [
    path("", home, name="home"),
    path("arrival/", arrival, name="arrival"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
    path("hs-codes/", hs_found, name="hs_codes"),
    path("language/", include((language_urls, "language"))),
    path("accounts/", include("fairplatform.accounts.urls")),
    path("accounts/", include("fairplatform.accounts.allauth_urls")),
    path("files/", include("fairplatform.files.urls")),
    path("notices/", include("fairplatform.notices.urls")),
    path("api/v1/", include("fairplatform.api.urls")),
    path("demonstration/", include("fairplatform.demo.urls")),
    path("fairs/<slug:fair>/", include("fairplatform.pages.urls")),
    path("fairs/<slug:fair>/", include("booths.urls")),
    path("fairs/<slug:fair>/demands/", include("fairplatform.demands.urls")),
    path("fairs/<slug:fair>/messages/", include("chat.urls")),
    path("fairs/<slug:fair>/", include("meetings.urls")),
    path("fairs/<slug:fair>/", include("fairplatform.ledger.urls")),
    path("fairs/<slug:fair>/organise/", include("fairplatform.office.urls")),
    path("fairs/<slug:fair>/control/", include("fairplatform.control_room.urls")),
    path("fairs/<slug:fair>/report/", include("fairplatform.report.urls")),
    path("fairs/<slug:fair>/office/", include("fairplatform.booth_office.urls")),
]

handler400 = "fairplatform.pages.errors.bad_request"
handler403 = "fairplatform.pages.errors.forbidden"
handler404 = "fairplatform.pages.errors.not_found"
handler429 = "fairplatform.pages.errors.too_many"  # asked for by allauth
handler500 = "fairplatform.pages.errors.failed"
