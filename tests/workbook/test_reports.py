"""What is kept of a report: pages load it, so it stays small whatever a file holds."""

from fairplatform.workbook.findings import Finding
from fairplatform.workbook.reports import MOST_KEPT, findings, kept_findings, may_be_stored

WARNINGS = [Finding("companies", row, "kind", "not_listed", "warning", {"text": "x" * 900}) for row in range(10)]
ERRORS = [Finding("companies", row, "hall", "cell_of_organisers", "error") for row in range(MOST_KEPT + 7)]


def test_of_very_many_findings_errors_are_kept_first_and_the_others_counted() -> None:
    kept = [Finding(*one) for one in kept_findings([*WARNINGS, *ERRORS])]
    assert kept[:MOST_KEPT] == ERRORS[:MOST_KEPT]
    assert kept[MOST_KEPT:] == [
        Finding("companies", None, None, "more_findings", "error", {"count": "7"}),
        Finding("companies", None, None, "more_findings", "warning", {"count": "10"}),
    ]


def test_long_texts_of_findings_are_cut() -> None:
    assert [len(one[5]["text"]) for one in kept_findings(WARNINGS)] == [200] * 10


def test_good_rows_of_a_list_may_be_stored_however_many_bad_ones_are_counted_only() -> None:
    report = {"findings": kept_findings(ERRORS), "bad": [one.row for one in ERRORS], "good": 1}
    assert may_be_stored(report)
    assert len(findings(report)) == MOST_KEPT + 1
