/*
 * invoice_terms.c - what stands in an element becomes a value of the document:
 * texts, days, decimals, amounts, groups. What cannot be is noted as wrong,
 * never guessed.
 */
#include "invoice_terms.h"

#include <stdarg.h>
#include <string.h>

#define WRONG_MAX 20u
#define DECIMAL_MAX 30u		/* digits */

void
terms_wrong(struct reading *reading, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	if (json_array_size(reading->wrong) < WRONG_MAX)
		json_array_append_new(reading->wrong, json_string(text));
}

/* ---- the tables -------------------------------------------------------------- */

struct place {
	struct reading *reading;
	json_t *into;
	const struct term *term;
};

static void
at_node(struct invoice_node *node, const char *text, void *user)
{
	const struct place *place = user;
	bool taken = node->taken;

	place->term->read(place->reading, place->into, place->term, node,
	    text);
	if (text != node->text)		/* an attribute: not the text */
		node->taken = taken;
}

void
terms_read(struct reading *reading, json_t *into, const struct term *table,
    struct invoice_node *node)
{
	for (const struct term *term = table; term->path; term++) {
		struct place place = {reading, into, term};

		invoice_each(node, term->path, at_node, &place);
	}
}

/* The object that the last name of a key stands in. */
static json_t *
owner_of(json_t *into, const char *key, const char **last)
{
	const char *dot;

	while ((dot = strchr(key, '.'))) {
		g_autofree char *name = g_strndup(key, (gsize)(dot - key));
		json_t *inner = json_object_get(into, name);

		if (!inner) {
			inner = json_object();
			json_object_set_new(into, name, inner);
		}
		into = inner;
		key = dot + 1;
	}
	*last = key;
	return into;
}

/* False when there is another value already. */
static bool
put(json_t *into, const char *key, const char *value)
{
	const char *last, *there;

	if (!*value)
		return true;
	into = owner_of(into, key, &last);
	there = json_string_value(json_object_get(into, last));
	if (!there)
		json_object_set_new(into, last, json_string(value));
	return !there || strcmp(there, value) == 0;
}

void
term_each(struct reading *reading, json_t *into, const struct term *term,
    struct invoice_node *node, const char *text)
{
	json_t *one = json_object(), *list;
	const char *last;

	(void)text;
	terms_read(reading, one, term->group, node);
	if (json_object_size(one) > 0) {
		into = owner_of(into, term->key, &last);
		list = json_object_get(into, last);
		if (!list) {
			list = json_array();
			json_object_set_new(into, last, list);
		}
		json_array_append(list, one);
	}
	json_decref(one);
}

void
term_group(struct reading *reading, json_t *into, const struct term *term,
    struct invoice_node *node, const char *text)
{
	json_t *one;
	const char *last;

	(void)text;
	into = owner_of(into, term->key, &last);
	if (json_object_get(into, last))
		return;
	one = json_object();
	terms_read(reading, one, term->group, node);
	if (json_object_size(one) > 0)
		json_object_set(into, last, one);
	json_decref(one);
}

void
term_inside(struct reading *reading, json_t *into, const struct term *term,
    struct invoice_node *node, const char *text)
{
	(void)text;
	terms_read(reading, into, term->group, node);
}

/* ---- texts ---------------------------------------------------------------------- */

void
term_text(struct reading *reading, json_t *into, const struct term *term,
    struct invoice_node *node, const char *text)
{
	GString *line = g_string_new(NULL);

	(void)reading;
	for (; *text; text++) {
		bool blank = g_ascii_isspace(*text) || *text == '\177';

		if (!blank)
			g_string_append_c(line, *text);
		else if (line->len && line->str[line->len - 1] != ' ')
			g_string_append_c(line, ' ');
	}
	node->taken |= put(into, term->key, line->str);
	g_string_free(line, TRUE);
}

/* Lines as they are, with blanks at their ends and tabs made plain. */
static char *
plain_lines(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line; line++) {
		g_strdelimit(*line, "\t\r\177", ' ');
		g_strchomp(*line);
	}
	return g_strjoinv("\n", lines);
}

void
term_lines(struct reading *reading, json_t *into, const struct term *term,
    struct invoice_node *node, const char *text)
{
	g_autofree char *plain = plain_lines(text);

	(void)reading;
	node->taken |= put(into, term->key, plain);
}

void
term_note(struct reading *reading, json_t *into, const struct term *term,
    struct invoice_node *node, const char *text)
{
	const char *end = *text == '#' ? strchr(text + 1, '#') : NULL;
	g_autofree char *code = NULL;

	if (end && end == text + 4) {
		code = g_strndup(text + 1, 3);
		put(into, "subject", code);
		text = end + 1;
	}
	term_lines(reading, into, term, node, text);
}

void
term_file(struct reading *reading, json_t *into, const struct term *term,
    struct invoice_node *node, const char *text)
{
	GString *plain = g_string_sized_new(strlen(text));

	for (; *text; text++) {
		if (g_ascii_isspace(*text))
			continue;
		if (!g_ascii_isalnum(*text) && !strchr("+/=", *text))
			break;
		g_string_append_c(plain, *text);
	}
	if (*text || plain->len % 4 != 0)
		terms_wrong(reading, "an attached file is not base64");
	else
		node->taken |= put(into, term->key, plain->str);
	g_string_free(plain, TRUE);
}

/* ---- days and figures ---------------------------------------------------------------- */

/* "20261120" of format 102, "2026-11-20+01:00" of xs:date. */
void
term_day(struct reading *reading, json_t *into, const struct term *term,
    struct invoice_node *node, const char *text)
{
	g_autofree char *day = NULL;

	if (strlen(text) == 8 && strspn(text, "0123456789") == 8)
		day = g_strdup_printf("%.4s-%.2s-%.2s", text, text + 4,
		    text + 6);
	else if (strlen(text) > 10 && strchr("TZ+-", text[10]))
		day = g_strndup(text, 10);
	else
		day = g_strdup(text);
	if (day_number(day) != G_MININT32)
		node->taken |= put(into, term->key, day);
	else if (*text)
		terms_wrong(reading, "%s: '%.40s' is no day", node->name,
		    text);
}

static bool
is_decimal(const char *text)
{
	size_t whole, parts;

	text += *text == '-' || *text == '+';
	whole = strspn(text, "0123456789");
	text += whole;
	parts = *text == '.' ? strspn(text + 1, "0123456789") : 0;
	text += *text == '.' ? parts + 1 : 0;
	return !*text && whole + parts > 0 && whole + parts <= DECIMAL_MAX;
}

char *
terms_decimal(const char *text, int digits)
{
	bool minus = *text == '-';
	GString *plain = g_string_new(NULL);
	size_t parts;
	char *point;

	if (!is_decimal(text)) {
		g_string_free(plain, TRUE);
		return NULL;
	}
	text += *text == '-' || *text == '+';
	while (*text == '0')
		text++;
	g_string_append(plain, *text == '.' || !*text ? "0" : "");
	g_string_append(plain, text);
	point = strchr(plain->str, '.');
	while (point && (plain->str[plain->len - 1] == '0' ||
	    plain->str[plain->len - 1] == '.')) {
		bool over = plain->str[plain->len - 1] == '.';

		g_string_truncate(plain, plain->len - 1);
		if (over)
			point = NULL;
	}
	parts = point ? strlen(point + 1) : 0;
	if (minus && strcmp(plain->str, "0") != 0)
		g_string_prepend_c(plain, '-');
	if (digits > 0 && parts == 0)
		g_string_append_c(plain, '.');
	for (; digits >= 0 && parts < (size_t)digits; parts++)
		g_string_append_c(plain, '0');
	return g_string_free(plain, digits >= 0 && parts > (size_t)digits);
}

void
term_decimal(struct reading *reading, json_t *into, const struct term *term,
    struct invoice_node *node, const char *text)
{
	g_autofree char *plain = terms_decimal(text, -1);

	if (plain)
		node->taken |= put(into, term->key, plain);
	else if (*text)
		terms_wrong(reading, "%s: '%.40s' is no decimal number",
		    node->name, text);
}

static void
put_amount(struct reading *reading, json_t *into, const struct term *term,
    struct invoice_node *node, const char *text, const char *currency)
{
	int digits = currency ? money_digits(currency) : -1;
	g_autofree char *plain = digits < 0 ? NULL :
	    terms_decimal(text, digits);

	if (plain)
		node->taken |= put(into, term->key, plain);
	else if (digits < 0)
		terms_wrong(reading, "%s: '%.8s' is no currency of ISO 4217",
		    node->name, currency ? currency : "");
	else
		terms_wrong(reading, "%s: '%.40s' is no amount of %s",
		    node->name, text, currency);
}

void
term_amount(struct reading *reading, json_t *into, const struct term *term,
    struct invoice_node *node, const char *text)
{
	const char *said = invoice_attribute(node, "currencyID");

	if (!*text)
		return;
	if (said && reading->currency && strcmp(said, reading->currency) != 0)
		terms_wrong(reading, "%s: it is in %.8s, the invoice in %s",
		    node->name, said, reading->currency);
	else
		put_amount(reading, into, term, node, text,
		    reading->currency);
}

void
term_tax_total(struct reading *reading, json_t *into, const struct term *term,
    struct invoice_node *node, const char *text)
{
	static const struct term accounting = {"", "totals.tax_accounting",
	    NULL, NULL};
	const char *said = invoice_attribute(node, "currencyID");

	if (*text && said && reading->tax_currency &&
	    strcmp(said, reading->tax_currency) == 0 &&
	    g_strcmp0(said, reading->currency) != 0)
		put_amount(reading, into, &accounting, node, text, said);
	else
		term_amount(reading, into, term, node, text);
}
