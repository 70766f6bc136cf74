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

struct head {			/* a named invoice with a list behind it */
	const struct candidate *candidate;
	struct listing *list;
};

static void
head_clear(void *data)
{
	listing_free(((struct head *)data)->list);
}

static bool
is_head(const struct candidate *c)
{
	return c->mention >= HEAD_MIN && c->reading != READ_OTHER &&
	    c->reading != READ_LISTED;
}

static GArray *
heads_read(const struct facts *facts, const struct text *text)
{
	GArray *heads = g_array_new(FALSE, FALSE, sizeof(struct head));

	g_array_set_clear_func(heads, head_clear);
	for (guint i = 0; i < facts->candidates->len; i++) {
		struct head head = {.candidate = facts->candidates->pdata[i]};

		if (is_head(head.candidate))
			head.list = listing_read(&text->marked,
			    head.candidate->invoice->number);
		if (head.list)
			g_array_append_val(heads, head);
	}
	return heads;
}

static void
read_listed(struct candidate *c, const GArray *heads)
{
	for (guint i = 0; i < heads->len; i++) {
		const struct head *head =
		    &g_array_index(heads, struct head, i);

		/* one that was found in a list meanwhile begins none */
		if (head->candidate == c || !is_head(head->candidate) ||
		    head->candidate->invoice->customer !=
			c->invoice->customer ||
		    !listing_has(head->list, c->invoice->number, &c->places))
			continue;
		c->mention = LISTED;
		c->reading = READ_LISTED;
		c->reference = true;
		return;
	}
}

/* ---- slips --------------------------------------------------------------------- */

struct window {			/* of the text: may be a damaged number */
	char *word;
	bool introduced, single;	/* by a word for invoice; one run */
};

static void
window_clear(void *data)
{
	g_free(((struct window *)data)->word);
}

static bool
all_unknown(const struct text *text, guint i, guint j)
{
	for (guint k = i; k <= j; k++)
		if (text->known[k] || (text->marked.marks[k].other &&
			marked_at(&text->marked, k)->digits))
			return false;
	return true;
}

static bool
note_window(struct text *text, guint i, guint j, const char *word, void *data)
{
	const struct marked *marked = &text->marked;
	struct window window = {.introduced = true, .single = i == j};
	bool digits = false;

	if (!all_unknown(text, i, j))
		return false;
	for (guint k = i; k <= j; k++)
		if (marked_at(marked, k)->digits) {
			digits = true;
			window.introduced &= marked->marks[k].introduced;
		}
	if (!digits || !marked_at(marked, j)->digits ||
	    !marked_is_whole(marked, i, j) ||
	    (strlen(word) < SHORT_MIN && !(i == j && window.introduced)))
		return true;
	window.word = g_strdup(word);
	g_array_append_val((GArray *)data, window);
	return true;
}

/* How many characters, but for zeros, a word has that a number has not. A slip
 * brings in one; whatever a number is called by, its characters are its own.
 * 0 for a number that is not plain. */
static guint
count_foreign(const char *word, const char *number)
{
	guchar have[128] = {0};
	guint foreign = 0;

	for (; *number; number++) {
		if ((guchar)*number >= 0x80)
			return 0;
		have[(guchar)g_ascii_toupper(*number)]++;
	}
	for (; *word; word++) {
		guchar c = (guchar)*word;

		if (c == '0')
			continue;
		if (c < 0x80 && have[c])
			have[c]--;
		else
			foreign++;
	}
	return foreign;
}

static bool
may_be_near(const GArray *windows, const char *number)
{
	for (guint i = 0; number && i < windows->len; i++)
		if (count_foreign(g_array_index(windows, struct window, i)
				.word, number) <= 1)
			return true;
	return false;
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

struct look {			/* for one invoice */
	char **keys, **reference;
	const char *counter;	/* its counter without zeros */
};

static enum number_reading
look_at(const struct look *look, const struct window *window)
{
	const char *word = window->word;
	enum number_reading reading = READ_NOT;

	if (window->single && window->introduced && look->counter &&
	    strcmp(token_skip_zeros(word), look->counter) == 0)
		return READ_COUNTER;
	if (strlen(word) >= SHORT_MIN)
		reading = nearest(look->keys, word,
		    window->introduced ? SHORT_MIN : NEAR_MIN);
	if (reading == READ_NOT && strlen(word) > NEAR_MIN && look->reference)
		reading = nearest(look->reference, token_skip_zeros(word),
		    NEAR_MIN);
	return reading;
}

static enum number_reading
look_for(const GArray *windows, const struct candidate *c)
{
	enum number_reading reading = READ_NOT;
	struct part parts[PARTS_MAX];
	struct look look = {.keys = NULL};
	int n, counter;

	if (!may_be_near(windows, c->invoice->number) &&
	    !may_be_near(windows, c->invoice->reference))
		return READ_NOT;
	n = reference_parts(c->invoice->number, parts);
	counter = parts_counter(parts, n);
	look.keys = keys_of(c);
	if (c->invoice->reference)
		look.reference = reference_invoice_keys("",
		    c->invoice->reference, NULL);
	if (counter >= 0)
		look.counter = token_skip_zeros(parts[counter].text);
	for (guint i = 0; i < windows->len; i++) {
		enum number_reading here = look_at(&look,
		    &g_array_index(windows, struct window, i));

		reading = here != READ_NOT ? here : reading;
	}
	g_strfreev(look.keys);
	g_strfreev(look.reference);
	parts_release(parts, n);
	return reading;
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

/* Lists first: what they name is no slip. */
static void
complete_lists(struct facts *facts, struct text *text)
{
	g_autoptr(GArray) heads = heads_read(facts, text);

	for (guint i = 0; i < facts->candidates->len; i++) {
		struct candidate *c = facts->candidates->pdata[i];

		if (heads->len && c->mention < LISTED &&
		    c->invoice->state == INVOICE_OPEN &&
		    c->invoice->type != INVOICE_CREDIT_NOTE)
			read_listed(c, heads);
		if (c->mention >= KNOWN_MIN && c->reading != READ_LISTED) {
			g_auto(GStrv) keys = keys_of(c);

			each_window(text, note_known, keys);
		}
	}
}

static void
complete_slips(struct facts *facts, struct text *text)
{
	g_autoptr(GArray) windows =
	    g_array_new(FALSE, FALSE, sizeof(struct window));
	g_autoptr(GPtrArray) near = g_ptr_array_new();

	g_array_set_clear_func(windows, window_clear);
	each_window(text, note_window, windows);
	for (guint i = 0; windows->len && i < facts->candidates->len; i++) {
		struct candidate *c = facts->candidates->pdata[i];
		enum number_reading reading = is_likely(c)
		    ? look_for(windows, c) : READ_NOT;

		if (reading == READ_NOT)
			continue;
		c->reading = reading;
		g_ptr_array_add(near, c);
	}
	settle_near(near);
}

void
reference_complete(struct facts *facts)
{
	struct text text;

	text_read(&text, facts);
	if (has_digits(&text)) {
		complete_lists(facts, &text);
		complete_slips(facts, &text);
	}
	reference_own(facts, &text.marked);
	settle_rivals(facts);
	text_release(&text);
	dated_complete(facts);
}
