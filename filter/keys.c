/*
 * keys.c - the keys under which an invoice can be named. Payers leave out
 * what seems superfluous to them: separators, the prefix, the year, zeros.
 * Each form is a key of its own; how much a short form is worth is decided
 * when it is met. Pure.
 */
#include "reference_make.h"
#include "references.h"

#include <stdlib.h>
#include <string.h>

#define KEY_MIN 3

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

static bool
is_short_year(const char *text)
{
	return two_digits(text) >= 15 && two_digits(text) <= 59;
}

/* Digits of the year glued to the front of a longer run, 0 for none. */
static size_t
glued_year(const char *run, bool prefixed)
{
	if (strlen(run) < 7)
		return 0;
	if (is_century(run))
		return 4;
	return prefixed && is_short_year(run) ? 2 : 0;
}

static bool
is_year_run(const struct token *token, const struct token *next, int runs,
    bool first)
{
	size_t n = strlen(token->text);

	if (runs < 2)
		return false;
	if (n == 4)
		return is_century(token->text);
	if (n != 2 || !is_short_year(token->text))
		return false;
	/* "F26/0012", "26INV0012": before the number; "17/26": behind it */
	return next ? next->gap > 0 || (first && !next->digits)
		    : token->before == '/';
}

static bool
is_month_run(const struct token *token)
{
	return token->digits && strlen(token->text) <= 2 &&
	    atoi(token->text) >= 1 && atoi(token->text) <= 12;
}

struct cutter {			/* cuts a number into its parts */
	const GPtrArray *tokens;
	struct part *parts;
	int n, runs;		/* parts so far; runs of digits in all */
	bool year;
};

static void
add_part(struct cutter *cutter, enum part_kind kind, char *text)
{
	cutter->parts[cutter->n++] = (struct part){kind, text};
	cutter->year |= kind == PART_YEAR;
}

static void
cut_digits(struct cutter *cutter, guint i)
{
	const struct token *t = cutter->tokens->pdata[i];
	const struct token *next = i + 1 < cutter->tokens->len
	    ? cutter->tokens->pdata[i + 1] : NULL;
	bool behind_year = cutter->n > 0 &&
	    cutter->parts[cutter->n - 1].kind == PART_YEAR;
	size_t glued;

	if (!cutter->year && is_year_run(t, next, cutter->runs, i == 0))
		add_part(cutter, PART_YEAR, g_strdup(t->text));
	else if (behind_year && next && strlen(t->text) == 2 && is_month_run(t))
		add_part(cutter, PART_MONTH, g_strdup(t->text));
	else if (!cutter->year && cutter->runs > 2 && next && i > 0 &&
	    is_month_run(t) && next->digits && strlen(next->text) == 4 &&
	    is_century(next->text))
		add_part(cutter, PART_MONTH, g_strdup(t->text));
	else if (!cutter->year && cutter->runs == 1 &&
	    (glued = glued_year(t->text, cutter->n > 0)) != 0) {
		add_part(cutter, PART_YEAR, g_strndup(t->text, glued));
		add_part(cutter, PART_DIGITS, g_strdup(t->text + glued));
	} else
		add_part(cutter, PART_DIGITS, g_strdup(t->text));
}

int
reference_parts(const char *number, struct part *parts)
{
	g_autoptr(GPtrArray) tokens = token_split(number);
	struct cutter cutter = {.tokens = tokens, .parts = parts};

	for (guint i = 0; i < tokens->len; i++)
		cutter.runs += ((struct token *)tokens->pdata[i])->digits;
	for (guint i = 0; i < tokens->len && cutter.n + 2 < PARTS_MAX; i++) {
		const struct token *t = tokens->pdata[i];

		if (t->digits)
			cut_digits(&cutter, i);
		else
			add_part(&cutter, PART_LETTERS, g_strdup(t->text));
	}
	return cutter.n;
}

void
parts_release(struct part *parts, int n)
{
	for (int i = 0; i < n; i++)
		g_free(parts[i].text);
}

int
parts_counter(const struct part *parts, int n)
{
	while (n-- > 0)
		if (parts[n].kind == PART_DIGITS)
			return n;
	return -1;
}

/* Do the letters say no more than "invoice no."? */
static bool
only_words(const struct part *parts, int n)
{
	for (int i = 0; i < n; i++)
		if (parts[i].kind == PART_LETTERS &&
		    !(reference_word(parts[i].text) &
			(WORD_INVOICE | WORD_NUMBER)))
			return false;
	return true;
}

char *
reference_bare_number(const char *number)
{
	struct part parts[PARTS_MAX];
	int n = reference_parts(number, parts);
	GString *out = g_string_new(NULL);
	bool bare = only_words(parts, n);

	for (int i = 0; i < n; i++)
		if (parts[i].kind != PART_LETTERS || !bare)
			g_string_append(out, parts[i].text);
	parts_release(parts, n);
	return g_string_free(out, FALSE);
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
	g_autofree char *core = reference_unwrap(reference);
	GString *digits = g_string_new(NULL);

	for (const char *p = flat; *p; p++)
		if (g_ascii_isdigit(*p))
			g_string_append_c(digits, *p);
	add_key(keys, g_strconcat("#", token_skip_zeros(flat), NULL), KEY_MIN + 1);
	if (core)
		add_key(keys, g_strconcat("#", token_skip_zeros(core), NULL),
		    KEY_MIN + 1);
	else if (digits->len + 4 >= strlen(flat))
		add_key(keys,
		    g_strconcat("#", token_skip_zeros(digits->str), NULL),
		    KEY_MIN + 1);
	g_string_free(digits, TRUE);
}

/* What our letters quote of an invoice that has no reference of its own. What
 * stands inside it is the number, which has its own keys. */
static void
add_quoted(GPtrArray *keys, const char *number)
{
	g_autofree char *quoted = reference_quoted(number);

	if (quoted)
		add_key(keys, g_strconcat("#", quoted, NULL), KEY_MIN);
}

char **
reference_invoice_keys(const char *number, const char *reference,
    const char *po)
{
	GPtrArray *keys = g_ptr_array_new();
	struct part parts[PARTS_MAX];
	int n = reference_parts(number, parts);

	/* The number as it stands is a key even when it is a strange one. */
	add_key(keys, token_squeeze(number), 1);
	add_key(keys, reference_bare_number(number), 1);
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		add_key(keys, write_form(parts, n, &forms[i]), KEY_MIN);
	parts_release(parts, n);
	if (reference && *reference)
		add_reference(keys, reference);
	else
		add_quoted(keys, number);
	if (po && *po) {
		g_autofree char *flat = token_squeeze(po);

		add_key(keys, g_strconcat("@", flat, NULL), KEY_MIN + 2);
	}
	g_ptr_array_add(keys, NULL);
	return (char **)g_ptr_array_free(keys, FALSE);
}
