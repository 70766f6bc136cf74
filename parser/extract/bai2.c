/*
 * bai2.c - BAI2 cash reports (BAI 1987, ASC X9.121 alike): records of fields
 * that end with "/", continued by records 88. The balances of an account
 * stand in its first record, so that all of it is read before it is judged.
 */
#include "statement.h"

#include <stdlib.h>
#include <string.h>

#define RECORD_LIMIT 60000u	/* bytes with all continuations */
#define FULL_LINE 80u

struct reader {
	struct input *input;
	struct sink *sink;
	GString *record;	/* fields of a record and its continuations */
	unsigned record_line;
	size_t last_line;	/* how long its last line was */
	bool ended_field;	/* that line ended with "/" */
	char group_currency[4], currency[4], day[DAY_SIZE];
	bool interim, begun, ended;
	int64_t control;	/* of the account, as written */
};

/* ---- fields ----------------------------------------------------------------------------- */

/* Takes the next field off *rest; "" behind the last one. The caller frees. */
static char *
next_field(const char **rest)
{
	size_t length = strcspn(*rest, ",");
	char *field = g_strstrip(g_strndup(*rest, length));

	*rest += length + ((*rest)[length] == ',');
	return field;
}

static void
skip_fields(const char **rest, long count)
{
	while (count-- > 0 && **rest)
		g_free(next_field(rest));
}

/* Minor units as they stand there; "" is nought. */
static bool
plain_amount(const char *text, int64_t *minor)
{
	bool negative = *text == '-';
	const char *digits = text + (*text == '-' || *text == '+');
	size_t length = strlen(digits);

	*minor = 0;
	if (length > 16 || strspn(digits, "0123456789") != length ||
	    (length == 0 && digits != text))
		return false;
	*minor = strtoll(digits, NULL, 10);
	if (negative)
		*minor = -*minor;
	return true;
}

/* What the type of funds brings with it: shares of the amount, or days. */
static void
skip_funds(const char **rest, char *value)
{
	g_autofree char *type = next_field(rest), *day = NULL, *count = NULL;

	if (value)
		*value = '\0';
	switch (*type) {
	case 'V': case 'v':
		day = next_field(rest);
		if (value)
			statement_day(day, strlen(day), value);
		skip_fields(rest, 1);
		break;
	case 'S': case 's':
		skip_fields(rest, 3);
		break;
	case 'D': case 'd':
		count = next_field(rest);
		skip_fields(rest, MIN(strtol(count, NULL, 10), 1000) * 2);
		break;
	}
}

static char *
fault(const struct reader *r, const char *expected)
{
	return g_strdup_printf("line %u: expected %s", r->record_line, expected);
}

static bool
take_currency(char currency[4], const char *code)
{
	if (!*code)
		return true;
	if (money_digits(code) < 0)
		return false;
	g_strlcpy(currency, code, 4);
	return true;
}

/* ---- an account --------------------------------------------------------------------------- */

struct balances {
	bool opening_there, closing_there;
	int64_t opening, closing;
};

/* Types 010 and 015 are the balances of the ledger; the others sum up. */
static char *
take_summaries(struct reader *r, const char *rest, struct balances *b)
{
	while (*rest) {
		g_autofree char *type = next_field(&rest), *amount = NULL;
		int64_t minor;

		if (!*type)
			continue;	/* a comma too many */
		amount = next_field(&rest);
		skip_fields(&rest, 1);
		skip_funds(&rest, NULL);
		if (!plain_amount(amount, &minor))
			return fault(r, "amounts in the account's record");
		r->control += minor;
		if (strcmp(type, "010") == 0 && *amount) {
			b->opening_there = true;
			b->opening = minor;
		} else if (strcmp(type, "015") == 0 && *amount) {
			b->closing_there = true;
			b->closing = minor;
		}
	}
	return NULL;
}

static char *
on_account(struct reader *r, const char *rest)
{
	g_autofree char *account = next_field(&rest);
	g_autofree char *currency = next_field(&rest), *id = NULL;
	struct balances b = {0};
	char *why;

	if (r->begun)
		return fault(r, "the end of the account before (record 49)");
	g_strlcpy(r->currency, *r->group_currency ? r->group_currency : "USD",
	    sizeof r->currency);
	if (!*account || !take_currency(r->currency, currency))
		return fault(r, "an account and a currency in use");
	r->control = 0;
	why = take_summaries(r, rest, &b);
	if (why)
		return why;
	sink_begin(r->sink, r->interim ? COVERAGE_REPORT :
	    b.opening_there && b.closing_there ? COVERAGE_STATEMENT :
	    COVERAGE_LIST);
	r->begun = true;
	id = g_strjoin("/", account, r->day, NULL);
	sink_set(r->sink, EVENT_ACCOUNT, account);
	sink_set(r->sink, EVENT_STATEMENT_ID, id);
	sink_set(r->sink, EVENT_CURRENCY, r->currency);
	if (b.opening_there)
		sink_balance(r->sink, BALANCE_OPENING, b.opening, r->currency,
		    r->day);
	if (b.closing_there)
		sink_balance(r->sink, BALANCE_CLOSING, b.closing, r->currency,
		    r->day);
	return NULL;
}

/* ---- an entry ------------------------------------------------------------------------------- */

/* Two blanks, or the word before the next ":" or "=". */
static const char *
end_of_name(const char *text)
{
	size_t length = strcspn(text, ":=");
	const char *gap = strstr(text, "  ");

	if (text[length])
		while (length > 0 && text[length] != ' ')
			length--;
	return gap && gap < text + length ? gap : text + length;
}

/* The name behind one of the labels that banks put into the text. */
static void
set_payer(struct event *event, const char *text)
{
	static const char *const labels[] = {"ORIG CO NAME:", "BO1:",
	    "B/O CUSTOMER:", "ORIGINATOR:", "B/O:", "ORG=", "ORG:"};

	for (size_t i = 0; i < G_N_ELEMENTS(labels); i++) {
		const char *at = strstr(text, labels[i]), *end;
		g_autofree char *name = NULL;

		if (!at || (at > text && g_ascii_isalnum(at[-1])))
			continue;
		at += strlen(labels[i]) + strspn(at + strlen(labels[i]), " ");
		end = end_of_name(at);
		name = g_strndup(at, (size_t)(end - at));
		event_set(event, EVENT_PAYER, name);
		return;
	}
}

/* Credits are types 100 to 399, debits 400 to 699; each bank's own are
 * 920 to 959 and 960 to 999. Others are about no money. */
static int
direction_of(long type)
{
	if ((type >= 100 && type <= 399) || (type >= 920 && type <= 959))
		return 1;
	if ((type >= 400 && type <= 699) || (type >= 960 && type <= 999))
		return -1;
	return 0;
}

/* A deposited item, an ACH debit of ours that comes back. */
static bool
is_return(long type)
{
	return type == 555 || type == 557 || type == 558 || type == 561;
}

static char *
on_entry(struct reader *r, const char *rest)
{
	g_autofree char *type = next_field(&rest), *amount = next_field(&rest);
	g_autofree char *bank = NULL, *customer = NULL, *text = NULL;
	long number = strtol(type, NULL, 10);
	int direction = direction_of(number);
	char value[DAY_SIZE];
	struct event *event;
	int64_t minor;

	skip_funds(&rest, value);
	bank = next_field(&rest);
	customer = next_field(&rest);
	text = g_strstrip(g_strdup(rest));
	if (!r->begun)
		return fault(r, "an account (record 03) before it");
	if (strlen(type) != 3 || !plain_amount(amount, &minor) || minor < 0)
		return fault(r, "a type of three digits and an amount");
	r->control += minor;
	if (direction == 0)
		return NULL;
	event = sink_entry(r->sink, direction > 0 ? EVENT_CREDIT :
	    is_return(number) ? EVENT_RETURN : EVENT_DEBIT,
	    direction * minor, r->currency);
	if (!event)
		return NULL;
	event_set(event, EVENT_BOOKED, r->day);
	event_set(event, EVENT_VALUE, *value ? value : NULL);
	event_set(event, EVENT_BANK_REFERENCE, bank);
	if (strpbrk(customer, "123456789"))
		event_add_reference(event, customer);
	event_set(event, EVENT_REMITTANCE, *text ? text : customer);
	set_payer(event, text);
	return NULL;
}

/* ---- groups and ends -------------------------------------------------------------------------- */

static char *
on_group(struct reader *r, const char *rest)
{
	g_autofree char *day = NULL, *currency = NULL, *modifier = NULL;

	skip_fields(&rest, 3);
	day = next_field(&rest);
	skip_fields(&rest, 1);
	currency = next_field(&rest);
	modifier = next_field(&rest);
	r->group_currency[0] = '\0';
	if (!statement_day(day, strlen(day), r->day))
		return fault(r, "a day in the group's record (02)");
	if (!take_currency(r->group_currency, currency))
		return fault(r, "a currency in use in the group's record (02)");
	r->interim = strcmp(modifier, "1") == 0 || strcmp(modifier, "3") == 0;
	return NULL;
}

static char *
on_account_end(struct reader *r, const char *rest)
{
	g_autofree char *control = next_field(&rest);
	int64_t minor;

	if (!r->begun)
		return fault(r, "an account (record 03) before it");
	if (!plain_amount(control, &minor))
		return fault(r, "a control total");
	if (*control && minor != r->control)
		sink_refuse(r->sink, "entries", "they do not make the control "
		    "total of the account");
	sink_end(r->sink);
	r->begun = false;
	return NULL;
}

static char *
take_record(struct reader *r)
{
	const char *rest = r->record->str;
	g_autofree char *type = next_field(&rest);

	if (strcmp(type, "02") == 0)
		return on_group(r, rest);
	if (strcmp(type, "03") == 0)
		return on_account(r, rest);
	if (strcmp(type, "16") == 0)
		return on_entry(r, rest);
	if (strcmp(type, "49") == 0)
		return on_account_end(r, rest);
	r->ended = strcmp(type, "99") == 0;
	if (strcmp(type, "01") != 0 && strcmp(type, "98") != 0 && !r->ended)
		return fault(r, "a record 01, 02, 03, 16, 49, 88, 98 or 99");
	return NULL;
}

/* ---- the file ------------------------------------------------------------------------------------ */

/* Have all fields of an entry been there, so that a text goes on? */
static bool
is_in_text(const char *record)
{
	const char *rest = record;

	if (!g_str_has_prefix(record, "16,"))
		return false;
	skip_fields(&rest, 3);
	skip_funds(&rest, NULL);
	skip_fields(&rest, 2);
	return *rest != '\0';
}

/* "/" ends a field; a text goes on behind a line that was full, else behind a
 * blank. */
static char *
continue_record(struct reader *r, const char *text)
{
	bool fields = !is_in_text(r->record->str) && (r->ended_field ||
	    g_str_has_prefix(r->record->str, "03,"));
	GString *record = r->record;

	if (record->len == 0)
		return input_fault(r->input, "a record to continue");
	if (record->len + strlen(text) > RECORD_LIMIT)
		return input_fault(r->input, "the end of a record");
	if (fields)
		g_string_append_c(record, ',');
	else if (r->last_line < FULL_LINE &&
	    record->str[record->len - 1] != ',')
		g_string_append_c(record, ' ');
	g_string_append(record, text);
	return NULL;
}

static char *
take_line(struct reader *r, const char *whole)
{
	g_autofree char *line = g_strchomp(g_strdup(whole));
	size_t length = strlen(line);
	char *why = NULL;
	bool ended;

	if (length == 0 || strcmp(line, "\x1a") == 0)
		return NULL;
	ended = line[length - 1] == '/';
	if (ended)
		line[length - 1] = '\0';
	if (g_str_has_prefix(line, "88,")) {
		why = continue_record(r, line + 3);
	} else {
		why = r->record->len > 0 ? take_record(r) : NULL;
		g_string_assign(r->record, line);
		r->record_line = input_line_number(r->input);
	}
	r->last_line = length;
	r->ended_field = ended;
	return why;
}

static char *
read_bai2(struct input *input, struct sink *sink)
{
	struct reader r = {.input = input, .sink = sink,
	    .record = g_string_new(NULL)};
	const char *line;
	char *why = NULL;

	while (!why && (line = input_line(input)))
		why = take_line(&r, line);
	if (!why && r.record->len > 0)
		why = take_record(&r);
	if (!why && (r.begun || !r.ended))
		why = input_fault(input, "the end of the file (record 99)");
	g_string_free(r.record, TRUE);
	return why;
}

static bool
probe(const char *head, size_t length)
{
	const char *next = strchr(head, '\n');
	(void)length;

	return g_str_has_prefix(head, "01,") && next &&
	    g_str_has_prefix(next + 1, "02,");
}

const struct format format_bai2 = {"bai2", probe, read_bai2};
