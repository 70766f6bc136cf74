/*
 * mt940.c - SWIFT customer statements (MT940) and interim reports (MT942),
 * bare or in their envelope, any number in a file. What a message has not
 * said when its first amount comes is missing: nothing is looked up behind.
 * A message of several parts (:60M:, :62M:) is a statement for each part.
 */
#include "statement.h"
#include "mt940.h"

#include <stdlib.h>
#include <string.h>

#define FIELD_LIMIT 20000u	/* bytes of one field */

struct reader {
	struct input *input;
	struct sink *sink;
	char tag[4];		/* of the field being read, "" outside */
	GString *field;
	unsigned field_line;	/* where it begins */
	bool at_signs;		/* "@@" ends lines */
	GQueue lines;		/* char *: the rest of a line with "@@" */

	char *reference, *account, *number;	/* :20: :25: :28C: */
	char currency[4];
	bool begun, closed;	/* the sink's statement; its last balance */
	int64_t moved[2];	/* sum and number of what went out and came in */
	unsigned entries[2];
	struct mt940_line line;	/* the entry being read */
	struct mt940_info info;
	GString *text;		/* its :86: */
	bool open, numbered;
};

/* ---- an entry ----------------------------------------------------------------------- */

/* The entry is whole: the next field is none of its own. */
static char *
finish_entry(struct reader *r)
{
	bool in = r->line.credit != r->line.reversal;
	int64_t minor;

	if (!r->open)
		return NULL;
	r->open = false;
	if (r->line.expected)
		return NULL;
	if (!statement_amount(r->line.amount, strlen(r->line.amount),
	    *r->currency ? r->currency : "EUR", &minor))
		return g_strdup_printf("an amount in %s, not %s in the last "
		    "entry", r->currency, r->line.amount);
	if (r->numbered)
		mt940_info_read_numbered(r->text->str, &r->info);
	else
		mt940_info_read(r->text->str, r->line.customer, &r->info);
	mt940_entry_fill(sink_entry(r->sink, mt940_entry_kind(&r->line,
	    &r->info), in ? minor : -minor, *r->currency ? r->currency : NULL),
	    &r->line, &r->info);
	r->moved[in] += minor;
	r->entries[in]++;
	mt940_info_clear(&r->info);
	return NULL;
}

/* ---- the frame ------------------------------------------------------------------------ */

static char *
end_statement(struct reader *r)
{
	char *why = finish_entry(r);

	if (r->begun)
		sink_end(r->sink);
	memset(r->moved, 0, sizeof r->moved);
	memset(r->entries, 0, sizeof r->entries);
	r->begun = r->closed = false;
	g_clear_pointer(&r->reference, g_free);
	g_clear_pointer(&r->account, g_free);
	g_clear_pointer(&r->number, g_free);
	r->currency[0] = '\0';
	return why;
}

/* The number of a statement is often 0: then its reference names it. */
static const char *
statement_id(const struct reader *r)
{
	if (r->number && strpbrk(r->number, "123456789"))
		return r->number;
	return r->reference ? r->reference : r->number;
}

static void
begin_statement(struct reader *r, enum coverage coverage)
{
	if (r->begun)
		return;
	sink_begin(r->sink, coverage);
	sink_set(r->sink, EVENT_STATEMENT_ID, statement_id(r));
	sink_set(r->sink, EVENT_ACCOUNT, r->account);
	sink_set(r->sink, EVENT_CURRENCY, *r->currency ? r->currency : NULL);
	r->begun = true;
}

/* Takes a currency that the text begins with. */
static bool
take_currency(struct reader *r, const char *text)
{
	/* Where a file that is not UTF-8 is not western either. */
	static const struct {
		const char *currencies, *charset;
	} east[] = {{"PLN CZK HUF RON RSD BAM ALL", "WINDOWS-1250"},
	    {"RUB UAH BYN BGN KZT MKD", "WINDOWS-1251"}};
	g_autofree char *code = g_strndup(text, 3);

	if (money_digits(code) < 0)
		return false;
	g_strlcpy(r->currency, code, sizeof r->currency);
	for (size_t i = 0; i < G_N_ELEMENTS(east); i++)
		if (strstr(east[i].currencies, code))
			input_charset(r->input, east[i].charset);
	return true;
}

/* "C231231EUR1234,56" */
static char *
take_balance(struct reader *r, enum balance balance, const char *text)
{
	const char *amount = text + 7;
	char day[DAY_SIZE];
	int64_t minor;

	if ((*text != 'C' && *text != 'D') || !mt940_day(text + 1, day))
		return g_strdup("C or D, a day (YYMMDD), a currency and an "
		    "amount");
	if (take_currency(r, amount))
		amount += 3;
	else if (!*r->currency || g_ascii_isalpha(*amount))
		return g_strdup_printf("a currency in use, not \"%.3s\"",
		    amount);
	amount += strspn(amount, " ");
	if (!statement_amount(amount, strlen(amount), r->currency, &minor))
		return g_strdup_printf("an amount in %s", r->currency);
	begin_statement(r, COVERAGE_STATEMENT);
	sink_balance(r->sink, balance, *text == 'D' ? -minor : minor,
	    r->currency, day);
	return NULL;
}

static char *
on_reference(struct reader *r, const char *text)
{
	char *why = end_statement(r);

	r->reference = g_strdup(text);
	return why;
}

/* The account without the currency behind it. */
static char *
on_account(struct reader *r, const char *text)
{
	size_t length = strlen(text);

	if (r->account)
		return g_strdup("one account (:25:) in a message");
	r->account = g_strdup(text);
	if (length > 8 && take_currency(r, text + length - 3)) {
		r->account[length - 3] = '\0';
		g_strchomp(r->account);
		g_strdelimit(r->account + length - 4, "/", '\0');
	}
	return NULL;
}

static char *
on_number(struct reader *r, const char *text)
{
	g_free(r->number);
	r->number = g_strdup(text);
	return NULL;
}

static char *
on_opening(struct reader *r, const char *text)
{
	return take_balance(r, BALANCE_OPENING, text);
}

static char *
on_closing(struct reader *r, const char *text)
{
	char *why = finish_entry(r);

	r->closed = true;
	return why ? why : take_balance(r, BALANCE_CLOSING, text);
}

static char *
on_limit(struct reader *r, const char *text)
{
	if (!*r->currency && !take_currency(r, text))
		return g_strdup_printf("a currency in use, not \"%.3s\"",
		    text);
	begin_statement(r, COVERAGE_REPORT);
	return NULL;
}

static char *
on_line(struct reader *r, const char *text)
{
	char *why = finish_entry(r);
	const char *wrong;

	if (why)
		return why;
	mt940_line_clear(&r->line);
	wrong = mt940_line_read(text, &r->line);
	if (wrong)
		return g_strdup(wrong);
	if (r->closed)
		return g_strdup("the next message (:20:) behind a closing "
		    "balance");
	begin_statement(r, COVERAGE_STATEMENT);
	r->open = true;
	r->numbered = false;
	g_string_truncate(r->text, 0);
	return NULL;
}

static char *
on_info(struct reader *r, const char *text)
{
	if (!r->open)
		return NULL;	/* about the statement */
	if (r->text->len > 0)
		g_string_append_c(r->text, '\n');
	g_string_append(r->text, text);
	r->numbered = strcmp(r->tag, "NS") == 0;
	return NULL;
}

/* "2EUR186,33": number and sum of the entries of a report. */
static char *
on_sums(struct reader *r, const char *text)
{
	bool in = strcmp(r->tag, "90C") == 0;
	char *why = finish_entry(r), *amount;
	unsigned long number = strtoul(text, &amount, 10);
	int64_t minor;

	r->closed = true;
	if (why)
		return why;
	if (!*r->currency)
		take_currency(r, amount);
	amount += strcspn(amount, "0123456789");
	if (!statement_amount(amount, strlen(amount),
	    *r->currency ? r->currency : "EUR", &minor))
		return g_strdup("number, currency and sum of the entries");
	begin_statement(r, COVERAGE_REPORT);
	if (number != r->entries[in] || minor != r->moved[in])
		sink_refuse(r->sink, "entries",
		    "their number or sum is not what the report says");
	return NULL;
}

static const struct {
	const char *tag;
	char *(*take)(struct reader *r, const char *text);
} fields[] = {
	{"20", on_reference}, {"21", NULL}, {"25", on_account},
	{"25P", on_account}, {"28", on_number}, {"28C", on_number},
	{"60F", on_opening}, {"60M", on_opening}, {"61", on_line},
	{"86", on_info}, {"NS", on_info}, {"NSF", NULL},
	{"62F", on_closing}, {"62M", on_closing}, {"64", NULL}, {"65", NULL},
	{"34F", on_limit}, {"13", NULL}, {"13D", NULL}, {"90D", on_sums},
	{"90C", on_sums},
};

/* ---- fields ----------------------------------------------------------------------------- */

/* The tag that a line begins with: its row, or -1. *value is behind it. */
static int
tag_of(const char *line, const char **value)
{
	size_t length;

	if (*line != ':')
		return -1;
	length = strcspn(line + 1, ":");
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		if (line[1 + length] == ':' &&
		    length == strlen(fields[i].tag) &&
		    strncmp(line + 1, fields[i].tag, length) == 0) {
			*value = line + length + 2;
			return (int)i;
		}
	return -1;
}

static char *
finish_field(struct reader *r)
{
	g_autofree char *why = NULL;

	for (size_t i = 0; *r->tag && i < G_N_ELEMENTS(fields); i++)
		if (strcmp(r->tag, fields[i].tag) == 0 && fields[i].take) {
			if (strcmp(r->tag, "86") != 0)
				g_strstrip(r->field->str);
			why = fields[i].take(r, r->field->str);
		}
	r->tag[0] = '\0';
	g_string_truncate(r->field, 0);
	return why ? g_strdup_printf("line %u: expected %s", r->field_line,
	    why) : NULL;
}

/* "-" or "-}" ends a message; banks put more behind it. */
static bool
ends_message(const struct reader *r, const char *line)
{
	if (g_str_has_prefix(line, "-}") || g_str_has_prefix(line, "{1:"))
		return true;
	if (*line != '-')
		return false;
	return r->closed || line[1 + strspn(line + 1, " ")] == '\0';
}

static char *
take_line(struct reader *r, const char *line)
{
	const char *value = NULL;
	int row = tag_of(line, &value);
	char *why = NULL;

	if (row >= 0) {
		why = finish_field(r);
		g_strlcpy(r->tag, fields[row].tag, sizeof r->tag);
		r->field_line = input_line_number(r->input);
		g_string_assign(r->field, value);
	} else if (ends_message(r, line)) {
		why = finish_field(r);
		if (!why && r->begun)
			why = end_statement(r);
	} else if (*r->tag) {
		if (r->field->len + strlen(line) > FIELD_LIMIT)
			return input_fault(r->input, "a field that ends");
		g_string_append_c(r->field, '\n');
		g_string_append(r->field, line);
	}
	return why;
}

static char *
take_lines(struct reader *r)
{
	const char *line;
	char *why = NULL;
	bool first = true;

	while (!why && (line = input_line(r->input))) {
		g_auto(GStrv) parts = NULL;

		if (first && *line)
			r->at_signs = g_str_has_prefix(line, "@@");
		first = first && !*line;
		if (!r->at_signs) {
			why = take_line(r, line);
			continue;
		}
		parts = g_strsplit(line, "@@", -1);
		for (char **part = parts; *part && !why; part++)
			why = take_line(r, *part);
	}
	if (!why)
		why = finish_field(r);
	return why ? why : end_statement(r);
}

static char *
read_mt940(struct input *input, struct sink *sink)
{
	struct reader r = {.input = input, .sink = sink,
	    .field = g_string_new(NULL), .text = g_string_new(NULL)};
	char *why = take_lines(&r);

	g_string_free(r.field, TRUE);
	g_string_free(r.text, TRUE);
	g_free(r.reference);
	g_free(r.account);
	g_free(r.number);
	mt940_line_clear(&r.line);
	mt940_info_clear(&r.info);
	return why;
}

/* A field of a statement at the start of a line, in its first lines. */
static bool
probe(const char *head, size_t length)
{
	static const char *const tags[] = {":20:", ":25:", ":28C:", ":28:",
	    ":60F:", ":60M:", ":61:", ":62F:", ":86:", ":34F:"};
	(void)length;

	for (size_t i = 0; i < G_N_ELEMENTS(tags); i++) {
		const char *at = strstr(head, tags[i]);

		if (at && (at == head || strchr("\n\r@{", at[-1]) ||
		    g_str_has_prefix(head, "{1:")))
			return true;
	}
	return false;
}

const struct format format_mt940 = {"mt940", probe, read_mt940};
