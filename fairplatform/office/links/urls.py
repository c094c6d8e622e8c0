from django.urls import path

from . import views

urlpatterns = [
    path("links/", views.links, name="links"),
    path("links/issue/", views.issue, name="links_issue"),
    path("links/issued/", views.handouts, name="links_issued"),
    path("links/<int:registration>/access/", views.access, name="links_access"),
]
