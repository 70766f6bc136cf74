/*
 * document_value.c - what may stand in one field of an invoice document, by
 * its kind. Each fault says what was read and what to enter. Pure.
 */
#include "document_shape.h"
#include "import_row.h"
#include "match.h"

#include <string.h>

#define LONGEST_TEXT 1000
#define LONGEST_LINES 10000
#define LARGEST_WHOLE 12	/* digits before the point of a number */
#define LARGEST_PER 9		/* of a price's quantity */
#define LONGEST_WAIT 3650	/* days */

static bool
is_number(enum shape_kind kind)
{
	return kind == SHAPE_AMOUNT || kind == SHAPE_TAX_AMOUNT ||
	    kind == SHAPE_NUMBER || kind == SHAPE_PERCENT ||
	    kind == SHAPE_COUNT;
}

/* ---- texts ------------------------------------------------------------------ */

static bool
check_text(struct work *work, const struct shape *row, char *text,
    const char *path)
{
	bool lines = row->kind == SHAPE_LINES;
	g_autofree char *why = NULL;

	if (*text == '\0')
		return fault(work, path, row->term, "it is empty; enter a "
		    "text or leave the key out");
	if (row->kind == SHAPE_BASE64)
		return true;
	why = cell_characters(text, lines ? LONGEST_LINES : LONGEST_TEXT,
	    lines);
	return !why || fault(work, path, row->term, "it is %s", why);
}

static bool
check_code(struct work *work, const struct shape *row, char **text,
    const char *path)
{
	static const char *const wanted[CODE_LISTS] = {
		[CODES_COUNTRY] = "country code; enter two letters of ISO "
		    "3166 (\"DE\")",
		[CODES_EAS] = "scheme of electronic addresses; enter one of "
		    "the EAS list (\"EM\" for e-mail, \"9930\" for a German "
		    "VAT id)",
		[CODES_ICD] = "ISO 6523 scheme; enter four digits (\"0088\" "
		    "for a GLN) or leave it out",
		[CODES_TYPE] = "document type of UNTDID 1001; enter 380 "
		    "(invoice), 381 (credit note), 384, 386 …",
		[CODES_MEANS] = "payment means of UNTDID 4461; enter 58 (SEPA "
		    "transfer), 30 (transfer), 48 (card), 59 (direct debit) …",
		[CODES_SUBJECT] = "subject of UNTDID 4451; enter AAI (general "
		    "information) or leave it out",
		[CODES_TAX_POINT] = "tax point code; enter 3 (date of the "
		    "invoice), 35 (delivery) or 432 (payment)",
		[CODES_VATEX] = "exemption code of the VATEX list; enter one "
		    "(\"VATEX-EU-132\") or only a reason",
		[CODES_CATEGORY] = "tax category; enter S (standard), Z (zero "
		    "rated), E (exempt), AE (reverse charge), K "
		    "(intra-Community), G (export), O (not subject to VAT), L "
		    "(IGIC), M (IPSI) or B (split payment)",
		[CODES_CLASS] = "classification scheme of UNTDID 7143",
		[CODES_REFERENCE] = "reference kind of UNTDID 1153; leave it "
		    "out when in doubt",
		[CODES_MIME] = "kind of file that an invoice may carry; enter "
		    "application/pdf, image/png, image/jpeg, text/csv or that "
		    "of a spreadsheet",
	};
	enum code_list list = (enum code_list)row->more;
	const char *near;

	if (code_name(list, *text))
		return true;
	near = code_near(list, *text);
	return fault(work, path, row->term, "'%s' is no %s%s%s%s", *text,
	    wanted[list] ? wanted[list] : "known code",
	    near ? "; did you mean \"" : "", near ? near : "",
	    near ? "\"?" : "");
}

/* What a person wrote is kept beside the code. */
static bool
check_unit(struct work *work, json_t *object, const struct shape *row,
    char **text, const char *path)
{
	const char *code = unit_code(*text);
	const char *near = code ? NULL : code_near(CODES_UNIT, *text);

	if (!code)
		return fault(work, path, row->term, "'%s' is no known unit; "
		    "enter a code of UN/ECE Recommendation 20 or a usual word "
		    "(\"HUR\" or \"h\", \"DAY\", \"C62\", \"KGM\" …)%s%s%s",
		    *text, near ? "; did you mean \"" : "", near ? near : "",
		    near ? "\"?" : "");
	if (strcmp(code, *text) != 0 && strcmp(row->key, "unit") == 0 &&
	    !json_object_get(object, "unit_text"))
		set_text(object, "unit_text", *text);
	g_free(*text);
	*text = g_strdup(code);
	return true;
}

static bool
check_day(struct work *work, const struct shape *row, char *text,
    const char *path)
{
	return day_number(text) != G_MININT32 || fault(work, path, row->term,
	    "'%s' is no day; enter it like 2026-11-24", text);
}

static bool
check_currency(struct work *work, const struct shape *row, char *text,
    const char *path)
{
	return money_digits(text) >= 0 || fault(work, path, row->term, "'%s' "
	    "is no currency; enter three capital letters of ISO 4217 "
	    "(\"EUR\")", text);
}

static bool
check_type(struct work *work, const struct shape *row, char *text,
    const char *path)
{
	static const char *const types[] = {
		"invoice", "credit-note", "deposit", "corrected", NULL};

	return g_strv_contains(types, text) || fault(work, path, row->term,
	    "'%s' is no type; enter invoice, credit-note, deposit or "
	    "corrected", text);
}

static bool
check_profile(struct work *work, const struct shape *row, char *text,
    const char *path)
{
	return document_profile_known(text) || fault(work, path, row->term,
	    "'%s' is no profile; enter en16931, ubl, cii, xrechnung, "
	    "xrechnung-cii, peppol or factur-x", text);
}

static bool
check_account(struct work *work, const struct shape *row, char **text,
    const char *path)
{
	bool iban = row->kind == SHAPE_IBAN;
	size_t length;
	char *to = *text;

	for (const char *from = *text; *from; from++)
		if (*from != ' ')
			*to++ = g_ascii_toupper(*from);
	*to = '\0';
	length = strlen(*text);
	if (iban && !reference_is_iban(*text))
		return fault(work, path, row->term, "'%s' is no IBAN (its "
		    "length or its check digits are wrong); enter it again, "
		    "or another account number as \"account\"", *text);
	if (!iban && ((length != 8 && length != 11) ||
	    strspn(*text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != length))
		return fault(work, path, row->term, "'%s' is no BIC; enter 8 "
		    "or 11 letters and digits, or leave it out", *text);
	return true;
}

/* ---- numbers ------------------------------------------------------------------- */

static bool
not_plain(struct work *work, const struct shape *row, const char *text,
    const char *path)
{
	bool comma = strchr(text, ',') != NULL;

	return fault(work, path, row->term, "'%s' is no plain number; enter "
	    "it like \"1234.50\"%s", text, comma ? ", with a point and "
	    "without separators" : "");
}

static int
decimals_of(const struct work *work, const struct shape *row)
{
	int digits;

	switch (row->kind) {
	case SHAPE_AMOUNT:
		return work->digits;
	case SHAPE_TAX_AMOUNT:
		digits = money_digits(text_of(work->root, "tax_currency"));
		return digits < 0 || digits > 2 ? 2 : digits;
	case SHAPE_PERCENT:
		return 4;
	case SHAPE_COUNT:
		return 0;
	default:
		return row->more;
	}
}

static bool
too_large(const struct shape *row, int64_t value, int decimals)
{
	bool per = strcmp(row->key, "price_quantity") == 0;
	int64_t most = LARGEST;

	if (row->kind != SHAPE_AMOUNT && row->kind != SHAPE_TAX_AMOUNT)
		most = power_of_ten(per ? LARGEST_PER + decimals
		    : decimals > 6 ? 17 : LARGEST_WHOLE + decimals) - 1;
	return value > most || value < -most;
}

static bool
check_limits(struct work *work, const struct shape *row, const char *text,
    int64_t value, int decimals, const char *path)
{
	if (too_large(row, value, decimals))
		return fault(work, path, row->term, "%s is too large", text);
	if (row->kind == SHAPE_PERCENT &&
	    (value < 0 || value > 100 * RATE_SCALE))
		return fault(work, path, row->term, "%s is no percentage; "
		    "enter a number from 0 to 100", text);
	if (row->kind == SHAPE_COUNT && (value < 0 || value > LONGEST_WAIT))
		return fault(work, path, row->term, "%s is no number of days; "
		    "enter 0 to %d", text, LONGEST_WAIT);
	return true;
}

static bool
check_number(struct work *work, const struct shape *row, char **text,
    const char *path)
{
	int decimals = decimals_of(work, row);
	const char *point = strchr(*text, '.');
	int64_t value;

	if (!decimal_is(*text))
		return not_plain(work, row, *text, path);
	if (!decimal_read(*text, decimals, &value)) {
		if (!point || strlen(point + 1) <= (size_t)decimals)
			return fault(work, path, row->term, "%s is too large",
			    *text);
		return fault(work, path, row->term, "%s has more than %d "
		    "decimals%s%s", *text, decimals, row->kind == SHAPE_AMOUNT
		    ? ", more than an amount has in " : "",
		    row->kind == SHAPE_AMOUNT ? work->currency : "");
	}
	if (!check_limits(work, row, *text, value, decimals, path))
		return false;
	g_free(*text);
	*text = row->kind == SHAPE_AMOUNT || row->kind == SHAPE_TAX_AMOUNT
	    ? amount_text(value, decimals) : number_text(value, decimals);
	return true;
}

/* ---- all kinds -------------------------------------------------------------------- */

static bool
check(struct work *work, json_t *object, const struct shape *row,
    char **text, const char *path)
{
	switch (row->kind) {
	case SHAPE_DAY:
		return check_day(work, row, *text, path);
	case SHAPE_CURRENCY:
		return check_currency(work, row, *text, path);
	case SHAPE_TYPE:
		return check_type(work, row, *text, path);
	case SHAPE_PROFILE:
		return check_profile(work, row, *text, path);
	case SHAPE_UNIT:
		return check_unit(work, object, row, text, path);
	case SHAPE_CODE:
		return check_code(work, row, text, path);
	case SHAPE_IBAN:
	case SHAPE_BIC:
		return check_account(work, row, text, path);
	default:
		return !is_number(row->kind) ||
		    check_number(work, row, text, path);
	}
}

bool
shape_value(struct work *work, json_t *object, const struct shape *row,
    json_t *value, const char *path)
{
	g_autofree char *text = NULL;

	if (json_is_integer(value))
		text = g_strdup_printf("%" JSON_INTEGER_FORMAT,
		    json_integer_value(value));
	else if (json_is_real(value))
		return fault(work, path, row->term, "a number with decimals "
		    "must stand in quotation marks to be exact: \"12.50\"");
	else if (!json_is_string(value))
		return fault(work, path, row->term, "a text in quotation marks "
		    "is wanted");
	else
		text = g_strstrip(g_strdup(json_string_value(value)));
	if (json_is_string(value) &&
	    strlen(json_string_value(value)) != json_string_length(value))
		return fault(work, path, row->term, "it contains a character "
		    "that no text has");
	if (!check_text(work, row, text, path) ||
	    !check(work, object, row, &text, path))
		return false;
	if (!json_is_string(value) ||
	    strcmp(text, json_string_value(value)) != 0)
		set_text(object, row->key, text);
	return true;
}
