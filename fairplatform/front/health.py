"""Whether this process lives, and whether it can serve people now."""

from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from redis.exceptions import RedisError

from fairplatform.policy import permits


@require_GET
@permits("page.open")
def health(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_GET
@permits("page.open")
def ready(request: HttpRequest) -> HttpResponse:
    """Database and cache answer; 503 while one of them does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        cache.get("ready")
    except (Error, RedisError, OSError) as failure:
        return HttpResponse(f"{type(failure).__name__}\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
