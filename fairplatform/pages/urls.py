from django.urls import path

from . import views

app_name = "pages"
urlpatterns = [
    path("", views.fair, name="fair"),
    path("about/", views.about, name="about"),
    path("agreed/", views.agreed, name="agreed"),
]
