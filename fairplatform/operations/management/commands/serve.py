"""`manage.py serve`: runs web, clock and stored tasks, all in one process or each in its own."""

import ipaddress
import logging
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError

from fairplatform.fairs.models import Fair
from fairplatform.health.failing_duties import publish_repeatedly
from fairplatform.observability.duties import Loop
from fairplatform.operations.backup import data_dir
from fairplatform.operations.prepare import prepare
from fairplatform.operations.web_process import WebProcess
from fairplatform.operations.workers import LOOPS, run_without_web

logger = logging.getLogger(__name__)
QUERY_TIMEOUT = 3.0  # seconds


class Command(BaseCommand):
    help = "Runs the fair: web, clock and tasks. Leave one out if another process runs it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", default=settings.BIND)
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--prepare", action="store_true", help="first update database, catalogues and static files")
        parser.add_argument("--demo", action="store_true", help="load or renew the demonstration fair")
        parser.add_argument("--no-web", action="store_true", help="do not serve web pages: another process does")
        parser.add_argument("--no-clock", action="store_true", help="do not run the clock: another process does")
        parser.add_argument("--no-tasks", action="store_true", help="do not run stored tasks: another process does")

    def handle(self, *args: Any, **options: Any) -> None:
        loops = {name: loop for name, loop in LOOPS.items() if not options[f"no_{name}"]}
        if options["no_web"] and not loops:
            raise CommandError("Without web, clock and tasks there is nothing to run.")
        if not options["no_web"]:
            self._refuse_open_demonstration(options["bind"])
        with data_dir.in_use():
            self._run(loops, **options)

    def _run(self, loops: dict[str, Loop], **options: Any) -> None:
        if options["prepare"]:
            prepare()
        if options["demo"]:
            self.load_demonstration()
        if options["no_web"]:
            self._print(f"Running for {settings.PUBLIC_URL}: {', '.join(loops)}")
            run_without_web({**loops, "failures": publish_repeatedly})
            self._print("Ended.")
        else:
            self._print(f"The fair is open at {settings.PUBLIC_URL}")
            self._run_web(options["bind"], options["port"], {**loops, "failures": publish_repeatedly})

    def load_demonstration(self) -> None:
        """A demonstration that cannot be renewed, whatever people did in it, stops no start: it stays as it is."""
        try:
            call_command("demo", stdout=self.stdout)
        except (CommandError, OperationalError, InterfaceError):
            raise
        except Exception:
            if not Fair.objects.filter(is_demo=True).exists():
                raise
            logger.exception("the demonstration could not be renewed, and stays as it stood")

    def _run_web(self, bind: str, port: int, loops: dict[str, Loop]) -> None:
        if not settings.EMBEDDED:
            from fairplatform.db.postgresql.base import BoundedConnection

            # A page must not wait for a database that hangs; commands keep the longer limit.
            BoundedConnection.patience = QUERY_TIMEOUT
        # Imported here, for it installs the reactor and imports the whole program.
        from fairplatform.asgi import application
        from fairplatform.pages.errors import server_page
        from fairplatform.server.web_server import WebServer

        if settings.DEMO:
            from fairplatform.demo.socket_auth import recheck
        else:
            from fairplatform.accounts.socket_auth import recheck
        process = WebProcess(loops, recheck=recheck)
        WebServer(
            application,
            bind=bind,
            port=port,
            proxies=settings.TRUSTED_PROXIES,
            lifespan=process,
            error_page=server_page,
        ).run()

    def _print(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _refuse_open_demonstration(self, bind: str) -> None:
        """Anybody may enter a demonstration as anybody: unless DEMO_PUBLIC is set, only this computer may reach it."""
        if settings.DEMO and not settings.DEMO_PUBLIC and not _is_loopback(bind):
            raise CommandError(
                f"The demo does not listen on {bind} unless DEMO_PUBLIC=1 is set: anyone who reaches it may sign in as "
                "any demo user."
            )


def _is_loopback(bind: str) -> bool:
    try:
        return ipaddress.ip_address(bind).is_loopback
    except ValueError:
        return bind == "localhost"
