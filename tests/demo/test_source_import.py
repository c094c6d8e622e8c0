"""The workbook of the demonstration is imported as any other, into an empty database."""

import re

import pytest

from fairplatform.demo.loader.fair import SourceFaulty, import_fair, workbook_from
from fairplatform.demo.plan.source import FOLDER
from fairplatform.workbook.importing import import_workbook
from fairplatform.workbook.reading import read

from .conftest import ANCHOR, OPENING
from .test_source import COUNTS, DOUBTS, doubts

pytestmark = pytest.mark.django_db


def test_everybody_can_import_it():
    plan, fair = import_workbook(read(FOLDER), now=OPENING)
    assert (str(fair), plan.counts("created")) == ("2020 Zhejiang Export Online Fair, Pakistan station", COUNTS)
    assert doubts(plan.findings) == DOUBTS
    assert [str(day.date) for day in fair.days.all()] == [f"2020-05-{day}" for day in range(12, 17)]


def test_a_faulty_workbook_is_not_loaded_and_says_why():
    faulty = workbook_from(ANCHOR.days[0])
    faulty.rows["companies"] = faulty.rows["companies"][1:]
    with pytest.raises(SourceFaulty, match=re.escape("people 2 company: ")):
        import_fair(faulty, OPENING)
