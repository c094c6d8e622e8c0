from django.urls import path

from . import views

urlpatterns = [
    path("", views.schedule, name="schedule"),
    path("make/", views.schedule_make, name="schedule_make"),
    path("stop/", views.schedule_stop, name="schedule_stop"),
    path("discard/", views.schedule_discard, name="schedule_discard"),
    path("publish/", views.schedule_publish, name="schedule_publish"),
    path("unpublish/<int:number>/", views.schedule_unpublish, name="schedule_unpublish"),
]
