from django.urls import path

from . import views

app_name = "control_room"
urlpatterns = [
    path("", views.control, name="control"),
    path("figures/", views.figures, name="figures"),
]
