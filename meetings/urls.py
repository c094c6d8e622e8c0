from django.urls import path

from .call import views as room
from .outcomes import views as outcome
from .requests import views as requests
from .schedule.views import day, meeting

app_name = "meetings"
urlpatterns = [
    path("day/", day.day, name="day"),
    path("companies/<int:pk>/request/", requests.request_make, name="request_make"),
    path("requests/", requests.requests, name="requests"),
    path("requests/<int:pk>/accept/", requests.request_accept, name="request_accept"),
    path("requests/<int:pk>/decline/", requests.request_decline, name="request_decline"),
    path("requests/<int:pk>/withdraw/", requests.request_withdraw, name="request_withdraw"),
    path("meetings/<int:pk>/", meeting.meeting, name="meeting"),
    path("meetings/<int:pk>/room/", room.room, name="room"),
    path("meetings/<int:pk>/outcome/", outcome.outcome, name="outcome"),
    path("meetings/<int:pk>/outcome/next-step.ics", outcome.next_step, name="outcome_next_step"),
    path("meetings/<int:pk>/meeting.ics", meeting.calendar, name="calendar"),
    path("meetings/<int:pk>/cancel/", meeting.cancel, name="cancel"),
    path("meetings/<int:pk>/move/", meeting.move, name="move"),
]
