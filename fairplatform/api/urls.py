"""The addresses of the API, each with its row in the table of permissions."""

from django.urls import path

from .docs import docs, root
from .fair_api import api
from .responding import reading

app_name = "api"
# By the name of an operation's address: under which permission it is read.
PERMISSIONS = {
    "openapi-json": "page.open",
    "fairs": "page.open",
    "fair": "fair.see",
    "halls": "fair.see",
    "booths": "fair.see",
    "booth": "booth.see",
    "products": "fair.see",
    "product": "product.see",
    "search": "fair.see",
    "outcomes": "report.see",
    "ledger": "report.see",
    "figures": "report.see",
}
urlpatterns = [
    path("", root, name="api-root"),
    path("docs", docs, name="docs"),
    *(
        path(str(one.pattern), reading(api, one.callback, PERMISSIONS[str(one.name)]), name=one.name)
        for one in api.patterns()
    ),
]
