/*
 * symbols.c - the symbols of Czech and Slovak payments.
 */
#include "symbols.h"

#include <string.h>

static const struct {
	const char *mark;
	enum event_field field;
} symbols[] = {{"VS", EVENT_VARIABLE_SYMBOL}, {"SS", EVENT_SPECIFIC_SYMBOL},
    {"KS", EVENT_CONSTANT_SYMBOL}};

/* Noughts in front mean nothing but in a constant symbol. */
static void
set_symbol(struct event *event, enum event_field field, const char *digits)
{
	if (field != EVENT_CONSTANT_SYMBOL)
		digits += strspn(digits, "0");
	if (!*digits || strlen(digits) > 10 ||
	    digits[strspn(digits, "0123456789")])
		return;
	event_set(event, field, digits);
	if (field != EVENT_CONSTANT_SYMBOL)
		event_add_reference(event, digits);
}

void
symbols_read(struct event *event, const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text ? text : "", "/, ;\n", -1);

	for (char **word = words; *word; word++)
		for (size_t i = 0; i < G_N_ELEMENTS(symbols); i++) {
			const char *digits = *word + 2;

			if (!g_str_has_prefix(*word, symbols[i].mark))
				continue;
			digits += *digits == ':';
			if (!*digits && word[1])
				digits = word[1];
			set_symbol(event, symbols[i].field, digits);
		}
}
