from django.urls import path

from . import merge_views, place_views, views

urlpatterns = [
    path("", views.people, name="people"),
    path("add/", views.person_add, name="person_add"),
    path("doubles/", merge_views.person_doubles, name="person_doubles"),
    path("<int:user>/merge/<int:other>/", merge_views.person_merge, name="person_merge"),
    path("<int:user>/", views.person, name="person"),
    path("<int:user>/remove/", views.person_remove, name="person_remove"),
    path("<int:user>/roles/add/", place_views.place_add, name="place_add"),
    path("<int:user>/roles/<slug:place>/", place_views.place_change, name="place_change"),
    path("<int:user>/roles/<slug:place>/remove/", place_views.place_remove, name="place_remove"),
]
