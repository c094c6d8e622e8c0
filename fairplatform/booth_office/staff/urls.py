from django.urls import path

from . import link_views, shift_views, views

urlpatterns = [
    path("staff/", views.staff, name="staff"),
    path("staff/add/", views.staff_add, name="staff_add"),
    path("staff/link/", link_views.staff_issued, name="staff_issued"),
    path("staff/<int:staff>/", views.staff_person, name="staff_person"),
    path("staff/<int:staff>/end/", views.staff_end, name="staff_end"),
    path("staff/<int:staff>/link/", link_views.staff_link, name="staff_link"),
    path("staff/invitations/<int:registration>/withdraw/", views.staff_withdraw, name="staff_withdraw"),
    path("staff/shifts/add/", shift_views.shift_add, name="shift_add"),
    path("staff/shifts/copy/", shift_views.shift_copy, name="shift_copy"),
    path("staff/shifts/<int:pk>/remove/", shift_views.shift_remove, name="shift_remove"),
]
