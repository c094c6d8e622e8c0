from django.urls import path

from ..setup.row_views import routes
from . import views
from .kinds import Rates, Reported

urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/<int:number>/", views.entry, name="ledger_entry"),
    *routes(Reported()),
    *routes(Rates()),
]
