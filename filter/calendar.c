/*
 * calendar.c - civil days, business days of a country or a bank, and the
 * sending window. Days are numbers since 1970-01-01 (day_number), so that adding days never meets a
 * clock change; only the window and "today" look at a time zone.
 */
#include "remind.h"

#include <string.h>

bool
calendar_is_business_day(const struct holidays *days, int32_t day)
{
	return !holidays_off(days, day);
}

int32_t
calendar_add_business_days(const struct holidays *days, int32_t day, int count)
{
	int32_t way = count < 0 ? -1 : 1;

	for (count = ABS(count); count > 0; count--) {
		do
			day += way;
		while (holidays_off(days, day));
	}
	return day;
}

/* ---- whose days ------------------------------------------------------------------ */

const struct holidays *
calendar_of_country(const char *country)
{
	const struct holidays *days = country ? holidays_of(country) : NULL;

	return days ? days : holidays_of("TARGET");
}

/* The first two letters of a currency are its country, the euro's are not. */
const struct holidays *
calendar_of_bank(const char *currency, const char *iban)
{
	char country[3] = "";
	const struct holidays *days;

	if (g_strcmp0(currency, "EUR") == 0)
		return holidays_of("TARGET");
	if (currency)
		g_strlcpy(country, currency, sizeof country);
	days = holidays_of(country);
	if (!days && iban && g_ascii_isalpha(iban[0])) {
		g_strlcpy(country, iban, sizeof country);
		days = holidays_of(country);
	}
	return days ? days : holidays_of("TARGET");
}

static bool
is_closed(const struct config *config, int32_t day)
{
	char text[DAY_SIZE];

	if (!config->closed || config->closed->len == 0)
		return false;
	day_text(day, text);
	for (guint i = 0; i < config->closed->len; i++) {
		const struct closed *one =
		    &g_array_index(config->closed, struct closed, i);
		const char *of = one->yearly ? text + 5 : text;
		bool after = strcmp(of, one->first) >= 0;
		bool before = strcmp(of, one->last) <= 0;

		if (strcmp(one->first, one->last) <= 0 ? after && before
						       : after || before)
			return true;
	}
	return false;
}

bool
calendar_may_write_on(const struct config *config,
    const struct holidays *days, int32_t day)
{
	return (config->weekends || !holidays_off(days, day)) &&
	    !is_closed(config, day);
}

/* ---- zones ------------------------------------------------------------------------- */

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

#define LOOK_AHEAD 400		/* days: longer is nobody closed */

int64_t
calendar_next_open(const struct config *config, const struct holidays *days,
    int64_t moment, const char *zone_name)
{
	char text[DAY_SIZE];
	int minute;
	int32_t day;

	calendar_local(moment, zone_name, text, &minute);
	day = day_number(text);
	for (int i = 0; i < LOOK_AHEAD; i++, day++, minute = -1) {
		if (!calendar_may_write_on(config, days, day))
			continue;
		if (minute >= config->window_from && minute < config->window_to)
			return moment;
		if (minute < config->window_from)
			return calendar_moment(day, config->window_from,
			    zone_name);
	}
	return moment;
}
