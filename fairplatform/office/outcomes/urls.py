from django.urls import path

from . import owed_views, views

urlpatterns = [
    path("", owed_views.outcomes, name="outcomes"),
    path("ask/", owed_views.ask, name="outcomes_ask"),
    path("calls/", owed_views.calls, name="outcomes_calls"),
    path("satisfaction/", views.satisfaction, name="satisfaction"),
]
