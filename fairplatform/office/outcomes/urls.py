from django.urls import path

from . import link_views, owed_views, views

urlpatterns = [
    path("", owed_views.outcomes, name="outcomes"),
    path("ask/", owed_views.ask, name="outcomes_ask"),
    path("link/<int:company>/", link_views.link, name="outcomes_link"),
    path("calls/", owed_views.calls, name="outcomes_calls"),
    path("satisfaction/", views.satisfaction, name="satisfaction"),
]
