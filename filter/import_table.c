/*
 * import_table.c - reads a file of rows: guesses the table from the columns
 * of the first row, checks each cell as its column says, hands the row to
 * its table. Knows no column by name.
 */
#include "import_documents.h"
#include "import_row.h"
#include "print.h"
#include "progress.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define SAID_AT_MOST 50		/* bad rows and warnings of one file */
#define BULK_ROWS 10000		/* so many are written in bulk */

static const struct import_table *const tables[] = {
	&import_customers, &import_invoices, &import_payments,
	&import_history, NULL,
};

/* ---- which table ----------------------------------------------------------- */

/* Is this name one of "number|invoice_number"? Case does not count. */
static bool
has_name(const char *names, const char *name)
{
	size_t length = strlen(name);

	while (*names) {
		size_t part = strcspn(names, "|");

		if (part == length &&
		    g_ascii_strncasecmp(names, name, part) == 0)
			return true;
		names += part + (names[part] == '|');
	}
	return false;
}

static int
column_index(const struct import_table *table, const char *name)
{
	for (int i = 0; table->columns[i].names; i++) {
		if (has_name(table->columns[i].names, name))
			return i;
	}
	return -1;
}

char **
cell_at(const struct import_table *table, struct row *row, const char *column)
{
	int index = column_index(table, column);

	g_assert(index >= 0);
	return &row->cells[index];
}

const char *
cell_of(const struct import_table *table, const struct row *row,
    const char *column)
{
	int index = column_index(table, column);

	g_assert(index >= 0);
	return row->cells[index];
}

/* Known columns less unknown ones; below zero when one is missing. */
static int
table_score(const struct import_table *table, const json_t *row)
{
	bool seen[CELLS] = {false};
	int score = 0;
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)row, key, value) {
		int column = column_index(table, key);

		score += column < 0 ? -1 : 1;
		if (column >= 0)
			seen[column] = true;
	}
	for (int i = 0; table->columns[i].names; i++) {
		if (table->columns[i].required && !seen[i])
			return -1;
	}
	return score;
}

const struct import_table *
import_table_guess(const json_t *row)
{
	const struct import_table *best = NULL;
	int most = 0;

	for (int i = 0; tables[i]; i++) {
		int score = table_score(tables[i], row);

		if (score > most) {
			most = score;
			best = tables[i];
		}
	}
	return best;
}

static const struct import_table *
import_table_find(const char *type)
{
	for (int i = 0; tables[i]; i++) {
		if (strcmp(tables[i]->type, type) == 0)
			return tables[i];
	}
	return NULL;
}

/* ---- what is said about rows -------------------------------------------------- */

static void G_GNUC_PRINTF(4, 0)
say_row(struct import *import, unsigned line, const char *mark,
    const char *format, va_list arguments)
{
	g_autofree char *text = g_strdup_vprintf(format, arguments);
	unsigned said = import->warnings + import->counts[ROW_BAD];

	if (import->owner)
		say_error(import->context, "%s%s", mark, text);
	else if (said < SAID_AT_MOST)
		fprintf(stderr, "%s:%u: %s%s\n", import->file, line, mark, text);
	else if (said == SAID_AT_MOST)
		fprintf(stderr, "%s: and more\n", import->file);
}

enum row_result
row_bad(struct import *import, const struct row *row, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	say_row(import, row->line, "", format, arguments);
	va_end(arguments);
	return ROW_BAD;
}

void
row_warn(struct import *import, const struct row *row, const char *format, ...)
{
	va_list arguments;

	if (!import->context->quiet) {
		va_start(arguments, format);
		say_row(import, row->line, "warning: ", format, arguments);
		va_end(arguments);
	}
	import->warnings++;
}

enum row_result
row_failed(struct import *import, enum store_status status)
{
	import->status = status;
	return ROW_FAILED;
}

bool
row_money(struct import *import, const struct row *row, const char *name,
    const char *text, const char *currency, int64_t fallback, int64_t *minor)
{
	*minor = fallback;
	if (!text || money_parse(text, currency, minor))
		return true;
	row_bad(import, row, "%s: '%s' is no amount in %s (%d decimals)", name,
	    text, currency, money_digits(currency));
	return false;
}

enum store_status
row_customer(struct import *import, const char *text, int64_t *id)
{
	int64_t *known = g_hash_table_lookup(import->customers, text);
	struct customer *customer = NULL;
	enum store_status status;

	if (known) {
		*id = *known;
		return STORE_OK;
	}
	status = store_customer_find(import->context->store, text, &customer);
	if (status == STORE_OK) {
		*id = customer->id;
		known = g_new(int64_t, 1);
		*known = customer->id;
		g_hash_table_insert(import->customers, g_strdup(text), known);
		customer_free(customer);
	}
	return status;
}

void
row_clear(struct row *row)
{
	for (int i = 0; i < CELLS; i++)
		g_clear_pointer(&row->cells[i], g_free);
}

void
row_fill(const struct row *row, const struct column *columns, void *record)
{
	for (int i = 0; columns[i].names; i++) {
		char **member;

		if (columns[i].offset == NOWHERE || !row->cells[i])
			continue;
		member = (char **)(void *)((char *)record + columns[i].offset);
		g_free(*member);
		*member = g_strdup(row->cells[i]);
	}
}

/* ---- reading ------------------------------------------------------------------- */

struct reading {
	struct import *import;
	const struct import_table *table;
	GHashTable *columns;	/* key -> column + 1, 0 unknown */
	struct progress *progress;
	size_t lines;
	int code;
};

static const char *
column_name(const struct import_table *table, int column, char buffer[64])
{
	const char *names = table->columns[column].names;

	g_strlcpy(buffer, names, MIN(64, strcspn(names, "|") + 1));
	return buffer;
}

/* The column of a key; an unknown one is said once for the file. */
static int
find_column(struct reading *reading, const struct row *row, const char *key)
{
	struct import *import = reading->import;
	gpointer found;
	int column;

	if (g_hash_table_lookup_extended(reading->columns, key, NULL, &found))
		return GPOINTER_TO_INT(found) - 1;
	column = column_index(reading->table, key);
	g_hash_table_insert(reading->columns, g_strdup(key),
	    GINT_TO_POINTER(column + 1));
	if (column < 0 && import->options->strict) {
		row_bad(import, row, "column '%s' is unknown for %s", key,
		    reading->table->many);
		reading->code = EX_DATAERR;
		import->counts[ROW_BAD]++;
	} else if (column < 0) {
		row_warn(import, row, "column '%s' is unknown for %s and left "
		    "out", key, reading->table->many);
	}
	return column;
}

static bool
read_cell(struct reading *reading, struct row *row, int column,
    const json_t *value)
{
	enum cell_kind kind = reading->table->columns[column].kind;
	g_autofree char *why = NULL;
	char *text = cell_from_json(value, kind, &why);
	char name[64];

	if (text)
		g_strstrip(text);
	if (text && *text)
		why = cell_check(kind, &text);
	if (why)
		row_bad(reading->import, row, "%s: %s",
		    column_name(reading->table, column, name), why);
	g_free(row->cells[column]);
	row->cells[column] = text && *text ? text : NULL;
	if (text && !*text)
		g_free(text);
	return !why;
}

static bool
read_cells(struct reading *reading, struct row *row, json_t *object)
{
	const struct column *columns = reading->table->columns;
	const char *key;
	json_t *value;
	char name[64];

	json_object_foreach(object, key, value) {
		int column = find_column(reading, row, key);

		if (column >= 0 && !read_cell(reading, row, column, value))
			return false;
	}
	for (int i = 0; columns[i].names; i++) {
		if (!columns[i].required || row->cells[i])
			continue;
		row_bad(reading->import, row, "%s is missing",
		    column_name(reading->table, i, name));
		return false;
	}
	return true;
}

static bool
know_table(struct reading *reading, unsigned line, const json_t *object)
{
	struct import *import = reading->import;
	const char *type = import->options->type;

	reading->table = type ? import_table_find(type)
			      : import_table_guess(object);
	if (reading->table)
		return true;
	fprintf(stderr, "%s:%u: the columns are those of no table that "
	    "mailfilter knows; say which it is with --type (%s)\n",
	    import->file, line, import_types());
	reading->code = EX_DATAERR;
	return false;
}

/* Before the first row of a file. */
static bool
begin_rows(struct reading *reading, unsigned line, const json_t *object)
{
	struct import *import = reading->import;

	if (!know_table(reading, line, object))
		return false;
	if (reading->table->bulk && reading->lines >= BULK_ROWS)
		import->status = store_bulk_begin(import->context->store);
	import->counts[ROW_FAILED] += import->status != STORE_OK;
	return import->status == STORE_OK;
}

/* After the last one: what was kept is written. */
static void
end_rows(struct import *import)
{
	enum store_status status;

	if (import->counts[ROW_FAILED])
		return;
	status = store_bulk_end(import->context->store);
	if (status != STORE_OK) {
		import->status = status;
		import->counts[ROW_FAILED]++;
	}
}

/* Invoices in full are taken among invoices, or where nobody said what the
 * file holds. */
static bool
takes_documents(const struct reading *reading)
{
	const char *type = reading->import->options->type;

	return reading->table ? reading->table == &import_invoices :
	    !type || strcmp(type, import_invoices.type) == 0;
}

static bool
take_row(unsigned line, json_t *object, void *user)
{
	struct reading *reading = user;
	struct import *import = reading->import;
	struct row row = {.line = line};
	enum row_result result = ROW_BAD;

	bool whole = import_is_document(object) && takes_documents(reading);

	if (whole)
		reading->table = &import_invoices;
	if (!reading->table && !begin_rows(reading, line, object))
		return false;
	if (whole)
		result = import_document(import, &row, object);
	else if (read_cells(reading, &row, object))
		result = reading->table->take(import, &row);
	import->counts[result]++;
	row_clear(&row);
	progress_show(reading->progress, line);
	return result != ROW_FAILED;
}

static void
take_bad(unsigned line, const char *why, void *user)
{
	struct reading *reading = user;
	const struct row row = {.line = line};

	row_bad(reading->import, &row, "%s", why);
	reading->import->counts[ROW_BAD]++;
}

static size_t
count_lines(const char *text, size_t length)
{
	size_t lines = 0;

	for (const char *p = text, *end = text + length;
	     (p = memchr(p, '\n', (size_t)(end - p))); p++)
		lines++;
	return lines;
}

/* ---- what came of it -------------------------------------------------------------- */

static void
report(const struct import *import, const struct import_table *table)
{
	const unsigned *n = import->counts;
	unsigned all = n[ROW_NEW] + n[ROW_CHANGED] + n[ROW_KNOWN] + n[ROW_BAD];
	FILE *out = import->options->report ? stdout : stderr;

	if (import->options->report && import->context->json) {
		print_json(json_pack("{s:s, s:s, s:i, s:i, s:i, s:i}", "file",
		    import->file, "type", table->type, "new", n[ROW_NEW],
		    "changed", n[ROW_CHANGED], "known", n[ROW_KNOWN],
		    "skipped", n[ROW_BAD]));
		return;
	}
	if (import->context->quiet)
		return;
	fprintf(out, "%s: %u %s, %u new", import->file, all,
	    all == 1 ? table->one : table->many, n[ROW_NEW]);
	if (n[ROW_CHANGED])
		fprintf(out, ", %u %s", n[ROW_CHANGED], table->changed);
	if (n[ROW_KNOWN])
		fprintf(out, ", %u known already", n[ROW_KNOWN]);
	if (n[ROW_BAD])
		fprintf(out, ", %u skipped", n[ROW_BAD]);
	fputs(import->context->dry_run ? " (nothing changed)\n" : "\n", out);
}

static int
outcome(struct reading *reading)
{
	struct import *import = reading->import;
	unsigned bad = import->counts[ROW_BAD];

	if (reading->code != EX_OK && !reading->table)
		return reading->code;
	if (import->counts[ROW_FAILED])
		return store_failed(import->context, import->status);
	if (reading->code != EX_OK || (bad && !import->options->skip_bad)) {
		say_error(import->context, "%s: nothing was imported, because "
		    "%u row%s %s bad; --skip-bad leaves bad rows out",
		    import->file, bad, bad == 1 ? "" : "s",
		    bad == 1 ? "is" : "are");
		return EX_DATAERR;
	}
	if (!reading->table) {
		say_error(import->context, "%s: there is no row in it",
		    import->file);
		return EX_DATAERR;
	}
	report(import, reading->table);
	return EX_OK;
}

int
import_table_read(struct import *import, const char *text, size_t length)
{
	size_t lines = count_lines(text, length);
	struct reading reading = {
		.import = import,
		.columns = g_hash_table_new_full(g_str_hash, g_str_equal,
		    g_free, NULL),
		.progress = progress_new(import->context, import->name, lines),
		.lines = lines,
	};

	table_read(text, length, take_row, take_bad, &reading);
	end_rows(import);
	progress_free(reading.progress);
	g_hash_table_unref(reading.columns);
	return outcome(&reading);
}
