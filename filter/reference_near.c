/*
 * reference_near.c - what the text of a payment says about the invoices of
 * those who may have paid, beyond numbers that stand in it: short lists and
 * runs behind a number, the counter alone, and numbers that a slip has
 * damaged. Only among the open invoices of one likely payer, and never out of
 * characters that are a known number. Pure.
 */
#include "references.h"

#include <string.h>

#define HEAD_MIN 0.6		/* a mention that a list can begin with */
#define KNOWN_MIN 0.5
#define NAME_MIN 0.6
#define LISTED 0.75
#define NEAR 0.55
#define DOUBTFUL 0.3		/* near several */
#define NEAR_MIN 5		/* characters of a number that is damaged */
#define SHORT_MIN 4		/* … behind a word for invoice */
#define MISSING_MAX 3		/* characters at the end */
#define RUNS_MAX 6

/* ---- one word and one number -------------------------------------------------- */

static bool
is_year_slip(const char *number, size_t at, char written)
{
	/* "2025" for "2026" is another year, not a slip */
	for (size_t start = at >= 3 ? at - 3 : 0; start + 1 < at + 1; start++)
		if (g_str_has_prefix(number + start, "20") && at - start >= 2 &&
		    strspn(number + start, "0123456789") >= 4)
			return g_ascii_isdigit(written);
	return false;
}

static enum number_reading
same_length(const char *written, const char *number)
{
	size_t n = strlen(number), first = n, wrong = 0;

	for (size_t i = 0; i < n; i++) {
		if (written[i] == number[i])
			continue;
		if (wrong++ == 0)
			first = i;
	}
	if (wrong == 1 && !is_year_slip(number, first, written[first]))
		return READ_TYPO;
	if (wrong == 2 && first + 1 < n &&
	    written[first] == number[first + 1] &&
	    written[first + 1] == number[first])
		return READ_SWAPPED;
	return READ_NOT;
}

/* Is the longer one the shorter one and one character more? */
static bool
one_more(const char *shorter, const char *longer)
{
	size_t i = 0;

	while (shorter[i] && shorter[i] == longer[i])
		i++;
	return strcmp(shorter + i, longer + i + 1) == 0;
}

enum number_reading
reference_slip(const char *written, const char *number)
{
	size_t n = strlen(written), m = strlen(number);

	if (n == m)
		return same_length(written, number);
	if (n < m && m - n <= MISSING_MAX && n >= SHORT_MIN &&
	    g_str_has_prefix(number, written))
		return READ_CUT;
	if (MIN(n, m) > NEAR_MIN && (n + 1 == m || m + 1 == n) &&
	    (n < m ? one_more(written, number) : one_more(number, written)))
		return READ_TYPO;
	return READ_NOT;
}

/* ---- the text ------------------------------------------------------------------ */

struct text {
	struct marked marked;
	bool *known;		/* of each run: part of a number we know */
};

static void
text_read(struct text *text, const struct facts *facts)
{
	g_auto(GStrv) own = reference_own_numbers(facts->config);
	struct remittance remittance;
	g_autofree char *all = NULL;

	remittance_read(facts->payment->remittance, &remittance);
	all = g_strjoin("; ", remittance.text, facts->payment->reference, NULL);
	remittance_release(&remittance);
	marked_read(&text->marked, all, facts->payment->amount,
	    (const char *const *)own);
	text->known = g_new0(bool, text->marked.tokens->len + 1);
}

static void
text_release(struct text *text)
{
	marked_release(&text->marked);
	g_free(text->known);
}

/* Calls visit for each window of runs; it returns false to go to the next
 * first run. */
typedef bool visit_fn(struct text *text, guint i, guint j, const char *word,
    void *data);

static void
each_window(struct text *text, visit_fn *visit, void *data)
{
	guint n = text->marked.tokens->len;

	for (guint i = 0; i < n; i++) {
		g_autoptr(GString) word = g_string_new(NULL);

		for (guint j = i; j < n && j - i < RUNS_MAX; j++) {
			const struct token *t = marked_at(&text->marked, j);

			if (j > i && t->gap > 1)
				break;
			g_string_append(word, t->text);
			if (!visit(text, i, j, word->str, data))
				break;
		}
	}
}

static bool
note_known(struct text *text, guint i, guint j, const char *word, void *keys)
{
	if (g_strv_contains(keys, word))
		for (guint k = i; k <= j; k++)
			text->known[k] = true;
	return true;
}

static char **
keys_of(const struct candidate *c)
{
	return reference_invoice_keys(c->invoice->number, NULL, NULL);
}

/* ---- lists --------------------------------------------------------------------- */

static void
read_listed(struct candidate *c, const struct facts *facts,
    const struct text *text)
{
	for (guint i = 0; i < facts->candidates->len; i++) {
		const struct candidate *head = facts->candidates->pdata[i];

		if (head == c || head->mention < HEAD_MIN ||
		    head->reading == READ_OTHER ||
		    head->reading == READ_LISTED ||
		    head->invoice->customer != c->invoice->customer ||
		    !reference_lists(&text->marked, head->invoice->number,
			c->invoice->number, &c->places))
			continue;
		c->mention = LISTED;
		c->reading = READ_LISTED;
		c->reference = true;
		return;
	}
}

/* ---- slips --------------------------------------------------------------------- */

struct look {			/* for one invoice */
	char **keys, **reference;
	const char *counter;	/* its counter without zeros */
	enum number_reading reading;
};

static bool
all_unknown(const struct text *text, guint i, guint j)
{
	for (guint k = i; k <= j; k++)
		if (text->known[k] || (text->marked.marks[k].other &&
			marked_at(&text->marked, k)->digits))
			return false;
	return true;
}

static enum number_reading
nearest(char *const *keys, const char *word, size_t least)
{
	for (; *keys; keys++) {
		enum number_reading reading;
		const char *key = **keys == '#' ? *keys + 1 : *keys;

		if (strlen(key) < least)
			continue;
		reading = reference_slip(word, key);
		if (reading != READ_NOT)
			return reading;
	}
	return READ_NOT;
}

static bool
look_at(struct text *text, guint i, guint j, const char *word, void *data)
{
	struct look *look = data;
	const struct marked *marked = &text->marked;
	bool introduced = true, digits = false;
	enum number_reading reading;

	if (!all_unknown(text, i, j))
		return false;
	for (guint k = i; k <= j; k++)
		if (marked_at(marked, k)->digits) {
			digits = true;
			introduced &= marked->marks[k].introduced;
		}
	if (!digits || !marked_at(marked, j)->digits ||
	    !marked_is_whole(marked, i, j))
		return true;
	if (i == j && introduced && look->counter &&
	    strcmp(token_skip_zeros(word), look->counter) == 0) {
		look->reading = READ_COUNTER;
		return true;
	}
	reading = strlen(word) < SHORT_MIN ? READ_NOT
	    : nearest(look->keys, word, introduced ? SHORT_MIN : NEAR_MIN);
	if (reading == READ_NOT && strlen(word) > NEAR_MIN && look->reference)
		reading = nearest(look->reference, token_skip_zeros(word),
		    NEAR_MIN);
	if (reading != READ_NOT)
		look->reading = reading;
	return true;
}

static enum number_reading
look_for(struct text *text, const struct candidate *c)
{
	struct part parts[PARTS_MAX];
	int n = reference_parts(c->invoice->number, parts);
	int counter = parts_counter(parts, n);
	struct look look = {.keys = keys_of(c)};

	if (c->invoice->reference)
		look.reference = reference_invoice_keys("",
		    c->invoice->reference, NULL);
	if (counter >= 0)
		look.counter = token_skip_zeros(parts[counter].text);
	each_window(text, look_at, &look);
	g_strfreev(look.keys);
	g_strfreev(look.reference);
	parts_release(parts, n);
	return look.reading;
}

static bool
is_likely(const struct candidate *c)
{
	return (c->account || c->name >= NAME_MIN) &&
	    c->invoice->state == INVOICE_OPEN && c->mention < KNOWN_MIN;
}

/* Near one invoice of a customer: that is meant. Near several: perhaps. */
static void
settle_near(GPtrArray *near)
{
	for (guint i = 0; i < near->len; i++) {
		struct candidate *c = near->pdata[i];
		int same = 0;

		for (guint j = 0; j < near->len; j++)
			same += ((struct candidate *)near->pdata[j])
				    ->invoice->customer ==
			    c->invoice->customer;
		c->mention = MAX(c->mention, same == 1 ? NEAR : DOUBTFUL);
		c->reference = c->mention >= KNOWN_MIN;
	}
}

/* ---- the same characters for two ---------------------------------------------- */

static bool
is_payer(const struct candidate *c)
{
	return (c->account && !c->account_shared) || c->name >= 0.8;
}

/* The same characters name one invoice: when they read as well for one of the
 * payer's own, they are no word about a stranger's. */
static void
settle_rivals(const struct facts *facts)
{
	for (guint i = 0; i < facts->candidates->len; i++) {
		struct candidate *c = facts->candidates->pdata[i];

		if (!c->places || c->account || c->name >= NAME_MIN ||
		    c->mention < DOUBTFUL)
			continue;
		for (guint j = 0; j < facts->candidates->len; j++) {
			const struct candidate *own =
			    facts->candidates->pdata[j];

			if (is_payer(own) && own->places == c->places &&
			    own->invoice->customer != c->invoice->customer &&
			    own->mention >= MIN(c->mention, 0.85)) {
				c->mention = DOUBTFUL - 0.01;
				c->reference = false;
				break;
			}
		}
	}
}

static bool
has_digits(const struct text *text)
{
	for (guint i = 0; i < text->marked.tokens->len; i++)
		if (marked_at(&text->marked, i)->digits &&
		    !text->marked.marks[i].other)
			return true;
	return false;
}

void
reference_complete(struct facts *facts)
{
	g_autoptr(GPtrArray) near = g_ptr_array_new();
	struct text text;

	text_read(&text, facts);
	for (guint i = 0; has_digits(&text) && i < facts->candidates->len; i++) {
		struct candidate *c = facts->candidates->pdata[i];

		if (c->mention < LISTED && c->invoice->state == INVOICE_OPEN &&
		    c->invoice->type != INVOICE_CREDIT_NOTE)
			read_listed(c, facts, &text);
		if (c->mention >= KNOWN_MIN && c->reading != READ_LISTED) {
			g_auto(GStrv) keys = keys_of(c);

			each_window(&text, note_known, keys);
		}
	}
	for (guint i = 0; has_digits(&text) && i < facts->candidates->len; i++) {
		struct candidate *c = facts->candidates->pdata[i];
		enum number_reading reading;

		if (!is_likely(c) ||
		    (reading = look_for(&text, c)) == READ_NOT)
			continue;
		c->reading = reading;
		g_ptr_array_add(near, c);
	}
	settle_near(near);
	settle_rivals(facts);
	text_release(&text);
}
