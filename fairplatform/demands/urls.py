from django.urls import path

from .views import answers, exhibitors, gaps, own, pictures, taken

app_name = "demands"
urlpatterns = [
    path("", own.own, name="own"),
    path("new/", own.add, name="add"),
    path("wanted/", exhibitors.wanted, name="wanted"),
    path("taken/", taken.taken, name="taken"),
    path("taken/new/", taken.take, name="take"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("gaps.xlsx", gaps.gaps_xlsx, name="gaps_xlsx"),
    path("gaps.csv", gaps.gaps_csv, name="gaps_csv"),
    path("<int:pk>/", own.demand, name="demand"),
    path("<int:pk>/edit/", own.change, name="change"),
    path("<int:pk>/close/", own.close, name="close"),
    path("<int:pk>/reopen/", own.reopen, name="reopen"),
    path("<int:pk>/confirm/", taken.confirm, name="confirm"),
    path("<int:pk>/remove/", taken.discard, name="discard"),
    path("<int:pk>/pictures/", pictures.pictures, name="pictures"),
    path("<int:pk>/pictures/<int:attachment>/remove/", pictures.picture_remove, name="picture_remove"),
    path("<int:pk>/pictures/uploads/", pictures.upload_begin, name="upload_begin"),
    path("<int:pk>/pictures/uploads/<uuid:upload>/finish/", pictures.upload_finish, name="upload_finish"),
    path("<int:pk>/pictures/uploads/<uuid:upload>/cancel/", pictures.upload_cancel, name="upload_cancel"),
    path("<int:pk>/answers/", answers.answers, name="answers"),
    path("<int:pk>/quote/", exhibitors.quote, name="quote"),
    path("<int:pk>/quote/withdraw/", exhibitors.withdraw, name="withdraw"),
]
