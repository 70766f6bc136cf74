/*
 * report.c - which payment a report belongs to. The number of payments is the
 * maximum over channels (over documents, among statements): a report joins a
 * payment that nothing of its own channel speaks of yet, so that two genuine
 * notices stay two. Class U never takes a place.
 */
#include "internal.h"

#include <string.h>

/* ---- the very same report, or the same id ------------------------------------ */

static bool
same_document(const struct report_row *a, const struct report_row *b)
{
	return !strcmp(a->document, b->document);
}

static bool
same_text(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

/* Once more what was read before: the place in the document, and content
 * unless a verified signature vouches for it. */
static bool
same_report(const struct report_row *old, const struct report_row *new)
{
	bool content = report_same_content(old, new);

	if (old->channel != new->channel || old->position != new->position)
		return false;
	if (same_document(old, new))
		return content;
	if (same_text(old->signature, new->signature))
		return content ||
		    (old->trust > TRUST_U && new->trust > TRUST_U);
	return content && same_text(old->message_id, new->message_id);
}

/* The bank's id, or the caller's: one transaction whatever else is said. Only
 * money that goes back may bear the id of the money that once came. */
static bool
same_id(const struct report_row *old, const struct report_row *new)
{
	if (old->trust == TRUST_U || new->trust == TRUST_U)
		return false;
	if (old->given && new->given && !strcmp(old->key, new->key))
		return true;
	return same_text(old->bank_reference, new->bank_reference) &&
	    (old->amount > 0) == (new->amount > 0) &&
	    account_compatible(old->account, new->account) &&
	    !(old->channel == new->channel && same_document(old, new));
}

static bool
same_amount(const struct report_row *a, const struct report_row *b)
{
	return a->amount == b->amount && !strcmp(a->currency, b->currency);
}

/* The best of the related reports: equal amount before another one, own
 * channel before another one. */
static const struct report_row *
find_id(const GPtrArray *related, const struct report_row *row)
{
	const struct report_row *best = NULL;
	int best_rank = -1;

	for (guint i = 0; i < related->len; i++) {
		const struct report_row *old = related->pdata[i];
		int rank = 2 * same_amount(old, row) +
		    (old->channel == row->channel);

		if (!old->standing && same_id(old, row) && rank > best_rank) {
			best = old;
			best_rank = rank;
		}
	}
	return best;
}

/* ---- joining --------------------------------------------------------------- */

struct placing {		/* where a report goes, and what that means */
	struct store *store;
	struct report_row *row;
	enum report_result result;
};

static enum store_status
join(struct placing *placing, int64_t payment)
{
	enum store_status status;

	placing->row->payment = payment;
	status = report_row_insert(placing->store, placing->row);
	return status ? status : payment_refresh(placing->store, payment);
}

static enum store_status
start(struct placing *placing)
{
	int64_t id = 0;
	enum store_status status = payment_create(placing->store,
	    placing->row, &id);

	placing->result = REPORT_NEW;
	return status ? status : join(placing, id);
}

static enum store_status
conflict(struct placing *placing, int64_t payment)
{
	placing->result = REPORT_CONFLICT;
	placing->row->standing = true;
	placing->row->payment = payment;
	return report_row_insert(placing->store, placing->row);
}

/* Could this payment's amount become another one, with what is allocated? */
static enum store_status
correctable(struct store *store, int64_t id, const struct report_row *row,
    bool *can)
{
	struct payment *payment = NULL;
	int64_t used;
	enum store_status status = store_payment_get(store, id, &payment);

	if (status)
		return status;
	used = payment->amount - payment->unallocated;
	*can = row->trust > payment->trust &&
	    (row->amount > 0) == (payment->amount > 0) &&
	    !strcmp(row->currency, payment->currency) &&
	    ABS(used) <= ABS(row->amount);
	payment_free(payment);
	return STORE_OK;
}

/* ---- by content -------------------------------------------------------------- */

enum place { PLACE_NONE, PLACE_FREE, PLACE_OVERLAP };

struct seat {			/* one payment as a place for a report */
	enum place place;
	int64_t payment;
	int agreement;
	enum trust trust;	/* the best of its reports */
	const struct report_row *name;	/* strongest of the new one's channel */
};
static const struct seat no_seat = { PLACE_NONE, 0, 0, TRUST_U, NULL };

/* Looks at rows[from..to), all of one payment. */
static struct seat
look(const GPtrArray *rows, guint from, guint to,
    const struct report_row *row)
{
	struct seat seat = { PLACE_FREE, 0, 0, TRUST_U, NULL };
	bool better = false;

	seat.payment = ((struct report_row *)rows->pdata[from])->payment;
	for (guint i = from; i < to; i++)
		better |= ((struct report_row *)rows->pdata[i])->trust >
		    TRUST_U;
	for (guint i = from; i < to; i++) {
		const struct report_row *old = rows->pdata[i];
		int agreement = report_agreement(old, row);

		if (better && old->trust == TRUST_U)
			continue;
		if (!agreement)
			return no_seat;
		seat.trust = MAX(seat.trust, old->trust);
		seat.agreement = MAX(seat.agreement, agreement);
		if (row->trust == TRUST_U || old->trust == TRUST_U ||
		    old->channel != row->channel)
			continue;
		if (!report_overlap(old, row))
			return no_seat;
		seat.place = PLACE_OVERLAP;
		if (!seat.name || report_compare(&old, &seat.name) < 0)
			seat.name = old;
	}
	return seat;
}

static bool
better_seat(const struct seat *a, const struct seat *b)
{
	if (a->place != b->place)
		return a->place > b->place;
	if (a->agreement != b->agreement)
		return a->agreement > b->agreement;
	return a->name && b->name && report_compare(&a->name, &b->name) < 0;
}

static struct seat
best_seat(const GPtrArray *rows, const struct report_row *row)
{
	struct seat best = no_seat;
	guint from = 0;

	for (guint i = 1; i <= rows->len; i++) {
		const struct report_row *first = rows->pdata[from];
		struct seat seat;

		if (i < rows->len && first->payment ==
		    ((const struct report_row *)rows->pdata[i])->payment)
			continue;
		seat = look(rows, from, i, row);
		if (better_seat(&seat, &best))
			best = seat;
		from = i;
	}
	return best;
}

/* Reports that found a better partner change their payments. */
static enum store_status
apply_moves(struct placing *placing, GArray *moves)
{
	enum store_status status = STORE_OK;

	for (guint i = 0; !status && i < moves->len; i++) {
		struct report_move *move = &g_array_index(moves,
		    struct report_move, i);

		if (!move->to)
			move->to = placing->row->payment;
		status = report_move(placing->store, move);
		if (!status)
			status = payment_forget_key(placing->store, move->from);
		if (!status)
			status = payment_forget_key(placing->store, move->to);
	}
	for (guint i = 0; !status && i < moves->len; i++) {
		const struct report_move *move = &g_array_index(moves,
		    struct report_move, i);

		status = payment_refresh(placing->store, move->from);
		if (!status)
			status = payment_refresh(placing->store, move->to);
	}
	return status;
}

/* Reports that found no other place are a payment of their own now. */
static enum store_status
part(struct placing *placing, GArray *moves)
{
	int64_t apart = 0;
	enum store_status status = STORE_OK;

	for (guint i = 0; !status && i < moves->len; i++) {
		struct report_move *move = &g_array_index(moves,
		    struct report_move, i);

		if (move->to)
			continue;
		if (!apart)
			status = payment_create(placing->store, placing->row,
			    &apart);
		move->to = apart;
	}
	placing->store->apart = apart;
	return status;
}

static enum store_status
join_paired(struct placing *placing, GArray *moves, bool again)
{
	struct report_row *row = placing->row;
	enum store_status status = STORE_OK;

	placing->result = again ? REPORT_DUPLICATE : REPORT_MERGED;
	if (!row->payment) {
		placing->result = REPORT_NEW;
		status = payment_create(placing->store, row, &row->payment);
	} else {
		status = part(placing, moves);
	}
	if (!status)
		status = report_row_insert(placing->store, row);
	if (!status)
		status = apply_moves(placing, moves);
	return status ? status : payment_refresh(placing->store, row->payment);
}

/* Has it the owner's own entry, or reports of class U alone? Then it is a
 * place that was not looked at together with the others. */
static bool
stands_alone(const GPtrArray *near, int64_t payment)
{
	bool known = false;

	for (guint i = 0; i < near->len; i++) {
		const struct report_row *old = near->pdata[i];

		if (old->payment != payment)
			continue;
		if (old->channel == CHANNEL_OWNER)
			return true;
		known |= old->trust > TRUST_U;
	}
	return !known;
}

/* Does the channel say nothing that it has not said as well before? */
static bool
said_before(const GPtrArray *near, const struct report_row *row)
{
	for (guint i = 0; i < near->len; i++) {
		const struct report_row *old = near->pdata[i];

		if (old->payment == row->payment && old->trust >= row->trust &&
		    old->channel == row->channel)
			return true;
	}
	return false;
}

/* Where all near reports together leave it; but never beside the owner's own
 * entry of the same money, nor beside what was only possible so far. */
static bool
pair(const GPtrArray *near, const struct seat *seat, struct report_row *row,
    GArray *moves)
{
	if (row->trust == TRUST_U || row->channel == CHANNEL_OWNER ||
	    (row->channel == CHANNEL_NOTICE && seat->place == PLACE_OVERLAP) ||
	    !pairing_place(near, row, moves))
		return false;
	return row->payment || seat->place == PLACE_NONE ||
	    !stands_alone(near, seat->payment);
}

static enum store_status
join_by_content(struct placing *placing)
{
	g_autoptr(GPtrArray) near = NULL;
	g_autoptr(GArray) moves = g_array_new(FALSE, FALSE,
	    sizeof(struct report_move));
	struct report_row *row = placing->row;
	struct seat seat;
	enum store_status status = report_rows_near(placing->store, row,
	    &near);

	if (status)
		return status;
	seat = best_seat(near, row);
	/* More forged mail about a known payment leaves no trace. */
	if (row->trust == TRUST_U && seat.place != PLACE_NONE) {
		row->payment = seat.payment;
		placing->result = REPORT_DUPLICATE;
		return STORE_OK;
	}
	if (pair(near, &seat, row, moves))
		return join_paired(placing, moves, !moves->len &&
		    row->payment && said_before(near, row));
	if (seat.place == PLACE_NONE)
		return start(placing);
	/* A statement says once more what a report of the day announced. */
	placing->result = seat.place == PLACE_OVERLAP &&
	    row->trust <= seat.trust ? REPORT_DUPLICATE : REPORT_MERGED;
	return join(placing, seat.payment);
}

static enum store_status
join_by_id(struct placing *placing, const struct report_row *old)
{
	const struct report_row *row = placing->row;
	enum store_status status;
	bool can = false;

	placing->result = REPORT_MERGED;
	if (same_amount(old, row)) {
		if (old->channel == row->channel && old->trust >= row->trust) {
			placing->row->payment = old->payment;
			placing->result = REPORT_DUPLICATE;
			if (report_same_content(old, row))
				return STORE_OK;
		}
		/* Another of its channel may sit there by resemblance. */
		return (old->channel != row->channel ||
		    row->channel == CHANNEL_STATEMENT) &&
		    report_agreement(old, row) ? join_by_content(placing) :
		    join(placing, old->payment);
	}
	if (row->trust < old->trust && old->channel != row->channel)
		return join(placing, old->payment);
	status = correctable(placing->store, old->payment, row, &can);
	if (status)
		return status;
	return can ? join(placing, old->payment) :
	    conflict(placing, old->payment);
}

/* ---- the verb ---------------------------------------------------------------- */

static enum store_status
place(struct placing *placing)
{
	g_autoptr(GPtrArray) related = NULL;
	const struct report_row *row = placing->row, *id;
	enum store_status status = report_rows_related(placing->store, row,
	    &related);

	if (status)
		return status;
	for (guint i = 0; i < related->len; i++) {
		const struct report_row *old = related->pdata[i];

		if (!same_report(old, row))
			continue;
		if (old->trust >= row->trust) {
			placing->row->payment = old->payment;
			placing->result = old->standing ? REPORT_CONFLICT :
			    REPORT_DUPLICATE;
			return STORE_OK;
		}
		if (old->trust > TRUST_U && !old->standing &&
		    same_amount(old, row)) {
			placing->result = REPORT_MERGED;
			return join(placing, old->payment);
		}
	}
	id = find_id(related, row);
	return id ? join_by_id(placing, id) : join_by_content(placing);
}

static enum store_status
refuse(struct store *store, const struct report *report)
{
	const struct payment *said = &report->payment;

	if (!report->source || !said->currency || !said->booked ||
	    !said->amount)
		return fail(store, STORE_INVALID, "a report of a payment needs "
		    "a source, a currency, a day and an amount");
	if (report->channel > CHANNEL_OWNER || said->trust > TRUST_O)
		return fail(store, STORE_INVALID,
		    "a report has an unknown channel or trust class");
	return STORE_OK;
}

enum store_status
store_payment_report(struct store *store, const struct report *report,
    enum report_result *result, int64_t *payment)
{
	struct placing placing = { store, NULL, REPORT_NEW };
	enum store_status status = refuse(store, report);
	bool own;

	if (!status)
		status = verb_begin(store, &own);
	if (status)
		return status;
	store->apart = 0;
	placing.row = report_row_new(report);
	status = verb_end(store, own, place(&placing));
	if (!status) {
		*result = placing.result;
		*payment = placing.row->payment;
	}
	report_row_free(placing.row);
	return status;
}

int64_t
store_payment_apart(const struct store *store)
{
	return store->apart;
}
