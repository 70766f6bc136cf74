/*
 * How each language writes amounts, days, times and numbers.
 */
#include "../../templates/letter.h"

#define N "\u00a0"

enum what { MONEY, DAY, TIME, DECIMAL, PERCENT, IBAN };

struct row {
	enum what what;
	const char *language, *text, *currency, *want;
};

static const struct row rows[] = {
    {MONEY, "en", "1234.50", "EUR", "€1,234.50"},
    {MONEY, "en", "0.01", "GBP", "£0.01"},
    {MONEY, "en", "999", "JPY", "¥999"},
    {MONEY, "en", "1234567.890", "KWD", "KWD" N "1,234,567.890"},
    {MONEY, "en", "-12.00", "USD", "-$12.00"},
    {MONEY, "en", "12345678901234567.89", "EUR", "€12,345,678,901,234,567.89"},
    {MONEY, "es", "1234.50", "EUR", "1234,50" N "€"},
    {MONEY, "es", "12345.50", "EUR", "12.345,50" N "€"},
    {MONEY, "es", "-1234567.00", "EUR", "-1.234.567,00" N "€"},
    {MONEY, "es", "99.90", "USD", "99,90" N "USD"},
    {MONEY, "ru", "1234.50", "RUB", "1" N "234,50" N "₽"},
    {MONEY, "ru", "1234567.00", "EUR", "1" N "234" N "567,00" N "€"},
    {MONEY, "ru", "123.00", "CHF", "123,00" N "CHF"},
    {MONEY, "xx", "1234.50", "EUR", "€1,234.50"},
    {MONEY, "es-MX", "1234.5", "MXN", "$1,234.5"},
    {MONEY, "es-UY", "1.5", "UYU", "1,5" N "UYU"},
    {MONEY, "de-AT", "1234.50", "EUR", "€" N "1.234,50"},
    {MONEY, "de_ch", "1234.50", "CHF", "CHF" N "1’234.50"},
    {MONEY, "en-IN", "12345678.90", "INR", "₹1,23,45,678.90"},
    {MONEY, "en-IN", "123.00", "INR", "₹123.00"},
    {MONEY, "fr", "1234.50", "EUR", "1\u202f234,50" N "€"},
    {MONEY, "nl", "1234.50", "EUR", "€" N "1.234,50"},
    {MONEY, "pt-BR", "1234.50", "BRL", "R$" N "1.234,50"},
    {MONEY, "pt-PT", "1234.50", "EUR", "1234,50" N "€"},
    {MONEY, "it", "-1234.50", "EUR", "-1.234,50" N "€"},
    {DAY, "de-AT", "2026-01-09", NULL, "9. Jänner 2026"},
    {DAY, "en-US", "2026-01-09", NULL, "January 9, 2026"},
    {DAY, "fr", "2026-08-01", NULL, "1er août 2026"},
    {DAY, "it", "2026-08-01", NULL, "1º agosto 2026"},
    {DAY, "it", "2026-08-08", NULL, "\x1d" "8 agosto 2026"},
    {DAY, "nl", "2026-03-31", NULL, "31 maart 2026"},
    {DAY, "pt", "2026-03-31", NULL, "31 de março de 2026"},
    {MONEY, "est", "1.5", "EUR", "€1.5"},
    {MONEY, "en", "1e5", "EUR", "€1e5"},
    {MONEY, "en", "%n{{", "%s@1", "%s@1" N "%n{{"},
    {MONEY, "de", "1234.50", "EUR", "1.234,50" N "€"},
    {DAY, "en", "2026-11-20", NULL, "20 November 2026"},
    {DAY, "en", "2026-05-01", NULL, "1 May 2026"},
    {DAY, "es", "2026-01-09", NULL, "9 de enero de 2026"},
    {DAY, "ru", "2026-03-08", NULL, "8 марта 2026 года"},
    {DAY, "RU", "2026-08-31", NULL, "31 августа 2026 года"},
    {DAY, "en", "2028-02-29", NULL, "29 February 2028"},
    {DAY, "en", "2026-02-29", NULL, "2026-02-29"},
    {DAY, "en", "2026-13-01", NULL, "2026-13-01"},
    {DAY, "en", "tomorrow", NULL, "tomorrow"},
    {DAY, NULL, "2026-12-31", NULL, "31 December 2026"},
    {TIME, "en", "2026-11-20T14:05:00+01:00", NULL, "20 November 2026, 14:05"},
    {TIME, "en", "2026-11-20T14:05:00Z", NULL, "20 November 2026, 14:05 UTC"},
    {TIME, "es", "2026-11-20T09:05:59-03:00", NULL,
        "20 de noviembre de 2026 a las 09:05"},
    {TIME, "ru", "2026-11-20T00:00:00+03:00", NULL,
        "20 ноября 2026 года, 00:00"},
    {TIME, "en", "2026-11-20T24:05:00Z", NULL, NULL},
    {TIME, "en", "2026-11-20T14:05", NULL, NULL},
    {TIME, "en", "2026-11-20 14:05:00Z", NULL, NULL},
    {TIME, "en", "2026-11-20T14:05:00+1:00", NULL, NULL},
    {DECIMAL, "en", "1.5", NULL, "1.5"},
    {DECIMAL, "es", "1.5", NULL, "1,5"},
    {DECIMAL, "ru", "12000.25", NULL, "12" N "000,25"},
    {DECIMAL, "es", "1.", NULL, "1."},
    {DECIMAL, "es", ".5", NULL, ".5"},
    {PERCENT, "en", "2.5", NULL, "2.5%"},
    {PERCENT, "es", "21", NULL, "21" N "%"},
    {PERCENT, "ru", "20", NULL, "20" N "%"},
    {IBAN, NULL, "DE74700990110004711808", NULL, "DE74 7009 9011 0004 7118 08"},
    {IBAN, NULL, "DE74 70099011 0004711808", NULL,
        "DE74 7009 9011 0004 7118 08"},
    {IBAN, NULL, "", NULL, ""},
};

static char *
written(const struct row *row, const struct language *language)
{
	switch (row->what) {
	case MONEY:
		return format_money(row->text, row->currency, language);
	case DAY:
		return format_day(row->text, language);
	case TIME:
		return format_time(row->text, language);
	case DECIMAL:
		return format_decimal(row->text, language);
	case PERCENT:
		return format_percent(row->text, language);
	case IBAN:
		return format_iban(row->text);
	}
	return NULL;
}

static void
test_row(const void *data)
{
	const struct row *row = data;
	g_autoptr(GString) warning = g_string_new(NULL);
	struct source *source = source_new(
	    (const char *const[]){"templates", NULL},
	    row->language ? row->language : "", NULL, warning);
	g_autofree char *got = written(row, source_habits(source));

	g_assert_cmpstr(got, ==, row->want);
	source_free(source);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *name = g_strdup_printf("/format/%zu", i);

		g_test_add_data_func(name, &rows[i], test_row);
	}
	return g_test_run();
}
