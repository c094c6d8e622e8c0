from django.urls import path

from . import confirm_links, link_views, owed_views, views

urlpatterns = [
    path("", owed_views.outcomes, name="outcomes"),
    path("ask/", owed_views.ask, name="outcomes_ask"),
    path("link/<int:company>/", link_views.link, name="outcomes_link"),
    path("links/", confirm_links.make, name="outcomes_links"),
    path("links/issued/", confirm_links.issued, name="outcomes_links_issued"),
    path("calls/", owed_views.calls, name="outcomes_calls"),
    path("satisfaction/", views.satisfaction, name="satisfaction"),
]
