"""The API as django-ninja has it: its operations, and the document that describes them (OpenAPI)."""

import json
from typing import Any

from django.urls import URLPattern
from django.utils.functional import cached_property
from ninja import NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema

from . import operations, organisers, search
from .problems import MEDIA_TYPE, handle_errors
from .responding import REQUESTS, SECONDS

DESCRIPTION = f"""What a visitor may see of fairs, as data: fairs, halls, booths, products, and a search over them.

No account is needed for this, and none changes what is read. Organisers' programs also read the outcomes, the ledger
and the figures of a fair, with a token of the page “Access for programs” in the header Authorization: Bearer.

Texts come in English, Chinese and Urdu, null where one is missing. Errors are problem details (RFC 9457) in the
language of Accept-Language. Answers to all have an ETag: ask again with If-None-Match, and 304 says that nothing has
changed. More than {REQUESTS} requests in {SECONDS} seconds from one
network are answered with 429 and Retry-After."""


class FairAPI(NinjaAPI):
    """With errors as problem details, in the answers as in the document."""

    def __init__(self, *routers: Router) -> None:
        # The page of documentation is our own (docs.py).
        super().__init__(
            title="Fairplatform", version="1", description=DESCRIPTION, urls_namespace="api", docs_url=None
        )
        for router in routers:
            self.add_router("", router)
        handle_errors(self)

    def patterns(self) -> list[URLPattern]:
        """The addresses of its operations and of its document."""
        found = (pattern for pattern in self.urls[0] if isinstance(pattern, URLPattern))
        return [pattern for pattern in found if pattern.name != "api-root"]

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The document, made once: it takes half a second, and is the same for everybody who asks."""
        return self._described

    @cached_property
    def _described(self) -> OpenAPISchema:
        document = super().get_openapi_schema()
        for methods in document["paths"].values():
            for status, response in methods["get"]["responses"].items():
                if int(status) >= 400:
                    response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}
        return document

    def document(self) -> str:
        """Describes the API to programs (docs/openapi.json)."""
        return json.dumps(self.get_openapi_schema(), ensure_ascii=False, indent=2, default=str) + "\n"


api = FairAPI(operations.router, search.router, organisers.router)
