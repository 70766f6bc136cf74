/*
 * lesson.c - what confirmed payments taught about customers. A lesson is kept
 * with its payment; what is looked up (customer_account, customer_alias,
 * customer_habit) are sums over the lessons that count, in integers, so that
 * taking a lesson back leaves exactly what the others say.
 */
#include "internal.h"

#define COLUMNS "id, customer, payment, history, day, account, alias, own, " \
	"invoiced, aged, age, habits, pending, forgot"

static const struct field fields[] = {
	FIELD(lesson, INT64, id), FIELD(lesson, ID, customer),
	FIELD(lesson, ID, payment), FIELD(lesson, TEXT, history),
	FIELD(lesson, TEXT, day), FIELD(lesson, TEXT, account),
	FIELD(lesson, TEXT, alias), FIELD(lesson, BOOL, own),
	FIELD(lesson, TEXT, invoiced), FIELD(lesson, BOOL, aged),
	FIELD(lesson, INT, age), FIELD(lesson, INT, habits),
	FIELD(lesson, BOOL, pending), FIELD(lesson, INT, forgot),
};
#define COUNT G_N_ELEMENTS(fields)

void
lesson_free(struct lesson *lesson)
{
	if (!lesson)
		return;
	fields_free(fields, COUNT, lesson);
	g_free(lesson);
}

static void *
lesson_read(sqlite3_stmt *row)
{
	struct lesson *lesson = g_new0(struct lesson, 1);

	fields_read(fields, COUNT, row, lesson);
	return lesson;
}

static void
bind_lesson(sqlite3_stmt *stmt, const struct lesson *lesson)
{
	fields_bind(fields, COUNT, stmt, lesson);
}

/* A statement with the lesson's columns that answers with no row. */
static enum store_status
run_lesson(struct store *store, const char *sql, const struct lesson *lesson)
{
	sqlite3_stmt *stmt = statement(store, sql);
	enum store_status status;

	touch(store, lesson->customer);
	bind_lesson(stmt, lesson);
	status = run(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

static bool
counts(const struct lesson *lesson, enum lesson_part part)
{
	return !lesson->pending && !(lesson->forgot & (int)part);
}

/* ---- accounts and names ----------------------------------------------------- */

static enum store_status
add_account(struct store *store, const struct lesson *lesson)
{
	if (!lesson->account || !counts(lesson, LESSON_ACCOUNT))
		return STORE_OK;
	return run_lesson(store, "INSERT INTO customer_account (account,"
	    " customer, source, count, own, last) VALUES (:account, :customer,"
	    " 2, 1, :own, :day) ON CONFLICT (account, customer) DO UPDATE SET"
	    " count = count + 1, own = own + :own,"
	    " last = max(coalesce(last, ''), :day)", lesson);
}

/* The lesson itself is gone, or says so no more. */
static enum store_status
drop_account(struct store *store, const struct lesson *lesson)
{
	enum store_status status;

	if (!lesson->account || !counts(lesson, LESSON_ACCOUNT))
		return STORE_OK;
	status = run_lesson(store, "DELETE FROM customer_account"
	    " WHERE account = :account AND customer = :customer"
	    " AND source = 2 AND count <= 1", lesson);
	if (status == STORE_OK)
		status = run_lesson(store, "UPDATE customer_account SET"
		    " count = count - 1, own = own - :own, last = (SELECT"
		    " max(day) FROM lesson WHERE customer = :customer AND"
		    " account = :account AND pending = 0 AND forgot & 1 = 0)"
		    " WHERE account = :account AND customer = :customer"
		    " AND count > 0", lesson);
	return status;
}

static enum store_status
add_alias(struct store *store, const struct lesson *lesson)
{
	if (!lesson->alias || !counts(lesson, LESSON_ALIAS))
		return STORE_OK;
	return run_lesson(store, "INSERT INTO customer_alias (alias, customer,"
	    " count, last) VALUES (:alias, :customer, 1, :day)"
	    " ON CONFLICT (alias, customer) DO UPDATE SET count = count + 1,"
	    " last = max(last, :day)", lesson);
}

static enum store_status
drop_alias(struct store *store, const struct lesson *lesson)
{
	enum store_status status;

	if (!lesson->alias || !counts(lesson, LESSON_ALIAS))
		return STORE_OK;
	status = run_lesson(store, "DELETE FROM customer_alias WHERE"
	    " alias = :alias AND customer = :customer AND count = 1", lesson);
	if (status == STORE_OK)
		status = run_lesson(store, "UPDATE customer_alias SET"
		    " count = count - 1, last = (SELECT max(day) FROM lesson"
		    " WHERE customer = :customer AND alias = :alias"
		    " AND pending = 0 AND forgot & 2 = 0)"
		    " WHERE alias = :alias AND customer = :customer", lesson);
	return status;
}

/* ---- habits: sums of a customer and year ---------------------------------------- */

/* Column, and what one lesson adds to it. */
#define BIT(X, name, bit) X(name, "((:habits & " #bit ") <> 0)")
#define DAYS(X, name, from, until) X(name, \
	"(CAST(substr(:day, 9, 2) AS INTEGER) BETWEEN " #from " AND " #until ")")
#define SUMS(X) \
	X("aged", ":aged") X("age_sum", ":aged * :age") \
	X("age_square", ":aged * :age * :age") \
	BIT(X, "charges", 1) BIT(X, "rounded", 2) BIT(X, "discount", 4) \
	BIT(X, "late_discount", 8) BIT(X, "several", 16) \
	BIT(X, "parts", 32) BIT(X, "misnamed", 64) BIT(X, "unnamed", 128) \
	DAYS(X, "day1", 1, 5) DAYS(X, "day6", 6, 10) \
	DAYS(X, "day11", 11, 15) DAYS(X, "day16", 16, 20) \
	DAYS(X, "day21", 21, 25) DAYS(X, "day26", 26, 31)
#define NAME(name, value) ", " name
#define VALUE(name, value) ", " value
#define UP(name, value) ", " name " = " name " + " value
#define DOWN(name, value) ", " name " = " name " - " value

#define ROW " WHERE customer = :customer AND year = substr(:day, 1, 4)"

static enum store_status
add_sums(struct store *store, const struct lesson *lesson)
{
	return run_lesson(store, "INSERT INTO customer_habit (customer, year,"
	    " count" SUMS(NAME) ", steps, backward) VALUES (:customer,"
	    " substr(:day, 1, 4), 1" SUMS(VALUE) ", 0, 0)"
	    " ON CONFLICT (customer, year) DO UPDATE SET count = count + 1"
	    SUMS(UP), lesson);
}

static enum store_status
drop_sums(struct store *store, const struct lesson *lesson)
{
	enum store_status status = run_lesson(store,
	    "DELETE FROM customer_habit" ROW " AND count = 1", lesson);

	return status == STORE_OK ? run_lesson(store,
	    "UPDATE customer_habit SET count = count - 1" SUMS(DOWN)
	    ROW " AND count > 1", lesson) : status;
}

/* ---- habits: in which order invoices are paid -------------------------------------- */

/* A step is from one paid invoice to the next; backward is one to an invoice
 * that is older. It belongs to the year of the later payment. */
static enum store_status
count_step(struct store *store, const struct lesson *from,
    const struct lesson *to, int sign)
{
	sqlite3_stmt *stmt = statement(store, "UPDATE customer_habit SET"
	    " steps = steps + :sign, backward = backward + :back" ROW);
	enum store_status status;

	if (!from || !to) {
		sqlite3_reset(stmt);
		return STORE_OK;
	}
	bind_int(stmt, ":customer", to->customer);
	bind_text(stmt, ":day", to->day);
	bind_int(stmt, ":sign", sign);
	bind_int(stmt, ":back", g_strcmp0(to->invoiced, from->invoiced) < 0 ?
	    sign : 0);
	status = run(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status
neighbour(struct store *store, const char *sql, const struct lesson *lesson,
    struct lesson **out)
{
	sqlite3_stmt *stmt = statement(store, sql);
	void *found = NULL;
	enum store_status status;

	bind_lesson(stmt, lesson);
	status = read_one(store, stmt, lesson_read, &found);
	*out = found;
	return status == STORE_NONE ? STORE_OK : status;
}

#define ORDERED "SELECT " COLUMNS " FROM lesson WHERE customer = :customer" \
	" AND invoiced IS NOT NULL AND pending = 0 AND forgot & 4 = 0"

/* Sign 1: the lesson goes in between its neighbours; -1: it comes out. Its own
 * sums are there, or gone, already. */
static enum store_status
count_order(struct store *store, const struct lesson *lesson, int sign)
{
	struct lesson *before = NULL, *after = NULL;
	enum store_status status;

	if (!lesson->invoiced)
		return STORE_OK;
	status = neighbour(store, ORDERED " AND (day, invoiced, id) <"
	    " (:day, :invoiced, :id) ORDER BY day DESC, invoiced DESC, id DESC"
	    " LIMIT 1", lesson, &before);
	if (status == STORE_OK)
		status = neighbour(store, ORDERED " AND (day, invoiced, id) >"
		    " (:day, :invoiced, :id) ORDER BY day, invoiced, id"
		    " LIMIT 1", lesson, &after);
	if (status == STORE_OK)
		status = count_step(store, before, after, -sign);
	if (status == STORE_OK)
		status = count_step(store, before, before ? lesson : NULL,
		    sign);
	if (status == STORE_OK)
		status = count_step(store, after ? lesson : NULL, after, sign);
	lesson_free(before);
	lesson_free(after);
	return status;
}

static enum store_status
add_habits(struct store *store, const struct lesson *lesson)
{
	enum store_status status;

	if (!counts(lesson, LESSON_HABITS))
		return STORE_OK;
	status = add_sums(store, lesson);
	return status == STORE_OK ? count_order(store, lesson, 1) : status;
}

static enum store_status
drop_habits(struct store *store, const struct lesson *lesson)
{
	enum store_status status;

	if (!counts(lesson, LESSON_HABITS))
		return STORE_OK;
	status = drop_sums(store, lesson);
	return status == STORE_OK ? count_order(store, lesson, -1) : status;
}

/* ---- a lesson comes and goes -------------------------------------------------------- */

static enum store_status
add(struct store *store, struct lesson *lesson)
{
	enum store_status status = run_lesson(store, "INSERT INTO lesson"
	    " (customer, payment, history, day, account, alias, own, invoiced,"
	    " aged, age, habits, pending, forgot) VALUES (:customer, :payment,"
	    " :history, :day, :account, :alias, :own, :invoiced, :aged, :age,"
	    " :habits, :pending, :forgot)", lesson);

	if (status != STORE_OK)
		return status;
	lesson->id = sqlite3_last_insert_rowid(store->db);
	if (store->bulk) {
		bulk_learned(store, lesson->customer);
		return STORE_OK;
	}
	status = add_account(store, lesson);
	if (status == STORE_OK)
		status = add_alias(store, lesson);
	return status == STORE_OK ? add_habits(store, lesson) : status;
}

static enum store_status
drop(struct store *store, const struct lesson *lesson)
{
	enum store_status status = run_lesson(store,
	    "DELETE FROM lesson WHERE id = :id", lesson);

	if (status == STORE_OK)
		status = drop_account(store, lesson);
	if (status == STORE_OK)
		status = drop_alias(store, lesson);
	return status == STORE_OK ? drop_habits(store, lesson) : status;
}

enum store_status
store_lesson_of(struct store *store, int64_t payment, GPtrArray **out)
{
	sqlite3_stmt *stmt = statement(store, "SELECT " COLUMNS
	    " FROM lesson WHERE payment = :payment ORDER BY customer");

	bind_int(stmt, ":payment", payment);
	return read_list(store, stmt, lesson_read, (GDestroyNotify)lesson_free,
	    out);
}

enum store_status
store_lesson_list(struct store *store, int64_t customer, int limit,
    GPtrArray **out)
{
	sqlite3_stmt *stmt = statement(store, "SELECT " COLUMNS " FROM lesson"
	    " WHERE customer = :customer ORDER BY day DESC, invoiced DESC,"
	    " id DESC LIMIT :limit");

	bind_int(stmt, ":customer", customer);
	bind_int(stmt, ":limit", limit > 0 ? limit : -1);
	return read_list(store, stmt, lesson_read, (GDestroyNotify)lesson_free,
	    out);
}

/* The lesson of the same customer, or NULL. */
static struct lesson *
same_customer(const GPtrArray *list, const struct lesson *like)
{
	for (guint i = 0; i < list->len; i++) {
		struct lesson *one = list->pdata[i];

		if (one->customer == like->customer)
			return one;
	}
	return NULL;
}

/* What was forgotten stays so as long as the lesson stands. */
static enum store_status
set(struct store *store, const GPtrArray *old, GPtrArray *lessons)
{
	enum store_status status = STORE_OK;
	bool changed = false;

	for (guint i = 0; status == STORE_OK && i < old->len; i++) {
		const struct lesson *was = old->pdata[i];
		struct lesson *is = same_customer(lessons, was);

		if (is) {
			is->id = was->id;
			is->forgot = was->forgot;
		}
		if (is && fields_equal(fields, COUNT, is, was))
			continue;
		status = drop(store, was);
		if (is)
			is->id = 0;
		changed = true;
	}
	for (guint i = 0; status == STORE_OK && i < lessons->len; i++) {
		struct lesson *is = lessons->pdata[i];

		if (is->id)
			continue;
		status = add(store, is);
		changed = true;
	}
	return status == STORE_OK && !changed ? STORE_KNOWN : status;
}

enum store_status
store_lesson_set(struct store *store, int64_t payment, GPtrArray *lessons)
{
	g_autoptr(GPtrArray) old = NULL;
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	status = store_lesson_of(store, payment, &old);
	for (guint i = 0; i < lessons->len; i++) {
		struct lesson *lesson = lessons->pdata[i];

		lesson->payment = payment;
		lesson->id = 0;
		lesson->forgot = 0;
	}
	if (status == STORE_OK)
		status = set(store, old, lessons);
	return verb_end(store, own, status);
}

enum store_status
store_lesson_add(struct store *store, struct lesson *lesson)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, add(store, lesson));
}

/* ---- forgetting --------------------------------------------------------------------- */

static bool
says(const struct lesson *lesson, enum lesson_part part, const char *value)
{
	const char *own = part == LESSON_ACCOUNT ? lesson->account :
	    part == LESSON_ALIAS ? lesson->alias : NULL;

	return !(lesson->forgot & (int)part) && (part == LESSON_HABITS ||
	    (own && g_strcmp0(own, value) == 0));
}

static enum store_status
forget_one(struct store *store, struct lesson *lesson, enum lesson_part part)
{
	struct lesson was = *lesson;
	enum store_status status;

	lesson->forgot |= (int)part;
	status = run_lesson(store,
	    "UPDATE lesson SET forgot = :forgot WHERE id = :id", lesson);
	if (status != STORE_OK)
		return status;
	return part == LESSON_ACCOUNT ? drop_account(store, &was) :
	    part == LESSON_ALIAS ? drop_alias(store, &was) :
	    drop_habits(store, &was);
}

/* An account that was given, not learned. */
static enum store_status
forget_given(struct store *store, int64_t customer, const char *account)
{
	sqlite3_stmt *stmt = statement(store, "DELETE FROM customer_account"
	    " WHERE account = :account AND customer = :customer");

	bind_text(stmt, ":account", account);
	bind_int(stmt, ":customer", customer);
	return write_one(store, stmt);
}

static enum store_status
forget(struct store *store, int64_t customer, enum lesson_part part,
    const char *value)
{
	g_autoptr(GPtrArray) list = NULL;
	enum store_status status = store_lesson_list(store, customer, 0, &list);
	bool found = false;

	for (guint i = 0; status == STORE_OK && i < list->len; i++) {
		struct lesson *lesson = list->pdata[i];

		if (!says(lesson, part, value))
			continue;
		found = true;
		status = forget_one(store, lesson, part);
	}
	if (status == STORE_OK && part == LESSON_ACCOUNT) {
		status = forget_given(store, customer, value);
		found |= status == STORE_OK;
		if (status == STORE_NONE)
			status = STORE_OK;
	}
	return status == STORE_OK && !found ? STORE_NONE : status;
}

enum store_status
store_lesson_forget(struct store *store, int64_t customer,
    enum lesson_part part, const char *value)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, forget(store, customer, part, value));
}
