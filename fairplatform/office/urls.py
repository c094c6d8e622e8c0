from django.urls import include, path

from .runs import dismiss

app_name = "office"
urlpatterns = [
    path("", include("fairplatform.office.setup.urls")),
    path("companies/", include("fairplatform.office.companies.urls")),
    path("answers/", include("fairplatform.office.changes.urls")),
    path("schedule/", include("fairplatform.office.scheduling.urls")),
    path("outcomes/", include("fairplatform.office.outcomes.urls")),
    path("people/", include("fairplatform.office.people.urls")),
    path("matching/", include("fairplatform.office.matchmaking.urls")),
    path("", include("fairplatform.office.ledger.urls")),
    path("runs/<int:run>/dismiss/", dismiss, name="run_dismiss"),
    path("", include("fairplatform.office.links.urls")),
    path("", include("fairplatform.office.imports.urls")),
    path("", include("fairplatform.office.units.urls")),
    path("", include("fairplatform.office.programs.urls")),
]
