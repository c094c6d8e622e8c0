from django.urls import path

from . import views

urlpatterns = [
    path("", views.answers, name="answers"),
    path("remind/", views.remind, name="answers_remind"),
]
