/*
 * statement.h - the one door for statements of every format. A format is one
 * row of the table in statement.c: it looks whether a file is its own, and
 * reads it from an input into a sink. It is run twice over the same input:
 * first the sink sums and checks, then it writes; so a format holds one
 * entry at a time, and a file that breaks off gives nothing at all.
 */
#ifndef STATEMENT_H
#define STATEMENT_H

#include "../parser.h"

struct input;
struct sink;

struct format {
	const char *name;	/* "camt", "mt940" … */
	/* Is a file that begins so one of these? At most INPUT_HEAD bytes as
	 * they stand in the file, a zero byte behind them. */
	bool (*probe)(const char *head, size_t length);
	/* Reads all of the input. NULL, or what is wrong with it: the line,
	 * and what was expected there (caller frees). Must do the same each
	 * time. What is wrong with one statement goes to sink_refuse(). */
	char *(*read)(struct input *input, struct sink *sink);
};

/* ---- input: the bytes of one file -------------------------------------------- */

#define INPUT_HEAD 4096u	/* bytes that a probe sees */
#define INPUT_LINE 65536u	/* bytes of one line or piece */

/* The next bytes as they stand in the file, borrowed until the next call; 0
 * at the end. */
size_t input_chunk(struct input *input, const char **bytes);

/* The next line as UTF-8 without its end (LF or CR LF) and without a BOM in
 * front of the file; NULL at the end, or when there is none that can be read
 * (too long, a NUL byte): then statement_read() says so, whatever read()
 * gives. Borrowed until the next call. */
const char *input_line(struct input *input);
/* The same up to a delimiter other than LF, which is not part of it. */
const char *input_piece(struct input *input, char delimiter);
/* Number of the line that was given last, or where the piece ended; from 1. */
unsigned input_line_number(const struct input *input);
/* Charset of lines and pieces of a file that is not UTF-8 as a whole, instead
 * of WINDOWS-1252. Only those that charset_preload() knows can be had. */
void input_charset(struct input *input, const char *charset);

/* "line N: expected WHAT", for read() to give back; and "line N: WHY". */
char *input_fault(const struct input *input, const char *what, ...)
    G_GNUC_PRINTF(2, 3);
char *input_problem(const struct input *input, const char *why);

/* ---- sink: what a file says ---------------------------------------------------- */

enum coverage {
	COVERAGE_STATEMENT,	/* balances before and after; all that is booked */
	COVERAGE_REPORT,	/* of the day, interim: no continuity, comes again */
	COVERAGE_LIST		/* booked, but the format has no opening balance */
};

enum balance { BALANCE_OPENING, BALANCE_CLOSING };

/* A statement begins; then its values and entries, in any order; it ends.
 * What stands outside of begin and end is ignored. */
void sink_begin(struct sink *sink, enum coverage coverage);
void sink_end(struct sink *sink);

/* EVENT_ACCOUNT (blanks are left out), EVENT_STATEMENT_ID (must be there:
 * account and day when the format has none), EVENT_CURRENCY (of the account,
 * when it is known without a balance), EVENT_SEQUENCE, EVENT_BANK … */
void sink_set(struct sink *sink, enum event_field field, const char *value);
/* Signed: a debit balance is negative. day: ISO, or NULL. A second one that
 * differs makes the statement refused. */
void sink_balance(struct sink *sink, enum balance balance, int64_t minor,
    const char *currency, const char *day);
/* The statement settles nothing, and this is why. */
void sink_refuse(struct sink *sink, const char *field, const char *why);

/* A booked entry: counts into the sum, and is one event of a kind (credit,
 * debit, return) with amount and currency, which the caller fills until the
 * next sink_entry(), sink_part() or sink_end(); NULL outside of a statement.
 * minor is signed: what went out is negative. A return is a credit that was
 * taken back, so that its amount is negative, too. currency NULL: the file
 * does not say it; then minor is in hundredths, and entry and statement are
 * refused. */
struct event *sink_entry(struct sink *sink, enum event_kind kind,
    int64_t minor, const char *currency);
/* For an entry of several parts: its sum, then an event for each part. */
void sink_count(struct sink *sink, int64_t minor, const char *currency);
struct event *sink_part(struct sink *sink, enum event_kind kind,
    int64_t minor, const char *currency);

/* The file is none of the format, after all (XML, but of something else):
 * read() gives a reason as ever, and the file is one that nobody knows. */
void sink_disown(struct sink *sink);

/* ---- help for formats ------------------------------------------------------------ */

/* "20261122" or "261122" (years 1980 to 2079) as ISO day into day[DAY_SIZE];
 * false (day is "") when it is none. */
bool statement_day(const char *digits, size_t length, char day[DAY_SIZE]);
/* "1234,56", "1234.5", "1.234,56" never: no grouping; as many decimals as the
 * currency has, or fewer ("12," is twelve), or noughts behind them. Not
 * negative. */
bool statement_amount(const char *text, size_t length, const char *currency,
    int64_t *minor);

/* ---- the formats, in the order in which they are asked ---------------------------- */

extern const struct format format_camt;
extern const struct format format_mt940;
extern const struct format format_ofx;
extern const struct format format_coda;
extern const struct format format_norma43;
extern const struct format format_bai2;
extern const struct format format_cnab;
extern const struct format format_csv;

/* ---- the door ------------------------------------------------------------------------ */

/* Writes one event as a line of JSON; false when that fails. */
typedef bool statement_write_fn(const char *line, size_t length, void *user);

/* Reads what stands at a seekable descriptor: its events go out only when all
 * of it can be read. NULL, or why not (caller frees). *known: some format
 * took it for its own. */
char *statement_read(int fd, statement_write_fn *write, void *user,
    bool *known);

/* Internal to input.c, sink.c and statement.c. */
struct member;			/* archive.h */
struct input *input_open(int fd, const struct member *member);
void input_free(struct input *input);
void input_rewind(struct input *input);
size_t input_head(struct input *input, char head[INPUT_HEAD + 1]);
const char *input_why(const struct input *input);	/* NULL: all is well */
struct sink *sink_new(statement_write_fn *write, void *user);
void sink_free(struct sink *sink);
/* The next file of an archive and its format's name (NULL: it has none), which
 * frames tell as EVENT_TEMPLATE; of the second pass: the statement that is its
 * first one. */
void sink_next_file(struct sink *sink, const char *format);
void sink_second_pass(struct sink *sink, unsigned first);
/* The closing (else opening) day of a statement, for the order of files. */
const char *sink_day(const struct sink *sink, unsigned statement);
unsigned sink_statements(const struct sink *sink);
bool sink_disowned(const struct sink *sink);
bool sink_failed(const struct sink *sink);	/* writing did not work */

#endif
