"""What each figure is called and what exactly it counts. Nothing is shown that has no definition here."""

from .definition import Definition
from .definitions_of_counts import COMPANIES_AND_MEETINGS, OPINIONS_AND_ANSWERS
from .definitions_of_results import RESULTS

DEFINITIONS: dict[str, Definition] = {
    one.key: one for one in (*COMPANIES_AND_MEETINGS, *RESULTS, *OPINIONS_AND_ANSWERS)
}
