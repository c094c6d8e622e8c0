"""Any request that the document describes, and many that it does not, gets an answer that the document describes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from schemathesis.specs.openapi.checks import negative_data_rejection

from fairplatform.api.urls import PERMISSIONS
from tests.factories import make_exhibitor, make_fair, make_product
from tests.sizes import full

pytestmark = pytest.mark.django_db
DOCUMENT = Path(__file__).resolve().parents[2] / "docs/openapi.json"
# From the file, for the program itself would read its database before any test has one.
schema = schemathesis.openapi.from_path(str(DOCUMENT))
schema.app = get_wsgi_application()


@pytest.fixture
def known() -> Iterator[dict[str, Any]]:
    """What the addresses can name; and a database that stays open from one request to the next."""
    exhibitor = make_exhibitor(make_fair())
    product = make_product(exhibitor)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield {"fair": exhibitor.fair.slug, "booth": exhibitor.booth.slug, "product": product.pk}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@hypothesis_settings(max_examples=full(500, small=15), suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_the_document_says(case: Any, known: dict[str, Any]) -> None:
    ask(case)
    # Once more where there is something to be found. Whether its address was faulty no longer counts.
    case.path_parameters = {name: known[name] for name in case.path_parameters}
    ask(case, excluded_checks=[negative_data_rejection])


def ask(case: Any, **checks: Any) -> None:
    cache.clear()  # no request comes too soon after others
    response = case.call_and_validate(headers={"Accept-Encoding": "identity"}, **checks)
    if response.status_code >= 400:
        assert response.headers["content-type"] == ["application/problem+json"]
        assert response.json()["status"] == response.status_code


def test_no_operation_is_left_out() -> None:
    described = {operation.ok().definition.raw["operationId"] for operation in schema.get_all_operations()}
    assert described == PERMISSIONS.keys() - {"openapi-json"}
