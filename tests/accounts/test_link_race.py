"""What only PostgreSQL shows: guesses that wait together for the row of one link."""

import json
from pathlib import Path

from tests.servers.postgres_server import PostgresServer
from tests.servers.serve import manage

_GUESSES = """
import json, threading, time
from django.db import connections, transaction
from django.utils import timezone
from fairplatform.accounts.actions import enter_by_link
from fairplatform.accounts.models import PersonalLink, User
from fairplatform.errors import Refused

person = User.objects.create_user(name={"en": "Guest"})
link, secret, code = PersonalLink.issue(person, now=timezone.now())
wrong = str((int(code) + 1) % 10**6).zfill(6)
answers = []

def guess():
    try:
        enter_by_link(secret=secret, code=wrong, now=timezone.now())
        answers.append("in")
    except Refused as refused:
        answers.append(refused.code)
    finally:
        connections.close_all()

with transaction.atomic():
    PersonalLink.objects.select_for_update().get(pk=link.pk)
    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    # All of them have found the link open, and wait for its row.
    with connections["default"].cursor() as cursor:
        for _ in range(200):
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            if cursor.fetchone()[0] == 12:
                break
            time.sleep(0.05)
for thread in threads:
    thread.join()
print(json.dumps([sorted(answers), PersonalLink.objects.get(pk=link.pk).tries]))
"""


def test_twelve_wrong_codes_at_once_are_five_tries(postgres_server: PostgresServer, tmp_path: Path) -> None:
    environment = {"DATABASE_URL": postgres_server.migrated(), "DATA_DIR": str(tmp_path)}
    printed = manage("shell", "--no-imports", "-c", _GUESSES, environment=environment).stdout
    answers, tries = json.loads(printed.splitlines()[-1])
    assert answers == ["code_wrong"] * 4 + ["link_invalid"] * 8
    assert tries == 5
