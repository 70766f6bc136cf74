/*
 * reference_make.c - the reference that an invoice carries, by the kinds that
 * a country's banks hand on. Made from the letters and digits of the invoice's
 * number, so that people find the one in the other. Pure.
 */
#include "reference_make.h"

#include "match.h"
#include "pay.h"

#include <string.h>

#define CORE_MOST 32

/* ---- wrapping ------------------------------------------------------------------ */

/* The digit that makes it right, put behind the core. */
static char *
with_digit(const char *before, const char *core, const char *behind,
    const char *kind)
{
	const struct reference_kind *row = reference_kind(kind);

	for (char digit = '0'; digit <= '9'; digit++) {
		g_autofree char *try = g_strdup_printf("%s%s%c%s", before, core,
		    digit, behind);

		if (row->validate(try))
			return g_steal_pointer(&try);
	}
	return NULL;
}

static char *
wrap_rf(const char *core, const struct account *account)
{
	(void)account;
	return reference_make_rf(core);
}

static char *
wrap_qrr(const char *core, const struct account *account)
{
	g_autofree char *filled = g_strdup_printf("%0*d%s",
	    (int)(26 - strlen(core)), 0, core);

	(void)account;
	/* "%0*d" of width 0 still writes one nought */
	return with_digit("", filled + strlen(filled) - 26, "", "qrr");
}

static char *
wrap_ogm(const char *core, const struct account *account)
{
	guint64 number = g_ascii_strtoull(core, NULL, 10);
	guint64 rest = number % 97 ? number % 97 : 97;
	g_autofree char *s = g_strdup_printf("%010" G_GUINT64_FORMAT
	    "%02" G_GUINT64_FORMAT, number, rest);

	(void)account;
	return g_strdup_printf("+++%.3s/%.4s/%.5s+++", s, s + 3, s + 7);
}

static char *
wrap_nothing(const char *core, const struct account *account)
{
	(void)account;
	return g_strdup(core);
}

/* Mod 10 after Luhn, as "se_ocr" has it; a KID may be either. */
static char *
wrap_luhn(const char *core, const struct account *account)
{
	(void)account;
	return with_digit("", core, "", "se_ocr");
}

static char *
wrap_ocr(const char *core, const struct account *account)
{
	g_autofree char *longer = g_strdup_printf("%s%zu", core,
	    (strlen(core) + 2) % 10);

	(void)account;
	return with_digit("", longer, "", "se_ocr_long");
}

static char *
wrap_finnish(const char *core, const struct account *account)
{
	(void)account;
	return with_digit("", core, "", "fi");
}

static char *
wrap_estonian(const char *core, const struct account *account)
{
	(void)account;
	return with_digit("", core, "", "ee");
}

static char *
wrap_fik(const char *core, const struct account *account)
{
	g_autofree char *filled = g_strdup_printf("%014" G_GUINT64_FORMAT,
	    (guint64)g_ascii_strtoull(core, NULL, 10));
	g_autofree char *behind = g_strdup_printf("+%s<",
	    account && account->fik_creditor ? account->fik_creditor : "");

	return with_digit("+71<", filled, behind, "fik");
}

static char *
wrap_slovenian(const char *core, const struct account *account)
{
	(void)account;
	return with_digit("SI12", core, "", "si12");
}

static char *
wrap_croatian(const char *core, const struct account *account)
{
	(void)account;
	return with_digit("HR01", core, "", "hr01");
}

/* ---- the table --------------------------------------------------------------------- */

static const char *
lacks_qr_iban(const struct account *account)
{
	return account->qr_iban ? NULL : "qr-iban";
}

static const char *
lacks_creditor(const struct account *account)
{
	return account->fik_creditor ? NULL : "fik-creditor";
}

/* A reference is found in any text when it has more digits than others have by
 * chance: where a kind has room, eleven of them with its check digit. A kind
 * that is right only with an agreement of its bank is still the country's: who
 * has none says reference = "rf". */
static const struct reference_maker makers[] = {
    {"rf", "rf", "", 8, 21, true, wrap_rf, NULL},
    {"scor", "rf", "", 8, 21, true, wrap_rf, NULL},
    {"qrr", "qrr", "CH LI", 10, 26, false, wrap_qrr, lacks_qr_iban},
    {"ogm", "ogm", "BE", 10, 10, false, wrap_ogm, NULL},
    {"vs", "vs", "CZ SK", 6, 10, false, wrap_nothing, NULL},
    {"kid", "kid", "NO", 10, 24, false, wrap_luhn, NULL},
    {"viite", "fi", "FI", 10, 19, false, wrap_finnish, NULL},
    {"ee", "ee", "EE", 10, 19, false, wrap_estonian, NULL},
    {"ocr", "se_ocr_long", "SE", 9, 23, false, wrap_ocr, NULL},
    {"fik", "fik", "DK", 10, 14, false, wrap_fik, lacks_creditor},
    {"si12", "si12", "SI", 7, 12, false, wrap_slovenian, NULL},
    {"hr01", "hr01", "HR", 7, 11, false, wrap_croatian, NULL},
};

const struct reference_maker *
reference_maker(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(makers); i++)
		if (strcmp(makers[i].name, name) == 0)
			return &makers[i];
	return NULL;
}

char *
reference_maker_names(void)
{
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(makers); i++)
		g_string_append_printf(out, "%s%s", i ? ", " : "",
		    makers[i].name);
	return g_string_free(out, FALSE);
}

const struct reference_maker *
reference_maker_of(const struct account *account, const struct config *config)
{
	const char *country;

	if (!account)
		return &makers[0];
	if (account->reference)
		return reference_maker(account->reference);
	country = pay_country(account, config);
	for (size_t i = 0; i < G_N_ELEMENTS(makers) && *country; i++)
		if (strstr(makers[i].countries, country) &&
		    (!makers[i].lacks || !makers[i].lacks(account)))
			return &makers[i];
	return &makers[0];
}

/* ---- the core ------------------------------------------------------------------------ */

/* Letters and digits, or digits alone, of a number. */
static GString *
core_of(const struct reference_maker *maker, const char *number)
{
	g_autofree char *flat = token_squeeze(number);
	GString *core = g_string_new(NULL);

	for (const char *p = flat; *p; p++)
		if (maker->letters ? g_ascii_isalnum(*p) : g_ascii_isdigit(*p))
			g_string_append_c(core, *p);
	if (core->len == 0)
		g_string_append_printf(core, "%u", g_str_hash(number) % 1000000);
	return core;
}

/* The last "most" characters. */
static void
cut(GString *core, size_t most)
{
	if (core->len > most)
		g_string_erase(core, 0, (gssize)(core->len - most));
}

/* Noughts before a short one. Banks drop those in front of digits: a 1 stands
 * before them, and where the number itself begins with one. */
static void
fill(GString *core, const struct reference_maker *maker)
{
	while (core->len < maker->least)
		g_string_prepend_c(core, '0');
	if (maker->letters || core->str[0] != '0')
		return;
	if (core->len > maker->least && core->len < maker->most)
		g_string_prepend_c(core, '1');
	else
		core->str[0] = '1';
}

char *
reference_make(const struct reference_maker *maker,
    const struct account *account, const char *number, unsigned attempt)
{
	g_autoptr(GString) core = core_of(maker, number);
	g_autofree char *mark = attempt == 0 ? g_strdup("")
	    : g_strdup_printf("%s%u", maker->letters ? "X" : "", attempt);

	cut(core, maker->most - strlen(mark));
	if (maker->letters) {
		fill(core, maker);
		cut(core, maker->most - strlen(mark));
		g_string_append(core, mark);
	} else {
		g_string_prepend(core, mark);
		fill(core, maker);
	}
	return maker->wrap(core->str, account);
}

char *
reference_quoted(const char *number)
{
	return strpbrk(number, "0123456789")
	    ? reference_make(&makers[0], NULL, number, 0) : NULL;
}
