from django.urls import include, path

from .products import views as products
from .texts import views as texts

app_name = "booth_office"
urlpatterns = [
    path("", include("fairplatform.booth_office.files.urls")),
    path("", include("fairplatform.booth_office.staff.urls")),
    path("booth/", texts.texts, name="booth"),
    path("booth/preview/", texts.texts_preview, name="booth_preview"),
    path("booth/typed/", texts.texts_typed, name="booth_typed"),
    path("products/", products.products, name="products"),
    path("products/new/", products.product_add, name="product_add"),
    path("products/new/preview/", products.product_add_preview, name="product_add_preview"),
    path("products/new/typed/", products.product_add_typed, name="product_add_typed"),
    path("products/<int:pk>/", products.product, name="product"),
    path("products/<int:pk>/preview/", products.product_preview, name="product_preview"),
    path("products/<int:pk>/typed/", products.product_typed, name="product_typed"),
    path("products/<int:pk>/copy/", products.product_copy, name="product_copy"),
    path("products/<int:pk>/show/", products.product_show, name="product_show"),
    path("products/<int:pk>/move/", products.product_move, name="product_move"),
    path("products/<int:pk>/remove/", products.product_remove, name="product_remove"),
    path("", include("fairplatform.booth_office.imports.urls")),
]
