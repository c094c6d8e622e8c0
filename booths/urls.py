from django.urls import path

from .views import booth, buyers, halls, office, products

app_name = "booths"
urlpatterns = [
    path("halls/", halls.halls, name="halls"),
    path("halls/<int:number>/", halls.hall, name="hall"),
    path("booths/<slug:booth>/", booth.booth, name="booth"),
    path("booths/<slug:booth>/contact/", office.contact, name="contact"),
    path("buyers/", buyers.buyers, name="buyers"),
    path("office/", office.office, name="office"),
    path("products/", products.products, name="products"),
    path("products/<int:pk>/", products.product, name="product"),
]
