/*
 * import_row.h - one kind of table in four parts: its columns, how a row of
 * it goes into the store, what is wrong with a row, and what came of it.
 */
#ifndef IMPORT_ROW_H
#define IMPORT_ROW_H

#include "import.h"

enum cell_kind {
	CELL_TEXT,	/* one line, at most 200 characters */
	CELL_LINES,	/* several lines, at most 4000 characters */
	CELL_EMAIL, CELL_EMAILS,
	CELL_DAY,	/* YYYY-MM-DD */
	CELL_MONEY,	/* plain decimal; its digits need the currency */
	CELL_CURRENCY,	/* ISO 4217 */
	CELL_COUNT,	/* 0 to 3650 */
	CELL_PERCENT,	/* plain decimal, 0 to 100, two decimals */
	CELL_YES,	/* yes no true false 1 0 */
	CELL_LIST,	/* separated by , ; or | */
	CELL_COUNTRY,	/* ISO 3166-1 alpha-2 */
	CELL_LANGUAGE,	/* BCP 47 */
	CELL_ZONE	/* IANA time zone */
};

#define NOWHERE ((size_t)-1)
#define CELLS 48		/* most columns that a table has */

struct column {
	const char *names;	/* "number|invoice_number": ours first */
	enum cell_kind kind;
	bool required;
	size_t offset;		/* of the char * member that takes it */
};

enum row_result { ROW_NEW, ROW_CHANGED, ROW_KNOWN, ROW_BAD, ROW_FAILED };

struct row {
	unsigned line;
	char *cells[CELLS];	/* trimmed, NULL when absent; lists: one a line */
};

struct import {
	struct context *context;
	const struct import_options *options;
	const char *file;	/* as given */
	const char *name;	/* without folders */
	char *document;		/* what the store knows the file by: the hash
				 * of its content */
	GHashTable *customers;	/* text of a file -> id, a cache */
	struct learner *learner;
	unsigned counts[ROW_FAILED + 1];
	bool looks_back;	/* new invoices: money waits for such */
	bool owner;		/* a command, not a file: the owner's word */
	int64_t id;		/* of the row taken last */
	unsigned warnings, unmatched;
	enum store_status status;	/* of ROW_FAILED */
};

struct import_table {
	const char *type;
	const char *one, *many;	/* "invoice", "invoices" */
	const char *changed;	/* what ROW_CHANGED means here */
	const struct column *columns;	/* NULL names at the end */
	bool bulk;		/* many rows are written in bulk */
	enum row_result (*take)(struct import *import, const struct row *row);
};
extern const struct import_table import_customers, import_invoices,
    import_payments, import_history;

/* ---- cells.c (pure) ------------------------------------------------------ */

/* NULL when the text is in order (and in its canonical form now), else the
 * reason; the caller frees it. */
char *cell_check(enum cell_kind kind, char **text);
/* NULL when a text is no longer than so many characters and has none that
 * controls or hides, else the reason; line ends and tabs may be in `lines`. */
char *cell_characters(const char *text, glong longest, bool lines);
/* What a JSON value means as a cell's text; NULL when it means none (*why). */
char *cell_from_json(const json_t *value, enum cell_kind kind, char **why);
bool cell_yes(const char *text);
int cell_percent(const char *text);	/* hundredths of a percent */

/* ---- import_table.c -------------------------------------------------------- */

/* Reads a whole file of rows. EX_OK, or the exit code of the first trouble,
 * all of which is said. Inside the caller's transaction. */
int import_table_read(struct import *import, const char *text, size_t length);
/* Whose columns a first row has; NULL when it is no table of ours. */
const struct import_table *import_table_guess(const json_t *row);
/* Frees the cells. */
void row_clear(struct row *row);
/* Copies the cells that have a member of their own into it. */
void row_fill(const struct row *row, const struct column *columns,
    void *record);
/* The cell of a column by its own name; it must exist. */
char **cell_at(const struct import_table *table, struct row *row,
    const char *column);
const char *cell_of(const struct import_table *table, const struct row *row,
    const char *column);
/* "FILE:LINE: reason" on stderr; a command has no line, only its reason. */
enum row_result row_bad(struct import *import, const struct row *row,
    const char *format, ...) G_GNUC_PRINTF(3, 4);
void row_warn(struct import *import, const struct row *row,
    const char *format, ...) G_GNUC_PRINTF(3, 4);
enum row_result row_failed(struct import *import, enum store_status status);
/* Money of a cell in a currency; false: ROW_BAD was said. Absent: fallback. */
bool row_money(struct import *import, const struct row *row, const char *name,
    const char *text, const char *currency, int64_t fallback, int64_t *minor);
/* The id of a customer by key, name or address; STORE_NONE. */
enum store_status row_customer(struct import *import, const char *text,
    int64_t *id);

/* ---- import.c ---------------------------------------------------------------- */

/* The transaction of one file; a dry run keeps it open. finish rolls back
 * unless code is EX_OK, and gives the exit code. */
int import_begin(struct context *context);
int import_finish(struct context *context, int code);
void import_roll_back(struct context *context);

/* ---- import_mail.c, import_statement.c ------------------------------------- */

int import_mail(struct import *import, const char *text, size_t length);
int import_mbox(struct import *import, const char *text, size_t length);
int import_maildir(struct import *import);
/* *unknown: it is of no format that is known; nothing was said. */
int import_statement(struct import *import, int fd, bool *unknown);

#endif
