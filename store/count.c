/*
 * count.c - the numbers of the status screen.
 */
#include "internal.h"

struct number {
	size_t offset;
	const char *sql;
};

#define NUMBER(member, text) \
	{ offsetof(struct store_counts, member), "SELECT count(*) FROM " text }

/* The last word of the owner about it is that it is a customer's credit; 3 is
 * SUBJECT_PAYMENT. */
#define IS_CREDIT \
	"coalesce((SELECT j.code = 'credit:owner' FROM journal j" \
	" WHERE j.subject = 3 AND j.row = payment.id" \
	" AND substr(j.code, 1, 7) = 'credit:' ORDER BY j.id DESC LIMIT 1), 0)"

static const struct number numbers[] = {
	NUMBER(customers, "customer"),
	NUMBER(invoices, "invoice WHERE type <> 1"),
	NUMBER(open, "invoice WHERE state = 1 AND type <> 1"),
	NUMBER(overdue, "invoice WHERE state = 1 AND type <> 1"
	    " AND due < :today"),
	NUMBER(payments, "payment"),
	NUMBER(unallocated, "payment WHERE unallocated <> 0"
	    " AND set_aside = 0 AND NOT " IS_CREDIT),
	NUMBER(credit, "payment WHERE unallocated <> 0"
	    " AND set_aside = 0 AND " IS_CREDIT),
	NUMBER(holds, "hold WHERE since <= :now AND (until = 0"
	    " OR until > :now OR followed = 0 AND kind IN (1, 2, 3, 4, 9)"
	    " AND trust IN (1, 2)) AND (released = 0 OR released > :now)"),
	NUMBER(letters_waiting, "letter WHERE state < 2"),
	NUMBER(letters_sent, "letter WHERE state = 3"),
	NUMBER(letters_unknown, "letter WHERE state = 6"),
	NUMBER(questions, "question WHERE answered = 0"),
	NUMBER(conflicts, "report WHERE standing = 1"),
	NUMBER(crossed, "letter WHERE kind = 3 AND state <> 4"),
	NUMBER(recalled, "letter WHERE state = 4"),
};

enum store_status
store_count(struct store *store, const char *today, int64_t now,
    struct store_counts *out)
{
	struct store_counts counts = { 0 };
	enum store_status status = STORE_OK;

	for (size_t i = 0; !status && i < G_N_ELEMENTS(numbers); i++) {
		sqlite3_stmt *stmt = statement(store, numbers[i].sql);

		if (stmt && sqlite3_bind_parameter_index(stmt, ":today"))
			bind_text(stmt, ":today", today);
		if (stmt && sqlite3_bind_parameter_index(stmt, ":now"))
			bind_int(stmt, ":now", now);
		status = run_int(store, stmt,
		    (int64_t *)((char *)&counts + numbers[i].offset));
	}
	if (!status)
		*out = counts;
	return status;
}
