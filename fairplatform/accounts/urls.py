from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("enter/<str:secret>/", views.enter, name="enter"),
]
