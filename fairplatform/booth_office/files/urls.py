from django.urls import path

from . import upload_views, views

urlpatterns = [
    path("files/", views.files, name="files"),
    path("files/<int:pk>/title/", views.attachment_title, name="attachment_title"),
    path("files/<int:pk>/move/", views.attachment_move, name="attachment_move"),
    path("files/<int:pk>/remove/", views.attachment_remove, name="attachment_remove"),
    path("files/uploads/", upload_views.upload_begin, name="upload_begin"),
    path("files/uploads/<uuid:pk>/finish/", upload_views.upload_finish, name="upload_finish"),
    path("files/uploads/<uuid:pk>/cancel/", upload_views.upload_cancel, name="upload_cancel"),
    path("products/<int:pk>/files/", views.product_files, name="product_files"),
    path("products/<int:pk>/files/uploads/", upload_views.product_upload_begin, name="product_upload_begin"),
]
