/*
 * conflict.c - reports that contradict the payment they speak of: kept for
 * the owner to look at, without any effect.
 */
#include "internal.h"

static const struct field fields[] = {
	FIELD(conflict, INT64, id), FIELD(conflict, INT64, payment),
	FIELD(conflict, TEXT, said.key), FIELD(conflict, INT, said.trust),
	FIELD(conflict, TEXT, said.currency),
	FIELD(conflict, INT64, said.amount), FIELD(conflict, TEXT, said.booked),
	FIELD(conflict, TEXT, said.value), FIELD(conflict, TEXT, said.account),
	FIELD(conflict, TEXT, said.payer),
	FIELD(conflict, TEXT, said.payer_account),
	FIELD(conflict, TEXT, said.remittance),
	FIELD(conflict, TEXT, said.reference),
	FIELD(conflict, TEXT, said.bank_reference),
	FIELD(conflict, TEXT, said.end_to_end_id),
	FIELD(conflict, TEXT, said.bank), FIELD(conflict, INT64, said.arrived),
};
#define COUNT G_N_ELEMENTS(fields)

void
conflict_free(struct conflict *conflict)
{
	if (!conflict)
		return;
	fields_free(fields, COUNT, conflict);
	g_free(conflict);
}

static void *
conflict_read(sqlite3_stmt *row)
{
	struct conflict *conflict = g_new0(struct conflict, 1);

	fields_read(fields, COUNT, row, conflict);
	return conflict;
}

enum store_status
store_conflict_list(struct store *store, GPtrArray **out)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT r.id, rp.payment, r.key, r.trust, r.currency, r.amount,"
	    " r.booked, r.value, r.account, r.payer, r.payer_account,"
	    " r.remittance, r.reference, r.bank_reference, r.end_to_end_id,"
	    " r.bank, r.arrived FROM report r LEFT JOIN report_payment rp"
	    " ON rp.report = r.id WHERE r.standing = 1 ORDER BY r.id");

	return read_list(store, stmt, conflict_read,
	    (GDestroyNotify)conflict_free, out);
}
