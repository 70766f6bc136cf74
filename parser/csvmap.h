/*
 * csvmap.h - what the columns of a bank's CSV export mean: data files
 * NAME.csvmap (mailfilter-statement(5)). Loaded before the sandbox closes.
 */
#ifndef CSVMAP_H
#define CSVMAP_H

#include "habits.h"

/* What a column is. Amounts: "amount" is signed (or has "direction" beside
 * it), "credit" and "debit" are for one side each. */
enum csv_column {
	CSV_AMOUNT, CSV_CREDIT, CSV_DEBIT, CSV_DIRECTION, CSV_CURRENCY,
	CSV_BALANCE,		/* of the account, after the row */
	CSV_FEE,
	CSV_NET,		/* what the balance moves by: amount less fee */
	CSV_STATUS, CSV_TYPE,
	CSV_ACCOUNT, CSV_BOOKED, CSV_VALUE, CSV_PAYER, CSV_PAYER_ACCOUNT,
	CSV_REMITTANCE,		/* several columns: one text */
	CSV_REFERENCE, CSV_BANK_REFERENCE, CSV_END_TO_END_ID,
	CSV_VARIABLE_SYMBOL, CSV_CONSTANT_SYMBOL, CSV_SPECIFIC_SYMBOL,
	/* From here on not a part of what a statement goes by. */
	CSV_CHARGES,		/* kept on the way: the amount is what is left */
	CSV_INSTRUCTED_AMOUNT, CSV_INSTRUCTED_CURRENCY, CSV_EXCHANGE_RATE,
	CSV_COLUMNS
};

struct csv_name {
	enum csv_column column;
	char *folded;		/* of the header's cell; NULL: by number */
	unsigned number;	/* from 1, when there is no header */
	bool optional;
};

struct csvmap {
	char *name, *title, *charset, *currency, *account;
	char delimiter;		/* 0: as the header's line says */
	bool headerless;
	bool reversed;		/* what came in is negative */
	bool fee_apart;		/* the balance moves by the fee as well */
	char *decimal, *grouping;
	struct day_habit day;
	GPtrArray *names;	/* struct csv_name */
	GPtrArray *credit, *debit;	/* char *: folded words of direction */
	GPtrArray *booked;	/* of a status that counts; empty: all do */
	GPtrArray *returned, *skipped;	/* of a type */
};

/* Reads all files of the folders, of two with one name the earlier; adds
 * "FILE:LINE: reason" to problems (may be NULL) for what is left out. */
void csvmap_load(const char *const *dirs, GPtrArray *problems);
/* Those that were loaded (borrowed). */
const GPtrArray *csvmap_all(void);
/* Forgets them. */
void csvmap_clear(void);

/* Lower case, no accents, runs of blanks one, none at the ends. */
char *csvmap_fold(const char *text);
bool csvmap_has(const struct csvmap *map, enum csv_column column);
const char *csvmap_column_name(enum csv_column column);

/* Only this one is asked, with or without its header ("map NAME"); and the
 * account of a file that names none. Copied; NULL: as the files say. */
void csvmap_choose(const char *map, const char *account);
const char *csvmap_chosen(void);
const char *csvmap_account(void);

#endif
