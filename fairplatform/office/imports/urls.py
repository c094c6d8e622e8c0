from django.urls import path

from . import list_views, unit_views, upload_views, views

urlpatterns = [
    path("import/", views.imports, name="imports"),
    path("import/uploads/", upload_views.upload_begin, name="upload_begin"),
    path("import/uploads/<uuid:upload>/finish/", upload_views.upload_finish, name="upload_finish"),
    path("import/uploads/<uuid:upload>/cancel/", upload_views.upload_cancel, name="upload_cancel"),
    path("import/template.xlsx", views.template, name="template"),
    path("import/export.xlsx", views.export, name="export"),
    path("import/list/", list_views.list_add, name="list_add"),
    path("import/unit/<int:pk>/", unit_views.unit_imports, name="unit_imports"),
    path("import/unit/<int:pk>/template.xlsx", unit_views.unit_template, name="unit_template"),
    path("import/unit/<int:pk>/list/", unit_views.unit_list_add, name="unit_list_add"),
    path("import/<int:pk>/columns/", list_views.list_columns, name="list_columns"),
    path("import/<int:pk>/to-mend.xlsx", list_views.list_mend, name="list_mend"),
    path("import/<int:pk>/", views.import_, name="import"),
    path("import/<int:pk>/store/", views.store, name="import_store"),
]
