"""Django behind ASGI as we run it: the whole of a request in one thread, and threads that stay."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.urls import set_script_prefix

# Made as they are needed: more than the pages that wait for a database at one time.
THREADS = 64


class PageHandler(ASGIHandler):
    """Answers each request in one of a few threads, which keep their database connections.

    Django's own handler makes a thread, and so opens a database, for each request, and jumps between it and the loop
    at every middleware that knows only one of the two ways.
    """

    def __init__(self) -> None:
        BaseHandler.__init__(self)
        self.load_middleware(is_async=False)
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        response = await self._in_thread(self._answer, scope, body)
        try:
            await self.send_response(response, send)
        finally:
            if response.streaming:
                await self._in_thread(response.close)

    async def _in_thread(self, do: Callable[..., Any], *arguments: Any) -> Any:
        # What is set for this request (its language, its number in the logs) is seen there, and left behind.
        context = copy_context()
        return await asyncio.get_running_loop().run_in_executor(self.threads, context.run, do, *arguments)

    def _answer(self, scope: Any, body: Any) -> Any:
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        response: Any
        request, response = self.create_request(scope, body)
        if request is not None:
            response = self.get_response(request)
            response._handler_class = self.__class__
        if not response.streaming:
            response.close()
            body.close()
        elif not response.is_async:
            # A static file: small, and read here rather than on the loop.
            response.streaming_content = _given(list(response.streaming_content))
        return response


async def _given(parts: Iterable[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
