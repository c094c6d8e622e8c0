from django.urls import path

from .absences import views as absences
from .call import views as call
from .changes import views as changes
from .day import calendar_views as calendar
from .day import list_views as lists
from .day import views as day
from .interpreting import brief_views as briefs
from .interpreting import roster_views as rosters
from .interpreting import views as interpreting
from .outcomes import link_views as outcome_links
from .outcomes import views as outcomes
from .requests import views as requests
from .rounds import views as rounds
from .satisfaction import views as satisfaction
from .schedule import views as schedule
from .slips import views as slips
from .wishes import views as wishes

app_name = "meetings"
urlpatterns = [
    path("day/", day.day, name="day"),
    path("calendar/", calendar.calendar_feed, name="calendar_feed"),
    path("calendar/<str:secret>.ics", calendar.calendar_read, name="calendar_read"),
    path("slip/", slips.own, name="own_slip"),
    path("slips/<int:participation>/", slips.slip, name="slip"),
    path("companies/<int:pk>/request/", requests.request_make, name="request_make"),
    path("absences/", absences.absences, name="absences"),
    path("absences/<int:pk>/remove/", absences.absence_remove, name="absence_remove"),
    path("companies/<int:pk>/schedule/", lists.firm, name="firm_schedule"),
    path("units/<int:pk>/schedule/", lists.unit, name="unit_schedule"),
    path("schedule/", lists.whole, name="whole_schedule"),
    path("roster/", rosters.roster, name="roster"),
    path("roster/<int:user>/", rosters.roster_of, name="roster_of"),
    path("interpreters/hours/", rosters.hours, name="hours"),
    path("interpreters/hours.csv", rosters.hours_csv, name="hours_csv"),
    path("companies/<int:pk>/wish/", wishes.wish, name="wish"),
    path("ticks/<int:pk>/", rounds.ticks, name="ticks"),
    path("wishes/", wishes.wishes, name="wishes"),
    path("requests/", requests.requests, name="requests"),
    path("requests/<int:pk>/accept/", requests.request_accept, name="request_accept"),
    path("requests/<int:pk>/decline/", requests.request_decline, name="request_decline"),
    path("requests/<int:pk>/withdraw/", requests.request_withdraw, name="request_withdraw"),
    path("requests/<int:pk>/interpreting/", requests.request_need, name="request_need"),
    path("meetings/<int:pk>/", schedule.meeting, name="meeting"),
    path("meetings/<int:pk>/room/", call.room, name="room"),
    path("meetings/<int:pk>/outcome/", outcomes.outcome, name="outcome"),
    path("confirm/<str:secret>/", outcome_links.outcome_link, name="outcome_link"),
    path("meetings/<int:pk>/outcome/next-step.ics", outcomes.next_step, name="outcome_next_step"),
    path("meetings/<int:pk>/satisfaction/", satisfaction.satisfaction, name="satisfaction"),
    path("meetings/<int:pk>/meeting.ics", schedule.calendar, name="calendar"),
    path("meetings/<int:pk>/brief/", briefs.brief, name="brief"),
    path("meetings/<int:pk>/interpreter/", interpreting.replace, name="interpreter"),
    path("meetings/<int:pk>/interpreting/", interpreting.need, name="interpreting"),
    path("meetings/<int:pk>/substitutes/", changes.substitutes, name="substitutes"),
    path("meetings/<int:pk>/cancel/", schedule.cancel, name="cancel"),
    path("meetings/<int:pk>/move/", schedule.move, name="move"),
]
