/*
 * coda.c - CODA, the statement of Belgian banks (Febelfin, version 2): lines
 * of 128 columns. A movement with details is counted once: its details are
 * the events when they make up its amount, else the movement is.
 */
#include "statement.h"
#include "columns.h"

#include <string.h>

#define DETAIL_LIMIT 20000u

struct movement {
	unsigned detail;	/* 0: counts for the balance */
	bool debit;
	int64_t minor;
	char value[DAY_SIZE], booked[DAY_SIZE];
	char *bank, *end_to_end, *account, *name;
	GString *text;		/* with its blanks */
	GString *notes;		/* of the bank (records 3) */
	bool structured, returned;
};

struct reader {
	struct input *input;
	struct sink *sink;
	GPtrArray *group;	/* struct movement: the one that counts first */
	struct movement *last;
	char *currency, *account;
	char year[5];
	char stage;		/* type of the last record of the frame: 0, 1,
				 * 8 or 9 */
	int64_t debits, credits;
};

/* ---- movements ------------------------------------------------------------------------ */

static void
movement_free(gpointer data)
{
	struct movement *m = data;

	g_free(m->bank);
	g_free(m->end_to_end);
	g_free(m->account);
	g_free(m->name);
	g_string_free(m->text, TRUE);
	g_string_free(m->notes, TRUE);
	g_free(m);
}

static char *
on_movement(struct reader *r, const char *line)
{
	struct movement *m = g_new0(struct movement, 1);
	g_autofree char *text = columns_exact(line, 63, 115);
	char sign = columns_char(line, 32);
	long detail = columns_number(line, 7, 10);

	m->text = g_string_new(text);
	m->notes = g_string_new(NULL);
	m->bank = columns_text(line, 11, 31);
	m->detail = (unsigned)MAX(detail, 0);
	m->debit = sign == '1';
	m->structured = columns_char(line, 62) == '1';
	g_ptr_array_add(r->group, m);
	r->last = m;
	columns_day(line, 48, 53, m->value);
	columns_day(line, 116, 121, m->booked);
	if ((sign != '0' && sign != '1') || detail < 0 ||
	    !columns_amount(line, 33, 47, 3, r->currency, &m->minor))
		return input_fault(r->input, "a detail number (7-10), 0 or 1 "
		    "(32) and an amount (33-47)");
	if (r->group->len > DETAIL_LIMIT)
		return input_fault(r->input, "fewer details of a movement");
	return NULL;
}

static void
on_second(struct movement *m, const char *line)
{
	g_autofree char *text = columns_exact(line, 11, 63);

	g_string_append(m->text, text);
	g_free(m->end_to_end);
	m->end_to_end = columns_text(line, 64, 98);
	m->returned = strchr("1234", columns_char(line, 113)) != NULL;
}

static void
on_third(struct movement *m, const char *line)
{
	g_autofree char *text = columns_exact(line, 83, 125);
	g_autofree char *account = columns_text(line, 11, 44);

	account[strcspn(account, " ")] = '\0';
	g_string_append(m->text, text);
	g_free(m->account);
	m->account = g_strdup(account);
	g_free(m->name);
	m->name = columns_text(line, 48, 82);
}

/* What the bank adds: the whole name, or a text. */
static void
on_note(struct movement *m, const char *line)
{
	char record = columns_char(line, 2);
	g_autofree char *text = record == '1' ? columns_text(line, 41, 113) :
	    record == '2' ? columns_text(line, 11, 115) :
	    columns_text(line, 11, 100);
	bool structured = record == '1' && columns_char(line, 40) == '1';

	if (structured && g_str_has_prefix(text, "001") && !*(m->name ?
	    m->name : "")) {
		g_free(m->name);
		m->name = columns_text(line, 44, 113);
	}
	if (structured || (record != '1' && m->notes->len == 0))
		return;
	if (m->notes->len > 0)
		g_string_append_c(m->notes, ' ');
	g_string_append(m->notes, text);
}

/* ---- events ------------------------------------------------------------------------------ */

/* Kinds 101 and 102 are the payer's structured reference, 127 a direct debit
 * with its mandate; of others the text is kept as it stands. */
static void
set_structured(struct event *event, struct movement *m)
{
	g_autofree char *kind = columns_exact(m->text->str, 1, 3);
	g_autofree char *rest = NULL;

	if (strcmp(kind, "101") == 0 || strcmp(kind, "102") == 0) {
		rest = columns_text(m->text->str, 4, 15);
		event_set(event, EVENT_REFERENCE, rest);
		event_add_reference(event, rest);
		return;
	}
	if (strcmp(kind, "127") == 0)
		rest = columns_text(m->text->str, 83, 144);
	else
		rest = columns_text(m->text->str, 4, 152);
	event_set(event, EVENT_REMITTANCE, columns_squeeze(rest));
}

static void
fill_event(struct event *event, struct movement *m)
{
	if (!event)
		return;
	event_set(event, EVENT_BOOKED, *m->booked ? m->booked : NULL);
	event_set(event, EVENT_VALUE, *m->value ? m->value : NULL);
	event_set(event, EVENT_PAYER, m->name);
	event_set(event, EVENT_PAYER_ACCOUNT, m->account);
	event_set(event, EVENT_BANK_REFERENCE, m->bank);
	if (m->structured)
		set_structured(event, m);
	else
		event_set(event, EVENT_REMITTANCE,
		    columns_squeeze(m->text->str));
	if (!event_get(event, EVENT_REMITTANCE))
		event_set(event, EVENT_REMITTANCE, m->notes->str);
	if (m->end_to_end && *m->end_to_end &&
	    !strstr(m->end_to_end, "NOTPROVIDED") &&
	    !strstr(m->end_to_end, "NOT PROVIDED")) {
		event_set(event, EVENT_END_TO_END_ID, m->end_to_end);
		event_add_reference(event, m->end_to_end);
	}
}

static enum event_kind
kind_of(const struct movement *m)
{
	if (!m->debit)
		return EVENT_CREDIT;
	return m->returned ? EVENT_RETURN : EVENT_DEBIT;
}

static int64_t
signed_amount(const struct movement *m)
{
	return m->debit ? -m->minor : m->minor;
}

static bool
details_sum_up(const GPtrArray *group)
{
	const struct movement *whole = group->pdata[0];
	int64_t sum = 0;

	for (guint i = 1; i < group->len; i++)
		sum += signed_amount(group->pdata[i]);
	return group->len > 2 && sum == signed_amount(whole);
}

/* The id of a batch is not the id of each of its parts. */
static void
number_detail(struct movement *m, const struct movement *whole, guint number)
{
	char *own = m->bank;

	if (strcmp(own, whole->bank) != 0)
		return;
	m->bank = g_strdup_printf("%s/%u", own, number);
	g_free(own);
}

static void
finish_group(struct reader *r)
{
	struct movement *whole;

	if (r->group->len == 0)
		return;
	whole = r->group->pdata[0];
	*(whole->debit ? &r->debits : &r->credits) += whole->minor;
	if (details_sum_up(r->group)) {
		sink_count(r->sink, signed_amount(whole), r->currency);
		for (guint i = 1; i < r->group->len; i++) {
			struct movement *m = r->group->pdata[i];

			number_detail(m, whole, i);
			fill_event(sink_part(r->sink, kind_of(m),
			    signed_amount(m), r->currency), m);
		}
	} else {
		fill_event(sink_entry(r->sink, kind_of(whole),
		    signed_amount(whole), r->currency), whole);
	}
	g_ptr_array_set_size(r->group, 0);
	r->last = NULL;
}

/* ---- the frame ---------------------------------------------------------------------------- */

static char *
on_header(struct reader *r, const char *line)
{
	char day[DAY_SIZE];

	if (r->stage != '9')
		return input_fault(r->input, "the end of the statement "
		    "before (record 9)");
	if (columns_char(line, 128) != '2')
		return input_fault(r->input, "version 2 of CODA (column 128)");
	if (!columns_day(line, 6, 11, day))
		return input_fault(r->input, "a day (6-11)");
	g_strlcpy(r->year, day, sizeof r->year);
	r->debits = r->credits = 0;
	return NULL;
}

/* The account stands before its currency; only the oldest structure has both
 * closer together. */
static void
set_account(struct reader *r, const char *line, unsigned first, bool oldest)
{
	g_free(r->account);
	g_free(r->currency);
	r->account = columns_text(line, first, first + (oldest ? 11 : 33));
	r->currency = columns_text(line, first + (oldest ? 13 : 34),
	    first + (oldest ? 15 : 36));
}

static char *
take_balance(struct reader *r, const char *line, enum balance balance,
    unsigned first)
{
	char sign = columns_char(line, first), day[DAY_SIZE];
	int64_t minor;

	if ((sign != '0' && sign != '1') || !columns_amount(line, first + 1,
	    first + 15, 3, r->currency, &minor))
		return input_fault(r->input, "0 or 1 and a balance (%u-%u)",
		    first, first + 15);
	if (!columns_day(line, first + 16, first + 21, day))
		return input_fault(r->input, "a day (%u-%u)", first + 16,
		    first + 21);
	sink_balance(r->sink, balance, sign == '1' ? -minor : minor,
	    r->currency, day);
	return NULL;
}

static char *
on_old_balance(struct reader *r, const char *line)
{
	g_autofree char *number = columns_text(line, 3, 5), *id = NULL;

	if (r->stage != '0')
		return input_fault(r->input, "a header (record 0) before it");
	set_account(r, line, 6, columns_char(line, 2) == '0');
	if (money_digits(r->currency) < 0)
		return input_fault(r->input, "a currency behind the account");
	id = g_strdup_printf("%s/%s", r->year, number);
	sink_begin(r->sink, COVERAGE_STATEMENT);
	sink_set(r->sink, EVENT_ACCOUNT, r->account);
	sink_set(r->sink, EVENT_STATEMENT_ID, id);
	return take_balance(r, line, BALANCE_OPENING, 43);
}

static char *
on_new_balance(struct reader *r, const char *line)
{
	if (r->stage != '1')
		return input_fault(r->input, "an old balance (record 1) "
		    "before it");
	finish_group(r);
	return take_balance(r, line, BALANCE_CLOSING, 42);
}

static char *
on_trailer(struct reader *r, const char *line)
{
	int64_t debits, credits;

	if (r->stage != '8')
		return input_fault(r->input, "a new balance (record 8) "
		    "before it");
	if (!columns_amount(line, 23, 37, 3, r->currency, &debits) ||
	    !columns_amount(line, 38, 52, 3, r->currency, &credits))
		return input_fault(r->input, "two sums (23-37, 38-52)");
	if (debits != r->debits || credits != r->credits)
		sink_refuse(r->sink, "entries", "their sums are not those of "
		    "its last record");
	sink_end(r->sink);
	return NULL;
}

static char *
on_record_2(struct reader *r, const char *line)
{
	char part = columns_char(line, 2);

	if (r->stage != '1')
		return input_fault(r->input, "an old balance (record 1) "
		    "before it");
	if (part == '1') {
		if (columns_number(line, 7, 10) == 0 || r->group->len == 0)
			finish_group(r);
		return on_movement(r, line);
	}
	if (!r->last || (part != '2' && part != '3'))
		return input_fault(r->input, "a movement (record 21)");
	if (part == '2')
		on_second(r->last, line);
	else
		on_third(r->last, line);
	return NULL;
}

static char *
take_line(struct reader *r, const char *line)
{
	char type = columns_char(line, 1), *why = NULL;

	if (line[strspn(line, " \x1a")] == '\0')
		return NULL;
	switch (type) {
	case '0':
		why = on_header(r, line);
		break;
	case '1':
		why = on_old_balance(r, line);
		break;
	case '2':
		return on_record_2(r, line);
	case '3':
		if (r->last)
			on_note(r->last, line);
		return NULL;
	case '4':
		return NULL;	/* about nothing that is counted */
	case '8':
		why = on_new_balance(r, line);
		break;
	case '9':
		why = on_trailer(r, line);
		break;
	default:
		return input_fault(r->input, "a record 0, 1, 2, 3, 4, 8 or 9");
	}
	r->stage = type;
	return why;
}

static char *
read_coda(struct input *input, struct sink *sink)
{
	struct reader r = {.input = input, .sink = sink, .stage = '9',
	    .group = g_ptr_array_new_with_free_func(movement_free)};
	const char *line;
	char *why = NULL;

	while (!why && (line = input_line(input)))
		why = take_line(&r, line);
	if (!why && r.stage != '9')
		why = input_fault(input, "the last record of the statement "
		    "(9)");
	g_ptr_array_unref(r.group);
	g_free(r.currency);
	g_free(r.account);
	return why;
}

/* "0", four noughts, a day, a bank and the application. */
static bool
probe(const char *head, size_t length)
{
	return length > 127 && strspn(head, "0123456789") >= 14 &&
	    g_str_has_prefix(head, "00000") && memcmp(head + 14, "05", 2) == 0;
}

const struct format format_coda = {"coda", probe, read_coda};
