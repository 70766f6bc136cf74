/*
 * experiment.c - who takes part in which experiment with reminders, and what
 * came of the invoices.
 */
#include "internal.h"

static const struct field fields[] = {
	FIELD(trial, TEXT, experiment), FIELD(trial, ID, customer),
	FIELD(trial, TEXT, arm), FIELD(trial, TEXT, stratum),
	FIELD(trial, TEXT, since),
};

static const struct field count_fields[] = {
	FIELD(trial_count, TEXT, arm), FIELD(trial_count, INT, customers),
};

static const struct field outcome_fields[] = {
	FIELD(trial_outcome, ID, customer), FIELD(trial_outcome, TEXT, arm),
	FIELD(trial_outcome, TEXT, due), FIELD(trial_outcome, TEXT, paid),
	FIELD(trial_outcome, INT, reminders), FIELD(trial_outcome, INT, held),
	FIELD(trial_outcome, INT, crossed),
};

void
trial_free(struct trial *trial)
{
	if (!trial)
		return;
	fields_free(fields, G_N_ELEMENTS(fields), trial);
	g_free(trial);
}

struct trial *
trial_copy(const struct trial *trial)
{
	struct trial *copy = g_new0(struct trial, 1);

	copy->experiment = g_strdup(trial->experiment);
	copy->customer = trial->customer;
	copy->arm = g_strdup(trial->arm);
	copy->stratum = g_strdup(trial->stratum);
	copy->since = g_strdup(trial->since);
	return copy;
}

static void
count_free(gpointer count)
{
	fields_free(count_fields, G_N_ELEMENTS(count_fields), count);
	g_free(count);
}

static void
outcome_free(gpointer outcome)
{
	fields_free(outcome_fields, G_N_ELEMENTS(outcome_fields), outcome);
	g_free(outcome);
}

static void *
trial_read(sqlite3_stmt *row)
{
	struct trial *trial = g_new0(struct trial, 1);

	fields_read(fields, G_N_ELEMENTS(fields), row, trial);
	return trial;
}

static void *
count_read(sqlite3_stmt *row)
{
	struct trial_count *count = g_new0(struct trial_count, 1);

	fields_read(count_fields, G_N_ELEMENTS(count_fields), row, count);
	return count;
}

static void *
outcome_read(sqlite3_stmt *row)
{
	struct trial_outcome *outcome = g_new0(struct trial_outcome, 1);

	fields_read(outcome_fields, G_N_ELEMENTS(outcome_fields), row,
	    outcome);
	return outcome;
}

enum store_status
store_trial_add(struct store *store, const struct trial *trial)
{
	sqlite3_stmt *stmt = statement(store,
	    "INSERT INTO experiment_customer (experiment, customer, arm,"
	    " stratum, since) VALUES (:experiment, :customer, :arm, :stratum,"
	    " :since) ON CONFLICT DO NOTHING");
	enum store_status status;

	fields_bind(fields, G_N_ELEMENTS(fields), stmt, trial);
	status = write_one(store, stmt);
	return status == STORE_NONE ? STORE_KNOWN : status;
}

enum store_status
store_trial_of(struct store *store, int64_t customer, struct trial **out)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT experiment, customer, arm, stratum, since"
	    " FROM experiment_customer WHERE customer = :customer"
	    " ORDER BY since DESC, experiment LIMIT 1");

	bind_int(stmt, ":customer", customer);
	return read_one(store, stmt, trial_read, (void **)out);
}

enum store_status
store_trial_count(struct store *store, const char *experiment,
    const char *stratum, GPtrArray **out)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT arm, count(*) FROM experiment_customer"
	    " WHERE experiment = :experiment AND (:stratum IS NULL"
	    " OR stratum = :stratum) GROUP BY arm ORDER BY arm");

	bind_text(stmt, ":experiment", experiment);
	bind_text(stmt, ":stratum", stratum);
	return read_list(store, stmt, count_read, count_free, out);
}

enum store_status
store_trial_outcomes(struct store *store, const char *experiment,
    const char *until, GPtrArray **out)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT e.customer, e.arm, i.due, CASE WHEN i.open = 0 THEN"
	    " (SELECT max(p.booked) FROM allocation a JOIN payment p"
	    "  ON p.id = a.payment WHERE a.invoice = i.id AND a.reversed = 0)"
	    " END,"
	    " (SELECT count(*) FROM letter_item t JOIN letter l"
	    "  ON l.id = t.letter WHERE t.invoice = i.id AND l.kind = :reminder"
	    "  AND l.state IN (:sent, :unknown)),"
	    " EXISTS (SELECT 1 FROM journal j WHERE j.subject = :invoice"
	    "  AND j.row = i.id AND j.code LIKE 'held:%'),"
	    " (SELECT count(*) FROM letter_item t JOIN letter l"
	    "  ON l.id = t.letter WHERE t.invoice = i.id AND l.kind = :crossed"
	    "  AND l.state IN (:sent, :unknown))"
	    " FROM experiment_customer e JOIN invoice i"
	    " ON i.customer = e.customer"
	    " WHERE e.experiment = :experiment AND i.type <> :credit_note"
	    " AND i.state IN (:open, :paid) AND i.policy IS NULL"
	    " AND i.due >= e.since AND i.due <= :until"
	    " ORDER BY e.customer, i.id");

	bind_text(stmt, ":experiment", experiment);
	bind_text(stmt, ":until", until);
	bind_int(stmt, ":reminder", LETTER_REMINDER);
	bind_int(stmt, ":crossed", LETTER_CROSSED);
	bind_int(stmt, ":sent", LETTER_SENT);
	bind_int(stmt, ":unknown", LETTER_UNKNOWN);
	bind_int(stmt, ":invoice", SUBJECT_INVOICE);
	bind_int(stmt, ":credit_note", INVOICE_CREDIT_NOTE);
	bind_int(stmt, ":open", INVOICE_OPEN);
	bind_int(stmt, ":paid", INVOICE_PAID);
	return read_list(store, stmt, outcome_read, outcome_free, out);
}
