/*
 * languages.c - how languages write numbers and days: tables, no code but the
 * look-up. Months are in the form that stands in a date (genitive in
 * Russian). NBSP keeps number and symbol on one line.
 */
#include "format.h"

#include <glib.h>
#include <string.h>

#define NBSP "\u00a0"

static const struct symbol english[] = {{"EUR", "€"}, {"USD", "$"},
    {"GBP", "£"}, {"JPY", "¥"}, {"INR", "₹"}, {"AUD", "A$"}, {"CAD", "CA$"},
    {"NZD", "NZ$"}, {NULL, NULL}};
static const struct symbol spanish[] = {{"EUR", "€"}, {NULL, NULL}};
static const struct symbol russian[] = {{"EUR", "€"}, {"RUB", "₽"},
    {"UAH", "₴"}, {"KZT", "₸"}, {"USD", "$"}, {"GBP", "£"}, {NULL, NULL}};

static const struct language languages[] = {
    {"en", ".", ",", 4, "@2@1", "@2" NBSP "@1", english, "@1%",
        "@1 @2 @3", "@1, @2",
        {"January", "February", "March", "April", "May", "June", "July",
            "August", "September", "October", "November", "December"}},
    {"es", ",", ".", 5, "@1" NBSP "@2", "@1" NBSP "@2", spanish,
        "@1" NBSP "%", "@1 de @2 de @3", "@1 a las @2",
        {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio",
            "agosto", "septiembre", "octubre", "noviembre", "diciembre"}},
    {"ru", ",", NBSP, 4, "@1" NBSP "@2", "@1" NBSP "@2", russian,
        "@1" NBSP "%", "@1 @2 @3 года", "@1, @2",
        {"января", "февраля", "марта", "апреля", "мая", "июня", "июля",
            "августа", "сентября", "октября", "ноября", "декабря"}},
};

const struct language *
language_find(const char *code)
{
	size_t length = code ? strcspn(code, "-_") : 0;

	for (size_t i = 0; length && i < G_N_ELEMENTS(languages); i++)
		if (strlen(languages[i].code) == length &&
		    !g_ascii_strncasecmp(languages[i].code, code, length))
			return &languages[i];
	return &languages[0];
}
