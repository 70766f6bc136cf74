/*
 * pairing.c - which reports are one payment, when several could be. Computed
 * for all near ones together and from nothing but what they say, so that the
 * order in which they came does not matter: the statements one by one, then
 * the reports of a day, then the notices; each source takes its places among
 * the payments so far, best agreement first and as many as there can be, and
 * what finds none is one more payment. So twins stay two, and a payment that
 * many tell of stays one. A payment keeps what it was first reported by.
 */
#include "internal.h"

#include <string.h>

#define MOST 96			/* beyond that, first come, first served */
#define FRESH -1		/* a payment that is still to be made */

struct atom {			/* what one source says of one payment */
	GPtrArray *rows;	/* struct report_row, borrowed */
	int64_t payment;	/* that has it until now; 0: the new report */
	int cluster;
};

struct cluster {		/* a payment to be */
	GPtrArray *rows;	/* struct report_row, borrowed */
	int64_t claimed;	/* which one it is; 0 not known yet */
	int taken;		/* by which atom of the source in hand, or -1 */
};

struct pairing {
	GArray *atoms;		/* struct atom, source by source */
	GArray *clusters;	/* struct cluster */
	GArray *pairs;		/* struct pair, of the source in hand */
};

struct pair {
	int agreement, atom, cluster;
	const struct report_row *names[2];
};

static struct atom *
atom_at(const struct pairing *pairing, int index)
{
	return &g_array_index(pairing->atoms, struct atom, index);
}

static struct cluster *
cluster_at(const struct pairing *pairing, int index)
{
	return &g_array_index(pairing->clusters, struct cluster, index);
}

static int
atom_count(const struct pairing *pairing)
{
	return (int)pairing->atoms->len;
}

/* ---- sources --------------------------------------------------------------- */

enum teller { TELLER_STATEMENT, TELLER_DAY, TELLER_NOTICES };

/* A statement without continuity is a report of the day. */
static enum teller
source_of(const struct report_row *row)
{
	if (row->channel == CHANNEL_NOTICE)
		return TELLER_NOTICES;
	return row->trust > TRUST_A ? TELLER_STATEMENT : TELLER_DAY;
}

/* All notices are one source, each document of entries is another. */
static int
compare_sources(const struct report_row *a, const struct report_row *b)
{
	int order = (int)source_of(a) - (int)source_of(b);

	if (order || source_of(a) == TELLER_NOTICES)
		return order;
	return strcmp(a->document, b->document);
}

static const struct report_row *
first_of(const GPtrArray *rows)
{
	const struct report_row *first = rows->pdata[0];

	for (guint i = 1; i < rows->len; i++)
		if (report_compare(&rows->pdata[i], (const void *)&first) < 0)
			first = rows->pdata[i];
	return first;
}

static int
compare_atoms(const void *a, const void *b)
{
	const struct report_row *left =
	    first_of(((const struct atom *)a)->rows);
	const struct report_row *right =
	    first_of(((const struct atom *)b)->rows);
	int order = compare_sources(left, right);

	return order ? order : report_compare(&left, &right);
}

static void
add_row(struct pairing *pairing, struct report_row *row)
{
	struct atom atom = { NULL, row->payment, -1 };

	for (int i = atom_count(pairing); row->payment && i-- > 0;) {
		struct atom *old = atom_at(pairing, i);

		if (old->payment == row->payment &&
		    !compare_sources(old->rows->pdata[0], row)) {
			g_ptr_array_add(old->rows, row);
			return;
		}
	}
	atom.rows = g_ptr_array_new();
	g_ptr_array_add(atom.rows, row);
	g_array_append_val(pairing->atoms, atom);
}

/* A payment with the owner's own entry, or of reports that differ in the
 * amount, or of class U alone, is settled: nothing in it moves. */
static bool
movable(const GPtrArray *rows, guint from, guint to,
    const struct report_row *row)
{
	bool any = false;

	for (guint i = from; i < to; i++) {
		const struct report_row *old = rows->pdata[i];

		if (old->channel == CHANNEL_OWNER || old->amount != row->amount)
			return false;
		any |= old->trust > TRUST_U;
	}
	return any;
}

static void
gather(struct pairing *pairing, const GPtrArray *near, struct report_row *row)
{
	guint from = 0;

	for (guint i = 1; i <= near->len; i++) {
		const struct report_row *first = near->pdata[from];

		if (i < near->len && first->payment ==
		    ((const struct report_row *)near->pdata[i])->payment)
			continue;
		for (guint k = from; movable(near, from, i, row) && k < i;
		    k++)
			if (((struct report_row *)near->pdata[k])->trust >
			    TRUST_U)
				add_row(pairing, near->pdata[k]);
		from = i;
	}
	add_row(pairing, row);
	g_array_sort(pairing->atoms, compare_atoms);
}

/* ---- the best pairs of one source ------------------------------------------- */

static int
row_agreement(const struct report_row *a, const struct report_row *b)
{
	if (source_of(a) == source_of(b) && source_of(a) != TELLER_NOTICES &&
	    !report_overlap(a, b))
		return 0;
	return report_agreement(a, b);
}

/* 0 when any two of them contradict. */
static int
agreement(const GPtrArray *a, const GPtrArray *b)
{
	int best = 0;

	for (guint i = 0; i < a->len; i++)
		for (guint j = 0; j < b->len; j++) {
			int one = row_agreement(a->pdata[i], b->pdata[j]);

			if (!one)
				return 0;
			best = MAX(best, one);
		}
	return best;
}

static int
compare_pairs(const void *a, const void *b)
{
	const struct pair *left = a, *right = b;
	int order = right->agreement - left->agreement;

	if (!order)
		order = report_compare(&left->names[0], &right->names[0]);
	return order ? order :
	    report_compare(&left->names[1], &right->names[1]);
}

static void
list_pairs(struct pairing *pairing, int from, int to)
{
	g_array_set_size(pairing->pairs, 0);
	for (int i = from; i < to; i++)
		for (int j = 0; j < (int)pairing->clusters->len; j++) {
			const GPtrArray *rows = atom_at(pairing, i)->rows;
			const GPtrArray *others = cluster_at(pairing, j)->rows;
			struct pair pair = { agreement(rows, others), i, j,
				{ first_of(rows), first_of(others) } };

			if (pair.agreement)
				g_array_append_val(pairing->pairs, pair);
		}
	g_array_sort(pairing->pairs, compare_pairs);
}

static void
marry(struct pairing *pairing, int atom, int cluster)
{
	atom_at(pairing, atom)->cluster = cluster;
	cluster_at(pairing, cluster)->taken = atom;
}

/* Kuhn's augmenting path from an atom that has no place. */
static bool
augment(struct pairing *pairing, int atom, bool *seen)
{
	for (guint k = 0; k < pairing->pairs->len; k++) {
		const struct pair *pair = &g_array_index(pairing->pairs,
		    struct pair, k);
		int other;

		if (pair->atom != atom || seen[pair->cluster])
			continue;
		seen[pair->cluster] = true;
		other = cluster_at(pairing, pair->cluster)->taken;
		if (other < 0 || augment(pairing, other, seen)) {
			marry(pairing, atom, pair->cluster);
			return true;
		}
	}
	return false;
}

static void
match(struct pairing *pairing)
{
	for (guint k = 0; k < pairing->pairs->len; k++) {
		const struct pair *pair = &g_array_index(pairing->pairs,
		    struct pair, k);

		if (atom_at(pairing, pair->atom)->cluster < 0 &&
		    cluster_at(pairing, pair->cluster)->taken < 0)
			marry(pairing, pair->atom, pair->cluster);
	}
	for (guint k = 0; k < pairing->pairs->len; k++) {
		int atom = g_array_index(pairing->pairs, struct pair, k).atom;
		g_autofree bool *seen = g_new0(bool, pairing->clusters->len);

		if (atom_at(pairing, atom)->cluster < 0)
			augment(pairing, atom, seen);
	}
}

static void
place(struct pairing *pairing, int from, int to)
{
	for (int i = from; i < to; i++) {
		struct atom *atom = atom_at(pairing, i);
		struct cluster fresh = { NULL, 0, -1 };

		if (atom->cluster < 0) {
			fresh.rows = g_ptr_array_new();
			atom->cluster = (int)pairing->clusters->len;
			g_array_append_val(pairing->clusters, fresh);
		}
		g_ptr_array_extend(cluster_at(pairing, atom->cluster)->rows,
		    atom->rows, NULL, NULL);
	}
	for (int j = 0; j < (int)pairing->clusters->len; j++)
		cluster_at(pairing, j)->taken = -1;
}

static void
cluster_all(struct pairing *pairing)
{
	int from = 0;

	for (int i = 1; i <= atom_count(pairing); i++) {
		if (i < atom_count(pairing) && !compare_sources(
		    atom_at(pairing, from)->rows->pdata[0],
		    atom_at(pairing, i)->rows->pdata[0]))
			continue;
		list_pairs(pairing, from, i);
		match(pairing);
		place(pairing, from, i);
		from = i;
	}
}

/* ---- which payment each of them is -------------------------------------------- */

static int
compare_ids(const void *a, const void *b)
{
	const struct report_row *left = *(struct report_row *const *)a;
	const struct report_row *right = *(struct report_row *const *)b;

	return left->id < right->id ? -1 : left->id > right->id;
}

static int
cluster_of(const struct pairing *pairing, const struct report_row *row)
{
	for (int i = 0; i < atom_count(pairing); i++)
		if (g_ptr_array_find(atom_at(pairing, i)->rows, row, NULL))
			return atom_at(pairing, i)->cluster;
	return -1;
}

/* The payment goes where its first report is that is nobody's yet. */
static void
claim(struct pairing *pairing, const GPtrArray *rows, int64_t payment,
    bool any)
{
	for (guint i = 0; i < rows->len; i++) {
		const struct report_row *row = rows->pdata[i];
		struct cluster *cluster =
		    cluster_at(pairing, cluster_of(pairing, row));

		if ((any || row->payment == payment) && !cluster->claimed) {
			cluster->claimed = payment;
			return;
		}
	}
}

static bool
is_claimed(const struct pairing *pairing, int64_t payment)
{
	for (int j = 0; j < (int)pairing->clusters->len; j++)
		if (cluster_at(pairing, j)->claimed == payment)
			return true;
	return false;
}

/* First every payment that can stay where a report of its own is; then those
 * whose place another one has. */
static void
claim_places(struct pairing *pairing, const GPtrArray *rows)
{
	for (int any = 0; any < 2; any++)
		for (guint i = 0; i < rows->len; i++) {
			const struct report_row *row = rows->pdata[i];

			if (row->payment && !is_claimed(pairing, row->payment))
				claim(pairing, rows, row->payment, any);
		}
}

/* All payments have their place, and at most one more is new. */
static bool
claim_all(struct pairing *pairing)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	bool good = true;
	int fresh = 0;

	for (int i = 0; i < atom_count(pairing); i++)
		g_ptr_array_extend(rows, atom_at(pairing, i)->rows, NULL,
		    NULL);
	g_ptr_array_sort(rows, compare_ids);
	claim_places(pairing, rows);
	for (guint i = 0; good && i < rows->len; i++) {
		const struct report_row *row = rows->pdata[i];

		good = !row->payment || is_claimed(pairing, row->payment);
	}
	for (int j = 0; j < (int)pairing->clusters->len; j++)
		if (!cluster_at(pairing, j)->claimed) {
			cluster_at(pairing, j)->claimed = FRESH;
			fresh++;
		}
	return good && fresh <= 1;
}

/* ---- the result ------------------------------------------------------------------ */

static void
pairing_release(struct pairing *pairing)
{
	for (int i = 0; i < atom_count(pairing); i++)
		g_ptr_array_unref(atom_at(pairing, i)->rows);
	for (int j = 0; j < (int)pairing->clusters->len; j++)
		g_ptr_array_unref(cluster_at(pairing, j)->rows);
	g_array_unref(pairing->atoms);
	g_array_unref(pairing->clusters);
	g_array_unref(pairing->pairs);
}

static void
list_moves(const struct pairing *pairing, GArray *moves)
{
	for (int i = 0; i < atom_count(pairing); i++) {
		const struct atom *atom = atom_at(pairing, i);
		int64_t to = cluster_at(pairing, atom->cluster)->claimed;

		for (guint k = 0; atom->payment && atom->payment != to &&
		    k < atom->rows->len; k++) {
			const struct report_row *row = atom->rows->pdata[k];
			struct report_move move = { row->id, atom->payment,
				to == FRESH ? 0 : to };

			g_array_append_val(moves, move);
		}
	}
}

bool
pairing_place(const GPtrArray *near, struct report_row *row, GArray *moves)
{
	struct pairing pairing = {
		g_array_new(FALSE, FALSE, sizeof(struct atom)),
		g_array_new(FALSE, FALSE, sizeof(struct cluster)),
		g_array_new(FALSE, FALSE, sizeof(struct pair))
	};
	bool good;

	gather(&pairing, near, row);
	good = atom_count(&pairing) <= MOST;
	if (good) {
		cluster_all(&pairing);
		good = claim_all(&pairing);
	}
	if (good) {
		int64_t place = cluster_at(&pairing,
		    cluster_of(&pairing, row))->claimed;

		row->payment = place == FRESH ? 0 : place;
		list_moves(&pairing, moves);
	}
	pairing_release(&pairing);
	return good;
}
