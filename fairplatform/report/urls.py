from django.urls import path

from . import brief_views, views

app_name = "report"
urlpatterns = [
    path("", views.report, name="report"),
    path("companies/", views.companies, name="companies"),
    path("rows/", views.rows, name="rows"),
    path("series/", views.series, name="series"),
    path("report.<str:form>", views.download, name="download"),
    path("briefs/", brief_views.briefs, name="briefs"),
    path("briefs/<str:on>/", brief_views.brief, name="brief"),
    path("briefs/<str:on>/write/", brief_views.write, name="brief_write"),
    path("briefs/<str:on>/approve/", brief_views.approve, name="brief_approve"),
    path("briefs/<str:on>/brief.pdf", brief_views.download, name="brief_file"),
]
