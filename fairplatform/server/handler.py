"""Django's ASGI handler, with each request in one thread of a pool."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import IO, Any, TypeVar

from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.urls import set_script_prefix

from fairplatform.asgi_types import Scope

T = TypeVar("T")
# Started as they are needed; more than the requests that wait for a database at the same time.
THREADS = 64


class PageHandler(ASGIHandler):
    """Runs middleware and view of a request in one thread of a pool, which keeps its database connection.

    Django's own handler starts a thread, and so opens a database connection, for each request, and switches between
    thread and event loop at each middleware that is not both sync and async.
    """

    def __init__(self) -> None:
        BaseHandler.__init__(self)
        self.load_middleware(is_async=False)
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")

    # Django declares the messages of `receive` and `send` as mappings, ASGI as dicts.
    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        response = await self._in_thread(self._respond, scope, body)
        try:
            await self.send_response(response, send)
        finally:
            if response.streaming:
                await self._in_thread(response.close)

    async def _in_thread(self, do: Callable[..., T], *arguments: Any) -> T:
        # Context variables of this request (its language, its id in the logs) are visible there, and end with it.
        context = copy_context()
        return await asyncio.get_running_loop().run_in_executor(self.threads, context.run, do, *arguments)

    def _respond(self, scope: Scope, body: IO[bytes]) -> HttpResponseBase:
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, response = self.create_request(scope, body)
        if request is not None:
            response = self.get_response(request)
            response._handler_class = self.__class__  # type: ignore[attr-defined] # the sender of request_finished
        assert response is not None
        if not isinstance(response, StreamingHttpResponse):
            response.close()
            body.close()
        elif not response.is_async:
            # A static file: small, and read here rather than on the loop.
            response.streaming_content = _stream(list(response))
        return response


async def _stream(parts: Iterable[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
