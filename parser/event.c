/*
 * event.c - what a message became: a kind, single-valued fields, references,
 * and what was refused. Holds the one table of fields and the text form.
 *
 * The text form is read from a child that parsed hostile bytes, so reading it
 * trusts nothing: unknown keys, wrong types, bad UTF-8, control characters and
 * over-long values make it no event at all.
 */
#include "parser.h"

#include <string.h>

#define MAX_REFERENCES 64
#define MAX_REFUSED 32
#define MAX_REFERENCE 140
#define MAX_REFUSAL 300

enum shape {
	LINE,	/* one line; may be cut when it is too long */
	TEXT,	/* lines; may be cut */
	CODE	/* never cut: a shortened one would mean something else */
};

static const struct {
	const char *name;
	size_t limit;	/* bytes */
	enum shape shape;
} fields[EVENT_FIELDS] = {
	[EVENT_BANK] = {"bank", 64, CODE},
	[EVENT_TEMPLATE] = {"template", 64, CODE},
	[EVENT_TRUST] = {"trust", 16, CODE},
	[EVENT_READER] = {"reader", 16, CODE},
	[EVENT_AMOUNT] = {"amount", 24, CODE},
	[EVENT_CURRENCY] = {"currency", 3, CODE},
	[EVENT_BOOKED] = {"booked", 10, CODE},
	[EVENT_VALUE] = {"value", 10, CODE},
	[EVENT_ACCOUNT] = {"account", 64, CODE},
	[EVENT_PAYER] = {"payer", 280, LINE},
	[EVENT_PAYER_ACCOUNT] = {"payer_account", 64, CODE},
	[EVENT_REMITTANCE] = {"remittance", 4000, TEXT},
	[EVENT_REFERENCE] = {"reference", MAX_REFERENCE, CODE},
	[EVENT_BANK_REFERENCE] = {"bank_reference", 140, CODE},
	[EVENT_END_TO_END_ID] = {"end_to_end_id", 140, CODE},
	[EVENT_VARIABLE_SYMBOL] = {"variable_symbol", 20, CODE},
	[EVENT_CONSTANT_SYMBOL] = {"constant_symbol", 20, CODE},
	[EVENT_SPECIFIC_SYMBOL] = {"specific_symbol", 20, CODE},
	[EVENT_MESSAGE_ID] = {"message_id", 998, CODE},
	[EVENT_FROM] = {"from", 320, CODE},
	[EVENT_SUBJECT] = {"subject", 998, LINE},
	[EVENT_DATE] = {"date", 20, CODE},
	[EVENT_INTENT] = {"intent", 32, CODE},
	[EVENT_UNTIL] = {"until", 10, CODE},
	[EVENT_IN_REPLY_TO] = {"in_reply_to", 998, CODE},
	[EVENT_TEXT] = {"text", 8000, TEXT},
	[EVENT_STATUS] = {"status", 16, CODE},
	[EVENT_ACTION] = {"action", 32, CODE},
	[EVENT_RECIPIENT] = {"recipient", 320, CODE},
	[EVENT_ORIGINAL_MESSAGE_ID] = {"original_message_id", 998, CODE},
	[EVENT_STATEMENT_ID] = {"statement_id", 140, CODE},
	[EVENT_OPENING] = {"opening", 24, CODE},
	[EVENT_CLOSING] = {"closing", 24, CODE},
	[EVENT_OPENED] = {"opened", 10, CODE},
	[EVENT_CLOSED] = {"closed", 10, CODE},
	[EVENT_SIGNATURE] = {"signature", 1400, CODE},
	[EVENT_WHY] = {"why", 500, LINE},
	[EVENT_FEE] = {"fee", 24, CODE},
	[EVENT_BATCH] = {"batch", 140, CODE},
	[EVENT_COVERAGE] = {"coverage", 16, CODE},
	[EVENT_SEQUENCE] = {"sequence", 18, CODE},
	[EVENT_CHARGES] = {"charges", 24, CODE},
	[EVENT_INSTRUCTED_AMOUNT] = {"instructed_amount", 24, CODE},
	[EVENT_INSTRUCTED_CURRENCY] = {"instructed_currency", 3, CODE},
	[EVENT_EXCHANGE_RATE] = {"exchange_rate", 24, CODE},
	[EVENT_CERTAINTY] = {"certainty", 8, CODE},
	[EVENT_INTENTS] = {"intents", 140, CODE},
	[EVENT_PAID_ON] = {"paid_on", 10, CODE},
	[EVENT_METHOD] = {"method", 16, CODE},
	[EVENT_CONTACT] = {"contact", 320, CODE},
	[EVENT_LANGUAGE] = {"language", 16, CODE},
	[EVENT_THREAD] = {"thread", 4000, CODE},
	[EVENT_TAG] = {"tag", 64, CODE},
	[EVENT_MARK] = {"mark", 64, CODE},
	[EVENT_SENDER] = {"sender", 16, CODE},
	[EVENT_NUMBER] = {"number", 64, CODE},
	[EVENT_DUE] = {"due", 10, CODE},
	[EVENT_OPEN] = {"open", 24, CODE},
	[EVENT_TAX] = {"tax", 24, CODE},
	[EVENT_TYPE] = {"type", 8, CODE},
	[EVENT_SELLER] = {"seller", 280, LINE},
	[EVENT_SELLER_ID] = {"seller_id", 64, CODE},
	[EVENT_BUYER_ID] = {"buyer_id", 64, CODE},
	[EVENT_COUNTRY] = {"country", 2, CODE},
	[EVENT_PO] = {"po", 140, CODE},
	[EVENT_DOCUMENT] = {"document", 200000, CODE},
};

static const char *const kinds[] = {
	[EVENT_CREDIT] = "credit",
	[EVENT_DEBIT] = "debit",
	[EVENT_RETURN] = "return",
	[EVENT_STATEMENT] = "statement",
	[EVENT_REPLY] = "reply",
	[EVENT_BOUNCE] = "bounce",
	[EVENT_AUTO_REPLY] = "auto-reply",
	[EVENT_ADVICE] = "advice",
	[EVENT_INVOICE] = "invoice",
	[EVENT_REMINDER] = "reminder",
	[EVENT_DRIFT] = "drift",
	[EVENT_OTHER] = "other",
	[EVENT_UNREADABLE] = "unreadable",
};

struct event {
	enum event_kind kind;
	char *field[EVENT_FIELDS];
	GPtrArray *references;	/* both end with a NULL element */
	GPtrArray *refused;
};

/* ---- life ------------------------------------------------------------------ */

static GPtrArray *
strings_new(void)
{
	GPtrArray *strings = g_ptr_array_new_with_free_func(g_free);

	g_ptr_array_add(strings, NULL);
	return strings;
}

static void
strings_add(GPtrArray *strings, char *string)
{
	g_ptr_array_insert(strings, (int)strings->len - 1, string);
}

static const char *const *
strings_get(const GPtrArray *strings)
{
	return (const char *const *)strings->pdata;
}

struct event *
event_new(enum event_kind kind)
{
	struct event *event = g_new0(struct event, 1);

	event->kind = kind;
	event->references = strings_new();
	event->refused = strings_new();
	return event;
}

void
event_free(struct event *event)
{
	if (!event)
		return;
	for (int i = 0; i < EVENT_FIELDS; i++)
		g_free(event->field[i]);
	g_ptr_array_unref(event->references);
	g_ptr_array_unref(event->refused);
	g_free(event);
}

enum event_kind
event_kind(const struct event *event)
{
	return event->kind;
}

const char *
event_kind_name(enum event_kind kind)
{
	return kinds[kind];
}

/* ---- fields ---------------------------------------------------------------- */

/* Nothing but ASCII that can be seen, and blanks. */
static bool
is_plain(const char *text)
{
	while (*text >= ' ' && *text < 0x7f)
		text++;
	return *text == '\0';
}

/* Valid UTF-8 without control characters; lines only in a TEXT. */
static char *
clean_text(const char *value, enum shape shape)
{
	g_autofree char *valid = NULL;
	GString *out;

	if (is_plain(value))
		return g_strdup(value);
	valid = g_utf8_make_valid(value, -1);
	out = g_string_sized_new(strlen(valid));
	for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (shape == TEXT && (c == '\n' || c == '\t'))
			g_string_append_unichar(out, c);
		else if (shape == TEXT && c == '\r' && p[1] == '\n')
			continue;
		else if (g_unichar_iscntrl(c))
			g_string_append_c(out, ' ');
		else
			g_string_append_unichar(out, c);
	}
	return g_string_free(out, FALSE);
}

/* Cuts a text to at most limit bytes at the end of a character. */
static void
cut_text(char *text, size_t limit)
{
	char *end;

	if (strlen(text) <= limit)
		return;
	end = g_utf8_find_prev_char(text, text + limit + 1);
	if (end)
		*end = '\0';
	g_strchomp(text);
}

/* What the shape of a value must be beyond its length. */
static bool
accept_value(enum event_field field, const char *text)
{
	switch (field) {
	case EVENT_BOOKED: case EVENT_VALUE: case EVENT_UNTIL:
	case EVENT_OPENED: case EVENT_CLOSED: case EVENT_PAID_ON:
	case EVENT_DUE:
		return day_number(text) != G_MININT32;
	case EVENT_CURRENCY: case EVENT_INSTRUCTED_CURRENCY:
		return money_digits(text) >= 0;
	case EVENT_AMOUNT: case EVENT_FEE: case EVENT_CHARGES:
	case EVENT_INSTRUCTED_AMOUNT: case EVENT_EXCHANGE_RATE:
	case EVENT_OPEN: case EVENT_TAX:
		return text[strspn(text, "0123456789.")] == '\0';
	case EVENT_OPENING: case EVENT_CLOSING:
		return text[strspn(text, "-0123456789.")] == '\0';
	case EVENT_TRUST:
		return strcmp(text, "verified") == 0 ||
		    strcmp(text, "unverified") == 0;
	case EVENT_SENDER:
		return strcmp(text, "proved") == 0 ||
		    strcmp(text, "disproved") == 0;
	case EVENT_READER:
		return strcmp(text, "template") == 0 ||
		    strcmp(text, "generic") == 0 ||
		    strcmp(text, "statement") == 0;
	case EVENT_COVERAGE:
		return strcmp(text, "statement") == 0 ||
		    strcmp(text, "report") == 0 ||
		    strcmp(text, "list") == 0;
	case EVENT_SEQUENCE:
		return text[strspn(text, "0123456789")] == '\0';
	case EVENT_CERTAINTY:
		return strcmp(text, "sure") == 0 ||
		    strcmp(text, "mixed") == 0 || strcmp(text, "doubt") == 0;
	default:
		return true;
	}
}

const char *
event_get(const struct event *event, enum event_field field)
{
	return event->field[field];
}

/* NULL when the value can not stand in the field; *why says why. */
static char *
fit_value(enum event_field field, const char *value, const char **why)
{
	g_autofree char *clean =
	    g_strstrip(clean_text(value, fields[field].shape));

	if (strlen(clean) > fields[field].limit &&
	    fields[field].shape == CODE) {
		*why = "too long";
		return NULL;
	}
	cut_text(clean, fields[field].limit);
	if (*clean && !accept_value(field, clean)) {
		*why = "not valid";
		return NULL;
	}
	return *clean ? g_steal_pointer(&clean) : NULL;
}

void
event_set(struct event *event, enum event_field field, const char *value)
{
	const char *why = NULL;
	char *fit = value ? fit_value(field, value, &why) : NULL;

	if (why)
		event_refuse(event, fields[field].name, why);
	g_free(event->field[field]);
	event->field[field] = fit;
}

const char *
event_field_name(enum event_field field)
{
	return fields[field].name;
}

const char *const *
event_references(const struct event *event)
{
	return strings_get(event->references);
}

void
event_add_reference(struct event *event, const char *reference)
{
	g_autofree char *clean = NULL;

	if (!reference || event->references->len > MAX_REFERENCES)
		return;
	clean = g_strstrip(clean_text(reference, CODE));
	if (!*clean || strlen(clean) > MAX_REFERENCE ||
	    g_strv_contains(event_references(event), clean))
		return;
	strings_add(event->references, g_steal_pointer(&clean));
}

const char *const *
event_refused(const struct event *event)
{
	return strings_get(event->refused);
}

void
event_refuse(struct event *event, const char *field, const char *why)
{
	g_autofree char *text = g_strdup_printf("%s: %s", field, why);
	g_autofree char *clean = g_strstrip(clean_text(text, LINE));

	cut_text(clean, MAX_REFUSAL);
	if (event->refused->len > MAX_REFUSED ||
	    g_strv_contains(event_refused(event), clean))
		return;
	strings_add(event->refused, g_steal_pointer(&clean));
}

bool
event_money(const struct event *event, int64_t *minor)
{
	return money_parse(event->field[EVENT_AMOUNT],
	    event->field[EVENT_CURRENCY], minor);
}

bool
event_is_verified(const struct event *event)
{
	return g_strcmp0(event->field[EVENT_TRUST], "verified") == 0 &&
	    event->refused->len == 1;
}

/* ---- the text form --------------------------------------------------------- */

static void
strings_to_json(json_t *json, const char *key, const char *const *strings)
{
	json_t *array;

	if (!*strings)
		return;
	array = json_array();
	for (; *strings; strings++)
		json_array_append_new(array, json_string(*strings));
	json_object_set_new(json, key, array);
}

json_t *
event_to_json(const struct event *event)
{
	json_t *json = json_object();

	json_object_set_new(json, "kind", json_string(kinds[event->kind]));
	for (int i = 0; i < EVENT_FIELDS; i++) {
		if (event->field[i])
			json_object_set_new(json, fields[i].name,
			    json_string(event->field[i]));
		if (i == EVENT_REFERENCE)
			strings_to_json(json, "references",
			    event_references(event));
	}
	strings_to_json(json, "refused", event_refused(event));
	return json;
}

/* A JSON string that may stand in an event as it is: not empty, no NUL, in
 * its bounds, clean. NULL otherwise. (Jansson has checked the UTF-8.) */
static const char *
accept_string(const json_t *json, size_t limit, enum shape shape)
{
	g_autofree char *clean = NULL;
	const char *text = json_string_value(json);
	size_t length = json_string_length(json);

	if (!text || length == 0 || length > limit || strlen(text) != length)
		return NULL;
	if (*text != ' ' && text[length - 1] != ' ' && is_plain(text))
		return text;
	clean = g_strstrip(clean_text(text, shape));
	return strcmp(clean, text) == 0 ? text : NULL;
}

static bool
accept_list(const json_t *json, size_t count, size_t limit, GPtrArray *out)
{
	size_t i;
	json_t *item;

	if (!json_is_array(json) || json_array_size(json) > count)
		return false;
	json_array_foreach(json, i, item) {
		const char *text = accept_string(item, limit, LINE);

		if (!text)
			return false;
		strings_add(out, g_strdup(text));
	}
	return true;
}

static bool
accept_field(struct event *event, const char *key, const json_t *json)
{
	for (int i = 0; i < EVENT_FIELDS; i++) {
		const char *text;

		if (strcmp(key, fields[i].name) != 0)
			continue;
		text = accept_string(json, fields[i].limit, fields[i].shape);
		if (!text || !accept_value((enum event_field)i, text))
			return false;
		event->field[i] = g_strdup(text);
		return true;
	}
	return false;
}

static bool
accept_kind(struct event *event, const json_t *json)
{
	const char *name = json_string_value(json);

	for (size_t i = 0; name && i < G_N_ELEMENTS(kinds); i++)
		if (strcmp(name, kinds[i]) == 0) {
			event->kind = (enum event_kind)i;
			return true;
		}
	return false;
}

struct event *
event_from_json(const json_t *json)
{
	struct event *event;
	const char *key;
	json_t *value;
	bool good;

	if (!json_is_object(json) || !json_object_get(json, "kind"))
		return NULL;
	event = event_new(EVENT_OTHER);
	json_object_foreach((json_t *)(uintptr_t)json, key, value) {
		if (strcmp(key, "kind") == 0)
			good = accept_kind(event, value);
		else if (strcmp(key, "references") == 0)
			good = accept_list(value, MAX_REFERENCES,
			    MAX_REFERENCE, event->references);
		else if (strcmp(key, "refused") == 0)
			good = accept_list(value, MAX_REFUSED, MAX_REFUSAL,
			    event->refused);
		else
			good = accept_field(event, key, value);
		if (!good) {
			event_free(event);
			return NULL;
		}
	}
	return event;
}
