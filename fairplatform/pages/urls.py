from django.urls import path

from . import views
from .registration import registration

app_name = "pages"
urlpatterns = [
    path("", views.fair, name="fair"),
    path("about/", views.about, name="about"),
    path("agreed/", views.agreed, name="agreed"),
    path("registration/", registration, name="registration"),
]
