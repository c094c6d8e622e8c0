"""`manage.py serve`: the web process, with the clock and the tasks as threads of it."""

import ipaddress
import logging
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from fairplatform.operations.prepare import prepare

Loop = Callable[[threading.Event], None]
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Runs the fair: web, clock and tasks in one process."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", default=settings.BIND)
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--prepare", action="store_true", help="bring database, catalogues and files up to date")
        parser.add_argument("--demo", action="store_true", help="load or renew the demonstration fair")
        parser.add_argument("--no-clock", action="store_true")
        parser.add_argument("--no-tasks", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        self._refuse_open_demonstration(options["bind"])
        if options["prepare"]:
            prepare()
        if options["demo"]:
            call_command("demo", stdout=self.stdout)
        loops: list[Loop] = [] if options["no_clock"] else [_clock]
        loops += [] if options["no_tasks"] else [_tasks]
        self.stdout.write(f"The fair is open at {settings.PUBLIC_URL}", ending="\n")
        self.stdout.flush()
        # Imported late: the reactor and the whole program come with it.
        from fairplatform.asgi import application
        from fairplatform.server import FairServer

        FairServer(
            application,
            bind=options["bind"],
            port=options["port"],
            loops=loops,
            proxies=settings.TRUSTED_PROXIES,
        ).run()

    def _refuse_open_demonstration(self, bind: str) -> None:
        """Anybody may enter the demonstration as anybody: it listens to this computer alone unless told."""
        if settings.DEMO and not settings.DEMO_PUBLIC and not _is_loopback(bind):
            raise CommandError(f"The demonstration does not listen on {bind} unless DEMO_PUBLIC=1.")


def _is_loopback(bind: str) -> bool:
    try:
        return ipaddress.ip_address(bind).is_loopback
    except ValueError:
        return bind == "localhost"


def _clock(stop: threading.Event) -> None:
    from fairplatform.demo.steps import clock_steps
    from meetings.clock import run_clock

    run_clock(stop, extra_steps=clock_steps())


def _tasks(stop: threading.Event) -> None:
    """Runs stored tasks one by one until told to stop."""
    from django_tasks_db.management.commands.db_worker import Worker

    worker = Worker(
        queue_names=["*"],
        interval=1,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"serve-{threading.get_ident()}",
        excluded_queue_names=[],
    )
    logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
    while not stop.wait(1):
        try:
            worker.run()
        except Exception:
            logger.exception("the tasks failed, again in a second")
