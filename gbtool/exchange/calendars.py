"""A calendar file (.ics): all-day events with alarms; the same events on the same day give the same bytes."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from gbtool.structs import Frozen

if TYPE_CHECKING:
    from icalendar import Event

MAKER = "-//gbtool//知识产权期限//ZH"


class Happening(Frozen):
    """An event of one day: what stays the same about it, its line, its text, how many days before to ring."""

    key: str
    day: date
    summary: str
    text: str
    days_before: tuple[int, ...] = ()


def calendar(happenings: Iterable[Happening], name: str, today: date) -> bytes:
    """The file, UTF-8: events in order of day; `today` stamps them, no clock is asked."""
    from icalendar import Calendar  # noqa: PLC0415 - only a calendar file needs it

    made = Calendar()
    made.add("prodid", MAKER)
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    for each in sorted(happenings, key=lambda happening: (happening.day, happening.key)):
        made.add_component(_event(each, today))
    return bytes(made.to_ical())


def _event(happening: Happening, today: date) -> "Event":
    from icalendar import Alarm, Event  # noqa: PLC0415 - only a calendar file needs it

    event = Event()
    event.add("uid", f"{hashlib.sha256(happening.key.encode()).hexdigest()[:32]}@gbtool")
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("dtstart", happening.day)
    event.add("dtend", happening.day + timedelta(days=1))
    event.add("summary", happening.summary)
    event.add("description", happening.text)
    event.add("transp", "TRANSPARENT")
    for days in happening.days_before:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"还有{days}天：{happening.summary}")
        alarm.add("trigger", timedelta(days=-days, hours=9))
        event.add_component(alarm)
    return event


def ours(data: bytes) -> bool:
    """Whether a file is a calendar that gbtool wrote."""
    return data.startswith(b"BEGIN:VCALENDAR") and MAKER.split("//")[1].encode() in data[:400]
