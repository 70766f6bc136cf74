/*
 * config_convert.c - from the text of an option to its value, with the checks
 * that its type asks for. Each converter gives NULL or the reason.
 */
#include "config_internal.h"
#include "instalments.h"
#include "pay.h"

#include <stdio.h>
#include <string.h>

#include "../parser/parser.h"

static char *
set_text(char **target, const char *value)
{
	g_free(*target);
	*target = *value ? g_strdup(value) : NULL;
	return NULL;
}

static bool
has_control(const char *value, const char *allowed)
{
	for (; *value; value++)
		if ((g_ascii_iscntrl(*value)) && !strchr(allowed, *value))
			return true;
	return false;
}

static char *
convert_text(char **target, const char *value)
{
	if (has_control(value, "\n\t"))
		return g_strdup("holds a control character");
	return set_text(target, value);
}

static char *
convert_word(char **target, const char *value)
{
	if (has_control(value, "") || strchr(value, ' '))
		return g_strdup_printf("\"%s\" holds a space", value);
	return set_text(target, value);
}

/* One mailbox, "local@domain", ASCII: what can stand in a From field. */
static char *
convert_email(char **target, const char *value)
{
	const char *at = strrchr(value, '@');

	if (!*value)
		return set_text(target, value);
	for (const char *p = value; *p; p++)
		if (!g_ascii_isgraph(*p) || strchr("<>()[]\\,;:\"", *p))
			at = NULL;
	if (!at || at == value || at != strchr(value, '@') || !at[1] ||
	    at[1] == '.' || strstr(at, ".."))
		return g_strdup_printf("\"%s\" is not an e-mail address",
		    value);
	return set_text(target, value);
}

static char *
convert_host(char **target, const char *value)
{
	for (const char *p = value; *p; p++)
		if (!g_ascii_isalnum(*p) && !strchr("-._:", *p))
			return g_strdup_printf("\"%s\" is not a host name",
			    value);
	return set_text(target, value);
}

static char *
convert_number(const struct field *field, int *target, const char *value)
{
	gint64 number;

	if (!g_ascii_string_to_signed(value, 10, field->low, field->high,
	    &number, NULL))
		return g_strdup_printf("\"%s\" is not a number from %d to %d",
		    value, field->low, field->high);
	*target = (int)number;
	return NULL;
}

static char *
convert_boolean(bool *target, const char *value)
{
	static const char *const names[] = {
	    "no", "yes", "false", "true", "off", "on"};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		if (g_ascii_strcasecmp(value, names[i]) == 0) {
			*target = i % 2 == 1;
			return NULL;
		}
	}
	return g_strdup_printf("\"%s\" is neither yes nor no", value);
}

static char *
convert_probability(double *target, const char *value)
{
	char *end;
	double number = g_ascii_strtod(value, &end);

	if (end == value || *end || !(number >= 0.5 && number <= 1))
		return g_strdup_printf(
		    "\"%s\" is not a number from 0.5 to 1", value);
	*target = number;
	return NULL;
}

/* "1 in 1000" */
static char *
convert_rate(double *target, const char *value)
{
	unsigned part, whole;
	int used = 0;

	if (sscanf(value, "%9u in %9u%n", &part, &whole, &used) != 2 ||
	    value[used] || part < 1 || whole / part < 10)
		return g_strdup_printf("\"%s\" is not like \"1 in 1000\", and "
		    "at most 1 in 10", value);
	*target = (double)part / whole;
	return NULL;
}

static char *
convert_path(const struct reading *reading, char **target, const char *value)
{
	char *path = NULL;

	if (has_control(value, ""))
		return g_strdup("holds a control character");
	if (*value)
		path = g_path_is_absolute(value) ? g_strdup(value) :
		    g_build_filename(reading->home, value, NULL);
	g_free(*target);
	*target = path;
	return NULL;
}

static char *
convert_choice(char **target, const char *value, const char *choices)
{
	g_auto(GStrv) list = g_strsplit(choices, "|", -1);
	g_autofree char *words = NULL;

	if (g_strv_contains((const char *const *)list, value))
		return set_text(target, value);
	words = g_strjoinv(", ", list);
	return g_strdup_printf("\"%s\" is not one of %s", value, words);
}

/* Two or three ASCII letters, given back in the case that ISO writes. */
static char *
convert_letters(const struct field *field, char **target, const char *value)
{
	bool lower = field->type == FIELD_LANGUAGE;
	size_t length = strlen(value);
	bool good = length == 2 || (length == 3 && lower);

	for (const char *p = value; *p; p++)
		good = good && g_ascii_isalpha(*p);
	if (*value && !good)
		return g_strdup_printf("\"%s\" is not a %s code (such as %s)",
		    value, lower ? "language" : "country", lower ? "en" : "CZ");
	g_free(*target);
	*target = !*value ? NULL : lower ? g_ascii_strdown(value, -1) :
	    g_ascii_strup(value, -1);
	return NULL;
}

static char *
convert_currency(char **target, const char *value)
{
	g_autofree char *code = g_ascii_strup(value, -1);

	if (*code && money_digits(code) < 0)
		return g_strdup_printf(
		    "\"%s\" is not an ISO 4217 currency", value);
	return set_text(target, code);
}

/* Only the shape is checked: whether this machine knows the zone is said
 * where the zone is used, because its data may be missing. */
static char *
convert_timezone(char **target, const char *value)
{
	for (const char *p = value; *p; p++)
		if (!g_ascii_isalnum(*p) && !strchr("/_+-", *p))
			return g_strdup_printf("\"%s\" is not the name of a "
			    "time zone (such as Europe/Prague)", value);
	return set_text(target, value);
}

static bool
read_minute(const char *text, int *minute)
{
	guint64 hours, minutes;
	g_auto(GStrv) parts = g_strsplit(text, ":", 3);

	if (g_strv_length(parts) != 2 || strlen(parts[1]) != 2 ||
	    !g_ascii_string_to_unsigned(parts[0], 10, 0, 24, &hours, NULL) ||
	    !g_ascii_string_to_unsigned(parts[1], 10, 0, 59, &minutes, NULL) ||
	    (hours == 24 && minutes > 0))
		return false;
	*minute = (int)(hours * 60 + minutes);
	return true;
}

static char *
convert_window(struct config *config, const char *value)
{
	g_auto(GStrv) parts = g_strsplit(value, "-", 3);
	int from, to;

	if (g_strv_length(parts) != 2 ||
	    !read_minute(g_strstrip(parts[0]), &from) ||
	    !read_minute(g_strstrip(parts[1]), &to) || from >= to)
		return g_strdup_printf("\"%s\" is not a time of the day such "
		    "as 08:00-18:00", value);
	config->window_from = from;
	config->window_to = to;
	return NULL;
}

static char *
convert_settles(bool *target, const char *value)
{
	g_autofree char *word = NULL;
	char *why = convert_choice(&word, value, "notice|statement");

	if (!why)
		*target = strcmp(word, "statement") == 0;
	return why;
}

/* An account as it is compared: upper case, no white space. */
static char *
convert_account(char **target, const char *value)
{
	g_autoptr(GString) plain = g_string_new(NULL);

	for (const char *p = value; *p; p++) {
		if (g_ascii_isspace(*p))
			continue;
		if (!g_ascii_isalnum(*p) && !strchr("-/.*", *p))
			return g_strdup_printf(
			    "\"%s\" is not an account number", value);
		g_string_append_c(plain, g_ascii_toupper(*p));
	}
	return set_text(target, plain->str);
}

static char *
convert_step(GPtrArray *steps, const char *value)
{
	g_autofree char *why = NULL;
	struct step *step = step_parse(value, &why);

	if (!step)
		return g_strdup_printf("\"%s\": %s", value, why);
	g_ptr_array_add(steps, step);
	return NULL;
}

/* "5" in the owner's currency, "100 CZK" in another; base is the policy. */
static char *
convert_minimum(struct reading *reading, const struct field *field,
    struct policy *policy, const char *value, int line)
{
	struct pending_money money = {field, &policy->minimum, NULL, line, NULL};
	const char *space = strrchr(value, ' ');
	struct minimum minimum = {0};
	g_autofree char *amount = NULL;

	if (!space) {
		money.text = g_strdup(value);
		g_array_append_val(reading->money, money);
		return NULL;
	}
	g_strlcpy(minimum.currency, space + 1, sizeof minimum.currency);
	amount = g_strndup(value, (gsize)(space - value));
	if (strlen(space + 1) != 3 || money_digits(minimum.currency) < 0 ||
	    !money_parse(g_strstrip(amount), minimum.currency,
	    &minimum.amount) || minimum.amount < 0)
		return g_strdup_printf("\"%s\" is not an amount such as \"5\" "
		    "or \"100 CZK\"", value);
	if (!policy->minimums)
		policy->minimums = g_array_new(FALSE, FALSE, sizeof minimum);
	g_array_append_val(policy->minimums, minimum);
	return NULL;
}

/* An ISO day, or one of every year: "12-24". */
static bool
read_closed_day(const char *text, bool yearly, char day[DAY_SIZE])
{
	g_autofree char *whole = yearly ? g_strdup_printf("2024-%s", text)
					: g_strdup(text);

	if (day_number(whole) == G_MININT32)
		return false;
	g_strlcpy(day, text, DAY_SIZE);
	return true;
}

/* "2026-12-24", "2026-12-24..2027-01-01", "12-24..01-01" */
static char *
convert_closed(GArray **list, const char *value)
{
	g_auto(GStrv) ends = g_strsplit(value, "..", 2);
	struct closed closed = {.yearly = strlen(g_strstrip(ends[0])) == 5};
	const char *last = ends[0] && ends[1] ? g_strstrip(ends[1]) : ends[0];

	if (!read_closed_day(ends[0], closed.yearly, closed.first) ||
	    !read_closed_day(last, closed.yearly, closed.last) ||
	    (!closed.yearly && strcmp(closed.first, closed.last) > 0))
		return g_strdup_printf("\"%s\" is not like \"2026-12-24\", "
		    "\"2026-12-24..2027-01-01\" or, every year, "
		    "\"12-24..01-01\"", value);
	if (!*list)
		*list = g_array_new(FALSE, FALSE, sizeof(struct closed));
	g_array_append_val(*list, closed);
	return NULL;
}

static char *
convert_pay(const char *option, char **target, const char *value)
{
	char *why = NULL;
	char *text = *value ? pay_option_convert(option, value, &why) : NULL;

	if (why)
		return why;
	g_free(*target);
	*target = text;
	return NULL;
}

static char *
convert_one(struct reading *reading, const struct field *field, void *place,
    const char *value, int line)
{
	struct pending_money money = {field, place, NULL, line, NULL};

	switch (field->type) {
	case FIELD_TEXT:
		return convert_text(place, value);
	case FIELD_WORD:
		return convert_word(place, value);
	case FIELD_EMAIL:
		return convert_email(place, value);
	case FIELD_HOST:
		return convert_host(place, value);
	case FIELD_NUMBER:
		return convert_number(field, place, value);
	case FIELD_BOOLEAN:
		return convert_boolean(place, value);
	case FIELD_MONEY:
		money.text = g_strdup(value);
		g_array_append_val(reading->money, money);
		return NULL;
	case FIELD_PROBABILITY:
		return convert_probability(place, value);
	case FIELD_RATE:
		return convert_rate(place, value);
	case FIELD_PATH:
		return convert_path(reading, place, value);
	case FIELD_CHOICE:
		return convert_choice(place, value, field->choices);
	case FIELD_LANGUAGE:
	case FIELD_COUNTRY:
		return convert_letters(field, place, value);
	case FIELD_CURRENCY:
		return convert_currency(place, value);
	case FIELD_TIMEZONE:
		return convert_timezone(place, value);
	case FIELD_WINDOW:
		return convert_window(reading->config, value);
	case FIELD_HOUR:
		return read_minute(value, place) ? NULL : g_strdup_printf(
		    "\"%s\" is not a time of the day such as 07:30", value);
	case FIELD_SETTLES:
		return convert_settles(place, value);
	case FIELD_ACCOUNT:
		return convert_account(place, value);
	case FIELD_STEP:
		return convert_step(*(GPtrArray **)place, value);
	case FIELD_CLOSED:
		return convert_closed(place, value);
	case FIELD_MINIMUM:
		return convert_minimum(reading, field, place, value, line);
	case FIELD_EVERY:
		return every_check(value) ? convert_text(place, value) :
		    g_strdup_printf("\"%s\" is not like \"month\", \"2 weeks\" "
		    "or \"10 days\"", value);
	case FIELD_PAY:
		return convert_pay(field->name, place, value);
	case FIELD_DESERVING:
		return deserving_convert(reading, field, place, value, line);
	default:
		break;
	}
	return g_strdup("of an unknown type");
}

/* Appends to a NULL-terminated array of strings. */
static void
append(char ***list, char *value)
{
	guint length = *list ? g_strv_length(*list) : 0;

	*list = g_renew(char *, *list, length + 2);
	(*list)[length] = value;
	(*list)[length + 1] = NULL;
}

char *
config_convert(struct reading *reading, const struct field *field, void *base,
    const char *value, int line)
{
	void *place = (char *)base + field->offset;
	char *item = NULL, *why;

	if (field->type >= FIELD_PATTERN)
		return config_convert_rule(reading, field, base, value, line);
	if (!field->list || field->type == FIELD_STEP ||
	    field->type == FIELD_CLOSED || field->type == FIELD_MINIMUM ||
	    field->type == FIELD_DESERVING)
		return convert_one(reading, field, place, value, line);
	why = convert_one(reading, field, &item, value, line);
	if (!why && item)
		append(place, item);
	return why;
}
