from django.urls import path, register_converter

from . import views


class KindConverter:
    """The kind of an import in its address, which is under the tab that it belongs to."""

    regex = "products|staff"

    def to_python(self, value: str) -> str:
        return "people" if value == "staff" else value

    def to_url(self, value: str) -> str:
        return "staff" if value == "people" else value


register_converter(KindConverter, "import_kind")

urlpatterns = [
    path("products/import/", views.products_import, name="products_import"),
    path("products/import/products.xlsx", views.products_sheet, name="products_sheet"),
    path("staff/import/", views.staff_import, name="staff_import"),
    path("staff/import/staff.xlsx", views.staff_sheet, name="staff_sheet"),
    path("<import_kind:kind>/import/<int:pk>/", views.import_, name="import"),
    path("<import_kind:kind>/import/<int:pk>/store/", views.import_store, name="import_store"),
    path("<import_kind:kind>/import/<int:pk>/to-correct.xlsx", views.import_mend, name="import_mend"),
]
