/*
 * keys.c - the keys under which an invoice can be named. Payers leave out
 * what seems superfluous to them: separators, the prefix, the year, zeros.
 * Each form is a key of its own; how much a short form is worth is decided
 * when it is met. Pure.
 */
#include "match.h"

#include <stdlib.h>
#include <string.h>

#define KEY_MIN 3
#define PARTS_MAX 12

enum part_kind { PART_LETTERS, PART_DIGITS, PART_YEAR, PART_MONTH };

struct part {
	enum part_kind kind;
	char *text;
};

static int
two_digits(const char *text)
{
	return (text[0] - '0') * 10 + text[1] - '0';
}

static bool
is_century(const char *text)
{
	return g_str_has_prefix(text, "20") || g_str_has_prefix(text, "199");
}

/* Digits of the year glued to the front of a longer run, 0 for none. */
static size_t
glued_year(const char *run, bool prefixed)
{
	if (strlen(run) < 7)
		return 0;
	if (is_century(run))
		return 4;
	return prefixed && two_digits(run) >= 15 && two_digits(run) <= 59 ? 2 : 0;
}

static bool
is_year_run(const struct token *token, const struct token *next, int runs)
{
	size_t n = strlen(token->text);

	if (runs < 2)
		return false;
	if (n == 4)
		return is_century(token->text);
	if (n != 2 || two_digits(token->text) < 15 ||
	    two_digits(token->text) > 59)
		return false;
	/* "F26/0012": before the number; "17/26": at the end, behind a slash */
	return next ? next->gap > 0 : token->before == '/';
}

static int
number_parts(const GPtrArray *tokens, struct part *parts)
{
	int runs = 0, n = 0;
	bool year = false;

	for (guint i = 0; i < tokens->len; i++)
		runs += ((struct token *)tokens->pdata[i])->digits;
	for (guint i = 0; i < tokens->len && n + 2 < PARTS_MAX; i++) {
		const struct token *t = tokens->pdata[i];
		const struct token *next =
		    i + 1 < tokens->len ? tokens->pdata[i + 1] : NULL;
		size_t glued;

		if (!t->digits) {
			parts[n++] = (struct part){
			    PART_LETTERS, g_strdup(t->text)};
		} else if (!year && is_year_run(t, next, runs)) {
			year = true;
			parts[n++] = (struct part){
			    PART_YEAR, g_strdup(t->text)};
		} else if (year && next && n > 0 &&
		    parts[n - 1].kind == PART_YEAR && strlen(t->text) == 2 &&
		    two_digits(t->text) >= 1 && two_digits(t->text) <= 12) {
			parts[n++] = (struct part){
			    PART_MONTH, g_strdup(t->text)};
		} else if (!year && runs == 1 &&
		    (glued = glued_year(t->text, n > 0)) != 0) {
			parts[n++] = (struct part){
			    PART_YEAR, g_strndup(t->text, glued)};
			parts[n++] = (struct part){
			    PART_DIGITS, g_strdup(t->text + glued)};
		} else {
			parts[n++] = (struct part){
			    PART_DIGITS, g_strdup(t->text)};
		}
	}
	return n;
}

/* The forms in which the parts are written, fullest first. */
static const struct form {
	bool letters, year, month, zeros;
} forms[] = {
    {true, true, true, true}, {false, true, true, true},
    {true, true, true, false}, {false, true, true, false},
    {true, false, true, true}, {false, false, true, true},
    {true, false, true, false}, {false, false, true, false},
    {true, false, false, true}, {false, false, false, true},
    {true, false, false, false}, {false, false, false, false},
};

static char *
write_form(const struct part *parts, int n, const struct form *form)
{
	GString *out = g_string_new(NULL);

	for (int i = 0; i < n; i++) {
		const struct part *p = &parts[i];

		if ((p->kind == PART_LETTERS && !form->letters) ||
		    (p->kind == PART_YEAR && !form->year) ||
		    (p->kind == PART_MONTH && !form->month))
			continue;
		g_string_append(out, p->kind != PART_YEAR && !form->zeros
			? token_skip_zeros(p->text) : p->text);
	}
	return g_string_free(out, FALSE);
}

static void
add_key(GPtrArray *keys, char *key, size_t least)
{
	if (strlen(key) < least || strpbrk(key, "0123456789") == NULL ||
	    g_ptr_array_find_with_equal_func(keys, key, g_str_equal, NULL))
		g_free(key);
	else
		g_ptr_array_add(keys, key);
}

static void
add_reference(GPtrArray *keys, const char *reference)
{
	g_autofree char *flat = token_squeeze(reference);
	GString *digits = g_string_new(NULL);

	for (const char *p = flat; *p; p++)
		if (g_ascii_isdigit(*p))
			g_string_append_c(digits, *p);
	add_key(keys, g_strconcat("#", token_skip_zeros(flat), NULL), KEY_MIN + 1);
	if (reference_is_rf(flat))
		add_key(keys, g_strconcat("#", token_skip_zeros(flat + 4), NULL),
		    KEY_MIN + 1);
	else if (digits->len + 4 >= strlen(flat))
		add_key(keys,
		    g_strconcat("#", token_skip_zeros(digits->str), NULL),
		    KEY_MIN + 1);
	g_string_free(digits, TRUE);
}

char **
reference_invoice_keys(const char *number, const char *reference,
    const char *po)
{
	g_autoptr(GPtrArray) tokens = token_split(number);
	GPtrArray *keys = g_ptr_array_new();
	struct part parts[PARTS_MAX];
	int n = number_parts(tokens, parts);

	/* The number as it stands is a key even when it is a strange one. */
	add_key(keys, token_squeeze(number), 1);
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		add_key(keys, write_form(parts, n, &forms[i]), KEY_MIN);
	for (int i = 0; i < n; i++)
		g_free(parts[i].text);
	if (reference && *reference)
		add_reference(keys, reference);
	if (po && *po) {
		g_autofree char *flat = token_squeeze(po);

		add_key(keys, g_strconcat("@", flat, NULL), KEY_MIN + 2);
	}
	g_ptr_array_add(keys, NULL);
	return (char **)g_ptr_array_free(keys, FALSE);
}
