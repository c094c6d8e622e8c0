from django.urls import path

from . import views
from .company_invitation import company_invitation
from .registration import registration

app_name = "pages"
urlpatterns = [
    path("", views.fair, name="fair"),
    path("about/", views.about, name="about"),
    path("agreed/", views.agreed, name="agreed"),
    path("invitation/<int:pk>/", company_invitation, name="company_invitation"),
    path("registration/", registration, name="registration"),
]
