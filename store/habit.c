/*
 * habit.c - what the lessons of a customer say together: habits, which a match
 * asks for, and accounts and names, which a person does.
 */
#include "internal.h"

#define YEARS 2			/* of habits that are looked at, newest first */

static const struct field fields[] = {
	FIELD(habits, INT, count), FIELD(habits, INT, aged),
	FIELD(habits, INT64, age_sum), FIELD(habits, INT64, age_square),
	FIELD(habits, INT, charges), FIELD(habits, INT, rounded),
	FIELD(habits, INT, discount), FIELD(habits, INT, late_discount),
	FIELD(habits, INT, several), FIELD(habits, INT, parts),
	FIELD(habits, INT, misnamed), FIELD(habits, INT, unnamed),
	FIELD(habits, INT, days[0]), FIELD(habits, INT, days[1]),
	FIELD(habits, INT, days[2]), FIELD(habits, INT, days[3]),
	FIELD(habits, INT, days[4]), FIELD(habits, INT, days[5]),
	FIELD(habits, INT, steps), FIELD(habits, INT, backward),
};

static void *
habits_read(sqlite3_stmt *row)
{
	struct habits *habits = g_new0(struct habits, 1);

	fields_read(fields, G_N_ELEMENTS(fields), row, habits);
	return habits;
}

static void
add_year(struct habits *sum, const struct habits *year)
{
	sum->count += year->count;
	sum->aged += year->aged;
	sum->age_sum += year->age_sum;
	sum->age_square += year->age_square;
	sum->charges += year->charges;
	sum->rounded += year->rounded;
	sum->discount += year->discount;
	sum->late_discount += year->late_discount;
	sum->several += year->several;
	sum->parts += year->parts;
	sum->misnamed += year->misnamed;
	sum->unnamed += year->unnamed;
	for (size_t i = 0; i < G_N_ELEMENTS(sum->days); i++)
		sum->days[i] += year->days[i];
	sum->steps += year->steps;
	sum->backward += year->backward;
}

enum store_status
store_habits_get(struct store *store, int64_t customer, struct habits *out)
{
	g_autoptr(GPtrArray) years = NULL;
	sqlite3_stmt *stmt = statement(store, "SELECT count, aged, age_sum,"
	    " age_square, charges, rounded, discount, late_discount, several,"
	    " parts, misnamed, unnamed, day1, day6, day11, day16, day21,"
	    " day26, steps, backward FROM customer_habit"
	    " WHERE customer = :customer ORDER BY year DESC LIMIT :years");
	enum store_status status;

	bind_int(stmt, ":customer", customer);
	bind_int(stmt, ":years", YEARS);
	status = read_list(store, stmt, habits_read, g_free, &years);
	if (status != STORE_OK)
		return status;
	*out = (struct habits){0};
	for (guint i = 0; i < years->len; i++)
		add_year(out, years->pdata[i]);
	return years->len ? STORE_OK : STORE_NONE;
}

/* ---- accounts and names of one customer, for showing them ---------------------------- */

void
known_free(struct known *known)
{
	if (!known)
		return;
	g_free(known->text);
	g_free(known->last);
	g_free(known);
}

static void *
known_read(sqlite3_stmt *row)
{
	struct known *known = g_new0(struct known, 1);

	known->text = column_string(row, 0);
	known->count = sqlite3_column_int(row, 1);
	known->own = sqlite3_column_int(row, 2);
	known->source = (enum source)sqlite3_column_int(row, 3);
	known->last = column_string(row, 4);
	return known;
}

static enum store_status
list_known(struct store *store, const char *sql, int64_t customer,
    GPtrArray **out)
{
	sqlite3_stmt *stmt = statement(store, sql);

	bind_int(stmt, ":customer", customer);
	return read_list(store, stmt, known_read, (GDestroyNotify)known_free,
	    out);
}

enum store_status
store_customer_accounts(struct store *store, int64_t customer,
    GPtrArray **out)
{
	return list_known(store, "SELECT account, count, own, source, last"
	    " FROM customer_account WHERE customer = :customer"
	    " ORDER BY source, count DESC, account", customer, out);
}

enum store_status
store_customer_aliases(struct store *store, int64_t customer, GPtrArray **out)
{
	return list_known(store, "SELECT alias, count, 0, 2, last"
	    " FROM customer_alias WHERE customer = :customer"
	    " ORDER BY count DESC, alias", customer, out);
}
