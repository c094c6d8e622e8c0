from django.urls import path

from . import views

urlpatterns = [
    path("satisfaction/", views.satisfaction, name="satisfaction"),
]
