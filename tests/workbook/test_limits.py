"""The process of an import within small limits: what is too much ends it, and the page says so."""

import json
from pathlib import Path

import pytest

from tests.environment import STACK
from tests.servers.serve import Server
from tests.workbook.making import xlsx

_UPLOAD = """
import json
from pathlib import Path
from uuid import uuid4
from django.utils import timezone
from fairplatform.files.actions import store
from fairplatform.workbook.models import WorkbookImport
from tests.factories import actor, make_fair, make_person

fair = make_fair(slug=uuid4().hex)
organiser = make_person(email=f"{fair.slug}@chamber.example")
fair.roles.create(user=organiser, role="organiser")
started = WorkbookImport.objects.create(fair=fair, user=organiser)
store(actor(organiser), owner=started, name="a.xlsx", content=Path("FILE").read_bytes(), now=timezone.now())
print(started.pk)
"""
_READ = """
import json
from fairplatform.workbook.models import WorkbookImport
one = WorkbookImport.objects.get(pk=KEY)
print(json.dumps([one.state, [finding[3] for finding in one.report.get("findings", [])]]))
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of very many different texts, which reading keeps in memory."""
    rows = [[f"{column} of {row}" for column in range(40)] for row in range(20_000)]
    return xlsx(tmp_path_factory.mktemp("large") / "large.xlsx", {"companies": [["key", "name_en"], *rows]})


# By STACK. The threads of PostgreSQL's pool reserve so much address space, and so differently each time, that there a
# limit as small as this file needs is met by luck, before or after they have begun.
SMALL = {"embedded": [("--mebibytes", "35"), ("--seconds", "3")], "scaled": [("--seconds", "3")]}


@pytest.mark.parametrize("small", SMALL[STACK])
def test_a_file_that_exhausts_its_process_is_too_large(
    plain_server: Server, large: Path, small: tuple[str, str]
) -> None:
    key = plain_server.manage("shell", "-v", "0", "-c", _UPLOAD.replace("FILE", str(large))).strip()
    plain_server.manage("work_import", key, "1", *small)
    read = json.loads(plain_server.manage("shell", "-v", "0", "-c", _READ.replace("KEY", key)))
    assert read == ["failed", ["file_exhausting"]]
