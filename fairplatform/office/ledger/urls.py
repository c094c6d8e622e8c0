from django.urls import path

from ..setup.row_views import routes
from . import paper_views, scan_views, views
from .kinds import Rates, Reported

urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/new/", paper_views.enter, name="ledger_enter"),
    path("ledger/<int:number>/", views.entry, name="ledger_entry"),
    path("ledger/<int:number>/correct/", paper_views.correct, name="ledger_correct"),
    path("ledger/<int:number>/withdraw/", paper_views.withdraw, name="ledger_withdraw"),
    path("ledger/<int:number>/scans/", scan_views.add_scan, name="ledger_scan"),
    path("ledger/<int:number>/scans/<int:scan>/remove/", scan_views.remove_scan, name="ledger_scan_remove"),
    path("ledger/<int:number>/release/", scan_views.release, name="ledger_release"),
    *routes(Reported()),
    *routes(Rates()),
]
