"""What runs beside the web, or as a process of its own: the clock and the stored tasks."""

import asyncio
import logging
import signal
import sys
import threading
from collections.abc import Sequence
from typing import Any

from django_tasks.signals import task_finished

from fairplatform.observability.duties import Loop, attempt, duty, start_threads
from fairplatform.realtime.hub import HUB

logger = logging.getLogger(__name__)
PAUSE = 1.0
# The longest that the step or task in hand may take to end once the process was told to stop.
PATIENCE = 6.0


def clock(stop: threading.Event) -> None:
    """Does what is due by the fair's time, while this process holds the lease."""
    from fairplatform.demo.steps import clock_steps
    from meetings.clock import run_clock

    run_clock(stop, extra_steps=clock_steps())


def tasks(stop: threading.Event) -> None:
    """Runs stored tasks one by one; told to stop, it ends after the one in hand."""
    from django_tasks_db.management.commands.db_worker import Worker

    class StoredTasks(Worker):
        def run_task(self, task: Any) -> None:
            super().run_task(task)
            duty("tasks").succeeded()  # one of many: the rest may take longer than a duty may
            self.running = not stop.is_set()

    logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
    task_finished.connect(_count_task)
    while not stop.wait(PAUSE):
        worker = StoredTasks(
            queue_names=["*"],
            interval=PAUSE,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"serve-{threading.get_ident()}",
            excluded_queue_names=[],
        )
        with attempt("tasks"):
            worker.run()


def _count_task(task_result: Any, **_: Any) -> None:
    """Each kind of task is a duty of its own. One that fails, as letters do while no mail goes out, stops no pages."""
    kind = duty(f"task.{task_result.task.func.__name__}", is_vital=False)
    failure = sys.exception()
    if failure is None:
        kind.succeeded()
    else:
        kind.failed(failure)


def run_alone(loops: Sequence[Loop]) -> None:
    """A process without the web: runs the loops until SIGTERM or SIGINT, and lets each end what it is doing."""
    asyncio.run(_until_told(loops))


async def _until_told(loops: Sequence[Loop]) -> None:
    told, stopping = asyncio.Event(), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    # What the loops publish goes out by this process's one connection to the layer.
    await HUB.start()
    threads = start_threads(loops, stopping)
    await told.wait()
    stopping.set()
    await asyncio.gather(*(asyncio.to_thread(thread.join, PATIENCE) for thread in threads))
    for thread in threads:
        if thread.is_alive():
            logger.warning("%s did not end in %s s and is left", thread.name, PATIENCE)
