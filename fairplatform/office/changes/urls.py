from django.urls import path

from . import act_views, outage_views, paper_views, views

urlpatterns = [
    path("", views.answers, name="answers"),
    path("remind/", views.remind, name="answers_remind"),
    path("company/", act_views.company, name="company_leaves"),
    path("interpreter/", act_views.interpreter, name="interpreter_unavailable"),
    path("outage/", outage_views.outage, name="outage"),
    path("papers/", paper_views.papers, name="papers"),
    path("changes/<int:pk>/", act_views.change, name="change"),
]
