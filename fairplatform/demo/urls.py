from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [
    path("", views.people, name="people"),
    path("enter/<str:key>/", views.enter, name="enter"),
]
