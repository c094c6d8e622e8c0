from django.urls import include, path

from . import views

app_name = "office"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("companies/", include("fairplatform.office.companies.urls")),
    path("people/", include("fairplatform.office.people.urls")),
    path("", include("fairplatform.office.links.urls")),
    path("", include("fairplatform.office.imports.urls")),
]
