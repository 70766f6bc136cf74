/*
 * csv.h - rows and cells of a bank's CSV export.
 */
#ifndef CSV_H
#define CSV_H

#include "../csvmap.h"
#include "statement.h"

/* Cells (char *, blanks at their ends cut) of a line. False: a quote is not
 * closed on it. */
bool csv_split(const char *line, char delimiter, GPtrArray *cells);
/* The next row; quoted cells may hold line ends. False at the end, or with
 * *why (caller frees). */
bool csv_next(struct input *input, char delimiter, GPtrArray *cells,
    char **why);

/* A cell under the habits of a mapping, with its sign; a currency may stand
 * beside the figures. False when it is none. */
bool csv_amount(const struct csvmap *map, const char *text,
    const char *currency, int64_t *minor);
bool csv_day(const struct csvmap *map, const char *text, char day[DAY_SIZE]);

struct csv_row {
	unsigned line;
	char **cells;		/* by enum csv_column; NULL: empty */
	char day[DAY_SIZE];
	int64_t amount, fee, balance;
	int64_t moved;		/* what the balance moves by */
	bool has_balance;
};

/* The rows of one account and currency. */
struct csv_group {
	char *account, *currency;
	GPtrArray *rows;	/* struct csv_row */
};

/* Is a cell one of the mapping's words for something? */
bool csv_has_word(const GPtrArray *words, const char *text);
/* Puts a group's rows into the sink, the oldest first. */
void csv_statement(struct sink *sink, const struct csvmap *map,
    struct csv_group *group);

#endif
