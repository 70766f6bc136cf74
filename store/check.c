/*
 * check.c - is everything in order? The file itself, the links between rows,
 * the hash chain of the journal, and that balances are what the facts say.
 */
#include "internal.h"

#include <string.h>

static void
problem(GPtrArray *problems, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
problem(GPtrArray *problems, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_ptr_array_add(problems, g_strdup_vprintf(format, arguments));
	va_end(arguments);
}

static enum store_status
check_integrity(struct store *store, GPtrArray *problems)
{
	sqlite3_stmt *stmt = statement(store, "PRAGMA integrity_check(20)");
	enum store_status status;

	while ((status = step(store, stmt)) == STORE_OK) {
		const char *text = (const char *)sqlite3_column_text(stmt, 0);

		if (g_strcmp0(text, "ok"))
			problem(problems, "%s is damaged: %s; bring back a "
			    "backup", store->path, text ? text : "?");
	}
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status
check_links(struct store *store, GPtrArray *problems)
{
	sqlite3_stmt *stmt = statement(store, "PRAGMA foreign_key_check");
	enum store_status status;

	while ((status = step(store, stmt)) == STORE_OK)
		problem(problems, "row %" PRId64 " of table %s points to a row "
		    "of %s that is not there", (int64_t)sqlite3_column_int64(stmt, 1),
		    (const char *)sqlite3_column_text(stmt, 0),
		    (const char *)sqlite3_column_text(stmt, 2));
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status
check_journal(struct store *store, GPtrArray *problems)
{
	g_autoptr(GPtrArray) entries = NULL;
	const char *previous = "";
	int64_t expected = 1;
	enum store_status status = store_journal_list(store, SUBJECT_NONE, 0,
	    &entries);

	for (guint i = 0; !status && i < entries->len; i++, expected++) {
		const struct journal_entry *entry = entries->pdata[i];
		g_autofree char *hash = journal_hash(previous, entry);

		if (entry->id != expected)
			problem(problems, "the journal has no entry %" PRId64
			    " before entry %" PRId64, expected, entry->id);
		if (strcmp(hash, entry->hash))
			problem(problems, "entry %" PRId64 " of the journal "
			    "was changed, or the one before it", entry->id);
		expected = entry->id;
		previous = entry->hash;
	}
	return status;
}

struct rule {			/* rows that this finds break a rule */
	const char *sql;
	const char *sentence;	/* with the row's name for %s */
};

static const struct rule rules[] = {
	{ "SELECT seq FROM sqlite_sequence WHERE name = 'journal'"
	  " AND seq <> (SELECT coalesce(max(id), 0) FROM journal)",
	  "the journal once had %s entries and has fewer now" },
	{ "SELECT p.key FROM payment p WHERE p.unallocated <> p.amount -"
	  " (SELECT coalesce(sum(a.amount), 0) FROM allocation a"
	  " WHERE a.payment = p.id AND a.kind = 0 AND a.reversed = 0)",
	  "payment %s: what is left is not amount less allocations" },
	{ "SELECT i.number FROM invoice i WHERE i.open <> i.opening -"
	  " (SELECT coalesce(sum(a.amount), 0) FROM allocation a"
	  " LEFT JOIN payment p ON p.id = a.payment"
	  " WHERE i.id IN (a.invoice, a.credit_note) AND a.reversed = 0"
	  " AND coalesce(p.state, 2) = 2)",
	  "invoice %s: open is not the opening balance less what settled" },
	{ "SELECT i.number FROM invoice i WHERE i.announced <>"
	  " (SELECT coalesce(sum(a.amount), 0) FROM allocation a"
	  " JOIN payment p ON p.id = a.payment"
	  " WHERE i.id IN (a.invoice, a.credit_note) AND a.reversed = 0"
	  " AND p.state <> 2)",
	  "invoice %s: announced is not what announced payments cover" },
	{ "SELECT number FROM invoice WHERE state = 1 AND open = 0"
	  " OR state = 2 AND open <> 0",
	  "invoice %s: its state does not agree with its balance" },
	{ "SELECT p.key FROM payment p WHERE NOT EXISTS (SELECT 1"
	  " FROM report_payment rp JOIN report r ON r.id = rp.report"
	  " WHERE rp.payment = p.id AND r.standing = 0)",
	  "payment %s has no report" },
	{ "SELECT p.key FROM payment p WHERE (p.trust, p.amount) <>"
	  " (SELECT r.trust, r.amount FROM report_payment rp"
	  " JOIN report r ON r.id = rp.report WHERE rp.payment = p.id"
	  " AND r.standing = 0 ORDER BY r.trust DESC,"
	  " (CASE r.channel WHEN 2 THEN 2 WHEN 1 THEN 1 ELSE 0 END) DESC,"
	  " r.content LIMIT 1)",
	  "payment %s is not what its best report says" },
	{ "SELECT r.id FROM report r WHERE NOT EXISTS (SELECT 1"
	  " FROM report_payment rp WHERE rp.report = r.id)",
	  "report %s belongs to no payment" },
	{ "SELECT p.key FROM payment p WHERE p.state = 0 AND EXISTS (SELECT 1"
	  " FROM allocation a WHERE a.payment = p.id AND a.reversed = 0)",
	  "payment %s is not confirmed, and yet allocated" },
	{ "SELECT account FROM customer_account a WHERE (count, own) <>"
	  " (SELECT count(*), coalesce(sum(l.own), 0) FROM lesson l"
	  " WHERE l.account = a.account AND l.customer = a.customer"
	  " AND l.pending = 0 AND l.forgot & 1 = 0)",
	  "what is learned about account %s is not what its lessons say" },
	{ "SELECT alias FROM customer_alias a WHERE (count, last) <>"
	  " (SELECT count(*), coalesce(max(l.day), '') FROM lesson l"
	  " WHERE l.alias = a.alias AND l.customer = a.customer"
	  " AND l.pending = 0 AND l.forgot & 2 = 0)",
	  "what is learned about the name “%s” is not what its lessons say" },
	{ "SELECT c.key FROM customer_habit h JOIN customer c"
	  " ON c.id = h.customer WHERE (count, aged, age_sum, age_square,"
	  " several, parts) <> (SELECT count(*), sum(aged), sum(aged * age),"
	  " sum(aged * age * age), sum(habits & 16 <> 0),"
	  " sum(habits & 32 <> 0) FROM lesson l WHERE l.customer = h.customer"
	  " AND substr(l.day, 1, 4) = h.year AND l.pending = 0"
	  " AND l.forgot & 4 = 0)",
	  "the habits of customer %s are not what the lessons say" },
};

static enum store_status
check_rule(struct store *store, const struct rule *rule, GPtrArray *problems)
{
	sqlite3_stmt *stmt = statement(store, rule->sql);
	enum store_status status;

	while ((status = step(store, stmt)) == STORE_OK) {
		const char *name = (const char *)sqlite3_column_text(stmt, 0);
		GString *sentence = g_string_new(rule->sentence);

		g_string_replace(sentence, "%s", name ? name : "?", 1);
		g_ptr_array_add(problems, g_string_free(sentence, FALSE));
	}
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
store_check(struct store *store, GPtrArray **out)
{
	GPtrArray *problems = g_ptr_array_new_with_free_func(g_free);
	enum store_status status = check_integrity(store, problems);

	if (!status)
		status = check_links(store, problems);
	if (!status)
		status = check_journal(store, problems);
	for (size_t i = 0; !status && i < G_N_ELEMENTS(rules); i++)
		status = check_rule(store, &rules[i], problems);
	if (status == STORE_CORRUPT) {
		g_ptr_array_add(problems, g_strdup(store_error(store)));
		status = STORE_OK;
	}
	if (status)
		g_ptr_array_unref(problems);
	else
		*out = problems;
	return status;
}
