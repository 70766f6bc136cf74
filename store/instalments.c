/*
 * instalments.c - instalment plans: parts with due dates, the invoices that
 * they are about, and the states that a plan goes through. What was paid is
 * not kept here: instalments_money.c reads it from the allocations.
 */
#include "internal.h"

#include <string.h>

#define COLUMNS "p.id, p.customer, p.currency, p.state, p.origin, p.made, " \
	"p.accepted, p.ended, p.expires, p.why, p.after_allocation"

static const struct field fields[] = {
	FIELD(instalment_plan, INT64, id), FIELD(instalment_plan, ID, customer),
	FIELD(instalment_plan, TEXT, currency),
	FIELD(instalment_plan, INT, state), FIELD(instalment_plan, TEXT, origin),
	FIELD(instalment_plan, INT64, made),
	FIELD(instalment_plan, INT64, accepted),
	FIELD(instalment_plan, INT64, ended),
	FIELD(instalment_plan, TEXT, expires), FIELD(instalment_plan, TEXT, why),
	FIELD(instalment_plan, INT64, after),
};
#define COUNT G_N_ELEMENTS(fields)

static const struct field part_fields[] = {
	FIELD(instalment, INT, number), FIELD(instalment, TEXT, due),
	FIELD(instalment, INT64, amount),
};
#define PART_COUNT G_N_ELEMENTS(part_fields)

static const struct field invoice_fields[] = {
	FIELD(instalment_invoice, ID, invoice),
	FIELD(instalment_invoice, INT64, base),
	FIELD(instalment_invoice, INT64, open),
	FIELD(instalment_invoice, INT64, announced),
	FIELD(instalment_invoice, INT, state),
};
#define INVOICE_COUNT G_N_ELEMENTS(invoice_fields)

static const char *const states[] = {
	"offered", "active", "paid", "broken", "cancelled", "expired"
};

#define TO(state) (1u << INSTALMENTS_##state)
static const unsigned moves[] = {
	[INSTALMENTS_OFFERED] = TO(ACTIVE) | TO(EXPIRED) | TO(CANCELLED),
	[INSTALMENTS_ACTIVE] = TO(PAID) | TO(BROKEN) | TO(CANCELLED),
	[INSTALMENTS_PAID] = TO(ACTIVE),
	[INSTALMENTS_BROKEN] = TO(ACTIVE),
	[INSTALMENTS_CANCELLED] = 0,
	[INSTALMENTS_EXPIRED] = TO(ACTIVE),
};

const char *
instalments_state_name(enum instalments_state state)
{
	return state < G_N_ELEMENTS(states) ? states[state] : "unknown";
}

struct instalment *
instalment_new(int number, const char *due, int64_t amount)
{
	struct instalment *part = g_new0(struct instalment, 1);

	part->number = number;
	part->due = g_strdup(due);
	part->amount = amount;
	return part;
}

void
instalment_free(struct instalment *part)
{
	if (!part)
		return;
	g_free(part->due);
	g_free(part);
}

void
instalment_plan_free(struct instalment_plan *plan)
{
	if (!plan)
		return;
	fields_free(fields, COUNT, plan);
	if (plan->parts)
		g_ptr_array_unref(plan->parts);
	if (plan->invoices)
		g_ptr_array_unref(plan->invoices);
	g_free(plan);
}

static void *
plan_read(sqlite3_stmt *row)
{
	struct instalment_plan *plan = g_new0(struct instalment_plan, 1);

	fields_read(fields, COUNT, row, plan);
	return plan;
}

static void *
part_read(sqlite3_stmt *row)
{
	struct instalment *part = g_new0(struct instalment, 1);

	fields_read(part_fields, PART_COUNT, row, part);
	return part;
}

static void *
invoice_read(sqlite3_stmt *row)
{
	struct instalment_invoice *invoice =
	    g_new0(struct instalment_invoice, 1);

	fields_read(invoice_fields, INVOICE_COUNT, row, invoice);
	return invoice;
}

/* ---- reading --------------------------------------------------------------- */

static enum store_status
with_rows(struct store *store, struct instalment_plan *plan)
{
	sqlite3_stmt *stmt = statement(store, "SELECT number, due, amount"
	    " FROM instalment WHERE plan = :id ORDER BY number");
	enum store_status status;

	bind_int(stmt, ":id", plan->id);
	status = read_list(store, stmt, part_read,
	    (GDestroyNotify)instalment_free, &plan->parts);
	if (status)
		return status;
	stmt = statement(store, "SELECT v.invoice, v.base, i.open,"
	    " i.announced, i.state FROM instalment_invoice v"
	    " CROSS JOIN invoice i ON i.id = v.invoice WHERE v.plan = :id"
	    " ORDER BY i.due, i.id");
	bind_int(stmt, ":id", plan->id);
	return read_list(store, stmt, invoice_read, g_free, &plan->invoices);
}

enum store_status
store_instalments_get(struct store *store, int64_t id,
    struct instalment_plan **out)
{
	void *found = NULL;
	sqlite3_stmt *stmt = statement(store, "SELECT " COLUMNS
	    " FROM instalment_plan p WHERE p.id = :id");
	enum store_status status;

	bind_int(stmt, ":id", id);
	status = read_one(store, stmt, plan_read, &found);
	if (!status)
		status = with_rows(store, found);
	if (status)
		instalment_plan_free(found);
	else
		*out = found;
	return status;
}

enum store_status
store_instalments_list(struct store *store,
    const struct instalments_filter *filter, GPtrArray **out)
{
	g_autofree char *sql = g_strconcat("SELECT " COLUMNS " FROM ",
	    filter->invoice ? "instalment_invoice v CROSS JOIN"
		" instalment_plan p ON p.id = v.plan"
		" WHERE v.invoice = :invoice" : "instalment_plan p WHERE 1",
	    filter->customer ? " AND p.customer = :customer" : "",
	    filter->states == INSTALMENTS_LIVE ? " AND p.state < 2" :
	    filter->states ? " AND (:states >> p.state) & 1" : "",
	    filter->ended_since ? " AND p.ended >= :since" : "",
	    " ORDER BY p.id", NULL);
	sqlite3_stmt *stmt = statement_built(store, sql);
	GPtrArray *plans = NULL;
	enum store_status status;

	if (filter->invoice)
		bind_int(stmt, ":invoice", filter->invoice);
	if (filter->customer)
		bind_int(stmt, ":customer", filter->customer);
	if (filter->states && filter->states != INSTALMENTS_LIVE)
		bind_int(stmt, ":states", filter->states);
	if (filter->ended_since)
		bind_int(stmt, ":since", filter->ended_since);
	status = read_list(store, stmt, plan_read,
	    (GDestroyNotify)instalment_plan_free, &plans);
	for (guint i = 0; !status && i < plans->len; i++)
		status = with_rows(store, plans->pdata[i]);
	if (!status)
		*out = plans;
	else if (plans)
		g_ptr_array_unref(plans);
	return status;
}

/* ---- adding ---------------------------------------------------------------- */

/* CONFLICT when another plan that lives has the invoice. */
static enum store_status
check_free(struct store *store, int64_t invoice, int64_t but)
{
	sqlite3_stmt *stmt = statement(store, "SELECT p.id FROM"
	    " instalment_invoice v CROSS JOIN instalment_plan p"
	    " ON p.id = v.plan WHERE v.invoice = :invoice AND p.state < 2"
	    " AND p.id <> :but LIMIT 1");
	int64_t other = 0;
	enum store_status status;

	bind_int(stmt, ":invoice", invoice);
	bind_int(stmt, ":but", but);
	status = run_int(store, stmt, &other);
	if (status == STORE_NONE)
		return STORE_OK;
	return status ? status : fail(store, STORE_CONFLICT, "an invoice is in "
	    "instalment plan %" PRId64 " already", other);
}

static enum store_status
check_invoice(struct store *store, const struct instalment_plan *plan,
    const struct instalment_invoice *one)
{
	struct invoice *invoice = NULL;
	enum store_status status = store_invoice_get(store, one->invoice,
	    &invoice);

	if (status)
		return status == STORE_NONE ? fail(store, STORE_INVALID,
		    "there is no invoice with the id %" PRId64, one->invoice) :
		    status;
	if (invoice->customer != plan->customer)
		status = fail(store, STORE_INVALID, "invoice %s is another "
		    "customer's", invoice->number);
	else if (invoice->state != INVOICE_OPEN ||
	    invoice->type == INVOICE_CREDIT_NOTE)
		status = fail(store, STORE_INVALID, "invoice %s is not open",
		    invoice->number);
	else if (strcmp(invoice->currency, plan->currency) != 0)
		status = fail(store, STORE_INVALID, "invoice %s is in %s, the "
		    "plan in %s: currencies are not mixed", invoice->number,
		    invoice->currency, plan->currency);
	else if (one->base <= 0 ||
	    one->base > invoice->open - invoice->announced)
		status = fail(store, STORE_INVALID, "invoice %s has less to be "
		    "paid than the plan says", invoice->number);
	invoice_free(invoice);
	return status ? status : check_free(store, one->invoice, 0);
}

static enum store_status
check_parts(struct store *store, const struct instalment_plan *plan)
{
	int64_t parts = 0, bases = 0;
	const char *last = "";

	for (guint i = 0; i < plan->parts->len; i++) {
		const struct instalment *part = plan->parts->pdata[i];

		if (part->amount <= 0 || part->number != (int)i + 1)
			return fail(store, STORE_INVALID, "instalment %d has "
			    "no amount", (int)i + 1);
		if (!part->due || strcmp(part->due, last) <= 0)
			return fail(store, STORE_INVALID, "instalment %d is "
			    "not due after the one before it", part->number);
		last = part->due;
		parts += part->amount;
	}
	for (guint i = 0; i < plan->invoices->len; i++)
		bases += ((struct instalment_invoice *)
		    plan->invoices->pdata[i])->base;
	if (parts != bases || parts <= 0)
		return fail(store, STORE_INVALID, "the instalments are %" PRId64
		    " minor units in all, the invoices %" PRId64, parts, bases);
	return STORE_OK;
}

static enum store_status
insert_rows(struct store *store, const struct instalment_plan *plan)
{
	enum store_status status = STORE_NONE;

	for (guint i = 0; status == STORE_NONE && i < plan->parts->len; i++) {
		sqlite3_stmt *stmt = statement(store, "INSERT INTO instalment"
		    " (plan, number, due, amount)"
		    " VALUES (:plan, :number, :due, :amount)");

		bind_int(stmt, ":plan", plan->id);
		fields_bind(part_fields, PART_COUNT, stmt,
		    plan->parts->pdata[i]);
		status = run(store, stmt);
	}
	for (guint i = 0; status == STORE_NONE && i < plan->invoices->len;
	    i++) {
		sqlite3_stmt *stmt = statement(store, "INSERT INTO"
		    " instalment_invoice (plan, invoice, base)"
		    " VALUES (:plan, :invoice, :base)");

		bind_int(stmt, ":plan", plan->id);
		fields_bind(invoice_fields, INVOICE_COUNT, stmt,
		    plan->invoices->pdata[i]);
		status = run(store, stmt);
	}
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status
insert(struct store *store, struct instalment_plan *plan)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT coalesce(max(id), 0) FROM allocation");
	enum store_status status = run_int(store, stmt, &plan->after);

	if (status)
		return status;
	stmt = statement(store, "INSERT INTO instalment_plan (customer,"
	    " currency, state, origin, made, accepted, ended, expires, why,"
	    " after_allocation) VALUES (:customer, :currency, :state, :origin,"
	    " :made, :accepted, 0, :expires, :why, :after)");
	fields_bind(fields, COUNT, stmt, plan);
	status = run(store, stmt);
	if (status != STORE_NONE)
		return status;
	plan->id = sqlite3_last_insert_rowid(store->db);
	return insert_rows(store, plan);
}

static enum store_status
add(struct store *store, struct instalment_plan *plan)
{
	enum store_status status = check_parts(store, plan);

	if (!status && plan->state > INSTALMENTS_ACTIVE)
		status = fail(store, STORE_INVALID, "a new instalment plan is "
		    "offered or active");
	for (guint i = 0; !status && i < plan->invoices->len; i++)
		status = check_invoice(store, plan, plan->invoices->pdata[i]);
	return status ? status : insert(store, plan);
}

enum store_status
store_instalments_add(struct store *store, struct instalment_plan *plan)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, add(store, plan));
}

/* ---- moving ---------------------------------------------------------------- */

static enum store_status
check_move(struct store *store, const struct instalment_plan *plan,
    enum instalments_state state)
{
	enum store_status status = STORE_OK;

	if (!(moves[plan->state] & 1u << state))
		return fail(store, STORE_INVALID, "instalment plan %" PRId64
		    " is %s and cannot become %s", plan->id,
		    instalments_state_name(plan->state),
		    instalments_state_name(state));
	for (guint i = 0; !status && state == INSTALMENTS_ACTIVE &&
	    i < plan->invoices->len; i++)
		status = check_free(store, ((struct instalment_invoice *)
		    plan->invoices->pdata[i])->invoice, plan->id);
	return status;
}

static enum store_status
move(struct store *store, int64_t id, enum instalments_state state,
    const char *why, int64_t at)
{
	struct instalment_plan *plan = NULL;
	sqlite3_stmt *stmt;
	enum store_status status = store_instalments_get(store, id, &plan);

	if (!status)
		status = check_move(store, plan, state);
	instalment_plan_free(plan);
	if (status)
		return status;
	stmt = statement(store, "UPDATE instalment_plan SET state = :state,"
	    " why = :why, accepted = iif(:state = 1 AND accepted = 0, :at,"
	    " accepted), ended = iif(:state = 1, 0, :at) WHERE id = :id");
	bind_int(stmt, ":state", state);
	bind_text(stmt, ":why", why);
	bind_int(stmt, ":at", at);
	bind_int(stmt, ":id", id);
	status = run(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
store_instalments_move(struct store *store, int64_t id,
    enum instalments_state state, const char *why, int64_t at)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, move(store, id, state, why, at));
}
