/*
 * values.c - turns what a letter is given into what is written: amounts, days
 * and numbers become text of the language, hostile characters end the letter,
 * and what follows from the values is added.
 */
#include "letter.h"
#include "templates.h"

#include <string.h>

#define MAX_NESTING 8
#define MAX_TEXT 4000
#define MAX_ELEMENTS 2000

enum style { TEXT, LINES, DAY, TIME, DECIMAL, PERCENT, IBAN };

/* Names whose text has a form; all other texts are one line as it is. */
static const struct {
	const char *name;
	enum style style;
} styles[] = {{"address", LINES}, {"note", LINES}, {"signature", LINES},
    {"text", LINES},
    {"date", DAY}, {"due", DAY}, {"day", DAY}, {"until", DAY},
    {"term_day", DAY}, {"last_reminder", DAY}, {"as_of", TIME},
    {"quantity", DECIMAL}, {"percent", PERCENT}, {"tax_percent", PERCENT},
    {"iban", IBAN}};

/* Without these a letter says too little to be sent. */
static const struct {
	const char *kind;	/* NULL: every kind */
	const char *name;
} required[] = {{NULL, "owner.name"}, {NULL, "customer.name"},
    {NULL, "invoices.number"}, {NULL, "invoices.amount"},
    {NULL, "invoices.due"}, {NULL, "invoices.balance"},
    {"invoice", "total_balance"}, {"invoice", "amount"},
    {"invoice", "invoices.date"}, {"reminder", "total_balance"},
    {"receipt", "payment.amount"}, {"receipt", "payment.day"},
    {"crossed", "payment.amount"}, {"crossed", "payment.day"},
    {"crossed", "regards.day"}};

/* All names that a template may use, a part of a dotted name each. */
static const char *const known[] = {"account", "address", "amount", "applied",
    "as_of", "balance", "bank", "bic", "body", "company", "contact",
    "customer", "date", "day", "days_overdue", "discount", "due", "email",
    "fee", "feminine", "first", "greet", "holder", "iban", "instalments",
    "invoices", "is_overdue", "is_paid", "is_partly_paid", "language",
    "last_reminder", "legal", "lines", "many", "masculine", "name", "net",
    "note", "number", "owner", "pay", "payment", "percent", "phone", "po",
    "price", "quantity", "received", "reference", "regards", "salutation",
    "signature", "subject", "tax", "tax_id", "tax_percent", "taxes",
    "term_day", "text", "total_balance", "unit", "until", "website"};

struct writer {
	const struct language *language;
	GString *path;		/* of the value being written */
	int nesting;
	char **why;
};

bool
values_is_known(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
		if (!strcmp(known[i], name))
			return true;
	return false;
}

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
	case LINES:
		return take_string(keep_lines(text));
	case TEXT:
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
	return json_is_string(json_object_get(value, "amount")) &&
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

static bool
is_zero(const json_t *amount)
{
	const char *text = json_string_value(
	    json_object_get(amount, "amount"));

	return text && !text[strspn(text, "-0.")];
}

static void
add_flag(json_t *object, const char *name, bool flag)
{
	json_object_set_new(object, name, json_boolean(flag));
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
		add_flag(out, "is_paid",
		    is_zero(json_object_get(object, "balance")));
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

/* ---- what follows from the values ------------------------------------------ */

static const char *
text_of(const json_t *object, const char *name, const char *inner)
{
	return json_string_value(
	    json_object_get(json_object_get(object, name), inner));
}

static void
add_invoices(json_t *out)
{
	json_t *invoices = json_object_get(out, "invoices"), *invoice;
	bool all_paid = true, overdue = json_is_true(
	    json_object_get(out, "is_overdue"));
	size_t i;

	json_array_foreach(invoices, i, invoice) {
		add_flag(invoice, "is_partly_paid", json_array_size(
		    json_object_get(invoice, "received")) > 0);
		all_paid = all_paid &&
		    json_is_true(json_object_get(invoice, "is_paid"));
		overdue = overdue ||
		    json_is_true(json_object_get(invoice, "is_overdue"));
	}
	add_flag(out, "is_paid", all_paid);
	add_flag(out, "is_overdue", overdue);
	add_flag(out, "many", json_array_size(invoices) > 1);
	json_object_set(out, "first", json_array_get(invoices, 0));
}

/* "2 556,40 € + 40,00 €" */
static json_t *
sum_of(const json_t *total, const json_t *fee)
{
	const char *one = json_string_value(total);
	const char *other = json_string_value(fee);

	return one && other ?
	    take_string(g_strconcat(one, " + ", other, NULL)) :
	    json_string(one ? one : other);
}

/* What to transfer, and until when, unless it was said. */
static void
add_payment(json_t *out)
{
	json_t *pay = json_object_get(out, "pay");
	json_t *day = json_object_get(out, "term_day");

	if (!pay)
		return;
	if (!json_object_get(pay, "amount"))
		json_object_set_new(pay, "amount",
		    sum_of(json_object_get(out, "total_balance"),
		        json_object_get(out, "fee")));
	if (!day && !json_is_true(json_object_get(out, "is_overdue")) &&
	    !json_is_true(json_object_get(out, "many")))
		day = json_object_get(json_object_get(out, "first"), "due");
	json_object_set(pay, "day", day);
}

/* An invoice of which no tax is known does not speak of tax. */
static void
drop_no_tax(json_t *out, const json_t *values)
{
	if (json_object_get(out, "taxes") ||
	    !is_zero(json_object_get(values, "tax")))
		return;
	json_object_del(out, "tax");
	json_object_del(out, "net");
}

static void
add_greeting(json_t *out, const struct language *language)
{
	json_t *customer = json_object_get(out, "customer");
	const char *contact = text_of(out, "customer", "contact");
	enum gender gender;
	char *greet;

	if (!contact)
		return;
	greet = salutation_name(contact, language, &gender);
	if (greet)
		json_object_set_new(customer, "greet", take_string(greet));
	add_flag(customer, "feminine", gender == GENDER_FEMININE);
	add_flag(customer, "masculine", gender == GENDER_MASCULINE);
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

static bool
is_complete(const json_t *values, const char *kind, char **why)
{
	for (size_t i = 0; i < G_N_ELEMENTS(required); i++) {
		if (required[i].kind && strcmp(required[i].kind, kind) != 0)
			continue;
		if (is_there(values, required[i].name))
			continue;
		*why = g_strdup_printf("values.%s: missing, a letter of kind "
		    "%s needs it", required[i].name, kind);
		return false;
	}
	return true;
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
		add_invoices(out);
		add_payment(out);
		drop_no_tax(out, values);
		add_greeting(out, language);
	}
	g_string_free(writer.path, TRUE);
	return out;
}
