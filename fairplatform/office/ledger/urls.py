from django.urls import path

from ..setup.row_views import routes
from . import paper_views, views
from .kinds import Rates, Reported

urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/new/", paper_views.enter, name="ledger_enter"),
    path("ledger/<int:number>/", views.entry, name="ledger_entry"),
    path("ledger/<int:number>/correct/", paper_views.correct, name="ledger_correct"),
    path("ledger/<int:number>/withdraw/", paper_views.withdraw, name="ledger_withdraw"),
    *routes(Reported()),
    *routes(Rates()),
]
