"""Opening hours (营业时间) judged truly: open, closed or unknown; Chinese holidays and 调休 included.

Pure: no database, no settings, no clock. `Schedule.parse` compiles, `judge` and its sisters look up.
"""

from app.kit.hours.calendar import Calendar, CalendarFileError, YearNotice
from app.kit.hours.reading import LONGEST_TEXT, follows_the_sun
from app.kit.hours.schedule import Interval, Judgement, Schedule, State
from app.kit.hours.text import normalise

__all__ = [
    "LONGEST_TEXT",
    "Calendar",
    "CalendarFileError",
    "Interval",
    "Judgement",
    "Schedule",
    "State",
    "YearNotice",
    "follows_the_sun",
    "normalise",
]
