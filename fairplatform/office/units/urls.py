from django.urls import path

from . import views

urlpatterns = [
    path("unit/<int:pk>/", views.unit_companies, name="unit_companies"),
    path("unit/<int:pk>/links/issue/", views.unit_links_issue, name="unit_links_issue"),
    path("unit/<int:pk>/links/issued/", views.unit_links_issued, name="unit_links_issued"),
]
