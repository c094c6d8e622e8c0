from django.urls import path

from ..setup.row_views import act_routes
from . import row_views, views

urlpatterns = [
    path("", views.matching, name="matching"),
    path("run/", views.run, name="matching_run"),
    path("left-out/", views.left_out, name="matching_left_out"),
    path("below/", views.below, name="matching_below"),
    path("pin/", views.pin, name="matching_pin"),
    path("wish/", views.wish, name="matching_wish"),
    path("pairs/", row_views.pairs, name="pairs"),
    *act_routes(row_views.PAIRS),
    path("wishes/", row_views.wishes, name="wishes"),
    *act_routes(row_views.WISHES),
]
