from django.urls import path

from . import board_views, views

urlpatterns = [
    path("", views.schedule, name="schedule"),
    path("make/", views.schedule_make, name="schedule_make"),
    path("stop/", views.schedule_stop, name="schedule_stop"),
    path("discard/", views.schedule_discard, name="schedule_discard"),
    path("publish/", views.schedule_publish, name="schedule_publish"),
    path("unpublish/<int:number>/", views.schedule_unpublish, name="schedule_unpublish"),
    path("board/", board_views.board, name="board"),
    path("board/<int:pk>/", board_views.board_move, name="board_move"),
    path("board/<int:pk>/lock/", board_views.board_lock, name="board_lock"),
]
