from django.urls import path

from .views import booth, buyers, favourites, halls, inquiry, my_booth, products, recommended, search

app_name = "booths"
urlpatterns = [
    path("halls/", halls.halls, name="halls"),
    path("halls/<int:number>/", halls.hall, name="hall"),
    path("booths/<slug:booth>/", booth.booth, name="booth"),
    path("booths/<slug:booth>/contact/", inquiry.contact, name="contact"),
    path("buyers/", buyers.buyers, name="buyers"),
    path("favourites/", favourites.favourites, name="favourites"),
    path("favourites/keys/", favourites.favourite_keys, name="favourite_keys"),
    path("favourites/booths/<int:pk>/", favourites.favourite_booth, name="favourite_booth"),
    path("favourites/products/<int:pk>/", favourites.favourite_product, name="favourite_product"),
    path("recommended/", recommended.recommended, name="recommended"),
    path("recommended/short/", recommended.in_short, name="recommended_in_short"),
    path("recommended/<int:pk>/interest/", recommended.interest, name="interest"),
    path("office/", my_booth.my_booth, name="my_booth"),
    path("products/", products.products, name="products"),
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggestions, name="suggestions"),
    path("products/<int:pk>/", products.product, name="product"),
]
