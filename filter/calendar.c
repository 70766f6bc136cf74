/*
 * calendar.c - civil days, business days and the sending window. Days are
 * numbers since 1970-01-01 (day_number), so that adding days never meets a
 * clock change; only the window and "today" look at a time zone.
 */
#include "remind.h"

/* Easter Sunday of a year, by the Gregorian computus (Meeus). */
static int32_t
easter_sunday(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
	int l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	char text[DAY_SIZE];

	g_snprintf(text, sizeof text, "%04d-%02d-%02d", year % 10000,
	    (h + l - 7 * m + 114) / 31 % 13, (h + l - 7 * m + 114) % 31 + 1);
	return day_number(text);
}

static bool
is_closing_day(int32_t day)
{
	static const char *const fixed[] = {"01-01", "05-01", "12-25", "12-26"};
	char text[DAY_SIZE];
	int32_t easter;

	day_text(day, text);
	for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++)
		if (g_strcmp0(text + 5, fixed[i]) == 0)
			return true;
	easter = easter_sunday((int)g_ascii_strtoll(text, NULL, 10));
	return day == easter - 2 || day == easter + 1;
}

bool
calendar_is_business_day(int32_t day)
{
	int weekday = (day % 7 + 7 + 3) % 7;	/* 1970-01-01 was a Thursday */

	return weekday < 5 && !is_closing_day(day);
}

int32_t
calendar_add_business_days(int32_t day, int count)
{
	int32_t way = count < 0 ? -1 : 1;

	for (count = ABS(count); count > 0; count--) {
		do
			day += way;
		while (!calendar_is_business_day(day));
	}
	return day;
}

/* Reading a zone's file costs more than all the rest of a decision, and a run
 * asks for few zones many times: each is read once. */
static GTimeZone *
zone_read(const char *zone_name)
{
	static GHashTable *known;
	GTimeZone *zone;

	if (!known)
		known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
		    (GDestroyNotify)g_time_zone_unref);
	zone = g_hash_table_lookup(known, zone_name);
	if (!zone) {
		zone = g_time_zone_new_identifier(zone_name);
		if (zone)
			g_hash_table_insert(known, g_strdup(zone_name), zone);
	}
	return zone;
}

static GTimeZone *
zone_open(const char *zone_name)
{
	GTimeZone *zone =
	    zone_name && *zone_name ? zone_read(zone_name) : NULL;

	return zone ? g_time_zone_ref(zone) : g_time_zone_new_utc();
}

bool
calendar_zone_known(const char *zone_name)
{
	return !zone_name || !*zone_name ||
	    g_strcmp0(zone_name, "UTC") == 0 || zone_read(zone_name);
}

void
calendar_local(int64_t moment, const char *zone_name, char day[DAY_SIZE],
    int *minute)
{
	g_autoptr(GTimeZone) zone = zone_open(zone_name);
	int interval = g_time_zone_find_interval(zone,
	    G_TIME_TYPE_UNIVERSAL, moment);
	int64_t local = moment + (interval < 0 ? 0 :
	    g_time_zone_get_offset(zone, interval));
	int64_t number = local / DAY_SECONDS, second = local % DAY_SECONDS;

	if (second < 0) {
		second += DAY_SECONDS;
		number--;
	}
	day_text((int32_t)number, day);
	if (minute)
		*minute = (int)(second / 60);
}

/* g_time_zone_adjust_time moves a local time that a clock change leaves out
 * to the moment of the change. */
int64_t
calendar_moment(int32_t day, int minute, const char *zone_name)
{
	g_autoptr(GTimeZone) zone = zone_open(zone_name);
	gint64 local = (gint64)day * DAY_SECONDS + (gint64)minute * 60;
	int interval = g_time_zone_adjust_time(zone, G_TIME_TYPE_STANDARD,
	    &local);

	return local - g_time_zone_get_offset(zone, interval);
}

char *
calendar_text(int64_t moment, const char *zone_name)
{
	char day[DAY_SIZE];
	int minute;

	calendar_local(moment, zone_name, day, &minute);
	return g_strdup_printf("%s %02d:%02d", day, minute / 60, minute % 60);
}

int64_t
calendar_next_open(const struct config *config, int64_t moment,
    const char *zone_name)
{
	char text[DAY_SIZE];
	int minute;
	int32_t day;

	calendar_local(moment, zone_name, text, &minute);
	day = day_number(text);
	for (int i = 0; i < 30; i++, day++, minute = -1) {
		if (!config->weekends && !calendar_is_business_day(day))
			continue;
		if (minute >= config->window_from && minute < config->window_to)
			return moment;
		if (minute < config->window_from)
			return calendar_moment(day, config->window_from,
			    zone_name);
	}
	return moment;
}
