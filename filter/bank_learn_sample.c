/*
 * bank_learn_sample.c - what is confirmed about one sample, and the dialogue
 * about it.
 */
#include "bank_learn.h"
#include "command.h"
#include "print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const bank_learn_fields[] = {"amount", "currency", "payer",
    "payer_account", "remittance", "reference", "variable_symbol",
    "specific_symbol", "constant_symbol", "end_to_end_id", "bank_reference",
    "booked", "value", "account", "fee", NULL};

static const char *
text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

bool
bank_learn_kind(json_t *sample, const char *kind)
{
	static const char *const kinds[] = {"credit", "debit", "return",
	    "other", NULL};

	if (!g_strv_contains(kinds, kind))
		return false;
	json_object_set_new(sample, "kind", json_string(kind));
	return true;
}

/* What was refused about a field counts no more: a person has said it. */
static void
forget_refusal(json_t *sample, const char *field)
{
	json_t *refused = json_object_get(sample, "refused");

	for (size_t i = json_array_size(refused); i-- > 0;) {
		const char *why = json_string_value(json_array_get(refused,
		    i));
		size_t length = strlen(field);

		if (strncmp(why, field, length) == 0 && why[length] == ':')
			json_array_remove(refused, i);
	}
}

/* "45,00@2" is the second place of "45,00". */
static unsigned
cut_place(char *value)
{
	char *at = strrchr(value, '@');
	unsigned long place;

	if (!at || !at[1] || at[1 + strspn(at + 1, "0123456789")])
		return 0;
	place = strtoul(at + 1, NULL, 10);
	*at = '\0';
	return place < 1000 ? (unsigned)place : 0;
}

static bool
find_value(struct parser *parser, json_t *sample, const char *field,
    const char *text, unsigned place, char **why)
{
	json_t *places = parser_places(parser, sample, field, text);
	size_t count = json_array_size(places);

	json_decref(places);
	if (count == 0)
		*why = g_strdup_printf("%s: \"%s\" does not stand in the mail; "
		    "write it as it stands there", field, text);
	else if (place > count)
		*why = g_strdup_printf("%s: \"%s\" stands at %zu places, not "
		    "at %u", field, text, count, place);
	return count > 0 && place <= count;
}

bool
bank_learn_set(struct parser *parser, json_t *sample, const char *field,
    const char *value, char **why)
{
	json_t *values = json_object_get(sample, "values");
	json_t *places = json_object_get(sample, "places");
	g_autofree char *text = g_strdup(value);
	unsigned place;

	if (!g_strv_contains(bank_learn_fields, field)) {
		const char *near = nearest_word(field, bank_learn_fields);

		*why = g_strdup_printf("there is no field '%s'%s%s%s", field,
		    near ? "; did you mean '" : "", near ? near : "",
		    near ? "'?" : "");
		return false;
	}
	place = cut_place(g_strstrip(text));
	json_object_del(places, field);
	if (!*text) {
		json_object_del(values, field);
	} else if (strcmp(field, "currency") == 0) {
		if (money_digits(text) < 0) {
			*why = g_strdup_printf("\"%s\" is no currency of ISO "
			    "4217, such as EUR", text);
			return false;
		}
		json_object_set_new(values, field, json_string(text));
	} else if (!find_value(parser, sample, field, text, place, why)) {
		return false;
	} else {
		json_object_set_new(values, field, json_string(text));
	}
	if (place)
		json_object_set_new(places, field, json_integer(place));
	forget_refusal(sample, field);
	return true;
}

GPtrArray *
bank_learn_missing(const json_t *sample)
{
	GPtrArray *missing = g_ptr_array_new_with_free_func(g_free);
	const json_t *values = json_object_get(sample, "values"), *why;
	size_t i;

	if (strcmp(text_of(sample, "kind"), "other") == 0)
		return missing;
	if (!*text_of(sample, "kind"))
		g_ptr_array_add(missing, g_strdup("what it is: --kind "
		    "credit, debit, return or other"));
	if (!*text_of(values, "amount"))
		g_ptr_array_add(missing, g_strdup("the amount: --set "
		    "amount=... as it stands in the mail"));
	if (!*text_of(values, "currency"))
		g_ptr_array_add(missing, g_strdup("the currency: --set "
		    "currency=EUR, for instance"));
	json_array_foreach(json_object_get(sample, "refused"), i, why)
		g_ptr_array_add(missing, g_strdup_printf("refused %s",
		    json_string_value(why)));
	return missing;
}

/* ---- showing --------------------------------------------------------------------- */

static void
show_field(struct context *context, struct parser *parser,
    const json_t *sample, unsigned number)
{
	const char *field = bank_learn_fields[number - 1];
	const char *value = text_of(json_object_get(sample, "values"), field);
	json_t *places = strcmp(field, "currency") == 0 ? json_array() :
	    parser_places(parser, sample, field, value);
	size_t place = (size_t)json_integer_value(json_object_get(
	    json_object_get(sample, "places"), field));
	const char *line = json_string_value(json_array_get(places,
	    place ? place - 1 : 0));
	g_autofree char *clean = print_clean(value);
	g_autofree char *where = print_clean(line ? line : "");

	if (g_utf8_strlen(where, -1) > 60)
		*g_utf8_offset_to_pointer(where, 60) = '\0';
	printf("  %2u %-15s %-28s %s%s%s\n", number, field, clean,
	    paint(context, PAINT_DIM), where, paint(context, PAINT_NONE));
	json_decref(places);
}

void
bank_learn_show(struct context *context, struct parser *parser,
    const json_t *sample)
{
	const char *kind = text_of(sample, "kind");
	const json_t *why;
	size_t i;

	printf("%s%s%s: %s from %s\n", paint(context, PAINT_BOLD),
	    text_of(sample, "file"), paint(context, PAINT_NONE),
	    *kind ? kind : "nothing is understood",
	    text_of(sample, "domain"));
	for (unsigned n = 1; bank_learn_fields[n - 1]; n++)
		if (*text_of(json_object_get(sample, "values"),
		    bank_learn_fields[n - 1]))
			show_field(context, parser, sample, n);
	json_array_foreach(json_object_get(sample, "refused"), i, why)
		printf("     %srefused%s %s\n", paint(context, PAINT_YELLOW),
		    paint(context, PAINT_NONE), json_string_value(why));
}

/* ---- asking ---------------------------------------------------------------------- */

/* A line without its end; NULL: there is no more. */
static char *
ask_line(const char *prompt)
{
	char line[1024];

	printf("%s", prompt);
	fflush(stdout);
	if (!fgets(line, sizeof(line), stdin))
		return NULL;
	return g_strdup(g_strstrip(line));
}

/* Which of several places; the value gets "@N". */
static char *
ask_place(struct parser *parser, const json_t *sample, const char *field,
    const char *value)
{
	json_t *places = parser_places(parser, sample, field, value);
	size_t count = json_array_size(places), i;
	g_autofree char *answer = NULL;
	const json_t *line;

	if (count > 1 && !strrchr(value, '@')) {
		json_array_foreach(places, i, line) {
			g_autofree char *clean =
			    print_clean(json_string_value(line));

			printf("     %zu: %.70s\n", i + 1, clean);
		}
		answer = ask_line("  which place? (all of them) ");
	}
	json_decref(places);
	return answer && *answer ? g_strdup_printf("%s@%s", value, answer) :
	    g_strdup(value);
}

static void
correct(struct parser *parser, json_t *sample, const char *field)
{
	g_autofree char *value = NULL, *whole = NULL, *why = NULL;

	value = ask_line("  as it stands in the mail (nothing: there is "
	    "none): ");
	if (!value)
		return;
	whole = *value && strcmp(field, "currency") != 0 ?
	    ask_place(parser, sample, field, value) : g_strdup(value);
	if (!bank_learn_set(parser, sample, field, whole, &why))
		printf("  %s\n", why);
}

/* The field of a number or a name, or NULL. */
static const char *
field_of(const char *answer)
{
	unsigned long number = strtoul(answer, NULL, 10);

	for (unsigned n = 0; bank_learn_fields[n]; n++)
		if (number == n + 1 ||
		    strcmp(answer, bank_learn_fields[n]) == 0)
			return bank_learn_fields[n];
	return NULL;
}

static bool
is_complete(const json_t *sample)
{
	g_autoptr(GPtrArray) missing = bank_learn_missing(sample);

	for (guint i = 0; i < missing->len; i++)
		printf("  missing: %s\n", (char *)missing->pdata[i]);
	return missing->len == 0;
}

enum bank_learn_answer
bank_learn_ask(struct context *context, struct parser *parser,
    json_t *sample)
{
	for (;;) {
		g_autofree char *answer = NULL;

		bank_learn_show(context, parser, sample);
		answer = ask_line("Enter: all right; a number or a field's "
		    "name: correct it; credit, debit, return, other: that is "
		    "what it is; s: skip it; q: stop\n> ");
		if (!answer || strcmp(answer, "q") == 0)
			return LEARN_STOPPED;
		if (strcmp(answer, "s") == 0)
			return LEARN_SKIPPED;
		if (!*answer && is_complete(sample))
			return LEARN_CONFIRMED;
		if (!*answer || bank_learn_kind(sample, answer))
			continue;
		if (field_of(answer))
			correct(parser, sample, field_of(answer));
		else
			printf("  there is no field '%s'\n", answer);
	}
}
