from django.urls import path

from . import state_views, views

urlpatterns = [
    path("", views.companies, name="companies"),
    path("add/", views.company_add, name="company_add"),
    path("state/", state_views.companies_state, name="companies_state"),
    path("<int:pk>/", views.company, name="company"),
    path("<int:pk>/verified/", state_views.company_verified, name="company_verified"),
]
