/*
 * mentions.c - what a payment's text may name. Whole runs of characters and
 * neighbouring runs put together are looked up as they are: "14" is never
 * found inside "1814". Numbers that are introduced as something else (a
 * phone, an order, a customer number) count little. Pure.
 */
#include "references.h"

#include <string.h>

#define WINDOW_RUNS 12		/* runs of characters put together at most */
#define WINDOW_SHORT 5		/* beyond that only structured references */
#define KEY_MAX 35
#define KEY_MIN 3		/* less only behind a word for invoice */
#define REFERENCE_MIN 8		/* characters of a reference in free text */
#define GAP_MAX 3
#define MENTIONS_MAX 400

struct collector {
	GPtrArray *out;
	GHashTable *seen;	/* key → struct mention, borrowed */
	guint base;		/* runs of the texts before this one */
	int64_t amount;		/* what was paid */
	char **own;		/* the owner's own numbers */
};

static void
mention_free(void *data)
{
	struct mention *mention = data;

	g_free(mention->key);
	g_free(mention);
}

/* The strongest of several mentions of one key stays. */
static void
collect(struct collector *collector, const char *prefix, const char *key,
    const struct mention *like)
{
	g_autofree char *full = g_strconcat(prefix, key, NULL);
	struct mention *m = g_hash_table_lookup(collector->seen, full);

	if (m) {
		m->structured |= like->structured;
		m->weak &= like->weak;
		m->spread &= like->spread;
		m->part &= like->part;
		m->inside &= like->inside;
		m->misread &= like->misread;
		m->mended &= like->mended;
		m->introduced |= like->introduced;
		m->places |= like->places;
		return;
	}
	if (collector->out->len >= MENTIONS_MAX)
		return;
	m = g_new(struct mention, 1);
	*m = *like;
	m->key = g_steal_pointer(&full);
	g_ptr_array_add(collector->out, m);
	g_hash_table_insert(collector->seen, m->key, m);
}

/* Letters that are read, or typed, for digits. They count as digits where
 * they stand beside one. */
static char
misread(char c)
{
	static const char letters[] = "OILSBZ", digits[] = "011582";
	const char *at_letter = c ? strchr(letters, c) : NULL;

	return at_letter ? digits[at_letter - letters] : 0;
}

static char *
correct_misread(const char *key)
{
	char *out = g_strdup(key);
	size_t n = strlen(out);

	for (size_t i = 1; i < n; i++)
		if (misread(out[i]) && g_ascii_isdigit(out[i - 1]))
			out[i] = misread(out[i]);
	for (size_t i = n; i-- > 1;)
		if (misread(out[i - 1]) && g_ascii_isdigit(out[i]))
			out[i - 1] = misread(out[i - 1]);
	return out;
}

/* A reference whose check digits are wrong, put right at one place: nearly
 * always one or two ways with the strong check of mod 97. */
static void
collect_mended(struct collector *collector, const char *key,
    const struct mention *like, bool (*is_right)(const char *text))
{
	g_autofree char *try = g_strdup(key);
	struct mention mended = *like;

	mended.structured = false;
	mended.mended = true;
	for (char *p = try; *p; p++) {
		char was = *p;

		for (char c = '0'; g_ascii_isdigit(was) && c <= '9'; c++) {
			*p = c;
			if (c != was && is_right(try))
				collect(collector, "#", token_skip_zeros(try),
				    &mended);
		}
		*p = p[1];
		if (g_ascii_isdigit(was) && g_ascii_isdigit(*p) && *p != was) {
			p[1] = was;
			if (is_right(try))
				collect(collector, "#", token_skip_zeros(try),
				    &mended);
			p[1] = *p;
		}
		*p = was;
	}
}

/* One window of runs: a key of a number, of a creditor reference, of a
 * purchase order. */
static void
collect_window(struct collector *collector, const char *key, guint runs,
    const struct mention *like)
{
	size_t n = strlen(key);

	if ((n < KEY_MIN && !like->introduced) || n > KEY_MAX)
		return;
	if (runs <= WINDOW_SHORT)
		collect(collector, "", key, like);
	if (!like->structured && n >= 5) {
		g_autofree char *corrected = correct_misread(key);
		struct mention doubtful = *like;

		doubtful.misread = true;
		if (strcmp(corrected, key) != 0)
			collect(collector, "", corrected, &doubtful);
	}
	if (like->structured || n >= REFERENCE_MIN) {
		struct mention whole = *like;

		whole.structured |= reference_is_rf(key);
		collect(collector, "#", token_skip_zeros(key), &whole);
		if (reference_is_rf(key))
			collect(collector, "#", token_skip_zeros(key + 4), &whole);
		else if (g_str_has_prefix(key, "RF") && n >= REFERENCE_MIN + 1)
			collect_mended(collector, key, &whole, reference_is_rf);
		else if (n == 12 && runs == 3 && !reference_is_ogm(key) &&
		    strspn(key, "0123456789") == n)
			collect_mended(collector, key, &whole,
			    reference_is_ogm);
	}
	if (like->weak && n >= 5)
		collect(collector, "@", key, like);
}

/* "2026" in "2026-00012": joined to other digits it is the year. */
static bool
is_year(const struct marked *marked, guint i)
{
	const struct token *t = marked_at(marked, i);
	const struct token *next = marked_at(marked, i + 1);

	if (strlen(t->text) != 4 || !g_str_has_prefix(t->text, "20"))
		return false;
	return (i > 0 && marked_at(marked, i - 1)->digits && t->gap == 1 &&
		   !t->blank) ||
	    (next && next->digits && next->gap == 1 && !next->blank);
}

static bool
may_start(const struct marked *marked, guint i)
{
	const struct token *t = marked_at(marked, i);
	const struct token *next = marked_at(marked, i + 1);

	return t->digits || g_utf8_strlen(t->text, -1) <=
	    (next && next->gap == 0 ? 10 : 5);
}

static bool
may_end(const struct token *token)
{
	return token->digits || g_utf8_strlen(token->text, -1) <= 2;
}

/* Is run j, of a window that begins at i, something else's? A word inside the
 * window is part of the number: "AB-1057" may be an invoice. */
static bool
is_other(const struct marked *marked, guint i, guint j)
{
	const struct mark *mark = &marked->marks[j];

	return mark->other && (mark->word == G_MAXUINT || mark->word < i);
}

/* Is it glued to a word that is no number's beginning? */
static bool
glued_before(const struct marked *marked, guint i)
{
	const struct token *before = i > 0 ? marked_at(marked, i - 1) : NULL;

	return before && marked_at(marked, i)->gap == 0 &&
	    (before->digits || !(reference_word(before->text) & (WORD_INVOICE |
		WORD_NUMBER | WORD_OTHER | WORD_SYMBOL)));
}

static bool
glued_behind(const struct marked *marked, guint j)
{
	const struct token *after = marked_at(marked, j + 1);

	return after && after->gap == 0 && (after->digits ||
	    !(reference_word(after->text) & ~(unsigned)WORD_MONTH));
}

static void
finish_window(struct collector *collector, const struct marked *marked,
    guint i, guint j, const char *key, struct mention one)
{
	bool whole = marked_is_whole(marked, i, j);

	/* a part of a structured reference is a number like any other */
	if (one.structured && (i > 0 || j + 1 < marked->tokens->len) &&
	    strlen(key) < REFERENCE_MIN)
		one.structured = false;
	one.weak = one.weak ||
	    (i == j && is_year(marked, i));
	one.inside |= glued_behind(marked, j);
	one.introduced &= whole && !one.weak;
	one.part = !whole;
	collect_window(collector, key, j - i + 1, &one);
}

/* A word with blanks around it is no part of a number. */
static bool
is_word_between(const struct marked *marked, guint j)
{
	const struct token *t = marked_at(marked, j);
	const struct token *next = marked_at(marked, j + 1);

	return !t->digits && t->blank && next && next->blank &&
	    g_utf8_strlen(t->text, -1) > 3;
}

static void
collect_from(struct collector *collector, const struct marked *marked,
    guint i, bool structured)
{
	g_autoptr(GString) key = g_string_new(NULL);
	guint n = marked->tokens->len;
	struct mention like = {.structured = structured, .weak = true,
	    .introduced = true};
	bool has_digits = false;

	like.inside = glued_before(marked, i);
	for (guint j = i; j < n && j - i < WINDOW_RUNS; j++) {
		const struct token *t = marked_at(marked, j);

		if (j > i && (t->gap > GAP_MAX || is_word_between(marked, j)))
			break;
		g_string_append(key, t->text);
		if (key->len > KEY_MAX)
			break;
		if (t->digits && collector->base + j < 64)
			like.places |= UINT64_C(1) << (collector->base + j);
		like.spread |= j > i && t->blank;
		has_digits |= t->digits;
		if (t->digits) {
			like.weak &= is_other(marked, i, j);
			like.introduced &= marked->marks[j].introduced;
		}
		if (has_digits && may_end(t))
			finish_window(collector, marked, i, j, key->str, like);
	}
}

static void
collect_text(struct collector *collector, const char *text, bool structured)
{
	struct marked marked;

	marked_read(&marked, text, collector->amount,
	    (const char *const *)collector->own);
	for (guint i = 0; i < marked.tokens->len; i++) {
		if (structured)
			marked.marks[i] = (struct mark){false, true, 0};
		if (may_start(&marked, i))
			collect_from(collector, &marked, i, structured);
	}
	collector->base += marked.tokens->len;
	marked_release(&marked);
}

/* The variable symbol of Czech and Slovak payments: "/VS0123/SS/KS0308" in an
 * end-to-end id, of which nothing else names anything, and "VS: 123" in the
 * payer's text. */
static void
collect_symbols(struct collector *collector, const char *text, bool payers)
{
	for (const char *p = text; p && (p = strstr(p, "VS")) != NULL;) {
		g_autofree char *symbol = NULL;
		bool apart = p > text ? !g_ascii_isalnum(p[-1]) : payers;

		apart &= payers || (p > text && p[-1] == '/');
		p += 2;
		if (payers)
			p += strspn(p, ":.= ");
		symbol = g_strndup(p, strspn(p, "0123456789"));
		if (apart && *symbol && strlen(symbol) <= 10)
			collect_text(collector, symbol, true);
	}
}

/* Structured before free, plain before doubtful, long before short. */
static int
by_strength(const void *a, const void *b)
{
	const struct mention *x = *(struct mention *const *)a;
	const struct mention *y = *(struct mention *const *)b;

	if (x->structured != y->structured)
		return x->structured ? -1 : 1;
	if (x->weak != y->weak)
		return x->weak ? 1 : -1;
	if (strlen(x->key) != strlen(y->key))
		return strlen(x->key) > strlen(y->key) ? -1 : 1;
	return strcmp(x->key, y->key);
}

/* An invoice's number that the payer made the end-to-end id of, when it cannot
 * be one of the payer's own counters: it has letters or separators. */
static void
collect_end_to_end(struct collector *collector, const char *id)
{
	g_autofree char *flat = id ? token_squeeze(id) : NULL;
	struct mention like = {.part = false};

	if (flat && strlen(flat) >= 6 && *flat != '0' &&
	    strspn(id, "0123456789") < strlen(id) && !strstr(id, "/VS"))
		collect_window(collector, flat, 1, &like);
}

static void
collect_remittance(struct collector *collector, const char *text)
{
	g_autoptr(GPtrArray) ways = remittance_joined(text);

	for (guint i = 0; i < ways->len; i++) {
		struct remittance remittance;

		remittance_read(ways->pdata[i], &remittance);
		collect_text(collector, remittance.text, false);
		collect_symbols(collector, remittance.text, true);
		remittance_release(&remittance);
	}
}

GPtrArray *
reference_mentions(const struct payment *payment,
    const char *const *references, const struct config *config)
{
	struct collector collector = {
	    g_ptr_array_new_with_free_func(mention_free),
	    g_hash_table_new(g_str_hash, g_str_equal), 0, payment->amount,
	    reference_own_numbers(config)};

	/* the payer's text first: its places count from 0 */
	collect_remittance(&collector, payment->remittance);
	if (payment->reference)
		collect_text(&collector, payment->reference, true);
	for (; references && *references; references++)
		collect_text(&collector, *references, true);
	collect_symbols(&collector, payment->end_to_end_id, false);
	collect_end_to_end(&collector, payment->end_to_end_id);
	g_ptr_array_sort(collector.out, by_strength);
	g_hash_table_unref(collector.seen);
	g_strfreev(collector.own);
	return collector.out;
}
