from django.urls import path

from . import views

app_name = "ledger"
urlpatterns = [
    path("agreements/", views.agreements, name="agreements"),
    path("agreements/<int:number>/", views.paper, name="paper"),
    path("agreements/<int:number>/release/", views.release, name="release"),
    path("companies/<int:pk>/agreements/", views.own, name="own"),
]
