/*
 * names_compare.c - how well a payer's name agrees with a customer's. Rare
 * words count more; initials half; cut, glued and mistyped words nearly as
 * whole ones; each of several names in a field for itself. Pure.
 */
#include "match.h"
#include "names.h"

#include <string.h>

#define OVER 0.35		/* of a word's weight, when it is too many */
#define WORDS_MAX 32
#define PART 0.97		/* one of several names in the payer's field */
#define OWN_PART 0.95		/* … of the customer's */

/* Words of one name, or of one part of it, with their weights. */
struct side {
	const struct name_word *words[WORDS_MAX];
	double weights[WORDS_MAX];
	double met[WORDS_MAX];	/* how well each was met */
	guint n;
	bool company, cut;
};

/* ---- two words ------------------------------------------------------------------ */

/* Letters wrong, missing, over, or neighbours swapped; 3 for more than 2. */
static int
slips(const char *a, const char *b)
{
	int rows[3][64];
	int n = (int)strlen(a), m = (int)strlen(b);

	if (ABS(n - m) > 2 || n > 62 || m > 62)
		return 3;
	for (int j = 0; j <= m; j++)
		rows[0][j] = j;
	for (int i = 1; i <= n; i++) {
		int *row = rows[i % 3], *up = rows[(i + 2) % 3];

		row[0] = i;
		for (int j = 1; j <= m; j++) {
			int best = up[j - 1] + (a[i - 1] != b[j - 1]);

			best = MIN(best, MIN(up[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				best = MIN(best, rows[(i + 1) % 3][j - 2] + 1);
			row[j] = best;
		}
	}
	return MIN(3, rows[n % 3][m]);
}

static double
near_miss(const char *a, const char *b)
{
	size_t shorter = MIN(strlen(a), strlen(b));
	int wrong;

	if (shorter < 5)
		return 0;
	wrong = slips(a, b);
	return wrong == 1 ? 0.85 : wrong == 2 && shorter >= 8 ? 0.75 : 0;
}

static bool
is_short(const struct name_word *word)
{
	return !word->text[0][1] ||
	    (word->dotted && strlen(word->text[0]) <= 3);
}

/* Has either only the first letter of the other? */
static bool
is_initial(const struct name_word *a, const struct name_word *b)
{
	if (!is_short(a) && !is_short(b))
		return false;
	return a->initial == b->initial || a->text[0][0] == b->text[0][0];
}

static bool
is_equal(const struct name_word *a, const struct name_word *b)
{
	for (int i = 0; i < NAME_SPELLINGS && a->text[i]; i++)
		for (int j = 0; j < NAME_SPELLINGS && b->text[j]; j++)
			if (strcmp(a->text[i], b->text[j]) == 0)
				return true;
	return false;
}

/* last: it is the payer's last word, which may have been cut. */
static double
alike(const struct name_word *payer, const struct name_word *own, bool last,
    bool cut)
{
	double best = 0;

	if (is_equal(payer, own))
		return 1;
	if (is_initial(payer, own))
		return 0.5;
	for (int i = 0; i < NAME_SPELLINGS && own->text[i]; i++) {
		if (last && strlen(payer->text[0]) > 3 &&
		    g_str_has_prefix(own->text[i], payer->text[0]))
			best = MAX(best, cut ? 0.9 : 0.8);
		else
			best = MAX(best, near_miss(payer->text[0],
			    own->text[i]));
	}
	for (int i = 1; i < NAME_SPELLINGS && payer->text[i]; i++)
		best = MAX(best, near_miss(payer->text[i], own->text[0]));
	return best;
}

/* Is a word the two neighbours written together? */
static bool
is_glued(const struct name_word *whole, const struct name_word *a,
    const struct name_word *b)
{
	size_t n = strlen(a->text[0]);

	return g_str_has_prefix(whole->text[0], a->text[0]) &&
	    strcmp(whole->text[0] + n, b->text[0]) == 0;
}

/* ---- two names ------------------------------------------------------------------- */

static double
base_weight(const struct name_word *word, name_weight *weight, void *data)
{
	double w = weight ? weight(word->text[0], data) : 1;

	return word->particle ? 0.2 * w : w;
}

static void
fill_side(const struct name *name, int part, name_weight *weight, void *data,
    struct side *out)
{
	out->n = 0;
	out->company = name->company;
	out->cut = name->length >= 17;
	for (guint i = 0; i < name->words->len && out->n < WORDS_MAX; i++) {
		const struct name_word *word = name->words->pdata[i];

		if (part >= 0 && word->part != part)
			continue;
		out->words[out->n] = word;
		out->weights[out->n] = base_weight(word, weight, data);
		out->met[out->n++] = 0;
	}
}

static void
meet(struct side *payer, guint i, struct side *own, guint j, double how)
{
	payer->met[i] = MAX(payer->met[i], how);
	own->met[j] = MAX(own->met[j], how);
}

static void
meet_glued(struct side *payer, struct side *own)
{
	for (guint i = 0; i < payer->n; i++) {
		for (guint j = 0; j < own->n; j++) {
			if (j + 1 < own->n && is_glued(payer->words[i],
				own->words[j], own->words[j + 1])) {
				meet(payer, i, own, j, 1);
				meet(payer, i, own, j + 1, 1);
			}
			if (i + 1 < payer->n && is_glued(own->words[j],
				payer->words[i], payer->words[i + 1])) {
				meet(payer, i, own, j, 1);
				meet(payer, i + 1, own, j, 1);
			}
		}
	}
}

/* Each word meets one of the other side: equal ones first. */
static void
meet_all(struct side *payer, struct side *own)
{
	for (guint j = 0; j < own->n; j++)
		for (guint i = 0; i < payer->n && own->met[j] < 1; i++)
			if (payer->met[i] < 1 &&
			    is_equal(payer->words[i], own->words[j]))
				meet(payer, i, own, j, 1);
	meet_glued(payer, own);
	for (guint j = 0; j < own->n; j++) {
		double best = 0;
		guint at = 0;

		if (own->met[j] > 0)
			continue;
		for (guint i = 0; i < payer->n; i++) {
			double here = payer->met[i] > 0
			    ? 0
			    : alike(payer->words[i], own->words[j],
				  i + 1 == payer->n, payer->cut);

			if (here > best) {
				best = here;
				at = i;
			}
		}
		if (best > 0)
			meet(payer, at, own, j, best);
	}
}

static guint
count_full(const struct side *side)
{
	guint n = 0;

	for (guint i = 0; i < side->n; i++)
		n += side->met[i] >= 0.97 && !side->words[i]->particle &&
		    !is_short(side->words[i]);
	return n;
}

/* A person's second first name may be missing or over. */
static double
agreement_of(const struct side *payer, const struct side *own)
{
	bool persons = !payer->company && !own->company &&
	    count_full(own) >= 2;
	double hit = 0, total = 0, over = 0;

	for (guint j = 0; j < own->n; j++) {
		double w = own->weights[j];

		if (persons && own->met[j] <= 0)
			w *= 0.4;
		hit += w * own->met[j];
		total += w;
	}
	for (guint i = 0; i < payer->n; i++)
		if (payer->met[i] <= 0 && !is_short(payer->words[i]))
			over += payer->weights[i] * (persons ? 0.6
			    : payer->words[i]->behind	 ? 0.4
							 : 1);
	return total > 0 ? hit / (total + OVER * over) : 0;
}

/* Nothing missing, nothing over, no initials; a single word only when it is
 * a company's. */
static bool
is_full(const struct side *payer, const struct side *own)
{
	guint words = 0;

	for (guint j = 0; j < own->n; j++) {
		if (own->words[j]->particle)
			continue;
		if (own->met[j] < 0.97)
			return false;
		words += !is_short(own->words[j]);
	}
	for (guint i = 0; i < payer->n; i++)
		if (payer->met[i] < 0.97 && !payer->words[i]->particle &&
		    !is_short(payer->words[i]) && !payer->words[i]->behind)
			return false;
	return words >= 2 || (words == 1 && own->company);
}

struct attempt {
	const struct name *payer, *own;
	name_weight *weight;
	void *data;
	struct name_verdict *best;
};

/* A part alone must have two words, or it is a first name or less. */
static void
compare_parts(const struct attempt *t, int part, int own_part)
{
	struct side payer, own;
	double agreement, factor;

	fill_side(t->payer, part, t->weight, t->data, &payer);
	fill_side(t->own, own_part, t->weight, t->data, &own);
	if (payer.n == 0 || own.n == 0 ||
	    (part >= 0 && payer.n < 2 && !(own.n == 1 && own.company)) ||
	    (own_part >= 0 && own.n < 2))
		return;
	meet_all(&payer, &own);
	factor = (part >= 0 ? PART : 1) * (own_part >= 0 ? OWN_PART : 1);
	agreement = agreement_of(&payer, &own) * factor;
	if (agreement <= t->best->agreement)
		return;
	t->best->agreement = agreement;
	t->best->full = is_full(&payer, &own);
	t->best->behalf = part >= 0 && part == t->payer->behalf;
}

static bool
form_in_common(const struct name *a, const struct name *b)
{
	for (guint i = 0; i < a->forms->len; i++)
		for (guint j = 0; j < b->forms->len; j++)
			if (strcmp(a->forms->pdata[i], b->forms->pdata[j]) ==
			    0)
				return true;
	return false;
}

/* Written together, or cut at the end of a field. */
static void
compare_squeezed(const struct attempt *t)
{
	const char *payer = t->payer->squeezed, *own = t->own->squeezed;
	size_t n = strlen(payer);

	if (n < 6)
		return;
	if (strcmp(payer, own) == 0) {
		t->best->agreement = MAX(t->best->agreement, 0.98);
		t->best->full = t->own->words->len >= 2 || t->own->company;
	} else if (n >= 14 && t->payer->length >= 17 &&
	    (g_str_has_prefix(own, payer) ||
		g_str_has_prefix(t->own->whole, t->payer->whole))) {
		t->best->agreement = MAX(t->best->agreement, 0.93);
	}
}

void
name_compare(const struct name *payer, const struct name *customer,
    name_weight *weight, void *data, struct name_verdict *out)
{
	struct attempt trial = {payer, customer, weight, data, out};

	*out = (struct name_verdict){0};
	compare_parts(&trial, -1, -1);
	for (int i = 0; payer->parts > 1 && i < payer->parts; i++)
		compare_parts(&trial, i, -1);
	for (int j = 0; customer->parts > 1 && j < customer->parts; j++) {
		compare_parts(&trial, -1, j);
		for (int i = 0; payer->parts > 1 && i < payer->parts; i++)
			compare_parts(&trial, i, j);
	}
	compare_squeezed(&trial);
	out->other_form = payer->forms->len && customer->forms->len &&
	    !form_in_common(payer, customer) &&
	    !g_str_has_prefix(customer->whole, payer->whole);
	if (out->other_form)
		out->agreement *= 0.8;
}

double
name_within(const struct name *text, const struct name *customer,
    name_weight *weight, void *data)
{
	struct side within, own;
	double hit = 0, total = 0;
	guint words = 0;

	fill_side(text, -1, weight, data, &within);
	fill_side(customer, -1, weight, data, &own);
	meet_all(&within, &own);
	for (guint j = 0; j < own.n; j++) {
		bool full = own.met[j] >= 0.97;

		total += own.weights[j];
		hit += full ? own.weights[j] : 0;
		words += full && !own.words[j]->particle &&
		    !is_short(own.words[j]);
	}
	return words >= 2 || (words == 1 && own.n == 1 && own.company)
	    ? hit / total
	    : 0;
}

/* ---- plain words ------------------------------------------------------------------ */

struct given {			/* weights by place */
	const char *const *words;
	const double *weights;
};

static double
given_weight(const char *word, void *data)
{
	const struct given *given = data;

	for (int k = 0; k < 2; k++)
		for (size_t i = 0; given[k].words[i]; i++)
			if (given[k].weights &&
			    strcmp(given[k].words[i], word) == 0)
				return given[k].weights[i];
	return 1;
}

double
name_agreement(const char *const *payer, const double *payer_weights,
    const char *const *customer, const double *customer_weights)
{
	struct given given[] = {
	    {payer, payer_weights}, {customer, customer_weights}};
	g_autofree char *a = g_strjoinv(" ", (char **)(uintptr_t)payer);
	g_autofree char *b = g_strjoinv(" ", (char **)(uintptr_t)customer);
	struct name *x = name_read(a), *y = name_read(b);
	struct name_verdict verdict;

	name_compare(x, y, given_weight, given, &verdict);
	name_free(x);
	name_free(y);
	return verdict.agreement;
}
