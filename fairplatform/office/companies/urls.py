from django.urls import path

from . import merge_views, state_views, views

urlpatterns = [
    path("", views.companies, name="companies"),
    path("add/", views.company_add, name="company_add"),
    path("state/", state_views.companies_state, name="companies_state"),
    path("doubles/", merge_views.doubles, name="doubles"),
    path("<int:pk>/", views.company, name="company"),
    path("<int:pk>/verified/", state_views.company_verified, name="company_verified"),
    path("<int:pk>/merge/<int:other>/", merge_views.company_merge, name="company_merge"),
]
