/*
 * values.c - turns what a letter is given into what is written: amounts, days
 * and numbers become text of the language, hostile characters end the letter.
 */
#include "letter.h"
#include "templates.h"

#include <string.h>

#define MAX_NESTING 8
#define MAX_TEXT 4000
#define MAX_ELEMENTS 2000

enum style { TEXT, LINES, DAY, TIME, DECIMAL, PERCENT, IBAN, PHONE, RAW };

/* Names whose text has a form; all other texts are one line as it is. */
static const struct {
	const char *name;
	enum style style;
} styles[] = {{"address", LINES}, {"note", LINES}, {"signature", LINES},
    {"text", LINES}, {"description", LINES}, {"terms", LINES},
    {"delivered", DAY}, {"tax_point", DAY},
    {"legal_info", LINES}, {"of", DAY}, {"base_quantity", DECIMAL},
    {"date", DAY}, {"due", DAY}, {"day", DAY}, {"until", DAY},
    {"term_day", DAY}, {"last_reminder", DAY}, {"from", DAY},
    {"written", DAY}, {"asked", DAY}, {"as_of", TIME},
    {"quantity", DECIMAL}, {"percent", PERCENT}, {"tax_percent", PERCENT},
    {"iban", IBAN}, {"phone", PHONE}, {"payload", RAW}};

/* Without these a letter says too little to be sent. */
static const struct {
	const char *kind;	/* NULL: every kind */
	const char *name;
} required[] = {{NULL, "owner.name"}, {NULL, "customer.name"},
    {"invoice", "total_balance"}, {"invoice", "amount"},
    {"invoice", "invoices.date"}, {"reminder", "total_balance"},
    {"credit-note", "amount"}, {"credit-note", "invoices.date"},
    {"receipt", "payment.amount"}, {"receipt", "payment.day"},
    {"crossed", "payment.amount"}, {"crossed", "payment.day"},
    {"crossed", "regards.day"}, {"copy", "total_balance"},
    {"copy", "invoices.date"}, {"offer", "plan.total"},
    {"offer", "plan.parts.due"}, {"offer", "plan.parts.amount"},
    {"agreement", "plan.total"}, {"agreement", "plan.parts.due"},
    {"agreement", "plan.parts.amount"}, {"instalment", "plan.parts.due"},
    {"instalment", "part.due"}, {"instalment", "part.balance"},
    {"instalment", "part.number"}};

/* A statement may be of an account on which nothing is open, and the owner's
 * digest is of all accounts. */
static const char *const of_invoices[] = {
    "invoices.number", "invoices.amount", "invoices.due", "invoices.balance"};

/* A count that is written in words of the language beside the number. */
static const struct {
	const char *name, *made, *label;
} counts[] = {{"days_overdue", "late", "late"}, {"days", "for_days", "days"},
    {"parts", "count", "instalments"}, {"invoices", "count", "invoices"}};

struct writer {
	const struct language *language;
	GString *path;		/* of the value being written */
	int nesting;
	char **why;
};

static json_t *
refuse(struct writer *writer, const char *what)
{
	if (!*writer->why)
		*writer->why = g_strdup_printf(
		    "values%s: %s", writer->path->str, what);
	return NULL;
}

static enum style
style_of(const char *key)
{
	for (size_t i = 0; i < G_N_ELEMENTS(styles); i++)
		if (!strcmp(styles[i].name, key))
			return styles[i].style;
	return TEXT;
}

static json_t *
take_string(char *text)
{
	json_t *string = json_string(text);

	g_free(text);
	return string;
}

/* Lines of a value stay lines in a paragraph; empty ones go. */
static char *
keep_lines(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	GString *out = g_string_new(NULL);

	for (char **line = lines; *line; line++) {
		g_strstrip(*line);
		if (**line && out->len)
			g_string_append(out, KEPT_BREAK "\n");
		g_string_append(out, *line);
	}
	return g_string_free(out, FALSE);
}

/* A number stays on one line. */
static char *
keep_together(const char *text)
{
	GString *out = g_string_new(text);

	g_string_replace(out, " ", "\u00a0", 0);
	return g_string_free(out, FALSE);
}

static json_t *
write_styled(struct writer *writer, enum style style, const char *text)
{
	const struct language *language = writer->language;
	char *time;

	switch (style) {
	case DAY:
		return format_is_day(text) ?
		    take_string(format_day(text, language)) :
		    refuse(writer, "this is no day (YYYY-MM-DD)");
	case TIME:
		time = format_time(text, language);
		return time ? take_string(time) :
		    refuse(writer, "this is no time with its zone");
	case DECIMAL:
	case PERCENT:
		if (!format_is_decimal(text))
			return refuse(writer, "this is no decimal");
		return take_string(style == PERCENT ?
		    format_percent(text, language) :
		    format_decimal(text, language));
	case IBAN:
		return take_string(format_iban(text));
	case PHONE:
		return take_string(keep_together(text));
	case LINES:
		return take_string(keep_lines(text));
	case TEXT:
	case RAW:
		break;
	}
	return json_string(text);
}

/* "\r\n" -> "\n", in place. */
static void
join_line_ends(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++)
		if (from[0] != '\r' || from[1] != '\n')
			*to++ = *from;
	*to = '\0';
}

/* What a code holds: its lines and tabs as they are. */
static json_t *
write_raw(struct writer *writer, const char *text)
{
	g_autofree char *seen = g_strdelimit(g_strdup(text), "\t", ' ');

	return text_is_clean(seen, true) ? json_string(text) :
	    refuse(writer, "it holds a control character");
}

static json_t *
write_text(struct writer *writer, const char *key, const json_t *value)
{
	enum style style = style_of(key);
	g_autofree char *text = NULL;

	if (json_is_integer(value))
		text = g_strdup_printf(
		    "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	else
		text = g_strdup(json_string_value(value));
	if (json_is_string(value) &&
	    strlen(text) != json_string_length(value))
		return refuse(writer, "it holds a NUL");
	if (strlen(text) > MAX_TEXT)
		return refuse(writer, "it is too long");
	if (style == RAW)
		return write_raw(writer, text);
	if (style == LINES)
		join_line_ends(text);
	if (!text_is_clean(text, style == LINES))
		return refuse(writer, "it holds a control character, or one "
				      "that turns the direction of writing");
	g_strstrip(text);
	return *text ? write_styled(writer, style, text) : NULL;
}

static bool
is_amount(const json_t *value)
{
	return json_object_size(value) == 2 &&
	    json_is_string(json_object_get(value, "amount")) &&
	    json_is_string(json_object_get(value, "currency"));
}

static char *
amount_text(struct writer *writer, const json_t *value)
{
	const char *amount = json_string_value(
	    json_object_get(value, "amount"));
	const char *currency = json_string_value(
	    json_object_get(value, "currency"));

	if (amount && currency && format_is_decimal(amount) &&
	    strlen(currency) == 3 && g_ascii_isupper(currency[0]) &&
	    g_ascii_isupper(currency[1]) && g_ascii_isupper(currency[2]))
		return format_money(amount, currency, writer->language);
	refuse(writer, "this is no amount");
	return NULL;
}

static json_t *write_value(
    struct writer *writer, const char *key, const json_t *value);

static json_t *
write_amounts(struct writer *writer, const json_t *list)
{
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < json_array_size(list); i++) {
		g_autofree char *text = amount_text(
		    writer, json_array_get(list, i));

		if (i)
			g_string_append(out, " + ");
		g_string_append(out, text ? text : "");
	}
	return take_string(g_string_free(out, FALSE));
}

static json_t *
write_list(struct writer *writer, const char *key, const json_t *list)
{
	json_t *out;

	if (json_array_size(list) > MAX_ELEMENTS)
		return refuse(writer, "the list is too long");
	if (is_amount(json_array_get(list, 0)))
		return write_amounts(writer, list);
	out = json_array();
	for (size_t i = 0; i < json_array_size(list) && !*writer->why; i++) {
		json_t *element = write_value(
		    writer, key, json_array_get(list, i));

		if (element)
			json_array_append_new(out, element);
	}
	return out;
}

bool
values_is_zero(const json_t *amount)
{
	const char *text = json_string_value(
	    json_object_get(amount, "amount"));

	return text && !text[strspn(text, "-0.")];
}

/* "18 days" beside a number of days, "3 instalments" beside a list of them. */
static void
add_counts(struct writer *writer, const json_t *object, json_t *out)
{
	for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
		const json_t *value = json_object_get(object, counts[i].name);
		json_int_t number = json_is_array(value) ?
		    (json_int_t)json_array_size(value) :
		    json_integer_value(value);

		if (json_is_array(value) || json_is_integer(value))
			json_object_set_new(out, counts[i].made,
			    take_string(language_count(writer->language,
			        counts[i].label, number)));
	}
}

static json_t *
write_object(struct writer *writer, const json_t *object)
{
	gsize length = writer->path->len;
	json_t *out = json_object(), *value;
	const char *key;

	json_object_foreach((json_t *)(size_t)object, key, value) {
		json_t *written;

		if (!strncmp(key, "//", 2))
			continue;
		g_string_append_printf(writer->path, ".%s", key);
		written = write_value(writer, key, value);
		if (written)
			json_object_set_new(out, key, written);
		if (*writer->why)
			break;
		g_string_truncate(writer->path, length);
	}
	if (json_object_get(object, "balance"))
		json_object_set_new(out, "is_paid", json_boolean(
		    values_is_zero(json_object_get(object, "balance"))));
	add_counts(writer, object, out);
	return out;
}

/* NULL: left out, or *why is set. */
static json_t *
write_value(struct writer *writer, const char *key, const json_t *value)
{
	json_t *out = NULL;

	if (++writer->nesting > MAX_NESTING)
		refuse(writer, "values inside of values too deep");
	else if (is_amount(value))
		out = take_string(amount_text(writer, value));
	else if (json_is_object(value))
		out = write_object(writer, value);
	else if (json_is_array(value))
		out = write_list(writer, key, value);
	else if (json_is_string(value) || json_is_integer(value))
		out = write_text(writer, key, value);
	else if (json_is_boolean(value))
		out = json_boolean(json_is_true(value));
	else if (!json_is_null(value))
		refuse(writer, "a number here is written as text");
	writer->nesting--;
	return out;
}

/* ---- the whole --------------------------------------------------------------- */

/* A dotted name, in each element where there is a list. */
static bool
is_there(const json_t *value, const char *name)
{
	const char *dot = strchr(name, '.');
	g_autofree char *key = dot ?
	    g_strndup(name, (size_t)(dot - name)) : g_strdup(name);
	bool good = true;

	value = json_object_get(value, key);
	if (!dot)
		return value != NULL;
	if (!json_is_array(value))
		return is_there(value, dot + 1);
	for (size_t i = 0; i < json_array_size(value); i++)
		good = good && is_there(json_array_get(value, i), dot + 1);
	return good && json_array_size(value);
}

static char *
missing(const char *name, const char *kind)
{
	return g_strdup_printf("values.%s: missing, a letter of kind %s needs "
	    "it", name, kind);
}

static bool
is_complete(const json_t *values, const char *kind, char **why)
{
	for (size_t i = 0; i < G_N_ELEMENTS(of_invoices); i++)
		if (strcmp(kind, "statement") != 0 &&
		    strcmp(kind, "digest") != 0 && !is_there(values, of_invoices[i])) {
			*why = missing(of_invoices[i], kind);
			return false;
		}
	for (size_t i = 0; i < G_N_ELEMENTS(required); i++) {
		if (required[i].kind && strcmp(required[i].kind, kind) != 0)
			continue;
		if (is_there(values, required[i].name))
			continue;
		*why = missing(required[i].name, kind);
		return false;
	}
	return true;
}

json_t *
values_write_part(const json_t *values, const char *name,
    const struct language *language, char **why)
{
	struct writer writer = {language, g_string_new(NULL), 0, why};
	json_t *out;

	*why = NULL;
	g_string_append_printf(writer.path, ".%s", name);
	out = write_object(&writer, values);
	if (*why)
		g_clear_pointer(&out, json_decref);
	g_string_free(writer.path, TRUE);
	return out;
}

json_t *
values_write(const json_t *values, const char *kind,
    const struct language *language, char **why)
{
	struct writer writer = {language, g_string_new(NULL), 0, why};
	json_t *out = NULL;

	*why = NULL;
	if (json_is_object(values))
		out = write_object(&writer, values);
	else
		refuse(&writer, "this is no JSON object");
	if (*why || !is_complete(out, kind, why)) {
		json_decref(out);
		out = NULL;
	} else {
		values_follow(out, values, language);
	}
	g_string_free(writer.path, TRUE);
	return out;
}
