from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import upload_views, views


class Digest(StringConverter):
    """A SHA-256 in hexadecimal."""

    regex = "[0-9a-f]{64}"


register_converter(Digest, "sha256")
app_name = "files"
urlpatterns = [
    path("<int:pk>/", views.file, name="file"),
    path("pictures/<sha256:sha256>/", views.picture, name="picture"),
    path("uploads/<uuid:pk>/", upload_views.upload, name="upload"),
]
