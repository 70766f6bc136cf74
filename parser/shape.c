/*
 * shape.c - from what an administrator writes to PCRE2: {field} stands for a
 * named group with the usual shape of that field, a blank for any run of
 * blanks, and neither case nor accents count. No JIT: a program that lives
 * for one message never earns back what compiling costs.
 */
#include "bankfile.h"

#include <string.h>

#define NAME_LIMIT 32	/* of a group, as PCRE2 has it */

enum field_class { AMOUNT, CURRENCY, DAY, ACCOUNT, NUMBER, CODE, FREE };

static const struct {
	const char *name;
	int field;
	enum field_class class;
} shape_fields[] = {
	{"amount", EVENT_AMOUNT, AMOUNT},
	{"fee", EVENT_FEE, AMOUNT},
	{"charges", EVENT_CHARGES, AMOUNT},
	{"gross", FIELD_GROSS, AMOUNT},
	{"refunds", FIELD_REFUNDS, AMOUNT},
	{"net", FIELD_NET, AMOUNT},
	{"currency", EVENT_CURRENCY, CURRENCY},
	{"booked", EVENT_BOOKED, DAY},
	{"value", EVENT_VALUE, DAY},
	{"account", EVENT_ACCOUNT, ACCOUNT},
	{"payer", EVENT_PAYER, FREE},
	{"payer_account", EVENT_PAYER_ACCOUNT, ACCOUNT},
	{"payer_bank", FIELD_PAYER_BANK, CODE},
	{"remittance", EVENT_REMITTANCE, FREE},
	{"reference", EVENT_REFERENCE, CODE},
	{"bank_reference", EVENT_BANK_REFERENCE, CODE},
	{"batch", EVENT_BATCH, CODE},
	{"end_to_end_id", EVENT_END_TO_END_ID, CODE},
	{"variable_symbol", EVENT_VARIABLE_SYMBOL, NUMBER},
	{"constant_symbol", EVENT_CONSTANT_SYMBOL, NUMBER},
	{"specific_symbol", EVENT_SPECIFIC_SYMBOL, NUMBER},
};

static int
find_field(const char *name, size_t length)
{
	for (size_t i = 0; i < G_N_ELEMENTS(shape_fields); i++)
		if (strlen(shape_fields[i].name) == length &&
		    memcmp(shape_fields[i].name, name, length) == 0)
			return (int)i;
	return -1;
}

bool
shape_field(const char *name, size_t length, int *field, bool *free_text)
{
	int at = find_field(name, length);

	if (at < 0)
		return false;
	*field = shape_fields[at].field;
	*free_text = shape_fields[at].class == FREE;
	return true;
}

const char *
shape_name(int field)
{
	for (size_t i = 0; i < G_N_ELEMENTS(shape_fields); i++)
		if (shape_fields[i].field == field)
			return shape_fields[i].name;
	g_return_val_if_reached("");
}

/* A text whose every character stands for itself. */
static void
append_literal(GString *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("\\^$.[]|()?*+{}-# \t", *text))
			g_string_append_c(out, '\\');
		g_string_append_c(out, *text);
	}
}

static void
append_amount(GString *out, const struct bank *bank)
{
	g_autoptr(GString) marks = g_string_new(NULL);

	append_literal(marks, bank->decimal);
	append_literal(marks, bank->grouping ? bank->grouping : "");
	g_string_append_printf(out, "[-+\\x{2212}]?\\h?[0-9](?:[0-9%s]*[0-9])?"
	    "(?![0-9])", marks->str);
}

static void
append_currency(GString *out, const struct bank *bank)
{
	g_string_append(out, "(?-i:[A-Z]{3})");
	for (char **word = bank->spellings; *word; word++) {
		if (!**word)
			continue;
		g_string_append_c(out, '|');
		append_literal(out, *word);
	}
}

static void
append_shape(GString *out, const struct bank *bank, enum field_class class)
{
	switch (class) {
	case AMOUNT:
		append_amount(out, bank);
		break;
	case CURRENCY:
		append_currency(out, bank);
		break;
	case DAY:
		g_string_append(out, habits_day_shape);
		break;
	case ACCOUNT:
		g_string_append(out, bank->czech_accounts ?
		    "(?:[0-9]{1,6}-)?[0-9]{2,10}(?:/[0-9]{4})?(?![0-9])" :
		    "[0-9A-Za-z*\\x{2022}./-]+"
		    "(?:\\h[0-9A-Za-z*\\x{2022}./-]+){0,9}?");
		break;
	case NUMBER:
		g_string_append(out, "[0-9]{1,20}(?![0-9])");
		break;
	case CODE:
		g_string_append(out, "[0-9A-Za-z]"
		    "(?:[0-9A-Za-z/_-]*[0-9A-Za-z])?");
		break;
	case FREE:
		/* Over lines too: else a payer's line end would hide the true
		 * match and leave a forged one. What has one is refused. */
		g_string_append(out, "(?s:.+?)");
		break;
	}
}

/* {name} at p: appends its group and returns what follows, or NULL. */
static const char *
append_field(GString *out, const struct bank *bank, const char *p, char **why)
{
	size_t length = strcspn(p + 1, "}");
	int at;

	if (length == 1 && p[1] == '_') {
		g_string_append(out, "(?:[^\\n]*?)");
		return p + 3;
	}
	at = p[1 + length] ? find_field(p + 1, length) : -1;
	if (at < 0) {
		*why = g_strdup_printf("{%.*s} is no field", (int)length,
		    p + 1);
		return NULL;
	}
	g_string_append_printf(out, "(?<%s>", shape_fields[at].name);
	append_shape(out, bank, shape_fields[at].class);
	g_string_append_c(out, ')');
	return p + length + 2;
}

/* The pattern as PCRE2 reads it; blank is what a blank stands for. */
static char *
expand(const struct bank *bank, const char *source, const char *blank,
    char **why)
{
	g_autofree char *folded = habits_fold(source, false);
	g_autoptr(GString) out = g_string_new(NULL);
	bool in_class = false;
	const char *p = folded;

	while (*p) {
		if (*p == '\\' && p[1]) {
			g_string_append_len(out, p, 2);
			p += 2;
		} else if (*p == '{' && !in_class &&
		    (g_ascii_islower(p[1]) || p[1] == '_')) {
			p = append_field(out, bank, p, why);
			if (!p)
				return NULL;
		} else if (*p == ' ' && !in_class) {
			while (p[1] == ' ')
				p++;
			g_string_append_printf(out, "(?:%s)", blank);
			p++;
		} else {
			in_class = in_class ? *p != ']' : *p == '[';
			g_string_append_c(out, *p++);
		}
	}
	return g_strdup(out->str);
}

static bool
check_groups(const pcre2_code *code, char **why)
{
	uint32_t count = 0, size = 0;
	PCRE2_SPTR table = NULL;
	bool free_text;
	int field;

	pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &count);
	pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &size);
	pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &table);
	for (uint32_t i = 0; i < count; i++, table += size) {
		const char *name = (const char *)table + 2;

		if (shape_field(name, strlen(name), &field, &free_text))
			continue;
		*why = g_strdup_printf("%.*s is no field", NAME_LIMIT, name);
		return false;
	}
	return true;
}

/* Many templates ask for the same: each pattern is compiled once and kept. */
static pcre2_code **
kept_code(const char *whole)
{
	static GHashTable *codes;
	pcre2_code **code;

	if (!codes)
		codes = g_hash_table_new(g_str_hash, g_str_equal);
	code = g_hash_table_lookup(codes, whole);
	if (!code) {
		code = g_new0(pcre2_code *, 1);
		g_hash_table_insert(codes, g_strdup(whole), code);
	}
	return code;
}

/* prefix and suffix are PCRE2 already. The code is borrowed. */
static pcre2_code *
compile(const struct bank *bank, const char *source, const char *blank,
    const char *prefix, const char *suffix, char **why)
{
	g_autofree char *expanded = expand(bank, source, blank, why);
	g_autofree char *whole = NULL;
	PCRE2_UCHAR message[120];
	pcre2_code *code, **kept;
	PCRE2_SIZE at;
	int error;

	if (!expanded)
		return NULL;
	whole = g_strconcat(prefix, expanded, suffix, NULL);
	kept = kept_code(whole);
	if (*kept)
		return *kept;
	code = pcre2_compile((PCRE2_SPTR)whole, PCRE2_ZERO_TERMINATED,
	    PCRE2_UTF | PCRE2_CASELESS | PCRE2_MULTILINE | PCRE2_DUPNAMES |
	    PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UCP, &error, &at, NULL);
	if (!code) {
		pcre2_get_error_message(error, message, sizeof(message));
		*why = g_strdup((const char *)message);
	} else if (!check_groups(code, why)) {
		pcre2_code_free(code);
		code = NULL;
	}
	*kept = code;
	return code;
}

static bool
broken(const struct bank *bank, struct template *t, unsigned line,
    const char *why)
{
	t->broken = g_strdup_printf("%s:%u: %s", bank->path, line, why);
	return false;
}

static bool
compile_labels(const struct bank *bank, struct template *t, char **why)
{
	for (guint i = 0; i < t->labels->len; i++) {
		struct label *label = g_ptr_array_index(t->labels, i);

		if (!*label->shape)
			continue;
		label->code = compile(bank, label->shape, "\\h+",
		    "\\A(?:", ")\\z", why);
		if (!label->code)
			return broken(bank, t, label->line, *why);
	}
	return true;
}

bool
template_compile_conditions(const struct bank *bank, struct template *t)
{
	g_autofree char *why = NULL;

	if (t->broken || t->subject_code || t->body_code)
		return t->broken == NULL;
	if (t->subject && !(t->subject_code = compile(bank, t->subject,
	    "\\h+", "", "", &why)))
		return broken(bank, t, t->subject_line, why);
	if (t->body && !(t->body_code = compile(bank, t->body,
	    "\\s+", "", "", &why)))
		return broken(bank, t, t->body_line, why);
	return true;
}

bool
template_compile(const struct bank *bank, struct template *t)
{
	g_autofree char *why = NULL;

	if (t->compiled || !template_compile_conditions(bank, t))
		return t->broken == NULL;
	t->compiled = true;
	if (t->pattern && !(t->pattern_code = compile(bank, t->pattern,
	    "\\s+", "", "", &why)))
		return broken(bank, t, t->pattern_line, why);
	return compile_labels(bank, t, &why);
}
