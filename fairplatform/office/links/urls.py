from django.urls import path

from . import message_views, views

urlpatterns = [
    path("links/", views.links, name="links"),
    path("links/issue/", views.issue, name="links_issue"),
    path("links/issued/", views.handouts, name="links_issued"),
    path("links/meetings/", message_views.meeting_messages, name="meeting_messages"),
    path("links/meetings/issue/", message_views.issue, name="meeting_messages_issue"),
    path("links/<int:registration>/access/", views.access, name="links_access"),
]
