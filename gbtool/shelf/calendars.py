"""The State Council's working calendar, from the library chinesecalendar."""

import functools

from chinese_calendar import constants

from gbtool.model.calendar import WorkCalendar

_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


@functools.cache
def work_calendar() -> WorkCalendar:
    """Holidays by name and worked weekends of every year that the library knows."""
    holidays = {day: _NAMES.get(name, name) for day, name in constants.holidays.items()}
    worked = frozenset(constants.workdays)
    years = frozenset(day.year for day in holidays)
    return WorkCalendar(holidays, worked, years)
