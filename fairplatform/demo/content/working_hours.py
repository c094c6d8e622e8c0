"""When the companies of the demonstration work. Its fair is always today, so every weekday is a working day."""

from datetime import time
from typing import Any, NamedTuple

from .text import Text, text


class Hours(NamedTuple):
    """Hours of a country on some weekdays (1 is Monday), and their one pause."""

    country: str
    weekdays: tuple[int, ...]
    opens: time
    closes: time
    pause: tuple[str, str, Text]

    @property
    def stored_pause(self) -> dict[str, Any]:
        """As WorkingHours.pauses has it."""
        starts, ends, name = self.pause
        return {"starts": starts, "ends": ends, "name": name}


LUNCH = ("12:00", "13:00", text("lunch break", "午休", "دوپہر کا وقفہ"))
ZUHR = ("13:00", "13:30", text("Zuhr prayer and tea break", "午间礼拜与茶歇", "نمازِ ظہر اور چائے کا وقفہ"))
FRIDAY_PRAYER = ("12:30", "14:30", text("Friday prayer break", "周五礼拜时间", "نمازِ جمعہ کا وقفہ"))

WORKING_HOURS = (
    Hours("CN", (1, 2, 3, 4, 5, 6, 7), time(9), time(18), LUNCH),
    Hours("PK", (1, 2, 3, 4, 6, 7), time(10), time(16), ZUHR),
    Hours("PK", (5,), time(10), time(16), FRIDAY_PRAYER),
)
