"""Days on which European banks move money, and hours in the customers' zones.

Written from the calendar of the TARGET system and the IANA data, not from the
program: the witness counts its own days.
"""
import datetime
import zoneinfo

DAY = 86400
_zones = {}
_closed = {}


def easter(year):
    """Gauss's rule for the Gregorian calendar."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return datetime.date(year, f // 31, f % 31 + 1)


def closed_days(year):
    if year not in _closed:
        sunday = easter(year)
        _closed[year] = {datetime.date(year, 1, 1), datetime.date(year, 5, 1),
                         datetime.date(year, 12, 25), datetime.date(year, 12, 26),
                         sunday - datetime.timedelta(2), sunday + datetime.timedelta(1)}
    return _closed[year]


def is_business(day):
    return day.weekday() < 5 and day not in closed_days(day.year)


def add_business(day, count):
    """The count-th business day after a day; 0 is the day itself."""
    while count > 0:
        day += datetime.timedelta(1)
        if is_business(day):
            count -= 1
    return day


def zone(name):
    if name not in _zones:
        _zones[name] = zoneinfo.ZoneInfo(name)
    return _zones[name]


def local(moment, name):
    """Date and minute of the day of a moment in a zone."""
    t = datetime.datetime.fromtimestamp(moment, zone(name))
    return t.date(), t.hour * 60 + t.minute


def moment(day, minute=0):
    """Seconds of a civil day and minute in UTC."""
    return int(datetime.datetime(day.year, day.month, day.day,
                                 tzinfo=datetime.timezone.utc).timestamp()) + minute * 60


def utc_day(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).date()


def iso(seconds):
    return datetime.datetime.fromtimestamp(
        seconds, datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')


def rfc(seconds):
    return datetime.datetime.fromtimestamp(
        seconds, datetime.timezone.utc).strftime('%a, %d %b %Y %H:%M:%S +0000')
