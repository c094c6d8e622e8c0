from django.urls import path

from .views import booth, buyers, halls, inquiry, my_booth, products

app_name = "booths"
urlpatterns = [
    path("halls/", halls.halls, name="halls"),
    path("halls/<int:number>/", halls.hall, name="hall"),
    path("booths/<slug:booth>/", booth.booth, name="booth"),
    path("booths/<slug:booth>/contact/", inquiry.contact, name="contact"),
    path("buyers/", buyers.buyers, name="buyers"),
    path("office/", my_booth.my_booth, name="my_booth"),
    path("products/", products.products, name="products"),
    path("products/<int:pk>/", products.product, name="product"),
]
