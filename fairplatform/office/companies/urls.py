from django.urls import path

from . import views

urlpatterns = [
    path("", views.companies, name="companies"),
    path("add/", views.company_add, name="company_add"),
    path("<int:pk>/", views.company, name="company"),
]
