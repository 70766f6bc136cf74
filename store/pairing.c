/*
 * pairing.c - which notice and which statement entry are one payment, when
 * several could be. Computed for all near ones together, best agreement
 * first and as many pairs as there can be, so that the result depends on the
 * reports and not on who came first. A payment stays with the report that it
 * was made for; a pair that fits better only moves the other one.
 */
#include "internal.h"

#include <string.h>

#define MOST 48			/* beyond that, first come, first served */
#define NEW_PAYMENT -1

enum { LEFT, RIGHT };

struct group {			/* reports of one channel in one payment */
	GPtrArray *rows;	/* struct report_row, borrowed */
	int64_t payment;	/* 0: the new report */
	int64_t founder;	/* lowest id in it */
	int partner;		/* on the other side, -1 none */
	int sibling;		/* the payment's other group until now, -1 */
	int64_t claimed;	/* the payment that it becomes; 0 nobody's yet */
};

struct pairing {
	GArray *side[2];	/* struct group; notices, statement entries */
	GArray *pairs;		/* struct pair */
};

struct pair {
	int agreement, left, right;
	const struct report_row *names[2];
};

static struct group *
group_at(const struct pairing *pairing, int side, int index)
{
	return &g_array_index(pairing->side[side], struct group, index);
}

static int
group_count(const struct pairing *pairing, int side)
{
	return (int)pairing->side[side]->len;
}

/* ---- groups -------------------------------------------------------------- */

static int
group_add(struct pairing *pairing, int side, struct report_row *row)
{
	GArray *groups = pairing->side[side];
	struct group group = { NULL, row->payment, G_MAXINT64, -1, -1, 0 };
	int last = (int)groups->len - 1;

	if (last < 0 || !row->payment ||
	    group_at(pairing, side, last)->payment != row->payment) {
		group.rows = g_ptr_array_new();
		g_array_append_val(groups, group);
		last++;
	}
	g_ptr_array_add(group_at(pairing, side, last)->rows, row);
	if (row->id)
		group_at(pairing, side, last)->founder =
		    MIN(group_at(pairing, side, last)->founder, row->id);
	return last;
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
add_payment(struct pairing *pairing, const GPtrArray *rows, guint from,
    guint to)
{
	int index[2] = { -1, -1 };

	for (guint i = from; i < to; i++) {
		struct report_row *row = rows->pdata[i];
		int side = row->channel == CHANNEL_NOTICE ? LEFT : RIGHT;

		if (row->trust > TRUST_U)
			index[side] = group_add(pairing, side, row);
	}
	if (index[LEFT] < 0 || index[RIGHT] < 0)
		return;
	group_at(pairing, LEFT, index[LEFT])->sibling = index[RIGHT];
	group_at(pairing, RIGHT, index[RIGHT])->sibling = index[LEFT];
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
		if (movable(near, from, i, row))
			add_payment(pairing, near, from, i);
		from = i;
	}
	group_add(pairing, row->channel == CHANNEL_NOTICE ? LEFT : RIGHT, row);
}

/* ---- the best pairs -------------------------------------------------------- */

static int
agreement(const struct group *a, const struct group *b)
{
	int best = 0;

	for (guint i = 0; i < a->rows->len; i++)
		for (guint j = 0; j < b->rows->len; j++) {
			int one = report_agreement(a->rows->pdata[i],
			    b->rows->pdata[j]);

			if (!one)
				return 0;
			best = MAX(best, one);
		}
	return best;
}

/* A name that does not depend on the order of arrival. */
static const struct report_row *
group_name(const struct group *group)
{
	const struct report_row *first = group->rows->pdata[0];

	for (guint i = 1; i < group->rows->len; i++)
		if (report_compare(&group->rows->pdata[i],
			(const void *)&first) < 0)
			first = group->rows->pdata[i];
	return first;
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
list_pairs(struct pairing *pairing)
{
	for (int i = 0; i < group_count(pairing, LEFT); i++)
		for (int j = 0; j < group_count(pairing, RIGHT); j++) {
			struct group *left = group_at(pairing, LEFT, i);
			struct group *right = group_at(pairing, RIGHT, j);
			struct pair pair = { agreement(left, right), i, j,
				{ group_name(left), group_name(right) } };

			if (pair.agreement)
				g_array_append_val(pairing->pairs, pair);
		}
	g_array_sort(pairing->pairs, compare_pairs);
}

static void
marry(struct pairing *pairing, int left, int right)
{
	group_at(pairing, LEFT, left)->partner = right;
	group_at(pairing, RIGHT, right)->partner = left;
}

/* Kuhn's augmenting path from a left group that has no partner. */
static bool
augment(struct pairing *pairing, int left, bool *seen)
{
	for (guint k = 0; k < pairing->pairs->len; k++) {
		const struct pair *pair = &g_array_index(pairing->pairs,
		    struct pair, k);
		int other;

		if (pair->left != left || seen[pair->right])
			continue;
		seen[pair->right] = true;
		other = group_at(pairing, RIGHT, pair->right)->partner;
		if (other < 0 || augment(pairing, other, seen)) {
			marry(pairing, left, pair->right);
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

		if (group_at(pairing, LEFT, pair->left)->partner < 0 &&
		    group_at(pairing, RIGHT, pair->right)->partner < 0)
			marry(pairing, pair->left, pair->right);
	}
	for (guint k = 0; k < pairing->pairs->len; k++) {
		int left = g_array_index(pairing->pairs, struct pair, k).left;
		g_autofree bool *seen = g_new0(bool,
		    pairing->side[RIGHT]->len);

		if (group_at(pairing, LEFT, left)->partner < 0)
			augment(pairing, left, seen);
	}
}

/* ---- which payment each pair is -------------------------------------------- */

static void
claim(struct pairing *pairing, int side, int index, int64_t payment)
{
	struct group *group = group_at(pairing, side, index);

	group->claimed = payment;
	if (group->partner >= 0)
		group_at(pairing, !side, group->partner)->claimed = payment;
}

/* The payment's founding group, else NULL: this is not it. */
static bool
is_founder(const struct pairing *pairing, int side, int index)
{
	const struct group *group = group_at(pairing, side, index);

	return group->payment && (group->sibling < 0 || group->founder <
	    group_at(pairing, !side, group->sibling)->founder);
}

/* From a group on: its pair if nobody has it, else the pair of what had to
 * leave the payment that has it, and so on. */
static bool
walk(struct pairing *pairing, int side, int index, int64_t payment)
{
	for (int steps = 0; index >= 0 && steps < 4 * MOST; steps++) {
		const struct group *group = group_at(pairing, side, index);

		if (!group->claimed) {
			claim(pairing, side, index, payment);
			return true;
		}
		if (group->partner < 0)
			return false;
		index = group_at(pairing, !side, group->partner)->sibling;
	}
	return false;
}

static bool
settle(struct pairing *pairing, int side, int index, int64_t payment)
{
	int sibling = group_at(pairing, side, index)->sibling;

	if (!group_at(pairing, side, index)->claimed) {
		claim(pairing, side, index, payment);
		return true;
	}
	return walk(pairing, !side, sibling, payment) ||
	    walk(pairing, side, index, payment);
}

struct founding {
	int64_t founder, payment;
	int side, index;
};

static int
compare_foundings(const void *a, const void *b)
{
	const struct founding *left = a, *right = b;

	return left->founder < right->founder ? -1 :
	    left->founder > right->founder;
}

/* One payment more than until now? Then it is the new report's. */
static void
reserve(struct pairing *pairing, int side, guint payments)
{
	int pairs = 0;

	for (int i = 0; i < group_count(pairing, LEFT); i++)
		pairs += group_at(pairing, LEFT, i)->partner >= 0;
	if (group_count(pairing, LEFT) + group_count(pairing, RIGHT) - pairs >
	    (int)payments)
		claim(pairing, side, group_count(pairing, side) - 1,
		    NEW_PAYMENT);
}

static bool
claim_all(struct pairing *pairing, int new_side)
{
	g_autoptr(GArray) list = g_array_new(FALSE, FALSE,
	    sizeof(struct founding));
	bool good = true;

	for (int side = LEFT; side <= RIGHT; side++)
		for (int i = 0; i < group_count(pairing, side); i++) {
			struct group *group = group_at(pairing, side, i);
			struct founding founding = { group->founder,
				group->payment, side, i };

			if (is_founder(pairing, side, i))
				g_array_append_val(list, founding);
		}
	g_array_sort(list, compare_foundings);
	reserve(pairing, new_side, list->len);
	for (guint k = 0; good && k < list->len; k++) {
		const struct founding *founding = &g_array_index(list,
		    struct founding, k);

		good = settle(pairing, founding->side, founding->index,
		    founding->payment);
	}
	return good;
}

/* ---- the result ------------------------------------------------------------------ */

static void
pairing_release(struct pairing *pairing)
{
	for (int side = LEFT; side <= RIGHT; side++) {
		for (int i = 0; i < group_count(pairing, side); i++)
			g_ptr_array_unref(group_at(pairing, side, i)->rows);
		g_array_unref(pairing->side[side]);
	}
	g_array_unref(pairing->pairs);
}

static int64_t
payment_claimed(const struct group *group)
{
	return group->claimed == NEW_PAYMENT ? 0 : group->claimed;
}

static void
list_moves(const struct pairing *pairing, GArray *moves)
{
	for (int side = LEFT; side <= RIGHT; side++)
		for (int i = 0; i < group_count(pairing, side); i++) {
			const struct group *group = group_at(pairing, side, i);

			for (guint k = 0; group->payment &&
			    group->payment != group->claimed &&
			    k < group->rows->len; k++) {
				const struct report_row *row =
				    group->rows->pdata[k];
				struct report_move move = { row->id,
					group->payment, payment_claimed(group) };

				g_array_append_val(moves, move);
			}
		}
}

bool
pairing_place(const GPtrArray *near, struct report_row *row, GArray *moves)
{
	int side = row->channel == CHANNEL_NOTICE ? LEFT : RIGHT;
	struct pairing pairing = {
		{ g_array_new(FALSE, FALSE, sizeof(struct group)),
		    g_array_new(FALSE, FALSE, sizeof(struct group)) },
		g_array_new(FALSE, FALSE, sizeof(struct pair))
	};
	bool good;

	gather(&pairing, near, row);
	good = group_count(&pairing, LEFT) <= MOST &&
	    group_count(&pairing, RIGHT) <= MOST;
	if (good) {
		list_pairs(&pairing);
		match(&pairing);
		good = claim_all(&pairing, side);
	}
	if (good) {
		row->payment = payment_claimed(group_at(&pairing, side,
		    group_count(&pairing, side) - 1));
		list_moves(&pairing, moves);
	}
	pairing_release(&pairing);
	return good;
}
