/*
 * learn_value.c - values as mails write them: which figures, which days say
 * what the reader confirmed, and which words are a currency.
 */
#include "learn.h"
#include "lex.h"

#include <string.h>

/* Figures of a plain decimal or of a spelling, without leading noughts. */
static char *
figures(const char *text)
{
	GString *out = g_string_new(NULL);

	for (; *text; text++)
		if (g_ascii_isdigit(*text) && (out->len || *text != '0'))
			g_string_append_c(out, *text);
	return g_string_free(out, FALSE);
}

bool
lvalue_same_amount(const char *digits, const char *value)
{
	g_autofree char *a = figures(digits), *b = figures(value);
	const char *point = strrchr(value, '.');
	size_t whole;

	if (strcmp(a, b) == 0)
		return *a != '\0';
	/* "420" for 420.00 */
	if (!point || strspn(point + 1, "0") != strlen(point + 1))
		return false;
	whole = strlen(b) - MIN(strlen(b), strlen(point + 1));
	return whole > 0 && strlen(a) == whole && strncmp(a, b, whole) == 0;
}

bool
lvalue_is_currency(const struct labels *labels, const char *text,
    const char *code)
{
	unsigned node = LABELS_ROOT;
	struct lex_token token;
	uint32_t at = 0;

	if (strcmp(text, code) == 0)
		return true;
	for (lex_next(text, &at, &token); token.kind != LEX_END;
	    lex_next(text, &at, &token)) {
		unsigned word;

		if (token.kind == LEX_SIGN)
			continue;
		word = labels_word(labels, token.folded, token.length);
		node = word ? labels_step(labels, node, word) : 0;
		if (!node)
			return false;
	}
	for (const struct labels_entry *entry = node == LABELS_ROOT ? NULL :
	    labels_first(labels, node); entry;
	    entry = labels_next(labels, entry))
		if (entry->key == LABELS_CURRENCY &&
		    strcmp(labels_code(labels, entry->extra), code) == 0)
			return true;
	return false;
}

/* ---- days -------------------------------------------------------------------- */

/* In whatever order and language. */
static bool
is_day(const char *text, const char *value, const char *near_day)
{
	char day[DAY_SIZE];

	for (const struct month_names *m = month_names; m->language; m++)
		for (int order = ORDER_DMY; order <= ORDER_YMD; order++) {
			const struct day_habit habit = {(enum day_order)order,
			    m->language};

			if (habits_read_day(text, &habit, near_day, day) &&
			    strcmp(day, value) == 0)
				return true;
		}
	return false;
}

void
lvalue_find_days(const struct lpage *page, const char *value,
    const char *near_day, GArray *out)
{
	g_autofree char *text = g_ucs4_to_utf8(page->fold, page->length, NULL,
	    NULL, NULL);
	pcre2_match_data *data;
	pcre2_code *code;
	PCRE2_SIZE at = 0;
	int error;

	code = pcre2_compile((PCRE2_SPTR)habits_day_shape,
	    PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_CASELESS, &error, &at,
	    NULL);
	if (!code || !text)
		return;
	data = pcre2_match_data_create_from_pattern(code, NULL);
	for (at = 0; pcre2_match(code, (PCRE2_SPTR)text, strlen(text), at, 0,
	    data, NULL) > 0;) {
		const PCRE2_SIZE *v = pcre2_get_ovector_pointer(data);
		g_autofree char *found = g_strndup(text + v[0], v[1] - v[0]);

		if (is_day(found, value, near_day)) {
			struct lspan span = {.start = g_utf8_strlen(text,
			    (gssize)v[0])};

			span.end = span.start + g_utf8_strlen(found, -1);
			g_array_append_val(out, span);
			at = v[1];
		} else
			at = (PCRE2_SIZE)(g_utf8_next_char(text + v[0]) -
			    text);
	}
	pcre2_match_data_free(data);
	pcre2_code_free(code);
}
