from django.urls import path

from ..setup.row_views import act_routes
from . import round_views, row_views, views

urlpatterns = [
    path("", views.matching, name="matching"),
    path("run/", views.run, name="matching_run"),
    path("stop/", views.stop, name="matching_stop"),
    path("left-out/", views.left_out, name="matching_left_out"),
    path("below/", views.below, name="matching_below"),
    path("pin/", views.pin, name="matching_pin"),
    path("wish/", views.wish, name="matching_wish"),
    path("pairs/", row_views.pairs, name="pairs"),
    *act_routes(row_views.PAIRS),
    path("wishes/", row_views.wishes, name="wishes"),
    *act_routes(row_views.WISHES),
    path("rounds/", round_views.rounds, name="rounds"),
    path("rounds/<int:pk>/", round_views.tick_round, name="round"),
    path("rounds/<int:pk>/deadline/", round_views.round_deadline, name="round_deadline"),
    path("rounds/<int:pk>/close/", round_views.round_close, name="round_close"),
    path("ticks/<int:pk>/", round_views.ticks_entry, name="ticks"),
]
