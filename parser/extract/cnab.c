/*
 * cnab.c - CNAB 240 (FEBRABAN), lines of 240 columns of Brazilian banks:
 * account statements (lots of segments E), and returns of collection, where
 * segments T and U tell which boletos were paid. A return of collection is a
 * report: the bank credits its sum to the account on a day of its own.
 */
#include "statement.h"
#include "columns.h"

#include <string.h>

#define CURRENCY "BRL"

struct reader {
	struct input *input;
	struct sink *sink;
	char *file_number, *file_day;
	char *account;
	char kind;		/* of the lot being read: E, T, or 0 */
	char *title;		/* the segment T that waits for its U */
	bool ended;
};

/* ---- statements ---------------------------------------------------------------------------- */

/* A number and its check digit, without noughts in front: as it is written
 * on paper. */
static char *
account_of(const char *line, unsigned first)
{
	g_autofree char *number = columns_text(line, first, first + 11);
	char check = columns_char(line, first + 12);
	const char *digits = number + strspn(number, "0");

	if (!*digits)
		return NULL;
	return check == ' ' ? g_strdup(digits) :
	    g_strdup_printf("%s-%c", digits, check);
}

static char *
take_balance(struct reader *r, const char *line, enum balance balance)
{
	char sign = columns_char(line, 169), day[DAY_SIZE];
	int64_t minor;

	if (!columns_day(line, 143, 150, day) ||
	    !columns_amount(line, 151, 168, 2, CURRENCY, &minor) ||
	    (sign != 'D' && sign != 'C'))
		return input_fault(r->input, "a day (143-150), a balance "
		    "(151-168) and D or C (169)");
	sink_balance(r->sink, balance, sign == 'D' ? -minor : minor, CURRENCY,
	    day);
	return NULL;
}

static char *
begin_statement(struct reader *r, const char *line)
{
	g_autofree char *number = columns_text(line, 174, 178), *id = NULL;
	char day[DAY_SIZE];

	g_free(r->account);
	r->account = account_of(line, 59);
	columns_day(line, 143, 150, day);
	id = g_strjoin("/", r->account ? r->account : "", day, number, NULL);
	sink_begin(r->sink, columns_char(line, 170) == 'P' ? COVERAGE_REPORT :
	    COVERAGE_STATEMENT);
	sink_set(r->sink, EVENT_ACCOUNT, r->account);
	sink_set(r->sink, EVENT_STATEMENT_ID, id);
	sink_set(r->sink, EVENT_CURRENCY, CURRENCY);
	return take_balance(r, line, BALANCE_OPENING);
}

/* Reversals and what the clearing gives back (FEBRABAN's categories). */
static bool
is_return(const char *category)
{
	static const char *const categories[] = {"103", "118", "119", NULL};

	return g_strv_contains(categories, category);
}

static char *
on_entry(struct reader *r, const char *line)
{
	g_autofree char *text = columns_text(line, 177, 201);
	g_autofree char *document = columns_text(line, 202, 240);
	g_autofree char *category = columns_text(line, 170, 172);
	char sign = columns_char(line, 169), day[DAY_SIZE], other[DAY_SIZE];
	struct event *event;
	int64_t minor;

	if (r->kind != 'E')
		return input_fault(r->input, "the header of a statement "
		    "before it");
	if (!columns_day(line, 143, 150, day) ||
	    !columns_amount(line, 151, 168, 2, CURRENCY, &minor) ||
	    (sign != 'D' && sign != 'C'))
		return input_fault(r->input, "a day (143-150), an amount "
		    "(151-168) and D or C (169)");
	event = sink_entry(r->sink, sign == 'C' ? EVENT_CREDIT :
	    is_return(category) ? EVENT_RETURN : EVENT_DEBIT,
	    sign == 'C' ? minor : -minor, CURRENCY);
	if (!event)
		return NULL;
	event_set(event, EVENT_BOOKED, day);
	event_set(event, EVENT_VALUE, columns_day(line, 135, 142, other) ?
	    other : NULL);
	event_set(event, EVENT_REMITTANCE, columns_squeeze(text));
	columns_reference(event, columns_squeeze(document));
	return NULL;
}

/* ---- collection ------------------------------------------------------------------------------ */

static void
begin_collection(struct reader *r, const char *line)
{
	g_autofree char *id = g_strjoin("/", r->file_day, r->file_number,
	    NULL);

	g_free(r->account);
	r->account = account_of(line, 59);
	sink_begin(r->sink, COVERAGE_REPORT);
	sink_set(r->sink, EVENT_ACCOUNT, r->account);
	sink_set(r->sink, EVENT_STATEMENT_ID, id);
	sink_set(r->sink, EVENT_CURRENCY, CURRENCY);
}

/* The movements that mean that money was paid. */
static bool
is_paid(const char *line)
{
	static const char *const movements[] = {"06", "17", NULL};
	g_autofree char *movement = columns_text(line, 16, 17);

	return g_strv_contains(movements, movement);
}

static void
set_title(struct event *event, const char *title)
{
	g_autofree char *ours = columns_text(title, 38, 57);
	g_autofree char *number = columns_text(title, 59, 73);
	g_autofree char *own = columns_text(title, 106, 130);
	g_autofree char *payer = columns_text(title, 149, 188), *fee = NULL;
	int64_t minor;

	event_set(event, EVENT_REFERENCE, ours);
	event_set(event, EVENT_PAYER, payer);
	event_set(event, EVENT_REMITTANCE, number);
	columns_reference(event, ours);
	columns_reference(event, number);
	columns_reference(event, own);
	if (columns_amount(title, 199, 213, 2, CURRENCY, &minor) && minor) {
		fee = money_format(minor, CURRENCY);
		event_set(event, EVENT_FEE, fee);
	}
}

static char *
on_paid(struct reader *r, const char *line)
{
	g_autofree char *title = g_steal_pointer(&r->title);
	char booked[DAY_SIZE], value[DAY_SIZE];
	struct event *event;
	int64_t minor;

	if (r->kind != 'T' || !title)
		return input_fault(r->input, "a segment T before it");
	if (!is_paid(line))
		return NULL;
	if (!columns_amount(line, 78, 92, 2, CURRENCY, &minor) ||
	    !columns_day(line, 138, 145, booked))
		return input_fault(r->input, "the amount paid (78-92) and a "
		    "day (138-145)");
	event = sink_entry(r->sink, EVENT_CREDIT, minor, CURRENCY);
	if (!event)
		return NULL;
	event_set(event, EVENT_BOOKED, booked);
	event_set(event, EVENT_VALUE, columns_day(line, 146, 153, value) ?
	    value : NULL);
	set_title(event, title);
	return NULL;
}

/* ---- lines --------------------------------------------------------------------------------------- */

static char *
on_file(struct reader *r, const char *line)
{
	char day[DAY_SIZE];

	if (columns_char(line, 143) != '2')
		return input_fault(r->input, "a file from the bank (2 in "
		    "column 143)");
	g_free(r->file_number);
	g_free(r->file_day);
	columns_day(line, 144, 151, day);
	r->file_number = columns_text(line, 158, 163);
	r->file_day = g_strdup(day);
	return NULL;
}

static char *
on_lot(struct reader *r, const char *line)
{
	if (r->kind)
		return input_fault(r->input, "the end of the lot before");
	r->kind = columns_char(line, 9);
	if (r->kind == 'E')
		return begin_statement(r, line);
	if (r->kind == 'T')
		begin_collection(r, line);
	else
		r->kind = '-';	/* a service that says nothing of what came */
	return NULL;
}

static char *
on_lot_end(struct reader *r, const char *line)
{
	char *why = NULL;

	if (!r->kind)
		return input_fault(r->input, "the header of a lot before it");
	if (r->kind == 'E')
		why = take_balance(r, line, BALANCE_CLOSING);
	if (r->kind != '-')
		sink_end(r->sink);
	r->kind = '\0';
	g_clear_pointer(&r->title, g_free);
	return why;
}

static char *
on_segment(struct reader *r, const char *line)
{
	switch (columns_char(line, 14)) {
	case 'E':
		return on_entry(r, line);
	case 'T':
		g_free(r->title);
		r->title = g_strdup(line);
		return NULL;
	case 'U':
		return on_paid(r, line);
	default:
		return NULL;
	}
}

static char *
take_line(struct reader *r, const char *line)
{
	if (line[strspn(line, " \x1a")] == '\0')
		return NULL;
	switch (columns_char(line, 8)) {
	case '0':
		return on_file(r, line);
	case '1':
		return on_lot(r, line);
	case '3':
		return on_segment(r, line);
	case '5':
		return on_lot_end(r, line);
	case '9':
		r->ended = true;
		return NULL;
	case '2': case '4':
		return NULL;
	default:
		return input_fault(r->input, "0 to 5 or 9 in column 8");
	}
}

static char *
read_cnab(struct input *input, struct sink *sink)
{
	struct reader r = {.input = input, .sink = sink};
	const char *line;
	char *why = NULL;

	while (!why && (line = input_line(input)))
		why = take_line(&r, line);
	if (!why && (r.kind || !r.ended))
		why = input_fault(input, "the last line of the file (9 in "
		    "column 8)");
	g_free(r.file_number);
	g_free(r.file_day);
	g_free(r.account);
	g_free(r.title);
	return why;
}

/* A bank's number, lot 0000, record 0, and a line of 240. */
static bool
probe(const char *head, size_t length)
{
	size_t line = strcspn(head, "\r\n");
	(void)length;

	return strspn(head, "0123456789") >= 8 &&
	    memcmp(head + 3, "00000", 5) == 0 && line >= 235 && line <= 250;
}

const struct format format_cnab = {"cnab", probe, read_cnab};
