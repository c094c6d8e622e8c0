"""Stored tasks that were cut off: by a process that was killed, or by a database that went away."""

from datetime import timedelta

from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

LONGEST_RUN = timedelta(minutes=10)  # a task that has run longer was cut off: its process was killed
MAX_RUNS = 3  # of one task, for it may be what kills its process


def requeue_interrupted(worker_id: str) -> None:
    """Makes tasks wait again that are stored as running and are not: this worker's, and those run for LONGEST_RUN.

    This worker's own is one whose end it could not store, for the database was away. It may have sent its letter: one
    that comes twice is better than none. A task that was cut off MAX_RUNS times stays for the doctor to report.
    """
    close_old_connections()
    began = timezone.now() - LONGEST_RUN
    for task in DBTaskResult.objects.filter(status="RUNNING"):
        if (task.worker_ids[-1] == worker_id or task.started_at < began) and len(task.worker_ids) < MAX_RUNS:
            same_run = DBTaskResult.objects.filter(pk=task.pk, status="RUNNING", started_at=task.started_at)
            same_run.update(status="READY")
