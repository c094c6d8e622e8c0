from django.urls import path

from . import views

app_name = "chat"
urlpatterns = [
    path("", views.conversations, name="conversations"),
    path("<int:pk>/", views.conversation, name="conversation"),
]
