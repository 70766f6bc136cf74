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


# Public holidays: month and day each year, days from Easter Sunday, and the
# n-th Monday or Thursday of a month (-1: the last).
HOLIDAYS = {
    'DE': ('0101 0501 1003 1225 1226', (-2, 1, 39, 50), ()),
    'ES': ('0101 0106 0501 0815 1012 1101 1206 1208 1225', (-2,), ()),
    'FR': ('0101 0501 0508 0714 0815 1101 1111 1225', (1, 39, 50), ()),
    'IT': ('0101 0106 0425 0501 0602 0815 1101 1208 1225 1226', (1,), ()),
    'NL': ('0101 0427 1225 1226', (1, 39, 50), ()),
    'PT': ('0101 0425 0501 0610 0815 1005 1101 1201 1208 1225', (-2, 60), ()),
    'RU': ('0101 0102 0103 0104 0105 0106 0107 0108 0223 0308 0501 0509 0612 1104', (), ()),
    'US': ('0101 0619 0704 1111 1225', (),
           ((1, 0, 3), (2, 0, 3), (5, 0, -1), (9, 0, 1), (10, 0, 2), (11, 3, 4))),
}
_public = {}


def public(country, year):
    if (country, year) not in _public:
        fixed, around, nth = HOLIDAYS[country]
        days = {datetime.date(year, int(d[:2]), int(d[2:])) for d in fixed.split()}
        days |= {easter(year) + datetime.timedelta(n) for n in around}
        for month, weekday, n in nth:
            all_of = [d for d in (datetime.date(year, month, 1) + datetime.timedelta(i)
                                  for i in range(31)) if d.month == month and
                      d.weekday() == weekday]
            days.add(all_of[n - (n > 0)])
        _public[country, year] = days
    return _public[country, year]


def is_closed(country, day):
    """No letter goes: a weekend, or surely a holiday there."""
    return day.weekday() > 4 or day in public(country, day.year)


def may_be_closed(country, day):
    """Near a holiday, which may be kept on another day, or in one region."""
    return day.weekday() > 4 or not is_business(day) or any(
        near in public(country, near.year) for near in
        (day + datetime.timedelta(n) for n in range(-3, 3)))
