from django.urls import path

from . import views

urlpatterns = [
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/make/", views.make, name="token_make"),
    path("tokens/<int:token>/revoke/", views.revoke, name="token_revoke"),
]
