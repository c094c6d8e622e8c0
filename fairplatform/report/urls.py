from django.urls import path

from . import views

app_name = "report"
urlpatterns = [
    path("", views.report, name="report"),
    path("companies/", views.companies, name="companies"),
    path("rows/", views.rows, name="rows"),
    path("series/", views.series, name="series"),
    path("report.<str:form>", views.download, name="download"),
]
