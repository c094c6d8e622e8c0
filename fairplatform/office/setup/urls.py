from django.urls import path

from . import row_views, state_views, views
from .participants import Bodies, Halls, Units
from .working_time import Days, Holidays, Hours

KINDS = (Bodies(), Units(), Halls(), Days(), Hours(), Holidays())

urlpatterns = [
    path("", views.overview, name="overview"),
    path("fair/", views.settings, name="fair"),
    path("bodies/<int:pk>/move/", views.move_body, name="bodies_move"),
    path("hours/usual/", views.usual_hours, name="hours_usual"),
    path("holidays/none/", views.no_holidays, name="holidays_none"),
    path("common-hours/", views.common, name="common_hours"),
    *state_views.routes,
    *[route for kind in KINDS for route in row_views.routes(kind)],
]
