/*
 * lesson_sum.c - what the lessons of customers say together, computed from
 * all of them at once: for a long history, whose rows come by the thousand.
 * It gives what lesson.c keeps lesson by lesson; a test holds both together.
 */
#include "internal.h"

/* A list in JSON: one statement has its price, whether for one or many. */
#define COUNTS " WHERE customer IN (SELECT value FROM json_each(:customers))" \
	" AND pending = 0"

static enum store_status
sum(struct store *store, const char *sql, const char *customers)
{
	sqlite3_stmt *stmt = statement(store, sql);
	enum store_status status;

	bind_text(stmt, ":customers", customers);
	status = run(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status
sum_accounts(struct store *store, const char *customers)
{
	return sum(store, "INSERT INTO customer_account (account, customer,"
	    " source, count, own, last) SELECT account, customer, 2, count(*),"
	    " sum(own), max(day) FROM lesson" COUNTS
	    " AND account IS NOT NULL AND forgot & 1 = 0 GROUP BY account, customer"
	    " ON CONFLICT (account, customer) DO UPDATE SET"
	    " count = excluded.count, own = excluded.own,"
	    " last = excluded.last", customers);
}

static enum store_status
sum_aliases(struct store *store, const char *customers)
{
	return sum(store, "INSERT INTO customer_alias (alias, customer, count,"
	    " last) SELECT alias, customer, count(*), max(day) FROM lesson"
	    COUNTS " AND alias IS NOT NULL AND forgot & 2 = 0 GROUP BY alias, customer"
	    " ON CONFLICT (alias, customer) DO UPDATE SET"
	    " count = excluded.count, last = excluded.last", customers);
}

/* Column, and its value over all lessons of a year. */
#define BIT(X, name, bit) X(name, "sum(habits & " #bit " <> 0)")
#define DAYS(X, name, from, until) \
	X(name, "sum(date BETWEEN " #from " AND " #until ")")
#define SUMS(X) \
	X("count", "count(*)") X("aged", "sum(aged)") \
	X("age_sum", "sum(aged * age)") \
	X("age_square", "sum(aged * age * age)") \
	BIT(X, "charges", 1) BIT(X, "rounded", 2) BIT(X, "discount", 4) \
	BIT(X, "late_discount", 8) BIT(X, "several", 16) \
	BIT(X, "parts", 32) BIT(X, "misnamed", 64) BIT(X, "unnamed", 128) \
	DAYS(X, "day1", 1, 5) DAYS(X, "day6", 6, 10) \
	DAYS(X, "day11", 11, 15) DAYS(X, "day16", 16, 20) \
	DAYS(X, "day21", 21, 25) DAYS(X, "day26", 26, 31) \
	X("steps", "count(before)") \
	X("backward", "coalesce(sum(invoiced < before), 0)")
#define NAME(name, value) ", " name
#define VALUE(name, value) ", " value
#define TAKE(name, value) ", " name " = excluded." name

/* A step is from one paid invoice to the next, in the later one's year. */
static enum store_status
sum_habits(struct store *store, const char *customers)
{
	return sum(store, "INSERT INTO customer_habit (customer, year"
	    SUMS(NAME) ") SELECT customer, substr(day, 1, 4)" SUMS(VALUE)
	    " FROM (SELECT customer, day, invoiced, aged, age, habits,"
	    " CAST(substr(day, 9, 2) AS INTEGER) AS date,"
	    " iif(invoiced IS NULL, NULL, lag(invoiced) OVER (PARTITION BY"
	    " customer, invoiced IS NULL ORDER BY day, invoiced, id)) AS before"
	    " FROM lesson" COUNTS " AND forgot & 4 = 0)"
	    " WHERE true GROUP BY customer, substr(day, 1, 4)"
	    " ON CONFLICT (customer, year) DO UPDATE SET customer ="
	    " excluded.customer" SUMS(TAKE), customers);
}

enum store_status
lesson_sum(struct store *store, const int64_t *customers, guint n)
{
	g_autoptr(GString) list = g_string_new("[");
	enum store_status status;

	for (guint i = 0; i < n; i++) {
		g_string_append_printf(list, "%s%" PRId64, i ? "," : "",
		    customers[i]);
		touch(store, customers[i]);
	}
	g_string_append_c(list, ']');
	status = sum_accounts(store, list->str);
	if (!status)
		status = sum_aliases(store, list->str);
	if (!status)
		status = sum_habits(store, list->str);
	return status;
}
