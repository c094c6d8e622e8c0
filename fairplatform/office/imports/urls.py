from django.urls import path

from . import views

urlpatterns = [
    path("import/", views.imports, name="imports"),
    path("import/template.xlsx", views.template, name="template"),
    path("import/export.xlsx", views.export, name="export"),
    path("import/<int:pk>/", views.import_, name="import"),
    path("import/<int:pk>/store/", views.store, name="import_store"),
]
