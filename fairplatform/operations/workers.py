"""The loops that run beside the web, or in processes of their own: the clock and the stored tasks."""

import asyncio
import logging
import signal
import sys
import threading
from collections.abc import Mapping
from itertools import count
from uuid import uuid4

from django_tasks.base import TaskResult
from django_tasks.signals import task_finished
from django_tasks_db.models import DBTaskResult

from fairplatform.observability.duties import Loop, attempt, duty, start_threads
from fairplatform.realtime.hub import HUB

from .interrupted_tasks import requeue_interrupted

logger = logging.getLogger(__name__)
POLL_INTERVAL = 1.0  # seconds between two looks for stored tasks
PASSES_UNTIL_REQUEUE = 60  # of those that do not follow a failure; it reads the whole table
STOP_TIMEOUT = 6.0  # seconds that the step or task in progress may take once the process was told to stop


def run_clock_steps(stop: threading.Event) -> None:
    """Takes the steps that are due by the fair's time, while this process holds the clock's lease."""
    from fairplatform.db.statistics import hourly_statistics
    from fairplatform.demo.clock_steps import clock_steps
    from meetings.clock import run_clock

    run_clock(stop, extra_steps=[*clock_steps(), hourly_statistics()])


def run_stored_tasks(stop: threading.Event) -> None:
    """Runs stored tasks one by one until `stop` is set; the task in progress is finished first."""
    from django_tasks_db.management.commands.db_worker import Worker

    class StoppableWorker(Worker):
        def run_task(self, task: "DBTaskResult[..., object]") -> None:
            super().run_task(task)
            duty("tasks").succeeded()  # progress: the whole batch may take longer than an attempt may
            self.running = not stop.is_set()

    logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
    task_finished.connect(_count_task)
    worker_id = f"serve-{uuid4().hex}"
    passes = count()
    while not stop.wait(POLL_INTERVAL):
        worker = StoppableWorker(
            queue_names=["*"],
            interval=POLL_INTERVAL,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )
        with attempt("tasks"):
            if next(passes) % PASSES_UNTIL_REQUEUE == 0 or duty("tasks").failures:
                requeue_interrupted(worker_id)
            worker.run()


# By the name of their duty, and of the option of `serve` that leaves them to another process.
LOOPS: dict[str, Loop] = {"clock": run_clock_steps, "tasks": run_stored_tasks}


def _count_task(task_result: TaskResult[object], **_: object) -> None:
    """Each kind of task is a duty, though not a vital one: pages are served while letters cannot be sent."""
    kind = duty(f"task.{task_result.task.func.__name__}", is_vital=False)
    failure = sys.exception()
    if failure is None:
        kind.succeeded()
    else:
        kind.failed(failure)


def run_without_web(loops: Mapping[str, Loop]) -> None:
    """Runs the loops as a process without a web server, until SIGTERM or SIGINT."""
    asyncio.run(_run_until_signal(loops))


async def _run_until_signal(loops: Mapping[str, Loop]) -> None:
    signalled, stopping = asyncio.Event(), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, signalled.set)
    # The loops publish events: the hub sends them to the web processes.
    await HUB.start()
    threads = start_threads(loops, stopping)
    await signalled.wait()
    stopping.set()
    await asyncio.gather(*(asyncio.to_thread(thread.join, STOP_TIMEOUT) for thread in threads))
    for thread in threads:
        if thread.is_alive():
            logger.warning("%s did not end in %s s and is left", thread.name, STOP_TIMEOUT)
