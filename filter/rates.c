/*
 * rates.c - rates in words, and the rules of countries with their reference
 * rates, from laws/NAME.law and laws/NAME.rates: one "KEY VALUE" a line, "#"
 * begins a comment (mailfilter.conf(5), LATE PAYMENT).
 */
#include "interest.h"

#include "config.h"

#include "../parser/parser.h"

#include <string.h>

#define HUNDRED 1000000		/* of a hundred, as millionths */

struct lines {			/* one file being read */
	const char *path;
	int number;
	char *why;
};

/* ---- rates in words -------------------------------------------------------------- */

/* "8", "0.88", "-0.88": per cent with up to four decimals. */
static bool
percent_parse(const char *text, int32_t *rate)
{
	bool negative = *text == '-';
	const char *p = text + negative;
	int64_t value = 0;
	int decimals = -1;

	for (; *p; p++) {
		if (*p == '.' && decimals < 0)
			decimals = 0;
		else if (!g_ascii_isdigit(*p) || decimals == 4 ||
		    value > 100000000)
			return false;
		else
			value = value * 10 + *p - '0';
		decimals += decimals >= 0 && *p != '.';
	}
	if (p == text + negative || decimals == 0)
		return false;
	for (decimals = MAX(decimals, 0); decimals < 4; decimals++)
		value *= 10;
	if (value > 100 * HUNDRED)
		return false;
	*rate = (int32_t)(negative ? -value : value);
	return true;
}

bool
interest_rate_parse(const char *text, int32_t *rate)
{
	static const struct {
		const char *word;
		int32_t times;
	} spans[] = {{"year", 1}, {"annum", 1}, {"month", 12}, {"day", 365}};
	g_auto(GStrv) parts = g_strsplit_set(text, " \t/%", -1);
	const char *words[4] = {NULL};
	int n = 0;

	for (char **part = parts; *part; part++) {
		if (**part && n == 4)
			return false;
		if (**part && strcmp(*part, "per") != 0)
			words[n++] = *part;
	}
	if (n == 0 || n > 2 || !percent_parse(words[0], rate) || *rate < 0)
		return false;
	for (size_t i = 0; n == 2 && i < G_N_ELEMENTS(spans); i++)
		if (!strcmp(words[1], spans[i].word))
			return !__builtin_mul_overflow(*rate, spans[i].times,
			    rate) && *rate <= 100 * HUNDRED;
	return n == 1;
}

char *
interest_rate_text(int32_t rate)
{
	int32_t size = ABS(rate);
	char digits[24];

	g_snprintf(digits, sizeof digits, "%d.%04d", size / 10000,
	    size % 10000);
	while (g_str_has_suffix(digits, "0"))
		digits[strlen(digits) - 1] = '\0';
	if (g_str_has_suffix(digits, "."))
		digits[strlen(digits) - 1] = '\0';
	return g_strdup_printf("%s%s %%", rate < 0 ? "-" : "", digits);
}

/* "18 % per year", or "10 % of the invoice" */
static bool
cap_parse(const char *text, struct agreed *out)
{
	static const char part[] = " of the invoice";
	g_autofree char *size = NULL;

	if (!g_str_has_suffix(text, part))
		return interest_rate_parse(text, &out->cap) && out->cap > 0;
	size = g_strndup(text, strlen(text) - strlen(part));
	return interest_rate_parse(size, &out->most) && out->most > 0 &&
	    out->most <= HUNDRED;
}

bool
policy_agreed(const struct policy *policy, struct agreed *out)
{
	*out = (struct agreed){0};
	return (!policy->rate || (interest_rate_parse(policy->rate,
	    &out->rate) && out->rate > 0)) &&
	    (!policy->cap || cap_parse(policy->cap, out));
}

/* ---- lines ------------------------------------------------------------------------ */

static bool G_GNUC_PRINTF(2, 3)
refuse(struct lines *lines, const char *format, ...)
{
	g_autofree char *what = NULL;
	va_list arguments;

	va_start(arguments, format);
	what = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	if (!lines->why)
		lines->why = g_strdup_printf("%s:%d: %s", lines->path,
		    lines->number, what);
	return false;
}

typedef bool take_line(struct lines *lines, void *into, const char *key,
    const char *value);

/* False: *why, or NULL when the file is not there. */
static bool
read_lines(const char *path, take_line *take, void *into, char **why)
{
	struct lines lines = {.path = path};
	g_autofree char *content = NULL;
	g_auto(GStrv) all = NULL;

	if (!g_file_get_contents(path, &content, NULL, NULL))
		return false;
	all = g_strsplit(content, "\n", -1);
	for (char **line = all; *line && !lines.why; line++) {
		char *value = strchr(*line, '#');

		lines.number++;
		if (value)
			*value = '\0';
		g_strstrip(*line);
		if (**line == '\0')
			continue;
		value = *line + strcspn(*line, " \t");
		if (*value)
			*value++ = '\0';
		take(&lines, into, *line, g_strstrip(value));
	}
	*why = lines.why;
	return *why == NULL;
}

/* ---- reference rates ---------------------------------------------------------------- */

static void
rates_free(struct rates *rates)
{
	if (!rates)
		return;
	g_free(rates->name);
	g_free(rates->title);
	g_array_unref(rates->rows);
	g_free(rates);
}

static gint
by_day(gconstpointer a, gconstpointer b)
{
	const struct rate_row *one = a, *other = b;

	return (one->from > other->from) - (one->from < other->from);
}

static void
put_row(GArray *rows, struct rate_row row)
{
	for (guint i = 0; i < rows->len; i++) {
		struct rate_row *old = &g_array_index(rows, struct rate_row, i);

		if (old->from == row.from) {
			*old = row;
			return;
		}
	}
	g_array_append_val(rows, row);
}

static bool
take_rate(struct lines *lines, void *into, const char *key, const char *value)
{
	struct rates *rates = into;
	struct rate_row row = {.from = day_number(key), .rate = RATE_NONE};

	if (!strcmp(key, "title")) {
		g_free(rates->title);
		rates->title = g_strdup(value);
		return true;
	}
	if (!strcmp(key, "source"))
		return true;
	if (!strcmp(key, "known-until")) {
		int32_t day = day_number(value);

		if (day == G_MININT32)
			return refuse(lines, "known-until YYYY-MM-DD");
		rates->known_until = MAX(rates->known_until, day);
		return true;
	}
	if (row.from == G_MININT32)
		return refuse(lines, "\"%s\" is no day and no key", key);
	if (strcmp(value, "none") != 0 && !percent_parse(value, &row.rate))
		return refuse(lines, "\"%s\" is no rate in per cent", value);
	put_row(rates->rows, row);
	return true;
}

/* All folders have their word, the first one last. */
static struct rates *
rates_read(char *const *folders, const char *name, char **why)
{
	struct rates *rates = g_new0(struct rates, 1);
	g_autofree char *file = g_strconcat(name, ".rates", NULL);

	rates->name = g_strdup(name);
	rates->rows = g_array_new(FALSE, FALSE, sizeof(struct rate_row));
	rates->known_until = G_MININT32;
	for (guint n = g_strv_length((char **)(uintptr_t)folders); n > 0; n--) {
		g_autofree char *path =
		    g_build_filename(folders[n - 1], file, NULL);

		if (!read_lines(path, take_rate, rates, why) && *why)
			break;
	}
	g_array_sort(rates->rows, by_day);
	if (!*why && rates->rows->len == 0)
		*why = g_strdup_printf("there are no rates \"%s\"", name);
	if (*why)
		g_clear_pointer(&rates, rates_free);
	return rates;
}

/* ---- a country's rule ---------------------------------------------------------------- */

/* "40 EUR", "70 GBP below 10000" */
static bool
take_tier(struct lines *lines, struct law *law, const char *value)
{
	g_auto(GStrv) words = g_strsplit(value, " ", -1);
	guint n = g_strv_length(words);
	struct tier tier = {0};

	if ((n != 2 && (n != 4 || strcmp(words[2], "below") != 0)) ||
	    money_digits(words[1]) < 0 ||
	    !money_parse(words[0], words[1], &tier.amount) ||
	    (n == 4 && !money_parse(words[3], words[1], &tier.below)))
		return refuse(lines,
		    "compensation AMOUNT CURRENCY [below AMOUNT]");
	if (law->currency && strcmp(law->currency, words[1]) != 0)
		return refuse(lines, "one currency for all compensation");
	if (!law->currency)
		law->currency = g_strdup(words[1]);
	g_array_append_val(law->tiers, tier);
	return true;
}

static bool
take_year(struct lines *lines, struct law *law, const char *value)
{
	static const char *const names[] = {"365", "actual", "360"};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (!strcmp(value, names[i])) {
			law->year = (enum year_days)i;
			return true;
		}
	return refuse(lines, "year 365, actual or 360");
}

static bool
take_number(struct lines *lines, struct law *law, const char *key,
    const char *value)
{
	guint64 number;

	if (!strcmp(key, "margin"))
		return percent_parse(value, &law->margin) ||
		    refuse(lines, "margin PERCENT");
	if (!strcmp(key, "round-up"))
		return (percent_parse(value, &law->round_up) &&
		    law->round_up > 0) || refuse(lines, "round-up PERCENT");
	if (!strcmp(key, "times")) {
		if (!g_ascii_string_to_unsigned(value, 10, 1, 10, &number,
		    NULL))
			return refuse(lines, "times 1 to 10");
		law->times = (int)number;
		return true;
	}
	law->since = day_number(value);
	return law->since != G_MININT32 || refuse(lines, "since YYYY-MM-DD");
}

struct law_reading {
	struct law *law;
	char *reference;
};

static bool
take_law(struct lines *lines, void *into, const char *key, const char *value)
{
	struct law_reading *reading = into;
	struct law *law = reading->law;
	static const char *const numbers[] = {"margin", "round-up", "times",
	    "since", NULL};

	if (!strcmp(key, "title")) {
		law->title = g_strdup(value);
	} else if (!strcmp(key, "reference")) {
		reading->reference = g_strdup(value);
	} else if (!strcmp(key, "fixed") && !strcmp(value, "from-start")) {
		law->from_start = true;
	} else if (!strcmp(key, "compound") && !strcmp(value, "monthly")) {
		law->monthly = true;
	} else if (!strcmp(key, "year")) {
		return take_year(lines, law, value);
	} else if (!strcmp(key, "compensation")) {
		return take_tier(lines, law, value);
	} else if (g_strv_contains(numbers, key)) {
		return take_number(lines, law, key, value);
	} else {
		return refuse(lines, "\"%s %s\" is nothing that a law says",
		    key, value);
	}
	return true;
}

void
law_free(struct law *law)
{
	if (!law)
		return;
	g_free(law->code);
	g_free(law->title);
	g_free(law->currency);
	g_array_unref(law->tiers);
	rates_free(law->rates);
	g_free(law);
}

/* The file in the first folder that has it. */
static bool
read_first(char *const *folders, const char *code,
    struct law_reading *reading, char **why)
{
	g_autofree char *file = g_strconcat(code, ".law", NULL);

	for (; *folders; folders++) {
		g_autofree char *path = g_build_filename(*folders, file, NULL);

		if (read_lines(path, take_law, reading, why))
			return true;
		if (*why)
			return false;
	}
	return false;
}

struct law *
law_read(char *const *folders, const char *country, char **why)
{
	struct law *law = g_new0(struct law, 1);
	struct law_reading reading = {.law = law};
	bool good;

	*why = NULL;
	law->code = g_ascii_strdown(country, -1);
	law->times = 1;
	law->since = G_MININT32;
	law->tiers = g_array_new(FALSE, FALSE, sizeof(struct tier));
	good = strlen(law->code) == 2 &&
	    read_first(folders, law->code, &reading, why);
	if (good && reading.reference) {
		law->rates = rates_read(folders, reading.reference, why);
		good = law->rates != NULL;
	}
	if (good && !law->title) {
		*why = g_strdup_printf("laws/%s.law has no title", law->code);
		good = false;
	}
	g_free(reading.reference);
	if (!good)
		g_clear_pointer(&law, law_free);
	return law;
}

/* ---- what it says ----------------------------------------------------------------------- */

static int32_t
rounded_up(int32_t rate, int32_t step)
{
	int32_t over = step ? rate % step : 0;

	return over > 0 ? rate + step - over : rate - over;
}

bool
law_rate(const struct law *law, int32_t day, int32_t *rate)
{
	const struct rate_row *found = NULL;

	if (!law->rates || day > law->rates->known_until)
		return false;
	for (guint i = 0; i < law->rates->rows->len; i++) {
		const struct rate_row *row = &g_array_index(law->rates->rows,
		    struct rate_row, i);

		if (row->from <= day)
			found = row;
	}
	if (!found)
		return false;
	*rate = found->rate == RATE_NONE ? RATE_NONE :
	    rounded_up(found->rate * law->times, law->round_up) + law->margin;
	return true;
}

int64_t
law_compensation(const struct law *law, int64_t debt, const char *currency)
{
	int64_t least = 0;

	for (guint i = 0; i < law->tiers->len; i++) {
		const struct tier *tier =
		    &g_array_index(law->tiers, struct tier, i);

		if (!least || tier->amount < least)
			least = tier->amount;
		if (!strcmp(currency, law->currency) &&
		    (tier->below == 0 || debt < tier->below))
			return tier->amount;
	}
	return least;
}
